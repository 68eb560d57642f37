package oppslag

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"aareg/soap"
	"aareg/store"
)

// The ways to say what an extract is of, each with the product whose right it takes.
const (
	avArbeidsgiver   = "arbeidsgiver"
	avArbeidstakere  = "arbeidstakere"
	avArbeidsforhold = "arbeidsforhold"
)

var uttrekksmaater = []struct{ maate, produkt, tekst string }{
	{avArbeidsgiver, "hentArbeidsgiver", "En arbeidsgiver, med alle enheter under"},
	{avArbeidstakere, "hentArbeidstaker", "Arbeidstakerne i en liste"},
	{avArbeidsforhold, "hentArbeidsforhold", "Arbeidsforholdene i en liste"},
}

// uttrekkskjema is the form of an extract, as it was filled in, and what was wrong with it.
type uttrekkskjema struct {
	Maater, Statuser, Formater []valg
	Arbeidsgiver, Liste        string
	BOM, Semikolon             bool
	Feil                       []feltfeil // in the form's order
}

// tomtUttrekk is the form before anything is filled in: csv as Excel in Norwegian reads it.
func tomtUttrekk(b besoek) *uttrekkskjema {
	return lesUttrekkskjema(b, url.Values{"format": {"csv"}, "bom": {"ja"}, "semikolon": {"ja"}})
}

// lesUttrekkskjema reads what was filled in. A choice that is not offered is none.
func lesUttrekkskjema(b besoek, form url.Values) *uttrekkskjema {
	s := &uttrekkskjema{Arbeidsgiver: strings.TrimSpace(form.Get("arbeidsgiver")), Liste: form.Get("liste"),
		BOM: form.Get("bom") != "", Semikolon: form.Get("semikolon") != ""}
	for _, m := range uttrekksmaater {
		if b.kan(m.produkt) {
			s.Maater = append(s.Maater, valg{m.maate, m.tekst, m.maate == form.Get("av")})
		}
	}
	for _, v := range []valg{{"", "Alle", false}, {"aktive", "Aktive", false}, {"opphoert", "Opphørte", false}} {
		v.Valgt = v.Verdi == form.Get("status")
		s.Statuser = append(s.Statuser, v)
	}
	for _, v := range []valg{{"csv", "CSV", false}, {"xml", "XML", false}, {"ndjson", "NDJSON: et JSON-objekt på hver linje", false}} {
		v.Valgt = v.Verdi == form.Get("format")
		s.Formater = append(s.Formater, v)
	}
	if _, chosen := valgt(s.Maater); !chosen && len(s.Maater) > 0 && !form.Has("av") {
		s.Maater[0].Valgt = true
	}
	return s
}

// valgt is what was chosen; false for nothing.
func valgt(list []valg) (string, bool) {
	i := slices.IndexFunc(list, func(v valg) bool { return v.Valgt })
	if i < 0 {
		return "", false
	}
	return list[i].Verdi, true
}

// bestilling is the extract that is asked for, whole when Feil stays empty.
func (s *uttrekkskjema) bestilling() soap.Uttrekksbestilling {
	var u soap.Uttrekksbestilling
	maate, chosen := valgt(s.Maater)
	if !chosen {
		s.feil("av", "Hva gjelder uttrekket?", "Velg hva uttrekket gjelder.")
	}
	switch maate {
	case avArbeidsgiver:
		u.Arbeidsgiver = s.arbeidsgiver()
	case avArbeidstakere:
		u.Arbeidstakere = s.numre(11, 11)
	case avArbeidsforhold:
		u.Arbeidsforhold = s.numre(1, 18)
	}
	var known bool
	if u.Status, known = valgt(s.Statuser); !known {
		s.feil("status", "Status", "Velg hvilke arbeidsforhold uttrekket skal ha med.")
	} else if u.Status != "" && maate == avArbeidsforhold {
		s.feil("status", "Status", "Velg «Alle»: en liste av arbeidsforhold blir med uansett status.")
	}
	if u.Format, known = valgt(s.Formater); !known {
		s.feil("format", "Format", "Velg et format.")
	}
	if u.Format == "csv" { // the others have neither, whatever is ticked
		u.BOM, u.Semikolon = s.BOM, s.Semikolon
	}
	return u
}

func (s *uttrekkskjema) feil(navn, ledetekst, tekst string) {
	s.Feil = append(s.Feil, feltfeil{Tag: navn, Id: "uttrekk-" + navn, Ledetekst: ledetekst, Tekst: tekst})
}

// FeilFor is what was wrong with a field, nil for nothing.
func (s *uttrekkskjema) FeilFor(navn string) *feltfeil {
	for n := range s.Feil {
		if s.Feil[n].Tag == navn {
			return &s.Feil[n]
		}
	}
	return nil
}

func (s *uttrekkskjema) arbeidsgiver() string {
	number := strings.Join(strings.Fields(s.Arbeidsgiver), "")
	const ledetekst = "Arbeidsgiverens nummer"
	switch {
	case number == "":
		s.feil("arbeidsgiver", ledetekst, "Fyll inn arbeidsgiverens nummer.")
	case len(number) != 9 && len(number) != 11 || strings.Trim(number, "0123456789") != "":
		s.feil("arbeidsgiver", ledetekst, "Arbeidsgiverens nummer må ha 9 siffer, eller 11 for en personlig arbeidsgiver.")
	case len(number) == 9 && !store.ValidOrgnr(number) && (number < "300" || number >= "303"): // older numbers have no check digit
		s.feil("arbeidsgiver", ledetekst, "Arbeidsgiverens nummer er ikke gyldig: se etter skrivefeil.")
	}
	return number
}

// numre reads numbers of so many digits, one a line; blank lines and what comes after # count for nothing. What is wrong is
// told by the line.
func (s *uttrekkskjema) numre(least, most int) (numre []uint64) {
	var wrong []int
	n := 0
	for line := range strings.Lines(s.Liste) {
		n++
		line, _, _ = strings.Cut(line, "#")
		number := strings.Join(strings.Fields(line), "")
		if number == "" {
			continue
		}
		value, err := strconv.ParseUint(number, 10, 64)
		if err != nil || len(number) < least || len(number) > most {
			wrong = append(wrong, n)
			continue
		}
		numre = append(numre, value)
	}
	rule := "1 til 18 siffer"
	if least == most {
		rule = strconv.Itoa(most) + " siffer"
	}
	switch {
	case len(wrong) > 0:
		s.feil("liste", "Numrene", linjeord(wrong)+" har ikke "+rule+".")
	case len(numre) == 0:
		s.feil("liste", "Numrene", "Fyll inn minst ett nummer, ett på hver linje.")
	}
	return numre
}

// maxLinjer is how many wrong lines are named.
const maxLinjer = 10

// linjeord names lines.
func linjeord(lines []int) string {
	words := make([]string, 0, maxLinjer)
	for _, n := range lines[:min(len(lines), maxLinjer)] {
		words = append(words, strconv.Itoa(n))
	}
	last := len(words) - 1
	switch {
	case len(lines) > maxLinjer:
		return fmt.Sprintf("Linje %s og %d til", strings.Join(words, ", "), len(lines)-maxLinjer)
	case last == 0:
		return "Linje " + words[0]
	}
	return "Linje " + strings.Join(words[:last], ", ") + " og " + words[last]
}
