package soap

import (
	"bytes"
	"compress/gzip"
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestAnswersOfEverySizeAreCompressedForThoseWhoAsk: below the size from which it is worth it, in one piece, and in many.
func TestAnswersOfEverySizeAreCompressedForThoseWhoAsk(t *testing.T) {
	for n, compresses := range map[int]bool{0: false, 200: true, 4000: true, 20_000: true} {
		s := newService(t, map[string]operation{"hentArbeidstaker": hits(int64(n))})
		want, header := fetch(t, s, "identity")
		if header.Get("Content-Encoding") != "" || len(want) >= compressFrom != compresses {
			t.Fatalf("%d bytes, encoding %q", len(want), header.Get("Content-Encoding"))
		}
		for accepts, gzips := range map[string]bool{"gzip": true, "deflate, GZIP;q=0.5": true, "zstd, gzip": true, "identity, gzip": true,
			"gzip;q=0": false, "deflate": false, "*": false, "": false} {
			t.Run(strconv.Itoa(n)+" hits, accepts "+accepts, func(t *testing.T) {
				got, header := fetch(t, s, accepts)
				wantEncoding := ""
				if compresses && gzips {
					got, wantEncoding = string(unpacked(t, []byte(got))), "gzip"
				}
				if diff := cmp.Diff(wantEncoding, header.Get("Content-Encoding")); diff != "" {
					t.Errorf("Content-Encoding (-want +got):\n%s", diff)
				}
				if diff := cmp.Diff([]string{"Accept-Encoding"}, header["Vary"]); diff != "" {
					t.Errorf("Vary (-want +got):\n%s", diff)
				}
				if diff := cmp.Diff([]string{xmlType}, header["Content-Type"]); diff != "" {
					t.Errorf("Content-Type (-want +got):\n%s", diff)
				}
				if got != want {
					t.Errorf("%d bytes of answer, not the %d that come uncompressed", len(got), len(want))
				}
			})
		}
	}
}

// fetch asks with this Accept-Encoding, and reads the answer as it came. What it says of its length must be so.
func fetch(t *testing.T, s *service, accepts string) (text string, header http.Header) {
	t.Helper()
	r := s.request(t, http.MethodPost, "/", xmlType, good)
	r.Header.Set("Accept-Encoding", accepts)
	resp, err := s.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	if resp.ContentLength >= 0 && resp.ContentLength != int64(len(body)) {
		t.Errorf("%d bytes came, %d were told", len(body), resp.ContentLength)
	}
	return string(body), resp.Header
}

// unpacked is what a gzip file holds, read by another library than packed it.
func unpacked(t *testing.T, packed []byte) []byte {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestWhatIsPackedIsUnpackedWhateverItsLength packs answers in one piece, also such as nothing of comes twice, about the length
// that the compressor takes at a time.
func TestWhatIsPackedIsUnpackedWhateverItsLength(t *testing.T) {
	draw := rand.New(rand.NewPCG(1, 2))
	for _, length := range []int{compressFrom, 8 << 10, 1<<15 - 9, 1<<15 - 1, 1 << 15, 1<<15 + 1, 40_000, 1<<16 - 1, 1 << 16, 100_000} {
		for _, letters := range []int{2, 16, 256} {
			answer := make([]byte, length)
			for i := range answer {
				answer[i] = byte(draw.IntN(letters))
				if letters == 16 && i > 300 && draw.IntN(4) > 0 {
					answer[i] = answer[i-300]
				}
			}
			if got := unpacked(t, new(exchange).pack(answer)); !bytes.Equal(got, answer) {
				t.Errorf("%d bytes of %d letters became %d", length, letters, len(got))
			}
		}
	}
}
