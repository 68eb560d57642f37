package innlesing_test

import (
	"database/sql"
	"encoding/binary"
	"fmt"
	"hash/crc32"
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

// pieces are those of all lists; none may be empty or too large, and the rows of heads must tell of the same entries.
func pieces(t *testing.T, db *sql.DB) (all []piece) {
	t.Helper()
	codes := codesOf(t, db)
	left := headsOf(t, db)
	before := ""
	packed(t, db, `SELECT coalesce(a.slag || ':' || a.nummer, ''), l.del & 65535, l.dok FROM arbeidsgiverliste l
		LEFT JOIN aktoer a ON a.aktoer = l.del >> 16 ORDER BY a.slag, a.nummer, l.del`, func(giver string, nr int, b []byte) {
		p := piece{giver: giver}
		if (nr == 0) != (giver != before) || nr > 0 && all[len(all)-1].giver != giver {
			t.Errorf("piece %d of the list of %q comes out of turn", nr, giver)
		}
		before = giver
		u := &unpacker{b: b, codes: codes}
		known := u.fixed(4)
		for len(u.b) > 0 && !u.bad && len(left[giver]) > 0 {
			head := left[giver][0]
			left[giver] = left[giver][1:]
			entry := &unpacker{b: []byte(u.text()), codes: codes}
			if entry.fixed(1) != head.id&255 || (head.flags&8 != 0) != (len(p.entries) == 0) {
				t.Errorf("an entry of the list of %q has another's head", giver)
			}
			p.entries = append(p.entries, head.String()+entry.entry())
			u.bad = u.bad || entry.bad || len(entry.b) > 0 || known > uint64(len(codes))+1
		}
		if n := len(p.entries); u.bad || len(u.b) > 0 || giver == "" || n == 0 || n > 2*64 {
			t.Errorf("a piece of the list of %q: damaged %v, %d entries", giver, u.bad || len(u.b) > 0, n)
		}
		all = append(all, p)
	})
	for giver, heads := range left {
		if len(heads) > 0 {
			t.Errorf("the list of %q has %d heads without entries", giver, len(heads))
		}
	}
	return all
}

// employees are persons as their rows in arbeidstakerliste tell of them, with their entries.
func employees(t *testing.T, db *sql.DB) (lines []string) {
	t.Helper()
	codes, parties := codesOf(t, db), map[uint64]string{}
	for _, row := range rows(t, db, `SELECT aktoer, slag || ':' || nummer AS hvem FROM aktoer`) {
		var id uint64
		var who string
		if _, err := fmt.Sscanf(row, "aktoer=%d hvem=%s", &id, &who); err != nil {
			t.Fatal(err)
		}
		parties[id] = who
	}
	packed(t, db, `SELECT coalesce(a.slag || ':' || a.nummer, ''), 0, l.dok FROM arbeidstakerliste l
		LEFT JOIN aktoer a USING (aktoer) ORDER BY a.slag, a.nummer`, func(taker string, _ int, b []byte) {
		u := &unpacker{b: b, codes: codes}
		line := taker + fmt.Sprintf(" %q %q %q %q %q %d %d", u.text(), u.text(), u.text(), u.text(), u.text(), u.number(), u.number())
		for len(u.b) > 0 {
			line += fmt.Sprintf(" {id=%d %d-%d flags=%d %s ", u.number(), u.fixed(4), u.fixed(4), u.number(), parties[u.number()])
			entry := &unpacker{b: []byte(u.text()), codes: codes}
			line += entry.content() + "}"
			u.bad = u.bad || entry.bad || len(entry.b) > 0
		}
		if u.bad || taker == "" {
			t.Errorf("the row of %q in arbeidstakerliste: damaged %v", taker, u.bad)
		}
		lines = append(lines, line)
	})
	for _, other := range rows(t, db, `SELECT f.arbeidsforhold_id AS id FROM arbeidsforhold f JOIN aktoer a ON a.aktoer = f.arbeidstaker
		LEFT JOIN arbeidstakerliste l ON l.aktoer = a.aktoer
		WHERE f.takernummer <> a.nummer OR f.takernavn <> a.navn OR a.slag = 2
			AND (l.nummer IS NOT CAST(a.nummer AS INTEGER) OR l.gradering <> a.gradering OR l.som_arbeidstaker <> a.som_arbeidstaker)`) {
		t.Errorf("an arbeidsforhold, or the row in arbeidstakerliste, tells of its arbeidstaker what aktoer does not: %s", other)
	}
	return lines
}

// packed reads rows of an employer, a number and packed bytes, whose checksum must be right.
func packed(t *testing.T, db *sql.DB, query string, visit func(giver string, nr int, b []byte)) {
	t.Helper()
	found, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer found.Close()
	for found.Next() {
		var giver string
		var nr int
		var b []byte
		if err := found.Scan(&giver, &nr, &b); err != nil {
			t.Fatal(err)
		}
		if len(b) < 8 || binary.LittleEndian.Uint32(b) != crc32.Checksum(b[4:], crc32.MakeTable(crc32.Castagnoli)) {
			t.Fatalf("row %d of the list of %q is damaged", nr, giver)
		}
		visit(giver, nr, b[4:])
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
}

// head is what is kept apart of an entry.
type head struct{ begynt, sluttet, id, flags uint64 }

func (h head) String() string {
	return fmt.Sprintf("begynt=%d sluttet=%d flags=%d id=%d ", h.begynt, h.sluttet, h.flags&7, h.id)
}

// headsOf are the heads of all lists, by employer, each in its order.
func headsOf(t *testing.T, db *sql.DB) map[string][]head {
	t.Helper()
	all := map[string][]head{}
	packed(t, db, `SELECT coalesce(a.slag || ':' || a.nummer, ''), h.rad & 65535, h.dok FROM arbeidsgiverhode h
		LEFT JOIN aktoer a ON a.aktoer = h.rad >> 16 ORDER BY a.slag, a.nummer, h.rad`, func(giver string, nr int, b []byte) {
		n := len(b) / 17
		if len(b) != 17*n || n > 1024 || (nr == 0) != (len(all[giver]) == 0) {
			t.Errorf("row %d of the heads of %q: %d bytes", nr, giver, len(b))
		}
		for i := range n {
			column := func(from, size int) uint64 { u := unpacker{b: b[n*from+i*size:]}; return u.fixed(size) }
			all[giver] = append(all[giver], head{column(0, 4), column(4, 4), column(8, 8), column(16, 1)})
		}
	})
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

// fixed is a number of so many bytes, the low one first.
func (u *unpacker) fixed(size int) (n uint64) {
	if len(u.b) < size {
		u.b, u.bad = nil, true
		return 0
	}
	for i := size - 1; i >= 0; i-- {
		n = n<<8 | uint64(u.b[i])
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

// entry is an entry of a list after its first byte: what stands in it, in its order.
func (u *unpacker) entry() string {
	return fmt.Sprintf("arbeidstaker=%q %q ", u.text(), u.text()) + u.content()
}

// content is what entries of both kinds of lists have.
func (u *unpacker) content() string {
	which := fmt.Sprintf("ID=%q bekreftet=%d type=%s ", u.text(), u.fixed(4), u.code())
	leaves := u.list(func() string {
		leave := fmt.Sprintf("%q %s %d-%d %s %s ", u.text(), u.code(), u.number(), u.number(), u.text(), u.code())
		return leave + u.list(func() string { return fmt.Sprintf("%q %s-%s", u.text(), u.text(), u.text()) })
	})
	agreements := u.list(func() string { return fmt.Sprintf("%d-%d %s %s", u.fixed(4), u.fixed(4), u.code(), u.text()) })
	return which + leaves + " " + agreements
}
