package kontrakt

import (
	"encoding/json"
	"fmt"
	"io"
	"time"
)

// The JSON report. Its names are the words of the field table and of the model in kontrakt.go, Norwegian as those are; a
// field is only ever added. Lists are never null. Times are milliseconds; rows are counted from 1, and 0 is none.
type (
	// jsonRapport is the document.
	jsonRapport struct {
		Endepunkt  string            `json:"endepunkt"`  // the URL that was asked, without credentials
		Dialekt    string            `json:"dialekt"`    // spek or 2015
		Begynt     time.Time         `json:"begynt"`     // RFC 3339
		TokMs      int64             `json:"tokMs"`      // how long all took
		Umasket    bool              `json:"umasket"`    // whether identity numbers and names are shown as they are
		Sammendrag jsonSammendrag    `json:"sammendrag"` // the counts
		Merknader  []string          `json:"merknader"`  // what else a reader should know
		WSDL       []jsonBrudd       `json:"wsdl"`       // what is wrong with the WSDL
		Utfall     []jsonUtfall      `json:"utfall"`     // every question, in the order in which it was asked
		Dekning    []jsonDekning     `json:"dekning"`    // every row of the field table, in its order
		Regler     map[string]string `json:"regler"`     // what each rule says
	}
	jsonSammendrag struct {
		Spoersmaal int            `json:"spoersmaal"` // questions asked
		Brudd      int            `json:"brudd"`      // violations that nothing excuses
		Avvik      int            `json:"avvik"`      // deviations that are accepted
		Udoemt     int            `json:"udoemt"`     // questions that were not judged, since the login may not ask them or the run ended
		Svar       map[string]int `json:"svar"`       // answers by statuskode, feil:feilkode, or what came instead
		Rader      map[string]int `json:"rader"`      // rows by tilstand
		Tilgang    []jsonTilgang  `json:"tilgang"`    // every product, in the order of the table
	}
	jsonTilgang struct {
		Operasjon string `json:"operasjon"`
		Spurt     int    `json:"spurt"`  // questions that were sent
		Svart     int    `json:"svart"`  // of them those that got a statuskode
		Nektet    int    `json:"nektet"` // of them those that the login may not ask
		Udoemt    string `json:"udoemt"` // how much was not judged: all of the product, a part, or "" for nothing
	}
	jsonBrudd struct {
		Regel string `json:"regel"` // a key of regler
		Rad   int    `json:"rad"`   // the row that is broken
		Sti   string `json:"sti"`   // where: tags from below the body's first element, separated by /
		Tekst string `json:"tekst"` // what is wrong
		Avvik string `json:"avvik"` // the accepted deviation that excuses it, "" for none
	}
	jsonUtfall struct {
		Navn       string      `json:"navn"`
		Hvorfor    string      `json:"hvorfor"`
		Operasjon  string      `json:"operasjon"` // "" where the question belongs to none
		Ventet     string      `json:"ventet"`    // statuskode or feil:feilkode, "" for any
		Fikk       string      `json:"fikk"`      // the same, "" where the answer had neither
		Status     int         `json:"status"`    // HTTP status, 0 when nothing came
		Mediatype  string      `json:"mediatype"` // Content-Type of the answer
		TidMs      float64     `json:"tidMs"`
		Feil       string      `json:"feil"`   // why nothing came
		Udoemt     string      `json:"udoemt"` // why it was not judged by what was expected, "" where it was
		Brudd      []jsonBrudd `json:"brudd"`
		Spoersmaal string      `json:"spoersmaal"` // the question's text, decoded to UTF-8
		Svar       string      `json:"svar"`       // the answer's text, decoded to UTF-8
	}
	jsonDekning struct {
		Rad       int      `json:"rad"`
		Operasjon string   `json:"operasjon"`
		Retning   string   `json:"retning"` // request or respons
		Sti       string   `json:"sti"`
		Ledetekst string   `json:"ledetekst"`
		Tilstand  string   `json:"tilstand"` // violated, never seen, seen empty, seen, seen at all limits, or no access
		Sett      int      `json:"sett"`     // elements met with a value, or groups met
		Tomt      int      `json:"tomt"`     // elements met without a value
		Brudd     int      `json:"brudd"`    // violations of the row that nothing excuses
		Grense    []string `json:"grense"`   // limits that were met
		Mangler   []string `json:"mangler"`  // limits that were not
	}
)

// SkrivJSON writes everything of the result as one JSON document, described at jsonRapport.
func (r *Resultat) SkrivJSON(w io.Writer, v Visning) error {
	report := r.vist(v).json()
	report.Umasket = v.Umasket
	out := json.NewEncoder(w)
	out.SetIndent("", "  ")
	out.SetEscapeHTML(false)
	if err := out.Encode(report); err != nil {
		return fmt.Errorf("json: %w", err)
	}
	return nil
}

func (r *Resultat) json() *jsonRapport {
	report := &jsonRapport{Endepunkt: r.Endepunkt, Dialekt: r.Dialekt, Begynt: r.Begynt, TokMs: r.Tok.Milliseconds(),
		Merknader: liste(r.Merknader), WSDL: jsonAv(r.WSDL), Utfall: []jsonUtfall{}, Dekning: []jsonDekning{}, Regler: Regler}
	sum := &report.Sammendrag
	sum.Spoersmaal, sum.Svar, sum.Rader = r.Spurt(), map[string]int{}, map[string]int{}
	sum.Brudd, sum.Avvik = r.antallBrudd()
	sum.Tilgang = []jsonTilgang{}
	for _, p := range r.tilgang() {
		sum.Tilgang = append(sum.Tilgang, jsonTilgang{p.Operasjon, p.Spurt, p.Svart, p.Nektet, p.hvor()})
	}
	for i := range r.Utfall {
		u := &r.Utfall[i]
		sum.Svar[u.kom()]++
		if u.Udoemt != "" {
			sum.Udoemt++
		}
		report.Utfall = append(report.Utfall, jsonUtfall{Navn: u.Spoersmaal.Navn, Hvorfor: u.Spoersmaal.Hvorfor,
			Operasjon: u.Spoersmaal.Operasjon, Ventet: u.Spoersmaal.Ventet, Fikk: u.Fikk, Status: u.Svar.Status,
			Mediatype: u.Svar.Mediatype, TidMs: float64(u.Svar.Tid.Microseconds()) / 1000, Feil: u.Svar.Feil, Udoemt: u.Udoemt, Brudd: jsonAv(u.Brudd),
			Spoersmaal: string(u.Spoersmaal.Konvolutt), Svar: string(u.Svar.Kropp)})
	}
	for i := range r.Dekning {
		d := jsonRad(i+1, &r.Dekning[i])
		sum.Rader[d.Tilstand]++
		report.Dekning = append(report.Dekning, d)
	}
	return report
}

func jsonRad(nr int, d *Dekning) jsonDekning {
	f := &d.Rad
	return jsonDekning{Rad: nr, Operasjon: f.Operasjon, Retning: f.Retning, Sti: f.Sti, Ledetekst: f.Ledetekst,
		Tilstand: tilstander[d.tilstand()].navn, Sett: d.Sett, Tomt: d.Tomt, Brudd: d.Brudd, Grense: liste(d.Grense), Mangler: liste(d.Mangler)}
}

func jsonAv(all []Brudd) []jsonBrudd {
	out := []jsonBrudd{}
	for _, b := range all {
		out = append(out, jsonBrudd(b))
	}
	return out
}

// liste is a list that JSON does not write as null.
func liste(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}
