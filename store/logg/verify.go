package logg

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"aareg/store/sqlite"
)

// Verify walks the whole log in a file, reading only, as it stood at one moment: the tables, every row's number and
// hash, the head and the start with their HMAC, the anchors that were exported of it, and the index. noekkel is the key
// file; when it is "" or not there the report says what was not checked for it. The error is for what could not be read.
func Verify(ctx context.Context, path, noekkel string, anchors []Anker) (Rapport, error) {
	v := vandring{ankere: map[int64][]Anker{}}
	if err := v.noekkelFra(noekkel); err != nil {
		return v.rapport, err
	}
	for _, a := range anchors {
		v.ankere[a.Nr] = append(v.ankere[a.Nr], a)
	}
	file, err := filepath.EvalSymlinks(path)
	if err != nil {
		return v.rapport, fmt.Errorf("verify audit log: %w", err)
	}
	c, err := aapneLesing(file)
	if err != nil {
		return v.rapport, fmt.Errorf("verify audit log: %w", err)
	}
	defer c.Close()
	if err := v.gaa(ctx, c, file+indeksEndelse); err != nil {
		return v.rapport, fmt.Errorf("verify audit log: %w", err)
	}
	return v.rapport, nil
}

// vandring is one walk through a log.
type vandring struct {
	rapport     Rapport
	noekkel     noekkel // nil: none
	ankere      map[int64][]Anker
	start, hode punkt
	forrige     punkt // the row before
	indeks      *indeksproeve
	begrunnet   bool // a row says that the rows up to the start were removed
}

func (v *vandring) noekkelFra(path string) (err error) {
	if path != "" {
		v.noekkel, err = lesNoekkel(path)
	}
	if path == "" || errors.Is(err, os.ErrNotExist) {
		v.uproevd("the signatures of head and start, without the key file: who can write the file can have made all of it anew")
		return nil
	}
	return err
}

func (v *vandring) funn(slag Funnslag, nr int64) {
	if len(v.rapport.Funn) == maxFunn {
		v.rapport.Flere++
		return
	}
	v.rapport.Funn = append(v.rapport.Funn, Funn{slag, nr})
}

func (v *vandring) uproevd(what string) { v.rapport.Uproevd = append(v.rapport.Uproevd, what) }

func (v *vandring) gaa(ctx context.Context, c *sqlite.Conn, indeksfil string) error {
	if err := c.Script("BEGIN"); err != nil {
		return err
	}
	right, err := skjemaErRett(c)
	if err != nil {
		return err
	}
	if !right {
		v.funn(Skjema, 0)
	}
	if v.start, err = v.punkt(c, start, StartForfalsket); err != nil {
		return err
	}
	if v.hode, err = v.punkt(c, hode, HodeForfalsket); err != nil {
		return err
	}
	if v.indeks, err = lesIndeks(indeksfil, v.start); err != nil {
		v.uproevd("the index by person, which cannot be read")
	}
	v.forrige = v.start
	v.ved(v.start)
	err = c.Each("SELECT nr, hittil, innhold, personer, kjede FROM rad ORDER BY nr", nil, func(s *sqlite.Stmt) error {
		v.rad(s)
		return ctx.Err()
	})
	if err == nil {
		v.slutt()
	}
	return err
}

// punkt reads a signed point. One that is not there, or whose signature is wrong, is a finding.
func (v *vandring) punkt(c *sqlite.Conn, m merke, wrong Funnslag) (punkt, error) {
	p, err := lesPunkt(c, v.noekkel, m)
	if !errors.Is(err, ErrBrutt) {
		return p, err
	}
	v.funn(wrong, p.nr)
	p, err = lesPunkt(c, nil, m)
	if errors.Is(err, ErrBrutt) {
		return punkt{}, nil // not there at all: what follows will not fit it either
	}
	return p, err
}

// rad judges one row by the one before. After a finding it goes on from the row as it stands, so that one change is not
// found in every row after it.
func (v *vandring) rad(s *sqlite.Stmt) {
	nr, hittil := s.Int64(0), s.Int64(1)
	innhold, personer := s.Bytes(2), s.Bytes(3)
	here := punkt{nr: nr, hittil: hittil}
	copy(here.kjede[:], s.Bytes(4))
	before := v.forrige
	if v.rapport.Rader++; v.rapport.Rader == 1 {
		v.rapport.Foerste = nr
	}
	v.rapport.Siste = nr

	tid, err := tidAv(innhold)
	switch {
	case nr != before.nr+1 && v.rapport.Rader == 1:
		v.funn(StartAvvik, nr)
	case nr != before.nr+1:
		v.funn(Hull, nr)
	case len(s.Bytes(4)) != len(here.kjede) || here.kjede != ledd(before.kjede, nr, hittil, avtrykk(innhold, personer)):
		v.funn(Kjedebrudd, nr)
	case err != nil:
		v.funn(Uleselig, nr)
	case hittil != max(before.hittil, tid.UnixMilli()):
		v.funn(Tidsbrudd, nr)
	}
	v.begrunnet = v.begrunnet || v.start.nr > 0 && slettetTil(innhold) == v.start.nr
	if v.indeks != nil {
		v.indeks.rad(here, personer)
	}
	v.forrige = here
	v.ved(here)
}

// ved compares a point of the chain with the anchors that were taken there.
func (v *vandring) ved(p punkt) {
	for _, a := range v.ankere[p.nr] {
		if a.Kjede != p.kjede {
			v.funn(AnkerAvvik, p.nr)
		}
	}
	delete(v.ankere, p.nr)
}

// slutt judges what only the whole walk can tell.
func (v *vandring) slutt() {
	last := v.forrige
	if last.nr != v.hode.nr || last.kjede != v.hode.kjede || last.hittil != v.hode.hittil {
		v.funn(HodeAvvik, v.hode.nr)
	}
	if v.start.nr > 0 && !v.begrunnet {
		v.funn(StartUbegrunnet, v.start.nr)
	}
	if v.indeks.avviker() {
		v.funn(IndeksAvvik, 0)
	}
	var left []int64
	for nr := range v.ankere {
		left = append(left, nr)
	}
	slices.Sort(left)
	for _, nr := range left {
		if nr < v.start.nr {
			v.uproevd("the anchor of row " + strconv.FormatInt(nr, 10) + ": the rows up to there have been removed")
			continue
		}
		v.funn(AnkerAvvik, nr)
	}
}
