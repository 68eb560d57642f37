package main

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"aareg/fixtures/generer"
	"aareg/store"
	"aareg/store/kilder"
)

// A stamped register is the same in all generations but for a stamp, the number of the generation, in a leaf of every
// table that has text, and the sex of all persons.

const stampWord = "Stempel"

func stamp(g int) string { return stampWord + strconv.Itoa(g) }

func sex(g int) string { return [...]string{"K", "M"}[g%2] }

// stamped is the generation of which the first stamp in an answer tells, 0 for none.
func stamped(answer []byte) (g int) {
	_, rest, _ := strings.Cut(string(answer), stampWord)
	for i := 0; i < len(rest) && rest[i] >= '0' && rest[i] <= '9'; i++ {
		g = 10*g + int(rest[i]-'0')
	}
	return g
}

// open takes the stamps and sexes of a generation out of an answer. Those of another stay.
func open(answer string, g int) string {
	b := []string{}
	for part := range strings.SplitSeq(answer, stamp(g)) {
		if len(b) > 0 && part != "" && part[0] >= '0' && part[0] <= '9' {
			part = "!" + part // a longer number: another generation's
		}
		b = append(b, part)
	}
	return strings.ReplaceAll(strings.Join(b, "#"), ">"+sex(g)+"</kjoenn>", "></kjoenn>")
}

// stampedRegister is some records of every kind, and how each is stamped.
type stampedRegister struct {
	posts    []kilder.Post
	stamps   []func(g int)
	antall   map[string]int // arbeidsforhold, by the number of the one who employs
	enheter  map[string]*store.Enhet
	tatt     []*store.Arbeidsforhold
	personer map[string]*store.Person
}

const gammel = "300000001"

func newStampedRegister(t *testing.T) *stampedRegister {
	t.Helper()
	r := &stampedRegister{antall: map[string]int{}, enheter: map[string]*store.Enhet{}, personer: map[string]*store.Person{}}
	old := &store.GammelArbeidsgiver{Arbeidsgivernr: gammel}
	r.add(kilder.Post{GammelArbeidsgiver: old}, func(g int) { old.Navn = "SAGA " + stamp(g) })
	err := generer.Poster(t.Context(), generer.Valg{Personer: 300, Seed: 4},
		generer.Mottak{Enhet: r.enhet, Person: r.person, Arbeidsforhold: r.arbeidsforhold})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (r *stampedRegister) add(p kilder.Post, stamped func(g int)) {
	r.posts, r.stamps = append(r.posts, p), append(r.stamps, stamped)
}

func (r *stampedRegister) enhet(e *store.Enhet) error {
	name := e.Navn
	r.enheter[e.Orgnr] = e
	kept := &kilder.Enhet{Enhet: *e}
	r.add(kilder.Post{Enhet: kept}, func(g int) {
		kept.Navn, kept.Organisasjonsform.Beskrivelse = name+" "+stamp(g), stamp(g)
		kept.Forretningsadresse.Linjer = []string{stamp(g)}
		kept.Postadresse = store.Adresse{Linjer: []string{"Postboks 1", stamp(g)}, Poststed: stamp(g)}
		kept.TidligereNavn = []store.TidligereEnhetsnavn{{Navn: name + " FORDUMS " + stamp(g)}}
	})
	return nil
}

func (r *stampedRegister) person(p *store.Person) error {
	p.Adressebeskyttelse = store.Ugradert
	r.personer[p.Foedselsnr] = p
	r.add(kilder.Post{Person: p}, func(g int) {
		p.Navn.Mellomnavn, p.Kjoenn = stamp(g), sex(g)
		p.TidligereNavn = []store.Navn{{Etternavn: "Fordums", Fornavn: p.Navn.Fornavn, Mellomnavn: stamp(g)}}
	})
	return nil
}

func (r *stampedRegister) arbeidsforhold(a *store.Arbeidsforhold) error {
	if len(r.tatt)%50 == 0 {
		a.Arbeidssted = store.Part{Type: "Arbeidsgivernummer", Ident: gammel}
	}
	r.antall[a.Arbeidssted.Ident]++
	r.tatt = append(r.tatt, a)
	r.add(kilder.Post{Arbeidsforhold: a}, func(g int) {
		a.ID, a.Type.Beskrivelse = stamp(g), stamp(g)
		for i := range a.Ansettelsesdetaljer {
			a.Ansettelsesdetaljer[i].Yrke.Beskrivelse = stamp(g)
		}
		for i := range a.Permisjoner {
			a.Permisjoner[i].ID = stamp(g)
		}
	})
	return nil
}

// generation is the register as aareg's own NDJSON.
func (r *stampedRegister) generation(t *testing.T, g int) (text []byte) {
	t.Helper()
	for i := range r.posts {
		r.stamps[i](g)
		var err error
		if text, err = kilder.Skriv(text, &r.posts[i]); err != nil {
			t.Fatal(err)
		}
	}
	return text
}

// questions are some of each product: the largest employer but one of many, people with a former number, leaves.
func (r *stampedRegister) questions() (all []*asked) {
	ask := func(operation, children string) {
		all = append(all, &asked{operation: operation, body: element(operation, children)})
	}
	id := func(tag, value string) string { return "<" + tag + ">" + value + "</" + tag + ">" }
	under, a := r.underenhet(), r.tatt[1]
	p := r.personer[a.Arbeidstaker.Ident]
	ask("hentAntallArbeidstakere", id("orgnr", under.Orgnr))
	ask("hentArbeidsgiver", id("arbeidsgiverId", under.Orgnr))
	ask("hentArbeidsgiver", id("arbeidsgiverId", under.OverordnetEnhet))
	ask("hentArbeidsgiver", id("arbeidsgiverId", gammel))
	ask("hentArbeidstaker", id("foedselsnr", p.Foedselsnr))
	ask("hentTrefflisteArbeidsgiver", id("orgnavn", under.Navn)+id("inkluderOpphoerte", "true")+id("fonetisk", "false"))
	ask("hentTrefflisteArbeidsgiver", id("orgnavn", under.Navn+" FORDUMS")+id("inkluderOpphoerte", "true")+id("fonetisk", "true"))
	ask("hentTrefflisteArbeidstaker", id("etternavn", p.Navn.Etternavn)+id("fonetisk", "true"))
	ask("hentTrefflisteArbeidstaker", id("etternavn", "Fordums")+id("fornavn", p.Navn.Fornavn)+id("fonetisk", "false"))
	ask("hentArbeidsforhold", id("arbeidsforholdId", fmt.Sprint(a.ArbeidsforholdId)))
	for _, a := range r.tatt {
		if p := r.personer[a.Arbeidstaker.Ident]; p != nil && len(p.TidligereNumre) > 0 {
			ask("hentArbeidstaker", id("foedselsnr", p.TidligereNumre[0]))
			break
		}
	}
	for _, a := range r.tatt {
		if len(a.Permisjoner) > 1 {
			ask("hentArbeidsforhold", id("arbeidsforholdId", fmt.Sprint(a.ArbeidsforholdId)))
			break
		}
	}
	return all
}

// underenhet is one below another with a list of some length.
func (r *stampedRegister) underenhet() (best *store.Enhet) {
	for _, a := range r.tatt {
		e := r.enheter[a.Arbeidssted.Ident]
		if e == nil || e.OverordnetEnhet == "" {
			continue
		}
		if n := r.antall[e.Orgnr]; n <= 60 && (best == nil || n > r.antall[best.Orgnr]) {
			best = e
		}
	}
	return best
}
