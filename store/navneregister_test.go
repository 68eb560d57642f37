package store

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// navneregister is a made-up register of persons with names that are alike in many ways.
type navneregister struct {
	t        *testing.T
	s        *Store
	rnd      *rand.Rand
	personer []*Person
	jobber   []int64
	brukt    int
}

var (
	likeEtternavn = []string{"Hansen", "Hansen", "Hansen", "Hansen", "HANSEN", "Hanssen", "Hansen Lie", "Hansen-Lie", "Lie Hansen", "Ås", "Aas", "ÅS", "Åsen", "Aase", "Lie", "Li", "Berg", "Hansen Berg Lie", "-", "7", "Hansen 7"}
	likeFornavn   = []string{"Kari", "kari", "Kåre", "Kaare", "Kari Anne", "Anne-Kari", "Ola", ""}
)

func (r *navneregister) one(of []string) string { return of[r.rnd.IntN(len(of))] }

func (r *navneregister) navn() Navn {
	n := Navn{Etternavn: r.one(likeEtternavn), Fornavn: r.one(likeFornavn)}
	if r.rnd.IntN(3) == 0 {
		n.Mellomnavn = r.one(likeEtternavn)
	}
	return n
}

func (r *navneregister) nummer() string {
	r.brukt++
	return fmt.Sprintf("0181%07d", r.brukt)
}

func (r *navneregister) ny() *Person {
	p := &Person{Foedselsnr: r.nummer()}
	r.endre(p)
	return p
}

// endre gives a person other names, and other data.
func (r *navneregister) endre(p *Person) {
	p.Navn, p.TidligereNavn = r.navn(), nil
	for range r.rnd.IntN(6) - 2 {
		p.TidligereNavn = append(p.TidligereNavn, r.navn())
	}
	p.Kjoenn = []string{"K", "M", ""}[r.rnd.IntN(3)]
	p.Adressebeskyttelse = []Gradering{0, 0, 0, 0, 1, 2, 3}[r.rnd.IntN(7)]
	p.Foedselsdato, p.Doedsdato = Dato(19400101).AddDays(r.rnd.IntN(20000)), 0
	switch r.rnd.IntN(10) {
	case 0:
		p.Foedselsdato = 0
	case 1:
		p.Doedsdato = Dato(20100101).AddDays(r.rnd.IntN(4000))
	}
}

func (r *navneregister) person() *Person { return r.personer[r.rnd.IntN(len(r.personer))] }

func (r *navneregister) jobb(id int64) *Arbeidsforhold {
	j := jobb(id, r.person().Foedselsnr)
	if r.rnd.IntN(3) == 0 {
		j.Arbeidssted = Part{"Person", r.person().Foedselsnr}
	}
	if r.rnd.IntN(4) == 0 {
		j.Opplysningspliktig = Part{"Person", r.person().Foedselsnr}
	}
	return j
}

func (r *navneregister) fyll(personer, jobber int) {
	update(r.t, r.s, func(tx *Tx) (err error) {
		for range personer {
			r.personer = append(r.personer, r.ny())
			err = errors.Join(err, tx.PutPerson(r.personer[len(r.personer)-1]))
		}
		for i := range jobber {
			r.jobber = append(r.jobber, int64(1000+i))
			err = errors.Join(err, tx.PutArbeidsforhold(r.jobb(r.jobber[i])))
		}
		return err
	})
}

// forandre changes the register in one of the ways that what is found hangs on.
func (r *navneregister) forandre(tx *Tx) error {
	p := r.person()
	switch r.rnd.IntN(6) {
	case 0: // names, grade and the rest
		r.endre(p)
		return tx.PutPerson(p)
	case 1: // another number
		p.TidligereNumre = append(p.TidligereNumre, p.Foedselsnr)
		p.Foedselsnr = r.nummer()
		return tx.PutPerson(p)
	case 2: // roles
		return tx.PutArbeidsforhold(r.jobb(r.jobber[r.rnd.IntN(len(r.jobber))]))
	case 3: // two who were one
		other := r.person()
		if other == p {
			return nil
		}
		p.TidligereNumre = append(append(p.TidligereNumre, other.Foedselsnr), other.TidligereNumre...)
		r.personer = slices.DeleteFunc(r.personer, func(q *Person) bool { return q == other })
		return tx.PutPerson(p)
	case 4: // one who is gone
		if len(r.personer) < 100 {
			return nil
		}
		r.personer = slices.DeleteFunc(r.personer, func(q *Person) bool { return q == p })
		return tx.DeletePerson(p.Foedselsnr)
	}
	r.personer = append(r.personer, r.ny())
	return tx.PutPerson(r.personer[len(r.personer)-1])
}

func (r *navneregister) soek() Personsoek {
	soek := Personsoek{Navn: Navn{Etternavn: r.one(likeEtternavn)}, Fonetisk: r.rnd.IntN(2) == 0, Maks: 1 + r.rnd.IntN(60)}
	if r.rnd.IntN(5) == 0 {
		soek.Maks = 100_000
	}
	if r.rnd.IntN(3) == 0 {
		soek.Navn.Fornavn = r.one(likeFornavn)
	}
	if r.rnd.IntN(6) == 0 {
		soek.Navn.Mellomnavn = r.one(likeEtternavn)
	}
	if r.rnd.IntN(4) == 0 {
		soek.Kjoenn = r.one([]string{"K", "M"})
	}
	if r.rnd.IntN(4) == 0 {
		soek.FoedtFra, soek.FoedtTil = 19500101, 19791231
	}
	if r.rnd.IntN(4) == 0 {
		young, old := 30, 70
		soek.AlderFra, soek.AlderTil = &young, &old
	}
	return soek
}
