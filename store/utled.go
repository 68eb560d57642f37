package store

import (
	"fmt"
	"maps"
	"slices"

	"aareg/store/sqlite"
)

// beroert is what a change has touched and must be made anew from it: the roles of parties, the protection of the
// arbeidsforhold of changed persons, entries of employers' lists and of the lists of names, persons' own lists, and counts
// of arbeidstakere.
type beroert struct {
	personer  map[int64]bool
	roller    map[int64]bool
	lister    map[int64]listeendring
	takere    map[int64]bool // those whose own list has changed
	tellinger map[int64]bool // those where arbeidstakere must be counted anew
	enheter   beroerteEnheter
	navn      map[int64][]navneplass // persons whose names' entries have changed, and where the lists have them
	etternavn map[int64]bool         // lists of names that were begun
	forlatt   map[int64]bool         // parties that an arbeidsforhold has left
	antall    int
	alt       bool // so much that all is made anew
}

// listeendring is which arbeidsforhold of a list have changed, by number, each with the place that the list has it in; the
// zero place is none.
type listeendring map[int64]listeplass

// beroertMax is how many changes are followed one by one: some 60 MB.
const beroertMax = 400_000

func newBeroert() beroert {
	return beroert{personer: map[int64]bool{}, roller: map[int64]bool{}, lister: map[int64]listeendring{}, takere: map[int64]bool{},
		tellinger: map[int64]bool{}, enheter: newBeroerteEnheter(), forlatt: map[int64]bool{},
		navn: map[int64][]navneplass{}, etternavn: map[int64]bool{}}
}

// rad says that an arbeidsforhold was stored, changed or deleted, and where its employer's list has it.
func (b *beroert) rad(arbeidstaker, arbeidsgiver, id int64, plass listeplass) {
	if b.alt {
		return
	}
	b.taker(arbeidstaker)
	endret := b.lister[arbeidsgiver]
	if endret == nil {
		endret = listeendring{}
		b.lister[arbeidsgiver] = endret
	}
	if _, known := endret[id]; known {
		return // the first place is the one that the list has
	}
	endret[id] = plass
	b.follow()
}

// taker says that what is told of somebody as arbeidstaker has changed.
func (b *beroert) taker(id int64) {
	if !b.alt {
		b.takere[id] = true
	}
}

// follow says that one more change is followed; when there are too many, all is made anew.
func (b *beroert) follow() {
	if b.antall++; b.antall > beroertMax {
		b.alt = true
		clear(b.lister)
		clear(b.takere)
		clear(b.roller)
		clear(b.tellinger)
		clear(b.navn)
		clear(b.etternavn)
		b.enheter = newBeroerteEnheter()
	}
}

func (b *beroert) rolle(parties ...int64) {
	for _, id := range parties {
		if !b.alt && id != 0 {
			b.roller[id] = true
		}
	}
}

// roller sets what an aktoer is, employee and employer, for whom to see.
const roller = `UPDATE aktoer SET
	som_arbeidstaker = (SELECT coalesce(sum(DISTINCT 1 << skjerming), 0) FROM arbeidsforhold f WHERE f.arbeidstaker = aktoer.aktoer),
	som_arbeidsgiver = (SELECT coalesce(sum(DISTINCT 1 << skjerming), 0) FROM arbeidsforhold f WHERE f.arbeidsgiver = aktoer.aktoer)`

// derive makes anew what follows from the rest, for everybody that the change touched, or for all.
func (t *Tx) derive() error {
	if t.ny {
		t.told.at("derive")
		// What sorts an index takes as much memory as the cache may.
		if err := t.c.Script(ordneAnkomne + fmt.Sprintf("PRAGMA cache_size = -%d; ", writerCache/3) + indexes); err != nil {
			return err
		}
		if err := t.mergeAll(); err != nil {
			return err
		}
	}
	if err := t.gradeStandIns(); err != nil {
		return fmt.Errorf("derive: %w", err)
	}
	if err := t.rydd(); err != nil {
		return fmt.Errorf("derive: %w", err)
	}
	for _, id := range slices.Sorted(maps.Keys(t.beroert.personer)) {
		if err := t.protect(id); err != nil {
			return fmt.Errorf("derive: %w", err)
		}
	}
	if t.beroert.alt {
		return t.deriveAll()
	}
	for _, id := range slices.Sorted(maps.Keys(t.beroert.roller)) {
		if err := t.deriveRoller(id); err != nil {
			return fmt.Errorf("derive: %w", err)
		}
	}
	if err := t.repairPersonlister(); err != nil {
		return fmt.Errorf("derive: names of persons: %w", err)
	}
	for _, id := range slices.Sorted(maps.Keys(t.beroert.lister)) {
		if err := t.repairListe(id, t.beroert.lister[id]); err != nil {
			return fmt.Errorf("derive: %w", err)
		}
	}
	if err := t.repairTakerlister(); err != nil {
		return fmt.Errorf("derive: lists of employees: %w", err)
	}
	if err := t.repairEnhetslister(); err != nil {
		return fmt.Errorf("derive: names of units: %w", err)
	}
	if err := t.tellBeroerte(); err != nil {
		return fmt.Errorf("derive: arbeidstakere: %w", err)
	}
	return t.storeKoder()
}

// deriveRoller sets the roles of one party. The entries of a person's names tell of them.
func (t *Tx) deriveRoller(id int64) error {
	type sett struct{ taker, giver, slag int64 }
	var before, now sett
	if _, err := t.one(`SELECT som_arbeidstaker, som_arbeidsgiver, slag FROM aktoer WHERE aktoer = ?1`, []any{id},
		&before.taker, &before.giver, &before.slag); err != nil {
		return err
	}
	_, err := t.one(roller+` WHERE aktoer = ?1 RETURNING som_arbeidstaker, som_arbeidsgiver, slag`, []any{id}, &now.taker, &now.giver, &now.slag)
	if err != nil || now == before || now.slag != slagPerson {
		return err
	}
	t.beroert.taker(id)
	return t.roerNavn(id)
}

func (t *Tx) deriveAll() error {
	if err := t.exec(roller); err != nil {
		return fmt.Errorf("derive: %w", err)
	}
	if err := t.packLister(); err != nil {
		return fmt.Errorf("derive: lists: %w", err)
	}
	if err := t.packTakerlister(); err != nil {
		return fmt.Errorf("derive: lists of employees: %w", err)
	}
	if err := t.packPersonlister(); err != nil {
		return fmt.Errorf("derive: names of persons: %w", err)
	}
	if err := t.packEnhetslister(); err != nil {
		return fmt.Errorf("derive: names of units: %w", err)
	}
	if err := t.tellAlle(); err != nil {
		return fmt.Errorf("derive: arbeidstakere: %w", err)
	}
	return t.storeKoder()
}

// protect sets the protection of all arbeidsforhold that a changed person is a party of; their roles and their place
// in lists, which hold names and numbers, are touched.
func (t *Tx) protect(id int64) error {
	type parties struct {
		now   skjerming
		who   [3]int64
		grade [3]Gradering
		plass listeplass
	}
	var found []parties
	for _, query := range []string{
		partiesOf + `WHERE f.arbeidstaker = ?1`, partiesOf + `WHERE f.arbeidsgiver = ?1`, partiesOf + `WHERE f.opplysningspliktig = ?1`,
	} {
		err := t.each(query, []any{id}, func(row *sqlite.Stmt) error {
			var f parties
			err := row.Scan(&f.now, &f.who[0], &f.who[1], &f.who[2], &f.grade[0], &f.grade[1], &f.grade[2],
				&f.plass.begynt, &f.plass.id)
			found = append(found, f)
			return err
		})
		if err != nil {
			return err
		}
	}
	for _, f := range found {
		if s := skjermingOf(f.grade[:]...); s != f.now {
			if err := t.exec(`UPDATE arbeidsforhold SET skjerming = ?2 WHERE arbeidsforhold_id = ?1`, f.plass.id, int(s)); err != nil {
				return err
			}
			t.beroert.telle(f.who[1])
		}
		t.beroert.rolle(f.who[:]...)
		t.beroert.rad(f.who[0], f.who[1], f.plass.id, f.plass)
	}
	return nil
}

const partiesOf = `SELECT f.skjerming, f.arbeidstaker, f.arbeidsgiver, coalesce(f.opplysningspliktig, 0),
	t.gradering, g.gradering, coalesce(o.gradering, 0), f.begyntdato, f.arbeidsforhold_id
	FROM arbeidsforhold f JOIN aktoer t ON t.aktoer = f.arbeidstaker JOIN aktoer g ON g.aktoer = f.arbeidsgiver
	LEFT JOIN aktoer o ON o.aktoer = f.opplysningspliktig `
