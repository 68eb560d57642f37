package products

import (
	"strconv"
	"strings"

	"aareg/store"
)

// Format is what the values of a data element look like, in the words of Nav's list (dataelementer).
type Format string

// The formats: text; a number with a point; yyyy-MM-dd; yyyy-MM; yyyy-MM-ddTHH:mm[:ss[.fffffffff]], local time.
const (
	Tekst     Format = "Tekst"
	Numerisk  Format = "Numerisk"
	Dato      Format = "Dato"
	Maaned    Format = "ÅrMåned"
	Tidspunkt Format = "Tidspunkt"
)

// Uttrekksfelt is a column of an extract: one data element of the register, or the kode or the beskrivelse of one.
type Uttrekksfelt struct {
	Navn   string // what Nav's list calls it
	Sti    string // in the record, by the technical terms of the list: "ansettelsesdetaljer.yrke.kode"
	Format Format
	// Rett is the row of answers that must be inside a consumer's field profile (Rettigheter.Felter): of § 2.6 where that
	// product shows the element, or all that one can tell from it, otherwise one of the extract's own, "uttrekk/…".
	Rett string

	noekkel bool // stands on every row of CSV
	// verdi is the value of a record, "" for none; of a list, that of its entry i.
	verdi func(a *store.HentetArbeidsforhold, i int) string
}

// Radtype is what a row of CSV is about.
type Radtype string

// The kinds of rows: the arbeidsforhold itself, and one for each entry of its lists.
const (
	RadArbeidsforhold    Radtype = "arbeidsforhold"
	RadDetaljer          Radtype = "ansettelsesdetaljer"
	RadPermisjon         Radtype = "permisjon"
	RadPermittering      Radtype = "permittering"
	RadTimerMedTimeloenn Radtype = "timerMedTimeloenn"
	RadUtenlandsopphold  Radtype = "utenlandsopphold"
	RadIdHistorikk       Radtype = "idHistorikk"
	RadVarsel            Radtype = "varsel"
)

// uttrekksgruppe is the record itself, or one of its lists.
type uttrekksgruppe struct {
	radtype Radtype
	navn    string // for people
	liste   string // the element that repeats; "" for the record itself
	antall  func(a *store.HentetArbeidsforhold) int
	felter  []Uttrekksfelt
}

// The rows of § 2.6, and the extract's own.
const (
	forhold = "hentArbeidsforhold/arbeidsforhold/arbeidsforhold/"
	avtale  = forhold + "arbeidsavtaler/arbeidsavtale/"
	fravaer = forhold + "permisjonOgPermittering/permisjonOgPermitteringIPeriode/"
	timer   = forhold + "antallTimerForTimelønnet/timerIPerioden/"
	utland  = forhold + "utenlandsopphold/utenlandsoppholdIPeriode/"
	egne    = "uttrekk/"
)

// The code lists of elements that no product shows.
var (
	ansettelsesformer      = store.FinnKodeverk("ansettelsesform")
	sluttaarsaker          = store.FinnKodeverk("sluttaarsak")
	varslinger             = store.FinnKodeverk("varsling")
	rapporteringsordninger = store.FinnKodeverk("rapporteringsordning")
)

// uttrekksgrupper are all columns: the data elements of Nav's list, and the register's number of the arbeidsforhold, by
// which hentArbeidsforhold finds it. Values are those that the six products would show: a beskrivelse that was not
// delivered is the code list's, and the one figure for hours that some sources have is antallTimerPrUke.
var uttrekksgrupper = []uttrekksgruppe{
	{RadArbeidsforhold, "Arbeidsforhold", "", func(*store.HentetArbeidsforhold) int { return 1 }, arbeidsforholdfelter},
	{RadDetaljer, "Ansettelsesdetaljer", "ansettelsesdetaljer",
		func(a *store.HentetArbeidsforhold) int { return len(a.Ansettelsesdetaljer) }, detaljfelter},
	{RadPermisjon, "Permisjoner", "permisjoner", func(a *store.HentetArbeidsforhold) int { return len(a.Permisjoner) },
		permisjonsfelter("permisjoner", "PermisjonId", "Permisjon", "permisjonen",
			func(a *store.HentetArbeidsforhold, i int) *store.Permisjon { return &a.Permisjoner[i] })},
	{RadPermittering, "Permitteringer", "permitteringer", func(a *store.HentetArbeidsforhold) int { return len(a.Permitteringer) },
		permisjonsfelter("permitteringer", "PermitteringsId", "Permittering", "permitteringen",
			func(a *store.HentetArbeidsforhold, i int) *store.Permisjon { return &a.Permitteringer[i] })},
	{RadTimerMedTimeloenn, "Timer med timelønn", "timerMedTimeloenn",
		func(a *store.HentetArbeidsforhold) int { return len(a.TimerMedTimeloenn) }, timerfelter},
	{RadUtenlandsopphold, "Utenlandsopphold", "utenlandsopphold",
		func(a *store.HentetArbeidsforhold) int { return len(a.Utenlandsopphold) }, utenlandsfelter},
	{RadIdHistorikk, "ID-historikk for arbeidsforholdet", "idHistorikk",
		func(a *store.HentetArbeidsforhold) int { return len(a.IdHistorikk) }, historikkfelter},
	{RadVarsel, "Varsler", "varsler", func(a *store.HentetArbeidsforhold) int { return len(a.Varsler) }, varselfelter},
}

// UttrekksRett says whether a field right names a row of the extract's own: all of them ("uttrekk"), a group of them
// ("uttrekk/ansettelsesdetaljer"), or one.
func UttrekksRett(navn string) bool {
	for _, g := range uttrekksgrupper {
		for _, f := range g.felter {
			if f.Egen() && (f.Rett == navn || strings.HasPrefix(f.Rett, navn+"/")) {
				return true
			}
		}
	}
	return false
}

// Egen says whether no product shows the element, so that its right is one of the extract's own.
func (f *Uttrekksfelt) Egen() bool { return strings.HasPrefix(f.Rett, egne) }

// Uttrekksfelter are the columns of an extract, in its order.
func Uttrekksfelter() (all []Uttrekksfelt) {
	for _, g := range uttrekksgrupper {
		all = append(all, g.felter...)
	}
	return all
}

func maaned(m store.Maaned) string { return string(m.AppendISO(nil)) }

// nummerTekst is a number that 0 is none of.
func nummerTekst(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}
