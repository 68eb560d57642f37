package felt

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// lines is the embedded table, one string for each line.
func lines() []string { return strings.Split(strings.TrimSuffix(string(source), "\n"), "\n") }

func TestTableIsOneLinePerRow(t *testing.T) {
	if got := len(lines()); got != 282 {
		t.Errorf("felter.csv has %d lines, want 281 rows and a header", got)
	}
}

func TestTableIsCanonicalCSV(t *testing.T) {
	records, err := csv.NewReader(bytes.NewReader(source)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := csv.NewWriter(&out).WriteAll(records); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(source), out.String()); diff != "" {
		t.Errorf("felter.csv is not as encoding/csv writes it (-file +written):\n%s", diff)
	}
}

// refusal is the error that an edited table is refused with.
func refusal(edit func(l []string) []string) string {
	if _, err := Read(strings.NewReader(strings.Join(edit(lines()), "\n")), "t.csv"); err != nil {
		return err.Error()
	}
	return "no error"
}

// dialekt writes column dialekt_2015 of a row that has a remark, and none there.
func dialekt(line int, cell string) func([]string) []string {
	return func(l []string) []string {
		i := strings.LastIndex(l[line], ",,")
		l[line] = l[line][:i+1] + cell + l[line][i+1:]
		return l
	}
}

func TestMalformedTableIsRefusedWithLineAndColumn(t *testing.T) {
	const last = "hentArbeidsforhold,respons,"
	for _, tt := range []struct {
		name string
		edit func(l []string) []string
		want string
	}{
		{"empty file", func([]string) []string { return nil }, "t.csv:1:1: no rows"},
		{"header", func(l []string) []string { l[0] = strings.Replace(l[0], "sti", "path", 1); return l },
			`t.csv:1:19: sti: header says "path"`},
		{"column lost", func(l []string) []string { l[1] = strings.Replace(l[1], ",M,", ",", 1); return l },
			"t.csv:2:1: 11 columns, want 12"},
		{"bare quote", func(l []string) []string { l[2] = `hent"X` + l[2]; return l },
			`t.csv:3:5: bare " in non-quoted-field`},
		{"unknown operation", func(l []string) []string { l[1] = strings.Replace(l[1], "hentAntall", "hentantall", 1); return l },
			`t.csv:2:1: operasjon: "hentantallArbeidstakere" "request" is not one of the six operations in a direction`},
		{"begins late", func(l []string) []string { return slices.Delete(l, 1, 2) },
			"t.csv:2:1: operasjon: the table begins with hentAntallArbeidstakere"},
		{"out of order", func(l []string) []string { return append(l, l[1]) },
			"t.csv:283:1: operasjon: hentAntallArbeidstakere request is out of order"},
		{"bad tag", func(l []string) []string { l[2] = strings.Replace(l[2], "statuskode,S", "status kode,S", 1); return l },
			`t.csv:3:33: sti: "status kode" is not a tag`},
		{"tag differs", func(l []string) []string {
			l[3] = strings.Replace(l[3], ",statustekst,S", ",statustxt,S", 1)
			l[3] = l[3][:strings.LastIndexByte(l[3], ',')+1]
			return l
		},
			`t.csv:4:57: tag_i_spek: "statustekst" differs from the tag without a remark`},
		{"twice", func(l []string) []string { return slices.Insert(l, 4, l[3]) },
			"t.csv:5:33: sti: statustekst occurs twice"},
		{"unknown type", func(l []string) []string { l[3] = strings.Replace(l[3], ",tekst,", ",text,", 1); return l },
			`t.csv:4:71: type: "text" is not a known type`},
		{"unknown count", func(l []string) []string { l[3] = strings.Replace(l[3], ",tekst,1", ",tekst,2", 1); return l },
			`t.csv:4:77: antall: "2" is not 1, 0..1 or 0..n`},
		{"repeated leaf", func(l []string) []string { l[3] = strings.Replace(l[3], ",tekst,1", ",tekst,0..n", 1); return l },
			"t.csv:4:77: antall: only a group can repeat"},
		{"no krav", func(l []string) []string { l[1] = strings.Replace(l[1], ",M,", ",,", 1); return l },
			`t.csv:2:96: krav: "" is not M or O`},
		{"early end", func(l []string) []string { return l[:100] },
			"t.csv:100:1: the table ends too early, in hentArbeidsgiver respons"},
		{"orphan", func(l []string) []string { return append(l, last+"borte/land,L,,,land,tekst,1,,,") },
			"t.csv:283:28: sti: borte/land does not stand inside borte"},
		{"empty group", func(l []string) []string {
			return append(l, last+"tom,L,,,tom,gruppe,1,,,", last+"land,L,,,land,tekst,1,,,")
		}, "t.csv:284:28: sti: the group tom before it is empty"},
		{"two lines", func(l []string) []string { return append(l, last+"land,L,,,land,tekst,1,,,\"to\nlinjer\"") },
			"t.csv:283:52: merknad: a row must be one line"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, refusal(tt.edit)); diff != "" {
				t.Errorf("error (-want +got):\n%s", diff)
			}
		})
	}
}

func TestMalformedDialectIsRefusedWithLineAndColumn(t *testing.T) {
	for _, tt := range []struct {
		name string
		edit func(l []string) []string
		want string
	}{
		{"not how it is known", dialekt(3, "annen"),
			`t.csv:4:80: dialekt_2015: "annen" is not a tag or +value with (bekreftet) or (sannsynlig)`},
		{"of a question", dialekt(1, "orgnummer (sannsynlig)"),
			"t.csv:2:125: dialekt_2015: a question has the same tags in both dialects"},
		{"value of no list", dialekt(3, "+annen (bekreftet)"),
			"t.csv:4:80: dialekt_2015: only a closed list can have another value"},
		{"like the specification", dialekt(3, "statustekst (bekreftet)"),
			"t.csv:4:80: dialekt_2015: statustekst is no difference"},
		{"value like the specification", func(l []string) []string { l[2] = strings.Replace(l[2], "+opphoert", "+ingen", 1); return l },
			"t.csv:3:267: dialekt_2015: ingen is no difference"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, refusal(tt.edit)); diff != "" {
				t.Errorf("error (-want +got):\n%s", diff)
			}
		})
	}
}
