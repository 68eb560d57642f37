package main

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// TestPageIsThereUnlessItIsTurnedOff: on the port of the questions, for a browser that keeps cookies or for none.
func TestPageIsThereUnlessItIsTurnedOff(t *testing.T) {
	for _, c := range []struct {
		flags  []string
		status int
		text   string
	}{
		{nil, http.StatusOK, "<h1"},
		{withConsumer(t), http.StatusOK, `name="passord"`},
		{[]string{"--oppslag=false"}, http.StatusNotFound, "404"},
	} {
		resp, err := http.Get(start(t, c.flags...).address + "/oppslag")
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(resp.Body)
		if err != nil || resp.Body.Close() != nil {
			t.Fatal(err)
		}
		if resp.StatusCode != c.status || !strings.Contains(string(text), c.text) {
			t.Errorf("%v: status %d", c.flags, resp.StatusCode)
		}
	}
}

// TestPageIsCutWhereAQuestionIsNot: a person gets 50 arbeidsforhold of an employer at a time, and is told that there are more.
func TestPageIsCutWhereAQuestionIsNot(t *testing.T) {
	s := start(t)
	browser := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	posted, err := browser.PostForm(s.address+"/oppslag/hentArbeidsgiver", url.Values{"arbeidsgiverId": {"220000036"}})
	if err != nil {
		t.Fatal(err)
	}
	posted.Body.Close()
	for _, query := range []string{"", "?side=2", fmt.Sprintf("?side=%d", maxPaged/onPage)} {
		r, err := http.NewRequest(http.MethodGet, s.address+posted.Header.Get("Location")+query, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range posted.Cookies() {
			r.AddCookie(c)
		}
		resp, err := browser.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if rows := strings.Count(string(text), `form="til-hentArbeidsforhold"`); err != nil || rows != onPage || !strings.Contains(string(text), `data-statuskode="trunkert"`) {
			t.Errorf("%q: status %d, %d arbeidsforhold, %v", query, resp.StatusCode, rows, err)
		}
	}
}
