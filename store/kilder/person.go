package kilder

import (
	"cmp"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"aareg/store"
)

// persondokument is what PDL and Folkeregisteret tell of a person in the same way: lists of entries, of which some are
// in force and others history.
type persondokument struct {
	Navn               listeEllerEn[navneopplysning]        `json:"navn"`
	Kjoenn             listeEllerEn[kjoennsopplysning]      `json:"kjoenn"`
	Foedselsdato       listeEllerEn[foedselsopplysning]     `json:"foedselsdato"`
	Foedsel            listeEllerEn[foedselsopplysning]     `json:"foedsel"` // what foedselsdato was called before
	Doedsfall          listeEllerEn[doedsopplysning]        `json:"doedsfall"`
	Adressebeskyttelse listeEllerEn[beskyttelsesopplysning] `json:"adressebeskyttelse"`
}

// listeEllerEn is a list whose brackets a document may leave out when there is one entry: Folkeregisteret delivers history as
// a list, and the same without history as an object.
type listeEllerEn[T any] []T

// UnmarshalJSONFrom reads a list, or an object as its only entry.
func (l *listeEllerEn[T]) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	if d.PeekKind() != '{' {
		return json.UnmarshalDecode(d, (*[]T)(l))
	}
	*l = make(listeEllerEn[T], 1)
	return json.UnmarshalDecode(d, &(*l)[0])
}

type navneopplysning struct {
	opplysning
	Fornavn    string `json:"fornavn"`
	Mellomnavn string `json:"mellomnavn"`
	Etternavn  string `json:"etternavn"`
}

type kjoennsopplysning struct {
	opplysning
	Kjoenn string `json:"kjoenn"`
}

type foedselsopplysning struct {
	opplysning
	Foedselsdato dato `json:"foedselsdato"`
}

type doedsopplysning struct {
	opplysning
	Doedsdato dato `json:"doedsdato"`
}

type beskyttelsesopplysning struct {
	opplysning
	Gradering       string `json:"gradering"`       // PDL
	Graderingsnivaa string `json:"graderingsnivaa"` // Folkeregisteret
}

// til puts what the document says into a person, all but the numbers.
func (d *persondokument) til(p *store.Person, path string, m *Merknader) error {
	d.navn(p, path+"navn.", m)
	d.foedt(p, path, m)
	d.doed(p, path+"doedsfall.", m)
	if err := d.kjoenn(p, path+"kjoenn.", m); err != nil {
		return err
	}
	return d.beskyttelse(p, path+"adressebeskyttelse.", m)
}

// navn keeps all names: the latest of those in force, and the others as former ones, newest first.
func (d *persondokument) navn(p *store.Person, path string, m *Merknader) {
	inForce, former := etterGyldighet(d.Navn, path, m)
	switch len(inForce) {
	case 0:
		m.bemerk("no name in force")
	case 1:
		p.Navn = inForce[0].navn()
	default:
		m.bemerk("several names in force: the latest is the name, the others are former ones")
		p.Navn = inForce[0].navn()
		former = append(inForce[1:], former...)
		slices.SortStableFunc(former, func(x, y *navneopplysning) int { return nyestFoerst(x, y) })
	}
	for _, n := range former {
		if navn := n.navn(); navn != p.Navn && navn != (store.Navn{}) && !slices.Contains(p.TidligereNavn, navn) {
			p.TidligereNavn = append(p.TidligereNavn, navn)
		}
	}
}

func (n *navneopplysning) navn() store.Navn {
	return store.Navn{Etternavn: n.Etternavn, Fornavn: n.Fornavn, Mellomnavn: n.Mellomnavn}
}

// foedt is the birth date. A year of birth alone is none; it is named as a key without a place.
func (d *persondokument) foedt(p *store.Person, path string, m *Merknader) {
	found, several := 0, false
	for _, list := range []struct {
		key     string
		entries []foedselsopplysning
	}{{"foedselsdato.", d.Foedselsdato}, {"foedsel.", d.Foedsel}} {
		inForce, former := etterGyldighet(list.entries, path+list.key, m)
		found += len(inForce)
		for i, f := range append(inForce, former...) {
			switch foedt := store.Dato(f.Foedselsdato); {
			case foedt == 0 || foedt == p.Foedselsdato:
			case i < len(inForce) && p.Foedselsdato == 0:
				p.Foedselsdato = foedt
			default:
				several = several || i < len(inForce)
				m.utenPlass(path + list.key + "foedselsdato")
			}
		}
	}
	if several {
		m.bemerk("several birth dates in force: the latest holds")
	}
	if found > 0 && p.Foedselsdato == 0 {
		m.bemerk("birth without a date: no birth date")
	}
}

func (d *persondokument) doed(p *store.Person, path string, m *Merknader) {
	inForce, former := etterGyldighet(d.Doedsfall, path, m)
	if len(inForce) > 0 {
		p.Doedsdato = store.Dato(inForce[0].Doedsdato)
		if p.Doedsdato == 0 {
			m.bemerk("dead, the day unknown: no date of death")
		}
	}
	if len(inForce) > 1 {
		m.bemerk("several deaths in force: the latest holds")
	}
	for _, doed := range append(inForce, former...) {
		if dag := store.Dato(doed.Doedsdato); dag != 0 && dag != p.Doedsdato {
			m.utenPlass(path + "doedsdato")
		}
	}
}

func (d *persondokument) kjoenn(p *store.Person, path string, m *Merknader) error {
	inForce, former := etterGyldighet(d.Kjoenn, path, m)
	if len(inForce) > 1 {
		m.bemerk("several kjoenn in force: the latest holds")
	}
	for i, k := range append(inForce, former...) {
		var kjoenn string
		switch strings.ToUpper(strings.TrimSpace(k.Kjoenn)) {
		case "KVINNE":
			kjoenn = "K"
		case "MANN":
			kjoenn = "M"
		case "UKJENT", "":
		default:
			return feil(path+"kjoenn", "neither KVINNE, MANN nor UKJENT")
		}
		switch {
		case i == 0 && len(inForce) > 0:
			p.Kjoenn = kjoenn
		case kjoenn != "" && kjoenn != p.Kjoenn:
			m.utenPlass(path + "kjoenn")
		}
	}
	return nil
}

// beskyttelse is the strictest grade that is not said to be history; when it ended is not asked, since nobody's
// protection may be lost by a reckoning.
func (d *persondokument) beskyttelse(p *store.Person, path string, m *Merknader) error {
	several := false
	for i := range d.Adressebeskyttelse {
		b := &d.Adressebeskyttelse[i]
		b.noter(path, m)
		key, text := path+"gradering", b.Gradering
		if text == "" {
			key, text = path+"graderingsnivaa", b.Graderingsnivaa
		}
		grade, err := gradering(text)
		switch historic, _ := b.historisk(); {
		case text == "" || err != nil:
			return feil(key, "not a known protection grade")
		case historic || grade == store.Ugradert:
			if !strings.EqualFold(text, "ugradert") {
				m.utenPlass(key)
			}
		case p.Adressebeskyttelse == store.Ugradert:
			p.Adressebeskyttelse = grade
		case p.Adressebeskyttelse != grade:
			several = true
			m.utenPlass(key)
			p.Adressebeskyttelse = max(p.Adressebeskyttelse, grade)
		}
	}
	if several {
		m.bemerk("several protection grades in force: the strictest holds")
	}
	return nil
}

// numre are the numbers of a person, each once, in the order of the document.
type numre struct {
	alle   []string
	iKraft []string
}

// legg adds a number that stands in a field.
func (n *numre) legg(felt, nummer string, iKraft bool) error {
	nummer = strings.TrimSpace(nummer)
	if len(nummer) != 11 || !digits(nummer) {
		return feil(felt, "not 11 digits")
	}
	if !slices.Contains(n.alle, nummer) {
		n.alle = append(n.alle, nummer)
	}
	if iKraft && !slices.Contains(n.iKraft, nummer) {
		n.iKraft = append(n.iKraft, nummer)
	}
	return nil
}

// til gives the person the numbers.
func (n *numre) til(p *store.Person, felt string, m *Merknader) error {
	switch len(n.iKraft) {
	case 0:
		return feil(felt, "no number in force")
	case 1:
	default:
		return feil(felt, "several numbers in force")
	}
	p.Foedselsnr = n.iKraft[0]
	for _, nummer := range n.alle {
		if nummer != p.Foedselsnr {
			p.TidligereNumre = append(p.TidligereNumre, nummer)
		}
	}
	if !store.ValidFoedselsnr(p.Foedselsnr) {
		m.bemerk("a person whose number is no valid fødselsnummer or D-number")
	}
	return nil
}

// iBruk reads the status of a number: I_BRUK (PDL), iBruk (Folkeregisteret); none when the source was not asked for it.
func iBruk(felt, status string) (bool, error) {
	switch strings.ToLower(strings.ReplaceAll(status, "_", "")) {
	case "ibruk", "":
		return true, nil
	case "opphoert":
		return false, nil
	}
	return false, feil(felt, "neither in use nor ended")
}

// nyestFoerst compares by when they became valid, then by when they were registered.
func nyestFoerst(x, y interface {
	tider() (gyldig, ajourholdt string)
}) int {
	gyldigX, ajourX := x.tider()
	gyldigY, ajourY := y.tider()
	return cmp.Or(strings.Compare(gyldigY, gyldigX), strings.Compare(ajourY, ajourX))
}
