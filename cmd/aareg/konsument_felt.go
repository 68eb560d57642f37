package main

import (
	"fmt"
	"slices"
	"strings"

	"aareg/products"
	"aareg/wsdl/felt"
)

// erRad says whether a field right names an answer, or a row of one.
func erRad(name string) bool {
	operation, sti, inside := strings.Cut(name, "/")
	return slices.ContainsFunc(felt.Table(), func(r felt.Rad) bool {
		return r.Retning == felt.Respons && r.Operasjon == operation && (!inside || r.Sti == sti)
	})
}

// blad is a leaf of an answer, and what field rights make of it.
type blad struct {
	sti string
	vis products.Visning
}

// visningsord are what becomes of a leaf, in words.
var visningsord = map[products.Visning]string{products.Vises: "shown", products.Toemmes: "emptied", products.Utelates: "left out"}

// svarblader works out what field rights make of each leaf of one answer, in its order. soap/tilgang does the same for
// the border, and a test holds the two together.
func svarblader(operation string, felter []string) []blad {
	s := svartre{rows: felt.Select(felt.Table(), operation, felt.Respons), named: map[string]bool{}}
	for _, f := range felter {
		if of, sti, _ := strings.Cut(f, "/"); of == operation {
			s.named[sti] = true
		}
	}
	s.walk("", false, s.counted(""))
	return s.found
}

type svartre struct {
	rows  []felt.Rad
	named map[string]bool // paths; "" is all of the answer
	found []blad
}

// inside says whether a path is named, or a group around it.
func (s *svartre) inside(sti string) bool {
	for at := sti; at != ""; at = (felt.Rad{Sti: at}).Parent() {
		if s.named[at] {
			return true
		}
	}
	return s.named[""]
}

// counted says whether a group tells how many of its repeated elements there are.
func (s *svartre) counted(group string) bool {
	return slices.ContainsFunc(s.rows, func(r felt.Rad) bool { return r.Parent() == group && r.Tag == "antall" })
}

// has says whether a leaf somewhere in a group is inside.
func (s *svartre) has(group string) bool {
	return slices.ContainsFunc(s.rows, func(r felt.Rad) bool {
		return !r.IsGroup() && strings.HasPrefix(r.Sti, group+"/") && s.inside(r.Sti)
	})
}

func (s *svartre) walk(group string, leftOut, counted bool) {
	for _, r := range s.rows {
		if r.Parent() != group {
			continue
		}
		if r.IsGroup() {
			stays := r.Mandatory() || counted && r.Repeats() || s.has(r.Sti)
			s.walk(r.Sti, leftOut || !stays, s.counted(r.Sti))
			continue
		}
		b := blad{r.Sti, products.Vises}
		switch {
		case leftOut:
			b.vis = products.Utelates
		case s.inside(r.Sti), slices.Contains([]string{"statuskode", "statustekst", "antall", "antallTot"}, r.Tag):
		case r.Mandatory(), r.Blokk != "":
			b.vis = products.Toemmes
		default:
			b.vis = products.Utelates
		}
		s.found = append(s.found, b)
	}
}

// korte is how many names a short list has.
const korte = 6

// kortListe names the leaves that become something, a group's name standing for all of its leaves.
func kortListe(leaves []blad, vis products.Visning) string {
	var names []string
	for n := 0; n < len(leaves); {
		if leaves[n].vis != vis {
			n++
			continue
		}
		name, size := largest(leaves, n)
		names = append(names, name[strings.LastIndexByte(name, '/')+1:])
		n += size
	}
	if len(names) > korte {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:korte], ", "), len(names)-korte)
	}
	return strings.Join(names, ", ")
}

// largest is the largest group that begins with a leaf and all of whose leaves become the same, and how many they are;
// the leaf itself when there is none.
func largest(leaves []blad, n int) (name string, size int) {
	name, size = leaves[n].sti, 1
	for group := (felt.Rad{Sti: name}).Parent(); group != ""; group = (felt.Rad{Sti: group}).Parent() {
		in := func(b blad) bool { return strings.HasPrefix(b.sti, group+"/") }
		if n > 0 && in(leaves[n-1]) {
			break
		}
		members := leaves[n:]
		if end := slices.IndexFunc(members, func(b blad) bool { return !in(b) }); end >= 0 {
			members = members[:end]
		}
		if slices.ContainsFunc(members, func(b blad) bool { return b.vis != leaves[n].vis }) {
			break
		}
		name, size = group, len(members)
	}
	return name, size
}
