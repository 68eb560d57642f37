package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	sqlite3 "modernc.org/sqlite/lib"

	"aareg/store/sqlite"
)

// reader is one connection with its prepared statements. A question holds it while it copies its data out, and no
// longer: never while an answer is written, unless another has taken its place (behold).
type reader struct {
	utgave    *utgave
	c         *sqlite.Conn
	omfang    int64 // the number of the Omfang of the question under way, 0 for none
	omfangene omfangene
	arbeid    arbeid

	avloeser *reader // has taken its place, since an answer keeps this one and its snapshot
	ende     string  // the statement that ends its snapshot
	har      keptSnapshot
}

// arbeid is what questions have cost: statements run, and rows stepped.
type arbeid struct{ setninger, rader int }

// each calls scan for every row of a query.
func (r *reader) each(ctx context.Context, query string, args []any, scan func(*sqlite.Stmt) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	r.arbeid.setninger++
	return r.c.Each(query, args, func(row *sqlite.Stmt) error {
		r.arbeid.rader++
		return scan(row)
	})
}

// exec runs a statement, and says how many rows of the connection's own table it wrote.
func (r *reader) exec(ctx context.Context, query string, args ...any) (int64, error) {
	err := r.each(ctx, query, args, func(*sqlite.Stmt) error { return nil })
	return r.c.Changes(), err
}

// eachSeen is each, and oneSeen is one, of a query within the Omfang of the question; args are ?2 and on.
func (r *reader) eachSeen(ctx context.Context, q *avgrenset, args []any, scan func(*sqlite.Stmt) error) error {
	query := q.alle
	if r.omfang != 0 {
		query = q.innenfor
	}
	return r.each(ctx, query, append([]any{r.omfang}, args...), scan)
}

func (r *reader) oneSeen(ctx context.Context, q *avgrenset, args []any, into ...any) (found bool, err error) {
	err = r.eachSeen(ctx, q, args, func(row *sqlite.Stmt) error {
		found = true
		return row.Scan(into...)
	})
	return found, err
}

// one reads the rows of a query that has one, or none: then it is false.
func (r *reader) one(ctx context.Context, query string, args []any, into ...any) (found bool, err error) {
	err = r.each(ctx, query, args, func(row *sqlite.Stmt) error {
		found = true
		return row.Scan(into...)
	})
	return found, err
}

var errLukket = fmt.Errorf("%w: the register is closed", ErrUtilgjengelig)

// read gives one question one snapshot of the register, the Omfang that it asks within, nil for none, and the kodebok
// that its documents are read with. What the register's state is to blame for comes back as ErrUtilgjengelig.
func (s *Store) read(ctx context.Context, o *Omfang, question func(*reader, *kodebok) error) error {
	u, r, err := s.take(ctx)
	if err != nil {
		return err
	}
	defer func() { u.readers <- cmp.Or(r.avloeser, r) }()
	book := u.koder.Load()
	err = r.snapshot(ctx, o, func() error { return question(r, book) })
	if errors.Is(err, errDok) {
		// A document may hold a code that was added after the book was read: ask again, with the snapshot's own book.
		err = r.snapshot(ctx, o, func() error {
			book, err := r.kodebok(ctx)
			if err != nil {
				return err
			}
			return question(r, book)
		})
	}
	return outcome(err)
}

// kodebok reads the snapshot's own.
func (r *reader) kodebok(ctx context.Context) (*kodebok, error) {
	book := newKodebok()
	if err := r.each(ctx, kodebokrader, nil, func(row *sqlite.Stmt) error { return book.scan(row) }); err != nil {
		return nil, err
	}
	r.utgave.learn(book)
	return book, nil
}

// behold lets an answer keep the reader and its snapshot when the question has been asked, until slipp; another takes its
// place, so that no question waits for a client. It is the last thing that a question does, and not in memory.
func (r *reader) behold() (err error) {
	r.avloeser, err = r.utgave.fraReserven()
	return err
}

// slipp ends the snapshot of an answer.
func (r *reader) slipp() {
	r.avloeser = nil
	if r.avslutt() != nil {
		r.c.Close()
		return
	}
	r.utgave.tilReserven(r)
}

// take waits for a reader of the file that is read now. One that is closed meanwhile has a successor, or the register
// is closed.
func (s *Store) take(ctx context.Context) (*utgave, *reader, error) {
	for {
		u := s.naa.Load()
		if u.skadet.Load() {
			return nil, nil, errSkadet
		}
		select {
		case r := <-u.readers:
			return u, r, nil
		case <-u.closed:
			if s.naa.Load() == u {
				return nil, nil, errLukket
			}
		case <-ctx.Done():
			return nil, nil, outcome(ctx.Err())
		}
	}
}

// outcome tells the register's state from everything else: busy beyond patience, unreadable, damaged, or slower
// than a question may wait is ErrUtilgjengelig.
func outcome(err error) error {
	if err == nil {
		return nil
	}
	var fault *sqlite.Error
	switch {
	case errors.Is(err, errDok), errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("%w: %w", ErrUtilgjengelig, err)
	case !errors.As(err, &fault):
		return err
	}
	switch fault.Code() & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB,
		sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_INTERRUPT:
		return fmt.Errorf("%w: %w", ErrUtilgjengelig, fault)
	}
	return err
}

// Registerfeil says whether an error is the register's, and not what was said of a record.
func Registerfeil(err error) bool {
	if err == nil {
		return false
	}
	var fault *sqlite.Error
	return errors.As(err, &fault) || errors.Is(err, ErrUtilgjengelig) || errors.Is(err, errDok) || errors.Is(err, errUtstedelse)
}
