package logg

import "testing"

// TestAGroupWaitsForThoseWhoCameOfLate: in a busy time for as many as were under way at once, for fewer when they
// do not come, and after a pause only for those who are announced.
func TestAGroupWaitsForThoseWhoCameOfLate(t *testing.T) {
	k := koe{vekk: make(chan struct{}, 1)}
	row := func() { k.still(&oppdrag{svar: make(chan error, 1)}) }
	taken := func(patient bool) int { return len(k.ta(patient)) }
	round := func(rows int) {
		t.Helper()
		for range rows {
			k.meld(1)
		}
		for range rows {
			row()
		}
		if got := taken(true); got != rows {
			t.Fatalf("a group of %d, want %d", got, rows)
		}
		for range rows {
			k.meld(-1)
		}
	}
	round(3)
	k.meld(1)
	row()
	if got := taken(true); got != 0 {
		t.Errorf("%d did not wait for the one more that came of late", got)
	}
	k.glem()
	if got := taken(true); got != 1 {
		t.Errorf("a group of %d after a pause, want 1", got)
	}
	k.meld(-1)

	round(3)
	k.meld(1)
	for range 2 {
		row()
		if got := taken(true); got != 0 {
			t.Errorf("a group of %d before the time was up, want none", got)
		}
		if got := taken(false); got != 1 {
			t.Errorf("a group of %d when the time was up, want 1", got)
		}
	}
	row()
	if got := taken(true); got != 1 {
		t.Errorf("a group of %d when the others have not come for two groups, want 1", got)
	}
	k.meld(-1)
}

// TestARowThatIsTakenBackIsInNoGroup, and no group is woken for rows that are not there.
func TestARowThatIsTakenBackIsInNoGroup(t *testing.T) {
	k := koe{vekk: make(chan struct{}, 1)}
	mine, other := &oppdrag{}, &oppdrag{}
	k.still(mine)
	k.still(other)
	if !k.trekk(mine) || k.trekk(mine) {
		t.Error("a row was not taken back once")
	}
	if got := k.ta(true); len(got) != 1 || got[0] != other {
		t.Errorf("a group of %d", len(got))
	}
	if k.trekk(other) || k.ta(false) != nil || k.bytes != 0 {
		t.Error("a row is in the queue and in a group")
	}
}
