package kilder

import (
	"sync"

	"github.com/go-json-experiment/json/jsontext"

	"aareg/store"
)

// kodeverdi is a value of a code list as an object of kode and beskrivelse. The zero value, as null, has none.
type kodeverdi struct{ *kodeinnhold }

// kodeinnhold is shared by all records that say the same, and never changed.
type kodeinnhold struct {
	Kode        string         `json:"kode"`
	Beskrivelse string         `json:"beskrivelse"`
	Rest        jsontext.Value `json:",embed"`
}

// verdi is the value; none of a kodeverdi that is null or missing.
func (k *kodeinnhold) verdi(path string, m *Merknader) store.Kodeverdi {
	if k == nil {
		return store.Kodeverdi{}
	}
	m.ukjent(path, k.Rest)
	return store.Kodeverdi{Kode: k.Kode, Beskrivelse: k.Beskrivelse}
}

func (k *kodeverdi) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	value, err := d.ReadValue()
	if err != nil {
		return err
	}
	if value.Kind() == 'n' {
		*k = kodeverdi{}
		return nil
	}
	k.kodeinnhold, err = kjenteKoder.les(value)
	return err
}

// kodeminne remembers values of code lists by their JSON text. A delivery says a few hundred of them, in half of its
// bytes; each is read once.
type kodeminne struct {
	mu   sync.RWMutex
	lest map[string]*kodeinnhold
}

// What is remembered is bounded: a file may have any number of values.
const (
	kjenteKoderMaks = 4096
	kjentKodeBytes  = 512
)

var kjenteKoder = kodeminne{lest: map[string]*kodeinnhold{}}

func (m *kodeminne) les(tekst []byte) (*kodeinnhold, error) {
	m.mu.RLock()
	known := m.lest[string(tekst)]
	m.mu.RUnlock()
	if known != nil {
		return known, nil
	}
	k := new(kodeinnhold)
	if err := lesJSON(tekst, k); err != nil {
		return nil, err
	}
	if len(tekst) <= kjentKodeBytes {
		m.mu.Lock()
		defer m.mu.Unlock()
		if len(m.lest) < kjenteKoderMaks {
			m.lest[string(tekst)] = k
		}
	}
	return k, nil
}
