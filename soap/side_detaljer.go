package soap

import (
	"encoding/json"
	"net/http"
	"strconv"

	"aareg/products"
)

// DetaljerPath is where the look-up page asks for what the register has of an arbeidsforhold beyond § 2.6's answer, by POST
// of its number in the register. The answer is products.Detaljsvar's Grupper as JSON, null for none; what is refused is a
// fault as of a question. For requests that are not of ForSide there is nothing at the path.
const DetaljerPath = "/detaljer"

// detaljer answers that, and accounts for it as for an answer: the day's quota has room, and the audit log has a row of its
// own, by the right "detaljer". An error means that nothing has left.
func (x *exchange) detaljer() error {
	var id int64
	if err := json.NewDecoder(x.r.Body).Decode(&id); err != nil || id < 0 {
		return &statusError{http.StatusBadRequest, "the order could not be read"}
	}
	if err := x.enter(); err != nil {
		return err
	}
	x.operation = "hentArbeidsforhold"
	x.given = append(x.given, leaf{tag: "arbeidsforholdId", text: strconv.FormatInt(id, 10)})
	svar, err := x.finnDetaljer(id)
	if err != nil {
		return err
	}
	if x.innlogget != nil {
		if err := x.innlogget.Utlever(svar.Personer); err != nil {
			x.personer = svar.Personer
			return err
		}
	}
	rad := x.row(string(svar.Statuskode), svar.Personer)
	rad.Rettighet, rad.Beskyttet = "detaljer", svar.Statuskode == products.FortroligKode || svar.Statuskode == products.StrengtFortrolig
	if len(svar.Grupper) > 0 {
		rad.Antall = 1
	}
	if err := x.log(rad); err != nil {
		return err
	}
	text, err := json.Marshal(svar.Grupper)
	if err != nil {
		return err
	}
	x.w.Header().Set("Content-Type", "application/json; charset=utf-8")
	// A write fails only when the client has gone.
	_, _ = x.w.Write(text)
	return nil
}

// finnDetaljer asks the register. Whom the caller may not see is the outcome without data that § 2.6 answers with.
func (x *exchange) finnDetaljer(id int64) (svar *products.Detaljsvar, err error) {
	defer catchPanic(&err)
	viser := func(string) bool { return true }
	if x.innlogget != nil {
		if err := x.innlogget.Detaljer(); err != nil {
			return nil, err
		}
		viser = x.innlogget.Viser
	}
	svar, err = products.Detaljer(x.queries.next(), products.Query{Store: x.config.Store, View: x.view()}, id, viser)
	if kode, isOutcome := products.StatusOf(err); isOutcome {
		if kode == products.Utilgjengelig {
			x.failed("register not available", err)
		}
		return &products.Detaljsvar{Statuskode: kode}, nil
	}
	return svar, err
}
