package oppslag

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/beevik/etree"
	"github.com/google/go-cmp/cmp"
)

// ordrett is the text in an element to the byte.
func ordrett(e *etree.Element) string {
	var b strings.Builder
	for _, token := range e.Child {
		switch token := token.(type) {
		case *etree.CharData:
			b.WriteString(token.Data)
		case *etree.Element:
			b.WriteString(ordrett(token))
		}
	}
	return b.String()
}

// vedId is the text of the element with that id, to the byte; "" where there is none.
func (p paa) vedId(id string) string {
	if e := p.dok.FindElement("//*[@id='" + id + "']"); e != nil {
		return ordrett(e)
	}
	return ""
}

// okt is a session id of the border.
var okt = regexp.MustCompile(`[0-9]{10,11}\.[0-9]+#[A-Za-z0-9+/]{27}`)

// rart is a name with whatever means something in XML, HTML, a shell, Python, PHP or JavaScript.
const rart = `O'Neil "æ" \ <script>alert(1)</script> &amp; $HOME ` + "`id`" + ` SLUTT ${x} \' {{.}}`

// sporsmaalene are one question of each product, one that is refused, and one of a strange name.
var sporsmaalene = []struct {
	operation string
	form      url.Values
}{
	{"hentAntallArbeidstakere", felter("orgnr", skole)},
	{"hentArbeidsgiver", felter("arbeidsgiverId", skole, "statusArbeidsforhold", "aktive", "datofra", "01.02.2003")},
	{"hentArbeidstaker", felter("foedselsnr", kari)},
	{"hentTrefflisteArbeidsgiver", felter("orgnavn", "lys & varme", "fonetisk", "false", "inkluderOpphoerte", "true")},
	{"hentTrefflisteArbeidstaker", felter("etternavn", rart, "fonetisk", "false")},
	{"hentArbeidsforhold", felter("arbeidsforholdId", "48000101")},
	{"hentArbeidsforhold", felter("arbeidsforholdId", "x")},
}

// TestPanelShowsWhatWasOnTheWire: asking the question that it shows gives the answer that it shows, byte for byte but for
// the session.
func TestPanelShowsWhatWasOnTheWire(t *testing.T) {
	s := nyTjeneste(t)
	k := s.klient(t)
	for _, c := range sporsmaalene {
		p := k.post(t, "/oppslag/"+c.operation, c.form)
		r, err := http.NewRequest(http.MethodPost, s.URL+"/ws/NAV/Aareg2.pl", strings.NewReader(p.vedId("xml-spoersmaal")))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "text/xml; charset=utf-8")
		resp, err := s.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		wire := etree.NewDocument()
		if _, err := wire.ReadFrom(resp.Body); err != nil || resp.Body.Close() != nil {
			t.Fatal(err)
		}
		want, err := wire.WriteToString()
		if err != nil {
			t.Fatal(err)
		}
		want = okt.ReplaceAllString(want, "…")
		shown := etree.NewDocument()
		if err := shown.ReadFromString(p.vedId("xml-svar")); err != nil {
			t.Fatalf("%s: %v", c.operation, err)
		}
		got, err := shown.WriteToString()
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%s (-wire +panel): %v\n%s", c.operation, err, diff)
		}
	}
}

// TestDrawnXMLIsTheDocumentToTheByte: colours and boxes add nothing to what is copied.
func TestDrawnXMLIsTheDocumentToTheByte(t *testing.T) {
	const document = "<?xml version=\"1.0\"?>\n<a:b xmlns:a='x\"y' c=\"&lt;&amp;'d'\"><!-- <e> --><e></e>\n  <f/> <g> 1 &lt; 2 &amp;amp; <![CDATA[<h>]]></g></a:b>\n"
	drawn, err := farg(document, len(document))
	if err != nil || !drawn.Hel {
		t.Fatal(err)
	}
	page := etree.NewDocument()
	if err := page.ReadFromString("<p>" + string(drawn.HTML) + "</p>"); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(document, ordrett(page.Root())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	var names, texts []string
	for _, e := range page.FindElements("//span[@class='xa']") {
		names = append(names, ordrett(e))
	}
	for _, e := range page.FindElements("//span[@class='xt']") {
		texts = append(texts, ordrett(e))
	}
	want := [][]string{{"xmlns:a", "c"}, {`'x"y'`, `"&lt;&amp;'d'"`, " 1 &lt; 2 &amp;amp; ", "<![CDATA[<h>]]>"}}
	if diff := cmp.Diff(want, [][]string{names, texts}); diff != "" {
		t.Errorf("coloured (-want +got):\n%s", diff)
	}
	for _, half := range []string{"<a><b", "<a>b<", `<a b=">`, "<a><!-- b>", "<a><![CDATA[b]>", "<?a >"} {
		if _, err := farg(half, 99); err == nil {
			t.Errorf("%q is drawn", half)
		}
	}
}

// argumenter read a call's arguments, by the id of its code, with the pattern of one and how its value is written.
var argumenter = map[string]struct {
	moenster *regexp.Regexp
	verdi    func(string) (string, error)
}{
	"kode-zeep": {regexp.MustCompile(`(?m)^    (\w+)=(".*"),$`), avJSON},
	"kode-node": {regexp.MustCompile(`(?m)^    (\w+): (".*"),$`), avJSON},
	"kode-php":  {regexp.MustCompile(`(?m)^    '(\w+)' => '((?:[^'\\]|\\['\\])*)',$`), avPHP},
}

func avJSON(literal string) (text string, err error) {
	err = json.Unmarshal([]byte(literal), &text)
	return text, err
}

func avPHP(literal string) (string, error) {
	return strings.NewReplacer(`\\`, `\`, `\'`, `'`).Replace(literal), nil
}

// TestCodeAsksTheSameQuestion: in each language, with the names and the values that were filled in, at the service's
// own address.
func TestCodeAsksTheSameQuestion(t *testing.T) {
	s := nyTjeneste(t)
	k := s.klient(t)
	for _, c := range sporsmaalene {
		p := k.post(t, "/oppslag/"+c.operation, c.form)
		want := map[string]string{}
		asked := etree.NewDocument()
		if err := asked.ReadFromString(p.vedId("xml-spoersmaal")); err != nil {
			t.Fatal(err)
		}
		for _, e := range asked.FindElements("//" + c.operation + "/*") {
			want[e.Tag] = e.Text()
		}
		if len(want) != len(c.form) {
			t.Fatalf("%s: %d fields asked", c.operation, len(want))
		}
		for id, language := range argumenter {
			code, got := p.vedId(id), map[string]string{}
			for _, m := range language.moenster.FindAllStringSubmatch(code, -1) {
				value, err := language.verdi(m[2])
				if err != nil {
					t.Errorf("%s %s: %v", id, c.operation, err)
				}
				got[m[1]] = value
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s %s (-want +got):\n%s", id, c.operation, diff)
			}
			if !strings.Contains(code, s.URL+"/ws/NAV/Aareg2.pl?wsdl") || !strings.Contains(code, c.operation) {
				t.Errorf("%s asks somebody else, or something else", id)
			}
		}
		command, body, _ := strings.Cut(p.vedId("kode-curl"), " <<'SLUTT'\n")
		body, rest, _ := strings.Cut(body, "\nSLUTT")
		if !strings.HasSuffix(command, "'"+s.URL+"/ws/NAV/Aareg2.pl'") || strings.TrimSpace(rest) != "" {
			t.Errorf("curl: %s", command)
		}
		if diff := cmp.Diff(strings.TrimSpace(p.vedId("xml-spoersmaal")), body); diff != "" {
			t.Errorf("curl (-want +got):\n%s", diff)
		}
	}
}

// TestPanelIsShutAndLeadsToTheContract: until somebody opens it; whatever can be copied is on the page.
func TestPanelIsShutAndLeadsToTheContract(t *testing.T) {
	s := nyTjeneste(t)
	p := s.klient(t).post(t, "/oppslag/hentArbeidstaker", felter("foedselsnr", kari))
	details := p.dok.FindElements("//div[@class='utvikler']//details")
	for _, d := range details {
		if d.SelectAttr("open") != nil {
			t.Error("open at first")
		}
	}
	buttons := p.dok.FindElements("//div[@class='utvikler']//button")
	for _, b := range buttons {
		if b.SelectAttr("hidden") == nil || p.vedId(b.SelectAttrValue("data-kopier", "")) == "" {
			t.Errorf("%s copies nothing, or is shown where there are no scripts", lest(b))
		}
	}
	if len(details) != 6 || len(buttons) != 6 {
		t.Errorf("%d parts, %d buttons", len(details), len(buttons))
	}
	for _, l := range kontrakt {
		if p.dok.FindElement("//div[@class='utvikler']//a[@href='"+l.Sti+"']") == nil {
			t.Errorf("no way to %s", l.Sti)
		}
		resp, err := s.Client().Get(s.URL + l.Sti)
		if err != nil {
			t.Fatal(err)
		}
		document := etree.NewDocument()
		if _, err := document.ReadFrom(resp.Body); err != nil || document.Root() == nil || resp.StatusCode != http.StatusOK || resp.Body.Close() != nil {
			t.Errorf("%s: status %d, %v", l.Sti, resp.StatusCode, err)
		}
	}
}

// TestLongAnswerIsShownInPart: the panel says so, offers no half copy, and the page has the rest nowhere.
func TestLongAnswerIsShownInPart(t *testing.T) {
	p := nyTjeneste(t).klient(t).post(t, "/oppslag/hentArbeidsgiver", felter("arbeidsgiverId", "220000036"))
	shown := p.vedId("xml-svar")
	if len(shown) < maksVist || len(shown) > maksVist+1000 || strings.Contains(shown, "</soap:Envelope>") {
		t.Errorf("%d bytes are shown", len(shown))
	}
	ids := []string{}
	for _, b := range p.dok.FindElements("//div[@class='utvikler']//button") {
		ids = append(ids, b.SelectAttrValue("data-kopier", ""))
	}
	if want := []string{"xml-spoersmaal", "kode-curl", "kode-zeep", "kode-php", "kode-node"}; !slices.Equal(want, ids) {
		t.Errorf("copied: %v", ids)
	}
	if said := p.first("//div[@class='utvikler']//details//p"); !strings.HasPrefix(said, "Bare begynnelsen er vist") {
		t.Errorf("it says %q", said)
	}
}

// TestPanelHasNoSecrets: no session of whoever looks, and words where the password belongs.
func TestPanelHasNoSecrets(t *testing.T) {
	s := nyMedKonsumenter(t)
	s.konsument(t, etat, "bruker", nil)
	k := s.klient(t)
	k.inn(t, "bruker")
	p := k.post(t, "/oppslag/hentArbeidsforhold", felter("arbeidsforholdId", "48000101"))
	if p.statuskode() != "komplett" || okt.MatchString(p.text) || strings.Contains(p.text, passord) {
		t.Errorf("%s, with a secret on the page", p.statuskode())
	}
	for id, want := range map[string]string{"kode-curl": "-u BRUKERNAVN ", "kode-zeep": `("BRUKERNAVN", "PASSORD")`,
		"kode-php": "'login' => 'BRUKERNAVN', 'password' => 'PASSORD'", "kode-node": "BasicAuthSecurity('BRUKERNAVN', 'PASSORD')"} {
		if !strings.Contains(p.vedId(id), want) {
			t.Errorf("%s does not log in", id)
		}
	}
}
