package store

import "encoding/binary"

// peker reads what pakker wrote, like utpakker, but tells where the parts stand and writes no pointers: for each entry of a
// long list, while Go looks for garbage, that costs more than all the rest.
type peker struct {
	s       string
	i       int
	damaged bool
}

func (p *peker) number() uint64 {
	if p.i < len(p.s) && p.s[p.i] < 0x80 { // as nearly all are
		p.i++
		return uint64(p.s[p.i-1])
	}
	return p.longNumber()
}

func (p *peker) longNumber() (n uint64) {
	for shift := 0; p.i < len(p.s) && shift < 7*binary.MaxVarintLen64; shift += 7 {
		c := p.s[p.i]
		p.i++
		n |= uint64(c&0x7f) << shift
		if c < 0x80 {
			return n
		}
	}
	p.i, p.damaged = len(p.s), true
	return 0
}

// part is where a text stands that has its length before it.
func (p *peker) part() (start, end int) {
	var n uint64
	if at := p.i; at < len(p.s) && p.s[at] < 0x80 { // number, here in one: most of an entry are texts
		n, start = uint64(p.s[at]), at+1
	} else {
		n = p.longNumber()
		start = p.i
	}
	if n > uint64(len(p.s)-start) {
		p.i, p.damaged = len(p.s), true
		return 0, 0
	}
	p.i = start + int(n)
	return start, p.i
}

func (p *peker) text() string {
	start, end := p.part()
	return p.s[start:end]
}
