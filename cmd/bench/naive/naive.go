// Package naive answers two of the six products as one would write it first: a normalised database, database/sql with every
// question prepared anew, a query for each thing, and trees of XML both ways. It is what the service is measured
// against, and says nothing of how that should be done.
package naive

import (
	"database/sql"
	"fmt"
	"net/http"

	"github.com/beevik/etree"

	_ "time/tzdata" // as the service has it
)

// Handler answers hentArbeidsforhold and hentArbeidsgiver of a copy that Fill made, as of a day (yyyy-mm-dd).
type Handler struct {
	db    *sql.DB
	today string
}

// Open opens a copy.
func Open(file, today string) (*Handler, error) {
	db, err := sql.Open("sqlite", "file:"+file+"?mode=ro")
	if err != nil {
		return nil, fmt.Errorf("naive: %w", err)
	}
	return &Handler{db, today}, nil
}

// Close closes the copy.
func (h *Handler) Close() error { return h.db.Close() }

// IDs are the arbeidsforhold that the copy has.
func (h *Handler) IDs() (ids []string, err error) {
	rows, err := h.db.Query(`SELECT id FROM arbeidsforhold`)
	if err != nil {
		return nil, fmt.Errorf("naive: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, fmt.Errorf("naive: %w", err)
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// ServeHTTP answers a question in an envelope; what it cannot answer is status 500.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	answer, err := h.answer(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/xml; charset=utf-8")
	_, _ = answer.WriteTo(w) // fails only when the client has gone
}

func (h *Handler) answer(r *http.Request) (*etree.Document, error) {
	question := etree.NewDocument()
	if _, err := question.ReadFrom(r.Body); err != nil {
		return nil, fmt.Errorf("naive: %w", err)
	}
	root := question.FindElement("/Envelope/Body/*")
	if root == nil {
		return nil, fmt.Errorf("naive: no question")
	}
	answer := etree.NewDocument()
	envelope := answer.CreateElement("soap:Envelope")
	envelope.CreateAttr("xmlns:soap", "http://schemas.xmlsoap.org/soap/envelope/")
	body := envelope.CreateElement("soap:Body")
	switch root.Tag {
	case "hentArbeidsforhold":
		return answer, h.hentArbeidsforhold(product(body, "Arbeidsforhold"), child(root, "arbeidsforholdId"))
	case "hentArbeidsgiver":
		return answer, h.hentArbeidsgiver(product(body, "Arbeidsgiver"), child(root, "arbeidsgiverId"))
	}
	return nil, fmt.Errorf("naive: no such question")
}

func product(body *etree.Element, name string) *etree.Element {
	root := body.CreateElement("aareg2:" + name)
	root.CreateAttr("xmlns:aareg2", "http://ws.infotorg.no/xml/NAV/Aareg2/2015-09-21/Aareg2.xsd")
	text(root, "statuskode", "komplett", "statustekst", "Alle opplysninger som ble funnet, er med i svaret.")
	return root
}

func child(e *etree.Element, tag string) string {
	if c := e.FindElement(tag); c != nil {
		return c.Text()
	}
	return ""
}

// text adds leaves, each a tag and its text.
func text(e *etree.Element, leaves ...string) {
	for i := 0; i < len(leaves); i += 2 {
		e.CreateElement(leaves[i]).SetText(leaves[i+1])
	}
}

// each calls do with every row of a query, its columns as text.
func (h *Handler) each(do func(row []string) error, query string, args ...any) error {
	rows, err := h.db.Query(query, args...)
	if err != nil {
		return fmt.Errorf("naive: %w", err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return fmt.Errorf("naive: %w", err)
	}
	for rows.Next() {
		row, into := make([]sql.NullString, len(columns)), make([]any, len(columns))
		texts := make([]string, len(columns))
		for i := range row {
			into[i] = &row[i]
		}
		if err := rows.Scan(into...); err != nil {
			return fmt.Errorf("naive: %w", err)
		}
		for i := range row {
			texts[i] = row[i].String
		}
		if err := do(texts); err != nil {
			return err
		}
	}
	return rows.Err()
}
