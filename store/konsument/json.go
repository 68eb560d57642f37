package konsument

import (
	"errors"
	"fmt"
	"slices"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"aareg/store"
)

// innsynsord are the settings of a protection grade as people write them.
var innsynsord = []string{store.InnsynIngen: "ingen", store.InnsynKode: "kode", store.InnsynData: "data"}

// InnsynOrd is a setting as people write it: ingen, kode or data.
func InnsynOrd(i store.Innsyn) string { return innsynsord[i] }

// ParseInnsyn reads what InnsynOrd writes.
func ParseInnsyn(s string) (store.Innsyn, error) {
	if i := slices.Index(innsynsord, s); i >= 0 {
		return store.Innsyn(i), nil
	}
	return 0, errors.New("neither ingen, kode nor data")
}

var write = json.JoinOptions(json.Deterministic(true), json.WithMarshalers(
	json.MarshalFunc(func(i store.Innsyn) ([]byte, error) { return jsontext.AppendQuote(nil, InnsynOrd(i)) })))

var read = json.WithUnmarshalers(json.UnmarshalFunc(func(b []byte, i *store.Innsyn) error {
	var s string
	err := json.Unmarshal(b, &s)
	if err == nil {
		*i, err = ParseInnsyn(s)
	}
	return err
}))

// strict also refuses names that are not known, which in a file that people write are mistakes.
var strict = json.JoinOptions(read, json.RejectUnknownMembers(true))

func lesLagret(nr int64, b []byte) (*Konsument, error) {
	k := &Konsument{}
	if err := json.Unmarshal(b, k, read); err != nil {
		return nil, fmt.Errorf("consumer %d cannot be read: %w", nr, plain(err))
	}
	k.Nr = nr
	return k, nil
}

// LesAvtale reads an agreement from JSON, in the form of Konsument. What Konsument does not know is refused; whether
// the agreement may stand, LeggTil says.
func LesAvtale(b []byte) (k Konsument, err error) {
	if err := json.Unmarshal(b, &k, strict); err != nil {
		return k, fmt.Errorf("agreement: %w", plain(err))
	}
	return k, nil
}

// JSON is the profile in the form that LesProfil reads.
func (p *Profil) JSON() ([]byte, error) { return json.Marshal(p, write, jsontext.WithIndent("\t")) }

// plain is an error of the JSON package without the values that it quotes: they may be persons' numbers.
func plain(err error) error {
	var syntax *jsontext.SyntacticError
	var semantic *json.SemanticError
	switch {
	case errors.As(err, &syntax):
		return fmt.Errorf("not JSON at byte %d", syntax.ByteOffset)
	case errors.As(err, &semantic) && errors.Is(err, json.ErrUnknownName):
		return fmt.Errorf("%s is not known", semantic.JSONPointer)
	case errors.As(err, &semantic):
		return fmt.Errorf("%s has another form than it should", semantic.JSONPointer)
	}
	return errors.New("cannot be read")
}
