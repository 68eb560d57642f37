package oppslag

import (
	"encoding/xml"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/beevik/etree"
)

// klient is a browser without scripts. Whatever it is answered is checked by kontroll.
type klient struct {
	*http.Client
	base string
}

func (s *tjeneste) klient(t *testing.T) *klient {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &klient{&http.Client{Transport: kontroll{t, s.Client().Transport}, Jar: jar}, s.URL}
}

// personnr is a number of eleven digits, and no part of a digest.
var personnr = regexp.MustCompile(`(^|[^0-9a-zA-Z])[0-9]{11}($|[^0-9a-zA-Z])`)

// kontroll fails the test when an answer breaks what is promised of all: no number in an address or a header, and the
// headers that keep personal data here.
type kontroll struct {
	t *testing.T
	http.RoundTripper
}

func (k kontroll) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := k.RoundTripper.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	if personnr.MatchString(r.URL.String()) {
		k.t.Errorf("a number in the address of a request")
	}
	for name, values := range resp.Header {
		if personnr.MatchString(strings.Join(values, " ")) {
			k.t.Errorf("a number in header %s", name)
		}
	}
	want := map[string]string{"Content-Security-Policy": csp, "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff",
		"Cross-Origin-Opener-Policy": "same-origin", "Cache-Control": "no-store"}
	if strings.HasPrefix(r.URL.Path, "/oppslag/statisk/") && resp.StatusCode < 400 {
		want["Cache-Control"] = "public, max-age=31536000, immutable"
	}
	for name, value := range want {
		if got := resp.Header.Get(name); got != value {
			k.t.Errorf("%s of %s %s is %q", name, r.Method, r.URL.Path, got)
		}
	}
	return resp, nil
}

// paa is a page that was answered.
type paa struct {
	status int
	sti    string // where redirects led to
	header http.Header
	text   string
	dok    *etree.Document // nil when it is no HTML
}

func (k *klient) do(t *testing.T, r *http.Request) paa {
	t.Helper()
	resp, err := k.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	p := paa{status: resp.StatusCode, sti: resp.Request.URL.RequestURI(), header: resp.Header, text: string(text)}
	if !strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html") {
		return p
	}
	p.dok = etree.NewDocument()
	p.dok.ReadSettings = etree.ReadSettings{Permissive: true, AutoClose: xml.HTMLAutoClose, Entity: xml.HTMLEntity}
	if err := p.dok.ReadFromString(p.text); err != nil {
		t.Fatalf("%s: %v", p.sti, err)
	}
	if title := p.first("//title"); personnr.MatchString(title) {
		t.Errorf("%s: a number in the title", p.sti)
	}
	return p
}

func (k *klient) hent(t *testing.T, path string) paa {
	t.Helper()
	r, err := http.NewRequest(http.MethodGet, k.base+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	return k.do(t, r)
}

func (k *klient) post(t *testing.T, path string, form url.Values) paa {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, k.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return k.do(t, r)
}

// felter is a form of one field, or of more.
func felter(pairs ...string) url.Values {
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return v
}

// lest is all text in an element, with single blanks.
func lest(e *etree.Element) string {
	var b strings.Builder
	for _, token := range e.Child {
		switch token := token.(type) {
		case *etree.CharData:
			b.WriteString(token.Data)
		case *etree.Element:
			b.WriteString(" " + lest(token) + " ")
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// all are the texts of the elements on an etree path, first the first's.
func (p paa) all(path string) (texts []string) {
	for _, e := range p.dok.FindElements(path) {
		texts = append(texts, lest(e))
	}
	return texts
}

func (p paa) first(path string) string {
	if texts := p.all(path); len(texts) > 0 {
		return texts[0]
	}
	return ""
}

// attr is an attribute of the first element on a path.
func (p paa) attr(path, name string) string {
	if e := p.dok.FindElement(path); e != nil {
		return e.SelectAttrValue(name, "")
	}
	return ""
}

// statuskode is what the badge stands for.
func (p paa) statuskode() string { return p.attr("//span[@data-statuskode]", "data-statuskode") }
