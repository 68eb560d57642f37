package oppslag

import "html/template"

// Historie is a story of the demo register: a question that shows something.
type Historie struct {
	Navn, Om   string
	Operasjon  string            // as the field specification names it
	Felter     map[string]string // of the form, by tag; skjema says which of § 2.4's two
	Statuskode string            // of the answer, to whoever may know everything that the demo tells
}

// Status is the statuskode in words.
func (h Historie) Status() status { return statusAv(h.Statuskode) }

// historier are the stories on the front page, a button each; "" where there are none.
func (o *Oppslag) historier() (template.HTML, error) {
	if len(o.config.Historier) == 0 {
		return "", nil
	}
	return o.del("historier", struct {
		Historier  []Historie
		Innlogging bool
	}{o.config.Historier, o.config.Innlogging})
}
