package store

import (
	"testing"
	"time"
)

func FuzzDato(f *testing.F) {
	for _, s := range []string{"2024-02-29", "2023-02-29", "0001-01-01", "2024-2-9", "9999-12-31", "2024-13-01", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDato(s)
		want, wantErr := time.Parse("2006-01-02", s)
		if wantErr == nil && want.Year() == 0 {
			return // there was no year 0
		}
		if (err == nil) != (wantErr == nil) {
			t.Fatalf("ParseDato: %v, time.Parse: %v", err, wantErr)
		}
		if err == nil && (d.String() != s || DatoOf(want) != d) {
			t.Errorf("prints back as %s", d)
		}
	})
}

func TestAlderIsWholeYears(t *testing.T) {
	for _, c := range []struct {
		foedt, paa Dato
		want       int
	}{
		{20000229, 20010228, 0}, {20000229, 20010301, 1}, {20000229, 20040229, 4}, // 29 February grows older on 1 March
		{19800312, 20250311, 44}, {19800312, 20250312, 45}, {20250615, 20250615, 0},
	} {
		if got := Alder(c.foedt, c.paa); got != c.want {
			t.Errorf("born %s, on %s: %d, want %d", c.foedt, c.paa, got, c.want)
		}
	}
	dead := livsloep{Foedt: 19500517, Doed: 20230228}
	if got, ok := dead.Alder(20250615); got != 72 || !ok {
		t.Errorf("of a dead person: %d %v, want the age at death, 72", got, ok)
	}
}

func TestDesimalIsPrintedWithoutExponent(t *testing.T) {
	for in, want := range map[string]Desimal{"100": "100.0", "37.5": "37.5", "8.870": "8.87", "0": "0.0", "1e2": "100.0", "2.5E-1": "0.25", "-1": "-1.0", "66.66666666666667": "66.66666666666667"} {
		if got, err := ParseDesimal(in); got != want || err != nil {
			t.Errorf("%s: %q %v, want %q", in, got, err, want)
		}
	}
	for _, in := range []string{"", "NaN", "Inf", "0x10", "1_0", "1/3", "1e999", "+1", ".5", "5.", "1 "} {
		if got, err := ParseDesimal(in); err == nil {
			t.Errorf("%q: read as %q", in, got)
		}
	}
	for _, c := range []struct{ hours, percent, want Desimal }{
		{"37.5", "80.0", "30.0"}, {"35.5", "20.5", "7.28"}, {"37.5", "33.3", "12.49"}, {"37.5", "0.0", "0.0"}, {"", "50.0", ""}, {"37.5", "", ""}, {"0.5", "1.0", "0.01"},
	} {
		if got := c.hours.ofPercent(c.percent); got != c.want {
			t.Errorf("%s × %s %%: %q, want %q", c.hours, c.percent, got, c.want)
		}
	}
}

func TestMintedNumbersNeverMeet(t *testing.T) {
	seen := map[int64]bool{}
	neighbours := 0
	var last int64
	for n := range uint32(20_000) {
		id := utstedtId([]byte("a key"), n)
		if id < utstedtFra || id > utstedtTil || seen[id] {
			t.Fatalf("number %d is out of range or was given before", n)
		}
		if id-last == 1 {
			neighbours++
		}
		seen[id], last = true, id
	}
	if neighbours > 3 {
		t.Errorf("%d of 20000 follow each other: they can be counted through", neighbours)
	}
	if utstedtId([]byte("a key"), 1) == utstedtId([]byte("another key"), 1) {
		t.Error("the key changes nothing")
	}
}

func TestMonthsBecomeDays(t *testing.T) {
	month := func(fra, til Maaned) Ansettelsesdetaljer {
		return Ansettelsesdetaljer{Rapporteringsmaaneder: Rapporteringsmaaneder{fra, til}}
	}
	a := jobb(1, takerNr)
	a.Ansettelsesperiode = Ansettelsesperiode{Startdato: 20160815, Sluttdato: 20200610}
	a.Ansettelsesdetaljer = []Ansettelsesdetaljer{month(201609, 201702), month(201703, 202006), month(202007, 0)}
	a.normalise()
	want := []Periode{{20200701, 0}, {20170301, 20200610}, {20160815, 20170228}}
	for i, p := range want {
		if got := a.Ansettelsesdetaljer[i].Gyldighetsperiode; got != p {
			t.Errorf("agreement %d, newest first: %v, want %v", i, got, p)
		}
	}
	late := jobb(1, takerNr)
	late.Ansettelsesperiode.Startdato = 20160920
	late.Ansettelsesdetaljer = []Ansettelsesdetaljer{month(201609, 0)}
	late.normalise()
	if got := late.Ansettelsesdetaljer[0].Gyldighetsperiode.Fom; got != 20160901 {
		t.Errorf("startdato later than the first month: %s, want the month's first day", got)
	}
}

func TestCurrentAgreement(t *testing.T) {
	book, kode := nyKodebok()
	var leser radleser
	read := func(today, sluttet Dato, avtaler ...Listeavtale) *Listerad {
		p := pakker{kode: kode}
		packListeinnhold(&p, &pakkerad{avtaler: avtaler})
		leser.today = today
		u := utpakker{s: string(p.b), koder: book}
		if leser.innhold(listehode{sluttet: sluttet}, &u); u.err != nil {
			t.Fatal(u.err)
		}
		return &leser.rad
	}
	avtaler := []Listeavtale{{Stillingsprosent: "3.0", Periode: Periode{Fom: 20260101}}, {Stillingsprosent: "2.0", Periode: Periode{Fom: 20200101}}, {Stillingsprosent: "1.0", Periode: Periode{Fom: 20100101}}}
	for _, c := range []struct {
		sluttet, today Dato
		want           Desimal
	}{{0, 20250615, "2.0"}, {0, 20260101, "3.0"}, {20150101, 20250615, "1.0"}, {0, 20090101, "1.0"}} {
		if r := read(c.today, c.sluttet, avtaler...); !r.HarAvtale || r.Avtale.Stillingsprosent != c.want {
			t.Errorf("ended %q, on %s: agreement %s, want %s", c.sluttet, c.today, r.Avtale.Stillingsprosent, c.want)
		}
	}
	if r := read(20250615, 0); r.HarAvtale || r.Avtale != (Listeavtale{}) {
		t.Error("an agreement where there is none")
	}
}
