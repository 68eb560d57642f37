package innlesing

import "aareg/store"

// behold takes over from the register before what a full import does not deliver, and what must outlive it.
func (l *leser) behold() error {
	if l.forrige == nil {
		return nil
	}
	for _, step := range []func() error{l.beholdEnheter, l.beholdGamle, l.beholdPersoner, l.beholdArbeidsforhold} {
		if err := step(); err != nil {
			return err
		}
	}
	before, err := l.forrige.Antall()
	if err != nil {
		return err
	}
	t := &l.sammendrag.Teller[Arbeidsforhold]
	if l.levert[Arbeidsforhold] > 0 {
		// What the register has of arbeidsforhold is what was delivered: those that were not met again are gone.
		t.Fjernet += max(0, before.Arbeidsforhold-t.Endret-t.Uendret)
	}
	return nil
}

// beholdEnheter keeps units. The files of Enhetsregisteret leave out what was deleted: a unit that is in none, while
// others of its kind are, has ceased, and keeps its last address and its place below others.
func (l *leser) beholdEnheter() error {
	t := &l.sammendrag.Teller[Enheter]
	gone := map[string]bool{}
	for _, k := range l.fjernet {
		gone[k.Orgnr] = true
	}
	return l.forrige.Enheter(func(e *store.Enhet) error {
		known, err := l.tx.Enhet(e.Orgnr)
		if err != nil || known != nil {
			return err
		}
		if gone[e.Orgnr] {
			t.Fjernet++
			return nil
		}
		if l.levertLive[underenhet(e)] > 0 && e.Navn != "" && !e.Opphoert && e.Opphoersdato == 0 {
			e.Opphoert = true
			t.Endret++
			l.bemerk("units that are in no file any more: they have ceased, on a day that is not known")
		}
		return l.tx.PutEnhet(e)
	})
}

func (l *leser) beholdGamle() error {
	return l.forrige.GamleArbeidsgivere(func(g *store.GammelArbeidsgiver) error {
		known, err := l.tx.HarGammelArbeidsgiver(g.Arbeidsgivernr)
		if err != nil || known {
			return err
		}
		return l.tx.PutGammelArbeidsgiver(g)
	})
}

// beholdPersoner keeps persons that no record was delivered of: all of them when none was, else those that an
// arbeidsforhold names, whose protection must not be lost with a file that is not whole.
func (l *leser) beholdPersoner() error {
	t := &l.sammendrag.Teller[Personer]
	gone := map[string]bool{}
	for _, k := range l.fjernet {
		gone[k.Foedselsnr] = true
	}
	return l.forrige.Personer(func(p *store.Person) error {
		told, named, err := l.tx.KjennerPerson(p)
		switch {
		case err != nil || told:
			return err
		case gone[p.Foedselsnr]:
			t.Fjernet++
			return l.tx.PutPerson(&store.Person{Slettet: true, Foedselsnr: p.Foedselsnr, TidligereNumre: p.TidligereNumre,
				Adressebeskyttelse: p.Adressebeskyttelse})
		case l.levert[Personer] > 0 && !named && l.levert[Arbeidsforhold] > 0:
			t.Fjernet++
			return nil
		case l.levert[Personer] > 0:
			l.bemerk("persons of whom no record was delivered: what was known of them is kept")
		}
		return l.tx.PutPerson(p)
	})
}

func (l *leser) beholdArbeidsforhold() error {
	if l.levert[Arbeidsforhold] > 0 {
		return nil
	}
	gone := map[string]bool{}
	numbers := map[int64]bool{}
	for _, k := range l.fjernet {
		gone[k.UUID] = true
		numbers[k.ArbeidsforholdId] = true
	}
	t := &l.sammendrag.Teller[Arbeidsforhold]
	return l.forrige.AlleArbeidsforhold(func(a *store.Arbeidsforhold) error {
		if a.UUID != "" && gone[a.UUID] || numbers[a.ArbeidsforholdId] || a.UtstedtId != 0 && numbers[a.UtstedtId] {
			t.Fjernet++
			return nil
		}
		return l.tx.PutArbeidsforhold(a)
	})
}
