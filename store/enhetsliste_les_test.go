package store

import (
	"errors"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

// fuzzbok is a kodebok that has some codes of each kind.
func fuzzbok() *kodebok {
	book := newKodebok()
	book.add(1, kodeverkKommune, Kodeverdi{"0301", "OSLO"})
	book.add(2, kodeverkLand, Kodeverdi{"NO", "Norge"})
	book.add(3, kodeverkEnhetstype, Kodeverdi{"AS", ""})
	return book
}

// pakketEnhet is the first entry of a unit with some of everything.
func pakketEnhet(tb testing.TB, historisk bool) (pakke []byte, want Enhetstreff) {
	tb.Helper()
	book := fuzzbok()
	n := enhetsnavn{slag: slagEnhet, aktoer: 7, tekst: "Berg-Dal AS", historisk: historisk, sortering: sortering("Berg-Dal AS"),
		noekler: nameKeys("Berg-Dal AS", ""), overordnet: hovedenhetNr, enhetsrad: enhetsrad{nummer: underenhetNr, enhkode: "AS",
			linjer: "Veien 1\nOppgang B", post: `{"adresse":["Postboks 1"],"postnummer":"0101","kommunenummer":"0301","kommune":"OSLO","landkode":"NO","land":"Norge"}`,
			f: Adresse{nil, "0150", "OSLO", "0301", "OSLO", "NO", "Norge"}, opphoersdato: 20250615}}
	other := n
	other.historisk, other.tekst = false, "Berg AS"
	alle := enhetsnavnene{n, other}
	h := alle.hode(0)
	p := pakker{kode: func(kodeverk string, v Kodeverdi) uint64 { return book.nummer[kodenavn{kodeverk, v}] }}
	if err := packEnhetsnavn(&p, &alle[0], &h); err != nil {
		tb.Fatal(err)
	}
	t, err := n.treff(20250615)
	if err != nil {
		tb.Fatal(err)
	}
	return p.b, *t
}

func TestEntryOfAUnitHoldsAllThatAHitShows(t *testing.T) {
	for _, historisk := range []bool{false, true} {
		pakke, want := pakketEnhet(t, historisk)
		var got Enhetstreff
		l := enhetsleser{koder: fuzzbok(), today: 20250615}
		n := enhetsnavn{enhetsrad: enhetsrad{nummer: underenhetNr}, aktoer: 7}
		if err := l.les(&enhetskopi{enhetLevende, string(n.id(0)), string(pakke)}, &got); err != nil {
			t.Fatal(err)
		}
		if diff := gocmp.Diff(want, got, gocmp.AllowUnexported(Enhetstreff{})); diff != "" {
			t.Errorf("historisk %v (-want +got):\n%s", historisk, diff)
		}
	}
}

// FuzzEnhetspost: whatever an entry holds, a search and what unpacks hits say that it is damaged, or read it to its end.
func FuzzEnhetspost(f *testing.F) {
	for _, historisk := range []bool{false, true} {
		pakke, _ := pakketEnhet(f, historisk)
		f.Add(pakke, underenhetNr)
		f.Add(pakke[:len(pakke)/2], "")
	}
	f.Add([]byte{1, 0, 0, 0, 5, 2, 0, 0, 2, 0}, "1")
	book := fuzzbok()
	f.Fuzz(func(t *testing.T, pakke []byte, id string) {
		var hit Enhetstreff
		l := enhetsleser{koder: book, today: 20250615}
		err := l.les(&enhetskopi{enhetBorte, id, string(pakke)}, &hit)
		if err != nil && !errors.Is(err, errDok) {
			t.Fatal(err)
		}
		if len(l.linjer) > len(pakke) {
			t.Fatalf("%d lines of %d bytes", len(l.linjer), len(pakke))
		}
		q := enhetssporring{Enhetssoek{InkluderOpphoerte: true, Kommunenr: "0301"}, newNavnesoek(false, "berg"), 20250615, true}
		p := peker{s: string(pakke)}
		h := p.enhetshode(enhetBorte)
		h.kommune, h.postnr = p.enhetssted(book)
		if err == nil && p.damaged {
			t.Fatal("a hit is read whose head is damaged")
		}
		q.tar(&h)
	})
}

// A list that is damaged, or that speaks of codes that there are none of, makes the register one that cannot be read.
func TestDamagedListOfUnitsIsNotAnswered(t *testing.T) {
	for what, damage := range map[string]string{
		"the checksum":  `UPDATE enhetsliste SET dok = CAST(zeroblob(4) || substr(dok, 5) AS BLOB)`,
		"the end":       `UPDATE enhetsliste SET dok = substr(dok, 1, length(dok) - 1)`,
		"the codes":     `DELETE FROM kode`,
		"nothing there": `UPDATE enhetsliste SET dok = zeroblob(0)`,
	} {
		s := newStore(t)
		update(t, s, func(tx *Tx) error { return tx.PutEnhet(enhet(underenhetNr, "Sykehjemmet", "BEDR", "")) })
		if err := s.naa.Load().own.Script(damage); err != nil {
			t.Fatal(err)
		}
		s.naa.Load().koder.Store(newKodebok())
		if _, _, err := s.SoekEnheter(ctx, seesAll, Enhetssoek{Navn: "sykehjemmet", Maks: 10}); !errors.Is(err, ErrUtilgjengelig) {
			t.Errorf("damaged %s: %v", what, err)
		}
	}
}

// What a search allocates hangs on what it shows, not on how many names have the word, and a hit costs none of its own.
func TestSearchForUnitsAllocatesForItsAnswerAlone(t *testing.T) {
	s := enhetsbenk(t)
	allocs := func(soek Enhetssoek, found int) float64 {
		return testing.AllocsPerRun(5, func() {
			if _, got, err := s.SoekEnheter(ctx, seesAll, soek); err != nil || got != found {
				t.Fatalf("%d found, want %d: %v", got, found, err)
			}
		})
	}
	for _, q := range benkesoek {
		few := q.soek
		few.Maks = 10
		many, none := allocs(q.soek, q.found), allocs(few, q.found)
		t.Logf("%s: %.0f allocations for 1000 hits, %.0f for 10, of %d", q.navn, many, none, q.found)
		if many > 70 || none > 40 {
			t.Errorf("%s: %.0f allocations for 1000 hits, %.0f for 10", q.navn, many, none)
		}
	}
	cost := spent(s, func() { _, _, _ = s.SoekEnheter(ctx, seesAll, Enhetssoek{Navn: "Bakken", Fonetisk: true, Maks: 1000}) })
	if cost.setninger != 1 || cost.rader > 5001/stykkeposter+1 {
		t.Errorf("%+v for 5001 names", cost)
	}
}
