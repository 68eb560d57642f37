package soap

import (
	"context"
	"net/http"
	"strconv"

	"aareg/store/logg"
)

// oppslagPath is where the look-up page begins.
const oppslagPath = "/oppslag"

// SesjonsidHeader is the header of a request of ForSide to /tilgang, UttrekkPath, DetaljerPath and BemanningPath that has the
// session id, and of the answer of /tilgang. It is a bearer secret. In a request from elsewhere it means nothing.
const SesjonsidHeader = "Aareg-Sesjonsid"

type sideKey struct{}

// ForSide is the context of a request that the look-up page makes of the handler, in the same process, for a person who
// looks. The agreement must grant that way in (web-oppslag) and the audit log tells of it. ctx may be that of the
// person's own request: its connection is left out, since the answer is not for the wire.
func ForSide(ctx context.Context) context.Context {
	return context.WithValue(context.WithValue(ctx, connectionKey{}, nil), sideKey{}, true)
}

type hoppKey struct{}

// MedHopp has the answer to a request of ForSide begin after so many arbeidsforhold or hits; see products.Query.
func MedHopp(ctx context.Context, hopp int) context.Context {
	return context.WithValue(ctx, hoppKey{}, hopp)
}

// forSide says whether the look-up page asks.
func (x *exchange) forSide() bool { return forSide(x.r) }

func forSide(r *http.Request) bool { return r.Context().Value(sideKey{}) != nil }

// hopp is what MedHopp says; 0 for everybody but the page.
func (x *exchange) hopp() int {
	if !x.forSide() {
		return 0
	}
	n, _ := x.r.Context().Value(hoppKey{}).(int)
	return n
}

// kanal is what the audit log's parameters say of the way in: of what a person asks on the look-up page, and
// after how many rows the answer began.
func (x *exchange) kanal() []logg.Parameter {
	if !x.forSide() {
		return nil
	}
	told := []logg.Parameter{{Tag: "kanal", Verdi: "web-oppslag"}}
	if n := x.hopp(); n > 0 {
		told = append(told, logg.Parameter{Tag: "hopp", Verdi: strconv.Itoa(n)})
	}
	return told
}
