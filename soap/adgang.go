package soap

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"aareg/products"
	"aareg/soap/tilgang"
	"aareg/store"
	"aareg/store/logg"
)

// identify finds out who asks. Where everybody may ask, that is login 0.
func (x *exchange) identify() (err error) {
	if x.config.Port == nil {
		x.sesjonsid = x.session(x.start)
		return nil
	}
	l := x.legitimasjon()
	x.anonymous = l.Brukernavn == "" && l.Passord == "" && l.Digest == nil
	x.innlogget, err = x.config.Port.Slipp(x.logins.next(), l)
	if errors.Is(err, context.DeadlineExceeded) { // so many log in at once
		return errBusy
	}
	if err != nil {
		return err
	}
	x.sesjonsid = x.innlogget.Sesjonsid
	if x.forSide() {
		x.innlogget.PaaSide()
	}
	return nil
}

// sessions are the session ids of login 0. All questions of a second have the same, so it is made once.
type sessions struct{ latest atomic.Pointer[session] }

type session struct {
	second int64
	id     string
}

func (h *handler) session(at time.Time) string {
	latest := h.sessions.latest.Load()
	if latest == nil || latest.second != at.Unix() {
		latest = &session{at.Unix(), h.key.Utsted(at, 0)}
		h.sessions.latest.Store(latest)
	}
	return latest.id
}

// loginPatience is how long a login may take: its turn among others, the delay that failures have earned, its hashes.
const loginPatience = 10 * time.Second

// permitted says whether who asks may ask this.
func (x *exchange) permitted() error {
	if x.innlogget == nil {
		return nil
	}
	return x.innlogget.Spoersmaal(x.operation, x.tags())
}

// tags are the elements of the question that have a value.
func (x *exchange) tags() []string {
	tags := make([]string, len(x.given))
	for i, l := range x.given {
		tags[i] = l.tag
	}
	return tags
}

// view is from where the question sees the register.
func (x *exchange) view() store.View {
	open := x.config.View()
	if x.innlogget == nil {
		return open
	}
	return x.innlogget.View(open.Today)
}

// leave is the door that every answer goes out by, before its first byte: the quota of persons has room for those in it,
// and the audit log has its row on disk. An error means that nothing may leave.
func (x *exchange) leave(svar *products.Svar) error {
	if x.innlogget == nil && x.config.Logg == nil {
		return nil
	}
	kode, antall, personer := svar.Utlevert()
	if x.innlogget != nil {
		if err := x.innlogget.Utlever(personer); err != nil {
			return err
		}
	}
	rad := x.row(string(kode), personer)
	rad.Antall, rad.Rettighet = antall, "produkt "+x.operation
	rad.Beskyttet = kode == products.FortroligKode || kode == products.StrengtFortrolig
	return x.log(rad)
}

// errLogg is an answer or a fault that the audit log could not take.
var errLogg = errors.New("audit log")

// logPatience is how long a row may wait for its turn to be written.
const logPatience = 10 * time.Second

func (x *exchange) log(rad *logg.Rad) error {
	if x.config.Logg == nil || x.logged {
		return nil
	}
	x.logged = true
	if x.avmeld != nil {
		defer x.avmeld()
	}
	if err := x.config.Logg.Skriv(x.rows.next(), rad); err != nil {
		return fmt.Errorf("%w: %w", errLogg, err)
	}
	return nil
}

// row is the audit log's row about this question, with its outcome.
func (x *exchange) row(utfall string, personer []uint64) *logg.Rad {
	rad := &logg.Rad{Tid: x.config.Now(), Slag: logg.Svar, Produkt: x.operation, Utfall: utfall, Korrelasjon: x.reference(),
		Adresse: x.r.RemoteAddr, Personer: personer}
	if ip, _ := address(x.r.RemoteAddr); x.source(x.r) != ip {
		rad.Videresendt = x.source(x.r).String()
	}
	rad.Parametre = x.kanal()
	for _, l := range x.given {
		rad.Parametre = append(rad.Parametre, logg.Parameter{Tag: l.tag, Verdi: l.text})
	}
	if x.caller != nil {
		t := x.caller.transaksjon
		rad.Saksreferanse, rad.Referanse, rad.Klientip = t.saksreferanse, t.referanse, t.klientip
	}
	if i := x.innlogget; i != nil {
		rad.Konsument, rad.Orgnr, rad.Databehandler = i.Konsument.Nr, i.Konsument.Orgnr, i.Konsument.Databehandler
		rad.Innlogging, rad.Profil = i.Innlogging.Nr, i.Konsument.Rettigheter.Profil
	}
	return rad
}

// logFault writes the audit log's row about a fault: of whoever was identified, and of a login that was refused. Where
// it cannot, the fault becomes one of ours; but a login that was refused is told so in the same bytes always.
func (x *exchange) logFault(f *feil) *feil {
	refused := x.innlogget == nil && feiltekster[f.kode].gruppe == tilgangsfeil
	if x.config.Logg == nil || x.logged || x.innlogget == nil && !refused {
		return f
	}
	rad := x.row(string(f.kode), x.askedFor())
	rad.Avslag, rad.Rettighet = true, f.rettighet
	if refused {
		// Nothing that was claimed is kept: a password that slipped into the wrong element would be.
		rad.Slag, rad.Parametre = logg.Innlogging, x.kanal()
		rad.Saksreferanse, rad.Referanse, rad.Klientip = "", "", ""
		if a := f.avvist; a != nil {
			rad.Rettighet = a.Aarsak
			if a.Innlogging != nil {
				rad.Konsument, rad.Orgnr, rad.Innlogging = a.Konsument.Nr, a.Konsument.Orgnr, a.Innlogging.Nr
			}
		}
		if x.anonymous || f.kode == forMangeForespoersler {
			if rad.Antall = x.crowd.row(x.start); rad.Antall == 0 {
				return f
			}
		}
	}
	if err := x.log(rad); err != nil {
		own := x.ownFault("fault not logged", err)
		if !refused {
			return own
		}
	}
	return f
}

// askedFor is whom a question that was refused is about: whom its product has told of, else whoever's number is in it.
func (x *exchange) askedFor() []uint64 {
	if len(x.personer) > 0 {
		return x.personer
	}
	var found []uint64
	for _, l := range x.given {
		switch l.tag {
		case "foedselsnr", "orgnr", "arbeidsgiverId":
			if n, err := strconv.ParseUint(l.text, 10, 64); err == nil && len(l.text) == 11 {
				found = append(found, n)
			}
		}
	}
	return found
}

// crowd counts refused logins that cost their senders nothing, so that they cannot fill the audit log: those without
// credentials, and those that are refused unlooked at. They share a row a minute; what came after the last row has none.
type crowd struct {
	mu    sync.Mutex
	since time.Time
	n     int
}

// row is how many the next row stands for, 0 when there is to be none yet.
func (c *crowd) row(now time.Time) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n++
	if !c.since.IsZero() && now.Sub(c.since) < time.Minute {
		return 0
	}
	n := c.n
	c.since, c.n = now, 0
	return n
}

// refusal is the fault about an error of tilgang; nil for another.
func (x *exchange) refusal(err error) *feil {
	var avslag *tilgang.Avslag
	switch {
	case errors.Is(err, tilgang.ErrUgyldigBruker):
		var avvist *tilgang.Avvist
		_ = errors.As(err, &avvist) // nil when nobody said who they are
		return &feil{kode: ugyldigBruker, melding: "Innloggingen ble ikke godtatt.", avvist: avvist}
	case errors.Is(err, tilgang.ErrSesjonUtloept):
		return &feil{kode: sesjonUtloept, melding: "Logg inn på nytt med brukernavn og passord."}
	case errors.Is(err, tilgang.ErrForMange):
		return &feil{kode: forMangeForespoersler, melding: "Det har vært for mange mislykte innlogginger. Prøv igjen senere."}
	case errors.As(err, &avslag) && avslag.ForMange:
		return &feil{kode: forMangeForespoersler, rettighet: avslag.Rettighet,
			melding: "Kvoten er brukt opp. Referanse: " + x.reference()}
	case errors.As(err, &avslag):
		return &feil{kode: ikkeTilgang, rettighet: avslag.Rettighet,
			melding: "En rettighet mangler. Referanse: " + x.reference()}
	}
	return nil
}
