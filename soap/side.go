package soap

import (
	"context"
	"net/http"

	"aareg/store/logg"
)

// oppslagPath is where the look-up page begins.
const oppslagPath = "/oppslag"

// SesjonsidHeader is the header of a request of ForSide to /tilgang, UttrekkPath and DetaljerPath that has the session id, and
// of the answer of /tilgang. It is a bearer secret. In a request from elsewhere it means nothing.
const SesjonsidHeader = "Aareg-Sesjonsid"

type sideKey struct{}

// ForSide is the context of a request that the look-up page makes of the handler, in the same process, for a person who
// looks. The agreement must grant that way in (web-oppslag) and the audit log tells of it. ctx may be that of the
// person's own request: its connection is left out, since the answer is not for the wire.
func ForSide(ctx context.Context) context.Context {
	return context.WithValue(context.WithValue(ctx, connectionKey{}, nil), sideKey{}, true)
}

// forSide says whether the look-up page asks.
func (x *exchange) forSide() bool { return forSide(x.r) }

func forSide(r *http.Request) bool { return r.Context().Value(sideKey{}) != nil }

// kanal is what the audit log's parameters say of the way in: of what a person asks on the look-up page.
func (x *exchange) kanal() []logg.Parameter {
	if !x.forSide() {
		return nil
	}
	return []logg.Parameter{{Tag: "kanal", Verdi: "web-oppslag"}}
}
