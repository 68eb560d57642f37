package store

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTekstPrefersTheDeliveredThenTheListThenTheCode(t *testing.T) {
	for _, c := range []struct {
		reason, kodeverk string
		value            Kodeverdi
		want             string
	}{
		{"delivered", "yrke", Kodeverdi{"2521106", "ADVOKAT (delivered)"}, "ADVOKAT (delivered)"},
		{"delivered without code", "yrke", Kodeverdi{"", "ADVOKAT"}, "ADVOKAT"},
		{"the list's", "yrke", Kodeverdi{Kode: "2521106"}, "ADVOKAT"},
		{"the list's, delivered blank", "yrke", Kodeverdi{"2521106", " "}, "ADVOKAT"},
		{"the list's, delivered no-break spaces", "yrke", Kodeverdi{"2521106", "\u00a0\u2003"}, "ADVOKAT"},
		{"delivered, not beginning with a letter of ASCII", "yrke", Kodeverdi{"2521106", "ÆRLIG ADVOKAT"}, "ÆRLIG ADVOKAT"},
		{"delivered, not beginning with a letter of ASCII", "yrke", Kodeverdi{"2521106", "<2521106>"}, "<2521106>"},
		{"the code", "yrke", Kodeverdi{Kode: "9999999"}, "9999999"},
		{"the code in a list unknown", "stjernetegn", Kodeverdi{Kode: "vaeren"}, "vaeren"},
		{"nothing", "yrke", Kodeverdi{}, ""},
		{"no term", "avloenningstype", Kodeverdi{"time", "<Fant ingen gyldig term for kode: time>"}, "Timelønn"},
		{"no term, no list", "avloenningstype", Kodeverdi{"ukjent", "<Fant ingen gyldig term for kode: ukjent>"}, "ukjent"},
		{"any case", "arbeidsforholdstype", Kodeverdi{Kode: "ORDINAERTARBEIDSFORHOLD"}, "Ordinært arbeidsforhold"},
		{"as coded", "arbeidsforholdstype", Kodeverdi{Kode: "maritimtArbeidsforhold"}, "Maritimt arbeidsforhold"},
		{"any case beyond ASCII", "enhetstype", Kodeverdi{Kode: "SÆR"}, "Annet foretak iflg. særskilt lov"},
		{"any case beyond ASCII", "enhetstype", Kodeverdi{Kode: "sær"}, "Annet foretak iflg. særskilt lov"},
		{"country of 2 letters", "landkode", Kodeverdi{Kode: "NO"}, "Norge"},
		{"country of 3 letters", "landkode", Kodeverdi{Kode: "JPN"}, "Japan"},
		{"country in lower case", "landkode", Kodeverdi{Kode: "dk"}, "Danmark"},
		{"Norwegian addition", "landkode", Kodeverdi{Kode: "XXX"}, "Statsløs"},
		{"Norwegian addition", "landkode", Kodeverdi{Kode: "XUK"}, "Ukjent"},
		{"Norwegian addition", "landkode", Kodeverdi{Kode: "XXK"}, "Kosovo"},
		{"a state that is no more", "landkode", Kodeverdi{Kode: "YUG"}, "Jugoslavia"},
		{"a state that is no more", "landkode", Kodeverdi{Kode: "SCG"}, "Serbia og Montenegro"},
		{"longer than any code", "landkode", Kodeverdi{Kode: strings.Repeat("N", 1000)}, strings.Repeat("N", 1000)},
		{"the same code means other things", "ansettelsesform", Kodeverdi{Kode: "fast"}, "Fast ansettelse"},
	} {
		if diff := cmp.Diff(c.want, c.value.Tekst(c.kodeverk)); diff != "" {
			t.Errorf("%s: %s of %+v (-want +got):\n%s", c.reason, c.kodeverk, c.value, diff)
		}
	}
}

func TestTekstIsAsTheSpecificationPrints(t *testing.T) {
	for _, c := range []struct {
		kodeverk string
		value    Kodeverdi
		want     string
	}{
		{"skipsregister", Kodeverdi{Kode: "nor"}, "NOR"},
		{"skipsregister", Kodeverdi{"NOR", "Norsk Ordinært Skipsregister"}, "NOR"},
		{"skipsregister", Kodeverdi{"nis", "Norsk Internasjonalt Skipsregister"}, "NIS"},
		{"skipsregister", Kodeverdi{"", "Norsk internasjonalt skipsregister"}, "NIS"},
		{"skipsregister", Kodeverdi{"", "NORSK ORDINÆRT SKIPSREGISTER"}, "NOR"},
		{"skipsregister", Kodeverdi{"utl", "Utenlandsk skipsregister"}, "Utenlandsk"},
		{"skipsregister", Kodeverdi{Kode: "UTLA"}, "Utenlandsk"},
		{"skipsregister", Kodeverdi{"", "Utenlandsk registrert fartøy"}, "Utenlandsk"},
		{"skipsregister", Kodeverdi{"", "NIS"}, "NIS"},
		{"skipsregister", Kodeverdi{"annet", "Et annet skipsregister"}, "Et annet skipsregister"},
		{"skipsregister", Kodeverdi{}, ""},
		{"avloenningstype", Kodeverdi{Kode: "fast"}, "Fast lønn"},
		{"avloenningstype", Kodeverdi{"fast", "Fastlønn"}, "Fast lønn"},
		{"avloenningstype", Kodeverdi{"fast", "<Fant ingen gyldig term for kode: fast>"}, "Fast lønn"},
		{"avloenningstype", Kodeverdi{"", "Fastlønn"}, "Fast lønn"},
		{"avloenningstype", Kodeverdi{Kode: "honorar"}, "Honorar"},
		{"yrke", Kodeverdi{"", "NIS"}, "NIS"},
	} {
		if diff := cmp.Diff(c.want, c.value.Tekst(c.kodeverk)); diff != "" {
			t.Errorf("%s of %+v (-want +got):\n%s", c.kodeverk, c.value, diff)
		}
	}
}

// TestTekstIsTheSameInAnyCase: codes in the lists' own spelling have a shorter way.
func TestTekstIsTheSameInAnyCase(t *testing.T) {
	for kodeverk, list := range kodelister {
		for kode, tekst := range list.bare {
			for _, k := range []Kodeverdi{{Kode: kode}, {Kode: strings.ToUpper(kode)}, {Kode: kode, Beskrivelse: noTerm}, {Kode: strings.ToLower(kode)}} {
				if got := k.Tekst(kodeverk); got != tekst {
					t.Errorf("%s of %+v is %q, of %s %q", kodeverk, k, got, kode, tekst)
				}
			}
		}
	}
}

func TestTekstMakesNoGarbage(t *testing.T) {
	for _, c := range []struct {
		kodeverk string
		value    Kodeverdi
	}{
		{"arbeidsforholdstype", Kodeverdi{Kode: "ordinaertArbeidsforhold"}},
		{"arbeidsforholdstype", Kodeverdi{"ordinaertArbeidsforhold", "Ordinært arbeidsforhold"}},
		{"enhetstype", Kodeverdi{Kode: "SÆR"}},
		{"landkode", Kodeverdi{Kode: "NOR"}},
		{"skipsregister", Kodeverdi{"", "Norsk Ordinært Skipsregister"}},
		{"yrke", Kodeverdi{Kode: "9999999"}},
	} {
		if n := testing.AllocsPerRun(100, func() { _ = c.value.Tekst(c.kodeverk) }); n != 0 {
			t.Errorf("%s of %+v: %v allocations", c.kodeverk, c.value, n)
		}
	}
}

// Every list is there in full, every row is found by its own code, and the
// periods are dates.
func TestCodeListsAreComplete(t *testing.T) {
	want := map[string]int{
		"arbeidsforholdstype": 5, "arbeidstidsordning": 6, "ansettelsesform": 2, "fartsomraade": 2, "skipsregister": 3,
		"skipstype": 3, "avloenningstype": 5, "permisjonOgPermittering": 10, "sluttaarsak": 6, "varsling": 10,
		"rapporteringsordning": 2, "enhetstype": 44, "yrke": 12, "landkode": 506,
	}
	got := map[string]int{}
	for kodeverk, list := range kodelister {
		got[kodeverk] = len(list.listed)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("codes per list (-want +got):\n%s", diff)
	}
	for _, row := range embeddedRows("kodeverk.csv", kodeverkCSV) {
		if tekst, ok := kodelister[row[0]].listed.tekst(row[1]); !ok || tekst != row[2] || tekst == "" {
			t.Errorf("%s %s has the text %q, not %q", row[0], row[1], tekst, row[2])
		}
		for _, date := range row[3:] {
			if date != "" && !isISODate(date) {
				t.Errorf("%s %s: %q is no date", row[0], row[1], date)
			}
		}
	}
	for _, row := range embeddedRows("landkoder.csv", landkoderCSV) {
		if len(row[0]) != 2 && row[0] != "" || len(row[1]) != 3 || row[2] == "" {
			t.Errorf("country %q", row)
		}
	}
}

func isISODate(s string) bool {
	d, err := ParseDato(s)
	return err == nil && d.String() == s
}

// nyKodebok is a kodebok, and what a pakker gives its codes numbers with.
func nyKodebok() (*kodebok, func(kodeverk string, v Kodeverdi) uint64) {
	book := newKodebok()
	return book, func(kodeverk string, v Kodeverdi) uint64 {
		nr := uint64(len(book.verdier))
		book.add(nr, kodeverk, v)
		return nr
	}
}
