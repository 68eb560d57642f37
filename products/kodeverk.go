package products

import "aareg/store"

// The code lists whose texts answers show.
var (
	arbeidsforholdstyper = store.FinnKodeverk("arbeidsforholdstype")
	arbeidstidsordninger = store.FinnKodeverk("arbeidstidsordning")
	avloenningstyper     = store.FinnKodeverk("avloenningstype")
	yrker                = store.FinnKodeverk("yrke")
	fartsomraader        = store.FinnKodeverk("fartsomraade")
	skipsregistre        = store.FinnKodeverk("skipsregister")
	skipstyper           = store.FinnKodeverk("skipstype")
	permisjonstyper      = store.FinnKodeverk("permisjonOgPermittering")
	land                 = store.FinnKodeverk("landkode")
)
