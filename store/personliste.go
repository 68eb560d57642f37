package store

import (
	"encoding/binary"
	"errors"
	"strings"
)

// Names of persons are searched in one list for each etternavn, whole field by its folded words (table etternavn). Every
// name that a person has or had is in the list of its etternavn once, in the order of answers: sortKey of the name, then
// the number in force, then which of the person's names it is. The entry holds all that a search decides by and shows,
// so that nothing else is read: flags, foedselsdato, doedsdato, the words of fornavn and mellomnavn, their codes, the words
// and codes of each other name of the person, and the name as registered.

var personliste = newStykketabell("personliste")

// personmerke is the mark of an entry: who sees the person, as employee and as employer. A person of grade g with an
// arbeidsforhold of skjerming s has bit 4g+s, 16 above it where the person is the employer.
func personmerke(g Gradering, somArbeidstaker, somArbeidsgiver uint64) uint64 {
	return (somArbeidstaker | somArbeidsgiver<<16) << (4 * g)
}

// personmerke is the set of marks of those whom the view may have data of in a role.
func (v View) personmerke(r rolle) (merke uint64) {
	for g := Ugradert; g <= StrengtFortroligUtland; g++ {
		if v.data()>>g&1 != 0 {
			merke |= personmerke(g, uint64(v.visible()), 0)
		}
	}
	if r == somArbeidsgiver {
		merke <<= 16
	}
	return merke
}

// personkilde is what the entries of a person are made of.
type personkilde struct {
	nummer                           string
	gradering                        Gradering
	somArbeidstaker, somArbeidsgiver uint64
	kjoenn                           string
	livsloep
	navn []navnekilde
}

// navnekilde is a name of a person, and the list that it stands in.
type navnekilde struct {
	liste     int64
	historisk bool
	Navn
}

// personpakker packs the entries of persons.
type personpakker struct{ pakke pakker }

// poster are the entries of a person's names, each in its list.
func (l *personpakker) poster(k *personkilde, add func(liste int64, p *stykkepost) error) error {
	merke := personmerke(k.gradering, k.somArbeidstaker, k.somArbeidsgiver)
	keys, plasser := make([]navnenoekler, len(k.navn)), make([]stykkepost, len(k.navn))
	for i, n := range k.navn {
		felt := []string{n.Etternavn, n.Fornavn, n.Mellomnavn}
		keys[i] = nameKeys(felt...)
		plasser[i] = stykkepost{sortering: sortKey(felt...), id: binary.BigEndian.AppendUint16([]byte(k.nummer), uint16(i)), merke: merke}
	}
	for i := range k.navn {
		if err := l.pakk(k, keys, plasser, i); err != nil {
			return err
		}
		plasser[i].pakke = l.pakke.b
		if err := add(k.navn[i].liste, &plasser[i]); err != nil {
			return err
		}
	}
	return nil
}

// The flags of a packed entry. Above them stands how many other names the person has.
const (
	navnHistorisk = 1 << iota
	navnKvinne
	navnMann
	navnFlagg = iota
)

// And those of another name: it is a former one, and it comes before this one in the order.
const (
	annetHistorisk = 1 << iota
	annetFoerst
)

// pakk packs what the entry of one name holds: of the other names what it takes to know whether they, too, match.
func (l *personpakker) pakk(k *personkilde, keys []navnenoekler, plasser []stykkepost, i int) error {
	p, navn := &l.pakke, &k.navn[i]
	flagg := uint64(len(k.navn)-1) << navnFlagg
	if navn.historisk {
		flagg |= navnHistorisk
	}
	switch k.kjoenn {
	case "K":
		flagg |= navnKvinne
	case "M":
		flagg |= navnMann
	case "":
	default:
		return errors.New("person: kjoenn: neither K nor M")
	}
	p.b = p.b[:0]
	p.number(flagg)
	p.dato(k.Foedt)
	p.dato(k.Doed)
	p.text(utenEtternavn(keys[i].ord))
	p.text(utenEtternavn(keys[i].fonetisk))
	for j := range k.navn {
		if j == i {
			continue
		}
		flagg := uint64(0)
		if k.navn[j].historisk {
			flagg |= annetHistorisk
		}
		if plasser[j].compare(&plasser[i]) < 0 {
			flagg |= annetFoerst
		}
		p.number(flagg)
		p.text(keys[j].ord)
		p.text(keys[j].fonetisk)
	}
	p.text(navn.Etternavn)
	p.text(navn.Fornavn)
	p.text(navn.Mellomnavn)
	return nil
}

// foedselsnrAv is the number in the id of an entry.
func foedselsnrAv(id string) string { return id[:max(0, len(id)-2)] }

func utenEtternavn(key string) string {
	_, rest, _ := strings.Cut(key, feltskille)
	return rest
}

// personpost is the part of a packed entry that decides: the names that are shown are read of hits alone (visNavn).
type personpost struct {
	flagg         uint64
	livsloep      livsloep
	ord, fonetisk string // of fornavn and mellomnavn
	rest          peker  // what follows: the other names, then the name itself
}

func lesPersonpost(pakke string) personpost {
	u := peker{s: pakke}
	p := personpost{flagg: u.number(), livsloep: livsloep{Foedt: Dato(u.number()), Doed: Dato(u.number())}}
	p.ord, p.fonetisk = u.text(), u.text()
	p.rest = u
	return p
}

func (p *personpost) historisk() bool { return p.flagg&navnHistorisk != 0 }

func (p *personpost) kjoenn() string {
	switch {
	case p.flagg&navnKvinne != 0:
		return "K"
	case p.flagg&navnMann != 0:
		return "M"
	}
	return ""
}

// bedre says whether another name of the person is found by the same search and is the one to show: one in force before
// a former one, then the first in the order of answers. It reads the other names, whatever it finds.
func (p *personpost) bedre(names *navnesoek, whole bool) (bedre bool) {
	for range p.flagg >> navnFlagg {
		flagg := p.rest.number()
		hit, wholly := names.matches(p.rest.text(), p.rest.text())
		switch historisk := flagg&annetHistorisk != 0; {
		case p.rest.damaged:
			return false
		case !hit:
		case historisk != p.historisk():
			bedre = bedre || !historisk
		case wholly != whole:
			bedre = bedre || wholly
		default:
			bedre = bedre || flagg&annetFoerst != 0
		}
	}
	return bedre
}

// visNavn reads the name of an entry whose other names have been read, out of the entry as it is kept.
func (p *personpost) visNavn(kept string) Navn {
	p.rest.s = kept
	return Navn{Etternavn: p.rest.text(), Fornavn: p.rest.text(), Mellomnavn: p.rest.text()}
}
