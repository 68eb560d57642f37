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
			{"Arbeidsforhold", 0, []Detalj{{"Varsel", "Maskinell sluttdato: Virksomhetoverdragelse", "ERVIRK"}}},
			{"Ansettelsesdetaljer", 1, []Detalj{{"Type ansettelsesdetaljer", "Ordinaer", ""}, {"Startmåned for rapportering", "2015-01", ""},
				{"Sluttmåned for rapportering", "2023-04", ""}}},
			{"Varsler", 1, []Detalj{{"Varseltilhørighet", "Ansettelsesperiode", ""}, {"Varsel", "Maskinell sluttdato: Virksomhetoverdragelse", "ERVIRK"}}},
		},
		48000301: {
			{"Arbeidsforhold", 0, []Detalj{{"Sluttårsak", "Arbeidsgiver har sagt opp arbeidstaker", "arbeidsgiverHarSagtOppArbeidstaker"}}},
			{"Ansettelsesdetaljer", 1, []Detalj{{"Type ansettelsesdetaljer", "Ordinaer", ""}, {"Startmåned for rapportering", "2019-06", ""},
				{"Sluttmåned for rapportering", "2022-12", ""}}},
		},
		48000503: {
			{"Ansettelsesdetaljer", 1, []Detalj{{"Type ansettelsesdetaljer", "Ordinaer", ""}, {"Startmåned for rapportering", "2017-09", ""}}},
			{"Permisjoner", 1, []Detalj{{"Permisjon varsel", "Maskinell sluttdato: Arbeidsgiver har ikke bekreftet permisjon/permitteringen.", "IBPPAG"}}},
			{"ID-historikk for arbeidsforholdet", 1, []Detalj{{"Tidligere ID for arbeidsforholdet", "VS-88-gammel", ""}}},
		},
	} {
		got, personer, err := Detaljer(t.Context(), q, id, visAlt)
		if err != nil || len(personer) != 1 {
			t.Errorf("%d: %d persons; %v", id, len(personer), err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%d (-want +got):\n%s", id, diff)
		}
	}
}

// TestDetailsKeepToProfileAndProtection.
func TestDetailsKeepToProfileAndProtection(t *testing.T) {
	q := Query{Store: demoregister(t), View: demosyn}
	got, _, err := Detaljer(t.Context(), q, 48000201, func(rett string) bool { return rett == "uttrekk/varsler/entitet" })
	if diff := cmp.Diff([]Detaljgruppe{{"Varsler", 1, []Detalj{{"Varseltilhørighet", "Ansettelsesperiode", ""}}}}, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	for innsyn, want := range map[store.Innsyn]error{store.InnsynIngen: store.ErrIngen, store.InnsynKode: store.ErrFortrolig, store.InnsynData: nil} {
		q.View = store.View{Today: fixtures.Today, Fortrolig: innsyn}
		got, personer, err := Detaljer(t.Context(), q, 48000901, visAlt)
		if !errors.Is(err, want) || (err != nil) != (len(got)+len(personer) == 0) {
			t.Errorf("innsyn %d: %d groups of %d persons; %v", innsyn, len(got), len(personer), err)
		}
	}
}
