package kontrakt

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/fixtures"
	"aareg/wsdl/felt"
)

// etTilfelle is a conformance case as a question and the answer that its golden one is.
func etTilfelle(t testing.TB, name string) (*Spoersmaal, Svar) {
	t.Helper()
	cases, err := fixtures.Kaser()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		if c.Name == name {
			q := &Spoersmaal{Navn: c.Name, Operasjon: c.Folder, Konvolutt: c.Request, Mediatype: Mediatype(c.Request)}
			return q, Svar{Status: 200, Mediatype: Mediatype(c.Golden), Kropp: c.Golden}
		}
	}
	t.Fatalf("there is no case %s", name)
	return nil, Svar{}
}

func strenge(avvik ...Avvik) *Dommer { return NyDommer(felt.Table(), felt.Operations(), avvik) }

// bruddlinjer are breaches as lines: rule, row, path, and the deviation that excuses it.
func bruddlinjer(found []Brudd) []string {
	var lines []string
	for _, b := range found {
		line := fmt.Sprintf("%s %d %s", b.Regel, b.Rad, b.Sti)
		if b.Avvik != "" {
			line += " (" + b.Avvik + ")"
		}
		lines = append(lines, line)
	}
	return lines
}

// byttet is an answer with one text in place of another.
func byttet(t *testing.T, svar Svar, old, new string) Svar {
	t.Helper()
	if !bytes.Contains(svar.Kropp, []byte(old)) {
		t.Fatalf("the answer has no %q", old)
	}
	svar.Kropp = bytes.ReplaceAll(svar.Kropp, []byte(old), []byte(new))
	return svar
}

// TestHostileAnswersAreJudged: whatever is no envelope is reported as such, and nothing else is looked at.
func TestHostileAnswersAreJudged(t *testing.T) {
	q, good := etTilfelle(t, "hentArbeidstaker/komplett")
	text := string(good.Kropp)
	for name, body := range map[string]string{
		"nothing":                   "",
		"no XML":                    "Internal error",
		"HTML":                      "<html><body>Login</body></html>",
		"an answer cut short":       text[:len(text)/2],
		"text behind the envelope":  text + "x",
		"two envelopes":             text + text[strings.Index(text, "<soap"):],
		"a document type":           `<!DOCTYPE x [<!ENTITY a "b">]>` + text[strings.Index(text, "<soap"):],
		"a byte order mark":         "\ufeff" + text,
		"another encoding":          strings.Replace(text, "UTF-8", "ISO-8859-1", 1),
		"bytes that are no UTF-8":   strings.Replace(text, "Fjellstad", "Fj\xf8rtoft", 1),
		"an attribute given twice":  strings.Replace(text, `autorisasjonsnoekkel=""`, `a="" a=""`, 1),
		"elements without end":      strings.Repeat("<a>", 100_000),
		"attributes without end":    "<a" + strings.Repeat(` b=""`, 100_000) + "/>",
		"an envelope without Body":  `<soap:Envelope xmlns:soap="` + ns11 + `"/>`,
		"an envelope with two":      strings.Replace(text, "</soap:Envelope>", "<soap:Body/></soap:Envelope>", 1),
		"another kind of envelope":  strings.Replace(text, ns11, "urn:x", 1),
		"a processing instruction":  strings.Replace(text, "Fjellstad", "Fjellstad<?x?>y", 1),
		"one before the envelope":   strings.Replace(text, "<soap", "<?x?><soap", 1),
		"an end tag of another one": strings.Replace(text, "</fornavn>", "</etternavn>", 1),
	} {
		u := strenge().Doem(q, Svar{Status: 200, Mediatype: SOAP11, Kropp: []byte(body)})
		if diff := cmp.Diff([]string{"konvolutt 0 "}, bruddlinjer(u.Brudd)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	u := strenge().Doem(q, Svar{Status: 503, Mediatype: "text/plain", Kropp: []byte("overloaded")})
	if diff := cmp.Diff([]string{"http 0 status"}, bruddlinjer(u.Brudd)); diff != "" {
		t.Errorf("below SOAP (-want +got):\n%s", diff)
	}
	u = strenge().Doem(q, Svar{Feil: "no answer in time"})
	if diff := cmp.Diff([]string{"ingen_svar 0 "}, bruddlinjer(u.Brudd)); diff != "" {
		t.Errorf("no answer (-want +got):\n%s", diff)
	}
}

// TestManyBreachesOfOneRuleAreOne: an answer with a thousand wrong rows has a report as small as the table.
func TestManyBreachesOfOneRuleAreOne(t *testing.T) {
	q, good := etTilfelle(t, "hentArbeidstaker/komplett")
	text := string(good.Kropp)
	from, to := strings.Index(text, "<arbeidsforhold>"), strings.Index(text, "</arbeidsforhold>")+len("</arbeidsforhold>")
	row := strings.Replace(text[from:to], "<begyntdato>", "<begyntdato>x", 1)
	good.Kropp = []byte(text[:from] + strings.Repeat(row, 1000) + text[to:])
	u := strenge().Doem(q, good)
	want := []string{"format 138 arbeidsforholdListe/arbeidsforhold/begyntdato", "telling 129 arbeidsforholdListe/antall"}
	if diff := cmp.Diff(want, bruddlinjer(u.Brudd)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := u.Brudd[0].Tekst; !strings.HasSuffix(got, "(and 999 more like it)") {
		t.Errorf("how many there are is not told: %s", got)
	}
}

// TestReportOfAHostileAnswerIsSmall: a hundred thousand elements that nobody knows, each of another name, are told up
// to a number.
func TestReportOfAHostileAnswerIsSmall(t *testing.T) {
	q, good := etTilfelle(t, "hentArbeidstaker/komplett")
	var unknown strings.Builder
	for i := range 100_000 {
		fmt.Fprintf(&unknown, "<x%d/>", i)
	}
	u := strenge().Doem(q, byttet(t, good, "<mellomnavn>", unknown.String()+"<mellomnavn>"))
	if n := len(u.Brudd); n <= maksBrudd/2 || n > maksBrudd+len(Regler) {
		t.Errorf("%d breaches", n)
	}
}

// TestOutcomeThatIsMadeUpIsTold shortened, without what would steer a terminal, and nothing that is told of it is longer.
func TestOutcomeThatIsMadeUpIsTold(t *testing.T) {
	q, good := etTilfelle(t, "hentArbeidstaker/komplett")
	u := strenge().Doem(q, byttet(t, good, "<statuskode>komplett", "<statuskode>\u009b2J"+strings.Repeat("x", 10_000)))
	if want := "\ufffd2J" + strings.Repeat("x", 57) + "…"; u.Fikk != want {
		t.Errorf("%q, want %q", u.Fikk, want)
	}
	for _, b := range u.Brudd {
		if len(b.Tekst) > 500 || strings.Contains(b.Tekst, "\u009b") {
			t.Errorf("%s: %d bytes", b.Regel, len(b.Tekst))
		}
	}
	if len(u.Brudd) == 0 {
		t.Error("it is no breach")
	}
}

// TestExpectedOutcomeIsHeld: a statuskode or a fault other than the one that was expected, and either where the other was.
func TestExpectedOutcomeIsHeld(t *testing.T) {
	q, good := etTilfelle(t, "hentArbeidstaker/komplett")
	for expected, want := range map[string][]string{
		"":                         nil,
		"komplett":                 nil,
		"ingen":                    {"ventet 120 statuskode"},
		"feil:ugyldigForespoersel": {"ventet 120 statuskode"},
	} {
		q.Ventet = expected
		u := strenge().Doem(q, good)
		if diff := cmp.Diff(want, bruddlinjer(u.Brudd)); diff != "" || u.Fikk != "komplett" {
			t.Errorf("%q expected, got %s (-want +got):\n%s", expected, u.Fikk, diff)
		}
	}
	// Why there is no outcome is told, and that is enough; where a deviation excuses it, the outcome is still called for.
	q.Ventet, good.Kropp = "komplett", []byte("Internal error")
	for _, c := range []struct {
		d    *Dommer
		want []string
	}{
		{strenge(), []string{"konvolutt 0 "}},
		{strenge(avvikene(t, "konvolutt,*,*,,why")...), []string{"konvolutt 0  (why)", "ventet 120 statuskode"}},
	} {
		if diff := cmp.Diff(c.want, bruddlinjer(c.d.Doem(q, good).Brudd)); diff != "" {
			t.Errorf("no outcome (-want +got):\n%s", diff)
		}
	}
}

// TestUnknownElementIsNotTakenForDataThatIsNotThere: behind an answer without data it stands for no row of the block.
func TestUnknownElementIsNotTakenForDataThatIsNotThere(t *testing.T) {
	q, none := etTilfelle(t, "hentArbeidsgiver/ingen_ukjent_orgnr")
	u := strenge().Doem(q, byttet(t, none, "</statustekst>", "</statustekst><tull>x</tull>"))
	if diff := cmp.Diff([]string{"ukjent_element 0 tull"}, bruddlinjer(u.Brudd)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestQuestionsAreJudged: what the contract takes is no fault of a question's, everything else is.
func TestQuestionsAreJudged(t *testing.T) {
	for children, want := range map[string][]string{
		"<foedselsnr>12838049808</foedselsnr>":                                                  nil,
		"<lovgivning>ny</lovgivning><foedselsnr> 12838049808 </foedselsnr>":                     nil,
		"<foedselsnr>12838049808</foedselsnr><tull/>":                                           nil,
		"<a:foedselsnr>12838049808</a:foedselsnr>":                                              nil,
		"<foedselsnr>12838049808</foedselsnr><tull>1</tull>":                                    {"ukjent_element 0 tull"},
		"<foedselsnr>12838049808</foedselsnr><foedselsnr>1</foedselsnr>":                        {"antall 117 foedselsnr"},
		"<foedselsnr>1283804980</foedselsnr>":                                                   {"format 117 foedselsnr"},
		"<foedselsnr><nr>12838049808</nr></foedselsnr>":                                         {"format 117 foedselsnr"},
		"<foedselsnr xmlns='urn:x'>12838049808</foedselsnr>":                                    {"ukjent_element 117 foedselsnr"},
		"<foedselsnr>12838049808</foedselsnr><statusArbeidsforhold>noen</statusArbeidsforhold>": {"format 118 statusArbeidsforhold"},
		"<foedselsnr></foedselsnr>":                                                             {"antall 117 foedselsnr"},
	} {
		q := &Spoersmaal{Konvolutt: fmt.Appendf(nil, `<e:Envelope xmlns:e="%s"><e:Body><a:hentArbeidstaker xmlns:a="http://ws.infotorg.no/xml/NAV/Aareg2/2015-09-21/Aareg2.xsd">%s</a:hentArbeidstaker></e:Body></e:Envelope>`, ns11, children)}
		if diff := cmp.Diff(want, bruddlinjer(strenge().DoemSpoersmaal(q))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", children, diff)
		}
	}
}

// TestBuiltInQuestionsAreNotTheirOwnFault: none of the cases that are answered breaks the table itself, in any encoding.
func TestBuiltInQuestionsAreNotTheirOwnFault(t *testing.T) {
	cases, err := fixtures.Kaser()
	if err != nil {
		t.Fatal(err)
	}
	judged := 0
	for _, c := range cases {
		q := &Spoersmaal{Navn: c.Name, Konvolutt: c.Request}
		if q.Ventet, err = Utfallet(c.Golden); err != nil {
			t.Errorf("%s: %v", c.Name, err)
		}
		if !strings.HasPrefix(q.Ventet, "feil:") {
			judged++
		}
		if found := strenge().DoemSpoersmaal(q); len(found) > 0 {
			t.Errorf("%s: %v", c.Name, found)
		}
	}
	if judged < 400 {
		t.Errorf("only %d questions that are answered", judged)
	}
}

// TestRowsAreNumberedAsInTheTable: row 1 is the first below the heading.
func TestRowsAreNumberedAsInTheTable(t *testing.T) {
	tab := newTabell(felt.Table(), felt.Operations())
	numbered := 0
	for _, rows := range tab.under {
		for _, r := range rows {
			numbered++
			if diff := cmp.Diff(felt.Table()[r.nr-1], r.Rad); diff != "" {
				t.Errorf("row %d (-table +judge):\n%s", r.nr, diff)
			}
		}
	}
	if numbered != 280 {
		t.Errorf("%d elements, want 280: 281 rows, one of them printed twice", numbered)
	}
}
