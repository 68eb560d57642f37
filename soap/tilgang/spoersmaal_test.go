package tilgang

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aareg/store/konsument"
	"aareg/wsdl/felt"
)

// leafRows are all leaves of answers, as field rights name them.
func leafRows() []string {
	var rows []string
	for _, r := range felt.Table() {
		if r.Retning == felt.Respons && !r.IsGroup() {
			rows = append(rows, rowName(r))
		}
	}
	return rows
}

// TestEachElementOfAQuestionHasItsAnswer: of every element that there is, it is said what it tells about, and that is a
// leaf of an answer.
func TestEachElementOfAQuestionHasItsAnswer(t *testing.T) {
	var want, got []string
	for _, r := range felt.Declared(felt.Table()) {
		if r.Retning == felt.Request {
			want = append(want, rowName(r))
		}
	}
	rows := leafRows()
	for operation, elements := range oppgir {
		for tag, tells := range elements {
			got = append(got, operation+"/"+tag)
			for _, row := range tells {
				if !slices.Contains(rows, row) {
					t.Errorf("%s/%s tells about %s, which is no leaf of an answer", operation, tag, row)
				}
			}
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("elements (-table +map):\n%s", diff)
	}
}

// TestOptionalElementsTellAboutSomething, but for the three that only say how and how many.
func TestOptionalElementsTellAboutSomething(t *testing.T) {
	var none []string
	for _, r := range felt.Declared(felt.Table()) {
		if r.Retning == felt.Request && len(oppgir[r.Operasjon][r.Tag]) == 0 && (!r.Mandatory() || r.Tag == "etternavn") {
			none = append(none, rowName(r))
		}
	}
	want := []string{"hentTrefflisteArbeidsgiver/inkluderOpphoerte", "hentTrefflisteArbeidstaker/maksAntall"}
	if diff := cmp.Diff(want, none); diff != "" {
		t.Errorf("elements that tell about nothing (-want +got):\n%s", diff)
	}
}

func avslag(t *testing.T, err error) Avslag {
	t.Helper()
	var a *Avslag
	if err != nil && !errors.As(err, &a) {
		t.Fatalf("not an Avslag: %v", err)
	}
	if a == nil {
		return Avslag{}
	}
	return *a
}

// with is a consumer with rights, let in.
func (v *verden) with(rett konsument.Rettigheter) *Innlogget {
	v.tb.Helper()
	v.login(v.konsument(etat, rett), "etat", nil)
	return v.inn(v.port, bruker("etat", passord))
}

func TestQuestionNeedsItsProduct(t *testing.T) {
	for _, o := range felt.Operations() {
		v := nyVerden(t)
		rett := standard
		rett.Produkter = []string{o.Navn}
		i := v.with(rett)
		for _, asked := range append(felt.Operations(), felt.Operasjon{Navn: "hentAlt"}) {
			want := Avslag{}
			if asked.Navn != o.Navn {
				want.Rettighet = "produkt " + asked.Navn
			}
			if diff := cmp.Diff(want, avslag(t, i.Spoersmaal(asked.Navn, nil))); diff != "" {
				t.Errorf("%s of %s (-want +got):\n%s", asked.Navn, o.Navn, diff)
			}
		}
	}
}

func TestZeroValueOfRightsIsNothing(t *testing.T) {
	v := nyVerden(t)
	i := v.with(konsument.Rettigheter{})
	for _, o := range felt.Operations() {
		if diff := cmp.Diff(Avslag{Rettighet: "produkt " + o.Navn}, avslag(t, i.Spoersmaal(o.Navn, nil))); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
	if got := avslag(t, i.Utlever([]uint64{1})); got != (Avslag{"personerPerDoegn", true}) {
		t.Errorf("a person: %+v", got)
	}
}

func TestAgreementOnExtractsAloneAnswersNoQuestion(t *testing.T) {
	v := nyVerden(t)
	k := v.konsument(etat, standard)
	v.must(v.reg.Endre(k, func(k *konsument.Konsument) error {
		k.Tilgang = []konsument.Tilgangsform{konsument.Uttrekk}
		return nil
	}))
	v.login(k, "etat", nil)
	i := v.inn(v.port, bruker("etat", passord))
	if got := avslag(t, i.Spoersmaal("hentArbeidstaker", nil)); got != (Avslag{Rettighet: "tilgang api"}) {
		t.Errorf("%+v", got)
	}
}

// TestPersonOnThePageNeedsThatWayIn: and no other.
func TestPersonOnThePageNeedsThatWayIn(t *testing.T) {
	v := nyVerden(t)
	k := v.konsument(etat, standard)
	v.login(k, "etat", nil)
	for _, c := range []struct {
		tilgang         konsument.Tilgangsform
		machine, person Avslag
	}{
		{konsument.API, Avslag{}, Avslag{Rettighet: "tilgang web-oppslag"}},
		{konsument.WebOppslag, Avslag{Rettighet: "tilgang api"}, Avslag{}},
		{konsument.Uttrekk, Avslag{Rettighet: "tilgang api"}, Avslag{Rettighet: "tilgang web-oppslag"}},
	} {
		v.must(v.reg.Endre(k, func(k *konsument.Konsument) error { k.Tilgang = []konsument.Tilgangsform{c.tilgang}; return nil }))
		i := v.inn(v.port, bruker("etat", passord))
		if got := []Avslag{avslag(t, i.Spoersmaal("hentArbeidstaker", nil)), avslag(t, i.Form())}; got[0] != c.machine || got[1] != c.machine {
			t.Errorf("%s, a machine: %+v", c.tilgang, got)
		}
		i.PaaSide()
		if got := []Avslag{avslag(t, i.Spoersmaal("hentArbeidstaker", nil)), avslag(t, i.Form())}; got[0] != c.person || got[1] != c.person {
			t.Errorf("%s, a person: %+v", c.tilgang, got)
		}
	}
}

// TestElementIsRefusedWithoutAnyLeafItTellsAbout takes each such leaf out of a profile that has all others.
func TestElementIsRefusedWithoutAnyLeafItTellsAbout(t *testing.T) {
	v := nyVerden(t)
	k := v.konsument(etat, standard)
	v.login(k, "etat", nil)
	tried, all := 0, leafRows()
	for operation, elements := range oppgir {
		for tag, tells := range elements {
			for _, row := range append([]string{""}, tells...) {
				v.must(v.reg.Endre(k, func(k *konsument.Konsument) error {
					k.Rettigheter.Felter = slices.DeleteFunc(slices.Clone(all), func(r string) bool { return r == row })
					return nil
				}))
				want := Avslag{}
				if row != "" {
					want.Rettighet = "felt " + operation + "/" + tag
					tried++
				}
				i := v.inn(v.port, bruker("etat", passord))
				if got := avslag(t, i.Spoersmaal(operation, []string{tag})); got != want {
					t.Errorf("%s/%s without %q: %+v", operation, tag, row, got)
				}
			}
		}
	}
	if tried < 25 {
		t.Errorf("only %d tried", tried)
	}
}

func TestUnknownElementIsRefused(t *testing.T) {
	v := nyVerden(t)
	i := v.with(standard)
	if got := avslag(t, i.Spoersmaal("hentArbeidstaker", []string{"foedselsnr", "lønn"})); got != (Avslag{Rettighet: "felt hentArbeidstaker/lønn"}) {
		t.Errorf("%+v", got)
	}
}

// TestQuestionsASecondAreLimited: with a burst of as many, for each consumer by itself, refused questions too.
func TestQuestionsASecondAreLimited(t *testing.T) {
	v := nyVerden(t)
	rett := standard
	rett.SpoersmaalPerSekund = 5
	rett.Produkter = []string{"hentArbeidstaker"}
	i := v.with(rett)
	v.login(v.konsument(fond, rett), "fond", nil)
	other := v.inn(v.port, bruker("fond", passord))
	ask := func(i *Innlogget, operation string, times int) string {
		var b strings.Builder
		for range times {
			a := avslag(t, i.Spoersmaal(operation, nil))
			switch {
			case a == (Avslag{}):
				b.WriteByte('.')
			case a == (Avslag{"spoersmaalPerSekund", true}):
				b.WriteByte('q')
			default:
				b.WriteByte('-')
			}
		}
		return b.String()
	}
	for _, step := range []struct {
		after     time.Duration
		operation string
		times     int
		want      string
	}{{0, "hentArbeidstaker", 7, ".....qq"}, {200 * ms, "hentArbeidstaker", 2, ".q"}, {time.Second, "hentArbeidsforhold", 6, "-----q"},
		{time.Hour, "hentArbeidstaker", 7, ".....qq"}} {
		v.pass(step.after)
		// A session of the same consumer draws on the same quota.
		if got := ask(v.inn(v.port, bruker("etat", passord)), step.operation, step.times); got != step.want {
			t.Errorf("%v later: %s, want %s", step.after, got, step.want)
		}
	}
	if got := ask(i, "hentArbeidstaker", 1); got != "q" {
		t.Errorf("an older login: %s", got)
	}
	v.must(v.reg.Endre(i.Konsument.Nr, func(k *konsument.Konsument) error { k.Rettigheter.PersonerPerDoegn = 7; return nil }))
	if got := ask(v.inn(v.port, bruker("etat", passord)), "hentArbeidstaker", 1); got != "q" {
		t.Errorf("after another right changed: %s", got)
	}
	if got := ask(other, "hentArbeidstaker", 6); got != ".....q" {
		t.Errorf("another consumer: %s", got)
	}
	v.must(v.reg.Endre(i.Konsument.Nr, func(k *konsument.Konsument) error { k.Rettigheter.SpoersmaalPerSekund = 0; return nil }))
	if got := ask(v.inn(v.port, bruker("etat", passord)), "hentArbeidstaker", 1); got != "q" {
		t.Errorf("quota 0: %s", got)
	}
	v.must(v.reg.Endre(i.Konsument.Nr, func(k *konsument.Konsument) error {
		k.Rettigheter.SpoersmaalPerSekund = konsument.Ubegrenset
		return nil
	}))
	if got := ask(v.inn(v.port, bruker("etat", passord)), "hentArbeidstaker", 100); got != strings.Repeat(".", 100) {
		t.Errorf("no limit: %s", got)
	}
}
