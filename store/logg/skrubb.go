package logg

import (
	"context"
	"encoding/binary"
	"errors"

	"aareg/store/sqlite"
)

// secure_delete overwrites a row where it stands. But a page that SQLite lays out anew, since rows beside removed ones
// move between pages, keeps remains of what stood in it between its list of cells and the cells: of rows that may have
// been removed since. skrubb sets what lies there to zero, in every page of a file (format: sqlite.org/fileformat2.html
// section 1.6; access: sqlite.org/dbpage.html). Pages are looked at one by one, and only those that need it are written,
// some at a time, so that others can write meanwhile.
func skrubb(ctx context.Context, c *sqlite.Conn) error {
	var pages int64
	if _, err := c.One("PRAGMA page_count", nil, &pages); err != nil {
		return err
	}
	var dirty []int64
	for pgno := int64(1); pgno <= pages; pgno++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		data, err := lesSide(c, pgno)
		if err != nil {
			return err
		}
		if from, to := rester(data, pgno); from < to {
			dirty = append(dirty, pgno)
		}
		if len(dirty) == skrubbSider || pgno == pages && len(dirty) > 0 {
			if err := skrubbDisse(c, dirty); err != nil {
				return err
			}
			dirty = dirty[:0]
		}
	}
	return nil
}

// skrubbSider is how many pages are written in one transaction.
const skrubbSider = 500

func lesSide(c *sqlite.Conn, pgno int64) (data []byte, err error) {
	_, err = c.One("SELECT data FROM sqlite_dbpage WHERE pgno = ?1", []any{pgno}, &data)
	return data, err
}

// skrubbDisse looks at pages again when nobody else can write, and writes them.
func skrubbDisse(c *sqlite.Conn, pages []int64) error {
	if err := c.Script("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	for _, pgno := range pages {
		data, err := lesSide(c, pgno)
		if from, to := rester(data, pgno); err == nil && from < to {
			clear(data[from:to])
			err = c.Exec("UPDATE sqlite_dbpage SET data = ?2 WHERE pgno = ?1", pgno, data)
		}
		if err != nil {
			return errors.Join(err, c.Script("ROLLBACK"))
		}
	}
	return c.Script("COMMIT")
}

// rester is where in a page, between its cell pointers and its cells, there are other bytes than zero; from = to when
// there are none, or when it is no page of a tree.
func rester(data []byte, pgno int64) (from, to int) {
	head := 0
	if pgno == 1 {
		head = 100 // the file's own header
	}
	if len(data) < head+12 {
		return 0, 0
	}
	from = head + 8
	switch data[head] {
	case 2, 5: // an inner page of an index or a table
		from = head + 12
	case 10, 13: // a leaf
	default:
		return 0, 0
	}
	cells := int(binary.BigEndian.Uint16(data[head+3:]))
	to = int(binary.BigEndian.Uint16(data[head+5:]))
	if to > len(data) || from+2*cells > to {
		return 0, 0
	}
	for range cells {
		if cell := int(binary.BigEndian.Uint16(data[from:])); cell < to || cell >= len(data) {
			return 0, 0
		}
		from += 2
	}
	for from < to && data[from] == 0 {
		from++
	}
	return from, to
}
