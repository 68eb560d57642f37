package kontrakt

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestJSONHasEveryQuestionAndRow(t *testing.T) {
	r := proeve(t)
	var got jsonRapport
	if err := json.Unmarshal([]byte(rapportAv(t, rapporter(r, Visning{Umasket: true})["JSON"])), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Utfall) != len(r.Utfall) || len(got.Dekning) != 281 || !got.Umasket {
		t.Fatalf("%d questions and %d rows", len(got.Utfall), len(got.Dekning))
	}
	violations, accepted := r.antallBrudd()
	found := len(got.WSDL)
	for i, u := range got.Utfall {
		found += len(u.Brudd)
		if u.Svar == "" || u.Navn != r.Utfall[i].Spoersmaal.Navn {
			t.Errorf("question %d is %s without an answer", i, u.Navn)
		}
	}
	if found != violations+accepted || got.Sammendrag.Brudd != violations || got.Sammendrag.Avvik != accepted {
		t.Errorf("%d breaches, want %d and %d accepted", found, violations, accepted)
	}
	rows := 0
	for _, n := range got.Sammendrag.Rader {
		rows += n
	}
	if rows != 281 {
		t.Errorf("%d rows in states", rows)
	}
}

// Whoever reads the report in a program relies on these names.
func TestJSONKeepsItsNames(t *testing.T) {
	var got map[string]any
	if err := json.Unmarshal([]byte(rapportAv(t, rapporter(proeve(t), Visning{})["JSON"])), &got); err != nil {
		t.Fatal(err)
	}
	first := func(v any) map[string]any { return v.([]any)[0].(map[string]any) }
	names := map[string][]string{}
	for where, v := range map[string]map[string]any{"": got, "sammendrag": got["sammendrag"].(map[string]any),
		"utfall": first(got["utfall"]), "wsdl": first(got["wsdl"]), "dekning": first(got["dekning"])} {
		names[where] = slices.Sorted(maps.Keys(v))
	}
	want := map[string][]string{
		"":           {"begynt", "dekning", "dialekt", "endepunkt", "merknader", "regler", "sammendrag", "tokMs", "umasket", "utfall", "wsdl"},
		"sammendrag": {"avvik", "brudd", "rader", "spoersmaal", "svar", "tilgang", "udoemt"},
		"utfall": {"brudd", "feil", "fikk", "hvorfor", "mediatype", "navn", "operasjon", "spoersmaal", "status", "svar",
			"tidMs", "udoemt", "ventet"},
		"wsdl":    {"avvik", "rad", "regel", "sti", "tekst"},
		"dekning": {"brudd", "grense", "ledetekst", "mangler", "operasjon", "rad", "retning", "sett", "sti", "tilstand", "tomt"},
	}
	if d := cmp.Diff(want, names); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}
