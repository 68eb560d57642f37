package konsument

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"

	"aareg/store"
)

// Produkter are the six products that a right may name, in the order of the field specification.
func Produkter() []string {
	return []string{"hentAntallArbeidstakere", "hentArbeidsgiver", "hentArbeidstaker", "hentTrefflisteArbeidsgiver",
		"hentTrefflisteArbeidstaker", "hentArbeidsforhold"}
}

// check refuses an agreement that may not stand. What must be stated is what whoever applies for access must state
// (tilgang.txt); who is to be called may come later, but then with telephone and e-mail.
func (k *Konsument) check() error {
	if !store.ValidOrgnr(k.Orgnr) {
		return errors.New("orgnr: not 9 digits with a right check digit")
	}
	if k.Databehandler != "" && !store.ValidOrgnr(k.Databehandler) {
		return errors.New("databehandler: not 9 digits with a right check digit")
	}
	for _, text := range []struct{ name, value string }{{"navn", k.Navn}, {"hjemmel", k.Hjemmel}, {"formaal", k.Formaal},
		{"behandlingsgrunnlag", k.Behandlingsgrunnlag}} {
		if err := checkText(text.value); err != nil {
			return fmt.Errorf("%s: %w", text.name, err)
		}
	}
	if len(k.Tilgang) == 0 {
		return errors.New("tilgang: at least one of api, web-oppslag and uttrekk")
	}
	for n, form := range k.Tilgang {
		if form != API && form != WebOppslag && form != Uttrekk || slices.Contains(k.Tilgang[:n], form) {
			return errors.New("tilgang: each at most once of api, web-oppslag and uttrekk")
		}
	}
	if k.Fra != 0 && k.Til != 0 && k.Fra > k.Til {
		return errors.New("fra, til: the last day is before the first")
	}
	if err := k.Kontakter.check(); err != nil {
		return err
	}
	return k.Rettigheter.check()
}

// maxText is the longest text of an agreement, in bytes.
const maxText = 1000

func checkText(s string) error {
	switch {
	case strings.TrimSpace(s) == "":
		return errors.New("must be stated")
	case len(s) > maxText || !utf8.ValidString(s):
		return fmt.Errorf("not a text of at most %d bytes", maxText)
	case strings.ContainsFunc(s, unicode.IsControl):
		return errors.New("must be one line")
	}
	return nil
}

func (k *Kontakter) check() error {
	for _, contact := range []struct {
		name string
		Kontakt
	}{{"avtale", k.Avtale}, {"endring", k.Endring}, {"feil", k.Feil}, {"sikkerhetsbrudd", k.Sikkerhetsbrudd}} {
		if contact.Kontakt == (Kontakt{}) {
			continue
		}
		if err := contact.check(); err != nil {
			return fmt.Errorf("contact for %s: %w", contact.name, err)
		}
	}
	return nil
}

var telefon = regexp.MustCompile(`^\+?[0-9][0-9 ()-]{2,}$`)

func (k *Kontakt) check() error {
	if checkText(k.Navn) != nil || checkText(k.Telefon) != nil || checkText(k.Epost) != nil {
		return errors.New("name, telephone and e-mail must be stated, each in one line")
	}
	if !telefon.MatchString(k.Telefon) {
		return errors.New("telephone: not a number")
	}
	if before, after, _ := strings.Cut(k.Epost, "@"); before == "" || after == "" || strings.ContainsAny(after, "@ ") {
		return errors.New("e-mail: not an address")
	}
	return nil
}

func (r *Rettigheter) check() error {
	for n, product := range r.Produkter {
		if !slices.Contains(Produkter(), product) || slices.Contains(r.Produkter[:n], product) {
			return fmt.Errorf("produkter: each at most once of %s", strings.Join(Produkter(), ", "))
		}
	}
	for n, f := range r.Felter {
		operation, _, _ := strings.Cut(f, "/")
		if !slices.Contains(Produkter(), operation) && operation != string(Uttrekk) || strings.HasSuffix(f, "/") || strings.Contains(f, "//") {
			return fmt.Errorf("felter: number %d is neither a product nor a product, / and a path of its answer", n+1)
		}
	}
	if err := r.Arbeidsgivere.check("9 or 11 digits", 9, 11); err != nil {
		return fmt.Errorf("arbeidsgivere: %w", err)
	}
	if err := r.Personer.check("11 digits", 11); err != nil {
		return fmt.Errorf("personer: %w", err)
	}
	switch {
	case r.Profil != "" && checkText(r.Profil) != nil:
		return errors.New("profil: not a name in one line")
	case r.Fortrolig > store.InnsynData || r.StrengtFortrolig > store.InnsynData:
		return errors.New("fortrolig, strengtFortrolig: neither ingen, kode nor data")
	case r.PersonerPerDoegn < Ubegrenset || r.SpoersmaalPerSekund < Ubegrenset:
		return errors.New("personerPerDoegn, spoersmaalPerSekund: must be 0 or more, or -1 for no limit")
	}
	return nil
}

// check says which entry is wrong by its place alone: it may be a person's number.
func (o *Omfang) check(form string, lengths ...int) error {
	if o.Alle && len(o.Nummer) > 0 {
		return errors.New("either all or a list")
	}
	for n, number := range o.Nummer {
		if !slices.Contains(lengths, len(number)) || strings.Trim(number, "0123456789") != "" {
			return fmt.Errorf("entry %d is not %s", n+1, form)
		}
	}
	return nil
}

// The length of a user name, in characters (Brukersesjon).
const minNavn, maxNavn = 4, 255

func (i *Innlogging) check(before *Innlogging) error {
	if i.Slag == MedSertifikat {
		if i.Brukernavn != "" || i.Passord != "" || i.Digest != "" || i.Legacy {
			return errors.New("a certificate login has neither user name nor password")
		}
		return nil
	}
	if i.Slag != MedPassord {
		return errors.New("neither by password nor by certificate")
	}
	if n := utf8.RuneCountInString(i.Brukernavn); n < minNavn || n > maxNavn || strings.ContainsFunc(i.Brukernavn, notInNavn) {
		return fmt.Errorf("user name: %d to %d of the letters a to å, digits and . _ - @", minNavn, maxNavn)
	}
	if i.Passord == before.Passord && i.Digest == before.Digest {
		return nil
	}
	return i.checkSecrets()
}

func notInNavn(c rune) bool {
	return !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.ContainsRune("æøåÆØÅ._-@", c))
}

// checkSecrets sees to it that a login has one password, also when it is stored in two ways.
func (i *Innlogging) checkSecrets() error {
	if i.Passord == "" {
		if i.Digest != "" {
			return errors.New("a password that is stored must have its hash beside it")
		}
		return nil
	}
	if _, _, _, err := argon2id.DecodeHash(i.Passord); err != nil {
		return errors.New("the password is not hashed")
	}
	if i.Digest == "" {
		return nil
	}
	if same, err := argon2id.ComparePasswordAndHash(i.Digest, i.Passord); err != nil || !same {
		return errors.New("the password that is stored is not the one that is hashed")
	}
	return nil
}
