package soap

import "crypto/rand"

// merke is bytes as letters, two each. Hexadecimal digits would now and then have eleven digits in a row, and base32 a name
// between two digits, which whoever searches logs and addresses for persons must take for one.
func merke(b []byte) string {
	const letters = "bcdfghjkmnpqrstv" // of which no words are made
	text := make([]byte, 0, 2*len(b))
	for _, c := range b {
		text = append(text, letters[c>>4], letters[c&15])
	}
	return string(text)
}

// Tilfeldig is so many bytes drawn at random, as letters, two each: what stands in logs, faults and addresses for something
// that has no name there. 16 are enough for what nobody may guess.
func Tilfeldig(bytes int) string {
	b := make([]byte, bytes)
	rand.Read(b) // never fails
	return merke(b)
}
