package oppslag

import (
	"crypto/sha256"
	"embed"
	"encoding/base32"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
)

//go:generate node statisk/designsystemet/hent.mjs

// The design system's style sheet and icons are those of the public sector's Designsystemet (npm
// @digdir/designsystemet-css), put together by hent.mjs: the components that the pages use and no others. It is chosen for
// being the whole public sector's, not one agency's, for a theme that comes with it, and for components in files of their
// own, which keep a page light.
//
//go:embed statisk/*.css statisk/*.js statisk/*.svg statisk/designsystemet/*.css statisk/designsystemet/*.svg
var statiskeFiler embed.FS

// stilark are the style sheets of every page, in their order.
var stilark = []string{"designsystemet/designsystemet.css", "oppslag.css", "utvikler.css"}

// statisk are the files that pages refer to. Their paths hold a digest of them all, so a browser may keep each for good:
// another build has other paths.
type statisk struct {
	avtrykk string
	filer   map[string][]byte
}

func newStatisk() (*statisk, error) {
	s := &statisk{filer: map[string][]byte{}}
	digest := sha256.New()
	err := fs.WalkDir(statiskeFiler, "statisk", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := statiskeFiler.ReadFile(name)
		digest.Write([]byte(name))
		digest.Write(text)
		s.filer[name[len("statisk/"):]] = text
		return err
	})
	// Letters and few digits: no digest looks like a person's number.
	s.avtrykk = base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(digest.Sum(nil)[:15])
	return s, err
}

// sti is the path of a file.
func (s *statisk) sti(fil string) string { return "/oppslag/statisk/" + s.avtrykk + "/" + fil }

// fil gives out a static file; under another build's digest there is none.
func (o *Oppslag) fil(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("fil")
	text, found := o.statisk.filer[name]
	if !found || r.PathValue("avtrykk") != o.statisk.avtrykk {
		o.ukjent(w, r)
		return
	}
	h, etag := w.Header(), `"`+o.statisk.avtrykk+`"`
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("ETag", etag)
	if r.Header.Get("If-None-Match") == etag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Type", mime.TypeByExtension(path.Ext(name)))
	h.Set("Content-Length", strconv.Itoa(len(text)))
	// A write fails only when the person has gone.
	_, _ = w.Write(text)
}
