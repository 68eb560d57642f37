package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"aareg/store/konsument"
)

// authority signs the certificates of a test; they are files in a folder of its own.
type authority struct {
	dir  string
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

// newAuthority makes an authority, and a server's certificate for this machine.
func newAuthority(t *testing.T) *authority {
	t.Helper()
	a := &authority{dir: t.TempDir()}
	a.key = a.sign(t, "ca", &x509.Certificate{IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign})
	a.sign(t, "server", &x509.Certificate{IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}})
	return a
}

func (a *authority) file(name string) string { return filepath.Join(a.dir, name) }

// issue makes a client's certificate for an organisation (ETSI EN 319 412-1).
func (a *authority) issue(t *testing.T, name, orgnr string) {
	t.Helper()
	id := pkix.AttributeTypeAndValue{Type: asn1.ObjectIdentifier{2, 5, 4, 97}, Value: "NTRNO-" + orgnr}
	a.sign(t, name, &x509.Certificate{Subject: pkix.Name{CommonName: name, ExtraNames: []pkix.AttributeTypeAndValue{id}},
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}})
}

func (a *authority) sign(t *testing.T, name string, c *x509.Certificate) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c.SerialNumber, c.NotBefore, c.NotAfter = big.NewInt(time.Now().UnixNano()), time.Now().Add(-time.Hour), time.Now().Add(time.Hour)
	parent, signer := a.cert, a.key
	if parent == nil {
		parent, signer = c, key
	}
	der, err := x509.CreateCertificate(rand.Reader, c, parent, &key.PublicKey, signer)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	if a.cert == nil {
		if a.cert, err = x509.ParseCertificate(der); err != nil {
			t.Fatal(err)
		}
	}
	writeFile(t, a.file(name+".pem"), string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})))
	writeFile(t, a.file(name+".key"), string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret})))
	return key
}

// client believes the authority, and shows the certificate of that name, none for "".
func (a *authority) client(t *testing.T, name string) *http.Client {
	t.Helper()
	config := &tls.Config{RootCAs: x509.NewCertPool()}
	config.RootCAs.AddCert(a.cert)
	if name != "" {
		pair, err := tls.LoadX509KeyPair(a.file(name+".pem"), a.file(name+".key"))
		if err != nil {
			t.Fatal(err)
		}
		config.Certificates = []tls.Certificate{pair}
	}
	transport := &http.Transport{TLSClientConfig: config}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}

// TestTLSIsTheBordersOwn: 1.2 and later, addresses in the WSDL are https, a request whose end could be disputed is refused
// as over plain HTTP, a certificate is read anew when it changes, and nobody's client certificate lets anybody in but its own.
func TestTLSIsTheBordersOwn(t *testing.T) {
	c, ca := newConsumers(t), newAuthority(t)
	k := c.add(t, "", func(_ *konsument.Konsument, i *konsument.Innlogging) {
		i.Slag, i.Passord = konsument.MedSertifikat, ""
	})
	c.add(t, "bruker", nil)
	ca.issue(t, "client", k.Orgnr)
	ca.issue(t, "unknown", orgnr(99))
	s := start(t, "--konsumenter", c.path, "--tls-cert", ca.file("server.pem"), "--tls-key", ca.file("server.key"), "--client-ca", ca.file("ca.pem"))
	q := question(t, subjects[0][2])
	for name, want := range map[string]string{"client": "komplett", "unknown": "ugyldigBruker", "": "ugyldigBruker"} {
		if got := answerTo(t, ca.client(t, name), s.address, q, proof{}); got.kode != want {
			t.Errorf("certificate %q: %s, want %s", name, got.kode, want)
		}
	}
	id := answerTo(t, ca.client(t, "client"), s.address, q, proof{}).sesjonid
	for name, want := range map[string]string{"client": "komplett", "unknown": "sesjonUtloept", "": "sesjonUtloept"} {
		if got := answerTo(t, ca.client(t, name), s.address, q, sesjon(id)); got.kode != want {
			t.Errorf("its session with certificate %q: %s, want %s", name, got.kode, want)
		}
	}
	if got := answerTo(t, ca.client(t, "client"), s.address, q, httpBasic("bruker", passord)); got.kode != "ugyldigBruker" {
		t.Errorf("another consumer's password beside a certificate: %s", got.kode)
	}
	stranger := newAuthority(t)
	stranger.issue(t, "client", k.Orgnr)
	forged := ca.client(t, "")
	pair, err := tls.LoadX509KeyPair(stranger.file("client.pem"), stranger.file("client.key"))
	if err != nil {
		t.Fatal(err)
	}
	forged.Transport.(*http.Transport).TLSClientConfig.Certificates = []tls.Certificate{pair}
	if resp, err := forged.Get(s.address + "/livez"); err == nil {
		resp.Body.Close()
		// A client offers a certificate only if it was asked for one of its signer: without it it is nobody.
		if got := answerTo(t, forged, s.address, q, proof{}); got.kode != "ugyldigBruker" {
			t.Errorf("a certificate that nobody here has signed: %s", got.kode)
		}
	}

	old := ca.client(t, "")
	old.Transport.(*http.Transport).TLSClientConfig.MaxVersion = tls.VersionTLS11
	if resp, err := old.Get(s.address + "/livez"); err == nil {
		resp.Body.Close()
		t.Error("TLS 1.1 is spoken")
	}
	text := fetch(t, ca.client(t, ""), s.address+"/ws/NAV/Aareg2.pl?wsdl")
	if !strings.Contains(text, `location="https://`) {
		t.Error("the WSDL's address is not https")
	}
	if status := rawStatus(t, ca, s.address, "POST /ws/NAV/Aareg2.pl HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"); status != "400" {
		t.Errorf("a request with two lengths gets %s", status)
	}
	before := served(t, ca, s.address)
	time.Sleep(20 * time.Millisecond) // file times
	ca.sign(t, "server", &x509.Certificate{IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}})
	if after := served(t, ca, s.address); after.Cmp(before) == 0 {
		t.Error("a new certificate is not taken up")
	}
}

func fetch(t *testing.T, client *http.Client, url string) string {
	t.Helper()
	resp, err := client.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func dialTLS(t *testing.T, ca *authority, address string) *tls.Conn {
	t.Helper()
	config := &tls.Config{RootCAs: x509.NewCertPool()}
	config.RootCAs.AddCert(ca.cert)
	conn, err := tls.Dial("tcp", strings.TrimPrefix(address, "https://"), config)
	if err != nil {
		t.Fatal(err)
	}
	return conn
}

// rawStatus is the status that bytes are answered with.
func rawStatus(t *testing.T, ca *authority, address, request string) string {
	t.Helper()
	conn := dialTLS(t, ca, address)
	defer conn.Close()
	if _, err := io.WriteString(conn, request); err != nil {
		t.Fatal(err)
	}
	line := make([]byte, len("HTTP/1.1 400"))
	if _, err := io.ReadFull(conn, line); err != nil {
		t.Fatal(err)
	}
	return string(line[len("HTTP/1.1 "):])
}

// served is the serial number of the certificate that is served.
func served(t *testing.T, ca *authority, address string) *big.Int {
	t.Helper()
	conn := dialTLS(t, ca, address)
	defer conn.Close()
	return conn.ConnectionState().PeerCertificates[0].SerialNumber
}

// TestServeRefusesWhatWouldLeak: real data without consumers or log, passwords in the clear, halves of TLS.
func TestServeRefusesWhatWouldLeak(t *testing.T) {
	for _, c := range []struct {
		name string
		args []string
		says string
	}{
		{"real data, no consumers", []string{"--db", "x.db"}, "--konsumenter"},
		{"real data, no log", []string{"--db", "x.db", "--konsumenter", "k.db"}, "--logg"},
		{"passwords in the clear", []string{"--konsumenter", "k.db", "--addr", "0.0.0.0:0"}, "--plain-http"},
		{"certificate without key", []string{"--tls-cert", "c.pem"}, "--tls-key"},
		{"client certificates without TLS", []string{"--konsumenter", "k.db", "--client-ca", "ca.pem"}, "--client-ca"},
		{"double with consumers", []string{"--test", "--konsumenter", "k.db"}, "--test"},
		{"session of no time", []string{"--session", "0s"}, "--session"},
	} {
		var stderr strings.Builder
		if code := run(t.Context(), append([]string{"serve"}, c.args...), io.Discard, &stderr); code != exitUsage || !strings.Contains(stderr.String(), c.says) {
			t.Errorf("%s: exit code %d: %s", c.name, code, stderr.String())
		}
	}
	dir := t.TempDir()
	key := filepath.Join(dir, "logg.db.noekkel")
	if err := os.WriteFile(key, []byte("a key whose log is gone"), 0o600); err != nil {
		t.Fatal(err)
	}
	var stderr strings.Builder
	if code := run(t.Context(), []string{"serve", "--logg", filepath.Join(dir, "logg.db")}, io.Discard, &stderr); code != exitFailed {
		t.Errorf("a log that was removed: exit code %d: %s", code, stderr.String())
	}
}
