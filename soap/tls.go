package soap

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"os"
	"sync"
	"time"
)

// TLS is a configuration of TLS 1.2 and later with a certificate and its key out of PEM files, which are read anew when
// they change. clientCA, a PEM file or "", is whose client certificates are believed; a client need not have one.
func TLS(cert, key, clientCA string) (*tls.Config, error) {
	files := &keyPair{cert: cert, key: key}
	if _, err := files.get(nil); err != nil {
		return nil, err
	}
	config := &tls.Config{
		MinVersion:     tls.VersionTLS12,
		NextProtos:     []string{"http/1.1"}, // clients of that time speak nothing later
		GetCertificate: files.get,
	}
	if clientCA == "" {
		return config, nil
	}
	pem, err := os.ReadFile(clientCA)
	if err != nil {
		return nil, fmt.Errorf("client CA: %w", err)
	}
	config.ClientCAs, config.ClientAuth = x509.NewCertPool(), tls.VerifyClientCertIfGiven
	if !config.ClientCAs.AppendCertsFromPEM(pem) {
		return nil, errors.New("client CA: no certificate in the file")
	}
	return config, nil
}

// keyPair is a certificate and its key, as the files have them.
type keyPair struct {
	cert, key string
	mu        sync.Mutex
	read      time.Time // when the newer of the files was written, as it was then
	pair      *tls.Certificate
}

// get reads the files again when one was written since; a pair that does not fit is not taken up: between the writing
// of the two there is one.
func (k *keyPair) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	written, err := k.written()
	if err == nil && (k.pair == nil || !written.Equal(k.read)) {
		var pair tls.Certificate
		if pair, err = tls.LoadX509KeyPair(k.cert, k.key); err == nil {
			k.pair, k.read = &pair, written
		}
	}
	if k.pair == nil {
		return nil, fmt.Errorf("certificate: %w", err)
	}
	return k.pair, nil
}

func (k *keyPair) written() (latest time.Time, err error) {
	for _, file := range []string{k.cert, k.key} {
		info, err := os.Stat(file)
		if err != nil {
			return latest, err
		}
		if info.ModTime().After(latest) {
			latest = info.ModTime()
		}
	}
	return latest, nil
}

// ListenTLS is Listen over TLS.
func ListenTLS(addr string, config *tls.Config) (net.Listener, error) {
	return listen(addr, maxConnections, config)
}
