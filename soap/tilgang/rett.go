package tilgang

import (
	"slices"
	"time"

	"golang.org/x/time/rate"

	"aareg/products"
	"aareg/store"
	"aareg/store/konsument"
)

// rett is what a consumer's rights come to for questions. It is made anew when the consumer changes, but for what is
// counted.
type rett struct {
	av     *konsument.Konsument // what it was made of
	omfang *store.Omfang
	profil *profil
	takt   *rate.Limiter // questions a second
	doegn  *doegn        // persons a day
}

// rights is the rights of a consumer of the picture in force.
func (p *Port) rights(k *konsument.Konsument) *rett {
	p.mu.Lock()
	defer p.mu.Unlock()
	before := p.rett[k.Nr]
	if before != nil && before.av == k {
		return before
	}
	r := &rett{av: k, omfang: omfang(&k.Rettigheter), profil: newProfil(k.Rettigheter.Felter)}
	perSecond := max(k.Rettigheter.SpoersmaalPerSekund, 0)
	r.takt = rate.NewLimiter(rate.Limit(perSecond), perSecond)
	r.doegn = newDoegn(p, k.Nr)
	if before != nil {
		r.doegn = before.doegn
		if before.takt.Burst() == perSecond {
			r.takt = before.takt
		}
		if same(r.omfang, before.omfang) { // the register keeps what it comes to by the pointer
			r.omfang = before.omfang
		}
	}
	p.rett[k.Nr] = r
	return r
}

// omfang is whom the consumer may see at all, nil for everybody.
func omfang(r *konsument.Rettigheter) *store.Omfang {
	if r.Arbeidsgivere.Alle && r.Personer.Alle {
		return nil
	}
	return &store.Omfang{Arbeidsgivere: nummer(r.Arbeidsgivere), Personer: nummer(r.Personer)}
}

// nummer is nil for everybody, and never nil for nobody.
func nummer(o konsument.Omfang) []string {
	if o.Alle {
		return nil
	}
	return append([]string{}, o.Nummer...)
}

func same(a, b *store.Omfang) bool {
	if a == nil || b == nil {
		return a == b
	}
	return sameList(a.Arbeidsgivere, b.Arbeidsgivere) && sameList(a.Personer, b.Personer)
}

// sameList tells everybody from nobody, which slices.Equal does not.
func sameList(a, b []string) bool { return (a == nil) == (b == nil) && slices.Equal(a, b) }

// View is from where the consumer sees the register on a day. As long as whom it may see does not change, Omfang is the
// same pointer.
func (i *Innlogget) View(today store.Dato) store.View {
	r := &i.Konsument.Rettigheter
	return store.View{Today: today, Fortrolig: r.Fortrolig, StrengtFortrolig: r.StrengtFortrolig, Omfang: i.rett.omfang}
}

// Spoersmaal says whether the consumer may ask a product, as the field specification names it, with these elements of
// the question, those that have a value. The error is an *Avslag. Every question that is asked counts as one, also one
// that is refused.
func (i *Innlogget) Spoersmaal(operation string, tags []string) error {
	r := &i.Konsument.Rettigheter
	switch {
	case r.SpoersmaalPerSekund > 0 && !i.rett.takt.AllowN(i.port.now(), 1):
		return &Avslag{Rettighet: perSekund, ForMange: true}
	case i.Form() != nil:
		return i.Form()
	case !slices.Contains(r.Produkter, operation):
		return &Avslag{Rettighet: "produkt " + operation}
	case !i.rett.profil.some[operation]: // an answer without a field is none
		return &Avslag{Rettighet: "felt " + operation}
	case r.SpoersmaalPerSekund == 0:
		return &Avslag{Rettighet: perSekund, ForMange: true}
	}
	for _, tag := range tags {
		if !i.rett.profil.asks(operation, tag) {
			return &Avslag{Rettighet: "felt " + operation + "/" + tag}
		}
	}
	return i.room(operation)
}

// PaaSide says that the caller does not ask by itself: a person does, on the look-up page. Then the agreement must grant
// that way to use the register, and need not grant the other.
func (i *Innlogget) PaaSide() { i.form = konsument.WebOppslag }

// Form says whether the agreement grants the way that the caller came in by: machine to machine unless PaaSide was
// called. The error is an *Avslag.
func (i *Innlogget) Form() error {
	if slices.Contains(i.Konsument.Tilgang, i.form) {
		return nil
	}
	return &Avslag{Rettighet: "tilgang " + string(i.form)}
}

// room says whether the day's quota has room for the answer of a product that does not name the persons it asks for.
// Without room it is refused before it is asked: else the refusal would tell that there is somebody.
func (i *Innlogget) room(operation string) error {
	switch operation {
	case "hentAntallArbeidstakere", "hentArbeidstaker": // who is asked for counts, whoever they are
		return nil
	}
	full, err := i.rett.doegn.full(i.Konsument.Rettigheter.PersonerPerDoegn)
	if full {
		return &Avslag{Rettighet: perDoegn, ForMange: true}
	}
	return err
}

// The quotas, as the log names them.
const (
	perSekund = "spoersmaalPerSekund"
	perDoegn  = "personerPerDoegn"
)

// Felter is what the consumer may see of a product's answer; nil is everything.
func (i *Innlogget) Felter(operation string) *products.Felter { return i.rett.profil.answer(operation) }

// Utlever counts the persons that an answer tells of, or that it was asked for, towards the day's quota. When the answer
// would go over it, none of them counts, and the error is an *Avslag: nothing of the answer may leave. Any other error
// means that it is not known whom the consumer was told of before.
func (i *Innlogget) Utlever(personer []uint64) error {
	return i.rett.doegn.add(personer, i.Konsument.Rettigheter.PersonerPerDoegn)
}

// day is the calendar day in Norway, and when it began.
func (p *Port) day(at time.Time) (store.Dato, time.Time) {
	at = at.In(p.oslo)
	y, m, d := at.Date()
	return store.DatoOf(at), time.Date(y, m, d, 0, 0, 0, 0, p.oslo)
}
