package tilgang

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"aareg/products"
	"aareg/store"
	"aareg/store/konsument"
	"aareg/store/logg"
)

// How the log calls a refusal, as it calls the faults of questions.
const (
	ikkeTilgang           = "ikkeTilgang"
	forMangeForespoersler = "forMangeForespoersler"
)

var (
	errUkjent    = errors.New("there is no such consumer")
	errUtenLogg  = errors.New("tilgang: an extract is made with an audit log alone")
	avslagAvtale = &Avslag{Rettighet: "avtale"}
)

// ForKonsument is a consumer on whose behalf somebody on the server itself does something: nobody has logged in. Whether
// the agreement is in force is asked with every right.
func (p *Port) ForKonsument(orgnr string) (*Innlogget, error) {
	b, err := p.konsumenter.Bilde()
	if err != nil {
		return nil, fmt.Errorf("tilgang: %w", err)
	}
	k := b.MedOrgnr(orgnr)
	if k == nil {
		return nil, errUkjent
	}
	return &Innlogget{Innlogging: &konsument.Innlogging{Konsument: k.Nr}, Konsument: k, port: p, rett: p.rights(k)}, nil
}

// Uttrekk says whether the consumer may have an extract, and then sets Viser and Utlever of it: what of it the consumer may
// see, and the door that each part of it leaves by, where the day's quota of persons must have room and the audit log get
// its row. rad is what only the caller knows for the rows of the log: Bruker, Innlogging, Adresse, Korrelasjon and the like.
// The error of a right that is missing is an *Avslag; it has its row, with whoever was asked for. How many questions a
// second the consumer may ask does not count: an extract is one, however long it takes.
func (i *Innlogget) Uttrekk(ctx context.Context, u *products.Uttrekk, rad logg.Rad) error {
	if i.port.logg == nil {
		return errUtenLogg
	}
	i.paaRad(&rad, u)
	if err := i.maaHa(u); err != nil {
		rad.Personer = u.Nummer()
		return i.avslaatt(ctx, rad, err)
	}
	u.Viser = i.Viser
	u.Utlever = func(del products.Uttrekksdel) error {
		row := rad
		row.Tid, row.Personer, row.Antall, row.Beskyttet = i.port.now(), del.Personer, del.Antall, del.Beskyttet
		err := i.iKraft()
		if err == nil {
			err = i.Utlever(del.Personer)
		}
		if err != nil {
			return i.avslaatt(ctx, row, err)
		}
		return i.port.logg.Skriv(ctx, &row)
	}
	return nil
}

// Viser says whether a data element is inside the field profile, by its row (products.Uttrekksfelt.Rett).
func (i *Innlogget) Viser(rett string) bool {
	return i.rett.profil.inside[rett] || visesEgen(i.Konsument.Rettigheter.Felter, rett)
}

// visesEgen says whether field rights name a row of the extract's own, or a group of such rows that it is in.
func visesEgen(felter []string, rett string) bool {
	return slices.ContainsFunc(felter, func(f string) bool {
		return strings.HasPrefix(f, string(konsument.Uttrekk)) && (f == rett || strings.HasPrefix(rett, f+"/"))
	})
}

// Detaljer says whether the consumer may see of an arbeidsforhold, one at a time, what no product shows (products.Detaljer):
// whoever may ask § 2.6 may, and has rows of the extract's own in the field profile. The error is an *Avslag. It is no
// question of its own for how many the consumer may ask a second: it goes with one, whose answer has told of the same persons
// already; so the day's quota need not have room before (Utlever counts them).
func (i *Innlogget) Detaljer() error {
	const produkt = "hentArbeidsforhold"
	switch {
	case i.Form() != nil:
		return i.Form()
	case !slices.Contains(i.Konsument.Rettigheter.Produkter, produkt):
		return &Avslag{Rettighet: "produkt " + produkt}
	case !slices.ContainsFunc(egneRader, i.Viser):
		return &Avslag{Rettighet: "felt " + string(konsument.Uttrekk)}
	}
	return nil
}

// maaHa is the rule that an extract breaks, nil for none.
func (i *Innlogget) maaHa(u *products.Uttrekk) error {
	if err := i.iKraft(); err != nil {
		return err
	}
	produkt := u.Produkt()
	switch {
	case !slices.Contains(i.Konsument.Tilgang, konsument.Uttrekk):
		return &Avslag{Rettighet: "tilgang " + string(konsument.Uttrekk)}
	case !slices.Contains(i.Konsument.Rettigheter.Produkter, produkt):
		return &Avslag{Rettighet: "produkt " + produkt}
	case !slices.ContainsFunc(products.Uttrekksfelter(), func(f products.Uttrekksfelt) bool { return i.Viser(f.Rett) }):
		return &Avslag{Rettighet: "felt " + string(konsument.Uttrekk)} // an extract without a field is none
	}
	for _, tag := range filtertagger(u.Filter) {
		if !i.rett.profil.asks(produkt, tag) {
			return &Avslag{Rettighet: "felt " + produkt + "/" + tag}
		}
	}
	return i.room(produkt)
}

// filtertagger are the elements of a question that a filter comes from.
func filtertagger(f store.Filter) (tags []string) {
	for _, e := range []struct {
		tag  string
		used bool
	}{{"statusArbeidsforhold", f.Status != 0}, {"lovgivning", f.Lovgivning != 0}, {"datofra", f.Fra != 0}, {"datotil", f.Til != 0}} {
		if e.used {
			tags = append(tags, e.tag)
		}
	}
	return tags
}

// iKraft says whether the consumer is still what it was when its rights were worked out: an extract may take long, and who
// is disabled, or given other rights, gets no more of it.
func (i *Innlogget) iKraft() error {
	b, err := i.port.konsumenter.Bilde()
	if err != nil {
		return fmt.Errorf("tilgang: %w", err)
	}
	today, _ := i.port.day(i.port.now())
	if i.Konsument.Gyldig(today) && b.Konsument(i.Konsument.Nr) == i.Konsument {
		return nil
	}
	return avslagAvtale
}

// paaRad fills in what is the same on every row of an extract.
func (i *Innlogget) paaRad(rad *logg.Rad, u *products.Uttrekk) {
	Uttrekksrad(rad, u)
	rad.Tid = i.port.now()
	rad.Konsument, rad.Orgnr, rad.Databehandler = i.Konsument.Nr, i.Konsument.Orgnr, i.Konsument.Databehandler
	rad.Profil = i.Konsument.Rettigheter.Profil
}

// Uttrekksrad fills in what every row of an extract says of it, whoever it is for; parameters that the row has stay first.
func Uttrekksrad(rad *logg.Rad, u *products.Uttrekk) {
	rad.Slag, rad.Produkt, rad.Utfall = logg.Uttrekk, u.Produkt(), string(products.Komplett)
	rad.Rettighet = "produkt " + rad.Produkt
	spurt := logg.Parameter{Tag: "antallSpurt", Verdi: strconv.Itoa(len(u.Arbeidstakere) + len(u.Arbeidsforhold))}
	if u.Arbeidsgiver != "" {
		spurt = logg.Parameter{Tag: "arbeidsgiverId", Verdi: u.Arbeidsgiver}
	}
	rad.Parametre = append(append(rad.Parametre, spurt), filterparametre(u.Filter)...)
	rad.Parametre = append(rad.Parametre, logg.Parameter{Tag: "format", Verdi: u.Form.Format})
}

// filterparametre are a filter's elements as a question has them.
func filterparametre(f store.Filter) (p []logg.Parameter) {
	verdier := map[string]string{"statusArbeidsforhold": "aktive", "lovgivning": "ny", "datofra": f.Fra.String(), "datotil": f.Til.String()}
	if f.Status == store.Opphoerte {
		verdier["statusArbeidsforhold"] = "opphoert"
	}
	if f.Lovgivning == store.Gammel {
		verdier["lovgivning"] = "gammel"
	}
	for _, tag := range filtertagger(f) {
		p = append(p, logg.Parameter{Tag: tag, Verdi: verdier[tag]})
	}
	return p
}

// avslaatt writes the row of an extract, or a part of one, that was refused. What is no refusal has none.
func (i *Innlogget) avslaatt(ctx context.Context, rad logg.Rad, err error) error {
	var avslag *Avslag
	if !errors.As(err, &avslag) {
		return err
	}
	rad.Avslag, rad.Rettighet, rad.Utfall, rad.Antall, rad.Beskyttet = true, avslag.Rettighet, ikkeTilgang, 0, false
	if avslag.ForMange {
		rad.Utfall = forMangeForespoersler
	}
	return errors.Join(err, i.port.logg.Skriv(ctx, &rad))
}
