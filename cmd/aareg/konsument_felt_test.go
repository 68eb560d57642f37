package main

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/products"
	"aareg/soap/tilgang"
	"aareg/store"
	"aareg/store/konsument"
	"aareg/wsdl/felt"
)

// TestWhatIsShownOfFieldRightsIsWhatTheBorderDoes compares the leaves that show lists with the border's count of them,
// for every profile and for many made-up rights.
func TestWhatIsShownOfFieldRightsIsWhatTheBorderDoes(t *testing.T) {
	var names []string
	for _, o := range felt.Operations() {
		names = append(names, o.Navn)
		for _, r := range felt.Select(felt.Table(), o.Navn, felt.Respons) {
			names = append(names, o.Navn+"/"+r.Sti)
		}
	}
	tried := [][]string{nil, konsument.Produkter()}
	for _, p := range konsument.Profiler() {
		tried = append(tried, p.Rettigheter.Felter)
	}
	random := rand.New(rand.NewPCG(6, 6))
	for _, name := range names {
		tried = append(tried, []string{name}, []string{name, names[random.IntN(len(names))], names[random.IntN(len(names))]})
	}
	for _, felter := range tried {
		for _, p := range tilgang.TabellAv(&konsument.Rettigheter{Felter: felter}).Produkter {
			got := map[products.Visning]int{}
			for _, b := range svarblader(p.Navn, felter) {
				got[b.vis]++
			}
			want := map[products.Visning]int{products.Vises: p.Vist, products.Toemmes: p.Toemt, products.Utelates: p.Utelatt}
			for vis, n := range want {
				if got[vis] != n {
					t.Errorf("%s with %v: %d leaves %s, the border has %d", p.Navn, felter, got[vis], visningsord[vis], n)
				}
			}
		}
	}
}

func TestAShortListNamesAGroupForAllOfIt(t *testing.T) {
	leaves := svarblader("hentArbeidsforhold", []string{"hentArbeidsforhold/arbeidsforhold/arbeidsforhold/begyntdato"})
	if diff := cmp.Diff("arbeidsavtaler, antallTimerForTimelønnet, permisjonOgPermittering, utenlandsopphold", kortListe(leaves, products.Utelates)); diff != "" {
		t.Errorf("left out (-want +got):\n%s", diff)
	}
	if got := kortListe(svarblader("hentArbeidsforhold", nil), products.Utelates); got != "arbeidsforhold" {
		t.Errorf("of an answer that is left out whole: %s", got)
	}
	if got := kortListe(svarblader("hentArbeidsforhold", []string{"hentArbeidsforhold"}), products.Utelates); got != "" {
		t.Errorf("of an answer that is shown whole: %s", got)
	}
}

func TestProfilesNameRealRowsAndNothingTwice(t *testing.T) {
	for _, p := range konsument.Profiler() {
		for n, f := range p.Rettigheter.Felter {
			operation, _, _ := strings.Cut(f, "/")
			if !erRad(f) || !slices.Contains(p.Rettigheter.Produkter, operation) {
				t.Errorf("%s: %s is no row of a product that it may ask", p.Navn, f)
			}
			for _, other := range p.Rettigheter.Felter[:n] {
				if f == other || strings.HasPrefix(f, other+"/") || strings.HasPrefix(other, f+"/") {
					t.Errorf("%s: %s stands in %s", p.Navn, f, other)
				}
			}
		}
	}
	for _, wrong := range []string{"", "hentAlt", "hentArbeidstaker/", "hentArbeidstaker/arbeidsforholdListe/navn", "hentArbeidstaker/lovgivning"} {
		if erRad(wrong) {
			t.Errorf("%q is taken for a row of an answer", wrong)
		}
	}
}

// TestProfilesGiveNoMoreThanTheySay holds the profiles to the promises of their texts.
func TestProfilesGiveNoMoreThanTheySay(t *testing.T) {
	leaves := func(p konsument.Profil, vis products.Visning) (shown []string) {
		for _, product := range p.Rettigheter.Produkter {
			for _, b := range svarblader(product, p.Rettigheter.Felter) {
				if b.vis == vis {
					shown = append(shown, product+"/"+b.sti)
				}
			}
		}
		return shown
	}
	never := map[string][]string{
		"offentlig": {"/agArbeidsforholdId", "/utenlandsopphold", "hentArbeidsgiver/kjoenn", "hentArbeidstaker/alder"},
		"otp":       {"/efnavn", "/etternavn", "adresse", "yrke", "kjoenn", "alder", "Loennsendring", "utenlandsopphold", "Timer", "Treffliste"},
		"tilsyn":    {"permisjon", "utenlandsopphold", "Loennsendring", "/agArbeidsforholdId", "kjoenn", "alder", "Treffliste", "hentArbeidstaker/"},
	}
	for _, p := range konsument.Profiler() {
		r := p.Rettigheter
		if r.Fortrolig != store.InnsynIngen || r.StrengtFortrolig != store.InnsynIngen || r.PersonerPerDoegn < 1 || r.SpoersmaalPerSekund < 1 {
			t.Errorf("%s gives protected persons, or has no quota", p.Navn)
		}
		if r.Arbeidsgivere.Alle == (p.Navn == "otp") || len(r.Arbeidsgivere.Nummer) > 0 || !r.Personer.Alle {
			t.Errorf("%s has another scope than it says", p.Navn)
		}
		shown := leaves(p, products.Vises)
		if len(shown) < 40 {
			t.Errorf("%s shows %d leaves", p.Navn, len(shown))
		}
		for _, leaf := range shown {
			for _, word := range never[p.Navn] {
				if strings.Contains(leaf, word) {
					t.Errorf("%s shows %s", p.Navn, leaf)
				}
			}
		}
	}
}

func TestAShippedProfileWrittenAsJSONGivesTheSameRights(t *testing.T) {
	o := nyOperatoer(t)
	o.legger(fagetat)
	for _, p := range konsument.Profiler() {
		file := filepath.Join(t.TempDir(), "profil.json")
		if err := os.WriteFile(file, []byte(o.gjoer("", "profiles", p.Navn)), 0o600); err != nil {
			t.Fatal(err)
		}
		o.gjoer("", "rights", fagetat, "--profil", p.Navn)
		want := o.les().MedOrgnr(fagetat).Rettigheter
		o.gjoer("", "rights", fagetat, "--profil", file)
		if diff := cmp.Diff(want, o.les().MedOrgnr(fagetat).Rettigheter); diff != "" || want.Profil != p.Navn {
			t.Errorf("%s (-shipped +file):\n%s", p.Navn, diff)
		}
	}
	told := o.gjoer("", "profiles")
	for _, p := range konsument.Profiler() {
		if !strings.Contains(told, p.Navn+"\n  "+p.Tekst[0]+"\n") {
			t.Errorf("profiles does not tell of %s", p.Navn)
		}
	}
}

func TestAnAgreementFromAFileKeepsItsRightsAndRefusesMistakes(t *testing.T) {
	o := nyOperatoer(t)
	const head = `{"navn": "ETATEN", "hjemmel": "loven § 1", "formaal": "saker", "behandlingsgrunnlag": "art. 6", "fra": "2026-01-01", `
	o.gjoer(head+`"rettigheter": {"produkter": ["hentArbeidstaker"], "felter": ["hentArbeidstaker/alder"], "strengtFortrolig": "kode"}}`,
		"add", fagetat, "--file", "-", "--navn", "FAGETATEN")
	want := &konsument.Konsument{Nr: 1, Orgnr: fagetat, Navn: "FAGETATEN", Hjemmel: "loven § 1", Formaal: "saker", Behandlingsgrunnlag: "art. 6",
		Tilgang: []konsument.Tilgangsform{konsument.API}, Fra: 20260101, Rettigheter: konsument.Rettigheter{
			Produkter: []string{"hentArbeidstaker"}, Felter: []string{"hentArbeidstaker/alder"}, StrengtFortrolig: store.InnsynKode}}
	if diff := cmp.Diff(want, o.les().MedOrgnr(fagetat)); diff != "" {
		t.Errorf("the consumer (-want +got):\n%s", diff)
	}
	for rest, want := range map[string]string{
		`"rettigheter": {"felter": ["hentArbeidstaker/skostoerrelse"]}}`: "--file: /rettigheter/felter/0 is no row of an answer",
		`"orgnr": "322345674"}`: "--file: the agreement is that of another orgnr",
		`"passord": "x"}`:       "--file: agreement: /passord is not known",
	} {
		if _, err := o.proev(head+rest, "add", pensjonsleverandoer, "--file", "-"); err == nil || err.Error() != want {
			t.Errorf("want %q, got %v", want, err)
		}
	}
}
