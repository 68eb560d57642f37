package oppslag

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aareg/soap"
	"aareg/store"
)

// sertifikat is a client certificate of an organisation, and who is believed for it.
func sertifikat(t *testing.T, orgnr string) (*x509.CertPool, tls.Certificate) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		Subject: pkix.Name{CommonName: "ETATEN", ExtraNames: []pkix.AttributeTypeAndValue{{Type: asn1.ObjectIdentifier{2, 5, 4, 97}, Value: "NTRNO-" + orgnr}}},
		IsCA:    true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(parsed)
	return roots, tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// antall is how many questions are kept.
func (k *besoekene) antall() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return len(k.spoersmaal)
}

// alle are the visits.
func (k *besoekene) alle() (all []besoek) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, b := range k.besoek {
		all = append(all, *b)
	}
	return all
}

// TestUnknownKeyAndAnothersKeyReadTheSame: whoever has the address alone has nothing.
func TestUnknownKeyAndAnothersKeyReadTheSame(t *testing.T) {
	s := nyTjeneste(t)
	mine := s.klient(t).post(t, "/oppslag/hentArbeidstaker", felter("foedselsnr", kari))
	k := s.klient(t)
	k.post(t, "/oppslag/hentArbeidsgiver", felter("arbeidsgiverId", skole))
	theirs, unknown := k.hent(t, mine.sti), k.hent(t, "/oppslag/svar/bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb")
	if theirs.status != 410 || theirs.text != unknown.text || theirs.status != unknown.status {
		t.Errorf("another's: %d, unknown: %d", theirs.status, unknown.status)
	}
	if p := s.klient(t).hent(t, mine.sti); p.status != 410 || p.text != theirs.text {
		t.Errorf("without a cookie: %d", p.status)
	}
}

func TestQuestionIsKeptForFifteenMinutesAtMost(t *testing.T) {
	s := nyTjeneste(t)
	k := s.klient(t)
	p := k.post(t, "/oppslag/hentArbeidstaker", felter("foedselsnr", kari))
	s.pass(14 * time.Minute)
	if again := k.hent(t, p.sti); again.statuskode() != "komplett" {
		t.Errorf("after 14 minutes: %d", again.status)
	}
	s.pass(time.Minute)
	if again := k.hent(t, p.sti); again.status != 410 {
		t.Errorf("after 15 minutes: %d", again.status)
	}
	k.post(t, "/oppslag/hentArbeidstaker", felter("foedselsnr", kari))
	if n := s.oppslag.besoek.antall(); n != 1 {
		t.Errorf("%d are kept", n)
	}
}

func TestWhatIsKeptIsBounded(t *testing.T) {
	now := time.Date(2025, 6, 15, 9, 0, 0, 0, time.UTC)
	k := newBesoekene(func() time.Time { now = now.Add(time.Millisecond); return now })
	own := k.begynn(besoek{})
	first := k.behold(spoersmaal{token: own})
	for range maxPerBesoek {
		k.behold(spoersmaal{token: own})
	}
	if _, found := k.hent(own, first); found || k.antall() != maxPerBesoek {
		t.Errorf("of one visit %d are kept, the first %v", k.antall(), found)
	}
	for range maxSpoersmaal/maxPerBesoek + 10 {
		token := k.begynn(besoek{})
		for range maxPerBesoek {
			k.behold(spoersmaal{token: token})
		}
	}
	if k.antall() != maxSpoersmaal {
		t.Errorf("%d are kept", k.antall())
	}
	for range maxBesoek {
		k.begynn(besoek{})
	}
	if len(k.besoek) != maxBesoek {
		t.Errorf("%d visits", len(k.besoek))
	}
}

func TestPostFromAnotherSiteIsRefused(t *testing.T) {
	s := nyMedKonsumenter(t)
	s.konsument(t, etat, "etat", nil)
	k := s.klient(t)
	k.inn(t, "etat")
	for _, path := range []string{"/oppslag/hentArbeidstaker", "/oppslag/logginn", "/oppslag/loggut"} {
		for name, value := range map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://example.no"} {
			r, err := http.NewRequest(http.MethodPost, k.base+path, strings.NewReader(felter("foedselsnr", kari).Encode()))
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set(name, value)
			if p := k.do(t, r); p.status != 403 || p.first("//h1") != "Skjemaet kom fra et annet nettsted" {
				t.Errorf("%s with %s: %d", path, name, p.status)
			}
		}
	}
	if rows := s.rader(t); len(rows) != 0 {
		t.Errorf("%d rows in the log", len(rows))
	}
}

// TestEachLookIsOneRowThatSaysSo: the first, and each reload; nothing else on the page is one.
func TestEachLookIsOneRowThatSaysSo(t *testing.T) {
	s := nyMedKonsumenter(t)
	s.konsument(t, etat, "etat", nil)
	k := s.klient(t)
	k.inn(t, "etat")
	p := k.post(t, "/oppslag/hentArbeidstaker", felter("foedselsnr", kari))
	k.hent(t, p.sti)
	k.hent(t, "/oppslag/hentArbeidsgiver")
	k.post(t, "/oppslag/hentArbeidsgiver", felter("arbeidsgiverId", ukjentUnit))
	k.post(t, "/oppslag/hentArbeidsgiver", felter("arbeidsgiverId", "1"))
	var got []string
	for _, r := range s.rader(t) {
		row := r.Orgnr + " " + r.Produkt + " " + r.Utfall + " " + kanalAv(r)
		if len(r.Personer) > 0 {
			row += " with a person"
		}
		if !strings.HasPrefix(r.Adresse, "127.0.0.1:") {
			row += " from " + r.Adresse
		}
		got = append(got, row)
	}
	want := []string{etat + " hentArbeidstaker komplett web-oppslag with a person", etat + " hentArbeidstaker komplett web-oppslag with a person",
		etat + " hentArbeidsgiver ingen web-oppslag", etat + " hentArbeidsgiver ugyldigForespoersel web-oppslag"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("log (-want +got):\n%s", diff)
	}
}

// TestNameIsTextAndNeverMarkup: of a register that somebody wrote a script into.
func TestNameIsTextAndNeverMarkup(t *testing.T) {
	s := nyTjeneste(t)
	const name = `<script>alert("1")</script>'&amp;`
	err := s.register.Update(context.Background(), func(tx *store.Tx) error {
		return tx.PutEnhet(&store.Enhet{Orgnr: "299000005", Navn: name, Organisasjonsform: store.Kodeverdi{Kode: "AS"}, Registreringsdato: 20200101})
	})
	if err != nil {
		t.Fatal(err)
	}
	k := s.klient(t)
	p := k.post(t, "/oppslag/hentArbeidsgiver", felter("arbeidsgiverId", "299000005"))
	if len(p.dok.FindElements("//script")) != 1 || !strings.Contains(p.first("//div[@class='svar']"), name) {
		t.Errorf("%d scripts; the name reads %q", len(p.dok.FindElements("//script")), p.first("//div[@class='svar']"))
	}
	p = k.post(t, "/oppslag/hentTrefflisteArbeidstaker", felter("etternavn", name, "fonetisk", "false", "fdato", `"><script>`))
	if len(p.dok.FindElements("//script")) != 1 || p.attr("//input[@name='etternavn']", "value") != name {
		t.Error("what was filled in became markup")
	}
}

// TestSessionIsNowhereOnAPage: nor in what a panel is given to show.
func TestSessionIsNowhereOnAPage(t *testing.T) {
	s := nyMedKonsumenter(t)
	s.konsument(t, etat, "etat", nil)
	k := s.klient(t)
	k.inn(t, "etat")
	p := k.post(t, "/oppslag/hentArbeidstaker", felter("foedselsnr", kari))
	b := s.oppslag.besoek.alle()[0]
	if b.sesjonsid == "" || strings.Contains(p.text, b.sesjonsid) {
		t.Error("no session, or it is on the page")
	}
	r := (&http.Request{}).WithContext(context.Background())
	r.URL, r.Header, r.RemoteAddr = mustURL(t, "/oppslag/svar/x"), http.Header{}, "127.0.0.1:1"
	answered, err := s.oppslag.spoer(r, b, spoersmaal{produkt: s.oppslag.produkt("hentArbeidstaker"), skjema: 1, felter: map[string]string{"foedselsnr": kari}})
	if err != nil {
		t.Fatal(err)
	}
	for _, xml := range []string{answered.Spoersmaal, answered.SvarXML} {
		if strings.Contains(xml, b.sesjonsid) || !strings.Contains(xml, "<sesjonsid>…</sesjonsid>") {
			t.Error("the session id is in what panels show")
		}
	}
}

func TestNumbersAndNamesAreInNoLogLine(t *testing.T) {
	s := nyTjeneste(t)
	k := s.klient(t)
	for _, form := range [][]string{{"foedselsnr", kari}, {"foedselsnr", "12345678901"}, {"foedselsnr", "Fjellstad"}} {
		k.post(t, "/oppslag/hentArbeidstaker", felter(form...))
	}
	k.hent(t, "/oppslag/finnes-ikke")
	s.mu.Lock()
	defer s.mu.Unlock()
	if text := s.ut.String(); !strings.Contains(text, "question refused") || strings.Contains(text, "Fjellstad") || personnr.MatchString(text) {
		t.Errorf("the log says\n%s", text)
	}
}

func TestStaticFilesAreKeptByTheirDigest(t *testing.T) {
	s := nyTjeneste(t)
	k := s.klient(t)
	p, weight := k.hent(t, "/oppslag"), 0
	for _, path := range append(p.dok.FindElements("//link[@href]"), p.dok.FindElements("//script[@src]")...) {
		file := k.hent(t, path.SelectAttrValue("href", "")+path.SelectAttrValue("src", ""))
		weight += len(file.text)
		if file.status != 200 || file.header.Get("ETag") == "" {
			t.Errorf("%s: %d", file.sti, file.status)
		}
	}
	if weight += len(p.text); weight > 200_000 {
		t.Errorf("the front page and its files are %d bytes", weight)
	}
	if old := k.hent(t, "/oppslag/statisk/OLD/oppslag.css"); old.status != 404 {
		t.Errorf("another build's file: %d", old.status)
	}
}

func mustURL(t *testing.T, path string) *url.URL {
	t.Helper()
	u, err := url.Parse(path)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// TestSessionOverTheWireIsNoWayPastLogin: the header that the page asks with means nothing from outside, nor is a session
// given out there.
func TestSessionOverTheWireIsNoWayPastLogin(t *testing.T) {
	s := nyMedKonsumenter(t)
	s.konsument(t, etat, "etat", nil)
	k := s.klient(t)
	k.inn(t, "etat")
	for _, visit := range s.oppslag.besoek.alle() {
		for _, basic := range []bool{false, true} {
			r, err := http.NewRequest(http.MethodGet, s.URL+"/tilgang", nil)
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set(soap.SesjonsidHeader, visit.sesjonsid)
			want := http.StatusUnauthorized
			if basic {
				r.SetBasicAuth("etat", passord)
				want = http.StatusOK
			}
			resp, err := s.Client().Do(r)
			if err != nil {
				t.Fatal(err)
			}
			if err := resp.Body.Close(); err != nil || resp.StatusCode != want || resp.Header.Get(soap.SesjonsidHeader) != "" {
				t.Errorf("status %d, session given %v, %v", resp.StatusCode, resp.Header.Get(soap.SesjonsidHeader) != "", err)
			}
		}
	}
}
