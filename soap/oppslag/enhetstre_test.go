package oppslag

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestTwoHundredUnitsFitPages: each unit has one box, in the order of the answer.
func TestTwoHundredUnitsFitPages(t *testing.T) {
	svar := nyGenerator(2).arbeidsgiver(0, 200)
	b, err := Enhetstre(svar)
	proev(t, "two hundred", tegnet(t, b, err))
	var bokser []string
	for _, a := range arkene(t, b) {
		for _, e := range a.FindElements("g[@class='enhet']") {
			for _, s := range e.SelectElements("text") {
				if nummer, ok := strings.CutPrefix(s.Text(), "Orgnr. "); ok {
					bokser = append(bokser, nummer[:len("200 000 000")])
				}
			}
		}
	}
	var rader []string
	for _, r := range b.Tabell.Rader {
		rader = append(rader, r.Celler[1])
	}
	if diff := cmp.Diff(rader, bokser); diff != "" || len(rader) < 201 {
		t.Errorf("%d rows (-table +boxes):\n%s", len(rader), diff)
	}
}

// TestTableOfUnitsLeadsOn: each other unit of the answer is a question to ask, the one shown is not.
func TestTableOfUnitsLeadsOn(t *testing.T) {
	b, err := Enhetstre(svaret(t, "hentArbeidsgiver/hovedenhet_som_mistet_underenhet"))
	vei := func(orgnr string) *BildeVei { return &BildeVei{"hentArbeidsgiver", "arbeidsgiverId", orgnr} }
	const form = "Underenhet til næringsdrivende og offentlig forvaltning"
	want := []BildeRad{
		{[]string{"NORDLYS HANDEL AS", "210 001 018", "Denne enheten", "Aksjeselskap", ""}, nil},
		{[]string{"NORDLYS HANDEL AVD STRANDGATEN", "210 001 115", "Under", form, ""}, vei("210001115")},
		{[]string{"LYS & VARME BUTIKK", "210 001 328", "Under", form, "Overdratt"}, vei("210001328")},
	}
	if diff := cmp.Diff(want, tegnet(t, b, err).Tabell.Rader); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestUnitIsMarkedWhereverItStands: the box of the unit asked for is the only thick one, above or below the others.
func TestUnitIsMarkedWhereverItStands(t *testing.T) {
	for kase, want := range map[string][]bool{
		"hovedenhet_tre_nivaaer": {true, false, false}, "underenhet_overdratt": {false, true}, "organisasjonsledd": {false, true, false},
	} {
		b, err := Enhetstre(svaret(t, "hentArbeidsgiver/"+kase))
		var got []bool
		for _, r := range arkene(t, tegnet(t, b, err))[0].FindElements("g[@class='enhet']/rect") {
			got = append(got, r.SelectAttrValue("stroke-width", "") == "3")
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", kase, diff)
		}
	}
}

// TestCeasedUnitsSayIt: in the box and in the table, and by the line around the box.
func TestCeasedUnitsSayIt(t *testing.T) {
	for _, c := range []struct {
		enhet         treenhet
		status, strek string
	}{
		{treenhet{opphoert: true}, "Opphørt", "7 4"}, {treenhet{overdratt: true}, "Overdratt", "1.5 3"},
		{treenhet{opphoert: true, overdratt: true}, "Opphørt, overdratt", "7 4"}, {treenhet{}, "", ""},
	} {
		b := &Bilde{Navn: "enhetstre"}
		a := b.nyttArk(1, 1)
		c.enhet.tegn(a.flate, 10)
		strek, status := a.SelectElement("rect").SelectAttrValue("stroke-dasharray", ""), ""
		if s := a.FindElement("text[@text-anchor='end']"); s != nil {
			status = s.Text()
		}
		if strek != c.strek || status != c.status || c.enhet.status() != c.status {
			t.Errorf("%+v: %q with %q", c.enhet, status, strek)
		}
	}
}

// TestNobodyElseHasATree: an employer who is a person, and a unit on its own, have nothing to draw.
func TestNobodyElseHasATree(t *testing.T) {
	for _, kase := range []string{"personlig_arbeidsgiver", "hovedenhet_uten_underenheter", "ingen_ukjent_orgnr"} {
		if b, err := Enhetstre(svaret(t, "hentArbeidsgiver/"+kase)); b != nil || err != nil {
			t.Errorf("%s: %v, %v", kase, b != nil, err)
		}
	}
}
