package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"aareg/wsdl"
)

// BenchmarkLoginAndLog asks the real program the same question over 16 connections, with login by session and audit log,
// and without either, in turns, and gives the ratio of questions a second: the median of the rounds.
func BenchmarkLoginAndLog(b *testing.B) {
	c := newConsumers(b)
	c.add(b, "bruker", nil)
	open := startProgram(b)
	logged := startProgram(b, "--konsumenter", c.path, "--logg", filepath.Join(b.TempDir(), "logg.db"))
	q := question(b, "hentArbeidstaker/komplett")
	id := answerTo(b, http.DefaultClient, "http://"+logged.address, q, brukersesjon("bruker", passord)).sesjonid
	plain := rawQuestion(open.address, q)
	session := rawQuestion(logged.address, strings.Replace(q, "<soap:Body>", "<soap:Header>"+sesjon(id).block+"</soap:Header><soap:Body>", 1))
	b.ResetTimer()
	for b.Loop() {
		var ratios, without, with []float64
		for range 7 {
			o, l := rate(b, open.address, plain, 4000), rate(b, logged.address, session, 4000)
			without, with, ratios = append(without, o), append(with, l), append(ratios, l/o)
		}
		b.ReportMetric(middle(without), "without/s")
		b.ReportMetric(middle(with), "with/s")
		b.ReportMetric(middle(ratios), "ratio")
	}
}

func middle(f []float64) float64 {
	slices.Sort(f)
	return f[len(f)/2]
}

func rawQuestion(host, question string) string {
	return fmt.Sprintf("POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: text/xml; charset=utf-8\r\nContent-Length: %d\r\n\r\n%s", wsdl.Endpoint, host, len(question), question)
}

// rate is how many of n questions a second are answered over 16 connections.
func rate(b *testing.B, address, question string, n int64) float64 {
	b.Helper()
	var left atomic.Int64
	var asking sync.WaitGroup
	left.Store(n)
	began := time.Now()
	for range 16 {
		asking.Go(func() {
			conn, err := net.Dial("tcp", address)
			if err != nil {
				b.Error(err)
				return
			}
			defer conn.Close()
			from := bufio.NewReader(conn)
			for left.Add(-1) >= 0 {
				if err := once(conn, from, question); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	asking.Wait()
	return float64(n) / time.Since(began).Seconds()
}

func once(conn net.Conn, from *bufio.Reader, question string) error {
	if _, err := io.WriteString(conn, question); err != nil {
		return err
	}
	resp, err := http.ReadResponse(from, nil)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("status %d", resp.StatusCode)
	}
	_, err = io.Copy(io.Discard, resp.Body)
	return err
}
