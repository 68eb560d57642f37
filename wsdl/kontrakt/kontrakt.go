// Package kontrakt judges an endpoint, this service's or any other's, against the field table: it asks questions over
// HTTP and holds requests, answers, faults and the WSDL against the rows of the table and the rules of the contract.
// What it finds is a Resultat, which is written as a report for a terminal, as JUnit XML, JSON or one HTML page.
//
// It must not import what answers questions (soap, products, store): it judges them, and endpoints that share none of
// their code.
package kontrakt

import (
	"time"

	"aareg/wsdl/felt"
)

// Spoersmaal is one question as it is sent.
type Spoersmaal struct {
	Navn      string // names it in reports: hentArbeidstaker/komplett of a case, spoersmaal.csv:3 of a line of a file
	Hvorfor   string // what it is asked for, "" where nobody said
	Operasjon string // the operation that it is meant for, "" for none
	Ventet    string // the statuskode that is expected, feilkode of a fault as feil:ugyldigXml, "" for any answer
	Konvolutt []byte // the bytes that are sent
	Mediatype string // Content-Type of the request
	Fasit     []byte // the whole answer that was recorded for it, nil where none was
}

// Svar is what came back over HTTP.
type Svar struct {
	Status    int // HTTP status, 0 when nothing came
	Mediatype string
	Kropp     []byte
	Tid       time.Duration // from the first byte sent to the last received
	Feil      string        // why nothing came: a sentence without anything of the question
}

// Brudd is one way in which an endpoint breaks the contract.
type Brudd struct {
	Regel string // which rule, one of Regler
	Rad   int    // the row of the table, counted from 1 (row 1 is the first below the heading); 0 when the rule has none
	Sti   string // where in the document: tags from below the body's first element, separated by /
	Tekst string // what is wrong there, in one sentence. It may hold a value of the answer: reports mask it
	Avvik string // the accepted deviation that excuses it; "" for none
}

// Utfall is one question, what came back, and what was wrong with it.
type Utfall struct {
	Spoersmaal Spoersmaal
	Svar       Svar
	Fikk       string // statuskode, or feil:feilkode; "" when the answer had neither
	Brudd      []Brudd
	// Udoemt is why it was not held against what was expected, in a few words: the login may not ask it, a quota ended
	// the run. A fault that says so is judged as a fault all the same. "" where it was.
	Udoemt string
}

// Dekning is how far the questions reached one row of the table.
type Dekning struct {
	Rad     felt.Rad
	Sett    int      // elements met with a value, or groups met; in questions: asked with a value
	Tomt    int      // elements met without a value
	Grense  []string // limits of the row that were met: of lists ingen, en and flere; of closed lists each value; see Dommer.grenser
	Mangler []string // limits that were never met, and could have been
	Brudd   int      // violations of this row that nothing excuses
	// UtenTilgang says that the row is of a product that the login may not ask: it counts nowhere.
	UtenTilgang bool
}

// Resultat is what judging an endpoint came to.
type Resultat struct {
	Endepunkt string // its URL, without credentials and query
	Dialekt   string // felt.Spek or felt.D2015
	Begynt    time.Time
	Tok       time.Duration
	Utfall    []Utfall
	WSDL      []Brudd   // what is wrong with the WSDL
	Dekning   []Dekning // one for each row of the table, in its order
	Merknader []string  // what else whoever reads the result should know, a sentence each
}

// Regler are the rules that a Brudd can name, each with what it says.
var Regler = map[string]string{
	"ingen_svar":     "the endpoint answers",
	"http":           "HTTP status and Content-Type go with the envelope",
	"konvolutt":      "the answer is one well-formed SOAP envelope, with the root that the operation calls for",
	"hode":           "the answer's header blocks are there and shaped as promised",
	"ukjent_element": "every element has a row in the table",
	"rekkefoelge":    "elements come in the order of the table",
	"antall":         "elements occur as often as the table says",
	"format":         "values have the format of their row",
	"statuskode":     "the statuskode is one that the product has, and the data block goes with it",
	"telling":        "antall and antallTot are what they count",
	"ventet":         "the answer has the statuskode or fault that was expected",
	"feilform":       "a fault has the shape that is promised",
	"fasit":          "the answer is the expected one, leaf by leaf",
	"wsdl":           "the WSDL and its schema say what the table says",
}
