package oppslag

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/beevik/etree"
	"github.com/google/go-cmp/cmp"

	"aareg/fixtures"
)

var updateBilder = flag.Bool("update-bilder", false, "rewrite testdata/bilder; look at the pictures before you keep them")

// svaret is the answer's root of a conformance case, as the demo register gives it.
func svaret(t *testing.T, navn string) *etree.Element {
	t.Helper()
	kaser, err := fixtures.Kaser()
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range kaser {
		if k.Name == navn {
			return lesSvar(t, k.Golden)
		}
	}
	t.Fatalf("no case %s", navn)
	return nil
}

func lesSvar(t *testing.T, xml []byte) *etree.Element {
	t.Helper()
	doc := etree.NewDocument()
	if err := doc.ReadFromBytes(xml); err != nil {
		t.Fatal(err)
	}
	rot := doc.FindElement("/Envelope/Body/*")
	if rot == nil {
		t.Fatal("an answer without a body")
	}
	return rot
}

// tegnet is a picture that was made, not nil and without an error.
func tegnet(t *testing.T, b *Bilde, err error) *Bilde {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if b == nil {
		t.Fatal("no picture")
	}
	return b
}

// fortalt is one picture of the demo register.
type fortalt struct {
	navn  string
	bilde *Bilde
}

func demobilder(t *testing.T) []fortalt {
	t.Helper()
	var alle []fortalt
	tidslinje := func(navn, kase string, p Aarsperiode, detaljer ...string) {
		var d []*etree.Element
		for _, k := range detaljer {
			d = append(d, svaret(t, k))
		}
		b, err := Tidslinje(svaret(t, kase), d, fixtures.Today, p)
		alle = append(alle, fortalt{"tidslinje_" + navn, tegnet(t, b, err)})
	}
	tidslinje("med_detaljer", "hentArbeidstaker/komplett", Aarsperiode{}, "hentArbeidsforhold/komplett")
	tidslinje("uten_detaljer", "hentArbeidstaker/komplett", Aarsperiode{})
	tidslinje("permisjon_og_permittering", "hentArbeidstaker/permisjon_og_permittering", Aarsperiode{}, "hentArbeidsforhold/permisjon_og_permittering")
	tidslinje("timer_i_aar", "hentArbeidsforhold/timer", Aarsperiode{Fra: 2025})
	tidslinje("utenlandsopphold", "hentArbeidsforhold/utenlandsopphold", Aarsperiode{Til: 2017})
	tidslinje("foer_2015", "hentArbeidsforhold/foer_2015", Aarsperiode{})
	tidslinje("mange_arbeidsforhold", "hentArbeidstaker/mange_arbeidsforhold", Aarsperiode{})

	for navn, kase := range map[string]string{"overdratt": "underenhet_overdratt", "trunkert": "trunkert", "direkte": "hovedenhet_som_mistet_underenhet"} {
		b, err := Bemanning(svaret(t, "hentArbeidsgiver/"+kase), fixtures.Today, Aarsperiode{})
		alle = append(alle, fortalt{"bemanning_" + navn, tegnet(t, b, err)})
	}
	for navn, kase := range map[string]string{"kommune": "hovedenhet_tre_nivaaer", "ledd": "organisasjonsledd", "overdratt": "hovedenhet_som_mistet_underenhet", "underenhet": "underenhet_overdratt"} {
		b, err := Enhetstre(svaret(t, "hentArbeidsgiver/"+kase))
		alle = append(alle, fortalt{"enhetstre_" + navn, tegnet(t, b, err)})
	}
	return alle
}

// TestPicturesOfStoriesAreTheGoldens: what the demo register's stories look like is looked at once, and kept.
func TestPicturesOfStoriesAreTheGoldens(t *testing.T) {
	for _, f := range demobilder(t) {
		if len(f.bilde.Ark) != 1 {
			t.Fatalf("%s: %d sheets", f.navn, len(f.bilde.Ark))
		}
		fil, got := filepath.Join("testdata", "bilder", f.navn+".svg"), string(f.bilde.Ark[0])+"\n"
		if *updateBilder {
			if err := os.WriteFile(fil, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(fil)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s: -update-bilder (-want +got):\n%s", f.navn, diff)
		}
	}
}

// TestPicturesOfStoriesAreSound: every golden is what every picture must be.
func TestPicturesOfStoriesAreSound(t *testing.T) {
	for _, f := range demobilder(t) {
		proev(t, f.navn, f.bilde)
	}
}

// TestEveryAnswerOfTheCasesIsDrawnOrNot: no answer of the cases, faults and refusals among them, makes a picture fail.
func TestEveryAnswerOfTheCasesIsDrawnOrNot(t *testing.T) {
	kaser, err := fixtures.Kaser()
	if err != nil {
		t.Fatal(err)
	}
	antall := 0
	for _, k := range kaser {
		rot := lesSvar(t, k.Golden)
		for _, b := range alleBilder(t, rot, fixtures.Today, Aarsperiode{}) {
			proev(t, k.Name, b)
			antall++
		}
	}
	if antall < 100 {
		t.Errorf("%d pictures", antall)
	}
}

// TestKort: a text that fits is whole; one that does not is cut to the longest that does, with its …, and not at a space.
func TestKort(t *testing.T) {
	for _, c := range []struct {
		s      string
		bredde float64
		want   string
	}{
		{"", 0, ""},
		{"abc", 19.5, "abc"},
		{"abcd", 25.5, "ab…"},
		{"abcd ef", 35, "abc…"},
		{"ab, ef", 31, "ab…"},
		{"W", 9, "…"},
		{"\x01\x02\x03", 29, "\x01…"},
		{strings.Repeat("a", 1_000_000), 25.5, "aa…"},
	} {
		if got := kort(c.s, 10, c.bredde); got != c.want {
			t.Errorf("%.20q in %v: %q, want %q", c.s, c.bredde, got, c.want)
		}
		if b := tekstbredde(kort(c.s, 10, c.bredde), 10); b > max(c.bredde, 9.5) {
			t.Errorf("%.20q in %v is %v wide", c.s, c.bredde, b)
		}
	}
}
