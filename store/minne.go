package store

import (
	"context"
	"strconv"
	"sync/atomic"

	"aareg/store/sqlite"
)

// Most arbeidsforhold are at few employers, and most questions about employers are about few. So what one commit has of those
// that were looked up is remembered: to look them up took a third of what a question about an arbeidsforhold costs here, and
// nearly all of one about a headcount.

// minne is what is remembered of a file.
type minne struct{ side atomic.Pointer[minneside] }

// minneside is what one commit has. Everybody has a place there, and shares it with others: the last one is remembered.
type minneside struct {
	commit commit
	navn   [navnerom]atomic.Pointer[husketNavn]
	giver  [giverrom]atomic.Pointer[husketGiver]
}

// navnerom and giverrom are how many are remembered at most: some 4 MB of either.
const (
	navnerom = 1 << 15
	giverrom = 1 << 12
)

type husketNavn struct {
	aktoer int64
	Navngitt
}

// husketGiver is what a unit was found to be by who asks for it in such a way: the register answers the same question alike
// until the next commit. Nobody is remembered under the number of a person.
type husketGiver struct {
	giverspoersmaal
	giver *Arbeidsgiver
}

type giverspoersmaal struct {
	nummer string
	rolle  rolle
	view   View // without an Omfang
}

// siden is what is remembered of the commit that a reader's snapshot is of; nil when that is an earlier one of which nothing is
// remembered any more, and in memory. The header of the last commit is there as long as any connection to the file is open:
// the reader's own is.
func (b *minne) siden(commits commits, har *keptSnapshot) *minneside {
	side := b.side.Load()
	kjent := side != nil && side.commit == har.commit
	if kjent && har.sikker {
		return side
	}
	if commits == nil || commits.last() != har.commit {
		return nil
	}
	har.sikker = true
	if kjent {
		return side
	}
	ny := &minneside{commit: har.commit}
	if !b.side.CompareAndSwap(side, ny) {
		return nil
	}
	return ny
}

// glem forgets what is not of the last commit: it may tell of somebody who has been removed.
func (b *minne) glem(last commit) {
	if side := b.side.Load(); side != nil && side.commit != last {
		b.side.CompareAndSwap(side, nil)
	}
}

// minne is what is remembered of the commit that the reader's snapshot is of; nil when that is not known. The snapshot has been
// read from before: until then it may become one of a later commit.
func (r *reader) minne() *minneside { return r.utgave.minne.siden(r.utgave.kept.commits, &r.har) }

// navngitt is a party by number in force and name; nobody for 0. It is not a question's first.
func (r *reader) navngitt(ctx context.Context, aktoer int64) (n Navngitt, err error) {
	if aktoer == 0 {
		return n, nil
	}
	var plass *atomic.Pointer[husketNavn]
	if side := r.minne(); side != nil {
		plass = &side.navn[uint64(aktoer)%navnerom]
		if husket := plass.Load(); husket != nil && husket.aktoer == aktoer {
			return husket.Navngitt, nil
		}
	}
	found := false
	err = r.each(ctx, `SELECT nummer, navn FROM aktoer WHERE aktoer = ?1`, []any{aktoer}, func(row *sqlite.Stmt) error {
		found = true
		row.Texts(0, &n.Nummer, &n.Navn)
		return nil
	})
	switch {
	case err != nil:
		return n, err
	case !found:
		return n, errDok
	case plass != nil:
		plass.Store(&husketNavn{aktoer, n})
	}
	return n, nil
}

// giverplass is where a unit that is asked for so is remembered; nil when it is not.
func (r *reader) giverplass(spm giverspoersmaal) *atomic.Pointer[husketGiver] {
	side := r.minne()
	nummer, err := strconv.ParseUint(spm.nummer, 10, 64)
	if side == nil || err != nil || !digits(spm.nummer, orgnrlengde) || spm.view.Omfang != nil {
		return nil
	}
	return &side.giver[(nummer*3+uint64(spm.rolle))%giverrom]
}

// husketGiver is the unit that the question is remembered to find, or nil. Nobody changes it.
func (r *reader) husketGiver(spm giverspoersmaal) *Arbeidsgiver {
	if !r.har.sikker { // the snapshot may not have been read from
		return nil
	}
	if plass := r.giverplass(spm); plass != nil {
		if husket := plass.Load(); husket != nil && husket.giverspoersmaal == spm {
			return husket.giver
		}
	}
	return nil
}

// husk remembers whom the question found, if it is a unit.
func (r *reader) husk(spm giverspoersmaal, giver *Arbeidsgiver) {
	if !giver.enhet {
		return
	}
	if plass := r.giverplass(spm); plass != nil {
		spm.nummer = giver.Nummer // the same, and no part of the question's text
		plass.Store(&husketGiver{spm, giver})
	}
}
