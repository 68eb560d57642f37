package store

import (
	"fmt"
	"runtime"
	"strconv"
	"testing"
)

// listefil is a register in a file, of one employer for each size: the first under underenhetNr, whose number the others'
// follow. Of its arbeidsforhold one in four has ended and one in five was reported in the old way.
func listefil(tb testing.TB, sizes ...int) *Store {
	tb.Helper()
	s, err := Create(tb.TempDir() + "/register.db")
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { s.Close() })
	err = s.Update(ctx, func(tx *Tx) error {
		for n, size := range sizes {
			for i := range size {
				if err := tx.PutArbeidsforhold(listejobb(n, i)); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// listejobb is the arbeidsforhold i of the employer n of listefil.
func listejobb(n, i int) *Arbeidsforhold {
	j := jobb(int64(1_000_000*(n+1)+i), fmt.Sprintf("0181%07d", i))
	j.Arbeidssted.Ident, j.ID, j.SistBekreftet = listegiver(n), fmt.Sprintf("SH-%d", i), "2025-01-02T03:04:05"
	j.Ansettelsesperiode.Startdato = Dato(20150101).AddDays(i / 2 % 3000)
	if i%4 == 0 {
		j.Ansettelsesperiode.Sluttdato = j.Ansettelsesperiode.Startdato.AddDays(400)
	}
	if i%5 == 0 {
		j.Rapporteringsordning.Kode = "FOER_A_ORDNINGEN"
	}
	yrke := Kodeverdi{"3231109", "SYKEPLEIER"}
	j.Ansettelsesdetaljer = []Ansettelsesdetaljer{
		{Yrke: yrke, AvtaltStillingsprosent: "80.0", Gyldighetsperiode: Periode{Fom: j.Ansettelsesperiode.Startdato.AddDays(100)}},
		{Yrke: yrke, AvtaltStillingsprosent: "100.0", Gyldighetsperiode: Periode{Fom: j.Ansettelsesperiode.Startdato, Tom: j.Ansettelsesperiode.Startdato.AddDays(99)}}}
	if i%5 == 1 {
		j.Permisjoner = []Permisjon{{ID: "P-1", Type: Kodeverdi{Kode: "permisjon"}, Startdato: 20210101, Prosent: "50.0"}}
	}
	return j
}

func listegiver(n int) string { return strconv.Itoa(210000313 + n) }

func BenchmarkArbeidsgiverliste(b *testing.B) {
	sizes := []int{10, 1000, 5000, 40_000}
	s := listefil(b, sizes...)
	filters := []struct {
		navn string
		Filter
	}{{"all", Filter{}}, {"active", Filter{Status: Aktive}}, {"old and of 2015", Filter{Lovgivning: Gammel, Fra: 20150101, Til: 20151231}}}
	for n, size := range sizes {
		for _, f := range filters {
			b.Run(fmt.Sprintf("%d %s", size, f.navn), func(b *testing.B) {
				b.ReportAllocs()
				shown := 0
				for b.Loop() {
					a, err := s.Arbeidsgiver(ctx, seesAll, listegiver(n), f.Filter)
					if err != nil {
						b.Fatal(err)
					}
					shown = 0
					for _, err := range a.Liste.Rader(size) {
						if err != nil {
							b.Fatal(err)
						}
						shown++
					}
					a.Liste.Close()
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(size), "ns/entry")
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(shown), "ns/shown")
			})
		}
	}
}

// BenchmarkSixteenLongLists states what sixteen answers of 40,000 hold when half of each has been read. What SQLite holds
// is not Go's, and not counted.
func BenchmarkSixteenLongLists(b *testing.B) {
	s := listefil(b, 40_000)
	var before, after runtime.MemStats
	held := 0.0
	for b.Loop() {
		runtime.GC()
		runtime.ReadMemStats(&before)
		half(b, s, 16, func() {
			runtime.GC()
			runtime.ReadMemStats(&after)
		})
		held = float64(int64(after.HeapAlloc) - int64(before.HeapAlloc))
	}
	b.ReportMetric(held/16, "bytes/answer")
}

// half reads half of n answers at the same time, and then calls then.
func half(tb testing.TB, s *Store, n int, then func()) {
	tb.Helper()
	if n == 0 {
		then()
		return
	}
	a, err := s.Arbeidsgiver(ctx, seesAll, underenhetNr, Filter{})
	if err != nil {
		tb.Fatal(err)
	}
	defer a.Liste.Close()
	read := 0
	for _, err := range a.Liste.Rader(a.Liste.Antall) {
		if err != nil {
			tb.Fatal(err)
		}
		if read++; read == a.Liste.Antall/2 {
			half(tb, s, n-1, then)
			return
		}
	}
}
