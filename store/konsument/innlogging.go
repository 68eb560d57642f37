package konsument

import (
	"errors"
	"fmt"

	"aareg/store/sqlite"
)

const innloggingOpptatt = "the user name is taken, or the consumer has a certificate login already"

// LeggTilInnlogging adds a login to a consumer, whatever number it says, and tells its number.
func (r *Register) LeggTilInnlogging(i Innlogging) (nr int64, err error) {
	err = r.endre(func(int64) error {
		if _, err := r.konsument(i.Konsument); err != nil {
			return fmt.Errorf("consumer %d: %w", i.Konsument, err)
		}
		if err := i.check(&Innlogging{}); err != nil {
			return err
		}
		err := r.conn.Exec(`INSERT INTO innlogging (konsument, brukernavn, foldet, slag, passord, digest, legacy, sperret, etter)
			VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)`, i.columns()...)
		nr = r.conn.LastInsert()
		return taken(err, innloggingOpptatt)
	})
	if err != nil {
		return 0, fmt.Errorf("login: %w", err)
	}
	return nr, nil
}

func (i *Innlogging) columns() []any {
	var foldet any
	if i.Slag == MedPassord {
		foldet = Fold(i.Brukernavn)
	}
	return []any{i.Konsument, i.Brukernavn, foldet, string(i.Slag), i.Passord, i.Digest, i.Legacy, i.Sperret, i.Etter}
}

// EndreInnlogging changes a login: change gets a copy. When the user name or a secret is another afterwards, or the
// login is disabled by it, all its sessions are revoked. Etter never goes back.
func (r *Register) EndreInnlogging(nr int64, change func(*Innlogging) error) error {
	err := r.endre(func(int64) error {
		i, err := r.innlogging(nr)
		if err != nil {
			return err
		}
		before := *i
		if err := change(i); err != nil {
			return err
		}
		if i.Nr != nr || i.Konsument != before.Konsument || i.Slag != before.Slag {
			return errors.New("its number, its consumer and its kind cannot be changed")
		}
		if err := i.check(&before); err != nil {
			return err
		}
		i.Etter = max(i.Etter, before.Etter)
		if i.Brukernavn != before.Brukernavn || i.Passord != before.Passord || i.Digest != before.Digest || i.Sperret && !before.Sperret {
			i.Etter = max(i.Etter, r.now().Unix(), before.Etter+1)
		}
		err = r.conn.Exec(`UPDATE innlogging SET konsument = ?1, brukernavn = ?2, foldet = ?3, slag = ?4, passord = ?5, digest = ?6,
			legacy = ?7, sperret = ?8, etter = ?9 WHERE nr = ?10`, append(i.columns(), nr)...)
		return taken(err, innloggingOpptatt)
	})
	if err != nil {
		return fmt.Errorf("login %d: %w", nr, err)
	}
	return nil
}

// FjernInnlogging removes a login.
func (r *Register) FjernInnlogging(nr int64) error {
	err := r.endre(func(int64) error {
		if _, err := r.innlogging(nr); err != nil {
			return err
		}
		return r.conn.Exec(`DELETE FROM innlogging WHERE nr = ?1`, nr)
	})
	if err != nil {
		return fmt.Errorf("login %d: %w", nr, err)
	}
	return nil
}

// innlogging is a login as the file has it now, a copy for whoever asks.
func (r *Register) innlogging(nr int64) (i *Innlogging, err error) {
	err = r.conn.Each(selectInnlogging+` WHERE nr = ?1`, []any{nr}, func(row *sqlite.Stmt) error {
		i, err = scanInnlogging(row)
		return err
	})
	if err == nil && i == nil {
		err = errFinnesIkke
	}
	return i, err
}
