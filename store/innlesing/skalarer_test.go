package innlesing_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"aareg/store"
	"aareg/store/innlesing"
	"aareg/store/kilder"
)

// skalar is one value of a source's file, and its path without indexes.
type skalar struct{ path, text string }

// utenRegister are the shapes of events, which name objects and hold none, and of what is no record.
var utenRegister = []string{"hendelse", "oppdatering", "oversikt"}

func TestEveryValueOfASourceIsInTheExportOrNamedInTheSummary(t *testing.T) {
	tested := 0
	for _, file := range kildefiler(t) {
		if slices.Contains(utenRegister, filepath.Base(filepath.Dir(file))) {
			continue
		}
		t.Run(strings.TrimPrefix(file, kildedata+"/"), func(t *testing.T) {
			r := newRegister(t)
			s, err := innlesing.Importer(t.Context(), r.valg(withFiles(file)))
			if err != nil {
				t.Skip("the file holds a record that cannot be used")
			}
			tested++
			exported := map[string]bool{}
			for _, line := range r.export() {
				for _, v := range jsonSkalarer(t, []byte(line)) {
					exported[v.text] = true
				}
			}
			replaced := len(s.Merknader.Bemerket) > 0 && strings.Contains(file, "erstattet")
			for _, v := range skalarerOf(t, file) {
				if !v.velger() && !v.in(exported) && !v.nevnt(s.Merknader) && !replaced && !tattUt[v.text] {
					t.Errorf("%s: %q is neither in the export nor named", v.path, v.text)
				}
			}
		})
	}
	if tested < 50 {
		t.Errorf("%d files were tested", tested)
	}
}

// tattUt are the numbers of what the files say has been removed (HTTP 410, slett): the register must not have them.
var tattUt = map[string]bool{"219900236": true, "219900244": true, "48000402": true, "210000003": true, "05840399895": true,
	"0f1b2c3d-0000-4000-8000-000000000002": true}

// skalarerOf are the values of a file of any format.
func skalarerOf(t *testing.T, file string) []skalar {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	switch filepath.Ext(file) {
	case ".csv":
		return csvSkalarer(t, text)
	case ".xml":
		return xmlSkalarer(t, text)
	}
	return jsonSkalarer(t, text)
}

// jsonSkalarer are the values of JSON texts, those in strings of JSON (Tenor) included.
func jsonSkalarer(t *testing.T, text []byte) (found []skalar) {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	for {
		var value any
		switch err := d.Decode(&value); {
		case err == io.EOF:
			return found
		case err != nil:
			t.Fatal(err)
		}
		walk(value, "", func(v skalar) {
			if strings.HasPrefix(v.text, "{") && json.Valid([]byte(v.text)) {
				found = append(found, jsonSkalarer(t, []byte(v.text))...)
				return
			}
			found = append(found, v)
		})
	}
}

func walk(value any, path string, found func(skalar)) {
	switch v := value.(type) {
	case map[string]any:
		for _, k := range []string{"type", "gruppe"} {
			if kind, ok := v[k].(string); ok && v["ident"] != nil {
				path += "." + kind // an ident without a place is named with its kind
			}
		}
		for _, k := range slices.Sorted(maps.Keys(v)) {
			walk(v[k], strings.TrimPrefix(path+"."+k, "."), found)
		}
	case []any:
		for _, element := range v {
			walk(element, path, found)
		}
	case string:
		found(skalar{path, v})
	case json.Number:
		text := v.String()
		if d, err := store.ParseDesimal(text); err == nil && strings.ContainsAny(text, ".eE") {
			text = string(d)
		}
		found(skalar{path, text})
	case bool:
		found(skalar{path, map[bool]string{true: "true", false: "false"}[v]})
	}
}

func csvSkalarer(t *testing.T, text []byte) (found []skalar) {
	t.Helper()
	r := csv.NewReader(bytes.NewReader(text))
	if bytes.Count(text, []byte(";")) > bytes.Count(text, []byte(",")) {
		r.Comma = ';'
	}
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		for i, value := range row {
			// The lines of an address stand in one field, with /n between.
			value = strings.ReplaceAll(strings.ReplaceAll(value, "/nv/n", "/nv/\x00"), "\n", "/n")
			for part := range strings.SplitSeq(value, "/n") {
				found = append(found, skalar{rows[0][i], strings.ReplaceAll(part, "\x00", "n")})
			}
		}
	}
	return found
}

func xmlSkalarer(t *testing.T, text []byte) (found []skalar) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(text))
	var open []string
	for {
		token, err := d.Token()
		switch token := token.(type) {
		case xml.StartElement:
			open = append(open, token.Name.Local)
			for _, a := range token.Attr {
				if a.Name.Space != "xmlns" && a.Name.Local != "xmlns" && a.Name.Local != "type" && a.Name.Local != "nil" {
					found = append(found, skalar{strings.Join(open, ".") + ".@" + a.Name.Local, a.Value})
				}
			}
		case xml.CharData:
			found = append(found, skalar{strings.Join(open, "."), strings.TrimSpace(string(token))})
		case xml.EndElement:
			open = open[:len(open)-1]
		}
		if err == io.EOF {
			return found
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

// velgere are the keys whose values choose what is read, or how, and are therefore in no register.
var velgere = []string{"gjeldende", "erGjeldende", "historisk", "innrapportertEtterAOrdningen", "arbeidsforholdInnrapportertEtterAOrdningen",
	"gruppe", "identifikatortype", "status", "code", "mimeType", "format", "utstedt", "utstedelsesnoekkel"}

// typer are the words for kinds of numbers and parties, which the numbers tell.
var typer = []string{"FOLKEREGISTERIDENT", "ORGANISASJONSNUMMER", "Organisasjon", "FNR", "DNR", "Underenhet", "Hovedenhet", "Person"}

func (v skalar) velger() bool {
	key := v.path[strings.LastIndex(v.path, ".")+1:]
	around := strings.HasPrefix(v.path, "_links.") || strings.HasPrefix(v.path, "page.") // of an envelope
	return v.text == "" || around || slices.Contains(velgere, key) || key == "type" && slices.Contains(typer, v.text)
}

// ord are values that the register spells in its own way, or leaves out since they say nothing.
var ord = map[string]string{
	"KVINNE": "K", "kvinne": "K", "Kvinne": "K", "MANN": "M", "mann": "M", "Mann": "M", "UGRADERT": "", "ugradert": "", "UKJENT": "",
	"ARBEIDSFORHOLD": "Arbeidsforhold", "ANSETTELSESPERIODE": "Ansettelsesperiode", "PERMISJON": "Permisjon", "PERMITTERING": "Permittering",
	"fortrolig": "FORTROLIG", "Fortrolig": "FORTROLIG", "strengtFortrolig": "STRENGT_FORTROLIG", "StrengtFortrolig": "STRENGT_FORTROLIG",
}

// in says whether the value is exported, as it is or in one of the spellings that the register may give it.
func (v skalar) in(exported map[string]bool) bool {
	other, known := ord[v.text]
	spellings := []string{v.text, strings.TrimSpace(v.text), strings.ToLower(v.text), other}
	if len(v.text) > 10 && v.text[4] == '-' {
		spellings = append(spellings, v.text[:10]) // a date without its time and zone
	}
	if year, month, ok := strings.Cut(v.text, "-"); ok && len(year) == 4 { // a month of one digit, or with its zone
		month, _, _ = strings.Cut(month, "+")
		month, _, _ = strings.Cut(month, "-")
		spellings = append(spellings, year+"-"+("0" + month)[len("0"+month)-2:])
	}
	if d, err := store.ParseDesimal(v.text); err == nil {
		spellings = append(spellings, string(d), strings.TrimSuffix(string(d), ".0"))
	}
	return known && other == "" || slices.ContainsFunc(spellings, func(s string) bool { return s != "" && exported[s] })
}

// nevnt says whether the summary names the value's path, or one that it lies under.
func (v skalar) nevnt(m *kilder.Merknader) bool {
	for noted := range m.UtenPlass {
		if strings.Contains("."+v.path+".", "."+noted.Hva+".") {
			return true
		}
	}
	return false
}
