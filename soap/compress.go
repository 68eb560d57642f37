package soap

import (
	"bytes"
	"net/http"
	"strconv"
	"sync"

	"github.com/klauspost/compress/gzhttp"
	"github.com/klauspost/compress/gzip"
)

// compressFrom is the size in bytes from which an answer is worth gzip: one packet.
const compressFrom = 1500

// compressed has answers compressed for clients that ask for it. The others are not led through the compressor.
func compressed(h http.Handler) http.Handler {
	compress, err := gzhttp.NewWrapper(gzhttp.MinSize(compressFrom), gzhttp.EnableZstd(false),
		gzhttp.CompressionLevel(gzip.BestSpeed))
	if err != nil {
		panic(err) // the options above are constants
	}
	asked := compress(h)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if accepts := r.Header["Accept-Encoding"]; len(accepts) > 0 && accepts[0] != "" && accepts[0] != "identity" {
			asked(w, r)
			return
		}
		w.Header()["Vary"] = varies
		h.ServeHTTP(w, r)
	})
}

// varies is the Vary of every answer. Nobody may change it.
var varies = []string{"Accept-Encoding"}

// whole is how an answer in one piece leaves, with its length told: packed, if the client asked for that and it is worth
// it. Then it leaves past the wrapper that compresses the others piece by piece.
func (x *exchange) whole(answer []byte) []byte {
	h := x.w.Header()
	if past, asked := uncompressed(x.w); asked && len(answer) >= compressFrom {
		x.w = past
		h["Content-Encoding"] = gzipped
		answer = x.pack(answer)
	}
	h["Content-Length"] = []string{strconv.Itoa(len(answer))}
	return answer
}

// gzipped is the Content-Encoding of packed answers. Nobody may change it.
var gzipped = []string{"gzip"}

// uncompressed is the way past the compression that a client asked for; asked is false when it did not.
func uncompressed(w http.ResponseWriter) (past http.ResponseWriter, asked bool) {
	switch w := w.(type) {
	case *gzhttp.GzipResponseWriter:
		return w.Unwrap(), true
	case gzhttp.GzipResponseWriterWithCloseNotify:
		return w.Unwrap(), true
	}
	return nil, false
}

// packer makes one gzip file of one answer. It is one that keeps nothing between answers: as quick as the library's fastest
// level, and its tables are an eighth as large, so that less else leaves the processor's caches.
type packer struct {
	*gzip.Writer
	to bytes.Buffer
}

// packers are those that nobody uses.
var packers = sync.Pool{New: func() any {
	p := new(packer)
	var err error
	if p.Writer, err = gzip.NewWriterLevel(&p.to, gzip.StatelessCompression); err != nil {
		panic(err) // the level is a constant
	}
	return p
}}

// pack is the answer packed, in memory that is the exchange's until it is over.
func (x *exchange) pack(answer []byte) []byte {
	p := packers.Get().(*packer)
	defer packers.Put(p)
	p.to.Reset()
	p.Reset(&p.to)
	_, _ = p.Write(answer) // memory takes everything
	_ = p.Close()
	x.packed = append(x.packed[:0], p.to.Bytes()...)
	return x.packed
}
