package products

// Tag is a name that a group or a leaf of an answer has, with its start and end tag ready made in every spelling. Tags
// are made once, at start.
type Tag struct {
	navn    string // as the field specification prints it; a consumer's tree (Felter) names it so in any dialect
	skrevet [2]markup
}

// The spellings of a tag: the field specification's, and the 2015 dialect's.
const (
	spek = iota
	d2015
)

// markup is the start and the end tag. Each lies in an array that is copied whole, wherever the tag ends: that costs a
// few moves of a size known beforehand, where a copy of the tag alone would be a call.
type markup struct {
	start, slutt   [markupSize]byte
	nStart, nSlutt int // how many of the bytes are the tag
}

// markupSize has room for the end tag of the longest tag, arbeidsforholdInnrapportertEtterAOrdningen.
const markupSize = 48

// NewTag makes a tag out of its spelling in the field specification. It panics when the tag is longer than any of the
// specification's: tags are made when the program starts, and a wrong one was written wrong.
func NewTag(navn string) *Tag {
	return &Tag{navn: navn, skrevet: [...]markup{spek: newMarkup(navn), d2015: newMarkup(skrevet2015(navn))}}
}

func newMarkup(navn string) markup {
	start, slutt := "<"+navn+">", "</"+navn+">"
	if len(slutt) > markupSize {
		panic("tag too long: " + navn)
	}
	m := markup{nStart: len(start), nSlutt: len(slutt)}
	copy(m.start[:], start)
	copy(m.slutt[:], slutt)
	return m
}

// skrevet2015 is how the 2015 dialect spells a tag of an answer: the field table's column dialekt_2015. A tag has one
// spelling wherever it stands, since the writer does not know the group it is in.
func skrevet2015(navn string) string {
	switch navn {
	case "Kommunenr":
		return "kommunenr"
	case "oppfoert", "oppoert":
		return "opphoert"
	case "Arbeidstaker":
		return "arbeidstaker"
	case "antallTimerForTimelønnet":
		return "antallTimerForTimeloennet"
	}
	return navn
}
