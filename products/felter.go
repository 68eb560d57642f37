package products

// Felter is what a consumer may see of one answer, as a tree of the answer's tags in the field specification's spelling
// and order; a nil tree is everything. Of a tree, a tag that its group's Under does not name is left out.
type Felter struct {
	Tag   string
	Vis   Visning
	Under []*Felter // of a group: what may stand in it
}

// Visning is what becomes of an element.
type Visning uint8

// The three: as it is; a leaf that is written empty (a group is written, and what stands in it decides for itself); a
// leaf or a group that is left out with all in it.
const (
	Vises Visning = iota
	Toemmes
	Utelates
)

// nivaa is a group of the tree that the writer is in.
type nivaa struct {
	under []*Felter
	neste int // where the next tag is looked for first: handlers write in the order of the tree
}

// Begrens makes the answer keep to a tree, whose Under are the answer's first elements; nil, as after NewSvar, lets
// everything through. It is called before Status, whose two leaves are written whatever the tree says.
func (s *Svar) Begrens(f *Felter) {
	s.begrenset, s.nivaaer = f != nil, s.nivaaer[:0]
	if f != nil {
		s.nivaaer = append(s.nivaaer, nivaa{under: f.Under})
	}
}

// find is the tree's element for a tag in the group that the writer is in, nil when it names none.
func (s *Svar) find(tag *Tag) *Felter {
	n := &s.nivaaer[len(s.nivaaer)-1]
	for i := range n.under {
		at := n.neste + i
		if at >= len(n.under) {
			at -= len(n.under)
		}
		if n.under[at].Tag == tag.navn {
			n.neste = at
			return n.under[at]
		}
	}
	return nil
}

// enter says whether a group is written, and steps into it; of one that is left out, everything is until leave.
func (s *Svar) enter(tag *Tag) bool {
	if s.utelatt == 0 {
		if f := s.find(tag); f != nil && f.Vis != Utelates {
			s.nivaaer = append(s.nivaaer, nivaa{under: f.Under})
			return true
		}
	}
	s.utelatt++
	return false
}

// leave steps out of a group, and says whether it was written.
func (s *Svar) leave() bool {
	if s.utelatt > 0 {
		s.utelatt--
		return false
	}
	s.nivaaer = s.nivaaer[:len(s.nivaaer)-1]
	return true
}

// shows says whether a leaf has its value. One that is emptied has been written when it returns.
func (s *Svar) shows(tag *Tag) bool {
	if s.utelatt > 0 {
		return false
	}
	f := s.find(tag)
	if f == nil || f.Vis == Utelates {
		return false
	}
	if f.Vis == Toemmes {
		room, at := s.start(tag, 0)
		s.end(tag, room, at)
		return false
	}
	return true
}
