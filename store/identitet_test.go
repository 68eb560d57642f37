package store

import (
	"encoding/csv"
	"os"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
)

type verdict struct {
	number string
	valid  bool
	class  string
}

// verdicts are what npm @navikt/fnrvalidator 2.2.1 says of synthetic numbers:
// each valid one has a mark on its month.
func verdicts(t *testing.T) (all []verdict) {
	f, err := os.Open("testdata/foedselsnr.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		valid, err := strconv.ParseBool(row[1])
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, verdict{number: row[0], valid: valid, class: row[2]})
	}
	return all
}

func TestFoedselsnrIsJudgedAsFnrvalidatorJudges(t *testing.T) {
	type count struct{ Valid, Invalid int }
	want, got := map[string]count{}, map[string]count{}
	tally := func(by map[string]count, class string, valid bool) {
		c := by[class]
		if valid {
			c.Valid++
		} else {
			c.Invalid++
		}
		by[class] = c
	}
	for i, v := range verdicts(t) {
		tally(want, v.class, v.valid)
		tally(got, v.class, ValidFoedselsnr(v.number))
		if ValidFoedselsnr(v.number) != v.valid {
			t.Errorf("line %d (%s): not %t", i+2, v.class, v.valid)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("verdicts by class (-want +got):\n%s", diff)
	}
	if total := len(want); total < 50 {
		t.Errorf("testdata has %d classes of numbers; where are the others?", total)
	}
}

func TestValidTestNumbersAreSynthetic(t *testing.T) {
	for i, v := range verdicts(t) {
		if v.valid && v.number[2] < '4' {
			t.Errorf("line %d is a number that somebody may have", i+2)
		}
	}
}

// The unmarked numbers are made here and never shown, since somebody may have
// them. controlDigits spells the rule as Folkeregisteret does: the first
// digit is rest more than what makes the weighted sum divisible by eleven.
func controlDigits(stem string, rest int) (digits string, usable bool) {
	sum := func(s string, weights ...int) (n int) {
		for i, w := range weights {
			n += w * int(s[i]-'0')
		}
		return n
	}
	k1 := 11 + rest - sum(stem, 3, 7, 6, 1, 8, 9, 4, 5, 2)%11
	if k1 > 10 {
		k1 -= 11
	}
	if k1 == 10 {
		return "", false
	}
	first := strconv.Itoa(k1)
	k2 := 11 - sum(stem+first, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)%11
	if k2 == 11 {
		k2 = 0
	}
	return first + strconv.Itoa(k2), k2 != 10
}

func TestFirstCheckDigitFollowsTheRuleOf2032(t *testing.T) {
	usable := map[int]int{}
	for individ := range 1000 {
		stem := "301082" + strconv.Itoa(1000 + individ)[1:]
		for rest := range 11 {
			digits, ok := controlDigits(stem, rest)
			if !ok {
				continue
			}
			usable[rest]++
			if got, want := ValidFoedselsnr(stem+digits), rest <= 3; got != want {
				t.Errorf("individnummer %03d, rest %d: %t", individ, rest, got)
			}
		}
	}
	for rest := range 11 {
		if usable[rest] < 800 {
			t.Errorf("rest %d: only %d individnummer of 1000 were tried", rest, usable[rest])
		}
	}
}

func TestPublishedNumbersOf2032AreValid(t *testing.T) {
	for _, parts := range [][3]string{{"020132", "999", "97"}, {"301082", "999", "20"}, {"301082", "999", "39"}} {
		if !ValidFoedselsnr(parts[0] + parts[1] + parts[2]) {
			t.Errorf("the example with the control digits %s is refused", parts[2])
		}
	}
}

func TestFoedselsnrHasADateOfTheCalendar(t *testing.T) {
	for _, c := range []struct {
		reason, date string
		want         bool
	}{
		{"the last day of a month", "310199", true},
		{"no 31 April", "310499", false},
		{"no day 0", "000199", false},
		{"no day 0 as D-number", "400199", false},
		{"no month 0", "010099", false},
		{"no month 13", "011399", false},
		{"year 00 is the leap year 2000, not 1900", "290200", true},
		{"leap year", "290296", true},
		{"leap year, D-number", "690296", true},
		{"no leap year", "290299", false},
		{"no leap year, D-number", "690299", false},
		{"never 30 February", "300296", false},
		{"D-number", "710199", true},
		{"first digit 8 is no D-number", "810199", false},
	} {
		tried := 0
		for individ := range 1000 {
			stem := c.date + strconv.Itoa(1000 + individ)[1:]
			digits, ok := controlDigits(stem, 0)
			if !ok {
				continue
			}
			tried++
			if ValidFoedselsnr(stem+digits) != c.want {
				t.Errorf("%s: individnummer %03d is not %t", c.reason, individ, c.want)
				break
			}
		}
		if tried == 0 {
			t.Errorf("%s: nothing was tried", c.reason)
		}
	}
}

func TestOrgnr(t *testing.T) {
	for _, c := range []struct {
		reason, number string
		want           bool
	}{
		{"synthetic, Tenor", "314138910", true},
		{"synthetic, Tenor", "310780472", true},
		{"synthetic, Tenor", "213017802", true},
		{"series 2", "210000003", true},
		{"series 3", "384074022", true},
		{"wrong check digit", "314138911", false},
		{"two digits exchanged", "314138901", false},
		{"check digit 10 has no number", "210000020", false},
		{"too short", "31413891", false},
		{"too long", "3141389100", false},
		{"letter", "31413891O", false},
		{"space", "314 13891", false},
		{"full-width digits", "３１４", false},
		{"nothing", "", false},
	} {
		if ValidOrgnr(c.number) != c.want {
			t.Errorf("%s: not %t", c.reason, c.want)
		}
	}
}

func TestOrgnrBeginsWith2389(t *testing.T) {
	got := map[byte]int{}
	for first := byte('0'); first <= '9'; first++ {
		for tail := range 1000 {
			if ValidOrgnr(string(first) + "47037" + strconv.Itoa(1000 + tail)[1:]) {
				got[first]++
			}
		}
	}
	for first := byte('0'); first <= '9'; first++ {
		series := first == '2' || first == '3' || first == '8' || first == '9'
		if (got[first] > 0) != series {
			t.Errorf("series %c has %d valid numbers of 1000", first, got[first])
		}
	}
}

func TestOldArbeidsgivernummer(t *testing.T) {
	for number, want := range map[string]bool{
		"300000000":    true,
		"301999999":    true,
		"302123456":    true,
		"303000000":    false,
		"299999999":    false,
		"310000000":    false,
		"00000000000":  true,
		"99999999999":  true,
		"12829499914":  true,
		"1282949991":   false,
		"128294999140": false,
		"3000000000":   false,
		"30000000":     false,
		"30000000x":    false,
		"9999999999x":  false,
		"":             false,
	} {
		if oldArbeidsgivernummer(number) != want {
			t.Errorf("%s: not %t", number, want)
		}
	}
}
