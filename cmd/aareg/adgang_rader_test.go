package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/store/konsument"
	"aareg/store/logg"
)

// allRows are the rows of an audit log that somebody else writes.
func allRows(t *testing.T, file string) (rows []*logg.Rad) {
	t.Helper()
	l, err := logg.Open(file, file+".noekkel")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if err := l.Soek(context.Background(), logg.Filter{}, func(r *logg.Rad) error { rows = append(rows, r); return nil }); err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestRowsTellWhatHappened: a row for each answer, permit and deny: outcome, the right that gave or was missing, how many
// persons; what the caller claims; and the reference that a fault quotes.
func TestRowsTellWhatHappened(t *testing.T) {
	c := newConsumers(t)
	c.add(t, "bruker", nil)
	c.add(t, "uten-navn", func(k *konsument.Konsument, _ *konsument.Innlogging) {
		k.Rettigheter.Felter = []string{"hentArbeidstaker", "hentTrefflisteArbeidstaker/arbeidstakere/arbeidstaker/foedselsnr"}
		k.Rettigheter.Produkter = []string{"hentArbeidstaker", "hentTrefflisteArbeidstaker", "hentArbeidsforhold"}
		k.Rettigheter.Profil = "smal"
	})
	c.add(t, "faa-personer", func(k *konsument.Konsument, _ *konsument.Innlogging) { k.Rettigheter.PersonerPerDoegn = 1 })
	log := filepath.Join(t.TempDir(), "logg.db")
	s := start(t, "--konsumenter", c.path, "--logg", log)
	const sak = `<t:Transaksjon xmlns:t="http://ws.infotorg.no/xml/Admin/Transaksjon/2006-07-07/Transaksjon.xsd"><referanse>ref-7</referanse><saksreferanse>sak 1/26</saksreferanse><klientip>10.1.1.1</klientip></t:Transaksjon>`
	var references []string
	for _, a := range []struct {
		user, name string
	}{{"bruker", "hentArbeidstaker/komplett"}, {"bruker", "hentArbeidstaker/ingen"}, {"bruker", "hentArbeidstaker/mangler_foedselsnr"}, {"bruker", "hentArbeidsgiver/underenhet_gammel_og_ny_ordning"},
		{"uten-navn", "hentArbeidstaker/komplett"}, {"uten-navn", "hentAntallArbeidstakere/personlig_arbeidsgiver"}, {"uten-navn", "hentTrefflisteArbeidstaker/komplett"}, {"uten-navn", "hentArbeidsforhold/komplett"},
		{"faa-personer", "hentArbeidstaker/komplett"}, {"faa-personer", "hentArbeidstaker/ingen"}, {"faa-personer", "hentTrefflisteArbeidstaker/ingen"}} {
		p := httpBasic(a.user, passord)
		p.block = sak
		got := answerTo(t, http.DefaultClient, s.address, question(t, a.name), p)
		_, quoted, _ := strings.Cut(got.body, "Referanse: ")
		if len(quoted) < 12 {
			quoted = strings.Repeat("-", 12)
		}
		references = append(references, quoted[:12])
	}
	var got []string
	for i, r := range allRows(t, log) {
		quoted := references[i] == r.Korrelasjon || references[i] == strings.Repeat("-", 12) && !strings.HasPrefix(r.Utfall, "ikke") && !strings.HasPrefix(r.Utfall, "forMange")
		claimed := r.Saksreferanse == "sak 1/26" && r.Referanse == "ref-7" && r.Klientip == "10.1.1.1" && strings.HasPrefix(r.Adresse, "127.0.0.1:")
		got = append(got, fmt.Sprintf("%s avslag=%v %q %q antall=%d personer=%d %v %v", r.Utfall, r.Avslag, r.Rettighet, r.Profil, r.Antall, len(r.Personer), quoted, claimed))
	}
	want := []string{
		`komplett avslag=false "produkt hentArbeidstaker" "" antall=2 personer=1 true true`,
		`ingen avslag=false "produkt hentArbeidstaker" "" antall=0 personer=1 true true`,
		`ugyldigForespoersel avslag=true "" "" antall=0 personer=0 true true`,
		`komplett avslag=false "produkt hentArbeidsgiver" "" antall=3 personer=3 true true`,
		`komplett avslag=false "produkt hentArbeidstaker" "smal" antall=2 personer=1 true true`,
		`ikkeTilgang avslag=true "produkt hentAntallArbeidstakere" "smal" antall=0 personer=1 true true`,
		`ikkeTilgang avslag=true "felt hentTrefflisteArbeidstaker/etternavn" "smal" antall=0 personer=0 true true`,
		`ikkeTilgang avslag=true "felt hentArbeidsforhold" "smal" antall=0 personer=0 true true`,
		`komplett avslag=false "produkt hentArbeidstaker" "" antall=2 personer=1 true true`,
		`forMangeForespoersler avslag=true "personerPerDoegn" "" antall=0 personer=1 true true`,
		`forMangeForespoersler avslag=true "personerPerDoegn" "" antall=0 personer=0 true true`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}

// TestNobodyCanFillTheLog: refusals that cost nothing share a row a minute, which says how many they were.
func TestNobodyCanFillTheLog(t *testing.T) {
	c := newConsumers(t)
	log := filepath.Join(t.TempDir(), "logg.db")
	s := start(t, "--konsumenter", c.path, "--logg", log)
	q := question(t, subjects[0][2])
	for i := range 200 {
		p := proof{}
		if i%2 == 0 {
			p = sesjon("1750000000.1#AAAAAAAAAAAAAAAAAAAAAAAAAAA")
		}
		answerTo(t, http.DefaultClient, s.address, q, p)
	}
	if rows := allRows(t, log); len(rows) == 0 || len(rows) > 5 {
		t.Errorf("%d rows for 200 anonymous questions", len(rows))
	}
}

// TestHalfClosedLoginsAreAnswered: old clients close their sending half when they have asked, and still read.
func TestHalfClosedLoginsAreAnswered(t *testing.T) {
	s := start(t, withConsumer(t)...)
	request := rawQuestion("localhost", question(t, subjects[0][2]))
	request = strings.Replace(request, "\r\n\r\n", "\r\nConnection: close\r\n"+asConsumer+"\r\n\r\n", 1)
	for range 10 {
		conn, err := net.Dial("tcp", strings.TrimPrefix(s.address, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(conn, request); err != nil {
			t.Fatal(err)
		}
		if err := conn.(*net.TCPConn).CloseWrite(); err != nil {
			t.Fatal(err)
		}
		resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		conn.Close()
		if resp.StatusCode != http.StatusOK {
			t.Errorf("status %d", resp.StatusCode)
		}
	}
}
