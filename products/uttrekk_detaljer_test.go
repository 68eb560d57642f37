package products

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/fixtures"
	"aareg/store"
)

// TestDetailsAreWhatNoProductShows, of three stories, with the labels of Nav's list.
func TestDetailsAreWhatNoProductShows(t *testing.T) {
	q := Query{Store: demoregister(t), View: demosyn}
	for id, want := range map[int64][]Detaljgruppe{
		48000201: {
			{"Arbeidsforhold", 0, []Detalj{{"Varsel", "Maskinell sluttdato: Virksomhetoverdragelse", "ERVIRK", Tekst}}},
			{"Ansettelsesdetaljer", 1, []Detalj{{"Type ansettelsesdetaljer", "Ordinaer", "", Tekst}, {"Startmåned for rapportering", "2015-01", "", Maaned},
				{"Sluttmåned for rapportering", "2023-04", "", Maaned}}},
			{"Varsler", 1, []Detalj{{"Varseltilhørighet", "Ansettelsesperiode", "", Tekst}, {"Varsel", "Maskinell sluttdato: Virksomhetoverdragelse", "ERVIRK", Tekst}}},
		},
		48000301: {
			{"Arbeidsforhold", 0, []Detalj{{"Sluttårsak", "Arbeidsgiver har sagt opp arbeidstaker", "arbeidsgiverHarSagtOppArbeidstaker", Tekst}}},
			{"Ansettelsesdetaljer", 1, []Detalj{{"Type ansettelsesdetaljer", "Ordinaer", "", Tekst}, {"Startmåned for rapportering", "2019-06", "", Maaned},
				{"Sluttmåned for rapportering", "2022-12", "", Maaned}}},
		},
		48000503: {
			{"Ansettelsesdetaljer", 1, []Detalj{{"Type ansettelsesdetaljer", "Ordinaer", "", Tekst}, {"Startmåned for rapportering", "2017-09", "", Maaned}}},
			{"Permisjoner", 1, []Detalj{{"Permisjon varsel", "Maskinell sluttdato: Arbeidsgiver har ikke bekreftet permisjon/permitteringen.", "IBPPAG", Tekst}}},
			{"ID-historikk for arbeidsforholdet", 1, []Detalj{{"Tidligere ID for arbeidsforholdet", "VS-88-gammel", "", Tekst}}},
		},
	} {
		got, err := Detaljer(t.Context(), q, id, visAlt)
		if err != nil {
			t.Fatalf("%d: %v", id, err)
		}
		if len(got.Personer) != 1 || got.Statuskode != Komplett {
			t.Errorf("%d: %s, %d persons", id, got.Statuskode, len(got.Personer))
		}
		if diff := cmp.Diff(want, got.Grupper); diff != "" {
			t.Errorf("%d (-want +got):\n%s", id, diff)
		}
	}
}

// TestDetailsKeepToProfileAndProtection.
func TestDetailsKeepToProfileAndProtection(t *testing.T) {
	q := Query{Store: demoregister(t), View: demosyn}
	got, err := Detaljer(t.Context(), q, 48000201, func(rett string) bool { return rett == "uttrekk/varsler/entitet" })
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]Detaljgruppe{{"Varsler", 1, []Detalj{{"Varseltilhørighet", "Ansettelsesperiode", "", Tekst}}}}, got.Grupper); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for innsyn, want := range map[store.Innsyn]error{store.InnsynIngen: store.ErrIngen, store.InnsynKode: store.ErrFortrolig, store.InnsynData: nil} {
		q.View = store.View{Today: fixtures.Today, Fortrolig: innsyn}
		got, err := Detaljer(t.Context(), q, 48000901, visAlt)
		if !errors.Is(err, want) || (err == nil) != (got != nil && got.Statuskode == FortroligKode && len(got.Personer) == 1) {
			t.Errorf("innsyn %d: %+v; %v", innsyn, got, err)
		}
	}
}
