package tilgang

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"aareg/store/konsument"
)

var noekkel = Noekkel(bytes.Repeat([]byte{7}, 32))

func TestSessionIdIsReadAsItWasIssued(t *testing.T) {
	at := time.Unix(1587481958, 999)
	id := noekkel.Utsted(at, 19372)
	if head, tail, _ := strings.Cut(id, "#"); head != "1587481958.19372" || len(tail) != 27 {
		t.Errorf("it is not in the platform's form")
	}
	got, nr, ok := noekkel.Les(id)
	if !ok || got.Unix() != at.Unix() || nr != 19372 {
		t.Errorf("read %v %d %v", got.Unix(), nr, ok)
	}
}

// forge signs any text in front of # with the key, as Utsted would if it could write it.
func forge(k Noekkel, text string) string {
	h := hmac.New(sha256.New, k)
	h.Write([]byte(text))
	return text + "#" + base64.RawStdEncoding.EncodeToString(h.Sum(nil)[:20])
}

func TestSessionIdHasOneSpelling(t *testing.T) {
	id := noekkel.Utsted(time.Unix(1587481958, 0), 42)
	if id != forge(noekkel, "1587481958.42") {
		t.Fatal("the forgery is none")
	}
	last := strings.IndexByte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", id[len(id)-1])
	twin := id[:len(id)-1] + string("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"[last^1]) // the same 20 bytes
	for name, s := range map[string]string{
		"empty": "", "cut": id[:len(id)-1], "longer": id + "=", "space before": " " + id, "line end": id + "\n", "twin": twin,
		"another login": strings.Replace(id, ".42#", ".43#", 1), "another time": strings.Replace(id, "8.42", "9.42", 1),
		"another key":  Noekkel(bytes.Repeat([]byte{8}, 32)).Utsted(time.Unix(1587481958, 0), 42),
		"plus":         forge(noekkel, "+1587481958.42"),
		"zero before":  forge(noekkel, "01587481958.42"),
		"zero login":   forge(noekkel, "1587481958.042"),
		"negative":     forge(noekkel, "-1.42"),
		"below login":  forge(noekkel, "1587481958.-42"),
		"no login":     forge(noekkel, "1587481958."),
		"no dot":       forge(noekkel, "1587481958"),
		"underscore":   forge(noekkel, "1_587481958.42"),
		"fraction":     forge(noekkel, "1587481958.42.1"),
		"too large":    forge(noekkel, "99999999999999999999.42"),
		"hexadecimal":  forge(noekkel, "0x5e9d.42"),
		"arabic digit": forge(noekkel, "1587481958.4٢"),
	} {
		if _, _, ok := noekkel.Les(s); ok {
			t.Errorf("%s: it was taken", name)
		}
	}
	if _, _, ok := (Noekkel{}).Les(Noekkel{}.Utsted(time.Unix(1587481958, 0), 42)); ok {
		t.Error("without a key anybody's was taken")
	}
}

func FuzzSessionIdHasOneSpelling(f *testing.F) {
	f.Add(noekkel.Utsted(time.Unix(1587481958, 0), 42))
	f.Add(forge(noekkel, "+1.1"))
	f.Add("1.1#")
	f.Fuzz(func(t *testing.T, s string) {
		head, _, _ := strings.Cut(s, "#")
		for _, id := range []string{s, forge(noekkel, head)} {
			if at, nr, ok := noekkel.Les(id); ok && noekkel.Utsted(at, nr) != id {
				t.Error("two spellings of one session")
			}
		}
	})
}

// TestSessionIsGoodOnAnotherReplicaAndAfterARestart: whoever has the consumers has the key.
func TestSessionIsGoodOnAnotherReplicaAndAfterARestart(t *testing.T) {
	v := nyVerden(t)
	nr := v.login(v.konsument(etat, standard), "etat", nil)
	sesjon := v.inn(v.port, bruker("etat", passord)).Sesjonsid
	replica, err := konsument.Open(v.path)
	v.must(err)
	defer replica.Close()
	if i := v.inn(v.newPort(replica), Legitimasjon{Sesjonsid: sesjon}); i.Innlogging.Nr != nr || i.Sesjonsid != sesjon {
		t.Errorf("login %d", i.Innlogging.Nr)
	}
	if got := v.hashes.Load(); got != 1 {
		t.Errorf("%d hashes", got)
	}
}

func TestSessionLivesItsTimeAndNoLonger(t *testing.T) {
	v := nyVerden(t)
	nr := v.login(v.konsument(etat, standard), "etat", nil)
	b, err := v.reg.Bilde()
	v.must(err)
	for _, c := range []struct {
		age  time.Duration
		want error
	}{{0, nil}, {time.Hour - time.Second, nil}, {time.Hour, ErrSesjonUtloept}, {-time.Minute, nil}, {-time.Minute - time.Second, ErrSesjonUtloept}} {
		v.ute(v.port, Legitimasjon{Sesjonsid: Noekkel(b.Noekkel).Utsted(v.now.Add(-c.age), nr)}, c.want)
	}
}

// TestRevocationIsSeenOnTheNextCall: by whatever the session has lost its ground.
func TestRevocationIsSeenOnTheNextCall(t *testing.T) {
	for name, change := range map[string]func(r *konsument.Register, k, login int64, now time.Time) error{
		"revoked": func(r *konsument.Register, _, login int64, now time.Time) error {
			return r.EndreInnlogging(login, func(i *konsument.Innlogging) error { i.Etter = now.Unix(); return nil })
		},
		"login disabled": func(r *konsument.Register, _, login int64, _ time.Time) error {
			return r.EndreInnlogging(login, func(i *konsument.Innlogging) error { i.Sperret = true; return nil })
		},
		"login removed": func(r *konsument.Register, _, login int64, _ time.Time) error { return r.FjernInnlogging(login) },
		"consumer disabled": func(r *konsument.Register, k, _ int64, _ time.Time) error {
			return r.Endre(k, func(k *konsument.Konsument) error { k.Sperret = true; return nil })
		},
		"consumer expired": func(r *konsument.Register, k, _ int64, _ time.Time) error {
			return r.Endre(k, func(k *konsument.Konsument) error { k.Til = 20260309; return nil })
		},
		"consumer removed": func(r *konsument.Register, k, _ int64, _ time.Time) error { return r.Fjern(k) },
	} {
		t.Run(strings.ReplaceAll(name, " ", "_"), func(t *testing.T) {
			v := nyVerden(t)
			k := v.konsument(etat, standard)
			nr := v.login(k, "etat", nil)
			replica, err := konsument.Open(v.path)
			v.must(err)
			defer replica.Close()
			other := v.newPort(replica)
			sesjon := Legitimasjon{Sesjonsid: v.inn(v.port, bruker("etat", passord)).Sesjonsid}
			v.inn(other, sesjon)
			v.must(change(v.reg, k, nr, v.now))
			v.ute(v.port, sesjon, ErrSesjonUtloept)
			v.ute(other, sesjon, ErrSesjonUtloept)
		})
	}
}

// TestLoginInTheSecondOfRevocationHasASessionThatIsGood, and the one before it stays revoked.
func TestLoginInTheSecondOfRevocationHasASessionThatIsGood(t *testing.T) {
	v := nyVerden(t)
	nr := v.login(v.konsument(etat, standard), "etat", nil)
	before := v.inn(v.port, bruker("etat", passord)).Sesjonsid
	v.must(v.reg.EndreInnlogging(nr, func(i *konsument.Innlogging) error { i.Etter = v.now.Unix(); return nil }))
	after := v.inn(v.port, bruker("etat", passord)).Sesjonsid
	v.inn(v.port, Legitimasjon{Sesjonsid: after})
	v.ute(v.port, Legitimasjon{Sesjonsid: before}, ErrSesjonUtloept)
}
