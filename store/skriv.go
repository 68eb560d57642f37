package store

import (
	"context"
	_ "embed"
	"fmt"

	"aareg/store/sqlite"
)

//go:embed indexes.sql
var indexes string

// Utfall is what a change of one record did.
type Utfall uint8

// The outcomes of a Put or a Delete.
const (
	Uendret Utfall = iota // is what it was
	Lagret                // was not there
	Skiftet               // has taken the place of another
	Slettet               // is not there any more
)

// Tx is one change of the register: all of it or nothing.
type Tx struct {
	Utfall Utfall // what the last Put or Delete did

	// Utled tells sex and birth date of somebody of whom only the number is known; nil tells neither.
	Utled func(nummer string) (kjoenn string, foedt Dato)

	ctx       context.Context
	c         *sqlite.Conn
	ny        bool             // the register was empty, and is made in a file that nobody reads yet
	koder     *kodebok         // what is stored and what this change adds
	nye       []nyKode         // what it adds and is not stored yet
	kjente    map[uint64]kjent // parties that were looked up
	etternavn map[string]int64 // lists of names that were looked up
	utsteder  *utsteder        // gives out numbers; nil before the first
	forrige   bool             // an earlier generation is attached, whose numbers hold
	beroert   beroert          // what must be made anew
	tidligere map[string]bool  // in a new register: the former numbers of persons
	standIns  map[int64]bool   // persons under a number that several have had
	sammen    map[int64]int64  // persons that are to be made one with another when all is in
	told      Faser
	pakker    pakker // the document that is being packed
}

func newTx(ctx context.Context, c *sqlite.Conn) *Tx {
	return &Tx{ctx: ctx, c: c, koder: newKodebok(), kjente: map[uint64]kjent{}, etternavn: map[string]int64{}, beroert: newBeroert(),
		sammen: map[int64]int64{}, tidligere: map[string]bool{}, standIns: map[int64]bool{}}
}

// connSettings are those of a connection that writes. It does not map the file into memory, which gains it nothing and
// would count as the import's own.
var connSettings = fmt.Sprintf("PRAGMA mmap_size = 0; PRAGMA secure_delete = 1; PRAGMA cache_size = -%d", writerCache)

// writerCache is how much of the file, in KiB, one who writes keeps at hand.
const writerCache = 96 << 10

// Update changes the register, all at once or, when change or anything after it fails, not at all. Readers of a file
// see nothing of it before it is whole, and go on reading meanwhile.
func (s *Store) Update(ctx context.Context, change func(*Tx) error) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	u := s.naa.Load()
	if u.lukket() {
		return errLukket
	}
	c, err := dialFile(u.path, u.vfs)
	if err != nil {
		return outcome(err)
	}
	defer c.Close()
	if err := newTx(ctx, c).run(change); err != nil {
		return outcome(err)
	}
	// It is stored. A book that could not be read anew is read by the first question that misses something in it.
	_ = u.loadKodebok()
	return nil
}

// run is the transaction. Its bounds are not for the caller's context to cut: what was stored must not be told as
// failed, and nothing may be left open.
func (t *Tx) run(change func(*Tx) error) (err error) {
	if err := t.c.Script("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	stored := false
	defer func() {
		if !stored {
			_ = t.c.Script("ROLLBACK") // without it the transaction ends with the connection
		}
	}()
	if err := t.loadKoder(); err != nil {
		return err
	}
	if err := change(t); err != nil {
		return err
	}
	if err := t.finish(); err != nil {
		return err
	}
	if err := t.ctx.Err(); err != nil {
		return err
	}
	if !t.ny {
		t.told.at("swap")
	}
	err = t.c.Script("COMMIT")
	stored = err == nil
	return err
}

func (t *Tx) loadKoder() error {
	return t.each(kodebokrader, nil, func(row *sqlite.Stmt) error { return t.koder.scan(row) })
}

// finish makes whole what the change has left to its end.
func (t *Tx) finish() error {
	if err := t.storeUtstedt(); err != nil {
		return err
	}
	return t.derive()
}

func (t *Tx) exec(query string, args ...any) error {
	if err := t.ctx.Err(); err != nil { // nobody waits any more
		return err
	}
	return t.c.Exec(query, args...)
}

func (t *Tx) insert(query string, args ...any) (rowid int64, err error) {
	if err := t.exec(query, args...); err != nil {
		return 0, err
	}
	return t.c.LastInsert(), nil
}

// each calls scan for every row of a query. While it does, the same query must not be asked again.
func (t *Tx) each(query string, args []any, scan func(*sqlite.Stmt) error) error {
	if err := t.ctx.Err(); err != nil {
		return err
	}
	return t.c.Each(query, args, scan)
}

// one reads the first row; false when there is none.
func (t *Tx) one(query string, args []any, into ...any) (found bool, err error) {
	if err := t.ctx.Err(); err != nil {
		return false, err
	}
	return t.c.One(query, args, into...)
}

// kode is the number of a code in the kodebok; a new one is added.
func (t *Tx) kode(kodeverk string, v Kodeverdi) uint64 {
	name := kodenavn{kodeverk, v}
	nr, ok := t.koder.nummer[name]
	if !ok {
		nr = uint64(len(t.koder.verdier))
		t.koder.add(nr, kodeverk, v)
		t.nye = append(t.nye, nyKode{nr, name})
	}
	return nr
}

type nyKode struct {
	nr uint64
	kodenavn
}

func (t *Tx) storeKoder() error {
	for _, k := range t.nye {
		err := t.exec(`INSERT INTO kode VALUES (?1, ?2, ?3, ?4)`, int64(k.nr), k.kodeverk, k.Kode, k.Beskrivelse)
		if err != nil {
			return err
		}
	}
	t.nye = t.nye[:0]
	return nil
}

// setVerdi writes what the register knows of itself.
const setVerdi = `INSERT INTO register VALUES (?1, ?2) ON CONFLICT DO UPDATE SET verdi = ?2`

const getVerdi = `SELECT verdi FROM register WHERE noekkel = ?1`
