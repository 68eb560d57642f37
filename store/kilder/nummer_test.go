package kilder

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/store"
)

// kontrollert appends the check digits to nine digits: the first with the remainder that the rule of 2032 allows
// (0 is the rule of before). It fails the test when these nine digits have none.
func kontrollert(t *testing.T, nine string, remainder int) string {
	t.Helper()
	for k := range 100 {
		number := fmt.Sprintf("%s%02d", nine, k)
		sum := 0
		for i, weight := range []int{3, 7, 6, 1, 8, 9, 4, 5, 2, 1} {
			sum += weight * int(number[i]-'0')
		}
		if sum%11 == remainder && store.ValidFoedselsnr(number) {
			return number
		}
	}
	t.Fatalf("nine digits without check digits for remainder %d", remainder)
	return ""
}

// The published synthetic rows of norwegian-domain.md 1.5, NAV's and Tenor's; of a D-number only the sex is told.
func TestSexAndBirthDateAreReadOffPublishedNumbers(t *testing.T) {
	tests := []struct {
		fnr, dnr []string
		kjoenn   string
		foedt    store.Dato
	}{
		{[]string{"15507600333"}, []string{"55507608360"}, "M", 19761015},
		{[]string{"17912099997"}, []string{"57912075186"}, "M", 20201117},
		{[]string{"29422059278", "29822099635"}, []string{"69422056629", "69822075096"}, "K", 20200229},
		{[]string{"05440355678", "05840399895"}, []string{"45440356293", "45840375084"}, "K", 20030405},
		{[]string{"12429400544", "12829499914"}, []string{"52429405181", "52829400197"}, "M", 19940212},
		{[]string{"12505209719", "12905299938"}, []string{"52505209540", "52905200100"}, "M", 19521012},
		{[]string{"21483609245", "21883649874"}, []string{"61483601467", "61883600222"}, "K", 19360821},
		{[]string{"21929774873"}, []string{"61929750062"}, "K", 18971221},
		{nil, []string{"41814061033", "41814065640", "41814075603"}, "K", 0}, // born 1940, D-numbers of after 2021
		{nil, []string{"41810021827", "41810025091", "41810034422"}, "K", 0}, // born 2000, likewise
	}
	type told struct {
		Kjoenn string
		Foedt  store.Dato
	}
	for row, tt := range tests {
		for i, number := range append(tt.fnr, tt.dnr...) {
			want := told{tt.kjoenn, tt.foedt}
			if i >= len(tt.fnr) {
				want.Foedt = 0
			}
			var got told
			if got.Kjoenn, got.Foedt = Utled(number); got != want {
				t.Errorf("row %d, number %d: %v, want %v", row+1, i+1, got, want)
			}
		}
	}
}

// norwegian-domain.md 1.2 and 1.3: the kinds of number, and the centuries of the individual digits.
func TestTheCenturyIsThatOfTheIndividualDigits(t *testing.T) {
	tests := []struct {
		name, nine string
		kjoenn     string
		foedt      store.Dato
	}{
		{"000 is the 1900s", "028100000", "K", 19000102},
		{"499 of 99", "318199499", "M", 19990131},
		{"500 of 54 is 1854", "018154500", "K", 18540101},
		{"749 of 99 is 1899", "318199749", "M", 18990131},
		{"500 of 53 is no year", "018153500", "K", 0},
		{"750 of 54 is no year", "018154750", "K", 0},
		{"899 of 99 is no year", "318199899", "M", 0},
		{"500 of 00 is 2000", "018100500", "K", 20000101},
		{"999 of 39 is 2039", "318139999", "M", 20390131},
		{"900 of 40 is 1940", "018140900", "K", 19400101},
		{"999 of 99 is 1999", "318199999", "M", 19990131},
		{"a leap day", "298204500", "K", 20040229},
		{"29 February 1900 was no day", "298200400", "K", 0},
		{"a number without a mark", "010100500", "K", 20000101},
		{"NAV's mark", "014100500", "K", 20000101},
		{"the first day of D-numbers", "418100500", "K", 0},
		{"the last day of D-numbers", "718199997", "M", 0},
	}
	for _, tt := range tests {
		if kjoenn, foedt := Utled(kontrollert(t, tt.nine, 0)); kjoenn != tt.kjoenn || foedt != tt.foedt {
			t.Errorf("%s: %q born %v, want %q born %v", tt.name, kjoenn, foedt, tt.kjoenn, tt.foedt)
		}
	}
}

func TestNumbersThatTellNothingGiveNothing(t *testing.T) {
	numbers := map[string]string{
		"empty": "", "ten digits": "1791209999", "twelve digits": "179120999970", "a letter": "1791209999x",
		"a wrong check digit": "17912099998", "a wrong first check digit": "17912099987",
		"no day": "00000000000", "a month of 13": "01130000000", "full-width digits": "１7912099997",
		"first check digit of 2032, published": "30108299939",
	}
	for remainder := 1; remainder <= 3; remainder++ {
		numbers[fmt.Sprintf("first check digit of 2032, remainder %d", remainder)] = kontrollert(t, "018199000", remainder)
	}
	for name, number := range numbers {
		if kjoenn, foedt := Utled(number); kjoenn != "" || foedt != 0 {
			t.Errorf("%s: %q born %v", name, kjoenn, foedt)
		}
	}
}

func TestPartiesAreToldByTheirNumber(t *testing.T) {
	tests := []struct {
		name, kind, ident string
		want              store.Part
		problem           string
	}{
		{"an underenhet", "Underenhet", "210000003", store.Part{Type: "Underenhet", Ident: "210000003"}, ""},
		{"v1's word for a unit stays", "Organisasjon", "322345674", store.Part{Type: "Organisasjon", Ident: "322345674"}, ""},
		{"white space around", "Hovedenhet", " 210000003\n", store.Part{Type: "Hovedenhet", Ident: "210000003"}, ""},
		{"a person", "Person", "12829499914", store.Part{Type: "Person", Ident: "12829499914"}, ""},
		{"a person with a D-number", "Person", "52829400197", store.Part{Type: "Person", Ident: "52829400197"}, ""},
		{"a person with a number of 2032", "Person", "30108299939", store.Part{Type: "Person", Ident: "30108299939"}, ""},
		{"a person with wrong check digits", "Person", "12829499915", store.Part{Type: "Person", Ident: "12829499915"}, ""},
		{"no kind, a valid number of a person", "", "12829499914", store.Part{Ident: "12829499914"}, ""},
		{"no kind, any eleven digits", "", "12829499915", store.Part{Type: "Arbeidsgivernummer", Ident: "12829499915"}, ""},
		{"a unit with eleven digits that are nobody's", "Hovedenhet", "00000000001", store.Part{Type: "Arbeidsgivernummer", Ident: "00000000001"}, ""},
		{"an old number beginning with 300", "Hovedenhet", "300000001", store.Part{Type: "Arbeidsgivernummer", Ident: "300000001"}, ""},
		{"an old number beginning with 301", "", "301234567", store.Part{Type: "Arbeidsgivernummer", Ident: "301234567"}, ""},
		{"an old number beginning with 302", "", "302999999", store.Part{Type: "Arbeidsgivernummer", Ident: "302999999"}, ""},
		{"303 is no old number", "", "303000001", store.Part{}, "9 digits that are neither an organisasjonsnummer nor an old arbeidsgivernummer"},
		{"a wrong check digit", "Underenhet", "210000004", store.Part{}, "9 digits that are neither an organisasjonsnummer nor an old arbeidsgivernummer"},
		{"a first digit that no unit has", "Underenhet", "123456785", store.Part{}, "9 digits that are neither an organisasjonsnummer nor an old arbeidsgivernummer"},
		{"ten digits", "Person", "1282949991", store.Part{}, "neither 9 nor 11 digits"},
		{"thirteen digits", "Person", "2005060708099", store.Part{}, "neither 9 nor 11 digits"},
		{"a letter", "Person", "1282949991x", store.Part{}, "neither 9 nor 11 digits"},
		{"a space inside", "Underenhet", "210 00003", store.Part{}, "neither 9 nor 11 digits"},
		{"full-width digits", "Underenhet", "２10000003", store.Part{}, "neither 9 nor 11 digits"},
		{"nothing", "Underenhet", "", store.Part{}, "neither 9 nor 11 digits"},
	}
	for _, tt := range tests {
		got, err := part(tt.kind, tt.ident)
		if tt.problem != "" {
			if err == nil || err.Error() != "ident: "+tt.problem {
				t.Errorf("%s: error %v, want %s", tt.name, err, tt.problem)
			}
			continue
		}
		if diff := cmp.Diff(tt.want, got); diff != "" || err != nil {
			t.Errorf("%s: error %v; party (-want +got):\n%s", tt.name, err, diff)
		}
	}
}

// 300-302 and six more digits may also be a valid organisasjonsnummer: then it is one.
func TestAValidOrgnrIsNoOldNumber(t *testing.T) {
	for n := 300000000; n < 300000100; n++ {
		ident := fmt.Sprint(n)
		want := "Arbeidsgivernummer"
		if store.ValidOrgnr(ident) {
			want = "Hovedenhet"
		}
		if got, err := part("Hovedenhet", ident); got.Type != want || err != nil {
			t.Errorf("the number ending in %02d: %s, %v, want %s", n%100, got.Type, err, want)
		}
	}
}

func TestEmployeesHaveElevenDigits(t *testing.T) {
	tests := []struct {
		name, ident string
		refused     bool
		remarks     map[Merknad]int
	}{
		{"valid", " 12829499914 ", false, map[Merknad]int{}},
		{"not valid", "12829499915", false, map[Merknad]int{{"v2", "an arbeidstaker whose number is no valid fødselsnummer or D-number"}: 1}},
		{"nine digits", "210000003", true, map[Merknad]int{}},
		{"a letter", "1282949991x", true, map[Merknad]int{}},
		{"nothing", "", true, map[Merknad]int{}},
	}
	for _, tt := range tests {
		m := NewMerknader()
		m.form = "v2"
		got, err := arbeidstaker("Person", tt.ident, m)
		if (err != nil) != tt.refused || !tt.refused && (got.Type != "Person" || len(got.Ident) != 11) {
			t.Errorf("%s: a party of %d digits, error %v", tt.name, len(got.Ident), err)
		}
		if diff := cmp.Diff(tt.remarks, m.Bemerket); diff != "" {
			t.Errorf("%s: remarks (-want +got):\n%s", tt.name, diff)
		}
	}
}
