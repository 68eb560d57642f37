// Command open serves a register as aareg serve does, but to anybody and without an audit log: what the real program
// refuses, and what tells apart the cost of an answer and that of who may have it. It is for measuring and is never shipped.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"runtime/pprof"
	"syscall"
	_ "time/tzdata" // Europe/Oslo, as in aareg

	"aareg/soap"
	"aareg/store"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := serve(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "open:", err)
		os.Exit(1)
	}
}

func serve(ctx context.Context) (err error) {
	var today store.Dato
	db := flag.String("db", "", "the register is in this `file`")
	addr := flag.String("addr", "127.0.0.1:0", "listen on `host:port`")
	flag.TextVar(&today, "today", today, "answer as of this `date`")
	maxArbeidsforhold := flag.Int("max-arbeidsforhold", 10_000, "at most this `number` in one answer of hentArbeidsgiver")
	profile := flag.String("cpuprofile", "", "write a CPU profile into this `file`, from SIGUSR1 to SIGUSR2")
	flag.Parse()
	register, err := store.Open(*db)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, register.Close()) }()
	if *profile != "" {
		go profiles(*profile)
	}
	server := soap.NewServer(soap.Config{Store: register, View: func() store.View { return store.View{Today: today} },
		MaxArbeidsforhold: *maxArbeidsforhold, MaxTreff: 1000, Log: slog.New(slog.NewJSONHandler(os.Stderr, nil))})
	listener, err := soap.Listen(*addr)
	if err != nil {
		return err
	}
	context.AfterFunc(ctx, func() { server.Close() })
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// profiles writes what the processor does between the two signals; each pair takes the place of the one before.
func profiles(file string) {
	begin, end := make(chan os.Signal, 1), make(chan os.Signal, 1)
	signal.Notify(begin, syscall.SIGUSR1)
	signal.Notify(end, syscall.SIGUSR2)
	for range begin {
		f, err := os.Create(file)
		if err == nil {
			err = pprof.StartCPUProfile(f)
		}
		if err != nil {
			slog.Error("no profile", "error", err)
			continue
		}
		<-end
		pprof.StopCPUProfile()
		f.Close() // an unfinished profile is seen by whoever reads it
	}
}
