package store

import (
	"aareg/store/sqlite"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func liste(t *testing.T, s *Store, v View, f Filter) (rader []Listerad, antall, tot int) {
	t.Helper()
	a, err := s.Arbeidsgiver(ctx, v, underenhetNr, f)
	if err != nil {
		t.Fatal(err)
	}
	for r := range a.Liste.Rader(1000) {
		c := *r
		c.PermisjonOgPermittering = slices.Clone(r.PermisjonOgPermittering)
		rader = append(rader, c)
	}
	return rader, a.Liste.Antall, a.Liste.AntallTot
}

// dump is all that is stored, as text, less what only tells in which order rows came.
func dump(t *testing.T, s *Store, query string) (rows [][]byte) {
	t.Helper()
	err := s.naa.Load().own.Each(query, nil, func(row *sqlite.Stmt) error {
		var b []byte
		err := row.Scan(&b)
		rows = append(rows, b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestWhatIsDerivedFollowsTheRest(t *testing.T) {
	person := func(navn string, g Gradering) *Person {
		return &Person{Foedselsnr: takerNr, Navn: Navn{Etternavn: navn, Fornavn: "Kari"}, Adressebeskyttelse: g}
	}
	enhet := &Enhet{Orgnr: underenhetNr, Navn: "Sykehjemmet"}
	s := newStore(t)
	update(t, s, func(tx *Tx) error {
		return errors.Join(tx.PutEnhet(enhet), tx.PutPerson(person("Gammel", Ugradert)), tx.PutArbeidsforhold(jobb(1, takerNr)), tx.PutArbeidsforhold(jobb(2, annenNr)))
	})
	update(t, s, func(tx *Tx) error { return tx.PutPerson(person("Ny", Fortrolig)) })
	update(t, s, func(tx *Tx) error { return tx.DeleteArbeidsforhold(2) })

	at := newStore(t)
	update(t, at, func(tx *Tx) error {
		return errors.Join(tx.PutEnhet(enhet), tx.PutPerson(person("Ny", Fortrolig)), tx.PutArbeidsforhold(jobb(1, takerNr)))
	})
	for _, query := range []string{
		`SELECT dok FROM arbeidsgiverliste ORDER BY del`,
		`SELECT dok FROM arbeidsgiverhode ORDER BY rad`,
		`SELECT nummer || ',' || gradering || ',' || som_arbeidstaker || ',' || dok FROM arbeidstakerliste ORDER BY nummer`,
		`SELECT skjerming || ',' || takernummer || ',' || takernavn FROM arbeidsforhold`,
		`SELECT som_arbeidstaker || ',' || som_arbeidsgiver FROM aktoer WHERE nummer IN ('` + takerNr + `', '` + underenhetNr + `') ORDER BY nummer`,
		`SELECT fonetisk || ord FROM etternavnord ORDER BY 1`,
	} {
		if diff := cmp.Diff(dump(t, at, query), dump(t, s, query)); diff != "" {
			t.Errorf("%s, step by step against at once (-want +got):\n%s", query, diff)
		}
	}
	if rader, antall, tot := liste(t, s, View{Today: 20250615}, Filter{}); len(rader)+antall+tot != 0 {
		t.Errorf("a protected employee is in the list of one without the right: %d rows, antall %d, antallTot %d", len(rader), antall, tot)
	}
	if rader, antall, tot := liste(t, s, seesAll, Filter{}); len(rader) != 1 || antall != 1 || tot != 1 || rader[0].Arbeidstaker.Navn != "Ny Kari" {
		t.Errorf("with the right: %d rows, antall %d, antallTot %d", len(rader), antall, tot)
	}
}

func TestListIsNewestFirstThroughAllItsPieces(t *testing.T) {
	s := newStore(t)
	const many = 3*listedel + 5
	update(t, s, func(tx *Tx) error {
		for i := range many {
			j := jobb(int64(1000+i), takerNr)
			j.Ansettelsesperiode.Startdato = Dato(20100101).AddDays(i / 2) // two begin each day
			if err := tx.PutArbeidsforhold(j); err != nil {
				return err
			}
		}
		return nil
	})
	rader, antall, tot := liste(t, s, seesAll, Filter{})
	if len(rader) != many || antall != many || tot != many {
		t.Fatalf("%d rows, antall %d, antallTot %d, want %d", len(rader), antall, tot, many)
	}
	for i := 1; i < many; i++ {
		a, b := rader[i-1], rader[i]
		if a.Begynt < b.Begynt || a.Begynt == b.Begynt && a.ArbeidsforholdId > b.ArbeidsforholdId {
			t.Fatalf("row %d comes after one that it should precede", i)
		}
	}
}

func TestOneListIsShownAlikeByEmployerAndEmployee(t *testing.T) {
	s := newStore(t)
	update(t, s, func(tx *Tx) error {
		j := jobb(1, takerNr)
		j.ID, j.SistBekreftet = "A-1", "2025-01-02T03:04:05"
		j.Ansettelsesdetaljer = []Ansettelsesdetaljer{{Yrke: Kodeverdi{"3231109", "SYKEPLEIER"}, AvtaltStillingsprosent: "80.0", Gyldighetsperiode: Periode{Fom: 20200101}}}
		j.Permisjoner = []Permisjon{{ID: "P", Type: Kodeverdi{Kode: "permisjon"}, Startdato: 20210101, Prosent: "50.0"}}
		return errors.Join(tx.PutArbeidsforhold(j), tx.PutEnhet(&Enhet{Orgnr: underenhetNr, Navn: "Sykehjemmet"}),
			tx.PutPerson(&Person{Foedselsnr: takerNr, Navn: Navn{"Moe", "Kari", ""}}))
	})
	rader, _, _ := liste(t, s, seesAll, Filter{})
	p, err := s.Arbeidstaker(ctx, seesAll, takerNr, Filter{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(p.Arbeidsforhold, rader, unexported); diff != "" {
		t.Errorf("employee's against employer's (-want +got):\n%s", diff)
	}
}

func TestChangedNumberIsOnePerson(t *testing.T) {
	s := newStore(t)
	update(t, s, func(tx *Tx) error {
		return errors.Join(tx.PutPerson(&Person{Foedselsnr: annenNr, Navn: Navn{"Skifte", "Robin", ""}}), tx.PutArbeidsforhold(jobb(1, annenNr)))
	})
	update(t, s, func(tx *Tx) error {
		return errors.Join(tx.PutPerson(&Person{Foedselsnr: takerNr, TidligereNumre: []string{annenNr}, Navn: Navn{"Skifte", "Robin", ""}}),
			tx.PutArbeidsforhold(jobb(2, annenNr)), tx.PutArbeidsforhold(jobb(3, takerNr)))
	})
	for _, nummer := range []string{annenNr, takerNr} {
		p, err := s.Arbeidstaker(ctx, seesAll, nummer, Filter{})
		if err != nil {
			t.Fatal(err)
		}
		if p.Foedselsnr != takerNr || len(p.Arbeidsforhold) != 3 {
			t.Errorf("found %d arbeidsforhold, the number in force shown: %v", len(p.Arbeidsforhold), p.Foedselsnr == takerNr)
		}
	}
}

func TestDeliveredNumberTakesTheMintedOnesPlace(t *testing.T) {
	s := newStore(t)
	j := jobb(0, takerNr)
	j.UUID = "aa4e6000-0000-4000-8000-00000000abcd"
	put := func() {
		c := *j
		update(t, s, func(tx *Tx) error { return tx.PutArbeidsforhold(&c) })
	}
	shown := func(id int64) int64 {
		a, err := s.Arbeidsforhold(ctx, seesAll, id)
		if err != nil {
			t.Fatal(err)
		}
		return a.ArbeidsforholdId
	}
	put()
	p, err := s.Arbeidstaker(ctx, seesAll, takerNr, Filter{})
	if err != nil {
		t.Fatal(err)
	}
	minted := p.Arbeidsforhold[0].ArbeidsforholdId
	if minted < utstedtFra || minted > utstedtTil {
		t.Errorf("minted %d", minted)
	}
	put()
	if got := shown(minted); got != minted {
		t.Errorf("delivered anew without a number: %d, want %d", got, minted)
	}
	j.ArbeidsforholdId = 55
	put()
	if shown(55) != 55 || shown(minted) != 55 {
		t.Errorf("shown under its number: %d, under the minted one: %d, want 55", shown(55), shown(minted))
	}
}

// What follows persons' own rows: an arbeidsforhold that changes its arbeidstaker, and one of a personal employer who gets
// another number by which somebody else was known.
func TestPersonsOwnRowsFollowTheirArbeidsforhold(t *testing.T) {
	const giverNr, nyttNr = "01815099999", "01815088888"
	s := newStore(t)
	hos := func(id int64, taker, giver string) *Arbeidsforhold {
		j := jobb(id, taker)
		j.Arbeidssted = Part{"Person", giver}
		return j
	}
	shown := func(taker string) (ids []int64, givere []string) {
		p, err := s.Arbeidstaker(ctx, seesAll, taker, Filter{})
		if err != nil && !errors.Is(err, ErrIngen) {
			t.Fatal(err)
		}
		for i := 0; err == nil && i < len(p.Arbeidsforhold); i++ {
			ids, givere = append(ids, p.Arbeidsforhold[i].ArbeidsforholdId), append(givere, p.Arbeidsforhold[i].Arbeidsgiver.Nummer)
		}
		return ids, givere
	}
	update(t, s, func(tx *Tx) error {
		return errors.Join(tx.PutPerson(&Person{Foedselsnr: nyttNr, Navn: Navn{"Ny", "Nils", ""}}),
			tx.PutArbeidsforhold(hos(1, takerNr, giverNr)), tx.PutArbeidsforhold(hos(2, annenNr, nyttNr)))
	})
	update(t, s, func(tx *Tx) error { return tx.PutArbeidsforhold(hos(1, annenNr, giverNr)) })
	if ids, _ := shown(takerNr); len(ids) != 0 {
		t.Errorf("whose arbeidsforhold it was still has %v", ids)
	}
	update(t, s, func(tx *Tx) error {
		return tx.PutPerson(&Person{Foedselsnr: nyttNr, TidligereNumre: []string{giverNr}, Navn: Navn{"Ny", "Nils", ""}})
	})
	ids, givere := shown(annenNr)
	if !slices.Equal(ids, []int64{1, 2}) || !slices.Equal(givere, []string{nyttNr, nyttNr}) {
		t.Errorf("%v at %v, when both employers are one person", ids, givere)
	}
}
