package kilder

import "github.com/go-json-experiment/json/jsontext"

// kafkaForm is an event of Aa-registeret's topic: that an arbeidsforhold was made, changed or deleted. It names the
// arbeidsforhold and does not hold it; whoever gets it reads the arbeidsforhold again.
var kafkaForm = &form{"hendelse", lesHendelse}

type kafka struct {
	ID                *int64         `json:"id"`
	Endringstype      string         `json:"endringstype"`
	Entitetsendringer nevnt          `json:"entitetsendringer"`
	Arbeidsforhold    kafkaNoekkel   `json:"arbeidsforhold"`
	Tidsstempel       nevnt          `json:"tidsstempel"`
	Rest              jsontext.Value `json:",embed"`
}

type kafkaNoekkel struct {
	NavArbeidsforholdId int64          `json:"navArbeidsforholdId"`
	NavUuid             string         `json:"navUuid"`
	Type                nevnt          `json:"type"`
	Arbeidstaker        nevnt          `json:"arbeidstaker"`
	Arbeidssted         nevnt          `json:"arbeidssted"`
	Opplysningspliktig  nevnt          `json:"opplysningspliktig"`
	Rest                jsontext.Value `json:",embed"`
}

func lesHendelse(tekst []byte, m *Merknader) ([]Post, error) {
	var k kafka
	if err := lesJSON(tekst, &k); err != nil {
		return nil, err
	}
	hva, err := k.hva()
	if err != nil {
		return nil, err
	}
	id, err := uuid(k.Arbeidsforhold.NavUuid)
	number := k.Arbeidsforhold.NavArbeidsforholdId
	switch {
	case err != nil:
		return nil, iFelt("arbeidsforhold.navUuid", err)
	case number < 0:
		return nil, feil("arbeidsforhold.navArbeidsforholdId", "negative")
	case number == 0 && id == "":
		return nil, feil("arbeidsforhold", "has neither navUuid nor navArbeidsforholdId")
	case k.ID == nil:
		return nil, feil("id", "missing: without it the order of events is not known")
	}
	k.nevn(m)
	return []Post{{Hendelse: &Hendelse{Hva: hva, Noekkel: Noekkel{ArbeidsforholdId: number, UUID: id}, Rekkefoelge: *k.ID}}}, nil
}

func (k *kafka) hva() (Hva, error) {
	switch k.Endringstype {
	case "Opprettelse", "Endring":
		return Endret, nil
	case "Sletting":
		return Slettet, nil
	}
	return 0, feil("endringstype", "not Opprettelse, Endring or Sletting")
}

// nevn names what the event says beside which arbeidsforhold it is about: all that is read again with that.
func (k *kafka) nevn(m *Merknader) {
	m.ukjent("", k.Rest)
	m.nevn("entitetsendringer", k.Entitetsendringer)
	m.nevn("tidsstempel", k.Tidsstempel)
	m.ukjent("arbeidsforhold.", k.Arbeidsforhold.Rest)
	m.nevn("arbeidsforhold.type", k.Arbeidsforhold.Type)
	m.nevn("arbeidsforhold.arbeidstaker", k.Arbeidsforhold.Arbeidstaker)
	m.nevn("arbeidsforhold.arbeidssted", k.Arbeidsforhold.Arbeidssted)
	m.nevn("arbeidsforhold.opplysningspliktig", k.Arbeidsforhold.Opplysningspliktig)
}
