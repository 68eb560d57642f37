package felt

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestDialectDiffersWhereTheColumnSaysAndNowhereElse lists every difference of the 2015 dialect, with how it is known.
func TestDialectDiffersWhereTheColumnSaysAndNowhereElse(t *testing.T) {
	const liste = "arbeidsforholdListe/arbeidsforhold/"
	want := []string{
		"hentAntallAnsatte respons statuskode: +opphoert (bekreftet)",
		"hentAntallAnsatte respons kommunenr: kommunenr (bekreftet)",
		"hentAntallAnsatte respons opphoert: opphoert (sannsynlig)",
		"hentArbeidsgiver respons statuskode: +opphoert (sannsynlig)",
		"hentArbeidsgiver respons opphoert: opphoert (sannsynlig)",
		"hentArbeidsgiver respons underenheter/underenhet/opphoert: opphoert (sannsynlig)",
		"hentArbeidstaker respons statuskode: +opphoert (sannsynlig)",
		"hentArbeidstaker respons " + liste + "arbeidstaker: arbeidstaker (sannsynlig)",
		"hentTrefflisteArbeidsgiver respons statuskode: +opphoert (sannsynlig)",
		"hentTrefflisteArbeidstaker respons statuskode: +opphoert (sannsynlig)",
		"hentArbeidsforhold respons statuskode: +opphoert (sannsynlig)",
		"hentArbeidsforhold respons arbeidsforhold/arbeidsforhold/arbeidstaker: arbeidstaker (sannsynlig)",
		"hentArbeidsforhold respons arbeidsforhold/arbeidsforhold/antallTimerForTimeloennet: antallTimerForTimeloennet (sannsynlig)",
	}
	var got []string
	for _, r := range D2015.Table() {
		if r.Dialekt2015() != "" {
			got = append(got, r.key()+": "+r.Dialekt2015())
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("differences (-want +got):\n%s", diff)
	}
}

// TestRowIsTheSameFieldInBothDialects: where the column is empty in a row and in the groups around it, only the
// operation's name may differ.
func TestRowIsTheSameFieldInBothDialects(t *testing.T) {
	spek, dialekt := Table(), D2015.Table()
	if len(spek) != len(dialekt) {
		t.Fatalf("%d rows, the dialect has %d", len(spek), len(dialekt))
	}
	renamed := map[string]string{"hentAntallArbeidstakere": "hentAntallAnsatte"}
	inside := map[string]bool{} // groups that are renamed, by key
	for i, r := range spek {
		parent := r
		parent.Sti = r.Parent()
		inside[r.key()] = r.Tag2015.Navn != "" || inside[parent.key()]
		want := r
		if name, ok := renamed[r.Operasjon]; ok {
			want.Operasjon = name
		}
		if inside[r.key()] {
			want.Sti, want.Tag = dialekt[i].Sti, dialekt[i].Tag
		}
		if r.Verdi2015.Navn != "" {
			want.Type = r.Type + "|opphoert"
		}
		if diff := cmp.Diff(want, dialekt[i]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", r.key(), diff)
		}
		if r.Tag2015.Navn == "" && dialekt[i].Tag != r.Tag {
			t.Errorf("%s is called %s", r.key(), dialekt[i].Tag)
		}
	}
}

func TestPathsInTheDialectStandInsideRenamedGroups(t *testing.T) {
	var got []string
	for i, r := range D2015.Table() {
		if before := Table()[i]; before.Parent() != r.Parent() {
			got = append(got, r.Sti)
		}
	}
	const forhold, timer = "arbeidsforhold/arbeidsforhold/", "antallTimerForTimeloennet/timerIPerioden"
	want := []string{"arbeidsforholdListe/arbeidsforhold/arbeidstaker/efnavn", forhold + "arbeidstaker/efnavn",
		forhold + "arbeidstaker/arbeidstakerId", forhold + timer, forhold + timer + "/periode", forhold + timer + "/periode/fom",
		forhold + timer + "/periode/tom", forhold + timer + "/antallTimer", forhold + timer + "/rapporteringsperiode"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("paths (-want +got):\n%s", diff)
	}
	if got := len(Declared(D2015.Table())); got != 280 {
		t.Errorf("%d elements declared, want 280", got)
	}
}

func TestResponseRootIsOperationWithoutHentInBothDialects(t *testing.T) {
	names := map[string]bool{}
	for _, o := range D2015.Operations() {
		names[o.Navn] = true
		if "hent"+o.Respons != o.Navn {
			t.Errorf("operation %s answers %s", o.Navn, o.Respons)
		}
	}
	for _, r := range D2015.Table() {
		if !names[r.Operasjon] {
			t.Errorf("%s is a row of no operation", r.key())
		}
	}
	if diff := cmp.Diff(Operations(), Spek.Operations()); diff != "" {
		t.Errorf("operations of the specification (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(Table(), Spek.Table()); diff != "" {
		t.Errorf("table of the specification (-want +got):\n%s", diff)
	}
}
