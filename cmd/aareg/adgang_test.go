package main

import (
	"bytes"
	"crypto/sha1"
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"aareg/fixtures"
	"aareg/store/konsument"
	"aareg/wsdl"
	"aareg/wsdl/felt"
)

// consumerOf is a consumer of the tests that may everything about everybody but the protected.
func consumerOf(orgnr string) konsument.Konsument {
	rett := konsument.Rettigheter{Arbeidsgivere: konsument.Omfang{Alle: true}, Personer: konsument.Omfang{Alle: true},
		PersonerPerDoegn: konsument.Ubegrenset, SpoersmaalPerSekund: konsument.Ubegrenset}
	for _, op := range felt.Operations() {
		rett.Produkter, rett.Felter = append(rett.Produkter, op.Navn), append(rett.Felter, op.Navn)
	}
	return konsument.Konsument{Orgnr: orgnr, Navn: "ETATEN", Hjemmel: "loven § 1", Formaal: "saksbehandling",
		Behandlingsgrunnlag: "art. 6 nr. 1 e", Tilgang: []konsument.Tilgangsform{konsument.API}, Rettigheter: rett}
}

// orgnr is the organisation number of the n-th consumer of a test.
func orgnr(n int) string {
	weights := []int{3, 2, 7, 6, 5, 4, 3, 2}
	for base := 21000000 + 10*n; ; base++ {
		digits, sum := fmt.Sprint(base), 0
		for i, w := range weights {
			sum += w * int(digits[i]-'0')
		}
		if check := (11 - sum%11) % 11; check < 10 {
			return digits + fmt.Sprint(check)
		}
	}
}

const passord = "Et-langt-passord-1"

// hashed is the hash of passord, which takes its time to make.
var hashed = func() string {
	h, err := konsument.Hash(passord)
	if err != nil {
		panic(err)
	}
	return h
}()

// consumers is a file of consumers, open for more.
type consumers struct {
	*konsument.Register
	path string
	n    int
}

func newConsumers(t testing.TB) *consumers {
	t.Helper()
	path := filepath.Join(t.TempDir(), "konsumenter.db")
	r, err := konsument.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	return &consumers{Register: r, path: path}
}

// add adds a consumer, and a login of that name whose password is passord.
func (c *consumers) add(t testing.TB, user string, change func(*konsument.Konsument, *konsument.Innlogging)) konsument.Konsument {
	t.Helper()
	c.n++
	k := consumerOf(orgnr(c.n))
	i := konsument.Innlogging{Brukernavn: user, Slag: konsument.MedPassord, Passord: hashed}
	if change != nil {
		change(&k, &i)
	}
	nr, err := c.LeggTil(k)
	if err == nil {
		i.Konsument = nr
		_, err = c.LeggTilInnlogging(i)
	}
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// withConsumer are the flags of serve for a consumer that may everything about everybody but the protected, and an audit
// log.
func withConsumer(t testing.TB, flags ...string) []string {
	t.Helper()
	c := newConsumers(t)
	c.add(t, "bruker", nil)
	return append([]string{"--konsumenter", c.path, "--logg", filepath.Join(t.TempDir(), "logg.db")}, flags...)
}

// startWithConsumer starts the program with that consumer.
func startWithConsumer(t testing.TB, flags ...string) *program {
	t.Helper()
	return startProgram(t, withConsumer(t, flags...)...)
}

// consumersURL is where that consumer asks: its user name and password are in it, and go out as HTTP Basic.
func (p *program) consumersURL() string {
	return "http://bruker:" + passord + "@" + p.address + wsdl.Endpoint
}

// asConsumer is the header line of that consumer.
var asConsumer = "Authorization: Basic " + base64.StdEncoding.EncodeToString([]byte("bruker:"+passord))

// login adds another login to a consumer, changed like its first.
func (c *consumers) login(t testing.TB, orgnr, user string, change func(*konsument.Konsument, *konsument.Innlogging)) {
	t.Helper()
	b, err := c.Bilde()
	if err != nil {
		t.Fatal(err)
	}
	k := *b.MedOrgnr(orgnr)
	i := konsument.Innlogging{Konsument: k.Nr, Brukernavn: user, Slag: konsument.MedPassord, Passord: hashed}
	if change != nil {
		change(&k, &i)
	}
	if _, err := c.LeggTilInnlogging(i); err != nil {
		t.Fatal(err)
	}
}

// proof is how a question shows who asks it: a header block, or what is set on the HTTP request.
type proof struct {
	block string
	set   func(*http.Request)
}

func escaped(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s))
	return b.String()
}

func brukersesjon(user, password string) proof {
	return proof{block: `<b:Brukersesjon xmlns:b="` + wsdl.NamespaceBrukersesjon + `"><distribusjonskanal>PTP</distribusjonskanal><systemnavn>test</systemnavn>` +
		`<brukernavn>` + escaped(user) + `</brukernavn><passord>` + escaped(password) + `</passord></b:Brukersesjon>`}
}

func sesjon(id string) proof {
	return proof{block: `<b:Brukersesjon xmlns:b="` + wsdl.NamespaceBrukersesjon + `"><sesjonsid>` + id + `</sesjonsid></b:Brukersesjon>`}
}

func httpBasic(user, password string) proof {
	return proof{set: func(r *http.Request) { r.SetBasicAuth(user, password) }}
}

const (
	wsseNamespace = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
	wsuNamespace  = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
	wssProfile    = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#"
)

func wsse(user, rest string) proof {
	return proof{block: `<w:Security xmlns:w="` + wsseNamespace + `" xmlns:u="` + wsuNamespace + `"><w:UsernameToken><w:Username>` + escaped(user) + `</w:Username>` +
		rest + `</w:UsernameToken></w:Security>`}
}

func wsseText(user, password string) proof {
	return wsse(user, `<w:Password Type="`+wssProfile+`PasswordText">`+escaped(password)+`</w:Password>`)
}

// wsseDigest is a digest made at a time with a nonce.
func wsseDigest(user, password string, at time.Time, nonce string) proof {
	created := at.UTC().Format("2006-01-02T15:04:05.000Z")
	sum := sha1.Sum([]byte(nonce + created + password))
	return wsse(user, `<w:Password Type="`+wssProfile+`PasswordDigest">`+base64.StdEncoding.EncodeToString(sum[:])+`</w:Password>`+
		`<w:Nonce>`+base64.StdEncoding.EncodeToString([]byte(nonce))+`</w:Nonce><u:Created>`+created+`</u:Created>`)
}

// from is a proof that a proxy says comes from an address.
func from(address string, p proof) proof {
	return proof{block: p.block, set: func(r *http.Request) {
		r.Header.Set("X-Forwarded-For", address)
		if p.set != nil {
			p.set(r)
		}
	}}
}

// question is the question of a conformance case.
func question(t testing.TB, name string) string {
	t.Helper()
	cases, err := fixtures.Kaser()
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(cases, func(c fixtures.Kase) bool { return c.Name == name })
	if i < 0 {
		t.Fatalf("there is no case %s", name)
	}
	return string(cases[i].Request)
}

// told is what came back: HTTP status and the envelope, and of it statuskode or feilkode, and the session.
type told struct {
	status               int
	body, kode, sesjonid string
}

var (
	kodeLeaf   = regexp.MustCompile(`<(?:statuskode|feilkode)>([^<]*)<`)
	sesjonLeaf = regexp.MustCompile(`<sesjonsid>([^<]*)<`)
)

// answerTo asks a question with that proof.
func answerTo(t testing.TB, client *http.Client, address, question string, p proof) told {
	t.Helper()
	if p.block != "" {
		question = strings.Replace(question, "<soap:Body>", "<soap:Header>"+p.block+"</soap:Header><soap:Body>", 1)
	}
	r, err := http.NewRequest(http.MethodPost, address+wsdl.Endpoint, bytes.NewReader([]byte(question)))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "text/xml; charset=utf-8")
	if p.set != nil {
		p.set(r)
	}
	resp, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	got := told{status: resp.StatusCode, body: string(body)}
	if m := kodeLeaf.FindSubmatch(body); m != nil {
		got.kode = string(m[1])
	}
	if m := sesjonLeaf.FindSubmatch(body); m != nil {
		got.sesjonid = string(m[1])
	}
	return got
}
