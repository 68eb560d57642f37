package kontrakt

import (
	"fmt"
	"maps"
	"net/http"
	"slices"

	"github.com/beevik/etree"

	"aareg/wsdl"
	"aareg/wsdl/felt"
)

// Dommer judges answers against a table, and keeps count of how far they reach its rows. It knows the table and the
// rules of the contract, not the schema and no server, so that each can be judged by it.
//
// Answers are judged one after the other, in the order of their questions: a text that differs from an earlier one is
// reported where it differs. A Dommer is not for concurrent use.
type Dommer struct {
	tabell
	avvik   []Avvik
	tekster map[string]string // the text of each statuskode and fault code so far
	sett    []raddekning
}

// NyDommer makes a judge of a table (felt.Table, or that of a dialect) and its operations. The deviations are accepted.
func NyDommer(rader []felt.Rad, operasjoner []felt.Operasjon, avvik []Avvik) *Dommer {
	d := &Dommer{tabell: newTabell(rader, operasjoner), avvik: slices.Clone(avvik), tekster: map[string]string{}}
	d.sett = make([]raddekning, len(rader))
	return d
}

// dom is the judging of one document.
type dom struct {
	*Dommer
	operasjon felt.Operasjon
	kjent     bool // whether the question is one of an operation
	funnet    map[bruddsted]*flere
}

// bruddsted is where a rule is broken, and by which deviation that is excused.
type bruddsted struct {
	regel string
	rad   int
	sti   string
	avvik string
}

// flere is the first breach of its place, how many there are, and where it stands among the others.
type flere struct {
	tekst        string
	antall, rang int
}

func (d *Dommer) newDom(operasjon string) *dom {
	o, known := d.tabell.operasjon(operasjon)
	return &dom{Dommer: d, operasjon: o, kjent: known, funnet: map[bruddsted]*flere{}}
}

// maksBrudd is how many places of one answer are told apart: further ones are told as one for each rule.
const maksBrudd = 500

// meld reports a breach. Of those of one rule in one place the first is told, and how many there are, so that a report
// stays as small as the table, however large the answer.
func (d *dom) meld(regel string, nr int, sti, format string, args ...any) {
	d.meldSom(regel, nr, sti, func(som string) bool { return som == "" }, format, args...)
}

// meldSom reports a breach that is excused where it is written as a declared deviation says.
func (d *dom) meldSom(regel string, nr int, sti string, som func(string) bool, format string, args ...any) {
	at := bruddsted{regel, nr, sti, d.unnskyld(regel, d.operasjon.Navn, sti, som)}
	if d.funnet[at] == nil && len(d.funnet) >= maksBrudd {
		at = bruddsted{regel: regel, avvik: at.avvik}
	}
	if met := d.funnet[at]; met != nil {
		met.antall++
		return
	}
	d.funnet[at] = &flere{fmt.Sprintf(format, args...), 1, len(d.funnet)}
}

// meldUnnskyldt reports a breach that is excused for a reason of its own.
func (d *dom) meldUnnskyldt(regel string, nr int, sti, hvorfor, tekst string) {
	d.funnet[bruddsted{regel, nr, sti, hvorfor}] = &flere{tekst, 1, len(d.funnet)}
}

// brudd are what was reported, in the order in which it was met.
func (d *dom) brudd() []Brudd {
	var found []Brudd
	for _, at := range slices.SortedFunc(maps.Keys(d.funnet), func(a, b bruddsted) int { return d.funnet[a].rang - d.funnet[b].rang }) {
		b := Brudd{Regel: at.regel, Rad: at.rad, Sti: at.sti, Tekst: d.funnet[at].tekst, Avvik: at.avvik}
		if n := d.funnet[at].antall; n > 1 {
			b.Tekst += fmt.Sprintf(" (and %d more like it)", n-1)
		}
		found = append(found, b)
	}
	return found
}

// Doem judges the answer to a question: HTTP, envelope, header, and the answer or fault in it. It takes whatever an
// endpoint may send.
func (d *Dommer) Doem(q *Spoersmaal, svar Svar) Utfall {
	u := Utfall{Spoersmaal: *q, Svar: svar}
	asked, _ := lesSpoersmaal(q)
	doing := d.newDom(asked.operasjon(q.Operasjon))
	if svar.Feil != "" {
		doing.meld("ingen_svar", 0, "", "%s", svar.Feil)
	} else {
		u.Fikk = doing.svar(q, asked, svar)
	}
	u.Udoemt = udoemt(q, u.Fikk)
	if q.Ventet != "" && u.Fikk != q.Ventet && u.Udoemt == "" && svar.Feil == "" && (u.Fikk != "" || !doing.brutt()) {
		doing.meld("ventet", doing.statusrad(), "statuskode", "%s, expected was %s", orNothing(u.Fikk), q.Ventet)
	}
	u.Brudd = doing.brudd()
	d.tellBrudd(u.Brudd)
	return u
}

// brutt says whether a breach was reported that nothing excuses: why there is no outcome is told then.
func (d *dom) brutt() bool {
	for at := range d.funnet {
		if at.avvik == "" {
			return true
		}
	}
	return false
}

func orNothing(fikk string) string {
	if fikk == "" {
		return "neither a statuskode nor a fault with a feilkode"
	}
	return fikk
}

// statusrad is the number of the row statuskode of the operation that was asked, 0 when none was.
func (d *dom) statusrad() int {
	for _, r := range d.under[plass(d.operasjon.Navn, felt.Respons, "")] {
		if r.Tag == "statuskode" {
			return r.nr
		}
	}
	return 0
}

// svar judges what came, and is its statuskode or feil:feilkode, "" when it has neither.
func (d *dom) svar(q *Spoersmaal, asked *konvolutt, svar Svar) string {
	k, err := aapne(svar.Kropp)
	if err != nil {
		if svar.Status != http.StatusOK && svar.Status != http.StatusInternalServerError && svar.Status != http.StatusBadRequest {
			d.meld("http", 0, "status", "HTTP %d, and the answer %v", svar.Status, err)
		} else {
			d.meld("konvolutt", 0, "", "the answer %v", err)
		}
		return ""
	}
	d.konvolutt(asked, k)
	fault := k.innhold != nil && k.innhold.Tag == "Fault" && k.innhold.NamespaceURI() == k.root.NamespaceURI()
	d.http(svar, k, fault)
	d.hode(q, asked, k, fault)
	switch {
	case k.innhold == nil:
		d.meld("konvolutt", 0, "", "the Body is empty")
		return ""
	case fault:
		return d.feil(k)
	case !d.kjent:
		d.meld("konvolutt", 0, "", "an answer where the question is none of the operations")
		return utdrag(textAt(k.innhold, "statuskode"))
	}
	kode := utdrag(textAt(k.innhold, "statuskode"))
	if d.rot(k.innhold) {
		d.fasit(q, k.innhold, kode)
		d.dekkSvar(k.innhold)
		d.dekkSpoersmaal(asked)
	}
	return kode
}

// konvolutt judges the envelope about an answer.
func (d *dom) konvolutt(asked, k *konvolutt) {
	if k.root.Space != "soap" || k.kropp.Space != "soap" || k.hode != nil && k.hode.Space != "soap" {
		d.meld("konvolutt", 0, "", "the envelope's prefix is not soap, which old clients read literally")
	}
	if asked != nil && asked.is12() != k.is12() {
		d.meld("konvolutt", 0, "", "the envelope has another version of SOAP than the question")
	}
	if n := len(k.kropp.ChildElements()); n > 1 {
		d.meld("konvolutt", 0, "", "the Body has %d elements", n)
	}
	for _, e := range []*etree.Element{k.root, k.hode, k.kropp} {
		if e != nil && hasText(e) {
			d.meld("konvolutt", 0, "", "there is text in %s beside its elements", e.Tag)
		}
	}
}

// http judges the status and the media type that go with an envelope.
func (d *dom) http(svar Svar, k *konvolutt, fault bool) {
	status, media := http.StatusOK, SOAP11
	if k.is12() {
		media = SOAP12
	}
	if fault {
		status = http.StatusInternalServerError
		if k.is12() && sender(k) {
			status = http.StatusBadRequest
		}
	}
	if svar.Status != status {
		d.meld("http", 0, "status", "HTTP %d, must be %d", svar.Status, status)
	}
	if svar.Mediatype != media {
		d.meld("http", 0, "Content-Type", "Content-Type is %q, must be %q", svar.Mediatype, media)
	}
}

// Svarsrot judges the root of an answer by itself, as an answer of an operation.
func (d *Dommer) Svarsrot(o felt.Operasjon, root *etree.Element) []Brudd {
	doing := d.newDom(o.Navn)
	doing.rot(root)
	return doing.brudd()
}

// rot judges the root of an answer and what stands in it. It is false when the root is another one altogether.
func (d *dom) rot(root *etree.Element) bool {
	if root.Tag != d.operasjon.Respons {
		d.meldSom("konvolutt", 0, "", func(som string) bool { return som == root.Tag || som == "" },
			"the answer's root is %s, must be %s", root.Tag, d.operasjon.Respons)
		if !likner(root.Tag, d.operasjon.Respons) && d.unnskyld("konvolutt", d.operasjon.Navn, "", func(som string) bool { return som == root.Tag }) == "" {
			return false
		}
	}
	if ns := root.NamespaceURI(); ns != wsdl.NamespaceAareg2 {
		d.meld("konvolutt", 0, "", "the answer's root is in the namespace %q", ns)
	}
	if root.Space != wsdl.PrefixAareg2 {
		d.meld("konvolutt", 0, "", "the prefix of the answer's root is not %s, which old clients read literally", wsdl.PrefixAareg2)
	}
	d.innhold(root)
	return true
}
