package oppslag

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aareg/store/konsument"
	"aareg/store/logg"
)

const (
	etat, fond = "211000015", "222000017"
)

func TestNobodyLooksWithoutLoggingIn(t *testing.T) {
	s := nyMedKonsumenter(t)
	k := s.klient(t)
	for _, path := range []string{"/oppslag", "/oppslag/hentArbeidstaker", "/oppslag/svar/bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"} {
		p := k.hent(t, path)
		if want := "/oppslag/logginn?til=" + url.QueryEscape(path); p.sti != want || p.first("//h1") != "Logg inn" {
			t.Errorf("%s leads to %s", path, p.sti)
		}
	}
	if p := k.post(t, "/oppslag/hentArbeidstaker", felter("foedselsnr", kari)); p.first("//h1") != "Logg inn" {
		t.Errorf("a question leads to %s", p.sti)
	}
	if rows := s.rader(t); len(rows) != 0 {
		t.Errorf("%d rows in the log", len(rows))
	}
}

func TestLoginLeadsBackToWhereOneWas(t *testing.T) {
	s := nyMedKonsumenter(t)
	s.konsument(t, etat, "etat", nil)
	k := s.klient(t)
	p := k.hent(t, "/oppslag/hentArbeidstaker")
	p = k.post(t, "/oppslag/logginn", felter("brukernavn", "etat", "passord", passord, "til", p.attr("//input[@name='til']", "value")))
	if p.sti != "/oppslag/hentArbeidstaker" || p.first("//div[@class='konto']/span") != "ETATEN" {
		t.Errorf("at %s", p.sti)
	}
	for _, elsewhere := range []string{"https://example.no/", "//example.no", "/oppslag/../tilgang", "/oppslag/" + kari, "/oppslag/svar/" + kari} {
		if p := k.post(t, "/oppslag/logginn", felter("brukernavn", "etat", "passord", passord, "til", elsewhere)); p.sti != "/oppslag" {
			t.Errorf("login leads to %s", p.sti)
		}
	}
}

// TestCookieIsForThisHostAloneAndHoldsNoSession: no script reads it, no other site sends it, and SOAP takes it for nothing.
func TestCookieIsForThisHostAloneAndHoldsNoSession(t *testing.T) {
	s := nyMedKonsumenter(t)
	s.konsument(t, etat, "etat", nil)
	k := s.klient(t)
	k.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	p := k.inn(t, "etat")
	cookie, err := http.ParseSetCookie(p.header.Get("Set-Cookie"))
	if err != nil {
		t.Fatal(err)
	}
	got := http.Cookie{Name: cookie.Name, Path: cookie.Path, Secure: cookie.Secure, HttpOnly: cookie.HttpOnly, SameSite: cookie.SameSite}
	want := http.Cookie{Name: "__Host-aareg", Path: "/", Secure: true, HttpOnly: true, SameSite: http.SameSiteStrictMode}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("cookie (-want +got):\n%s", diff)
	}
	if len(cookie.Value) != 32 || strings.Contains(cookie.Value, "#") {
		t.Error("the cookie is no random token")
	}
}

func TestWrongPasswordAndUnknownUserReadTheSame(t *testing.T) {
	s := nyMedKonsumenter(t)
	s.konsument(t, etat, "etat", nil)
	wrong := func(user string) paa {
		return s.klient(t).post(t, "/oppslag/logginn", felter("brukernavn", user, "passord", "galt-passord"))
	}
	known, unknown := wrong("etat"), wrong("utat")
	if known.status != 401 || strings.ReplaceAll(known.text, "etat", "") != strings.ReplaceAll(unknown.text, "utat", "") {
		t.Errorf("status %d, and the pages differ", known.status)
	}
	if p := s.klient(t).post(t, "/oppslag/logginn", felter("brukernavn", "etat")); p.status != 422 || p.first("//p[@id='logginnfeil']") != "Fyll inn både brukernavn og passord." {
		t.Errorf("without a password: %d", p.status)
	}
	var got []string
	for _, r := range s.rader(t) {
		got = append(got, string(r.Slag)+" "+r.Utfall+" "+r.Rettighet+" "+kanalAv(r))
	}
	want := []string{"innlogging ugyldigBruker feil passord web-oppslag", "innlogging ugyldigBruker ukjent bruker web-oppslag"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("log (-want +got):\n%s", diff)
	}
}

// kanalAv is what a row says of the way in.
func kanalAv(r *logg.Rad) string {
	for _, p := range r.Parametre {
		if p.Tag == "kanal" {
			return p.Verdi
		}
	}
	return ""
}

// TestTooManyWrongPasswordsHaveTheirOwnText: a crowd guesses at once, so that none has to wait for the delays of all.
func TestTooManyWrongPasswordsHaveTheirOwnText(t *testing.T) {
	s := nyMedKonsumenter(t)
	s.konsument(t, etat, "etat", nil)
	k, texts := s.klient(t), make(chan string)
	for range 40 {
		go func() {
			resp, err := k.PostForm(k.base+"/oppslag/logginn", felter("brukernavn", "etat", "passord", "galt-passord"))
			if err != nil {
				texts <- err.Error()
				return
			}
			text, err := io.ReadAll(resp.Body)
			texts <- fmt.Sprint(resp.StatusCode, err, errors.Join(resp.Body.Close()), strings.Contains(string(text), loginFeil[resp.StatusCode]))
		}()
	}
	got := map[string]int{}
	for range 40 {
		got[<-texts]++
	}
	wrong, many := got["401 <nil> <nil> true"], got["429 <nil> <nil> true"]
	if wrong == 0 || many == 0 || wrong+many != 40 {
		t.Errorf("%v", got)
	}
}

func TestLogoutForgetsWhatWasAsked(t *testing.T) {
	s := nyMedKonsumenter(t)
	s.konsument(t, etat, "etat", nil)
	k := s.klient(t)
	k.inn(t, "etat")
	answer := k.post(t, "/oppslag/hentArbeidstaker", felter("foedselsnr", kari))
	u, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	cookies := k.Jar.Cookies(u)
	if p := k.post(t, "/oppslag/loggut", nil); p.first("//div[@role='status']") != "Du er logget ut." || len(k.Jar.Cookies(u)) != 0 {
		t.Errorf("at %s with %d cookies", p.sti, len(k.Jar.Cookies(u)))
	}
	k.Jar.SetCookies(u, cookies) // somebody kept it
	if p := k.hent(t, answer.sti); p.first("//h1") != "Logg inn" {
		t.Errorf("the old cookie leads to %s", p.first("//h1"))
	}
	k.inn(t, "etat")
	if p := k.hent(t, answer.sti); p.status != 410 {
		t.Errorf("the old answer: status %d", p.status)
	}
	if s.oppslag.besoek.antall() != 0 {
		t.Error("the question is kept")
	}
}

func TestFifteenIdleMinutesLogOut(t *testing.T) {
	s := nyMedKonsumenter(t)
	s.konsument(t, etat, "etat", nil)
	k := s.klient(t)
	k.inn(t, "etat")
	for range 3 { // used, it goes on
		s.pass(14 * time.Minute)
		if p := k.hent(t, "/oppslag/hentArbeidstaker"); p.first("//h1") != "Arbeidstaker" {
			t.Fatalf("at %s", p.sti)
		}
	}
	s.pass(15 * time.Minute)
	p := k.hent(t, "/oppslag/hentArbeidstaker")
	if p.first("//h1") != "Logg inn" || p.first("//div[@role='status']") != hvorfor[borte] {
		t.Errorf("at %s: %s", p.sti, p.first("//div[@role='status']"))
	}
}

// TestExpiredSessionLeadsThroughLoginBackToTheAnswer: a session lasts for the port's hour, whatever is done meanwhile.
func TestExpiredSessionLeadsThroughLoginBackToTheAnswer(t *testing.T) {
	s := nyMedKonsumenter(t)
	s.konsument(t, etat, "etat", nil)
	s.konsument(t, fond, "fond", nil)
	k := s.klient(t)
	k.inn(t, "etat")
	for range 5 {
		s.pass(11 * time.Minute)
		k.hent(t, "/oppslag")
	}
	kept := k.post(t, "/oppslag/hentArbeidstaker", felter("foedselsnr", kari))
	if kept.statuskode() != "komplett" {
		t.Fatal(kept.status)
	}
	s.pass(6 * time.Minute)
	p := k.hent(t, kept.sti)
	if p.first("//h1") != "Logg inn" || p.first("//div[@role='status']") != hvorfor[utloept] {
		t.Fatalf("at %s", p.sti)
	}
	p = k.post(t, "/oppslag/logginn", felter("brukernavn", "etat", "passord", passord, "til", p.attr("//input[@name='til']", "value")))
	if p.sti != kept.sti || p.statuskode() != "komplett" {
		t.Errorf("back at %s: %d", p.sti, p.status)
	}
	k.inn(t, "fond") // another consumer, in the same browser
	if p := k.hent(t, kept.sti); p.status != 410 {
		t.Errorf("another consumer's look: status %d", p.status)
	}
}

func TestDisabledWhileLoggedInSeesNothingMore(t *testing.T) {
	s := nyMedKonsumenter(t)
	nr := s.konsument(t, etat, "etat", nil)
	k := s.klient(t)
	k.inn(t, "etat")
	kept := k.post(t, "/oppslag/hentArbeidstaker", felter("foedselsnr", kari))
	if err := s.konsumenter.Endre(nr, func(k *konsument.Konsument) error { k.Sperret = true; return nil }); err != nil {
		t.Fatal(err)
	}
	for _, p := range []paa{k.hent(t, kept.sti), k.post(t, "/oppslag/hentArbeidstaker", felter("foedselsnr", kari)), k.inn(t, "etat")} {
		if p.first("//h1") != "Logg inn" {
			t.Errorf("at %s: %s", p.sti, p.first("//h1"))
		}
	}
}

// TestCertificateAloneLogsIn: the page offers it where the browser has one, and the border says whose it is.
func TestCertificateAloneLogsIn(t *testing.T) {
	s := nyMedKonsumenter(t)
	k := s.klient(t)
	if p := k.hent(t, "/oppslag/logginn"); p.dok.FindElement("//button[@value='sertifikat']") != nil {
		t.Error("offered to a browser without one")
	}
	if p := k.post(t, "/oppslag/logginn", felter("maate", "sertifikat")); p.status != 401 {
		t.Errorf("without one: %d", p.status)
	}
	nr := s.konsument(t, etat, "etat", nil)
	if _, err := s.konsumenter.LeggTilInnlogging(konsument.Innlogging{Konsument: nr, Slag: konsument.MedSertifikat}); err != nil {
		t.Fatal(err)
	}
	roots, cert := sertifikat(t, etat)
	s.TLS.ClientCAs, s.TLS.ClientAuth = roots, tls.VerifyClientCertIfGiven
	transport := s.Client().Transport.(*http.Transport).Clone()
	transport.TLSClientConfig.Certificates = []tls.Certificate{cert}
	k.Transport = kontroll{t, transport}
	if p := k.hent(t, "/oppslag/logginn"); p.dok.FindElement("//button[@value='sertifikat']") == nil {
		t.Error("not offered")
	}
	k.post(t, "/oppslag/logginn", felter("maate", "sertifikat"))
	if p := k.post(t, "/oppslag/hentArbeidstaker", felter("foedselsnr", kari)); p.statuskode() != "komplett" {
		t.Errorf("status %d", p.status)
	}
}
