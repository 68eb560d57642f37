package store

import (
	"bytes"
	"strings"
	"testing"
)

// FuzzSortering: two names stand in the order of their whole keys, and what sorts alike is alike.
func FuzzSortering(f *testing.F) {
	seeds := []string{"", "a", "A", "aa", "å", "Å", "AA", "Aa", "e", "é", "É", "ee", "éé", "Hansen", "HANSEN", "Hänsen", "Hansén", "Berg-Dal", "Berg Dal", "ß", "ss",
		"æ", "ae", "\u0301", "e\u0301\u0323", "ǆ", "\x00", "a\x00b", "a\tb", "각", "\U0001F600", "１", "1", strings.Repeat("ab", 70)}
	for _, a := range seeds {
		for _, b := range seeds {
			f.Add(a, b)
		}
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		want, got := bytes.Compare(sortKey(a), sortKey(b)), bytes.Compare(sortering(a), sortering(b))
		if got != want {
			t.Fatalf("%q against %q: %d, whole keys: %d", a, b, got, want)
		}
		want, got = bytes.Compare(sortKey(a, b), sortKey(b, a)), bytes.Compare(sortering(a, b), sortering(b, a))
		if got != want {
			t.Fatalf("%q, %q against the other way round: %d, whole keys: %d", a, b, got, want)
		}
	})
}

func TestSorteringIsShort(t *testing.T) {
	if whole, short := sortKey("NORDLYS BYGG OG ANLEGG AS"), sortering("NORDLYS BYGG OG ANLEGG AS"); len(short) > len(whole)*2/3 {
		t.Errorf("%d bytes of %d", len(short), len(whole))
	}
}
