package kontrakt

import (
	"fmt"
	"strings"
	"testing"

	"github.com/beevik/etree"
	"github.com/google/go-cmp/cmp"

	"aareg/fixtures"
)

// spurtOm is a question in short: operation, children in their order, and what is expected.
func spurtOm(t *testing.T, q *Spoersmaal) string {
	t.Helper()
	doc := etree.NewDocument()
	if err := doc.ReadFromBytes(q.Konvolutt); err != nil {
		t.Fatal(err)
	}
	root := doc.FindElement("/Envelope/Body/*")
	words := []string{q.Navn, root.Tag}
	for _, e := range root.ChildElements() {
		words = append(words, fmt.Sprintf("%s=%q", e.Tag, e.Text()))
	}
	return strings.Join(append(words, q.Ventet), " ")
}

// TestQuestionsAreReadFromAFile: by operation, by answer or by section; ids, pairs and both; names of several words.
func TestQuestionsAreReadFromAFile(t *testing.T) {
	file := "\ufeffprodukt, id, forventet statuskode\n" +
		"# a comment\n" +
		"hentArbeidstaker, 12838049808, komplett\n" +
		"Arbeidsforhold,48000401\n" +
		"2.2, 210000011 lovgivning=ny statusArbeidsforhold=aktive, ingen\n" +
		"hentTrefflisteArbeidstaker, etternavn=Åsen fonetisk=true fornavn=Per Olav\n" +
		"§ 2.4, fonetisk=false orgnavn=Lys & Varme <AS> inkluderOpphoerte=false, komplett\n" +
		"hentAntallArbeidstakere, bare tull, feil:ugyldigForespoersel\n"
	got, err := strenge().LesSpoersmaal(strings.NewReader(file), "mine.csv")
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for i := range got {
		lines = append(lines, spurtOm(t, &got[i]))
	}
	want := []string{
		`mine.csv:3 hentArbeidstaker foedselsnr="12838049808" komplett`,
		`mine.csv:4 hentArbeidsforhold arbeidsforholdId="48000401" `,
		`mine.csv:5 hentArbeidsgiver arbeidsgiverId="210000011" statusArbeidsforhold="aktive" lovgivning="ny" ingen`,
		`mine.csv:6 hentTrefflisteArbeidstaker etternavn="Åsen" fornavn="Per Olav" fonetisk="true" `,
		`mine.csv:7 hentTrefflisteArbeidsgiver orgnavn="Lys & Varme <AS>" inkluderOpphoerte="false" fonetisk="false" komplett`,
		`mine.csv:8 hentAntallArbeidstakere orgnr="bare tull" feil:ugyldigForespoersel`,
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestBadLinesAreToldWithoutTheirIds: the error names file, line and column, and never what stands there.
func TestBadLinesAreToldWithoutTheirIds(t *testing.T) {
	const secret = "12838049808"
	for line, want := range map[string]string{
		"hentTrefflisteArbeidstaker, etternavn=\xc5sen fonetisk=true":        "mine.csv:2: is not UTF-8",
		"hentArbeidstaker;" + secret + ";komplett":                           "mine.csv:2: 1 columns, want produkt, id and perhaps forventet statuskode, with commas",
		"hentPerson, " + secret:                                              "mine.csv:2: produkt:",
		"hentArbeidstaker":                                                   "mine.csv:2: 1 columns",
		"hentArbeidstaker, " + secret + ", komplett, mer":                    "mine.csv:2: 4 columns",
		"hentArbeidstaker, " + secret + ", trunkert":                         "mine.csv:2: forventet statuskode:",
		"hentArbeidstaker, " + secret + ", feil:tull":                        "mine.csv:2: forventet statuskode:",
		"hentArbeidstaker, ":                                                 "mine.csv:2: id: is empty",
		"hentArbeidstaker, " + secret + "1":                                  "mine.csv:2: id: foedselsnr is no personnr",
		"hentArbeidstaker, foedselsnummer=" + secret:                         "mine.csv:2: id: the pair",
		"hentArbeidstaker, " + secret + " foedselsnr=" + secret:              "mine.csv:2: id: foedselsnr is given 2 times",
		"hentTrefflisteArbeidstaker, etternavn=Nordmann" + secret:            "mine.csv:2: id: fonetisk is mandatory",
		"hentArbeidsgiver, arbeidsgiverId=" + secret + " lovgivning=kanskje": "mine.csv:2: id: lovgivning is no kode:alle|ny|gammel",
		`hentArbeidstaker, "` + secret:                                       "mine.csv: parse error on line 2",
	} {
		_, err := strenge().LesSpoersmaal(strings.NewReader("# ids\n"+line+"\n"), "mine.csv")
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v, want %s", line, err, want)
			continue
		}
		if strings.Contains(err.Error(), secret) || strings.Contains(err.Error(), "Nordmann") {
			t.Errorf("%q: the error holds it", line)
		}
	}
	if _, err := strenge().LesSpoersmaal(strings.NewReader("produkt,id\n# none\n"), "mine.csv"); err == nil {
		t.Error("a file without questions: no error")
	}
}

// TestCredentialsGoIntoEveryQuestionThatHasNone: the envelope stays one, its other blocks and its body as they were; a
// question with a block Brukersesjon, and one that is meant to be refused, stay as they are.
func TestCredentialsGoIntoEveryQuestionThatHasNone(t *testing.T) {
	cases, err := fixtures.Kaser()
	if err != nil {
		t.Fatal(err)
	}
	login := Innlogging{"aareg", "et<aten", "hemmelig & lang"}
	put := 0
	for _, c := range cases {
		q := &Spoersmaal{Navn: c.Name, Konvolutt: c.Request}
		before, unread := aapne(q.Konvolutt)
		if err := login.Sett(q); err != nil {
			t.Errorf("%s: %v", c.Name, err)
		}
		had := unread == nil && strings.Contains(string(c.Request), "Brukersesjon>")
		if unread != nil || had {
			if string(q.Konvolutt) != string(c.Request) {
				t.Errorf("%s: was changed", c.Name)
			}
			continue
		}
		put++
		k, err := aapne(q.Konvolutt)
		if err != nil || k.hode == nil {
			t.Errorf("%s: is no envelope with a header any more: %v", c.Name, err)
			continue
		}
		block := k.hode.ChildElements()[0]
		if ns := block.ChildElements()[0].NamespaceURI(); ns != "" {
			t.Errorf("%s: the block's elements are in %s", c.Name, ns)
		}
		got := []string{textAt(block, "distribusjonskanal"), textAt(block, "systemnavn"), textAt(block, "brukernavn"), textAt(block, "passord")}
		if diff := cmp.Diff([]string{"PTP", "aareg", "et<aten", "hemmelig & lang"}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.Name, diff)
		}
		if k.innhold != nil && (k.innhold.Tag != before.innhold.Tag || len(k.innhold.ChildElements()) != len(before.innhold.ChildElements())) {
			t.Errorf("%s: the body is another one", c.Name)
		}
	}
	if put < 400 {
		t.Errorf("only %d questions got credentials", put)
	}
	for _, bad := range []Innlogging{{"", "etaten", "hemmelig"}, {"aareg", "eta", "hemmelig"}, {"aareg", "etaten", "hemm"}} {
		if bad.Check() == nil {
			t.Errorf("%v passes", bad)
		}
	}
	if err := login.Check(); err != nil {
		t.Error(err)
	}
}
