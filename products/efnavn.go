package products

import (
	"strings"

	"aareg/store"
)

// efnavn writes what Navn.Efnavn is, which is put together where it stands.
func (s *Svar) efnavn(tag *Tag, n *store.Navn) {
	if s.begrenset && !s.shows(tag) {
		return
	}
	s.begin(tag)
	between := ""
	for _, part := range [...]string{n.Etternavn, n.Mellomnavn, n.Fornavn} {
		for word := range strings.FieldsSeq(part) {
			s.text(between)
			s.text(word)
			between = " "
		}
	}
	s.end(tag, s.room(0), 0)
}
