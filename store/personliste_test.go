package store

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/store/sqlite"
)

// alleNavn is the search without lists and without words that lead anywhere: every name of the register is looked at.
func alleNavn(t *testing.T, s *Store, v View, soek Personsoek, rolle string) (hits []*Persontreff, found int) {
	t.Helper()
	names := newNavnesoek(soek.Fonetisk, soek.Navn.Etternavn, soek.Navn.Fornavn, soek.Navn.Mellomnavn)
	var all []*personrang
	err := s.read(ctx, nil, func(r *reader, _ *kodebok) error {
		return r.each(ctx, `SELECT n.aktoer, n.historisk, n.etternavn, n.fornavn, n.mellomnavn, a.nummer, p.kjoenn, p.foedselsdato, p.doedsdato
			FROM personnavn n JOIN aktoer a USING (aktoer) JOIN person p USING (aktoer)
			WHERE ?1 >> a.gradering & 1 AND a.`+rolle+` & ?2 ORDER BY n.navn`, []any{v.data(), v.visible()}, func(row *sqlite.Stmt) error {
			var h personrang
			err := row.Scan(&h.aktoer, &h.Historisk, &h.Navn.Etternavn, &h.Navn.Fornavn, &h.Navn.Mellomnavn, &h.Foedselsnr, &h.Kjoenn, &h.Foedt, &h.Doed)
			keys := nameKeys(h.Navn.Etternavn, h.Navn.Fornavn, h.Navn.Mellomnavn)
			hit, whole := names.matches(keys.ord, keys.fonetisk)
			if len(names.koder[0]) > 0 && hit && soek.keeps(v.Today, h.livsloep, h.Kjoenn) {
				h.treff = treff{h.aktoer, h.Historisk, whole, sortKey(h.Navn.Etternavn, h.Navn.Fornavn, h.Navn.Mellomnavn), h.Foedselsnr}
				all = append(all, &h)
			}
			return err
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	all, found, _ = rank(all, soek.Maks)
	for _, h := range all {
		hits = append(hits, &h.Persontreff)
	}
	return hits, found
}

func TestListsOfNamesFindWhatLookingAtEveryNameFinds(t *testing.T) {
	asked, some, cut, former := 0, 0, 0, 0
	for seed := range uint64(2) {
		r := &navneregister{t: t, s: newStore(t), rnd: rand.New(rand.NewPCG(seed, 5))}
		r.fyll(400, 600)
		for round := range 9 {
			for range 16 {
				v := View{Today: 20250615, Fortrolig: Innsyn(r.rnd.IntN(3)), StrengtFortrolig: Innsyn(r.rnd.IntN(3))}
				inside := v
				inside.Omfang = &Omfang{} // everybody
				soek := r.soek()
				for rolle, ask := range map[string]func(View) ([]*Persontreff, int, error){
					"som_arbeidstaker": func(v View) ([]*Persontreff, int, error) { return r.s.SoekArbeidstakere(ctx, v, soek) },
					"som_arbeidsgiver": func(v View) ([]*Persontreff, int, error) { return r.s.SoekPersonligeArbeidsgivere(ctx, v, soek) },
				} {
					want, found := alleNavn(t, r.s, v, soek, rolle)
					if rolle == "som_arbeidstaker" {
						found = min(found, soek.Maks+1)
					}
					for _, v := range []View{v, inside} {
						got, n, err := ask(v)
						if found == 0 && !errors.Is(err, ErrIngen) || found > 0 && err != nil {
							t.Fatalf("seed %d, round %d: %d are there: %v", seed, round, found, err)
						}
						if n != found || !slices.EqualFunc(want, got, func(w, g *Persontreff) bool { return *w == *g }) {
							t.Fatalf("seed %d, round %d, %s, %+v, %+v: found %d, want %d (-want +got):\n%s", seed, round, rolle, soek, v, n, found,
								cmp.Diff(want, got, cmp.AllowUnexported(Persontreff{}, livsloep{})))
						}
					}
					asked++
					some += min(found, 1)
					if found > len(want) {
						cut++
					}
					if slices.ContainsFunc(want, func(h *Persontreff) bool { return h.Historisk }) {
						former++
					}
				}
			}
			update(t, r.s, func(tx *Tx) (err error) {
				for range []int{1, 3, 40}[round%3] {
					err = errors.Join(err, r.forandre(tx))
				}
				return err
			})
		}
		asMadeAnew(t, r.s)
	}
	t.Logf("%d searches, %d found something, %d more than they show, %d by a former name", asked, some, cut, former)
	if some < asked/2 || cut < asked/8 || former < asked/8 {
		t.Error("they are no proof")
	}
}

func TestADamagedListOfNamesIsUtilgjengelig(t *testing.T) {
	s := newStore(t)
	update(t, s, func(tx *Tx) error {
		return errors.Join(tx.PutPerson(&Person{Foedselsnr: takerNr, Navn: Navn{Etternavn: "Vik"}}), tx.PutArbeidsforhold(jobb(1, takerNr)))
	})
	ask := func() error {
		_, _, err := s.SoekArbeidstakere(ctx, seesAll, Personsoek{Navn: Navn{Etternavn: "Vik"}, Maks: 1})
		return err
	}
	if err := ask(); err != nil {
		t.Fatal(err)
	}
	for _, damage := range []string{"dok = substr(dok, 1, 20)", "dok = x'00'"} {
		if err := s.naa.Load().own.Script(`UPDATE personliste SET ` + damage); err != nil {
			t.Fatal(err)
		}
		if err := ask(); !errors.Is(err, ErrUtilgjengelig) {
			t.Errorf("%s: %v", damage, err)
		}
	}
}

// asMadeAnew compares the lists of names, as changes have left them, with lists made anew.
func asMadeAnew(t *testing.T, s *Store) {
	t.Helper()
	lists := func(tx *Tx) (lines []string) {
		var leser stykkeleser
		err := tx.each(`SELECT e.ord, e.fonetisk, e.merke, e.fra, p.dok, (SELECT count(*) FROM etternavnord o WHERE o.liste = e.liste) FROM etternavn e
			JOIN personliste p ON p.del >> 16 = e.liste ORDER BY e.ord, p.del`, nil, func(row *sqlite.Stmt) error {
			head := fmt.Sprintf("%s|%s %x from %x, %d words", row.Bytes(0), row.Bytes(1), row.Int64(2), row.Bytes(3), row.Int64(5))
			leser.begynn(row.Bytes(4))
			for leser.next() {
				lines = append(lines, fmt.Sprintf("%s: %x %x %q %q", head, leser.merke, leser.sortering, leser.id(), leser.pakke()))
			}
			return leser.err
		})
		if err != nil {
			t.Fatal(err)
		}
		return lines
	}
	update(t, s, func(tx *Tx) error {
		changed := lists(tx)
		if err := tx.packPersonlister(); err != nil {
			return err
		}
		if diff := cmp.Diff(lists(tx), changed); diff != "" {
			t.Errorf("lists of names (-made anew +changed):\n%s", diff)
		}
		var orphans int
		_, err := tx.one(`SELECT (SELECT count(*) FROM etternavnord WHERE liste NOT IN (SELECT liste FROM etternavn))
			+ (SELECT count(*) FROM etternavn WHERE liste NOT IN (SELECT liste FROM personnavn WHERE liste IS NOT NULL))
			+ (SELECT count(*) FROM personliste WHERE del >> 16 NOT IN (SELECT liste FROM etternavn))`, nil, &orphans)
		if orphans != 0 {
			t.Errorf("%d rows lead to nothing", orphans)
		}
		return err
	})
}

func FuzzPersonpost(f *testing.F) {
	k := personkilde{nummer: takerNr, kjoenn: "K", livsloep: livsloep{19800101, 20200101}, navn: []navnekilde{
		{1, false, Navn{"Lie Hansen", "Kari", "Å"}}, {2, true, Navn{"Hansen", "Kari", ""}}}}
	err := new(personpakker).poster(&k, func(_ int64, p *stykkepost) error {
		f.Add(slices.Clone(p.pakke))
		return nil
	})
	if err != nil {
		f.Fatal(err)
	}
	names := newNavnesoek(false, "Hansen", "Kari", "")
	f.Fuzz(func(t *testing.T, pakke []byte) {
		p := lesPersonpost(string(pakke))
		p.bedre(&names, false)
		if n := p.visNavn(string(pakke)); len(n.Etternavn)+len(n.Fornavn) > len(pakke) {
			t.Errorf("%d bytes of names in %d", len(n.Etternavn)+len(n.Fornavn), len(pakke))
		}
	})
}
