package soap

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestQuestionsOfOneMomentShareADeadlineThatGivesEachItsTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := deadlines{patience: time.Second}
		first := d.next()
		time.Sleep(sharedFor - time.Millisecond)
		if d.next() != first {
			t.Error("a question of the same moment has a deadline of its own")
		}
		time.Sleep(time.Millisecond)
		later := d.next()
		if later == first {
			t.Error("a later question has the deadline of an earlier one")
		}
		time.Sleep(time.Second - time.Millisecond) // the last who got the first one began a second ago
		if first.Err() != nil {
			t.Errorf("it ended before its time: %v", first.Err())
		}
		time.Sleep(time.Millisecond)
		synctest.Wait()
		if first.Err() == nil || later.Err() != nil {
			t.Errorf("the first is %v, the later one %v", first.Err(), later.Err())
		}
		time.Sleep(time.Second + sharedFor) // until no timer is left
	})
}
