package store

import "aareg/store/sqlite"

// kodebok is the register's own list of the codes that were delivered, with their texts: a packed document holds
// a code's number in it. Numbers are given out upwards and never change, so a kodebok that is too old is only short.
type kodebok struct {
	verdier []Kodeverdi          // by number; number 0 is no code
	nummer  map[kodenavn]uint64  // the other way
	titler  map[string]Kodeverdi // yrke: a title that some record was delivered with, by code
}

type kodenavn struct {
	kodeverk string
	Kodeverdi
}

func newKodebok() *kodebok {
	return &kodebok{verdier: make([]Kodeverdi, 1), nummer: map[kodenavn]uint64{}, titler: map[string]Kodeverdi{}}
}

func (k *kodebok) add(nr uint64, kodeverk string, v Kodeverdi) {
	for uint64(len(k.verdier)) <= nr {
		k.verdier = append(k.verdier, Kodeverdi{})
	}
	k.verdier[nr] = v
	k.nummer[kodenavn{kodeverk, v}] = nr
	if _, seen := k.titler[v.Kode]; kodeverk == kodeverkYrke && v.delivered() && !seen {
		k.titler[v.Kode] = v
	}
}

const kodebokrader = `SELECT nr, kodeverk, kode, beskrivelse FROM kode ORDER BY nr`

func (k *kodebok) scan(row *sqlite.Stmt) error {
	var nr uint64
	var kodeverk string
	var v Kodeverdi
	if err := row.Scan(&nr, &kodeverk, &v.Kode, &v.Beskrivelse); err != nil {
		return err
	}
	k.add(nr, kodeverk, v)
	return nil
}

// yrke is the code with a title: the delivered one, else one that another record was delivered with.
func (k *kodebok) yrke(v Kodeverdi) Kodeverdi {
	if v.delivered() {
		return v
	}
	if titled, ok := k.titler[v.Kode]; ok {
		return titled
	}
	return v
}
