package store

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"strings"
)

// Kodeverdi is a value of a code list as a source delivered it: a code, its
// text, or both. Sources of the REST v1 and GraphQL families differ in what
// they send; Tekst makes them read alike.
type Kodeverdi struct {
	Kode        string `json:"kode,omitempty"`
	Beskrivelse string `json:"beskrivelse,omitempty"`
}

// noTerm begins the text that Aa-registeret itself sent for codes it had
// forgotten: "<Fant ingen gyldig term for kode: time>".
const noTerm = "<Fant ingen gyldig term"

// Kodeverk is a code list.
type Kodeverk struct {
	printed kodeliste         // by code and by delivered text: shown whatever was delivered
	listed  kodeliste         // by code
	bare    map[string]string // what is shown of a code that came without a text, by the code as the lists spell it
}

// FinnKodeverk is the code list of a name: arbeidsforholdstype, landkode, …, the first column of kodeverk.csv. A list is
// found once, when the program starts; one that there is none of stops it.
func FinnKodeverk(navn string) *Kodeverk {
	l, known := kodelister[navn]
	if !known {
		panic("no code list " + navn)
	}
	return l
}

// Tekst is what an answer shows for k: the delivered beskrivelse, else the code list's, else the code. Two values are
// shown as the field specification prints them, whatever was delivered: skipsregister is NOR, NIS or Utenlandsk, and
// avloenningstype fast is "Fast lønn". Codes are compared without regard to case; a country has one of 2 or 3 letters.
// In a list that is not known no code has a text.
func (l *Kodeverk) Tekst(k Kodeverdi) string {
	if k.delivered() {
		if len(l.printed) == 0 {
			return k.Beskrivelse
		}
	} else if tekst, ok := l.bare[k.Kode]; ok {
		return tekst
	}
	return l.finn(k)
}

// finn is Tekst in any case of letters.
func (l *Kodeverk) finn(k Kodeverdi) string {
	if tekst, ok := l.printed.tekst(k.Kode); ok {
		return tekst
	}
	if tekst, ok := l.printed.tekst(k.Beskrivelse); ok {
		return tekst
	}
	if k.delivered() {
		return k.Beskrivelse
	}
	if tekst, ok := l.listed.tekst(k.Kode); ok {
		return tekst
	}
	return k.Kode
}

// Tekst is Kodeverk.Tekst of the named code list. Who shows many values finds the list first.
func (k Kodeverdi) Tekst(kodeverk string) string {
	if l, known := kodelister[kodeverk]; known {
		return l.Tekst(k)
	}
	return (&Kodeverk{}).Tekst(k)
}

// delivered says whether the value came with a text of its own.
func (k Kodeverdi) delivered() bool {
	if k.Beskrivelse == "" {
		return false
	}
	if c := k.Beskrivelse[0]; 'A' <= c && c <= 'z' {
		return true // nearly all
	}
	return strings.TrimSpace(k.Beskrivelse) != "" && !strings.HasPrefix(k.Beskrivelse, noTerm)
}

// printedTexts are the texts of the field specification, by the codes and by
// the texts that are known to be delivered for them.
var printedTexts = map[string]kodeliste{
	"skipsregister": newKodeliste(map[string]string{
		"nor":                                "NOR",
		"Norsk Ordinært Skipsregister":       "NOR",
		"nis":                                "NIS",
		"Norsk Internasjonalt Skipsregister": "NIS",
		"utl":                                "Utenlandsk",
		"utla":                               "Utenlandsk",
		"Utenlandsk":                         "Utenlandsk",
		"Utenlandsk skipsregister":           "Utenlandsk",
		"Utenlandsk registrert fartøy":       "Utenlandsk",
	}),
	"avloenningstype": newKodeliste(map[string]string{
		"fast":      "Fast lønn",
		"Fastlønn":  "Fast lønn",
		"Fast lønn": "Fast lønn",
	}),
}

// kodelister are the code lists that the project brings along, so that a
// source that sends bare codes is answered with texts. They are what could be
// verified of Nav's and Enhetsregisteret's lists; of occupations only a few,
// since all others come with the text that is delivered. gyldig_til is empty
// while a code is in use; a code keeps its text afterwards, for the register
// keeps old records.
//
// The countries are those of i18n-iso-countries 7.14.0 (Copyright (c) 2016
// widdix GmbH, MIT licence), with the additions of the Norwegian list Landkoder.
var kodelister = readKodelister()

//go:embed kodeverk.csv
var kodeverkCSV string

//go:embed landkoder.csv
var landkoderCSV string

func readKodelister() map[string]*Kodeverk {
	lists := make(map[string]*Kodeverk)
	add := func(kodeverk, kode, tekst string) {
		l := lists[kodeverk]
		if l == nil {
			l = &Kodeverk{printed: printedTexts[kodeverk], listed: make(kodeliste), bare: make(map[string]string)}
			lists[kodeverk] = l
		}
		l.listed.add(kode, tekst)
		l.bare[kode] = l.finn(Kodeverdi{Kode: kode})
	}
	for _, row := range embeddedRows("kodeverk.csv", kodeverkCSV) {
		add(row[0], row[1], row[2])
	}
	for _, row := range embeddedRows("landkoder.csv", landkoderCSV) {
		if row[0] != "" {
			add("landkode", row[0], row[2])
		}
		add("landkode", row[1], row[2])
	}
	return lists
}

// embeddedRows are the rows of an embedded table without its heading. A table
// that cannot be read stops the program at start: it was built wrong.
func embeddedRows(name, table string) [][]string {
	r := csv.NewReader(strings.NewReader(table))
	r.Comment = '#'
	rows, err := r.ReadAll()
	if err != nil || len(rows) < 2 {
		panic(fmt.Sprintf("embedded table %s with %d rows: %v", name, len(rows), err))
	}
	return rows[1:]
}

// kodeliste holds texts by codes in lower case.
type kodeliste map[string]string

func newKodeliste(texts map[string]string) kodeliste {
	l := make(kodeliste)
	for kode, tekst := range texts {
		l.add(kode, tekst)
	}
	return l
}

func (l kodeliste) add(kode, tekst string) { l[strings.ToLower(kode)] = tekst }

// longestKode is the length in bytes of the longest key that can be found.
const longestKode = 64

// tekst looks a code up. An answer of 10,000 arbeidsforhold does this some
// 100,000 times, so it makes no garbage: the key in lower case never leaves
// the stack. Case is that of Latin-1, enough for SÆR.
func (l kodeliste) tekst(kode string) (string, bool) {
	if len(l) == 0 || kode == "" || len(kode) > longestKode {
		return "", false
	}
	var lower [longestKode]byte
	for i := range len(kode) {
		c := kode[i]
		switch {
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		// À to Þ are C3 80 to C3 9E in UTF-8, but for ×, C3 97.
		case i > 0 && kode[i-1] == 0xC3 && 0x80 <= c && c <= 0x9E && c != 0x97:
			c += 'a' - 'A'
		}
		lower[i] = c
	}
	tekst, ok := l[string(lower[:len(kode)])]
	return tekst, ok
}
