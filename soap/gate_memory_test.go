package soap

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// hostile documents are as large as a body may be; each names what it tries to make dear.
var hostile = map[string]func() string{
	"attributes": func() string { return "<a" + fill(` a%d=""`, 2, "/>") },
	"namespaces": func() string { return "<a" + fill(` xmlns:a%d="u"`, 2, "/>") },
	"namespaces, within limits": func() string {
		return "<a>" + fill("<b"+numbered(` xmlns:n%d="u"`, 64)+"/>", 4, "</a>")
	},
	"attributes, within limits": func() string { return "<a>" + fill("<b"+numbered(` a%d=""`, 64)+"/>", 4, "</a>") },
	"escaped attributes, within limits": func() string {
		return "<a>" + fill("<b"+numbered(` a%d="&lt;"`, 64)+"/>", 4, "</a>")
	},
	"prefixed attributes, within limits": func() string {
		return `<a xmlns:p="u">` + fill("<b"+numbered(` p:a%d=""`, 64)+"/>", 4, "</a>")
	},
	"depth":          func() string { return fill("<a>", 0, "") },
	"empty elements": func() string { return "<a>" + fill("<b/>", 4, "</a>") },
	"elements, within limits": func() string {
		return "<a>" + strings.Repeat("<b>"+strings.Repeat("c", 120)+"</b>", 1999) + "</a>"
	},
	"text":                func() string { return "<a>" + fill("b", 4, "</a>") },
	"text in pieces":      func() string { return "<a>" + fill("b<!---->", 4, "</a>") },
	"CDATA":               func() string { return "<a><![CDATA[" + fill("b", 7, "]]></a>") },
	"CDATA in pieces":     func() string { return "<a>" + fill("<![CDATA[b]]>", 4, "</a>") },
	"comment":             func() string { return "<!--" + fill("b", 7, "--><a/>") },
	"name":                func() string { return "<" + fill("a", 2, "/>") },
	"attribute":           func() string { return `<a b="` + fill("c", 3, `"/>`) },
	"open attribute":      func() string { return `<a b="` + fill("c", 0, "") },
	"references":          func() string { return "<a>" + fill("&#1;", 4, "</a>") },
	"references to text":  func() string { return "<a>" + fill("&#9;", 4, "</a>") },
	"ampersands":          func() string { return "<a>" + fill("&", 4, "</a>") },
	"line ends":           func() string { return "<a>" + fill("\r", 4, "</a>") },
	"tags of white space": func() string { return "<a" + fill(" ", 2, "/>") },
	"colons":              func() string { return "<a" + fill(":a", 2, "/>") },
	"entities":            func() string { return "<!DOCTYPE a [" + fill(`<!ENTITY a "a">`, 20, "]><a>&a;</a>") },
	"nothing":             func() string { return "" },
}

// fill repeats a piece until the document, with what stands before and after it, is as large as a body may be; %d
// in it is a running number.
func fill(piece string, before int, after string) string {
	var b strings.Builder
	for i := 0; b.Len() < maxBody-before-len(after)-len(piece)-8; i++ {
		b.WriteString(strings.ReplaceAll(piece, "%d", fmt.Sprint(i)))
	}
	return b.String() + after
}

func numbered(piece string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, piece, i)
	}
	return b.String()
}

// TestGateAllocatesWithinItsBound counts every byte that one call allocates, freed again or not, in each charset.
func TestGateAllocatesWithinItsBound(t *testing.T) {
	for name, build := range hostile {
		t.Run(name, func(t *testing.T) {
			document := build()
			if len(document) > maxBody {
				t.Fatalf("%d bytes, over the limit of a body", len(document))
			}
			for charset, body := range map[string][]byte{
				"utf-8": []byte(document), "iso-8859-1": []byte(strings.ReplaceAll(document, "b", "\x80")),
				"utf-16": utf16Bytes(document[:max(0, len(document)/2-1)], true),
			} {
				got := allocated(func() { _, _ = gate(body, charset) })
				t.Logf("%s: %d bytes for a document of %d", charset, got, len(body))
				if got > maxAllocated {
					t.Errorf("%s: %d bytes allocated, more than %d", charset, got, maxAllocated)
				}
			}
		})
	}
}

// allocated is the fewest bytes that a call allocates in three: what runs beside the test allocates too.
func allocated(call func()) uint64 {
	fewest := ^uint64(0)
	for range 3 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		call()
		runtime.ReadMemStats(&after)
		fewest = min(fewest, after.TotalAlloc-before.TotalAlloc)
	}
	return fewest
}
