package kilder

import (
	"cmp"
	"slices"

	"github.com/go-json-experiment/json/jsontext"
)

// opplysning is what an entry of a person document says of itself: Folkeregisteret beside the data, PDL in objects of
// its own.
type opplysning struct {
	tidspunkter
	ErGjeldende           *bool          `json:"erGjeldende"`
	Metadata              *metadata      `json:"metadata"`
	Folkeregistermetadata *tidspunkter   `json:"folkeregistermetadata"`
	GyldigFraOgMed        string         `json:"gyldigFraOgMed"` // of a name in PDL
	Rest                  jsontext.Value `json:",embed"`
}

// tidspunkter are kept as they are written: they are only compared with others of the same document.
type tidspunkter struct {
	Gyldighetstidspunkt string `json:"gyldighetstidspunkt"`
	Ajourholdstidspunkt string `json:"ajourholdstidspunkt"`
	Opphoerstidspunkt   string `json:"opphoerstidspunkt"`
}

type metadata struct {
	Historisk *bool `json:"historisk"`
}

// historisk says whether the entry is history; sagt is false when it does not say so itself.
func (o *opplysning) historisk() (historisk, sagt bool) {
	switch {
	case o.Metadata != nil && o.Metadata.Historisk != nil:
		return *o.Metadata.Historisk, true
	case o.ErGjeldende != nil:
		return !*o.ErGjeldende, true
	}
	return false, false
}

// tider are when the entry became valid and when it was registered. Where one is missing the other stands for it.
func (o *opplysning) tider() (gyldig, ajourholdt string) {
	t := o.tidspunkter
	if o.Folkeregistermetadata != nil {
		t = *o.Folkeregistermetadata
	}
	return cmp.Or(t.Gyldighetstidspunkt, o.GyldigFraOgMed, t.Ajourholdstidspunkt), t.Ajourholdstidspunkt
}

// opphoert is when the entry ended.
func (o *opplysning) opphoert() string {
	if o.Folkeregistermetadata != nil {
		return o.Folkeregistermetadata.Opphoerstidspunkt
	}
	return o.Opphoerstidspunkt
}

// noter names what the entry says of itself, and its keys that nobody knows: the register has no place for them.
func (o *opplysning) noter(path string, m *Merknader) {
	if o.Metadata != nil {
		m.utenPlass(path + "metadata")
	}
	if o.Folkeregistermetadata != nil {
		m.utenPlass(path + "folkeregistermetadata")
	}
	for _, t := range []struct{ key, value string }{
		{"gyldighetstidspunkt", o.Gyldighetstidspunkt}, {"ajourholdstidspunkt", o.Ajourholdstidspunkt},
		{"opphoerstidspunkt", o.Opphoerstidspunkt}, {"gyldigFraOgMed", o.GyldigFraOgMed},
	} {
		if t.value != "" {
			m.utenPlass(path + t.key)
		}
	}
	m.ukjent(path, o.Rest)
}

// enOpplysning is a pointer to an entry of any kind.
type enOpplysning[T any] interface {
	*T
	historisk() (historisk, sagt bool)
	opphoert() string
	tider() (gyldig, ajourholdt string)
	noter(path string, m *Merknader)
}

// etterGyldighet parts entries into those in force and the former ones, each newest first; of the same age the one that is
// delivered first. An entry that does not say which it is has ended when it says when.
func etterGyldighet[T any, P enOpplysning[T]](entries []T, path string, m *Merknader) (inForce, former []P) {
	for i := range entries {
		entry := P(&entries[i])
		entry.noter(path, m)
		historic, said := entry.historisk()
		if !said && entry.opphoert() != "" {
			m.bemerk("an entry that does not say whether it is in force, but when it ended: taken for history")
			historic = true
		}
		if historic {
			former = append(former, entry)
		} else {
			inForce = append(inForce, entry)
		}
	}
	newestFirst := func(x, y P) int { return nyestFoerst(x, y) }
	slices.SortStableFunc(inForce, newestFirst)
	slices.SortStableFunc(former, newestFirst)
	return inForce, former
}
