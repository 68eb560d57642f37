package store

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
)

// Numbers that no source delivers are minted between utstedtFra and utstedtTil, both included.
const (
	utstedtFra = 1_000_000_000
	utstedtTil = 1<<31 - 1
)

// utstedtId is the n-th minted arbeidsforholdId: a permutation of the numbers there are, keyed, so that ids cannot
// be counted through and no two meet. It is a Feistel network over 32 bits, walked until it lands among them.
func utstedtId(key []byte, n uint32) int64 {
	for {
		n = feistel(key, n)
		if n <= utstedtTil-utstedtFra {
			return utstedtFra + int64(n)
		}
	}
}

func feistel(key []byte, n uint32) uint32 {
	left, right := uint16(n>>16), uint16(n)
	for round := range byte(4) {
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte{round, byte(right >> 8), byte(right)})
		left, right = right, left^binary.BigEndian.Uint16(mac.Sum(nil))
	}
	return uint32(left)<<16 | uint32(right)
}

// noekkellengde is the length of a key in bytes.
const noekkellengde = 32

// utsteder gives out numbers: the key that they are drawn with, and how many were.
type utsteder struct {
	key     []byte
	utstedt uint32
}

var errUtstedelse = errors.New("the register cannot give out numbers")

func (t *Tx) loadUtsteder() error {
	if t.utsteder != nil {
		return nil
	}
	var u utsteder
	if found, err := t.one(getVerdi, []any{"utstedelsesnoekkel"}, &u.key); err != nil || !found {
		return errors.Join(fmt.Errorf("%w: there is no key for them", errUtstedelse), err)
	}
	var count string
	if _, err := t.one(getVerdi, []any{"utstedt"}, &count); err != nil {
		return err
	}
	if count != "" {
		n, err := strconv.ParseUint(count, 10, 32)
		if err != nil {
			return fmt.Errorf("%w: the count of them is damaged", errUtstedelse)
		}
		u.utstedt = uint32(n)
	}
	t.utsteder = &u
	return nil
}

// storeUtstedt keeps how many numbers have been given out.
func (t *Tx) storeUtstedt() error {
	if t.utsteder == nil || t.utsteder.utstedt == 0 {
		return nil
	}
	return t.exec(setVerdi, "utstedt", strconv.FormatUint(uint64(t.utsteder.utstedt), 10))
}

// mint draws the next number that no arbeidsforhold has.
func (t *Tx) mint() (int64, error) {
	if err := t.loadUtsteder(); err != nil {
		return 0, err
	}
	for {
		if t.utsteder.utstedt > utstedtTil-utstedtFra {
			return 0, fmt.Errorf("%w: there are no more", errUtstedelse)
		}
		t.utsteder.utstedt++
		id := utstedtId(t.utsteder.key, t.utsteder.utstedt)
		var taken int64
		found, err := t.one(`SELECT 1 FROM arbeidsforhold WHERE `+underNummer, []any{id}, &taken)
		if err == nil && !found && t.forrige {
			found, err = t.one(`SELECT 1 FROM forrige.arbeidsforhold WHERE `+underNummer, []any{id}, &taken)
		}
		if err != nil || !found {
			return id, err
		}
	}
}

// asBefore gives a row the numbers that the arbeidsforhold had in the generation before, where the source does not
// deliver them (a number is minted once, and finds for ever), and says what it is beside what it was.
func (t *Tx) asBefore(rad *arbeidsforholdrad) (Utfall, error) {
	if !t.forrige {
		return Lagret, nil
	}
	query, arg := forrigeRad+`f.uuid = ?1`, any(rad.uuid)
	if rad.uuid == nil {
		query, arg = forrigeRad+underNummer, any(rad.shown)
	}
	var old arbeidsforholdrad
	var numbers [3]string
	found, err := t.one(query, []any{arg}, &old.shown, &old.minted, &old.uuid, &old.begynt, &old.sluttet, &old.dok,
		&numbers[0], &numbers[1], &numbers[2])
	if err != nil || !found {
		return Lagret, err
	}
	rad.keepKeys(&old)
	if rad.shown != old.shown || rad.begynt != old.begynt || rad.sluttet != old.sluttet || !bytes.Equal(rad.dok, old.dok) || rad.numbers != numbers {
		return Skiftet, nil
	}
	return Uendret, nil
}

// forrigeRad is a row of the generation before, its parties by number.
const forrigeRad = `SELECT f.arbeidsforhold_id, f.utstedt_id, f.uuid, f.begyntdato, f.sluttetdato, f.dok, t.nummer, g.nummer, coalesce(o.nummer, '')
	FROM forrige.arbeidsforhold f JOIN forrige.aktoer t ON t.aktoer = f.arbeidstaker JOIN forrige.aktoer g ON g.aktoer = f.arbeidsgiver
	LEFT JOIN forrige.aktoer o ON o.aktoer = f.opplysningspliktig WHERE `

// SetUtstedelsesnoekkel sets the key that minted numbers are drawn with, and how many were. A new register draws its
// own key; a test register sets one to get the same numbers every time, and so does the import of an export. It is
// refused when numbers were minted with another, unless the whole register is made anew.
func (t *Tx) SetUtstedelsesnoekkel(key []byte, utstedt uint32) error {
	if err := t.loadUtsteder(); err != nil {
		return err
	}
	switch {
	case len(key) != noekkellengde:
		return fmt.Errorf("register: utstedelsesnoekkel: not %d bytes", noekkellengde)
	case !hmac.Equal(t.utsteder.key, key) && t.utsteder.utstedt > 0 && !t.ny:
		return errors.New("register: utstedelsesnoekkel: numbers were minted with another key")
	}
	t.utsteder = &utsteder{key, max(utstedt, t.utsteder.utstedt)}
	return t.exec(setVerdi, "utstedelsesnoekkel", key)
}
