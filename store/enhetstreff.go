package store

import (
	"context"
	"fmt"

	"aareg/store/sqlite"
)

// Enhetssoek is the organisation form of § 2.4. Kommunenr, Postnr and Fylkenr are those of the first address of
// § 2.2; "" is not given. The fylke of a unit is the first two digits of its kommunenr.
type Enhetssoek struct {
	Navn                       string
	Fonetisk                   bool
	Kommunenr, Postnr, Fylkenr string
	InkluderOpphoerte          bool
	Maks                       int
}

// Enhetstreff is a hit among units and old employers. Navn is the name that matched; Historisk says that it is a
// former one. Opphoersdato is 0 also for what ceased on a day that nobody knows.
type Enhetstreff struct {
	Orgnr, OrgnrHovedenhet, Navn    string
	Forretningsadresse, Postadresse Adresse
	Opphoersdato                    Dato
	Enhkode, EnhtypeBeskr           string
	Historisk                       bool
	treff
}

var enhetssoek = avgrens(`
	SELECT ` + enhetskolonner + `, a.slag, n.aktoer, n.historisk, n.tekst, n.ord, n.fonetisk, n.sortering
	FROM enhetsnavnord w JOIN enhetsnavn n ON n.navn = w.navn JOIN aktoer a ON a.aktoer = n.aktoer
	LEFT JOIN enhet e ON e.aktoer = n.aktoer LEFT JOIN aktoer o ON o.aktoer = e.overordnet
	WHERE w.fonetisk = ?2 AND w.ord = ?3 AND (?4 = '' OR e.kommunenr = ?4) AND (?5 = '' OR e.fpostnr = ?5)
		AND (?6 = '' OR substr(e.kommunenr, 1, 2) = ?6) [[AND ` + arbeidsgiverInnenfor + `]]`)

// SoekEnheter answers the organisation form of § 2.4: units by name, at most Maks of them, and how many there are.
func (s *Store) SoekEnheter(ctx context.Context, v View, soek Enhetssoek) (hits []*Enhetstreff, found int, err error) {
	names := newNavnesoek(soek.Fonetisk, soek.Navn)
	names.kuttet = true
	args := []any{names.fonetisk, names.foerst, soek.Kommunenr, soek.Postnr, soek.Fylkenr}
	err = s.read(ctx, v.Omfang, func(r *reader, _ *kodebok) error {
		hits = nil
		return r.eachSeen(ctx, &enhetssoek, args, func(row *sqlite.Stmt) error {
			t, hit, err := scanEnhetstreff(row, v, &names, soek.InkluderOpphoerte)
			if hit {
				hits = append(hits, t)
			}
			return err
		})
	})
	if err != nil {
		return nil, 0, fmt.Errorf("enhetssoek: %w", err)
	}
	return rank(hits, soek.Maks)
}

func scanEnhetstreff(row *sqlite.Stmt, v View, names *navnesoek, opphoerte bool) (t *Enhetstreff, hit bool, err error) {
	t = new(Enhetstreff)
	var e enhetsrad
	var ord, fonetisk string
	var slag int
	err = row.Scan(append(e.into(), &slag, &t.aktoer, &t.Historisk, &t.Navn, &ord, &fonetisk, &t.sortering)...)
	if err != nil {
		return t, false, err
	}
	hit, t.whole = names.matches(ord, fonetisk)
	over := slag == slagGammel || e.opphoertPaa(v.Today)
	if !hit || over && !opphoerte {
		return t, false, nil
	}
	t.treff.historisk, t.nummer = t.Historisk, e.nummer
	t.Orgnr, t.OrgnrHovedenhet, t.Enhkode, t.EnhtypeBeskr = e.nummer, e.overordnet, e.enhkode, e.typeBeskr()
	if over {
		t.Opphoersdato = e.opphoersdato
	}
	t.Forretningsadresse, t.Postadresse, err = e.adresser()
	return t, err == nil, err
}
