package soap

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestGateReadsLineEndsAndNamesAsXMLDoes(t *testing.T) {
	for name, c := range map[string]struct{ document, want string }{
		"line ends in text":         {"<a>1\r\n2\r3\n\r4</a>", "{}a(1\n2\n3\n\n4)"},
		"line ends in CDATA":        {"<a><![CDATA[1\r\n2\r]]></a>", "{}a(1\n2\n)"},
		"line ends by reference":    {"<a b='&#13;&#10;'>&#13;&#xA;</a>", "{}a[{}b=\r\n](\r\n)"},
		"tab in an attribute":       {"<a b='1\t2&#9;3'/>", "{}a[{}b=1 2\t3]()"},
		"name of the fifth edition": {"<\u0218 \u2070\u0300='1'/>", "{}\u0218[{}\u2070\u0300=1]()"},
		"five entities":             {"<a b='&lt;&gt;&amp;&apos;&quot;'/>", "{}a[{}b=<>&'\"]()"},
	} {
		t.Run(name, func(t *testing.T) {
			root, err := gate([]byte(c.document), "")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, sketch(root)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
