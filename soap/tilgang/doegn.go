package tilgang

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"aareg/store"
	"aareg/store/konsument"
)

// doegn is the different persons that one consumer was told of today, in Norway's time: as many as its quota has room
// for, and none when it has no quota.
type doegn struct {
	port      *Port
	konsument int64

	mu       sync.Mutex
	dag      store.Dato // 0: the set must be made
	personer map[uint64]struct{}
	avkortet bool // the log had more than the quota of that moment
}

func newDoegn(p *Port, konsument int64) *doegn { return &doegn{port: p, konsument: konsument} }

// add takes all persons into the day, or none of them.
func (d *doegn) add(personer []uint64, kvote int) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if kvote == konsument.Ubegrenset {
		d.dag, d.personer = 0, nil // whoever gets a quota again is counted from the log
		return nil
	}
	if len(personer) == 0 {
		return nil
	}
	if err := d.begin(kvote); err != nil {
		return err
	}
	fresh := map[uint64]struct{}{}
	for _, p := range personer {
		if _, known := d.personer[p]; !known {
			fresh[p] = struct{}{}
		}
	}
	if len(fresh) > 0 && len(d.personer)+len(fresh) > kvote {
		return &Avslag{Rettighet: perDoegn, ForMange: true}
	}
	for p := range fresh {
		d.personer[p] = struct{}{}
	}
	return nil
}

// logPatience is how long the log may take to tell whom a consumer was told of earlier in the day: it looks at all of the
// day's rows, once after each start.
const logPatience = 10 * time.Second

var errFull = errors.New("the set is full")

// begin makes the day's set when it is another day than before: empty, or of what the log has.
func (d *doegn) begin(kvote int) error {
	dag, fra := d.port.day(d.port.now())
	if dag == d.dag && !(d.avkortet && kvote > len(d.personer)) {
		return nil
	}
	personer, avkortet := map[uint64]struct{}{}, false
	if dag == d.dag {
		personer = d.personer
	}
	if d.port.logg != nil {
		ctx, cancel := context.WithTimeout(context.Background(), logPatience)
		defer cancel()
		err := d.port.logg.PersonerSiden(ctx, d.konsument, fra, func(found []uint64) error {
			for _, p := range found {
				if len(personer) >= kvote {
					return errFull // nobody new will be let through anyway
				}
				personer[p] = struct{}{}
			}
			return nil
		})
		avkortet = errors.Is(err, errFull)
		if err != nil && !avkortet {
			return fmt.Errorf("tilgang: persons of the day: %w", err)
		}
	}
	d.dag, d.personer, d.avkortet = dag, personer, avkortet
	return nil
}

// full says whether nobody new may be told of today.
func (d *doegn) full(kvote int) (bool, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if kvote == konsument.Ubegrenset {
		return false, nil
	}
	if err := d.begin(kvote); err != nil {
		return false, err
	}
	return len(d.personer) >= kvote, nil
}
