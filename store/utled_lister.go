package store

import "aareg/store/sqlite"

// listebunke is some rows of listerader, and their entries when these are packed.
type listebunke struct {
	kilder []listekilde
	tekst  []byte // the texts of the rows
	pakker []byte // the entries, one after the other
	hoder  []listehode
	slutt  []int // where each ends
	koder  int   // how many codes there were when they had been packed
	err    error
}

const bunkeRader = 512

// add copies a row.
func (b *listebunke) add(row *sqlite.Stmt) error {
	var k listekilde
	if err := k.hent(row); err != nil {
		return err
	}
	for _, text := range []*[]byte{&k.dok, &k.nummer, &k.navn} {
		start := len(b.tekst)
		b.tekst = append(b.tekst, *text...)
		*text = b.tekst[start:len(b.tekst):len(b.tekst)]
	}
	b.kilder = append(b.kilder, k)
	return nil
}

func (b *listebunke) pakk(leser *oppslagsleser) {
	for i := range b.kilder {
		o, err := leser.les(&b.kilder[i])
		if err != nil {
			b.err = err
			return
		}
		b.pakker = append(b.pakker, o.pakke...)
		b.hoder, b.slutt = append(b.hoder, o.hode), append(b.slutt, len(b.pakker))
	}
	b.koder = len(leser.koder.verdier)
}

// skriv writes what was packed, and empties the bunch.
func (b *listebunke) skriv(skriver *listeskriver) error {
	if b.err != nil {
		return b.err
	}
	start := 0
	skriver.koder = b.koder
	for i, end := range b.slutt {
		if err := skriver.add(b.kilder[i].giver, oppslag{b.hoder[i], b.pakker[start:end]}); err != nil {
			return err
		}
		start = end
	}
	*b = listebunke{kilder: b.kilder[:0], tekst: b.tekst[:0], pakker: b.pakker[:0], hoder: b.hoder[:0], slutt: b.slutt[:0]}
	return nil
}

// packLister packs all lists anew. Reading rows and writing lists keeps the connection busy; a goroutine packs meanwhile,
// and alone has the kodebok. Of two bunches one is filled while the other is packed.
func (t *Tx) packLister() error {
	for _, all := range []string{`DELETE FROM arbeidsgiverliste`, `DELETE FROM arbeidsgiverhode`} {
		if err := t.exec(all); err != nil {
			return err
		}
	}
	lest, pakket := make(chan *listebunke, 1), make(chan *listebunke, 1)
	go func() {
		defer close(pakket)
		leser := newOppslagsleser(t)
		for b := range lest {
			b.pakk(leser)
			pakket <- b
		}
	}()
	defer func() {
		close(lest)
		for range pakket { // until the goroutine has ended
		}
	}()
	skriver := newListeskriver(t)
	b := new(listebunke)
	pakket <- new(listebunke)
	swap := func() error {
		lest <- b
		b = <-pakket
		return b.skriv(skriver)
	}
	err := t.each(listerader+` ORDER BY f.arbeidsgiver, f.begyntdato DESC, f.arbeidsforhold_id`, nil, func(row *sqlite.Stmt) error {
		if err := b.add(row); err != nil || len(b.kilder) < bunkeRader {
			return err
		}
		return swap()
	})
	for range 2 { // what was read last, and what was packed last
		if err == nil {
			err = swap()
		}
	}
	if err != nil {
		return err
	}
	return skriver.slutt()
}
