package wsdl

import (
	"slices"
	"strings"

	"aareg/wsdl/felt"

	"github.com/beevik/etree"
)

// sample are values for a type of the table: the first good one fills
// documents, the others are judged one by one. Written from contract.md, not
// from the generator's patterns, which they judge.
type sample struct{ good, bad []string }

var samples = map[string]sample{
	"tekst":             {[]string{"Åsen & sønn <AS>", " ", "0"}, nil},
	"heltall":           {[]string{"42", "0", "100000"}, []string{"-1", "4.2", "en", " 4", "4 ", "+4"}},
	"alder":             {[]string{"67", "0", "120"}, []string{"1200", "-1", "6.7", "x"}},
	"maksAntall":        {[]string{"10", "1", "1000", "010", "4000000000"}, []string{"0", "-1", "ti", "1.0"}},
	"desimaltall":       {[]string{"37.5", "100.0", "-1.25", "0.0"}, []string{"37", "37,5", ".5", "5.", "1e3", "1.0E2"}},
	"sann_usann":        {[]string{"true", "false"}, []string{"True", "FALSE", "1", "0", "ja"}},
	"sann_usann_inn":    {[]string{"true", "false", "True", "False", "1", "0"}, []string{"TRUE", "FALSE", "ja", "2", "tRUE"}},
	"dato_åååå-mm-dd":   {isoDates, slices.Concat(badDates, []string{"2024-01-01Z", "2024-01-01+01:00"})},
	"dato_inn":          {slices.Concat(isoDates, zonedDates), slices.Concat(badDates, badZones)},
	"dato_dd.mm.åååå":   {[]string{"31.12.2024", "29.02.2024", "30.04.1999", "01.10.2000"}, []string{"2024-12-31", "32.01.2024", "31.04.2024", "30.02.2024", "01.13.2024", "1.1.2024", "01.00.2024", "00.01.2024", "31/12/2024", "31.12.24"}},
	"periode_åååå-mm":   {[]string{"2024-12", "2015-01"}, []string{"2024-13", "2024-00", "2024-1", "2024-12-01", "202412"}},
	"aar":               {[]string{"1978", "2024"}, []string{"78", "19780", "197x"}},
	"kommunenr":         {[]string{"0301", "4601"}, []string{"301", "03010", "Oslo"}},
	"postnr":            {[]string{"0150", "9990"}, []string{"150", "01500", "N-0150"}},
	"fylkenr":           {[]string{"03", "46"}, []string{"3", "030", "xx"}},
	"personnr":          {[]string{"12829499914"}, []string{"1282949991", "128294999140", "12829 49991"}},
	"arbeidsforholdid":  {[]string{"1", "0047", "123456789012345678"}, []string{"1234567890123456789", "-1", "1a"}},
	"siffer 9 eller 11": {[]string{"312345678", "12829499914"}, []string{"12345678", "1234567890", "123456789012", "312 345 678"}},
}

var (
	isoDates   = []string{"2024-12-31", "2024-02-29", "1978-04-30", "2000-10-01"}
	zonedDates = []string{"2024-01-01Z", "2024-01-01+01:00", "2024-01-01-14:00"}
	badDates   = []string{"31.12.2024", "2024-13-01", "2024-00-01", "2024-01-32", "2024-01-00", "2024-04-31", "2024-02-30", "2024-1-1", "24-01-01", "2024-01-01T00:00:00"}
	badZones   = []string{"2024-01-01z", "2024-01-01+1", "2024-01-01+14:01", "2024-01-01+15:00", "2024-01-01 Z"}
)

// sampleOf is the sample for a leaf; of closed lists every value is good.
func sampleOf(r felt.Rad) sample {
	if values := r.Kodeliste(); values != nil {
		return sample{values, []string{"X", values[0] + "x", strings.ToUpper(values[0]) + " ", values[0] + "|" + values[1]}}
	}
	switch {
	case r.Retning == felt.Request && r.Tag == "maksAntall":
		return samples["maksAntall"]
	case r.Retning == felt.Request && r.Type == "heltall":
		return samples["alder"]
	}
	return samples[r.Type]
}

// mayBeEmpty is the rule of contract.md, "Message style".
func mayBeEmpty(r felt.Rad) bool {
	if r.Retning == felt.Request {
		return r.Krav == "O" || !r.Mandatory()
	}
	return !slices.Contains([]string{"statuskode", "statustekst", "antall", "antallTot"}, r.Tag)
}

// rootOf makes the empty root of a question or an answer.
func rootOf(o felt.Operasjon, retning string) *etree.Element {
	name := map[string]string{felt.Request: o.Navn, felt.Respons: o.Respons}[retning]
	root := etree.NewElement(PrefixAareg2 + ":" + name)
	root.CreateAttr("xmlns:"+PrefixAareg2, NamespaceAareg2)
	return root
}

// full fills in every row of a dialect that keep admits, lists with two entries.
func full(d felt.Dialekt, o felt.Operasjon, retning string, keep func(felt.Rad) bool) *etree.Element {
	root := rootOf(o, retning)
	fill(root, felt.Declared(felt.Select(d.Table(), o.Navn, retning)), "", keep)
	return root
}

func fill(parent *etree.Element, rows []felt.Rad, sti string, keep func(felt.Rad) bool) {
	for _, r := range rows {
		if r.Parent() != sti || !keep(r) {
			continue
		}
		for range map[bool]int{true: 2, false: 1}[r.Repeats()] {
			e := parent.CreateElement(r.Tag)
			if r.IsGroup() {
				fill(e, rows, r.Sti, keep)
			} else {
				e.SetText(sampleOf(r).good[0])
			}
		}
	}
}

// at finds the first element of a row's path.
func at(root *etree.Element, r felt.Rad) *etree.Element {
	for tag := range strings.SplitSeq(r.Sti, "/") {
		root = root.SelectElement(tag)
	}
	return root
}
