package logg

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"aareg/store/sqlite"
)

// Anker is the head of the chain at a moment, to be kept where those who can write the log cannot: a log that was cut
// or made anew after it does not hold it any more, whoever has the key.
type Anker struct {
	Nr    int64    // of the newest row, 0 in a log that has none yet
	Kjede [32]byte // chain hash of that row
	Tid   time.Time
}

var errAnker = errors.New("an anchor is a row number, 64 hexadecimal digits and a time (RFC 3339), with one space between")

// MarshalText is the anchor as one line of a file, without its end: row number, chain hash in hexadecimal digits, and
// when it was taken (RFC 3339, UTC, milliseconds), with a space between.
func (a Anker) MarshalText() ([]byte, error) {
	return fmt.Appendf(nil, "%d %x %s", a.Nr, a.Kjede, a.Tid.UTC().Format("2006-01-02T15:04:05.000Z07:00")), nil
}

// UnmarshalText reads what MarshalText writes; blanks around it do not matter.
func (a *Anker) UnmarshalText(line []byte) error {
	words := strings.Fields(string(line))
	if len(words) != 3 || len(words[1]) != hex.EncodedLen(len(a.Kjede)) {
		return errAnker
	}
	var read Anker
	var err error
	if read.Nr, err = strconv.ParseInt(words[0], 10, 64); err != nil || read.Nr < 0 {
		return errAnker
	}
	if _, err = hex.Decode(read.Kjede[:], []byte(words[1])); err != nil {
		return errAnker
	}
	if read.Tid, err = time.Parse(time.RFC3339, words[2]); err != nil {
		return errAnker
	}
	*a = read
	return nil
}

// Anker is the head of the log as it stands on disk, whoever wrote it. It is an error when the head does not verify.
func (l *Logg) Anker(ctx context.Context) (Anker, error) {
	var p punkt
	err := l.les(ctx, func(c *sqlite.Conn) (err error) {
		p, err = lesPunkt(c, l.noekkel, hode)
		return err
	})
	if err != nil {
		return Anker{}, fmt.Errorf("anchor of the audit log: %w", err)
	}
	return Anker{Nr: p.nr, Kjede: p.kjede, Tid: l.naa().UTC().Truncate(time.Millisecond)}, nil
}
