package soap

import (
	"encoding/json"
	"net/http"

	"aareg/products"
	"aareg/soap/tilgang"
	"aareg/store"
	"aareg/store/logg"
)

// UttrekkPath is where the look-up page asks for an extract, by POST of an Uttrekksbestilling as JSON. The extract is the
// body of a 200; what is refused is a fault as of a question. One that fails midway is cut (http.ErrAbortHandler). For
// requests that are not of ForSide there is nothing at the path.
const UttrekkPath = "/uttrekk"

// Uttrekksbestilling is an extract that is asked for: of one of Arbeidsgiver, Arbeidstakere and Arbeidsforhold, which mean
// what they mean in products.Uttrekk.
type Uttrekksbestilling struct {
	Arbeidsgiver   string
	Arbeidstakere  []uint64
	Arbeidsforhold []uint64
	Status         string // "aktive", "opphoert" or "" for all
	Format         string // "csv", "xml" or "ndjson"
	BOM, Semikolon bool   // of csv
}

// maxExtracts is how many extracts are made at once. Each keeps a part of at most some 4 MiB, and a snapshot of the
// register, until whoever asked has taken it.
const maxExtracts = 4

// serveSide answers what the look-up page alone may ask.
func (h *handler) serveSide(w http.ResponseWriter, r *http.Request) {
	x := newExchange(h, w, r)
	defer x.release()
	x.caller = &x.who
	x.who.sesjonsid = r.Header.Get(SesjonsidHeader)
	answer := x.uttrekk
	switch r.URL.Path {
	case DetaljerPath:
		answer = x.detaljer
	case BemanningPath:
		answer = x.bemanning
	}
	if err := answer(); err != nil {
		x.fail(err)
	}
}

// uttrekk makes an extract. An error means that nothing of it has left.
func (x *exchange) uttrekk() error {
	var b Uttrekksbestilling
	if err := json.NewDecoder(x.r.Body).Decode(&b); err != nil {
		return &statusError{http.StatusBadRequest, "the order could not be read"}
	}
	if err := x.enter(); err != nil {
		return err
	}
	if !x.extracts.take(patience) {
		return errBusy
	}
	defer x.extracts.free()
	to := &utgang{x: x, format: b.Format}
	err := x.skrivUttrekk(b.uttrekk(), to)
	if err == nil || !to.begun {
		return err
	}
	if x.r.Context().Err() == nil { // otherwise the person has gone
		x.failed("extract cut", err)
	}
	abort()
	return nil
}

func (b *Uttrekksbestilling) uttrekk() *products.Uttrekk {
	u := &products.Uttrekk{Arbeidsgiver: b.Arbeidsgiver, Arbeidstakere: b.Arbeidstakere, Arbeidsforhold: b.Arbeidsforhold,
		Form: products.Uttrekksform{Format: b.Format, BOM: b.BOM, Semikolon: b.Semikolon}}
	switch b.Status {
	case "aktive":
		u.Filter.Status = store.Aktive
	case "opphoert":
		u.Filter.Status = store.Opphoerte
	}
	return u
}

// skrivUttrekk writes the extract under the rights of whoever asks, with the rows in the audit log that one made by command
// has.
func (x *exchange) skrivUttrekk(u *products.Uttrekk, to *utgang) (err error) {
	defer catchPanic(&err)
	x.operation = u.Produkt()
	x.logged = true // the extract's own rows are all
	rad := *x.row("", nil)
	if x.innlogget != nil {
		err = x.innlogget.Uttrekk(x.r.Context(), u, rad)
	} else {
		x.aapentUttrekk(u, rad)
	}
	if err != nil {
		return err
	}
	_, err = u.Skriv(x.r.Context(), x.config.Store, x.view(), to)
	return err
}

// aapentUttrekk sets the extract up where everybody may ask: it shows all that the view does, and has its rows where there
// is an audit log.
func (x *exchange) aapentUttrekk(u *products.Uttrekk, rad logg.Rad) {
	tilgang.Uttrekksrad(&rad, u)
	u.Viser = func(string) bool { return true }
	u.Utlever = func(del products.Uttrekksdel) error {
		if x.config.Logg == nil {
			return nil
		}
		row := rad
		row.Tid, row.Personer, row.Antall, row.Beskyttet = x.config.Now(), del.Personer, del.Antall, del.Beskyttet
		return x.config.Logg.Skriv(x.r.Context(), &row)
	}
}

// utgang is where an extract leaves.
type utgang struct {
	x      *exchange
	format string
	begun  bool
}

// uttrekkstyper are the media types of extracts.
var uttrekkstyper = map[string]string{"csv": "text/csv; charset=utf-8", "xml": "application/xml; charset=utf-8", "ndjson": "application/x-ndjson"}

func (u *utgang) Write(part []byte) (int, error) {
	if !u.begun {
		u.begun = true
		u.x.w.Header().Set("Content-Type", uttrekkstyper[u.format])
	}
	return u.x.w.Write(part)
}
