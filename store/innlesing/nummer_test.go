package innlesing_test

import (
	"fmt"
	"testing"

	"aareg/store"
)

// fnr is the n-th synthetic foedselsnummer, month + 80, of somebody born in 1950 to 1989.
func fnr(t *testing.T, n int) string {
	t.Helper()
	stem := fmt.Sprintf("%02d%02d%02d%03d", 1+n%28, 81+n/28%12, 50+n/336%40, 100+n%300)
	for check := range 100 {
		s := fmt.Sprintf("%s%02d", stem, check)
		if store.ValidFoedselsnr(s) {
			return s
		}
	}
	return fnr(t, n+1_000_000)
}

// orgnr is the n-th synthetic organisasjonsnummer.
func orgnr(t *testing.T, n int) string {
	t.Helper()
	for check := range 10 {
		if s := fmt.Sprintf("%08d%d", 21_500_000+n, check); store.ValidOrgnr(s) {
			return s
		}
	}
	return orgnr(t, n+100_000)
}

func uuid(n int) string { return fmt.Sprintf("5b1c0000-aa01-4bcd-8e00-%012d", n) }
