package felt

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTableHasTheRowsOfTheSpecification(t *testing.T) {
	leaves := 0
	for _, r := range Table() {
		if r.Retning == Respons && !r.IsGroup() {
			leaves++
		}
	}
	got := []int{len(Table()), leaves, len(Declared(Table()))}
	if diff := cmp.Diff([]int{281, 205, 280}, got); diff != "" {
		t.Errorf("rows, response leaves, declared elements (-want +got):\n%s", diff)
	}
}

func TestFonetiskOfTheTwoSearchFormsIsOneElementAtTheEnd(t *testing.T) {
	var got []string
	for _, r := range Declared(Select(Table(), "hentTrefflisteArbeidsgiver", Request)) {
		got = append(got, r.Tag)
	}
	want := []string{"orgnavn", "kommunenr", "postnr", "fylkenr", "inkluderOpphoerte", "etternavn", "fornavn",
		"mellomnavn", "fdato", "faarfra", "faartil", "alderfra", "aldertil", "kjoenn", "fonetisk"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("request children (-want +got):\n%s", diff)
	}
}

func TestResponseRootIsOperationWithoutHent(t *testing.T) {
	for i, o := range Operations() {
		if "hent"+o.Respons != o.Navn {
			t.Errorf("operation %s answers %s", o.Navn, o.Respons)
		}
		if want := "2." + string(rune('1'+i)); o.Avsnitt != want {
			t.Errorf("operation %s is section %s, want %s", o.Navn, o.Avsnitt, want)
		}
	}
}

func TestTableIsACopy(t *testing.T) {
	Table()[0].Sti = "overskrevet"
	if got := Table()[0].Sti; got != "orgnr" {
		t.Errorf("a caller changed the table: %s", got)
	}
}

func TestRowTellsItsPlace(t *testing.T) {
	var row Rad
	for _, r := range Select(Table(), "hentArbeidsgiver", Respons) {
		if r.Sti == "underenheter/underenhet" {
			row = r
		}
	}
	type place struct {
		Parent, Tag               string
		Group, Repeats, Mandatory bool
	}
	got := place{row.Parent(), row.Tag, row.IsGroup(), row.Repeats(), row.Mandatory()}
	if diff := cmp.Diff(place{"underenheter", "underenhet", true, true, false}, got); diff != "" {
		t.Errorf("place of the row (-want +got):\n%s", diff)
	}
}
