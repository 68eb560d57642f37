package logg

import "fmt"

// endringer are the kinds of mutation.
var endringer = map[string]func(e *endring){
	"a bit of the content":    func(e *endring) { e.bit("innhold", "rad", fmt.Sprintf("nr = %d", e.nr())) },
	"a bit of the persons":    func(e *endring) { e.bit("personer", "rad", fmt.Sprintf("nr = %d", e.nr())) },
	"a bit of the chain hash": func(e *endring) { e.bit("kjede", "rad", fmt.Sprintf("nr = %d", e.nr())) },
	"the latest time": func(e *endring) {
		e.sql("UPDATE rad SET hittil = hittil + %d WHERE nr = %d", 1+e.random.IntN(1e6), e.nr())
	},
	"a number":           func(e *endring) { e.sql("UPDATE rad SET nr = nr + %d WHERE nr = %d", 1000+e.random.IntN(1e6), e.nr()) },
	"a number below all": func(e *endring) { e.sql("UPDATE rad SET nr = -nr WHERE nr = %d", e.nr()) },
	"another time in the JSON": func(e *endring) {
		e.sql(`UPDATE rad SET innhold = CAST(replace(innhold, 'T08:', 'T09:') AS BLOB) WHERE nr = %d`, e.m.hode)
	},
	"another consumer": func(e *endring) {
		e.sql(`UPDATE rad SET innhold = CAST(replace(innhold, '"orgnr":"21', '"orgnr":"31') AS BLOB) WHERE nr = %d`, e.medPersoner())
	},
	"persons removed":    func(e *endring) { e.sql("UPDATE rad SET personer = x'' WHERE nr = %d", e.medPersoner()) },
	"content removed":    func(e *endring) { e.sql("UPDATE rad SET innhold = x'' WHERE nr = %d", e.nr()) },
	"chain hash removed": func(e *endring) { e.sql("UPDATE rad SET kjede = x'' WHERE nr = %d", e.nr()) },
	"a row removed":      func(e *endring) { e.sql("DELETE FROM rad WHERE nr = %d", e.nr()) },
	"rows removed":       func(e *endring) { a, b := e.to(); e.sql("DELETE FROM rad WHERE nr BETWEEN %d AND %d", a, b) },
	"all rows removed":   func(e *endring) { e.sql("DELETE FROM rad") },
	"a row removed, others moved": func(e *endring) {
		n := e.nr()
		e.sql("DELETE FROM rad WHERE nr = %d; UPDATE rad SET nr = -nr WHERE nr > %d; UPDATE rad SET nr = -nr - 1 WHERE nr < -%d", n, n, n)
	},
	"rows change places": func(e *endring) {
		a, b := e.to()
		e.sql("UPDATE rad SET nr = -1 WHERE nr = %d; UPDATE rad SET nr = %d WHERE nr = %d; UPDATE rad SET nr = %d WHERE nr = -1", a, a, b, b)
	},
	"content changes places":        func(e *endring) { e.bytt("innhold", "personer") },
	"persons change places":         func(e *endring) { e.bytt("personer") },
	"all but numbers change places": func(e *endring) { e.bytt("innhold", "personer", "hittil", "kjede") },
	"a row doubled at the end": func(e *endring) {
		e.sql("INSERT INTO rad SELECT %d, hittil, innhold, personer, kjede FROM rad WHERE nr = %d", e.m.hode+1, e.nr())
	},
	"a row doubled at the front": func(e *endring) {
		e.sql("INSERT INTO rad SELECT %d, hittil, innhold, personer, kjede FROM rad WHERE nr = %d", e.m.start, e.nr())
	},
	"a row over another": func(e *endring) {
		a, b := e.to()
		e.sql("DELETE FROM rad WHERE nr = %d; INSERT INTO rad SELECT %d, hittil, innhold, personer, kjede FROM rad WHERE nr = %d", b, b, a)
	},
	"a row put in": func(e *endring) {
		n := e.nr()
		e.sql("UPDATE rad SET nr = -nr WHERE nr >= %d; UPDATE rad SET nr = 1 - nr WHERE nr < 0; INSERT INTO rad SELECT %d, hittil, innhold, personer, kjede FROM rad WHERE nr = %d", n, n, n+1)
	},
	"a row that follows, unsigned":           func(e *endring) { e.leggTil() },
	"the tail cut":                           func(e *endring) { e.sql("DELETE FROM rad WHERE nr > %d", e.midt()) },
	"the tail cut to an old state":           func(e *endring) { e.gammel() },
	"the tail cut, signed with the key":      func(e *endring) { e.sql("DELETE FROM rad WHERE nr > %d", e.midt()); e.nyKjede(e.m.noekkel) },
	"the front cut":                          func(e *endring) { e.sql("DELETE FROM rad WHERE nr <= %d", e.midt()) },
	"the front cut, signed with another key": func(e *endring) { e.startEtter(e.midt(), e.fremmed()) },
	"the front cut, signed with the key":     func(e *endring) { e.startEtter(e.midt(), e.m.noekkel) },
	"all rows cut, signed with the key":      func(e *endring) { e.sql("DELETE FROM rad"); e.nyKjede(e.m.noekkel) },
	"a number of start or head": func(e *endring) {
		e.sql("UPDATE punkt SET nr = nr + %d WHERE merke = %d", 1+e.random.IntN(9), e.random.IntN(2))
	},
	"a time of start or head": func(e *endring) { e.sql("UPDATE punkt SET hittil = hittil / 2 - 1 WHERE merke = %d", e.random.IntN(2)) },
	"the lag of start or head": func(e *endring) {
		e.sql("UPDATE punkt SET etterslep = etterslep + 1 + %d WHERE merke = %d", e.random.IntN(9), e.random.IntN(2))
	},
	"a hash of start or head": func(e *endring) { e.bit("kjede", "punkt", fmt.Sprintf("merke = %d", e.random.IntN(2))) },
	"a signature":             func(e *endring) { e.bit("hmac", "punkt", fmt.Sprintf("merke = %d", e.random.IntN(2))) },
	"start or head removed":   func(e *endring) { e.sql("DELETE FROM punkt WHERE merke = %d", e.random.IntN(2)) },
	"head for start": func(e *endring) {
		e.sql("DELETE FROM punkt WHERE merke = 0; INSERT INTO punkt SELECT 0, nr, kjede, hittil, etterslep, hmac FROM punkt")
	},
	"start for head": func(e *endring) {
		e.sql("DELETE FROM punkt WHERE merke = 1; INSERT INTO punkt SELECT 1, nr, kjede, hittil, etterslep, hmac FROM punkt")
	},
	"changed and hashed anew":              func(e *endring) { e.bytt("personer"); e.nyKjede(e.fremmed()) },
	"changed and hashed anew, head left":   func(e *endring) { e.nyttHode() },
	"changed and hashed anew with the key": func(e *endring) { e.bytt("personer"); e.nyKjede(e.m.noekkel) },
	"removed and hashed anew with the key": func(e *endring) { e.sql("DELETE FROM rad WHERE nr = %d", e.nr()); e.nyKjede(e.m.noekkel) },
	"a trigger": func(e *endring) {
		e.sql("CREATE TRIGGER t AFTER INSERT ON rad BEGIN DELETE FROM rad WHERE nr = NEW.nr; END")
	},
	"a table more":  func(e *endring) { e.sql("CREATE TABLE mer (x)") },
	"a column more": func(e *endring) { e.sql("ALTER TABLE rad ADD COLUMN mer TEXT") },
}
