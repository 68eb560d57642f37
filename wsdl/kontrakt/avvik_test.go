package kontrakt

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/wsdl/felt"
)

func lesAvvik(text string) ([]Avvik, error) {
	return LesAvvik(strings.NewReader("regel,operasjon,sti,som,hvorfor\n"+text), "avvik.csv", felt.Operations(), felt.Table())
}

// avvikene is a file of one deviation.
func avvikene(t *testing.T, text string) []Avvik {
	t.Helper()
	found, err := lesAvvik(text)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestDeclaredDeviationIsAccepted: the same wrong answer is a violation by itself and an accepted deviation with its
// reason once it is declared, and nothing else about it is wrong then, the recorded answer included.
func TestDeclaredDeviationIsAccepted(t *testing.T) {
	for name, c := range map[string]struct {
		kase, old, new string // what the server writes otherwise
		avvik          string
		want           string
	}{
		"a tag": {"hentArbeidsgiver/periode_paa_en_dag", "oppoert>", "oppfoert>", "ukjent_element,hentArbeidsgiver,oppoert,oppfoert,why",
			"ukjent_element 60 oppoert (why)"},
		"a group": {"hentArbeidstaker/komplett", "Arbeidstaker>", "arbeidstaker>",
			"ukjent_element,hentArbeidstaker,arbeidsforholdListe/arbeidsforhold/Arbeidstaker,arbeidstaker,why",
			"ukjent_element 136 arbeidsforholdListe/arbeidsforhold/Arbeidstaker (why)"},
		"a boolean": {"hentArbeidsgiver/periode_paa_en_dag", "<historikk>true", "<historikk>True", "format,hentArbeidsgiver,historikk,sann_usann_inn,why",
			"format 63 historikk (why)"},
		"a Content-Type": {"hentArbeidstaker/komplett", "", "", "http,*,Content-Type,,why", "http 0 Content-Type (why)"},
		"a left out leaf": {"hentAntallArbeidstakere/cdata_og_kommentar", "<fadresse2></fadresse2>", "", "antall,hentAntallArbeidstakere,fadresse2,,why",
			"antall 11 fadresse2 (why)"},
	} {
		q, good := etTilfelle(t, c.kase)
		q.Fasit = good.Kropp
		wrong := good
		if c.old != "" {
			wrong = byttet(t, good, c.old, c.new)
			if strings.HasSuffix(c.new, "arbeidstaker>") { // the root and produkt keep theirs
				wrong.Kropp = []byte(strings.NewReplacer("aareg2:arbeidstaker>", "aareg2:Arbeidstaker>").Replace(string(wrong.Kropp)))
			}
		} else {
			wrong.Mediatype = "text/xml;charset=utf-8"
		}
		strict := strenge().Doem(q, wrong)
		if v, _ := brutt(strict.Brudd); v == 0 {
			t.Errorf("%s: is no violation when it is not declared", name)
		}
		d := strenge(avvikene(t, c.avvik)...)
		u := d.Doem(q, wrong)
		if diff := cmp.Diff([]string{c.want}, bruddlinjer(unnskyldte(u.Brudd))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if len(unnskyldte(u.Brudd)) != len(u.Brudd) {
			t.Errorf("%s: besides the deviation %v", name, bruddlinjer(u.Brudd))
		}
		if left := d.Ubrukt(); len(left) > 0 {
			t.Errorf("%s: told as not met", name)
		}
	}
}

func unnskyldte(found []Brudd) []Brudd {
	var excused []Brudd
	for _, b := range found {
		if b.Avvik != "" {
			excused = append(excused, b)
		}
	}
	return excused
}

// TestDeviationCoversNothingElse: another product, another row, another spelling is a violation as before, and the
// deviation is told as not met.
func TestDeviationCoversNothingElse(t *testing.T) {
	q, good := etTilfelle(t, "hentArbeidsgiver/periode_paa_en_dag")
	wrong := byttet(t, good, "oppoert>", "opphoert>")
	for _, avvik := range []string{
		"ukjent_element,hentArbeidsgiver,oppoert,oppfoert,why",
		"ukjent_element,hentAntallArbeidstakere,oppfoert,opphoert,why",
		"format,hentArbeidsgiver,oppoert,sann_usann_inn,why",
	} {
		d := strenge(avvikene(t, avvik)...)
		if v, _ := brutt(d.Doem(q, wrong).Brudd); v == 0 {
			t.Errorf("%s covers opphoert of hentArbeidsgiver", avvik)
		}
		if len(d.Ubrukt()) != 1 {
			t.Errorf("%s: not told as not met", avvik)
		}
	}
}

// TestDeviationsAreReadOrRefused: each line that nobody could mean is an error with its place.
func TestDeviationsAreReadOrRefused(t *testing.T) {
	for text, want := range map[string]string{
		"antall,*,*,,gr\xe5":                                               "avvik.csv:2: is not UTF-8",
		"tull,*,*,,why":                                                    "avvik.csv:2: regel:",
		"format,hentAlt,*,sann_usann_inn,why":                              "avvik.csv:2: operasjon:",
		"ukjent_element,hentArbeidsgiver,oppfoert,oppoert,why":             "avvik.csv:2: sti:",
		"format,hentArbeidsgiver,oppoert,boolsk,why":                       "avvik.csv:2: som:",
		"antall,hentArbeidsgiver,oppoert,x,why":                            "avvik.csv:2: som:",
		"format,hentArbeidsgiver,oppoert,sann_usann_inn,":                  "avvik.csv:2: hvorfor:",
		"# a comment\nformat,hentArbeidsgiver,oppoert,sann_usann_inn":      "avvik.csv:3: 4 columns, want 5",
		"format,hentArbeidsgiver,oppoert,sann_usann_inn,why\nantall,*,*,,": "avvik.csv:3: hvorfor:",
	} {
		if _, err := lesAvvik(text); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
	if _, err := LesAvvik(strings.NewReader("format,*,*,,why\n"), "f", felt.Operations(), felt.Table()); err == nil {
		t.Error("no heading: no error")
	}
	marked := strings.NewReader("\ufeffregel,operasjon,sti,som,hvorfor\nformat,*,*,,why\n")
	if _, err := LesAvvik(marked, "f", felt.Operations(), felt.Table()); err != nil {
		t.Errorf("a file with a byte order mark: %v", err)
	}
}

// TestLenientProfileIsAboutTheTable: every deviation of the profile names a row and differs from it, in both dialects.
func TestLenientProfileIsAboutTheTable(t *testing.T) {
	for _, dialekt := range []felt.Dialekt{felt.Spek, felt.D2015} {
		rows := map[string]felt.Rad{}
		for _, r := range dialekt.Table() {
			if r.Retning == felt.Respons {
				rows[r.Operasjon+" "+r.Sti] = r
			}
		}
		lenient := Lempelig(dialekt.Table())
		if len(lenient) < 25 {
			t.Errorf("%d deviations", len(lenient))
		}
		for _, a := range lenient {
			r, known := rows[a.Operasjon+" "+a.Sti]
			if !known || dialekt == felt.Spek && a.Som == map[string]string{"ukjent_element": r.Tag, "format": r.Type}[a.Regel] {
				t.Errorf("%s, dialect %s: %s %s as %s deviates from no row", a.Kilde, dialekt, a.Operasjon, a.Sti, a.Som)
			}
		}
	}
}
