package konsument

import (
	"errors"
	"fmt"

	"github.com/go-json-experiment/json"

	"aareg/store/sqlite"
)

var (
	errFinnesIkke = errors.New("is not there (any more)")
	errNummer     = errors.New("its number cannot be changed")
)

// endre does a change in one transaction and gives the register a new version.
func (r *Register) endre(change func(versjon int64) error) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.same(); err != nil {
		return err
	}
	defer func() { r.sett = -1 }() // the connection does not see its own changes: the next picture is read
	err := r.inTransaction(func() error {
		versjon := nyVersjon()
		if err := r.conn.Exec(`UPDATE oppsett SET versjon = ?1`, versjon); err != nil {
			return err
		}
		return change(versjon)
	})
	if err == nil {
		// A secret that was changed must not stay in the log. Somebody may be reading: then a later change empties it.
		_, _ = r.conn.EmptyLog()
	}
	return err
}

// LeggTil adds a consumer, whatever number it says, and tells its number.
func (r *Register) LeggTil(k Konsument) (nr int64, err error) {
	err = r.endre(func(versjon int64) error {
		if err := k.check(); err != nil {
			return err
		}
		k.Nr = 0
		avtale, err := json.Marshal(&k, write)
		if err != nil {
			return err
		}
		err = r.conn.Exec(`INSERT INTO konsument (orgnr, versjon, avtale) VALUES (?1, ?2, ?3)`, k.Orgnr, versjon, string(avtale))
		nr = r.conn.LastInsert()
		return taken(err, "another consumer has this orgnr")
	})
	if err != nil {
		return 0, fmt.Errorf("consumer %s: %w", k.Orgnr, err)
	}
	return nr, nil
}

// Endre changes a consumer: change gets a copy and may do what it likes with it. Whoever is disabled by it loses all
// sessions.
func (r *Register) Endre(nr int64, change func(*Konsument) error) error {
	err := r.endre(func(versjon int64) error {
		k, err := r.konsument(nr)
		if err != nil {
			return err
		}
		before := k.Sperret
		if err := change(k); err != nil {
			return err
		}
		if k.Nr != nr {
			return errNummer
		}
		if err := k.check(); err != nil {
			return err
		}
		if k.Sperret && !before {
			if err := r.conn.Exec(`UPDATE innlogging SET etter = max(etter + 1, ?2) WHERE konsument = ?1`, nr, r.now().Unix()); err != nil {
				return err
			}
		}
		avtale, err := json.Marshal(k, write)
		if err != nil {
			return err
		}
		err = r.conn.Exec(`UPDATE konsument SET orgnr = ?2, versjon = ?3, avtale = ?4 WHERE nr = ?1`, nr, k.Orgnr, versjon, string(avtale))
		return taken(err, "another consumer has this orgnr")
	})
	if err != nil {
		return fmt.Errorf("consumer %d: %w", nr, err)
	}
	return nil
}

// Fjern removes a consumer and all its logins.
func (r *Register) Fjern(nr int64) error {
	err := r.endre(func(int64) error {
		if _, err := r.konsument(nr); err != nil {
			return err
		}
		if err := r.conn.Exec(`DELETE FROM innlogging WHERE konsument = ?1`, nr); err != nil {
			return err
		}
		return r.conn.Exec(`DELETE FROM konsument WHERE nr = ?1`, nr)
	})
	if err != nil {
		return fmt.Errorf("consumer %d: %w", nr, err)
	}
	return nil
}

// konsument is a consumer as the file has it now, a copy for whoever asks.
func (r *Register) konsument(nr int64) (*Konsument, error) {
	var avtale []byte
	found, err := r.conn.One(`SELECT avtale FROM konsument WHERE nr = ?1`, []any{nr}, &avtale)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, errFinnesIkke
	}
	return lesLagret(nr, avtale)
}

// taken says in words what a unique index has refused.
func taken(err error, words string) error {
	var refused *sqlite.Error
	if errors.As(err, &refused) && refused.Constraint() {
		return errors.New(words)
	}
	return err
}
