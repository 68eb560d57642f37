package kilder

// oversiktForm is what looks like arbeidsforhold and is not: the overviews of Aa-registeret's services and the rows of
// its technical history. They have no agreements, and most have no number to find them by; half an arbeidsforhold in
// the register would answer wrongly for a whole one.
var oversiktForm = &form{"oversikt", func([]byte, *Merknader) ([]Post, error) { return nil, errOversikt }}

var errOversikt = feil("", "an overview or a row of technical history, which has no agreements and so is no whole arbeidsforhold: "+
	"export the arbeidsforhold themselves with their history instead (REST v2 with historikk=true, or finnArbeidsforhold "+
	"with ansettelsesdetaljerhistorikk)")
