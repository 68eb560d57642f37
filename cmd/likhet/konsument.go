package main

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"net/http"
	"os"
	"strings"
)

// konsument is somebody who asks.
type konsument struct {
	navn, orgnr string
	rettigheter []string // the flags of aareg konsument rights
	hver        int      // is asked every nth question
	passord     string
}

// Files of a side that say what the narrow consumers may see.
const (
	arbeidsgiverfil = "arbeidsgivere.txt"
	personfil       = "personer.txt"
)

// konsumenter are those with and without the right to protected persons, who are asked everything; and two whom most of
// the register does not exist for: one of some employers with the fields of a shipped profile, and one of some persons.
func konsumenter() []*konsument {
	return []*konsument{
		{navn: "data", orgnr: "210000011", hver: 1, rettigheter: []string{"--fortrolig", "data", "--strengt-fortrolig", "data"}},
		{navn: "ingen", orgnr: "210001018", hver: 1, rettigheter: []string{"--fortrolig", "ingen", "--strengt-fortrolig", "ingen"}},
		{navn: "arbeidsgivere", orgnr: "210006028", hver: 2, rettigheter: []string{"--profil", "offentlig", "--arbeidsgivere", arbeidsgiverfil, "--fortrolig", "kode"}},
		{navn: "personer", orgnr: "210005013", hver: 3, rettigheter: []string{"--personer", personfil, "--fortrolig", "data", "--strengt-fortrolig", "kode"}},
	}
}

// leggTil adds the consumers to a side, with a login each.
func (s *side) leggTil(ctx context.Context, all []*konsument) error {
	for _, k := range all {
		name := s.path(konsumentfil)
		rights := []string{"konsument", "rights", k.orgnr, "--konsumenter", name, "--personer-per-doegn", "ubegrenset", "--spoersmaal-per-sekund", "ubegrenset"}
		if k.rettigheter[0] != "--profil" {
			rights = append(rights, "--produkter", "alle", "--felter", "alle", "--arbeidsgivere", "alle")
		}
		if k.navn != "personer" {
			rights = append(rights, "--personer", "alle")
		}
		for _, r := range k.rettigheter {
			if r == arbeidsgiverfil || r == personfil {
				r = s.path(r)
			}
			rights = append(rights, r)
		}
		if err := s.kall(ctx, "", "konsument", "add", k.orgnr, "--konsumenter", name, "--navn", strings.ToUpper(k.navn),
			"--hjemmel", "ingen", "--formaal", "sammenlikning", "--behandlingsgrunnlag", "oppdiktede opplysninger"); err != nil {
			return err
		}
		if err := s.kall(ctx, "", rights...); err != nil {
			return err
		}
		if err := s.kall(ctx, k.passord, "konsument", "login", "add", k.orgnr, "--konsumenter", name, "--brukernavn", "likhet-"+k.navn); err != nil {
			return err
		}
	}
	return nil
}

// skrivOmfang writes whom the narrow consumers may see: every other group of units with its employers, every fourth
// person who employs, and two of three persons who work.
func (u *utgangspunkt) skrivOmfang(s *side) error {
	var employers, persons []string
	for i, e := range u.enheter {
		if e.OverordnetEnhet == "" && i%2 == 0 {
			employers = append(employers, e.Orgnr)
		}
	}
	for i, p := range u.arbeidsgiverpersoner {
		if i%4 == 0 {
			employers = append(employers, p.Foedselsnr)
		}
	}
	for i, p := range u.arbeidstakere {
		if i%3 != 0 {
			persons = append(persons, p.Foedselsnr)
		}
	}
	if err := os.WriteFile(s.path(arbeidsgiverfil), []byte(strings.Join(employers, "\n")), 0o600); err != nil {
		return err
	}
	return os.WriteFile(s.path(personfil), []byte(strings.Join(persons, "\n")), 0o600)
}

// basic is how a consumer logs in first; nil of one who need not.
func (k *konsument) basic() http.Header {
	if k.passord == "" {
		return nil
	}
	return http.Header{"Authorization": {"Basic " + base64.StdEncoding.EncodeToString([]byte("likhet-"+k.navn+":"+k.passord))}}
}

// nyePassord gives everybody a password of this run.
func nyePassord(all []*konsument) {
	for _, k := range all {
		k.passord = rand.Text()
	}
}
