package kontrakt

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/beevik/etree"

	"aareg/wsdl"
)

// Innlogging are the credentials that questions are asked with. Nothing in this package writes them anywhere but into
// questions, and reports mask them there.
type Innlogging struct{ Systemnavn, Brukernavn, Passord string }

// Check tells what the schema of Brukersesjon would refuse, without the value.
func (i Innlogging) Check() error {
	for _, f := range []struct {
		name, value string
		least, most int
	}{{"systemnavn", i.Systemnavn, 1, 11}, {"brukernavn", i.Brukernavn, 4, 255}, {"passord", i.Passord, 5, 60}} {
		if n := utf8.RuneCountInString(f.value); n < f.least || n > f.most {
			return fmt.Errorf("%s must have %d to %d characters", f.name, f.least, f.most)
		}
	}
	return nil
}

// Skjult takes the password out of an answer that repeats it, as it is, as it stands in XML, and as HTTP Basic has it.
func (i Innlogging) Skjult() *strings.Replacer {
	var pairs []string
	for _, secret := range []string{i.Passord, escaped(i.Passord), html.EscapeString(i.Passord),
		base64.StdEncoding.EncodeToString([]byte(i.Brukernavn + ":" + i.Passord))} {
		pairs = append(pairs, secret, fjernet)
	}
	return strings.NewReplacer(pairs...)
}

var (
	hodetagg  = regexp.MustCompile(`<((?:[^\s<>/:="']+:)?Header)((?:\s[^<>]*?)?)(/?)>`)
	kropptagg = regexp.MustCompile(`<([^\s<>/:="']+:)?Body(?:\s[^<>]*)?>`)
	kommentar = regexp.MustCompile(`(?s)<!--.*?-->`)
)

var errIngenPlass = errors.New("the question has no place for credentials")

// Sett puts the credentials into a question's header, as a block Brukersesjon. A question that has credentials in its
// header keeps its own, and one that cannot be read as an envelope gets none: it is meant to be refused. The rest of the
// question stays byte for byte.
func (i Innlogging) Sett(q *Spoersmaal) error { return i.sett(q, "") }

// sett puts a sesjonsid there in the place of all credentials, if there is one: name and system would call for a
// password.
func (i Innlogging) sett(q *Spoersmaal, sesjonsid string) error {
	k, err := aapne(q.Konvolutt)
	if err != nil || k.innlogget() {
		return nil
	}
	who := fmt.Sprintf("<distribusjonskanal>PTP</distribusjonskanal><systemnavn>%s</systemnavn><brukernavn>%s</brukernavn><passord>%s</passord>",
		escaped(i.Systemnavn), escaped(i.Brukernavn), escaped(i.Passord))
	if sesjonsid != "" {
		who = fmt.Sprintf("<sesjonsid>%s</sesjonsid>", escaped(sesjonsid))
	}
	block := fmt.Sprintf(`<brukersesjon:Brukersesjon xmlns:brukersesjon="%s" xmlns="">%s</brukersesjon:Brukersesjon>`, wsdl.NamespaceBrukersesjon, who)
	put := innsatt(q.Konvolutt, block, k.hode != nil)
	if _, err := aapne(put); err != nil {
		return fmt.Errorf("%s: %w", q.Navn, errIngenPlass)
	}
	q.Konvolutt = put
	return nil
}

// innlogget says whether an envelope has credentials of its own.
func (k *konvolutt) innlogget() bool {
	return k.hode != nil && slices.ContainsFunc(k.hode.ChildElements(), func(e *etree.Element) bool {
		return e.Tag == "Brukersesjon" || e.Tag == "Security"
	})
}

// innsatt is an envelope with a block in its header, at the beginning of one that it has, or else in one of its own
// before the body; nil when neither is found.
func innsatt(text []byte, block string, hasHeader bool) []byte {
	// Comments are blanked for the search alone, so that a tag in one is not taken for an element.
	blanked := kommentar.ReplaceAllFunc(text, func(c []byte) []byte { return bytes.Repeat([]byte(" "), len(c)) })
	if hasHeader {
		at := hodetagg.FindSubmatchIndex(blanked)
		if at == nil {
			return nil
		}
		tag, attributes := string(text[at[2]:at[3]]), string(text[at[4]:at[5]])
		opened := "<" + tag + attributes + ">" + block
		if at[6] < at[7] { // it was empty, and written as one tag
			opened += "</" + tag + ">"
		}
		return slices.Concat(text[:at[0]], []byte(opened), text[at[1]:])
	}
	at := kropptagg.FindSubmatchIndex(blanked)
	if at == nil {
		return nil
	}
	prefix := ""
	if at[2] >= 0 {
		prefix = string(text[at[2]:at[3]])
	}
	return slices.Concat(text[:at[0]], []byte("<"+prefix+"Header>"+block+"</"+prefix+"Header>"), text[at[0]:])
}
