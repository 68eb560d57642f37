package store

import (
	"errors"
	"testing"
)

var nothing = View{Today: 20250615} // may know of nobody protected

// hidden asks everything about a protected person's arbeidsforhold 1 under a number.
func hidden(t *testing.T, s *Store, nummer string) {
	t.Helper()
	_, person := s.Arbeidstaker(ctx, nothing, nummer, Filter{})
	_, one := s.Arbeidsforhold(ctx, nothing, 1)
	for _, err := range []error{person, one} {
		if !errors.Is(err, ErrIngen) {
			t.Errorf("protected, and found: %v", err)
		}
	}
	if a, err := s.Arbeidsgiver(ctx, nothing, underenhetNr, Filter{}); err == nil && a.Liste.AntallTot != 0 {
		t.Errorf("protected, and in the employer's list")
	}
}

func TestProtectionReachesFormerNumbers(t *testing.T) {
	protected := &Person{Foedselsnr: takerNr, TidligereNumre: []string{annenNr}, Adressebeskyttelse: StrengtFortrolig}
	put := map[string][]func(*Tx) error{
		"known under both numbers first": {
			func(tx *Tx) error { return tx.PutArbeidsforhold(jobb(1, annenNr)) },
			func(tx *Tx) error { return tx.PutArbeidsforhold(jobb(2, takerNr)) },
			func(tx *Tx) error { return tx.PutPerson(protected) },
		},
		"both told of first": {
			func(tx *Tx) error { return tx.PutPerson(&Person{Foedselsnr: takerNr}) },
			func(tx *Tx) error { return tx.PutPerson(&Person{Foedselsnr: annenNr}) },
			func(tx *Tx) error { return tx.PutArbeidsforhold(jobb(1, annenNr)) },
			func(tx *Tx) error { return tx.PutPerson(protected) },
		},
		"arbeidsforhold under the former number afterwards": {
			func(tx *Tx) error { return tx.PutPerson(protected) },
			func(tx *Tx) error { return tx.PutArbeidsforhold(jobb(1, annenNr)) },
		},
	}
	for name, changes := range put {
		for _, inOne := range []bool{true, false} {
			s := newStore(t)
			if inOne {
				update(t, s, func(tx *Tx) error {
					for _, change := range changes {
						if err := change(tx); err != nil {
							return err
						}
					}
					return nil
				})
			} else {
				for _, change := range changes {
					update(t, s, change)
				}
			}
			t.Run(name, func(t *testing.T) { hidden(t, s, takerNr); hidden(t, s, annenNr) })
			if p, err := s.Arbeidstaker(ctx, seesAll, annenNr, Filter{}); err != nil || p.Foedselsnr != takerNr {
				t.Errorf("%s: with the right, the former number does not find the person: %v", name, err)
			}
		}
	}
}

func TestSharedFormerNumberAsPartyIsAsProtectedAsItsHolders(t *testing.T) {
	const shared = "41867649768"
	s := newStore(t)
	update(t, s, func(tx *Tx) error {
		return errors.Join(
			tx.PutPerson(&Person{Foedselsnr: takerNr, TidligereNumre: []string{shared}}),
			tx.PutPerson(&Person{Foedselsnr: annenNr, TidligereNumre: []string{shared}, Adressebeskyttelse: Fortrolig}),
			tx.PutArbeidsforhold(jobb(1, shared)))
	})
	hidden(t, s, shared)
}

func TestStaleNumberIsRefused(t *testing.T) {
	s := newStore(t)
	update(t, s, func(tx *Tx) error {
		return tx.PutPerson(&Person{Foedselsnr: takerNr, TidligereNumre: []string{annenNr}, Adressebeskyttelse: Fortrolig})
	})
	if err := s.Update(ctx, func(tx *Tx) error { return tx.PutPerson(&Person{Foedselsnr: annenNr}) }); err == nil {
		t.Error("a person under somebody's former number is taken")
	}
}

func TestUnitThatOnlyTheProtectedTellOfIsNobody(t *testing.T) {
	s := newStore(t)
	update(t, s, func(tx *Tx) error {
		return errors.Join(tx.PutPerson(&Person{Foedselsnr: takerNr, Adressebeskyttelse: Fortrolig}), tx.PutArbeidsforhold(jobb(1, takerNr)))
	})
	for _, nummer := range []string{underenhetNr, hovedenhetNr} {
		_, _, antall := s.AntallArbeidstakere(ctx, nothing, nummer)
		_, giver := s.Arbeidsgiver(ctx, nothing, nummer, Filter{})
		if !errors.Is(antall, ErrIngen) || !errors.Is(giver, ErrIngen) {
			t.Errorf("found: %v, %v", antall, giver)
		}
	}
	if _, err := s.Arbeidsgiver(ctx, seesAll, underenhetNr, Filter{}); err != nil {
		t.Errorf("with the right: %v", err)
	}
}

func TestHiddenRoleGivesNoCode(t *testing.T) {
	s := newStore(t)
	update(t, s, func(tx *Tx) error {
		j := jobb(1, takerNr)
		j.Arbeidssted, j.Opplysningspliktig = Part{"Person", annenNr}, Part{}
		return errors.Join(tx.PutPerson(&Person{Foedselsnr: takerNr, Adressebeskyttelse: Fortrolig}),
			tx.PutPerson(&Person{Foedselsnr: annenNr, Adressebeskyttelse: StrengtFortrolig}), tx.PutArbeidsforhold(j))
	})
	if _, err := s.Arbeidstaker(ctx, View{Today: 20250615, Fortrolig: InnsynKode}, takerNr, Filter{}); !errors.Is(err, ErrIngen) {
		t.Errorf("the only arbeidsforhold may not be known of, and yet: %v", err)
	}
}

func TestNumbersThatCollide(t *testing.T) {
	const uuidA, uuidB = "aa4e6000-0000-4000-8000-00000000000a", "aa4e6000-0000-4000-8000-00000000000b"
	with := func(id int64, uuid string) *Arbeidsforhold {
		j := jobb(id, takerNr)
		j.UUID = uuid
		return j
	}
	s := newStore(t)
	update(t, s, func(tx *Tx) error {
		return errors.Join(tx.PutArbeidsforhold(with(0, uuidA)), tx.PutArbeidsforhold(with(55, "")), tx.PutArbeidsforhold(with(66, uuidB)))
	})
	update(t, s, func(tx *Tx) error { return tx.PutArbeidsforhold(with(55, uuidA)) })
	p, err := s.Arbeidstaker(ctx, seesAll, takerNr, Filter{})
	if err != nil || len(p.Arbeidsforhold) != 2 {
		t.Fatalf("the number that came alone and the uuid are one arbeidsforhold: %d of 2 left (%v)", len(p.Arbeidsforhold), err)
	}
	a, err := s.Arbeidsforhold(ctx, seesAll, 55)
	if err != nil || a.UUID != uuidA {
		t.Errorf("under 55 stands uuid %s (%v)", a.UUID, err)
	}
	update(t, s, func(tx *Tx) error { return tx.PutArbeidsforhold(with(66, "")) })
	if b, err := s.Arbeidsforhold(ctx, seesAll, 66); err != nil || b.UUID != uuidB {
		t.Errorf("delivered again without its uuid, it lost it: %v", err)
	}
	var minted int64
	if _, err := s.naa.Load().own.One(`SELECT utstedt_id FROM arbeidsforhold WHERE utstedt_id IS NOT NULL`, nil, &minted); err != nil {
		t.Fatal(err)
	}
	for name, j := range map[string]*Arbeidsforhold{"another uuid's": with(66, uuidA), "a minted": with(minted, ""), "a minted one's, of a uuid": with(minted, uuidB)} {
		if err := s.Update(ctx, func(tx *Tx) error { return tx.PutArbeidsforhold(j) }); err == nil {
			t.Errorf("%s number is taken", name)
		}
	}
}

func TestCeasedUnitCountsNobody(t *testing.T) {
	s := newStore(t)
	update(t, s, func(tx *Tx) error {
		return errors.Join(tx.PutEnhet(&Enhet{Orgnr: underenhetNr, Navn: "Kafe", Organisasjonsform: Kodeverdi{Kode: "BEDR"}, Opphoersdato: 20250101}),
			tx.PutArbeidsforhold(jobb(1, takerNr)))
	})
	if a, antall, err := s.AntallArbeidstakere(ctx, nothing, underenhetNr); err != nil || !a.Opphoert || antall != 0 {
		t.Errorf("antall %d, %v", antall, err)
	}
}

func TestWrongInputIsRefused(t *testing.T) {
	s := newStore(t)
	for name, change := range map[string]func(*Tx) error{
		"foedselsnr of 10 digits": func(tx *Tx) error { return tx.PutPerson(&Person{Foedselsnr: takerNr[1:]}) },
		"former number with letters": func(tx *Tx) error {
			return tx.PutPerson(&Person{Foedselsnr: takerNr, TidligereNumre: []string{"1283804980x"}})
		},
		"kjoenn":            func(tx *Tx) error { return tx.PutPerson(&Person{Foedselsnr: takerNr, Kjoenn: "X"}) },
		"orgnr of 8 digits": func(tx *Tx) error { return tx.PutEnhet(&Enhet{Orgnr: underenhetNr[1:]}) },
		"unit above itself": func(tx *Tx) error { return tx.PutEnhet(&Enhet{Orgnr: underenhetNr, OverordnetEnhet: underenhetNr}) },
		"former unit above without nr": func(tx *Tx) error {
			return tx.PutEnhet(&Enhet{Orgnr: underenhetNr, TidligereOverordnet: []TidligereOverordnet{{}}})
		},
		"arbeidsgivernr of 10 digits": func(tx *Tx) error { return tx.PutGammelArbeidsgiver(&GammelArbeidsgiver{Arbeidsgivernr: "3991234567"}) },
		"neither uuid nor number":     func(tx *Tx) error { return tx.PutArbeidsforhold(jobb(0, takerNr)) },
		"negative number":             func(tx *Tx) error { return tx.PutArbeidsforhold(jobb(-1, takerNr)) },
		"uuid":                        func(tx *Tx) error { j := jobb(1, takerNr); j.UUID = "aa4e6000"; return tx.PutArbeidsforhold(j) },
		"arbeidstaker of 9 digits":    func(tx *Tx) error { return tx.PutArbeidsforhold(jobb(1, underenhetNr)) },
		"no startdato": func(tx *Tx) error {
			j := jobb(1, takerNr)
			j.Ansettelsesperiode = Ansettelsesperiode{}
			return tx.PutArbeidsforhold(j)
		},
		"arbeidssted of 10 digits": func(tx *Tx) error {
			j := jobb(1, takerNr)
			j.Arbeidssted.Ident = "2100003130"
			return tx.PutArbeidsforhold(j)
		},
	} {
		if err := s.Update(ctx, change); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
	if n := len(dump(t, s, `SELECT nummer FROM aktoer`)); n != 0 {
		t.Errorf("%d numbers were stored all the same", n)
	}
}
