package tilgang

import (
	"context"
	"testing"

	"aareg/store/konsument"
)

// BenchmarkSlipp is what it costs to let somebody in: by a session, by credentials that are remembered, and by
// credentials that are worked on; and to refuse a wrong password.
func BenchmarkSlipp(b *testing.B) {
	v := nyVerden(b)
	real, err := konsument.Hash(passord)
	v.must(err)
	v.login(v.konsument(etat, standard), "etat", func(i *konsument.Innlogging) { i.Passord = real })
	port, err := New(Config{Konsumenter: v.reg})
	v.must(err)
	ctx, credentials := context.Background(), bruker("etat", passord)
	i, err := port.Slipp(ctx, credentials)
	v.must(err)
	in := func(l Legitimasjon, before func()) func(*testing.B) {
		return func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				before()
				if _, err := port.Slipp(ctx, l); err != nil {
					b.Fatal(err)
				}
			}
		}
	}
	b.Run("session", in(Legitimasjon{Sesjonsid: i.Sesjonsid, Kilde: kontor}, func() {}))
	b.Run("remembered", in(credentials, func() {}))
	b.Run("hashed", in(credentials, port.verified.logins.clear))
	b.Run("wrong", func(b *testing.B) {
		wrong := bruker("etat", "Feil-passord-1")
		for b.Loop() {
			port.throttle.failures.clear()
			if _, err := port.Slipp(ctx, wrong); err == nil {
				b.Fatal("a wrong password was right")
			}
		}
	})
}
