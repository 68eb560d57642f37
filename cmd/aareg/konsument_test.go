package main

import (
	"bytes"
	"context"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"aareg/store/konsument"
)

// operatoer is somebody at a shell, with a file of consumers.
type operatoer struct {
	t   *testing.T
	fil string
}

// The consumers of these tests.
const pensjonsleverandoer, fagetat = "222345677", "322345674"

func nyOperatoer(t *testing.T) operatoer {
	return operatoer{t, filepath.Join(t.TempDir(), "konsumenter.db")}
}

// proev calls aareg konsument with --konsumenter before the other flags, at noon on a day of 2026.
func (o operatoer) proev(stdin string, args ...string) (stdout string, err error) {
	o.t.Helper()
	var out, errout bytes.Buffer
	k := &konsumentKall{stdin: strings.NewReader(stdin), stdout: &out, stderr: &errout,
		now: func() time.Time { return time.Date(2026, 6, 15, 10, 0, 0, 0, time.UTC) }}
	if len(args) > 0 && args[0] != "profiles" {
		at := slices.IndexFunc(args, func(a string) bool { return strings.HasPrefix(a, "-") && a != "-" })
		if at < 0 {
			at = len(args)
		}
		args = slices.Insert(slices.Clone(args), at, "--konsumenter", o.fil)
	}
	err = k.run(context.Background(), args)
	if errout.Len() > 0 {
		o.t.Errorf("%v: on standard error: %s", args, &errout)
	}
	return out.String(), err
}

func (o operatoer) gjoer(stdin string, args ...string) string {
	o.t.Helper()
	stdout, err := o.proev(stdin, args...)
	if err != nil {
		o.t.Fatalf("%v: %v", args, err)
	}
	return stdout
}

// legger adds a consumer.
func (o operatoer) legger(orgnr string) {
	o.t.Helper()
	o.gjoer("", "add", orgnr, "--navn", "LEVERANDØREN AS", "--hjemmel", "forskriften § 2", "--formaal", "obligatorisk tjenestepensjon",
		"--behandlingsgrunnlag", "art. 6 nr. 1 c", "--fra", "2026-01-01", "--til", "2027-12-31", "--databehandler", fagetat,
		"--tilgang", "api, uttrekk", "--kontakt-feil", "Vakten; +47 22 00 00 00; vakt@leverandoer.example")
}

func (o operatoer) lik(want, got string) {
	o.t.Helper()
	if diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(got, "\n")); diff != "" {
		o.t.Errorf("printed (-want +got):\n%s", diff)
	}
}

func TestOperatorMakesAConsumerGivesItRightsAndALogin(t *testing.T) {
	o := nyOperatoer(t)
	o.legger(pensjonsleverandoer)
	o.lik(`the rights of LEVERANDØREN AS (222345677) are changed
  profile             none → otp
  products            none → hentArbeidsgiver, hentArbeidstaker, hentArbeidsforhold
  fields              none → 51 rows named (51 added, 0 taken away)
  employers           none → 2 listed, each unit with all below it (2 added, 0 taken away)
  persons             none → all
  persons a day       0 → 50000
  questions a second  0 → 10
`, o.gjoer("\uFEFF# kunder\n210 000 003\r\n\n234691341 # AVDELING\n210000003", "rights", pensjonsleverandoer, "--profil", "otp", "--arbeidsgivere", "-"))
	o.lik(`the rights of LEVERANDØREN AS (222345677) are changed
  profile        otp → otp, changed since
  employers      2 listed, each unit with all below it → 2 listed, each unit with all below it (1 added, 1 taken away)
  fortrolig      ingen → kode
  persons a day  50000 → no limit
`, o.gjoer("210000003\n247037012\n", "rights", pensjonsleverandoer, "--arbeidsgivere", "-", "--fortrolig", "kode", "--personer-per-doegn", "ubegrenset"))
	o.lik("the rights of LEVERANDØREN AS (222345677) were so already\n", o.gjoer("", "rights", pensjonsleverandoer, "--fortrolig", "kode"))
	o.lik("login 1 (Pensjon.System) of LEVERANDØREN AS (222345677) is added\n",
		o.gjoer("ostepop i trillebår\n", "login", "add", pensjonsleverandoer, "--brukernavn", "Pensjon.System", "--digest"))
	o.lik("login 2 (client certificate) of LEVERANDØREN AS (222345677) is added\n", o.gjoer("", "login", "add", pensjonsleverandoer, "--sertifikat"))
	o.lik("login 2 (client certificate) of 222345677 is disabled\n", o.gjoer("", "disable", pensjonsleverandoer, "--sertifikat"))
	o.lik(vist, naaet.ReplaceAllString(o.gjoer("", "show", pensjonsleverandoer), "until <now>"))
}

// naaet is a time in UTC, which a register of consumers takes from the machine's clock.
var naaet = regexp.MustCompile(`until [0-9-]{10}T[0-9:]{8}Z`)

const vist = `LEVERANDØREN AS (222345677), consumer 1
  in force today (2026-06-15)       yes, until 2027-12-31
  agreement from                    2026-01-01
  to                                2027-12-31
  hjemmel                           forskriften § 2
  formål                            obligatorisk tjenestepensjon
  behandlingsgrunnlag               art. 6 nr. 1 c
  databehandler                     322345674
  access                            api, uttrekk
  contact for agreement             not named yet
  contact for changes               not named yet
  contact for faults                Vakten, +47 22 00 00 00, vakt@leverandoer.example
  contact for breaches of security  not named yet

logins: 2
  1  Pensjon.System      may log in; password digest too
  2  client certificate  disabled; sessions until <now> are revoked

rights
  profile                         otp, changed since
  products                        hentArbeidsgiver, hentArbeidstaker, hentArbeidsforhold
  fields                          51 rows named
  employers                       2 listed, each unit with all below it
  persons                         all
  fortrolig                       kode: asked for directly, fortrolig without data; in no list, no count and no search
  strengt fortrolig, also abroad  ingen: does not exist: asked for directly, ingen; in no list, no count and no search
  persons a day                   no limit
  questions a second              10

  product                     may ask  leaves shown  emptied  left out
  hentAntallArbeidstakere     no       -             -        -
  hentArbeidsgiver            yes      29            42       0
  hentArbeidstaker            yes      16            12       0
  hentTrefflisteArbeidsgiver  no       -             -        -
  hentTrefflisteArbeidstaker  no       -             -        -
  hentArbeidsforhold          yes      19            16       11
  uttrekk                     yes      0             -        11

hentArbeidsgiver
  emptied         kjoenn, alder, fadresse1, fadresse2, fadresse3, fpostnr and 36 more
  may not ask by  lovgivning

hentArbeidstaker
  emptied         etternavn, fornavn, mellomnavn, kjoenn, alder, agArbeidsforholdId and 6 more
  may not ask by  lovgivning

hentArbeidsforhold
  emptied   agArbeidsforholdId, efnavn, registrertFoersteGang, arbeidsforholdInnrapportertEtterAOrdningen, datoSistFunksjoneltOppdatert, datoSistBekreftet and 10 more
  left out  fartsomraade, skipsregister, skipstype, antallTimerForTimelønnet, utenlandsopphold
`

func TestShowSaysOfANewConsumerThatItMayNothing(t *testing.T) {
	o := nyOperatoer(t)
	o.legger(fagetat)
	shown := o.gjoer("", "show", "--felter", fagetat)
	_, rights, _ := strings.Cut(shown, "\n\n")
	o.lik(`logins: 0

rights
  profile                         none
  products                        none
  fields                          none
  employers                       none: for it nobody exists
  persons                         none: for it nobody exists
  fortrolig                       ingen: does not exist: asked for directly, ingen; in no list, no count and no search
  strengt fortrolig, also abroad  ingen: does not exist: asked for directly, ingen; in no list, no count and no search
  persons a day                   0: none at all
  questions a second              0: none at all

  product                     may ask  leaves shown  emptied  left out
  hentAntallArbeidstakere     no       -             -        -
  hentArbeidsgiver            no       -             -        -
  hentArbeidstaker            no       -             -        -
  hentTrefflisteArbeidsgiver  no       -             -        -
  hentTrefflisteArbeidstaker  no       -             -        -
  hentArbeidsforhold          no       -             -        -
  uttrekk                     no       0             -        11
`, rights)
}

func TestShowListsEveryLeafOnDemand(t *testing.T) {
	o := nyOperatoer(t)
	o.legger(fagetat)
	o.gjoer("hentTrefflisteArbeidstaker/arbeidstakere/arbeidstaker/foedselsnr\nhentTrefflisteArbeidstaker/arbeidstakere/arbeidstaker/etternavn\n",
		"rights", fagetat, "--produkter", "hentTrefflisteArbeidstaker", "--felter", "-", "--strengt-fortrolig", "data")
	_, leaves, _ := strings.Cut(o.gjoer("", "show", fagetat, "--felter"), "questions a second              0: none at all\n\n")
	o.lik(`  product                     may ask  leaves shown  emptied  left out
  hentAntallArbeidstakere     no       -             -        -
  hentArbeidsgiver            no       -             -        -
  hentArbeidstaker            no       -             -        -
  hentTrefflisteArbeidsgiver  no       -             -        -
  hentTrefflisteArbeidstaker  yes      5             5        0
  hentArbeidsforhold          no       -             -        -
  uttrekk                     no       0             -        11

hentTrefflisteArbeidstaker
  emptied         fornavn, mellomnavn, kjoenn, alder, historisk
  may not ask by  fornavn, mellomnavn, fdato, faarfra, faartil, alderfra, aldertil, kjoenn

hentTrefflisteArbeidstaker
  shown    statuskode
  shown    statustekst
  shown    arbeidstakere/antall
  shown    arbeidstakere/arbeidstaker/foedselsnr
  shown    arbeidstakere/arbeidstaker/etternavn
  emptied  arbeidstakere/arbeidstaker/fornavn
  emptied  arbeidstakere/arbeidstaker/mellomnavn
  emptied  arbeidstakere/arbeidstaker/kjoenn
  emptied  arbeidstakere/arbeidstaker/alder
  emptied  arbeidstakere/arbeidstaker/historisk
`, leaves)
}

func TestListAndShowSayWhetherAnAgreementIsInForce(t *testing.T) {
	o := nyOperatoer(t)
	for _, orgnr := range []string{"359382685", fagetat, pensjonsleverandoer, "210000003"} {
		o.legger(orgnr)
	}
	o.gjoer("", "change", fagetat, "--til", "2026-06-14", "--navn", "ETATEN")
	o.gjoer("", "change", "--fra", "2026-06-16", "--til", "", "359382685")
	o.gjoer("", "disable", "210000003")
	o.gjoer("ostepop i trillebår", "login", "add", "210000003", "--brukernavn", "noen")
	o.gjoer("", "rights", pensjonsleverandoer, "--profil", "otp")
	o.lik(`orgnr      name             in force               profile  products  logins
210000003  LEVERANDØREN AS  no: disabled           none     0         1
222345677  LEVERANDØREN AS  yes, until 2027-12-31  otp      3         0
322345674  ETATEN           no: ended 2026-06-14   none     0         0
359382685  LEVERANDØREN AS  no: begins 2026-06-16  none     0         0
`, o.gjoer("", "list"))
	if shown := o.gjoer("", "show", "210000003"); !strings.Contains(shown, "noen  shut out: the agreement is not in force") {
		t.Errorf("the login of a consumer that is disabled:\n%s", shown)
	}
	o.lik("LEVERANDØREN AS (210000003) is enabled\n", o.gjoer("", "enable", "210000003"))
}

// les is what the file of consumers holds.
func (o operatoer) les() *konsument.Bilde {
	o.t.Helper()
	r, err := konsument.Open(o.fil)
	if err != nil {
		o.t.Fatal(err)
	}
	defer r.Close()
	b, err := r.Bilde()
	if err != nil {
		o.t.Fatal(err)
	}
	return b
}
