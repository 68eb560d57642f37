package store

import (
	"bytes"
	"encoding/binary"
	"math"
)

// sortering is sortKey in fewer bytes, in the same order. A key has three levels, split by two zero bytes: letters, accents
// and case. Of most names the second is the weight of "no accent" for each letter, two bytes: these are counted instead.
func sortering(parts ...string) []byte {
	const plain, accented = 1, 2 // no weight is below that of no accent, so names without any come first, shorter ones before longer
	key := sortKey(parts...)
	kasus := bytes.LastIndexByte(key, 0) + 1 // no weight of case is 0
	fra, til := kasus-2, kasus-2
	for fra >= 2 && key[fra-2]|key[fra-1] != 0 {
		fra -= 2
	}
	letters := (til - fra) / 2
	if letters > math.MaxUint16 || !bytes.Equal(key[fra:til], bytes.Repeat([]byte{0, utenAksent}, letters)) {
		return bytes.Join([][]byte{key[:fra], {accented}, key[fra:]}, nil)
	}
	short := binary.BigEndian.AppendUint16(append(key[:fra:fra], plain), uint16(letters))
	return append(short, key[kasus:]...)
}

// utenAksent is the second weight of a letter without an accent.
const utenAksent = 0x20
