package logg

import (
	"crypto/hmac"
	"crypto/rand"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"

	"aareg/store/sqlite"
)

const (
	applicationID = 0x4141524c // "AARL", so that no other SQLite file is taken for a log
	schemaVersion = 1
)

// The tables of a log. A row is a form byte and JSON (innhold), packed numbers (personer), and what punkt says of it. Of
// punkt there are two rows, merke being start and hode.
const (
	lagPunkt = `CREATE TABLE punkt (
	merke INTEGER PRIMARY KEY,
	nr INTEGER NOT NULL,
	kjede BLOB NOT NULL,
	hittil INTEGER NOT NULL,
	etterslep INTEGER NOT NULL,
	hmac BLOB NOT NULL
) STRICT`
	lagRad = `CREATE TABLE rad (
	nr INTEGER PRIMARY KEY,
	hittil INTEGER NOT NULL,
	innhold BLOB NOT NULL,
	personer BLOB NOT NULL,
	kjede BLOB NOT NULL
) STRICT`
)

var (
	errFremmed = errors.New("not an audit log of this version")
	errPunkt   = fmt.Errorf("%w: start or head is not there, or was not written by the holder of the key", ErrBrutt)
)

// lag makes the tables of a new log in an empty file.
func lag(path string, k noekkel) error {
	c, err := sqlite.Open(sqlite.URI(path, "mode", "rw"))
	if err != nil {
		return err
	}
	defer c.Close()
	err = c.Script(fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; BEGIN; %s; %s",
		applicationID, schemaVersion, lagPunkt, lagRad))
	if err != nil {
		return err
	}
	first := punkt{hittil: math.MinInt64}
	rand.Read(first.kjede[:])
	for _, m := range []merke{start, hode} {
		if err := skrivPunkt(c, k, m, first); err != nil {
			return err
		}
	}
	return c.Script("COMMIT")
}

// aapneLesing opens a log for reading only. A log on a medium that cannot be written has no write-ahead log beside it,
// and is read as what does not change.
func aapneLesing(path string) (*sqlite.Conn, error) {
	settings := []string{"mode", "ro"}
	for {
		c, err := sqlite.Open(sqlite.URI(path, settings...))
		if err == nil {
			if err = godkjenn(c); err == nil {
				return c, nil
			}
			c.Close()
		}
		if _, waiting := os.Stat(path + "-wal"); len(settings) > 2 || !errors.Is(waiting, os.ErrNotExist) || !kode(err, sqliteCantOpen, sqliteReadonly) {
			return nil, err
		}
		settings = append(settings, "immutable", "1")
	}
}

// Result codes of SQLite that are acted on.
const (
	sqliteBusy       = 5
	sqliteReadonly   = 8
	sqliteCorrupt    = 11
	sqliteFull       = 13
	sqliteCantOpen   = 14
	sqliteConstraint = 19
	sqliteNotADB     = 26
)

// kode says whether SQLite refused something for one of these reasons.
func kode(err error, reasons ...int) bool {
	var said *sqlite.Error
	return errors.As(err, &said) && slices.Contains(reasons, said.Code()&0xff)
}

// godkjenn looks whether a file is a log of this version.
func godkjenn(c *sqlite.Conn) error {
	for pragma, want := range map[string]int64{"PRAGMA application_id": applicationID, "PRAGMA user_version": schemaVersion} {
		var have int64
		if _, err := c.One(pragma, nil, &have); err != nil {
			return err
		}
		if have != want {
			return errFremmed
		}
	}
	return nil
}

// skjemaErRett looks whether the tables are as they were made, and nothing stands beside them.
func skjemaErRett(c *sqlite.Conn) (bool, error) {
	var have []string
	err := c.Each("SELECT coalesce(sql, '') FROM sqlite_schema ORDER BY name", nil, func(s *sqlite.Stmt) error {
		have = append(have, string(s.Bytes(0)))
		return nil
	})
	return slices.Equal(have, []string{lagPunkt, lagRad}), err
}

// lesPunkt reads a signed point. With k nil its HMAC is not looked at.
func lesPunkt(c *sqlite.Conn, k noekkel, m merke) (punkt, error) {
	var p punkt
	var kjede, hmacRead []byte
	found, err := c.One("SELECT nr, hittil, etterslep, kjede, hmac FROM punkt WHERE merke = ?1", []any{int(m)},
		&p.nr, &p.hittil, &p.etterslep, &kjede, &hmacRead)
	if err != nil {
		return p, err
	}
	if !found || len(kjede) != len(p.kjede) {
		return p, errPunkt
	}
	p.kjede = [32]byte(kjede)
	if k != nil && !hmac.Equal(hmacRead, k.signer(m, p)) {
		return p, errPunkt
	}
	return p, nil
}

func skrivPunkt(c *sqlite.Conn, k noekkel, m merke, p punkt) error {
	return c.Exec("INSERT INTO punkt (merke, nr, kjede, hittil, etterslep, hmac) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"+
		" ON CONFLICT DO UPDATE SET nr = ?2, kjede = ?3, hittil = ?4, etterslep = ?5, hmac = ?6",
		int(m), p.nr, p.kjede[:], p.hittil, p.etterslep, k.signer(m, p))
}
