package products

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/store"
	"aareg/wsdl/felt"
)

func head(b []byte) []byte { return append(b, "<svar>"...) }

func whole(s *Svar) string {
	rest, _, _ := s.End("</svar>")
	return string(rest)
}

func TestLeavesAreWrittenAsTheyAreRead(t *testing.T) {
	s := NewSvar(io.Discard, head)
	defer s.Release()
	s.Status(Komplett)
	s.Text(NewTag("tom"), "")
	s.Number(NewTag("tall"), -7)
	s.Bool(NewTag("sann"), true)
	s.Dato(NewTag("dato"), 20240229)
	s.Dato(NewTag("ingen"), 0)
	s.NorskDato(NewTag("norsk"), 20240229)
	s.Maaned(NewTag("maaned"), 202402)
	want := "<svar><statuskode>komplett</statuskode><statustekst>" + statustekst[Komplett] + "</statustekst><tom></tom><tall>-7</tall>" +
		"<sann>true</sann><dato>2024-02-29</dato><ingen></ingen><norsk>29.02.2024</norsk><maaned>2024-02</maaned></svar>"
	if got := whole(s); got != want {
		t.Errorf("wrote %s, want %s", got, want)
	}
}

func TestNumbersAreThoseOfStrconv(t *testing.T) {
	numbers := []int64{0, math.MaxInt64, math.MinInt64}
	for n := int64(1); n > 0 && n <= math.MaxInt64/10; n *= 10 {
		for _, near := range []int64{n - 1, n, n + 1, 7*n + 40, n + n/3} {
			numbers = append(numbers, near, -near)
		}
	}
	b := make([]byte, leafSize)
	for _, n := range numbers {
		if got, want := string(b[:putNumber(b, n)]), strconv.FormatInt(n, 10); got != want {
			t.Errorf("%d is written %s", n, got)
		}
	}
}

// TestDialectSpellsTagsAsTheTableDoes holds every tag that a handler writes against column dialekt_2015.
func TestDialectSpellsTagsAsTheTableDoes(t *testing.T) {
	want, got := map[string]string{}, map[string]string{}
	for i, r := range felt.Table() {
		if r.Retning == felt.Respons {
			at := r.Operasjon + " " + r.Sti
			want[at], got[at] = felt.D2015.Table()[i].Tag, skrevet2015(r.Tag)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("spellings (-table +writer):\n%s", diff)
	}
}

func TestSpellingIsThatOfOneAnswerAlone(t *testing.T) {
	write := func(dialekt2015 bool) string {
		s := NewSvar(io.Discard, head)
		defer s.Release()
		if dialekt2015 {
			s.Dialekt2015()
		}
		s.Status(Komplett)
		s.Open(NewTag("Arbeidstaker"))
		s.Bool(NewTag("oppfoert"), true)
		s.Text(NewTag("navn"), "Arbeidstaker")
		s.Close(NewTag("Arbeidstaker"))
		_, leaves, _ := strings.Cut(whole(s), "</statustekst>")
		return leaves
	}
	want := []string{"<arbeidstaker><opphoert>true</opphoert><navn>Arbeidstaker</navn></arbeidstaker></svar>",
		"<Arbeidstaker><oppfoert>true</oppfoert><navn>Arbeidstaker</navn></Arbeidstaker></svar>"}
	if diff := cmp.Diff(want, []string{write(true), write(false)}); diff != "" {
		t.Errorf("2015 and then the specification (-want +got):\n%s", diff)
	}
}

func FuzzTextIsReadBack(f *testing.F) {
	for _, s := range []string{"Åsen & Sønn <AS>", "]]>", "a\rb\r\nc\td", "\x00\x1f\x7f", "\xff\xfe", "\uFFFE\uFFFF\uFFFD", "Čáhppe", "𝄞"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s := NewSvar(io.Discard, head)
		defer s.Release()
		s.Status(Ingen)
		s.Text(NewTag("navn"), text)
		var read struct {
			Navn string `xml:"navn"`
		}
		if err := xml.Unmarshal([]byte(whole(s)), &read); err != nil {
			t.Fatal(err)
		}
		if want := strings.Map(replaced, string([]rune(text))); read.Navn != want {
			t.Errorf("%q is read back as %q, want %q", text, read.Navn, want)
		}
	})
}

// replaced is what becomes of a character that XML does not have; of bytes that are not UTF-8, each becomes one.
func replaced(r rune) rune {
	if r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
		return 0xFFFD
	}
	return r
}

// failing takes the first n pieces of an answer and fails at the next.
type failing struct{ left int }

var errGone = errors.New("the client has gone")

func (f *failing) Write(b []byte) (int, error) {
	if f.left--; f.left < 0 {
		return 0, errGone
	}
	return len(b), nil
}

func TestAnswerIsStreamedAndAFailureIsTold(t *testing.T) {
	for pieces, want := range []error{errGone, errGone, nil} {
		s := NewSvar(&failing{pieces}, head)
		s.Status(Komplett)
		for range (flushAt+stykke)/len("<a>0123456789</a>") + 10 {
			s.Text(NewTag("a"), "0123456789")
		}
		rest, streamed, err := s.End("")
		if !errors.Is(err, want) || !streamed {
			t.Errorf("%d pieces taken: %v, streamed %v", pieces, err, streamed)
		}
		if len(rest) >= stykke {
			t.Errorf("%d bytes were kept back", len(rest))
		}
		s.Release()
	}
}

func TestWritingALeafAllocatesNothing(t *testing.T) {
	s := NewSvar(io.Discard, head)
	defer s.Release()
	s.Status(Komplett)
	gruppe, navn, antall, fom := NewTag("gruppe"), NewTag("navn"), NewTag("antall"), NewTag("fom")
	n := testing.AllocsPerRun(1000, func() {
		s.Open(gruppe)
		s.Text(navn, "Sørli & Sønn")
		s.Number(antall, 12345)
		s.Dato(fom, 20240229)
		s.Close(gruppe)
	})
	if n != 0 {
		t.Errorf("%v allocations a group", n)
	}
}

func TestEveryStatuskodeHasItsText(t *testing.T) {
	for _, kode := range []Statuskode{Komplett, IkkeEntydig, Ingen, FortroligKode, StrengtFortrolig, Trunkert, Utilgjengelig} {
		if statustekst[kode] == "" {
			t.Errorf("%s has no statustekst", kode)
		}
	}
	if len(statustekst) != 7 {
		t.Errorf("%d statuskoder, the document has 7", len(statustekst))
	}
	for err, want := range map[error]Statuskode{store.ErrIngen: Ingen, store.ErrIkkeEntydig: IkkeEntydig, store.ErrFortrolig: FortroligKode,
		store.ErrStrengtFortrolig: StrengtFortrolig, store.ErrUtilgjengelig: Utilgjengelig} {
		if got, ok := StatusOf(err); !ok || got != want {
			t.Errorf("%v: %s", err, got)
		}
	}
	if _, ok := StatusOf(errGone); ok {
		t.Error("an unknown error has a statuskode")
	}
}
