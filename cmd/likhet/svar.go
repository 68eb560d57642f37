package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"

	"aareg/wsdl"
)

// svar is an answer as it is compared: HTTP status, media type and text. How it came over the connection (length or
// pieces, packed or not, other header lines) is none of the contract's.
type svar struct {
	status    int
	mediatype string
	tekst     []byte
}

func (s *svar) lik(t *svar) bool {
	return s.status == t.status && s.mediatype == t.mediatype && bytes.Equal(s.tekst, t.tekst)
}

// What differs by nature between two answers to one question, and nothing else. It is cut to what is always the same when
// it has the form that it is to have; in another form it stays, and is a difference.
var (
	// In the header: the session, which has a time of issue, the login's number and a signature of the server's own key.
	sesjonsidForm = regexp.MustCompile(`<sesjonsid>[0-9]+\.[0-9]+#[A-Za-z0-9_+/-]{27}</sesjonsid>`)
	// In the header: the four times of responstid, of those who ask for them.
	responstidForm = regexp.MustCompile(`<(total|intern|backOffice|datakilde)>PT[0-9]+\.[0-9]{6}S</(?:total|intern|backOffice|datakilde)>`)
	// In faults that somebody may ask about: the reference under which the log has more.
	referanseForm = regexp.MustCompile(`(Referanse|Referanse for feilsøking): [0-9a-z]{12}`)
)

const hodeSlutt = "</soap:Header>"

// masker cuts what differs by nature.
func (s *svar) masker() {
	head, body, found := bytes.Cut(s.tekst, []byte(hodeSlutt))
	if !found {
		head, body = nil, s.tekst
	}
	if s.status != http.StatusOK {
		body = referanseForm.ReplaceAll(body, []byte("$1: …"))
	}
	if !found {
		s.tekst = body
		return
	}
	head = sesjonsidForm.ReplaceAll(head, []byte("<sesjonsid>…</sesjonsid>"))
	head = responstidForm.ReplaceAll(head, []byte("<$1>…</$1>"))
	s.tekst = bytes.Join([][]byte{head, body}, []byte(hodeSlutt))
}

// begynnelse is how many bytes of a body hold its outcome.
const begynnelse = 2000

// utfallFormer are where an answer tells what came out, the most exact first.
var utfallFormer = []*regexp.Regexp{
	regexp.MustCompile(`<(?:statuskode|feilkode)>([^<]+)</`),
	regexp.MustCompile(`<(?:faultcode|soap:Value)>([^<]+)</`),
}

// utfall is the statuskode of an answer, the feilkode of a fault, the faultcode of one without, else the HTTP status.
func (s *svar) utfall() string {
	_, body, found := bytes.Cut(s.tekst, []byte(hodeSlutt))
	if !found {
		body = s.tekst
	}
	body = body[:min(len(body), begynnelse)]
	for _, form := range utfallFormer {
		if code := form.FindSubmatch(body); code != nil {
			return string(code[1])
		}
	}
	return fmt.Sprintf("HTTP %d", s.status)
}

// ubesvart are outcomes that say that a question was not answered: where both have one, nothing is compared.
var ubesvart = map[string]bool{
	"utilgjengelig": true, "feilIBackOffice": true, "ugyldigBruker": true, "sesjonUtloept": true, "forMangeForespoersler": true,
	"HTTP 503": true, "HTTP 502": true, "HTTP 404": true,
}

// spoer asks one question; the answer is masked, the sesjonsid in it is what it was.
func spoer(ctx context.Context, client *http.Client, base string, q *spoersmaal, head http.Header, sesjonsid string) (s *svar, sesjon string, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, base+wsdl.Endpoint, strings.NewReader(q.konvolutt(sesjonsid)))
	if err != nil {
		return nil, "", err
	}
	for name, values := range head {
		r.Header[name] = values
	}
	r.Header.Set("Content-Type", q.mediatype())
	r.Header.Set("Accept-Encoding", "identity")
	if q.gzip {
		r.Header.Set("Accept-Encoding", "gzip")
	}
	response, err := client.Do(r)
	if err != nil {
		return nil, "", err
	}
	defer response.Body.Close()
	from := io.Reader(response.Body)
	if response.Header.Get("Content-Encoding") == "gzip" {
		if from, err = gzip.NewReader(response.Body); err != nil {
			return nil, "", err
		}
	}
	s = &svar{status: response.StatusCode, mediatype: response.Header.Get("Content-Type")}
	if s.tekst, err = io.ReadAll(from); err != nil {
		return nil, "", err
	}
	sesjon = string(bytes.TrimSuffix(bytes.TrimPrefix(sesjonsidForm.Find(s.tekst), []byte("<sesjonsid>")), []byte("</sesjonsid>")))
	s.masker()
	return s, sesjon, nil
}
