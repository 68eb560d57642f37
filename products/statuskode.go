package products

import (
	"errors"

	"aareg/store"
)

// Statuskode is one of the seven outcomes of a question that was understood.
type Statuskode string

// The seven values of the field specification.
const (
	Komplett         Statuskode = "komplett"
	IkkeEntydig      Statuskode = "ikke_entydig"
	Ingen            Statuskode = "ingen"
	FortroligKode    Statuskode = "fortrolig"
	StrengtFortrolig Statuskode = "strengt_fortrolig"
	Trunkert         Statuskode = "trunkert"
	Utilgjengelig    Statuskode = "utilgjengelig"
)

var statustekst = map[Statuskode]string{
	Komplett:         "Alle opplysninger som ble funnet, er med i svaret.",
	IkkeEntydig:      "Nummeret passer på flere enn én.",
	Ingen:            "Det ble ikke funnet noen opplysninger.",
	FortroligKode:    "Opplysningene er fortrolige.",
	StrengtFortrolig: "Opplysningene er strengt fortrolige.",
	Trunkert:         "Det ble funnet mer enn grensen for ett svar; svaret er avkortet.",
	Utilgjengelig:    "Registeret er ikke tilgjengelig nå. Prøv igjen senere.",
}

// StatusOf is the statuskode of an outcome without data; false for an error that is no outcome.
func StatusOf(err error) (Statuskode, bool) {
	switch {
	case errors.Is(err, store.ErrIngen):
		return Ingen, true
	case errors.Is(err, store.ErrIkkeEntydig):
		return IkkeEntydig, true
	case errors.Is(err, store.ErrFortrolig):
		return FortroligKode, true
	case errors.Is(err, store.ErrStrengtFortrolig):
		return StrengtFortrolig, true
	case errors.Is(err, store.ErrUtilgjengelig):
		return Utilgjengelig, true
	}
	return "", false
}

// protected is the statuskode of an answer that has data of a protected subject: its grade; otherwise the other one.
func protected(g store.Gradering, otherwise Statuskode) Statuskode {
	switch g {
	case store.Ugradert:
		return otherwise
	case store.Fortrolig:
		return FortroligKode
	}
	return StrengtFortrolig
}

// cut is the statuskode of a treffliste.
func cut(found, returned int) Statuskode {
	if found > returned {
		return Trunkert
	}
	return Komplett
}
