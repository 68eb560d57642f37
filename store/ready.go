package store

import (
	"context"
	"fmt"
)

// readyRow is a row that every register has: it is written when the register is made.
const readyRow = `SELECT 1 FROM register WHERE noekkel = 'utstedelsesnoekkel'`

// Ready reads one row, as questions read: nil when it came. The error is ErrUtilgjengelig when the register cannot be
// read, or not before ctx ends.
func (s *Store) Ready(ctx context.Context) error {
	return s.read(ctx, nil, func(r *reader, _ *kodebok) error {
		var one int
		found, err := r.one(ctx, readyRow, nil, &one)
		if err == nil && !found {
			return fmt.Errorf("%w: its first row is gone", ErrUtilgjengelig)
		}
		return err
	})
}
