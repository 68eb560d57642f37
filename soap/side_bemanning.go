package soap

import (
	"encoding/json"
	"net/http"
	"strconv"

	"aareg/products"
)

// BemanningPath is where the look-up page asks for an employer's headcount over time, when the page shows a part of the list
// alone: by POST of the question of hentArbeidsgiver as JSON, its elements by tag. The answer is a products.Bemanningssvar as
// JSON, without content where the consumer may not see one: nobody has asked for it, so that is no refusal. For requests that are
// not of ForSide there is nothing at the path.
const BemanningPath = "/bemanning"

// bemanningstagger are the elements of the question.
var bemanningstagger = []string{"arbeidsgiverId", "statusArbeidsforhold", "lovgivning", "datofra", "datotil"}

// bemanning answers that. The audit log has a row of its own, by the right "bemanning", about nobody but an employer that is a
// person. An error means that nothing has left.
func (x *exchange) bemanning() error {
	var asked map[string]string
	if err := json.NewDecoder(x.r.Body).Decode(&asked); err != nil {
		return &statusError{http.StatusBadRequest, "the order could not be read"}
	}
	if err := x.enter(); err != nil {
		return err
	}
	x.operation = "hentArbeidsgiver"
	for _, tag := range bemanningstagger {
		if asked[tag] != "" {
			x.given = append(x.given, leaf{tag: tag, text: asked[tag]})
		}
	}
	if x.innlogget != nil && !x.innlogget.Bemanning(x.tags()) {
		x.w.WriteHeader(http.StatusNoContent)
		return nil
	}
	told, err := x.tellBemanning(asked)
	if err != nil {
		return err
	}
	personer := x.askedFor()
	if n, err := strconv.ParseUint(told.Nummer, 10, 64); err == nil && len(told.Nummer) == 11 {
		personer = append(personer, n)
	}
	rad := x.row(string(told.Statuskode), personer)
	rad.Rettighet, rad.Beskyttet = "bemanning", told.Statuskode == products.FortroligKode || told.Statuskode == products.StrengtFortrolig
	if len(told.Trinn) > 0 {
		rad.Antall = 1
	}
	if err := x.log(rad); err != nil {
		return err
	}
	text, err := json.Marshal(told)
	if err != nil {
		return err
	}
	x.w.Header().Set("Content-Type", "application/json; charset=utf-8")
	// A write fails only when the client has gone.
	_, _ = x.w.Write(text)
	return nil
}

// tellBemanning asks the register. Whom the caller may not see is the outcome without data that § 2.2 answers with.
func (x *exchange) tellBemanning(asked map[string]string) (told *products.Bemanningssvar, err error) {
	defer catchPanic(&err)
	told, err = products.Bemanning(x.queries.next(), products.Query{Store: x.config.Store, View: x.view()}, asked)
	if kode, isOutcome := products.StatusOf(err); isOutcome {
		if kode == products.Utilgjengelig {
			x.failed("register not available", err)
		}
		return &products.Bemanningssvar{Statuskode: kode}, nil
	}
	return told, err
}
