package soap

import (
	"testing"
)

// TestStagesAllocateNoMoreThanStated: what a stage of the border allocates for a question is stated here and in the
// package's documentation. It may fall.
func TestStagesAllocateNoMoreThanStated(t *testing.T) {
	stated := map[string]map[string]float64{
		"small": {"gate": 1, "generated type": 1},
		"with credentials": {
			"gate":           3, // the text, and a list of attributes for each of the two tags that have some
			"envelope":       1, // the list of header blocks
			"header blocks":  3,
			"generated type": 1,
		},
	}
	for _, q := range stageQuestions {
		for _, stage := range stages(q.document) {
			if stage.name == "exchange" { // its request and its answer are the test's own
				continue
			}
			t.Run(q.name+", "+stage.name, func(t *testing.T) {
				got := testing.AllocsPerRun(200, func() {
					if err := stage.run(); err != nil {
						t.Fatal(err)
					}
				})
				if want := stated[q.name][stage.name]; got > want {
					t.Errorf("%v allocations, %v are stated", got, want)
				}
			})
		}
	}
}
