package oppslag

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http"
	"strings"
	"text/template"

	"aareg/wsdl"
	"aareg/wsdl/felt"
)

// kall is a question as the code of a client asks it.
type kall struct {
	Operasjon  string // as the dialect names it
	Adresse    string // that questions are posted to
	WSDL       string // that clients read
	Innlogging bool   // the service asks who it is: BRUKERNAVN and PASSORD stand for it; curl asks for the password
	Felter     []kallfelt
	Konvolutt  string // without a session
}

// kallfelt is an argument.
type kallfelt struct{ Tag, Verdi string }

// kall is the question of an answer.
func (o *Oppslag) kall(s *Svar) kall {
	k := kall{Operasjon: s.Produkt.rot, Adresse: s.Adresse, WSDL: s.Adresse + "?wsdl", Innlogging: o.config.Innlogging,
		Konvolutt: strings.TrimSpace(konvolutt(spoersmaal{produkt: s.Produkt, felter: s.Felter}, ""))}
	for _, rad := range felt.Declared(s.Produkt.Request) {
		if value := s.Felter[rad.Tag]; value != "" {
			k.Felter = append(k.Felter, kallfelt{rad.Tag, value})
		}
	}
	return k
}

// klienter are the ways to ask that are shown, of the clients that make interop asks with, and each in the form it has
// there.
var klienter = []struct{ Id, Tittel, mal string }{
	{"kode-curl", "curl", "curl.tmpl"},
	{"kode-zeep", "Python (zeep)", "zeep.tmpl"},
	{"kode-php", "PHP (SoapClient)", "php.tmpl"},
	{"kode-node", "JavaScript (npm soap)", "node.tmpl"},
}

// kodemaler write them; a value is always within a literal of its language.
var kodemaler = template.Must(template.New("").Funcs(template.FuncMap{"json": jsonLiteral, "php": phpLiteral}).
	ParseFS(malfiler, "maler/kode/*.tmpl"))

// jsonLiteral is a text as JSON writes it, which JavaScript and Python read alike.
func jsonLiteral(text string) (string, error) {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(text)
	return strings.TrimSuffix(b.String(), "\n"), err
}

var iPHP = strings.NewReplacer(`\`, `\\`, `'`, `\'`)

// phpLiteral is a text between single quotes.
func phpLiteral(text string) string { return "'" + iPHP.Replace(text) + "'" }

// adresse is where the service says that it is, to who asks from there: the address in its WSDL. It is "" when there
// is none.
func (o *Oppslag) adresse(r *http.Request) string {
	a := o.send(r, http.MethodGet, wsdl.PathWSDL, "", func(http.Header) {})
	in := xml.NewDecoder(&a.body)
	for {
		token, err := in.RawToken()
		if err != nil {
			o.config.Log.Error("the service's address not read", "status", a.status, "cause", err.Error())
			return ""
		}
		if e, starts := token.(xml.StartElement); starts && e.Name.Local == "address" {
			for _, attr := range e.Attr {
				if attr.Name.Local == "location" {
					return attr.Value
				}
			}
		}
	}
}

// kode writes a call in the form of a client.
func (k kall) kode(mal string) (string, error) {
	var b strings.Builder
	if err := kodemaler.ExecuteTemplate(&b, mal, k); err != nil {
		return "", fmt.Errorf("code of a client: %w", err)
	}
	return strings.TrimSuffix(b.String(), "\n"), nil
}
