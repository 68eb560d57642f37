package products

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"github.com/beevik/etree"
	"github.com/google/go-cmp/cmp"

	"aareg/fixtures"
	"aareg/store"
)

// ferdigUttrekk says whether an extract is whole, as whoever gets it would find out.
func ferdigUttrekk(format string, b []byte) bool {
	switch format {
	case "csv":
		rows, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
		return err == nil && len(rows) > 0 && rows[len(rows)-1][0] == "ferdig"
	case "xml":
		d := xml.NewDecoder(bytes.NewReader(b))
		for {
			if _, err := d.Token(); err != nil {
				return err == io.EOF
			}
		}
	}
	var last struct{ Ferdig bool }
	return json.Unmarshal(lastLine(b), &last) == nil && last.Ferdig
}

// flat is a record as paths and texts; entries of lists are numbered: "permisjoner 0 id".
type flat map[string]string

// fromNDJSON reads records, by nr.
func fromNDJSON(t *testing.T, b []byte) (records []flat) {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	for {
		var v map[string]any
		if err := d.Decode(&v); err == io.EOF {
			return records
		} else if err != nil {
			t.Fatal(err)
		}
		if v["ferdig"] == true {
			continue
		}
		f := flat{}
		f.add("", v)
		records = append(records, f)
	}
}

func (f flat) add(sti string, v any) {
	switch v := v.(type) {
	case map[string]any:
		for navn, under := range v {
			f.add(strings.TrimPrefix(sti+"."+navn, "."), under)
		}
	case []any:
		for i, ledd := range v {
			f[sti+" "+string(rune('0'+i))] = "" // an entry without a value is one
			f.add(sti+" "+string(rune('0'+i)), ledd)
		}
	case json.Number:
		f[sti] = v.String()
	case string:
		f[sti] = v
	}
}

// fromCSV reads the same records out of rows.
func fromCSV(t *testing.T, b []byte, comma rune) (records []flat) {
	t.Helper()
	r := csv.NewReader(bytes.NewReader(b))
	r.Comma = comma
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	lister := map[string]string{}
	for _, g := range uttrekksgrupper {
		lister[string(g.radtype)] = g.liste
	}
	ledd := map[string]int{}
	for _, row := range rows[1 : len(rows)-1] {
		if row[0] == "utfall" { // of somebody who has no record
			continue
		}
		if row[0] == string(RadArbeidsforhold) {
			records, ledd = append(records, flat{}), map[string]int{}
		}
		f, liste := records[len(records)-1], lister[row[0]]
		entry := liste + " " + string(rune('0'+ledd[liste]))
		if liste != "" {
			f[entry] = ""
			ledd[liste]++
		}
		for n, cell := range row[1:] {
			navn := rows[0][n+1]
			if len(cell) > 1 && cell[0] == '\'' {
				cell = cell[1:]
			}
			if liste != "" {
				navn = strings.Replace(navn, liste+".", entry+".", 1)
			}
			if cell != "" {
				f[navn] = cell
			}
		}
	}
	return records
}

// TestCSVSaysWhatNDJSONSays, and XML too, of stories with every kind of entry.
func TestCSVSaysWhatNDJSONSays(t *testing.T) {
	s := demoregister(t)
	kinds := map[string]bool{}
	for name, u := range demouttrekkene {
		u.Form = formene["ndjson"]
		lines, _ := uttrukket(t, s, demosyn, u)
		want := fromNDJSON(t, lines)
		for comma, form := range map[rune]Uttrekksform{',': {Format: "csv"}, ';': {Format: "csv", Semikolon: true}} {
			u.Form = form
			rows, _ := uttrukket(t, s, demosyn, u)
			if diff := cmp.Diff(want, fromCSV(t, rows, comma)); diff != "" {
				t.Errorf("%s: CSV with %c (-NDJSON +CSV):\n%s", name, comma, diff)
			}
		}
		u.Form = formene["xml"]
		doc, _ := uttrukket(t, s, demosyn, u)
		if diff := cmp.Diff(want, fromXML(t, doc)); diff != "" {
			t.Errorf("%s: XML (-NDJSON +XML):\n%s", name, diff)
		}
		for _, record := range want {
			for sti := range record {
				before, _, list := strings.Cut(sti, " ")
				kinds[before] = list
			}
		}
	}
	for _, g := range uttrekksgrupper[1:] {
		if !kinds[g.liste] {
			t.Errorf("no story has %s", g.liste)
		}
	}
}

func fromXML(t *testing.T, b []byte) (records []flat) {
	t.Helper()
	doc := etree.NewDocument()
	if err := doc.ReadFromBytes(b); err != nil {
		t.Fatal(err)
	}
	if ns := doc.Root().NamespaceURI(); ns != Uttrekksnavnerom {
		t.Errorf("namespace %q", ns)
	}
	lister := map[string]bool{}
	for _, g := range uttrekksgrupper {
		lister[g.liste] = true
	}
	for _, a := range doc.Root().SelectElements("arbeidsforhold") {
		f, ledd := flat{"nr": a.SelectAttrValue("nr", ""), "statuskode": a.SelectAttrValue("statuskode", "")}, map[string]int{}
		for _, e := range a.ChildElements() {
			navn := e.Tag
			if lister[navn] {
				navn += " " + string(rune('0'+ledd[e.Tag]))
				ledd[e.Tag]++
				f[navn] = ""
			}
			f.addXML(navn, e)
		}
		records = append(records, f)
	}
	return records
}

func (f flat) addXML(sti string, e *etree.Element) {
	for _, child := range e.ChildElements() {
		f.addXML(sti+"."+child.Tag, child)
	}
	if len(e.ChildElements()) == 0 {
		f[sti] = e.Text()
	}
}

// TestTheEndTellsOfThoseWhoWereNotFound: how many of whom was asked for had an answer without data, in each format.
func TestTheEndTellsOfThoseWhoWereNotFound(t *testing.T) {
	s := demoregister(t)
	v := store.View{Today: fixtures.Today, Fortrolig: store.InnsynKode, StrengtFortrolig: store.InnsynKode}
	u := Uttrekk{Arbeidstakere: []uint64{24847449892, 12845678901, 9818949798}, Viser: func(rett string) bool { return rett == "uttrekk/idHistorikk/id" }}
	for endelse, want := range map[string]string{
		"csv":    "radtype,nr,statuskode,idHistorikk.id\r\nutfall,1,ingen,\r\nutfall,1,fortrolig,\r\nutfall,1,strengt_fortrolig,\r\nferdig,0,,\r\n",
		"xml":    `<ferdig antall="0" ingen="1" fortrolig="1" strengt_fortrolig="1">`,
		"ndjson": `{"ferdig":true,"antall":0,"utfall":{"ingen":1,"fortrolig":1,"strengt_fortrolig":1}}`,
	} {
		u.Form = formene[endelse]
		if out, _ := uttrukket(t, s, v, u); !strings.Contains(string(out), want) {
			t.Errorf("%s: got\n%s\nwant\n%s", endelse, out, want)
		}
	}
}

// TestAProfileLeavesColumnsAndRowsOut: what it does not name is not there, in any format; rows still say where they belong.
func TestAProfileLeavesColumnsAndRowsOut(t *testing.T) {
	s := demoregister(t)
	u := Uttrekk{Arbeidsgiver: "210004114", Viser: func(rett string) bool {
		return rett == fravaer+"permisjonsprosent" || rett == "uttrekk/idHistorikk/id"
	}}
	u.Form = formene["csv"]
	rows, sum := uttrukket(t, s, demosyn, u)
	table, err := csv.NewReader(bytes.NewReader(rows)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"radtype", "nr", "statuskode", "permisjoner.prosent", "permitteringer.prosent", "idHistorikk.id"}
	if diff := cmp.Diff(want, table[0]); diff != "" {
		t.Errorf("columns (-want +got):\n%s", diff)
	}
	kinds := map[string]int{}
	for _, row := range table[1:] {
		kinds[row[0]]++
	}
	if diff := cmp.Diff(map[string]int{"arbeidsforhold": sum.Antall, "permisjon": 4, "permittering": 2, "idHistorikk": 1, "ferdig": 1}, kinds); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	u.Form = formene["ndjson"]
	lines, _ := uttrukket(t, s, demosyn, u)
	if diff := cmp.Diff(fromNDJSON(t, lines), fromCSV(t, rows, ',')); diff != "" {
		t.Errorf("(-NDJSON +CSV):\n%s", diff)
	}
}

// TestNoCellIsAFormula: text that a spreadsheet would reckon with is text, numbers stay numbers, and nothing is lost.
func TestNoCellIsAFormula(t *testing.T) {
	s, err := store.InMemory()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for i, id := range []string{"=1+1", "+47", "-1", "@SUM(A1)", "\tx", "\x1bx", "'x", "a=b", "", `"quoted", and more`, "to\nlinjer"} {
		a := store.Arbeidsforhold{ArbeidsforholdId: int64(i + 1), ID: id, Arbeidstaker: store.Part{Ident: "12829499914"}, Arbeidssted: store.Part{Ident: "210004114"},
			Ansettelsesperiode:  store.Ansettelsesperiode{Startdato: 20200101},
			Ansettelsesdetaljer: []store.Ansettelsesdetaljer{{AvtaltStillingsprosent: "-5.0"}}}
		if err := s.Update(t.Context(), func(tx *store.Tx) error { return tx.PutArbeidsforhold(&a) }); err != nil {
			t.Fatal(err)
		}
	}
	u := Uttrekk{Arbeidsgiver: "210004114", Form: Uttrekksform{Format: "csv", BOM: true}}
	b, _ := uttrukket(t, s, demosyn, u)
	rows, found := bytes.CutPrefix(b, []byte("\xEF\xBB\xBF"))
	if !found {
		t.Error("no byte order mark")
	}
	table, err := csv.NewReader(bytes.NewReader(rows)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	negative := 0
	for _, row := range table[1:] {
		for _, cell := range row {
			if cell == "-5.0" {
				negative++
			} else if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
				t.Errorf("the cell %q is a formula", cell)
			}
		}
	}
	if negative != 11 {
		t.Errorf("%d negative numbers stayed as they are", negative)
	}
	u.Form = formene["ndjson"]
	lines, _ := uttrukket(t, s, demosyn, u)
	if diff := cmp.Diff(fromNDJSON(t, lines), fromCSV(t, rows, ',')); diff != "" {
		t.Errorf("what is read back (-NDJSON +CSV):\n%s", diff)
	}
}
