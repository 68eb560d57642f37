package innlesing

import (
	"slices"

	"aareg/store"
	"aareg/store/kilder"
)

// egen is the shape that holds all there is of a record, so that nothing of what was known is kept beside it.
const egen = kilder.Egen

// arbeidsforhold stores an arbeidsforhold. One that was exported without its history keeps what is known of it.
func (l *leser) arbeidsforhold(form string, a *store.Arbeidsforhold) error {
	l.kom(kilder.Noekkel{ArbeidsforholdId: a.ArbeidsforholdId, UUID: a.UUID})
	if form != egen && utenHistorikk(a) {
		known, err := l.kjentArbeidsforhold(a.UUID, a.ArbeidsforholdId)
		if err != nil {
			return err
		}
		if known != nil && flettHistorikk(a, known) {
			l.bemerk("arbeidsforhold that came with the current agreement alone: the earlier ones that were known are kept")
		}
	}
	return l.tx.PutArbeidsforhold(a)
}

func (l *leser) kjentArbeidsforhold(uuid string, number int64) (*store.Arbeidsforhold, error) {
	known, err := l.tx.Arbeidsforhold(uuid, number)
	if known != nil || err != nil || l.forrige == nil {
		return known, err
	}
	return l.forrige.Arbeidsforhold(uuid, number)
}

// numre are the numbers of whoever has one now, in this import and in the register before it.
func (l *leser) numre(nummer string) ([]string, error) {
	known, err := l.tx.Numre(nummer)
	if err != nil || l.forrige == nil {
		return known, err
	}
	before, err := l.forrige.Numre(nummer)
	return append(known, before...), err
}

// utenHistorikk says whether the arbeidsforhold has what an export without history has: one agreement, open.
func utenHistorikk(a *store.Arbeidsforhold) bool {
	if len(a.Ansettelsesdetaljer) != 1 {
		return false
	}
	m := a.Ansettelsesdetaljer[0].Rapporteringsmaaneder
	return m.Fra != 0 && m.Til == 0
}

// flettHistorikk keeps the agreements that began before the one delivered. The last of them, if it was open, ended with
// the month before. Sources that tell of days have no months.
func flettHistorikk(a, known *store.Arbeidsforhold) bool {
	fra := a.Ansettelsesdetaljer[0].Rapporteringsmaaneder.Fra
	kept := false
	for _, d := range known.Ansettelsesdetaljer {
		m, p := &d.Rapporteringsmaaneder, &d.Gyldighetsperiode
		switch {
		case m.Fra >= fra, m.Fra == 0 && (p.Fom == 0 || p.Fom >= fra.First()):
			continue
		case m.Fra == 0 && (p.Tom == 0 || p.Tom >= fra.First()):
			p.Tom = fra.Before().Last()
		case m.Fra != 0 && (m.Til == 0 || m.Til >= fra):
			m.Til = fra.Before()
			*p = store.Periode{}
		}
		a.Ansettelsesdetaljer = append(a.Ansettelsesdetaljer, d)
		kept = true
	}
	return kept
}

// person stores a person. Former numbers that were known go on finding, whether the source delivers them or not.
func (l *leser) person(form string, p *store.Person) error {
	if form == egen {
		return l.tx.PutPerson(p)
	}
	for _, nummer := range append([]string{p.Foedselsnr}, p.TidligereNumre...) {
		known, err := l.numre(nummer)
		if err != nil {
			return err
		}
		for _, nummer := range known {
			if nummer != p.Foedselsnr && !slices.Contains(p.TidligereNumre, nummer) {
				p.TidligereNumre = append(p.TidligereNumre, nummer)
			}
		}
	}
	return l.tx.PutPerson(p)
}

// enhet stores a unit. What its source leaves out (all but name and day of a deleted one, former names in CSV) is kept
// as it was known, and so is whom it belonged to before it was transferred, which no source tells.
func (l *leser) enhet(form string, e *kilder.Enhet) error {
	l.kom(kilder.Noekkel{Orgnr: e.Orgnr})
	if form != egen {
		known, err := l.kjentEnhet(e.Orgnr)
		if err != nil {
			return err
		}
		if known != nil {
			flettEnhet(e, known)
		}
		if !e.Slettet && e.Opphoersdato == 0 && !e.Opphoert {
			l.levertLive[underenhet(&e.Enhet)]++
		}
	}
	return l.tx.PutEnhet(&e.Enhet)
}

// kjentEnhet is a unit as this import or, in a full one, the register before knows it.
func (l *leser) kjentEnhet(orgnr string) (*store.Enhet, error) {
	known, err := l.tx.Enhet(orgnr)
	if known != nil || err != nil || l.forrige == nil {
		return known, err
	}
	return l.forrige.Enhet(orgnr)
}

// underenhet is 1 for the forms of an underenhet, 0 for all others.
func underenhet(e *store.Enhet) int {
	if e.Organisasjonsform.Kode == "BEDR" || e.Organisasjonsform.Kode == "AAFY" {
		return 1
	}
	return 0
}

func flettEnhet(e *kilder.Enhet, known *store.Enhet) {
	if e.Slettet {
		whole := *known
		whole.Navn, whole.Opphoersdato, whole.Opphoert = e.Navn, e.Opphoersdato, e.Opphoert
		if e.Organisasjonsform.Kode != "" {
			whole.Organisasjonsform = e.Organisasjonsform
		}
		if len(e.TidligereNavn) > 0 {
			whole.TidligereNavn = e.TidligereNavn
		}
		e.Enhet = whole
		return
	}
	if e.UtenTidligereNavn {
		e.TidligereNavn = known.TidligereNavn
		had := func(n store.TidligereEnhetsnavn) bool { return n.Navn == known.Navn }
		if known.Navn != "" && known.Navn != e.Navn && !slices.ContainsFunc(e.TidligereNavn, had) {
			e.TidligereNavn = append([]store.TidligereEnhetsnavn{{Navn: known.Navn}}, e.TidligereNavn...)
		}
	}
	former := slices.DeleteFunc(slices.Clone(known.TidligereOverordnet), func(f store.TidligereOverordnet) bool { return f.Orgnr == e.OverordnetEnhet })
	if over := known.OverordnetEnhet; over != "" && e.OverordnetEnhet != "" && over != e.OverordnetEnhet {
		former = append(former, store.TidligereOverordnet{Orgnr: over, Til: e.Virksomhetsoverdragelse})
	}
	e.TidligereOverordnet = former
}
