package store

import (
	"cmp"
	"slices"
	"strings"
)

// The rules of semantics.md and of Omfang, over a modell.

func (p *modellpart) under(o *modellpart) bool {
	for ; p != nil; p = p.overordnet {
		if p == o {
			return true
		}
	}
	return false
}

// named says whether a list names somebody, by any number; nil names everybody.
func named(list []string, p *modellpart) bool {
	return list == nil || slices.ContainsFunc(p.numre, func(n string) bool { return slices.Contains(list, n) })
}

func takerInside(v View, p *modellpart) bool { return v.Omfang == nil || named(v.Omfang.Personer, p) }

func giverInside(v View, p *modellpart) bool {
	switch o := v.Omfang; {
	case o == nil:
		return true
	case p.slag == slagPerson && o.Arbeidsgivere == nil:
		return named(o.Personer, p)
	case p.slag == slagEnhet && o.Arbeidsgivere != nil:
		for e := p; e != nil; e = e.overordnet {
			if named(o.Arbeidsgivere, e) {
				return true
			}
		}
		return false
	default:
		return named(o.Arbeidsgivere, p)
	}
}

func pliktigInside(v View, p *modellpart) bool {
	if v.Omfang == nil || p == nil || p.slag != slagPerson {
		return true
	}
	return named(v.Omfang.Personer, p) || v.Omfang.Arbeidsgivere != nil && named(v.Omfang.Arbeidsgivere, p)
}

// finnes says whether an arbeidsforhold exists for a view that may know as much of all its parties.
func (j *modelljobb) finnes(v View, atLeast Innsyn) bool {
	for _, p := range []*modellpart{j.taker, j.giver, j.pliktig} {
		if p != nil && v.innsyn(p.gradering) < atLeast {
			return false
		}
	}
	return takerInside(v, j.taker) && giverInside(v, j.giver) && pliktigInside(v, j.pliktig)
}

// code is the outcome of a question about somebody of whom the view may know, and no more.
func code(g Gradering) error {
	if g == Fortrolig {
		return ErrFortrolig
	}
	return ErrStrengtFortrolig
}

func (m *modell) has(v View, atLeast Innsyn, is func(*modelljobb) bool) bool {
	return slices.ContainsFunc(m.jobber, func(j *modelljobb) bool { return is(j) && j.finnes(v, atLeast) })
}

// exists says whether somebody exists for a view in a role, and with which outcome of a direct question.
func (m *modell) exists(v View, role rolle, p *modellpart) (bool, error) {
	inRole := func(j *modelljobb) bool { return j.giver == p }
	inside := giverInside(v, p)
	if role == somArbeidstaker {
		inRole = func(j *modelljobb) bool { return j.taker == p }
		inside = takerInside(v, p)
	}
	wrong := role == somArbeidstaker && p.slag != slagPerson || role == somArbeidsgiverIDag && p.slag == slagGammel
	may := v.innsyn(p.gradering)
	switch {
	case wrong || !inside || may == InnsynIngen:
		return false, ErrIngen
	case p.slag != slagPerson && p.oppgitt:
		return true, nil
	case !m.has(v, may, inRole):
		return false, ErrIngen
	case may == InnsynKode:
		return false, code(p.gradering)
	}
	return true, nil
}

func (m *modell) finn(v View, role rolle, nummer string) (found *modellpart, outcome error) {
	outcome = ErrIngen
	n := 0
	for _, p := range m.parter() {
		if !slices.Contains(p.numre, nummer) {
			continue
		}
		is, err := m.exists(v, role, p)
		if is {
			found = p
			n++
		} else if outcome == ErrIngen || err == ErrStrengtFortrolig {
			outcome = err
		}
	}
	switch n {
	case 0:
		return nil, outcome
	case 1:
		return found, nil
	}
	return nil, ErrIkkeEntydig
}

// seen are the arbeidsforhold of a kind that the view sees, in the order of lists.
func (m *modell) seen(v View, is func(*modelljobb) bool) (jobs []*modelljobb) {
	for _, j := range m.jobber {
		if is(j) && j.finnes(v, InnsynData) {
			jobs = append(jobs, j)
		}
	}
	slices.SortFunc(jobs, func(a, b *modelljobb) int {
		return cmp.Or(cmp.Compare(b.begynt, a.begynt), cmp.Compare(a.id, b.id))
	})
	return jobs
}

func (j *modelljobb) aktiv() bool {
	return j.begynt <= modelldag && (j.sluttet == 0 || j.sluttet >= modelldag)
}

func (j *modelljobb) opphoert() bool { return j.sluttet != 0 && j.sluttet < modelldag }

func (j *modelljobb) kept(f Filter) bool {
	return (f.Status != Aktive || j.aktiv()) && (f.Status != Opphoerte || j.opphoert()) && (f.Lovgivning != Ny || j.ny) && (f.Lovgivning != Gammel || !j.ny) &&
		(f.Til == 0 || j.begynt <= f.Til) && (f.Fra == 0 || j.sluttet == 0 || j.sluttet >= f.Fra)
}

func (m *modell) hovedenhet(v View, p *modellpart) bool {
	if p.slag != slagEnhet || p.enhkode == "BEDR" {
		return false
	}
	return p.enhkode != "" || len(m.seen(v, func(j *modelljobb) bool { return j.giver == p })) == 0
}

// underenheter are the orgnr of the units below, those that left with a minus before.
func (m *modell) underenheter(v View, p *modellpart) (units []string) {
	var left []string
	for _, e := range m.enheter {
		switch {
		case !giverInside(v, e):
		case e.overordnet == p:
			units = append(units, e.numre[0])
		case slices.Contains(e.forlot, p):
			left = append(left, "-"+e.numre[0])
		}
	}
	return append(units, left...)
}

// hit says whether somebody is found by one word of a name, and whether by former names alone.
func (p *modellpart) hit(word string) (hit, historisk bool) {
	for i, navn := range p.navn {
		if slices.Contains(strings.Fields(navn), word) {
			return true, i > 0
		}
	}
	return false, false
}
