package soap

import (
	"bytes"
	stdgzip "compress/gzip"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"
)

func unpacked(t testing.TB, packed []byte) []byte {
	t.Helper()
	r, err := stdgzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestPackedTextIsTheTextAgain(t *testing.T) {
	draw := rand.New(rand.NewPCG(3, 4))
	random := make([]byte, maxPacked)
	for i := range random {
		random[i] = byte(draw.Uint32())
	}
	period := func(n int) []byte { return bytes.Repeat(random[:n], maxPacked/n) }
	texts := [][]byte{nil, random[:1], random[:4], random, make([]byte, maxPacked), []byte(good), period(40_000 - 1), period(32<<10 + 1), period(32 << 10)}
	for n := 1; n < 600; n++ {
		texts = append(texts, period(n), []byte(strings.Repeat("a", n)), append(append(bytes.Clone(random[:n]), good...), random[:n]...))
	}
	p := new(packer)
	for i, text := range texts {
		if got := unpacked(t, p.pack([]byte("before"), text)[len("before"):]); !bytes.Equal(got, text) {
			t.Fatalf("text %d of %d bytes comes out as %d others", i, len(text), len(got))
		}
	}
}

func FuzzPack(f *testing.F) {
	f.Add([]byte(good))
	p := new(packer)
	f.Fuzz(func(t *testing.T, text []byte) {
		text = text[:min(len(text), maxPacked)]
		if got := unpacked(t, p.pack(nil, text)); !bytes.Equal(got, text) {
			t.Fatalf("%q comes out as %q", text, got)
		}
	})
}

// BenchmarkPack packs one answer, in turn with the library. x-gzip is how many times longer it takes, median to median.
func BenchmarkPack(b *testing.B) {
	text, err := os.ReadFile("../fixtures/hentArbeidsforhold/komplett/response.xml")
	if err != nil {
		b.Fatal(err)
	}
	p, library, packed := new(packer), new(bytes.Buffer), []byte(nil)
	w, err := gzip.NewWriterLevel(library, gzip.BestSpeed)
	if err != nil {
		b.Fatal(err)
	}
	var ours, theirs []time.Duration
	for b.Loop() {
		start := time.Now()
		packed = p.pack(packed[:0], text)
		between := time.Now()
		library.Reset()
		w.Reset(library)
		_, _ = w.Write(text) // a bytes.Buffer cannot fail
		_ = w.Close()
		ours, theirs = append(ours, between.Sub(start)), append(theirs, time.Since(between))
	}
	b.ReportMetric(float64(median(ours))/float64(median(theirs)), "x-gzip")
	b.ReportMetric(float64(median(ours).Nanoseconds()), "ns/answer")
	b.ReportMetric(float64(len(text)), "bytes/answer")
}

// TestAnswersArePackedAsWellAsByALibrary judges the code by the answers of the conformance suite, as they are indented
// there: all of them together are no longer than what gzip makes of them, and none is much longer.
func TestAnswersArePackedAsWellAsByALibrary(t *testing.T) {
	files, err := filepath.Glob("../fixtures/*/*/response.xml")
	if err != nil || len(files) < 100 {
		t.Fatalf("%d answers: %v", len(files), err)
	}
	p, library := new(packer), new(bytes.Buffer)
	ours, theirs := 0, 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if len(text) < compressFrom || len(text) > maxPacked {
			continue
		}
		library.Reset()
		w, err := gzip.NewWriterLevel(library, gzip.BestSpeed)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(text); err != nil || w.Close() != nil {
			t.Fatal(err)
		}
		packed := len(p.pack(nil, text))
		if packed > library.Len()*6/5 {
			t.Errorf("%s: %d bytes, by the library %d", file, packed, library.Len())
		}
		ours, theirs = ours+packed, theirs+library.Len()
	}
	t.Logf("%d bytes, by the library %d", ours, theirs)
	if ours == 0 || ours > theirs*21/20 {
		t.Errorf("%d bytes, by the library %d", ours, theirs)
	}
}
