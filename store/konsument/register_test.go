package konsument

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"aareg/store"
)

// organisation numbers of the synthetic series
const etat, pensjon, tilsyn = "210000003", "222345677", "322345674"

func avtale(orgnr string, change ...func(*Konsument)) Konsument {
	k := Konsument{Orgnr: orgnr, Navn: "ETATEN", Hjemmel: "loven § 1", Formaal: "saker", Behandlingsgrunnlag: "art. 6 nr. 1 e",
		Tilgang: []Tilgangsform{API}, Fra: 20200101, Til: 20301231,
		Kontakter:   Kontakter{Feil: Kontakt{Navn: "Vakten", Telefon: "+47 22 00 00 00", Epost: "vakt@etaten.example"}},
		Rettigheter: Rettigheter{Produkter: []string{"hentArbeidstaker"}, Fortrolig: store.InnsynKode, PersonerPerDoegn: Ubegrenset}}
	for _, c := range change {
		c(&k)
	}
	return k
}

func nytt(t testing.TB) (r *Register, path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "konsumenter.db")
	r, err := Create(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r, path
}

func aapnet(t testing.TB, path string) *Register {
	t.Helper()
	r, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

func bilde(t testing.TB, r *Register) *Bilde {
	t.Helper()
	b, err := r.Bilde()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func lagt(t testing.TB, r *Register, k Konsument) int64 {
	t.Helper()
	nr, err := r.LeggTil(k)
	if err != nil {
		t.Fatal(err)
	}
	return nr
}

func innlogging(t testing.TB, r *Register, i Innlogging) int64 {
	t.Helper()
	nr, err := r.LeggTilInnlogging(i)
	if err != nil {
		t.Fatal(err)
	}
	return nr
}

func do(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestWhatIsWrittenIsReadAgainFromTheFile(t *testing.T) {
	r, path := nytt(t)
	want := avtale(etat)
	want.Rettigheter.Arbeidsgivere, want.Rettigheter.Personer.Alle = Omfang{Nummer: []string{pensjon}}, true
	want.Nr = lagt(t, r, want)
	hash, err := Hash("et langt passord")
	do(t, err)
	login := Innlogging{Konsument: want.Nr, Brukernavn: "Etaten.Fag@Oslo", Slag: MedPassord, Passord: hash, Digest: "et langt passord", Legacy: true}
	login.Nr = innlogging(t, r, login)
	key := bilde(t, r).Noekkel
	do(t, r.Close())

	b := bilde(t, aapnet(t, path))
	if diff := cmp.Diff(&want, b.Konsument(want.Nr), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("the consumer (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(&login, b.Bruker("ETATEN.fag@oslo")); diff != "" {
		t.Errorf("the login (-want +got):\n%s", diff)
	}
	if len(key) != 32 || !cmp.Equal(key, b.Noekkel) {
		t.Error("the key that signs session ids is another in the same file")
	}
}

func TestOnlyTheOwnerMayReadTheFiles(t *testing.T) {
	r, path := nytt(t)
	lagt(t, r, avtale(etat))
	for _, name := range []string{path, path + "-wal", path + "-shm"} {
		info, err := os.Stat(name)
		do(t, err)
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v", filepath.Base(name), info.Mode())
		}
	}
}

// TestWhatIsWrongWithAFileIsSaid of what is none, first.
func TestWhatIsWrongWithAFileIsSaid(t *testing.T) {
	dir := t.TempDir()
	open := filepath.Join(dir, "aapen")
	if err := os.WriteFile(open, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{dir: "it is no file", open: "chmod 600", filepath.Join(dir, "ingen"): "no such file"} {
		if _, err := Open(path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v; want %q", path, err, want)
		}
	}
}

func TestAnotherProcessIsSeenByTheVeryNextPicture(t *testing.T) {
	one, path := nytt(t)
	two := aapnet(t, path)
	nr := lagt(t, one, avtale(etat))
	for n := range 50 {
		by, seen := one, two
		if n%2 == 1 {
			by, seen = two, one
		}
		before := bilde(t, seen)
		do(t, by.Endre(nr, func(k *Konsument) error { k.Rettigheter.PersonerPerDoegn = n; return nil }))
		for _, r := range []*Register{seen, by} { // its own changes, too
			after := bilde(t, r)
			if got := after.Konsument(nr).Rettigheter.PersonerPerDoegn; got != n || after.Versjon == before.Versjon {
				t.Fatalf("change %d: the picture says %d, another version is %v", n, got, after.Versjon != before.Versjon)
			}
		}
		if bilde(t, one).Versjon != bilde(t, two).Versjon {
			t.Fatal("two versions of one state")
		}
	}
}

func TestAPictureStaysUntilSomethingIsChanged(t *testing.T) {
	r, _ := nytt(t)
	nr := lagt(t, r, avtale(etat))
	other := lagt(t, r, avtale(pensjon))
	first := bilde(t, r)
	if bilde(t, r) != first {
		t.Error("nothing was changed, and the picture is another")
	}
	err := r.Endre(nr, func(k *Konsument) error { k.Navn = ""; return nil })
	if err == nil || bilde(t, r).Versjon != first.Versjon {
		t.Errorf("a change that was refused (%v) makes another version", err)
	}
	do(t, r.Endre(nr, func(k *Konsument) error { k.Navn = "ANNEN ETAT"; return nil }))
	after := bilde(t, r)
	if first.Konsument(nr).Navn != "ETATEN" || after.Konsument(nr).Navn != "ANNEN ETAT" {
		t.Error("the picture that somebody holds was changed, or the new one was not")
	}
	if after.Konsument(other) != first.Konsument(other) {
		t.Error("the consumer that was left alone was read anew")
	}
}

func TestAChangeGetsACopyOfItsOwn(t *testing.T) {
	r, _ := nytt(t)
	nr := lagt(t, r, avtale(etat))
	login := innlogging(t, r, Innlogging{Konsument: nr, Brukernavn: "etaten", Slag: MedPassord})
	before, stop := bilde(t, r), errors.New("stop")
	err := r.Endre(nr, func(k *Konsument) error { k.Rettigheter.Produkter[0], k.Tilgang[0] = "x", "y"; return stop })
	if !errors.Is(err, stop) {
		t.Fatalf("what change says is not handed on: %v", err)
	}
	err = r.EndreInnlogging(login, func(i *Innlogging) error { i.Sperret = true; return stop })
	if !errors.Is(err, stop) || bilde(t, r).Innlogging(login).Sperret {
		t.Fatal("a change that gave up has an effect")
	}
	if diff := cmp.Diff(avtale(etat).Rettigheter, before.Konsument(nr).Rettigheter, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("the picture was changed (-want +got):\n%s", diff)
	}
}

func TestNumbersAreNeverUsedAgain(t *testing.T) {
	r, path := nytt(t)
	first := lagt(t, r, avtale(etat))
	login := innlogging(t, r, Innlogging{Konsument: first, Slag: MedSertifikat})
	do(t, r.Fjern(first))
	do(t, r.Close())
	r = aapnet(t, path)
	if b := bilde(t, r); b.Konsument(first) != nil || b.Innlogging(login) != nil || b.Sertifikat(etat) != nil || b.MedOrgnr(etat) != nil {
		t.Fatal("something is left of a consumer that was removed")
	}
	again := lagt(t, r, avtale(etat))
	if got := innlogging(t, r, Innlogging{Konsument: again, Slag: MedSertifikat}); again == first || got == login {
		t.Error("a number was used again")
	}
	do(t, r.FjernInnlogging(bilde(t, r).Sertifikat(etat).Nr))
	if r.Fjern(first) == nil || r.FjernInnlogging(login) == nil || bilde(t, r).Sertifikat(etat) != nil {
		t.Error("what is gone can be removed again, or a login that was removed is there")
	}
}

func TestListsAreInOrder(t *testing.T) {
	r, _ := nytt(t)
	last := lagt(t, r, avtale(tilsyn))
	lagt(t, r, avtale(etat))
	var want []int64
	for _, name := range []string{"zzzz", "aaaa", "mmmm"} {
		want = append(want, innlogging(t, r, Innlogging{Konsument: last, Brukernavn: name, Slag: MedPassord}))
	}
	b := bilde(t, r)
	var got []int64
	for _, i := range b.Innlogginger(last) {
		got = append(got, i.Nr)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("logins (-want +got):\n%s", diff)
	}
	if all := b.Konsumenter(); len(all) != 2 || all[0].Orgnr != etat || all[1] != b.MedOrgnr(tilsyn) {
		t.Error("consumers are not in the order of their numbers")
	}
}

func TestAClosedRegisterSaysSo(t *testing.T) {
	r, _ := nytt(t)
	do(t, r.Close())
	_, err := r.Bilde()
	_, adding := r.LeggTil(avtale(etat))
	if err == nil || adding == nil || r.Close() != nil {
		t.Errorf("after closing: %v, %v", err, adding)
	}
}

func TestWhatIsNoFileOfConsumersIsRefusedAndLeftAlone(t *testing.T) {
	folder := t.TempDir()
	register := filepath.Join(folder, "register.db")
	s, err := store.Create(register)
	do(t, err)
	do(t, s.Close())
	text := filepath.Join(folder, "text")
	do(t, os.WriteFile(text, []byte(strings.Repeat("no database at all ", 500)), 0o600))
	newer := filepath.Join(folder, "newer.db")
	r, err := Create(newer)
	do(t, err)
	do(t, r.conn.Script("PRAGMA user_version = 2"))
	do(t, r.Close())
	for _, path := range []string{register, text, newer, filepath.Join(folder, "missing")} {
		before, _ := os.ReadFile(path)
		if _, err := Open(path); err == nil {
			t.Errorf("%s was opened", filepath.Base(path))
		}
		if after, _ := os.ReadFile(path); !cmp.Equal(before, after) {
			t.Errorf("%s was changed", filepath.Base(path))
		}
	}
	if _, err := Create(text); err == nil {
		t.Error("a file that was there was made anew")
	}
}

func TestAFileThatWasReplacedAnswersNobody(t *testing.T) {
	r, path := nytt(t)
	lagt(t, r, avtale(etat))
	bilde(t, r)
	do(t, os.Rename(path, path+".gammel"))
	time.Sleep(lookEvery)
	if _, err := r.Bilde(); err == nil {
		t.Error("consumers are read of a file that is gone, in which nobody can disable them")
	}
	other, err := Create(path)
	do(t, err)
	defer other.Close()
	time.Sleep(lookEvery)
	if _, err := r.Bilde(); err == nil {
		t.Error("consumers are read of a file that another has taken the place of")
	}
	if _, err := r.LeggTil(avtale(pensjon)); err == nil {
		t.Error("a change went into the file that nobody opens any more")
	}
}

// at sets the register's clock.
func (r *Register) at(unix int64) { r.now = func() time.Time { return time.Unix(unix, 0) } }
