package soap

import (
	"bytes"
	"encoding/xml"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aareg/soap/tilgang"
	"aareg/wsdl"
)

func brukersesjon(children string) string {
	return `<b:Brukersesjon xmlns:b="` + wsdl.NamespaceBrukersesjon + `">` + children + `</b:Brukersesjon>`
}

func transaksjonBlock(children string) string {
	return `<t:Transaksjon xmlns:t="` + wsdl.NamespaceTransaksjon + `">` + children + `</t:Transaksjon>`
}

const innloggingOK = "<distribusjonskanal>PTP</distribusjonskanal><systemnavn>S</systemnavn><brukernavn>ABCD</brukernavn><passord>12345</passord>"

func TestHeaderBlocksAreReadInEveryLegalForm(t *testing.T) {
	s := newService(t, testOperations)
	for name, header := range map[string]string{
		"none":                  "",
		"empty blocks":          brukersesjon("") + transaksjonBlock(""),
		"credentials":           brukersesjon(innloggingOK),
		"session":               brukersesjon("<sesjonsid>1587481958.19372#8l2X</sesjonsid>"),
		"both":                  brukersesjon(innloggingOK + "<sesjonsid>x</sesjonsid>"),
		"delegated":             brukersesjon(innloggingOK + "<delegertBrukernavn>EFGH</delegertBrukernavn>"),
		"other order":           transaksjonBlock("<klientip>192.0.2.1</klientip><referanse>r</referanse>") + brukersesjon("<sesjonsid>x</sesjonsid>"),
		"children qualified":    strings.ReplaceAll(strings.ReplaceAll(brukersesjon("<sesjonsid>x</sesjonsid>"), "<s", "<b:s"), "</s", "</b:s"),
		"unknown but empty":     brukersesjon("<x/>" + innloggingOK),
		"empty elements":        brukersesjon("<distribusjonskanal/><systemnavn/><brukernavn/><passord/><sesjonsid>x</sesjonsid>"),
		"longest":               brukersesjon("<distribusjonskanal>SSO</distribusjonskanal><systemnavn>" + strings.Repeat("ø", 11) + "</systemnavn><brukernavn>" + strings.Repeat("ø", 255) + "</brukernavn><passord>" + strings.Repeat("ø", 60) + "</passord>"),
		"every Transaksjon":     transaksjonBlock("<referanse>r</referanse><visDetaljer>true</visDetaljer><visResponstid>1</visResponstid><visRaadata>False</visRaadata><saksreferanse>s</saksreferanse>"),
		"for somebody else":     `<b:Brukersesjon xmlns:b="` + wsdl.NamespaceBrukersesjon + `" s:actor="urn:x"><passord>1</passord></b:Brukersesjon>`,
		"block of nobody":       `<u:x xmlns:u="u"><y>1</y></u:x>`,
		"two blocks of nobody":  `<u:x xmlns:u="u"/><u:x xmlns:u="u"/>`,
		"attributes of nobody":  strings.Replace(brukersesjon(innloggingOK), ">", ` autorisasjonsnoekkel="x" s:encodingStyle="y">`, 1),
		"WS-Security, unopened": `<w:Security xmlns:w="` + securityName.Space + `"><w:UsernameToken><w:Username>a</w:Username></w:UsernameToken></w:Security>`,
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(takerAnswer("", ""), s.ask11(t, question11(header, taker(""))).body()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestHeaderElementThatBreaksARuleIsNamed(t *testing.T) {
	s := newService(t, testOperations)
	without := func(tag string) string {
		return brukersesjon(regexp.MustCompile("<"+tag+">.*</"+tag+">").ReplaceAllString(innloggingOK, ""))
	}
	with := func(tag, value string) string {
		return brukersesjon(regexp.MustCompile("<"+tag+">.*</"+tag+">").ReplaceAllString(innloggingOK, "<"+tag+">"+value+"</"+tag+">"))
	}
	const together = "mangler: innlogging krever distribusjonskanal, systemnavn, brukernavn, passord."
	for name, c := range map[string]struct{ header, want string }{
		"no distribusjonskanal":    {without("distribusjonskanal"), "Elementet distribusjonskanal " + together},
		"no systemnavn":            {without("systemnavn"), "Elementet systemnavn " + together},
		"no brukernavn":            {without("brukernavn"), "Elementet brukernavn " + together},
		"no passord":               {without("passord"), "Elementet passord " + together},
		"delegertBrukernavn alone": {brukersesjon("<delegertBrukernavn>ABCD</delegertBrukernavn>"), "Elementet distribusjonskanal " + together},
		"distribusjonskanal":       {with("distribusjonskanal", "ptp"), "Elementet distribusjonskanal må være PTP, GUI eller SSO."},
		"systemnavn long":          {with("systemnavn", strings.Repeat("a", 12)), "Elementet systemnavn må ha 1 til 11 tegn."},
		"brukernavn short":         {with("brukernavn", "abc"), "Elementet brukernavn må ha 4 til 255 tegn."},
		"brukernavn long":          {with("brukernavn", strings.Repeat("a", 256)), "Elementet brukernavn må ha 4 til 255 tegn."},
		"passord short":            {with("passord", "abcd"), "Elementet passord må ha 5 til 60 tegn."},
		"passord long":             {with("passord", strings.Repeat("a", 61)), "Elementet passord må ha 5 til 60 tegn."},
		"delegertBrukernavn short": {brukersesjon(innloggingOK + "<delegertBrukernavn>abc</delegertBrukernavn>"), "Elementet delegertBrukernavn må ha 4 til 255 tegn."},
		"repeated":                 {brukersesjon(innloggingOK + innloggingOK), "Elementet distribusjonskanal er gitt mer enn én gang."},
		"nested":                   {brukersesjon("<sesjonsid><x/></sesjonsid>"), "Elementet sesjonsid kan ikke ha elementer i seg."},
		"unknown":                  {brukersesjon("<token>x</token>"), "Elementet token er ukjent."},
		"wrong namespace":          {brukersesjon(`<sesjonsid xmlns="u">x</sesjonsid>`), "Elementet sesjonsid er i feil navnerom."},
		"text":                     {brukersesjon("x"), "Elementet Brukersesjon har tekst mellom elementene."},
		"two Brukersesjon":         {brukersesjon("") + brukersesjon(""), "Elementet Brukersesjon er gitt mer enn én gang."},
		"two Transaksjon":          {transaksjonBlock("") + transaksjonBlock(""), "Elementet Transaksjon er gitt mer enn én gang."},
		"visDetaljer":              {transaksjonBlock("<visDetaljer>ja</visDetaljer>"), "Elementet visDetaljer må være true eller false."},
		"visResponstid":            {transaksjonBlock("<visResponstid>2</visResponstid>"), "Elementet visResponstid må være true eller false."},
		"visRaadata":               {transaksjonBlock("<visRaadata>x</visRaadata>"), "Elementet visRaadata må være true eller false."},
		"unknown in Transaksjon":   {transaksjonBlock("<x>1</x>"), "Elementet x er ukjent."},
	} {
		t.Run(name, func(t *testing.T) {
			got := s.ask11(t, question11(c.header, taker("")))
			if diff := cmp.Diff(ugyldigSpoersmal, outcomeOf(got)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if _, _, melding := got.feil(); melding != c.want {
				t.Errorf("feilmelding = %q, want %q", melding, c.want)
			}
			if header := got.soapHeader(); header != "" {
				t.Errorf("nobody was identified, yet the header is %s", header)
			}
		})
	}
}

// answerHeader is the header of an answer at testNow, with this in sammendrag and behind it.
func answerHeader(produkt, referanse, sammendrag, detaljer string) string {
	tjeneste := "<datakilde>NAV</datakilde><tjeneste>Aareg2</tjeneste><produkt>" + produkt + "</produkt>"
	kostnad := "<debitering><debitert>0</debitert></debitering>" + sammendrag
	if detaljer != "" {
		detaljer = "<detaljer><transaksjon>" + tjeneste + kostnad + "</transaksjon></detaljer>"
	}
	return `<soap:Header><brukersesjon:Brukersesjon xmlns:brukersesjon="` + wsdl.NamespaceBrukersesjon + `" autorisasjonsnoekkel="">` +
		"<sesjonsid>" + tilgang.Noekkel("a key for tests").Utsted(testNow, 0) + "</sesjonsid></brukersesjon:Brukersesjon>" +
		`<transaksjon:Transaksjonsinfo xmlns:transaksjon="` + wsdl.NamespaceTransaksjon + `"><sammendrag>` + tjeneste + referanse +
		"<antallTransaksjoner>1</antallTransaksjoner>" + kostnad + "</sammendrag>" + detaljer + "</transaksjon:Transaksjonsinfo></soap:Header>"
}

func TestEveryAnswerToSomebodyHasTheHeader(t *testing.T) {
	s := newService(t, testOperations)
	const (
		ingen = `<referanse xsi:nil="true"></referanse>`
		tid   = "<responstid><total>PT0.000000S</total><intern>PT0.000000S</intern><backOffice>PT0.000000S</backOffice><datakilde>PT0.000000S</datakilde></responstid>"
	)
	for _, c := range []struct {
		name, header, body, want string
	}{
		{"nothing asked for", "", taker(""), answerHeader("Arbeidstaker", ingen, "", "")},
		{"reference", transaksjonBlock("<referanse>sak 1 &lt;&amp;æ&gt;</referanse>"), taker(""),
			answerHeader("Arbeidstaker", "<referanse>sak 1 &lt;&amp;æ&gt;</referanse>", "", "")},
		{"response time", transaksjonBlock("<visResponstid>true</visResponstid>"), taker(""), answerHeader("Arbeidstaker", ingen, tid, "")},
		{"details", transaksjonBlock("<visDetaljer>true</visDetaljer><visRaadata>true</visRaadata>"), taker(""),
			answerHeader("Arbeidstaker", ingen, "", "yes")},
		{"both", transaksjonBlock("<visDetaljer>1</visDetaljer><visResponstid>1</visResponstid>"), taker(""),
			answerHeader("Arbeidstaker", ingen, tid, "yes")},
		{"not available", "", operationNamed("hentArbeidsgiver", ""), answerHeader("Arbeidsgiver", ingen, "", "")},
		{"fault of a product", "", operationNamed("hentAntallArbeidstakere", ""), answerHeader("AntallArbeidstakere", ingen, "", "")},
		{"fault of ours", "", operationNamed("hentArbeidsforhold", ""), answerHeader("Arbeidsforhold", ingen, "", "")},
		{"unknown operation", "", "<x/>", answerHeader("", ingen, "", "")},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, s.ask11(t, question11(c.header, c.body)).soapHeader()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestSesjonsidIsASignedTimeAndLogin(t *testing.T) {
	issued := tilgang.Noekkel("a").Utsted(testNow, 0)
	if !regexp.MustCompile(`^1587481958\.0#[A-Za-z0-9+/]{27}$`).MatchString(issued) {
		t.Errorf("sesjonsid = %q", issued)
	}
	for name, other := range map[string]string{
		"another key":   tilgang.Noekkel("b").Utsted(testNow, 0),
		"another time":  tilgang.Noekkel("a").Utsted(testNow.Add(time.Second), 0),
		"another login": tilgang.Noekkel("a").Utsted(testNow, 1),
	} {
		if _, signature, _ := strings.Cut(issued, "#"); strings.HasSuffix(other, signature) {
			t.Errorf("%s gives the same signature", name)
		}
	}
	if again := tilgang.Noekkel("a").Utsted(testNow, 0); again != issued {
		t.Errorf("the same session is issued as %q and %q: replicas would not agree", issued, again)
	}
}

func TestResponseTimeIsWhatTheClockSays(t *testing.T) {
	now := testNow
	config := testConfig(new(logBuffer))
	step := 500 * time.Microsecond // each look at the clock is twice as long after the last
	config.Now = func() time.Time { step *= 2; now = now.Add(step); return now }
	s := &service{Server: newServer(t, newHandler(config, testOperations)), log: new(logBuffer)}
	got := s.ask11(t, question11(transaksjonBlock("<visResponstid>true</visResponstid>"), taker("")))
	if got.status != http.StatusOK {
		t.Fatalf("status %d", got.status)
	}
	want := "<responstid><total>PT0.006000S</total><intern>PT0.002000S</intern><backOffice>PT0.004000S</backOffice><datakilde>PT0.004000S</datakilde></responstid>"
	if diff := cmp.Diff(want, write(got.root.FindElement("//responstid").Copy())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestEveryProcessSignsSessionsWithAKeyOfItsOwn(t *testing.T) {
	signature := func() string {
		config := testConfig(new(logBuffer))
		config.SessionKey = nil
		config.Now = func() time.Time { return testNow }
		s := &service{Server: newServer(t, newHandler(config, testOperations)), log: new(logBuffer)}
		return s.ask11(t, question11("", taker(""))).root.FindElement("//sesjonsid").Text()
	}
	if one, other := signature(), signature(); one == other {
		t.Error("two processes without a key in common sign alike")
	}
}

func TestReferanseIsEscapedAsEncodingXMLEscapesIt(t *testing.T) {
	for c := range rune(0x180) {
		for _, text := range []string{string(c), "sak " + string(c) + "1"} {
			var want bytes.Buffer
			if err := xml.EscapeText(&want, []byte(text)); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want.String(), string(appendEscaped(nil, text))); diff != "" {
				t.Errorf("%q (-want +got):\n%s", text, diff)
			}
		}
	}
}

func TestSessionIDOfLoginZeroIsThatOfItsSecond(t *testing.T) {
	h := bare(testConfig(io.Discard), testOperations)
	for _, at := range []time.Time{testNow, testNow.Add(time.Second / 2), testNow.Add(time.Second), testNow} {
		if diff := cmp.Diff(h.key.Utsted(at, 0), h.session(at)); diff != "" {
			t.Errorf("at %v (-want +got):\n%s", at, diff)
		}
	}
}
