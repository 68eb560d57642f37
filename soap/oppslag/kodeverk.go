package oppslag

import (
	"net/http"
	"slices"

	"aareg/store"
)

// kodeverkside is what the page of the code lists is drawn from: one list, or the hits of a search in all.
type kodeverkside struct {
	Alle   []kodeverkliste
	Liste  string // its name; "" for a search
	Sok    sokbilde
	Lister []kodeverkliste
}

// kodeverkliste is a code list. Felt says that it is a closed one of the field table, which the answers' contract names,
// and not one of a register.
type kodeverkliste struct {
	Navn, Tittel string
	Felt         bool
	Koder        []koderad
}

// Gyldighet says whether the list tells when its codes are in use.
func (l kodeverkliste) Gyldighet() bool {
	return slices.ContainsFunc(l.Koder, func(k koderad) bool { return k.Fra != "" || k.Til != "" })
}

// koderad is a code; Fra and Til are the first and the last day of use as people write them, "" where the list does not say.
type koderad struct{ Kode, Alfa3, Tekst, Fra, Til string }

// kodeverktitler are the lists of the register in words, by their names.
var kodeverktitler = map[string]string{
	"ansettelsesform": "Ansettelsesform", "arbeidsforholdstype": "Type arbeidsforhold", "arbeidstidsordning": "Arbeidstidsordning",
	"avloenningstype": "Avlønningstype", "enhetstype": "Enhetstype (organisasjonsform)", "fartsomraade": "Fartsområde", "landkode": "Land",
	"permisjonOgPermittering": "Permisjon og permittering", "rapporteringsordning": "Rapporteringsordning", "skipsregister": "Skipsregister",
	"skipstype": "Skipstype", "sluttaarsak": "Sluttårsak", "varsling": "Varsling", "yrke": "Yrke",
}

// kodeverkene are all lists that the program knows: those of the register, then those of the field table.
func (o *Oppslag) kodeverkene() (all []kodeverkliste) {
	for _, t := range store.Kodetabeller() {
		l := kodeverkliste{Navn: t.Navn, Tittel: kodeverktitler[t.Navn]}
		for _, k := range t.Koder {
			l.Koder = append(l.Koder, koderad{k.Kode, k.Alfa3, k.Tekst, skrevet(k.GyldigFra), skrevet(k.GyldigTil)})
		}
		all = append(all, l)
	}
	for _, p := range o.produkter {
		for _, row := range slices.Concat(p.Request, p.Respons) {
			known := func(l kodeverkliste) bool { return l.Felt && l.Navn == row.Tag }
			if row.Kodeliste() == nil || slices.ContainsFunc(all, known) {
				continue
			}
			l := kodeverkliste{Navn: row.Tag, Tittel: row.Ledetekst, Felt: true}
			for _, code := range row.Kodeliste() {
				l.Koder = append(l.Koder, koderad{Kode: code, Tekst: felttekst(row.Tag, code)})
			}
			all = append(all, l)
		}
	}
	return all
}

// felttekst is the text of a code of the field table, as the pages of answers have it.
func felttekst(tag, code string) string {
	switch {
	case tag == "statuskode":
		return statusAv(code).Tekst
	case code == "alle":
		return valgtekst(tag, "") // on the forms, where it is what is not chosen
	}
	return valgtekst(tag, code)
}

// skrevet is a date as people write it, "" for none.
func skrevet(d store.Dato) string {
	if d == 0 {
		return ""
	}
	return dagAv(d).norsk()
}

// Where the code lists are, and how a search in them is named.
const (
	kodeverkSti = "/oppslag/kodeverk"
	kodeverkSok = "Søk i alle kodeverkene"
)

// kodeverk shows a list, the first unless another is asked for.
func (o *Oppslag) kodeverk(w http.ResponseWriter, r *http.Request) {
	s := kodeverkside{Alle: o.kodeverkene(), Sok: sokbilde{Sti: kodeverkSti, Ledetekst: kodeverkSok}}
	s.Liste = s.Alle[0].Navn
	if name := r.URL.Query().Get("liste"); name != "" {
		s.Liste = name
	}
	for _, l := range s.Alle {
		if l.Navn == s.Liste {
			s.Lister = append(s.Lister, l)
		}
	}
	if s.Lister == nil {
		o.ukjent(w, r)
		return
	}
	o.vis(w, r, http.StatusOK, "kodeverk", side{Tittel: "Kodeverk", Data: s})
}

// sokKodeverk shows the codes that a text is found in.
func (o *Oppslag) sokKodeverk(w http.ResponseWriter, r *http.Request) {
	s := kodeverkside{Alle: o.kodeverkene(), Sok: sok(r, kodeverkSti, kodeverkSok)}
	if s.Sok.Feil == "" {
		for _, l := range s.Alle {
			found := l
			found.Koder = nil
			for _, k := range l.Koder {
				if s.Sok.finner(l.Navn, l.Tittel, k.Kode, k.Alfa3, k.Tekst) && s.Sok.tar() {
					found.Koder = append(found.Koder, k)
				}
			}
			if found.Koder != nil {
				s.Lister = append(s.Lister, found)
			}
		}
	}
	o.vis(w, r, s.Sok.status(), "kodeverk", side{Tittel: "Kodeverk", Feil: s.Sok.Feil != "", Data: s})
}
