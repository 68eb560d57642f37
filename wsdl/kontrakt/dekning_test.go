package kontrakt

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/wsdl/felt"
)

// dekket is how far a judge's rows of one answer were reached, for the paths that are asked about.
func dekket(d *Dommer, operasjon, retning string, stier ...string) []string {
	var lines []string
	for _, c := range d.Dekning() {
		if c.Rad.Operasjon == operasjon && c.Rad.Retning == retning && slices.Contains(stier, c.Rad.Sti) {
			lines = append(lines, fmt.Sprintf("%s %d+%d met %s, not %s", c.Rad.Sti, c.Sett, c.Tomt, strings.Join(c.Grense, " "), strings.Join(c.Mangler, " ")))
		}
	}
	return lines
}

// TestCoverageTellsLimits: of lists, optional groups and leaves, closed lists, booleans, numbers and text.
func TestCoverageTellsLimits(t *testing.T) {
	d := strenge()
	for _, name := range []string{"hentArbeidsgiver/hovedenhet_som_mistet_underenhet", "hentArbeidsgiver/personlig_arbeidsgiver", "hentArbeidsgiver/ingen_ukjent_orgnr"} {
		d.Doem(etTilfelle(t, name))
	}
	want := []string{
		"statuskode 3+0 met komplett ingen, not trunkert ikke_entydig fortrolig strengt_fortrolig utilgjengelig",
		"kjoenn 1+0 met K uten, not M tom",
		"alder 1+0 met over_0 uten, not 0 tom",
		"fadresse1 1+1 met utfylt tom, not ",
		"historikk 2+0 met true, not false",
		"underenheter 1+0 met med uten, not ",
		"underenheter/underenhet 2+0 met flere, not ingen en",
		"arbeidsforholdListe/antall 2+0 met over_0, not 0",
	}
	got := dekket(d, "hentArbeidsgiver", felt.Respons, "statuskode", "kjoenn", "alder", "fadresse1", "historikk", "underenheter", "underenheter/underenhet",
		"arbeidsforholdListe/antall")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	wantAsked := []string{"arbeidsgiverId 3+0 met utfylt, not ", "lovgivning 0+0 met uten, not alle ny gammel"}
	if diff := cmp.Diff(wantAsked, dekket(d, "hentArbeidsgiver", felt.Request, "arbeidsgiverId", "lovgivning")); diff != "" {
		t.Errorf("questions (-want +got):\n%s", diff)
	}
}

// TestFaultCoversNothing: a question that ended in a fault has not reached the rows that it asked with.
func TestFaultCoversNothing(t *testing.T) {
	d := strenge()
	q, svar := etTilfelle(t, "hentArbeidsgiver/arbeidsgiverid_aatte_siffer")
	svar.Status = 500
	if u := d.Doem(q, svar); u.Fikk != "feil:ugyldigForespoersel" {
		t.Fatalf("got %s", u.Fikk)
	}
	for i, c := range d.Dekning() {
		if c.Sett+c.Tomt > 0 {
			t.Errorf("row %d %s is covered", i+1, c.Rad.Sti)
		}
	}
}

// TestElementPrintedTwiceCoversBothRows: fonetisk of § 2.4 is one element and two rows.
func TestElementPrintedTwiceCoversBothRows(t *testing.T) {
	d := strenge()
	d.Doem(etTilfelle(t, "hentTrefflisteArbeidsgiver/fonetisk_orgnavn"))
	want := []string{"fonetisk 1+0 met true, not false", "fonetisk 1+0 met true, not false"}
	if diff := cmp.Diff(want, dekket(d, "hentTrefflisteArbeidsgiver", felt.Request, "fonetisk")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestEveryRowHasLimitsItCanMeet: only groups that are always there have none.
func TestEveryRowHasLimitsItCanMeet(t *testing.T) {
	d := strenge()
	for i, r := range felt.Table() {
		limits := d.grenser(r)
		if always := r.IsGroup() && r.Mandatory(); (len(limits) == 0) != always {
			t.Errorf("row %d %s: limits %v", i+1, r.Sti, limits)
		}
		if sorted := slices.Sorted(slices.Values(limits)); len(slices.Compact(sorted)) != len(limits) {
			t.Errorf("row %d %s has a limit twice: %v", i+1, r.Sti, limits)
		}
	}
}
