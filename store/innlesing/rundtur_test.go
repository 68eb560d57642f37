package innlesing_test

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/fixtures/generer"
	"aareg/store"
	"aareg/store/innlesing"
	"aareg/store/kilder"
)

const kildedata = "../kilder/testdata"

// kildefiler are the files of records that the readers of the sources are tested with.
func kildefiler(t *testing.T) (names []string) {
	t.Helper()
	err := filepath.WalkDir(kildedata, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !strings.HasSuffix(path, ".svar.json") && !strings.Contains(path, "fuzz") {
			names = append(names, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// utenLagring are the shapes of which no file can be stored, and why.
var utenLagring = map[string]string{
	"oversikt": "an overview is no whole record",
}

func TestAnExportImportsToTheSameRegister(t *testing.T) {
	stored := map[string]int{}
	for _, file := range kildefiler(t) {
		form := filepath.Base(filepath.Dir(file))
		stored[form] += 0
		t.Run(strings.TrimPrefix(file, kildedata+"/"), func(t *testing.T) {
			r := newRegister(t)
			_, err := innlesing.Importer(t.Context(), r.valg(withFiles(file)))
			var bad *kilder.Feil
			if errors.As(err, &bad) {
				t.Skip("the file holds a record that cannot be used")
			}
			if err != nil {
				t.Fatal(err)
			}
			stored[form]++
			sameOnce(t, r)
		})
	}
	for form, n := range stored {
		if _, none := utenLagring[form]; (n == 0) != none {
			t.Errorf("%s: %d files were stored", form, n)
		}
	}
}

// sameOnce fails when a register differs from what the import of its export makes, but for tables that are not asked
// about, and returns that one.
func sameOnce(t *testing.T, r *register, but ...string) *register {
	t.Helper()
	second := r.again()
	intact(t, r.db)
	if diff := diff(r.dump(), second.dump(), but...); diff != "" {
		t.Errorf("the export makes another register (-first +second):\n%s", diff)
	}
	return second
}

// sameAgain asks the same of the other register's export, and whether its file is sound.
func sameAgain(t *testing.T, r *register) {
	t.Helper()
	second := sameOnce(t, r)
	third := second.again()
	if diff := cmp.Diff(second.export(), third.export()); diff != "" {
		t.Errorf("the export of the export differs (-second +third):\n%s", diff)
	}
	intact(t, second.db)
}

func TestAnExportOfTheDemoStoriesImportsToTheSameRegister(t *testing.T) {
	names, err := filepath.Glob("../../fixtures/register/*.json")
	if err != nil || len(names) < 10 {
		t.Fatalf("%d stories: %v", len(names), err)
	}
	r := newRegister(t)
	s, err := store.Create(r.db)
	if err != nil {
		t.Fatal(err)
	}
	err = s.Update(t.Context(), func(tx *store.Tx) error {
		tx.Utled = kilder.Utled
		if err := tx.SetUtstedelsesnoekkel([]byte("a key that everybody knows, 32 b"), 0); err != nil {
			return err
		}
		for _, name := range names {
			if err := tell(tx, name); err != nil {
				return err
			}
		}
		_, err := tx.NyGenerasjon(imported)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	sameAgain(t, r)
}

// tell puts one of the demo register's stories into a register.
func tell(tx *store.Tx, name string) error {
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	var story struct {
		Enheter            []store.Enhet
		GamleArbeidsgivere []store.GammelArbeidsgiver
		Personer           []store.Person
		Arbeidsforhold     []store.Arbeidsforhold
	}
	if err := json.Unmarshal(text, &story); err != nil {
		return err
	}
	return errors.Join(each(story.Enheter, tx.PutEnhet), each(story.GamleArbeidsgivere, tx.PutGammelArbeidsgiver),
		each(story.Personer, tx.PutPerson), each(story.Arbeidsforhold, tx.PutArbeidsforhold))
}

func each[T any](list []T, do func(*T) error) error {
	for i := range list {
		if err := do(&list[i]); err != nil {
			return err
		}
	}
	return nil
}

func TestAnExportOfASyntheticRegisterImportsToTheSameRegister(t *testing.T) {
	size := 3000
	if testing.Short() {
		size = 300
	}
	r, dir := newRegister(t), t.TempDir()
	if err := generer.SkrivFiler(context.Background(), dir, generer.Valg{Personer: size, Seed: 4}, nil); err != nil {
		t.Fatal(err)
	}
	s, err := innlesing.Importer(t.Context(), r.valg(withFiles(dir)))
	if err != nil {
		t.Fatal(err)
	}
	if s.Antall.Personer != size || s.Antall.Arbeidsforhold < 3*size {
		t.Fatalf("made %+v", s.Antall)
	}
	intact(t, sameOnce(t, r).db)
}
