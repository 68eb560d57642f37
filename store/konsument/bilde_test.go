package konsument

import (
	"testing"
	"time"
)

// TestPictureIsInForceUnlookedAtForAsLongAsWasSaid: within it another's change is not seen, one's own always is.
func TestPictureIsInForceUnlookedAtForAsLongAsWasSaid(t *testing.T) {
	one, path := nytt(t)
	other := aapnet(t, path)
	nr := lagt(t, one, avtale(etat))
	quota := func(n int) func(*Konsument) error {
		return func(k *Konsument) error { k.Rettigheter.PersonerPerDoegn = n; return nil }
	}
	seen := func() int { return bilde(t, one).Konsument(nr).Rettigheter.PersonerPerDoegn }
	before := seen()

	one.LookEvery(time.Hour)
	do(t, other.Endre(nr, quota(before+1)))
	if got := seen(); got != before {
		t.Errorf("%d, before anybody has looked again: %d", got, before)
	}
	do(t, one.Endre(nr, quota(before+2)))
	if got := seen(); got != before+2 {
		t.Errorf("%d after an own change, want %d", got, before+2)
	}
	do(t, other.Endre(nr, quota(before+3)))
	one.LookEvery(0)
	if got := seen(); got != before+3 {
		t.Errorf("%d when every call looks, want %d", got, before+3)
	}
}
