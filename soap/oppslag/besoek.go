package oppslag

import (
	"sync"
	"time"

	"aareg/soap"
)

// The limits of visits and of what is kept of them, all in memory.
const (
	// maxStille is how long a visit lasts when nothing is asked of the page.
	maxStille = 15 * time.Minute
	// maxBehold is how long a question is kept.
	maxBehold = 15 * time.Minute
	// maxBesoek, maxSpoersmaal and maxPerBesoek are how many visits and questions there are at most, in all and of one
	// visit; the oldest make room.
	maxBesoek, maxSpoersmaal, maxPerBesoek = 5000, 5000, 50
)

// besoek is a person's visit: from login or, where everybody may look, from the first question, until logout or until
// nothing comes any more. It is found by a random token in a cookie, so that the session id stays here and two who share
// a login do not share what is kept.
type besoek struct {
	token     string
	sesjonsid string          // a bearer secret; "" when nobody is logged in, or not any more
	konsument string          // the consumer's name
	bruker    string          // the consumer's orgnr and the user name, to know the same again
	produkter map[string]bool // that the consumer may ask; nil where everybody may ask all
	uttrekk   bool            // it may have extracts
	detaljer  bool            // it may see something that no product shows
	sist      time.Time
	borte     bool // it was over for want of questions
}

// kan says whether a product may be asked, as the rights were at login: the border decides anew each time.
func (b besoek) kan(operasjon string) bool { return b.produkter == nil || b.produkter[operasjon] }

// kanUttrekk and kanDetaljer say it of extracts, and of what no product shows.
func (b besoek) kanUttrekk() bool  { return b.produkter == nil || b.uttrekk }
func (b besoek) kanDetaljer() bool { return b.produkter == nil || b.detaljer }

// spoersmaal is what was asked, kept so that its answer can have an address without a number.
type spoersmaal struct {
	produkt *Produkt
	skjema  int               // which of the product's forms
	felter  map[string]string // by tag
	token   string            // of the visit
	kept    time.Time
}

// besoekene are all visits and the questions that are kept, safe for concurrent use.
type besoekene struct {
	now func() time.Time

	mu         sync.Mutex
	besoek     map[string]*besoek     // by token
	spoersmaal map[string]*spoersmaal // by key
}

func newBesoekene(now func() time.Time) *besoekene {
	return &besoekene{now: now, besoek: map[string]*besoek{}, spoersmaal: map[string]*spoersmaal{}}
}

// begynn begins a visit, and gives its token.
func (k *besoekene) begynn(b besoek) string {
	k.mu.Lock()
	defer k.mu.Unlock()
	b.token, b.sist = soap.Tilfeldig(16), k.now()
	if len(k.besoek) >= maxBesoek {
		k.slett(eldst(k.besoek, func(b *besoek) time.Time { return b.sist }))
	}
	k.besoek[b.token] = &b
	return b.token
}

// finn is the visit of a token, the zero value for none, and notes that something was asked of the page.
func (k *besoekene) finn(token string) besoek {
	k.mu.Lock()
	defer k.mu.Unlock()
	b := k.besoek[token]
	if b == nil {
		return besoek{}
	}
	if k.now().Sub(b.sist) >= maxStille {
		k.slett(token)
		return besoek{borte: true}
	}
	b.sist = k.now()
	return *b
}

// utloep ends the login of a visit whose session is not in force any more. What was asked stays for its next login.
func (k *besoekene) utloep(token string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if b := k.besoek[token]; b != nil {
		b.sesjonsid = ""
	}
}

// avslutt forgets a visit and all that was asked in it.
func (k *besoekene) avslutt(token string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.slett(token)
}

func (k *besoekene) slett(token string) {
	delete(k.besoek, token)
	for key, q := range k.spoersmaal {
		if q.token == token {
			delete(k.spoersmaal, key)
		}
	}
}

// overta gives the questions of a visit to the one that follows it when the same user has logged in again, and ends it.
func (k *besoekene) overta(fra, til string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	before, after := k.besoek[fra], k.besoek[til]
	if before != nil && after != nil && before.bruker == after.bruker {
		for _, q := range k.spoersmaal {
			if q.token == fra {
				q.token = til
			}
		}
	}
	k.slett(fra)
}

// behold keeps a question of a visit, and gives its key.
func (k *besoekene) behold(q spoersmaal) string {
	k.mu.Lock()
	defer k.mu.Unlock()
	q.kept = k.now()
	own := map[string]*spoersmaal{}
	for key, other := range k.spoersmaal {
		switch {
		case q.kept.Sub(other.kept) >= maxBehold:
			delete(k.spoersmaal, key)
		case other.token == q.token:
			own[key] = other
		}
	}
	age := func(q *spoersmaal) time.Time { return q.kept }
	if len(own) >= maxPerBesoek {
		delete(k.spoersmaal, eldst(own, age))
	}
	if len(k.spoersmaal) >= maxSpoersmaal {
		delete(k.spoersmaal, eldst(k.spoersmaal, age))
	}
	key := soap.Tilfeldig(16)
	k.spoersmaal[key] = &q
	return key
}

// hent is the question that is kept under a key for a visit; false when there is none, or it is another's.
func (k *besoekene) hent(token, key string) (spoersmaal, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	q := k.spoersmaal[key]
	if q == nil || token == "" || q.token != token || k.now().Sub(q.kept) >= maxBehold {
		return spoersmaal{}, false
	}
	return *q, true
}

// eldst is the key of the oldest of some, which are not none.
func eldst[T any](m map[string]T, age func(T) time.Time) (oldest string) {
	for key, v := range m {
		if oldest == "" || age(v).Before(age(m[oldest])) {
			oldest = key
		}
	}
	return oldest
}
