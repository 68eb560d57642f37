package logg

import (
	"errors"
	"fmt"

	"aareg/store/sqlite"
)

// skriver writes to the log's file: one transaction at a time, all from one goroutine.
type skriver struct {
	path    string
	noekkel noekkel
	fil     filID // the file that was opened; rows go to no other
	conn    *sqlite.Conn
	wal     *filID // the write-ahead log of conn, nil until conn has written
	start   punkt  // the start, and
	siste   *punkt // the head, after the last transaction that this process knows of
	sett    int64  // the version of the data (sqlite.DataVersion) when conn has read them, 0 until it has written
	brutt   error  // why nothing is written any more
}

// errBorte says that rows would be written where nobody finds them.
var errBorte = errors.New("the file, or its write-ahead log, has been moved or removed")

// tx is one transaction: the two points as they will be after it.
type tx struct {
	conn        *sqlite.Conn
	start, hode punkt
	nyStart     bool
	sett        int64
}

// legg appends a row.
func (t *tx) legg(p *post) (nr int64, err error) {
	next := t.hode.neste(p.tid, p.avtrykk)
	err = t.conn.Exec("INSERT INTO rad (nr, hittil, innhold, personer, kjede) VALUES (?1, ?2, ?3, ?4, ?5)",
		next.nr, next.hittil, p.innhold, p.personer, next.kjede[:])
	if err == nil {
		t.hode = next
	}
	return next.nr, err
}

// transaksjon does something to the log and has it on disk when it returns, or does none of it. The head is written
// anew even when nothing else is, so that it also tries whether the log can be written.
func (s *skriver) transaksjon(gjoer func(*tx) error) error {
	if s.brutt != nil {
		return s.brutt
	}
	t, err := s.begynn()
	if err == nil {
		err = gjoer(t)
	}
	if err == nil {
		err = s.fullfoer(t)
	}
	if err == nil {
		s.start, s.siste, s.sett = t.start, &t.hode, t.sett
		return nil
	}
	s.slipp()
	if errors.Is(err, ErrBrutt) {
		s.brutt = err
		return err
	}
	return fmt.Errorf("audit log: %w", err)
}

// proev looks, without writing, whether the chain is whole at its end and the file can be written.
func (s *skriver) proev() error {
	errProevd := errors.New("tried")
	err := s.transaksjon(func(t *tx) error {
		if err := skrivPunkt(t.conn, s.noekkel, hode, t.hode); err != nil {
			return err
		}
		s.siste = &t.hode
		return errProevd
	})
	if errors.Is(err, errProevd) {
		return nil
	}
	return err
}

func (s *skriver) begynn() (*tx, error) {
	if err := s.koble(); err != nil {
		return nil, err
	}
	if err := s.conn.Exec("BEGIN IMMEDIATE"); err != nil {
		return nil, err
	}
	t := &tx{conn: s.conn}
	var err error
	if t.sett, err = s.conn.DataVersion(); err != nil {
		return nil, err
	}
	if s.siste != nil && t.sett == s.sett { // nobody else has written since: what is there is what this process wrote
		t.start, t.hode = s.start, *s.siste
		return t, nil
	}
	return t, s.les(t)
}

func (s *skriver) fullfoer(t *tx) error {
	if t.nyStart {
		if err := skrivPunkt(t.conn, s.noekkel, start, t.start); err != nil {
			return err
		}
	}
	if err := skrivPunkt(t.conn, s.noekkel, hode, t.hode); err != nil {
		return err
	}
	if err := s.conn.Exec("COMMIT"); err != nil {
		return err
	}
	if s.wal != nil {
		return nil
	}
	wal, err := filVed(s.path + "-wal")
	s.wal = &wal
	return err
}

// koble sees to a connection to the file that was opened. A connection is given up with each transaction that failed:
// one to a file that could not be written stays so, and an error of the disk may leave it in any state.
func (s *skriver) koble() error {
	if !ligger(s.path, s.fil) || s.wal != nil && !ligger(s.path+"-wal", *s.wal) {
		return errBorte
	}
	if s.conn != nil {
		return nil
	}
	c, err := sqlite.Open(sqlite.URI(s.path, "mode", "rw"))
	if err != nil {
		return err
	}
	s.conn = c
	if err := godkjenn(c); err != nil {
		return err
	}
	right, err := skjemaErRett(c)
	if err != nil {
		return err
	}
	if !right {
		return fmt.Errorf("%w: the tables are not those of a log", ErrBrutt)
	}
	return c.Script("PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF; PRAGMA journal_size_limit = 67108864")
}

// ligger says whether a file is at a path still.
func ligger(path string, fil filID) bool {
	now, err := filVed(path)
	return err == nil && now.samme(fil)
}

// slipp gives the connection up, and with it a transaction that is open.
func (s *skriver) slipp() {
	if s.conn != nil {
		s.conn.Close()
	}
	s.conn, s.wal, s.sett = nil, nil, 0
}

// les reads both points, and looks whether the end of the chain is what was written: the head is signed and no older
// than this process knows it, what this process wrote is under it, and the last row is the head.
func (s *skriver) les(t *tx) error {
	var err error
	if t.start, err = lesPunkt(t.conn, s.noekkel, start); err != nil {
		return err
	}
	if t.hode, err = lesPunkt(t.conn, s.noekkel, hode); err != nil {
		return err
	}
	if s.siste != nil && s.siste.nr >= t.start.nr {
		if t.hode.nr < s.siste.nr {
			return fmt.Errorf("%w: the head has gone back", ErrBrutt)
		}
		kjede, err := kjedeTil(t.conn, t.start, s.siste.nr)
		if err != nil {
			return err
		}
		if kjede != s.siste.kjede {
			return fmt.Errorf("%w: a row that was written is another now", ErrBrutt)
		}
	}
	return sisteErHode(t)
}

// kjedeTil is the chain hash of a row that is kept, or of the start; zeros when it is not there.
func kjedeTil(c *sqlite.Conn, start punkt, nr int64) (kjede [32]byte, err error) {
	if nr == start.nr {
		return start.kjede, nil
	}
	var read []byte
	_, err = c.One("SELECT kjede FROM rad WHERE nr = ?1", []any{nr}, &read)
	copy(kjede[:], read)
	return kjede, err
}

// sisteErHode looks whether the last row is the head, by its content.
func sisteErHode(t *tx) error {
	last := t.start
	var innhold, personer []byte
	found, err := t.conn.One("SELECT nr, hittil, innhold, personer FROM rad ORDER BY nr DESC LIMIT 1", nil,
		&last.nr, &last.hittil, &innhold, &personer)
	if err != nil {
		return err
	}
	if found {
		before, err := kjedeTil(t.conn, t.start, last.nr-1)
		if err != nil {
			return err
		}
		last.kjede = ledd(before, last.nr, last.hittil, avtrykk(innhold, personer))
	}
	if last.nr != t.hode.nr || last.kjede != t.hode.kjede || last.hittil != t.hode.hittil {
		return fmt.Errorf("%w: the last row is not the head", ErrBrutt)
	}
	return nil
}
