package kontrakt

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"aareg/wsdl/felt"
)

// Visning is how a report is shown.
type Visning struct {
	// Umasket shows identity numbers, names, addresses and dates of birth as they are. Credentials are masked all the same.
	Umasket bool
}

// What stands for what is not shown: eleven bullets for an identity number, five for any other text, whatever its length.
const (
	nummermaske = "•••••••••••"
	tekstmaske  = "•••••"
)

// innhold is what the text of an element may hold. Of two rows with one tag the later here counts.
type innhold int

const (
	aapent    innhold = iota // nothing of a person
	ukjent                   // anything: no row has the tag, it is a group's, or an address
	ident                    // an identifier: shown when it has the nine digits of a unit
	navn                     // the name of an employer, who may be a person or carry a person's name
	personalt                // a number or date of birth
	personnav                // a person's name or a part of one
	hemmelig                 // a credential
)

// innholdAv sorts the tags of the field table in both dialects and of the header and fault schemas, in lower case, by
// what they may hold.
// A tag that is not here is ukjent, so that what a faulty endpoint renames is masked too.
var innholdAv = sorterTagger(slices.Concat(felt.Spek.Table(), felt.D2015.Table()))

// sorterTagger reads off the rows what a leaf may hold:
//   - Ledetekst begins with Fødsels (number, date and year of birth), or the type is personnr: personalt;
//   - the tag ends in navn, or begins with it: a person's name, but an employer's where it is navn itself, orgnavn or
//     navnHovedenhet;
//   - the tag begins with orgnr, or is arbeidsgiverId or arbeidstakerId: ident;
//   - the tag has adresse in it: a home may stand there, masked like the unknown;
//   - any other: aapent.
func sorterTagger(rows []felt.Rad) map[string]innhold {
	tags := map[string]innhold{}
	for _, tag := range strings.Fields(`datakilde tjeneste produkt antallTransaksjoner debitert total intern backOffice
		visDetaljer visRaadata visResponstid distribusjonskanal systemnavn
		faultcode faultstring feilgruppekode feilgruppetekst feilkode feiltekst feilmelding Value Text
		html head title body h1 h2 h3 p pre hr br center address a`) {
		tags[strings.ToLower(tag)] = aapent
	}
	for _, tag := range strings.Fields("passord brukernavn delegertBrukernavn sesjonsid Username Password Nonce BinarySecurityToken") {
		tags[strings.ToLower(tag)] = hemmelig
	}
	for _, r := range rows {
		if !r.IsGroup() {
			tag := strings.ToLower(r.Tag)
			tags[tag] = max(tags[tag], innholdAvRad(r))
		}
	}
	return tags
}

func innholdAvRad(r felt.Rad) innhold {
	tag := strings.ToLower(r.Tag)
	switch {
	case strings.HasPrefix(r.Ledetekst, "Fødsels"), r.Type == "personnr":
		return personalt
	case slices.Contains([]string{"navn", "orgnavn", "navnhovedenhet"}, tag):
		return navn
	case strings.Contains(tag, "navn"):
		return personnav
	case strings.HasPrefix(tag, "orgnr"), tag == "arbeidsgiverid", tag == "arbeidstakerid":
		return ident
	case strings.Contains(tag, "adresse"):
		return ukjent
	}
	return aapent
}

var niSiffer = regexp.MustCompile(`^[0-9]{9}$`)

// maske masks one question and its answer.
type maske struct {
	umasket bool
	ord     map[string]bool   // words of persons' names, and values of one word, that were met in it
	verdier map[string]bool   // values of more than one word
	helt    *strings.Replacer // of verdier
}

// nyMaske makes a mask that knows the persons in the documents, wherever they are met again: in the text of a breach,
// in a fault that echoes the question.
func nyMaske(v Visning, dokumenter ...string) *maske {
	m := &maske{umasket: v.Umasket, verdier: map[string]bool{}, ord: map[string]bool{}}
	for _, d := range dokumenter {
		gaaGjennom(d, m.husk, func(_, value string) string { return value })
	}
	var pairs []string
	for value := range m.verdier {
		pairs = append(pairs, value, tekstmaske)
	}
	m.helt = strings.NewReplacer(pairs...)
	return m
}

// husk remembers what is said of persons. A value of fewer than four characters that is no name is not looked for
// elsewhere: it would be found by chance.
func (m *maske) husk(what innhold, text string) string {
	value := html.UnescapeString(text)
	if what < ident || what == ident && niSiffer.MatchString(value) {
		return text
	}
	words := strings.FieldsFunc(value, notOfWord)
	switch {
	case len(words) == 0: // a hyphen that was asked for is not to be missed in everything that has one
		return text
	case utf8.RuneCountInString(value) < 4 && what != personnav:
	case len(words) == 1 && words[0] == value:
		m.ord[value] = true
	default:
		m.verdier[value], m.verdier[text] = true, true
	}
	if what != personnav {
		return text
	}
	for _, word := range words {
		if utf8.RuneCountInString(word) > 1 {
			m.ord[word] = true
		}
	}
	return text
}

// notOfWord is what parts words. _ does not: names of cases have it.
func notOfWord(r rune) bool {
	return r != '_' && !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r)
}

// dokument masks a question or an answer that lesbar has read.
func (m *maske) dokument(text string) string {
	return m.tall(gaaGjennom(text, m.innhold, m.attributt))
}

// innhold masks the text of an element.
func (m *maske) innhold(what innhold, text string) string {
	switch {
	case what == hemmelig:
		return tekstmaske
	case m.umasket:
		return text
	case what == aapent:
		return m.personer(text)
	case what == ident && niSiffer.MatchString(text):
		return text
	case utenNumre(text) == nummermaske:
		return nummermaske
	}
	return tekstmaske
}

// kjenteAttributter are those that the envelope has and that say nothing of persons.
var kjenteAttributter = []string{"version", "encoding", "standalone", "nil", "type", "mustunderstand", "actor", "role",
	"encodingstyle", "schemalocation", "lang", "id"}

// attributt masks the value of an attribute, but for what belongs to the envelope.
func (m *maske) attributt(name, value string) string {
	local := strings.ToLower(name[strings.LastIndexByte(name, ':')+1:])
	switch {
	case value == "" || strings.HasPrefix(name, "xmlns"):
		return value
	case local == "autorisasjonsnoekkel":
		return tekstmaske
	case m.umasket:
		return value
	case slices.Contains(kjenteAttributter, local):
		return m.personer(value)
	}
	return tekstmaske
}

// setning masks a sentence, a name or a path that is not a document.
func (m *maske) setning(text string) string {
	if m.umasket {
		return text
	}
	return m.tall(m.personer(text))
}

// tall masks every identity number.
func (m *maske) tall(text string) string {
	if m.umasket {
		return text
	}
	return utenNumre(text)
}

// personer masks the persons that the mask has met: whole values first, then the words of names.
func (m *maske) personer(text string) string {
	if m.umasket {
		return text
	}
	text = m.helt.Replace(text)
	var out strings.Builder
	for text != "" {
		end := strings.IndexFunc(text, notOfWord)
		if end < 0 {
			end = len(text)
		}
		out.WriteString(m.etOrd(text[:end]))
		next := strings.IndexFunc(text[end:], func(r rune) bool { return !notOfWord(r) })
		if next < 0 {
			next = len(text) - end
		}
		out.WriteString(text[end : end+next])
		text = text[end+next:]
	}
	return out.String()
}

func (m *maske) etOrd(word string) string {
	switch {
	case !m.ord[word]:
		return word
	case utenNumre(word) == nummermaske:
		return nummermaske
	}
	return tekstmaske
}

// utfall is a copy of what came of a question with nothing in it that may not be shown; its documents are UTF-8.
func (v Visning) utfall(u Utfall) Utfall {
	question, answer, fasit := lesbar(u.Spoersmaal.Konvolutt), lesbar(u.Svar.Kropp), lesbar(u.Spoersmaal.Fasit)
	m := nyMaske(v, question, answer, fasit)
	u.Spoersmaal.Konvolutt = []byte(m.dokument(question))
	u.Spoersmaal.Fasit = []byte(m.dokument(fasit))
	u.Svar.Kropp = []byte(m.dokument(answer))
	for _, s := range []*string{&u.Spoersmaal.Navn, &u.Spoersmaal.Hvorfor, &u.Spoersmaal.Ventet, &u.Spoersmaal.Operasjon,
		&u.Svar.Feil, &u.Svar.Mediatype, &u.Fikk, &u.Udoemt} {
		*s = m.setning(*s)
	}
	u.Brudd = m.brudd(u.Brudd)
	return u
}

// vist is a copy of the result in which nothing is left that may not be shown. Reports are written of it alone.
func (r *Resultat) vist(v Visning) *Resultat {
	m, shown := nyMaske(v), *r
	shown.Endepunkt = m.setning(r.Endepunkt)
	shown.WSDL = m.brudd(r.WSDL)
	shown.Merknader = m.setninger(r.Merknader)
	shown.Utfall = make([]Utfall, len(r.Utfall))
	for i, u := range r.Utfall {
		shown.Utfall[i] = v.utfall(u)
	}
	shown.Dekning = slices.Clone(r.Dekning)
	for i := range shown.Dekning {
		d := &shown.Dekning[i]
		d.Grense, d.Mangler = m.setninger(d.Grense), m.setninger(d.Mangler)
	}
	return &shown
}

func (m *maske) setninger(all []string) []string {
	all = slices.Clone(all)
	for i, s := range all {
		all[i] = m.setning(s)
	}
	return all
}
