package kontrakt

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aareg/wsdl/felt"
)

// proeve is a result with breaches of several kinds, rows in every state, long texts and Norwegian letters.
func proeve(t testing.TB) *Resultat {
	t.Helper()
	r := &Resultat{Endepunkt: "https://register.example.no/ws/NAV/Aareg2.pl", Dialekt: "spek",
		Begynt: time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC), Tok: 4321 * time.Millisecond,
		Merknader: []string{"The deviation at lempelig.csv:7 excused nothing: it may be taken out."}}
	for i, row := range felt.Table() {
		d := Dekning{Rad: row, Sett: 3 + i*7%50, Tomt: i % 4}
		switch {
		case row.Repeats():
			d.Grense, d.Mangler = []string{"ingen", "flere"}, []string{"en"}
		case row.Kodeliste() != nil:
			d.Grense = row.Kodeliste()
		case i%9 == 0:
			d.Sett, d.Tomt = 0, 0
			d.Mangler = []string{"utfylt", "tom"}
		case i%13 == 0:
			d.Sett, d.Tomt = 0, 12
			d.Grense, d.Mangler = []string{"tom"}, []string{"utfylt"}
		}
		r.Dekning = append(r.Dekning, d)
	}
	r.Utfall = caser(t)
	r.bryt("format", 138, 25, "is \"15.08.2022\", which is no date of the form åååå-mm-dd", "")
	r.bryt("antall", 147, 3, "is missing", "")
	r.bryt("rekkefoelge", 124, 1, "stands before etternavn", "")
	r.bryt("statuskode", 120, 1, "is trunkert, none of komplett, ingen, ikke_entydig, fortrolig, strengt_fortrolig, utilgjengelig", "")
	r.bryt("ukjent_element", 0, 2, "has no row in the table; antallTimerForTimelønnet is called for there", "")
	r.bryt("http", 0, 1, "HTTP 200, must be 500", "")
	r.bryt("format", 62, 4, "is \"True\", neither true nor false", "old clients read both")
	r.WSDL = []Brudd{{Regel: "wsdl", Rad: 260, Sti: "arbeidsforhold/arbeidsforhold/antallTimerForTimelønnet", Tekst: "is not declared"}}
	for _, u := range r.Utfall {
		for _, b := range u.Brudd {
			if b.Rad > 0 && b.Avvik == "" {
				r.Dekning[b.Rad-1].Brudd++
			}
		}
	}
	return r
}

// bryt gives a breach to the first answers of the row's operation that hold its element.
func (r *Resultat) bryt(rule string, row, times int, text, avvik string) {
	b := Brudd{Regel: rule, Rad: row, Tekst: text, Avvik: avvik}
	operation, tag := "hentArbeidsforhold", "<antallTimerForTimel"
	if row > 0 {
		f := r.Dekning[row-1].Rad
		operation, tag, b.Sti = f.Operasjon, "<"+f.Tag+">", f.Sti
	} else if rule == "ukjent_element" {
		b.Sti = "arbeidsforhold/arbeidsforhold/antallTimerForTimeloennet"
	} else {
		b.Sti = "status"
	}
	for i := range r.Utfall {
		u := &r.Utfall[i]
		if times > 0 && u.Spoersmaal.Operasjon == operation && strings.Contains(string(u.Svar.Kropp), tag) {
			u.Brudd = append(u.Brudd, b)
			times--
		}
	}
}

// caser are the conformance cases as if a server had just answered them.
func caser(t testing.TB) []Utfall {
	t.Helper()
	files, err := filepath.Glob("../../fixtures/*/*/request.xml")
	if err != nil || len(files) < 100 {
		t.Fatalf("%d cases: %v", len(files), err)
	}
	var all []Utfall
	for i, file := range files {
		name, _ := filepath.Rel("../../fixtures", filepath.Dir(file))
		u := Utfall{Spoersmaal: Spoersmaal{Navn: filepath.ToSlash(name), Konvolutt: innholdet(t, file), Mediatype: SOAP11},
			Svar: Svar{Status: 200, Mediatype: SOAP11, Kropp: innholdet(t, filepath.Join(filepath.Dir(file), "response.xml")), Tid: time.Duration(i%40) * 170 * time.Microsecond}}
		if first, _, found := strings.Cut(string(u.Spoersmaal.Konvolutt), "-->"); found {
			u.Spoersmaal.Hvorfor = strings.TrimSpace(strings.TrimPrefix(first, "<!--"))
		}
		operation := strings.Split(u.Spoersmaal.Navn, "/")[0]
		if slices.ContainsFunc(felt.Operations(), func(o felt.Operasjon) bool { return o.Navn == operation }) {
			u.Spoersmaal.Operasjon = operation
		}
		for _, tag := range []string{"statuskode", "feilkode"} {
			if _, after, found := strings.Cut(string(u.Svar.Kropp), "<"+tag+">"); found {
				u.Fikk, _, _ = strings.Cut(after, "<")
				if tag == "feilkode" {
					u.Fikk, u.Svar.Status = "feil:"+u.Fikk, 500
				}
			}
		}
		u.Spoersmaal.Ventet = u.Fikk
		all = append(all, u)
	}
	return all
}

func innholdet(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestTerminalSaysWhatIsBrokenAndWhatWasReached(t *testing.T) {
	r := &Resultat{Endepunkt: "http://localhost/ws", Dialekt: "spek", Tok: 1500 * time.Millisecond}
	for _, row := range felt.Table()[:9] {
		r.Dekning = append(r.Dekning, Dekning{Rad: row, Sett: 1, Grense: []string{"utfylt"}})
	}
	r.Dekning[1].Brudd = 1
	r.Dekning[5] = Dekning{Rad: r.Dekning[5].Rad, Tomt: 2, Grense: []string{"tom"}, Mangler: []string{"utfylt"}}
	r.Dekning[7] = Dekning{Rad: r.Dekning[7].Rad, Mangler: []string{"K", "M"}}
	r.Utfall = []Utfall{
		{Spoersmaal: Spoersmaal{Navn: "hentAntallArbeidstakere/komplett", Operasjon: "hentAntallArbeidstakere"}, Fikk: "komplett", Svar: Svar{Status: 200},
			Brudd: []Brudd{{Regel: "statuskode", Rad: 2, Sti: "statuskode", Tekst: "trunkert is no statuskode of the product, whatever was asked of it, and komplett neither: so 12838049808"}}},
		{Spoersmaal: Spoersmaal{Navn: "feil/tom_body"}, Svar: Svar{Feil: "no answer in time"},
			Brudd: []Brudd{{Regel: "ingen_svar", Tekst: "no answer in time"}, {Regel: "http", Sti: "status", Tekst: "HTTP 0", Avvik: "the proxy is slow"}}},
	}
	want := `http://localhost/ws (dialect spek)
2 questions asked in 1.5s, 2 violations, 1 deviation accepted
answers: komplett 1, no answer 1

Violations, by rule and row

    1 x ingen_svar: the endpoint answers
        no row
        first: feil/tom_body: no answer in time

    1 x statuskode: the statuskode is one that the product has, and the data block goes with it
        row 2, hentAntallArbeidstakere respons statuskode
        first: hentAntallArbeidstakere/komplett: trunkert is no statuskode of the product, whatever was asked
               of it, and komplett neither: so •••••••••••

Accepted deviations

    1 x http, no row, status: the proxy is slow

Coverage of the field table

                                    rows  seen  empty  never  violated  limits met
  § 2.1 hentAntallArbeidstakere        9     7      1      1         1     8 of 11
  all                                  9     7      1      1         1     8 of 11

Never seen, by row

  hentAntallArbeidstakere respons: 8 kjoenn
`
	if d := cmp.Diff(want, rapportAv(t, r.SkrivTerminal)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestWorstViolationsComeFirst(t *testing.T) {
	r := proeve(t)
	groups := r.grupper(false)
	if len(groups) < 5 {
		t.Fatalf("%d groups", len(groups))
	}
	for i, g := range groups[1:] {
		if len(g.Funn) > len(groups[i].Funn) {
			t.Errorf("%s with %d after one with %d", g.Regel, len(g.Funn), len(groups[i].Funn))
		}
	}
}
