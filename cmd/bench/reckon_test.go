package main

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestMedianIsTheMiddle(t *testing.T) {
	for _, c := range []struct {
		list []float64
		want float64
	}{{nil, 0}, {[]float64{3}, 3}, {[]float64{9, 1}, 5}, {[]float64{5, 100, 1}, 5}, {[]float64{4, 1, 2, 100}, 3}} {
		if got := median(c.list); got != c.want {
			t.Errorf("of %v: %v, want %v", c.list, got, c.want)
		}
	}
}

func TestPercentileHasSoManyWithinIt(t *testing.T) {
	var list []time.Duration
	for i := range 200 {
		list = append(list, time.Duration(200-i))
	}
	for p, want := range map[int]time.Duration{50: 100, 99: 198, 100: 200} {
		if got := percentile(list, p); got != want {
			t.Errorf("%d %%: %d, want %d", p, got, want)
		}
	}
	if got := percentile([]time.Duration{7}, 99); got != 7 {
		t.Errorf("of one: %d", got)
	}
}

// TestFewAnswersAreAsLongAsMany: few of them are very long.
func TestFewAnswersAreAsLongAsMany(t *testing.T) {
	var answers [][]byte
	sum := 0
	for i := range looked {
		answers = append(answers, make([]byte, 2000+i*i*7%3000+i/40*1000))
		sum += len(answers[i])
	}
	few, fewSum := evenly(slices.Clone(answers)), 0
	for _, answer := range few {
		fewSum += len(answer)
	}
	if many, some := float64(sum)/looked, float64(fewSum)/float64(len(few)); len(few) != looked/alike || math.Abs(some/many-1) > 0.02 {
		t.Errorf("%d answers of %v bytes stand for %d of %v", len(few), some, looked, many)
	}
	if got := evenly(answers[:alike]); len(got) != alike {
		t.Errorf("of %d answers %d are left", alike, len(got))
	}
}

func TestFigureIsJudgedByItsFloorAndItsAim(t *testing.T) {
	number := func(n float64) *float64 { return &n }
	for _, c := range []struct {
		v    verdict
		want string
	}{
		{verdict{Floor: 0.5, Aim: 0.7}, notMeasured},
		{verdict{Floor: 0.5, Aim: 0.7, Measured: number(0.49)}, belowFloor},
		{verdict{Floor: 0.5, Aim: 0.7, Measured: number(0.5)}, floorHeld},
		{verdict{Floor: 0.5, Aim: 0.7, Measured: number(0.7)}, aimReached},
		{verdict{Floor: 8, Aim: 4, Less: true, Measured: number(8.1)}, belowFloor},
		{verdict{Floor: 8, Aim: 4, Less: true, Measured: number(5)}, floorHeld},
		{verdict{Floor: 8, Aim: 4, Less: true, Measured: number(4)}, aimReached},
		{verdict{Less: true, Measured: number(0)}, aimReached},
		{verdict{Stated: true, Measured: number(7)}, statedOnly},
	} {
		if c.v.judge(); c.v.Verdict != c.want {
			t.Errorf("%+v, want %s", c.v, c.want)
		}
		if got := missedAny([]verdict{{Verdict: aimReached}, c.v}); got != (c.want == belowFloor) {
			t.Errorf("%s counts as missed: %v", c.want, got)
		}
	}
}

func TestRatioIsOfRoundsOrWhereTheMachineIsBusyOfProcessorTime(t *testing.T) {
	fast := &measured{Shape: "s", Run: "fast", rounds: []float64{100, 10, 90}, CPU: 10, Busy: 0.95}
	slow := &measured{Shape: "s", Run: "slow", rounds: []float64{50, 5, 30}, CPU: 40, Busy: 0.95}
	r := results{fast, slow}
	if got, byCPU := r.ratio("s", "slow", "fast"); *got != 0.5 || byCPU {
		t.Errorf("%v, by processor time %v", *got, byCPU)
	}
	slow.Busy = 0.5
	if got, byCPU := r.ratio("s", "slow", "fast"); *got != 0.25 || !byCPU {
		t.Errorf("%v, by processor time %v", *got, byCPU)
	}
	if got, _ := r.ratio("s", "slow", "none"); got != nil {
		t.Errorf("of what was not measured: %v", *got)
	}
}

func TestTableIsMarkdownWithNumbersToTheRight(t *testing.T) {
	var text strings.Builder
	table{Title: "Årstall", Words: 1, Rows: [][]string{{"ord", "n"}, {"blå", "7"}, {"grønn", "1000"}}}.markdown(&text)
	want := `## Årstall

| ord   |    n |
| ----- | ---: |
| blå   |    7 |
| grønn | 1000 |

`
	if diff := cmp.Diff(want, text.String()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestBenchmarksAreReadByTheirMetrics(t *testing.T) {
	const text = `goos: linux
BenchmarkGate/small 	   15204	     78012 ns/op	       0.41 x-tokenloop	 7.94 MB/s
BenchmarkGate/with_credentials 	    5204	    178012 ns/op	       0.52 x-tokenloop
PASS
`
	list := parseStages(text)
	if len(list) != 2 || list[0].name != "Gate/small" || list[0].metrics["ns/op"] != 78012 {
		t.Fatalf("%+v", list)
	}
	if got := worst(list, "x-tokenloop"); got == nil || *got != 0.52 {
		t.Errorf("the worst: %v", got)
	}
	if got := worst(list, "x-etree"); got != nil {
		t.Errorf("of none: %v", *got)
	}
}

func TestNearestAreWithinAFiftiethButOneAlways(t *testing.T) {
	list := []antallet{{"a", 40_000}, {"b", 1021}, {"c", 1010}, {"d", 1000}, {"e", 985}, {"f", 3}}
	for _, c := range []struct {
		n, most int
		want    []string
	}{{1000, 8, []string{"d", "c", "e"}}, {1000, 2, []string{"d", "c"}}, {10_000, 8, []string{"b"}}, {4, 1, []string{"f"}}} {
		if diff := cmp.Diff(c.want, names(nearest(list, c.n, c.most))); diff != "" {
			t.Errorf("near %d (-want +got)\n%s", c.n, diff)
		}
	}
}
