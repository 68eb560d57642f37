package konsument

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"aareg/store/sqlite"
)

// Bilde is the picture in force. It looks on every call whether anybody has changed the file, in memory that SQLite shares,
// and reads it anew only then. A consumer that a change left alone is the same *Konsument in the next picture.
func (r *Register) Bilde() (*Bilde, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := time.Now()
	if r.naa != nil && r.sett >= 0 && r.commits != nil && r.commit == [48]byte(r.commits) && now.Sub(r.sist) < lookEvery {
		return r.naa, nil
	}
	if err := r.same(); err != nil {
		return nil, err
	}
	r.sist = now
	if r.commits != nil {
		r.commit = [48]byte(r.commits)
	}
	sett, err := r.conn.DataVersion()
	if err == nil && (r.naa == nil || sett != r.sett) {
		err = r.read()
	}
	if err != nil {
		return nil, fmt.Errorf("consumers: %w", err)
	}
	if r.commits == nil {
		r.commits = r.conn.WALIndexHeader(len(r.commit))
	}
	return r.naa, nil
}

// read makes the picture, of one snapshot.
func (r *Register) read() error {
	if err := r.conn.Script("BEGIN"); err != nil {
		return err
	}
	defer func() { _ = r.conn.Script("ROLLBACK") }() // it has only read
	b := &Bilde{konsumenter: map[int64]*Konsument{}, innlogginger: map[int64]*Innlogging{},
		brukernavn: map[string]*Innlogging{}, sertifikat: map[string]*Innlogging{}, endret: map[int64]int64{}}
	if found, err := r.conn.One(`SELECT versjon, noekkel FROM oppsett`, nil, &b.Versjon, &b.Noekkel); err != nil || !found {
		return errors.Join(errors.New("the row oppsett cannot be read"), err)
	}
	if err := r.readKonsumenter(b); err != nil {
		return err
	}
	if err := r.readInnlogginger(b); err != nil {
		return err
	}
	sett, err := r.conn.DataVersion()
	if err != nil {
		return err
	}
	r.naa, r.sett = b, sett
	return nil
}

func (r *Register) readKonsumenter(b *Bilde) error {
	return r.conn.Each(`SELECT nr, versjon, avtale FROM konsument`, nil, func(row *sqlite.Stmt) error {
		nr, versjon := row.Int64(0), row.Int64(1)
		b.endret[nr] = versjon
		if r.naa != nil && r.naa.endret[nr] == versjon {
			b.konsumenter[nr] = r.naa.konsumenter[nr]
			return nil
		}
		k, err := lesLagret(nr, row.Bytes(2))
		b.konsumenter[nr] = k
		return err
	})
}

const selectInnlogging = `SELECT nr, konsument, brukernavn, slag, passord, digest, legacy, sperret, etter FROM innlogging`

func scanInnlogging(row *sqlite.Stmt) (*Innlogging, error) {
	i, slag := &Innlogging{}, ""
	err := row.Scan(&i.Nr, &i.Konsument, &i.Brukernavn, &slag, &i.Passord, &i.Digest, &i.Legacy, &i.Sperret, &i.Etter)
	i.Slag = Slag(slag)
	return i, err
}

func (r *Register) readInnlogginger(b *Bilde) error {
	return r.conn.Each(selectInnlogging, nil, func(row *sqlite.Stmt) error {
		i, err := scanInnlogging(row)
		if err != nil {
			return err
		}
		k := b.konsumenter[i.Konsument]
		if k == nil {
			return fmt.Errorf("login %d is of no consumer", i.Nr)
		}
		b.innlogginger[i.Nr] = i
		if i.Slag == MedSertifikat {
			b.sertifikat[k.Orgnr] = i
		} else {
			b.brukernavn[Fold(i.Brukernavn)] = i
		}
		return nil
	})
}

// Fold is a user name in the form in which two that are the same are equal: NFC, in lower case.
func Fold(brukernavn string) string { return strings.ToLower(norm.NFC.String(brukernavn)) }

// Konsumenter are all consumers, by organisation number.
func (b *Bilde) Konsumenter() []*Konsument {
	return slices.SortedFunc(maps.Values(b.konsumenter), func(x, y *Konsument) int { return cmp.Compare(x.Orgnr, y.Orgnr) })
}

// Innlogginger are the logins of a consumer, by number.
func (b *Bilde) Innlogginger(konsument int64) []*Innlogging {
	var found []*Innlogging
	for _, i := range b.innlogginger {
		if i.Konsument == konsument {
			found = append(found, i)
		}
	}
	slices.SortFunc(found, func(x, y *Innlogging) int { return cmp.Compare(x.Nr, y.Nr) })
	return found
}

// MedOrgnr is the consumer with that organisation number, nil for none.
func (b *Bilde) MedOrgnr(orgnr string) *Konsument {
	for _, k := range b.konsumenter {
		if k.Orgnr == orgnr {
			return k
		}
	}
	return nil
}
