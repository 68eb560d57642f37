package tilgang

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/products"
	"aareg/wsdl/felt"
)

// show writes a tree in one line: an emptied leaf with -, one that is left out with !, a group with what is in it.
func show(f *products.Felter) string {
	if f == nil {
		return "everything"
	}
	var b strings.Builder
	for n, child := range f.Under {
		if n > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(child.Tag + map[products.Visning]string{products.Toemmes: "-", products.Utelates: "!"}[child.Vis])
		if len(child.Under) > 0 {
			b.WriteString("(" + show(child) + ")")
		}
	}
	return b.String()
}

// TestAnswersKeepToTheProfile is the rules of the table, one by one.
func TestAnswersKeepToTheProfile(t *testing.T) {
	const emptied = "orgnr- orgnrHovedenhet- navn- fadresse1- fadresse2- fadresse3- fpostnr- fpoststed- padresse1- padresse2- padresse3- " +
		"ppostnr- ppoststed- kontorkommunenr- kontorkommune- arbeidssted- enhkode- enhtypeBeskr- historisk-"
	const block = "orgnr- orgnrHovedenhet- navnHovedenhet- navn- kjoenn- alder- fadresse1- fadresse2- fadresse3- fpostnr- fpoststed- " +
		"padresse1- padresse2- padresse3- ppostnr- ppoststed- "
	const forhold = "arbeidsforholdId- agArbeidsforholdId- arbeidsgiver(arbeidsgiverId- navn-) Arbeidstaker(efnavn-) begyntdato- sluttetdato- " +
		"datoSistBekreftet- arbeidsforholdstype- arbeidsforholdInnrapportertEtterAOrdningen-"
	for _, c := range []struct{ why, operation, felter, want string }{
		{"an operation is all of its answer", "hentArbeidsforhold", "hentArbeidsforhold", "everything"},
		{"another operation is nothing of it", "hentTrefflisteArbeidstaker", "hentArbeidstaker", "statuskode statustekst arbeidstakere!"},
		{"leaves of a block are emptied, also those that may be missing", "hentAntallArbeidstakere", "hentAntallArbeidstakere/arbeidstakere",
			"statuskode statustekst " + block +
				"Kommunenr- kommune- landkode- landtekst- etablert- enhkode- enhtypeBeskr- oppfoert- virksomhetsoverdragelse- arbeidstakere"},
		{"the root's own antall stays, and with it what it counts", "hentTrefflisteArbeidsgiver", "",
			"statuskode statustekst antall arbeidsgiver(" + emptied + ")"},
		{"a leaf of what is counted", "hentTrefflisteArbeidsgiver", "hentTrefflisteArbeidsgiver/arbeidsgiver/navn",
			"statuskode statustekst antall arbeidsgiver(" + strings.Replace(emptied, "navn-", "navn", 1) + ")"},
		{"a group that may be missing and has nothing inside is left out", "hentArbeidstaker", "hentArbeidstaker/alder",
			"statuskode statustekst foedselsnr- etternavn- fornavn- mellomnavn- kjoenn- alder arbeidsforholdListe!"},
		{"a counted list stays for its antall alone", "hentArbeidstaker", "hentArbeidstaker/arbeidsforholdListe/antall",
			"statuskode statustekst foedselsnr- etternavn- fornavn- mellomnavn- kjoenn- alder- arbeidsforholdListe(antall arbeidsforhold(" + forhold +
				" arbeidsavtaler(arbeidsavtale!) permisjonOgPermittering!))"},
		{"a group that must be there is kept for its shape, what it repeats uncounted is not", "hentArbeidstaker",
			"hentArbeidstaker/arbeidsforholdListe/arbeidsforhold/permisjonOgPermittering/permisjonOgPermitteringIPeriode/periode",
			"statuskode statustekst foedselsnr- etternavn- fornavn- mellomnavn- kjoenn- alder- arbeidsforholdListe(antall arbeidsforhold(" + forhold +
				" arbeidsavtaler(arbeidsavtale!) permisjonOgPermittering(permisjonOgPermitteringIPeriode(permisjonsId- periode(fom tom)" +
				" permisjonsprosent- permisjonOgPermittering-))))"},
		{"a group named is all of it", "hentTrefflisteArbeidstaker", "hentTrefflisteArbeidstaker/arbeidstakere", "everything"},
		{"a row beginning like another is not inside it", "hentTrefflisteArbeidstaker", "hentTrefflisteArbeidstaker/arbeidstakere/arbeid",
			"statuskode statustekst arbeidstakere!"},
		{"a product that is unknown shows nothing", "hentAlt", "hentAlt", ""},
	} {
		if diff := cmp.Diff(c.want, show(newProfil(strings.Fields(c.felter)).answer(c.operation))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.why, diff)
		}
	}
}

// TestLeafThatMayBeMissingIsLeftOut where no block wants it: the three of ships.
func TestLeafThatMayBeMissingIsLeftOut(t *testing.T) {
	got := show(newProfil([]string{"hentArbeidsforhold/arbeidsforhold/arbeidsforhold/arbeidsavtaler/arbeidsavtale/yrkeskode"}).answer("hentArbeidsforhold"))
	_, got, _ = strings.Cut(got, "arbeidsavtaler(")
	got, _, _ = strings.Cut(got, ")")
	want := "arbeidsavtale(arbeidstidsordning- avloenningstype- yrkeskode yrkestittel- avtaltArbeidstimerPerUke- timerIFullStilling- " +
		"stillingsprosent- berAntTimerPerUke- sisteLoennsendringsdato- gyldighetsperiode_fom- gyldighetsperiode_tom- antallTimerGammeltAa- " +
		"endringsdatoStillingsprosent- fartsomraade! skipsregister! skipstype!"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestEachLeafIsShownByItselfAlone: of each leaf alone in a profile, the answer shows it and, beside it, only what every
// answer has; and all rows of the answer but what stands in a group that is left out have their place in the tree.
func TestEachLeafIsShownByItselfAlone(t *testing.T) {
	always := map[string]bool{"statuskode": true, "statustekst": true, "antall": true, "antallTot": true}
	for _, row := range leafRows() {
		operation, path, _ := strings.Cut(row, "/")
		shown := map[string]bool{}
		var walk func(e *element, f *products.Felter)
		walk = func(e *element, f *products.Felter) {
			if f.Vis == products.Utelates {
				return
			}
			if len(e.under) != len(f.Under) {
				t.Errorf("%s: %s has %d elements, want %d", row, e.Sti, len(f.Under), len(e.under))
				return
			}
			for n, child := range e.under {
				if child.Tag != f.Under[n].Tag {
					t.Errorf("%s: %s stands in the place of %s", row, f.Under[n].Tag, child.Sti)
				}
				if !child.IsGroup() && f.Under[n].Vis == products.Vises {
					shown[child.Sti] = true
				}
				walk(child, f.Under[n])
			}
		}
		walk(answers[operation], newProfil([]string{row}).answer(operation))
		if !shown[path] {
			t.Errorf("%s is not shown", row)
		}
		for other := range shown {
			if tag := other[strings.LastIndexByte(other, '/')+1:]; other != path && !always[tag] {
				t.Errorf("%s shows %s", row, other)
			}
		}
	}
}

func TestProfileOfAllLeavesIsEverything(t *testing.T) {
	p := newProfil(leafRows())
	for _, o := range felt.Operations() {
		if got := p.answer(o.Navn); got != nil {
			t.Errorf("%s: %s", o.Navn, show(got))
		}
	}
}

func TestTableCountsWhatIsShown(t *testing.T) {
	rett := standard
	rett.Profil, rett.Produkter = "prøve", []string{"hentArbeidstaker"}
	rett.Felter = []string{"hentArbeidstaker", "hentTrefflisteArbeidsgiver/arbeidsgiver/navn", "hentArbeidstaker/loenn"}
	rett.Personer.Alle, rett.Personer.Nummer = false, []string{"15890012345"}
	rett.PersonerPerDoegn = 10
	v := nyVerden(t)
	got := v.with(rett).Tabell()
	products := got.Produkter
	got.Produkter, got.Uttrekk.Rader = nil, nil
	want := Tabell{Profil: "prøve", Arbeidsgivere: -1, Personer: 1, Fortrolig: "ingen", StrengtFortrolig: "ingen", PersonerPerDoegn: 10,
		SpoersmaalPerSekund: -1, Ukjente: []string{"hentArbeidstaker/loenn"}, Uttrekk: Uttrekksrett{Utelatt: 11}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	var lines []string
	for _, p := range products {
		lines = append(lines, fmt.Sprintf("%s %s %v %d %d %d %v", p.Avsnitt, p.Navn, p.Tillatt, p.Vist, p.Toemt, p.Utelatt, p.Sperret))
	}
	wantLines := []string{
		"2.1 hentAntallArbeidstakere false 2 26 0 []",
		"2.2 hentArbeidsgiver false 2 27 42 [statusArbeidsforhold lovgivning datofra datotil]",
		"2.3 hentArbeidstaker true 28 0 0 []",
		"2.4 hentTrefflisteArbeidsgiver false 4 18 0 [kommunenr postnr fylkenr fdato faarfra faartil alderfra aldertil kjoenn]",
		"2.5 hentTrefflisteArbeidstaker false 2 0 8 [etternavn fornavn mellomnavn fdato faarfra faartil alderfra aldertil kjoenn]",
		"2.6 hentArbeidsforhold false 2 0 44 []",
	}
	if diff := cmp.Diff(wantLines, lines); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestTableListsEveryLeafAndWhatBecomesOfIt has leaves of each kind: named, beside it in its group, in a group that is left
// out, and in one that is kept for its shape.
func TestTableListsEveryLeafAndWhatBecomesOfIt(t *testing.T) {
	rett := standard
	rett.Felter = []string{"hentArbeidsforhold/arbeidsforhold/arbeidsforhold/begyntdato", "hentTrefflisteArbeidsgiver"}
	v := nyVerden(t)
	got := map[string]products.Visning{}
	for _, p := range v.with(rett).Tabell().Produkter {
		var want, stier []string
		for _, row := range felt.Select(felt.Table(), p.Navn, felt.Respons) {
			if !row.IsGroup() {
				want = append(want, row.Sti)
			}
		}
		counts := map[products.Visning]int{}
		for _, b := range p.Blader {
			stier = append(stier, b.Sti)
			counts[b.Vis]++
			got[p.Navn+"/"+b.Sti] = b.Vis
		}
		if diff := cmp.Diff(want, stier); diff != "" {
			t.Errorf("%s, its leaves (-want +got):\n%s", p.Navn, diff)
		}
		if p.Vist != counts[products.Vises] || p.Toemt != counts[products.Toemmes] || p.Utelatt != counts[products.Utelates] {
			t.Errorf("%s counts %d, %d and %d, and lists %v", p.Navn, p.Vist, p.Toemt, p.Utelatt, counts)
		}
	}
	const forhold = "hentArbeidsforhold/arbeidsforhold/arbeidsforhold/"
	for leaf, want := range map[string]products.Visning{
		"hentArbeidsforhold/statuskode":                    products.Vises,
		forhold + "begyntdato":                             products.Vises,
		forhold + "sluttetdato":                            products.Toemmes,
		forhold + "arbeidsgiver/arbeidsgiverId":            products.Toemmes,
		forhold + "arbeidsavtaler/arbeidsavtale/yrkeskode": products.Utelates,
		forhold + "arbeidsavtaler/arbeidsavtale/skipstype": products.Utelates,
		"hentTrefflisteArbeidsgiver/arbeidsgiver/navn":     products.Vises,
		"hentTrefflisteArbeidstaker/arbeidstakere/antall":  products.Utelates,
		"hentArbeidstaker/arbeidsforholdListe/antall":      products.Utelates,
		"hentAntallArbeidstakere/arbeidstakere":            products.Toemmes,
	} {
		if vis, listed := got[leaf]; vis != want || !listed {
			t.Errorf("%s: want %d, got %d (listed: %v)", leaf, want, vis, listed)
		}
	}
}
