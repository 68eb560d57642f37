package kontrakt

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/wsdl/felt"
)

func TestEveryNameInTheTableIsMasked(t *testing.T) {
	got := map[innhold][]string{}
	for _, r := range slices.Concat(felt.Spek.Table(), felt.D2015.Table()) {
		if what := innholdAvRad(r); !r.IsGroup() && !slices.Contains(got[what], r.Tag) {
			got[what] = append(got[what], r.Tag)
		}
	}
	delete(got, aapent)
	for what := range got {
		slices.Sort(got[what])
	}
	want := map[innhold][]string{
		ukjent: {"fadresse1", "fadresse2", "fadresse3", "padresse1", "padresse2", "padresse3"},
		ident:  {"arbeidsgiverId", "arbeidstakerId", "orgnr", "orgnrHovedenhet"},
		navn:   {"navn", "navnHovedenhet", "orgnavn"}, personalt: {"faarfra", "faartil", "fdato", "foedselsnr"},
		personnav: {"efnavn", "etternavn", "fornavn", "mellomnavn"},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("what tags hold (-want +got):\n%s", d)
	}
}

// The persons of these cases are nobody; their number is one of the demo register's.
func TestDocumentIsMasked(t *testing.T) {
	for about, c := range map[string]struct{ doc, want string }{
		"a number":                    {`<foedselsnr>12838049808</foedselsnr>`, `<foedselsnr>•••••••••••</foedselsnr>`},
		"one digit short":             {`<foedselsnr>1283804980</foedselsnr>`, `<foedselsnr>•••••</foedselsnr>`},
		"a unit's number":             {`<orgnr>210000313</orgnr>`, `<orgnr>210000313</orgnr>`},
		"a person's as orgnr":         {`<orgnr> 12838049808 </orgnr>`, `<orgnr> ••••••••••• </orgnr>`},
		"an empty leaf":               {`<fornavn></fornavn><mellomnavn/>`, `<fornavn></fornavn><mellomnavn/>`},
		"a prefix and other capitals": {`<a:Etternavn>Husby</a:Etternavn>`, `<a:Etternavn>•••••</a:Etternavn>`},
		"an unknown tag":              {`<etternamn>Husby</etternamn>`, `<etternamn>•••••</etternamn>`},
		"nested in a name":            {`<fornavn><p>Astrid</p></fornavn>`, `<fornavn><p>•••••</p></fornavn>`},
		"CDATA":                       {`<fornavn><![CDATA[C]]></fornavn>`, `<fornavn><![CDATA[•••••]]></fornavn>`},
		"references":                  {`<kommune>&#49;2838049808</kommune>`, `<kommune>•••••••••••</kommune>`},
		"a comment":                   {`<!-- Astrid --><kommune>Gol</kommune>`, `<!-- ••••• --><kommune>Gol</kommune>`},
		"an attribute":                {`<kommune x="Astrid" xml:lang='nb'>Gol</kommune>`, `<kommune x="•••••" xml:lang='nb'>Gol</kommune>`},
		"an entity":                   {`<!DOCTYPE a [<!ENTITY n "Astrid">]><a>&n;</a>`, `<!•••••><a>&n;</a>`},
		"a tag that does not end":     {"<foedselsnr 12838049808", "<foedselsnr •••••••••••"},
		"an element that is not closed": {`<etternavn>Husby</kommune><kommune>Gol</kommune>`,
			`<etternavn>•••••</kommune><kommune>•••••</kommune>`},
		"no document":            {"Ring 12838049808, 128380 49808", "Ring •••••••••••, •••••••••••"},
		"met elsewhere":          {`<fornavn>Bo</fornavn><feilmelding>Bo bor</feilmelding>`, `<fornavn>•••••</fornavn><feilmelding>••••• bor</feilmelding>`},
		"part of another word":   {`<fornavn>Bo</fornavn><kommune>Bodø</kommune>`, `<fornavn>•••••</fornavn><kommune>Bodø</kommune>`},
		"two words":              {`<navn>Husby Tor</navn><feilmelding>for Husby Tor, Tor</feilmelding>`, `<navn>•••••</navn><feilmelding>for •••••, Tor</feilmelding>`},
		"a page of a web server": {`<html><title>502 Bad Gateway</title></html>`, `<html><title>502 Bad Gateway</title></html>`},
		"a hyphen as a name":     {`<etternavn>-</etternavn><feilmelding>e-post</feilmelding>`, `<etternavn>•••••</etternavn><feilmelding>e-post</feilmelding>`},
		"a credential":           {`<passord>hei</passord>`, `<passord>•••••</passord>`},
		"no XML":                 {"a < b <", "a < b <"},
	} {
		got := lesbar([]byte(c.doc))
		if got = nyMaske(Visning{}, got).dokument(got); got != c.want {
			t.Errorf("%s: %s, want %s", about, got, c.want)
		}
	}
}

// TestQuotedValuesAreMaskedByTheirPlace: what a breach quotes of a person's leaf is masked though the mask has met
// nothing like it, as a value that was cut or had a comment in it; what it quotes of others is what makes it readable.
func TestQuotedValuesAreMaskedByTheirPlace(t *testing.T) {
	for b, want := range map[Brudd]string{
		{Regel: "fasit", Sti: "etternavn", Tekst: `"Hus\"by", in the recorded answer "Hus"`}:       `"•••••", in the recorded answer "•••••"`,
		{Regel: "format", Sti: "a/foedselsnr", Tekst: `"1283804980…" is no personnr`}:              `"•••••" is no personnr`,
		{Regel: "format", Sti: "orgnr", Tekst: `"210000313" is no siffer 9 eller 11`}:              `"210000313" is no siffer 9 eller 11`,
		{Regel: "format", Sti: "startdato", Tekst: `"1.2.2025" is no dato_åååå-mm-dd`}:             `"1.2.2025" is no dato_åååå-mm-dd`,
		{Regel: "fasit", Sti: "etternamn", Tekst: `is "Husby", and was not recorded`}:              `is "•••••", and was not recorded`,
		{Regel: "fasit", Sti: "HTTP", Tekst: `is "500"; recorded was "200"`}:                       `is "500"; recorded was "200"`,
		{Regel: "fasit", Tekst: `recorded was "<efnavn>Hus"…`}:                                     `recorded was "<efnavn>•••••"…`,
		{Regel: "feilform", Sti: "Fault/detail", Tekst: `feilkode "x" does not occur`}:             `feilkode "x" does not occur`,
		{Regel: "wsdl", Sti: "etternavn", Tekst: `its type does not take "Åsen & Sønn", which is`}: `its type does not take "Åsen & Sønn", which is`,
	} {
		if got := nyMaske(Visning{}).brudd([]Brudd{b})[0].Tekst; got != want {
			t.Errorf("%s at %q: %s, want %s", b.Regel, b.Sti, got, want)
		}
		if got := nyMaske(Visning{Umasket: true}).brudd([]Brudd{b})[0].Tekst; got != b.Tekst {
			t.Errorf("%s at %q, unmasked: %s", b.Regel, b.Sti, got)
		}
	}
}

func TestCredentialsAreMaskedEvenWherePersonsAreNot(t *testing.T) {
	const doc = `<b autorisasjonsnoekkel="nøkkel"><brukernavn>b</brukernavn><passord>p</passord><sesjonsid>s</sesjonsid><efnavn>Husby</efnavn></b>`
	const want = `<b autorisasjonsnoekkel="•••••"><brukernavn>•••••</brukernavn><passord>•••••</passord><sesjonsid>•••••</sesjonsid><efnavn>Husby</efnavn></b>`
	if got := nyMaske(Visning{Umasket: true}, doc).dokument(doc); got != want {
		t.Errorf("got %s", got)
	}
}

func TestDocumentsOfAnyEncodingAreRead(t *testing.T) {
	for about, doc := range map[string]string{
		"UTF-8":               "<a>Ås</a>",
		"UTF-8 with a mark":   "\xEF\xBB\xBF<a>Ås</a>",
		"ISO-8859-1":          "<a>\xC5s</a>",
		"UTF-16, big first":   "\xFE\xFF\x00<\x00a\x00>\x00\xC5\x00s\x00<\x00/\x00a\x00>",
		"UTF-16, little":      "\xFF\xFE<\x00a\x00>\x00\xC5\x00s\x00<\x00/\x00a\x00>\x00",
		"UTF-16 without mark": "<\x00a\x00>\x00\xC5\x00s\x00<\x00/\x00a\x00>\x00",
	} {
		if got := lesbar([]byte(doc)); got != "<a>Ås</a>" {
			t.Errorf("%s: %q", about, got)
		}
	}
	if got := lesbar([]byte("<a>\x01</a>")); got != "<a>\uFFFD</a>" {
		t.Errorf("a character that XML does not allow: %q", got)
	}
}

func FuzzStykker(f *testing.F) {
	for _, s := range []string{"<a b='c'>d</a>", "<!-- <", "<![CDATA[", "<!DOCTYPE a [<!ENTITY b 'c'>]>", "< <a", "</"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		together := ""
		for _, d := range stykker(s) {
			together += d.raa
		}
		same := gaaGjennom(s, func(_ innhold, text string) string { return text }, func(_, value string) string { return value })
		if together != s || same != s && attributtform.FindString(s) == "" {
			t.Errorf("%q came out as %q and %q", s, together, same)
		}
	})
}
