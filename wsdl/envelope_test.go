package wsdl

import (
	"slices"
	"testing"

	"aareg/wsdl/felt"

	"github.com/beevik/etree"
)

const soapNamespace = "http://schemas.xmlsoap.org/soap/envelope/"

// envelope wraps header blocks and a body child as SOAP 1.1.
func envelope(body *etree.Element, blocks ...*etree.Element) *etree.Element {
	root := etree.NewElement("soap:Envelope")
	root.CreateAttr("xmlns:soap", soapNamespace)
	root.CreateAttr("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
	header := root.CreateElement("soap:Header")
	for _, b := range blocks {
		header.AddChild(b)
	}
	root.CreateElement("soap:Body").AddChild(body)
	return root
}

// block makes a header block or fault detail from tags and texts in turn.
func block(prefix, name, namespace string, leaves ...string) *etree.Element {
	e := etree.NewElement(prefix + ":" + name)
	e.CreateAttr("xmlns:"+prefix, namespace)
	for pair := range slices.Chunk(leaves, 2) {
		e.CreateElement(pair[0]).SetText(pair[1])
	}
	return e
}

func session(leaves ...string) *etree.Element {
	return block(PrefixBrukersesjon, "Brukersesjon", NamespaceBrukersesjon, leaves...)
}

func transaction(leaves ...string) *etree.Element {
	return block(PrefixTransaksjon, "Transaksjon", NamespaceTransaksjon, leaves...)
}

// credentials are the leaves of a log-in.
func credentials(brukernavn, passord string) *etree.Element {
	return session("distribusjonskanal", "PTP", "systemnavn", "FAGSYSTEM", "brukernavn", brukernavn, "passord", passord)
}

// answered is the header of an answer, with everything a caller can ask for.
func answered(produkt string) []*etree.Element {
	s := session("sesjonsid", "1447000000.1#abcdefghijklmnopqrstuvwxyzA")
	s.CreateAttr("autorisasjonsnoekkel", "")
	info := block(PrefixTransaksjon, "Transaksjonsinfo", NamespaceTransaksjon)
	sum := info.CreateElement("sammendrag")
	item := info.CreateElement("detaljer").CreateElement("transaksjon")
	for _, e := range []*etree.Element{sum, item} {
		e.CreateElement("datakilde").SetText("NAV")
		e.CreateElement("tjeneste").SetText("Aareg2")
		e.CreateElement("produkt").SetText(produkt)
	}
	sum.CreateElement("referanse").CreateAttr("xsi:nil", "true")
	sum.CreateElement("antallTransaksjoner").SetText("1")
	for _, e := range []*etree.Element{sum, item} {
		e.CreateElement("debitering").CreateElement("debitert").SetText("0")
		times := e.CreateElement("responstid")
		for _, tag := range []string{"total", "intern", "backOffice", "datakilde"} {
			times.CreateElement(tag).SetText("PT0.004S")
		}
	}
	return []*etree.Element{s, info}
}

// fault is a soap:Fault whose detail has the five strings, or the first n of them.
func fault(n int) *etree.Element {
	f := etree.NewElement("soap:Fault")
	f.CreateElement("faultcode").SetText("soap:Client")
	f.CreateElement("faultstring").SetText("Forespørselen er ugyldig")
	leaves := []string{"feilgruppekode", "forespoersel", "feilgruppetekst", "Forespørsel", "feilkode", "ugyldigForespoersel",
		"feiltekst", "Ugyldig forespørsel", "feilmelding", "orgnr: må være 9 eller 11 siffer"}
	f.CreateElement("detail").AddChild(block(PrefixFeil, "feil", NamespaceFeil, leaves[:2*n]...))
	return f
}

func TestEnvelopesAreJudgedWhole(t *testing.T) { inEachDialect(t, envelopesAreJudgedWhole) }

func envelopesAreJudgedWhole(t *testing.T, d felt.Dialekt) {
	var all []candidate
	for _, o := range d.Operations() {
		question, answer := func() *etree.Element { return full(d, o, felt.Request, everything) }, full(d, o, felt.Respons, everything)
		wrong := full(d, o, felt.Respons, everything)
		wrong.SelectElement("statuskode").SetText("ferdig")
		all = append(all,
			candidate{o.Navn + " logged in", envelope(question(), credentials("NAVN", "HEMMELIG"), transaction("referanse", "1", "visDetaljer", "true")), true},
			candidate{o.Navn + " in a session, transaction first", envelope(question(), transaction(), session("sesjonsid", "1")), true},
			candidate{o.Navn + " without header blocks", envelope(question()), true},
			candidate{o.Respons, envelope(answer, answered(o.Respons)...), true},
			candidate{o.Respons + " with a wrong statuskode", envelope(wrong, answered(o.Respons)...), false},
		)
	}
	understood := credentials("NAVN", "HEMMELIG")
	understood.CreateAttr("soap:mustUnderstand", "1")
	nothing := transaction("referanse", "")
	nothing.SelectElement("referanse").CreateAttr("xsi:nil", "true")
	question := func() *etree.Element { return full(d, d.Operations()[0], felt.Request, everything) }
	all = append(all,
		candidate{"fault", envelope(fault(5), answered("Arbeidsgiver")...), true},
		candidate{"fault without header blocks", envelope(fault(5)), true},
		candidate{"fault without feilmelding", envelope(fault(4)), false},
		candidate{"mustUnderstand and an absent referanse", envelope(question(), understood, nothing), true},
		candidate{"log-in and session", envelope(question(), session("brukernavn", "NAVN", "passord", "HEMMELIG", "sesjonsid", "1")), true},
		candidate{"log-in out of order", envelope(question(), session("passord", "HEMMELIG", "brukernavn", "NAVN")), false},
		candidate{"user name too short", envelope(question(), credentials("ABC", "HEMMELIG")), false},
		candidate{"password too short", envelope(question(), credentials("NAVN", "1234")), false},
		candidate{"system name too long", envelope(question(), session("systemnavn", "ALTFORLANGT1")), false},
		candidate{"unknown channel", envelope(question(), session("distribusjonskanal", "FAX")), false},
		candidate{"visDetaljer is no boolean", envelope(question(), transaction("visDetaljer", "ja")), false},
		candidate{"unknown header block", envelope(question(), block("x", "Ukjent", "urn:ukjent")), false},
		candidate{"unknown body", envelope(block("x", "hentUkjent", "urn:ukjent")), false},
	)
	judge(t, dialects[d].envelope, all)
	t.Logf("%d envelopes judged", len(all))
}
