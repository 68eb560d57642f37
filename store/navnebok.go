package store

import (
	"context"
	"sync/atomic"

	"aareg/store/sqlite"
)

// Most arbeidsforhold are at few employers. So what one commit has of the parties that were looked up is remembered, and
// most questions about arbeidsforhold need not look their employers up: that took a third of what they cost here.

// navnebok is what is remembered of a file.
type navnebok struct{ side atomic.Pointer[navneside] }

// navneside is what one commit has. Every aktoer has a place there, and shares it with others: the last one is remembered.
type navneside struct {
	commit  commit
	plasser [navnerom]atomic.Pointer[husketNavn]
}

type husketNavn struct {
	aktoer int64
	Navngitt
}

// navnerom is how many are remembered at most: some 4 MB.
const navnerom = 1 << 15

// siden is what is remembered of the commit that a reader's snapshot is of; nil when that is an earlier one of which nothing is
// remembered any more, and in memory. The header of the last commit is there as long as any connection to the file is open:
// the reader's own is.
func (b *navnebok) siden(commits commits, har *keptSnapshot) *navneside {
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
	ny := &navneside{commit: har.commit}
	if !b.side.CompareAndSwap(side, ny) {
		return nil
	}
	return ny
}

// glem forgets what is not of the last commit: it may tell of somebody who has been removed.
func (b *navnebok) glem(last commit) {
	if side := b.side.Load(); side != nil && side.commit != last {
		b.side.CompareAndSwap(side, nil)
	}
}

// navngitt is a party by number in force and name; nobody for 0. The snapshot has been read from before: only then it is known
// which commit it is of.
func (r *reader) navngitt(ctx context.Context, aktoer int64) (n Navngitt, err error) {
	if aktoer == 0 {
		return n, nil
	}
	var plass *atomic.Pointer[husketNavn]
	if side := r.utgave.navnebok.siden(r.utgave.kept.commits, &r.har); side != nil {
		plass = &side.plasser[uint64(aktoer)%navnerom]
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
