package products

import (
	"errors"
	"fmt"
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

// TestHeadcountTakesTheDatesThereAre: who has an end before the beginning counts nowhere; the last day there is, and one that
// is not told, have no day after them.
func TestHeadcountTakesTheDatesThereAre(t *testing.T) {
	const orgnr = "210000313"
	s, err := store.Create(t.TempDir() + "/register.db")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	periods := []store.Ansettelsesperiode{{Startdato: 20200101, Sluttdato: 99991231}, {Startdato: 20200101}, {Startdato: 20210101, Sluttdato: 20211231},
		{Startdato: 20220101, Sluttdato: 20211231}}
	err = s.Update(t.Context(), func(tx *store.Tx) (err error) {
		for i, p := range periods {
			err = errors.Join(err, tx.PutArbeidsforhold(&store.Arbeidsforhold{ArbeidsforholdId: int64(1000 + i), Type: store.Kodeverdi{Kode: "ordinaertArbeidsforhold"},
				Arbeidstaker: store.Part{Type: "Person", Ident: fmt.Sprintf("0181%07d", i)}, Arbeidssted: store.Part{Type: "Underenhet", Ident: orgnr}, Ansettelsesperiode: p}))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	got, err := Bemanning(t.Context(), Query{Store: s, View: store.View{Today: 20250615}}, map[string]string{"arbeidsgiverId": orgnr})
	want := &Bemanningssvar{Statuskode: Komplett, Nummer: orgnr, Udaterte: 1, Trinn: []Bemanningstrinn{{20200101, 2}, {20210101, 3}, {20220101, 2}}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}
