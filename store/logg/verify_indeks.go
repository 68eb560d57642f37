package logg

import (
	"errors"
	"hash/maphash"
	"os"

	"aareg/store/sqlite"
)

// indeksproeve compares the index with the rows: who is not in the index is not found when they ask who looked them up.
// Both sides are added up entry by entry, each under a hash that nobody could know beforehand, so that the order and the
// memory do not matter.
type indeksproeve struct {
	dekning
	fra           int64 // rows up to here are not compared: they have been removed
	seed          maphash.Seed
	indeks, rader uint64
	iLoggen       bool // the last row of the index is in the log
}

func (p *indeksproeve) sum(person uint64, nr int64) uint64 {
	return maphash.Comparable(p.seed, treff{person, nr})
}

// storPerson stands for all persons of a row that is not in the index person by person.
const storPerson = personTak

// lesIndeks adds up what the index of a log says; nil when there is none.
func lesIndeks(path string, start punkt) (*indeksproeve, error) {
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	ix, err := sqlite.Open(sqlite.URI(path, "mode", "ro"))
	if err != nil {
		return nil, err
	}
	defer ix.Close()
	if err := ix.Script("BEGIN"); err != nil {
		return nil, err
	}
	p := &indeksproeve{seed: maphash.MakeSeed(), fra: start.nr}
	found, err := ix.One("SELECT start, nr, kjede FROM dekket", nil, &p.start, &p.nr, &p.kjede)
	if err != nil || !found {
		return nil, err
	}
	err = ix.Each("SELECT person, nr FROM oppslag WHERE nr > ?1", []any{p.fra}, func(s *sqlite.Stmt) error {
		p.indeks += p.sum(uint64(s.Int64(0)), s.Int64(1))
		return nil
	})
	if err == nil {
		err = ix.Each("SELECT nr FROM stor WHERE nr > ?1", []any{p.fra}, func(s *sqlite.Stmt) error {
			p.indeks += p.sum(storPerson, s.Int64(0))
			return nil
		})
	}
	if err != nil {
		return nil, err
	}
	return p, nil
}

// rad adds up what a row says. The row that the index ended with tells whether it is this log's.
func (p *indeksproeve) rad(here punkt, personer []byte) {
	if here.nr > p.nr {
		return
	}
	p.iLoggen = p.iLoggen || here.nr == p.nr && string(here.kjede[:]) == string(p.kjede)
	var sum uint64
	n := 0
	if hver(personer, func(person uint64) { sum += p.sum(person, here.nr); n++ }) != nil {
		return // damaged, and found to be
	}
	if n > storRad {
		sum = p.sum(storPerson, here.nr)
	}
	p.rader += sum
}

// avviker says whether the index would be used, and does not say what the rows say.
func (p *indeksproeve) avviker() bool {
	return p != nil && p.iLoggen && p.start <= p.fra && p.indeks != p.rader
}
