package kontrakt

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
)

// ErrUferdig says that a recording was broken off.
var ErrUferdig = errors.New("has no " + opptakFil + ": no recording, or one that was broken off")

// LesOpptak reads a recording. What it does not know, and a file that is listed and not there, is an error.
func LesOpptak(dir string) (*Opptak, error) {
	root, err := os.OpenRoot(dir) // nothing that the list names can be outside it
	if err != nil {
		return nil, fmt.Errorf("recording: %w", err)
	}
	defer root.Close()
	text, err := lesOpptaksfil(root, opptakFil)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrUferdig
	} else if err != nil {
		return nil, fmt.Errorf("recording: %w", err)
	}
	var index opptakJSON
	in := json.NewDecoder(bytes.NewReader(text))
	in.DisallowUnknownFields()
	if err := in.Decode(&index); err != nil {
		return nil, fmt.Errorf("%s: %w", opptakFil, err)
	}
	if index.Format != opptakFormat {
		return nil, fmt.Errorf("%s: format %d is unknown, want %d", opptakFil, index.Format, opptakFormat)
	}
	o := &Opptak{Endepunkt: index.Endepunkt, Dialekt: index.Dialekt, Dato: index.Dato}
	for _, p := range index.Par {
		read, err := p.les(root)
		if err != nil {
			return nil, fmt.Errorf("recording: %w", err)
		}
		o.Par = append(o.Par, read)
	}
	if len(o.Par) == 0 {
		return nil, fmt.Errorf("%s: nothing was recorded", opptakFil)
	}
	return o, nil
}

func (p parJSON) les(root *os.Root) (Par, error) {
	read := Par{
		Spoersmaal{Navn: p.Navn, Hvorfor: p.Hvorfor, Operasjon: p.Operasjon, Ventet: p.Ventet, Mediatype: p.Mediatype},
		Svar{Status: p.Status, Mediatype: p.SvarMediatype, Feil: p.Feil},
	}
	var err error
	if read.Spoersmaal.Konvolutt, err = lesOpptaksfil(root, path.Join(p.Mappe, spoersmaal)); err != nil || p.Feil != "" {
		return read, err
	}
	read.Svar.Kropp, err = lesOpptaksfil(root, path.Join(p.Mappe, fasit))
	return read, err
}

// lesOpptaksfil reads a file of a recording, no more than an answer can have.
func lesOpptaksfil(root *os.Root, name string) ([]byte, error) {
	f, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, svarMaks+1))
	if err == nil && len(text) > svarMaks {
		err = fmt.Errorf("%s has more than %d bytes", name, svarMaks)
	}
	return text, err
}
