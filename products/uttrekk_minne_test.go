package products

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"testing"

	"aareg/store"
)

// storeArbeidsgivere is a register in a file with employers of so many arbeidsforhold.
func storeArbeidsgivere(t *testing.T, sizes map[string]int) *store.Store {
	t.Helper()
	s, err := store.Create(filepath.Join(t.TempDir(), "register"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	err = s.Update(context.Background(), func(tx *store.Tx) error {
		id := 0
		for orgnr, n := range sizes {
			for i := range n {
				id++
				a := store.Arbeidsforhold{ArbeidsforholdId: int64(id), ID: fmt.Sprintf("VS-%d", id), Type: store.Kodeverdi{Kode: "ordinaertArbeidsforhold"},
					Arbeidstaker: store.Part{Type: "Person", Ident: fmt.Sprintf("0181%07d", i)}, Arbeidssted: store.Part{Type: "Underenhet", Ident: orgnr},
					Ansettelsesperiode: store.Ansettelsesperiode{Startdato: store.Dato(20150101).AddDays(i % 3000)},
					Ansettelsesdetaljer: []store.Ansettelsesdetaljer{{Type: "Ordinaer", Yrke: store.Kodeverdi{Kode: "5221126", Beskrivelse: "BUTIKKMEDARBEIDER"},
						AntallTimerPrUke: "37.5", AvtaltStillingsprosent: "100.0"}}}
				if err := tx.PutArbeidsforhold(&a); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// liveHeap is what is in use after all garbage is gone.
func liveHeap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// TestMemoryDoesNotGrowWithTheExtract: five times as many arbeidsforhold need no more of it, whatever the format.
func TestMemoryDoesNotGrowWithTheExtract(t *testing.T) {
	if testing.Short() {
		t.Skip("makes a register of 120,000 arbeidsforhold")
	}
	const liten, stor = 20_000, 100_000
	s := storeArbeidsgivere(t, map[string]int{"210004114": liten, "210003118": stor})
	for endelse, form := range formene {
		grown := map[int]uint64{}
		for orgnr, size := range map[string]int{"210004114": liten, "210003118": stor} {
			before, most, parts := liveHeap(), uint64(0), 0
			u := konto(func(del Uttrekksdel) error {
				if parts++; parts%10 == 0 {
					most = max(most, liveHeap())
				}
				return nil
			})
			u.Form, u.Arbeidsgiver = form, orgnr
			sum, err := u.Skriv(t.Context(), s, demosyn, io.Discard)
			if err != nil || sum.Antall != size || parts < size/delPoster {
				t.Fatalf("%s: %d arbeidsforhold in %d parts, want %d; %v", endelse, sum.Antall, parts, size, err)
			}
			if most > before {
				grown[size] = most - before
			}
		}
		const slack = 1 << 20
		if grown[stor] > grown[liten]*3/2+slack {
			t.Errorf("%s: the heap grew by %d kB for %d, and by %d kB for %d", endelse, grown[liten]>>10, liten, grown[stor]>>10, stor)
		}
		t.Logf("%s: the heap grew by %d kB for %d, and by %d kB for %d", endelse, grown[liten]>>10, liten, grown[stor]>>10, stor)
	}
}

// TestPartsAreOfBoundedSize: each is accounted for by itself, and together they are everybody.
func TestPartsAreOfBoundedSize(t *testing.T) {
	const antall = 2*delPoster + 1
	s := storeArbeidsgivere(t, map[string]int{"210004114": antall})
	var persons, records []int
	u := konto(func(del Uttrekksdel) error {
		persons, records = append(persons, len(del.Personer)), append(records, del.Antall)
		return nil
	})
	u.Arbeidsgiver = "210004114"
	if _, err := u.Skriv(t.Context(), s, demosyn, io.Discard); err != nil {
		t.Fatal(err)
	}
	want := fmt.Sprint([]int{delPoster, delPoster, 1})
	if fmt.Sprint(persons) != want || fmt.Sprint(records) != want {
		t.Errorf("parts of %v arbeidsforhold and %v persons, want %s", records, persons, want)
	}
}
