package testdobbel

import (
	"fmt"
	"slices"
	"strings"

	"aareg/products"
	"aareg/soap"
	"aareg/store"
)

// withoutData are the statuskoder that an answer can have without data, and where it comes from when the product asks
// the register.
var withoutData = map[products.Statuskode]error{
	products.Ingen:            store.ErrIngen,
	products.IkkeEntydig:      store.ErrIkkeEntydig,
	products.FortroligKode:    store.ErrFortrolig,
	products.StrengtFortrolig: store.ErrStrengtFortrolig,
	products.Utilgjengelig:    fmt.Errorf("%w: asked for of the test double", store.ErrUtilgjengelig),
}

// operasjon is what the double knows of an operation: by which elements it is asked for one subject, and which
// statuskoder it uses (the field table, column merknad of each row statuskode).
type operasjon struct {
	navn       string
	id         []string // elements with a number or a name of the subject
	med        string   // elements that a question cannot do without besides
	demo       []string // questions that the demo register answers with data: komplett, then trunkert
	statuskode []products.Statuskode
}

var operasjoner = []operasjon{
	{"hentAntallArbeidstakere", []string{"orgnr"}, "", []string{"orgnr=210000011"},
		[]products.Statuskode{products.Ingen, products.IkkeEntydig, products.FortroligKode, products.StrengtFortrolig, products.Utilgjengelig}},
	{"hentArbeidsgiver", []string{"arbeidsgiverId"}, "", []string{"arbeidsgiverId=210001018", "arbeidsgiverId=220000036"},
		[]products.Statuskode{products.Ingen, products.IkkeEntydig, products.FortroligKode, products.StrengtFortrolig, products.Utilgjengelig}},
	{"hentArbeidstaker", []string{"foedselsnr"}, "", []string{"foedselsnr=12838049808"},
		[]products.Statuskode{products.Ingen, products.IkkeEntydig, products.FortroligKode, products.StrengtFortrolig, products.Utilgjengelig}},
	{"hentTrefflisteArbeidsgiver", []string{"orgnavn", "etternavn"}, " inkluderOpphoerte=false fonetisk=false",
		[]string{"orgnavn=Handel", "orgnavn=Borettslag"}, []products.Statuskode{products.Ingen, products.Utilgjengelig}},
	{"hentTrefflisteArbeidstaker", []string{"etternavn"}, " fonetisk=false",
		[]string{"etternavn=Åsen", "etternavn=Mengdal"}, []products.Statuskode{products.Ingen, products.Utilgjengelig}},
	{"hentArbeidsforhold", []string{"arbeidsforholdId"}, "", []string{"arbeidsforholdId=48000401"},
		[]products.Statuskode{products.Ingen, products.FortroligKode, products.StrengtFortrolig, products.Utilgjengelig}},
}

func operasjonOf(navn string) *operasjon {
	i := slices.IndexFunc(operasjoner, func(o operasjon) bool { return o.navn == navn })
	if i < 0 {
		return nil
	}
	return &operasjoner[i]
}

// koder are what an operation can answer without data: statuskoder, then feilkoder.
func (o *operasjon) koder() (koder []string) {
	for _, s := range o.statuskode {
		koder = append(koder, string(s))
	}
	return append(koder, soap.Feilkoder()...)
}

// outcome is what the product would have come to, or a fault.
func outcome(kode string) error {
	if err, ok := withoutData[products.Statuskode(kode)]; ok {
		return err
	}
	return soap.NewFault(kode)
}

// magisk is what one subject answers with, whatever the register: a person, an enhet, an arbeidsforhold and a name.
// The numbers have right check digits, and nobody has them: 80 is added to the month, and the orgnr is of the synthetic
// series.
type magisk struct {
	kode, foedselsnr, orgnr, arbeidsforholdId string
}

// navn is the orgnavn or etternavn of it.
func (m magisk) navn() string { return "Testdobbel-" + m.kode }

var magiske = []magisk{
	{"ingen", "31929990032", "277777703", "900000000000000001"},
	{"ikke_entydig", "31929990113", "277777711", "900000000000000002"},
	{"fortrolig", "31929990385", "277777738", "900000000000000003"},
	{"strengt_fortrolig", "31929990466", "277777746", "900000000000000004"},
	{"utilgjengelig", "31929990547", "277777754", "900000000000000005"},
	{"ugyldigXml", "31929990628", "277777762", "900000000000000006"},
	{"ugyldigKonvolutt", "31929990709", "277777770", "900000000000000007"},
	{"ukjentOperasjon", "31929990970", "277777789", "900000000000000008"},
	{"ugyldigForespoersel", "31929991098", "277777797", "900000000000000009"},
	{"forStor", "31929991179", "277777118", "900000000000000010"},
	{"ugyldigBruker", "31929991330", "277777126", "900000000000000011"},
	{"sesjonUtloept", "31929991411", "277777134", "900000000000000012"},
	{"ikkeTilgang", "31929991683", "277777142", "900000000000000013"},
	{"forMangeForespoersler", "31929991764", "277777150", "900000000000000014"},
	{"feilIBackOffice", "31929991845", "277777169", "900000000000000015"},
}

// magicNumbers are the numbers of persons and enheter that a register may not have, and what they answer with.
var magicNumbers = func() map[string]string {
	numbers := map[string]string{}
	for _, m := range magiske {
		numbers[m.foedselsnr], numbers[m.orgnr] = m.kode, m.kode
	}
	return numbers
}()

// ids are the values that stand for it in an element.
func (m magisk) ids(tag string) []string {
	switch tag {
	case "foedselsnr":
		return []string{m.foedselsnr}
	case "orgnr", "arbeidsgiverId":
		return []string{m.orgnr, m.foedselsnr}
	case "arbeidsforholdId":
		return []string{m.arbeidsforholdId}
	}
	return []string{m.navn()}
}

// magicOf is the kode that a question asks for by a magic id; "" for none, or none that its operation can answer with.
func magicOf(q soap.Question) string {
	o := operasjonOf(q.Operation)
	if o == nil {
		return ""
	}
	for _, tag := range o.id {
		for _, m := range magiske {
			if slices.Contains(m.ids(tag), q.Leaves[tag]) && slices.Contains(o.koder(), m.kode) {
				return m.kode
			}
		}
	}
	return ""
}

// Rad is a question that gets a statuskode or a fault without any scenario.
type Rad struct {
	Operasjon string
	Felt      string // foedselsnr=31929991683: elements and values with a space between
	Kode      string // statuskode or feilkode
	Register  bool   // it is the demo register that answers; otherwise it is magic
}

// Tabell is a question for every statuskode and every feilkode of every operation. Those without data are magic, in
// any register; the others are of the demo register.
func Tabell() (rader []Rad) {
	for _, o := range operasjoner {
		for i, felt := range o.demo {
			rader = append(rader, Rad{o.navn, felt + o.med, []string{"komplett", "trunkert"}[i], true})
		}
		for _, m := range magiske {
			if !slices.Contains(o.koder(), m.kode) {
				continue
			}
			for _, id := range m.ids(o.id[0]) {
				rader = append(rader, Rad{o.navn, o.id[0] + "=" + id + o.med, m.kode, false})
			}
		}
	}
	return rader
}

// printTabell is the table to read, one line a question.
func printTabell() string {
	var b strings.Builder
	for _, r := range Tabell() {
		from := "magic"
		if r.Register {
			from = "demo register"
		}
		fmt.Fprintf(&b, "  %-27s %-76s %-22s %s\n", r.Operasjon, r.Felt, r.Kode, from)
	}
	return b.String()
}
