package store

import (
	"context"
	"database/sql"
)

// Tx is one change of the register: all of it or nothing.
type Tx struct {
	ctx     context.Context
	conn    *sql.Conn
	stmts   map[string]*sql.Stmt
	koder   *kodebok       // what is stored and what this change adds
	nye     []nyKode       // what it adds and is not stored yet
	endret  map[int64]bool // persons that were known and have changed: their arbeidsforhold must be looked at
	beroert map[int64]bool // parties of what was stored or deleted: what they are and their lists must be made anew
	kjente  map[Part]kjent // parties that were looked up
}

// Update changes the register, all at once or, when change or anything after it fails, not at all. Readers of a file
// see nothing of it before it is whole, and go on reading meanwhile.
func (s *Store) Update(ctx context.Context, change func(*Tx) error) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	select {
	case <-s.closed:
		return errLukket
	default:
	}
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return outcome(err)
	}
	defer conn.Close()
	t := &Tx{ctx: ctx, conn: conn, stmts: map[string]*sql.Stmt{}, koder: newKodebok(),
		endret: map[int64]bool{}, beroert: map[int64]bool{}, kjente: map[Part]kjent{}}
	defer t.close()
	if err := t.run(change); err != nil {
		return outcome(err)
	}
	// It is stored. A book that could not be read anew is read by the first question that misses something in it.
	_ = s.loadKodebok(context.WithoutCancel(ctx))
	return nil
}

// run is the transaction. Its bounds are not for the caller's context to cut: what was stored must not be told as
// failed, and nothing may be left open.
func (t *Tx) run(change func(*Tx) error) error {
	bounds := context.WithoutCancel(t.ctx)
	if _, err := t.conn.ExecContext(bounds, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	stored := false
	defer func() {
		if !stored {
			_, _ = t.conn.ExecContext(bounds, "ROLLBACK") // without it the transaction ends with the connection
		}
	}()
	if err := t.each(kodebokrader, nil, t.koder.scan); err != nil {
		return err
	}
	if err := change(t); err != nil {
		return err
	}
	if err := t.derive(); err != nil {
		return err
	}
	if err := t.ctx.Err(); err != nil {
		return err
	}
	_, err := t.conn.ExecContext(bounds, "COMMIT")
	stored = err == nil
	return err
}

func (t *Tx) close() {
	for _, stmt := range t.stmts {
		stmt.Close()
	}
}

func (t *Tx) prepare(query string) (*sql.Stmt, error) {
	if stmt, ok := t.stmts[query]; ok {
		return stmt, nil
	}
	stmt, err := t.conn.PrepareContext(t.ctx, query)
	if err == nil {
		t.stmts[query] = stmt
	}
	return stmt, err
}

func (t *Tx) exec(query string, args ...any) error {
	stmt, err := t.prepare(query)
	if err != nil {
		return err
	}
	_, err = stmt.ExecContext(t.ctx, args...)
	return err
}

func (t *Tx) insert(query string, args ...any) (rowid int64, err error) {
	stmt, err := t.prepare(query)
	if err != nil {
		return 0, err
	}
	res, err := stmt.ExecContext(t.ctx, args...)
	if err != nil {
		return 0, err
	}
	return res.LastInsertId()
}

func (t *Tx) each(query string, args []any, scan func(*sql.Rows) error) error {
	stmt, err := t.prepare(query)
	if err != nil {
		return err
	}
	rows, err := stmt.QueryContext(t.ctx, args...)
	if err != nil {
		return err
	}
	return eachRow(rows, scan)
}

// one reads the first row; false when there is none.
func (t *Tx) one(query string, args []any, into ...any) (found bool, err error) {
	stmt, err := t.prepare(query)
	if err != nil {
		return false, err
	}
	err = stmt.QueryRowContext(t.ctx, args...).Scan(into...)
	if err == sql.ErrNoRows {
		return false, nil
	}
	return err == nil, err
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

// The three kinds of aktoer.
const (
	slagEnhet  = 1
	slagPerson = 2
	slagGammel = 3
)

// aktoer is the row of somebody, made when there is none: a party may be named before anything is known of it.
func (t *Tx) aktoer(slag int, nummer string) (int64, error) {
	var id int64
	found, err := t.one(`SELECT aktoer FROM aktoer WHERE nummer = ?1 AND slag = ?2`, []any{nummer, slag}, &id)
	if found || err != nil {
		return id, err
	}
	if id, err = t.insert(`INSERT INTO aktoer (slag, nummer) VALUES (?1, ?2)`, slag, nummer); err != nil {
		return 0, err
	}
	switch slag {
	case slagPerson:
		err = t.exec(`INSERT INTO person VALUES (?1, '', 0, 0)`, id)
	case slagEnhet:
		err = t.exec(`INSERT INTO enhet VALUES (?1, '', '', NULL, '', '', '', '', '', '', '', '', 0, 0, 0, 0, 0, 0)`, id)
	}
	if err == nil {
		err = t.exec(`INSERT INTO nummer VALUES (?1, ?2)`, nummer, id)
	}
	return id, err
}
