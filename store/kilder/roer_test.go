package kilder

import (
	"context"
	"io"
	"os"
	"strings"
	"testing"
	"testing/iotest"
)

// What comes through a pipe is all read, in whatever pieces, and why it ended.
func TestPipesAreReadToTheirEnd(t *testing.T) {
	want := strings.Repeat("æøå\n", 50_000)
	for name, r := range map[string]io.Reader{
		"at once":               strings.NewReader(want),
		"in halves":             iotest.HalfReader(strings.NewReader(want)),
		"the end with the last": iotest.DataErrReader(strings.NewReader(want)),
		"nothing now and then":  io.MultiReader(strings.NewReader(want[:10]), strings.NewReader(""), strings.NewReader(want[10:])),
	} {
		if got, err := io.ReadAll(newRoer(t.Context(), r)); err != nil || string(got) != want {
			t.Errorf("%s: %d bytes of %d, %v", name, len(got), len(want), err)
		}
	}
	if _, err := io.ReadAll(newRoer(t.Context(), iotest.ErrReader(io.ErrClosedPipe))); err != io.ErrClosedPipe {
		t.Errorf("a pipe that broke: %v", err)
	}
}

// An import that is stopped does not wait for a pipe into which nobody writes.
func TestNobodyWaitsForAPipeAfterTheEnd(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	defer w.Close()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := io.ReadAll(newRoer(ctx, r)); err != context.Canceled {
		t.Errorf("read to %v", err)
	}
}
