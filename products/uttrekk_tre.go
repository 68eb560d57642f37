package products

import (
	"strings"

	"aareg/store"
)

// uttrekksgren is an element of a record as a tree: a leaf, a group, or a list of groups.
type uttrekksgren struct {
	navn  string
	felt  *Uttrekksfelt   // of a leaf
	liste *uttrekksgruppe // of a list
	under []*uttrekksgren
}

// treskriver is a notation for trees.
type treskriver interface {
	aapne(navn string) error // a group that stands once
	lukk(navn string) error
	aapneListe(navn string) error
	lukkListe(navn string) error
	aapneLedd(navn string) error // an entry of the list
	lukkLedd(navn string) error
	blad(navn, verdi string, numerisk bool) error
}

// uttrekkstre puts columns together to a tree, by the paths that name them.
func uttrekkstre(grupper []uttrekksgruppe) *uttrekksgren {
	root := &uttrekksgren{}
	for n := range grupper {
		g := &grupper[n]
		at, prefix := root, ""
		if g.liste != "" {
			at, prefix = &uttrekksgren{navn: g.liste, liste: g}, g.liste+"."
			root.under = append(root.under, at)
		}
		for i := range g.felter {
			f := &g.felter[i]
			at.sett(strings.Split(strings.TrimPrefix(f.Sti, prefix), "."), f)
		}
	}
	return root
}

// sett puts a column in its place; those of one group stand beside each other in the table.
func (g *uttrekksgren) sett(sti []string, f *Uttrekksfelt) {
	if len(sti) == 1 {
		g.under = append(g.under, &uttrekksgren{navn: sti[0], felt: f})
		return
	}
	if n := len(g.under); n == 0 || g.under[n-1].navn != sti[0] {
		g.under = append(g.under, &uttrekksgren{navn: sti[0]})
	}
	g.under[len(g.under)-1].sett(sti[1:], f)
}

// skriv writes what is below an element; empty leaves, groups and lists are left out, and no entry of a list is.
func (g *uttrekksgren) skriv(w treskriver, a *store.HentetArbeidsforhold, i int) error {
	for _, child := range g.under {
		var err error
		switch {
		case child.felt != nil:
			if verdi := child.felt.verdi(a, i); verdi != "" {
				err = w.blad(child.navn, verdi, child.felt.Format == Numerisk)
			}
		case child.liste != nil:
			err = child.skrivListe(w, a)
		case !child.tom(a, i):
			if err = w.aapne(child.navn); err == nil {
				err = child.skriv(w, a, i)
			}
			if err == nil {
				err = w.lukk(child.navn)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (g *uttrekksgren) skrivListe(w treskriver, a *store.HentetArbeidsforhold) error {
	n := g.liste.antall(a)
	if n == 0 {
		return nil
	}
	err := w.aapneListe(g.navn)
	for i := 0; err == nil && i < n; i++ {
		if err = w.aapneLedd(g.navn); err == nil {
			err = g.skriv(w, a, i)
		}
		if err == nil {
			err = w.lukkLedd(g.navn)
		}
	}
	if err != nil {
		return err
	}
	return w.lukkListe(g.navn)
}

// tom says whether a group has no leaf with a value.
func (g *uttrekksgren) tom(a *store.HentetArbeidsforhold, i int) bool {
	for _, child := range g.under {
		if child.felt != nil && child.felt.verdi(a, i) != "" || child.felt == nil && !child.tom(a, i) {
			return false
		}
	}
	return true
}
