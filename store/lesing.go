package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// reader is one connection with its prepared statements. A question holds it while it copies its data out, and no
// longer: never while an answer is written.
type reader struct {
	conn  *sql.Conn
	stmts map[string]*sql.Stmt
}

func (s *Store) openReaders() error {
	for range cap(s.readers) {
		conn, err := s.db.Conn(context.Background())
		if err != nil {
			return err
		}
		s.readers <- &reader{conn: conn, stmts: map[string]*sql.Stmt{}}
	}
	return nil
}

func (r *reader) close() {
	for _, stmt := range r.stmts {
		stmt.Close()
	}
	r.conn.Close()
}

// query runs a statement, which is prepared once on each connection.
func (r *reader) query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	stmt, ok := r.stmts[query]
	if !ok {
		var err error
		if stmt, err = r.conn.PrepareContext(ctx, query); err != nil {
			return nil, err
		}
		r.stmts[query] = stmt
	}
	return stmt.QueryContext(ctx, args...)
}

// each calls scan for every row of a query.
func (r *reader) each(ctx context.Context, query string, args []any, scan func(*sql.Rows) error) error {
	rows, err := r.query(ctx, query, args...)
	if err != nil {
		return err
	}
	return eachRow(rows, scan)
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

// read gives one question one snapshot of the register, and the kodebok that its documents are read with. What the
// register's state is to blame for comes back as ErrUtilgjengelig.
func (s *Store) read(ctx context.Context, question func(*reader, *kodebok) error) error {
	var r *reader
	select {
	case r = <-s.readers:
	case <-s.closed:
		return errLukket
	case <-ctx.Done():
		return outcome(ctx.Err())
	}
	defer func() { s.readers <- r }()
	book := s.koder.Load()
	err := r.snapshot(ctx, func() error { return question(r, book) })
	if errors.Is(err, errDok) {
		// A document may hold a code that was added after the book was read: ask again, with the snapshot's own book.
		err = r.snapshot(ctx, func() error {
			book := newKodebok()
			if err := r.each(ctx, kodebokrader, nil, book.scan); err != nil {
				return err
			}
			s.learn(book)
			return question(r, book)
		})
	}
	return outcome(err)
}

// snapshot asks within one transaction. Its bounds are not for the question's context to cut: a transaction left
// open would spoil the connection for all who come after.
func (r *reader) snapshot(ctx context.Context, question func() error) (err error) {
	bounds := context.WithoutCancel(ctx)
	if _, err := r.conn.ExecContext(bounds, "BEGIN"); err != nil {
		return err
	}
	defer func() {
		if _, end := r.conn.ExecContext(bounds, "ROLLBACK"); err == nil {
			err = end
		}
	}()
	return question()
}

// outcome tells the register's state from everything else: busy beyond patience, unreadable, damaged, or slower
// than a question may wait is ErrUtilgjengelig.
func outcome(err error) error {
	var fault *sqlite.Error
	switch {
	case errors.Is(err, errDok), errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("%w: %w", ErrUtilgjengelig, err)
	case errors.Is(err, sql.ErrConnDone):
		return fmt.Errorf("%w: no connection", ErrUtilgjengelig)
	case !errors.As(err, &fault):
		return err
	}
	switch fault.Code() & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB,
		sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_INTERRUPT:
		return fmt.Errorf("%w: sqlite result code %d", ErrUtilgjengelig, fault.Code())
	}
	return err
}
