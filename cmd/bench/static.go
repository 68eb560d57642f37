package main

import (
	"compress/gzip"
	"errors"
	"flag"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
)

// static is the handler that answers are measured against: it reads the question, looks at nothing of it, and sends the
// bytes of one file after the other. It is a process of its own, as the service is. Asked for /gzip it compresses them as
// compress/gzip does at its fastest.
func static(args []string) error {
	flags := flag.NewFlagSet("static", flag.ContinueOnError)
	addr := flags.String("addr", "127.0.0.1:0", "listen on `host:port`")
	folder := flags.String("answers", "", "the answers are the files of this `folder`")
	if err := flags.Parse(args); err != nil {
		return err
	}
	files, err := filepath.Glob(filepath.Join(*folder, "*"))
	if err != nil || len(files) == 0 {
		return errors.Join(errors.New("static: no answers"), err)
	}
	var answers [][]byte
	for _, file := range files {
		answer, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		answers = append(answers, answer)
	}
	var sent atomic.Int64
	return http.ListenAndServe(*addr, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := answers[int(sent.Add(1))%len(answers)]
		if r.URL.Path == gzipPath {
			compress(w, r, answer)
			return
		}
		send(w, r, answer)
	}))
}

const gzipPath = "/gzip"

func send(w http.ResponseWriter, r *http.Request, answer []byte) {
	if _, err := io.Copy(io.Discard, r.Body); err != nil {
		return
	}
	w.Header().Set("Content-Type", "text/xml; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(answer)))
	_, _ = w.Write(answer) // fails only when the client has gone
}

var compressors = sync.Pool{New: func() any {
	w, err := gzip.NewWriterLevel(nil, gzip.BestSpeed)
	if err != nil {
		panic(err) // the level is a constant
	}
	return w
}}

func compress(w http.ResponseWriter, r *http.Request, answer []byte) {
	if _, err := io.Copy(io.Discard, r.Body); err != nil {
		return
	}
	w.Header().Set("Content-Type", "text/xml; charset=utf-8")
	w.Header().Set("Content-Encoding", "gzip")
	c := compressors.Get().(*gzip.Writer)
	defer compressors.Put(c)
	c.Reset(w)
	_, _ = c.Write(answer)
	_ = c.Close() // both fail only when the client has gone
}
