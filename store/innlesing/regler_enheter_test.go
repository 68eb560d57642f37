package innlesing_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/store"
)

// Units of tests beside komm, oppv and skole.
const (
	nyKomm = "219900104" // another hovedenhet
	kiosk  = "219900201"
)

func csvEnhet(orgnr, navn, form, over string) func(*register) {
	return func(r *register) {
		r.take([]string{`"organisasjonsnummer","navn","organisasjonsform.kode","registreringsdatoenhetsregisteret","overordnetEnhet"`,
			`"` + orgnr + `","` + navn + `","` + form + `","1995-02-19","` + over + `"`}, shrinking)
	}
}

func enhet(orgnr, navn, form, over string, change ...func(*store.Enhet)) *store.Enhet {
	e := &store.Enhet{Orgnr: orgnr, Navn: navn, Organisasjonsform: store.Kodeverdi{Kode: form}, OverordnetEnhet: over, Registreringsdato: 19950219}
	for _, c := range change {
		c(e)
	}
	return e
}

func hetFoer(navn ...string) func(*store.Enhet) {
	return func(e *store.Enhet) {
		for _, n := range navn {
			e.TidligereNavn = append(e.TidligereNavn, store.TidligereEnhetsnavn{Navn: n})
		}
	}
}

func laaUnder(orgnr string, til store.Dato) func(*store.Enhet) {
	return func(e *store.Enhet) {
		e.TidligereOverordnet = append(e.TidligereOverordnet, store.TidligereOverordnet{Orgnr: orgnr, Til: til})
	}
}

func opphoert(dag store.Dato) func(*store.Enhet) {
	return func(e *store.Enhet) { e.Opphoert, e.Opphoersdato = dag == 0, dag }
}

func iStorgata(e *store.Enhet) {
	e.Forretningsadresse = store.Adresse{Linjer: []string{"Storgata 1"}, Postnr: "0155"}
}

var (
	school    = formEnhet(skole, "SKOLEN", "BEDR", oppv)
	sold      = formEnhet(skole, "SKOLEN", "BEDR", nyKomm)
	addressed = school.with(obj{"beliggenhetsadresse": obj{"adresse": []string{"Storgata 1"}, "postnummer": "0155"}})
	closed    = obj{"organisasjonsnummer": skole, "navn": "SKOLEN", "organisasjonsform": obj{"kode": "BEDR"}, "respons_klasse": "SlettetEnhet",
		"slettedato": "2024-05-06"}
	named = school.with(obj{"historiskeNavn": []obj{{"navn": "GAMLESKOLEN"}}})
)

func TestWhomATransferredUnitBelongedToStays(t *testing.T) {
	kjentEnhet{
		"whom it belonged to before it was transferred": {
			steg{om(school), om(sold.with(obj{"datoEierskifte": "2025-03-01"}))}, enhet(skole, "SKOLEN", "BEDR", nyKomm, laaUnder(oppv, 20250301),
				func(e *store.Enhet) { e.Virksomhetsoverdragelse = 20250301 })},
		"on a day that is not told": {
			steg{om(school), om(sold)}, enhet(skole, "SKOLEN", "BEDR", nyKomm, laaUnder(oppv, 0))},
		"in a full import": {
			steg{om(school), omFull(sold)}, enhet(skole, "SKOLEN", "BEDR", nyKomm, laaUnder(oppv, 0))},
		"and when it is delivered again": {
			steg{om(school), om(sold), om(sold)}, enhet(skole, "SKOLEN", "BEDR", nyKomm, laaUnder(oppv, 0))},
		"in two steps": {
			steg{om(school), om(sold), om(formEnhet(skole, "SKOLEN", "BEDR", komm))},
			enhet(skole, "SKOLEN", "BEDR", komm, laaUnder(nyKomm, 0), laaUnder(oppv, 0))},
		"not of one that came back": {
			steg{om(school), om(sold), om(school)}, enhet(skole, "SKOLEN", "BEDR", oppv, laaUnder(nyKomm, 0))},
	}.run(t)
}

func TestADeletedUnitKeepsItsAddressAndPlace(t *testing.T) {
	event := brreg(5, "Sletting", skole)
	kjentEnhet{
		"address and place of one that was deleted": {
			steg{om(addressed), om(closed)}, enhet(skole, "SKOLEN", "BEDR", oppv, iStorgata, opphoert(20240506))},
		"in a full import of it": {
			steg{om(addressed), omFull(closed)}, enhet(skole, "SKOLEN", "BEDR", oppv, iStorgata, opphoert(20240506))},
		"when the event of it is all there is": {
			steg{om(addressed), om(event)}, enhet(skole, "SKOLEN", "BEDR", oppv, iStorgata, opphoert(0))},
		"when the event comes with the unit": {
			steg{om(addressed), om(event, closed)}, enhet(skole, "SKOLEN", "BEDR", oppv, iStorgata, opphoert(20240506))},
		"when the event comes with the unit, in a full import": {
			steg{om(addressed), omFull(event, closed)}, enhet(skole, "SKOLEN", "BEDR", oppv, iStorgata, opphoert(20240506))},
		"when the event is all there is in a full import": {
			steg{om(addressed), omFull(event)}, enhet(skole, "SKOLEN", "BEDR", oppv, iStorgata, opphoert(0))},
	}.run(t)
}

func TestARowOfCSVKeepsFormerNames(t *testing.T) {
	kjentEnhet{
		"former names, of a row of CSV": {
			steg{om(named), csvEnhet(skole, "SKOLEN", "BEDR", oppv)},
			enhet(skole, "SKOLEN", "BEDR", oppv, hetFoer("GAMLESKOLEN"))},
		"a changed name, of a row of CSV": {
			steg{om(named), csvEnhet(skole, "NYSKOLEN", "BEDR", oppv)},
			enhet(skole, "NYSKOLEN", "BEDR", oppv, hetFoer("SKOLEN", "GAMLESKOLEN"))},
		"a changed name that it had before, of a row of CSV": {
			steg{om(school.with(obj{"historiskeNavn": []obj{{"navn": "NYSKOLEN"}}})), csvEnhet(skole, "NYSKOLEN", "BEDR", oppv),
				csvEnhet(skole, "SKOLEN", "BEDR", oppv)}, enhet(skole, "SKOLEN", "BEDR", oppv, hetFoer("SKOLEN", "NYSKOLEN"))},
		"not former names that JSON leaves out": {
			steg{om(named), om(school)}, enhet(skole, "SKOLEN", "BEDR", oppv)},
	}.run(t)
}

func TestAUnitThatIsInNoFileAnyMoreHasCeased(t *testing.T) {
	kommune, kiosken := formEnhet(komm, "KOMMUNEN", "KOMM", ""), formEnhet(kiosk, "KIOSKEN", "BEDR", komm)
	kjentEnhet{
		"one that a full import of underenheter leaves out has ceased": {
			steg{om(addressed, kiosken, kommune), omFull(kiosken)}, enhet(skole, "SKOLEN", "BEDR", oppv, iStorgata, opphoert(0))},
		"not when it has hovedenheter alone": {
			steg{om(addressed, kiosken, kommune), omFull(kommune)}, enhet(skole, "SKOLEN", "BEDR", oppv, iStorgata)},
		"not when it has no units": {
			steg{om(addressed, kiosken, kommune), omFull(formPDL("Ulv", "", blid))}, enhet(skole, "SKOLEN", "BEDR", oppv, iStorgata)},
		"not when it has deleted ones alone": {
			steg{om(addressed, kiosken, kommune), omFull(obj{"organisasjonsnummer": kiosk, "navn": "KIOSKEN", "organisasjonsform": obj{"kode": "BEDR"},
				"respons_klasse": "SlettetEnhet", "slettedato": "2024-05-06"})}, enhet(skole, "SKOLEN", "BEDR", oppv, iStorgata)},
		"one that comes back has not ceased": {
			steg{om(school, kiosken, kommune), omFull(kiosken), omFull(kiosken, school)}, enhet(skole, "SKOLEN", "BEDR", oppv)},
		"its last day, when it is in no file any more": {
			steg{om(addressed), om(closed), omFull(kiosken)}, enhet(skole, "SKOLEN", "BEDR", oppv, iStorgata, opphoert(20240506))},
	}.run(t)
}

// kjentEnhet is a register after some imports, and what it must know of the school.
type kjentEnhet map[string]struct {
	steg steg
	want *store.Enhet
}

func (tests kjentEnhet) run(t *testing.T) {
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := etter(t, test.steg)
			if diff := cmp.Diff(test.want, r.enhet(skole)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			sameOnce(t, r, "kode")
		})
	}
}
