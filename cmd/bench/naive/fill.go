package naive

import (
	"context"
	"database/sql"
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"aareg/store"
)

//go:embed schema.sql
var schema string

//go:embed indexes.sql
var indexes string

// Part of a register is what a naive copy has of it: all arbeidsforhold of some employers, and about so many others.
type Part struct {
	Employers []string
	Others    int
	All       int // arbeidsforhold in the register
}

// Fill makes a copy of a part of a register, in a new file. Whoever is protected is left out, as for a consumer without the
// right.
func Fill(ctx context.Context, register, file string, part Part) error {
	db, err := sql.Open("sqlite", "file:"+file+"?_pragma=journal_mode(off)&_pragma=synchronous(off)")
	if err != nil {
		return fmt.Errorf("naive: %w", err)
	}
	defer db.Close()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("naive: %w", err)
	}
	defer tx.Rollback()
	f := filler{tx: tx, part: part, protected: map[string]bool{}, known: map[string]string{}}
	f.exec(schema)
	if err := store.Read(ctx, register, f.read); err != nil {
		return fmt.Errorf("naive: %w", err)
	}
	f.exec(indexes)
	if f.err != nil {
		return fmt.Errorf("naive: %w", f.err)
	}
	return tx.Commit()
}

type filler struct {
	tx        *sql.Tx
	part      Part
	protected map[string]bool
	known     map[string]string // number to name
	seen      int
	err       error
}

// exec runs one statement, unless one before it failed.
func (f *filler) exec(statement string, args ...any) {
	if f.err == nil {
		_, f.err = f.tx.Exec(statement, args...)
	}
}

func (f *filler) read(t *store.Tx) error {
	err := t.Personer(func(p *store.Person) error {
		f.known[p.Foedselsnr] = p.Navn.Efnavn()
		if p.Adressebeskyttelse != store.Ugradert {
			f.protected[p.Foedselsnr] = true
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := t.Enheter(f.enhet); err != nil {
		return err
	}
	if err := t.GamleArbeidsgivere(func(g *store.GammelArbeidsgiver) error { f.known[g.Arbeidsgivernr] = g.Navn; return nil }); err != nil {
		return err
	}
	for nummer, navn := range f.known {
		f.exec(`INSERT INTO part VALUES (?, ?)`, nummer, navn)
	}
	return t.AlleArbeidsforhold(f.arbeidsforhold)
}

func (f *filler) enhet(e *store.Enhet) error {
	f.known[e.Orgnr] = e.Navn
	if !slices.Contains(f.part.Employers, e.Orgnr) {
		return nil
	}
	a, p := e.Forretningsadresse, e.Postadresse
	f.exec(`INSERT INTO enhet VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		e.Orgnr, e.OverordnetEnhet, a.Linje(1), a.Linje(2), a.Linje(3), a.Postnr, a.Poststed,
		p.Linje(1), p.Linje(2), p.Linje(3), p.Postnr, p.Poststed, a.Kommunenr, a.Kommune, a.Landkode,
		store.Kodeverdi{Kode: a.Landkode, Beskrivelse: a.Land}.Tekst("landkode"), norsk(e.Oppstartsdato),
		e.Organisasjonsform.Kode, e.Organisasjonsform.Tekst("enhetstype"), strconv.FormatBool(e.Opphoersdato != 0 || e.Opphoert),
		norsk(e.Virksomhetsoverdragelse))
	return f.err
}

// arbeidsforhold keeps those that belong to the part; of the others every so many.
func (f *filler) arbeidsforhold(a *store.Arbeidsforhold) error {
	f.seen++
	every := max(f.part.All/max(f.part.Others, 1), 1)
	if !slices.Contains(f.part.Employers, a.Arbeidssted.Ident) && f.seen%every != 0 {
		return nil
	}
	if f.protected[a.Arbeidstaker.Ident] || f.protected[a.Arbeidssted.Ident] || f.protected[a.Opplysningspliktig.Ident] {
		return nil
	}
	id := a.ArbeidsforholdId
	f.exec(`INSERT INTO arbeidsforhold VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, id, a.ID, a.Arbeidssted.Ident, a.Opplysningspliktig.Ident,
		a.Arbeidstaker.Ident, iso(a.Ansettelsesperiode.Startdato), iso(a.Ansettelsesperiode.Sluttdato), iso(a.Opprettet.Dato()),
		a.Type.Tekst("arbeidsforholdstype"), strconv.FormatBool(a.AOrdningen()), iso(a.SistEndret.Dato()), iso(a.SistBekreftet.Dato()))
	for nr := range a.Ansettelsesdetaljer {
		f.avtale(id, nr, &a.Ansettelsesdetaljer[nr], a.Maritimt())
	}
	for nr, t := range a.TimerMedTimeloenn {
		f.exec(`INSERT INTO timer VALUES (?, ?, ?, ?, ?, ?)`, id, nr, iso(t.Startdato), iso(t.Sluttdato), string(t.Antall), maaned(t.Rapporteringsmaaned))
	}
	leaves := slices.Concat(a.Permisjoner, a.Permitteringer)
	slices.SortStableFunc(leaves, func(x, y store.Permisjon) int { return int(y.Startdato) - int(x.Startdato) })
	for nr, p := range leaves {
		f.exec(`INSERT INTO permisjon VALUES (?, ?, ?, ?, ?, ?, ?)`, id, nr, p.ID, iso(p.Startdato), iso(p.Sluttdato), string(p.Prosent),
			p.Type.Tekst("permisjonOgPermittering"))
	}
	for nr, o := range a.Utenlandsopphold {
		f.exec(`INSERT INTO utenlandsopphold VALUES (?, ?, ?, ?, ?, ?)`, id, nr, o.Land.Tekst("landkode"), maaned(o.Rapporteringsmaaned),
			iso(o.Startdato), iso(o.Sluttdato))
	}
	return f.err
}

func (f *filler) avtale(id int64, nr int, d *store.Ansettelsesdetaljer, maritimt bool) {
	f.exec(`INSERT INTO avtale VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, id, nr,
		d.Arbeidstidsordning.Tekst("arbeidstidsordning"), d.Avloenningstype.Tekst("avloenningstype"), d.Yrke.Kode, d.Yrke.Tekst("yrke"),
		string(d.AvtalteTimer()), string(d.TimerIFullStilling()), string(d.AvtaltStillingsprosent), string(d.BeregnedeTimer()),
		iso(d.SisteLoennsendring), iso(d.Gyldighetsperiode.Fom), iso(d.Gyldighetsperiode.Tom), string(d.AntallTimerGammeltAa),
		iso(d.SisteStillingsprosentendring), maritimt, d.Fartsomraade.Tekst("fartsomraade"), d.Skipsregister.Tekst("skipsregister"),
		d.Fartoeystype.Tekst("skipstype"))
}

func iso(d store.Dato) string      { return d.String() }
func maaned(m store.Maaned) string { return string(m.AppendISO(nil)) }

func norsk(d store.Dato) string { return strings.TrimSpace(string(d.AppendNorsk(nil))) }
