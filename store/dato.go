package store

import (
	"encoding/json"
	"errors"
	"time"
)

// Dato is a calendar date as the number yyyymmdd, 0 for none. It is never an instant: no zone can move it.
type Dato int32

var errDato = errors.New("not a date of the form yyyy-mm-dd")

// SQLNumber is the date as a column has it.
func (d Dato) SQLNumber() int64 { return int64(d) }

// ScanSQLNumber reads what SQLNumber writes.
func (d *Dato) ScanSQLNumber(n int64) { *d = Dato(n) }

// ParseDato reads yyyy-mm-dd, a real day of the calendar, and nothing else.
func ParseDato(s string) (Dato, error) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return 0, errDato
	}
	n := 0
	for i := range len(s) {
		if i == 4 || i == 7 {
			continue
		}
		if s[i] < '0' || s[i] > '9' {
			return 0, errDato
		}
		n = n*10 + int(s[i]-'0')
	}
	d := Dato(n)
	month, day := n/100%100, n%100
	if month >= 1 && month <= 12 && day >= 1 && day <= 28 && d.Year() != 0 {
		return d, nil // in every month
	}
	if d.Year() == 0 || DatoOf(d.time()) != d {
		return 0, errDato
	}
	return d, nil
}

// DatoOf is the calendar date of an instant, in the zone that the instant carries.
func DatoOf(t time.Time) Dato {
	y, m, d := t.Date()
	return Dato(y*10000 + int(m)*100 + d)
}

// Year is the calendar year.
func (d Dato) Year() int { return int(d) / 10000 }

func (d Dato) time() time.Time {
	return time.Date(d.Year(), time.Month(int(d)/100%100), int(d)%100, 0, 0, 0, 0, time.UTC)
}

// AddDays is the date n days later.
func (d Dato) AddDays(n int) Dato { return DatoOf(d.time().AddDate(0, 0, n)) }

// AppendISO appends yyyy-mm-dd, or nothing for no date.
func (d Dato) AppendISO(b []byte) []byte {
	if d == 0 {
		return b
	}
	b = appendDigits(b, int(d)/10000, 4)
	b = append(b, '-')
	b = appendDigits(b, int(d)/100%100, 2)
	b = append(b, '-')
	return appendDigits(b, int(d)%100, 2)
}

// AppendNorsk appends dd.mm.yyyy, or nothing for no date.
func (d Dato) AppendNorsk(b []byte) []byte {
	if d == 0 {
		return b
	}
	b = appendDigits(b, int(d)%100, 2)
	b = append(b, '.')
	b = appendDigits(b, int(d)/100%100, 2)
	b = append(b, '.')
	return appendDigits(b, int(d)/10000, 4)
}

// String is yyyy-mm-dd, or "" for no date.
func (d Dato) String() string { return string(d.AppendISO(nil)) }

// MarshalText writes yyyy-mm-dd.
func (d Dato) MarshalText() ([]byte, error) { return d.AppendISO(nil), nil }

// UnmarshalText reads yyyy-mm-dd, or "" for no date.
func (d *Dato) UnmarshalText(b []byte) (err error) {
	*d = 0
	if len(b) > 0 {
		*d, err = ParseDato(string(b))
	}
	return err
}

// Maaned is a calendar month as the number yyyymm, 0 for none.
type Maaned int32

// AppendISO appends yyyy-mm, or nothing for no month.
func (m Maaned) AppendISO(b []byte) []byte {
	if m == 0 {
		return b
	}
	b = appendDigits(b, int(m)/100, 4)
	b = append(b, '-')
	return appendDigits(b, int(m)%100, 2)
}

// First is the month's first day.
func (m Maaned) First() Dato {
	if m == 0 {
		return 0
	}
	return Dato(m)*100 + 1
}

// Last is the month's last day.
func (m Maaned) Last() Dato {
	if m == 0 {
		return 0
	}
	return DatoOf(time.Date(int(m)/100, time.Month(int(m)%100)+1, 0, 0, 0, 0, 0, time.UTC))
}

// MarshalText writes yyyy-mm.
func (m Maaned) MarshalText() ([]byte, error) { return m.AppendISO(nil), nil }

// UnmarshalText reads yyyy-mm, or "" for no month.
func (m *Maaned) UnmarshalText(b []byte) error {
	*m = 0
	if len(b) == 0 {
		return nil
	}
	d, err := ParseDato(string(b) + "-01")
	if err != nil {
		return errors.New("not a month of the form yyyy-mm")
	}
	*m = Maaned(d / 100)
	return nil
}

func appendDigits(b []byte, n, width int) []byte {
	for div := pow10[width-1]; div > 0; div /= 10 {
		b = append(b, byte('0'+n/div%10))
	}
	return b
}

var pow10 = [...]int{1, 10, 100, 1000}

// Alder is the whole years from birth to a day (semantics.md "Values"): somebody born on 29 February grows older
// on 1 March in a year without that day.
func Alder(foedt, paa Dato) int {
	years := paa.Year() - foedt.Year()
	if paa%10000 < foedt%10000 {
		years--
	}
	return years
}

// Tidspunkt is a local time as the register delivers it, without a zone: yyyy-mm-ddThh:mm[:ss[.fffffffff]]. It is
// kept as written, so that nothing is lost.
type Tidspunkt string

// Dato is the calendar date of the time, 0 when there is none.
func (t Tidspunkt) Dato() Dato {
	if len(t) < 10 {
		return 0
	}
	d, err := ParseDato(string(t[:10]))
	if err != nil {
		return 0
	}
	return d
}

// UnmarshalJSON refuses a time that does not begin with a real date.
func (t *Tidspunkt) UnmarshalJSON(b []byte) error {
	var s string
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	*t = Tidspunkt(s)
	if s != "" && t.Dato() == 0 {
		return errors.New("not a time of the form yyyy-mm-ddThh:mm[:ss[.fffffffff]]")
	}
	return nil
}

// Before is the month before.
func (m Maaned) Before() Maaned {
	if m%100 == 1 {
		return m - 89
	}
	return m - 1
}
