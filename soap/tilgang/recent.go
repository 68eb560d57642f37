package tilgang

import "time"

// recent is a map of what has happened lately: an entry stays for at least life after it was put, less only when there
// is no room, and for at most twice that. It holds two generations, so that forgetting costs nothing and no flood makes
// it larger than max entries. It is not safe for concurrent use.
type recent[K comparable, V any] struct {
	life        time.Duration
	max         int
	turned      time.Time
	now, before map[K]V
}

func newRecent[K comparable, V any](life time.Duration, max int) recent[K, V] {
	return recent[K, V]{life: life, max: max, now: map[K]V{}}
}

// turn begins a new generation when the one in use is old.
func (r *recent[K, V]) turn(at time.Time) {
	age := at.Sub(r.turned)
	if age < r.life {
		return
	}
	if r.before = r.now; age >= 2*r.life {
		r.before = nil
	}
	r.now, r.turned = map[K]V{}, at
}

func (r *recent[K, V]) get(key K, at time.Time) (v V, found bool) {
	r.turn(at)
	if v, found = r.now[key]; !found {
		v, found = r.before[key]
	}
	return v, found
}

// full says that put would forget what is not old yet.
func (r *recent[K, V]) full(at time.Time) bool {
	r.turn(at)
	return len(r.now) >= r.max/2
}

func (r *recent[K, V]) put(key K, v V, at time.Time) {
	if _, known := r.now[key]; !known && r.full(at) {
		r.before, r.now, r.turned = r.now, map[K]V{}, at
	}
	r.now[key] = v
}

// clear forgets everything.
func (r *recent[K, V]) clear() {
	r.now, r.before = map[K]V{}, nil
}
