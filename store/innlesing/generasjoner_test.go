package innlesing_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/store"
	"aareg/store/innlesing"
)

func TestOneGenerationBeforeIsKeptAndNoneOlder(t *testing.T) {
	r := newRegister(t)
	for n := range 4 {
		s := r.take(lines(formA(48000001, uuid(1), blid), formA(int64(48000002+n), uuid(2+n), ulv)), full, shrinking)
		if s.Generasjon != n+1 {
			t.Errorf("generation %d, want %d", s.Generasjon, n+1)
		}
	}
	if s := r.take(lines(formA(48000001, uuid(1), blid))); s.Generasjon != 5 {
		t.Errorf("generation %d, want 5", s.Generasjon)
	}
	if diff := cmp.Diff([]string{"aareg.db", "aareg.db.g3", "aareg.db.g4", "aareg.db.lock"}, r.beside()); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
	before, err := store.Forrige(r.db)
	if err != nil || filepath.Base(before) != "aareg.db.g3" {
		t.Errorf("the one before is %s: %v", before, err)
	}
	want := []string{"48000001 000000000001 " + blid, "48000004 000000000004 " + ulv}
	if diff := cmp.Diff(want, (&register{t, before}).jobber()); diff != "" {
		t.Errorf("the one before (-want +got):\n%s", diff)
	}
	for _, name := range r.beside() {
		private(t, filepath.Join(filepath.Dir(r.db), name))
	}
}

func TestWhatAnImportThatDiedHasLeftIsRemoved(t *testing.T) {
	for mode, choice := range modes {
		t.Run(mode, func(t *testing.T) {
			r := known(t)
			r.take(lines(formA(48000005, uuid(5), blid)), full, shrinking)
			want := r.beside()
			if mode == "full" {
				want = slices.Replace(want, 1, 3, "aareg.db.g2", "aareg.db.g4")
			}
			for _, left := range []string{".g9.ny", ".g9.ny-journal", ".ny", ".g3"} {
				if err := os.WriteFile(r.db+left, []byte("half a register"), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			r.take(lines(formA(48000006, uuid(6), blid)), choice)
			if diff := cmp.Diff(want, r.beside()); diff != "" {
				t.Errorf("files (-want +got):\n%s", diff)
			}
			intact(t, r.db)
		})
	}
}

func TestARegisterThatIsAPlainFileIsReloaded(t *testing.T) {
	for mode, choice := range modes {
		t.Run(mode, func(t *testing.T) {
			r := newRegister(t)
			s, err := store.Create(r.db)
			if err != nil {
				t.Fatal(err)
			}
			err = s.Update(t.Context(), func(tx *store.Tx) error {
				return tx.PutPerson(&store.Person{Foedselsnr: ulv, Navn: store.Navn{Etternavn: "Rev"}})
			})
			if err != nil {
				t.Fatal(err)
			}
			r.take(lines(formPDL("Ulv", "", blid)), choice)
			if another, err := s.Refresh(t.Context()); err != nil || another != (mode == "full") {
				t.Errorf("whoever reads it was given another file: %v, %v", another, err)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			want := []store.Person{pdl("Ulv", 0, blid), {Foedselsnr: ulv, Navn: store.Navn{Etternavn: "Rev"}}}
			got := r.personer()
			slices.SortFunc(got, func(x, y store.Person) int { return strings.Compare(y.Foedselsnr, x.Foedselsnr) })
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			r.take(lines(formPDL("Ulv", "", blid)), choice)
			for _, name := range r.beside() {
				private(t, filepath.Join(filepath.Dir(r.db), name))
			}
			if n := len(r.beside()); n != map[string]int{"full": 4, "incremental": 2}[mode] {
				t.Errorf("files %q", r.beside())
			}
		})
	}
}

// traces are the texts and keys that the names and numbers of somebody have left in a register, in any table.
func traces(t *testing.T, r *register, numbers ...string) (found [][]byte) {
	t.Helper()
	db := open(t, r.db)
	defer db.Close()
	for _, query := range []string{
		`SELECT etternavn, ord, fonetisk, fra FROM personnavn JOIN aktoer USING (aktoer) JOIN etternavn USING (liste) WHERE nummer = ?1`,
		`SELECT tekst, ord, fonetisk, nummer FROM enhetsnavn JOIN aktoer USING (aktoer) WHERE nummer = ?1`,
	} {
		for _, nummer := range numbers {
			names, err := db.Query(query, nummer)
			if err != nil {
				t.Fatal(err)
			}
			defer names.Close()
			for names.Next() {
				var a, b, c, d []byte
				if err := names.Scan(&a, &b, &c, &d); err != nil {
					t.Fatal(err)
				}
				found = append(found, a, b, c, d)
			}
		}
	}
	for _, nummer := range numbers {
		found = append(found, []byte(nummer))
	}
	return found
}

func TestARemovalReachesTheGenerationBefore(t *testing.T) {
	gone := formA(48000001, uuid(1), saa, "2020-02")
	gone["arbeidssted"] = obj{"type": "Underenhet", "identer": []obj{{"type": "ORGANISASJONSNUMMER", "ident": kiosk}}}
	everything := []obj{formEnhet(komm, "KOMMUNEN", "KOMM", ""), formEnhet(skole, "SKOLEN", "BEDR", komm),
		formEnhet(kiosk, "ZWINGLIKIOSKEN", "BEDR", komm).with(obj{"historiskeNavn": []obj{{"navn": "XYLOFONKIOSKEN"}}}),
		formPDL("Qvistgaard", "FORTROLIG", saa, foerst), formPDL("Rev", "", ulv), gone, formA(48000002, uuid(2), ulv, "2020-02")}
	removals := []obj{slettPerson(saa), brreg(7, "Fjernet", kiosk), {"slett": obj{"navUuid": uuid(1)}}}
	rest := []obj{everything[0], everything[1], everything[4], everything[6]}
	for name, imports := range map[string]steg{
		"incremental":                    {om(everything...), omFull(everything...), om(removals...)},
		"incremental, with records":      {om(everything...), omFull(everything...), om(append(removals, everything...)...)},
		"full":                           {om(everything...), omFull(everything...), omFull(append(removals, rest...)...)},
		"full, with what is removed":     {om(everything...), omFull(everything...), omFull(append(removals, everything...)...)},
		"full, of removals alone":        {om(everything...), omFull(everything...), omFull(removals...)},
		"the person after all else":      {om(everything...), omFull(everything...), om(removals[1:]...), om(removals[0])},
		"the person before all else":     {om(everything...), omFull(everything...), om(removals[0]), om(removals[1:]...)},
		"of what the last import forgot": {om(everything...), omFull(rest...), om(removals...)},
	} {
		t.Run(name, func(t *testing.T) { forgets(t, imports, false) })
		t.Run(name+", while it is served", func(t *testing.T) { forgets(t, imports, true) })
	}
}

// forgets makes a register with the first import, and fails when the others leave a trace of what they remove.
func forgets(t *testing.T, imports steg, served bool) {
	t.Helper()
	r := newRegister(t)
	imports[0](r)
	sought := traces(t, r, saa, foerst, kiosk)
	if len(sought) != 3*4+3 {
		t.Fatalf("%d traces to look for", len(sought))
	}
	if left := inFiles(t, r, sought); len(left) < len(sought) {
		t.Fatalf("of %d traces %d are in the files before: the search does not find", len(sought), len(left))
	}
	if served {
		s, err := store.Open(r.db)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
	}
	for _, take := range imports[1:] {
		take(r)
	}
	for _, l := range inFiles(t, r, sought) {
		t.Error(l)
	}
	before, err := store.Forrige(r.db)
	if err != nil || before == "" {
		t.Fatalf("no generation before: %v", err)
	}
	for _, file := range []string{r.db, before} {
		here := &register{t, file}
		if diff := cmp.Diff([]string{"48000002 000000000002 " + ulv + " [2020-01-01 ]"}, here.jobber()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", filepath.Base(file), diff)
		}
		if err := store.Read(t.Context(), file, func(tx *store.Tx) error { return tx.Integrity() }); err != nil {
			t.Error(err)
		}
	}
}

// inFiles are the files of a register, logs and what lies beside them included, that hold what is sought.
func inFiles(t *testing.T, r *register, sought [][]byte) (found []string) {
	t.Helper()
	names, err := filepath.Glob(r.db + ".g*")
	if err != nil || len(names) == 0 {
		t.Fatalf("no files: %v", err)
	}
	for _, name := range names {
		holds, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, "-wal") && len(holds) > 0 {
			found = append(found, filepath.Base(name)+" holds pages of before")
		}
		for i, trace := range sought {
			if bytes.Contains(holds, trace) {
				found = append(found, filepath.Base(name)+" holds "+string(sought[i]))
			}
		}
	}
	return found
}

func TestAnImportThatIsStoppedLeavesTheRegisterAsItWasOrIsDone(t *testing.T) {
	for _, test := range []struct {
		mode, phase string
		done        bool
	}{
		{"incremental", "write", false}, {"incremental", "swap", true}, {"full", "write", false}, {"full", "derive", false},
		{"full", "check", false}, {"full", "swap", true},
	} {
		t.Run(test.mode+", "+test.phase, func(t *testing.T) {
			r := known(t)
			before, files := r.dump(), r.beside()
			ctx, stop := context.WithCancel(t.Context())
			defer stop()
			file := r.file(formA(48000005, uuid(5), blid).String())
			_, err := innlesing.Importer(ctx, r.valg(modes[test.mode], withFiles(file), func(v *innlesing.Valg) {
				v.Fase = func(at string) {
					if at == test.phase {
						stop()
					}
				}
			}))
			if ctx.Err() == nil {
				t.Fatal("there is no such phase")
			}
			if test.done {
				if err != nil || !slices.Contains(r.jobber(), "48000005 000000000005 "+blid) {
					t.Errorf("error %v, arbeidsforhold %q", err, r.jobber())
				}
				return
			}
			if !errors.Is(err, context.Canceled) {
				t.Errorf("error %v", err)
			}
			unchanged(t, r, before, files)
		})
	}
}
