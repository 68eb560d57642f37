package products

import (
	"fmt"
	"strings"
	"testing"

	"aareg/store"
)

// What is put together where it stands in an answer is what the register's own type makes of it.

// leaf is the text of one leaf.
func leaf(t *testing.T, write func(*Svar)) string {
	t.Helper()
	written := gjennom(nil, write)
	_, text, found := strings.Cut(written, ">")
	text, tag, closed := strings.Cut(text, "<")
	if !found || !closed || !strings.HasPrefix(written, "<"+strings.TrimPrefix(tag, "/")) {
		t.Fatalf("%q is no leaf", written)
	}
	return text
}

func TestDatesAreThoseOfTheRegister(t *testing.T) {
	for d := store.Dato(18991231); d < 21010101; d = d.AddDays(1) {
		got := [...]string{leaf(t, func(s *Svar) { s.Dato(tagFom, d) }), leaf(t, func(s *Svar) { s.NorskDato(tagFom, d) }),
			leaf(t, func(s *Svar) { s.Maaned(tagFom, store.Maaned(d/100)) })}
		want := [...]string{string(d.AppendISO(nil)), string(d.AppendNorsk(nil)), string(store.Maaned(d / 100).AppendISO(nil))}
		if got != want {
			t.Errorf("%v, want %v", got, want)
		}
	}
}

func TestComputedHoursAreThoseOfTheRegister(t *testing.T) {
	numbers := []store.Desimal{"", "0.0", "0.005", "0.01", "0.05", "0.5", "1.0", "12.345", "33.33", "37.5", "35.5", "66.67", "99.99", "100.0", "168.0",
		"999999.99", "12345678.9", "123456789.0", "0.00000001", "-5.0", "12345678901234567890.5"}
	for percent := range 150 {
		numbers = append(numbers, store.Desimal(fmt.Sprintf("%d.%d", percent, percent*7%100)))
	}
	for _, hours := range numbers {
		for _, percent := range numbers {
			d := store.Ansettelsesdetaljer{AntallTimerPrUke: hours, AvtaltStillingsprosent: percent}
			if got, want := leaf(t, func(s *Svar) { writeBeregnedeTimer(s, &d) }), d.BeregnedeTimer(); got != string(want) {
				t.Errorf("%s of %s hours: %s, want %s", percent, hours, got, want)
			}
		}
	}
	reported := store.Ansettelsesdetaljer{AntallTimerPrUke: "37.5", AvtaltStillingsprosent: "100.0", BeregnetAntallTimerPrUke: "12.125"}
	if got := leaf(t, func(s *Svar) { writeBeregnedeTimer(s, &reported) }); got != "12.125" {
		t.Errorf("reported 12.125 hours, written %s", got)
	}
}

func TestNamesAreThoseOfTheRegister(t *testing.T) {
	parts := []string{"", " ", "Moe", "Å", " van  der\tBerg ", "Moe\u00a0Dal", "\u2003", "A\xff"}
	for _, e := range parts {
		for _, f := range parts {
			for _, m := range parts {
				n := store.Navn{Etternavn: e, Fornavn: f, Mellomnavn: m}
				got := gjennom(nil, func(s *Svar) { s.efnavn(tagNavn, &n) })
				if want := gjennom(nil, func(s *Svar) { s.Text(tagNavn, n.Efnavn()) }); got != want {
					t.Errorf("%q: %q, want %q", n, got, want)
				}
			}
		}
	}
}

func TestAddressLinesAreThoseOfTheRegister(t *testing.T) {
	all := []string{"Storgata 1", "", "c/o Sørli & Sønn", "4. etasje", "inngang B", ""}
	for n := range len(all) + 1 {
		a := store.Adresse{Linjer: all[:n]}
		for line := 1; line <= 3; line++ {
			got := gjennom(nil, func(s *Svar) { s.linje(tagNavn, &a, line) })
			if want := gjennom(nil, func(s *Svar) { s.Text(tagNavn, a.Linje(line)) }); got != want {
				t.Errorf("line %d of %d: %s, want %s", line, n, got, want)
			}
		}
	}
}

// TestLeavesAndLayOffsAreInTheOrderOfTheRegister draws two lists that are in order, of days that they share.
func TestLeavesAndLayOffsAreInTheOrderOfTheRegister(t *testing.T) {
	for draw := range 1 << 10 {
		var a store.Arbeidsforhold
		for day := range 5 {
			p := store.Permisjon{ID: fmt.Sprint(day), Startdato: store.Dato(20240105 - day)}
			for list, into := range []*[]store.Permisjon{&a.Permisjoner, &a.Permitteringer} {
				if draw>>(2*day+list)&1 == 1 {
					p.ID += "abc"[list : list+1]
					*into = append(*into, p, p)
				}
			}
		}
		got := gjennom(nil, func(s *Svar) { writePermisjonOgPermittering(s, a.Permisjoner, a.Permitteringer) })
		want := gjennom(nil, func(s *Svar) { writePermisjonOgPermittering(s, a.PermisjonerOgPermitteringer(), nil) })
		if got != want {
			t.Errorf("permisjoner %v, permitteringer %v:\n%s, want\n%s", a.Permisjoner, a.Permitteringer, got, want)
		}
	}
}

func TestTagThatIsTooLongStopsTheProgram(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a tag longer than its room was made")
		}
	}()
	NewTag(strings.Repeat("a", markupSize-len("</>")+1))
}
