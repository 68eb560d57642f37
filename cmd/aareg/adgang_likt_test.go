package main

import (
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"aareg/wsdl"
)

// alike are pairs of questions, for each product: about somebody protected, and about somebody whom the register does
// not have.
var alike = []struct{ name, tag, protected, unknown string }{
	{"hentAntallArbeidstakere", "orgnr", "07906749941", "06866049988"},
	{"hentAntallArbeidstakere", "orgnr", "30927049801", "06866049988"},
	{"hentArbeidsgiver", "arbeidsgiverId", "07906749941", "06866049988"},
	{"hentArbeidsgiver", "arbeidsgiverId", "30927049801", "06866049988"},
	{"hentArbeidstaker", "foedselsnr", "24847449892", "06866049988"},
	{"hentArbeidstaker", "foedselsnr", "09818949798", "06866049988"},
	{"hentTrefflisteArbeidsgiver", "etternavn", "Husvern", "Husvarn"},
	{"hentTrefflisteArbeidstaker", "etternavn", "Lukket</etternavn><fornavn>Berit</fornavn><mellomnavn>", "Lokkat</etternavn><fornavn>Berit</fornavn><mellomnavn>"},
	{"hentTrefflisteArbeidstaker", "etternavn", "Lukket</etternavn><fornavn>Stein</fornavn><mellomnavn>", "Lokkat</etternavn><fornavn>Stein</fornavn><mellomnavn>"},
	{"hentArbeidsforhold", "arbeidsforholdId", "48000901", "48999901"},
	{"hentArbeidsforhold", "arbeidsforholdId", "48000902", "48999902"},
}

// alikeQuestion is a question of a product about one element.
type alikeQuestion struct{ name, tag, value string }

// text is the whole question, with what searches demand besides.
func (m alikeQuestion) text() string {
	end := m.tag
	if strings.HasSuffix(m.value, "<mellomnavn>") {
		end = "mellomnavn"
	}
	rest := ""
	if m.tag == "etternavn" {
		rest = "<fonetisk>false</fonetisk>"
	}
	return `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><a:` + m.name + ` xmlns:a="` + wsdl.NamespaceAareg2 + `"><` +
		m.tag + ">" + m.value + "</" + end + ">" + rest + "</a:" + m.name + "></soap:Body></soap:Envelope>"
}

// TestProtectedPersonsAreAsUnknownOnes: to a consumer for whom protected persons do not exist, the whole answer about one
// is that about a number that nobody has, byte for byte, and takes as long, with the audit log and without.
func TestProtectedPersonsAreAsUnknownOnes(t *testing.T) {
	long(t)
	rounds := 1000
	if testing.Short() {
		rounds = 20
	}
	c := newConsumers(t)
	c.add(t, "bruker", nil)
	for _, logged := range []bool{true, false} {
		args := []string{"--konsumenter", c.path}
		if logged {
			args = append(args, "--logg", filepath.Join(t.TempDir(), "logg.db"))
		}
		s := start(t, args...)
		id := answerTo(t, http.DefaultClient, s.address, question(t, "hentArbeidstaker/komplett"), brukersesjon("bruker", passord)).sesjonid
		for _, a := range alike {
			var took [2][]time.Duration
			questions := [2]string{alikeQuestion{a.name, a.tag, a.protected}.text(), alikeQuestion{a.name, a.tag, a.unknown}.text()}
			for range rounds {
				var answers [2]told
				for i, q := range questions {
					began := time.Now()
					answers[i] = answerTo(t, http.DefaultClient, s.address, q, sesjon(id))
					took[i] = append(took[i], time.Since(began))
				}
				if answers[0].kode != "ingen" || answers[0] != answers[1] {
					t.Fatalf("%s: %s and %s, or other bytes", a.name, answers[0].kode, answers[1].kode)
				}
			}
			protected, unknown := median(took[0]), median(took[1])
			ratio := float64(protected) / float64(unknown)
			t.Logf("audit log %v, %s: protected %v, unknown %v, ratio %.3f", logged, a.name, protected, unknown, ratio)
			if !testing.Short() && (ratio > 1.2 || ratio < 1/1.2) {
				t.Errorf("%s: an answer about a protected person takes %.2f of one about nobody", a.name, ratio)
			}
		}
		s.stop()
	}
}

func median(d []time.Duration) time.Duration {
	slices.Sort(d)
	return d[len(d)/2]
}
