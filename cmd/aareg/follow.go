package main

import (
	"context"
	"log/slog"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"aareg/store"
)

// lookEvery is how often a server looks whether its register has been imported anew.
const lookEvery = time.Second

// follow looks, beside the first questions, whether the register is damaged, and takes up what an import makes of it: by
// itself within about a second, at once on SIGHUP. What it returns ends it.
func follow(ctx context.Context, register *store.Store, log *slog.Logger) (end func()) {
	ctx, cancel := context.WithCancel(ctx)
	hangup := make(chan os.Signal, 1)
	signal.Notify(hangup, syscall.SIGHUP)
	var running sync.WaitGroup
	running.Go(func() {
		defer signal.Stop(hangup)
		if err := register.Check(ctx); err != nil && ctx.Err() == nil {
			log.Error("the register answers nothing until it is imported anew", "error", err.Error())
		}
		look := time.NewTicker(lookEvery)
		defer look.Stop()
		failing := false
		for {
			select {
			case <-ctx.Done():
				return
			case <-look.C:
			case <-hangup:
			}
			another, err := register.Refresh(ctx)
			if another {
				log.Info("the register was imported anew and is taken up")
			}
			if err != nil && !failing && ctx.Err() == nil {
				log.Error("the register that was imported cannot be taken up; the one before goes on", "error", err.Error())
			}
			failing = err != nil
		}
	})
	return func() { cancel(); running.Wait() }
}
