package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// progress shows how far something has come: a bar with rate and time left on a terminal, plain lines otherwise.
type progress struct {
	w     io.Writer
	bar   *progressbar.ProgressBar
	done  int64
	total int64
	unit  string
	told  time.Time
	start time.Time
}

// tellEvery is how often a plain line is written.
const tellEvery = 10 * time.Second

func newProgress(w io.Writer, total int64, unit string) *progress {
	now := time.Now()
	p := &progress{w: w, total: total, unit: unit, told: now, start: now}
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		p.bar = progressbar.NewOptions64(total, progressbar.OptionSetWriter(w), progressbar.OptionShowBytes(unit == "bytes"),
			progressbar.OptionSetPredictTime(true), progressbar.OptionShowCount(), progressbar.OptionThrottle(100*time.Millisecond),
			progressbar.OptionClearOnFinish(), progressbar.OptionSetWidth(30))
	}
	return p
}

func (p *progress) add(n int) {
	p.done += int64(n)
	if p.bar != nil {
		_ = p.bar.Add(n) // a bar that cannot be drawn is no reason to stop
		return
	}
	if now := time.Now(); now.Sub(p.told) >= tellEvery {
		p.told = now
		of := ""
		if p.total > 0 {
			of = fmt.Sprintf(" (%d %%)", p.done*100/p.total)
		}
		fmt.Fprintf(p.w, "%d %s%s in %s\n", p.done, p.unit, of, now.Sub(p.start).Round(time.Second))
	}
}

// to says how far it is of how much.
func (p *progress) to(done, total int64) {
	if p.bar != nil && p.total != total {
		p.bar.ChangeMax64(total)
	}
	p.total = total
	p.add(int(done - p.done))
}

// phases are what a change of the register goes through, in words.
var phases = map[string]string{
	"write": "reading", "derive": "making lists and indexes", "check": "checking", "swap": "putting it in force", "swapped": "in force",
}

func (p *progress) phase(name string) {
	if p.bar != nil {
		p.bar.Describe(phases[name])
		return
	}
	fmt.Fprintln(p.w, phases[name])
}

func (p *progress) end() {
	if p.bar != nil {
		_ = p.bar.Finish() // as above
	}
}
