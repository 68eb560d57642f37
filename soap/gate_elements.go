package soap

import "sync"

// slabSize is how many elements are allocated at once: more than most questions have.
const slabSize = 32

func newParser() *parser {
	p := &parser{names: newScope(), open: make([]openElement, 0, maxDepth), kept: make([]element, slabSize)}
	p.slab = p.kept
	return p
}

// parsers are those that nobody uses.
var parsers = sync.Pool{New: func() any { return newParser() }}

// release gives the parser back; its tree may not be looked at after that. One that has read an unusual document is
// left to the garbage collector.
func (p *parser) release() {
	if p.elements > slabSize || cap(p.names.undo) > slabSize {
		return
	}
	p.forget()
	parsers.Put(p)
}

// forget lets go of the document, which what was made of it holds slices of.
func (p *parser) forget() {
	clear(p.kept[:p.elements])
	open := p.open[:cap(p.open)]
	for i := 0; i < len(open) && open[i].element != nil; i++ {
		open[i] = openElement{}
	}
	clear(p.given[:cap(p.given)])
	p.names.forget()
	*p = parser{names: p.names, open: p.open[:0], given: p.given[:0], kept: p.kept, slab: p.kept}
}

func (p *parser) newElement() *element {
	if len(p.slab) == 0 {
		p.slab = make([]element, slabSize)
	}
	e := &p.slab[0]
	p.slab = p.slab[1:]
	return e
}

// link makes an element the root, or the next child of the one that is open.
func (p *parser) link(e *element) {
	if len(p.open) == 0 {
		p.root = e
		return
	}
	parent := &p.open[len(p.open)-1]
	if parent.last == nil {
		parent.element.First = e
	} else {
		parent.last.Next = e
	}
	parent.last = e
}

// add adds a piece of text as written. The first piece of an element is a slice of the document where it can be.
func (o *openElement) add(raw string) (err error) {
	plain := !containsAny(raw, "&\r")
	if plain && o.element.Text == "" && len(o.glued) == 0 {
		o.element.Text = raw
		return nil
	}
	o.glue()
	if plain {
		o.glued = append(o.glued, raw...)
		return nil
	}
	o.glued, err = appendResolved(o.glued, raw, "")
	return err
}

// glue makes ready for another piece.
func (o *openElement) glue() {
	if len(o.glued) == 0 {
		o.glued = append(o.glued, o.element.Text...)
	}
}
