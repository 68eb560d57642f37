package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestWhatIsCalledWronglyIsToldFromWhatFails(t *testing.T) {
	o := nyOperatoer(t)
	o.legger(fagetat)
	for _, c := range []struct {
		args  string
		usage bool
		want  string
	}{
		{"", true, "what?"},
		{"forget", true, `there is no "forget"`},
		{"show", true, "which consumer?"},
		{"show 322345675", true, "which consumer?"},
		{"show 322345674 222345677", true, "more than one orgnr"},
		{"show 222345677", false, "there is no consumer 222345677"},
		{"list 322345674", true, "list takes no orgnr"},
		{"remove 322345674", true, "removed for good"},
		{"change 322345674", true, "what is to be changed?"},
		{"change 322345674 --hjemmel=", false, "hjemmel: must be stated"},
		{"change 322345674 --fra 1.1.2026", true, "-fra"},
		{"change 322345674 --kontakt-feil Kari", true, "semicolons"},
		{"change 322345674 --tilgang faks", false, "tilgang: each at most once of"},
		{"add 322345674 --navn A --hjemmel B --formaal C --behandlingsgrunnlag D", false, "another consumer has this orgnr"},
		{"add 222345677 --navn A", false, "hjemmel: must be stated"},
		{"rights 322345674", true, "which rights?"},
		{"rights 322345674 --felter - --personer -", true, "can only be one thing"},
		{"rights 322345674 --profil alt", false, "neither a shipped profile"},
		{"rights 322345674 --produkter hentAlt", true, "--produkter: each at most once of"},
		{"rights 322345674 --fortrolig litt", true, "--fortrolig: ingen, kode or data"},
		{"rights 322345674 --personer-per-doegn -1", true, "--personer-per-doegn: a whole number"},
		{"rights 322345674 --felter " + filepath.Join(o.fil, "mangler"), false, "--felter: open"},
		{"login 322345674", true, "login add or login remove?"},
		{"login add 322345674", true, "which login?"},
		{"login add 322345674 --brukernavn noen --sertifikat", true, "which login?"},
		{"login add 322345674 --sertifikat --legacy", true, "are about passwords"},
		{"login remove 322345674 --brukernavn noen", false, "has no such login"},
		{"password 322345674", true, "whose password?"},
		{"password 322345674 --brukernavn noen", false, "has no such login"},
		{"disable 322345674 --brukernavn noen --sertifikat", true, "which login?"},
		{"profiles alt", true, "which profile?"},
		{"rights 322345674 --personer 12838049808", true, "never an argument"},
	} {
		_, err := o.proev("", strings.Fields(c.args)...)
		var usage *usageError
		if err == nil || errors.As(err, &usage) != c.usage || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: want %q, called wrongly %v; got %v", c.args, c.want, c.usage, err)
		}
	}
	var usage *usageError
	if err := konsumentCmd(context.Background(), []string{"list"}, nil, nil, nil); !errors.As(err, &usage) {
		t.Errorf("without --konsumenter: %v", err)
	}
	missing := operatoer{t, o.fil + ".mangler"}
	if _, err := missing.proev("", "list"); err == nil || !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
}
