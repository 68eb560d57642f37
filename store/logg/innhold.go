package logg

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	jsonv2 "github.com/go-json-experiment/json"
)

// form1 is the form of a row's content: this byte, and the row as JSON without its number. Its persons stand beside it,
// rising, each as the difference to the one before, as varints (encoding/binary).
const form1 = 1

// personTak is above every person's number.
const personTak = 100_000_000_000

// slagene are the kinds of rows that there are.
var slagene = []Slag{Svar, Innlogging, Eksport, Uttrekk, Sletting, Innsyn}

var (
	errTid      = errors.New("row without a time")
	errSlag     = errors.New("row of a kind that there is not")
	errPerson   = errors.New("a person's number is out of range")
	errForm     = errors.New("content in a form that is not known")
	errPersoner = errors.New("packed persons are damaged")
)

// post is a row as it is stored, but for its place in the chain.
type post struct {
	tid      int64 // Unix milliseconds
	innhold  []byte
	personer []byte
	avtrykk  [sha256.Size]byte // of both
}

// size is how many bytes it writes, about.
func (p *post) size() int { return len(p.innhold) + len(p.personer) }

// utenNr is a row's content as JSON.
type utenNr struct {
	*Rad
	Nr int64 `json:"nr,omitempty"` // hides Rad's, and is never set
}

// lagPost makes the stored form of a row, the same bytes for the same row.
func lagPost(r *Rad) (post, error) {
	if r.Tid.IsZero() {
		return post{}, errTid
	}
	if !slices.Contains(slagene, r.Slag) {
		return post{}, errSlag
	}
	rad := *r
	rad.Tid = r.Tid.UTC().Truncate(time.Millisecond)
	text, err := json.Marshal(utenNr{Rad: &rad})
	if err != nil {
		return post{}, fmt.Errorf("row: %w", err)
	}
	p := post{tid: rad.Tid.UnixMilli(), innhold: make([]byte, 0, 1+len(text))}
	p.innhold = append(append(p.innhold, form1), text...)
	if p.personer, err = pakk(r.Personer); err != nil {
		return post{}, err
	}
	p.avtrykk = avtrykk(p.innhold, p.personer)
	return p, nil
}

// avtrykk is the digest of a row's content and persons.
func avtrykk(innhold, personer []byte) [sha256.Size]byte {
	h := sha256.New()
	h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(innhold))))
	h.Write(innhold)
	h.Write(personer)
	return [sha256.Size]byte(h.Sum(nil))
}

// lesRad is the row of a stored form.
func lesRad(nr int64, innhold, personer []byte) (*Rad, error) {
	r := &Rad{}
	if err := lesInnhold(innhold, r); err != nil {
		return nil, fmt.Errorf("row %d: %w", nr, err)
	}
	r.Nr = nr
	var err error
	if r.Personer, err = pakkUt(personer); err != nil {
		return nil, fmt.Errorf("row %d: %w", nr, err)
	}
	return r, nil
}

func lesInnhold(innhold []byte, r *Rad) error {
	if len(innhold) == 0 || innhold[0] != form1 {
		return errForm
	}
	if jsonv2.Unmarshal(innhold[1:], r) != nil { // half the time of encoding/json
		return errForm // what is wrong with it may hold a value
	}
	return nil
}

// tidAv is the time of a row, which its JSON begins with, without reading the rest.
func tidAv(innhold []byte) (time.Time, error) {
	rest, ok := bytes.CutPrefix(innhold, tidMerke)
	text, _, quoted := bytes.Cut(rest, []byte(`"`))
	tid, err := time.Parse(time.RFC3339, string(text))
	if !ok || !quoted || err != nil {
		return time.Time{}, errForm
	}
	return tid, nil
}

var tidMerke = append([]byte{form1}, `{"tid":"`...)

// felt is what a row's JSON holds if and only if the member has that value, as long as the value is not left out for
// being zero: it is written here and nowhere else, and a quote within a value is escaped.
func felt(navn string, verdi any) []byte {
	text, err := json.Marshal(verdi)
	if err != nil {
		panic(err) // of a string, a number or a boolean
	}
	return fmt.Appendf(nil, `"%s":%s`, navn, text)
}

// pakk packs persons' numbers; they come in any order and may repeat.
func pakk(personer []uint64) ([]byte, error) {
	if !slices.IsSorted(personer) {
		personer = slices.Clone(personer)
		slices.Sort(personer)
	}
	if n := len(personer); n > 0 && personer[n-1] >= personTak {
		return nil, errPerson
	}
	packed := make([]byte, 0, 6+4*len(personer))
	var last uint64
	for i, p := range personer {
		if i > 0 && p == last {
			continue
		}
		packed = binary.AppendUvarint(packed, p-last)
		last = p
	}
	return packed, nil
}

// pakkUt is the persons' numbers of a row, rising; nil when it has none.
func pakkUt(packed []byte) ([]uint64, error) {
	var personer []uint64
	err := hver(packed, func(p uint64) {
		if personer == nil {
			personer = make([]uint64, 0, 1+len(packed)/3)
		}
		personer = append(personer, p)
	})
	return personer, err
}

// hver visits the persons of a row.
func hver(packed []byte, visit func(uint64)) error {
	var last uint64
	for first := true; len(packed) > 0; first = false {
		delta, n := binary.Uvarint(packed)
		if n <= 0 || delta >= personTak || last+delta >= personTak || delta == 0 && !first {
			return errPersoner
		}
		last += delta
		visit(last)
		packed = packed[n:]
	}
	return nil
}
