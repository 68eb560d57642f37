package store

import (
	"cmp"
	"errors"
	"slices"
)

// Part is a party of an arbeidsforhold.
type Part struct {
	Type  string `json:"type,omitempty"` // Person, Underenhet, Hovedenhet or Arbeidsgivernummer
	Ident string `json:"ident"`          // foedselsnr or D-number, orgnr, arbeidsgivernr
}

// Ansettelsesperiode is when the arbeidsforhold began and ended, and why.
type Ansettelsesperiode struct {
	Startdato   Dato      `json:"startdato,omitempty"`
	Sluttdato   Dato      `json:"sluttdato,omitempty"`
	Sluttaarsak Kodeverdi `json:"sluttaarsak,omitzero"`
	Varsling    Kodeverdi `json:"varsling,omitzero"`
}

// Periode is a period of days; a missing end is open.
type Periode struct {
	Fom Dato `json:"fom,omitempty"`
	Tom Dato `json:"tom,omitempty"`
}

// Rapporteringsmaaneder is a period of months; a missing end is open.
type Rapporteringsmaaneder struct {
	Fra Maaned `json:"fra,omitempty"`
	Til Maaned `json:"til,omitempty"`
}

// Ansettelsesdetaljer is one agreement (arbeidsavtale). Its period is given in days by some sources and in months
// by others; Gyldighet is the period shown.
type Ansettelsesdetaljer struct {
	Type                         string                `json:"type,omitempty"` // Ordinaer, Maritim, Forenklet, Frilanser
	Arbeidstidsordning           Kodeverdi             `json:"arbeidstidsordning,omitzero"`
	Ansettelsesform              Kodeverdi             `json:"ansettelsesform,omitzero"`
	Avloenningstype              Kodeverdi             `json:"avloenningstype,omitzero"`
	Yrke                         Kodeverdi             `json:"yrke,omitzero"`
	AntallTimerPrUke             Desimal               `json:"antallTimerPrUke,omitempty"` // what a full position is
	AvtaltArbeidstimerPerUke     Desimal               `json:"avtaltArbeidstimerPerUke,omitempty"`
	AvtaltStillingsprosent       Desimal               `json:"avtaltStillingsprosent,omitempty"`
	BeregnetAntallTimerPrUke     Desimal               `json:"beregnetAntallTimerPrUke,omitempty"` // as reported
	AntallTimerGammeltAa         Desimal               `json:"antallTimerGammeltAa,omitempty"`
	SisteStillingsprosentendring Dato                  `json:"sisteStillingsprosentendring,omitempty"`
	SisteLoennsendring           Dato                  `json:"sisteLoennsendring,omitempty"`
	Rapporteringsmaaneder        Rapporteringsmaaneder `json:"rapporteringsmaaneder,omitzero"`
	Gyldighetsperiode            Periode               `json:"gyldighetsperiode,omitzero"`
	Fartsomraade                 Kodeverdi             `json:"fartsomraade,omitzero"`
	Skipsregister                Kodeverdi             `json:"skipsregister,omitzero"`
	Fartoeystype                 Kodeverdi             `json:"fartoeystype,omitzero"`
}

// TimerIFullStilling and AvtalteTimer fall back on each other: where a source has one figure, it fills both
// (semantics.md "Values").
func (d *Ansettelsesdetaljer) TimerIFullStilling() Desimal {
	if d.AntallTimerPrUke == "" {
		return d.AvtaltArbeidstimerPerUke
	}
	return d.AntallTimerPrUke
}

// AvtalteTimer is avtaltArbeidstimerPerUke; see TimerIFullStilling.
func (d *Ansettelsesdetaljer) AvtalteTimer() Desimal {
	if d.AvtaltArbeidstimerPerUke == "" {
		return d.AntallTimerPrUke
	}
	return d.AvtaltArbeidstimerPerUke
}

// BeregnedeTimer is the reported value, else agreed hours × percent, two decimals.
func (d *Ansettelsesdetaljer) BeregnedeTimer() Desimal {
	if d.BeregnetAntallTimerPrUke != "" {
		return d.BeregnetAntallTimerPrUke
	}
	return d.AvtalteTimer().ofPercent(d.AvtaltStillingsprosent)
}

// IdHistorikk is an id that was used before.
type IdHistorikk struct {
	ID  string    `json:"id"`
	Fom Tidspunkt `json:"fom,omitempty"`
	Tom Tidspunkt `json:"tom,omitempty"`
}

// Permisjon is a leave (permisjon) or a lay-off (permittering).
type Permisjon struct {
	ID          string        `json:"id,omitempty"`
	Type        Kodeverdi     `json:"type"`
	Startdato   Dato          `json:"startdato,omitempty"`
	Sluttdato   Dato          `json:"sluttdato,omitempty"`
	Prosent     Desimal       `json:"prosent,omitempty"`
	Varsling    Kodeverdi     `json:"varsling,omitzero"`
	IdHistorikk []IdHistorikk `json:"idHistorikk,omitempty"`
}

// TimerMedTimeloenn is hours reported with hourly pay.
type TimerMedTimeloenn struct {
	Antall              Desimal `json:"antall"`
	Startdato           Dato    `json:"startdato,omitempty"`
	Sluttdato           Dato    `json:"sluttdato,omitempty"`
	Rapporteringsmaaned Maaned  `json:"rapporteringsmaaned,omitempty"`
}

// Utenlandsopphold is a stay abroad.
type Utenlandsopphold struct {
	Land                Kodeverdi `json:"land"`
	Startdato           Dato      `json:"startdato,omitempty"`
	Sluttdato           Dato      `json:"sluttdato,omitempty"`
	Rapporteringsmaaned Maaned    `json:"rapporteringsmaaned,omitempty"`
}

// Varsel is a notice on the arbeidsforhold or a part of it.
type Varsel struct {
	Entitet  string    `json:"entitet"` // Arbeidsforhold, Ansettelsesperiode, Permisjon, Permittering
	Varsling Kodeverdi `json:"varsling"`
}

// Arbeidsforhold is everything that the register keeps of one arbeidsforhold: the data elements that Nav lists
// (dataelementer) and those of the retired service that the six products show.
type Arbeidsforhold struct {
	ArbeidsforholdId     int64                 `json:"navArbeidsforholdId,omitempty"`     // the register's number; 0: none delivered
	UtstedtId            int64                 `json:"utstedtArbeidsforholdId,omitempty"` // minted here when none was delivered; 0: none
	UUID                 string                `json:"uuid,omitempty"`
	ID                   string                `json:"id,omitempty"` // as the employer reported it
	Type                 Kodeverdi             `json:"type"`
	Arbeidstaker         Part                  `json:"arbeidstaker"`
	Arbeidssted          Part                  `json:"arbeidssted"`
	Opplysningspliktig   Part                  `json:"opplysningspliktig"`
	Ansettelsesperiode   Ansettelsesperiode    `json:"ansettelsesperiode"`
	Ansettelsesdetaljer  []Ansettelsesdetaljer `json:"ansettelsesdetaljer,omitempty"`
	Permisjoner          []Permisjon           `json:"permisjoner,omitempty"`
	Permitteringer       []Permisjon           `json:"permitteringer,omitempty"`
	TimerMedTimeloenn    []TimerMedTimeloenn   `json:"timerMedTimeloenn,omitempty"`
	Utenlandsopphold     []Utenlandsopphold    `json:"utenlandsopphold,omitempty"`
	IdHistorikk          []IdHistorikk         `json:"idHistorikk,omitempty"`
	Varsler              []Varsel              `json:"varsler,omitempty"`
	Rapporteringsordning Kodeverdi             `json:"rapporteringsordning"`
	Opprettet            Tidspunkt             `json:"opprettet,omitempty"`
	SistBekreftet        Tidspunkt             `json:"sistBekreftet,omitempty"`
	SistEndret           Tidspunkt             `json:"sistEndret,omitempty"`
}

func (a *Arbeidsforhold) check() error {
	_, err := packUUID(a.UUID)
	switch {
	case err != nil:
		return err
	case a.UUID == "" && a.ArbeidsforholdId == 0:
		return errors.New("arbeidsforhold: neither uuid nor navArbeidsforholdId")
	case a.ArbeidsforholdId < 0 || a.UtstedtId < 0:
		return errors.New("arbeidsforhold: navArbeidsforholdId: negative")
	case !digits(a.Arbeidstaker.Ident, 11):
		return errors.New("arbeidsforhold: arbeidstaker: not 11 digits")
	case a.Ansettelsesperiode.Startdato == 0:
		return errors.New("arbeidsforhold: ansettelsesperiode: no startdato")
	}
	return nil
}

// AOrdningen says whether the arbeidsforhold was reported under a-ordningen.
func (a *Arbeidsforhold) AOrdningen() bool { return a.Rapporteringsordning.Kode == "A_ORDNINGEN" }

// Maritimt says whether the arbeidsforhold is maritime: then its agreements have fartsomraade and ship.
func (a *Arbeidsforhold) Maritimt() bool { return a.Type.Kode == "maritimtArbeidsforhold" }

// normalise brings the arbeidsforhold into the form that is stored: the lists in the order of answers, newest first, and
// every agreement that came with months with its period in days: from the first day of fra (the earliest from startdato
// if that is earlier) to the last day of til, not after sluttdato; open stays open (semantics.md "Values"). The months
// themselves stay.
func (a *Arbeidsforhold) normalise() {
	earliest := Maaned(0)
	for i := range a.Ansettelsesdetaljer {
		fra := a.Ansettelsesdetaljer[i].Rapporteringsmaaneder.Fra
		if fom := a.Ansettelsesdetaljer[i].Gyldighetsperiode.Fom; fom != 0 {
			fra = Maaned(fom / 100)
		}
		if earliest == 0 || fra != 0 && fra < earliest {
			earliest = fra
		}
	}
	slutt := a.Ansettelsesperiode.Sluttdato
	for i := range a.Ansettelsesdetaljer {
		d := &a.Ansettelsesdetaljer[i]
		m := d.Rapporteringsmaaneder
		if d.Gyldighetsperiode != (Periode{}) || m == (Rapporteringsmaaneder{}) {
			continue
		}
		p := Periode{Fom: m.Fra.First(), Tom: m.Til.Last()}
		if start := a.Ansettelsesperiode.Startdato; m.Fra == earliest && start < p.Fom {
			p.Fom = start
		}
		if slutt != 0 && p.Tom > slutt {
			p.Tom = slutt
		}
		d.Gyldighetsperiode = p
	}
	newestFirst(a.Ansettelsesdetaljer, func(x, y *Ansettelsesdetaljer) int {
		return cmp.Compare(y.Gyldighetsperiode.Fom, x.Gyldighetsperiode.Fom)
	})
	byStart := func(x, y *Permisjon) int { return cmp.Compare(y.Startdato, x.Startdato) }
	newestFirst(a.Permisjoner, byStart)
	newestFirst(a.Permitteringer, byStart)
	newestFirst(a.TimerMedTimeloenn, func(x, y *TimerMedTimeloenn) int {
		return cmp.Or(cmp.Compare(y.Rapporteringsmaaned, x.Rapporteringsmaaned), cmp.Compare(y.Startdato, x.Startdato))
	})
	newestFirst(a.Utenlandsopphold, func(x, y *Utenlandsopphold) int {
		return cmp.Or(cmp.Compare(y.Rapporteringsmaaned, x.Rapporteringsmaaned), cmp.Compare(y.Startdato, x.Startdato))
	})
}

// newestFirst sorts a list; most are sorted as they come, and the elements are large.
func newestFirst[T any](list []T, compare func(x, y *T) int) {
	for i := 1; i < len(list); i++ {
		if compare(&list[i-1], &list[i]) > 0 {
			slices.SortStableFunc(list, func(x, y T) int { return compare(&x, &y) })
			return
		}
	}
}
