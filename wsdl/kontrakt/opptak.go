package kontrakt

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// Opptak is a recording: questions with the answers that an endpoint gave. Credentials are in none of them.
//
// On disk it is a folder, which only its owner can read, laid out as the conformance cases are:
//
//	opptak.json                            what was recorded, written last: a folder without it was broken off
//	<operation>/<name>/request.xml         the bytes of a question, but for credentials
//	<operation>/<name>/response.xml        the bytes of its answer, but for sesjonsid; none where nothing was answered
//	feil/<name>/…                          of questions that are meant for no operation
//
// opptak.json is one object in UTF-8:
//
//	format        1
//	endepunkt     the address that was asked, without user, password and query
//	dialekt       spek or 2015
//	dato          when, RFC 3339 in UTC
//	par           a list, in the order of asking, of objects:
//	  mappe         the folder, <operation>/<name>
//	  navn          what reports call the question
//	  hvorfor       what it is asked for; left out, as all that is empty
//	  operasjon     request root that it is meant for
//	  ventet        the statuskode that was expected, or feil: and a feilkode
//	  mediatype     Content-Type of the question
//	  status        HTTP status of the answer
//	  svarMediatype Content-Type of the answer
//	  feil          why nothing was answered; then there is no response.xml
//
// To ask again in any language: POST request.xml with mediatype, and compare as for the cases.
type Opptak struct {
	Endepunkt string // without credentials
	Dialekt   string // felt.Spek or felt.D2015
	Dato      time.Time
	Par       []Par
}

// Par is a question and what was answered.
type Par struct {
	Spoersmaal Spoersmaal
	Svar       Svar
}

// NyttOpptak is a recording of what came of a run.
func NyttOpptak(r *Resultat) (*Opptak, error) {
	o := &Opptak{Endepunkt: endepunkt(r.Endepunkt), Dialekt: r.Dialekt, Dato: r.Begynt.UTC().Truncate(time.Second)}
	for _, u := range r.Utfall {
		if u.Udoemt == ikkeSpurt {
			continue
		}
		p := Par{u.Spoersmaal, u.Svar}
		if err := errors.Join(p.rens()...); err != nil {
			return nil, fmt.Errorf("%s: %w", u.Spoersmaal.Navn, err)
		}
		o.Par = append(o.Par, p)
	}
	return o, nil
}

func (p *Par) rens() []error {
	var errs [2]error
	p.Spoersmaal.Konvolutt, errs[0] = rens(p.Spoersmaal.Konvolutt)
	p.Svar.Kropp, errs[1] = rens(p.Svar.Kropp)
	return errs[:]
}

const (
	opptakFormat = 1
	opptakFil    = "opptak.json"
	spoersmaal   = "request.xml"
	fasit        = "response.xml"
)

// opptakJSON is the file opptak.json.
type opptakJSON struct {
	Format    int       `json:"format"`
	Endepunkt string    `json:"endepunkt"`
	Dialekt   string    `json:"dialekt,omitempty"`
	Dato      time.Time `json:"dato"`
	Par       []parJSON `json:"par"`
}

type parJSON struct {
	Mappe         string `json:"mappe"`
	Navn          string `json:"navn"`
	Hvorfor       string `json:"hvorfor,omitempty"`
	Operasjon     string `json:"operasjon,omitempty"`
	Ventet        string `json:"ventet,omitempty"`
	Mediatype     string `json:"mediatype"`
	Status        int    `json:"status,omitempty"`
	SvarMediatype string `json:"svarMediatype,omitempty"`
	Feil          string `json:"feil,omitempty"`
}

// ErrOpptakFinnes says that there is something already where a recording should go.
var ErrOpptakFinnes = errors.New("there is something already; a recording is never written over")

// Ledig tells whether a recording can be written as the folder dir, for asking before hundreds of questions are sent:
// nothing may have that name, and the folder around it must be there.
func Ledig(dir string) error {
	if _, err := os.Stat(filepath.Dir(dir)); err != nil {
		return fmt.Errorf("recording: %w", err)
	}
	if _, err := os.Lstat(dir); !errors.Is(err, fs.ErrNotExist) {
		return ErrOpptakFinnes
	}
	return nil
}

// Skriv writes the recording as the new folder dir.
func (o *Opptak) Skriv(dir string) error {
	if err := os.Mkdir(dir, 0o700); errors.Is(err, fs.ErrExist) {
		return ErrOpptakFinnes
	} else if err != nil {
		return fmt.Errorf("recording: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("recording: %w", err)
	}
	defer root.Close()
	index := opptakJSON{Format: opptakFormat, Endepunkt: o.Endepunkt, Dialekt: o.Dialekt, Dato: o.Dato, Par: []parJSON{}}
	taken := map[string]bool{}
	for _, p := range o.Par {
		mappe := mappeTil(&p.Spoersmaal, taken)
		if err := p.skriv(root, mappe); err != nil {
			return fmt.Errorf("recording: %w", err)
		}
		q, a := p.Spoersmaal, p.Svar
		index.Par = append(index.Par, parJSON{mappe, q.Navn, q.Hvorfor, q.Operasjon, q.Ventet, q.Mediatype, a.Status, a.Mediatype, a.Feil})
	}
	text, err := json.MarshalIndent(index, "", "  ")
	if err != nil {
		return fmt.Errorf("recording: %w", err)
	}
	if err := skrivOpptaksfil(root, opptakFil+".ny", append(text, '\n')); err != nil {
		return fmt.Errorf("recording: %w", err)
	}
	return root.Rename(opptakFil+".ny", opptakFil)
}

func (p *Par) skriv(root *os.Root, mappe string) error {
	if err := root.MkdirAll(mappe, 0o700); err != nil {
		return err
	}
	if err := skrivOpptaksfil(root, path.Join(mappe, spoersmaal), p.Spoersmaal.Konvolutt); err != nil {
		return err
	}
	if p.Svar.Feil != "" {
		return nil
	}
	return skrivOpptaksfil(root, path.Join(mappe, fasit), p.Svar.Kropp)
}

func skrivOpptaksfil(root *os.Root, name string, text []byte) error {
	f, err := root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return errors.Join(err, f.Close())
}

var (
	mappenavn = regexp.MustCompile(`^[A-Za-z]+/[a-z0-9]+(_[a-z0-9]+)*$`)
	ikkeNavn  = regexp.MustCompile(`[^a-z0-9]+`)
	norske    = strings.NewReplacer("æ", "ae", "ø", "oe", "å", "aa")
)

// mappeTil is a folder for a question that none has yet: a case's own name, of others what can be kept of theirs.
func mappeTil(q *Spoersmaal, taken map[string]bool) string {
	base := q.Navn
	if !mappenavn.MatchString(base) {
		name := strings.Trim(ikkeNavn.ReplaceAllString(norske.Replace(strings.ToLower(q.Navn)), "_"), "_")
		if base = path.Join(q.Operasjon, name); !mappenavn.MatchString(base) {
			base = path.Join("feil", cmp.Or(name, "uten_navn"))
		}
	}
	mappe := base
	for n := 2; taken[mappe]; n++ {
		mappe = fmt.Sprintf("%s_%d", base, n)
	}
	taken[mappe] = true
	return mappe
}
