package store

import (
	"context"
	"errors"
	"fmt"

	sqlite3 "modernc.org/sqlite/lib"

	"aareg/store/sqlite"
)

var errSkadet = fmt.Errorf("%w: the register is damaged: integrity check failed", ErrUtilgjengelig)

// Check has SQLite look through the whole file that is read now (quick_check: every page, but not whether indexes and tables
// say the same), beside the questions that are asked meanwhile. It takes seconds for a large register, and Open does not wait
// for it. A register that is found damaged answers nothing from then on: every question gets ErrUtilgjengelig.
func (s *Store) Check(ctx context.Context) error { return s.naa.Load().check(ctx) }

func (u *utgave) check(ctx context.Context) error {
	c, err := u.dial()
	if err != nil {
		return fmt.Errorf("check register: %w", outcome(err))
	}
	defer c.Close()
	c.InterruptOn(ctx)
	defer c.Uninterrupted()
	verdict, err := c.QuickCheck()
	var fault *sqlite.Error
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &fault) && fault.Code()&0xff != sqlite3.SQLITE_CORRUPT && fault.Code()&0xff != sqlite3.SQLITE_NOTADB:
		return fmt.Errorf("check register: %w", outcome(err)) // nothing is known of the file
	case err != nil, verdict != "ok":
		u.skadet.Store(true)
		return errSkadet
	}
	return nil
}
