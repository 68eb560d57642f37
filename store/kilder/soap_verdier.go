package kilder

import "aareg/store"

// soapleser reads the values of one arbeidsforhold. An element that is missing is an empty value; the first thing that
// is wrong stays in err.
type soapleser struct {
	m     *Merknader
	err   error
	gamle []store.GammelArbeidsgiver
}

const erstattetDel = "a row of an arbeidsforhold whose bruksperiode has ended is technical history and was left out"

// erstattetRad says whether Aa-registeret had replaced a row by another: then its bruksperiode has an end.
func erstattetRad(e *xmlelement) bool { return e.attributt("tomBruksperiode") != "" }

// iKraft are the rows that are in force.
func iKraft(rows []*xmlelement) (current []*xmlelement) {
	for _, row := range rows {
		if !erstattetRad(row) {
			current = append(current, row)
		}
	}
	return current
}

// ett is the only element in force of the first name that there is one of, nil when there is none.
func (l *soapleser) ett(e *xmlelement, names ...string) *xmlelement {
	for _, navn := range names {
		switch rows := iKraft(e.alle(navn)); len(rows) {
		case 0:
		case 1:
			return rows[0]
		default:
			l.galt(e, navn, feil("", "more than one"))
			return rows[0]
		}
	}
	return nil
}

func (l *soapleser) tekst(e *xmlelement, navn string) string {
	found := l.ett(e, navn)
	if found == nil {
		return ""
	}
	found.lest = true
	return found.tekst
}

// kode is a value of a code list: its text, with the code as an attribute.
func (l *soapleser) kode(e *xmlelement, navn string) store.Kodeverdi {
	return store.Kodeverdi{Kode: l.ett(e, navn).attributt("kodeRef"), Beskrivelse: l.tekst(e, navn)}
}

func (l *soapleser) dato(e *xmlelement, navn string) store.Dato {
	v, err := lesDato(l.tekst(e, navn))
	l.galt(e, navn, err)
	return v
}

func (l *soapleser) datoAttributt(e *xmlelement, navn string) store.Dato {
	v, err := lesDato(e.attributt(navn))
	l.galt(e, "@"+navn, err)
	return v
}

func (l *soapleser) maaned(e *xmlelement, navn string) store.Maaned {
	v, err := lesMaaned(l.tekst(e, navn))
	l.galt(e, navn, err)
	return v
}

func (l *soapleser) desimal(e *xmlelement, navn string) store.Desimal {
	v, err := lesDesimal(l.tekst(e, navn))
	l.galt(e, navn, err)
	return v
}

// tidspunkt is an attribute: when something was done with the arbeidsforhold.
func (l *soapleser) tidspunkt(e *xmlelement, navn string) store.Tidspunkt {
	var v tidspunkt
	l.galt(e, "@"+navn, v.UnmarshalText([]byte(e.attributt(navn))))
	return store.Tidspunkt(v)
}

func (l *soapleser) periode(e *xmlelement) (fom, tom store.Dato) {
	return l.dato(e, "fom"), l.dato(e, "tom")
}
