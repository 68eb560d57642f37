package kontrakt

import "github.com/google/go-cmp/cmp"

// paring is what stands against each other below two elements: a child of each, or of one alone.
type paring struct {
	a, b    *node
	flyttet bool // the same child, at another place
}

// paringer pairs the children of two elements that differ. The same children in the same order say nothing and are
// left out; of the others, the same ones belong together wherever they stand, and then those of one name within a
// stretch without equals. So a row that is missing from a list does not make all rows after it differ.
func paringer(a, b []*node) []paring {
	var pairs []paring
	var alone []strekk
	for _, s := range strekkene(a, b) {
		alone = append(alone, strekk{s.a, s.b})
	}
	pairs = append(pairs, flyttede(alone)...)
	for _, s := range alone {
		pairs = append(pairs, s.etterNavn()...)
	}
	return pairs
}

// strekk is a stretch of children without equals between two that are equal.
type strekk struct{ a, b []*node }

// strekkene are the stretches where two lists differ. What both begin and end with is cut off first, since most
// answers differ in one place; go-cmp finds what else is equal, in time that grows with the lists alone.
func strekkene(a, b []*node) []strekk {
	for len(a) > 0 && len(b) > 0 && a[0].sum == b[0].sum {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1].sum == b[len(b)-1].sum {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	var found []strekk
	i, j := 0, 0
	for _, at := range append(likePar(a, b), [2]int{len(a), len(b)}) {
		if at[0] > i || at[1] > j {
			found = append(found, strekk{a[i:at[0]], b[j:at[1]]})
		}
		i, j = at[0]+1, at[1]+1
	}
	return found
}

// likePar are the positions of equal nodes, in order, as go-cmp aligns the lists.
func likePar(a, b []*node) [][2]int {
	like := &reporter{}
	cmp.Equal(summene(a), summene(b), cmp.Reporter(like))
	return like.pairs
}

func summene(nodes []*node) []string {
	sums := make([]string, len(nodes))
	for i, n := range nodes {
		sums[i] = n.sum
	}
	return sums
}

// reporter listens to go-cmp going through two slices, for the pairs that it found equal.
type reporter struct {
	path  cmp.Path
	pairs [][2]int
}

// PushStep enters an element.
func (r *reporter) PushStep(s cmp.PathStep) { r.path = append(r.path, s) }

// PopStep leaves it.
func (r *reporter) PopStep() { r.path = r.path[:len(r.path)-1] }

// Report tells of one pair.
func (r *reporter) Report(result cmp.Result) {
	if at, ok := r.path.Last().(cmp.SliceIndex); ok && result.Equal() {
		x, y := at.SplitKeys()
		r.pairs = append(r.pairs, [2]int{x, y})
	}
}

// flyttede takes the same children out of stretches where they stand at different places.
func flyttede(all []strekk) []paring {
	where := map[string][]*node{}
	for _, s := range all {
		for _, n := range s.b {
			where[n.sum] = append(where[n.sum], n)
		}
	}
	var pairs []paring
	taken := map[*node]bool{}
	for _, s := range all {
		for _, n := range s.a {
			if same := where[n.sum]; len(same) > 0 {
				pairs = append(pairs, paring{n, same[0], true})
				where[n.sum] = same[1:]
				taken[n], taken[same[0]] = true, true
			}
		}
	}
	for i := range all {
		all[i].a, all[i].b = left(all[i].a, taken), left(all[i].b, taken)
	}
	return pairs
}

func left(nodes []*node, taken map[*node]bool) []*node {
	var rest []*node
	for _, n := range nodes {
		if !taken[n] {
			rest = append(rest, n)
		}
	}
	return rest
}

// etterNavn pairs children of one name, the first with the first.
func (s strekk) etterNavn() []paring {
	where := map[string][]*node{}
	for _, n := range s.b {
		where[n.navn] = append(where[n.navn], n)
	}
	var pairs []paring
	taken := map[*node]bool{}
	for _, n := range s.a {
		p := paring{a: n}
		if same := where[n.navn]; len(same) > 0 {
			p.b, where[n.navn] = same[0], same[1:]
			taken[p.b] = true
		}
		pairs = append(pairs, p)
	}
	for _, n := range left(s.b, taken) {
		pairs = append(pairs, paring{b: n})
	}
	return pairs
}
