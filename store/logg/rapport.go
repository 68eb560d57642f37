package logg

import "fmt"

// Rapport is what Verify found.
type Rapport struct {
	Rader   int64 // how many rows were walked
	Foerste int64 // number of the first of them, 0 when there is none
	Siste   int64 // and of the last
	// Funn is what is wrong, by row number, at most maxFunn of them; Flere is how many more there were.
	Funn  []Funn
	Flere int
	// Uproevd says in words what could not be checked and why: no key, an anchor older than the rows that are kept.
	Uproevd []string
}

// Feilfri says that nothing wrong was found in what could be checked. Look at Uproevd too.
func (r *Rapport) Feilfri() bool { return len(r.Funn) == 0 }

// Funn is one thing that is wrong with a log.
type Funn struct {
	Slag Funnslag
	Nr   int64 // row number that it was found at, 0 when it is none's
}

func (f Funn) String() string { return fmt.Sprintf("row %d: %s", f.Nr, f.Slag) }

// Funnslag is a kind of finding, in words for an operator.
type Funnslag string

// The kinds of findings.
const (
	Hull            Funnslag = "rows before it are missing, or it was put in"
	Kjedebrudd      Funnslag = "it was changed, or what it follows was: its hash is not that of its content"
	Uleselig        Funnslag = "its content cannot be read"
	Tidsbrudd       Funnslag = "the latest time so far does not follow from its time"
	HodeForfalsket  Funnslag = "the head was not written by the holder of the key"
	HodeAvvik       Funnslag = "the head is not the last row: rows were cut off or added"
	StartForfalsket Funnslag = "the start was not written by the holder of the key"
	StartAvvik      Funnslag = "the first row does not follow the start: rows were cut off or put in"
	StartUbegrunnet Funnslag = "rows before the start are gone, and no row says who removed them"
	AnkerAvvik      Funnslag = "an exported anchor is not in the chain: rows were cut off, or the chain was made anew"
	IndeksAvvik     Funnslag = "the index by person does not say what the rows say; it is made anew when its file is removed"
	Skjema          Funnslag = "the tables are not those of a log"
)

// maxFunn is how many findings a report lists.
const maxFunn = 1000
