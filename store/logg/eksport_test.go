package logg

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestJSONHoldsTheRowOnOneLine(t *testing.T) {
	r := prosa(1, 1_81_01_12345, 28_92_99_00000)
	r.Nr = 12
	var out bytes.Buffer
	if err := SkrivJSON(&out, r); err != nil {
		t.Fatal(err)
	}
	if out.Bytes()[out.Len()-1] != '\n' || bytes.Count(out.Bytes(), []byte("\n")) != 1 {
		t.Error("not one line")
	}
	var got map[string]any
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{"nr": 12.0, "tid": "2026-03-02T08:01:00Z", "slag": "svar", "konsument": 2.0, "orgnr": "210000001", "innlogging": 2.0,
		"saksreferanse": "sak 1", "adresse": "127.0.0.1:4711", "produkt": "hentArbeidstaker",
		"parametre": []any{map[string]any{"tag": "foedselsnr", "verdi": "x"}, map[string]any{"tag": "statusArbeidsforhold", "verdi": "a \"quoted\" <word>\n"}},
		"utfall":    "ok", "rettighet": "produkt hentArbeidstaker", "profil": "tilsyn", "antall": 2.0, "korrelasjon": "k1", "generasjon": 7.0,
		"personer": []any{"01810112345", "28929900000"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestCEFHasALineForEachPerson(t *testing.T) {
	r := prosa(1, 1_81_01_12345, 28_92_99_00000)
	r.Nr, r.Produkt = 12, `hent|A\B`
	r.Parametre = []Parameter{{"navn", `a=b\c` + "\r\nd|e"}, {"kommunenr", "0301"}}
	refused := &Rad{Nr: 13, Tid: dag, Slag: Innlogging, Bruker: "drift", Utfall: "ugyldigBruker", Avslag: true, Rettighet: "produkt hentArbeidsgiver"}
	protected := &Rad{Nr: 14, Tid: dag, Slag: Eksport, Bruker: "drift", Utfall: "ok", Beskyttet: true, Rettighet: "not a reason"}
	var out bytes.Buffer
	for _, row := range []*Rad{r, refused, protected} {
		if err := SkrivCEF(&out, row); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{
		`CEF:0|Aareg|aareg|1.0|audit:access|hent\|A\\B|INFO|flexString1Label=Decision flexString1=permit dproc=210000001 suid=2 sproc=k1 end=1772438460000 duid=01810112345 cs3Label=Dataforespoersel cs3=navn\=a\=b\\c\r\nd|e;kommunenr\=0301 cn1Label=Dataresponsantall cn1=2 externalId=12`,
		`CEF:0|Aareg|aareg|1.0|audit:access|hent\|A\\B|INFO|flexString1Label=Decision flexString1=permit dproc=210000001 suid=2 sproc=k1 end=1772438460000 duid=28929900000 cs3Label=Dataforespoersel cs3=navn\=a\=b\\c\r\nd|e;kommunenr\=0301 cn1Label=Dataresponsantall cn1=2 externalId=12`,
		`CEF:0|Aareg|aareg|1.0|audit:access|innlogging|WARN|flexString1Label=Decision flexString1=deny suid=drift end=1772438400000 cs3Label=Dataforespoersel cn1Label=Dataresponsantall cn1=0 externalId=13 reason=produkt hentArbeidsgiver`,
		`CEF:0|Aareg|aareg|1.0|audit:access|eksport|WARN|flexString1Label=Decision flexString1=permit suid=drift end=1772438400000 cs3Label=Dataforespoersel cn1Label=Dataresponsantall cn1=0 externalId=14`,
	}
	if diff := cmp.Diff(want, strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestAnchorIsReadAsItWasWritten(t *testing.T) {
	l, f := nyLogg(t)
	skriv(t, l, 4)
	want, err := l.Anker(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	line, err := want.MarshalText()
	if err != nil {
		t.Fatal(err)
	}
	var got Anker
	if err := got.UnmarshalText(append([]byte(" "), append(line, '\n')...)); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" || got.Nr != 4 {
		t.Errorf("(-want +got)\n%s", diff)
	}
	feilfri(t, f, got)
	for _, wrong := range []string{"", "4", "x " + string(line[2:]), "-" + string(line), string(line) + " x", "4 00 2026-03-02T08:00:00Z",
		strings.Replace(string(line), "T", " ", 1), "4 " + strings.Repeat("g", 64) + " 2026-03-02T08:00:00Z"} {
		if err := got.UnmarshalText([]byte(wrong)); err == nil {
			t.Errorf("%q is read as an anchor", wrong)
		}
	}
}
