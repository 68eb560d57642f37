package kilder

import (
	"bytes"
	"errors"
	"sync"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	jsonv1 "github.com/go-json-experiment/json/v1"

	"aareg/store"
)

// aareg's own format: one object a line, and of each exactly one member. It keeps all that the register has.
var egenForm = &form{Egen, lesEgen}

// Egen is the name of that shape.
const Egen = "aareg"

// egenFormat is the number in the head of aareg's own format.
const egenFormat = 1

type egenLinje struct {
	Register           *store.Registerhode       `json:"register,omitzero"`
	Enhet              *store.Enhet              `json:"enhet,omitzero"`
	GammelArbeidsgiver *store.GammelArbeidsgiver `json:"gammelArbeidsgiver,omitzero"`
	Person             *store.Person             `json:"person,omitzero"`
	Arbeidsforhold     *store.Arbeidsforhold     `json:"arbeidsforhold,omitzero"`
	Slett              *Noekkel                  `json:"slett,omitzero"`
}

// antall is the number of members that are there.
func (l *egenLinje) antall() (n int) {
	for _, there := range []bool{
		l.Register != nil, l.Enhet != nil, l.GammelArbeidsgiver != nil, l.Person != nil, l.Arbeidsforhold != nil, l.Slett != nil,
	} {
		if there {
			n++
		}
	}
	return n
}

// antall is the number of kinds that the key names.
func (k Noekkel) antall() (n int) {
	for _, there := range []bool{k.ArbeidsforholdId != 0, k.UUID != "", k.Orgnr != "", k.Foedselsnr != ""} {
		if there {
			n++
		}
	}
	return n
}

// egneLesevalg refuse keys that nobody knows, and read the store's own texts faster than by their methods.
var egneLesevalg = json.JoinOptions(json.RejectUnknownMembers(true), json.WithUnmarshalers(json.JoinUnmarshalers(
	json.UnmarshalFromFunc(func(d *jsontext.Decoder, v *store.Desimal) error { return (*desimal)(v).UnmarshalJSONFrom(d) }),
	json.UnmarshalFromFunc(lesTidspunkt),
)))

// lesTidspunkt takes whatever the register may hold: what begins with a date, or nothing.
func lesTidspunkt(d *jsontext.Decoder, t *store.Tidspunkt) error {
	if err := json.UnmarshalDecode(d, (*string)(t)); err != nil {
		return err
	}
	if *t != "" && t.Dato() == 0 {
		return feil("", "does not begin with a date")
	}
	return nil
}

// lesEgen takes nothing that it does not know: what is there must be meant.
func lesEgen(tekst []byte, _ *Merknader) ([]Post, error) {
	var l egenLinje
	if err := lesJSON(tekst, &l, egneLesevalg); err != nil {
		return nil, err
	}
	switch {
	case l.antall() != 1:
		return nil, feil("", "not exactly one of register, enhet, gammelArbeidsgiver, person, arbeidsforhold and slett")
	case l.Register != nil && l.Register.Format != egenFormat:
		return nil, feil("register.format", "not a format that is known here")
	case l.Slett != nil && l.Slett.antall() != 1:
		return nil, feil("slett", "not exactly one of navArbeidsforholdId, navUuid, organisasjonsnummer and foedselsnr")
	}
	p := Post{Register: l.Register, GammelArbeidsgiver: l.GammelArbeidsgiver, Person: l.Person, Arbeidsforhold: l.Arbeidsforhold}
	if l.Enhet != nil {
		p.Enhet = &Enhet{Enhet: *l.Enhet}
	}
	if l.Slett != nil {
		p.Hendelse = &Hendelse{Hva: Fjernet, Noekkel: *l.Slett}
	}
	return []Post{p}, nil
}

// skriver writes lines; it is used again and again.
type skriver struct {
	b bytes.Buffer
	e *jsontext.Encoder
}

var skrivere = sync.Pool{New: func() any { return &skriver{e: jsontext.NewEncoder(new(bytes.Buffer))} }}

// egneValg write the store's types as encoding/json does: zeroes that need not be there are left out.
var egneValg = json.JoinOptions(jsonv1.OmitEmptyWithLegacySemantics(true), jsontext.EscapeForHTML(false))

// Skriv appends a post as one line of aareg's own format, with its line end. A post that the format cannot keep whole
// is an error: a unit whose shape left something out, or an event that is not a removal.
func Skriv(b []byte, p *Post) ([]byte, error) {
	l := egenLinje{Register: p.Register, GammelArbeidsgiver: p.GammelArbeidsgiver, Person: p.Person, Arbeidsforhold: p.Arbeidsforhold}
	if e := p.Enhet; e != nil {
		if e.Slettet || e.UtenTidligereNavn {
			return b, errors.New("write: a unit that is not whole")
		}
		l.Enhet = &e.Enhet
	}
	if h := p.Hendelse; h != nil {
		if h.Hva != Fjernet || h.Rekkefoelge != 0 || h.Noekkel.antall() != 1 {
			return b, errors.New("write: an event that is not the removal of one object")
		}
		l.Slett = &h.Noekkel
	}
	if l.antall() != 1 {
		return b, errors.New("write: a post that does not hold exactly one object")
	}
	s := skrivere.Get().(*skriver)
	defer skrivere.Put(s)
	s.b.Reset()
	s.e.Reset(&s.b)
	if err := json.MarshalEncode(s.e, &l, egneValg); err != nil {
		return b, errors.New("write: a value that JSON cannot hold")
	}
	return append(b, s.b.Bytes()...), nil
}
