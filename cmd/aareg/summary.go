package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"text/tabwriter"

	"aareg/store/innlesing"
	"aareg/store/kilder"
)

// printSummary says what an import did: numbers, names of shapes and of keys, and never a value.
func printSummary(w io.Writer, s *innlesing.Sammendrag) {
	what := "changed what was delivered"
	if s.Full {
		what = "made the register anew"
	}
	if s.Proevd {
		what += " (a trial: nothing is kept)"
	}
	fmt.Fprintf(w, "generation %d: %s\n\n", s.Generasjon, what)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "\tread\tnew\tchanged\tunchanged\tremoved\tskipped\t")
	for slag, n := range s.Teller {
		if n != (innlesing.Teller{}) {
			fmt.Fprintf(t, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t\n", innlesing.Slagnavn[slag], n.Lest, n.Ny, n.Endret, n.Uendret, n.Fjernet, n.Tilside)
		}
	}
	t.Flush()
	a := s.Antall
	fmt.Fprintf(w, "\nthe register: %d arbeidsforhold, %d personer, %d enheter (%d in force), %d gamle arbeidsgivere\n",
		a.Arbeidsforhold, a.Personer, a.Enheter, a.EnheterIDrift, a.GamleArbeidsgivere)
	if a.UkjentePersoner > 0 {
		fmt.Fprintf(w, "NOTE: of %d further persons that arbeidsforhold name no record was delivered: they are without names, and answered as unprotected\n",
			a.UkjentePersoner)
	}
	printNotes(w, s)
}

func printNotes(w io.Writer, s *innlesing.Sammendrag) {
	m := s.Merknader
	heading(w, "read as", len(m.Former))
	for _, form := range slices.Sorted(maps.Keys(m.Former)) {
		fmt.Fprintf(w, "  %d × %s\n", m.Former[form], form)
	}
	heading(w, "done by rule", len(m.Bemerket)+len(s.Bemerket))
	for _, k := range kilder.Sorted(m.Bemerket) {
		fmt.Fprintf(w, "  %d × %s: %s\n", m.Bemerket[k], k.Form, k.Hva)
	}
	for _, sentence := range slices.Sorted(maps.Keys(s.Bemerket)) {
		fmt.Fprintf(w, "  %d × %s\n", s.Bemerket[sentence], sentence)
	}
	heading(w, "delivered, and without a place in the register", len(m.UtenPlass))
	for _, k := range kilder.Sorted(m.UtenPlass) {
		fmt.Fprintf(w, "  %d × %s: %s\n", m.UtenPlass[k], k.Form, k.Hva)
	}
	heading(w, fmt.Sprintf("set aside (%d)", s.Tilside), len(s.Feil))
	for _, problem := range s.Feil {
		fmt.Fprintf(w, "  %s\n", problem)
	}
	if s.Hentes > 0 {
		fmt.Fprintf(w, "\n%d objects that events name did not come with the import: they must be fetched (--fetch writes their keys)\n", s.Hentes)
	}
}

func heading(w io.Writer, text string, n int) {
	if n > 0 {
		fmt.Fprintf(w, "\n%s:\n", text)
	}
}
