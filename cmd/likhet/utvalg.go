package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	"aareg/fixtures/generer"
	"aareg/store"
)

// forhold is what questions are drawn from of an arbeidsforhold.
type forhold struct {
	ArbeidsforholdId   int64      `json:"navArbeidsforholdId"`
	UtstedtId          int64      `json:"utstedtArbeidsforholdId"`
	Arbeidstaker       store.Part `json:"arbeidstaker"`
	Arbeidssted        store.Part `json:"arbeidssted"`
	Opplysningspliktig store.Part `json:"opplysningspliktig"`
	Ansettelsesperiode struct {
		Startdato store.Dato `json:"startdato"`
		Sluttdato store.Dato `json:"sluttdato"`
	} `json:"ansettelsesperiode"`
	linje []byte // as the register was written out
}

// begynner and sluttet are the days on which it begins to be active, and is not any more; the latter 0 when it is open.
func (f *forhold) begynner() store.Dato { return f.Ansettelsesperiode.Startdato }
func (f *forhold) sluttet() store.Dato {
	if f.Ansettelsesperiode.Sluttdato == 0 {
		return 0
	}
	return f.Ansettelsesperiode.Sluttdato.AddDays(1)
}

// utvalg is what is in a register, as one of the builds wrote it out: what questions are drawn from.
type utvalg struct {
	personer []store.Person
	enheter  []store.Enhet
	gamle    []store.GammelArbeidsgiver
	forhold  []forhold
	skjermet map[string]store.Gradering // of persons' numbers
	finnes   map[string]bool            // every number that somebody has or had
	hos      map[string][]int           // arbeidsforhold by the employer's number
}

// lesUtvalg reads what aareg export has written.
func lesUtvalg(path string) (*utvalg, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	u := &utvalg{skjermet: map[string]store.Gradering{}, finnes: map[string]bool{}, hos: map[string][]int{}}
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 64<<20)
	for n := 1; lines.Scan(); n++ {
		if err := u.ta(lines.Bytes()); err != nil {
			return nil, fmt.Errorf("export, line %d: %w", n, err)
		}
	}
	return u, lines.Err()
}

func (u *utvalg) ta(line []byte) error {
	var post struct {
		Person             *store.Person             `json:"person"`
		Enhet              *store.Enhet              `json:"enhet"`
		GammelArbeidsgiver *store.GammelArbeidsgiver `json:"gammelArbeidsgiver"`
		Arbeidsforhold     *forhold                  `json:"arbeidsforhold"`
	}
	if err := json.Unmarshal(line, &post); err != nil {
		return err
	}
	switch {
	case post.Person != nil:
		u.personer = append(u.personer, *post.Person)
		for _, nummer := range append(post.Person.TidligereNumre, post.Person.Foedselsnr) {
			u.finnes[nummer] = true
		}
		u.skjermet[post.Person.Foedselsnr] = post.Person.Adressebeskyttelse
	case post.Enhet != nil:
		u.enheter = append(u.enheter, *post.Enhet)
		u.finnes[post.Enhet.Orgnr] = true
	case post.GammelArbeidsgiver != nil:
		u.gamle = append(u.gamle, *post.GammelArbeidsgiver)
		u.finnes[post.GammelArbeidsgiver.Arbeidsgivernr] = true
	case post.Arbeidsforhold != nil:
		a := post.Arbeidsforhold
		a.linje = append([]byte(nil), line...)
		u.hos[a.Arbeidssted.Ident] = append(u.hos[a.Arbeidssted.Ident], len(u.forhold))
		u.forhold = append(u.forhold, *a)
	}
	return nil
}

// gradering is the strictest grade among the parties of an arbeidsforhold.
func (u *utvalg) gradering(f *forhold) store.Gradering {
	return max(u.skjermet[f.Arbeidstaker.Ident], u.skjermet[f.Arbeidssted.Ident], u.skjermet[f.Opplysningspliktig.Ident])
}

// doegnskifte is the day on which most happens, of those about the day that the made-up register is a picture of: on which
// arbeidsforhold begin, and before which they have ended.
func (u *utvalg) doegnskifte() store.Dato {
	begin, ended := map[store.Dato]int{}, map[store.Dato]int{}
	for i := range u.forhold {
		begin[u.forhold[i].begynner()]++
		ended[u.forhold[i].sluttet()]++
	}
	busiest, most := generer.Dato, 0
	for day := generer.Dato.AddDays(-30); day <= generer.Dato.AddDays(30); day = day.AddDays(1) {
		if n := min(begin[day], ended[day]); n > most {
			busiest, most = day, n
		}
	}
	return busiest
}
