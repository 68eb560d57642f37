package store

import (
	"encoding/json"
	"errors"
	"math/big"
	"regexp"
	"strings"
)

// Desimal is a decimal number as it is printed: no exponent, at least one digit after the point ("100.0", "8.87"),
// "" for none. Text keeps every digit that was delivered, and costs nothing to print.
type Desimal string

// desimal bounds what is read: no register has numbers of more digits or a larger exponent.
var desimal = regexp.MustCompile(`^-?[0-9]{1,20}(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,2})?$`)

// ParseDesimal reads a decimal number, also one with an exponent or without a point, into its printed form.
func ParseDesimal(s string) (Desimal, error) {
	if printed, ok := plain(s); ok {
		return printed, nil
	}
	if !desimal.MatchString(s) {
		return "", errors.New("not a decimal number")
	}
	r, _ := new(big.Rat).SetString(s)
	digits, _ := r.FloatPrec()
	return Desimal(r.FloatString(max(digits, 1))), nil
}

// plain is a number that is written as it is printed, or with nothing behind the point, or with zeros too many: nearly
// all are, and this reads them a hundred times faster.
func plain(s string) (Desimal, bool) {
	point, n := -1, len(s)
	if n == 0 || n > 20 || s[0] == '0' && n > 1 && s[1] != '.' {
		return "", false
	}
	for i := range n {
		switch c := s[i]; {
		case c == '.' && point < 0 && i > 0 && i < n-1:
			point = i
		case c < '0' || c > '9':
			return "", false
		}
	}
	if point < 0 {
		return Desimal(s + ".0"), true
	}
	for n > point+2 && s[n-1] == '0' {
		n--
	}
	return Desimal(s[:n]), true
}

// UnmarshalJSON reads a JSON number.
func (d *Desimal) UnmarshalJSON(b []byte) (err error) {
	var n json.Number
	if err := json.Unmarshal(b, &n); err != nil {
		return errors.New("not a decimal number")
	}
	*d = ""
	if n != "" {
		*d, err = ParseDesimal(string(n))
	}
	return err
}

// MarshalJSON writes a JSON number, null for none.
func (d Desimal) MarshalJSON() ([]byte, error) {
	if d == "" {
		return []byte("null"), nil
	}
	return []byte(d), nil
}

// ofPercent is d × percent / 100, rounded half up to two decimals and printed like every decimal
// (semantics.md "Values", berAntTimerPerUke); "" when either is missing.
func (d Desimal) ofPercent(percent Desimal) Desimal {
	a, ok := new(big.Rat).SetString(string(d))
	b, ok2 := new(big.Rat).SetString(string(percent))
	if !ok || !ok2 {
		return ""
	}
	product := a.Mul(a, b).Quo(a, big.NewRat(100, 1))
	printed := strings.TrimSuffix(product.FloatString(2), "0")
	return Desimal(printed)
}
