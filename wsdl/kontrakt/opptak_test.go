package kontrakt

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// etOpptak is a recording of some cases, and of questions that are none.
func etOpptak(t *testing.T) *Opptak {
	t.Helper()
	r := &Resultat{Endepunkt: "https://bruker:passord@register.example:8443/ws/NAV/Aareg2.pl?nokkel=1#x", Dialekt: "spek",
		Begynt: time.Date(2025, 6, 15, 12, 0, 0, 5, time.UTC)}
	for i, c := range kasusene(t) {
		if i%20 == 0 || slices.Contains([]string{"hentArbeidstaker/komplett", "feil/soap12"}, c.navn) {
			r.Utfall = append(r.Utfall, Utfall{Spoersmaal: c.spoersmaal, Svar: c.fasit})
		}
	}
	r.Utfall = append(r.Utfall,
		Utfall{Spoersmaal: Spoersmaal{Navn: "spørsmål.csv:3", Operasjon: "hentArbeidsforhold", Hvorfor: "æ", Ventet: "ingen", Konvolutt: []byte("<x/>"), Mediatype: SOAP12},
			Svar: Svar{Status: 200, Mediatype: SOAP12, Kropp: []byte("<y/>")}},
		Utfall{Spoersmaal: Spoersmaal{Navn: "spørsmål.csv:3", Konvolutt: []byte("<x>"), Mediatype: SOAP11}, Svar: Svar{Feil: "no answer in time"}},
		Utfall{Spoersmaal: Spoersmaal{Navn: "../../ut", Konvolutt: []byte("<z>"), Mediatype: SOAP11}, Svar: Svar{Status: 413}})
	o, err := NyttOpptak(r)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func skrevet(t *testing.T, o *Opptak) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "opptak")
	if err := o.Skriv(dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestRecordingIsReadAsItWasWritten(t *testing.T) {
	want := etOpptak(t)
	got, err := LesOpptak(skrevet(t, want))
	if err != nil {
		t.Fatal(err)
	}
	empty := cmp.Transformer("text", func(b []byte) string { return string(b) })
	if diff := cmp.Diff(want, got, empty); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if want := "https://register.example:8443/ws/NAV/Aareg2.pl"; got.Endepunkt != want {
		t.Errorf("the endpoint is %s, want %s", got.Endepunkt, want)
	}
}

func TestRecordingIsItsOwnersAlone(t *testing.T) {
	files := 0
	err := filepath.WalkDir(skrevet(t, etOpptak(t)), func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		want := fs.FileMode(0o600)
		if d.IsDir() {
			want = 0o700
		}
		if err == nil && info.Mode().Perm() != want {
			t.Errorf("%s has mode %o", filepath.Base(path), info.Mode().Perm())
		}
		files++
		return err
	})
	if err != nil || files < 80 {
		t.Errorf("%d files: %v", files, err)
	}
}

func TestRecordingIsLaidOutAsTheCases(t *testing.T) {
	dir := skrevet(t, etOpptak(t))
	for _, name := range []string{"hentArbeidstaker/komplett/request.xml", "hentArbeidstaker/komplett/response.xml", "feil/soap12/response.xml",
		"hentArbeidsforhold/spoersmaal_csv_3/response.xml", "feil/spoersmaal_csv_3/request.xml", "feil/ut/request.xml"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			t.Error(err)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "feil/spoersmaal_csv_3/response.xml")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("there is an answer where nothing was answered: %v", err)
	}
}

func TestRecordingIsNeverWrittenOver(t *testing.T) {
	o := etOpptak(t)
	dir := skrevet(t, o)
	if err := o.Skriv(dir); !errors.Is(err, ErrOpptakFinnes) {
		t.Errorf("writing again: %v", err)
	}
	if err := Ledig(dir); !errors.Is(err, ErrOpptakFinnes) {
		t.Errorf("asking before writing again: %v", err)
	}
	if err := Ledig(filepath.Join(dir, "feil", "ingen", "opptak")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder in one that is not there: %v", err)
	}
	if err := Ledig(dir + "2"); err != nil {
		t.Errorf("a name that nothing has: %v", err)
	}
}

// TestSpoiltRecordingIsRefused: one that was broken off, one of another time, one that points out of its folder.
func TestSpoiltRecordingIsRefused(t *testing.T) {
	for name, spoil := range map[string]func(t *testing.T, dir string){
		"broken off": func(t *testing.T, dir string) {
			if err := os.Remove(filepath.Join(dir, opptakFil)); err != nil {
				t.Fatal(err)
			}
		},
		"a file is gone": func(t *testing.T, dir string) {
			if err := os.Remove(filepath.Join(dir, "hentArbeidstaker", "komplett", fasit)); err != nil {
				t.Fatal(err)
			}
		},
		"another format": func(t *testing.T, dir string) { endre(t, dir, func(o map[string]any) { o["format"] = 2 }) },
		"an unknown key": func(t *testing.T, dir string) { endre(t, dir, func(o map[string]any) { o["ny"] = 1 }) },
		"nothing in it":  func(t *testing.T, dir string) { endre(t, dir, func(o map[string]any) { o["par"] = []any{} }) },
		"out of its folder": func(t *testing.T, dir string) {
			endre(t, dir, func(o map[string]any) { o["par"].([]any)[0].(map[string]any)["mappe"] = "../opptak/feil/soap12" })
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := skrevet(t, etOpptak(t))
			spoil(t, dir)
			_, err := LesOpptak(dir)
			if err == nil || errors.Is(err, ErrUferdig) != (name == "broken off") {
				t.Errorf("it was read: %v", err)
			}
		})
	}
}

// endre changes opptak.json.
func endre(t *testing.T, dir string, change func(map[string]any)) {
	t.Helper()
	path := filepath.Join(dir, opptakFil)
	var o map[string]any
	text, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(text, &o)
	}
	if err != nil {
		t.Fatal(err)
	}
	change(o)
	text, err = json.Marshal(o)
	if err == nil {
		err = os.WriteFile(path, text, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestCredentialsAreInNoRecording: those of a run are put into every question, and none is left in any file.
func TestCredentialsAreInNoRecording(t *testing.T) {
	own := Innlogging{Systemnavn: "S<&>Y", Brukernavn: "bruker-som-er-hemmelig", Passord: `pass"ord'&<hemmelig>`}
	r := &Resultat{}
	for _, c := range kasusene(t) {
		if err := own.Sett(&c.spoersmaal); err != nil {
			t.Error(err)
		}
		r.Utfall = append(r.Utfall, Utfall{Spoersmaal: c.spoersmaal, Svar: Svar{Status: 200, Kropp: paaLinjen(c.fasit.Kropp)}})
	}
	o, err := NyttOpptak(r)
	if err != nil {
		t.Fatal(err)
	}
	same := 0
	for i, c := range kasusene(t) {
		q, answer := string(o.Par[i].Spoersmaal.Konvolutt), string(o.Par[i].Svar.Kropp)
		for _, secret := range []string{"hemmelig", "etatsbruker", "abcdefghijklmnopqrstuvwxyz+"} {
			if strings.Contains(q, secret) || strings.Contains(answer, secret) {
				t.Errorf("%s: there is a credential left", c.navn)
			}
		}
		if q == string(c.spoersmaal.Konvolutt) {
			same++
		}
	}
	if same < len(o.Par)*9/10 {
		t.Errorf("%d of %d questions are as they were before the credentials were put in", same, len(o.Par))
	}
}

func TestCredentialsAreTakenOutWhereverTheyStand(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"plain":          {"<a:passord x='1'> hemmelig </a:passord>", "<a:passord x='1'> fjernet </a:passord>"},
		"too short":      {"<passord>pass</passord>", "<passord>xxxx</passord>"},
		"too long":       {"<passord>" + strings.Repeat("å", 61) + "</passord>", "<passord>" + strings.Repeat("x", 61) + "</passord>"},
		"empty":          {"<passord/><brukernavn></brukernavn>", "<passord/><brukernavn></brukernavn>"},
		"CDATA":          {"<passord><![CDATA[hem</passord>melig]]></passord>", "<passord><![CDATA[fjernet]]></passord>"},
		"nested":         {"<passord><b>hemmelig</b></passord>", "<passord><b>fjernet</b></passord>"},
		"not closed":     {"<brukernavn>hemmelig", "<brukernavn>fjernet"},
		"in a comment":   {"<!-- <passord>hemmelig</passord> -->", "<!-- <passord>fjernet</passord> -->"},
		"WS-Security":    {"<w:Username>hemmelig</w:Username><w:Password Type='t'>hemmelig</w:Password>", "<w:Username>fjernet</w:Username><w:Password Type='t'>fjernet</w:Password>"},
		"sesjonsid":      {"<sesjonsid>1760000001.7#abcdefghijklmnopqrstuvwxyz+</sesjonsid>", "<sesjonsid>1750000000.0#AAAAAAAAAAAAAAAAAAAAAAAAAAA</sesjonsid>"},
		"another one":    {"<sesjonsid>hemmelig</sesjonsid>", "<sesjonsid>fjernet</sesjonsid>"},
		"an attribute":   {`<Brukersesjon autorisasjonsnoekkel="hemmelig" x="y">`, `<Brukersesjon autorisasjonsnoekkel="fjernet" x="y">`},
		"nothing secret": {"<orgnr>210000011</orgnr><a b='c'>\xe6 &amp; <", "<orgnr>210000011</orgnr><a b='c'>\xe6 &amp; <"},
	} {
		got, err := rens([]byte(c.in))
		if err != nil || string(got) != c.want {
			t.Errorf("%s: %q (%v), want %q", name, got, err, c.want)
		}
	}
	if _, err := rens([]byte("<\x00a\x00>\x00")); !errors.Is(err, errUTF16) {
		t.Errorf("UTF-16, where they would not be found: %v", err)
	}
}

func TestOnlyMadeUpNumbersAreMadeUp(t *testing.T) {
	answering := func(body string) *Opptak { return &Opptak{Par: []Par{{Svar: Svar{Kropp: []byte(body)}}}} }
	for body, want := range map[string]bool{
		"<foedselsnr>12838049808</foedselsnr>":                   true,
		"<orgnr>210000011</orgnr><id>48000103</id>":              true,
		"<id>1234567890</id>":                                    true,
		"<orgnr>100000008</orgnr>":                               false,
		"<yrkeskode>990458169</yrkeskode>":                       true,
		"<orgnr>100000007</orgnr>":                               true,
		"<x>100000008</x>":                                       false,
		"<foedselsnr>00010000000</foedselsnr>":                   false,
		"<foedselsnr>&#48;0010000000</foedselsnr>":               false,
		"<navn>ENK 00410000000</navn>":                           false,
		"<\x000\x000\x000\x001\x000\x000\x000\x00":               false,
		"<a>12838049808</a><foedselsnr>00010000000</foedselsnr>": false,
	} {
		if got := answering(body).Oppdiktet(); got != want {
			t.Errorf("%q: %t", body, got)
		}
	}
	for _, c := range kasusene(t) {
		if o := (&Opptak{Par: []Par{{Svar: c.fasit}}}); !o.Oppdiktet() {
			t.Errorf("the answer of %s is said to be about real people", c.navn)
		}
	}
}
