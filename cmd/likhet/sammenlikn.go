package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"aareg/store"
)

// lag is one stretch of work with its time, as it is told.
func lag(fortell func(string), what string) func() {
	begun := time.Now()
	return func() { fortell(fmt.Sprintf("%s: %s", what, time.Since(begun).Round(time.Second))) }
}

// sammenlikn does it all. Whatever it started and wrote is gone when it returns, unless there is a folder to keep.
func sammenlikn(ctx context.Context, v *valg, fortell func(string)) (r *rapport, err error) {
	dir := v.mappe
	if dir != "" {
		if err := os.Mkdir(dir, 0o700); err != nil {
			return nil, err
		}
	} else {
		if dir, err = os.MkdirTemp("", "likhet"); err != nil {
			return nil, err
		}
		defer os.RemoveAll(dir)
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return nil, err
	}
	done := lag(fortell, "programs built")
	sider, err := byggSider(ctx, v, dir)
	if err != nil {
		return nil, err
	}
	done()
	done = lag(fortell, "registers made")
	w, forskjell, err := lagRegistre(ctx, v, dir, sider, fortell)
	if err != nil {
		return nil, err
	}
	done()
	random := rand.New(rand.NewPCG(v.seed, 2))
	u, err := w.utgangspunkt(random)
	if err != nil {
		return nil, err
	}
	questions := (&trekning{random, u}).spoersmaal(v.spoersmaal)
	if err := skrivSpoersmaal(filepath.Join(dir, "spoersmaal.txt"), questions); err != nil {
		return nil, err
	}
	r = nyRapport(w, questions, forskjell)
	days := []store.Dato{w.skifte.AddDays(-1), w.skifte}[2-v.dager:]
	asking := &spoerring{valg: v, sider: sider, questions: questions, dager: days, rapport: r, mappe: dir, fortell: fortell}
	if err := asking.konsumentene(ctx, u); err != nil {
		return nil, err
	}
	if len(days) == 2 {
		if err := asking.gjennomDoegnskiftet(ctx); err != nil {
			return nil, err
		}
	}
	return r, ctx.Err()
}

func byggSider(ctx context.Context, v *valg, dir string) ([]*side, error) {
	sider := []*side{{navn: "before", program: v.foer}, {navn: "after", program: v.etter}}
	for _, s := range sider {
		s.mappe = filepath.Join(dir, s.navn)
		if err := os.Mkdir(s.mappe, 0o700); err != nil {
			return nil, err
		}
		var err error
		if s.program, err = bygg(ctx, s.program, s.mappe); err != nil {
			return nil, err
		}
	}
	return sider, nil
}

func skrivSpoersmaal(path string, questions []*spoersmaal) error {
	var b strings.Builder
	for _, q := range questions {
		b.WriteString(q.ord() + "\n")
	}
	return os.WriteFile(path, []byte(b.String()), 0o600)
}
