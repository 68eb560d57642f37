package products

import (
	"bytes"
	"io"
	"strconv"
	"testing"
	"time"

	"github.com/beevik/etree"

	"aareg/store"
)

// gren is a group of an answer that is written the usual way: a tree is built, and then written.
type gren struct{ *etree.Element }

func (g gren) gruppe(tag string) gren { return gren{g.CreateElement(tag)} }

// blader are leaves, tag and text in turn.
func (g gren) blader(tagOgTekst ...string) {
	for i := 0; i < len(tagOgTekst); i += 2 {
		g.CreateElement(tagOgTekst[i]).SetText(tagOgTekst[i+1])
	}
}

func (g gren) periode(fom, tom store.Dato) {
	g.gruppe("periode").blader("fom", fom.String(), "tom", tom.String())
}

// arbeidsforholdAsTree writes § 2.6's record by way of a tree.
func arbeidsforholdAsTree(a *store.HentetArbeidsforhold, w io.Writer) error {
	doc := etree.NewDocument()
	doc.WriteSettings.CanonicalEndTags = true
	e := gren{doc.CreateElement("arbeidsforhold")}.gruppe("arbeidsforhold")
	e.blader("arbeidsforholdId", strconv.FormatInt(a.ArbeidsforholdId, 10), "agArbeidsforholdId", a.ID)
	e.gruppe("arbeidsgiver").blader("arbeidsgiverId", a.Arbeidsgiver.Nummer, "navn", a.Arbeidsgiver.Navn)
	e.gruppe("opplysningspliktig").blader("orgnr", a.Opplysningspliktig.Nummer, "navn", a.Opplysningspliktig.Navn)
	e.gruppe("Arbeidstaker").blader("efnavn", a.Arbeidstaker.Navn, "arbeidstakerId", a.Arbeidstaker.Nummer)
	e.blader("begyntdato", a.Ansettelsesperiode.Startdato.String(), "sluttetdato", a.Ansettelsesperiode.Sluttdato.String(),
		"registrertFoersteGang", a.Opprettet.Dato().String(), "arbeidsforholdstype", a.Type.Tekst("arbeidsforholdstype"),
		"arbeidsforholdInnrapportertEtterAOrdningen", strconv.FormatBool(a.AOrdningen()),
		"datoSistFunksjoneltOppdatert", a.SistEndret.Dato().String(), "datoSistBekreftet", a.SistBekreftet.Dato().String())
	avtaler := e.gruppe("arbeidsavtaler")
	for i := range a.Ansettelsesdetaljer {
		d := &a.Ansettelsesdetaljer[i]
		avtaler.gruppe("arbeidsavtale").blader("arbeidstidsordning", d.Arbeidstidsordning.Tekst("arbeidstidsordning"),
			"avloenningstype", d.Avloenningstype.Tekst("avloenningstype"), "yrkeskode", d.Yrke.Kode, "yrkestittel", d.Yrke.Tekst("yrke"),
			"avtaltArbeidstimerPerUke", string(d.AvtalteTimer()), "timerIFullStilling", string(d.TimerIFullStilling()),
			"stillingsprosent", string(d.AvtaltStillingsprosent), "berAntTimerPerUke", string(d.BeregnedeTimer()),
			"sisteLoennsendringsdato", d.SisteLoennsendring.String(), "gyldighetsperiode_fom", d.Gyldighetsperiode.Fom.String(),
			"gyldighetsperiode_tom", d.Gyldighetsperiode.Tom.String(), "antallTimerGammeltAa", string(d.AntallTimerGammeltAa),
			"endringsdatoStillingsprosent", d.SisteStillingsprosentendring.String())
	}
	timer := e.gruppe("antallTimerForTimelønnet")
	for _, t := range a.TimerMedTimeloenn {
		periode := timer.gruppe("timerIPerioden")
		periode.periode(t.Startdato, t.Sluttdato)
		periode.blader("antallTimer", string(t.Antall), "rapporteringsperiode", string(t.Rapporteringsmaaned.AppendISO(nil)))
	}
	permisjoner := e.gruppe("permisjonOgPermittering")
	for _, p := range a.PermisjonerOgPermitteringer() {
		periode := permisjoner.gruppe("permisjonOgPermitteringIPeriode")
		periode.blader("permisjonsId", p.ID)
		periode.periode(p.Startdato, p.Sluttdato)
		periode.blader("permisjonsprosent", string(p.Prosent), "permisjonOgPermittering", p.Type.Tekst("permisjonOgPermittering"))
	}
	utland := e.gruppe("utenlandsopphold")
	for _, o := range a.Utenlandsopphold {
		periode := utland.gruppe("utenlandsoppholdIPeriode")
		periode.blader("land", o.Land.Tekst("landkode"), "rapporteringsperiode", string(o.Rapporteringsmaaned.AppendISO(nil)))
		periode.periode(o.Startdato, o.Sluttdato)
	}
	_, err := doc.WriteTo(w)
	return err
}

// TestRecordIsWrittenAsItsTree: the benchmark compares two ways to the same bytes.
func TestRecordIsWrittenAsItsTree(t *testing.T) {
	a := etArbeidsforhold()
	var tree bytes.Buffer
	if err := arbeidsforholdAsTree(a, &tree); err != nil {
		t.Fatal(err)
	}
	if got := gjennom(nil, func(s *Svar) { writeArbeidsforhold(s, a) }); got != tree.String() {
		t.Errorf("written\n%s\nthe tree is\n%s", got, tree.String())
	}
}

// BenchmarkArbeidsforhold writes § 2.6's record, and in turn the same by way of a tree. x-etree is how many times
// longer the tree takes.
func BenchmarkArbeidsforhold(b *testing.B) {
	const few = 20 // between two looks at the clock
	a := etArbeidsforhold()
	s := NewSvar(io.Discard, head)
	defer s.Release()
	s.Status(Komplett)
	write := func() {
		s.n = 0
		writeArbeidsforhold(s, a)
	}
	var tree bytes.Buffer
	var ours, trees time.Duration
	for b.Loop() {
		start := time.Now()
		for range few {
			write()
		}
		between := time.Now()
		for range few {
			tree.Reset()
			if err := arbeidsforholdAsTree(a, &tree); err != nil {
				b.Fatal(err)
			}
		}
		ours, trees = ours+between.Sub(start), trees+time.Since(between)
	}
	b.ReportMetric(0, "ns/op") // of both
	b.ReportMetric(float64(trees)/float64(ours), "x-etree")
	b.ReportMetric(float64(ours.Nanoseconds())/float64(b.N*few), "ns/record")
	b.ReportMetric(float64(s.n), "bytes/record")
	b.ReportMetric(testing.AllocsPerRun(100, write), "allocs/record")
}

// BenchmarkSkriving writes each product's part of an answer.
func BenchmarkSkriving(b *testing.B) {
	for product, write := range skriving() {
		b.Run(product, func(b *testing.B) {
			s := NewSvar(io.Discard, head)
			defer s.Release()
			s.Status(Komplett)
			s.n = 0
			write(s)
			elements := bytes.Count(s.written(), []byte("</"))
			b.SetBytes(int64(s.n))
			b.ReportAllocs()
			for b.Loop() {
				s.n = 0
				write(s)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*elements), "ns/element")
		})
	}
}
