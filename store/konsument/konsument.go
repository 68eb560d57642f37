// Package konsument is who may ask: consumers (bodies with an agreement), their logins and their rights, in a database
// of their own, so that a reload of the register touches none of it. It holds no secret in the clear but those that a
// password digest is checked with, and decides nothing: what a right means at the border is soap/tilgang's.
package konsument

import "aareg/store"

// Konsument is a body that has an agreement, and what the agreement says (source: tilgang.txt).
type Konsument struct {
	Nr                  int64          `json:"nr"` // never used again
	Orgnr               string         `json:"orgnr"`
	Navn                string         `json:"navn"`
	Databehandler       string         `json:"databehandler,omitempty"` // orgnr of an external one, "" for none
	Hjemmel             string         `json:"hjemmel"`
	Formaal             string         `json:"formaal"`
	Behandlingsgrunnlag string         `json:"behandlingsgrunnlag"`
	Tilgang             []Tilgangsform `json:"tilgang"`
	Kontakter           Kontakter      `json:"kontakter"`
	Fra                 store.Dato     `json:"fra,omitempty"` // the first and the last day; 0: open
	Til                 store.Dato     `json:"til,omitempty"`
	Sperret             bool           `json:"sperret,omitempty"`
	Rettigheter         Rettigheter    `json:"rettigheter"`
}

// Gyldig says whether the agreement is in force on a day and nobody has disabled it.
func (k *Konsument) Gyldig(today store.Dato) bool {
	return !k.Sperret && k.Fra <= today && (k.Til == 0 || today <= k.Til)
}

// Tilgangsform is a way to use the register that an agreement grants.
type Tilgangsform string

// The three ways: machine to machine, by page, and extracts.
const (
	API        Tilgangsform = "api"
	WebOppslag Tilgangsform = "web-oppslag"
	Uttrekk    Tilgangsform = "uttrekk"
)

// Kontakter are the four contacts that an agreement names.
type Kontakter struct {
	Avtale          Kontakt `json:"avtale"`          // for the agreement
	Endring         Kontakt `json:"endring"`         // for changes of the solution
	Feil            Kontakt `json:"feil"`            // for faults in it
	Sikkerhetsbrudd Kontakt `json:"sikkerhetsbrudd"` // for breaches of security
}

// Kontakt is whom to call or write to.
type Kontakt struct {
	Navn    string `json:"navn"`
	Telefon string `json:"telefon"`
	Epost   string `json:"epost"`
}

// Rettigheter is what a consumer may. The zero value is nothing at all.
type Rettigheter struct {
	// Profil names the profile that the rights were made of, for the log and for show; what counts is below.
	Profil string `json:"profil,omitempty"`
	// Produkter are operations by their name in the field specification (hentArbeidstaker).
	Produkter []string `json:"produkter,omitempty"`
	// Felter are rows of answers as "hentArbeidstaker/arbeidsforholdListe/arbeidsforhold/begyntdato", operation and path
	// of the field table; a path that is a group's means all of the group, and an operation alone all of its answer. Data
	// elements of the register that no product shows are rows of their own: "uttrekk/ansettelsesdetaljer/ansettelsesform".
	Felter []string `json:"felter,omitempty"`
	// Arbeidsgivere and Personer are whom the consumer may see at all.
	Arbeidsgivere Omfang `json:"arbeidsgivere"` // orgnr, of a unit with all below it, or numbers of personal employers
	Personer      Omfang `json:"personer"`      // foedselsnr or D-numbers, in force or former
	// Fortrolig and StrengtFortrolig are what it may know of protected persons (semantics.md "Protected persons").
	Fortrolig        store.Innsyn `json:"fortrolig"`
	StrengtFortrolig store.Innsyn `json:"strengtFortrolig"`
	// PersonerPerDoegn is how many different persons a day, in Norway's time, and SpoersmaalPerSekund how many
	// questions a second, with a burst of as many. 0 is none, Ubegrenset no limit.
	PersonerPerDoegn    int `json:"personerPerDoegn"`
	SpoersmaalPerSekund int `json:"spoersmaalPerSekund"`
}

// Ubegrenset is a quota without a limit.
const Ubegrenset = -1

// Omfang is everybody, or a list; the zero value is nobody.
type Omfang struct {
	Alle   bool     `json:"alle,omitempty"`
	Nummer []string `json:"nummer,omitempty"`
}

// Innlogging is a login of a consumer.
type Innlogging struct {
	Nr         int64  // stands in session ids; never used again
	Konsument  int64  // Nr of the consumer
	Brukernavn string // as it was given; two that differ in case alone are the same. "" for a certificate
	Slag       Slag
	// Passord is the hash of the password as a PHC string ($argon2id$…), "" when none was set.
	Passord string
	// Digest is the password itself, and is there only when the login may use a WS-Security password digest.
	Digest string
	// Legacy also tries the password in upper case, as the platform did.
	Legacy  bool
	Sperret bool
	// Etter is a time in Unix seconds: sessions issued at or before it are revoked. Every revocation raises it, also a
	// second one within a second, and a new session is issued after it.
	Etter int64
}

// Slag is how a login proves who it is.
type Slag string

// The two kinds: user name and password, and a client certificate with the consumer's organisation number.
const (
	MedPassord    Slag = "passord"
	MedSertifikat Slag = "sertifikat"
)

// Bilde is all consumers and logins as they were at one moment. It is shared and never changed.
type Bilde struct {
	// Versjon differs between any two pictures of one database of which one is changed.
	Versjon int64
	// Noekkel signs session ids: 32 bytes, made with the database; a copy of the database has the same.
	Noekkel      []byte
	konsumenter  map[int64]*Konsument
	innlogginger map[int64]*Innlogging
	brukernavn   map[string]*Innlogging // by Fold
	sertifikat   map[string]*Innlogging // by the consumer's orgnr
	endret       map[int64]int64        // the picture's Versjon when a consumer was changed last
}

// Konsument is the consumer of that number, nil for none.
func (b *Bilde) Konsument(nr int64) *Konsument { return b.konsumenter[nr] }

// Innlogging is the login of that number, nil for none.
func (b *Bilde) Innlogging(nr int64) *Innlogging { return b.innlogginger[nr] }

// Bruker is the login of a user name, whatever its case; nil for none.
func (b *Bilde) Bruker(brukernavn string) *Innlogging { return b.brukernavn[Fold(brukernavn)] }

// Sertifikat is the certificate login of the consumer with that organisation number, nil for none.
func (b *Bilde) Sertifikat(orgnr string) *Innlogging { return b.sertifikat[orgnr] }
