package innlesing_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"aareg/fixtures/generer"
	"aareg/store/innlesing"
	"aareg/store/kilder"
)

// benchPersons is how many persons the register of the benchmarks has, and 3.3 times as many arbeidsforhold:
// AAREG_BENCH_PERSONER=300000 makes a million arbeidsforhold.
func benchPersons() int {
	if n, err := strconv.Atoi(os.Getenv("AAREG_BENCH_PERSONER")); err == nil {
		return n
	}
	return 15_000
}

// generated writes the files of a made-up register.
func generated(b *testing.B) string {
	b.Helper()
	dir := filepath.Join(b.TempDir(), "filer")
	if err := generer.SkrivFiler(context.Background(), dir, generer.Valg{Personer: benchPersons(), Seed: 1}, func(int64, int64) {}); err != nil {
		b.Fatal(err)
	}
	return dir
}

// seconds is how long something takes.
func seconds(b *testing.B, run func() error) float64 {
	b.Helper()
	runtime.GC()
	start := time.Now()
	if err := run(); err != nil {
		b.Fatal(err)
	}
	return time.Since(start).Seconds()
}

// BenchmarkImport imports arbeidsforhold of shape A into a new register, and then a day's changes of a fiftieth of them;
// beside it, what decoding the same file costs anybody: into a tree with encoding/json, on one core.
func BenchmarkImport(b *testing.B) {
	dir := generated(b)
	file := filepath.Join(dir, "arbeidsforhold.ndjson")
	for range b.N {
		bare := seconds(b, func() error { return decode(file) })
		reading := seconds(b, func() error { return readAlone(file) })
		db := filepath.Join(b.TempDir(), "aareg.db")
		var s *innlesing.Sammendrag
		took := seconds(b, func() (err error) {
			s, err = innlesing.Importer(context.Background(), innlesing.Valg{DB: db, Filer: []string{file}, Naa: time.Now})
			return err
		})
		n := float64(s.Antall.Arbeidsforhold)
		info, err := os.Stat(db)
		if err != nil {
			b.Fatal(err)
		}
		day, changes := aDay(b, file)
		dayTook := seconds(b, func() (err error) {
			s, err = innlesing.Importer(context.Background(), innlesing.Valg{DB: db, Filer: []string{day}, Naa: time.Now})
			return err
		})
		if got := s.Teller[innlesing.Arbeidsforhold].Endret; got != changes {
			b.Fatalf("%d of %d arbeidsforhold changed", got, changes)
		}
		b.ReportMetric(n/took, "arbeidsforhold/s")
		b.ReportMetric(bare/took, "bare-decodes/import")
		b.ReportMetric(n/reading, "read-alone/s")
		b.ReportMetric(float64(info.Size())/n, "B/arbeidsforhold-without-persons")
		b.ReportMetric(float64(changes)/dayTook, "changes/s")
	}
}

// BenchmarkImportAll imports units, persons and arbeidsforhold, and tells the size of the whole register.
func BenchmarkImportAll(b *testing.B) {
	dir := generated(b)
	for range b.N {
		db := filepath.Join(b.TempDir(), "aareg.db")
		var s *innlesing.Sammendrag
		took := seconds(b, func() (err error) {
			s, err = innlesing.Importer(context.Background(), innlesing.Valg{DB: db, Filer: []string{dir}, Naa: time.Now})
			return err
		})
		info, err := os.Stat(db)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(s.Antall.Arbeidsforhold+s.Antall.Personer+s.Antall.Enheter)/took, "records/s")
		b.ReportMetric(float64(info.Size())/float64(s.Antall.Arbeidsforhold), "B/arbeidsforhold")
	}
}

func decode(file string) error {
	return eachLine(file, func(line []byte) error {
		var record any
		return json.Unmarshal(line, &record)
	})
}

func readAlone(file string) error {
	return kilder.Les(context.Background(), file, func(int) {}, kilder.NewMerknader(), kilder.Mottak{
		Poster: func(kilder.Sted, string, []byte, []kilder.Post) error { return nil },
		Feil:   func(f *kilder.Feil) error { return f },
	})
}

// aDay is a file with every fiftieth arbeidsforhold, confirmed anew.
func aDay(b *testing.B, file string) (day string, changes int) {
	b.Helper()
	day = filepath.Join(b.TempDir(), "dag.ndjson")
	f, err := os.Create(day)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	n := 0
	err = eachLine(file, func(line []byte) error {
		if n++; n%50 != 7 {
			return nil
		}
		before, after, found := strings.Cut(string(line), `"sistBekreftet":"`)
		if !found {
			return nil
		}
		changes++
		_, err := fmt.Fprintf(w, `%s"sistBekreftet":"2031-12-31%s`+"\n", before, after[len("2031-12-31"):])
		return err
	})
	if err == nil {
		err = w.Flush()
	}
	if err != nil {
		b.Fatal(err)
	}
	return day, changes
}

func eachLine(file string, each func([]byte) error) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if err := each(lines.Bytes()); err != nil {
			return err
		}
	}
	return lines.Err()
}
