package kilder

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
)

// A struct tag that encoding/json does not know is no error: the keys without a field would be dropped without a word.
// Earlier versions of the package called the option "unknown".
func TestKeysWithoutAFieldAreKeptByTheTagEmbed(t *testing.T) {
	var record struct {
		Navn string         `json:"navn"`
		Rest jsontext.Value `json:",embed"`
	}
	if err := lesJSON([]byte(`{"navn":"A","maalform":"Nynorsk"}`), &record); err != nil {
		t.Fatal(err)
	}
	if got, want := string(record.Rest), `{"maalform":"Nynorsk"}`; got != want {
		t.Errorf("kept %s, want %s", got, want)
	}
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("no source files", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), "`json:\","+"unknown\"`") {
			t.Errorf("%s: the option \"unknown\" does nothing; keys without a field are kept by \"embed\"", file)
		}
	}
}

// A key may be an identity number or a name, which no error or remark may print.
func TestKeysThatCouldBeDataAreNotPrinted(t *testing.T) {
	tests := []struct{ pointer, want string }{
		{"/ansettelsesdetaljer/2/yrke/kode", "ansettelsesdetaljer[2].yrke.kode"},
		{"/_embedded/enheter/0/naeringskode1", "_embedded.enheter[0].naeringskode1"},
		{"/antallTimerForTimelønnet", "antallTimerForTimelønnet"},
		{"/12829499914/navn", "?.navn"},
		{"/personer/Fjellstad", "personer.?"},
		{"/personer/kari fjellstad", "personer.?"},
		{"/personer/nr12829499914", "personer.?"},
		{"/", "?"},
		{"", ""},
	}
	for _, tt := range tests {
		if got := feltsti(jsontext.Pointer(tt.pointer)); got != tt.want {
			t.Errorf("feltsti(%q) = %q, want %q", tt.pointer, got, tt.want)
		}
	}
}
