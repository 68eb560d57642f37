package testdobbel

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"aareg/soap"
	"aareg/store"
	"aareg/store/innlesing"
)

// register is a data set, and the service over it.
type register struct {
	name    string // demo or loaded
	store   *store.Store
	antall  store.Antall
	dir     string // its own folder; "" in memory
	handler http.Handler
	asking  sync.WaitGroup // the questions under way
}

func (d *Dobbel) newRegister(name string, s *store.Store, dir string) (*register, error) {
	reg := &register{name: name, store: s, dir: dir}
	err := s.Update(context.Background(), func(t *store.Tx) (err error) {
		reg.antall, err = t.Antall()
		return err
	})
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	c := d.config
	c.Store = s
	c.Around = func(w http.ResponseWriter, r *http.Request, q soap.Question, answer func(http.ResponseWriter, error)) {
		d.ask(reg, w, r, q, answer)
	}
	reg.handler = soap.NewServer(c).Handler
	return reg, nil
}

// serve answers a question from the register in force when it came, whatever takes its place meanwhile.
func (d *Dobbel) serve(w http.ResponseWriter, r *http.Request) {
	d.mu.RLock()
	reg := d.inForce
	reg.asking.Add(1)
	d.mu.RUnlock()
	defer reg.asking.Done()
	reg.handler.ServeHTTP(w, r)
}

// swap puts another register in force. The one before is removed when its questions are answered; the demo register
// stays.
func (d *Dobbel) swap(reg *register) {
	d.mu.Lock()
	old := d.inForce
	d.inForce = reg
	d.mu.Unlock()
	if old == d.demo || old == reg {
		return
	}
	d.retiring.Go(func() {
		old.asking.Wait()
		if err := errors.Join(old.store.Close(), os.RemoveAll(old.dir)); err != nil {
			d.config.Log.Warn("a register that was loaded is not removed", "error", err.Error())
		}
	})
}

func (d *Dobbel) current() *register {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.inForce
}

// load makes a register of a file that aareg import reads, and puts it in force. With add, it is that of now and the
// file. Whatever the error, the register is what it was.
func (d *Dobbel) load(ctx context.Context, body io.Reader, add bool) error {
	d.loading.Lock()
	defer d.loading.Unlock()
	dir, err := os.MkdirTemp(d.dir, "register")
	if err != nil {
		return err
	}
	reg, err := d.build(ctx, dir, body, add)
	if err != nil {
		return errors.Join(err, os.RemoveAll(dir))
	}
	d.swap(reg)
	return nil
}

func (d *Dobbel) build(ctx context.Context, dir string, body io.Reader, add bool) (*register, error) {
	file, db := filepath.Join(dir, "body"), filepath.Join(dir, "register")
	err := write(file, func(w io.Writer) error { _, err := io.Copy(w, body); return err })
	if err != nil {
		return nil, err
	}
	if add {
		if err := d.copyCurrent(ctx, filepath.Join(dir, "before"), db); err != nil {
			return nil, err
		}
	}
	if err := d.take(ctx, file, db); err != nil {
		// The folder's name is the double's own, and nobody else's business.
		return nil, &refusal{http.StatusUnprocessableEntity, strings.ReplaceAll(err.Error(), dir+string(filepath.Separator), "")}
	}
	if err := store.Read(ctx, db, checkNumbers); err != nil {
		return nil, err
	}
	if err := os.Remove(file); err != nil {
		return nil, err
	}
	s, err := store.Open(db)
	if err != nil {
		return nil, err
	}
	return d.newRegister("loaded", s, dir)
}

// copyCurrent makes a register in db that is the one in force.
func (d *Dobbel) copyCurrent(ctx context.Context, file, db string) error {
	err := write(file, func(w io.Writer) error {
		return d.current().store.Update(ctx, func(t *store.Tx) error {
			_, err := innlesing.Skriv(t, w, nil)
			return err
		})
	})
	if err == nil {
		err = d.take(ctx, file, db)
	}
	return errors.Join(err, os.Remove(file))
}

// take imports a file.
func (d *Dobbel) take(ctx context.Context, file, db string) error {
	_, err := innlesing.Importer(ctx, innlesing.Valg{DB: db, Filer: []string{file}, TillatKrymp: true, Naa: d.now})
	return err
}

func write(file string, content func(io.Writer) error) error {
	f, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(content(f), f.Close())
}

// checkNumbers refuses a register with somebody who may be real, or who has a magic number.
func checkNumbers(t *store.Tx) error {
	check := func(what string, numbers ...string) error {
		for _, n := range numbers {
			if mayBeReal(n) {
				return &refusal{http.StatusUnprocessableEntity, what + " has a number that may be a real person's. A test double takes synthetic ones alone, with 40 or more added to the month"}
			}
			if kode := magicNumbers[n]; kode != "" {
				return &refusal{http.StatusUnprocessableEntity, fmt.Sprintf("%s has the magic number of %s", what, kode)}
			}
		}
		return nil
	}
	err := t.Personer(func(p *store.Person) error { return check("a person", append(p.TidligereNumre, p.Foedselsnr)...) })
	if err != nil {
		return err
	}
	if err := t.Enheter(func(e *store.Enhet) error { return check("an enhet", e.Orgnr) }); err != nil {
		return err
	}
	return t.AlleArbeidsforhold(func(a *store.Arbeidsforhold) error {
		for _, p := range []store.Part{a.Arbeidstaker, a.Arbeidssted, a.Opplysningspliktig} {
			if p.Type == "Arbeidsgivernummer" {
				continue
			}
			if err := check("a party of an arbeidsforhold", p.Ident); err != nil {
				return err
			}
		}
		return nil
	})
}

// mayBeReal tells whether eleven digits can be somebody's: those with a month of the calendar. Synthetic ones have 40
// or more added to it.
func mayBeReal(number string) bool {
	return len(number) == 11 && number[2:4] >= "01" && number[2:4] <= "12"
}
