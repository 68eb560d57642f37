package kilder

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// Filer are the files under the names given: a folder stands for all files in it and below it, in the order of their
// names, hidden ones left out; "-" is standard input.
func Filer(navn []string) ([]string, error) {
	var files []string
	for _, name := range navn {
		if name == "-" {
			files = append(files, name)
			continue
		}
		if info, err := os.Stat(name); err == nil && info.IsDir() {
			name += string(filepath.Separator) // also what a link leads to is walked
		}
		err := filepath.WalkDir(name, func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case path != name && strings.HasPrefix(d.Name(), "."):
				if d.IsDir() {
					return filepath.SkipDir
				}
			case path != name && !ordinary(path, d):
				return fmt.Errorf("%s: neither a file nor a folder", path)
			case !d.IsDir():
				files = append(files, path)
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("import: %w", err)
		}
	}
	if len(files) == 0 {
		return nil, errors.New("import: there are no files")
	}
	return files, nil
}

// ordinary says whether an entry of a folder is a folder, a file, or a link to a file.
func ordinary(path string, d fs.DirEntry) bool {
	if d.IsDir() {
		return true
	}
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// Mottak takes what is read, in the order of the file. The error of one ends the reading.
type Mottak struct {
	Poster func(sted Sted, form string, raa []byte, poster []Post) error
	Feil   func(*Feil) error // a record that cannot be used; nil goes on
}

// Les reads one file, plain or compressed with gzip or zstd. read is told how many bytes of it were read. What the
// register has no place for is counted in m. A file that cannot be parted into records ends with a Feil.
func Les(ctx context.Context, fil string, read func(int), m *Merknader, mottak Mottak) error {
	f := os.Stdin
	if fil != "-" {
		var err error
		if f, err = os.Open(fil); err != nil {
			return fmt.Errorf("import: %w", err)
		}
		defer f.Close()
	}
	var source io.Reader = f
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		source = newRoer(ctx, f)
	}
	r, close, err := pakkUt(&teller{source, read})
	if err != nil {
		return fmt.Errorf("import: %s: %w", fil, err)
	}
	defer close()
	return lesFil(ctx, fil, r, m, mottak)
}

type teller struct {
	r    io.Reader
	read func(int)
}

func (t *teller) Read(p []byte) (int, error) {
	n, err := t.r.Read(p)
	t.read(n)
	return n, err
}

// pakkUt unpacks what begins as gzip or zstd does.
func pakkUt(r io.Reader) (*bufio.Reader, func(), error) {
	b := bufio.NewReaderSize(r, 256<<10)
	head, err := b.Peek(4)
	if err != nil && err != io.EOF {
		return nil, nil, err
	}
	switch {
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		z, err := gzip.NewReader(b)
		if err != nil {
			return nil, nil, errors.New("not valid gzip")
		}
		return bufio.NewReaderSize(z, 256<<10), func() { z.Close() }, nil
	case bytes.Equal(head, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		z, err := zstd.NewReader(b, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(256<<20))
		if err != nil {
			return nil, nil, errors.New("not valid zstd")
		}
		return bufio.NewReaderSize(z, 256<<10), z.Close, nil
	}
	return b, func() {}, nil
}

// innhold tells what a file holds by its first sign: JSON, XML, or else CSV.
func innhold(b *bufio.Reader) (lesFormat, error) {
	if head, _ := b.Peek(3); bytes.Equal(head, []byte{0xef, 0xbb, 0xbf}) { // a byte order mark
		if _, err := b.Discard(3); err != nil {
			return nil, err
		}
	}
	for n := 1; ; n++ {
		head, err := b.Peek(n)
		switch {
		case len(head) == n:
		case err == io.EOF:
			return lesTom, nil
		case err == bufio.ErrBufferFull: // so much white space that it does not matter what comes behind it
			return lesJSONfil, nil
		default:
			return nil, err
		}
		switch head[n-1] {
		case ' ', '\t', '\r', '\n':
			continue
		case '{', '[':
			return lesJSONfil, nil
		case '<':
			return lesXMLfil, nil
		}
		return lesCSVfil, nil
	}
}

// lesFormat parts a file of one format into records.
type lesFormat func(fil string, r io.Reader, m *Merknader, post func(raa) error) error

func lesTom(string, io.Reader, *Merknader, func(raa) error) error { return nil }
