package products

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/wsdl/felt"
)

// seksjoner are the sections of Nav's list by how they begin, and where in a record their data elements stand.
var seksjoner = []struct{ begynner, sti string }{
	{"Arbeidsforhold Beskriver", ""},
	{"Ansettelsesperiode ", "ansettelsesperiode."},
	{"Ansettelsesdetaljer ", "ansettelsesdetaljer."},
	{"Tilleggsopplysninger for maritime", "ansettelsesdetaljer."},
	{"Rapporteringsmåneder ", "ansettelsesdetaljer.rapporteringsmaaneder."},
	{"Permisjoner ", "permisjoner."},
	{"Permitteringer ", "permitteringer."},
	{"Timer med timelønn ", "timerMedTimeloenn."},
	{"Utenlandsopphold ", "utenlandsopphold."},
	{"ID-historikk ", "idHistorikk."},
	{"Varsler ", "varsler."},
	{"Rapporteringsordning ", ""},
	{"Datoer ", ""},
}

// dataelement is where the list says what an element is called in the technical documentation, its parts, and its format.
var dataelement = regexp.MustCompile(`(?m)([a-zA-Z]+)\s+(?:` +
	`(kode)\s*(?:<br)?\s*(beskrivelse)\s+Tekst\s+Tekst|` + // a value of a code list
	`(type)\s+(ident)\s+(?:Underenhet|Hovedenhet) ID|` + // a party
	`(ident) fødselsnummer|` +
	`(?:id )?(Tekst|Numerisk)\s*$|` +
	`(Dato|ÅrMåned|Tidspunkt), format \(ISO-8601\): (\S+))`)

// dataelementer are the elements of Nav's list as columns: their paths, each with its format.
func dataelementer(t *testing.T) (found []string) {
	t.Helper()
	text, err := os.ReadFile("testdata/dataelementer.txt")
	if err != nil {
		t.Fatal(err)
	}
	_, list, _ := strings.Cut(strings.ReplaceAll(string(text), "\u00a0", " "), "Dataelement Forklaring/kommentar")
	sections := strings.Split(list, "Dataelement Forklaring/kommentar")
	if len(sections) != len(seksjoner) {
		t.Fatalf("%d sections, want %d", len(sections), len(seksjoner))
	}
	for n, section := range sections {
		_, section, _ = strings.Cut(section, "\n") // the rest of the heading
		if !strings.HasPrefix(section, seksjoner[n].begynner) {
			t.Fatalf("section %d begins with %.40q", n, section)
		}
		for _, m := range dataelement.FindAllStringSubmatch(section, -1) {
			sti := seksjoner[n].sti + m[1]
			switch {
			case m[2] != "":
				found = append(found, sti+".kode Tekst", sti+".beskrivelse Tekst")
			case m[4] != "":
				found = append(found, sti+".type Tekst", sti+".ident Tekst")
			case m[6] != "":
				found = append(found, sti+".ident Tekst")
			case m[7] != "":
				found = append(found, sti+" "+m[7])
			case m[9] == "yyyy-MM": // sic: the list also calls a month a Dato
				found = append(found, sti+" ÅrMåned")
			default:
				found = append(found, sti+" "+m[8])
			}
		}
	}
	return found
}

// TestColumnsAreTheDataElementsOfTheList, each once, and the register's own number beside them.
func TestColumnsAreTheDataElementsOfTheList(t *testing.T) {
	want := append(dataelementer(t), "arbeidsforholdId Tekst")
	var got []string
	for _, f := range Uttrekksfelter() {
		got = append(got, f.Sti+" "+string(f.Format))
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("columns (-list +table):\n%s", diff)
	}
	if len(want) < 60 {
		t.Errorf("only %d data elements were found in the list", len(want))
	}
}

// TestColumnsAreCalledWhatTheListCallsThem: the name begins a line of the list.
func TestColumnsAreCalledWhatTheListCallsThem(t *testing.T) {
	text, err := os.ReadFile("testdata/dataelementer.txt")
	if err != nil {
		t.Fatal(err)
	}
	list := "\n" + strings.ReplaceAll(string(text), "Slutttdato", "Sluttdato") // sic
	for _, f := range Uttrekksfelter() {
		if f.Sti != "arbeidsforholdId" && !strings.Contains(list, "\n"+f.Navn+" ") {
			t.Errorf("%s is called %q, and the list has no such element", f.Sti, f.Navn)
		}
	}
}

// TestColumnsAreGivenByRowsThatThereAre: what § 2.6 shows, by a leaf of its answer; what no product shows, by a row
// of the extract's own that is spelt like the column.
func TestColumnsAreGivenByRowsThatThereAre(t *testing.T) {
	leaves := map[string]bool{}
	for _, row := range felt.Select(felt.Table(), "hentArbeidsforhold", felt.Respons) {
		leaves[row.Operasjon+"/"+row.Sti] = !row.IsGroup()
	}
	egne := 0
	for _, f := range Uttrekksfelter() {
		if !f.Egen() {
			if !leaves[f.Rett] {
				t.Errorf("%s is given by %q, which is no leaf of § 2.6", f.Sti, f.Rett)
			}
			continue
		}
		egne++
		sti := strings.TrimSuffix(strings.TrimSuffix(f.Sti, ".kode"), ".beskrivelse")
		if want := "uttrekk/" + strings.ReplaceAll(sti, ".", "/"); f.Rett != want {
			t.Errorf("%s is given by %q, want %q", f.Sti, f.Rett, want)
		}
		for _, navn := range []string{"uttrekk", f.Rett, f.Rett[:strings.LastIndexByte(f.Rett, '/')]} {
			if !UttrekksRett(navn) {
				t.Errorf("%q is no right", navn)
			}
		}
	}
	if egne < 15 {
		t.Errorf("%d columns are the extract's own", egne)
	}
	for _, navn := range []string{"", "uttrekk/", "uttrekk/yrke", "uttrekk/ansettelses", "hentArbeidsforhold", "uttrekk/varsler/varsling/kode"} {
		if UttrekksRett(navn) {
			t.Errorf("%q is a right", navn)
		}
	}
}
