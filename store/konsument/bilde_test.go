package konsument

import "testing"

// TestPictureIsOfTheLastCommit: a change is in the next picture, whoever made it, however soon that is asked for.
func TestPictureIsOfTheLastCommit(t *testing.T) {
	one, path := nytt(t)
	other := aapnet(t, path)
	nr := lagt(t, one, avtale(etat))
	want := bilde(t, one).Konsument(nr).Rettigheter.PersonerPerDoegn
	if one.commits == nil {
		t.Fatal("SQLite does not tell of the last commit: each picture costs a question")
	}
	for range 100 {
		for _, r := range []*Register{other, one} {
			want++
			do(t, r.Endre(nr, func(k *Konsument) error { k.Rettigheter.PersonerPerDoegn = want; return nil }))
			if got := bilde(t, one).Konsument(nr).Rettigheter.PersonerPerDoegn; got != want {
				t.Fatalf("%d after a change, want %d", got, want)
			}
			if first, second := bilde(t, one), bilde(t, one); first != second {
				t.Error("what nobody changed was read anew")
			}
		}
	}
}
