package main

import (
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aareg/store"
	"aareg/store/konsument"
	"aareg/wsdl/felt"
)

// subjects are, for the six products in order, cases about somebody who is not protected, about one of kode 7, and about
// one of kode 6. The names searched for are borne by protected persons alone.
var subjects = [3][6]string{
	{"hentAntallArbeidstakere/hovedenhet_teller_hver_en_gang", "hentArbeidsgiver/underenhet_gammel_og_ny_ordning", "hentArbeidstaker/komplett", "hentTrefflisteArbeidsgiver/komplett",
		"hentTrefflisteArbeidstaker/komplett", "hentArbeidsforhold/komplett"},
	{"hentAntallArbeidstakere/fortrolig", "hentArbeidsgiver/fortrolig", "hentArbeidstaker/fortrolig", "", "", "hentArbeidsforhold/fortrolig"},
	{"hentAntallArbeidstakere/strengt_fortrolig", "hentArbeidsgiver/strengt_fortrolig", "hentArbeidstaker/strengt_fortrolig", "", "",
		"hentArbeidsforhold/strengt_fortrolig"},
}

// letters stand for codes in the matrix.
var letters = map[string]string{"komplett": "K", "ingen": "i", "fortrolig": "7", "strengt_fortrolig": "6", "trunkert": "T",
	"ugyldigBruker": "!", "sesjonUtloept": "s", "ikkeTilgang": "-", "forMangeForespoersler": "q"}

// row is a consumer of the matrix: what it may, how it logs in, and what it is told: for each subject the six products.
type row struct {
	who    string
	change func(*konsument.Konsument, *konsument.Innlogging)
	proof  func(m *matrix, user string) proof
	want   string
}

func grades(fortrolig, strengt store.Innsyn) func(*konsument.Konsument, *konsument.Innlogging) {
	return func(k *konsument.Konsument, _ *konsument.Innlogging) {
		k.Rettigheter.Fortrolig, k.Rettigheter.StrengtFortrolig = fortrolig, strengt
	}
}

// profile gives the rights of a profile, without its quota of questions, which the matrix would use up.
func profile(name string, employers bool) func(*konsument.Konsument, *konsument.Innlogging) {
	return func(k *konsument.Konsument, _ *konsument.Innlogging) {
		p, _ := konsument.ProfilMed(name)
		k.Rettigheter = p.Rettigheter
		k.Rettigheter.SpoersmaalPerSekund = konsument.Ubegrenset
		k.Rettigheter.Arbeidsgivere.Alle = k.Rettigheter.Arbeidsgivere.Alle || employers
	}
}

func only(product int) func(*konsument.Konsument, *konsument.Innlogging) {
	return func(k *konsument.Konsument, _ *konsument.Innlogging) {
		k.Rettigheter.Produkter = []string{felt.Operations()[product].Navn}
	}
}

// basicProof logs in by HTTP Basic.
func basicProof(_ *matrix, user string) proof { return httpBasic(user, passord) }

// rows are the matrix, one consumer each.
var rows = []row{
	{"credentials in Brukersesjon", nil, func(_ *matrix, user string) proof { return brukersesjon(user, passord) }, "KKKKKK iii..i iii..i"},
	{"user name in another case", nil, func(_ *matrix, user string) proof { return brukersesjon(strings.ToUpper(user), passord) }, "KKKKKK iii..i iii..i"},
	{"session", nil, func(m *matrix, user string) proof { return sesjon(m.session(user)) }, "KKKKKK iii..i iii..i"},
	{"WS-Security text", nil, func(_ *matrix, user string) proof { return wsseText(user, passord) }, "KKKKKK iii..i iii..i"},
	{"WS-Security digest", func(_ *konsument.Konsument, i *konsument.Innlogging) { i.Digest = passord },
		func(m *matrix, user string) proof { return wsseDigest(user, passord, time.Now(), m.nonce()) }, "KKKKKK iii..i iii..i"},
	{"WS-Security digest, no secret kept", nil,
		func(m *matrix, user string) proof { return wsseDigest(user, passord, time.Now(), m.nonce()) }, "!!!!!! !!!..! !!!..!"},
	{"HTTP Basic", nil, basicProof, "KKKKKK iii..i iii..i"},
	{"no credentials", nil, func(*matrix, string) proof { return proof{} }, "!!!!!! !!!..! !!!..!"},
	{"wrong password", nil, func(_ *matrix, user string) proof { return httpBasic(user, "Et-annet-passord-1") }, "!!!!!! !!!..! !!!..!"},
	{"password in another case", nil, func(_ *matrix, user string) proof { return httpBasic(user, strings.ToLower(passord)) }, "!!!!!! !!!..! !!!..!"},
	{"expired", func(k *konsument.Konsument, _ *konsument.Innlogging) { k.Til = 20240101 }, basicProof, "!!!!!! !!!..! !!!..!"},
	{"not yet valid", func(k *konsument.Konsument, _ *konsument.Innlogging) { k.Fra = 29990101 }, basicProof, "!!!!!! !!!..! !!!..!"},
	{"disabled consumer", func(k *konsument.Konsument, _ *konsument.Innlogging) { k.Sperret = true }, basicProof, "!!!!!! !!!..! !!!..!"},
	{"disabled login", func(_ *konsument.Konsument, i *konsument.Innlogging) { i.Sperret = true }, basicProof, "!!!!!! !!!..! !!!..!"},
	{"no rights", func(k *konsument.Konsument, _ *konsument.Innlogging) { k.Rettigheter = konsument.Rettigheter{} }, basicProof, "------ ---..- ---..-"},
	{"no questions a second", func(k *konsument.Konsument, _ *konsument.Innlogging) { k.Rettigheter.SpoersmaalPerSekund = 0 }, basicProof, "qqqqqq qqq..q qqq..q"},
	{"no persons a day", func(k *konsument.Konsument, _ *konsument.Innlogging) { k.Rettigheter.PersonerPerDoegn = 0 }, basicProof, "Kqqqqq qqq..q qqq..q"},
	{"nobody in scope", func(k *konsument.Konsument, _ *konsument.Innlogging) {
		k.Rettigheter.Personer, k.Rettigheter.Arbeidsgivere = konsument.Omfang{}, konsument.Omfang{}
	}, basicProof, "iiiiii iii..i iii..i"},
	{"profile offentlig", profile("offentlig", false), basicProof, "KKKKKK iii..i iii..i"},
	{"profile otp", profile("otp", true), basicProof, "-KK--K -ii..i -ii..i"},
	{"profile otp, no customers listed", profile("otp", false), basicProof, "-ii--i -ii..i -ii..i"},
	{"profile tilsyn", profile("tilsyn", false), basicProof, "KK---K ii-..i ii-..i"},
	{"2.1 alone", only(0), basicProof, "K----- i--..- i--..-"},
	{"2.2 alone", only(1), basicProof, "-K---- -i-..- -i-..-"},
	{"2.3 alone", only(2), basicProof, "--K--- --i..- --i..-"},
	{"2.4 alone", only(3), basicProof, "---K-- ---..- ---..-"},
	{"2.5 alone", only(4), basicProof, "----K- ---..- ---..-"},
	{"2.6 alone", only(5), basicProof, "-----K ---..i ---..i"},
	{"kode 7 by code", grades(store.InnsynKode, store.InnsynIngen), basicProof, "KKKKKK 777..7 iii..i"},
	{"kode 7 with data", grades(store.InnsynData, store.InnsynIngen), basicProof, "KKKKKK 777..7 iii..i"},
	{"kode 6 by code", grades(store.InnsynIngen, store.InnsynKode), basicProof, "KKKKKK iii..i 666..6"},
	{"kode 6 with data", grades(store.InnsynIngen, store.InnsynData), basicProof, "KKKKKK iii..i 666..6"},
	{"both by code", grades(store.InnsynKode, store.InnsynKode), basicProof, "KKKKKK 777..7 666..6"},
	{"kode 7 with data, kode 6 by code", grades(store.InnsynData, store.InnsynKode), basicProof, "KKKKKK 777..7 666..6"},
	{"kode 7 by code, kode 6 with data", grades(store.InnsynKode, store.InnsynData), basicProof, "KKKKKK 777..7 666..6"},
	{"both with data", grades(store.InnsynData, store.InnsynData), basicProof, "KKKKKK 777..7 666..6"},
	{"client certificate", func(_ *konsument.Konsument, i *konsument.Innlogging) {
		i.Slag, i.Brukernavn, i.Passord = konsument.MedSertifikat, "", ""
	}, nil, "KKKKKK iii..i iii..i"},
}

// cells is how many questions a row asks.
const cells = 6 + 4 + 4

// refused says whether the row's login is. Then each cell is a user and a source of its own: one and the same would be
// slowed, and then refused for it.
func (r *row) refused() bool { return strings.Contains(r.want, "!") }

func (r *row) user(row, cell int) string { return fmt.Sprintf("bruker-%d-%d", row, r.own(cell)) }

func (r *row) source(row, cell int) string { return fmt.Sprintf("10.0.%d.%d", row, r.own(cell)) }

func (r *row) own(cell int) int {
	if r.refused() {
		return cell
	}
	return 0
}

// matrix is the server that the cells are asked of, over TLS.
type matrix struct {
	t       *testing.T
	address string
	client  *http.Client
	nonces  int
}

func (m *matrix) nonce() string { m.nonces++; return fmt.Sprintf("nonce %d", m.nonces) }

// session logs in once with credentials.
func (m *matrix) session(user string) string {
	m.t.Helper()
	return answerTo(m.t, m.client, m.address, question(m.t, subjects[0][0]), brukersesjon(user, passord)).sesjonid
}

// TestRightsMatrix asks every cell of consumers × products × protection over HTTPS.
func TestRightsMatrix(t *testing.T) {
	long(t)
	c, ca := newConsumers(t), newAuthority(t)
	for i, r := range rows {
		k := c.add(t, r.user(i, 0), r.change)
		if r.proof == nil {
			ca.issue(t, "client", k.Orgnr)
		}
		for cell := 1; r.refused() && cell < cells; cell++ {
			c.login(t, k.Orgnr, r.user(i, cell), r.change)
		}
	}
	s := start(t, "--konsumenter", c.path, "--logg", filepath.Join(t.TempDir(), "logg.db"), "--trusted-proxy", "127.0.0.0/8",
		"--tls-cert", ca.file("server.pem"), "--tls-key", ca.file("server.key"), "--client-ca", ca.file("ca.pem"))
	questions := [3][6]string{}
	for g := range subjects {
		for p, name := range subjects[g] {
			if name != "" {
				questions[g][p] = question(t, name)
			}
		}
	}
	for i, r := range rows {
		t.Run(r.who, func(t *testing.T) {
			m := &matrix{t: t, address: s.address, client: ca.client(t, "")}
			if r.proof == nil {
				m.client = ca.client(t, "client")
				r.proof = func(*matrix, string) proof { return proof{} }
			}
			asked, want := questions[:], r.want
			if testing.Short() && r.refused() { // each costs two hashes
				asked, want = questions[:1], want[:6]
			}
			if diff := cmp.Diff(want, m.ask(asked, func(cell int) proof {
				return from(r.source(i, cell), r.proof(m, r.user(i, cell)))
			})); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// ask is one row of the matrix as it was answered.
func (m *matrix) ask(questions [][6]string, p func(cell int) proof) string {
	m.t.Helper()
	var parts []string
	cell := 0
	for _, products := range questions {
		line := ""
		for _, q := range products {
			if q == "" {
				line += "."
				continue
			}
			got := answerTo(m.t, m.client, m.address, q, p(cell))
			cell++
			letter, known := letters[got.kode]
			if !known {
				letter = "?"
			}
			line += letter
		}
		parts = append(parts, line)
	}
	return strings.Join(parts, " ")
}
