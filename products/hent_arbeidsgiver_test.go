package products

import (
	"bytes"
	"errors"
	"fmt"
	"testing"

	"aareg/store"
	"aareg/store/sqlite"
	"aareg/wsdl/bindings"
)

// TestDamageInALongListCutsTheAnswer: the answer of an employer of very many begins before all of it has been read. Where
// whom it tells of goes to the audit log first, nothing of it has begun.
func TestDamageInALongListCutsTheAnswer(t *testing.T) {
	const orgnr = "210000313"
	file := t.TempDir() + "/register.db"
	s, err := store.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	err = s.Update(t.Context(), func(tx *store.Tx) (err error) {
		for i := range 5000 {
			err = errors.Join(err, tx.PutArbeidsforhold(&store.Arbeidsforhold{ArbeidsforholdId: int64(1000 + i), Type: store.Kodeverdi{Kode: "ordinaertArbeidsforhold"},
				Arbeidstaker: store.Part{Type: "Person", Ident: fmt.Sprintf("0181%07d", i)}, Arbeidssted: store.Part{Type: "Underenhet", Ident: orgnr},
				Ansettelsesperiode: store.Ansettelsesperiode{Startdato: 20200101}}))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	c, err := sqlite.Open(sqlite.URI(file, "mode", "rw"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.Exec(`UPDATE arbeidsgiverliste SET dok = zeroblob(4000) WHERE del = (SELECT max(del) FROM arbeidsgiverliste)`); err != nil {
		t.Fatal(err)
	}
	giver := bindings.PaakrevdArbeidsgivernrType(orgnr)
	for _, logged := range []bool{false, true} {
		var sent bytes.Buffer
		svar := NewSvar(&sent, head)
		if logged {
			svar.Loggfoer()
		}
		err := HentArbeidsgiver(t.Context(), Query{Store: s, View: store.View{Today: 20250615}, MaxArbeidsforhold: 10_000, MaxTreff: 10},
			&bindings.HentArbeidsgiverType{ArbeidsgiverId: &giver}, svar)
		if !errors.Is(err, store.ErrUtilgjengelig) || svar.Begun() == logged || (sent.Len() > 0) == logged {
			t.Errorf("logged %v: %v, begun %v, %d bytes sent", logged, err, svar.Begun(), sent.Len())
		}
		svar.Release()
	}
}
