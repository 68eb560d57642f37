package main

import (
	"math/rand/v2"
	"strconv"
	"strings"

	"aareg/store"
)

// trekning draws questions.
type trekning struct {
	*rand.Rand
	*utgangspunkt
}

// produkter are the six, how often each is asked, and how.
var produkter = []struct {
	operasjon string
	vekt      int
	trekk     func(*trekning) []felt
}{
	{"hentAntallArbeidstakere", 14, (*trekning).antallArbeidstakere},
	{"hentArbeidsgiver", 26, (*trekning).arbeidsgiver},
	{"hentArbeidstaker", 20, (*trekning).arbeidstaker},
	{"hentTrefflisteArbeidsgiver", 13, (*trekning).trefflisteArbeidsgiver},
	{"hentTrefflisteArbeidstaker", 14, (*trekning).trefflisteArbeidstaker},
	{"hentArbeidsforhold", 13, (*trekning).arbeidsforhold},
}

func (t *trekning) spoersmaal(n int) []*spoersmaal {
	weights := 0
	for _, p := range produkter {
		weights += p.vekt
	}
	questions := make([]*spoersmaal, n)
	for i := range questions {
		draw := t.IntN(weights)
		for _, p := range produkter {
			if draw -= p.vekt; draw < 0 {
				questions[i] = t.form(&spoersmaal{operasjon: p.operasjon, felter: p.trekk(t)})
				break
			}
		}
	}
	return questions
}

// form draws how a question is put.
func (t *trekning) form(q *spoersmaal) *spoersmaal {
	q.soap12, q.gzip, q.detaljer = t.av(100) < 4, t.av(100) < 10, t.av(100) < 5
	if t.av(100) < 5 {
		q.ikledd = &ikledninger[t.av(len(ikledninger))]
	}
	return q
}

// av is a number below n.
func (t *trekning) av(n int) int { return t.IntN(n) }

func en[T any](t *trekning, list []T) T { return list[t.IntN(len(list))] }

// nummer draws a kind, and a number of it.
func (t *trekning) nummer(what string, list nummerliste) string {
	weights := 0
	for _, a := range andeler[what] {
		weights += a.vekt
	}
	draw := t.IntN(weights)
	for _, a := range andeler[what] {
		if draw -= a.vekt; draw < 0 {
			return en(t, list[a.slag])
		}
	}
	return ""
}

// felter leaves out elements without a value; but a few are there and empty, which means the same.
func (t *trekning) felter(all ...felt) []felt {
	var given []felt
	for _, f := range all {
		if f.verdi != "" || t.av(100) < 2 {
			given = append(given, f)
		}
	}
	return given
}

func (t *trekning) antallArbeidstakere() []felt {
	return t.felter(felt{"orgnr", t.nummer("employer", t.arbeidsgivernumre)})
}

func (t *trekning) arbeidsgiver() []felt {
	nummer := t.nummer("employer", t.arbeidsgivernumre)
	fra, til := t.periode(nummer)
	return t.felter(felt{"arbeidsgiverId", nummer}, felt{"statusArbeidsforhold", t.status()}, felt{"lovgivning", t.lovgivning()},
		felt{"datofra", fra}, felt{"datotil", til})
}

func (t *trekning) arbeidstaker() []felt {
	return t.felter(felt{"foedselsnr", t.nummer("person", t.personnumre)}, felt{"statusArbeidsforhold", t.status()}, felt{"lovgivning", t.lovgivning()})
}

func (t *trekning) arbeidsforhold() []felt {
	id := t.nummer("arbeidsforhold", t.forholdsnumre)
	if t.av(100) < 5 {
		id = strings.Repeat("0", 1+t.av(4)) + id
	}
	return t.felter(felt{"arbeidsforholdId", id})
}

func (t *trekning) status() string {
	return en(t, []string{"", "", "alle", "aktive", "aktive", "aktiv", "opphoert", "opphoert", "opphoert"})
}

func (t *trekning) lovgivning() string {
	return en(t, []string{"", "", "", "alle", "ny", "ny", "gammel", "gammel"})
}

// periode is a period to filter by: it begins when an arbeidsforhold of the employer ends and ends when one begins, to the
// day or beside it, or begins or ends about the midnight. Some that have both limits are the wrong way round.
func (t *trekning) periode(arbeidsgiver string) (fra, til string) {
	limit := func(of func(*forhold) store.Dato) store.Dato {
		day := store.Dato(0)
		if list := t.hos[arbeidsgiver]; len(list) > 0 && t.av(100) < 90 {
			day = of(&t.utvalg.forhold[en(t, list)])
		}
		if day == 0 {
			day = t.skifte
		}
		return day.AddDays(en(t, []int{0, 0, 0, -1, 1}))
	}
	a := limit(func(f *forhold) store.Dato { return f.Ansettelsesperiode.Sluttdato })
	b := limit((*forhold).begynner)
	switch t.av(10) {
	case 0, 1, 2:
		return "", ""
	case 3, 4:
		return a.String(), ""
	case 5, 6:
		return "", b.String()
	}
	if a > b && t.av(100) < 90 {
		a, b = b, a
	}
	return a.String() + en(t, []string{"", "", "", "Z", "+02:00"}), b.String()
}

func (t *trekning) ja(percent int) string {
	if t.av(100) < percent {
		return en(t, []string{"true", "true", "true", "1", "True"})
	}
	return en(t, []string{"false", "false", "false", "0", "False"})
}

func (t *trekning) maksAntall() string {
	if t.av(100) < 65 {
		return ""
	}
	return en(t, []string{"1", "2", "3", "5", "10", "17", "50", "100", "500", "1000", "1001", "99999", "0", "-1", "007"})
}

// foedt narrows a search to a birth date, to years, or to ages, most often so that whom it is drawn from is still found.
func (t *trekning) foedt(p *store.Person) []felt {
	fdato := p.Foedselsdato
	if fdato == 0 || t.av(100) < 5 {
		fdato = t.skifte.AddDays(-t.av(30_000))
	}
	year, age := fdato.Year(), store.Alder(fdato, t.skifte)
	var f [5]string // fdato, faarfra, faartil, alderfra, aldertil
	switch t.av(20) {
	case 0, 1:
		f[0] = fdato.String()
	case 2:
		f[0], f[1] = fdato.String(), strconv.Itoa(year-t.av(3)+t.av(2))
	case 3, 4:
		f[1], f[2] = strconv.Itoa(year-t.av(15)), strconv.Itoa(year+t.av(15))
	case 5:
		f[1] = strconv.Itoa(year - t.av(4) + t.av(2))
	case 6:
		f[2] = strconv.Itoa(year + t.av(4) - t.av(2))
	case 7, 8:
		f[3], f[4] = strconv.Itoa(age), strconv.Itoa(age)
	case 9:
		f[3] = strconv.Itoa(age - t.av(4) + t.av(2))
	case 10:
		f[4] = strconv.Itoa(age + t.av(4) - t.av(2))
	case 11:
		f[1], f[2], f[3], f[4] = strconv.Itoa(year-t.av(20)), strconv.Itoa(year+t.av(20)), strconv.Itoa(age-t.av(20)), strconv.Itoa(age+t.av(20))
	}
	return []felt{{"fdato", f[0]}, {"faarfra", f[1]}, {"faartil", f[2]}, {"alderfra", f[3]}, {"aldertil", f[4]}}
}

func (t *trekning) kjoenn(p *store.Person) string {
	switch t.av(10) {
	case 0, 1:
		return p.Kjoenn
	case 2:
		return en(t, []string{"K", "M"})
	}
	return ""
}
