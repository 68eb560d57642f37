package store

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func enhet(nr, navn, form, over string, former ...string) *Enhet {
	e := &Enhet{Orgnr: nr, Navn: navn, Organisasjonsform: Kodeverdi{Kode: form}, OverordnetEnhet: over}
	for _, f := range former {
		e.TidligereOverordnet = append(e.TidligereOverordnet, TidligereOverordnet{Orgnr: f, Til: 20230430})
	}
	return e
}

func TestUnderenheterAreThoseOfTodayThenThoseThatLeft(t *testing.T) {
	const other, third, came = "210001018", "210001212", "210001328"
	s := newStore(t)
	update(t, s, func(tx *Tx) error {
		return errors.Join(tx.PutEnhet(enhet(hovedenhetNr, "Hoved", "AS", "")), tx.PutEnhet(enhet(other, "Annen", "AS", "")),
			tx.PutEnhet(enhet(third, "Blir", "BEDR", hovedenhetNr)), tx.PutEnhet(enhet(underenhetNr, "Gikk", "BEDR", other, hovedenhetNr)),
			tx.PutEnhet(enhet(came, "Kom tilbake", "BEDR", hovedenhetNr, other, hovedenhetNr)))
	})
	a, err := s.Arbeidsgiver(ctx, seesAll, hovedenhetNr, Filter{})
	if err != nil {
		t.Fatal(err)
	}
	type row struct {
		Orgnr, Over string
		Historisk   bool
	}
	var got []row
	for _, u := range a.Underenheter {
		got = append(got, row{u.Orgnr, u.OrgnrHovedenhet, u.Historisk})
	}
	want := []row{{third, hovedenhetNr, false}, {came, hovedenhetNr, false}, {underenhetNr, other, true}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestHovedenhetSpeaksForAllLevelsButNotOfTheProtected(t *testing.T) {
	const ledd = "210000119"
	s := newStore(t)
	ended := jobb(1, takerNr)
	ended.Ansettelsesperiode.Sluttdato = 20230101
	update(t, s, func(tx *Tx) error {
		return errors.Join(tx.PutEnhet(enhet(hovedenhetNr, "Kommune", "KOMM", "")), tx.PutEnhet(enhet(ledd, "Ledd", "ORGL", hovedenhetNr)),
			tx.PutEnhet(enhet(underenhetNr, "Skole", "BEDR", ledd)), tx.PutArbeidsforhold(ended), tx.PutArbeidsforhold(jobb(2, takerNr)),
			tx.PutPerson(&Person{Foedselsnr: takerNr, Adressebeskyttelse: Fortrolig}))
	})
	for _, nummer := range []string{hovedenhetNr, ledd, underenhetNr} {
		for _, c := range []struct {
			view View
			sees bool
		}{{nothing, false}, {seesAll, true}} {
			a, err := s.Arbeidsgiver(ctx, c.view, nummer, Filter{})
			if err != nil {
				t.Fatal(err)
			}
			_, antall, err := s.AntallArbeidstakere(ctx, c.view, nummer)
			if err != nil {
				t.Fatal(err)
			}
			if a.Arbeidstakere != c.sees || a.Historikk != c.sees || antall != map[bool]int{true: 1}[c.sees] {
				t.Errorf("%s, with the right %v: arbeidstakere %v, historikk %v, antall %d", a.Navn, c.sees, a.Arbeidstakere, a.Historikk, antall)
			}
		}
	}
}

func TestHitsOfOneNameStandByNumber(t *testing.T) {
	s := newStore(t)
	numbers := []string{"12838049808", "05919149932", "30877549999", "20810199688"}
	update(t, s, func(tx *Tx) error {
		var err error
		for i, nummer := range numbers {
			err = errors.Join(err, tx.PutPerson(&Person{Foedselsnr: nummer, Navn: Navn{"Lik", "Kari", ""}}), tx.PutArbeidsforhold(jobb(int64(i+1), nummer)))
		}
		return err
	})
	hits, found, err := s.SoekArbeidstakere(ctx, seesAll, Personsoek{Navn: Navn{Etternavn: "lik"}, Maks: 3})
	if err != nil || found != 4 {
		t.Fatalf("%d found: %v", found, err)
	}
	slices.Sort(numbers)
	for i, h := range hits {
		if h.Foedselsnr != numbers[i] {
			t.Errorf("hit %d is not the one of the %d. number", i, i+1)
		}
	}
}

func TestCutNameIsFoundWholeAndAsRegistered(t *testing.T) {
	s := newStore(t)
	const registered = "GAMLE FJELLVIK OG RAMNES FELLES REG NSKAPSLAG AVD NORD" // the 36th character is the space of the cut
	update(t, s, func(tx *Tx) error { return tx.PutEnhet(enhet(underenhetNr, registered, "BEDR", "")) })
	for navn, whole := range map[string]bool{registered: true, "regnskapslag": false, "REG": false} {
		for _, fonetisk := range []bool{false, true} {
			hits, _, err := s.SoekEnheter(ctx, seesAll, Enhetssoek{Navn: navn, Fonetisk: fonetisk, Maks: 10})
			if err != nil || len(hits) != 1 || hits[0].whole != whole {
				t.Errorf("%q, fonetisk %v: %v", navn, fonetisk, err)
			}
		}
	}
	update(t, s, func(tx *Tx) error { return tx.PutEnhet(enhet(underenhetNr, "NYTT NAVN", "BEDR", "")) })
	if _, _, err := s.SoekEnheter(ctx, seesAll, Enhetssoek{Navn: "regnskapslag", Maks: 10}); !errors.Is(err, ErrIngen) {
		t.Errorf("a word of a name that was replaced still finds: %v", err)
	}
}
