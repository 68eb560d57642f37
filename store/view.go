package store

import "errors"

// Gradering is a person's address protection grade.
type Gradering uint8

// The grades: fortrolig is kode 7, strengt fortrolig is kode 6, and abroad § 19, which is treated like kode 6.
const (
	Ugradert Gradering = iota
	Fortrolig
	StrengtFortrolig
	StrengtFortroligUtland
)

var graderinger = [...]string{"", "FORTROLIG", "STRENGT_FORTROLIG", "STRENGT_FORTROLIG_UTLAND"}

// SQLNumber is how the grade is stored.
func (g Gradering) SQLNumber() int64 { return int64(g) }

// ScanSQLNumber reads what SQLNumber writes.
func (g *Gradering) ScanSQLNumber(n int64) { *g = Gradering(n) }

// MarshalText writes the grade in Folkeregisteret's capitals, nothing for ugradert.
func (g Gradering) MarshalText() ([]byte, error) { return []byte(graderinger[g]), nil }

// UnmarshalText reads what MarshalText writes, and UGRADERT.
func (g *Gradering) UnmarshalText(b []byte) error {
	for i, name := range graderinger {
		if string(b) == name {
			*g = Gradering(i)
			return nil
		}
	}
	if string(b) != "UGRADERT" {
		return errors.New("adressebeskyttelse: unknown grade")
	}
	*g = Ugradert
	return nil
}

// Innsyn is what a consumer may know of persons of one grade (semantics.md "Protected persons").
type Innsyn uint8

// The settings: the protected do not exist; direct questions get the code alone; the code and the data.
const (
	InnsynIngen Innsyn = iota
	InnsynKode
	InnsynData
)

// View is from where one question sees the register: on which day, and with which rights. It travels from the
// border down to every method of the store, which asks nobody else for them.
type View struct {
	Today                       Dato
	Fortrolig, StrengtFortrolig Innsyn
	Omfang                      *Omfang // nil: everybody
}

func (v View) innsyn(g Gradering) Innsyn {
	switch g {
	case Ugradert:
		return InnsynData
	case Fortrolig:
		return v.Fortrolig
	}
	return v.StrengtFortrolig
}

// data is the set of grades whose persons the view may have data of, bit n for grade n.
func (v View) data() (set int64) {
	for g := Ugradert; g <= StrengtFortroligUtland; g++ {
		if v.innsyn(g) == InnsynData {
			set |= 1 << g
		}
	}
	return set
}

// told is the set of grades whose persons the view may know of, with or without their data.
func (v View) told() (set int64) {
	for g := Ugradert; g <= StrengtFortroligUtland; g++ {
		if v.innsyn(g) != InnsynIngen {
			set |= 1 << g
		}
	}
	return set
}

// The outcomes that are not data. Each becomes one statuskode, in products; any other error is a fault.
var (
	ErrIngen            = errors.New("nobody has this id")
	ErrIkkeEntydig      = errors.New("the id fits more than one subject")
	ErrFortrolig        = errors.New("the subject is protected, fortrolig")
	ErrStrengtFortrolig = errors.New("the subject is protected, strengt fortrolig")
	ErrUtilgjengelig    = errors.New("the register cannot be read now")
)

// skjerming is the set of grades among the parties of an arbeidsforhold, as bits: 1 fortrolig, 2 strengt fortrolig.
type skjerming uint8

func skjermingOf(grades ...Gradering) (s skjerming) {
	for _, g := range grades {
		switch g {
		case Ugradert:
		case Fortrolig:
			s |= 1
		default:
			s |= 2
		}
	}
	return s
}

// ScanSQLNumber reads the column skjerming.
func (s *skjerming) ScanSQLNumber(n int64) { *s = skjerming(n) }

// strictest is the grade that a question about the arbeidsforhold is answered with (§ 2.6).
func (s skjerming) strictest() Gradering {
	switch {
	case s >= 2:
		return StrengtFortrolig
	case s == 1:
		return Fortrolig
	}
	return Ugradert
}

// sees says whether arbeidsforhold of this protection are in the lists and counts of the view: it must hold the
// right to data for every grade in it.
func (v View) sees(s skjerming) bool {
	return (s&1 == 0 || v.Fortrolig == InnsynData) && (s&2 == 0 || v.StrengtFortrolig == InnsynData)
}

// visible is sees as a set: bit n says that arbeidsforhold of skjerming n are seen. It is compared with the
// columns som_arbeidstaker and som_arbeidsgiver, which are sets of the same kind.
func (v View) visible() int64 { return setOf(v.sees) }

// knowable is the same of arbeidsforhold that the view may know of, with or without their data.
func (v View) knowable() int64 {
	return setOf(func(s skjerming) bool { return v.sees(s) || v.refusal(s) != ErrIngen })
}

func setOf(has func(skjerming) bool) (set int64) {
	for s := skjerming(0); s < 4; s++ {
		if has(s) {
			set |= 1 << s
		}
	}
	return set
}

// protected is the outcome of a direct question about a protected subject; nil when the view may have the data.
func (v View) protected(g Gradering) error {
	if v.innsyn(g) == InnsynData {
		return nil
	}
	return v.refusal(skjermingOf(g))
}

// refusal is the outcome of a direct question whose data the view may not have: the code of the strictest grade, or
// nothing at all when one of the grades is one that it may not know of.
func (v View) refusal(s skjerming) error {
	switch {
	case s&1 != 0 && v.Fortrolig == InnsynIngen, s&2 != 0 && v.StrengtFortrolig == InnsynIngen:
		return ErrIngen
	case s.strictest() == Fortrolig:
		return ErrFortrolig
	}
	return ErrStrengtFortrolig
}
