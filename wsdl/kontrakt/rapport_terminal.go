package kontrakt

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
	"unicode"
	"unicode/utf8"
)

// bredde is how many characters a line of the terminal's report has at most, where it can be broken.
const bredde = 110

// SkrivTerminal writes a summary for a terminal, always masked: what was asked, what came, what breaks the contract with
// the most frequent first, and how far the questions reached the rows of the table.
func (r *Resultat) SkrivTerminal(w io.Writer) error {
	out := bufio.NewWriter(w)
	shown := r.vist(Visning{})
	shown.terminalHode(out)
	shown.terminalBrudd(out)
	shown.terminalAvvik(out)
	shown.terminalDekning(out)
	shown.terminalUsett(out)
	for _, m := range shown.Merknader {
		fmt.Fprintln(out)
		brekk(out, "", m)
	}
	return out.Flush()
}

func (r *Resultat) terminalHode(out io.Writer) {
	violations, accepted := r.antallBrudd()
	fmt.Fprintf(out, "%s (dialect %s)\n", r.Endepunkt, r.Dialekt)
	fmt.Fprintf(out, "%s asked in %v, %s, %s accepted\n", flertall(r.Spurt(), "question"), r.Tok.Round(time.Millisecond),
		flertall(violations, "violation"), flertall(accepted, "deviation"))
	for _, p := range r.tilgang() {
		if hvor := p.hvor(); hvor != "" {
			fmt.Fprintf(out, "%s: %s\n", p.navn(), hvor)
		}
	}
	var kinds []string
	for _, a := range r.utfallstyper() {
		kinds = append(kinds, fmt.Sprintf("%s %d", a.Hva, a.Antall))
	}
	brekk(out, "answers: ", strings.Join(kinds, ", "))
}

func (r *Resultat) terminalBrudd(out io.Writer) {
	groups := r.grupper(false)
	if len(groups) > 0 {
		fmt.Fprintf(out, "\nViolations, by rule and row\n")
	}
	for _, g := range groups {
		fmt.Fprintf(out, "\n%5d x %s: %s\n", len(g.Funn), g.Regel, Regler[g.Regel])
		fmt.Fprintf(out, "        %s\n", g.sted())
		brekk(out, "        first: ", g.Funn[0].spoersmaal()+": "+g.Funn[0].Tekst)
	}
}

// sted is where the breaches of a group are.
func (g *gruppe) sted() string {
	switch {
	case g.Felt != nil && g.Sti != g.Felt.Sti && g.Sti != "":
		return fmt.Sprintf("row %d, %s %s %s, at %s", g.Rad, g.Felt.Operasjon, g.Felt.Retning, g.Felt.Sti, g.Sti)
	case g.Felt != nil:
		return fmt.Sprintf("row %d, %s %s %s", g.Rad, g.Felt.Operasjon, g.Felt.Retning, g.Felt.Sti)
	case g.Rad > 0:
		return fmt.Sprintf("row %d, at %s", g.Rad, g.Sti)
	}
	where := strings.TrimSpace(g.operasjon() + " " + g.Sti)
	if where == "" {
		return "no row"
	}
	return "no row, " + where
}

func (r *Resultat) terminalAvvik(out io.Writer) {
	groups := r.grupper(true)
	if len(groups) > 0 {
		fmt.Fprintf(out, "\nAccepted deviations\n\n")
	}
	for _, g := range groups {
		brekk(out, fmt.Sprintf("%5d x ", len(g.Funn)), fmt.Sprintf("%s, %s: %s", g.Regel, g.sted(), g.Avvik))
	}
}

func (r *Resultat) terminalDekning(out io.Writer) {
	products := r.produkter()
	if len(products) == 0 {
		return
	}
	fmt.Fprintf(out, "\nCoverage of the field table\n\n")
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(table, "\trows\tseen\tempty\tnever\tviolated\tlimits met\t\n")
	var all produktdekning
	for _, p := range append(products, &all) {
		name := "§ " + p.Avsnitt + " " + p.Operasjon
		if p == &all {
			name = alle(&all)
		}
		name += strings.Repeat(" ", max(0, 32-utf8.RuneCountInString(name)))
		if p.UtenTilgang {
			fmt.Fprintf(table, "%s\t%d\t\t\t\t\tno access\t\n", name, len(p.Rader))
		} else {
			fmt.Fprintf(table, "%s\t%d\t%d\t%d\t%d\t%d\t%d of %d\t\n", name, len(p.Rader), p.sett(), p.Antall[radTom], p.Antall[radUsett],
				p.Antall[radBrutt], p.Met, p.Limits)
		}
		all.leggTil(p)
	}
	table.Flush()
}

// alle names the sum of all products, which leaves out those that the login may not ask.
func alle(sum *produktdekning) string {
	if sum.Antall[radUdoemt] > 0 {
		return "all that could be asked"
	}
	return "all"
}

// leggTil adds another product's rows; of one that the login may not ask only how many they are.
func (p *produktdekning) leggTil(other *produktdekning) {
	if !other.UtenTilgang {
		p.Rader = append(p.Rader, other.Rader...)
	}
	for i, n := range other.Antall {
		p.Antall[i] += n
	}
	p.Met += other.Met
	p.Limits += other.Limits
}

// terminalUsett lists the rows that no question reached by number and tag, by product and direction; of a group that was
// never met the rows below it go without saying.
func (r *Resultat) terminalUsett(out io.Writer) {
	if !slices.ContainsFunc(r.Dekning, func(d Dekning) bool { return d.tilstand() == radUsett }) {
		return
	}
	fmt.Fprintf(out, "\nNever seen, by row\n\n")
	for _, p := range r.produkter() {
		for _, rows := range p.Retninger() {
			if found := usett(rows); len(found) > 0 {
				brekk(out, "  "+p.Operasjon+" "+rows[0].Rad.Retning+": ", strings.Join(found, ", "))
			}
		}
	}
}

func usett(rows []dekningsrad) []string {
	var groups, found []string
	for _, d := range rows {
		if d.tilstand() != radUsett || slices.ContainsFunc(groups, func(g string) bool { return strings.HasPrefix(d.Rad.Sti, g) }) {
			continue
		}
		if d.Rad.IsGroup() {
			groups = append(groups, d.Rad.Sti+"/")
		}
		found = append(found, fmt.Sprintf("%d\u00a0%s", d.Nr, d.Rad.Tag))
	}
	return found
}

// brekk writes a text behind a lead, its words broken into lines that begin below its first.
func brekk(out io.Writer, lead, text string) {
	indent := strings.Repeat(" ", utf8.RuneCountInString(lead))
	line := lead
	for i, word := range strings.FieldsFunc(text, brytbar) {
		if i > 0 && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > bredde {
			fmt.Fprintln(out, line)
			line, i = indent, 0
		}
		if i > 0 {
			line += " "
		}
		line += strings.ReplaceAll(word, "\u00a0", " ")
	}
	fmt.Fprintln(out, line)
}

// brytbar is white space but the no-break space, which is written as a space.
func brytbar(r rune) bool { return unicode.IsSpace(r) && r != '\u00a0' }

// flertall is a number of things.
func flertall(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
