package konsument

import (
	"testing"

	"github.com/alexedwards/argon2id"
	"github.com/google/go-cmp/cmp"
)

func TestNobodysHashIsAsDearAsOthersAndNewEachTime(t *testing.T) {
	first, next := Nobodys(), Nobodys()
	if first == next {
		t.Error("twice the same")
	}
	match, params, err := argon2id.CheckHash("", first)
	if match || err != nil {
		t.Errorf("compared with a password: %v, %v", match, err)
	}
	if diff := cmp.Diff(kostnad, params); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	one, err := Hash("a password")
	if err != nil {
		t.Fatal(err)
	}
	if len(one) != len(first) {
		t.Errorf("%d bytes, others %d", len(first), len(one))
	}
}
