package konsument

import (
	"embed"
	"fmt"
	"slices"

	"github.com/go-json-experiment/json"
)

// Profil is rights that fit one kind of consumer, as a start for an agreement.
type Profil struct {
	Navn        string      `json:"navn"`
	Tekst       []string    `json:"tekst"` // what it gives, and why no more
	Rettigheter Rettigheter `json:"rettigheter"`
}

//go:embed profiler/*.json
var files embed.FS

// profiler are the shipped ones; a malformed one stops the program at start-up.
var profiler = mustRead()

func mustRead() (all []Profil) {
	for _, name := range []string{"offentlig", "otp", "tilsyn"} {
		b, err := files.ReadFile("profiler/" + name + ".json")
		if err != nil {
			panic(err)
		}
		p, err := LesProfil(b)
		if err != nil {
			panic(err)
		}
		all = append(all, p)
	}
	return all
}

// Profiler are the profiles that are shipped, offentlig, otp and tilsyn.
func Profiler() []Profil {
	all := slices.Clone(profiler)
	for i := range all {
		all[i].Tekst, all[i].Rettigheter = slices.Clone(all[i].Tekst), all[i].Rettigheter.clone()
	}
	return all
}

// ProfilMed is the shipped profile of that name.
func ProfilMed(navn string) (Profil, bool) {
	all := Profiler()
	if i := slices.IndexFunc(all, func(p Profil) bool { return p.Navn == navn }); i >= 0 {
		return all[i], true
	}
	return Profil{}, false
}

// LesProfil reads a profile from JSON, in the form of the shipped ones, and refuses rights that cannot be given.
func LesProfil(b []byte) (p Profil, err error) {
	if err := json.Unmarshal(b, &p, strict); err != nil {
		return p, fmt.Errorf("profile: %w", plain(err))
	}
	if err := checkText(p.Navn); err != nil {
		return p, fmt.Errorf("profile: navn: %w", err)
	}
	p.Rettigheter.Profil = p.Navn
	if err := p.Rettigheter.check(); err != nil {
		return p, fmt.Errorf("profile: %w", err)
	}
	return p, nil
}

func (r Rettigheter) clone() Rettigheter {
	r.Produkter, r.Felter = slices.Clone(r.Produkter), slices.Clone(r.Felter)
	r.Arbeidsgivere.Nummer, r.Personer.Nummer = slices.Clone(r.Arbeidsgivere.Nummer), slices.Clone(r.Personer.Nummer)
	return r
}
