package kontrakt

import (
	"strconv"
	"strings"

	"github.com/beevik/etree"
)

// telling judges antall and antallTot against the elements that they count, which stand beside them.
func (d *dom) telling(e *etree.Element, sti, kode string) {
	shown := 0
	for _, child := range e.ChildElements() {
		r, known := d.radFor(child, sti)
		if !known || !r.IsGroup() {
			continue
		}
		if r.Repeats() {
			shown++
		}
		d.telling(child, r.Sti, kode)
	}
	if e.SelectElement("antall") == nil {
		return
	}
	antall, _ := strconv.Atoi(textAt(e, "antall"))
	total, err := strconv.Atoi(textAt(e, "antallTot"))
	switch at := strings.TrimPrefix(sti+"/antall", "/"); {
	case sti == "" && kode == "trunkert": // § 2.4 counts what was found
		if antall <= shown {
			d.meld("telling", d.nummer(at), at, "%d found, %d shown, and yet trunkert", antall, shown)
		}
	case antall != shown:
		d.meld("telling", d.nummer(at), at, "is %d, shown are %d", antall, shown)
	case err == nil && (total < antall || kode == "trunkert" && total == antall):
		d.meld("telling", d.nummer(at+"Tot"), at+"Tot", "is %d, antall %d, statuskode %s", total, antall, kode)
	}
}
