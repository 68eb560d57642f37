package kontrakt

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// The media types of the two SOAP versions.
const (
	SOAP11 = "text/xml; charset=utf-8"
	SOAP12 = "application/soap+xml; charset=utf-8"
)

// svarMaks is how many bytes of an answer are read.
const svarMaks = 64 << 20

// Spoerrer asks an endpoint.
type Spoerrer struct {
	URL    string
	Klient *http.Client
	// Basic are credentials for HTTP Basic; empty sends none.
	Bruker, Passord string
	// Skjult takes credentials out of answers that repeat them, before anything is kept (Innlogging.Skjult); nil nothing.
	Skjult *strings.Replacer
	// Innlogging goes with every question that has no Brukersesjon of its own: its credentials until an answer has a
	// sesjonsid, and that from then on. nil: none.
	Innlogging *Innlogging
	sesjon     sesjon
}

// Spoer sends a question and reads the answer. What keeps it from coming is told in Svar.Feil. A sesjonsid that is
// refused is not sent again: the question is repeated with credentials.
func (s *Spoerrer) Spoer(ctx context.Context, q *Spoersmaal) Svar {
	if s.Innlogging == nil || !utenInnlogging(q) {
		return s.send(ctx, q)
	}
	id := s.sesjon.id()
	svar := s.sendSom(ctx, q, id)
	if kode := tilgangsfeil(svar); id != "" && slices.Contains(omInnlogging, kode) {
		s.sesjon.avvist(id, kode)
		svar = s.sendSom(ctx, q, "")
	}
	return svar
}

// sendSom sends a question with a sesjonsid, or with credentials where there is none.
func (s *Spoerrer) sendSom(ctx context.Context, q *Spoersmaal, id string) Svar {
	sent := *q
	if err := s.Innlogging.sett(&sent, id); err != nil {
		return Svar{Feil: errIngenPlass.Error()}
	}
	svar := s.send(ctx, &sent)
	if tilgangsfeil(svar) == "" {
		s.sesjon.faatt(svar.Kropp)
	}
	return svar
}

func (s *Spoerrer) send(ctx context.Context, q *Spoersmaal) Svar {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, s.URL, bytes.NewReader(q.Konvolutt))
	if err != nil {
		return Svar{Feil: "the endpoint's address cannot be used"}
	}
	r.Header.Set("Content-Type", q.Mediatype)
	if s.Bruker != "" {
		r.SetBasicAuth(s.Bruker, s.Passord)
	}
	begun := time.Now()
	resp, err := s.Klient.Do(r)
	if err != nil {
		return Svar{Feil: utenAdresse(err), Tid: time.Since(begun)}
	}
	defer resp.Body.Close()
	svar := Svar{Status: resp.StatusCode, Mediatype: resp.Header.Get("Content-Type")}
	svar.Kropp, err = io.ReadAll(io.LimitReader(resp.Body, svarMaks+1))
	svar.Tid = time.Since(begun)
	if s.Skjult != nil {
		svar.Mediatype, svar.Kropp = s.Skjult.Replace(svar.Mediatype), []byte(s.Skjult.Replace(string(svar.Kropp)))
	}
	switch coding := resp.Header.Get("Content-Encoding"); { // gzip, which is asked for, has been undone and is not told
	case coding != "" && coding != "identity":
		svar.Feil = fmt.Sprintf("the answer has the Content-Encoding %q, which was not asked for", utdrag(coding))
	case err != nil:
		svar.Feil = "the answer was cut: " + utenAdresse(err)
	case len(svar.Kropp) > svarMaks:
		svar.Feil = fmt.Sprintf("the answer has more than %d bytes", svarMaks)
	}
	return svar
}

// utenAdresse is what is wrong, without the URL that net/http puts before it: it may hold credentials.
func utenAdresse(err error) string {
	var outer *url.Error
	if errors.As(err, &outer) {
		err = outer.Err
	}
	var timeout net.Error
	switch {
	case errors.As(err, &timeout) && timeout.Timeout():
		return "no answer in time"
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		return "the connection was closed"
	}
	return err.Error()
}
