package wsdl

import (
	"strings"
	"testing"

	"aareg/wsdl/felt"

	"github.com/beevik/etree"
)

func everything(felt.Rad) bool { return true }

// dialects are both, with the files of their schemas.
var dialects = map[felt.Dialekt]struct{ schema, envelope string }{
	felt.Spek:  {"Aareg2.xsd", "testdata/envelope.xsd"},
	felt.D2015: {"Aareg2_2015.xsd", "testdata/envelope_2015.xsd"},
}

// inEachDialect runs a test for both.
func inEachDialect(t *testing.T, test func(t *testing.T, d felt.Dialekt)) {
	t.Helper()
	for d := range dialects {
		t.Run(string(d), func(t *testing.T) { test(t, d) })
	}
}

// documents calls f for each of a dialect's twelve roots with its declared rows.
func documents(d felt.Dialekt, f func(o felt.Operasjon, retning string, rows []felt.Rad)) {
	for _, o := range d.Operations() {
		for _, retning := range []string{felt.Request, felt.Respons} {
			f(o, retning, felt.Declared(felt.Select(d.Table(), o.Navn, retning)))
		}
	}
}

func TestSchemaAcceptsWhatTheContractAllows(t *testing.T) { inEachDialect(t, schemaAccepts) }

func schemaAccepts(t *testing.T, d felt.Dialekt) {
	var all []candidate
	documents(d, func(o felt.Operasjon, retning string, rows []felt.Rad) {
		name := o.Navn + " " + retning
		all = append(all, candidate{name + " full", full(d, o, retning, everything), true},
			candidate{name + " with the mandatory alone", full(d, o, retning, func(r felt.Rad) bool {
				return r.Mandatory() && r.Blokk == ""
			}), true})
		empty := full(d, o, retning, everything)
		for _, r := range rows {
			if !r.IsGroup() && mayBeEmpty(r) {
				at(empty, r).SetText("")
			}
		}
		all = append(all, candidate{name + " with empty leaves", empty, true})
		for _, r := range rows {
			if r.IsGroup() {
				continue
			}
			for _, value := range sampleOf(r).good[1:] {
				root := full(d, o, retning, everything)
				at(root, r).SetText(value)
				all = append(all, candidate{name + " " + r.Sti + " " + value, root, true})
			}
		}
	})
	judge(t, dialects[d].schema, all)
	t.Logf("%d documents accepted", len(all))
}

// TestSchemaCatchesEachSpoiledRow takes every row in turn out of a document
// that is valid otherwise, and spoils it in each way that applies.
func TestSchemaCatchesEachSpoiledRow(t *testing.T) { inEachDialect(t, schemaCatches) }

func schemaCatches(t *testing.T, d felt.Dialekt) {
	var all []candidate
	leaves, total, counts := 0, 0, map[string]int{}
	documents(d, func(o felt.Operasjon, retning string, rows []felt.Rad) {
		for _, r := range rows {
			total++
			if !r.IsGroup() {
				leaves++
			}
			for how, spoil := range ways(r) {
				root := full(d, o, retning, everything)
				if !spoil(at(root, r)) {
					continue
				}
				kind, _, _ := strings.Cut(how, " ")
				counts[kind]++
				all = append(all, candidate{o.Navn + " " + retning + " " + r.Sti + " " + how, root, false})
			}
		}
	})
	judge(t, dialects[d].schema, all)
	t.Logf("%d rows, %d of them leaves; refused: %d documents, %v", total, leaves, len(all), counts)
	if counts["renamed"] != 280 {
		t.Errorf("%d rows renamed, want 280", counts["renamed"])
	}
	for _, how := range []string{"removed", "malformed", "moved", "emptied", "nested", "repeated"} {
		if counts[how] == 0 {
			t.Errorf("nothing was %s", how)
		}
	}
}

// ways are the sabotages of a row, each telling whether it was possible there.
func ways(r felt.Rad) map[string]func(*etree.Element) bool {
	w := map[string]func(*etree.Element) bool{
		"renamed": func(e *etree.Element) bool { e.Tag += "X"; return true },
		"moved":   move,
	}
	if r.Mandatory() && r.Blokk == "" {
		w["removed"] = func(e *etree.Element) bool { e.Parent().RemoveChild(e); return true }
	}
	if !r.Repeats() {
		w["repeated"] = func(e *etree.Element) bool { e.Parent().InsertChildAt(e.Index(), e.Copy()); return true }
	}
	if r.IsGroup() {
		return w
	}
	w["nested"] = func(e *etree.Element) bool { e.CreateElement("barn"); return true }
	if !mayBeEmpty(r) {
		w["emptied"] = func(e *etree.Element) bool { e.SetText(""); return true }
	}
	for _, value := range sampleOf(r).bad {
		w["malformed "+value] = func(e *etree.Element) bool { e.SetText(value); return true }
	}
	return w
}

// move puts an element at the other end of its parent; an only child stays.
func move(e *etree.Element) bool {
	parent := e.Parent()
	siblings := parent.ChildElements()
	if siblings[0].Tag == siblings[len(siblings)-1].Tag {
		return false
	}
	parent.RemoveChild(e)
	if siblings[0] == e {
		parent.AddChild(e)
	} else {
		parent.InsertChildAt(0, e)
	}
	return true
}

func TestRowsOfTheDataBlockAreOptionalInTheSchema(t *testing.T) {
	inEachDialect(t, rowsOfTheDataBlockAreOptional)
}

func rowsOfTheDataBlockAreOptional(t *testing.T, d felt.Dialekt) {
	var all []candidate
	documents(d, func(o felt.Operasjon, retning string, rows []felt.Rad) {
		for _, r := range rows {
			if r.Blokk == "" {
				continue
			}
			all = append(all, candidate{o.Navn + " without " + r.Sti,
				full(d, o, retning, func(other felt.Rad) bool { return other.Sti != r.Sti }), true})
		}
	})
	judge(t, dialects[d].schema, all)
	t.Logf("%d rows of the data blocks left out", len(all))
}
