package kontrakt

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"text/tabwriter"
)

// maksListet is how many differences of one question are listed.
const maksListet = 40

// SkrivForskjeller writes where two differ, of asked questions: question by question, then how often each row does.
// What stands in the answers is masked as in all reports.
func SkrivForskjeller(w io.Writer, v Visning, asked int, found []Forskjell) error {
	out := bufio.NewWriter(w)
	for _, f := range found {
		f.skriv(out, v)
	}
	if len(found) > 0 {
		skrivSammendrag(out, v, found)
	}
	fmt.Fprintf(out, "%d questions, %d answered differently\n", asked, len(found))
	return out.Flush()
}

func (f *Forskjell) skriv(out io.Writer, v Visning) {
	m := nyMaske(v, lesbar(f.Spoersmaal.Konvolutt), lesbar(f.A.Kropp), lesbar(f.B.Kropp))
	fmt.Fprintf(out, "%s", m.setning(f.Spoersmaal.Navn))
	if f.Spoersmaal.Hvorfor != "" {
		fmt.Fprintf(out, " (%s)", m.setning(f.Spoersmaal.Hvorfor))
	}
	fmt.Fprintln(out)
	for i, u := range f.Ulikheter {
		if i == maksListet {
			fmt.Fprintf(out, "  and %d more\n", len(f.Ulikheter)-i)
			break
		}
		fmt.Fprintf(out, "  %s%s\n", m.setning(cmp.Or(u.Sted, u.Sti, "the answer")), u.rad())
		if u.Flyttet {
			fmt.Fprintln(out, "    stands at another place in B than in A")
			continue
		}
		fmt.Fprintf(out, "    A %s\n    B %s\n", m.side(u.Sti, u.A), m.side(u.Sti, u.B))
	}
	fmt.Fprintln(out)
}

func (u *Ulikhet) rad() string {
	if u.Rad == 0 {
		return ""
	}
	return fmt.Sprintf(", row %d", u.Rad)
}

// side shows one side of a difference.
func (m *maske) side(sti string, s Side) string {
	s.Tekst = m.verdi(sti, s.Tekst)
	return s.vis()
}

// skrivSammendrag tells how often each place differs, by operation, those that differ most often first.
func skrivSammendrag(out io.Writer, v Visning, found []Forskjell) {
	type sted struct {
		operasjon, sti string
		rad            int
	}
	type antall struct{ places, questions int }
	counts := map[sted]antall{}
	for _, f := range found {
		here := map[sted]int{}
		for _, u := range f.Ulikheter {
			here[sted{operasjonTil(f.Spoersmaal), u.Sti, u.Rad}]++
		}
		for at, n := range here {
			counts[at] = antall{counts[at].places + n, counts[at].questions + 1}
		}
	}
	order := slices.SortedFunc(maps.Keys(counts), func(a, b sted) int {
		return cmp.Or(cmp.Compare(a.operasjon, b.operasjon), counts[b].places-counts[a].places, a.rad-b.rad, cmp.Compare(a.sti, b.sti))
	})
	m := nyMaske(v)
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "operation\tpath\trow\tplaces\tquestions")
	for _, at := range order {
		row := ""
		if at.rad > 0 {
			row = fmt.Sprint(at.rad)
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%d\t%d\n", m.setning(cmp.Or(at.operasjon, "none")), m.setning(cmp.Or(at.sti, "the answer")), row,
			counts[at].places, counts[at].questions)
	}
	table.Flush()
	fmt.Fprintln(out)
}
