// Package logg is the audit log: who was told what of whom, as evidence. One durable row for each answer, each chained
// to the one before it by a hash, in a file of its own. It knows nothing of questions or rights; it writes what it is
// told before the answer leaves, and finds what was changed, removed or cut.
package logg

import (
	"time"
)

// Rad is one row: one answer, or one other disclosure. Everything in it but Nr is the writer's.
type Rad struct {
	Nr  int64     `json:"nr"`
	Tid time.Time `json:"tid"` // UTC, whole milliseconds
	// Slag is what was done.
	Slag Slag `json:"slag"`

	Konsument     int64  `json:"konsument,omitempty"` // 0: nobody was identified
	Orgnr         string `json:"orgnr,omitempty"`
	Databehandler string `json:"databehandler,omitempty"`
	Innlogging    int64  `json:"innlogging,omitempty"`
	// Bruker is who ran a command on the server itself (export), as the operating system calls them.
	Bruker string `json:"bruker,omitempty"`
	// What the caller claims of itself (Transaksjon), and where it called from.
	Saksreferanse string `json:"saksreferanse,omitempty"`
	Referanse     string `json:"referanse,omitempty"`
	Klientip      string `json:"klientip,omitempty"`
	Adresse       string `json:"adresse,omitempty"`     // of the socket
	Videresendt   string `json:"videresendt,omitempty"` // for whom a trusted proxy says it asks

	Produkt   string      `json:"produkt,omitempty"` // operation, as the field specification names it
	Parametre []Parameter `json:"parametre,omitempty"`
	// Utfall is the statuskode of an answer or the feilkode of a fault.
	Utfall string `json:"utfall"`
	// Avslag is true when it was refused, and Rettighet the right that was missing; otherwise Rettighet is the right
	// that it was given by.
	Avslag    bool   `json:"avslag,omitempty"`
	Rettighet string `json:"rettighet,omitempty"`
	Profil    string `json:"profil,omitempty"`
	Antall    int    `json:"antall"` // records in the answer or the export, rows removed, or how many refused logins the row stands for
	// Korrelasjon is the reference that the program's log and a fault quote.
	Korrelasjon string `json:"korrelasjon,omitempty"`
	Generasjon  int64  `json:"generasjon,omitempty"` // of the register that was exported, otherwise 0
	// Beskyttet is true when the answer tells that whom it is about has address protection, with their data or without.
	Beskyttet bool `json:"beskyttet,omitempty"`

	// Personer are the persons who were disclosed or asked for: foedselsnr and D-numbers as numbers below 10^11. They
	// come in any order, and are packed in the row rising, each once.
	Personer []uint64 `json:"-"`
}

// Parameter is one element of a question.
type Parameter struct {
	Tag   string `json:"tag"`
	Verdi string `json:"verdi"`
}

// Slag is a kind of row.
type Slag string

// The kinds: an answer or fault to a question, a login that was refused, an export of a register, an extract, the
// removal of rows whose time is over, and a look into the log itself that shows persons.
const (
	Svar       Slag = "svar"
	Innlogging Slag = "innlogging"
	Eksport    Slag = "eksport"
	Uttrekk    Slag = "uttrekk"
	Sletting   Slag = "sletting"
	Innsyn     Slag = "innsyn"
)
