package soap

import "math/bits"

// The lengths of the codes in bits, a hexadecimal digit each: for the 256 bytes, the end of the block and the 29 lengths
// of what is pointed back at, and for the 30 distances. They are Huffman's for how often each comes when the answers of the
// conformance suite are packed, with a quarter of a time for those that never do. For other texts they are only less good.
const (
	literalLengths = "cccccccccccccccccccccccccccccccc6c7acccccccba77566678888877c4859c78a989a98a88888ac98898b9acccccb" +
		"c5885476858656556c55577878bcccccccccccccccccccccccccccccccccccccccccccbccccccccccccccccccccccccc" +
		"ccc9ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccac566666767898999bbccccccccccb"
	distanceLengths = "aaaaaa443444444445454568aaaaaa"
	// maxCode is more bits than any byte takes, also as a part of what is pointed back at.
	maxCode = 12
)

// bitCode is some bits, the one that is written first the lowest.
type bitCode struct {
	bits uint32
	n    uint8
}

// code is what a packer writes for what.
type code struct {
	header   []bitCode    // tells a reader the code; the first three bits begin the only block
	literal  [286]bitCode // a byte, or endOfBlock
	length   [256]bitCode // of a length less 3, with its lower bits
	distance [30]bitCode  // of distanceCode
}

var packCode = newCode()

func newCode() *code {
	literals, distances := digits(literalLengths), digits(distanceLengths)
	c := &code{header: headerOf(literals, distances),
		literal: [286]bitCode(canonical(literals)), distance: [30]bitCode(canonical(distances))}
	for i := range c.length {
		symbol, extra := 257+28, 0 // the longest has a symbol of its own
		if i < 255 {
			symbol, extra = lengthCode(i)
		}
		s := c.literal[symbol]
		c.length[i] = bitCode{s.bits | uint32(i&(1<<extra-1))<<s.n, s.n + uint8(extra)}
	}
	return c
}

// lengthCode is the symbol of a length less 3, and how many of its lower bits follow (RFC 1951 section 3.2.5).
func lengthCode(length int) (symbol, extra int) {
	if length < 8 {
		return 257 + length, 0
	}
	extra = bits.Len(uint(length)) - 3
	return 257 + 4*extra + length>>extra, extra
}

func digits(text string) []uint8 {
	values := make([]uint8, len(text))
	for i := range text {
		values[i] = text[i] - '0'
		if text[i] >= 'a' {
			values[i] = text[i] - 'a' + 10
		}
	}
	return values
}

// canonical is the code with these lengths (RFC 1951 section 3.2.2).
func canonical(lengths []uint8) []bitCode {
	codes := make([]bitCode, len(lengths))
	next := uint32(0)
	for n := uint8(1); n <= 15; n++ {
		next <<= 1
		for symbol, length := range lengths {
			if length == n {
				codes[symbol] = bitCode{bits.Reverse32(next) >> (32 - n), n}
				next++
			}
		}
	}
	return codes
}

// repeated is the symbol for a length that comes 3 to 6 times again.
const repeated = 16

// headerOf is a last block's beginning with the lengths of its codes (RFC 1951 section 3.2.7). The lengths themselves
// are coded with 4 bits, and what does not come among them with 5.
func headerOf(literals, distances []uint8) []bitCode {
	ofLengths := make([]uint8, 19)
	for symbol := range ofLengths {
		ofLengths[symbol] = 4
		if symbol < 3 || symbol > repeated || symbol == 15 {
			ofLengths[symbol] = 5
		}
	}
	header := []bitCode{{1, 1}, {2, 2}, {uint32(len(literals) - 257), 5}, {uint32(len(distances) - 1), 5}, {19 - 4, 4}}
	for _, symbol := range [...]int{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15} {
		header = append(header, bitCode{uint32(ofLengths[symbol]), 3})
	}
	codes := canonical(ofLengths)
	for _, lengths := range [][]uint8{literals, distances} {
		for at := 0; at < len(lengths); {
			header = append(header, codes[lengths[at]])
			again := 0
			for at++; at < len(lengths) && again < 6 && lengths[at] == lengths[at-1]; at++ {
				again++
			}
			if again < 3 {
				at -= again
				continue
			}
			header = append(header, codes[repeated], bitCode{uint32(again - 3), 2})
		}
	}
	return header
}
