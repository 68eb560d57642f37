package oppslag

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/beevik/etree"
	"github.com/google/go-cmp/cmp"

	"aareg/fixtures"
	"aareg/store"
)

// generator makes answers such as the products give, and such as they never would: dates are missing, swapped, far off
// or no dates.
type generator struct{ *rand.Rand }

func nyGenerator(seed uint64) generator { return generator{rand.New(rand.NewPCG(seed, 8))} }

// dato is a date between 1995 and 2030, now and then something else.
func (g generator) dato() string {
	switch g.IntN(12) {
	case 0:
		return ""
	case 1:
		return []string{"0001-01-01", "9999-12-31", "2023-02-30", "31.12.2024", "i går", "1753-01-01", "2100-01-01", "\x00<&"}[g.IntN(8)]
	}
	return dag(9131 + g.IntN(12784)).iso()
}

func (d dag) iso() string { n := d.norsk(); return n[6:] + "-" + n[3:5] + "-" + n[:2] }

func (g generator) navn() string {
	return []string{"", "FJELLVIK SYKEHJEM", "A & <B>", "ŠÁPMELAŠ ÁVVUDEAPMI", strings.Repeat("W", 1+g.IntN(80)), "漢字"}[g.IntN(6)]
}

func (g generator) prosent() string {
	return []string{"", "0.0", "100.0", "20.5", "80.0", "130.0", "NaN", "-5.0", "1e400"}[g.IntN(9)]
}

func legg(e *etree.Element, tagOgTekst ...string) {
	for i := 0; i+1 < len(tagOgTekst); i += 2 {
		e.CreateElement(tagOgTekst[i]).SetText(tagOgTekst[i+1])
	}
}

// periode puts a periode into e.
func (g generator) periode(e *etree.Element) {
	legg(e.CreateElement("periode"), "fom", g.dato(), "tom", g.dato())
}

func (g generator) noen(n int, sett func()) {
	for range g.IntN(n) {
		sett()
	}
}

// arbeidsforhold puts one into a list: with everything that details have, or with what lists have.
func (g generator) arbeidsforhold(liste *etree.Element, id string, detaljer bool) {
	a := liste.CreateElement("arbeidsforhold")
	legg(a, "arbeidsforholdId", id, "begyntdato", g.dato(), "sluttetdato", g.dato(), "arbeidsforholdstype", "Ordinært arbeidsforhold")
	legg(a.CreateElement("arbeidsgiver"), "navn", g.navn())
	legg(a.CreateElement("arbeidstaker"), "arbeidstakerId", []string{"", "p1", "p2", "p3", "p4"}[g.IntN(5)])
	avtaler := a.CreateElement("arbeidsavtaler")
	g.noen(4, func() {
		avtale := avtaler.CreateElement("arbeidsavtale")
		legg(avtale, "yrkestittel", g.navn(), "stillingsprosent", g.prosent(), "gyldighetsperiode_tom", g.dato())
		if detaljer {
			legg(avtale, "gyldighetsperiode_fom", g.dato())
		}
	})
	fravaer := a.CreateElement("permisjonOgPermittering")
	g.noen(3, func() {
		p := fravaer.CreateElement("permisjonOgPermitteringIPeriode")
		legg(p, "permisjonsprosent", g.prosent(), "permisjonOgPermittering", []string{"Permisjon", "Permittering"}[g.IntN(2)])
		g.periode(p)
	})
	if !detaljer {
		return
	}
	timeliste, opphold := a.CreateElement("antallTimerForTimelønnet"), a.CreateElement("utenlandsopphold")
	g.noen(5, func() {
		t := timeliste.CreateElement("timerIPerioden")
		legg(t, "antallTimer", g.prosent(), "rapporteringsperiode", []string{"2024-02", "2024-13", ""}[g.IntN(3)])
		g.periode(t)
	})
	g.noen(3, func() {
		u := opphold.CreateElement("utenlandsoppholdIPeriode")
		legg(u, "land", g.navn(), "rapporteringsperiode", "2016-01")
		g.periode(u)
	})
}

// arbeidstaker is an answer of hentArbeidstaker with n arbeidsforhold, and the details of some of them.
func (g generator) arbeidstaker(n int) (svar *etree.Element, detaljer []*etree.Element) {
	svar = etree.NewElement("Arbeidstaker")
	liste := svar.CreateElement("arbeidsforholdListe")
	for i := range n {
		id := strconv.Itoa(i + 1)
		g.arbeidsforhold(liste, id, false)
		if g.IntN(3) > 0 {
			d := etree.NewElement("Arbeidsforhold")
			g.arbeidsforhold(d.CreateElement("arbeidsforhold"), id, true)
			detaljer = append(detaljer, d)
		}
	}
	return svar, detaljer
}

// arbeidsgiver is an answer of hentArbeidsgiver with n arbeidsforhold and m underenheter.
func (g generator) arbeidsgiver(n, m int) *etree.Element {
	svar := etree.NewElement("Arbeidsgiver")
	legg(svar, "statuskode", "komplett", "orgnr", "210000011", "navn", g.navn(), "orgnrHovedenhet", []string{"", "310000099"}[g.IntN(2)])
	if m > 0 {
		under := svar.CreateElement("underenheter")
		for i := range m {
			legg(under.CreateElement("underenhet"), "orgnr", fmt.Sprintf("2%08d", i), "navn", g.navn(),
				"oppoert", []string{"true", "false"}[g.IntN(2)], "historisk", []string{"true", "false"}[g.IntN(2)], "enhkode", "BEDR")
		}
	}
	liste := svar.CreateElement("arbeidsforholdListe")
	for i := range n {
		g.arbeidsforhold(liste, strconv.Itoa(i+1), false)
	}
	return svar
}

// utvalg is a period that may be asked for, sensible or not.
func (g generator) utvalg() Aarsperiode {
	aar := func() int { return []int{0, 0, 1990, 2001, 2015, 2024, 2025, 9999, -3}[g.IntN(9)] }
	return Aarsperiode{aar(), aar()}
}

// TestEveryGeneratedAnswerIsDrawnSoundly: whatever dates an answer has, and whatever period is asked for, nothing lies
// outside the sheet and no lane over another.
func TestEveryGeneratedAnswerIsDrawnSoundly(t *testing.T) {
	for seed := range uint64(200) {
		g := nyGenerator(seed)
		svar, detaljer := g.arbeidstaker(1 + g.IntN(12))
		b, err := Tidslinje(svar, detaljer, fixtures.Today, g.utvalg())
		proev(t, fmt.Sprint("seed ", seed), tegnet(t, b, err))
		for _, b := range alleBilder(t, g.arbeidsgiver(g.IntN(30), g.IntN(40)), fixtures.Today, g.utvalg()) {
			proev(t, fmt.Sprint("seed ", seed), b)
		}
	}
}

// TestSameAnswerGivesTheSameBytes: pictures do not depend on the order of a map.
func TestSameAnswerGivesTheSameBytes(t *testing.T) {
	for seed := range uint64(20) {
		en := alleBilder(t, nyGenerator(seed).arbeidsgiver(40, 40), fixtures.Today, Aarsperiode{})
		to := alleBilder(t, nyGenerator(seed).arbeidsgiver(40, 40), fixtures.Today, Aarsperiode{})
		if diff := cmp.Diff(en, to); diff != "" {
			t.Fatalf("seed %d (-first +second):\n%s", seed, diff)
		}
	}
}

// FuzzBilder: no text in the place of a date, a number or a name, and no day of today, makes a picture fail.
func FuzzBilder(f *testing.F) {
	f.Add("2020-01-01", "", "100.0", "NAVN", int32(20250615), 0, 0)
	f.Add("9999-12-31", "0001-01-01", "1e309", "\x00]]>", int32(0), 2020, 1800)
	f.Add("", "2020-02-30", "-1", "å", int32(-5), -1, 99999)
	f.Fuzz(func(t *testing.T, fra, til, prosent, navn string, idag int32, p, q int) {
		svar := etree.NewElement("Arbeidsforhold")
		a := svar.CreateElement("arbeidsforhold").CreateElement("arbeidsforhold")
		liste := svar.CreateElement("arbeidsforholdListe")
		legg(svar, "orgnr", navn, "navn", navn, "navnHovedenhet", navn)
		legg(a, "begyntdato", fra, "sluttetdato", til)
		legg(a.CreateElement("arbeidsgiver"), "navn", navn)
		legg(a.CreateElement("arbeidsavtaler").CreateElement("arbeidsavtale"), "stillingsprosent", prosent, "gyldighetsperiode_fom", til, "yrkestittel", navn)
		legg(a.CreateElement("antallTimerForTimelønnet").CreateElement("timerIPerioden"), "antallTimer", prosent, "rapporteringsperiode", fra)
		for _, b := range alleBilder(t, svar, store.Dato(idag), Aarsperiode{p, q}) {
			proev(t, "fuzz", b)
		}
		liste.AddChild(a.Copy())
		for _, b := range alleBilder(t, svar, store.Dato(idag), Aarsperiode{p, q}) {
			proev(t, "fuzz", b)
		}
	})
}
