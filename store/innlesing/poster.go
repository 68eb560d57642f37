package innlesing

import (
	"errors"
	"fmt"
	"strings"

	"aareg/store"
	"aareg/store/kilder"
)

// poster takes what one record says.
func (l *leser) poster(sted kilder.Sted, form string, raa []byte, poster []kilder.Post) error {
	l.tell(form, poster)
	for i := range poster {
		slag, err := l.post(form, &poster[i])
		if err == nil {
			continue
		}
		if l.ctx.Err() != nil || store.Registerfeil(err) {
			return err
		}
		if err := l.avvis(&kilder.Feil{Sted: sted, Form: form, Problem: err.Error(), Raa: raa}, slag); err != nil {
			return err
		}
	}
	return nil
}

// tell counts the records of an export.
func (l *leser) tell(form string, poster []kilder.Post) {
	switch {
	case form != egen:
	case len(poster) == 1 && poster[0].Register != nil:
		l.eksport.ventet, l.eksport.kommet = poster[0].Register.Poster, 0
	default:
		l.eksport.kommet++
	}
}

// feil is a record that could not be read.
func (l *leser) feil(f *kilder.Feil) error {
	l.tell(f.Form, nil)
	slag, known := slagAv[f.Form]
	if !known {
		slag = ukjentSlag
	}
	return l.avvis(f, slag)
}

// slagAv is what the records of a shape are, for those that could not be read. Tenor's wrapper may hold any.
var slagAv = map[string]int{
	"v1": Arbeidsforhold, "v2": Arbeidsforhold, "dist": Arbeidsforhold, "SOAP v3": Arbeidsforhold,
	"PDL": Personer, "PDL bolk": Personer, "Folkeregisteret": Personer,
	"enhet": Enheter, "enhet (CSV)": Enheter,
	"hendelse": Hendelser, "oppdatering": Hendelser,
}

const ukjentSlag = -1

var errVern = errors.New("it is not set aside, since it may tell of somebody who is protected")

// avvis sets a record aside that cannot be used, unless somebody would be the less protected for it.
func (l *leser) avvis(f *kilder.Feil, slag int) error {
	if l.valg.Tilside == "" {
		return f
	}
	if strings.Contains(f.Felt, beskyttelse) || kanVerneNoen(f.Raa, slag == Personer) {
		return fmt.Errorf("%w; %w", f, errVern)
	}
	s := l.sammendrag
	s.Tilside++
	if slag != ukjentSlag {
		s.Teller[slag].Tilside++
	}
	if len(s.Feil) < feilMaks {
		s.Feil = append(s.Feil, f.Error())
	}
	return l.tilside.add(f)
}

// post takes one thing that was said into the register.
func (l *leser) post(form string, p *kilder.Post) (slag int, err error) {
	var put func() error
	switch {
	case p.Arbeidsforhold != nil:
		slag, put = Arbeidsforhold, func() error { return l.arbeidsforhold(form, p.Arbeidsforhold) }
	case p.Person != nil:
		slag, put = Personer, func() error { return l.person(form, p.Person) }
	case p.Enhet != nil:
		slag, put = Enheter, func() error { return l.enhet(form, p.Enhet) }
	case p.GammelArbeidsgiver != nil:
		slag, put = GamleArbeidsgivere, func() error { return l.tx.PutGammelArbeidsgiver(p.GammelArbeidsgiver) }
	case p.Hendelse != nil:
		l.sammendrag.Teller[Hendelser].Lest++
		return Hendelser, l.hendelse(*p.Hendelse)
	default:
		return Hendelser, l.tx.SetUtstedelsesnoekkel(p.Register.Utstedelsesnoekkel, p.Register.Utstedt)
	}
	t := &l.sammendrag.Teller[slag]
	t.Lest++
	l.levert[slag]++
	if err := put(); err != nil {
		return slag, err
	}
	outcome, err := l.utfall(p)
	if err != nil {
		return slag, err
	}
	switch outcome {
	case store.Lagret:
		t.Ny++
	case store.Skiftet:
		t.Endret++
	default:
		t.Uendret++
	}
	return slag, nil
}

// utfall is what a record did that was stored. In a full import everything is stored for the first time: what counts is
// what the register before has of it. Of arbeidsforhold the store knows.
func (l *leser) utfall(p *kilder.Post) (store.Utfall, error) {
	if l.forrige == nil || l.tx.Utfall != store.Lagret {
		return l.tx.Utfall, nil
	}
	known, same := false, false
	switch {
	case p.Person != nil:
		old, err := l.forrige.Person(p.Person.Foedselsnr)
		if err != nil {
			return 0, err
		}
		known, same = old != nil, old != nil && p.Person.Same(old)
	case p.Enhet != nil:
		old, err := l.forrige.Enhet(p.Enhet.Orgnr)
		if err != nil {
			return 0, err
		}
		known, same = old != nil, old != nil && p.Enhet.Same(old)
	}
	switch {
	case same:
		return store.Uendret, nil
	case known:
		return store.Skiftet, nil
	}
	return store.Lagret, nil
}

func (l *leser) bemerk(sentence string) { l.sammendrag.Bemerket[sentence]++ }
