package soap

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"aareg/soap/tilgang"
)

// exchange is one question and its answer.
type exchange struct {
	*handler
	w http.ResponseWriter
	r *http.Request

	// version is what is answered in: the media type's, until the envelope has said its own.
	version *version
	body    []byte
	small   []byte // holds body, unless that is longer or did not tell its length
	packed  []byte // holds the answer, when it is packed
	isLarge bool   // the question has taken a place among the large ones
	// caller is nil until the header blocks have been read, into who.
	caller *caller
	who    caller
	// innlogget is who asks, nil until they were let in, and where everybody may ask.
	innlogget *tilgang.Innlogget
	anonymous bool // it brought no credentials
	// sesjonsid is "" until it is known who asks: before that a fault has no header.
	sesjonsid     string
	operation     string // as the field specification names it
	produkt       string // the response root as this dialect names it
	given         []leaf // the elements of the question
	pieces        stream
	personer      []uint64
	logged        bool      // the audit log has its row, or could not take it
	avmeld        func()    // tells the audit log that no row will come any more; nil where there is none
	korrelasjon   string    // see reference
	start, handed time.Time // the question came; it was handed to its product
}

// exchanges are those that are over. What they hold memory for serves again; nothing else of them does.
var exchanges = sync.Pool{New: func() any { return new(exchange) }}

func newExchange(h *handler, w http.ResponseWriter, r *http.Request) *exchange {
	x := exchanges.Get().(*exchange)
	x.handler, x.w, x.r, x.version, x.start = h, w, r, soap11, h.config.Now()
	return x
}

// run answers the question. An error means that nothing has been written yet.
func (x *exchange) run() error {
	if x.config.Around != nil {
		x.around()
		return nil
	}
	op, err := x.read()
	if err != nil {
		return err
	}
	return x.answer(op)
}

// read reads the question and checks it, and tells who answers it. Like the answer itself it may not bring the
// connection down: a panic would be logged by net/http with what it was about.
func (x *exchange) read() (_ answerer, err error) {
	defer catchPanic(&err)
	charset, err := x.readMedia()
	if err != nil {
		return nil, err
	}
	if err := x.readBody(); err != nil {
		return nil, err
	}
	parser := parsers.Get().(*parser)
	defer parser.release()
	envelope, err := x.parse(parser, charset)
	if err != nil {
		return nil, err
	}
	if err := x.who.read(envelope.blocks); err != nil {
		return nil, err
	}
	x.caller = &x.who
	if err := x.identify(); err != nil {
		return nil, err
	}
	if x.config.Logg != nil {
		x.avmeld = x.config.Logg.Meld()
	}
	op, spek, err := x.find(envelope.operation)
	if err != nil {
		return nil, err
	}
	x.operation, x.produkt = spek, responseRoot(envelope.operation.Name.Local)
	if x.given, err = leaves(x.given, envelope.operation, op.children); err != nil {
		return nil, err
	}
	return op.answer, x.permitted()
}

// release gives back what the question holds when it has been answered.
func (x *exchange) release() {
	if x.isLarge {
		x.large.free()
	}
	if x.avmeld != nil {
		x.avmeld()
	}
	clear(x.given[:cap(x.given)])
	*x = exchange{given: x.given[:0], small: x.small[:0], packed: x.packed[:0]}
	exchanges.Put(x)
}

// readMedia looks at what the question says of itself before it is read: its media type, whose charset is returned,
// and its encoding. What is not read here is read away by net/http, so that the client sees the answer and not a
// broken connection.
func (x *exchange) readMedia() (charset string, err error) {
	h := x.r.Header
	media, charset := "", ""
	if types := h.Values("Content-Type"); len(types) == 1 {
		media, charset = mediaType(types[0])
	}
	switch media {
	case "text/xml":
	case "application/soap+xml":
		x.version = soap12
	default:
		return "", &statusError{http.StatusUnsupportedMediaType, "media type must be text/xml or application/soap+xml"}
	}
	for _, encoding := range h.Values("Content-Encoding") {
		if !strings.EqualFold(trim(encoding), "identity") {
			return "", &statusError{http.StatusUnsupportedMediaType, "content encodings are not supported"}
		}
	}
	return charset, nil
}

// mediaType reads a Content-Type.
func mediaType(value string) (media, charset string) {
	if usual, known := usualTypes[value]; known {
		return usual.media, usual.charset
	}
	return parseMediaType(value)
}

// usualTypes are the Content-Types of most clients, with what parseMediaType makes of them.
var usualTypes = func() map[string]struct{ media, charset string } {
	read := map[string]struct{ media, charset string }{}
	for _, value := range []string{"text/xml", "text/xml; charset=utf-8", "text/xml;charset=utf-8", "text/xml; charset=UTF-8",
		"text/xml;charset=UTF-8", `text/xml; charset="utf-8"`, `text/xml;charset="UTF-8"`, "application/soap+xml; charset=utf-8",
		"application/soap+xml;charset=UTF-8"} {
		media, charset := parseMediaType(value)
		read[value] = struct{ media, charset string }{media, charset}
	}
	return read
}()

// parseMediaType reads any Content-Type. One client sends an unquoted URL as a parameter, which mime does not read: then the
// parameters are taken apart at the semicolons. A charset that is given twice is none that is known.
func parseMediaType(value string) (media, charset string) {
	media, params, err := mime.ParseMediaType(value)
	if err == nil {
		return media, params["charset"]
	}
	parts := strings.Split(value, ";")
	for _, part := range parts[1:] {
		name, text, _ := strings.Cut(part, "=")
		if !strings.EqualFold(trim(name), "charset") {
			continue
		}
		if charset != "" {
			return "", ""
		}
		charset = strings.Trim(trim(text), `"`)
	}
	return strings.ToLower(trim(parts[0])), charset
}

// errBusy is what a question gets for which there is no place now.
var errBusy = &statusError{http.StatusServiceUnavailable, "too many questions at once"}

// errTooLarge is what a question over the limit gets, also one that only says so.
var errTooLarge = &statusError{http.StatusRequestEntityTooLarge, "the question is over 256 KiB"}

// readBody reads the whole question, or nothing of one that says it is too large. A question longer than any legal one
// needs a place from there on, so that slow senders of large ones cannot fill the memory.
func (x *exchange) readBody() error {
	if x.r.ContentLength > maxBody {
		return errTooLarge
	}
	if x.r.ContentLength >= 0 && x.r.ContentLength < maxSmall {
		return x.readSmall(int(x.r.ContentLength))
	}
	// Without the ResponseWriter, by which it would have net/http leave the rest unread.
	from := http.MaxBytesReader(nil, x.r.Body, maxBody)
	head, err := io.ReadAll(io.LimitReader(from, maxSmall))
	if err != nil || len(head) < maxSmall {
		x.body = head
		return readError(err)
	}
	if !x.large.take(patience) {
		return errBusy
	}
	x.isLarge = true
	whole := bytes.NewBuffer(make([]byte, 0, maxBody+bytes.MinRead))
	whole.Write(head) // never fails
	_, err = whole.ReadFrom(from)
	x.body = whole.Bytes()
	return readError(err)
}

// readSmall reads a question that says how long it is, into memory that serves again: the gate makes a text of its own.
func (x *exchange) readSmall(length int) error {
	if cap(x.small) < length {
		x.small = make([]byte, max(length, 2<<10))
	}
	read, err := io.ReadFull(x.r.Body, x.small[:length])
	x.body = x.small[:read]
	return readError(err)
}

func readError(err error) error {
	if err == nil {
		return nil
	}
	var over *http.MaxBytesError
	if errors.As(err, &over) {
		return errTooLarge
	}
	return &statusError{http.StatusBadRequest, "the question could not be read"}
}

// parse brings the question through the gate and opens its envelope. So many are parsed at once and no more, which
// bounds the memory that hostile documents can take.
func (x *exchange) parse(p *parser, charset string) (envelope, error) {
	if !x.parses.take(patience) {
		return envelope{}, errBusy
	}
	defer x.parses.free()
	root, err := p.gate(x.body, charset)
	if err != nil {
		return envelope{}, err
	}
	spoken, err := versionOf(root)
	if err != nil {
		return envelope{}, err
	}
	x.version = spoken
	return spoken.open(root)
}

// send writes a whole envelope.
func (x *exchange) send(status int, m message) {
	b := x.version.appendStart(nil)
	if m.header != "" {
		b = append(append(append(b, "<soap:Header>"...), m.header...), "</soap:Header>"...)
	}
	b = append(append(append(b, "<soap:Body>"...), m.body...), bodyEnd...)
	x.w.Header()["Content-Type"] = x.version.contentTypes
	x.w.Header().Set("Content-Length", strconv.Itoa(len(b)))
	x.w.WriteHeader(status)
	// A write fails only when the client has gone.
	_, _ = x.w.Write(b)
}
