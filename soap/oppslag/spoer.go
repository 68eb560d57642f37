package oppslag

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/beevik/etree"

	"aareg/soap"
	"aareg/store"
	"aareg/wsdl"
	"aareg/wsdl/felt"
)

// Svar is a question that was asked, and what came of it.
type Svar struct {
	Produkt *Produkt
	Felter  map[string]string // what was filled in, by tag; as personal as the answer
	// Spoersmaal and SvarXML are the envelopes, with … where the session id was.
	Spoersmaal, SvarXML string
	Rot                 *etree.Element // the answer's root element; nil for a fault
	Statuskode          string         // "" for a fault
	Feil                *Feil          // nil for an answer
	Idag                store.Dato
	Valg                url.Values // the query of the page that shows it: how pictures are drawn
	Noekkel             string     // the page is /oppslag/svar/<Noekkel>
	Adresse             string     // that the service takes questions at, as its WSDL tells whoever looks

	// Sider lead to the rest of an answer that is not all on one page; nil for one that is.
	Sider *sidene
	// KanDetaljer says that the page may be asked to fetch Detaljer: answers of hentArbeidsforhold about those in Rot.
	KanDetaljer bool
	Detaljer    []*etree.Element
	// Bemanning is the headcount out of the whole list, of an answer of hentArbeidsgiver that has a part of it; nil otherwise.
	Bemanning *bemanning
	// Dataelementer are what the register has beyond an answer of hentArbeidsforhold; nil where they were not asked for.
	Dataelementer *dataelementer
}

// Feil is a question that was not understood or not answered.
type Feil struct {
	Status  int    // of the page
	Kode    string // feilkode of the fault, "opptatt" where there was none
	Melding string // feilmelding of the fault
}

var errUtloept = errors.New("the session is not in force")

// spoer asks the border.
func (o *Oppslag) spoer(r *http.Request, b besoek, q spoersmaal) (*Svar, error) {
	fri, err := o.plass(r.Context())
	if err != nil {
		return nil, err
	}
	defer fri()
	s := &Svar{Produkt: q.produkt, Felter: q.felter, Idag: o.config.Today(), Valg: r.URL.Query(), Noekkel: r.PathValue("noekkel")}
	asked := konvolutt(q, b.sesjonsid)
	s.Spoersmaal = asked
	a := o.send(r, http.MethodPost, wsdl.Endpoint, asked, func(h http.Header) {
		h.Set("Content-Type", "text/xml; charset=utf-8")
		h.Set("SOAPAction", `""`)
	})
	s.SvarXML = a.body.String()
	if b.sesjonsid != "" {
		s.Spoersmaal = strings.ReplaceAll(s.Spoersmaal, b.sesjonsid, "…")
	}
	return s, s.les(a)
}

// plass waits for a place among the answers that are read and drawn; fri gives it back.
func (o *Oppslag) plass(ctx context.Context) (fri func(), err error) {
	select {
	case o.plasser <- struct{}{}:
		return func() { <-o.plasser }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// konvolutt is the question over SOAP, indented for whoever reads it; elements without a value are left out.
func konvolutt(q spoersmaal, sesjonsid string) string {
	doc := etree.NewDocument()
	doc.CreateProcInst("xml", `version="1.0" encoding="UTF-8"`)
	envelope := doc.CreateElement("soap:Envelope")
	envelope.CreateAttr("xmlns:soap", "http://schemas.xmlsoap.org/soap/envelope/")
	if sesjonsid != "" {
		session := envelope.CreateElement("soap:Header").CreateElement("brukersesjon:Brukersesjon")
		session.CreateAttr("xmlns:brukersesjon", wsdl.NamespaceBrukersesjon)
		session.CreateElement("sesjonsid").SetText(sesjonsid)
	}
	root := envelope.CreateElement("soap:Body").CreateElement("aareg2:" + q.produkt.rot)
	root.CreateAttr("xmlns:aareg2", wsdl.NamespaceAareg2)
	for _, rad := range felt.Declared(q.produkt.Request) {
		if value := q.felter[rad.Tag]; value != "" {
			root.CreateElement(rad.Tag).SetText(value)
		}
	}
	doc.Indent(2)
	var b strings.Builder
	// A strings.Builder cannot fail.
	_, _ = doc.WriteTo(&b)
	return b.String()
}

// les reads the answer.
func (s *Svar) les(a *answer) error {
	doc := etree.NewDocument()
	if a.cut || doc.ReadFromString(s.SvarXML) != nil || doc.FindElement("/Envelope/Body/*") == nil {
		if a.status == http.StatusServiceUnavailable {
			s.Feil = &Feil{Status: a.status, Kode: "opptatt"}
			return nil
		}
		return errors.New("the answer is no envelope: status " + strconv.Itoa(a.status))
	}
	if id := doc.FindElement("/Envelope/Header/Brukersesjon/sesjonsid"); id != nil && id.Text() != "" {
		s.SvarXML = strings.ReplaceAll(s.SvarXML, id.Text(), "…")
	}
	body := doc.FindElement("/Envelope/Body/*")
	if body.Tag != "Fault" {
		s.Rot = body
		s.Statuskode = verdi(body, "statuskode")
		return nil
	}
	detail := body.FindElement("detail/feil")
	if detail == nil {
		return errors.New("a fault without a detail")
	}
	s.Feil = &Feil{Status: feilstatus[verdi(detail, "feilkode")], Kode: verdi(detail, "feilkode"), Melding: verdi(detail, "feilmelding")}
	if s.Feil.Status == 0 {
		s.Feil.Status = http.StatusInternalServerError
	}
	if s.Feil.Status == http.StatusUnauthorized {
		return errUtloept
	}
	return nil
}

// feilstatus is the status of the page about a fault.
var feilstatus = map[string]int{
	"ugyldigForespoersel": http.StatusUnprocessableEntity, "forStor": http.StatusUnprocessableEntity, "ugyldigXml": http.StatusUnprocessableEntity,
	"ugyldigBruker": http.StatusUnauthorized, "sesjonUtloept": http.StatusUnauthorized,
	"ikkeTilgang": http.StatusForbidden, "forMangeForespoersler": http.StatusTooManyRequests,
}

// legitimer is the visit of whoever the border lets in, and 200; otherwise the border's status. Without a user name it
// is a certificate's.
func (o *Oppslag) legitimer(r *http.Request, brukernavn, passord string) (besoek, int) {
	a := o.send(r, http.MethodGet, "/tilgang", "", func(h http.Header) {
		if brukernavn != "" {
			in := http.Request{Header: h}
			in.SetBasicAuth(brukernavn, passord)
		}
	})
	if a.status != http.StatusOK {
		return besoek{}, a.status
	}
	var told struct {
		Orgnr, Navn string
		Produkter   []struct {
			Navn    string
			Tillatt bool
		}
		Uttrekk struct {
			Tillatt bool
			Vist    int
		}
	}
	if err := json.Unmarshal(a.body.Bytes(), &told); err != nil {
		o.config.Log.Error("rights not read", "cause", err.Error())
		return besoek{}, http.StatusInternalServerError
	}
	b := besoek{sesjonsid: a.header.Get(soap.SesjonsidHeader), konsument: told.Navn, bruker: told.Orgnr + " " + strings.ToLower(brukernavn),
		produkter: map[string]bool{}, uttrekk: told.Uttrekk.Tillatt, detaljer: told.Uttrekk.Vist > 0}
	for _, p := range told.Produkter {
		b.produkter[p.Navn] = p.Tillatt
	}
	return b, http.StatusOK
}

// answer is what the border says, in memory.
type answer struct {
	status int
	header http.Header
	body   bytes.Buffer
	cut    bool // it ended before its end
}

func (a *answer) Header() http.Header { return a.header }

func (a *answer) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
}

func (a *answer) Write(p []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	return a.body.Write(p)
}

// carried are the headers of the person's request that tell the border where it comes from.
var carried = []string{"X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded"}

// send asks the border in the person's place: from the same address, over the same TLS.
func (o *Oppslag) send(r *http.Request, method, path, body string, set func(http.Header)) *answer {
	a := &answer{header: http.Header{}}
	a.cut = o.sendTil(a, r, method, path, body, set)
	return a
}

// sendTil has the border answer to w, and says whether the answer ended before its end.
func (o *Oppslag) sendTil(w http.ResponseWriter, r *http.Request, method, path, body string, set func(http.Header)) (cut bool) {
	in, err := http.NewRequestWithContext(soap.ForSide(r.Context()), method, path, strings.NewReader(body))
	if err != nil { // the arguments are constants
		return true
	}
	in.Host, in.RemoteAddr, in.TLS, in.RequestURI = r.Host, r.RemoteAddr, r.TLS, path
	for _, name := range carried {
		if values := r.Header.Values(name); len(values) > 0 {
			in.Header[name] = values
		}
	}
	set(in.Header)
	defer func() {
		if v := recover(); v != nil { // the border cuts an answer so; of anything else it has logged what may be known
			cut = true
		}
	}()
	o.config.Service.ServeHTTP(w, in)
	return false
}
