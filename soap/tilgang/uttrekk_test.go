package tilgang

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/products"
	"aareg/store"
	"aareg/store/konsument"
	"aareg/store/logg"
)

// uttrekksverden is a world with an audit log and a consumer who may have extracts of everything.
type uttrekksverden struct {
	*verden
	logg *logg.Logg
	nr   int64
}

func nyUttrekksverden(t *testing.T, change func(*konsument.Konsument)) *uttrekksverden {
	t.Helper()
	v := &uttrekksverden{verden: nyVerden(t)}
	dir := t.TempDir()
	var err error
	v.logg, err = logg.Create(filepath.Join(dir, "logg.db"), filepath.Join(dir, "noekkel"))
	v.must(err)
	t.Cleanup(func() { v.logg.Close() })
	v.port, err = New(Config{Konsumenter: v.reg, Logg: v.logg, Now: v.clock})
	v.must(err)
	v.nr = v.konsument(etat, standard)
	v.endre(func(k *konsument.Konsument) {
		k.Tilgang, k.Rettigheter.Profil, k.Databehandler = []konsument.Tilgangsform{konsument.Uttrekk}, "prøve", fond
		if change != nil {
			change(k)
		}
	})
	return v
}

func (v *uttrekksverden) endre(change func(*konsument.Konsument)) {
	v.tb.Helper()
	v.must(v.reg.Endre(v.nr, func(k *konsument.Konsument) error { change(k); return nil }))
}

// bestill asks for an extract on the consumer's behalf.
func (v *uttrekksverden) bestill(u *products.Uttrekk) error {
	v.tb.Helper()
	i, err := v.port.ForKonsument(etat)
	v.must(err)
	return i.Uttrekk(context.Background(), u, logg.Rad{Bruker: "drift (uid 7)", Korrelasjon: "aaaa"})
}

// rader are the rows that the log has of extracts, without their numbers and times.
func (v *uttrekksverden) rader() (found []logg.Rad) {
	v.tb.Helper()
	v.must(v.logg.Soek(context.Background(), logg.Filter{Slag: logg.Uttrekk}, func(r *logg.Rad) error {
		if !r.Tid.Equal(v.now) {
			v.tb.Errorf("row %d is of %v", r.Nr, r.Tid)
		}
		r.Nr, r.Tid = 0, v.now.AddDate(-9, 0, 0)
		found = append(found, *r)
		return nil
	}))
	return found
}

// rad is what every row of the consumer's extracts says.
func (v *uttrekksverden) rad(change func(*logg.Rad)) logg.Rad {
	r := logg.Rad{Tid: v.now.AddDate(-9, 0, 0), Slag: logg.Uttrekk, Konsument: v.nr, Orgnr: etat, Databehandler: fond, Profil: "prøve",
		Bruker: "drift (uid 7)", Korrelasjon: "aaaa", Produkt: "hentArbeidstaker", Utfall: "komplett", Rettighet: "produkt hentArbeidstaker",
		Parametre: []logg.Parameter{{Tag: "antallSpurt", Verdi: "2"}, {Tag: "format", Verdi: "csv"}}}
	change(&r)
	return r
}

// personer is an extract of two persons.
func personer() *products.Uttrekk {
	return &products.Uttrekk{Arbeidstakere: []uint64{12829499914, 5840399895}, Form: products.Uttrekksform{Format: "csv"}}
}

// TestAnExtractNeedsItsRights: each that is missing is named, and the refusal has its row with whoever was asked for.
func TestAnExtractNeedsItsRights(t *testing.T) {
	arbeidsgiver := func(f store.Filter) *products.Uttrekk {
		return &products.Uttrekk{Arbeidsgiver: "210004114", Filter: f, Form: products.Uttrekksform{Format: "csv"}}
	}
	for _, c := range []struct {
		why    string
		change func(*konsument.Konsument)
		u      *products.Uttrekk
		want   Avslag
	}{
		{"everything is there", func(*konsument.Konsument) {}, personer(), Avslag{}},
		{"no uttrekk", func(k *konsument.Konsument) {
			k.Tilgang = []konsument.Tilgangsform{konsument.API, konsument.WebOppslag}
		}, personer(),
			Avslag{Rettighet: "tilgang uttrekk"}},
		{"another product", func(k *konsument.Konsument) {
			k.Rettigheter.Produkter = []string{"hentArbeidsgiver", "hentArbeidsforhold"}
		}, personer(),
			Avslag{Rettighet: "produkt hentArbeidstaker"}},
		{"an employer's product", func(k *konsument.Konsument) { k.Rettigheter.Produkter = []string{"hentArbeidstaker"} }, arbeidsgiver(store.Filter{}),
			Avslag{Rettighet: "produkt hentArbeidsgiver"}},
		{"no field", func(k *konsument.Konsument) { k.Rettigheter.Felter = []string{"hentArbeidstaker"} }, personer(),
			Avslag{Rettighet: "felt uttrekk"}},
		{"a filter that tells of a field outside", func(k *konsument.Konsument) { k.Rettigheter.Felter = []string{"uttrekk"} },
			arbeidsgiver(store.Filter{Status: store.Aktive}), Avslag{Rettighet: "felt hentArbeidsgiver/statusArbeidsforhold"}},
		{"disabled", func(k *konsument.Konsument) { k.Sperret = true }, personer(), Avslag{Rettighet: "avtale"}},
		{"an agreement that is over", func(k *konsument.Konsument) { k.Til = 20260309 }, personer(), Avslag{Rettighet: "avtale"}},
		{"a day without room", func(k *konsument.Konsument) { k.Rettigheter.PersonerPerDoegn = 0 }, arbeidsgiver(store.Filter{}),
			Avslag{Rettighet: "personerPerDoegn", ForMange: true}},
		{"no question a second", func(k *konsument.Konsument) { k.Rettigheter.SpoersmaalPerSekund = 0 }, personer(), Avslag{}},
	} {
		v := nyUttrekksverden(t, c.change)
		err := v.bestill(c.u)
		if got := avslag(t, err); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.why, got, c.want)
		}
		if (err == nil) != (c.u.Utlever != nil && c.u.Viser != nil) {
			t.Errorf("%s: what was refused can be made, or the other way around", c.why)
		}
		rows := v.rader()
		if err == nil && len(rows) > 0 || err != nil && (len(rows) != 1 || !rows[0].Avslag || rows[0].Rettighet != c.want.Rettighet) {
			t.Errorf("%s: rows %+v", c.why, rows)
		}
		if err != nil && c.u.Arbeidstakere != nil && !slices.Equal(rows[0].Personer, []uint64{5840399895, 12829499914}) {
			t.Errorf("%s: the row is not about who was asked for", c.why)
		}
	}
}

// TestEachPartHasItsRow, with the persons in it, before it leaves; and they count towards the day.
func TestEachPartHasItsRow(t *testing.T) {
	v := nyUttrekksverden(t, func(k *konsument.Konsument) { k.Rettigheter.PersonerPerDoegn = 3 })
	u := personer()
	v.must(v.bestill(u))
	v.must(u.Utlever(products.Uttrekksdel{Antall: 2, Personer: []uint64{1, 2}}))
	v.must(u.Utlever(products.Uttrekksdel{Antall: 1, Personer: []uint64{2, 3}, Beskyttet: true}))
	if got := avslag(t, u.Utlever(products.Uttrekksdel{Antall: 1, Personer: []uint64{4}})); got != forMangePersoner {
		t.Errorf("the fourth person of a day with three: %+v", got)
	}
	want := []logg.Rad{
		v.rad(func(r *logg.Rad) { r.Antall, r.Personer = 2, []uint64{1, 2} }),
		v.rad(func(r *logg.Rad) { r.Antall, r.Personer, r.Beskyttet = 1, []uint64{2, 3}, true }),
		v.rad(func(r *logg.Rad) {
			r.Avslag, r.Utfall, r.Rettighet, r.Personer = true, "forMangeForespoersler", "personerPerDoegn", []uint64{4}
		}),
	}
	if diff := cmp.Diff(want, v.rader()); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}

// TestWhoeverIsChangedGetsNoMore: a part is not delivered under rights that are not in force any more.
func TestWhoeverIsChangedGetsNoMore(t *testing.T) {
	for why, change := range map[string]func(*konsument.Konsument){
		"disabled":     func(k *konsument.Konsument) { k.Sperret = true },
		"other rights": func(k *konsument.Konsument) { k.Rettigheter.Felter = []string{"uttrekk/varsler"} },
	} {
		v := nyUttrekksverden(t, nil)
		u := personer()
		v.must(v.bestill(u))
		v.must(u.Utlever(products.Uttrekksdel{}))
		v.endre(change)
		if got := avslag(t, u.Utlever(products.Uttrekksdel{})); got != (Avslag{Rettighet: "avtale"}) {
			t.Errorf("%s: %+v", why, got)
		}
	}
}

// TestNothingLeavesWithoutALog: neither without one, nor with one that cannot be written.
func TestNothingLeavesWithoutALog(t *testing.T) {
	v := nyUttrekksverden(t, nil)
	u := personer()
	v.must(v.bestill(u))
	v.must(v.logg.Close())
	if err := u.Utlever(products.Uttrekksdel{}); err == nil {
		t.Error("a part was delivered when the log was closed")
	}
	without, err := New(Config{Konsumenter: v.reg, Now: v.clock})
	v.must(err)
	i, err := without.ForKonsument(etat)
	v.must(err)
	if err := i.Uttrekk(t.Context(), personer(), logg.Rad{}); !errors.Is(err, errUtenLogg) {
		t.Errorf("without a log: %v", err)
	}
	if _, err := without.ForKonsument(fond); !errors.Is(err, errUkjent) {
		t.Errorf("an unknown consumer: %v", err)
	}
}

// TestExtractShowsWhatTheProfileNames: by rows of § 2.6, by rows of its own, and by groups of both.
func TestExtractShowsWhatTheProfileNames(t *testing.T) {
	const avtale = "hentArbeidsforhold/arbeidsforhold/arbeidsforhold/arbeidsavtaler/arbeidsavtale/"
	for _, c := range []struct {
		felter []string
		want   []string
	}{
		{[]string{"hentArbeidstaker", "hentArbeidsgiver"}, nil},
		{[]string{avtale + "yrkeskode"}, []string{"ansettelsesdetaljer.yrke.kode"}},
		{[]string{"uttrekk/varsler/varsling", "uttrekk/varsler/varsling/kode", "uttrekk/idHist"},
			[]string{"varsler.varsling.kode", "varsler.varsling.beskrivelse"}},
		{[]string{"uttrekk/ansettelsesperiode", avtale + "stillingsprosent"}, []string{"ansettelsesperiode.sluttaarsak.kode",
			"ansettelsesperiode.sluttaarsak.beskrivelse", "ansettelsesperiode.varsling.kode", "ansettelsesperiode.varsling.beskrivelse",
			"ansettelsesdetaljer.avtaltStillingsprosent"}},
	} {
		v := nyUttrekksverden(t, func(k *konsument.Konsument) { k.Rettigheter.Felter = c.felter })
		i, err := v.port.ForKonsument(etat)
		v.must(err)
		var shown []string
		for _, f := range products.Uttrekksfelter() {
			if i.Viser(f.Rett) {
				shown = append(shown, f.Sti)
			}
		}
		if diff := cmp.Diff(c.want, shown); diff != "" {
			t.Errorf("%q (-want +got):\n%s", c.felter, diff)
		}
	}
	v := nyUttrekksverden(t, func(k *konsument.Konsument) { k.Rettigheter.Felter = []string{"uttrekk", "hentArbeidsforhold"} })
	i, err := v.port.ForKonsument(etat)
	v.must(err)
	for _, f := range products.Uttrekksfelter() {
		if !i.Viser(f.Rett) || f.Egen() && !ErRad(f.Rett) {
			t.Errorf("%s is not shown, or not a right", f.Sti)
		}
	}
}

// TestTableSaysWhatExtractsShow, and whether they may be made: where they cannot be logged they may not.
func TestTableSaysWhatExtractsShow(t *testing.T) {
	some := []string{"uttrekk/varsler", "uttrekk/idHistorikk/id"}
	for _, c := range []struct {
		why    string
		change func(*konsument.Konsument)
		want   Uttrekksrett
	}{
		{"some", func(k *konsument.Konsument) { k.Rettigheter.Felter = some },
			Uttrekksrett{Tillatt: true, Vist: 3, Utelatt: 8, Felter: []string{"uttrekk/idHistorikk/id", "uttrekk/varsler/entitet", "uttrekk/varsler/varsling"}}},
		{"those of § 2.6 alone", func(k *konsument.Konsument) { k.Rettigheter.Felter = []string{"hentArbeidsforhold"} }, Uttrekksrett{Tillatt: true, Utelatt: 11}},
		{"no field that extracts have", func(k *konsument.Konsument) { k.Rettigheter.Felter = []string{"hentArbeidstaker"} }, Uttrekksrett{Utelatt: 11}},
		{"no uttrekk", func(k *konsument.Konsument) {
			k.Tilgang, k.Rettigheter.Felter = []konsument.Tilgangsform{konsument.WebOppslag}, some[1:]
		}, Uttrekksrett{Vist: 1, Utelatt: 10, Felter: some[1:]}},
	} {
		v := nyUttrekksverden(t, c.change)
		i, err := v.port.ForKonsument(etat)
		v.must(err)
		got := i.Tabell().Uttrekk
		if len(got.Rader) != got.Vist+got.Utelatt {
			t.Errorf("%s: %d rows of %d and %d", c.why, len(got.Rader), got.Vist, got.Utelatt)
		}
		got.Rader = nil
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.why, diff)
		}
		i.port.logg = nil
		if i.Tabell().Uttrekk.Tillatt {
			t.Errorf("%s: extracts without an audit log", c.why)
		}
	}
}
