package main

import (
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
)

// bladerAv are the leaves of an answer, as field rights show them.
func bladerAv(product string, felter ...string) []tilgang.Blad {
	table := tilgang.TabellAv(&konsument.Konsument{Rettigheter: konsument.Rettigheter{Felter: felter}}).Produkter
	return table[slices.IndexFunc(table, func(p tilgang.Produktrett) bool { return p.Navn == product })].Blader
}

func TestAShortListNamesAGroupForAllOfIt(t *testing.T) {
	leaves := bladerAv("hentArbeidsforhold", "hentArbeidsforhold/arbeidsforhold/arbeidsforhold/begyntdato")
	if diff := cmp.Diff("arbeidsavtaler, antallTimerForTimelønnet, permisjonOgPermittering, utenlandsopphold", kortListe(leaves, products.Utelates)); diff != "" {
		t.Errorf("left out (-want +got):\n%s", diff)
	}
	if got := kortListe(bladerAv("hentArbeidsforhold"), products.Utelates); got != "arbeidsforhold" {
		t.Errorf("of an answer that is left out whole: %s", got)
	}
	if got := kortListe(bladerAv("hentArbeidsforhold", "hentArbeidsforhold"), products.Utelates); got != "" {
		t.Errorf("of an answer that is shown whole: %s", got)
	}
}

func TestProfilesNameRealRowsAndNothingTwice(t *testing.T) {
	for _, p := range konsument.Profiler() {
		for n, f := range p.Rettigheter.Felter {
			operation, _, _ := strings.Cut(f, "/")
			if !tilgang.ErRad(f) || !slices.Contains(p.Rettigheter.Produkter, operation) {
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
		if tilgang.ErRad(wrong) {
			t.Errorf("%q is taken for a row of an answer", wrong)
		}
	}
}

// TestProfilesGiveNoMoreThanTheySay holds the profiles to the promises of their texts.
func TestProfilesGiveNoMoreThanTheySay(t *testing.T) {
	leaves := func(p konsument.Profil, vis products.Visning) (shown []string) {
		for _, product := range p.Rettigheter.Produkter {
			for _, b := range bladerAv(product, p.Rettigheter.Felter...) {
				if b.Vis == vis {
					shown = append(shown, product+"/"+b.Sti)
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

// TestShowListsWhatOnlyExtractsShow, which --felter alle gives too.
func TestShowListsWhatOnlyExtractsShow(t *testing.T) {
	o := nyOperatoer(t)
	o.legger(fagetat)
	o.gjoer("hentArbeidsforhold\nuttrekk/ansettelsesdetaljer\nuttrekk/idHistorikk\n", "rights", fagetat, "--produkter", "hentArbeidsforhold", "--felter", "-")
	_, table, _ := strings.Cut(o.gjoer("", "show", fagetat), "  hentArbeidsforhold          ")
	o.lik(`yes      46            0        0
  uttrekk                     yes      5             -        6

uttrekk
  left out  ansettelsesperiode, permisjoner, permitteringer, varsler
`, table)
	listed := o.gjoer("", "show", fagetat, "--felter")
	leaves := listed[strings.LastIndex(listed, "\nuttrekk\n")+len("\nuttrekk\n"):]
	o.lik(`  left out  uttrekk/ansettelsesperiode/sluttaarsak
  left out  uttrekk/ansettelsesperiode/varsling
  shown     uttrekk/ansettelsesdetaljer/type
  shown     uttrekk/ansettelsesdetaljer/ansettelsesform
  shown     uttrekk/ansettelsesdetaljer/rapporteringsmaaneder/fra
  shown     uttrekk/ansettelsesdetaljer/rapporteringsmaaneder/til
  left out  uttrekk/permisjoner/varsling
  left out  uttrekk/permitteringer/varsling
  shown     uttrekk/idHistorikk/id
  left out  uttrekk/varsler/entitet
  left out  uttrekk/varsler/varsling
`, leaves)
	o.gjoer("", "rights", fagetat, "--felter", "alle")
	if table := tilgang.TabellAv(o.les().MedOrgnr(fagetat)); table.Uttrekk.Utelatt > 0 || table.Uttrekk.Vist != 11 || len(table.Ukjente) > 0 {
		t.Errorf("alle leaves out %d rows of the extract's own", table.Uttrekk.Utelatt)
	}
}
