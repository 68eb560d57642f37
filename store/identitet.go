package store

// Identity numbers are text: a leading zero counts, and only the ASCII digits
// are digits. Nothing here tells when somebody was born or which sex they
// have; from 2032 on the number does not know it, so both are stored.

// ValidFoedselsnr tells whether s, 11 digits, is a number that Folkeregisteret
// can have given somebody, or that is its synthetic twin. It judges as npm
// @navikt/fnrvalidator 2.2.1:
//
//   - fødselsnummer DDMMYYIIIKK; D-nummer with 40 added to the day; with 40
//     added to the month H-nummer and NAV's synthetic numbers; with 80 added to
//     the month the synthetic numbers of Tenor; each also as D-nummer;
//   - a date of the calendar, where year 00 is 2000 and all others are of the
//     1900s, so 29 February is valid in every year divisible by four;
//   - the check digits, the first by the rule of 2032: remainder 0, 1, 2 or 3,
//     of which today's rule allows 0 alone.
//
// Whether the individual digits fit the year is not asked: the rules for that
// differ between kinds of number and years of issue.
func ValidFoedselsnr(s string) bool {
	d, ok := digitsOf(s, 11)
	if !ok {
		return false
	}
	k1 := weighted(d, 3, 7, 6, 1, 8, 9, 4, 5, 2, 1) % 11
	k2 := weighted(d, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1) % 11
	return k1 <= 3 && k2 == 0 && validBirthDate(d)
}

// validBirthDate takes the marks off day and month and looks the date up.
func validBirthDate(d [11]int) bool {
	day, month, year := 10*d[0]+d[1], 10*d[2]+d[3], 10*d[4]+d[5]
	if day > 40 {
		day -= 40
	}
	switch {
	case month > 80:
		month -= 80
	case month > 40:
		month -= 40
	}
	length := [...]int{1: 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}
	if month < 1 || month > 12 || day < 1 || day > length[month] {
		return false
	}
	return month != 2 || day < 29 || year%4 == 0
}

// ValidOrgnr tells whether s, 9 digits, is an organisasjonsnummer by the rule
// of Aa-registeret: it begins with 8 or 9, or with 2 or 3 in the newer and the
// synthetic series, and its last digit is a check digit by mod 11. Kinds of
// unit cannot be told apart by number.
func ValidOrgnr(s string) bool {
	d, ok := digitsOf(s, 9)
	if !ok {
		return false
	}
	switch d[0] {
	case 2, 3, 8, 9:
		return weighted(d, 3, 2, 7, 6, 5, 4, 3, 2, 1)%11 == 0
	}
	return false
}

// oldArbeidsgivernummer tells whether s has the form of an arbeidsgivernummer
// from before Enhetsregisteret: 9 digits beginning with 300, 301 or 302, or
// any 11 digits, in either case without a check digit. Such a number may also
// be a valid orgnr or fødselsnummer; only the register knows which it is.
func oldArbeidsgivernummer(s string) bool {
	if d, ok := digitsOf(s, 9); ok {
		return d[0] == 3 && d[1] == 0 && d[2] <= 2
	}
	_, ok := digitsOf(s, 11)
	return ok
}

// digitsOf gives the values of the n digits that s consists of; ok is false if
// it consists of anything else. n is at most 11.
func digitsOf(s string, n int) (d [11]int, ok bool) {
	if len(s) != n {
		return d, false
	}
	for i := range n {
		if s[i] < '0' || s[i] > '9' {
			return d, false
		}
		d[i] = int(s[i] - '0')
	}
	return d, true
}

func weighted(d [11]int, weights ...int) (sum int) {
	for i, w := range weights {
		sum += w * d[i]
	}
	return sum
}

// GammelKontroll tells whether the first check digit of s, 11 digits, is right by the rule of before 2032 as well:
// numbers that only the rule of 2032 allows tell neither sex nor century.
func GammelKontroll(s string) bool {
	d, ok := digitsOf(s, 11)
	return ok && weighted(d, 3, 7, 6, 1, 8, 9, 4, 5, 2, 1)%11 == 0
}
