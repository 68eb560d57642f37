package innlesing

import (
	"cmp"
	"errors"
	"maps"
	"slices"

	"aareg/store"
	"aareg/store/kilder"
)

// hendelse keeps the last event of each key: what it asks is done when all objects are in.
func (l *leser) hendelse(h kilder.Hendelse) error {
	key := h.Noekkel
	if key.UUID != "" {
		key.ArbeidsforholdId = 0
	}
	if known, ok := l.hendelser[key]; !ok || known.Rekkefoelge <= h.Rekkefoelge {
		l.hendelser[key] = h
	}
	return nil
}

// kom says that an object came with the import. Of a full import nothing is noted: what is in the new register came.
func (l *leser) kom(k kilder.Noekkel) {
	if !l.valg.Full {
		l.objekter.add(k)
	}
}

// harKommet says whether the object of a key came with the import.
func (l *leser) harKommet(k kilder.Noekkel) (bool, error) {
	if !l.valg.Full {
		return l.objekter.has(k), nil
	}
	if k.Orgnr != "" {
		e, err := l.tx.Enhet(k.Orgnr)
		return e != nil, err
	}
	a, err := l.tx.Arbeidsforhold(k.UUID, k.ArbeidsforholdId)
	return a != nil, err
}

// objekter are the keys of the objects that came with the import.
type objekter struct {
	numre map[int64]struct{}
	navn  map[string]struct{} // uuids and orgnr
}

func (o *objekter) add(k kilder.Noekkel) {
	if o.navn == nil {
		o.numre, o.navn = map[int64]struct{}{}, map[string]struct{}{}
	}
	if k.ArbeidsforholdId != 0 {
		o.numre[k.ArbeidsforholdId] = struct{}{}
	}
	if name := cmp.Or(k.UUID, k.Orgnr); name != "" {
		o.navn[name] = struct{}{}
	}
}

func (o *objekter) has(k kilder.Noekkel) bool {
	_, named := o.navn[cmp.Or(k.UUID, k.Orgnr)]
	_, numbered := o.numre[k.ArbeidsforholdId]
	return named || k.ArbeidsforholdId != 0 && numbered
}

// ta does what the events ask, in their order: deletes, and looks for the objects of the others.
func (l *leser) ta() error {
	events := slices.SortedFunc(maps.Values(l.hendelser), func(x, y kilder.Hendelse) int {
		return cmp.Or(cmp.Compare(x.Rekkefoelge, y.Rekkefoelge), cmp.Compare(x.Noekkel.UUID, y.Noekkel.UUID),
			cmp.Compare(x.Noekkel.Orgnr, y.Noekkel.Orgnr), cmp.Compare(x.Noekkel.ArbeidsforholdId, y.Noekkel.ArbeidsforholdId))
	})
	for _, h := range events {
		came, err := l.harKommet(h.Noekkel)
		if err != nil {
			return err
		}
		switch {
		case h.Hva == kilder.Endret && !came:
			l.hentes = append(l.hentes, h.Noekkel)
		case h.Hva == kilder.Endret, h.Hva == kilder.Slettet && h.Noekkel.Orgnr != "" && came:
		case h.Hva == kilder.Slettet && h.Noekkel.Orgnr != "":
			// The event tells that the unit has ceased; when, the unit itself tells.
			l.hentes = append(l.hentes, h.Noekkel)
			err = l.opphoer(h.Noekkel.Orgnr)
		default:
			if err = l.noterFjernet(h.Noekkel); err == nil {
				err = l.fjern(l.tx, h.Noekkel)
			}
		}
		if err != nil {
			return err
		}
	}
	l.sammendrag.Hentes = len(l.hentes)
	return nil
}

// noterFjernet notes all keys of what is to be removed: the generation before may know it by another.
func (l *leser) noterFjernet(k kilder.Noekkel) error {
	l.fjernet = append(l.fjernet, k)
	switch {
	case k.Foedselsnr != "":
		numbers, err := l.numre(k.Foedselsnr)
		for _, nummer := range numbers {
			l.fjernet = append(l.fjernet, kilder.Noekkel{Foedselsnr: nummer})
		}
		return err
	case k.Orgnr != "":
		return nil
	}
	known, err := l.kjentArbeidsforhold(k.UUID, k.ArbeidsforholdId)
	if known != nil {
		l.fjernet = append(l.fjernet, kilder.Noekkel{UUID: known.UUID, ArbeidsforholdId: known.ArbeidsforholdId})
		if known.UtstedtId != 0 {
			l.fjernet = append(l.fjernet, kilder.Noekkel{ArbeidsforholdId: known.UtstedtId})
		}
	}
	return err
}

// opphoer says that a unit has ceased on a day that is not known yet.
func (l *leser) opphoer(orgnr string) error {
	e, err := l.kjentEnhet(orgnr)
	if err != nil || e == nil || e.Opphoert || e.Opphoersdato != 0 {
		return err
	}
	e.Opphoert = true
	if err := l.tx.PutEnhet(e); err != nil {
		return err
	}
	l.sammendrag.Teller[Enheter].Endret++
	return nil
}

// fjern removes what a key names, and counts it.
func (l *leser) fjern(t *store.Tx, k kilder.Noekkel) error {
	slag, err := fjern(t, k)
	switch {
	case errors.Is(err, store.ErrIngen):
		l.bemerk("deletions of what is not in the register")
		return nil
	case errors.Is(err, store.ErrIkkeEntydig):
		l.bemerk("deletions by a former number that several persons have had: none of them is deleted")
		return nil
	case err != nil:
		return err
	}
	l.sammendrag.Teller[slag].Fjernet++
	return nil
}

func fjern(t *store.Tx, k kilder.Noekkel) (slag int, err error) {
	switch {
	case k.Orgnr != "":
		return Enheter, t.DeleteEnhet(k.Orgnr)
	case k.Foedselsnr != "":
		return Personer, t.DeletePerson(k.Foedselsnr)
	case k.UUID != "":
		if err := t.DeleteArbeidsforholdUUID(k.UUID); k.ArbeidsforholdId == 0 || !errors.Is(err, store.ErrIngen) {
			return Arbeidsforhold, err
		}
	}
	return Arbeidsforhold, t.DeleteArbeidsforhold(k.ArbeidsforholdId)
}

// fjernFraForrige takes what was removed out of the generation before as well, which is kept: what is to be forgotten
// must not lie there. A generation that this program cannot change is removed whole.
func (l *leser) fjernFraForrige() error {
	if len(l.fjernet) == 0 {
		return nil
	}
	return store.AmendForrige(l.ctx, l.valg.DB, func(t *store.Tx) error {
		for _, k := range l.fjernet {
			if _, err := fjern(t, k); err != nil && !errors.Is(err, store.ErrIngen) && !errors.Is(err, store.ErrIkkeEntydig) {
				return err
			}
		}
		return nil
	})
}
