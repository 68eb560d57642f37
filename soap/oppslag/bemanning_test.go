package oppslag

import (
	"fmt"
	"slices"
	"strconv"
	"testing"

	"github.com/beevik/etree"
	"github.com/google/go-cmp/cmp"

	"aareg/fixtures"
)

// talt counts a day by looking at every arbeidsforhold: the definition, not the way it is computed.
func talt(svar *etree.Element, d dag) int {
	hvem := map[string]bool{}
	uten := 0
	for _, a := range svar.FindElements("arbeidsforholdListe/arbeidsforhold") {
		fra, ok := lesDag(a.SelectElement("begyntdato").Text())
		til, slutt := lesDag(a.SelectElement("sluttetdato").Text())
		if !ok || fra > d || slutt && til < d {
			continue
		}
		if id := a.FindElement("arbeidstaker/arbeidstakerId").Text(); id != "" {
			hvem[id] = true
		} else {
			uten++
		}
	}
	return len(hvem) + uten
}

// TestHeadcountIsThatOfCountingEachDay: in 200 answers, on every day around their dates.
func TestHeadcountIsThatOfCountingEachDay(t *testing.T) {
	for seed := range uint64(200) {
		svar := nyGenerator(seed).arbeidsgiver(1+int(seed)%25, 0)
		m := lesBemanning(barna(barn(svar, "arbeidsforholdListe"), "arbeidsforhold"))
		for _, d := range proevedager(m) {
			if got, want := m.paa(d), talt(svar, d); got != want {
				t.Fatalf("seed %d, %s: %d, want %d", seed, d.norsk(), got, want)
			}
		}
	}
}

// proevedager are a month of days spread over the years, and each day around a step.
func proevedager(m *bemanning) []dag {
	var dager []dag
	for d := dagen(1994, 1, 1); d < dagen(2032, 1, 1); d += 29 {
		dager = append(dager, d)
	}
	for _, t := range m.trinn {
		dager = append(dager, t.fra-1, t.fra, t.fra+1)
	}
	return dager
}

// TestStaircaseStandsAtTheHeadcount: the drawn line, read back from its path, is the number of that day.
func TestStaircaseStandsAtTheHeadcount(t *testing.T) {
	svar := svaret(t, "hentArbeidsgiver/permisjon_og_permittering")
	b, err := Bemanning(svar, fixtures.Today, Aarsperiode{})
	rot := arkene(t, tegnet(t, b, err))[0]
	trapp := rot.FindElement("//path[@class='trapp']").SelectAttrValue("d", "")
	dekker, err := stiboks(trapp)
	if err != nil {
		t.Fatal(err)
	}
	hoeyest := 0
	for d := dagen(2010, 1, 1); d <= dagAv(fixtures.Today); d++ {
		hoeyest = max(hoeyest, talt(svar, d))
	}
	for _, tekst := range rot.FindElements("//g[@class='verdier']/text") {
		if n, err := strconv.Atoi(tekst.Text()); err != nil || n != hoeyest {
			continue
		}
		y, err := attr(tekst, "y")
		if err != nil || tall(y[0]-4.5) != tall(dekker.y0) {
			t.Errorf("the highest point stands at %v, the number %d at %v", dekker.y0, hoeyest, y[0]-4.5)
		}
		return
	}
	t.Errorf("no line for %d", hoeyest)
}

// TestALongStaircaseIsNoLongerThanTheSheetIsWide: an employer with thousands of changes makes a short path.
func TestALongStaircaseIsNoLongerThanTheSheetIsWide(t *testing.T) {
	svar := etree.NewElement("Arbeidsgiver")
	liste := svar.CreateElement("arbeidsforholdListe")
	for i := range 10_000 {
		a := liste.CreateElement("arbeidsforhold")
		legg(a, "begyntdato", (dagen(2000, 1, 1) + dag(i*7%9000)).iso(), "sluttetdato", (dagen(2000, 1, 1) + dag(i*7%9000+i%700)).iso())
		legg(a.CreateElement("arbeidstaker"), "arbeidstakerId", fmt.Sprint("p", i))
	}
	b, err := Bemanning(svar, fixtures.Today, Aarsperiode{})
	proev(t, "10,000", tegnet(t, b, err))
	if n := len(b.Ark[0]); n > 80_000 {
		t.Errorf("%d bytes", n)
	}
	if len(b.Tabell.Rader) != 27 { // 2000 to 2026
		t.Errorf("%d rows", len(b.Tabell.Rader))
	}
}

// TestTableOfStepsIsTheHeadcount: few changes are listed one by one.
func TestTableOfStepsIsTheHeadcount(t *testing.T) {
	b, err := Bemanning(svaret(t, "hentArbeidsgiver/hovedenhet_som_mistet_underenhet"), fixtures.Today, Aarsperiode{})
	want := []BildeRad{
		{[]string{"01.01.2016", "1", "+1"}, nil}, {[]string{"01.06.2018", "2", "+1"}, nil}, {[]string{"01.01.2020", "1", "-1"}, nil},
	}
	if diff := cmp.Diff(want, tegnet(t, b, err).Tabell.Rader); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestTableOfYearsIsTheHeadcount: of many changes each year has its first, lowest, highest and last number.
func TestTableOfYearsIsTheHeadcount(t *testing.T) {
	svar := nyGenerator(4).arbeidsgiver(300, 0)
	for i, id := range svar.FindElements("//arbeidstakerId") {
		id.SetText(fmt.Sprint("p", i/2))
	}
	for _, d := range svar.FindElements("//begyntdato")[:20] {
		d.SetText("2010-01-01") // a day that is not in the year before it
	}
	b, err := Bemanning(svar, fixtures.Today, Aarsperiode{})
	if tegnet(t, b, err).Tabell.Kolonner[0] != "År" {
		t.Fatal("not a table of years")
	}
	m := lesBemanning(barna(barn(svar, "arbeidsforholdListe"), "arbeidsforhold"))
	for _, r := range b.Tabell.Rader {
		aar, err := strconv.Atoi(r.Celler[0])
		if err != nil {
			t.Fatal(err)
		}
		var dager []int
		for d := dagen(aar, 1, 1); d < dagen(aar+1, 1, 1); d++ {
			dager = append(dager, m.paa(d))
		}
		want := []string{r.Celler[0]}
		for _, n := range []int{dager[0], slices.Min(dager), slices.Max(dager), dager[len(dager)-1]} {
			want = append(want, strconv.Itoa(n))
		}
		if diff := cmp.Diff(want, r.Celler); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

// TestReservationsAreSaid: what the picture does not show, it says.
func TestReservationsAreSaid(t *testing.T) {
	for kase, want := range map[string]string{
		"trunkert":                         "Perioden 2017–2025. 2 arbeidstakere i dag. Hver person telles én gang om gangen. Svaret er avkortet: bildet viser bare 2 av 4 arbeidsforhold.",
		"status_aktive":                    "Perioden 2023–2025. 1 arbeidstaker i dag. Hver person telles én gang om gangen. Søket er avgrenset: bildet viser bare 1 av 2 arbeidsforhold.",
		"hovedenhet_som_mistet_underenhet": "Perioden 2016–2025. 1 arbeidstaker i dag. Hver person telles én gang om gangen. Bare arbeidsforhold som er registrert direkte på hovedenheten, er med.",
	} {
		b, err := Bemanning(svaret(t, "hentArbeidsgiver/"+kase), fixtures.Today, Aarsperiode{})
		if diff := cmp.Diff(want, tegnet(t, b, err).Beskrivelse); diff != "" {
			t.Errorf("%s (-want +got):\n%s", kase, diff)
		}
	}
}
