package kilder

import "strings"

// etterDato says whether s may stand behind a date: a zone, or a time with or without one (Thh:mm[:ss[.fffffffff]]).
// Enhetsregisteret parts date and time with a space.
func etterDato(s string) bool {
	if s != "" && (s[0] == 'T' || s[0] == ' ') {
		var ok bool
		if s, ok = klokkeslett(s[1:]); !ok {
			return false
		}
	}
	return s == "" || sone(s)
}

// klokkeslett takes the time of a day off s.
func klokkeslett(s string) (rest string, ok bool) {
	if len(s) < 5 || !toSifre(s, 23) || s[2] != ':' || !toSifre(s[3:], 59) {
		return "", false
	}
	s = s[5:]
	if s == "" || s[0] != ':' {
		return s, true
	}
	if !toSifre(s[1:], 59) {
		return "", false
	}
	s = s[3:]
	if s == "" || s[0] != '.' {
		return s, true
	}
	n := 1
	for n < len(s) && siffer(s[n]) {
		n++
	}
	return s[n:], 2 <= n && n <= 10
}

// sone says whether s is a zone: Z, +hh:mm or +hhmm.
func sone(s string) bool {
	if s == "Z" {
		return true
	}
	if s == "" || s[0] != '+' && s[0] != '-' || !toSifre(s[1:], 23) {
		return false
	}
	minutes := strings.TrimPrefix(s[3:], ":")
	return len(minutes) == 2 && toSifre(minutes, 59)
}

// toSifre says whether s begins with two digits, of a number up to the highest.
func toSifre(s string, highest int) bool {
	return len(s) >= 2 && siffer(s[0]) && siffer(s[1]) && tall(s[:2]) <= highest
}

func siffer(c byte) bool { return '0' <= c && c <= '9' }
