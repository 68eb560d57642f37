package products

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"aareg/store"
)

// altIRaden is a tree that shows all of a row, so that no stretch of it is copied.
var altIRaden = tre("", Vises, tre("arbeidsforhold", Vises, tre("arbeidsforholdId", Vises), tre("agArbeidsforholdId", Vises),
	tre("arbeidsgiver", Vises, tre("orgnr", Vises), tre("navn", Vises)),
	tre("arbeidstaker", Vises, tre("efnavn", Vises), tre("arbeidstakerId", Vises)),
	tre("begyntdato", Vises), tre("sluttetdato", Vises), tre("datoSistBekreftet", Vises), tre("arbeidsforholdstype", Vises),
	tre("arbeidsforholdInnrapportertEtterAOrdningen", Vises), tre("arbeidsavtaler", Vises, tre("arbeidsavtale", Vises,
		tre("yrkeskode", Vises), tre("yrkestittel", Vises), tre("stillingsprosent", Vises), tre("gyldighetsperiode_tom", Vises)))))

// skrevneRader are rows of one employer, as they leave.
func skrevneRader(t *testing.T, tree *Felter, dialekt2015 bool, rader []store.Listerad) string {
	t.Helper()
	return skrevet(t, tree, dialekt2015, func(s *Svar) {
		var giver []byte
		for i := range rader {
			writeArbeidsgiversRad(s, &rader[i], &giver)
		}
	})
}

// skrevet is an answer as it leaves.
func skrevet(t *testing.T, tree *Felter, dialekt2015 bool, write func(*Svar)) string {
	t.Helper()
	var sent bytes.Buffer
	s := NewSvar(&sent, head)
	defer s.Release()
	if dialekt2015 {
		s.Dialekt2015()
	}
	s.Begrens(tree)
	s.Status(Komplett)
	write(s)
	rest, _, err := s.End("</svar>")
	if err != nil {
		t.Fatal(err)
	}
	return sent.String() + string(rest)
}

// trukneRader are rows of few codes that are easily taken for each other.
func trukneRader() []store.Listerad {
	typer := []store.Kodeverdi{{}, {Kode: "ordinaertArbeidsforhold"}, {Kode: "ordinaertArbeidsforhold", Beskrivelse: "A & B"}, {Kode: "maritimtArbeidsforhold"}}
	yrker := []store.Kodeverdi{{}, {Kode: "3231109"}, {Kode: "3231109", Beskrivelse: "SYKEPLEIER"}, {Kode: "3231109", Beskrivelse: "sykepleier <æøå>"},
		{Beskrivelse: "3231109"}, {Kode: "7125102", Beskrivelse: strings.Repeat("Å", maxStrekk)}}
	draw := rand.New(rand.NewPCG(1, 2))
	rader := make([]store.Listerad, 2000)
	for i := range rader {
		rader[i] = store.Listerad{ArbeidsforholdId: int64(i), Type: typer[draw.IntN(len(typer))], AOrdningen: draw.IntN(2) == 0}
		if draw.IntN(8) > 0 {
			rader[i].HarAvtale, rader[i].Avtale = true, store.Listeavtale{Yrke: yrker[draw.IntN(len(yrker))], Stillingsprosent: "100.0"}
		}
	}
	return rader
}

// TestStretchesThatComeAgainAreWrittenAsTheyAre writes rows of employers with names as long as pieces of an answer, and in
// between.
func TestStretchesThatComeAgainAreWrittenAsTheyAre(t *testing.T) {
	rader := trukneRader()
	for _, length := range []int{0, 9, maxStrekk - 100, maxStrekk, flushAt / 2, flushAt, stykke} {
		rader := rader[:min(len(rader), 20*stykke/(length+1))]
		for i := range rader {
			rader[i].Arbeidsgiver = store.Navngitt{Nummer: "210000011", Navn: strings.Repeat("&", length/10) + strings.Repeat("n", length-length/10)}
		}
		for _, dialekt2015 := range []bool{false, true, false} {
			t.Run(fmt.Sprint(length, dialekt2015), func(t *testing.T) {
				got, want := skrevneRader(t, nil, dialekt2015, rader), skrevneRader(t, altIRaden, dialekt2015, rader)
				if got == want {
					return
				}
				at := 0
				for got[at] == want[at] {
					at++
				}
				t.Errorf("…%s,\nwant …%s", cutAt(got, at), cutAt(want, at))
			})
		}
	}
}

// altITreffet is a tree that shows all of a hit among persons.
var altITreffet = tre("", Vises, tre("arbeidstakere", Vises, tre("antall", Vises), tre("arbeidstaker", Vises,
	blader("foedselsnr", "etternavn", "fornavn", "mellomnavn", "kjoenn", "alder", "historisk")...)))

// TestEndsOfHitsThatComeAgainAreWrittenAsTheyAre draws persons of every age, and of none.
func TestEndsOfHitsThatComeAgainAreWrittenAsTheyAre(t *testing.T) {
	draw := rand.New(rand.NewPCG(3, 4))
	hits := make([]*store.Persontreff, 5000)
	for i := range hits {
		hits[i] = &store.Persontreff{Foedselsnr: "01815012345", Kjoenn: []string{"K", "M", "", "&"}[draw.IntN(4)], Historisk: draw.IntN(2) == 0}
		if draw.IntN(8) > 0 {
			hits[i].Foedt = store.Dato(20250615 - 10_000*draw.IntN(140)) // from 0 years on to more than there is a place for
		}
	}
	for _, dialekt2015 := range []bool{false, true, false} {
		write := func(tree *Felter) string {
			return skrevet(t, tree, dialekt2015, func(s *Svar) { writeArbeidstakertreffliste(s, idag, hits) })
		}
		if got, want := write(nil), write(altITreffet); got != want {
			t.Errorf("dialekt 2015 %v: hits are written otherwise than with a tree", dialekt2015)
		} else if !strings.Contains(got, "<alder>139</alder>") {
			t.Error("nobody is as old as that")
		}
	}
}

// blader are leaves of a tree that shows them.
func blader(tags ...string) (list []*Felter) {
	for _, tag := range tags {
		list = append(list, tre(tag, Vises))
	}
	return list
}

// TestUnitsThatSayTheSameAreWrittenAsTheyAre draws hits of forms that are easily taken for each other, with postal addresses
// that have little in them, or nothing.
func TestUnitsThatSayTheSameAreWrittenAsTheyAre(t *testing.T) {
	draw := rand.New(rand.NewPCG(5, 6))
	pick := func(list ...string) string { return list[draw.IntN(len(list))] }
	var hits arbeidsgivertreff
	for range 5000 {
		e := &store.Enhetstreff{Orgnr: "210000038", Enhkode: pick("", "AS", "ASA", "BA"), EnhtypeBeskr: pick("", "Aksjeselskap", "A & B"), Historisk: draw.IntN(2) == 0}
		e.Postadresse = store.Adresse{Postnr: pick("", "", "", "0150"), Poststed: pick("", "", "", "OSLO")}
		if draw.IntN(4) == 0 {
			e.Postadresse.Linjer = []string{"Postboks 1"}
		}
		hits.enheter = append(hits.enheter, e)
	}
	alt := tre("", Vises, tre("antall", Vises), tre("arbeidsgiver", Vises, blader("orgnr", "orgnrHovedenhet", "navn", "fadresse1", "fadresse2", "fadresse3",
		"fpostnr", "fpoststed", "padresse1", "padresse2", "padresse3", "ppostnr", "ppoststed", "kontorkommunenr", "kontorkommune", "arbeidssted", "enhkode",
		"enhtypeBeskr", "historisk")...))
	for _, dialekt2015 := range []bool{false, true, false} {
		write := func(tree *Felter) string {
			return skrevet(t, tree, dialekt2015, func(s *Svar) { writeArbeidsgivertreffliste(s, hits, len(hits.enheter)) })
		}
		if write(nil) != write(alt) {
			t.Errorf("dialekt 2015 %v: units are written otherwise than with a tree", dialekt2015)
		}
	}
}

// TestCodesThatTakeTurnsAllocateNothing: what is kept of a row is kept for good, and no other drives it out.
func TestCodesThatTakeTurnsAllocateNothing(t *testing.T) {
	rader := trukneRader()
	s := NewSvar(io.Discard, head)
	defer s.Release()
	s.Status(Komplett)
	if n := testing.AllocsPerRun(10, func() {
		var giver []byte
		for i := range rader {
			writeArbeidsgiversRad(s, &rader[i], &giver)
		}
	}); n > 1 { // giver is of this run alone
		t.Errorf("%v allocations for %d rows", n, len(rader))
	}
}

// TestCodesBeyondWhatIsKept: those whose places are others' are written as they are.
func TestCodesBeyondWhatIsKept(t *testing.T) {
	t.Cleanup(func() { clear(kodestrekker[:]) })
	rader := make([]store.Listerad, 3*len(kodestrekker))
	for i := range rader {
		rader[i].HarAvtale, rader[i].Avtale.Yrke.Kode = true, fmt.Sprintf("%07d", i)
	}
	for range 2 {
		if got, want := skrevneRader(t, nil, false, rader), skrevneRader(t, altIRaden, false, rader); got != want {
			t.Fatal("rows are written otherwise than with a tree")
		}
	}
}

// cutAt is what stands around a place of a text.
func cutAt(s string, at int) string { return s[max(at-200, 0):min(at+100, len(s))] }

// TestStretchIsOfOnePiece: what has left in between, or lies where other bytes did, is none.
func TestStretchIsOfOnePiece(t *testing.T) {
	for _, c := range []struct {
		before, length int
		whole          bool
	}{{0, 1, true}, {0, maxStrekk, true}, {0, maxStrekk + 1, false}, {flushAt / 2, flushAt / 2, false}, {flushAt - 300, 200, true}, {flushAt - 700, 600, false}} {
		var sent bytes.Buffer
		s := NewSvar(&sent, func(b []byte) []byte { return b })
		s.Status(Komplett)
		s.n = 0
		s.wrote(append(s.written(), strings.Repeat("b", c.before)...))
		begin := s.her()
		s.text(strings.Repeat("s", c.length))
		if got, want := string(s.siden(begin)), strings.Repeat("s", c.length); (got == want) != c.whole || !c.whole && got != "" {
			t.Errorf("%d bytes after %d: %d are a stretch", c.length, c.before, len(got))
		}
		s.Release()
	}
}
