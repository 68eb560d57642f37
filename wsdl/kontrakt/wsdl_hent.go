package kontrakt

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/beevik/etree"
)

// Limits on the documents of one WSDL.
const (
	maksDokument   = 16 << 20
	maksDokumenter = 32
)

// The namespaces of WSDL documents.
const (
	nsWSDL     = "http://schemas.xmlsoap.org/wsdl/"
	nsWSDLSOAP = "http://schemas.xmlsoap.org/wsdl/soap/"
	nsSkjema   = "http://www.w3.org/2001/XMLSchema"
)

// dokumenter are a WSDL and all that it imports.
type dokumenter struct {
	spoerrer     *Spoerrer
	hentet       map[string]bool
	definisjoner []*etree.Element // roots of WSDLs, the first is the one of the endpoint
	skjemaer     []*etree.Element
	problemer    []string
}

// hentWSDL fetches the WSDL of an endpoint, at its address with ?wsdl, and follows its imports on the same host.
func hentWSDL(ctx context.Context, s *Spoerrer) (*dokumenter, error) {
	at, err := url.Parse(s.URL)
	if err != nil {
		return nil, errors.New("the endpoint's address cannot be used")
	}
	at.RawQuery, at.Fragment = "wsdl", ""
	d := &dokumenter{spoerrer: s, hentet: map[string]bool{}}
	root, err := d.hent(ctx, at)
	if err != nil {
		return nil, err
	}
	if root.Tag != "definitions" || root.NamespaceURI() != nsWSDL {
		return nil, errors.New("is no WSDL 1.1")
	}
	d.ta(ctx, at, root)
	return d, nil
}

func (d *dokumenter) hent(ctx context.Context, at *url.URL) (*etree.Element, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String(), nil)
	if err != nil {
		return nil, errors.New("its address cannot be used")
	}
	if d.spoerrer.Bruker != "" {
		r.SetBasicAuth(d.spoerrer.Bruker, d.spoerrer.Passord)
	}
	resp, err := d.spoerrer.Klient.Do(r)
	if err != nil {
		return nil, errors.New(utenAdresse(err))
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("HTTP %d", resp.StatusCode)
	}
	text, err := io.ReadAll(io.LimitReader(resp.Body, maksDokument+1))
	switch {
	case err != nil:
		return nil, errors.New("was cut: " + utenAdresse(err))
	case len(text) > maksDokument:
		return nil, fmt.Errorf("has more than %d bytes", maksDokument)
	}
	return les(text)
}

// ta keeps a document and follows what it imports.
func (d *dokumenter) ta(ctx context.Context, at *url.URL, root *etree.Element) {
	switch {
	case root.Tag == "schema" && root.NamespaceURI() == nsSkjema:
		d.skjema(ctx, at, root)
	case root.Tag == "definitions" && root.NamespaceURI() == nsWSDL:
		d.definisjoner = append(d.definisjoner, root)
		for _, e := range root.ChildElements() {
			switch {
			case e.NamespaceURI() != nsWSDL:
			case e.Tag == "import":
				d.foelg(ctx, at, e.SelectAttrValue("location", ""))
			case e.Tag == "types":
				for _, s := range e.ChildElements() {
					d.skjema(ctx, at, s)
				}
			}
		}
	}
}

func (d *dokumenter) skjema(ctx context.Context, at *url.URL, root *etree.Element) {
	if root.Tag != "schema" || root.NamespaceURI() != nsSkjema {
		return
	}
	d.skjemaer = append(d.skjemaer, root)
	for _, e := range root.ChildElements() {
		if e.Tag == "import" || e.Tag == "include" {
			d.foelg(ctx, at, e.SelectAttrValue("schemaLocation", ""))
		}
	}
}

// foelg fetches an imported document, once, and from the endpoint's own host alone: whoever judges an endpoint does
// not mean to ask others.
func (d *dokumenter) foelg(ctx context.Context, base *url.URL, location string) {
	if location == "" {
		return
	}
	at, err := base.Parse(location)
	switch {
	case err != nil:
		d.problemer = append(d.problemer, "an import's location is no URL")
		return
	case at.Host != base.Host || at.Scheme != base.Scheme:
		d.problemer = append(d.problemer, fmt.Sprintf("imports a document from another host (%s), which is not read", utdrag(at.Host)))
		return
	case d.hentet[at.String()]:
		return
	case len(d.hentet) >= maksDokumenter:
		d.problemer = append(d.problemer, fmt.Sprintf("imports more than %d documents", maksDokumenter))
		return
	}
	d.hentet[at.String()] = true
	root, err := d.hent(ctx, at)
	if err != nil {
		d.problemer = append(d.problemer, fmt.Sprintf("the imported %s: %v", utdrag(at.Path), err))
		return
	}
	d.ta(ctx, at, root)
}

// qnavn is an expanded name.
type qnavn struct{ ns, lokal string }

// utvidet is the expanded name that an attribute's QName means at an element.
func utvidet(e *etree.Element, qname string) qnavn {
	prefix, local, found := strings.Cut(strings.TrimSpace(qname), ":")
	if !found {
		prefix, local = "", prefix
	}
	for at := e; at != nil; at = at.Parent() {
		for _, a := range at.Attr {
			if prefix != "" && a.Space == "xmlns" && a.Key == prefix || prefix == "" && a.Space == "" && a.Key == "xmlns" {
				return qnavn{a.Value, local}
			}
		}
	}
	return qnavn{"", local}
}
