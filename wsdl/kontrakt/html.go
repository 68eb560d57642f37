package kontrakt

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
	"time"

	"aareg/wsdl/felt"
)

// How much of a group of breaches the page shows.
const (
	sideFunn       = 10  // breaches of a group that are listed
	sideMedSvar    = 3   // of these, so many with question and answer
	sideDokumenter = 150 // questions with their answers on the whole page
)

//go:embed rapport/side.html
var sideMal string

//go:embed rapport/side.css
var sideStil string

var side = template.Must(template.New("side").Funcs(template.FuncMap{
	"flertall":   flertall,
	"siste":      func(sti string) string { return sti[strings.LastIndexByte(sti, '/')+1:] },
	"regel":      func(name string) string { return Regler[name] },
	"tegn":       func(s radtilstand) string { return tilstander[s].tegn },
	"navn":       func(s radtilstand) string { return tilstander[s].navn },
	"klasse":     func(s radtilstand) string { return tilstander[s].klasse },
	"kom":        func(u Utfall) string { return u.kom() },
	"kort":       kortType,
	"violations": func(u Utfall) int { n, _ := brutt(u.Brudd); return n },
	"sek":        func(d time.Duration) string { return fmt.Sprintf("%.1f", d.Seconds()) },
	"ms":         func(d time.Duration) string { return fmt.Sprintf("%.1f", float64(d.Microseconds())/1000) },
}).Parse(sideMal))

// htmlSide is what the page is made of.
type htmlSide struct {
	*Resultat
	Stil                 template.CSS
	Umasket              bool
	Violations, Accepted int
	Typer                []antall
	Grupper, Avvik       []*htmlGruppe
	Produkter            []*produktdekning
	Sum                  produktdekning
	Alle                 string // what Sum is the sum of
	Tilstander           []radtilstand
	Lagt                 map[int]bool // the numbers of the questions that are shown with their answers
	MaksVist             int
	Utelatt              bool // whether questions and answers were left out because the page has so many
	nummer               map[*Utfall]int
}

// htmlGruppe is a group of breaches, with those of them that are listed.
type htmlGruppe struct {
	*gruppe
	Sted    string
	Foerste string // the first question that shows it
	Vist    []*htmlFunn
	Resten  int // how many are not listed
}

// htmlFunn is a breach. The question and the answer that show it are laid out where the page shows them: once.
type htmlFunn struct {
	funn
	Nr         int  // number of the question, from 1; 0 for the WSDL
	Her        bool // whether question and answer are shown here
	Aapen      bool // whether they are unfolded
	Spoersmaal []linje
	Svar       []linje
}

// SkrivHTML writes the result as one page that needs no file beside it. Its few lines of script only bring what is marked
// into view.
func (r *Resultat) SkrivHTML(w io.Writer, v Visning) error {
	shown := r.vist(v)
	p := &htmlSide{Resultat: shown, Stil: template.CSS(sideStil), Umasket: v.Umasket, Typer: shown.utfallstyper(),
		Produkter: shown.produkter(), Lagt: map[int]bool{}, MaksVist: sideDokumenter, nummer: map[*Utfall]int{}}
	p.Violations, p.Accepted = shown.antallBrudd()
	for i := range shown.Utfall {
		p.nummer[&shown.Utfall[i]] = i + 1
	}
	for _, product := range p.Produkter {
		p.Sum.leggTil(product)
	}
	for s := range tilstander {
		if s := radtilstand(s); s != radUdoemt || p.Sum.Antall[s] > 0 {
			p.Tilstander = append(p.Tilstander, s)
		}
	}
	if p.Alle = "All"; p.Sum.Antall[radUdoemt] > 0 {
		p.Alle = "All that could be asked"
	}
	for _, g := range shown.grupper(false) {
		p.Grupper = append(p.Grupper, p.gruppe(g))
	}
	for _, g := range shown.grupper(true) {
		p.Avvik = append(p.Avvik, &htmlGruppe{gruppe: g, Sted: g.sted(), Foerste: g.Funn[0].spoersmaal()})
	}
	if err := side.Execute(w, p); err != nil {
		return fmt.Errorf("html: %w", err)
	}
	return nil
}

func (p *htmlSide) gruppe(g *gruppe) *htmlGruppe {
	shown := &htmlGruppe{gruppe: g, Sted: g.sted(), Foerste: g.Funn[0].spoersmaal()}
	for i := range g.Funn {
		if i == sideFunn {
			shown.Resten = len(g.Funn) - i
			break
		}
		f := &htmlFunn{funn: g.Funn[i], Nr: p.nummer[g.Funn[i].Utfall], Aapen: i == 0}
		if f.Utfall != nil && i < sideMedSvar {
			p.dokumenter(f)
		}
		shown.Vist = append(shown.Vist, f)
	}
	return shown
}

// dokumenter lays out question and answer, unless the page has them already or has too many.
func (p *htmlSide) dokumenter(f *htmlFunn) {
	if p.Lagt[f.Nr] {
		return
	}
	if len(p.Lagt) == sideDokumenter {
		p.Utelatt = true
		return
	}
	p.Lagt[f.Nr], f.Her = true, true
	question, answer := linjer(string(f.Utfall.Spoersmaal.Konvolutt)), linjer(string(f.Utfall.Svar.Kropp))
	for _, b := range f.Utfall.Brudd {
		if b.Avvik != "" || b.Sti == "" {
			continue
		}
		row, doc := p.felt(b.Rad), answer
		if row != nil && row.Retning == felt.Request {
			doc = question
		}
		if !merk(doc, b.Sti) && row != nil {
			merkNaer(doc, b.Sti)
		}
	}
	if !slices.ContainsFunc(f.Utfall.Brudd, func(b Brudd) bool { return b.Regel == "hode" || b.Regel == "konvolutt" }) {
		answer = brettHode(answer)
	}
	f.Spoersmaal, f.Svar = kutt(question), kutt(answer)
}

// Annetsteds tells whether a path is another one than the row's.
func (g *htmlGruppe) Annetsteds(sti string) bool {
	return sti != "" && (g.Felt == nil || g.Felt.Sti != sti)
}

// kortType is a row's type in the width of a column: a long closed list by its length.
func kortType(t string) string {
	values := (felt.Rad{Type: t}).Kodeliste()
	if len(values) > 3 {
		return fmt.Sprintf("%d values", len(values))
	}
	if values != nil {
		return strings.Join(values, ", ")
	}
	return strings.ReplaceAll(t, "_", " ")
}

// Tilstand is the row's state, for the page.
func (d *Dekning) Tilstand() radtilstand { return d.tilstand() }

// Dybde is how many groups the row stands in.
func (d *Dekning) Dybde() int { return strings.Count(d.Rad.Sti, "/") }

// Seen is how many rows were seen with a value.
func (p *produktdekning) Seen() int { return p.sett() }

// Retninger are the rows of the questions and those of the answers.
func (p *produktdekning) Retninger() [][]dekningsrad {
	at := slices.IndexFunc(p.Rader, func(d dekningsrad) bool { return d.Rad.Retning == felt.Respons })
	if at < 1 {
		return [][]dekningsrad{p.Rader}
	}
	return [][]dekningsrad{p.Rader[:at], p.Rader[at:]}
}
