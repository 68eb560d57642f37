package oppslag

import (
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"aareg/wsdl/felt"
)

// skjemaside is what the page of a product is drawn from before anything is asked.
type skjemaside struct {
	Produkt  *Produkt
	Skjemaer []skjemabilde
}

// skjemabilde is a form, with what was filled in and what was wrong with it.
type skjemabilde struct {
	Produkt *Produkt
	Nr      int
	Tittel  string // "" when it is the product's only form
	Felter  []feltbilde
}

// feltbilde is a field of a form.
type feltbilde struct {
	Id, Navn, Ledetekst, Hjelp, Verdi, Feil string
	Paakrevd                                bool
	Valg                                    []valg // of a closed list; nil for a text field
	Inputmode, Moenster                     string
	Maks                                    int
}

// valg is one of a closed list.
type valg struct {
	Verdi, Tekst string
	Valgt        bool
}

// skjema shows a product's forms, empty.
func (o *Oppslag) skjema(w http.ResponseWriter, r *http.Request) {
	p := o.produkt(r.PathValue("operasjon"))
	if p == nil {
		o.ukjent(w, r)
		return
	}
	o.vis(w, r, http.StatusOK, "skjema", side{Tittel: p.Tittel, Data: skjemaside{p, p.tegnSkjemaer(spoersmaal{}, nil)}})
}

// motta keeps what was filled in, and sends the person to the answer.
func (o *Oppslag) motta(w http.ResponseWriter, r *http.Request) {
	p := o.produkt(r.PathValue("operasjon"))
	if p == nil {
		o.ukjent(w, r)
		return
	}
	if err := r.ParseForm(); err != nil {
		o.melding(w, r, http.StatusBadRequest, "Skjemaet kunne ikke leses", "Begynn på nytt fra forsiden.")
		return
	}
	b := gjest(r.Context())
	if b.token == "" {
		b.token = o.besoek.begynn(besoek{})
		settKapsel(w, b.token)
	}
	form := p.skjemaer[0]
	if nr, err := strconv.Atoi(r.PostForm.Get("skjema")); err == nil && nr >= 1 && nr <= len(p.skjemaer) {
		form = p.skjemaer[nr-1]
	}
	q := spoersmaal{produkt: p, skjema: form.nr, felter: map[string]string{}, token: b.token}
	for _, rad := range form.rader {
		if value := les(rad, r.PostForm.Get(rad.Tag)); value != "" {
			q.felter[rad.Tag] = value
		}
	}
	http.Redirect(w, r, "/oppslag/svar/"+o.besoek.behold(q), http.StatusSeeOther)
}

// skrevetDato is a date as people write it.
var skrevetDato = regexp.MustCompile(`^([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})$`)

// les is what was filled in, as the question has it: numbers without the blanks that people put into them, dates as
// åååå-mm-dd, no control characters, which XML cannot hold.
func les(rad felt.Rad, text string) string {
	text = strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == unicode.ReplacementChar || r == '\uFFFE' || r == '\uFFFF' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, "")))
	switch {
	case rad.Type == "dato_inn":
		if d := skrevetDato.FindStringSubmatch(text); d != nil {
			return d[3] + "-" + tosifret(d[2]) + "-" + tosifret(d[1])
		}
	case sifre[rad.Type] != "":
		return strings.Join(strings.FieldsFunc(text, unicode.IsSpace), "")
	}
	return text
}

func tosifret(s string) string { return strings.Repeat("0", 2-len(s)) + s }

// sifre are the types of fields that hold digits alone, with their pattern.
var sifre = map[string]string{
	"siffer 9 eller 11": `[0-9 ]{9,14}`, "personnr": `[0-9 ]{11,14}`, "arbeidsforholdid": `[0-9 ]{1,22}`, "kommunenr": `[0-9]{4}`,
	"postnr": `[0-9]{4}`, "fylkenr": `[0-9]{2}`, "aar": `[0-9]{4}`, "heltall": `[0-9]{1,9}`,
}

// lengder are how many characters such fields are wide; names are wider.
var lengder = map[string]int{
	"siffer 9 eller 11": 14, "personnr": 14, "arbeidsforholdid": 22, "kommunenr": 4, "postnr": 4, "fylkenr": 2, "aar": 4, "heltall": 9, "dato_inn": 10,
}

// tegnSkjemaer are the product's forms; those of a question that was asked have its values, and what was wrong.
func (p *Produkt) tegnSkjemaer(q spoersmaal, wrong *feltfeil) []skjemabilde {
	var all []skjemabilde
	for _, s := range p.skjemaer {
		f := skjemabilde{Produkt: p, Nr: s.nr, Tittel: s.tittel}
		for _, rad := range s.rader {
			var value, problem string
			if s.nr == q.skjema {
				value = q.felter[rad.Tag]
				if wrong != nil && wrong.Tag == rad.Tag {
					problem = wrong.Tekst
				}
			}
			f.Felter = append(f.Felter, tegnFelt(s, rad, value, problem))
		}
		all = append(all, f)
	}
	return all
}

func tegnFelt(s skjema, rad felt.Rad, value, problem string) feltbilde {
	f := feltbilde{Id: feltId(s.nr, rad.Tag), Navn: rad.Tag, Ledetekst: rad.Ledetekst, Hjelp: hjelp(rad), Verdi: value, Feil: problem,
		Paakrevd: rad.Krav == "M", Moenster: sifre[rad.Type], Maks: lengder[rad.Type], Valg: valgAv(rad, value)}
	if f.Moenster != "" {
		f.Inputmode = "numeric"
	}
	return f
}

// feltId is the id of a field on the page.
func feltId(skjema int, tag string) string { return "felt" + strconv.Itoa(skjema) + "-" + tag }

// hjelp is the table's description of a field; not where it does no more than list what can be chosen.
func hjelp(rad felt.Rad) string {
	text := rad.Beskrivelse
	if rad.Type == "sann_usann_inn" || rad.Kodeliste() != nil {
		for _, list := range []string{"Gyldige verdier", "True =", "true / false", "M = Mann K = Kvinne"} {
			if before, after, found := strings.Cut(text, list); found {
				_, rest, _ := strings.Cut(after, "Hvis")
				if text = strings.TrimSpace(before); rest != "" {
					text = strings.TrimSpace(text + " Hvis" + rest)
				}
			}
		}
	}
	if rad.Type == "dato_inn" {
		text = strings.TrimSpace(text) + ". Du kan også skrive dd.mm.åååå."
	}
	return strings.ReplaceAll(text, "..", ".")
}

// valgAv is what can be chosen in a field, nil for a text field. What need not be chosen can be left.
func valgAv(rad felt.Rad, value string) []valg {
	var list []string
	switch {
	case rad.Type == "sann_usann_inn":
		list = []string{"false", "true"}
	case rad.Kodeliste() != nil:
		// Both spellings of the same are understood (aktive, aktiv); each product describes one.
		list = slices.DeleteFunc(rad.Kodeliste(), func(k string) bool {
			return k == "aktiv" && strings.Contains(rad.Beskrivelse, "aktive") || k == "aktive" && !strings.Contains(rad.Beskrivelse, "aktive")
		})
		// What is not chosen is not asked for: a field of the question may be outside what who looks may filter by.
		list = append([]string{""}, slices.DeleteFunc(list, func(k string) bool { return k == "alle" })...)
	default:
		return nil
	}
	var all []valg
	for _, k := range list {
		all = append(all, valg{k, valgtekst(rad.Tag, k), k == value})
	}
	return all
}
