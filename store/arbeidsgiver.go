package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"aareg/store/sqlite"
)

// Arbeidsgiver is what §§ 2.1 and 2.2 say of an employer.
type Arbeidsgiver struct {
	Nummer, Navn            string    // number in force, name in force
	Overordnet              Navngitt  // the unit one level up; empty for a hovedenhet at the top and for others
	Person                  bool      // a personal employer: Kjoenn and age are shown, the address is a home and is not
	Gradering               Gradering // of a personal employer whose data the view may have
	Kjoenn                  string
	Forretningsadresse      Adresse // of an underenhet: beliggenhetsadresse
	Postadresse             Adresse
	Registrert, Etablert    Dato // in Enhetsregisteret; founded (hovedenhet) or started (underenhet)
	Enhkode, EnhtypeBeskr   string
	Opphoert                bool // has ceased by the day of the view
	Virksomhetsoverdragelse Dato
	livsloep

	aktoer int64
	enhet  bool // in Enhetsregisteret
	giver  bool
}

// Hovedenhet says whether the employer is a unit of another form than the two that employ below a hovedenhet. A
// unit that only arbeidsforhold have told of counts as what they use it for.
func (a *Arbeidsgiver) Hovedenhet() bool {
	return a.enhet && !underenhet(a.Enhkode) && (a.Enhkode != "" || !a.giver)
}

func (r *reader) arbeidsgiver(ctx context.Context, v View, s subjekt) (*Arbeidsgiver, error) {
	a := Arbeidsgiver{aktoer: s.aktoer, Person: s.slag == slagPerson, enhet: s.slag == slagEnhet, Gradering: s.gradering,
		Opphoert: s.slag == slagGammel}
	var err error
	if a.enhet {
		err = r.enhet(ctx, v, &a)
	} else {
		_, err = r.one(ctx, `SELECT a.nummer, a.navn, coalesce(p.kjoenn, ''), coalesce(p.foedselsdato, 0), coalesce(p.doedsdato, 0)
			FROM aktoer a LEFT JOIN person p USING (aktoer) WHERE a.aktoer = ?1`, []any{s.aktoer},
			&a.Nummer, &a.Navn, &a.Kjoenn, &a.Foedt, &a.Doed)
	}
	if err != nil {
		return nil, fmt.Errorf("arbeidsgiver: %w", err)
	}
	return &a, nil
}

// enheten is a unit (?2), and whether it has arbeidsforhold that the view sees (?3). Only a unit that nothing was told of
// is asked for those inside an Omfang (Hovedenhet).
var enheten = avgrens(`SELECT ` + enhetskolonner + `, e.registreringsdato, e.stiftelsesdato, e.oppstartsdato,
		e.virksomhetsoverdragelse, a.som_arbeidsgiver & ?3 <> 0 [[AND e.enhkode = '' AND ` + harInnenfor("arbeidsgiver", "?3") + `]],
		coalesce(o.navn, '')
	FROM aktoer a JOIN enhet e USING (aktoer) LEFT JOIN aktoer o ON o.aktoer = e.overordnet WHERE a.aktoer = ?2`)

func (r *reader) enhet(ctx context.Context, v View, a *Arbeidsgiver) error {
	var e enhetsrad
	var stiftet, startet Dato
	err := r.eachSeen(ctx, &enheten, []any{a.aktoer, v.visible()}, func(row *sqlite.Stmt) error {
		e.les(row)
		const neste = enhetskolonneantall
		a.Registrert, stiftet, startet = Dato(row.Int64(neste)), Dato(row.Int64(neste+1)), Dato(row.Int64(neste+2))
		a.Virksomhetsoverdragelse, a.giver = Dato(row.Int64(neste+3)), row.Int64(neste+4) != 0
		row.Texts(neste+5, &a.Overordnet.Navn)
		return nil
	})
	if err != nil {
		return err
	}
	a.Nummer, a.Navn, a.Overordnet.Nummer, a.Enhkode, a.EnhtypeBeskr = e.nummer, e.navn, e.overordnet, e.enhkode, e.typeBeskr()
	a.Opphoert = e.opphoertPaa(v.Today)
	a.Etablert = stiftet
	if underenhet(e.enhkode) {
		a.Etablert = startet
	}
	a.Forretningsadresse, a.Postadresse, err = e.adresser()
	return err
}

// enhetskolonner are the columns of a unit (e), its aktoer (a) and the one above it (o) that lists and look-ups
// share; enhetsrad is what they are read into.
const enhetskolonner = `a.nummer, a.navn, coalesce(o.nummer, ''), coalesce(e.enhkode, ''), coalesce(e.enhtype_beskr, ''),
	coalesce(e.fadresse, ''), coalesce(e.fpostnr, ''), coalesce(e.fpoststed, ''), coalesce(e.kommunenr, ''),
	coalesce(e.kommune, ''), coalesce(e.landkode, ''), coalesce(e.land, ''), coalesce(e.postadresse, ''),
	coalesce(e.opphoert, 0), coalesce(e.opphoersdato, 0)`

const enhetskolonneantall = 15

type enhetsrad struct {
	nummer, navn, overordnet, enhkode, beskr string
	linjer, post                             string
	f                                        Adresse
	opphoert                                 bool
	opphoersdato                             Dato
}

func (e *enhetsrad) les(row *sqlite.Stmt) {
	row.Texts(0, &e.nummer, &e.navn, &e.overordnet, &e.enhkode, &e.beskr, &e.linjer, &e.f.Postnr, &e.f.Poststed,
		&e.f.Kommunenr, &e.f.Kommune, &e.f.Landkode, &e.f.Land, &e.post)
	e.opphoert, e.opphoersdato = row.Int64(13) != 0, Dato(row.Int64(14))
}

func (e *enhetsrad) typeBeskr() string {
	return Kodeverdi{Kode: e.enhkode, Beskrivelse: e.beskr}.Tekst("enhetstype")
}

func (e *enhetsrad) opphoertPaa(today Dato) bool {
	return e.opphoersdato != 0 && e.opphoersdato <= today || e.opphoersdato == 0 && e.opphoert
}

// adresser are the two addresses; the land of the first is the delivered text, else the code list's.
func (e *enhetsrad) adresser() (forretning, post Adresse, err error) {
	forretning = e.f
	if e.linjer != "" {
		forretning.Linjer = strings.Split(e.linjer, "\n")
	}
	forretning.Land = Kodeverdi{Kode: e.f.Landkode, Beskrivelse: e.f.Land}.Tekst(kodeverkLand)
	if e.post != "" {
		if json.Unmarshal([]byte(e.post), &post) != nil {
			err = errDok
		}
	}
	return forretning, post, err
}

// Underenhet is a unit directly below a hovedenhet, or one that was (Historisk).
type Underenhet struct {
	Orgnr, OrgnrHovedenhet, Navn    string
	Forretningsadresse, Postadresse Adresse
	Opphoert, Historisk             bool
	Enhkode, EnhtypeBeskr           string
}

// underenheter: those that belong there, then those transferred away, each by orgnr. The unit one level up is the
// one of today, so a transferred one tells where it went, and need not be inside the Omfang any more.
var underenheter = avgrens(`
	SELECT ` + enhetskolonner + `, u.historisk
	FROM (SELECT aktoer, 0 AS historisk FROM enhet WHERE overordnet = ?2
		UNION ALL SELECT enhet, 1 FROM tidligere_overordnet WHERE overordnet = ?2) u
	JOIN enhet e USING (aktoer) JOIN aktoer a USING (aktoer) LEFT JOIN aktoer o ON o.aktoer = e.overordnet
	WHERE (u.historisk = 0 OR e.overordnet IS NOT ?2) [[AND ` + arbeidsgiverInnenfor + `]]`)

func (r *reader) underenheter(ctx context.Context, v View, hovedenhet int64) (units []Underenhet, err error) {
	err = r.eachSeen(ctx, &underenheter, []any{hovedenhet}, func(row *sqlite.Stmt) error {
		var e enhetsrad
		var u Underenhet
		e.les(row)
		u.Historisk = row.Int64(enhetskolonneantall) != 0
		u.Orgnr, u.OrgnrHovedenhet, u.Navn = e.nummer, e.overordnet, e.navn
		u.Enhkode, u.EnhtypeBeskr, u.Opphoert = e.enhkode, e.typeBeskr(), e.opphoertPaa(v.Today)
		var err error
		u.Forretningsadresse, u.Postadresse, err = e.adresser()
		units = append(units, u)
		return err
	})
	slices.SortFunc(units, func(a, b Underenhet) int {
		switch {
		case a.Historisk == b.Historisk:
			return cmp.Compare(a.Orgnr, b.Orgnr)
		case a.Historisk:
			return 1
		}
		return -1
	})
	return units, err
}

// HentetArbeidsgiver is the answer of § 2.2.
type HentetArbeidsgiver struct {
	*Arbeidsgiver
	Arbeidstakere, Historikk bool // somebody is active there, something has ended there; a hovedenhet: or below it
	Underenheter             []Underenhet
	Liste                    Liste
}

// Arbeidsgiver answers § 2.2: the employer under an orgnr, the number of a person or an old arbeidsgivernummer, its
// units, and its arbeidsforhold, whose Liste the caller closes.
func (s *Store) Arbeidsgiver(ctx context.Context, v View, nummer string, f Filter) (h *HentetArbeidsgiver, err error) {
	err = s.read(ctx, v.Omfang, func(r *reader, book *kodebok) error {
		who, err := r.finn(ctx, v, somArbeidsgiver, nummer)
		if err != nil {
			return err
		}
		a, err := r.arbeidsgiver(ctx, v, who)
		if err != nil {
			return err
		}
		h = &HentetArbeidsgiver{Arbeidsgiver: a, Liste: Liste{utvalg: newListeutvalg(v, f), giver: who.aktoer,
			arbeidsgiver: Navngitt{a.Nummer, a.Navn}, koder: book}}
		if a.Hovedenhet() {
			if h.Underenheter, err = r.underenheter(ctx, v, who.aktoer); err != nil {
				return fmt.Errorf("underenheter: %w", err)
			}
			if h.Arbeidstakere, h.Historikk, err = r.aktivOgHistorikk(ctx, v, who.aktoer); err != nil {
				return fmt.Errorf("hovedenhet: %w", err)
			}
		}
		if o := v.Omfang; o != nil && o.Personer != nil { // else all of an employer that is inside are
			if err := r.lesInnenfor(ctx, &h.Liste.utvalg, listenInnenfor, []any{r.omfang, who.aktoer, v.visible()}); err != nil {
				return fmt.Errorf("arbeidsgiverliste: %w", err)
			}
		}
		if err := r.liste(ctx, &h.Liste); err != nil {
			return fmt.Errorf("arbeidsgiverliste: %w", err)
		}
		h.Arbeidstakere, h.Historikk = h.Arbeidstakere || h.Liste.Aktive, h.Historikk || h.Liste.Opphoerte
		return nil
	})
	return h, err
}
