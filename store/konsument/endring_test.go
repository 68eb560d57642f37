package konsument

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/store"
)

func TestAnAgreementThatMayNotStandIsRefusedInWords(t *testing.T) {
	const secret = "12845678901"
	r, _ := nytt(t)
	lagt(t, r, avtale(tilsyn))
	nr := lagt(t, r, avtale(pensjon))
	for want, change := range map[string]func(*Konsument){
		"orgnr: not 9 digits with a right check digit":                                     func(k *Konsument) { k.Orgnr = "210000004" },
		"another consumer has this orgnr":                                                  func(k *Konsument) { k.Orgnr = tilsyn },
		"databehandler: not 9 digits with a right check digit":                             func(k *Konsument) { k.Databehandler = "21000000" },
		"navn: must be stated":                                                             func(k *Konsument) { k.Navn = " " },
		"hjemmel: must be stated":                                                          func(k *Konsument) { k.Hjemmel = "" },
		"formaal: must be one line":                                                        func(k *Konsument) { k.Formaal = "a\x1b[2J" },
		"behandlingsgrunnlag: not a text of at most 1000 bytes":                            func(k *Konsument) { k.Behandlingsgrunnlag = strings.Repeat("x", 1001) },
		"tilgang: at least one of api, web-oppslag and uttrekk":                            func(k *Konsument) { k.Tilgang = nil },
		"tilgang: each at most once of api, web-oppslag and uttrekk":                       func(k *Konsument) { k.Tilgang = []Tilgangsform{API, API} },
		"fra, til: the last day is before the first":                                       func(k *Konsument) { k.Fra, k.Til = 20260102, 20260101 },
		"contact for endring: name, telephone and e-mail must be stated, each in one line": func(k *Konsument) { k.Kontakter.Endring.Navn = "Kari" },
		"contact for feil: telephone: not a number":                                        func(k *Konsument) { k.Kontakter.Feil.Telefon = "ring oss" },
		"contact for feil: e-mail: not an address":                                         func(k *Konsument) { k.Kontakter.Feil.Epost = "vakt" },
		"produkter: each at most once of " + strings.Join(Produkter(), ", "):               func(k *Konsument) { k.Rettigheter.Produkter = []string{"hentAlt"} },
		"felter: number 2 is neither a product nor a product, / and a path of its answer":  func(k *Konsument) { k.Rettigheter.Felter = []string{"hentArbeidstaker/alder", "alder"} },
		"arbeidsgivere: either all or a list":                                              func(k *Konsument) { k.Rettigheter.Arbeidsgivere = Omfang{true, []string{etat}} },
		"arbeidsgivere: entry 2 is not 9 or 11 digits":                                     func(k *Konsument) { k.Rettigheter.Arbeidsgivere.Nummer = []string{etat, "1"} },
		"personer: entry 1 is not 11 digits":                                               func(k *Konsument) { k.Rettigheter.Personer.Nummer = []string{secret + "2"} },
		"fortrolig, strengtFortrolig: neither ingen, kode nor data":                        func(k *Konsument) { k.Rettigheter.StrengtFortrolig = store.InnsynData + 1 },
		"personerPerDoegn, spoersmaalPerSekund: must be 0 or more, or -1 for no limit":     func(k *Konsument) { k.Rettigheter.SpoersmaalPerSekund = -2 },
		"its number cannot be changed":                                                     func(k *Konsument) { k.Nr++ },
		"profil: not a name in one line":                                                   func(k *Konsument) { k.Rettigheter.Profil = "a\nb" },
	} {
		err := r.Endre(nr, func(k *Konsument) error { change(k); return nil })
		if err == nil || !strings.HasSuffix(err.Error(), ": "+want) || strings.Contains(err.Error(), secret) {
			t.Errorf("want %q, got %v", want, err)
		}
		if strings.Contains(want, "number cannot") {
			continue
		}
		if _, err := r.LeggTil(avtale(etat, change)); err == nil {
			t.Errorf("added, although %s", want)
		}
	}
	if n := len(bilde(t, r).Konsumenter()); n != 2 {
		t.Errorf("%d consumers, want the 2 that were added", n)
	}
}

func TestALoginThatMayNotStandIsRefusedInWords(t *testing.T) {
	r, _ := nytt(t)
	nr := lagt(t, r, avtale(etat))
	innlogging(t, r, Innlogging{Konsument: nr, Brukernavn: "Åse.Etat", Slag: MedPassord})
	innlogging(t, r, Innlogging{Konsument: nr, Slag: MedSertifikat})
	hash, err := Hash("noe helt annet")
	do(t, err)
	const form, taken = "user name: 4 to 255 of the letters a to å, digits and . _ - @", innloggingOpptatt
	for _, c := range []struct {
		login Innlogging
		want  string
	}{
		{Innlogging{Brukernavn: "abc", Slag: MedPassord}, form},
		{Innlogging{Brukernavn: strings.Repeat("å", 256), Slag: MedPassord}, form},
		{Innlogging{Brukernavn: "to ord", Slag: MedPassord}, form},
		{Innlogging{Brukernavn: "semi;kolon", Slag: MedPassord}, form},
		{Innlogging{Brukernavn: "kelvin\u212A", Slag: MedPassord}, form},
		{Innlogging{Brukernavn: "åse.etat", Slag: MedPassord}, taken},
		{Innlogging{Brukernavn: "etaten", Slag: "nøkkel"}, "neither by password nor by certificate"},
		{Innlogging{Slag: MedSertifikat}, taken},
		{Innlogging{Brukernavn: "etaten", Slag: MedSertifikat}, "a certificate login has neither user name nor password"},
		{Innlogging{Brukernavn: "etaten", Slag: MedPassord, Passord: "i klartekst"}, "the password is not hashed"},
		{Innlogging{Brukernavn: "etaten", Slag: MedPassord, Digest: "passord uten hash"}, "a password that is stored must have its hash beside it"},
		{Innlogging{Brukernavn: "etaten", Slag: MedPassord, Passord: hash, Digest: "et annet"}, "the password that is stored is not the one that is hashed"},
	} {
		c.login.Konsument = nr
		if _, err := r.LeggTilInnlogging(c.login); err == nil || err.Error() != "login: "+c.want {
			t.Errorf("want %q, got %v", c.want, err)
		}
	}
	if _, err := r.LeggTilInnlogging(Innlogging{Konsument: nr + 1, Slag: MedSertifikat}); err == nil {
		t.Error("a login of no consumer was added")
	}
	if n := len(bilde(t, r).Innlogginger(nr)); n != 2 {
		t.Errorf("%d logins, want the 2 that were added", n)
	}
}

func TestWhatTakesALoginAwayRevokesItsSessions(t *testing.T) {
	r, _ := nytt(t)
	nr := lagt(t, r, avtale(etat))
	login := innlogging(t, r, Innlogging{Konsument: nr, Brukernavn: "etaten", Slag: MedPassord})
	hash, err := Hash("noe helt annet")
	do(t, err)
	change := func(c func(*Innlogging)) error {
		return r.EndreInnlogging(login, func(i *Innlogging) error { c(i); return nil })
	}
	konsument := func(c func(*Konsument)) error { return r.Endre(nr, func(k *Konsument) error { c(k); return nil }) }
	for n, c := range []struct {
		what    string
		do      func() error
		revokes bool
	}{
		{"password", func() error { return change(func(i *Innlogging) { i.Passord = hash }) }, true},
		{"stored password", func() error { return change(func(i *Innlogging) { i.Digest = "noe helt annet" }) }, true},
		{"no stored password", func() error { return change(func(i *Innlogging) { i.Digest = "" }) }, true},
		{"same password", func() error { return change(func(i *Innlogging) { i.Passord = hash }) }, false},
		{"user name", func() error { return change(func(i *Innlogging) { i.Brukernavn = "etaten2" }) }, true},
		{"legacy", func() error { return change(func(i *Innlogging) { i.Legacy = true }) }, false},
		{"disabled", func() error { return change(func(i *Innlogging) { i.Sperret = true }) }, true},
		{"enabled", func() error { return change(func(i *Innlogging) { i.Sperret = false }) }, false},
		{"put back", func() error { return change(func(i *Innlogging) { i.Etter = 1 }) }, false},
		{"revoked", func() error { return change(func(i *Innlogging) { i.Etter = 1000*10 + 1 }) }, true},
		{"rights", func() error { return konsument(func(k *Konsument) { k.Rettigheter = Rettigheter{} }) }, false},
		{"consumer disabled", func() error { return konsument(func(k *Konsument) { k.Sperret = true }) }, true},
		{"consumer disabled already", func() error { return konsument(func(k *Konsument) { k.Navn = "ANNEN" }) }, false},
		{"consumer enabled", func() error { return konsument(func(k *Konsument) { k.Sperret = false }) }, false},
	} {
		r.at(int64(1000 * (n + 1)))
		before := bilde(t, r).Innlogging(login).Etter
		do(t, c.do())
		want := before
		if c.revokes {
			want = int64(1000 * (n + 1))
		}
		if c.what == "revoked" {
			want++
		}
		if got := bilde(t, r).Innlogging(login).Etter; got != want {
			t.Errorf("%s: sessions until %d are revoked, want %d", c.what, got, want)
		}
	}
	// Sessions are issued after Etter, also within its second and by a clock that was put back: the next revocation must reach them.
	r.at(5)
	before := bilde(t, r).Innlogging(login).Etter
	do(t, change(func(i *Innlogging) { i.Brukernavn = "etaten3" }))
	do(t, konsument(func(k *Konsument) { k.Sperret = true }))
	if got := bilde(t, r).Innlogging(login).Etter; got != before+2 {
		t.Errorf("two revocations raise %d to %d", before, got)
	}
	if change(func(i *Innlogging) { i.Konsument++ }) == nil || change(func(i *Innlogging) { i.Slag = MedSertifikat }) == nil {
		t.Error("a login was given to somebody else, or made another kind")
	}
}

func TestAConsumerThatChangesOrgnrTakesItsCertificateAlong(t *testing.T) {
	r, _ := nytt(t)
	nr := lagt(t, r, avtale(etat))
	mine := innlogging(t, r, Innlogging{Konsument: nr, Slag: MedSertifikat})
	others := innlogging(t, r, Innlogging{Konsument: lagt(t, r, avtale(tilsyn)), Slag: MedSertifikat})
	do(t, r.Endre(nr, func(k *Konsument) error { k.Orgnr = pensjon; return nil }))
	if b := bilde(t, r); b.Sertifikat(etat) != nil || b.Sertifikat(pensjon).Nr != mine || b.Sertifikat(tilsyn).Nr != others {
		t.Error("a certificate login is found under another number than the consumer's")
	}
}

func TestASecretThatWasReplacedIsNowhereInTheFiles(t *testing.T) {
	r, path := nytt(t)
	nr := lagt(t, r, avtale(etat))
	const secret = "ostepopTrillebaar9"
	hash, err := Hash(secret)
	do(t, err)
	login := innlogging(t, r, Innlogging{Konsument: nr, Brukernavn: "etaten", Slag: MedPassord, Passord: hash, Digest: secret})
	holds := func(what string) (found bool) {
		for _, name := range []string{path, path + "-wal"} {
			b, err := os.ReadFile(name)
			do(t, err)
			found = found || strings.Contains(string(b), what)
		}
		return found
	}
	if !holds(secret) || !holds(hash) {
		t.Fatal("the test looks in the wrong place")
	}
	do(t, r.EndreInnlogging(login, func(i *Innlogging) error { i.Passord, i.Digest = "", ""; return nil }))
	if holds(secret) || holds(hash) {
		t.Error("the old secret can still be read")
	}
	login = innlogging(t, r, Innlogging{Konsument: nr, Brukernavn: "etaten2", Slag: MedPassord, Passord: hash, Digest: secret})
	do(t, r.FjernInnlogging(login))
	if holds(secret) || holds(hash) {
		t.Error("the secret of a login that was removed can still be read")
	}
}

func TestAHashIsArgon2idAsOWASPAsksAndSalted(t *testing.T) {
	one, err := Hash("et passord")
	do(t, err)
	two, err := Hash("et passord")
	do(t, err)
	const head = "$argon2id$v=19$m=19456,t=2,p=1$"
	if !strings.HasPrefix(one, head) || one == two {
		t.Errorf("%d characters, not %s… with a salt of its own", len(one), head)
	}
}

func TestUserNamesAreTheSameWhateverTheirCase(t *testing.T) {
	for _, name := range []string{"ÅSE", "åse", "A\u030ASE", "a\u030Ase"} {
		if diff := cmp.Diff("åse", Fold(name)); diff != "" {
			t.Errorf("folded (-want +got):\n%s", diff)
		}
	}
}

func TestAnAgreementIsReadFromJSONAndMistakesAreNamed(t *testing.T) {
	got, err := LesAvtale([]byte(`{"orgnr": "210000003", "navn": "ETATEN", "fra": "2026-01-01", "tilgang": ["api"],
		"rettigheter": {"fortrolig": "data", "personer": {"alle": true}}}`))
	do(t, err)
	want := Konsument{Orgnr: etat, Navn: "ETATEN", Fra: 20260101, Tilgang: []Tilgangsform{API},
		Rettigheter: Rettigheter{Fortrolig: store.InnsynData, Personer: Omfang{Alle: true}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("agreement (-want +got):\n%s", diff)
	}
	for text, want := range map[string]string{
		`{"hjemel": "x"}`:                              "agreement: /hjemel is not known",
		`{"fra": "1.1.2026"}`:                          "agreement: /fra has another form than it should",
		`{"rettigheter": {"fortrolig": "litt"}}`:       "agreement: /rettigheter/fortrolig has another form than it should",
		`{"rettigheter": {"personer": ["12845678901"]`: "agreement: /rettigheter/personer has another form than it should",
		`{"navn": "a", "navn": "b"}`:                   "agreement: not JSON at byte 14",
		`orgnr`:                                        "agreement: not JSON at byte 0",
	} {
		if _, err := LesAvtale([]byte(text)); err == nil || err.Error() != want {
			t.Errorf("want %q, got %v", want, err)
		}
	}
}

func TestAProfileThatIsHandedOutIsACopy(t *testing.T) {
	for _, name := range []string{"offentlig", "otp", "tilsyn"} {
		p, ok := ProfilMed(name)
		if !ok || p.Navn != name || p.Rettigheter.Profil != name || len(p.Tekst) < 4 {
			t.Fatalf("%s is not shipped, or says too little", name)
		}
		p.Rettigheter.Produkter[0], p.Rettigheter.Felter[0], p.Tekst[0] = "x", "x", "x"
		if again, _ := ProfilMed(name); again.Rettigheter.Produkter[0] == "x" || again.Rettigheter.Felter[0] == "x" || again.Tekst[0] == "x" {
			t.Errorf("%s was changed by somebody who had it", name)
		}
	}
	if _, ok := ProfilMed("alt"); ok || len(Profiler()) != 3 {
		t.Error("there are others than the three profiles")
	}
}
