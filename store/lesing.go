package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	driver "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"aareg/store/sqlite"
)

// reader is one connection with its prepared statements. A question holds it while it copies its data out, and no
// longer: never while an answer is written.
type reader struct {
	conn      *sql.Conn
	stmts     map[string]*sql.Stmt
	omfang    int64 // the number of the Omfang of the question under way, 0 for none
	omfangene omfangene
	arbeid    arbeid
}

// arbeid is what questions have cost: statements run, and rows stepped.
type arbeid struct{ setninger, rader int }

// newReader makes a connection one for questions.
func newReader(ctx context.Context, conn *sql.Conn) (*reader, error) {
	if _, err := conn.ExecContext(ctx, omfangstabell); err != nil {
		return nil, err
	}
	return &reader{conn: conn, stmts: map[string]*sql.Stmt{}}, nil
}

func (r *reader) close() {
	for _, stmt := range r.stmts {
		stmt.Close()
	}
	r.conn.Close()
}

// prepare prepares a statement, once on each connection.
func (r *reader) prepare(ctx context.Context, query string) (*sql.Stmt, error) {
	stmt, ok := r.stmts[query]
	if !ok {
		var err error
		if stmt, err = r.conn.PrepareContext(ctx, query); err != nil {
			return nil, err
		}
		r.stmts[query] = stmt
	}
	r.arbeid.setninger++
	return stmt, nil
}

// each calls scan for every row of a query.
func (r *reader) each(ctx context.Context, query string, args []any, scan func(*sql.Rows) error) error {
	stmt, err := r.prepare(ctx, query)
	if err != nil {
		return err
	}
	rows, err := stmt.QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	return eachRow(rows, func(rows *sql.Rows) error {
		r.arbeid.rader++
		return scan(rows)
	})
}

// exec runs a statement, and says how many rows of the connection's own table it wrote.
func (r *reader) exec(ctx context.Context, query string, args ...any) (int64, error) {
	stmt, err := r.prepare(ctx, query)
	if err != nil {
		return 0, err
	}
	res, err := stmt.ExecContext(ctx, args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// eachSeen is each, and oneSeen is one, of a query within the Omfang of the question; args are ?2 and on.
func (r *reader) eachSeen(ctx context.Context, q *avgrenset, args []any, scan func(*sql.Rows) error) error {
	query := q.alle
	if r.omfang != 0 {
		query = q.innenfor
	}
	return r.each(ctx, query, append([]any{r.omfang}, args...), scan)
}

func (r *reader) oneSeen(ctx context.Context, q *avgrenset, args []any, into ...any) (found bool, err error) {
	err = r.eachSeen(ctx, q, args, func(rows *sql.Rows) error {
		found = true
		return rows.Scan(into...)
	})
	return found, err
}

func eachRow(rows *sql.Rows, scan func(*sql.Rows) error) error {
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// one reads the first row of a query; false when there is none.
func (r *reader) one(ctx context.Context, query string, args []any, into ...any) (found bool, err error) {
	err = r.each(ctx, query, args, func(rows *sql.Rows) error {
		found = true
		return rows.Scan(into...)
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
	defer func() { u.readers <- r }()
	book := u.koder.Load()
	err = r.snapshot(ctx, o, func() error { return question(r, book) })
	if errors.Is(err, errDok) {
		// A document may hold a code that was added after the book was read: ask again, with the snapshot's own book.
		err = r.snapshot(ctx, o, func() error {
			book := newKodebok()
			if err := r.each(ctx, kodebokrader, nil, func(rows *sql.Rows) error { return book.scan(rows) }); err != nil {
				return err
			}
			u.learn(book)
			return question(r, book)
		})
	}
	return outcome(err)
}

// take waits for a reader of the file that is read now. One that is closed meanwhile has a successor, or the register
// is closed.
func (s *Store) take(ctx context.Context) (*utgave, *reader, error) {
	for {
		u := s.naa.Load()
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

// snapshot asks within one transaction. Its bounds are not for the question's context to cut: a transaction left
// open would spoil the connection for all who come after. It ends as if nothing had been, unless an Omfang was written
// that is to stay.
func (r *reader) snapshot(ctx context.Context, o *Omfang, question func() error) (err error) {
	bounds := context.WithoutCancel(ctx)
	if _, err := r.conn.ExecContext(bounds, "BEGIN"); err != nil {
		return err
	}
	end := "ROLLBACK"
	defer func() {
		if _, failed := r.conn.ExecContext(bounds, end); failed != nil {
			r.omfangene.glem()
			_, _ = r.conn.ExecContext(bounds, "ROLLBACK") // of a COMMIT that failed; there may be nothing left to undo
			if err == nil {
				err = failed
			}
		}
	}()
	wrote, err := r.setOmfang(ctx, o)
	if err != nil {
		r.omfangene.glem()
		return err
	}
	if wrote {
		end = "COMMIT"
	}
	return question()
}

// outcome tells the register's state from everything else: busy beyond patience, unreadable, damaged, or slower
// than a question may wait is ErrUtilgjengelig.
func outcome(err error) error {
	var fault *driver.Error
	var own *sqlite.Error
	code := 0
	switch {
	case errors.Is(err, errDok), errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("%w: %w", ErrUtilgjengelig, err)
	case errors.Is(err, sql.ErrConnDone):
		return fmt.Errorf("%w: no connection", ErrUtilgjengelig)
	case errors.As(err, &fault):
		code = fault.Code()
	case errors.As(err, &own):
		code = own.Code()
	}
	switch code & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB,
		sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_INTERRUPT:
		if own != nil {
			return fmt.Errorf("%w: %w", ErrUtilgjengelig, own)
		}
		return fmt.Errorf("%w: sqlite result code %d", ErrUtilgjengelig, code)
	}
	return err
}

// Registerfeil says whether an error is the register's, and not what was said of a record.
func Registerfeil(err error) bool {
	var own *sqlite.Error
	var fault *driver.Error
	return errors.As(err, &own) || errors.As(err, &fault) || errors.Is(err, ErrUtilgjengelig) || errors.Is(err, errDok) ||
		errors.Is(err, errUtstedelse)
}
