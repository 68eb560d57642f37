package store

import (
	"maps"
	"slices"

	"aareg/store/sqlite"
)

const takerrader = `SELECT f.arbeidstaker, f.arbeidsgiver, f.arbeidsforhold_id, f.begyntdato, f.sluttetdato, f.skjerming, f.dok,
		f.takernummer, f.takernavn
	FROM arbeidsforhold f `

// takeren is somebody who is employee: a person, or an old arbeidsgivernummer, whom nobody finds in that role and who has no
// list.
const takeren = `SELECT a.slag, a.gradering, a.som_arbeidstaker, a.nummer, a.navn,
		coalesce(n.etternavn, ''), coalesce(n.fornavn, ''), coalesce(n.mellomnavn, ''), coalesce(p.kjoenn, ''), coalesce(p.foedselsdato, 0), coalesce(p.doedsdato, 0), p.aktoer IS NOT NULL
	FROM aktoer a LEFT JOIN person p USING (aktoer) LEFT JOIN personnavn n ON n.aktoer = a.aktoer AND n.historisk = 0
	WHERE a.aktoer = ?1`

// takerskriver writes persons' lists from rows of takerrader, person after person, each in its order. It finds those of whom
// arbeidsforhold have a number or a name that they have no more.
type takerskriver struct {
	tx           *Tx
	taker        int64
	naa          Navngitt // number in force and name
	slag         int
	gradering    int64
	roller       int64
	omdoept      []int64
	pakke, indre pakker
}

func newTakerskriver(t *Tx) *takerskriver {
	return &takerskriver{tx: t, pakke: pakker{kode: t.kode}, indre: pakker{kode: t.kode}}
}

func (s *takerskriver) add(row *sqlite.Stmt) error {
	if taker := row.Int64(0); taker != s.taker {
		if err := s.slutt(); err != nil {
			return err
		}
		if err := s.begynn(taker); err != nil {
			return err
		}
	}
	s.sammenlign(row.Bytes(7), row.Bytes(8))
	var a Arbeidsforhold
	a.ArbeidsforholdId, a.Ansettelsesperiode.Startdato, a.Ansettelsesperiode.Sluttdato = row.Int64(2), Dato(row.Int64(3)), Dato(row.Int64(4))
	u := utpakker{s: borrowed(row.Bytes(6)), koder: s.tx.koder} // nothing of it outlives the row
	if err := unpackArbeidsforhold(&u, &a); err != nil {
		return err
	}
	r := a.pakkerad(skjerming(row.Int64(5)))
	packTakerrad(&s.pakke, &s.indre, row.Int64(1), &r)
	return nil
}

// sammenlign compares what an arbeidsforhold has of its arbeidstaker with what is so now.
func (s *takerskriver) sammenlign(nummer, navn []byte) {
	if n := len(s.omdoept); n > 0 && s.omdoept[n-1] == s.taker {
		return
	}
	if string(nummer) != s.naa.Nummer || string(navn) != s.naa.Navn {
		s.omdoept = append(s.omdoept, s.taker)
	}
}

// begynn begins a person's list.
func (s *takerskriver) begynn(taker int64) error {
	s.taker = taker
	s.pakke.b = append(s.pakke.b[:0], make([]byte, kontrollsum)...)
	var a Arbeidstaker
	var person bool
	found, err := s.tx.one(takeren, []any{taker}, &s.slag, &s.gradering, &s.roller, &s.naa.Nummer, &s.naa.Navn, &a.Navn.Etternavn,
		&a.Navn.Fornavn, &a.Navn.Mellomnavn, &a.Kjoenn, &a.Foedt, &a.Doed, &person)
	if err == nil && (!found || s.slag == slagPerson && !person) {
		err = errDok
	}
	a.Foedselsnr = s.naa.Nummer
	packTaker(&s.pakke, &a)
	return err
}

// slutt writes the list that has been begun.
func (s *takerskriver) slutt() error {
	if s.taker == 0 || s.slag != slagPerson {
		return nil
	}
	nummer := personnummer(s.naa.Nummer)
	if nummer < 0 {
		return errDok
	}
	summer(s.pakke.b)
	return s.tx.exec(`INSERT INTO arbeidstakerliste VALUES (?1, ?2, ?3, ?4, ?5)`, nummer, s.taker, s.gradering, s.roller, s.pakke.b)
}

// packTakerlister packs the lists of all persons anew. They are made in the order that their arbeidsforhold are found in, and
// lie in a temporary table, as what has come does (ankomne.go), until they are laid in the order of their numbers.
func (t *Tx) packTakerlister() error {
	if err := t.c.Script(`DELETE FROM main.arbeidstakerliste;
		CREATE TEMP TABLE arbeidstakerliste AS SELECT * FROM main.arbeidstakerliste`); err != nil {
		return err
	}
	if err := t.pakkTakerlister(takerrader + `ORDER BY f.arbeidstaker, f.begyntdato DESC, f.arbeidsforhold_id`); err != nil {
		return err
	}
	return t.c.Script(`INSERT INTO main.arbeidstakerliste SELECT * FROM temp.arbeidstakerliste ORDER BY nummer;
		DROP TABLE temp.arbeidstakerliste`)
}

// repairTakerlister packs those of the persons that the change has touched. All are taken away before any is written, since
// one may have the number now that another had.
func (t *Tx) repairTakerlister() error {
	takere := slices.Sorted(maps.Keys(t.beroert.takere))
	for _, taker := range takere {
		if err := t.dropTakerliste(taker); err != nil {
			return err
		}
	}
	for _, taker := range takere {
		if err := t.pakkTakerlister(takerrader+`WHERE f.arbeidstaker = ?1 ORDER BY f.begyntdato DESC, f.arbeidsforhold_id`, taker); err != nil {
			return err
		}
	}
	return nil
}

func (t *Tx) dropTakerliste(taker int64) error {
	return t.exec(`DELETE FROM arbeidstakerliste WHERE aktoer = ?1`, taker)
}

func (t *Tx) pakkTakerlister(query string, args ...any) error {
	skriver := newTakerskriver(t)
	if err := t.each(query, args, skriver.add); err != nil {
		return err
	}
	if err := skriver.slutt(); err != nil {
		return err
	}
	for _, taker := range skriver.omdoept {
		if err := t.exec(`UPDATE arbeidsforhold SET (takernummer, takernavn) = (SELECT nummer, navn FROM aktoer WHERE aktoer = ?1)
			WHERE arbeidstaker = ?1`, taker); err != nil {
			return err
		}
	}
	return nil
}
