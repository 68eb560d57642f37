package oppslag

import (
	"encoding/json"
	"net/http"

	"aareg/soap"
	"aareg/store"
)

// hentBemanning asks the border for the headcount out of the whole list that a question is about; nil when it is not told.
func (o *Oppslag) hentBemanning(r *http.Request, b besoek, felter map[string]string) *bemanning {
	question, err := json.Marshal(felter)
	if err != nil { // a map of strings
		return nil
	}
	fri, err := o.plass(r.Context())
	if err != nil { // the person has gone
		return nil
	}
	defer fri()
	a := o.send(r, http.MethodPost, soap.BemanningPath, string(question), func(h http.Header) { h.Set(soap.SesjonsidHeader, b.sesjonsid) })
	var told struct { // of products.Bemanningssvar
		Trinn []struct {
			Fra    store.Dato
			Antall int
		}
		Udaterte int
	}
	switch {
	case a.status != http.StatusOK || a.cut: // it may not be seen, or the border has logged what is wrong
		return nil
	case json.Unmarshal(a.body.Bytes(), &told) != nil:
		o.config.Log.Error("headcount not read")
		return nil
	case len(told.Trinn) == 0:
		return nil
	}
	m := &bemanning{hel: true, udaterte: told.Udaterte, trinn: make([]trinn, len(told.Trinn))}
	for tag, value := range felter {
		m.utvalg = m.utvalg || tag != "arbeidsgiverId" && value != "" && value != "alle"
	}
	for i, t := range told.Trinn {
		m.trinn[i] = trinn{dagAv(t.Fra), t.Antall}
	}
	return m
}
