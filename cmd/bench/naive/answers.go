package naive

import (
	"strconv"

	"github.com/beevik/etree"
)

func (h *Handler) hentArbeidsforhold(root *etree.Element, id string) error {
	return h.each(func(r []string) error {
		e := root.CreateElement("arbeidsforhold").CreateElement("arbeidsforhold")
		text(e, "arbeidsforholdId", r[0], "agArbeidsforholdId", r[1])
		text(e.CreateElement("arbeidsgiver"), "arbeidsgiverId", r[2], "navn", r[3])
		text(e.CreateElement("opplysningspliktig"), "orgnr", r[4], "navn", r[5])
		text(e.CreateElement("Arbeidstaker"), "efnavn", r[7], "arbeidstakerId", r[6])
		text(e, "begyntdato", r[8], "sluttetdato", r[9], "registrertFoersteGang", r[10], "arbeidsforholdstype", r[11],
			"arbeidsforholdInnrapportertEtterAOrdningen", r[12], "datoSistFunksjoneltOppdatert", r[13], "datoSistBekreftet", r[14])
		if err := h.avtaler(e.CreateElement("arbeidsavtaler"), id); err != nil {
			return err
		}
		if err := h.timer(e, id); err != nil {
			return err
		}
		if err := h.permisjoner(e, id); err != nil {
			return err
		}
		return h.utenlandsopphold(e, id)
	}, `SELECT f.id, f.eget_id, f.arbeidsgiver, g.navn, f.opplysningspliktig, o.navn, f.arbeidstaker, t.navn, f.begyntdato, f.sluttetdato,
			f.opprettet, f.type, f.a_ordningen, f.sist_endret, f.sist_bekreftet
		FROM arbeidsforhold f LEFT JOIN part g ON g.nummer = f.arbeidsgiver LEFT JOIN part o ON o.nummer = f.opplysningspliktig
		LEFT JOIN part t ON t.nummer = f.arbeidstaker WHERE f.id = ?`, id)
}

func (h *Handler) avtaler(list *etree.Element, id string) error {
	return h.each(func(r []string) error {
		e := list.CreateElement("arbeidsavtale")
		text(e, "arbeidstidsordning", r[0], "avloenningstype", r[1], "yrkeskode", r[2], "yrkestittel", r[3], "avtaltArbeidstimerPerUke", r[4],
			"timerIFullStilling", r[5], "stillingsprosent", r[6], "berAntTimerPerUke", r[7], "sisteLoennsendringsdato", r[8],
			"gyldighetsperiode_fom", r[9], "gyldighetsperiode_tom", r[10], "antallTimerGammeltAa", r[11], "endringsdatoStillingsprosent", r[12])
		if r[13] == "1" {
			text(e, "fartsomraade", r[14], "skipsregister", r[15], "skipstype", r[16])
		}
		return nil
	}, `SELECT arbeidstidsordning, avloenningstype, yrkeskode, yrkestittel, avtalt, full, stillingsprosent, beregnet, sist_loenn, fom, tom,
			gammelt_aa, sist_stilling, maritim, fartsomraade, skipsregister, skipstype
		FROM avtale WHERE arbeidsforhold = ? ORDER BY nr`, id)
}

func periode(e *etree.Element, fom, tom string) {
	text(e.CreateElement("periode"), "fom", fom, "tom", tom)
}

// group is the element of that tag, made with its first child.
func group(e *etree.Element, tag string) *etree.Element {
	if found := e.SelectElement(tag); found != nil {
		return found
	}
	return e.CreateElement(tag)
}

func (h *Handler) timer(parent *etree.Element, id string) error {
	return h.each(func(r []string) error {
		e := group(parent, "antallTimerForTimelønnet").CreateElement("timerIPerioden")
		periode(e, r[0], r[1])
		text(e, "antallTimer", r[2], "rapporteringsperiode", r[3])
		return nil
	}, `SELECT fom, tom, antall, maaned FROM timer WHERE arbeidsforhold = ? ORDER BY nr`, id)
}

func (h *Handler) permisjoner(parent *etree.Element, id string) error {
	return h.each(func(r []string) error {
		e := group(parent, "permisjonOgPermittering").CreateElement("permisjonOgPermitteringIPeriode")
		text(e, "permisjonsId", r[0])
		periode(e, r[1], r[2])
		text(e, "permisjonsprosent", r[3], "permisjonOgPermittering", r[4])
		return nil
	}, `SELECT id, fom, tom, prosent, type FROM permisjon WHERE arbeidsforhold = ? ORDER BY nr`, id)
}

func (h *Handler) utenlandsopphold(parent *etree.Element, id string) error {
	return h.each(func(r []string) error {
		e := group(parent, "utenlandsopphold").CreateElement("utenlandsoppholdIPeriode")
		text(e, "land", r[0], "rapporteringsperiode", r[1])
		periode(e, r[2], r[3])
		return nil
	}, `SELECT land, maaned, fom, tom FROM utenlandsopphold WHERE arbeidsforhold = ? ORDER BY nr`, id)
}

// hentArbeidsgiver answers about an underenhet: those that are asked about have no underenheter of their own.
func (h *Handler) hentArbeidsgiver(root *etree.Element, orgnr string) error {
	err := h.each(func(r []string) error {
		text(root, "orgnr", r[0], "orgnrHovedenhet", r[1], "navnHovedenhet", r[2], "navn", r[3], "fadresse1", r[4], "fadresse2", r[5], "fadresse3", r[6],
			"fpostnr", r[7], "fpoststed", r[8], "padresse1", r[9], "padresse2", r[10], "padresse3", r[11], "ppostnr", r[12], "ppoststed", r[13],
			"kommunenr", r[14], "kommune", r[15], "landkode", r[16], "landtekst", r[17], "etablert", r[18], "enhkode", r[19], "enhtypeBeskr", r[20],
			"oppoert", r[21], "virksomhetsoverdragelse", r[22])
		return nil
	}, `SELECT e.nummer, e.overordnet, o.navn, n.navn, e.fadresse1, e.fadresse2, e.fadresse3, e.fpostnr, e.fpoststed, e.padresse1, e.padresse2,
			e.padresse3, e.ppostnr, e.ppoststed, e.kommunenr, e.kommune, e.landkode, e.landtekst, e.etablert, e.enhkode, e.enhtype, e.opphoert,
			e.virksomhetsoverdragelse
		FROM enhet e JOIN part n ON n.nummer = e.nummer LEFT JOIN part o ON o.nummer = e.overordnet WHERE e.nummer = ?`, orgnr)
	if err != nil {
		return err
	}
	err = h.each(func(r []string) error {
		text(root, "arbeidstakere", strconv.FormatBool(r[0] == "1"), "historikk", strconv.FormatBool(r[1] == "1"))
		e := root.CreateElement("arbeidsforholdListe")
		text(e, "antall", r[2], "antallTot", r[2])
		return h.liste(e, orgnr)
	}, `SELECT max(begyntdato <= ?1 AND (sluttetdato = '' OR sluttetdato >= ?1)), max(sluttetdato <> '' AND sluttetdato < ?1), count(*)
		FROM arbeidsforhold WHERE arbeidsgiver = ?2`, h.today, orgnr)
	return err
}

func (h *Handler) liste(list *etree.Element, orgnr string) error {
	return h.each(func(r []string) error {
		e := list.CreateElement("arbeidsforhold")
		text(e, "arbeidsforholdId", r[0], "agArbeidsforholdId", r[1])
		text(e.CreateElement("arbeidsgiver"), "orgnr", r[2], "navn", r[3])
		text(e.CreateElement("arbeidstaker"), "efnavn", r[5], "arbeidstakerId", r[4])
		text(e, "begyntdato", r[6], "sluttetdato", r[7], "datoSistBekreftet", r[8], "arbeidsforholdstype", r[9],
			"arbeidsforholdInnrapportertEtterAOrdningen", r[10])
		if err := h.avtaleNaa(e.CreateElement("arbeidsavtaler"), r[0], r[7]); err != nil {
			return err
		}
		return h.permisjoner(e, r[0])
	}, `SELECT f.id, f.eget_id, f.arbeidsgiver, g.navn, f.arbeidstaker, t.navn, f.begyntdato, f.sluttetdato, f.sist_bekreftet, f.type, f.a_ordningen
		FROM arbeidsforhold f LEFT JOIN part g ON g.nummer = f.arbeidsgiver LEFT JOIN part t ON t.nummer = f.arbeidstaker
		WHERE f.arbeidsgiver = ? ORDER BY f.begyntdato DESC, f.id`, orgnr)
}

// avtaleNaa is the newest agreement that has begun, by the end of an arbeidsforhold that has ended; else the first.
func (h *Handler) avtaleNaa(list *etree.Element, id, sluttet string) error {
	today := h.today
	if sluttet != "" && sluttet < today {
		today = sluttet
	}
	return h.each(func(r []string) error {
		text(list.CreateElement("arbeidsavtale"), "yrkeskode", r[0], "yrkestittel", r[1], "stillingsprosent", r[2], "gyldighetsperiode_tom", r[3])
		return nil
	}, `SELECT yrkeskode, yrkestittel, stillingsprosent, tom FROM avtale WHERE arbeidsforhold = ?
		ORDER BY fom <= ? DESC, CASE WHEN fom <= ? THEN nr ELSE -nr END LIMIT 1`, id, today, today)
}
