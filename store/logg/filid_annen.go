//go:build !linux

package logg

import "os"

// filID is which file it is that a path leads to.
type filID struct{ info os.FileInfo }

// filVed is the file at a path.
func filVed(path string) (filID, error) {
	info, err := os.Stat(path)
	return filID{info}, err
}

func (a filID) samme(b filID) bool { return os.SameFile(a.info, b.info) }
