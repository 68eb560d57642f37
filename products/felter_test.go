package products

import (
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// tre makes an element of a tree.
func tre(tag string, vis Visning, under ...*Felter) *Felter {
	return &Felter{Tag: tag, Vis: vis, Under: under}
}

// gjennom is what is left of an answer when a tree lets it through.
func gjennom(f *Felter, write func(*Svar)) string {
	s := NewSvar(io.Discard, head)
	defer s.Release()
	s.Begrens(f)
	s.Status(Ingen)
	write(s)
	_, leaves, _ := strings.Cut(whole(s), "</statustekst>")
	return strings.TrimSuffix(leaves, "</svar>")
}

// writeListe writes a list whose groups and leaves share names.
func writeListe(s *Svar) {
	s.Number(NewTag("antall"), 2)
	for range 2 {
		s.Open(NewTag("forhold"))
		s.Text(NewTag("navn"), "a")
		s.Open(NewTag("forhold"))
		s.Dato(NewTag("forhold"), 20240229)
		s.Bool(NewTag("navn"), true)
		s.Close(NewTag("forhold"))
		s.Maaned(NewTag("maaned"), 202402)
		s.Close(NewTag("forhold"))
	}
	s.NorskDato(NewTag("dag"), 20240229)
}

func TestTreeDecidesWhatIsWritten(t *testing.T) {
	const skall = "<forhold></forhold>"
	for name, c := range map[string]struct {
		tree *Felter
		want string
	}{
		"no tree":                   {nil, "<antall>2</antall>" + strings.Repeat("<forhold><navn>a</navn><forhold><forhold>2024-02-29</forhold><navn>true</navn></forhold><maaned>2024-02</maaned></forhold>", 2) + "<dag>29.02.2024</dag>"},
		"a tree that names nothing": {tre("", Vises), ""},
		"a tree of another answer":  {tre("", Vises, tre("annet", Vises)), ""},
		"leaves, and a group without any": {tre("", Vises, tre("antall", Vises), tre("forhold", Vises), tre("dag", Toemmes)),
			"<antall>2</antall>" + skall + skall + "<dag></dag>"},
		"a group that is left out with what its own tree would show": {tre("", Vises, tre("antall", Utelates), tre("forhold", Utelates, tre("navn", Vises)), tre("dag", Vises)),
			"<dag>29.02.2024</dag>"},
		"one name in three places": {tre("", Vises, tre("forhold", Vises, tre("navn", Utelates), tre("forhold", Vises, tre("forhold", Toemmes), tre("navn", Vises)))),
			strings.Repeat("<forhold><forhold><forhold></forhold><navn>true</navn></forhold></forhold>", 2)},
		"a group left out within one that is not": {tre("", Vises, tre("forhold", Vises, tre("forhold", Utelates, tre("navn", Vises)), tre("maaned", Vises))),
			strings.Repeat("<forhold><maaned>2024-02</maaned></forhold>", 2)},
		"a tree in another order": {tre("", Vises, tre("dag", Vises), tre("forhold", Vises, tre("maaned", Vises), tre("navn", Vises)), tre("antall", Vises)),
			"<antall>2</antall>" + strings.Repeat("<forhold><navn>a</navn><maaned>2024-02</maaned></forhold>", 2) + "<dag>29.02.2024</dag>"},
		"a group that is said to be emptied": {tre("", Vises, tre("forhold", Toemmes, tre("navn", Vises))), strings.Repeat("<forhold><navn>a</navn></forhold>", 2)},
	} {
		if diff := cmp.Diff(c.want, gjennom(c.tree, writeListe)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestOutcomeIsToldWhateverTheTreeSays(t *testing.T) {
	s := NewSvar(io.Discard, head)
	defer s.Release()
	s.Begrens(tre("", Vises, tre("statuskode", Utelates), tre("statustekst", Toemmes)))
	s.Status(Ingen)
	if want := "<svar><statuskode>ingen</statuskode><statustekst>" + statustekst[Ingen] + "</statustekst></svar>"; whole(s) != want {
		t.Errorf("wrote %s", s.buf)
	}
}

func TestTreeIsOfOneAnswerAlone(t *testing.T) {
	nothing := tre("", Vises)
	if first, then := gjennom(nothing, writeListe), gjennom(nil, writeListe); first != "" || then == "" {
		t.Errorf("with a tree %q, then without %q", first, then)
	}
}

func TestTreeHasTheSpecificationsTagsInAnyDialect(t *testing.T) {
	got := gjennom(tre("", Vises, tre("Arbeidstaker", Vises, tre("oppfoert", Toemmes), tre("Kommunenr", Vises))), func(s *Svar) {
		s.Dialekt2015()
		s.Open(NewTag("Arbeidstaker"))
		s.Bool(NewTag("oppfoert"), true)
		s.Text(NewTag("Kommunenr"), "4699")
		s.Close(NewTag("Arbeidstaker"))
	})
	if want := "<arbeidstaker><opphoert></opphoert><kommunenr>4699</kommunenr></arbeidstaker>"; got != want {
		t.Errorf("wrote %s, want %s", got, want)
	}
}

// pieces notes how long the pieces of an answer are.
type pieces []int

func (p *pieces) Write(b []byte) (int, error) {
	*p = append(*p, len(b))
	return len(b), nil
}

func TestMinimisedAnswerIsStreamed(t *testing.T) {
	const entries = 20_000
	for name, c := range map[string]struct {
		tree   *Felter
		pieces bool
	}{
		"entries emptied":   {tre("", Vises, tre("rad", Vises, tre("a", Toemmes))), true},
		"entries left out":  {tre("", Vises, tre("rad", Utelates)), false},
		"leaves left out":   {tre("", Vises, tre("rad", Vises, tre("a", Utelates))), true},
		"leaves in between": {tre("", Vises, tre("rad", Vises, tre("b", Vises))), true},
	} {
		var sent pieces
		s := NewSvar(&sent, head)
		s.Begrens(c.tree)
		s.Status(Komplett)
		for range entries {
			s.Open(NewTag("rad"))
			s.Text(NewTag("a"), "0123456789")
			s.Text(NewTag("b"), "0123456789")
			s.Close(NewTag("rad"))
		}
		rest, streamed, err := s.End("")
		if err != nil || streamed != c.pieces || streamed != (len(sent) > 0) {
			t.Errorf("%s: streamed %v in %d pieces: %v", name, streamed, len(sent), err)
		}
		if longest := slices.Max(append(sent, len(rest))); longest > stykke || sent != nil && sent[0] > flushAt {
			t.Errorf("%s: a piece of %d bytes", name, longest)
		}
		s.Release()
	}
}

// TestMinimisingALeafAllocatesNothing: neither does what is written, emptied or left out, nor the way there.
func TestMinimisingALeafAllocatesNothing(t *testing.T) {
	s := NewSvar(io.Discard, head)
	defer s.Release()
	s.Begrens(tre("", Vises, tre("gruppe", Vises, tre("navn", Vises), tre("antall", Toemmes), tre("fom", Utelates)), tre("borte", Utelates)))
	s.Status(Komplett)
	gruppe, borte, navn, antall, fom := NewTag("gruppe"), NewTag("borte"), NewTag("navn"), NewTag("antall"), NewTag("fom")
	n := testing.AllocsPerRun(1000, func() {
		for _, tag := range [...]*Tag{gruppe, borte} {
			s.Open(tag)
			s.Text(navn, "Sørli & Sønn")
			s.Number(antall, 12345)
			s.Dato(fom, 20240229)
			s.Close(tag)
		}
	})
	if n != 0 {
		t.Errorf("%v allocations a group", n)
	}
}
