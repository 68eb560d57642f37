package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

var ctx = context.Background()

// seesAll may have the data of everybody, on a day of 2025.
var seesAll = View{Today: 20250615, Fortrolig: InnsynData, StrengtFortrolig: InnsynData}

func newStore(t *testing.T) *Store {
	t.Helper()
	s, err := InMemory()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func update(t *testing.T, s *Store, change func(*Tx) error) {
	t.Helper()
	if err := s.Update(ctx, change); err != nil {
		t.Fatal(err)
	}
}

const (
	underenhetNr = "210000313"
	hovedenhetNr = "210000011"
	takerNr      = "12838049808"
	annenNr      = "05919149932"
)

// jobb is an arbeidsforhold with what it must have.
func jobb(id int64, taker string) *Arbeidsforhold {
	return &Arbeidsforhold{
		ArbeidsforholdId: id, Type: Kodeverdi{Kode: "ordinaertArbeidsforhold"},
		Arbeidstaker: Part{"Person", taker}, Arbeidssted: Part{"Underenhet", underenhetNr}, Opplysningspliktig: Part{"Hovedenhet", hovedenhetNr},
		Ansettelsesperiode: Ansettelsesperiode{Startdato: 20200101}, Rapporteringsordning: Kodeverdi{Kode: "A_ORDNINGEN"},
	}
}

// fill gives every field below v a value of its own, so that one that is forgotten somewhere is missed.
func fill(v reflect.Value, n *int) {
	*n++
	switch {
	case v.Type() == reflect.TypeFor[Dato]():
		v.SetInt(int64(20240101 + *n%28))
	case v.Type() == reflect.TypeFor[Maaned]():
		v.SetInt(int64(202401 + *n%12))
	case v.Type() == reflect.TypeFor[Tidspunkt]():
		v.SetString("2024-01-02T03:04:05." + string(rune('0'+*n%10)))
	case v.Type() == reflect.TypeFor[Desimal]():
		v.SetString(string(rune('1'+*n%9)) + ".5")
	case v.Kind() == reflect.String:
		v.SetString("tekst " + string(rune('a'+*n%26)) + string(rune('a'+*n/26%26)))
	case v.Kind() == reflect.Int64:
		v.SetInt(int64(*n))
	case v.Kind() == reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			fill(v.Index(i), n)
		}
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), n)
		}
	default:
		panic("fill cannot fill a " + v.Kind().String())
	}
}

func TestEveryFieldOfAnArbeidsforholdIsKept(t *testing.T) {
	want := Arbeidsforhold{}
	n := 0
	fill(reflect.ValueOf(&want).Elem(), &n)
	want.UUID = "aa4e6000-0000-4000-8000-00000000abcd"
	want.Arbeidstaker.Ident, want.Arbeidssted.Ident, want.Opplysningspliktig.Ident = takerNr, underenhetNr, hovedenhetNr
	s := newStore(t)
	stored := want
	update(t, s, func(tx *Tx) error { return tx.PutArbeidsforhold(&stored) })
	got, err := s.Arbeidsforhold(ctx, seesAll, want.ArbeidsforholdId)
	if err != nil {
		t.Fatal(err)
	}
	got.Arbeidsforhold.Arbeidstaker.Ident = got.Arbeidstaker.Nummer
	got.Arbeidsforhold.Arbeidssted.Ident = got.Arbeidsgiver.Nummer
	got.Arbeidsforhold.Opplysningspliktig.Ident = got.Opplysningspliktig.Nummer
	want.normalise()
	if diff := cmp.Diff(want, got.Arbeidsforhold); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestOpeningRefusesWhatIsNoRegister(t *testing.T) {
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	good, err := Create(path("god?%#.db"))
	if err != nil {
		t.Fatal(err)
	}
	update(t, good, func(tx *Tx) error { return tx.PutArbeidsforhold(jobb(1, takerNr)) })
	good.Close()
	if info, err := os.Stat(path("god?%#.db")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("a register's file has mode %v (%v), want 0600", info.Mode(), err)
	}
	bytes, err := os.ReadFile(path("god?%#.db"))
	if err != nil {
		t.Fatal(err)
	}
	newer := append([]byte{}, bytes...)
	newer[63]++ // user_version
	other := append([]byte{}, bytes...)
	other[68]++ // application_id
	damaged := append([]byte{}, bytes...)
	for i := 4096 + 8; i < len(damaged); i++ {
		damaged[i] ^= 0x5a
	}
	for name, content := range map[string][]byte{"nyere": newer, "annen": other, "skadd": damaged, "tekst": []byte("not a database at all"), "tom": nil} {
		if err := os.WriteFile(path(name), content, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := Open(path(name))
		if err == nil {
			s.Close()
			t.Errorf("%s: opened", name)
			continue
		}
		t.Logf("%s: %v", name, err)
	}
	if _, err := Open(path("finnes ikke")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a missing file: %v", err)
	}
	s, err := Open(path("god?%#.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Arbeidsforhold(ctx, seesAll, 1); err != nil {
		t.Error(err)
	}
}

func TestDamagedDocumentIsUtilgjengelig(t *testing.T) {
	want := Arbeidsforhold{}
	n := 0
	fill(reflect.ValueOf(&want).Elem(), &n)
	want.UUID = ""
	want.Arbeidstaker.Ident, want.Arbeidssted.Ident, want.Opplysningspliktig.Ident = takerNr, underenhetNr, hovedenhetNr
	s := newStore(t)
	update(t, s, func(tx *Tx) error { return tx.PutArbeidsforhold(&want) })
	var dok []byte
	if _, err := s.naa.Load().own.One(`SELECT dok FROM arbeidsforhold`, nil, &dok); err != nil {
		t.Fatal(err)
	}
	for cut := range dok {
		u := utpakker{s: string(dok[:cut]), koder: s.naa.Load().koder.Load()}
		if err := unpackArbeidsforhold(&u, new(Arbeidsforhold)); !errors.Is(err, errDok) {
			t.Fatalf("cut at %d of %d bytes: %v", cut, len(dok), err)
		}
	}
	if err := s.naa.Load().own.Script(`UPDATE arbeidsforhold SET dok = substr(dok, 1, 20); UPDATE arbeidsgiverliste SET dok = substr(dok, 1, 20);
		UPDATE arbeidstakerliste SET dok = substr(dok, 1, 20)`); err != nil {
		t.Fatal(err)
	}
	_, one := s.Arbeidsforhold(ctx, seesAll, want.ArbeidsforholdId)
	_, person := s.Arbeidstaker(ctx, seesAll, takerNr, Filter{})
	_, employer := s.Arbeidsgiver(ctx, seesAll, underenhetNr, Filter{})
	for _, err := range []error{one, person, employer} {
		if !errors.Is(err, ErrUtilgjengelig) {
			t.Errorf("a damaged document: %v", err)
		}
	}
}

func FuzzUnpack(f *testing.F) {
	a := Arbeidsforhold{}
	n := 0
	fill(reflect.ValueOf(&a).Elem(), &n)
	book, kode := nyKodebok()
	p := pakker{kode: kode}
	packArbeidsforhold(&p, &a)
	f.Add(p.b)
	f.Fuzz(func(t *testing.T, dok []byte) {
		u := utpakker{s: string(dok), koder: book}
		var got Arbeidsforhold
		if err := unpackArbeidsforhold(&u, &got); err != nil && !errors.Is(err, errDok) {
			t.Error(err)
		}
	})
}

func TestClosedRegisterIsUtilgjengelig(t *testing.T) {
	s, err := InMemory()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Arbeidsforhold(ctx, seesAll, 1); !errors.Is(err, ErrUtilgjengelig) {
		t.Error(err)
	}
}

func TestAnotherProcessesCodesAreRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "register.db")
	writer, err := Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer writer.Close()
	reader, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	update(t, writer, func(tx *Tx) error { return tx.PutArbeidsforhold(jobb(7, takerNr)) })
	got, err := reader.Arbeidsforhold(ctx, seesAll, 7)
	if err != nil {
		t.Fatal(err)
	}
	if got.Type.Kode != "ordinaertArbeidsforhold" {
		t.Errorf("type %q", got.Type.Kode)
	}
}

func TestFailedChangeLeavesTheRegisterAsItWas(t *testing.T) {
	s := newStore(t)
	boom := errors.New("boom")
	err := s.Update(ctx, func(tx *Tx) error {
		if err := tx.PutArbeidsforhold(jobb(1, takerNr)); err != nil {
			return err
		}
		return boom
	})
	if !errors.Is(err, boom) {
		t.Fatal(err)
	}
	if _, err := s.Arbeidsforhold(ctx, seesAll, 1); !errors.Is(err, ErrIngen) {
		t.Error(err)
	}
}

var unexported = cmpopts.IgnoreUnexported(Listerad{})
