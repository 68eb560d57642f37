package kilder

import (
	"bytes"
	"io"
)

// linjeteller counts lines as they are read, and tells the line of a place that lies a little behind.
type linjeteller struct {
	r     io.Reader
	lest  int64   // bytes read
	skift []int64 // the places of line ends that nobody has asked beyond yet
	linje int     // the line before the first of them
}

func (l *linjeteller) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	for at := 0; ; at++ {
		next := bytes.IndexByte(p[at:n], '\n')
		if next < 0 {
			break
		}
		at += next
		l.skift = append(l.skift, l.lest+int64(at))
	}
	l.lest += int64(n)
	return n, err
}

// linjeVed is the line of the place after so many bytes. Places must be asked for in order.
func (l *linjeteller) linjeVed(place int64) int {
	passed := 0
	for passed < len(l.skift) && l.skift[passed] < place {
		passed++
	}
	l.linje += passed
	l.skift = append(l.skift[:0], l.skift[passed:]...)
	return l.linje
}
