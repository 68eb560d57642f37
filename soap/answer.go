package soap

import (
	"errors"
	"net/http"
	"slices"
	"time"

	"aareg/products"
	"aareg/wsdl"
)

var errNoAnswer = errors.New("the operation returned without an answer")

// answer lets the operation write its answer. Once it has begun, a failure cuts the connection.
func (x *exchange) answer(op answerer) (err error) {
	x.w.Header()["Content-Type"] = x.version.contentTypes
	x.pieces = stream{x: x}
	defer x.pieces.release()
	svar := products.NewSvar(&x.pieces, x.head)
	defer svar.Release()
	if x.config.Dialekt == wsdl.D2015 {
		svar.Dialekt2015()
	}
	x.pieces.svar = svar
	if x.innlogget != nil {
		svar.Begrens(x.innlogget.Felter(x.operation))
	}
	if x.innlogget != nil || x.config.Logg != nil {
		svar.Loggfoer()
		defer func() {
			if err != nil { // the fault is logged with whom it was asked about, after svar is released
				_, _, personer := svar.Utlevert()
				x.personer = slices.Clone(personer)
			}
		}()
	}
	err = x.ask(op, svar)
	if kode, isOutcome := products.StatusOf(err); isOutcome && !svar.Begun() {
		if kode == products.Utilgjengelig {
			x.failed("register not available", err)
		}
		svar.Status(kode)
		err = nil
	}
	switch {
	case err != nil:
		return x.unanswered(err, svar.Begun())
	case !svar.Begun():
		return errNoAnswer
	}
	rest, streamed, err := svar.End("</aareg2:" + x.produkt + ">" + bodyEnd)
	if err != nil {
		abort()
	}
	if !streamed {
		if err := x.leave(svar); err != nil {
			return err
		}
		rest = x.whole(rest)
		x.together(len(rest))
	}
	if streamed {
		_, err = x.writePiece(rest, true)
	} else {
		_, err = x.w.Write(rest)
	}
	if err != nil {
		abort()
	}
	return nil
}

// unanswered is the error of an operation that did not come to its end, if it is not too late for a fault.
func (x *exchange) unanswered(err error, begun bool) error {
	var kept *keptError
	if errors.As(err, &kept) { // no piece has left
		return kept.reason
	}
	if begun {
		x.failed("answer cut", err)
		abort()
	}
	return err
}

// stream takes the pieces of an answer that is longer than one. With the first it takes a place: who does not read
// keeps others from long answers at most, and the memory is bounded. Where there is no place, or the answer may not
// leave, the operation is left at once, by a panic that ask catches: what it would still write is for nobody, and holds
// memory meanwhile.
type stream struct {
	x     *exchange
	svar  *products.Svar
	begun bool
}

// keptError is why an answer of which nothing has left stays here.
type keptError struct{ reason error }

func (e *keptError) Error() string { return e.reason.Error() }

// Write sends a piece.
func (s *stream) Write(piece []byte) (int, error) {
	if !s.begun {
		if !s.x.streams.take(0) {
			panic(&keptError{errBusy})
		}
		s.begun = true
		if err := s.x.leave(s.svar); err != nil {
			panic(&keptError{err})
		}
	}
	return s.x.writePiece(piece, false)
}

func (s *stream) release() {
	if s.begun {
		s.x.streams.free()
	}
}

// abort cuts the connection of an answer whose outcome was already told: a closed envelope would be a lie. This is
// net/http's own way of doing it, and the border's only panic while it serves.
func abort() { panic(http.ErrAbortHandler) }

// queryPatience is how long the register may take over one question.
const queryPatience = 5 * time.Second

// ask hands the question to its operation; a panic in there is an error like any other.
func (x *exchange) ask(op answerer, svar *products.Svar) (err error) {
	defer catchPanic(&err)
	x.handed = x.config.Now()
	return op(x.queries.next(), products.Query{
		Store:             x.config.Store,
		View:              x.view(),
		MaxArbeidsforhold: x.config.MaxArbeidsforhold,
		MaxTreff:          x.config.MaxTreff,
		Hopp:              x.hopp(),
	}, x.given, svar)
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
	return x.caller.appendHeader(b, x.sesjonsid, x.produkt, tid)
}
