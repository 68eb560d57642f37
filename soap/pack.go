package soap

import (
	"encoding/binary"
	"hash/crc32"
	"math/bits"
	"slices"
)

// A general compressor spends most of its time on a short answer with finding out which code suits it: for 3 KB as long
// as everything else that the question takes. All answers are made of the same tags, so here the code is made once.
// The format is gzip (RFC 1952) around one block of deflate (RFC 1951) with that code written before it.

const (
	maxPacked   = 64<<10 - 1 // bytes of what is packed: a position fits into 16 bits
	minMatch    = 4          // bytes that are worth pointing back at
	maxMatch    = 258
	maxDistance = 32 << 10
	endOfBlock  = 256
	hashBits    = 12
)

// packer is what packing needs memory for.
type packer struct {
	// where is behind the first byte of the latest text with a hash; 0 for none.
	where [1 << hashBits]uint16
}

// pack appends text, which is at most maxPacked bytes, as a gzip file.
func (p *packer) pack(to, text []byte) []byte {
	clear(p.where[:])
	w := bitWriter{out: append(to, "\x1f\x8b\x08\x00\x00\x00\x00\x00\x04\xff"...)}
	w.grow(len(packCode.header)*8 + (len(text)+1)*maxCode)
	for _, c := range packCode.header {
		w.put(uint64(c.bits), c.n)
	}
	p.block(&w, text)
	b := binary.LittleEndian.AppendUint32(w.end(), crc32.ChecksumIEEE(text))
	return binary.LittleEndian.AppendUint32(b, uint32(len(text)))
}

// block writes what of the text stood there before as a length and a distance back, and the rest byte for byte.
func (p *packer) block(w *bitWriter, text []byte) {
	at := 0
	for at+minMatch <= len(text) {
		four := binary.LittleEndian.Uint32(text[at:])
		hash := hashOf(four)
		from := int(p.where[hash]) - 1
		p.where[hash] = uint16(at + 1)
		if from < 0 || at-from > maxDistance || binary.LittleEndian.Uint32(text[from:]) != four {
			c := packCode.literal[text[at]]
			w.put(uint64(c.bits), c.n)
			at++
			continue
		}
		length := alike(text[from:], text[at:])
		w.put(back(length, at-from))
		at += length
		if at+minMatch <= len(text)+1 {
			p.where[hashOf(binary.LittleEndian.Uint32(text[at-1:]))] = uint16(at) // so that what follows is found too
		}
	}
	for ; at < len(text); at++ {
		c := packCode.literal[text[at]]
		w.put(uint64(c.bits), c.n)
	}
	c := packCode.literal[endOfBlock]
	w.put(uint64(c.bits), c.n)
}

// back is what points back at text of a length at a distance: at most 48 bits.
func back(length, distance int) (bits uint64, n uint8) {
	symbol, extra := distanceCode(distance)
	l, d := packCode.length[length-3], packCode.distance[symbol]
	lower := uint64(distance-1) & (1<<extra - 1)
	return uint64(l.bits) | uint64(d.bits)<<l.n | lower<<(l.n+d.n), l.n + d.n + uint8(extra)
}

// alike is how many bytes two texts have in common at their beginning, of which there are minMatch, and maxMatch at most.
// The later one is the shorter.
func alike(earlier, later []byte) int {
	later = later[:min(len(later), maxMatch)]
	n := minMatch
	for ; n+8 <= len(later); n += 8 {
		if differ := binary.LittleEndian.Uint64(earlier[n:]) ^ binary.LittleEndian.Uint64(later[n:]); differ != 0 {
			return n + bits.TrailingZeros64(differ)/8
		}
	}
	for n < len(later) && earlier[n] == later[n] {
		n++
	}
	return n
}

func hashOf(four uint32) uint32 { return four * 0x9E3779B1 >> (32 - hashBits) }

// distanceCode is the symbol of a distance, and how many of its lower bits less one follow (RFC 1951 section 3.2.5).
func distanceCode(distance int) (code, extra int) {
	if distance <= 4 {
		return distance - 1, 0
	}
	extra = bits.Len(uint(distance-1)) - 2
	return 2*extra + (distance-1)>>extra, extra
}

// bitWriter writes bits, the lowest first.
type bitWriter struct {
	out  []byte
	bits uint64
	n    uint // how many of them wait, at most 7
}

// grow makes room for so many bits more.
func (w *bitWriter) grow(n int) { w.out = slices.Grow(w.out, n/8+16) }

// put writes at most 48 bits, for which there is room: all eight bytes each time, and goes on behind the whole ones.
func (w *bitWriter) put(bits uint64, n uint8) {
	w.bits |= bits << w.n
	w.n += uint(n)
	at := len(w.out)
	binary.LittleEndian.PutUint64(w.out[at:at+8], w.bits)
	w.out = w.out[:at+int(w.n/8)]
	w.bits >>= w.n &^ 7
	w.n &= 7
}

// end is all that was written, and the last byte filled up.
func (w *bitWriter) end() []byte {
	if w.n > 0 {
		return append(w.out, byte(w.bits))
	}
	return w.out
}
