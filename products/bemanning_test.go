package products

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/store"
)

// TestHeadcountIsThatOfEachDay: what is told is what counting everybody who is there, day by day, comes to.
func TestHeadcountIsThatOfEachDay(t *testing.T) {
	const first = store.Dato(20240115)
	days := make([]store.Dato, 60)
	for i := range days {
		days[i] = first.AddDays(i)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		alle := make([]ansatt, random.IntN(30))
		for i := range alle {
			from := random.IntN(40)
			alle[i] = ansatt{person: uint64(random.IntN(8)), fra: days[from]}
			if random.IntN(4) > 0 {
				alle[i].til = days[from+random.IntN(15)]
			}
		}
		var want []Bemanningstrinn
		before := 0
		for _, day := range days {
			there := map[uint64]bool{}
			for _, a := range alle {
				if a.fra <= day && (a.til == 0 || a.til >= day) {
					there[a.person] = true
				}
			}
			if len(there) != before {
				want, before = append(want, Bemanningstrinn{day, len(there)}), len(there)
			}
		}
		if diff := cmp.Diff(want, tell(alle)); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	}
}
