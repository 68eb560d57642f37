package main

import (
	"encoding/xml"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/beevik/etree"

	"aareg/wsdl/felt"
)

// TestEveryStoryAnswersAsItPromises: a click on each leads to its outcome; together they show every product, every
// outcome that the demo register can have, and every picture.
func TestEveryStoryAnswersAsItPromises(t *testing.T) {
	s := start(t)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	browser := &http.Client{Jar: jar, Transport: secure{}}
	front := page(t, func() (*http.Response, error) { return browser.Get(s.address + "/oppslag") })
	seen := map[string]bool{}
	forms := front.FindElements("//section//li/form")
	for i, form := range forms {
		h, sent := demohistorier[i], url.Values{}
		for _, e := range form.FindElements(".//input") {
			sent.Set(e.SelectAttrValue("name", ""), e.SelectAttrValue("value", ""))
		}
		answer := page(t, func() (*http.Response, error) {
			return browser.PostForm(s.address+form.SelectAttrValue("action", ""), sent)
		})
		badge := answer.FindElement("//span[@data-statuskode]")
		if badge == nil || badge.SelectAttrValue("data-statuskode", "") != h.Statuskode {
			t.Errorf("%s is not %s", h.Navn, h.Statuskode)
		}
		seen[h.Operasjon], seen[h.Statuskode] = true, true
		for _, svg := range answer.FindElements("//main//svg") {
			seen[svg.Parent().SelectAttrValue("aria-labelledby", "")] = true
		}
	}
	want := []string{"tidslinje-overskrift", "bemanning-overskrift", "enhetstre-overskrift"}
	for _, o := range felt.Operations() {
		want = append(want, o.Navn)
	}
	for _, code := range felt.Select(felt.Table(), "hentArbeidstaker", felt.Respons)[0].Kodeliste() {
		if code != "utilgjengelig" { // of a register that cannot be read
			want = append(want, code)
		}
	}
	if missing := slices.DeleteFunc(want, func(w string) bool { return seen[w] }); len(missing) > 0 || len(forms) != len(demohistorier) {
		t.Errorf("%d forms; no story shows %v", len(forms), missing)
	}
}

// TestStoriesAreOfTheDemoRegisterAlone: no other register has them.
func TestStoriesAreOfTheDemoRegisterAlone(t *testing.T) {
	if other := (&settings{db: "register.db"}); other.historier() != nil {
		t.Errorf("%d stories of another register", len(other.historier()))
	}
}

// secure sends Secure cookies over HTTP, as a browser does to this machine.
type secure struct{}

func (secure) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err == nil {
		for i, line := range resp.Header["Set-Cookie"] {
			resp.Header["Set-Cookie"][i] = strings.Replace(line, "; Secure", "", 1)
		}
	}
	return resp, err
}

func page(t *testing.T, get func() (*http.Response, error)) *etree.Document {
	t.Helper()
	resp, err := get()
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	doc := etree.NewDocument()
	doc.ReadSettings = etree.ReadSettings{Permissive: true, AutoClose: xml.HTMLAutoClose, Entity: xml.HTMLEntity}
	if _, err := doc.ReadFrom(resp.Body); err != nil {
		t.Fatal(err)
	}
	return doc
}
