package store

import (
	"slices"
	"strings"
)

// Kodetabell is a code list that the project brings along, for whoever reads it whole.
type Kodetabell struct {
	Navn  string // as FinnKodeverk knows it
	Koder []Koderad
}

// Koderad is a code. A country has two, of 2 letters and of 3; where it has only one, Alfa3 is "".
type Koderad struct {
	Kode, Alfa3 string
	Tekst       string // what an answer shows when the code came without a text
	// GyldigFra and GyldigTil are the first and the last day of use, 0 where the list does not say.
	GyldigFra, GyldigTil Dato
}

// Kodetabeller are all code lists, in the order of their names, their codes in the order of kodeverk.csv and countries in
// that of landkoder.csv.
func Kodetabeller() []Kodetabell {
	var all []Kodetabell
	at := map[string]int{}
	add := func(kodeverk string, r Koderad) {
		i, known := at[kodeverk]
		if !known {
			i = len(all)
			at[kodeverk] = i
			all = append(all, Kodetabell{Navn: kodeverk})
		}
		r.Tekst = FinnKodeverk(kodeverk).Tekst(Kodeverdi{Kode: r.Kode})
		all[i].Koder = append(all[i].Koder, r)
	}
	for _, row := range embeddedRows("kodeverk.csv", kodeverkCSV) {
		add(row[0], Koderad{Kode: row[1], GyldigFra: listet(row[3]), GyldigTil: listet(row[4])})
	}
	for _, row := range embeddedRows("landkoder.csv", landkoderCSV) {
		if row[0] == "" {
			add("landkode", Koderad{Kode: row[1]})
			continue
		}
		add("landkode", Koderad{Kode: row[0], Alfa3: row[1]})
	}
	slices.SortFunc(all, func(a, b Kodetabell) int { return strings.Compare(a.Navn, b.Navn) })
	return all
}

// listet is a date in a list, 0 for none. A wrong one stops the program, as a wrong table does.
func listet(day string) Dato {
	if day == "" {
		return 0
	}
	d, err := ParseDato(day)
	if err != nil {
		panic("embedded table kodeverk.csv: a day of validity is " + err.Error())
	}
	return d
}
