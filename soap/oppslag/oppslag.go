// Package oppslag is the page where a person looks: six forms and their answers as readable Norwegian, under /oppslag. It
// is a client of the border in the same process: each look is a question over SOAP, asked in the name of whoever looks, so
// that rights, minimisation, protection, quotas and the audit log are those of the border and of nobody else. Extracts, and
// what no product shows, it asks of doors of the border that are open to it alone (soap.ForSide). It must not
// ask the register or a product, and decides nothing about who may see what.
//
// No number of anybody stands in an address, a title, a header or a log: a form is posted, what was asked is kept here
// under a random key for as long as 15 minutes, and the answer's address holds the key. Of answers nothing is kept.
package oppslag

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime"
	"time"

	"aareg/store"
	"aareg/wsdl/felt"
)

// Config is what the page is built of.
type Config struct {
	// Service is the border, as soap.NewHandler makes it.
	Service http.Handler
	// Rader is how many arbeidsforhold or hits Service answers with at most: those of one page. MaksArbeidsforhold and
	// MaksTreff are how many one may see of an answer, page by page; up to Rader is the first page alone.
	Rader, MaksArbeidsforhold, MaksTreff int
	// Innlogging says that Service has a Port: who looks must log in. Otherwise everybody may look.
	Innlogging bool
	// Today is the day that answers are as of; pictures mark it.
	Today func() store.Dato
	// Dialekt is what Service speaks; "" is felt.Spek.
	Dialekt felt.Dialekt
	// PublicURL is how people reach the page, without a path (https://aareg.example.no); "" takes what they ask for.
	PublicURL string
	// Historier are what the front page offers to look at: of the demo register alone.
	Historier []Historie
	// Now is the clock for visits and what is kept; nil is time.Now.
	Now func() time.Time
	// Log takes what goes wrong; nil is slog.Default.
	Log *slog.Logger
}

// Oppslag is the page as HTTP sees it.
type Oppslag struct {
	config    Config
	handler   http.Handler
	produkter []*Produkt
	maler     maler
	statisk   *statisk
	besoek    *besoekene
	plasser   chan struct{} // for answers that are read and drawn
}

// New makes the page. The error is about the configuration.
func New(c Config) (*Oppslag, error) {
	if c.Service == nil || c.Today == nil {
		return nil, errors.New("oppslag: no service, or no day")
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	o := &Oppslag{config: c, produkter: produkter(c.Dialekt), besoek: newBesoekene(c.Now),
		plasser: make(chan struct{}, 2*runtime.GOMAXPROCS(0))}
	var err error
	if o.statisk, err = newStatisk(); err != nil {
		return nil, fmt.Errorf("oppslag: %w", err)
	}
	if o.maler, err = o.lesMaler(); err != nil {
		return nil, fmt.Errorf("oppslag: %w", err)
	}
	routes, err := o.rute()
	if err != nil {
		return nil, fmt.Errorf("oppslag: %w", err)
	}
	o.handler = o.omkring(routes)
	return o, nil
}

// ServeHTTP answers a request for a path under /oppslag.
func (o *Oppslag) ServeHTTP(w http.ResponseWriter, r *http.Request) { o.handler.ServeHTTP(w, r) }

// produkt is the product of that name in the field specification, nil for none.
func (o *Oppslag) produkt(navn string) *Produkt {
	for _, p := range o.produkter {
		if p.Navn == navn {
			return p
		}
	}
	return nil
}
