package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"aareg/fixtures/generer"
)

// BenchmarkQuestionsBesideADay asks for random arbeidsforhold and persons while a day's changes, of every fiftieth
// arbeidsforhold, are imported, and as long when nothing is: the real program, two clients that pause as long as they
// waited. AAREG_BENCH_PERSONER=300000 makes a million arbeidsforhold of which 20,000 change.
func BenchmarkQuestionsBesideADay(b *testing.B) {
	persons, err := strconv.Atoi(os.Getenv("AAREG_BENCH_PERSONER"))
	if err != nil {
		persons = 15_000
	}
	files := filepath.Join(b.TempDir(), "filer")
	if err := generer.SkrivFiler(context.Background(), files, generer.Valg{Personer: persons, Seed: 1}, func(int64, int64) {}); err != nil {
		b.Fatal(err)
	}
	db := filepath.Join(b.TempDir(), "register")
	mustRun(b, nil, "import", "--db", db, files)
	questions, day := drawADay(b, filepath.Join(files, "arbeidsforhold.ndjson"))
	p := startWithConsumer(b, "--db", db, "--today", "2026-01-01")
	for range b.N {
		begun := time.Now()
		beside := ask(b, p, questions, func() { mustRun(b, day, "import", "--db", db, "-") })
		long := time.Since(begun)
		alone := ask(b, p, questions, func() { time.Sleep(long) })
		b.ReportMetric(ms(alone, 50), "p50-ms-idle")
		b.ReportMetric(ms(alone, 99), "p99-ms-idle")
		b.ReportMetric(ms(beside, 50), "p50-ms-import")
		b.ReportMetric(ms(beside, 99), "p99-ms-import")
		b.ReportMetric(ms(beside, 99)/ms(alone, 99), "p99-import/idle")
		b.ReportMetric(float64(len(beside)), "questions-import")
		b.ReportMetric(long.Seconds(), "s-import")
	}
	p.stop(b)
}

// drawADay draws questions from generated arbeidsforhold, and changes every fiftieth.
func drawADay(b *testing.B, file string) (questions []string, day []byte) {
	b.Helper()
	f, err := os.Open(file)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for n := 0; lines.Scan(); n++ {
		if n%50 != 0 {
			continue
		}
		var record struct {
			NavArbeidsforholdId int64
			Arbeidstaker        struct {
				Identer []struct{ Type, Ident string }
			}
		}
		if err := json.Unmarshal(lines.Bytes(), &record); err != nil {
			b.Fatal(err)
		}
		questions = append(questions, element("hentArbeidsforhold", fmt.Sprintf("<arbeidsforholdId>%d</arbeidsforholdId>", record.NavArbeidsforholdId)))
		for _, id := range record.Arbeidstaker.Identer {
			if id.Type == "FOLKEREGISTERIDENT" {
				questions = append(questions, element("hentArbeidstaker", "<foedselsnr>"+id.Ident+"</foedselsnr>"))
			}
		}
		before, after, found := strings.Cut(lines.Text(), `"sistBekreftet":"`)
		if found {
			day = append(day, before+`"sistBekreftet":"2031-12-31`+after[len("2031-12-31"):]+"\n"...)
		}
	}
	return questions, day
}

// ask has two clients ask while something runs, and is how long each answer took, the quickest first.
func ask(b *testing.B, p *program, questions []string, run func()) []time.Duration {
	b.Helper()
	var asking sync.WaitGroup
	var enough atomic.Bool
	var took [2][]time.Duration
	for i := range took {
		asking.Go(func() {
			client := &http.Client{Transport: &http.Transport{}}
			defer client.CloseIdleConnections()
			for n := i * len(questions) / 2; !enough.Load(); n += 7919 { // a prime: the order is nobody's
				begun := time.Now()
				response, err := client.Post(p.consumersURL(), textXML, strings.NewReader(envelope(questions[n%len(questions)])))
				if err != nil {
					b.Error(err)
					return
				}
				text, err := io.ReadAll(response.Body)
				response.Body.Close()
				waited := time.Since(begun)
				if err != nil || !bytes.Contains(text, []byte("<statuskode>")) {
					b.Errorf("no answer: %v, %s", err, response.Status)
					return
				}
				took[i] = append(took[i], waited)
				time.Sleep(waited)
			}
		})
	}
	run()
	enough.Store(true)
	asking.Wait()
	return slices.Sorted(slices.Values(slices.Concat(took[0], took[1])))
}

// ms is a percentile of sorted times.
func ms(took []time.Duration, percent int) float64 {
	return float64(took[len(took)*percent/100].Microseconds()) / 1000
}
