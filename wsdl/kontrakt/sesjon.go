package kontrakt

import (
	"regexp"
	"sync"
)

// sesjon is the sesjonsid that an endpoint gave last, for many questions at a time.
type sesjon struct {
	mu    sync.Mutex
	siste string
	aldri bool // a sesjonsid alone is no login there
}

// iHodet finds a sesjonsid of the form that is promised; one of another form is not sent back.
var iHodet = regexp.MustCompile(`<sesjonsid>([0-9]{10,11}\.[0-9]+#[A-Za-z0-9+/]{27})</sesjonsid>`)

// hodelengde is how many bytes of an answer are looked through for it: its header comes first.
const hodelengde = 8 << 10

func (s *sesjon) id() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.siste
}

// faatt keeps the sesjonsid of an answer, if it has one.
func (s *sesjon) faatt(kropp []byte) {
	found := iHodet.FindSubmatch(kropp[:min(len(kropp), hodelengde)])
	s.mu.Lock()
	defer s.mu.Unlock()
	if found != nil && !s.aldri {
		s.siste = string(found[1])
	}
}

// avvist drops a sesjonsid that was refused, unless another has come meanwhile. An endpoint that calls it a wrong user
// knows no login by sesjonsid alone, and gets credentials from then on.
func (s *sesjon) avvist(id, kode string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if kode == "ugyldigBruker" {
		s.aldri = true
	}
	if s.aldri || s.siste == id {
		s.siste = ""
	}
}
