package store

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"

	"aareg/store/sqlite"
)

// A unit, or an old employer, is found in lists, one for each phonetic code that the words of its names have: a search
// by words reads the list of their code, and compares. Every name has an entry in the list of each of its codes, with
// all that § 2.4 filters by and shows, in the order of answers: sortering, number. A list is stored in pieces (stykke.go).

// The marks of entries: what has not ceased, or has on a day that is known, and what has whatever the day is.
const (
	enhetLevende = 1 << iota
	enhetBorte
)

// enhetshode is the part of an entry that says whether a search has it: the name's keys and whether it is a former one,
// when the unit ceases, where it is, and what a search must know of the unit's other names (andreNavn).
type enhetshode struct {
	borte, historisk bool
	opphoersdato     Dato
	noekler          navnenoekler
	andre            string
	kommune          Kodeverdi
	postnr           string
}

// opphoertPaa says whether the unit has ceased by a day.
func (h *enhetshode) opphoertPaa(today Dato) bool {
	return h.borte || h.opphoersdato != 0 && h.opphoersdato <= today
}

func (h *enhetshode) merke() uint64 {
	if h.borte {
		return enhetBorte
	}
	return enhetLevende
}

// The names under which the kodebok keeps what units are of, and where.
const (
	kodeverkEnhetstype = "enhetstype"
	kodeverkKommune    = "kommune"
)

const historiskFlag, foerFlag = 1, 2

func (p *pakker) enhetshode(h *enhetshode) {
	var flags uint64
	if h.historisk {
		flags |= historiskFlag
	}
	p.number(flags)
	p.dato(h.opphoersdato)
	p.text(h.noekler.ord)
	p.text(h.noekler.fonetisk)
	p.text(h.andre)
	p.verdi(kodeverkKommune, h.kommune)
	p.text(h.postnr)
}

// enhetshode reads the head of an entry with a mark, but for where the unit is (enhetssted), which follows.
func (p *peker) enhetshode(merke uint64) enhetshode {
	return enhetshode{borte: merke == enhetBorte, historisk: p.number()&historiskFlag != 0, opphoersdato: Dato(p.number()),
		noekler: navnenoekler{p.text(), p.text()}, andre: p.text()}
}

func (p *peker) enhetssted(koder *kodebok) (kommune Kodeverdi, postnr string) {
	return p.verdi(koder), p.text()
}

// verdi is a code by its number; one that the kodebok has not is damage.
func (p *peker) verdi(koder *kodebok) Kodeverdi {
	n := p.number()
	if n >= uint64(len(koder.verdier)) {
		p.damaged = true
		return Kodeverdi{}
	}
	return koder.verdier[n]
}

// enhetsnavn is a name of a unit or an old employer as it is stored, with what is stored of its bearer.
type enhetsnavn struct {
	enhetsrad
	slag       int
	aktoer     int64
	historisk  bool
	tekst      string
	noekler    navnenoekler
	overordnet string // its number
	sortering  []byte
}

const (
	enhetsnavnkolonner = enhetskolonner + `, a.slag, n.aktoer, n.historisk, n.tekst, n.ord, n.fonetisk, o.nummer`
	enhetsnavnkilder   = `JOIN aktoer a ON a.aktoer = n.aktoer LEFT JOIN enhet e ON e.aktoer = n.aktoer
		LEFT JOIN aktoer o ON o.aktoer = e.overordnet`
)

func (n *enhetsnavn) scan(row *sqlite.Stmt) {
	const neste = enhetskolonneantall
	n.les(row, 0)
	n.slag, n.aktoer, n.historisk = int(row.Int64(neste)), row.Int64(neste+1), row.Int64(neste+2) != 0
	row.Texts(neste+3, &n.tekst, &n.noekler.ord, &n.noekler.fonetisk, &n.overordnet)
	n.sortering = sortering(n.tekst)
}

// enhetsnavnene are names of one unit, in the order that they were delivered in.
type enhetsnavnene []enhetsnavn

// eachEnhet calls do for the names of each unit, of rows in which they stand together.
func eachEnhet(rows func(scan func(*sqlite.Stmt) error) error, do func(enhetsnavnene) error) error {
	var alle enhetsnavnene
	err := rows(func(row *sqlite.Stmt) error {
		var n enhetsnavn
		n.scan(row)
		if len(alle) > 0 && alle[0].aktoer != n.aktoer {
			if err := do(alle); err != nil {
				return err
			}
			alle = alle[:0]
		}
		alle = append(alle, n)
		return nil
	})
	if err != nil || len(alle) == 0 {
		return err
	}
	return do(alle)
}

// hode is the head of the entries of a name.
func (alle enhetsnavnene) hode(i int) enhetshode {
	n := &alle[i]
	h := enhetshode{borte: n.slag == slagGammel || n.opphoert && n.opphoersdato == 0, historisk: n.historisk,
		opphoersdato: n.opphoersdato, noekler: n.noekler, kommune: Kodeverdi{n.f.Kommunenr, n.f.Kommune}, postnr: n.f.Postnr}
	if n.historisk {
		h.andre = alle.andreNavn(i)
	}
	return h
}

// andreNavn are the unit's names but one, packed: each with whether it is a former one and stands before that one in
// the order of answers, and its keys. Of the names that a search has, the unit is shown once, by the best (annetBedre).
func (alle enhetsnavnene) andreNavn(but int) string {
	var p pakker
	for i := range alle {
		n, m := &alle[i], &alle[but]
		if i == but {
			continue
		}
		var flags uint64
		if n.historisk {
			flags |= historiskFlag
		}
		if order := bytes.Compare(n.sortering, m.sortering); order < 0 || order == 0 && i < but {
			flags |= foerFlag
		}
		p.number(flags)
		p.text(n.noekler.ord)
		p.text(n.noekler.fonetisk)
	}
	return string(p.b)
}

// id stands behind sortering in the order of a list: the number, then what tells apart those who have the same, then
// the names of one.
func (n *enhetsnavn) id(nth int) []byte {
	id := binary.BigEndian.AppendUint64([]byte(n.nummer), uint64(n.aktoer))
	return binary.BigEndian.AppendUint16(id, uint16(nth))
}

// enhetsnummer is the number that an id begins with.
func enhetsnummer(id string) string { return id[:max(0, len(id)-10)] }

// koder are the codes of the lists that a name stands in, each once.
func (n *enhetsnavn) koder() []string {
	fields := strings.SplitN(n.noekler.fonetisk, feltskille, 3)
	codes := strings.Fields(strings.Join(fields[:min(2, len(fields))], " "))
	slices.Sort(codes)
	return slices.Compact(codes)
}

// packEnhetsnavn packs what the entries of a name hold: the head, and what is shown.
func packEnhetsnavn(p *pakker, n *enhetsnavn, h *enhetshode) error {
	forretning, post, err := n.adresser()
	if err != nil {
		return err
	}
	forretning.Land = n.f.Land // as delivered: a later program may have another text for the code
	p.enhetshode(h)
	p.text(n.tekst)
	p.text(n.overordnet)
	p.verdi(kodeverkEnhetstype, Kodeverdi{n.enhkode, n.beskr})
	packEnhetsadresse(p, &forretning)
	if post.empty() {
		p.number(0)
		return nil
	}
	p.number(1)
	p.verdi(kodeverkKommune, Kodeverdi{post.Kommunenr, post.Kommune})
	p.text(post.Postnr)
	packEnhetsadresse(p, &post)
	return nil
}

// packEnhetsadresse packs an address, but for kommune and postnr.
func packEnhetsadresse(p *pakker, a *Adresse) {
	p.text(a.Poststed)
	p.verdi(kodeverkLand, Kodeverdi{a.Landkode, a.Land})
	packList(p, a.Linjer, func(p *pakker, linje *string) { p.text(*linje) })
}
