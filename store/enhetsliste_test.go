package store

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"aareg/store/sqlite"
)

// enhetsverden is a small world of units whose names have much in common, in a store.
type enhetsverden struct {
	rnd *rand.Rand
	s   *Store
	ord map[string]*fasitord
}

func newEnhetsverden(t *testing.T, seed uint64) *enhetsverden {
	return &enhetsverden{rand.New(rand.NewPCG(seed, 7)), newStore(t), map[string]*fasitord{}}
}

var enhetsord = []string{"Berg", "BERG", "Berg", "Bjerg", "Dal", "Dahl", "Nord", "Sykehjem", "Åsen", "Aasen", "Ee", "og", "O’Brien", "regnskapslag",
	"reg", "nskapslag", "gård-salg", "Š"}

func (w *enhetsverden) etOrd() string { return enhetsord[w.rnd.IntN(len(enhetsord))] }

// navn is a name of a few words, mostly with AS at the end; some are so long that they were cut after the 35th character.
func (w *enhetsverden) navn() string {
	words := []string{w.etOrd()}
	for range w.rnd.IntN(3) {
		words = append(words, w.etOrd())
	}
	if w.rnd.IntN(3) > 0 {
		words = append(words, []string{"AS", "as", "Asa"}[w.rnd.IntN(3)])
	}
	navn := strings.Join(words, []string{" ", " ", "-", "  "}[w.rnd.IntN(4)])
	if w.rnd.IntN(8) == 0 {
		navn = strings.Repeat("x", 31) + " reg nskapslag " + navn
	}
	return navn
}

func (w *enhetsverden) adresse() (a Adresse) {
	for i := range w.rnd.IntN(4) {
		a.Linjer = append(a.Linjer, fmt.Sprint("Veien ", i, w.etOrd()))
	}
	a.Postnr, a.Poststed = []string{"0150", "5003", ""}[w.rnd.IntN(3)], w.etOrd()
	a.Kommunenr, a.Kommune = []string{"0301", "5501", "5503", ""}[w.rnd.IntN(4)], w.etOrd()
	a.Landkode, a.Land = []string{"NO", "SE", ""}[w.rnd.IntN(3)], []string{"Norge", ""}[w.rnd.IntN(2)]
	return a
}

const verdensenheter = 220

func orgnr(i int) string { return fmt.Sprintf("2100%05d", i) }

func (w *enhetsverden) enhet(i int) *Enhet {
	e := enhet(orgnr(i), w.navn(), []string{"AS", "BEDR", "as"}[w.rnd.IntN(3)], "")
	e.Organisasjonsform.Beskrivelse = []string{"", "Aksje"}[w.rnd.IntN(2)]
	if i > 10 && w.rnd.IntN(2) == 0 {
		e.OverordnetEnhet = orgnr(w.rnd.IntN(10))
	}
	for range w.rnd.IntN(3) {
		e.TidligereNavn = append(e.TidligereNavn, TidligereEnhetsnavn{Navn: w.navn()})
	}
	if w.rnd.IntN(3) == 0 { // the same name, or its words, once more
		e.TidligereNavn = append(e.TidligereNavn, TidligereEnhetsnavn{Navn: e.Navn}, TidligereEnhetsnavn{Navn: strings.ToUpper(e.Navn)})
	}
	e.Forretningsadresse = w.adresse()
	if w.rnd.IntN(3) == 0 {
		e.Postadresse = w.adresse()
	}
	e.Opphoert = w.rnd.IntN(6) == 0
	e.Opphoersdato = []Dato{0, 0, 20200101, 20250615, 20250616}[w.rnd.IntN(5)]
	return e
}

// change changes one unit, or an old employer.
func (w *enhetsverden) change(tx *Tx) error {
	i := w.rnd.IntN(verdensenheter)
	switch w.rnd.IntN(8) {
	case 0:
		if err := tx.DeleteEnhet(orgnr(i)); !errors.Is(err, ErrIngen) {
			return err
		}
		return nil
	case 1:
		return tx.PutGammelArbeidsgiver(&GammelArbeidsgiver{orgnr(i % 20), w.navn()})
	}
	return tx.PutEnhet(w.enhet(i))
}

func (w *enhetsverden) soek() Enhetssoek {
	words := []string{w.etOrd()}
	for range w.rnd.IntN(3) {
		words = append(words, []string{w.etOrd(), "AS"}[w.rnd.IntN(2)])
	}
	q := Enhetssoek{Navn: strings.Join(words, []string{" ", "-"}[w.rnd.IntN(2)]), Fonetisk: w.rnd.IntN(2) == 0,
		InkluderOpphoerte: w.rnd.IntN(2) == 0, Maks: []int{1, 2, 7, 1000}[w.rnd.IntN(4)]}
	switch w.rnd.IntN(8) {
	case 0:
		q.Kommunenr = "5501"
	case 1:
		q.Fylkenr = "55"
	case 2:
		q.Postnr, q.Fylkenr = "0150", "03"
	case 3:
		q.Navn = w.navn()
	case 4:
		q.Navn = []string{"AS", "Ingensteds", "-", "nskapslag reg", "regnskapslag"}[w.rnd.IntN(5)]
	}
	return q
}

// fasitnavn is a name that a search has, found by reading all names.
type fasitnavn struct {
	Enhetstreff
	sortering []byte
	aktoer    int64
}

func (n *fasitnavn) compare(m *fasitnavn) int {
	if n.whole != m.whole {
		return first(n.whole)
	}
	return cmp.Or(bytes.Compare(n.sortering, m.sortering), cmp.Compare(n.Orgnr, m.Orgnr), cmp.Compare(n.aktoer, m.aktoer))
}

var alleEnhetsnavn = avgrens(`SELECT ` + enhetsnavnkolonner + ` FROM enhetsnavn n ` + enhetsnavnkilder + ` WHERE (?2 = '' OR e.kommunenr = ?2)
	AND (?3 = '' OR e.fpostnr = ?3) AND (?4 = '' OR substr(e.kommunenr, 1, 2) = ?4) [[AND ` + arbeidsgiverInnenfor + `]] ORDER BY n.navn`)

// fasitord are the words of a name, those of its mended cut after them, and the codes of all.
type fasitord struct {
	egne, koder, alle []string
	sortering         []byte
}

func (w *enhetsverden) fasitord(navn string) *fasitord {
	o := w.ord[navn]
	if o == nil {
		o = &fasitord{egne: words(navn), sortering: sortKey(navn)}
		o.alle = slices.Concat(o.egne, words(kuttedeOrd(navn)))
		for _, word := range o.alle {
			o.koder = append(o.koder, phonetic(word))
		}
		w.ord[navn] = o
	}
	return o
}

// fasit answers a search the plain way: it reads every name, splits it into words, and sorts those that match.
func (w *enhetsverden) fasit(v View, soek Enhetssoek) (hits []*Enhetstreff, found int, err error) {
	asked, best := w.fasitord(soek.Navn), map[int64]*fasitnavn{}
	err = w.s.read(ctx, v.Omfang, func(r *reader, _ *kodebok) error {
		return r.eachSeen(ctx, &alleEnhetsnavn, []any{soek.Kommunenr, soek.Postnr, soek.Fylkenr}, func(row *sqlite.Stmt) error {
			var n enhetsnavn
			n.scan(row)
			o := w.fasitord(n.tekst)
			words, wanted := o.alle, asked.egne
			if soek.Fonetisk {
				words, wanted = o.koder, asked.koder[:len(asked.egne)]
			}
			over := n.slag == slagGammel || n.enhetsrad.opphoertPaa(v.Today)
			if over && !soek.InkluderOpphoerte || slices.ContainsFunc(wanted, func(word string) bool { return !slices.Contains(words, word) }) {
				return nil
			}
			t, err := n.treff(v.Today)
			t.whole = slices.Equal(o.egne, asked.egne)
			hit := &fasitnavn{*t, o.sortering, n.aktoer}
			if b := best[n.aktoer]; b == nil || b.Historisk && !hit.Historisk || b.Historisk == hit.Historisk && hit.compare(b) < 0 {
				best[n.aktoer] = hit
			}
			return err
		})
	})
	if err != nil || len(asked.egne) == 0 || len(best) == 0 {
		return nil, 0, errors.Join(err, ErrIngen)
	}
	var sorted []*fasitnavn
	for _, n := range best {
		sorted = append(sorted, n)
	}
	slices.SortFunc(sorted, (*fasitnavn).compare)
	for _, n := range sorted[:min(len(sorted), soek.Maks)] {
		hits = append(hits, &n.Enhetstreff)
	}
	return hits, len(sorted), nil
}

// TestSearchForUnitsFindsWhatReadingAllNamesFinds changes units in every way, and after each change asks in every way, within
// an Omfang and without.
func TestSearchForUnitsFindsWhatReadingAllNamesFinds(t *testing.T) {
	asked, most := 0, 0
	for seed := range uint64(2) {
		w := newEnhetsverden(t, seed)
		update(t, w.s, func(tx *Tx) (err error) {
			for i := range verdensenheter {
				err = errors.Join(err, tx.PutEnhet(w.enhet(i)))
			}
			return err
		})
		scopes := []*Omfang{nil, nil, {Personer: []string{takerNr}}, {Arbeidsgivere: []string{orgnr(3), orgnr(7), orgnr(40)}}, {Arbeidsgivere: []string{}}}
		for round := range 15 {
			update(t, w.s, func(tx *Tx) (err error) {
				for range 1 + w.rnd.IntN(1+round*4) {
					err = errors.Join(err, w.change(tx))
				}
				return err
			})
			for range 16 {
				v, soek := View{Today: 20250615, Omfang: scopes[w.rnd.IntN(len(scopes))]}, w.soek()
				want, wantFound, wantErr := w.fasit(v, soek)
				got, found, err := w.s.SoekEnheter(ctx, v, soek)
				if diff := gocmp.Diff(want, got, gocmp.AllowUnexported(Enhetstreff{})); diff != "" || found != wantFound || errors.Is(err, ErrIngen) != errors.Is(wantErr, ErrIngen) {
					t.Fatalf("%+v within %+v: %d found, want %d (%v, %v) (-want +got):\n%s", soek, v.Omfang, found, wantFound, err, wantErr, diff)
				}
				asked, most = asked+1, max(most, found)
			}
		}
	}
	t.Logf("%d searches, at most %d found", asked, most)
	if most < 2*stykkeposter {
		t.Error("no search has found more than a piece")
	}
}

// enhetslister are all lists, by code, as lines.
func enhetslister(t *testing.T, s *Store) map[string][]string {
	t.Helper()
	lists := map[string][]string{}
	err := s.naa.Load().own.Each(`SELECT o.kode, l.dok FROM enhetsord o LEFT JOIN enhetsliste l ON l.del >> 16 = o.liste ORDER BY l.del`, nil, func(row *sqlite.Stmt) error {
		var l stykkeleser
		for l.begynn(row.Bytes(1)); l.next(); {
			lists[string(row.Bytes(0))] = append(lists[string(row.Bytes(0))], fmt.Sprintf("%x %q %d %q", l.sortering, l.id(), l.merke, l.pakke()))
		}
		return l.err
	})
	if err != nil {
		t.Fatal(err)
	}
	return lists
}

func TestListsOfUnitsRepairedAreThoseMadeAnew(t *testing.T) {
	w := newEnhetsverden(t, 5)
	for round := range 12 {
		update(t, w.s, func(tx *Tx) (err error) {
			for range 1 + w.rnd.IntN(80) {
				err = errors.Join(err, w.change(tx))
			}
			return err
		})
		repaired := enhetslister(t, w.s)
		update(t, w.s, func(tx *Tx) error { tx.beroert.alt = true; return nil })
		if diff := gocmp.Diff(enhetslister(t, w.s), repaired); diff != "" {
			t.Fatalf("after %d changes (-anew +repaired):\n%s", round+1, diff)
		}
		stray := dump(t, w.s, `SELECT del FROM enhetsliste WHERE del >> 16 NOT IN (SELECT liste FROM enhetsord)`)
		if len(stray) > 0 {
			t.Fatalf("%d pieces of no list", len(stray))
		}
	}
	update(t, w.s, func(tx *Tx) (err error) {
		for i := range verdensenheter {
			if err := tx.DeleteEnhet(orgnr(i)); err != nil && !errors.Is(err, ErrIngen) {
				return err
			}
		}
		return nil
	})
	gamle := dump(t, w.s, `SELECT tekst FROM enhetsnavn`)
	for kode := range enhetslister(t, w.s) {
		if !slices.ContainsFunc(gamle, func(navn []byte) bool {
			return slices.ContainsFunc(append(words(string(navn)), words(kuttedeOrd(string(navn)))...), func(word string) bool { return phonetic(word) == kode })
		}) {
			t.Errorf("a code is kept of which no name is left")
		}
	}
}
