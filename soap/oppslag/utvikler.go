package oppslag

import (
	"html/template"

	"aareg/wsdl"
)

// maksVist is how many bytes of a document the panel shows: the page of a long answer has its own weight to carry.
const maksVist = 8 << 10

// panel is what the developer's panel is drawn from: the question and the answer as they were on the wire, and the
// question as code.
type panel struct {
	Dokumenter []konvoluttbilde
	Kode       []kodebilde
	Innlogging bool
	Utsnitt    bool // there is more of the answer than the page shows
	Kontrakt   []lenke
}

// konvoluttbilde is an envelope; Id is its element on the page.
type konvoluttbilde struct {
	Id, Tittel, Hva string
	farget
}

// kodebilde is a call in one language.
type kodebilde struct{ Id, Tittel, Kode string }

// lenke leads to a document.
type lenke struct{ Sti, Tekst string }

// kontrakt are the documents that clients are made from.
var kontrakt = []lenke{
	{wsdl.Endpoint + "?wsdl", "WSDL, alt i ett"},
	{wsdl.PathWSDL, "WSDL"},
	{wsdl.PathAareg2, "Aareg2.xsd"},
	{wsdl.PathBrukersesjon, "Brukersesjon.xsd"},
	{wsdl.PathTransaksjon, "Transaksjon.xsd"},
	{wsdl.PathFeil, "Feil.xsd"},
}

// utvikler is the panel. An outcome that came without an envelope has the question alone.
func (o *Oppslag) utvikler(s *Svar) (template.HTML, error) {
	p := panel{Innlogging: o.config.Innlogging, Utsnitt: s.Sider != nil, Kontrakt: kontrakt,
		Dokumenter: []konvoluttbilde{{Id: "xml-spoersmaal", Tittel: "Spørsmålet som XML", Hva: "spørsmålet"}}}
	documents := []string{s.Spoersmaal}
	if s.Rot != nil || s.Feil.Kode != "opptatt" {
		p.Dokumenter = append(p.Dokumenter, konvoluttbilde{Id: "xml-svar", Tittel: "Svaret som XML", Hva: "svaret"})
		documents = append(documents, s.SvarXML)
	}
	for i, document := range documents {
		var err error
		if p.Dokumenter[i].farget, err = farg(document, maksVist); err != nil {
			return "", err
		}
	}
	k := o.kall(s)
	for _, c := range klienter {
		code, err := k.kode(c.mal)
		if err != nil {
			return "", err
		}
		p.Kode = append(p.Kode, kodebilde{c.Id, c.Tittel, code})
	}
	return o.del("utvikler", p)
}
