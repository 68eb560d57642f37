package oppslag

import (
	"fmt"
	"math"
	"strconv"
	"testing"

	"github.com/beevik/etree"
	"github.com/google/go-cmp/cmp"

	"aareg/fixtures"
	"aareg/store"
)

func arkene(t *testing.T, b *Bilde) []*etree.Element {
	t.Helper()
	var alle []*etree.Element
	for _, s := range b.Ark {
		doc := etree.NewDocument()
		if err := doc.ReadFromString(string(s)); err != nil {
			t.Fatal(err)
		}
		alle = append(alle, doc.Root())
	}
	return alle
}

// TestFortyLanesFitPagesWithoutCollision: a long working life is cut into sheets, each lane on one of them.
func TestFortyLanesFitPagesWithoutCollision(t *testing.T) {
	svar, detaljer := nyGenerator(1).arbeidstaker(40)
	b, err := Tidslinje(svar, detaljer, fixtures.Today, Aarsperiode{})
	proev(t, "forty", tegnet(t, b, err))
	spor := 0
	for _, a := range arkene(t, b) {
		spor += len(a.FindElements("g[@class='spor']"))
	}
	synlige := synligeSpor(lesSpor(svar, detaljer), aarene(alleDager(lesSpor(svar, detaljer)), dagAv(fixtures.Today)).span())
	if spor != len(synlige) || spor < 30 || len(b.Ark) < 3 {
		t.Errorf("%d lanes on %d sheets, want %d", spor, len(b.Ark), len(synlige))
	}
}

// TestTodaysLineStandsWhereTodayIs: in proportion between the first day and the last, and nowhere in other periods.
func TestTodaysLineStandsWhereTodayIs(t *testing.T) {
	svar := svaret(t, "hentArbeidstaker/komplett")
	for _, c := range []struct {
		idag store.Dato
		p    Aarsperiode
		want float64 // part of the width; below 0 for no line
	}{
		{20250101, Aarsperiode{2025, 2025}, 0},
		{20250702, Aarsperiode{2025, 2025}, 182. / 365},
		{20251231, Aarsperiode{2025, 2025}, 364. / 365},
		{20250101, Aarsperiode{2016, 2025}, 3288. / 3653},
		{20250615, Aarsperiode{2018, 2020}, -1},
	} {
		b, err := Tidslinje(svar, nil, c.idag, c.p)
		linje := arkene(t, tegnet(t, b, err))[0].FindElement("//g[@class='idag']/line")
		if linje == nil || c.want < 0 {
			if linje != nil || c.want >= 0 {
				t.Errorf("%v in %v: a line is %v", c.idag, c.p, linje != nil)
			}
			continue
		}
		x, err := strconv.ParseFloat(linje.SelectAttrValue("x1", ""), 64)
		if want := arkVenstre + c.want*(arkHoeyre-arkVenstre); err != nil || math.Abs(x-want) > 0.051 {
			t.Errorf("%v in %v: at %v, want %v", c.idag, c.p, x, want)
		}
	}
}

// TestTableTellsWhatTheAnswerTells: dates and numbers of the table are those of the answer, in the same order.
func TestTableTellsWhatTheAnswerTells(t *testing.T) {
	b, err := Tidslinje(svaret(t, "hentArbeidstaker/komplett"), []*etree.Element{svaret(t, "hentArbeidsforhold/komplett")}, fixtures.Today, Aarsperiode{})
	want := []BildeRad{
		{[]string{"FJELLVIK BARNESKOLE", "Ordinært arbeidsforhold", "15.08.2022", "løper", ""}, &BildeVei{"hentArbeidsforhold", "arbeidsforholdId", "48000102"}},
		{[]string{"FJELLVIK BARNESKOLE", "Avtale: ALLMENNLÆRER", "ikke oppgitt", "ikke oppgitt", "20,5 %"}, nil},
		{[]string{"FJELLVIK SYKEHJEM", "Ordinært arbeidsforhold", "01.08.2016", "løper", ""}, &BildeVei{"hentArbeidsforhold", "arbeidsforholdId", "48000101"}},
		{[]string{"FJELLVIK SYKEHJEM", "Avtale: SYKEPLEIER", "01.01.2021", "ikke oppgitt", "100 %"}, nil},
		{[]string{"FJELLVIK SYKEHJEM", "Avtale: SYKEPLEIER", "01.08.2016", "31.12.2020", "80 %"}, nil},
	}
	if diff := cmp.Diff(want, tegnet(t, b, err).Tabell.Rader); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestEventsHaveTheirRows: leaves, lay-offs, stays abroad and hours are in the table with their own periods.
func TestEventsHaveTheirRows(t *testing.T) {
	for kase, want := range map[string][][]string{
		"permisjon_og_permittering": {
			{"Permittering", "01.03.2025", "ikke oppgitt", "100 %"},
			{"Andre ikke-lovfestede permisjoner", "01.01.2023", "28.02.2023", "50 %"},
			{"Velferdspermisjon", "01.11.2022", "31.12.2022", "50 %"},
			{"Permittering", "20.03.2020", "31.08.2020", ""},
		},
		"timer": {
			{"Timer", "01.05.2025", "15.05.2025", "8,87 timer"}, {"Timer", "01.04.2025", "30.04.2025", "62,5 timer"}, {"Timer", "2023-07", "2023-07", "12 timer"},
		},
		"utenlandsopphold": {
			{"Utenlandsopphold: Danmark", "2016-01", "2016-01", ""}, {"Utenlandsopphold: Japan", "02.11.2015", "20.11.2015", ""}, {"Utenlandsopphold: SVERIGE", "01.09.2015", "30.09.2015", ""},
		},
	} {
		b, err := Tidslinje(svaret(t, "hentArbeidsforhold/"+kase), nil, fixtures.Today, Aarsperiode{})
		var got [][]string
		for _, r := range tegnet(t, b, err).Tabell.Rader[2:] {
			got = append(got, r.Celler[1:])
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", kase, diff)
		}
	}
}

// TestStepIsAsHighAsItsPercent: half a position is half the band, and more than a full one no more than the band.
func TestStepIsAsHighAsItsPercent(t *testing.T) {
	for prosent, want := range map[string]float64{"50.0": sporBaand / 2, "100.0": sporBaand, "140.0": sporBaand, "25": sporBaand / 4} {
		svar := etree.NewElement("Arbeidstaker")
		a := svar.CreateElement("arbeidsforholdListe").CreateElement("arbeidsforhold")
		legg(a, "begyntdato", "2020-01-01")
		legg(a.CreateElement("arbeidsavtaler").CreateElement("arbeidsavtale"), "stillingsprosent", prosent, "gyldighetsperiode_fom", "2021-01-01")
		b, err := Tidslinje(svar, nil, fixtures.Today, Aarsperiode{})
		trinn := arkene(t, tegnet(t, b, err))[0].FindElement("//rect[@class='avtale']")
		if h := trinn.SelectAttrValue("height", ""); h != tall(want) {
			t.Errorf("%s %%: %s high, want %v", prosent, h, want)
		}
		akse := nyAkse(Aarsperiode{2020, 2025}, arkVenstre, arkHoeyre, dagAv(fixtures.Today))
		if x := trinn.SelectAttrValue("x", ""); x != tall(akse.x(dagen(2021, 1, 1))) {
			t.Errorf("begins at %s", x)
		}
	}
}

// TestOpenEndsHaveArrows: what goes on outside the period has an arrow on that side, and nothing else has.
func TestOpenEndsHaveArrows(t *testing.T) {
	for kase, perioder := range map[string]map[Aarsperiode]int{
		"komplett":  {{}: 1, {2018, 2020}: 2, {2016, 2020}: 1}, // from 2016 on
		"foer_2015": {{}: 0, {2001, 2014}: 0, {2010, 2014}: 1}, // to the last day of 2014
	} {
		for p, want := range perioder {
			b, err := Tidslinje(svaret(t, "hentArbeidsforhold/"+kase), nil, fixtures.Today, p)
			if got := len(arkene(t, tegnet(t, b, err))[0].FindElements("//path[@class='pil']")); got != want {
				t.Errorf("%s in %v: %d arrows, want %d", kase, p, got, want)
			}
		}
	}
}

// TestPeriodsToChooseAreWithinTheWorkingLife, and one of them is the one shown.
func TestPeriodsToChooseAreWithinTheWorkingLife(t *testing.T) {
	b, err := Tidslinje(svaret(t, "hentArbeidstaker/komplett"), nil, fixtures.Today, Aarsperiode{2021, 2025})
	want := []BildePeriode{
		{"Hele perioden", Aarsperiode{2016, 2025}, false},
		{"Siste 5 år", Aarsperiode{2021, 2025}, true},
		{"Siste 2 år", Aarsperiode{2024, 2025}, false},
		{"2025", Aarsperiode{2025, 2025}, false},
	}
	if diff := cmp.Diff(want, tegnet(t, b, err).Perioder); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestEveryLengthOfPeriodHasReadableTicks: words of an axis never run into each other, and there are at least two
// unless the period is one year.
func TestEveryLengthOfPeriodHasReadableTicks(t *testing.T) {
	for n := 1; n <= 150; n++ {
		a := nyAkse(Aarsperiode{2026 - n, 2025}, arkVenstre, arkHoeyre, 0)
		for _, rad := range [][]merke{a.aarsmerker(), a.delmerker()} {
			slutt, ord := -1.0, 0
			for _, m := range rad {
				if m.tekst == "" {
					continue
				}
				ord++
				if x := a.x(m.dag) + 3; x < slutt {
					t.Errorf("%d years: %s begins before the one before it ends", n, m.tekst)
				} else {
					slutt = x + tekstbredde(m.tekst, liten)
				}
			}
			if ord < 2 && n > 1 && rad != nil {
				t.Errorf("%d years: %d words", n, ord)
			}
		}
	}
}

// TestNoNumberOfAnybodyIsInAPicture: identity numbers are in the body of a form, never in what is drawn.
func TestNoNumberOfAnybodyIsInAPicture(t *testing.T) {
	svar, _ := nyGenerator(3).arbeidstaker(3)
	legg(svar, "foedselsnr", "12838049808")
	for _, a := range svar.FindElements("//arbeidsgiver") {
		legg(a, "arbeidsgiverId", "12838049808")
	}
	b, err := Tidslinje(svar, nil, fixtures.Today, Aarsperiode{})
	tegnet(t, b, err)
	alt := fmt.Sprint(b.Tittel, b.Beskrivelse, b.Ark, b.Tabell)
	for i := 0; i+11 <= len(alt); i++ {
		if alt[i:i+11] == "12838049808" {
			t.Fatal("the number is drawn")
		}
	}
}
