package kontrakt

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestQuotaEndsTheRun(t *testing.T) {
	const answered, samtidig = 5, 3
	n := 0
	a, url, questions := nyAdgang(t, func(string, string) string {
		if n++; n > answered {
			return "forMangeForespoersler"
		}
		return ""
	}, "hentArbeidstaker/komplett")
	r := kjoert(t, innlogget(url, samtidig, slices.Repeat(questions, 40)...))
	asked := len(a.fikk)
	if asked <= answered || asked > answered+samtidig || r.Spurt() != asked {
		t.Errorf("%d were asked, %d are told", asked, r.Spurt())
	}
	if why := r.Ufullstendig(); r.Brutt() || !strings.Contains(why, "quota") {
		t.Errorf("violated %v, incomplete %q", r.Brutt(), why)
	}
	want := []string{"the quota of the login ended the run (forMangeForespoersler): 35 of 40 questions were not judged"}
	if diff := cmp.Diff(want, r.Merknader); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if o, err := NyttOpptak(r); err != nil || len(o.Par) != asked {
		t.Errorf("%d are recorded, %d were asked: %v", len(o.Par), asked, err)
	}
}

// TestRefusedLoginEndsTheRun: with a sentence that names the fault, at the first question or in the middle.
func TestRefusedLoginEndsTheRun(t *testing.T) {
	for _, kode := range omInnlogging {
		for _, answered := range []int{0, 4} {
			n := 0
			a, url, questions := nyAdgang(t, func(string, string) string {
				if n++; n > answered {
					return kode
				}
				return ""
			}, "hentArbeidstaker/komplett")
			r, err := innlogget(url, 1, slices.Repeat(questions, 40)...).Kjoer(context.Background())
			if r != nil || err == nil || !strings.Contains(err.Error(), kode) {
				t.Errorf("%s after %d answers: %v", kode, answered, err)
			}
			if len(a.fikk) > answered+2 { // the one that was refused, and again with credentials in the place of a sesjonsid
				t.Errorf("%s after %d answers: %d questions were asked", kode, answered, len(a.fikk))
			}
		}
	}
}

// TestEndpointThatWantsALoginEndsTheRun: none was given.
func TestEndpointThatWantsALoginEndsTheRun(t *testing.T) {
	a, url, questions := nyAdgang(t, func(_, bevis string) string { return map[string]string{"intet": "ugyldigBruker"}[bevis] }, "hentArbeidstaker/komplett")
	k := innlogget(url, 1, slices.Repeat(questions, 4)...)
	k.Spoerrer.Innlogging = nil
	if r, err := k.Kjoer(context.Background()); r != nil || err == nil || len(a.fikk) != 1 {
		t.Errorf("%d were asked: %v", len(a.fikk), err)
	}
}

// TestCredentialsOfTheQuestionItselfMayBeRefused: they are another user's than the login's, and what becomes of them says
// nothing of it, not even when it comes first.
func TestCredentialsOfTheQuestionItselfMayBeRefused(t *testing.T) {
	a, url, questions := nyAdgang(t, func(_, bevis string) string { return map[string]string{"egen": "ugyldigBruker"}[bevis] }, "hentArbeidstaker/komplett")
	own := questions[0]
	if err := (Innlogging{"Etat", "en annen", "noe annet"}).Sett(&own); err != nil {
		t.Fatal(err)
	}
	r := kjoert(t, innlogget(url, 1, own, questions[0], own))
	if diff := cmp.Diff([]string{"egen", "passord", "egen"}, a.fikk); diff != "" || r.Utfall[0].Udoemt != egenAvvist || r.Utfall[1].Udoemt != "" {
		t.Errorf("%q (-want +got):\n%s", r.Utfall[0].Udoemt, diff)
	}
	want := []string{"2 questions with credentials of the question's own got a fault about them, and were not judged"}
	if diff := cmp.Diff(want, r.Merknader); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestSesjonsidTakesThePlaceOfCredentials from the first answer on. Of one that is refused the question is repeated with
// credentials; an endpoint that does not know a login by it gets none again.
func TestSesjonsidTakesThePlaceOfCredentials(t *testing.T) {
	for name, c := range map[string]struct {
		refused func(n int, bevis string) string
		want    []string
	}{
		"taken":     {func(int, string) string { return "" }, []string{"passord", "sesjonsid", "sesjonsid", "sesjonsid"}},
		"expires":   {func(n int, _ string) string { return map[int]string{3: "sesjonUtloept"}[n] }, []string{"passord", "sesjonsid", "sesjonsid", "passord", "sesjonsid"}},
		"not known": {func(_ int, bevis string) string { return map[string]string{"sesjonsid": "ugyldigBruker"}[bevis] }, []string{"passord", "sesjonsid", "passord", "passord", "passord"}},
	} {
		n := 0
		a, url, questions := nyAdgang(t, func(_, bevis string) string {
			n++
			return c.refused(n, bevis)
		}, "hentArbeidstaker/komplett")
		r := kjoert(t, innlogget(url, 1, slices.Repeat(questions, 4)...))
		if diff := cmp.Diff(c.want, a.fikk); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		for _, u := range r.Utfall {
			if strings.Contains(string(u.Spoersmaal.Konvolutt), "hemmelig") || u.Udoemt != "" {
				t.Errorf("%s: the result has the password, or was not judged: %q", name, u.Udoemt)
			}
		}
	}
}
