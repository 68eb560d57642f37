package kilder

import (
	"bufio"
	"context"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"
)

// stroem makes a text while it is read: what stands before, a record again and again, what stands behind.
type stroem struct {
	foer, post, etter string
	igjen             int // times that the record comes yet
	naa               string
}

func (s *stroem) Read(p []byte) (n int, err error) {
	for n < len(p) {
		if s.naa == "" {
			switch {
			case s.foer != "":
				s.naa, s.foer = s.foer, ""
			case s.igjen > 0:
				s.naa = s.post
				s.igjen--
				if s.igjen == 0 {
					s.naa = strings.TrimSuffix(s.naa, ",\n")
				}
			case s.etter != "":
				s.naa, s.etter = s.etter, ""
			default:
				return n, io.EOF
			}
		}
		copied := copy(p[n:], s.naa)
		n, s.naa = n+copied, s.naa[copied:]
	}
	return n, nil
}

// A whole register is read as one file; how large it is must not matter.
func TestMemoryDoesNotGrowWithTheFile(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 600 MB")
	}
	const size, limit = 200 << 20, 64 << 20
	example, err := os.ReadFile("testdata/egen/eksempel.ndjson")
	if err != nil {
		t.Fatal(err)
	}
	record := strings.Split(string(example), "\n")[4]
	person := `{"ident":"12829499914","code":"ok","person":{"navn":[{"etternavn":"Ås"}],"adressebeskyttelse":[],"bostedsadresse":[{"a":1}]}}`
	for name, s := range map[string]*stroem{
		"NDJSON":      {post: record + "\n", igjen: size / len(record)},
		"one list":    {foer: "[", post: record + ",\n", igjen: size / len(record), etter: "]"},
		"an envelope": {foer: `{"data":{"hentPersonBolk":[`, post: person + ",\n", igjen: size / len(person), etter: "]}}"},
	} {
		t.Run(name, func(t *testing.T) {
			want, records := s.igjen, 0
			var before, now runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			most := before.HeapAlloc
			err := lesFil(context.Background(), "fil.json", bufio.NewReader(s), NewMerknader(), Mottak{
				Poster: func(Sted, string, []byte, []Post) error {
					if records++; records%1000 == 0 {
						runtime.ReadMemStats(&now)
						most = max(most, now.HeapAlloc)
					}
					return nil
				},
				Feil: func(f *Feil) error { return f },
			})
			if err != nil || records != want {
				t.Fatalf("%d records, want %d; error %v", records, want, err)
			}
			if grown := most - before.HeapAlloc; grown > limit {
				t.Errorf("the heap grew by %d MiB, want at most %d", grown>>20, limit>>20)
			} else {
				t.Logf("the heap grew by %d MiB", grown>>20)
			}
		})
	}
}
