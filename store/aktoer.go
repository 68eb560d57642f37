package store

import "errors"

// The three kinds of aktoer.
const (
	slagEnhet  = 1
	slagPerson = 2
	slagGammel = 3
)

// aktoer is the row of somebody, made when there is none: a party may be named before anything is known of it.
func (t *Tx) aktoer(slag int, nummer string) (int64, error) {
	id, found, err := t.aktoerUnder(slag, nummer)
	if found || err != nil {
		return id, err
	}
	return t.nyAktoer(slag, nummer)
}

func (t *Tx) nyAktoer(slag int, nummer string) (id int64, err error) {
	if id, err = t.insert(`INSERT INTO aktoer (slag, nummer) VALUES (?1, ?2)`, slag, nummer); err != nil {
		return 0, err
	}
	switch slag {
	case slagPerson:
		kjoenn, foedt := "", Dato(0)
		if t.Utled != nil {
			kjoenn, foedt = t.Utled(nummer)
		}
		err = t.exec(`INSERT INTO person VALUES (?1, ?2, ?3, 0)`, id, kjoenn, foedt)
	case slagEnhet:
		err = t.exec(`INSERT INTO enhet VALUES (?1, '', '', NULL, '', '', '', '', '', '', '', '', 0, 0, 0, 0, 0, 0)`, id)
	}
	return id, err
}

// aktoerUnder is the row of whoever has a number now.
func (t *Tx) aktoerUnder(slag int, nummer string) (id int64, found bool, err error) {
	found, err = t.one(`SELECT aktoer FROM aktoer WHERE nummer = ?1 AND slag = ?2`, []any{nummer, slag}, &id)
	return id, found, err
}

// kjent is a party that was looked up, and its grade.
type kjent struct {
	aktoer    int64
	gradering Gradering
}

// kjenteMax is how many parties a change remembers: some 60 MB.
const kjenteMax = 1 << 21

// noekkel is a party's number, and whether it is an old arbeidsgivernummer, as a key of what is known.
func (p Part) noekkel() uint64 {
	key := uint64(len(p.Ident))
	for _, digit := range []byte(p.Ident) {
		key = key*10 + uint64(digit-'0')
	}
	key <<= 1
	if p.Type == "Arbeidsgivernummer" {
		key |= 1
	}
	return key
}

// parties are the rows of arbeidstaker, arbeidsgiver and opplysningspliktig, 0 when there is none of the last, and
// the protection of an arbeidsforhold between them as they are graded now.
func (t *Tx) parties(a *Arbeidsforhold) (ids [3]int64, s skjerming, err error) {
	for i, part := range [...]*Part{&a.Arbeidstaker, &a.Arbeidssted, &a.Opplysningspliktig} {
		if part.Ident == "" && i == 2 {
			break
		}
		if !digits(part.Ident, 9) && !digits(part.Ident, 11) {
			return ids, s, errors.New("a party's ident is neither 9 nor 11 digits")
		}
		k, known := t.kjente[part.noekkel()]
		if !known {
			if k, err = t.lookUp(*part); err != nil {
				return ids, s, err
			}
		}
		ids[i], s = k.aktoer, s|skjermingOf(k.gradering)
	}
	return ids, s, nil
}

func (t *Tx) lookUp(part Part) (k kjent, err error) {
	slag := slagEnhet
	switch {
	case part.Type == "Arbeidsgivernummer":
		slag = slagGammel
	case len(part.Ident) == 11:
		slag = slagPerson
	}
	found, err := t.one(`SELECT aktoer, gradering FROM aktoer WHERE nummer = ?1 AND slag = ?2`, []any{part.Ident, slag}, &k.aktoer, &k.gradering)
	if err == nil && !found {
		if slag == slagPerson {
			k, err = t.formerPerson(part.Ident)
		} else {
			k.aktoer, err = t.nyAktoer(slag, part.Ident)
		}
	}
	if len(t.kjente) == kjenteMax {
		clear(t.kjente)
	}
	t.kjente[part.noekkel()] = k
	return k, err
}

// forget forgets what was looked up of numbers: they may lead elsewhere now, or to somebody who is graded otherwise.
func (t *Tx) forget(numbers ...string) {
	for _, nummer := range numbers {
		delete(t.kjente, Part{Ident: nummer}.noekkel())
	}
}

// formerPerson is the person under a number that nobody has now: the only one who has had it, or somebody new. When
// several have had it, nobody knows who is meant: it is somebody of whom nothing else is known, but as protected as
// any of them (standIn). In a new register it is somebody new until all is in (mergeAll), whatever came first.
func (t *Tx) formerPerson(nummer string) (k kjent, err error) {
	if t.ny {
		k.aktoer, err = t.nyAktoer(slagPerson, nummer)
		return k, err
	}
	var holders int
	_, err = t.one(`SELECT count(*), min(n.aktoer), max(a.gradering)
		FROM tidligere_nummer n JOIN aktoer a USING (aktoer) WHERE n.nummer = ?1`, []any{nummer}, &holders, &k.aktoer, &k.gradering)
	if err != nil || holders == 1 {
		return k, err
	}
	if k.aktoer, err = t.nyAktoer(slagPerson, nummer); err != nil || holders == 0 {
		return k, err
	}
	return k, t.exec(`UPDATE aktoer SET gradering = ?2 WHERE aktoer = ?1`, k.aktoer, int(k.gradering))
}

// others says whether anybody but one row has had a number.
func (t *Tx) others(nummer string, but int64) (bool, error) {
	if t.ny && !t.tidligere[nummer] {
		return false, nil
	}
	var one int64
	return t.one(`SELECT 1 FROM tidligere_nummer WHERE nummer = ?1 AND aktoer <> ?2 LIMIT 1`, []any{nummer, but}, &one)
}
