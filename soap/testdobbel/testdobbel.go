// Package testdobbel makes the service a test double: a server for the tests of clients, that never serves real data.
// Beside the questions, which are answered by the real service, it has a port of its own for whoever steers it
// (Admin), on this machine alone:
//
//	GET    /                what there is here, and the magic ids, as text
//	PUT    /register        any file that aareg import reads takes the place of the register; numbers of persons must be
//	                        synthetic ones, with 40 or more added to the month
//	POST   /register        the same adds to the register, changes and deletes
//	DELETE /register        back to the demo register, and to the day that it began with
//	GET    /register        {"register":"demo"|"loaded","today":"2025-06-15","arbeidsforhold":11234,…}
//	PUT    /today           {"today":"2025-08-18"}: answers are as of this day, and so is the clock
//	GET    /journal         the questions that were asked, oldest first; DELETE forgets them
//	POST   /journal/verify  {"operasjon":"hentArbeidstaker","felt":{"foedselsnr":"…"},"antall":1}: was it asked so often?
//	                        antall is exact, minst at least, maks at most; none of them is minst 1. 200 when it holds,
//	                        409 when it does not, and then why
//	PUT    /scenarios       what to answer otherwise, see Scenarios; DELETE and GET
//
// A body needs a Content-Type that no form of a web page sends (application/json, application/x-ndjson,
// application/octet-stream, …). A refusal is {"error":"…"}. In all that the double says, values of questions stand as
// keyed digests alone, with a key that lives as long as the process.
//
// Whatever the order, the same question gets the same bytes: the clock stands still at noon of the day, the key of
// session ids is known, and latency is drawn from the seed and the question. Only "times" of a scenario, which asks for
// a sequence, is an exception.
//
// Each answer has a header X-Aareg-Test that tells what it came from: "scenario 2", "magic ikkeTilgang", "register", or
// "refused", and why nothing else matched.
package testdobbel

import (
	"errors"
	"log/slog"
	"net/http"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"aareg/fixtures"
	"aareg/soap"
	"aareg/store"
)

// Dobbel is a test double: a handler of questions, and one that steers it.
type Dobbel struct {
	config    soap.Config
	dir       string // registers that were loaded, for the owner's eyes
	today     atomic.Int32
	begun     store.Dato // the day that it began with
	journal   *journal
	scenarios scenarier

	loading  sync.Mutex // one register is loaded at a time
	mu       sync.RWMutex
	demo     *register
	inForce  *register
	retiring sync.WaitGroup
}

// sessionKey signs the double's session ids: a known one, so that they are the same in every run.
var sessionKey = []byte("the test double signs its own ids")

// New makes a double that answers from the demo register as of today, its own day when today is 0. Of c, the double
// sets Store, View, Now, SessionKey and Around itself. Close it when its servers have stopped.
func New(c soap.Config, today store.Dato) (*Dobbel, error) {
	if today == 0 {
		today = fixtures.Today
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	dir, err := os.MkdirTemp("", "aareg-test")
	if err != nil {
		return nil, err
	}
	d := &Dobbel{config: c, dir: dir, begun: today, journal: newJournal()}
	d.today.Store(int32(today))
	d.config.View = d.View
	d.config.Now = d.now
	d.config.SessionKey = sessionKey
	demo, err := fixtures.Demo()
	if err == nil {
		d.demo, err = d.newRegister("demo", demo, "")
	}
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	d.inForce = d.demo
	return d, nil
}

// Close closes every register and removes what was loaded, after a load that is under way.
func (d *Dobbel) Close() error {
	d.loading.Lock()
	defer d.loading.Unlock()
	d.swap(d.demo)
	d.retiring.Wait()
	return errors.Join(d.demo.store.Close(), os.RemoveAll(d.dir))
}

// Server serves questions, within the limits of the real service.
func (d *Dobbel) Server() *http.Server {
	c := d.config
	c.Store = d.demo.store
	server := soap.NewServer(c)
	server.Handler = http.HandlerFunc(d.serve)
	return server
}

// View is how questions see the register: protected persons are answered with their code in any, as in the demo register,
// since all are made up.
func (d *Dobbel) View() store.View {
	return store.View{Today: store.Dato(d.today.Load()), Fortrolig: store.InnsynKode, StrengtFortrolig: store.InnsynKode}
}

// now is noon of the day, so that answers do not tell when they were asked for.
func (d *Dobbel) now() time.Time {
	today := int(d.today.Load())
	return time.Date(today/10000, time.Month(today/100%100), today%100, 12, 0, 0, 0, time.UTC)
}
