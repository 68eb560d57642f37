package innlesing_test

import (
	"database/sql"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
)

// lists are the entries of all employers' lists, unpacked, in their order. Where a list is cut into pieces does not
// show.
func lists(t *testing.T, db *sql.DB) (lines []string) {
	t.Helper()
	for _, p := range pieces(t, db) {
		for _, entry := range p.entries {
			lines = append(lines, p.giver+" "+entry)
		}
	}
	return lines
}

// piece is a piece of an employer's list.
type piece struct {
	giver   string
	entries []string
}

// pieces are those of all lists; none may be empty or too large.
func pieces(t *testing.T, db *sql.DB) (all []piece) {
	t.Helper()
	codes := codesOf(t, db)
	found, err := db.Query(`SELECT coalesce(a.slag || ':' || a.nummer, ''), l.dok FROM arbeidsgiverliste l
		LEFT JOIN aktoer a ON a.aktoer = l.del >> 16 ORDER BY a.slag, a.nummer, l.del`)
	if err != nil {
		t.Fatal(err)
	}
	defer found.Close()
	for found.Next() {
		var p piece
		var dok []byte
		if err := found.Scan(&p.giver, &dok); err != nil {
			t.Fatal(err)
		}
		u := &unpacker{b: dok, codes: codes}
		for len(u.b) > 0 && !u.bad {
			entry := &unpacker{b: []byte(u.text()), codes: codes}
			p.entries = append(p.entries, entry.entry())
			u.bad = u.bad || entry.bad || len(entry.b) > 0
		}
		if n := len(p.entries); u.bad || p.giver == "" || n == 0 || n > 2*64 {
			t.Errorf("a piece of the list of %q: damaged %v, %d entries", p.giver, u.bad, n)
		}
		all = append(all, p)
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

func codesOf(t *testing.T, db *sql.DB) map[uint64]string {
	t.Helper()
	codes := map[uint64]string{}
	found, err := db.Query(`SELECT nr, kode, beskrivelse FROM kode`)
	if err != nil {
		t.Fatal(err)
	}
	defer found.Close()
	for found.Next() {
		var nr uint64
		var kode, text string
		if err := found.Scan(&nr, &kode, &text); err != nil {
			t.Fatal(err)
		}
		codes[nr] = fmt.Sprintf("%s/%s", kode, text)
	}
	return codes
}

// unpacker reads packed documents as the store's package comment describes them: varints, text after its length, codes
// by number.
type unpacker struct {
	b     []byte
	codes map[uint64]string
	bad   bool
}

func (u *unpacker) number() uint64 {
	n, size := binary.Uvarint(u.b)
	if size <= 0 {
		u.b, u.bad = nil, true
		return 0
	}
	u.b = u.b[size:]
	return n
}

func (u *unpacker) text() string {
	n := u.number()
	if n > uint64(len(u.b)) {
		u.b, u.bad = nil, true
		return ""
	}
	s := string(u.b[:n])
	u.b = u.b[n:]
	return s
}

func (u *unpacker) code() string {
	nr := u.number()
	text, known := u.codes[nr]
	u.bad = u.bad || !known && nr != 0
	return text
}

func (u *unpacker) list(element func() string) string {
	var elements []string
	for n := u.number(); n > 0 && !u.bad; n-- {
		elements = append(elements, "{"+element()+"}")
	}
	return "[" + strings.Join(elements, " ") + "]"
}

// entry is an entry of a list: what stands in it, in its order.
func (u *unpacker) entry() string {
	head := fmt.Sprintf("begynt=%d sluttet=%d flags=%d id=%d ", u.number(), u.number(), u.number(), u.number())
	who := fmt.Sprintf("ID=%q arbeidstaker=%q %q bekreftet=%d type=%s ", u.text(), u.text(), u.text(), u.number(), u.code())
	agreements := u.list(func() string { return fmt.Sprintf("%s %s %d-%d", u.code(), u.text(), u.number(), u.number()) })
	leaves := u.list(func() string {
		leave := fmt.Sprintf("%q %s %d-%d %s %s ", u.text(), u.code(), u.number(), u.number(), u.text(), u.code())
		return leave + u.list(func() string { return fmt.Sprintf("%q %s-%s", u.text(), u.text(), u.text()) })
	})
	return head + who + agreements + " " + leaves
}
