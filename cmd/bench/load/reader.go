package load

import (
	"bytes"
	"errors"
	"strconv"
)

// reader finds the end of one HTTP/1.1 answer in the bytes of a connection, and keeps none of its body. It reads what
// net/http writes: its spelling of header names, a Content-Length or chunks, no trailer.
type reader struct {
	state  state
	line   []byte // what there is of the head, or of a chunk's line
	left   int64  // bytes of the body, or of a chunk and its line end, that are to come
	status int
	body   int64 // bytes of the body so far
	closes bool  // the server closes the connection after it
	retry  bool  // it has Retry-After
}

type state uint8

const (
	inHead state = iota
	inBody
	inChunkLine
	inChunk
	inLastLine
)

var (
	errAnswer = errors.New("load: an answer is not HTTP/1.1 as net/http writes it")
	errMore   = errors.New("load: bytes follow an answer")
)

const maxLine = 16 << 10 // bytes of a head

// feed takes the next bytes and says whether the answer is complete; then the reader is ready for the next.
func (r *reader) feed(b []byte) (done bool, err error) {
	for len(b) > 0 {
		var end bool
		switch r.state {
		case inHead:
			b, end, err = r.until(b, "\r\n\r\n", r.head)
		case inChunkLine:
			b, end, err = r.until(b, "\r\n", r.chunkLine)
		case inLastLine:
			b, end, err = r.until(b, "\r\n", func([]byte) (bool, error) { return true, nil })
		default:
			n := min(r.left, int64(len(b)))
			b, r.left = b[n:], r.left-n
			if end = r.left == 0 && r.state == inBody; r.left == 0 && r.state == inChunk {
				r.state = inChunkLine
			}
		}
		if err != nil {
			return false, err
		}
		if end && len(b) > 0 {
			return false, errMore
		}
		if end {
			return true, nil
		}
	}
	return false, nil
}

// next forgets the answer before.
func (r *reader) next() { *r = reader{line: r.line[:0]} }

// until hands over what stands before an end, which may come in several pieces.
func (r *reader) until(b []byte, end string, take func([]byte) (bool, error)) (rest []byte, done bool, err error) {
	if len(r.line) == 0 {
		if at := bytes.Index(b, []byte(end)); at >= 0 {
			done, err = take(b[:at])
			return b[at+len(end):], done, err
		}
	}
	before := len(r.line)
	r.line = append(r.line, b...)
	at := bytes.Index(r.line, []byte(end))
	if at < 0 {
		if len(r.line) > maxLine {
			return nil, false, errAnswer
		}
		return nil, false, nil
	}
	done, err = take(r.line[:at])
	r.line = r.line[:0]
	return b[at+len(end)-before:], done, err
}

func (r *reader) head(head []byte) (done bool, err error) {
	if len(head) < len("HTTP/1.1 200") || string(head[:9]) != "HTTP/1.1 " {
		return false, errAnswer
	}
	if r.status, err = strconv.Atoi(string(head[9:12])); err != nil {
		return false, errAnswer
	}
	r.closes = bytes.Contains(head, []byte("\r\nConnection: close"))
	r.retry = bytes.Contains(head, []byte("\r\nRetry-After: "))
	if bytes.Contains(head, []byte("\r\nTransfer-Encoding: chunked")) {
		r.state = inChunkLine
		return false, nil
	}
	_, after, found := bytes.Cut(head, []byte("\r\nContent-Length: "))
	length, _, _ := bytes.Cut(after, []byte("\r\n"))
	if r.left, err = strconv.ParseInt(string(length), 10, 64); !found || err != nil {
		return false, errAnswer
	}
	r.state, r.body = inBody, r.left
	return r.left == 0, nil
}

func (r *reader) chunkLine(line []byte) (done bool, err error) {
	size, err := strconv.ParseInt(string(line), 16, 64)
	if err != nil {
		return false, errAnswer
	}
	if r.state = inChunk; size == 0 {
		r.state = inLastLine
	}
	r.left, r.body = size+2, r.body+size
	return false, nil
}
