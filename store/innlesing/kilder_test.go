package innlesing_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"aareg/store"
	"aareg/store/kilder"
)

// obj is a JSON object of a source.
type obj map[string]any

func (o obj) String() string {
	text, err := json.Marshal(o)
	if err != nil {
		panic(err) // what tests write can be written
	}
	return string(text)
}

// with is the object with more members.
func (o obj) with(more obj) obj {
	all := obj{}
	for _, part := range []obj{o, more} {
		for k, v := range part {
			all[k] = v
		}
	}
	return all
}

// The made-up parties of most tests.
const (
	blid  = "12829499914"
	ulv   = "05840399895"
	skole = "219900155" // an underenhet of oppvekst
	oppv  = "219900147"
	komm  = "219900139"
)

// formA is an arbeidsforhold of REST v2, with its agreements in months, "fra" or "fra til".
func formA(nr int64, id, taker string, months ...string) obj {
	o := formB(id, taker, months...).with(obj{"navArbeidsforholdId": nr, "navUuid": id,
		"arbeidstaker":       obj{"identer": []obj{{"type": "FOLKEREGISTERIDENT", "ident": taker, "gjeldende": true}}},
		"arbeidssted":        obj{"type": "Underenhet", "identer": []obj{{"type": "ORGANISASJONSNUMMER", "ident": skole}}},
		"opplysningspliktig": obj{"type": "Hovedenhet", "identer": []obj{{"type": "ORGANISASJONSNUMMER", "ident": komm}}},
	})
	delete(o, "uuid")
	return o
}

// formB is one of dist-api, which has no number.
func formB(id, taker string, months ...string) obj {
	var agreements []obj
	for _, m := range months {
		fra, til, ended := strings.Cut(m, " ")
		period := obj{"fra": fra, "til": nil}
		if ended {
			period["til"] = til
		}
		agreements = append(agreements, obj{"type": "Ordinaer", "rapporteringsmaaneder": period, "avtaltStillingsprosent": 100})
	}
	return obj{"uuid": id, "type": obj{"kode": "ordinaertArbeidsforhold"}, "arbeidstaker": obj{"ident": taker},
		"arbeidssted": obj{"type": "Underenhet", "ident": skole}, "opplysningspliktig": obj{"type": "Hovedenhet", "ident": komm},
		"ansettelsesperiode": obj{"startdato": "2020-01-01"}, "ansettelsesdetaljer": agreements}
}

// formD is one of REST v1, which has no uuid, with its agreements in days, "fom" or "fom tom".
func formD(nr int64, taker string, days ...string) obj {
	agreements := []obj{}
	for _, d := range days {
		fom, tom, ended := strings.Cut(d, " ")
		period := obj{"fom": fom}
		if ended {
			period["tom"] = tom
		}
		agreements = append(agreements, obj{"stillingsprosent": 100, "gyldighetsperiode": period})
	}
	return obj{"navArbeidsforholdId": nr, "arbeidsforholdId": "v1", "type": "ordinaertArbeidsforhold",
		"arbeidstaker":       obj{"type": "Person", "offentligIdent": taker},
		"arbeidsgiver":       obj{"type": "Organisasjon", "organisasjonsnummer": skole},
		"opplysningspliktig": obj{"type": "Organisasjon", "organisasjonsnummer": komm},
		"ansettelsesperiode": obj{"periode": obj{"fom": "2020-01-01"}}, "arbeidsavtaler": agreements}
}

// formPDL is a person document, with the numbers that identer tell, the one in force first.
func formPDL(etternavn, gradering string, numbers ...string) obj {
	identer := []obj{}
	for i, nummer := range numbers {
		identer = append(identer, obj{"ident": nummer, "gruppe": "FOLKEREGISTERIDENT", "historisk": i > 0})
	}
	person := obj{"navn": []obj{{"fornavn": "Lang", "etternavn": etternavn}}, "kjoenn": []obj{{"kjoenn": "KVINNE"}}, "adressebeskyttelse": []obj{}}
	if gradering != "" {
		person["adressebeskyttelse"] = []obj{{"gradering": gradering}}
	}
	return obj{"hentPerson": person, "hentIdenter": obj{"identer": identer}}
}

// formEnhet is a unit of Enhetsregisteret.
func formEnhet(orgnr, navn, form, over string) obj {
	o := obj{"organisasjonsnummer": orgnr, "navn": navn, "organisasjonsform": obj{"kode": form}, "registreringsdatoEnhetsregisteret": "1995-02-19"}
	if over != "" {
		o["overordnetEnhet"] = over
	}
	return o
}

// lines are objects as records, one a line.
func lines(objects ...obj) (records []string) {
	for _, o := range objects {
		records = append(records, o.String())
	}
	return records
}

// steg are imports, one after the other.
type steg []func(r *register)

// om is an import of records, full or not.
func om(records ...obj) func(*register) {
	return func(r *register) { r.take(lines(records...), shrinking) }
}

func omFull(records ...obj) func(*register) {
	return func(r *register) { r.take(lines(records...), full, shrinking) }
}

// etter is a register after some imports.
func etter(t *testing.T, imports steg) *register {
	t.Helper()
	r := newRegister(t)
	for _, take := range imports {
		take(r)
	}
	return r
}

// read reads from the register that is in force.
func (r *register) read(read func(*store.Tx) error) {
	r.t.Helper()
	if err := store.Read(r.t.Context(), r.db, read); err != nil {
		r.t.Fatal(err)
	}
}

func (r *register) personer() (all []store.Person) {
	r.t.Helper()
	r.read(func(tx *store.Tx) error {
		return tx.Personer(func(p *store.Person) error { all = append(all, *p); return nil })
	})
	return all
}

// enhet is what is known of a unit.
func (r *register) enhet(orgnr string) (e *store.Enhet) {
	r.t.Helper()
	r.read(func(tx *store.Tx) (err error) { e, err = tx.Enhet(orgnr); return err })
	return e
}

// jobber are the arbeidsforhold, each as a line: what finds it, the employee, and the periods of its agreements.
func (r *register) jobber() (all []string) {
	r.t.Helper()
	r.read(func(tx *store.Tx) error {
		return tx.AlleArbeidsforhold(func(a *store.Arbeidsforhold) error {
			line := fmt.Sprintf("%s %s %s", shown(a), strings.TrimPrefix(a.UUID, "5b1c0000-aa01-4bcd-8e00-"), a.Arbeidstaker.Ident)
			for _, d := range a.Ansettelsesdetaljer {
				line += fmt.Sprintf(" [%s %s]", d.Gyldighetsperiode.Fom, d.Gyldighetsperiode.Tom)
			}
			all = append(all, line)
			return nil
		})
	})
	slices.Sort(all)
	return all
}

// shown is the number that is shown, and whether one was minted.
func shown(a *store.Arbeidsforhold) string {
	switch a.UtstedtId {
	case 0:
		return fmt.Sprint(a.ArbeidsforholdId)
	case a.ArbeidsforholdId:
		return "minted"
	}
	return fmt.Sprintf("%d+minted", a.ArbeidsforholdId)
}

func asFeil(err error, bad **kilder.Feil) bool { return errors.As(err, bad) }
