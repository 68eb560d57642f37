package soap

import (
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"

	"aareg/products"
	"aareg/wsdl"
)

// exchange is one question and its answer.
type exchange struct {
	*handler
	w http.ResponseWriter
	r *http.Request

	// version is what is answered in: the media type's, until the envelope has said its own.
	version *version
	body    []byte
	// caller is nil until the header blocks have been read: before that nobody is identified, and a fault has no
	// header.
	caller        *caller
	produkt       string
	start, handed time.Time // the question came; it was handed to its product
}

func newExchange(h *handler, w http.ResponseWriter, r *http.Request) *exchange {
	return &exchange{handler: h, w: w, r: r, version: soap11, start: h.config.Now()}
}

// run answers the question. An error means that nothing has been written yet.
func (x *exchange) run() error {
	charset, err := x.readMedia()
	if err != nil {
		return err
	}
	if x.body, err = x.readBody(); err != nil {
		return err
	}
	envelope, err := x.parse(charset)
	if err != nil {
		return err
	}
	if x.caller, err = readCaller(envelope.blocks); err != nil {
		return err
	}
	op, err := find(x.operations, envelope.operation)
	if err != nil {
		return err
	}
	name := envelope.operation.Name
	x.produkt = responseRoot(name.Local)
	given, err := leaves(envelope.operation, wsdl.RequestChildren(name.Local))
	if err != nil {
		return err
	}
	return x.answer(op, newQuestion(name, given))
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

// mediaType reads a Content-Type. One client sends an unquoted URL as a parameter, which mime does not read: then the
// parameters are taken apart at the semicolons. A charset that is given twice is none that is known.
func mediaType(value string) (media, charset string) {
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

// readBody reads the whole question, or nothing of one that says it is too large.
func (x *exchange) readBody() ([]byte, error) {
	tooLarge := &statusError{http.StatusRequestEntityTooLarge, "the question is over 256 KiB"}
	if x.r.ContentLength > maxBody {
		return nil, tooLarge
	}
	body, err := io.ReadAll(http.MaxBytesReader(x.w, x.r.Body, maxBody))
	var over *http.MaxBytesError
	switch {
	case errors.As(err, &over):
		return nil, tooLarge
	case err != nil:
		return nil, &statusError{http.StatusBadRequest, "the question could not be read"}
	}
	return body, nil
}

// parsePatience is how long a question waits for its turn to be parsed.
const parsePatience = time.Second

// parse brings the question through the gate and opens its envelope. So many are parsed at once and no more, which
// bounds the memory that hostile documents can take.
func (x *exchange) parse(charset string) (envelope, error) {
	if !x.takeTurn() {
		return envelope{}, &statusError{http.StatusServiceUnavailable, "too many questions at once"}
	}
	defer func() { <-x.parses }()
	root, err := gate(x.body, charset)
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

func (x *exchange) takeTurn() bool {
	select {
	case x.parses <- struct{}{}:
		return true
	default:
	}
	patience := time.NewTimer(parsePatience)
	defer patience.Stop()
	select {
	case x.parses <- struct{}{}:
		return true
	case <-patience.C:
		return false
	}
}

var errNoAnswer = errors.New("the operation returned without an answer")

// answer lets the operation write its answer. Once it has begun, a failure cuts the connection.
func (x *exchange) answer(op operation, question *questionTokens) error {
	x.w.Header().Set("Content-Type", x.version.contentType)
	svar := products.NewSvar(x.w, x.head)
	defer svar.Release()
	err := x.ask(op, question, svar)
	if kode, isOutcome := products.StatusOf(err); isOutcome && !svar.Begun() {
		if kode == products.Utilgjengelig {
			x.failed("register not available", err)
		}
		svar.Status(kode)
		err = nil
	}
	switch {
	case err != nil && svar.Begun():
		x.failed("answer cut", err)
		abort()
	case err != nil:
		return err
	case !svar.Begun():
		return errNoAnswer
	}
	rest, streamed, err := svar.End("</aareg2:" + x.produkt + ">" + bodyEnd)
	if err != nil {
		abort()
	}
	if !streamed {
		x.w.Header().Set("Content-Length", strconv.Itoa(len(rest)))
	}
	if _, err := x.w.Write(rest); err != nil {
		abort()
	}
	return nil
}

// abort cuts the connection of an answer whose outcome was already told: a closed envelope would be a lie. This is
// net/http's own way of doing it, and the border's only panic while it serves.
func abort() { panic(http.ErrAbortHandler) }

// queryPatience is how long the register may take over one question.
const queryPatience = 5 * time.Second

// ask hands the question to its operation; a panic in there is an error like any other. The request's context does
// not end the question: net/http cancels it when a client closes its sending half, as old ones do, and still reads.
func (x *exchange) ask(op operation, question *questionTokens, svar *products.Svar) (err error) {
	defer catchPanic(&err)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(x.r.Context()), queryPatience)
	defer cancel()
	x.handed = x.config.Now()
	return op(ctx, products.Query{
		Store:             x.config.Store,
		View:              x.config.View(),
		MaxArbeidsforhold: x.config.MaxArbeidsforhold,
		MaxTreff:          x.config.MaxTreff,
	}, question, svar)
}

// head appends what stands before the answer's first leaf.
func (x *exchange) head(b []byte) []byte {
	b = x.version.appendStart(b)
	b = append(b, "<soap:Header>"...)
	b = x.appendHeader(b)
	b = append(b, "</soap:Header><soap:Body><aareg2:"...)
	b = append(b, x.produkt...)
	return append(b, ` xmlns:aareg2="`+wsdl.NamespaceAareg2+`">`...)
}

func (x *exchange) appendHeader(b []byte) []byte {
	now := x.config.Now()
	tid := responstid{total: now.Sub(x.start), intern: now.Sub(x.start)}
	if !x.handed.IsZero() {
		tid.intern, tid.backOffice = x.handed.Sub(x.start), now.Sub(x.handed)
	}
	return x.caller.appendHeader(b, x.key.issue(now, 0), x.produkt, tid)
}

// send writes a whole envelope.
func (x *exchange) send(status int, m message) {
	b := x.version.appendStart(nil)
	if m.header != "" {
		b = append(append(append(b, "<soap:Header>"...), m.header...), "</soap:Header>"...)
	}
	b = append(append(append(b, "<soap:Body>"...), m.body...), bodyEnd...)
	x.w.Header().Set("Content-Type", x.version.contentType)
	x.w.Header().Set("Content-Length", strconv.Itoa(len(b)))
	x.w.WriteHeader(status)
	// A write fails only when the client has gone.
	_, _ = x.w.Write(b)
}
