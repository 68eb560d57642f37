package kontrakt

import (
	"slices"
	"testing"

	"aareg/fixtures"
	"aareg/wsdl/felt"
)

// FuzzDommer: whatever an endpoint answers, the judge says something and nothing else happens; what it reports names
// rows and rules that there are, once each, and the same answer is judged the same.
func FuzzDommer(f *testing.F) {
	cases, err := fixtures.Kaser()
	if err != nil {
		f.Fatal(err)
	}
	for i, c := range cases {
		if i%20 == 0 && len(c.Golden) < 4000 { // small ones, so that many are tried
			f.Add(c.Request, c.Golden, 200)
		}
	}
	table, lenient := felt.Table(), Lempelig(felt.Table())
	f.Add([]byte("<x>"), []byte("<a><a>"), 500)
	f.Fuzz(func(t *testing.T, question, answer []byte, status int) {
		judged := func() Utfall {
			q := &Spoersmaal{Operasjon: "hentArbeidsgiver", Konvolutt: question, Mediatype: Mediatype(question), Fasit: answer}
			d := NyDommer(table, felt.Operations(), lenient)
			d.DoemSpoersmaal(q)
			u := d.Doem(q, Svar{Status: status, Mediatype: SOAP11, Kropp: answer})
			if n := len(d.Dekning()); n != len(table) {
				t.Errorf("%d rows are covered", n)
			}
			return u
		}
		u := judged()
		met := map[Brudd]bool{}
		for _, b := range u.Brudd {
			at := Brudd{Regel: b.Regel, Rad: b.Rad, Sti: b.Sti, Avvik: b.Avvik}
			if Regler[b.Regel] == "" || b.Rad < 0 || b.Rad > len(table) || b.Tekst == "" || met[at] {
				t.Errorf("%+v", b)
			}
			met[at] = true
		}
		if again := judged(); !slices.Equal(again.Brudd, u.Brudd) {
			t.Errorf("%v, and then %v", u.Brudd, again.Brudd)
		}
	})
}
