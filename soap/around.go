package soap

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"aareg/products"
)

// Question is what Config.Around is told of a question.
type Question struct {
	// Operation is what the field specification calls it (hentArbeidstaker), in any dialect; "" when the question was
	// refused.
	Operation string
	// Leaves are its elements that have a value, by tag.
	Leaves map[string]string
}

// Around is asked about every question that came, in the place of answering it: a test double's part. answer answers
// it to w, as always or, when instead is not nil and the question was not refused, as if that were what its product
// had come to: an outcome without data (store.ErrIngen and the like) or a fault of NewFault. It is called once or not
// at all, before Around returns.
type Around func(w http.ResponseWriter, r *http.Request, q Question, answer func(w http.ResponseWriter, instead error))

// around answers the question through Config.Around.
func (x *exchange) around() {
	op, err := x.read()
	var told Question // of one that was refused, nothing
	if err == nil {
		told = x.told()
	}
	x.config.Around(x.w, x.r, told, func(w http.ResponseWriter, instead error) {
		x.w = w
		if instead != nil {
			op = func(context.Context, products.Query, []leaf, *products.Svar) error { return instead }
		}
		if err == nil {
			err = x.answer(op)
		}
		if err != nil {
			x.fail(err)
		}
	})
}

// told is the question in the words of its element. A test double keeps them, and need not keep the whole document.
func (x *exchange) told() Question {
	told := Question{Operation: x.operation, Leaves: make(map[string]string, len(x.given))}
	for _, l := range x.given {
		told.Leaves[l.tag] = strings.Clone(l.text)
	}
	return told
}

// Feilkoder are the feilkoder of the contract, in its order.
func Feilkoder() []string {
	return []string{string(ugyldigXml), string(ugyldigKonvolutt), string(ukjentOperasjon), string(ugyldigForespoersel), string(forStor),
		string(ugyldigBruker), string(sesjonUtloept), string(ikkeTilgang), string(forMangeForespoersler), string(feilIBackOffice)}
}

var errNoFeilkode = errors.New("there is no such feilkode")

// NewFault is the fault of a feilkode, for Around. Its feilmelding tells that a test double made it; a reference, which
// a fault of group system quotes, is zeros, since nothing stands in the log.
func NewFault(kode string) error {
	tekst, known := feiltekster[feilkode(kode)]
	switch {
	case !known:
		return errNoFeilkode
	case tekst.gruppe.receiver:
		return &feil{kode: feilkode(kode), melding: "Referanse for feilsøking: 000000000000"}
	}
	return &feil{kode: feilkode(kode), melding: "Feilen er bestilt av testdobbelen."}
}
