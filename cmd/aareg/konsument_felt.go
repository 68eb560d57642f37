package main

import (
	"fmt"
	"slices"
	"strings"

	"aareg/products"
	"aareg/soap/tilgang"
	"aareg/wsdl/felt"
)

// checkFelter refuses field rights that name no row of an answer; the error says which.
func checkFelter(felter []string) error {
	for n, f := range felter {
		if !tilgang.ErRad(f) {
			return fmt.Errorf("/rettigheter/felter/%d is no row of an answer", n)
		}
	}
	return nil
}

// visningsord are what becomes of a leaf, in words.
var visningsord = map[products.Visning]string{products.Vises: "shown", products.Toemmes: "emptied", products.Utelates: "left out"}

// korte is how many names a short list has.
const korte = 6

// kortListe names the leaves that become something, a group's name standing for all of its leaves.
func kortListe(leaves []tilgang.Blad, vis products.Visning) string {
	var names []string
	for n := 0; n < len(leaves); {
		if leaves[n].Vis != vis {
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
func largest(leaves []tilgang.Blad, n int) (name string, size int) {
	name, size = leaves[n].Sti, 1
	for group := (felt.Rad{Sti: name}).Parent(); group != ""; group = (felt.Rad{Sti: group}).Parent() {
		in := func(b tilgang.Blad) bool { return strings.HasPrefix(b.Sti, group+"/") }
		if n > 0 && in(leaves[n-1]) {
			break
		}
		members := leaves[n:]
		if end := slices.IndexFunc(members, func(b tilgang.Blad) bool { return !in(b) }); end >= 0 {
			members = members[:end]
		}
		if slices.ContainsFunc(members, func(b tilgang.Blad) bool { return b.Vis != leaves[n].Vis }) {
			break
		}
		name, size = group, len(members)
	}
	return name, size
}
