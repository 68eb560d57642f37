package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/store/sqlite"
)

var proevetabell = newStykketabell("personliste")

// lesListe reads a whole list as a question does.
func lesListe(t *testing.T, tx *Tx, liste int64) (poster []stykkepost, merker []uint64) {
	t.Helper()
	var leser stykkeleser
	err := tx.each(proevetabell.les, []any{liste << 16}, func(row *sqlite.Stmt) error {
		merker = append(merker, uint64(row.Int64(1)))
		leser.begynn(row.Bytes(2))
		for leser.next() {
			post := leser.post()
			id, pakke := leser.bevart(new(tekstlager))
			if id != string(post.id) || pakke != string(post.pakke) {
				t.Fatalf("kept: %q, %q; read: %q, %q", id, pakke, post.id, post.pakke)
			}
			poster = append(poster, post)
		}
		return leser.err
	})
	if err != nil {
		t.Fatal(err)
	}
	return poster, merker
}

// tilfeldigPost is an entry with much or little in common with others.
func tilfeldigPost(r *rand.Rand, n int) stykkepost {
	sortering := bytes.Repeat([]byte{byte(r.IntN(3))}, r.IntN(4))
	return stykkepost{append(sortering, byte(r.IntN(3))), fmt.Appendf(nil, "%06d", n), 1 << r.IntN(20), make([]byte, r.IntN(200))}
}

func likePoster(p, q stykkepost) bool {
	return p.compare(&q) == 0 && p.merke == q.merke && bytes.Equal(p.pakke, q.pakke)
}

var alleFelt = cmp.AllowUnexported(stykkepost{}, stykkehode{})

// proevd is a list in pieces, and what it must be.
type proevd struct {
	t     *testing.T
	rnd   *rand.Rand
	liste int64
	want  []stykkepost
	next  int
}

// skriv writes the list whole.
func (p *proevd) skriv(tx *Tx) error {
	for p.next < int(p.liste)*80 {
		p.want = append(p.want, tilfeldigPost(p.rnd, p.next))
		p.next++
	}
	slices.SortFunc(p.want, comparePoster)
	var hode stykkehode
	skriver := stykkeskriver{tx: tx, tabell: &proevetabell, ferdig: func(_ int64, h stykkehode) error { hode = h; return nil }}
	for i := range p.want {
		if err := skriver.add(p.liste, &p.want[i]); err != nil {
			return err
		}
	}
	if err := skriver.flush(); err != nil {
		return err
	}
	p.compare(tx, hode)
	return nil
}

// endre takes at most few entries out, puts at most few in, and changes one where it stands.
func (p *proevd) endre(tx *Tx, few int) error {
	var gone, added []stykkepost
	for range min(p.rnd.IntN(few+1), len(p.want)) {
		i := p.rnd.IntN(len(p.want))
		gone, p.want = append(gone, p.want[i]), slices.Delete(p.want, i, i+1)
	}
	for range p.rnd.IntN(few + 1) {
		added = append(added, tilfeldigPost(p.rnd, p.next))
		p.next++
	}
	if len(gone) > 0 {
		changed := gone[0]
		changed.pakke, changed.merke = []byte("endret"), 1<<21
		added = append(added, changed)
	}
	p.want = append(p.want, added...)
	slices.SortFunc(p.want, comparePoster)
	hode, err := tx.repairStykker(&proevetabell, p.liste, gone, added)
	if err == nil {
		p.compare(tx, hode)
	}
	return err
}

// compare compares the list, its head, and the marks of its pieces with what they must be.
func (p *proevd) compare(tx *Tx, hode stykkehode) {
	p.t.Helper()
	got, merker := lesListe(p.t, tx, p.liste)
	if !slices.EqualFunc(p.want, got, likePoster) {
		p.t.Fatalf("list %d (-want +got):\n%s", p.liste, cmp.Diff(p.want, got, alleFelt))
	}
	var want stykkehode
	for _, post := range p.want {
		want.add(post.merke, post.sortering)
	}
	if diff := cmp.Diff(want, hode, alleFelt); diff != "" {
		p.t.Errorf("list %d, head (-want +got):\n%s", p.liste, diff)
	}
	var both uint64
	for _, m := range merker {
		both |= m
	}
	if both != hode.merke || len(merker) > len(got) {
		p.t.Errorf("list %d: %d pieces of %d entries, marks %x, of the list %x", p.liste, len(merker), len(got), both, hode.merke)
	}
}

func TestAListInPiecesIsWhatItsChangesMakeOfIt(t *testing.T) {
	s := newStore(t)
	for liste := range int64(6) {
		p := &proevd{t: t, rnd: rand.New(rand.NewPCG(7, uint64(liste))), liste: liste}
		update(t, s, p.skriv)
		for round := range 24 {
			update(t, s, func(tx *Tx) error { return p.endre(tx, []int{1, 3, 40, 1000}[round%4]) })
		}
	}
}

// stykkeAv is a piece of some entries.
func stykkeAv(n int) []byte {
	r := rand.New(rand.NewPCG(1, uint64(n)))
	var s stykke
	s.begynn()
	for i := range n {
		p := tilfeldigPost(r, i)
		s.add(&p)
	}
	return s.dok()
}

func TestAnEntryThatIsNotThereCannotGo(t *testing.T) {
	s := newStore(t)
	r := rand.New(rand.NewPCG(2, 2))
	update(t, s, func(tx *Tx) error {
		if _, err := tx.repairStykker(&proevetabell, 1, nil, []stykkepost{tilfeldigPost(r, 1)}); err != nil {
			return err
		}
		if _, err := tx.repairStykker(&proevetabell, 1, []stykkepost{tilfeldigPost(r, 2)}, nil); !errors.Is(err, errDok) {
			t.Errorf("the list said nothing of it: %v", err)
		}
		return nil
	})
}

func TestOneWrongBitInAPieceIsNoticed(t *testing.T) {
	dok := stykkeAv(5)
	var leser stykkeleser
	for bit := range 8 * len(dok) {
		dok[bit/8] ^= 1 << (bit % 8)
		leser.begynn(dok)
		if leser.next() || !errors.Is(leser.err, errDok) {
			t.Fatalf("bit %d: %v", bit, leser.err)
		}
		dok[bit/8] ^= 1 << (bit % 8)
	}
	n := 0
	for leser.begynn(dok); leser.next(); n++ {
	}
	if n != 5 || leser.err != nil {
		t.Errorf("%d entries of 5: %v", n, leser.err)
	}
}

func FuzzStykke(f *testing.F) {
	f.Add(stykkeAv(3)[kontrollsum:])
	f.Fuzz(func(t *testing.T, poster []byte) {
		dok := append(binary.LittleEndian.AppendUint32(nil, crc32.Checksum(poster, castagnoli)), poster...)
		var leser stykkeleser
		leser.begynn(dok)
		for leser.next() {
			if id, pakke := leser.bevart(new(tekstlager)); id != leser.id() || pakke != leser.pakke() {
				t.Errorf("kept: %q, %q; read: %q, %q", id, pakke, leser.id(), leser.pakke())
			}
		}
		if leser.err != nil && !errors.Is(leser.err, errDok) {
			t.Error(leser.err)
		}
	})
}
