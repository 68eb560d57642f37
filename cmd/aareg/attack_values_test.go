package main

import (
	"strings"
	"testing"
)

// checkValues sends values that would do something where they are not taken for text: the answer is that of a name that
// nobody has, or a fault where a format is asked for.
func checkValues(t *testing.T, p *program) {
	escape := strings.NewReplacer("&", "&amp;", "<", "&lt;", "\r", "&#13;", "\n", "&#10;")
	search := func(operation, children string) string { return post(textXML, envelope(element(operation, children))) }
	var attacks []attack
	for name, value := range map[string]string{
		"percent":             "%",
		"underscore":          "_",
		"backslash":           `\`,
		"star":                "Fjell*",
		"like":                "Fjells%",
		"full-text operators": `"Fjellstad" OR NEAR(a b) ^a -b`,
		"SQL":                 `' OR 1=1; DROP TABLE aktoer; --`,
		"SQL union":           `x' UNION SELECT verdi FROM register --`,
		"XPath":               `'] | //* | /a['`,
		"template":            "{{.}} ${7*7} #{7*7} <%= 7 %>",
		"shell":               "$(reboot) `reboot` ; reboot | reboot",
		"log4shell":           "${jndi:ldap://127.0.0.1:9/x}",
		"format":              "%n%s%x%!d(MISSING)",
		"CR and LF":           "a\r\nb",
		"line of a log":       "a\n{\"level\":\"INFO\",\"msg\":\"forged\"}",
		"C1":                  "a\u0085\u009Bb",
		"bidirectional":       "a\u202Eb\u2066c",
		"JSON":                `","level":"ERROR"},{"x":"\u0000`,
		"catastrophic regexp": strings.Repeat("a", 255) + "!",
		"phonetic blow-up":    strings.Repeat("skj", 85),
		"combining marks":     "a" + strings.Repeat("\u0301", 255),
		"zero-width":          strings.Repeat("\u200B", 256),
	} {
		value = escape.Replace(value)
		for _, fonetisk := range []string{"true", "false"} {
			attacks = append(attacks,
				attack{name + ", person, " + fonetisk, search("hentTrefflisteArbeidstaker", "<etternavn>"+value+"</etternavn><fonetisk>"+fonetisk+"</fonetisk>"), ingen},
				attack{name + ", unit, " + fonetisk, search("hentTrefflisteArbeidsgiver", "<orgnavn>"+value+
					"</orgnavn><inkluderOpphoerte>true</inkluderOpphoerte><fonetisk>"+fonetisk+"</fonetisk>"), ingen})
		}
		attacks = append(attacks,
			attack{name + ", number", search("hentArbeidstaker", "<foedselsnr>"+value+"</foedselsnr>"), badValue},
			attack{name + ", boolean", search("hentTrefflisteArbeidstaker", "<etternavn>a</etternavn><fonetisk>"+value+"</fonetisk>"), badValue})
	}
	for name, value := range map[string]string{"20,000 combining marks": "a" + strings.Repeat("\u0301", 20_000), "257 letters": strings.Repeat("a", 257)} {
		attacks = append(attacks, attack{name, search("hentTrefflisteArbeidstaker", "<etternavn>"+value+"</etternavn><fonetisk>true</fonetisk>"), tooMuch})
	}
	attacks = append(attacks,
		attack{"ESC", search("hentTrefflisteArbeidstaker", "<etternavn>\x1B[31m</etternavn><fonetisk>true</fonetisk>"), notXML},
		attack{"log of a reference", post(textXML, envelopeOf(soap11NS, `<t:Transaksjon xmlns:t="http://ws.infotorg.no/xml/Admin/Transaksjon/2006-07-07/Transaksjon.xsd">`+
			"<referanse>a&#10;b\u202E%n\"}</referanse></t:Transaksjon>", antall)), komplett})
	expect(t, p, attacks)
}
