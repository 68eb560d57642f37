package products

import (
	"bytes"
	"errors"
	"flag"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/fixtures"
	"aareg/store"
)

var update = flag.Bool("update", false, "write the extracts of testdata anew")

// visAlt is a field profile of everything.
func visAlt(string) bool { return true }

// ingenKonto accounts for nothing.
func ingenKonto(Uttrekksdel) error { return nil }

func demoregister(tb testing.TB) *store.Store {
	tb.Helper()
	s, err := fixtures.Demo()
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { s.Close() })
	return s
}

// demosyn sees the demo register as most do: protected persons do not exist.
var demosyn = store.View{Today: fixtures.Today}

// uttrukket is an extract, with what it came to.
func uttrukket(tb testing.TB, s *store.Store, v store.View, u Uttrekk) ([]byte, Uttrekkssum) {
	tb.Helper()
	if u.Viser == nil {
		u.Viser = visAlt
	}
	if u.Utlever == nil {
		u.Utlever = ingenKonto
	}
	var b bytes.Buffer
	sum, err := u.Skriv(tb.Context(), s, v, &b)
	if err != nil {
		tb.Fatal(err)
	}
	return b.Bytes(), sum
}

// demouttrekkene are three stories of the demo register, each asked for in its own way.
var demouttrekkene = map[string]Uttrekk{
	"timer_fravaer_utland": {Arbeidsgiver: "210004114"},
	"skip":                 {Arbeidsforhold: []uint64{48000401, 48000403, 999}},
	"overdragelse":         {Arbeidstakere: []uint64{9848849909}},
}

var formene = map[string]Uttrekksform{"csv": {Format: "csv"}, "xml": {Format: "xml"}, "ndjson": {Format: "ndjson"}}

// TestExtractsOfStoriesAreThoseOfTestdata, which were read against the stories' own files.
func TestExtractsOfStoriesAreThoseOfTestdata(t *testing.T) {
	s := demoregister(t)
	for name, u := range demouttrekkene {
		for endelse, form := range formene {
			u.Form = form
			got, _ := uttrukket(t, s, demosyn, u)
			file := "testdata/uttrekk/" + name + "." + endelse
			if *update {
				if err := os.WriteFile(file, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", file, diff)
			}
		}
	}
}

// TestAUnitsExtractHasAllUnitsBelowIt, itself first, each with the records that it has by itself.
func TestAUnitsExtractHasAllUnitsBelowIt(t *testing.T) {
	s := demoregister(t)
	records := func(orgnr string) (found []flat) {
		b, _ := uttrukket(t, s, demosyn, Uttrekk{Arbeidsgiver: orgnr, Form: formene["ndjson"]})
		for _, r := range fromNDJSON(t, b) {
			delete(r, "nr")
			found = append(found, r)
		}
		return found
	}
	whole := records("210001018")
	own := slices.DeleteFunc(slices.Clone(whole), func(r flat) bool { return r["arbeidssted.ident"] != "210001018" })
	below := records("210001115")
	if len(own) != 2 || len(below) != 1 {
		t.Fatalf("%d arbeidsforhold on the unit itself and %d on one below it, want 2 and 1", len(own), len(below))
	}
	if diff := cmp.Diff(append(own, below...), whole[:3]); diff != "" {
		t.Errorf("itself and the first below it (-want +got):\n%s", diff)
	}
}

func lastLine(b []byte) []byte {
	return b[bytes.LastIndexByte(bytes.TrimSuffix(b, []byte("\n")), '\n')+1:]
}

// TestEveryPersonIsAccountedForBeforeTheirBytesLeave: part by part, and nothing leaves that nobody accounted for.
func TestEveryPersonIsAccountedForBeforeTheirBytesLeave(t *testing.T) {
	s := demoregister(t)
	v := store.View{Today: fixtures.Today, Fortrolig: store.InnsynData, StrengtFortrolig: store.InnsynData}
	var out bytes.Buffer
	var told []uint64
	before, parts, beskyttet := 0, 0, false
	u := konto(func(del Uttrekksdel) error {
		if out.Len() != before {
			t.Errorf("%d bytes left before part %d was accounted for", out.Len()-before, parts)
		}
		parts++
		told, beskyttet = append(told, del.Personer...), beskyttet || del.Beskyttet
		return nil
	})
	u.Framdrift = func(int) { before = out.Len() }
	u.Arbeidstakere = []uint64{24847449892, 29899949879, 12845678901}
	sum, err := u.Skriv(t.Context(), s, v, &out)
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(told)
	// The second is employed by a personal employer, and the third is nobody.
	want := []uint64{12845678901, 24847449892, 29899949879, 30927049801}
	if diff := cmp.Diff(want, told); diff != "" || !beskyttet || parts != 1 {
		t.Errorf("persons (-want +got), protected %v, %d parts:\n%s", beskyttet, parts, diff)
	}
	if diff := cmp.Diff(Uttrekkssum{Antall: 2, Utfall: map[Statuskode]int{Ingen: 1}}, sum); diff != "" {
		t.Errorf("sum (-want +got):\n%s", diff)
	}
}

// konto is an extract that is accounted for in some way.
func konto(utlever func(Uttrekksdel) error) Uttrekk {
	return Uttrekk{Form: formene["ndjson"], Viser: visAlt, Utlever: utlever}
}

// TestProtectedPersonsAreAsForTheProducts: with the setting kode their code is told and none of their data; with ingen they
// are nobody; in an employer's extract neither counts them.
func TestProtectedPersonsAreAsForTheProducts(t *testing.T) {
	s := demoregister(t)
	const fortrolig, strengt = 24847449892, 9818949798
	for _, c := range []struct {
		innsyn store.Innsyn
		antall int
		utfall map[Statuskode]int
	}{
		{store.InnsynIngen, 0, map[Statuskode]int{Ingen: 2}},
		{store.InnsynKode, 0, map[Statuskode]int{FortroligKode: 1, StrengtFortrolig: 1}},
		{store.InnsynData, 2, map[Statuskode]int{}},
	} {
		v := store.View{Today: fixtures.Today, Fortrolig: c.innsyn, StrengtFortrolig: c.innsyn}
		out, sum := uttrukket(t, s, v, Uttrekk{Arbeidstakere: []uint64{fortrolig, strengt}, Form: formene["ndjson"]})
		if diff := cmp.Diff(Uttrekkssum{c.antall, c.utfall}, sum); diff != "" {
			t.Errorf("innsyn %d (-want +got):\n%s", c.innsyn, diff)
		}
		if marked := bytes.Count(out, []byte(`"statuskode":"fortrolig"`)) + bytes.Count(out, []byte(`"statuskode":"strengt_fortrolig"`)); marked != c.antall {
			t.Errorf("innsyn %d: %d records say that they are protected, want %d", c.innsyn, marked, c.antall)
		}
		_, byId := uttrukket(t, s, v, Uttrekk{Arbeidsforhold: []uint64{48000901, 48000902}, Form: formene["ndjson"]})
		if diff := cmp.Diff(sum, byId); diff != "" {
			t.Errorf("innsyn %d, by id (-by person +by id):\n%s", c.innsyn, diff)
		}
		_, employer := uttrukket(t, s, v, Uttrekk{Arbeidsgiver: "210006117", Form: formene["ndjson"]})
		open, _ := uttrukket(t, s, v, Uttrekk{Arbeidsgiver: "210006028", Form: formene["ndjson"]})
		if hidden := bytes.Contains(open, []byte("24847449892")); hidden != (c.antall > 0) || len(employer.Utfall) > 0 {
			t.Errorf("innsyn %d: in the employer's extract: %v, %v", c.innsyn, hidden, employer.Utfall)
		}
	}
}

// TestWhatIsRefusedLeavesNothing: not one byte, and the error is the refusal's own.
func TestWhatIsRefusedLeavesNothing(t *testing.T) {
	s := demoregister(t)
	refusal := errors.New("no")
	for endelse, form := range formene {
		var out bytes.Buffer
		u := konto(func(Uttrekksdel) error { return refusal })
		u.Form, u.Arbeidsgiver = form, "210004114"
		if _, err := u.Skriv(t.Context(), s, demosyn, &out); err != refusal || out.Len() > 0 {
			t.Errorf("%s: %v, and %d bytes", endelse, err, out.Len())
		}
	}
	for why, u := range map[string]Uttrekk{
		"nobody is asked for":   {},
		"two at once":           {Arbeidsgiver: "210004114", Arbeidstakere: []uint64{1}},
		"no employer's number":  {Arbeidsgiver: "21000411"},
		"nobody accounts":       {Arbeidsgiver: "210004114", Utlever: nil},
		"an unknown format":     {Arbeidsgiver: "210004114", Form: Uttrekksform{Format: "xlsx"}},
		"XML with a mark":       {Arbeidsgiver: "210004114", Form: Uttrekksform{Format: "xml", BOM: true}},
		"a profile of no field": {Arbeidsgiver: "210004114", Viser: func(string) bool { return false }},
	} {
		var out bytes.Buffer
		if why != "nobody accounts" {
			u.Utlever = ingenKonto
		}
		if u.Viser == nil {
			u.Viser = visAlt
		}
		if u.Form.Format == "" {
			u.Form = formene["csv"]
		}
		if _, err := u.Skriv(t.Context(), s, demosyn, &out); err == nil || out.Len() > 0 {
			t.Errorf("%s: %v, and %d bytes", why, err, out.Len())
		}
	}
}

// TestACutExtractLacksItsEnd: whatever was cut off, in whichever format.
func TestACutExtractLacksItsEnd(t *testing.T) {
	s := demoregister(t)
	full := errors.New("the disk is full")
	for endelse, form := range formene {
		whole, _ := uttrukket(t, s, demosyn, Uttrekk{Arbeidsgiver: "210004114", Form: form})
		if !ferdigUttrekk(endelse, whole) {
			t.Errorf("%s: a whole extract is not known as one", endelse)
		}
		u := konto(ingenKonto)
		u.Form, u.Arbeidsgiver = form, "210004114"
		var out bytes.Buffer
		if _, err := u.Skriv(t.Context(), s, demosyn, &half{w: &out, err: full}); !errors.Is(err, full) {
			t.Errorf("%s: %v", endelse, err)
		}
		if out.Len() == 0 || ferdigUttrekk(endelse, out.Bytes()) {
			t.Errorf("%s: a cut extract of %d bytes is taken for a whole one", endelse, out.Len())
		}
	}
}

// half writes half of what it gets.
type half struct {
	w   io.Writer
	err error
}

func (h *half) Write(p []byte) (int, error) {
	n, _ := h.w.Write(p[:len(p)/2])
	return n, h.err
}

// TestTheFilterKeepsWhatTheProductKeeps.
func TestTheFilterKeepsWhatTheProductKeeps(t *testing.T) {
	s := demoregister(t)
	count := func(f store.Filter) int {
		_, sum := uttrukket(t, s, demosyn, Uttrekk{Arbeidsgiver: "210004114", Filter: f, Form: formene["csv"]})
		a, err := s.Arbeidsgiver(t.Context(), demosyn, "210004114", f)
		if err != nil {
			t.Fatal(err)
		}
		defer a.Liste.Close()
		if sum.Antall != a.Liste.Antall {
			t.Errorf("filter %v: %d in the extract, %d in the product's list", f, sum.Antall, a.Liste.Antall)
		}
		return sum.Antall
	}
	all, active, ended := count(store.Filter{}), count(store.Filter{Status: store.Aktive}), count(store.Filter{Status: store.Opphoerte})
	if active == 0 || active+ended > all {
		t.Errorf("%d active and %d ended of %d", active, ended, all)
	}
}

func TestTheSumIsToldAsItGrows(t *testing.T) {
	s := demoregister(t)
	var told []string
	u := konto(ingenKonto)
	u.Arbeidsgiver, u.Framdrift = "210004114", func(n int) { told = append(told, strings.Repeat("|", n)) }
	sum, err := u.Skriv(t.Context(), s, demosyn, io.Discard)
	if err != nil || len(told) == 0 || len(told[len(told)-1]) != sum.Antall {
		t.Errorf("%v of %d was told; %v", told, sum.Antall, err)
	}
}
