package oppslag

import (
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/store"
	"aareg/store/konsument"
	"aareg/store/logg"
)

const kjeden = "220000036" // has more arbeidsforhold than one part of an extract

// TestExtractIsRefusedWithoutItsRights: nothing leaves, and the row names what was missing.
func TestExtractIsRefusedWithoutItsRights(t *testing.T) {
	person := felter("av", "arbeidstakere", "liste", kari, "format", "csv")
	unit := felter("av", "arbeidsgiver", "arbeidsgiver", "210004114", "format", "csv", "status", "aktive")
	var first konsument.Konsument
	s := nyMedKonsumenter(t)
	nr := s.konsument(t, etat, "etat", medUttrekk(func(k *konsument.Konsument) { first = *k }))
	k := s.klient(t)
	for n, c := range []struct {
		change func(*konsument.Konsument)
		form   url.Values
		status int
		want   string
	}{
		{func(k *konsument.Konsument) { k.Tilgang = k.Tilgang[:1] }, person, 403, "tilgang uttrekk"},
		{func(k *konsument.Konsument) { k.Tilgang = k.Tilgang[1:] }, person, 403, "tilgang web-oppslag"},
		{func(k *konsument.Konsument) { k.Rettigheter.Produkter = []string{"hentArbeidsgiver"} }, person, 403, "produkt hentArbeidstaker"},
		{func(k *konsument.Konsument) { k.Rettigheter.Felter = []string{"hentArbeidstaker"} }, person, 403, "felt uttrekk"},
		{func(k *konsument.Konsument) { k.Rettigheter.Felter = []string{"uttrekk"} }, unit, 403, "felt hentArbeidsgiver/statusArbeidsforhold"},
		{func(k *konsument.Konsument) { k.Rettigheter.PersonerPerDoegn = 0 }, person, 429, "personerPerDoegn"},
	} {
		s.avtale(t, nr, first, nil)
		k.inn(t, "etat") // with all rights: the border decides, not what the page knows
		s.avtale(t, nr, first, c.change)
		p := k.post(t, "/oppslag/uttrekk", c.form)
		if p.status != c.status || p.header.Get("Content-Disposition") != "" || p.first("//div[@role='alert']/h2") == "" {
			t.Errorf("%s: %d", c.want, p.status)
		}
		rows := s.rader(t)[n:]
		if len(rows) != 1 || !rows[0].Avslag || rows[0].Rettighet != c.want || kanalAv(rows[0]) != "web-oppslag" {
			t.Errorf("%s: rows %+v", c.want, rows)
		}
		if ref := p.first("//span[@class='referanse']"); len(rows) == 1 && ref != rows[0].Korrelasjon {
			t.Errorf("%s: the page quotes %q", c.want, ref)
		}
	}
}

// TestExtractKeepsToScopeAndProtection: who may not be seen is not in the file, and counted in its end as unknown.
func TestExtractKeepsToScopeAndProtection(t *testing.T) {
	list := strings.Join([]string{kari, fortrolig, borger}, "\n")
	var first konsument.Konsument
	s := nyMedKonsumenter(t)
	nr := s.konsument(t, etat, "etat", medUttrekk(func(k *konsument.Konsument) { first = *k }))
	k := s.klient(t)
	k.inn(t, "etat")
	for n, c := range []struct {
		change func(*konsument.Konsument)
		want   string
	}{
		{func(*konsument.Konsument) {}, `{"ferdig":true,"antall":2,"utfall":{"ingen":2}}`},
		{func(k *konsument.Konsument) { k.Rettigheter.Fortrolig = store.InnsynKode }, `{"ferdig":true,"antall":2,"utfall":{"ingen":1,"fortrolig":1}}`},
		{func(k *konsument.Konsument) { k.Rettigheter.Fortrolig = store.InnsynData }, `{"ferdig":true,"antall":3,"utfall":{"ingen":1}}`},
		{func(k *konsument.Konsument) { k.Rettigheter.Personer = konsument.Omfang{Nummer: []string{borger}} }, `{"ferdig":true,"antall":0,"utfall":{"ingen":3}}`},
	} {
		s.avtale(t, nr, first, c.change)
		p := k.post(t, "/oppslag/uttrekk", felter("av", "arbeidstakere", "liste", list, "format", "ndjson"))
		lines := strings.Split(strings.TrimSuffix(p.text, "\n"), "\n")
		if diff := cmp.Diff(c.want, lines[len(lines)-1]); diff != "" {
			t.Errorf("the end (-want +got):\n%s", diff)
		}
		if rows := s.uttrekksrader(t)[n:]; len(rows) != 1 || rows[0].Beskyttet != strings.Contains(c.want, `"antall":3`) {
			t.Errorf("%s: rows %+v", c.want, rows)
		}
	}
}

// TestExtractThatCannotBeLoggedDoesNotLeave.
func TestExtractThatCannotBeLoggedDoesNotLeave(t *testing.T) {
	s := nyMedKonsumenter(t)
	s.konsument(t, etat, "etat", medUttrekk(nil))
	k := s.klient(t)
	k.inn(t, "etat")
	if err := s.logg.Close(); err != nil {
		t.Fatal(err)
	}
	p := k.post(t, "/oppslag/uttrekk", felter("av", "arbeidstakere", "liste", kari, "format", "csv"))
	if p.status != 500 || strings.Contains(strings.Replace(p.text, kari, "", 1), kari) || p.header.Get("Content-Disposition") != "" {
		t.Errorf("%d", p.status)
	}
}

// TestExtractThatCannotGoOnIsCut: the connection breaks, so that no browser takes the file for whole.
func TestExtractThatCannotGoOnIsCut(t *testing.T) {
	s := nyMedKonsumenter(t)
	s.konsument(t, etat, "etat", medUttrekk(func(k *konsument.Konsument) { k.Rettigheter.PersonerPerDoegn = 1000 }))
	k := s.klient(t)
	k.inn(t, "etat")
	resp, err := k.Client.PostForm(k.base+"/oppslag/uttrekk", felter("av", "arbeidsgiver", "arbeidsgiver", kjeden, "format", "ndjson"))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if resp.StatusCode != http.StatusOK || err == nil || len(text) == 0 || strings.Contains(string(text), `"ferdig"`) {
		t.Errorf("%d, %d bytes, %v", resp.StatusCode, len(text), err)
	}
	rows := s.uttrekksrader(t)
	if len(rows) < 2 || rows[0].Avslag || rows[0].Antall == 0 || !rows[len(rows)-1].Avslag || rows[len(rows)-1].Rettighet != "personerPerDoegn" {
		t.Errorf("%d rows", len(rows))
	}
}

// TestExpiredLoginLeadsBackToTheForm.
func TestExpiredLoginLeadsBackToTheForm(t *testing.T) {
	s := nyMedKonsumenter(t)
	nr := s.konsument(t, etat, "etat", medUttrekk(nil))
	k := s.klient(t)
	k.inn(t, "etat")
	if err := s.konsumenter.Endre(nr, func(k *konsument.Konsument) error { k.Sperret = true; return nil }); err != nil {
		t.Fatal(err)
	}
	p := k.post(t, "/oppslag/uttrekk", felter("av", "arbeidstakere", "liste", kari, "format", "csv"))
	if p.sti != "/oppslag/logginn?hvorfor=utloept&til=%2Foppslag%2Futtrekk" {
		t.Errorf("at %s", p.sti)
	}
}

// TestExtractForEverybodyIsLoggedWhereThereIsALog: with the same rows, of nobody in particular.
func TestExtractForEverybodyIsLoggedWhereThereIsALog(t *testing.T) {
	s, dir := &tjeneste{}, t.TempDir()
	var err error
	if s.logg, err = logg.Create(filepath.Join(dir, "logg.db"), filepath.Join(dir, "logg.key")); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.logg.Close() })
	k := start(t, s, nil).klient(t)
	if p := k.post(t, "/oppslag/uttrekk", demouttrekk[0].form); p.text != uttrekksfil(t, demouttrekk[0].fil) {
		t.Errorf("%d: another extract", p.status)
	}
	want := []logg.Rad{{Tid: s.now, Slag: logg.Uttrekk, Produkt: "hentArbeidsgiver", Utfall: "komplett", Rettighet: "produkt hentArbeidsgiver", Antall: 4,
		Parametre: []logg.Parameter{{Tag: "kanal", Verdi: "web-oppslag"}, {Tag: "arbeidsgiverId", Verdi: "210004114"}, {Tag: "format", Verdi: "csv"}},
		Personer:  []uint64{3839949862, 6868749618, 12928349738, 31817949951}}}
	if diff := cmp.Diff(want, s.uttrekksrader(t)); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}
