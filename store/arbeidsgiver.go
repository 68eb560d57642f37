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

	aktoer    int64
	enhet     bool // in Enhetsregisteret
	giver     bool
	bemanning bemanning // of a unit that § 2.1 was asked about
}

// Hovedenhet says whether the employer is a unit of another form than the two that employ below a hovedenhet. A
// unit that only arbeidsforhold have told of counts as what they use it for.
func (a *Arbeidsgiver) Hovedenhet() bool {
	return a.enhet && !underenhet(a.Enhkode) && (a.Enhkode != "" || !a.giver)
}

// finnArbeidsgiver finds an employer, and what is told of it. Others may have been given the same one: it is not to be changed.
func (r *reader) finnArbeidsgiver(ctx context.Context, v View, role rolle, nummer string) (*Arbeidsgiver, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	spm := giverspoersmaal{nummer, role, v}
	if a := r.husketGiver(spm); a != nil {
		return a, nil
	}
	a, err := r.lesArbeidsgiver(ctx, v, role, nummer)
	if err == nil {
		r.husk(spm, a)
	}
	return a, err
}

func (r *reader) lesArbeidsgiver(ctx context.Context, v View, role rolle, nummer string) (*Arbeidsgiver, error) {
	a := new(Arbeidsgiver)
	var overordnet int64
	who, err := r.finn(ctx, v, role, nummer, func(s subjekt, row *sqlite.Stmt) (err error) {
		if s.slag == slagEnhet {
			overordnet, err = a.lesEnhet(row, v.Today)
		}
		if s.slag == slagEnhet && role == somArbeidsgiverIDag && err == nil {
			err = a.lesBemanning(row, v.Today)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	a.aktoer, a.Gradering = who.aktoer, who.gradering
	a.enhet, a.Person, a.Opphoert = who.slag == slagEnhet, who.slag == slagPerson, a.Opphoert || who.slag == slagGammel
	if a.enhet {
		a.Overordnet, err = r.navngitt(ctx, overordnet)
	} else {
		_, err = r.one(ctx, `SELECT a.nummer, a.navn, coalesce(p.kjoenn, ''), coalesce(p.foedselsdato, 0), coalesce(p.doedsdato, 0)
			FROM aktoer a LEFT JOIN person p USING (aktoer) WHERE a.aktoer = ?1`, []any{a.aktoer},
			&a.Nummer, &a.Navn, &a.Kjoenn, &a.Foedt, &a.Doed)
	}
	if err != nil {
		return nil, fmt.Errorf("arbeidsgiver: %w", err)
	}
	return a, nil
}

// arbeidsgiverkolonner are what is told of a unit, and whether it has arbeidsforhold that the view sees (?6). Only a unit that
// nothing was told of is asked for those inside an Omfang (Hovedenhet).
var arbeidsgiverkolonner = enhetskolonner + `, e.registreringsdato, e.stiftelsesdato, e.oppstartsdato, e.virksomhetsoverdragelse,
	e.overordnet, a.som_arbeidsgiver & ?6 <> 0 [[AND e.enhkode = '' AND ` + harInnenfor("arbeidsgiver", "?6") + `]]`

// arbeidsgiverende is the first column after them, in the queries that find somebody.
const arbeidsgiverende = subjektkolonneantall + enhetskolonneantall + 6

// lesEnhet reads a row of enhetUnder, but for the unit above, whose row that is.
func (a *Arbeidsgiver) lesEnhet(row *sqlite.Stmt, today Dato) (overordnet int64, err error) {
	var e enhetsrad
	e.les(row, subjektkolonneantall)
	const neste = subjektkolonneantall + enhetskolonneantall
	stiftet, startet := Dato(row.Int64(neste+1)), Dato(row.Int64(neste+2))
	a.Registrert, a.Virksomhetsoverdragelse, a.giver = Dato(row.Int64(neste)), Dato(row.Int64(neste+3)), row.Int64(neste+5) != 0
	a.Nummer, a.Navn, a.Enhkode, a.EnhtypeBeskr = e.nummer, e.navn, e.enhkode, e.typeBeskr()
	a.Opphoert = e.opphoertPaa(today)
	a.Etablert = stiftet
	if underenhet(e.enhkode) {
		a.Etablert = startet
	}
	a.Forretningsadresse, a.Postadresse, err = e.adresser()
	return row.Int64(neste + 4), err
}

// lesBemanning reads what enhetIDagUnder has beside.
func (a *Arbeidsgiver) lesBemanning(row *sqlite.Stmt, today Dato) (err error) {
	a.bemanning, err = unpackBemanning(borrowed(row.Bytes(arbeidsgiverende+1)), Dato(row.Int64(arbeidsgiverende)), today)
	return err
}

// enhetskolonner are the columns of a unit (e) and its aktoer (a) that lists and look-ups share; enhetsrad is what they are read
// into, where nothing is as good as "" or 0.
const enhetskolonner = `a.nummer, a.navn, e.enhkode, e.enhtype_beskr, e.fadresse, e.fpostnr, e.fpoststed, e.kommunenr,
	e.kommune, e.landkode, e.land, e.postadresse, e.opphoert, e.opphoersdato`

const enhetskolonneantall = 14

type enhetsrad struct {
	nummer, navn, enhkode, beskr string
	linjer, post                 string
	f                            Adresse
	opphoert                     bool
	opphoersdato                 Dato
}

// les reads enhetskolonner, of which that is the first.
func (e *enhetsrad) les(row *sqlite.Stmt, first int32) {
	row.Texts(first, &e.nummer, &e.navn, &e.enhkode, &e.beskr, &e.linjer, &e.f.Postnr, &e.f.Poststed,
		&e.f.Kommunenr, &e.f.Kommune, &e.f.Landkode, &e.f.Land, &e.post)
	e.opphoert, e.opphoersdato = row.Int64(first+12) != 0, Dato(row.Int64(first+13))
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
	SELECT ` + enhetskolonner + `, o.nummer, u.historisk
	FROM (SELECT aktoer, 0 AS historisk FROM enhet WHERE overordnet = ?2
		UNION ALL SELECT enhet, 1 FROM tidligere_overordnet WHERE overordnet = ?2) u
	JOIN enhet e USING (aktoer) JOIN aktoer a USING (aktoer) LEFT JOIN aktoer o ON o.aktoer = e.overordnet
	WHERE (u.historisk = 0 OR e.overordnet IS NOT ?2) [[AND ` + arbeidsgiverInnenfor + `]]`)

func (r *reader) underenheter(ctx context.Context, v View, hovedenhet int64) (units []Underenhet, err error) {
	err = r.eachSeen(ctx, &underenheter, []any{hovedenhet}, func(row *sqlite.Stmt) error {
		var e enhetsrad
		var u Underenhet
		e.les(row, 0)
		row.Texts(enhetskolonneantall, &u.OrgnrHovedenhet)
		u.Historisk = row.Int64(enhetskolonneantall+1) != 0
		u.Orgnr, u.Navn = e.nummer, e.navn
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
		a, err := r.finnArbeidsgiver(ctx, v, somArbeidsgiver, nummer)
		if err != nil {
			return err
		}
		h = &HentetArbeidsgiver{Arbeidsgiver: a, Liste: Liste{utvalg: newListeutvalg(v, f), giver: a.aktoer,
			arbeidsgiver: Navngitt{a.Nummer, a.Navn}, koder: book}}
		if a.Hovedenhet() {
			if h.Underenheter, err = r.underenheter(ctx, v, a.aktoer); err != nil {
				return fmt.Errorf("underenheter: %w", err)
			}
			if h.Arbeidstakere, h.Historikk, err = r.aktivOgHistorikk(ctx, v, a.aktoer); err != nil {
				return fmt.Errorf("hovedenhet: %w", err)
			}
		}
		if o := v.Omfang; o != nil && o.Personer != nil { // else all of an employer that is inside are
			if err := r.lesInnenfor(ctx, &h.Liste.utvalg, listenInnenfor, []any{r.omfang, a.aktoer, v.visible()}); err != nil {
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
