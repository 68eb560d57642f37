// Package innlesing brings what package kilder reads into a register, all at once or not at all, and writes a register
// out again. It decides what a record means beside what is known already, and knows neither formats nor SQL.
package innlesing

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"aareg/store"
	"aareg/store/kilder"
)

// Valg is what is to be imported, and how.
type Valg struct {
	DB          string   // the register; made when it is not there
	Filer       []string // files and folders, "-" for standard input
	Full        bool     // what is delivered takes the place of all there was of its kind
	Proev       bool     // read and check everything, change nothing
	TillatKrymp bool     // the register may shrink by more than 5 %
	Tilside     string   // records that cannot be used are written to this new file; "" stops at the first
	TilsideMaks int      // and no more of them than this
	Hentes      string   // keys that events name and no object came with are written to this new file; "" for none
	Naa         func() time.Time
	Lest        func(bytes int)   // bytes read of the files; nil is not told
	Fase        func(fase string) // what is being done; nil is not told
}

// Teller counts the records of one kind.
type Teller struct{ Lest, Ny, Endret, Uendret, Fjernet, Tilside int }

// The kinds of records, in the order of summaries.
const (
	Arbeidsforhold = iota
	Personer
	Enheter
	GamleArbeidsgivere
	Hendelser
	AntallSlag
)

// Slagnavn are the names of the kinds.
var Slagnavn = [AntallSlag]string{"arbeidsforhold", "personer", "enheter", "gamle arbeidsgivere", "hendelser"}

// Sammendrag is what an import did.
type Sammendrag struct {
	Teller     [AntallSlag]Teller
	Tilside    int // records set aside, also those of no kind that could be told
	Merknader  *kilder.Merknader
	Bemerket   map[string]int // what was done by rule with what was known already
	Feil       []string       // of records that were set aside, the first of them
	Hentes     int            // keys to fetch
	Full       bool
	Proevd     bool
	Generasjon int
	Antall     store.Antall // what is in the register now
}

// feilMaks is how many records that were set aside a summary names.
const feilMaks = 20

// ErrKrymper says that the register would shrink by more than 5 %.
var ErrKrymper = errors.New("the register would shrink by more than 5 %: is the delivery whole? --allow-shrink lets it")

// ErrTom says that there was nothing to import.
var ErrTom = errors.New("there is no record in what was delivered; nothing is changed")

var errProevd = errors.New("tried, and not to be kept")

// Importer imports. What cannot be read or used is a *kilder.Feil, which names file, line, record and field; whatever
// the error, the register is as it was, unless it is a *store.Etterpaa.
func Importer(ctx context.Context, v Valg) (*Sammendrag, error) {
	files, err := kilder.Filer(v.Filer)
	if err != nil {
		return nil, err
	}
	v.DB = store.Registersti(v.DB)
	lock, err := store.Lock(v.DB)
	if err != nil {
		return nil, err
	}
	defer lock.Unlock()
	if _, err := os.Lstat(v.DB); errors.Is(err, fs.ErrNotExist) {
		v.Full = true
	}
	s := &Sammendrag{Merknader: kilder.NewMerknader(), Bemerket: map[string]int{}, Full: v.Full, Proevd: v.Proev}
	if _, err := os.Lstat(v.Hentes); v.Hentes != "" && err == nil {
		return nil, fmt.Errorf("import: --fetch: %s: %w", v.Hentes, fs.ErrExist)
	}
	aside, err := nyTilside(v)
	if err != nil {
		return nil, err
	}
	stored := false
	defer func() { aside.close(stored) }()
	l := &leser{ctx: ctx, valg: v, sammendrag: s, files: files, tilside: aside, hendelser: map[kilder.Noekkel]kilder.Hendelse{}}
	if v.Full {
		err = store.Replace(ctx, v.DB, v.Fase, l.fyll)
	} else {
		err = store.Amend(ctx, v.DB, v.Fase, func(t *store.Tx) error { return l.fyll(t, nil) })
	}
	var after *store.Etterpaa
	switch {
	case errors.Is(err, errProevd):
		return s, nil
	case err != nil && !errors.As(err, &after):
		return nil, err
	}
	// It is stored: whatever fails from here on, the rest is done all the same.
	stored = true
	err = errors.Join(err, etterpaa(s.tell(context.WithoutCancel(ctx), v.DB)))
	return s, errors.Join(err, etterpaa(l.skrivHentes()), etterpaa(l.fjernFraForrige()))
}

// tell counts what is in the register now that all is made that follows from the rest.
func (s *Sammendrag) tell(ctx context.Context, db string) error {
	return store.Read(ctx, db, func(t *store.Tx) (err error) {
		s.Antall, err = t.Antall()
		return err
	})
}

func etterpaa(err error) error {
	if err == nil {
		return nil
	}
	return &store.Etterpaa{Err: err}
}

// leser is one import.
type leser struct {
	ctx        context.Context
	valg       Valg
	sammendrag *Sammendrag
	files      []string
	tilside    *tilside
	tx         *store.Tx
	forrige    *store.Tx // of a full import: the register in force; nil when there is none
	levert     [AntallSlag]int
	levertLive [2]int // units in force that were delivered: hovedenheter, underenheter
	hendelser  map[kilder.Noekkel]kilder.Hendelse
	objekter   objekter
	hentes     []kilder.Noekkel
	fjernet    []kilder.Noekkel
	eksport    struct{ ventet, kommet int } // records of an export: how many its head tells of, and how many came
}

// fyll fills the change with everything.
func (l *leser) fyll(t, forrige *store.Tx) error {
	l.tx, l.forrige = t, forrige
	if l.valg.Naa().Before(foerste2032) {
		t.Utled = kilder.Utled
	}
	before, err := l.before()
	if err != nil {
		return err
	}
	for _, file := range l.files {
		told := l.valg.Lest
		if told == nil {
			told = func(int) {}
		}
		if err := kilder.Les(l.ctx, file, told, l.sammendrag.Merknader, kilder.Mottak{Poster: l.poster, Feil: l.feil}); err != nil {
			return err
		}
		if err := l.heltLest(file); err != nil {
			return err
		}
	}
	for _, step := range []func() error{l.noe, l.ta, l.behold, l.tilside.sync} {
		if err := step(); err != nil {
			return err
		}
	}
	if l.sammendrag.Antall, err = t.Antall(); err != nil {
		return err
	}
	if err := t.HuskAntall(l.sammendrag.Antall); err != nil {
		return err
	}
	if err := krymper(before, l.sammendrag.Antall); err != nil && !l.valg.TillatKrymp {
		return err
	}
	if l.sammendrag.Generasjon, err = t.NyGenerasjon(l.valg.Naa()); err != nil {
		return err
	}
	if l.valg.Proev {
		return errProevd
	}
	return nil
}

// heltLest refuses an export that was cut.
func (l *leser) heltLest(file string) error {
	e := l.eksport
	l.eksport.ventet, l.eksport.kommet = 0, 0
	if e.ventet != 0 && e.kommet != e.ventet {
		return fmt.Errorf("import: %s: an export of %d records, and %d came: it was cut, or added to", file, e.ventet, e.kommet)
	}
	return nil
}

// noe refuses a delivery without a record in it: it says nothing, not that there is nothing.
func (l *leser) noe() error {
	for _, n := range l.sammendrag.Merknader.Former {
		if n > 0 {
			return nil
		}
	}
	return ErrTom
}

// foerste2032 is when numbers begin to be given out that tell neither sex nor century: from then on nothing is derived
// from a number.
var foerste2032 = time.Date(2032, 1, 1, 0, 0, 0, 0, time.UTC)

func (l *leser) before() (store.Antall, error) {
	switch {
	case !l.valg.Full:
		return l.tx.SistAntall()
	case l.forrige != nil:
		return l.forrige.SistAntall()
	}
	return store.Antall{}, nil
}

func krymper(before, now store.Antall) error {
	for _, kind := range []struct {
		name        string
		before, now int
	}{
		{"arbeidsforhold", before.Arbeidsforhold, now.Arbeidsforhold},
		{"personer", before.Personer, now.Personer},
		{"enheter in force", before.EnheterIDrift, now.EnheterIDrift},
	} {
		if kind.now*100 < kind.before*95 {
			return fmt.Errorf("%w (%s: from %d to %d; nothing is changed)", ErrKrymper, kind.name, kind.before, kind.now)
		}
	}
	return nil
}

// Filer are the files under the names given (kilder.Filer).
func Filer(navn []string) ([]string, error) { return kilder.Filer(navn) }
