package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"unicode"

	"aareg/wsdl"
)

// secrets are every identity number and every name of a person in the demo register, as its files hold them, and every
// number of a unit; names word by word, in lower case.
func secrets(t *testing.T) map[string]bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, "fixtures", "register", "*.json"))
	if err != nil || len(files) < 10 {
		t.Fatalf("%d files of the register: %v", len(files), err)
	}
	found := map[string]bool{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var story any
		if err := json.Unmarshal(text, &story); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		gather(story, "", found)
	}
	if len(found) < 200 {
		t.Fatalf("only %d numbers and names found", len(found))
	}
	return found
}

var number = regexp.MustCompile(`^(?:[0-9]{9}|[0-9]{11})$`)

func gather(value any, key string, into map[string]bool) {
	switch v := value.(type) {
	case map[string]any:
		for key, value := range v {
			gather(value, key, into)
		}
	case []any:
		for _, value := range v {
			gather(value, key, into)
		}
	case string:
		isName := slices.Contains([]string{"etternavn", "fornavn", "mellomnavn"}, key)
		if isName || number.MatchString(v) {
			for _, word := range words(v) {
				into[word] = true
			}
		}
	}
}

func words(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// checkSecrets asks with each of them where it belongs and, above all, where it does not.
func checkSecrets(t *testing.T, p *program) {
	var asking sync.WaitGroup
	var asked atomic.Int64
	places := make(chan bool, 8)
	for i, secret := range slices.Sorted(maps.Keys(secrets(t))) {
		if testing.Short() && i%5 != 0 {
			continue
		}
		places <- true
		asking.Go(func() {
			defer func() { <-places }()
			for _, request := range misplaced(secret) {
				checkNotRepeated(t, p.send(t, request), secret)
				asked.Add(1)
			}
		})
	}
	asking.Wait()
	t.Logf("%d requests", asked.Load())
}

// checkNotRepeated holds a refusal to naming rules: it never repeats a value. In misplaced, what begins with n is the name
// of an element, which a fault may tell.
func checkNotRepeated(t *testing.T, got result, secret string) {
	t.Helper()
	if got.outcome == "" {
		t.Error("no answer")
	}
	checkLeaks(t, got)
	if !strings.HasPrefix(got.outcome, "200") && number.MatchString(secret) && slices.Contains(words(got.text), secret) {
		t.Errorf("%s repeats what was asked", got.outcome)
	}
}

func misplaced(secret string) []string {
	name := "n" + secret // numbers do not begin names
	path := url.PathEscape(secret)
	ask := func(body string) string { return post(textXML, envelope(body)) }
	head := "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\n"
	return []string{
		ask(element("hentArbeidstaker", "<foedselsnr>"+secret+"</foedselsnr>")),
		ask(element("hentArbeidsgiver", "<arbeidsgiverId>"+secret+"</arbeidsgiverId>")),
		ask(element("hentArbeidsforhold", "<arbeidsforholdId>"+secret+"</arbeidsforholdId>")),
		ask(element("hentTrefflisteArbeidstaker", "<etternavn>"+secret+"</etternavn><fonetisk>"+secret+"</fonetisk>")),
		ask(element("hentArbeidstaker", "<"+name+">"+secret+"</"+name+">")),
		ask(element("hentArbeidstaker", "<foedselsnr><"+name+"/></foedselsnr>")),
		ask(element("hentArbeidstaker", "<foedselsnr>"+strings.Repeat(secret+" ", 60)+"</foedselsnr>")),
		ask(element(name, secret)),
		ask("<" + name + ` xmlns="urn:` + secret + `"/>`),
		post(textXML, envelopeOf(soap11NS, `<u:`+name+` xmlns:u="urn:`+secret+`" s:mustUnderstand="1">`+secret+"</u:"+name+">", antall)),
		post(textXML, envelopeOf(soap11NS, fmt.Sprintf(`<b:Brukersesjon xmlns:b="%s"><sesjonsid>%s</sesjonsid><brukernavn>%s</brukernavn></b:Brukersesjon>`,
			wsdl.NamespaceBrukersesjon, secret, secret), antall)),
		post(textXML, envelopeOf(soap11NS, fmt.Sprintf(`<t:Transaksjon xmlns:t="%s"><referanse>%s</referanse></t:Transaksjon>`,
			wsdl.NamespaceTransaksjon, secret), antall)),
		post(textXML, envelopeOf("urn:"+secret, "", antall)),
		post(textXML, secret),
		post(textXML, "<"+name),
		post(textXML, "<!DOCTYPE "+name+">"),
		post(textXML, "<?"+name+" "+secret+"?>"),
		post(textXML, "<a>&"+name+";</a>"),
		post("text/xml; charset="+secret, "<a/>"),
		post(secret+"/"+secret, "<a/>"),
		post(textXML, envelope(antall), "SOAPAction: "+secret, "User-Agent: "+secret, "X-Forwarded-For: "+secret, "Authorization: "+secret, "Cookie: a="+secret),
		post(textXML, "<a/>", "Content-Encoding: "+secret),
		post(textXML, "<a/>", secret+" x: y"),
		post(textXML, "<a/>", "Expect: "+secret),
		head + "Content-Length: 9" + secret + "\r\n\r\n",
		head + "Transfer-Encoding: " + secret + "\r\n\r\n",
		head + "Transfer-Encoding: chunked\r\n\r\n" + secret + secret + "\r\n",
		get("GET", "/"+path), get("GET", wsdl.Endpoint+"?wsdl&"+path), get("GET", wsdl.Endpoint+"/"+path), get("POST", "/"+path),
		get("DELETE", "/"+path+"?foedselsnr="+path), get("GET", "http://"+path+"/"), get(name, "/"),
		"GET /?wsdl HTTP/1.1\r\nHost: " + secret + "\r\n\r\n",
		"GET /" + path + " HTTP/" + secret + "\r\nHost: x\r\n\r\n",
		secret + "\r\n\r\n",
	}
}

// checkLog looks through everything that the program said in the whole run, word by word.
func checkLog(t *testing.T, log string) {
	t.Helper()
	hidden := secrets(t)
	lines := 0
	for line := range strings.Lines(log) {
		lines++
		var entry map[string]any
		if err := json.Unmarshal([]byte(line), &entry); err != nil {
			t.Errorf("a line of %d bytes is no JSON object", len(line))
			entry = map[string]any{"line": line}
		}
		delete(entry, "time") // its digits could be anybody's
		for _, word := range words(fmt.Sprint(entry)) {
			if hidden[word] {
				t.Errorf("%v holds a number or a name of the register", entry["msg"])
			}
		}
		if entry["msg"] == "question refused" {
			rest := slices.Sorted(maps.Keys(entry))
			if !slices.Equal(rest, []string{"bytes", "digest", "feilkode", "level", "msg", "referanse"}) && !slices.Equal(rest, []string{"feilkode", "level", "msg", "referanse"}) {
				t.Errorf("a refused question is logged with %v", rest)
			}
		}
	}
	if lines == 0 {
		t.Error("nothing was logged at all")
	}
	t.Logf("%d lines of log searched for %d numbers and names", lines, len(hidden))
}
