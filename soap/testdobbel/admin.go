package testdobbel

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"time"

	"aareg/store"
)

// The limits of bodies, in bytes.
const (
	maxRegister = 256 << 20
	maxSmall    = 1 << 20
)

// refusal is an answer to whoever steers, in the place of doing what was asked.
type refusal struct {
	status int
	text   string
}

func (e *refusal) Error() string { return e.text }

// action does what a request asks for, and is the value to answer with.
type action func(r *http.Request) (any, error)

func (d *Dobbel) actions() map[string]map[string]action {
	return map[string]map[string]action{
		"/register": {
			"GET":    func(*http.Request) (any, error) { return d.describe(), nil },
			"PUT":    func(r *http.Request) (any, error) { return d.loaded(d.load(r.Context(), r.Body, false)) },
			"POST":   func(r *http.Request) (any, error) { return d.loaded(d.load(r.Context(), r.Body, true)) },
			"DELETE": func(*http.Request) (any, error) { d.reset(); return d.describe(), nil },
		},
		"/today": {"PUT": d.putToday},
		"/journal": {
			"GET":    func(*http.Request) (any, error) { return d.journal.view(), nil },
			"DELETE": func(*http.Request) (any, error) { d.journal.clear(); return d.journal.view(), nil },
		},
		"/journal/verify": {"POST": d.verify},
		"/scenarios": {
			"GET": func(*http.Request) (any, error) { return json.RawMessage(d.scenarios.given()), nil },
			"PUT": d.putScenarios,
			"DELETE": func(*http.Request) (any, error) {
				d.scenarios.clear()
				return json.RawMessage(d.scenarios.given()), nil
			},
		},
	}
}

// Admin serves whoever steers the double. It must listen on this machine alone.
func (d *Dobbel) Admin() *http.Server {
	actions := d.actions()
	sameOrigin := http.NewCrossOriginProtection()
	sameOrigin.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		d.reply(w, nil, &refusal{http.StatusForbidden, "a page of another site asks"})
	}))
	guarded := sameOrigin.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" && r.Method == http.MethodGet {
			d.explain(w)
			return
		}
		value, err := route(actions, w, r)
		d.reply(w, value, err)
	}))
	return &http.Server{
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			// A page of another site that has its name lead here, and its visitor's browser ask, says its own name.
			if !loopback(r.Host) {
				d.reply(w, nil, &refusal{http.StatusForbidden, "Host is not this machine"})
				return
			}
			guarded.ServeHTTP(w, r)
		}),
		ReadHeaderTimeout: 5 * time.Second,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          slog.NewLogLogger(d.config.Log.Handler(), slog.LevelWarn),
	}
}

// loopback tells whether host or host:port is this machine alone, by name or by address.
func loopback(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	ip, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return strings.EqualFold(host, "localhost") || err == nil && ip.IsLoopback()
}

func route(actions map[string]map[string]action, w http.ResponseWriter, r *http.Request) (any, error) {
	methods, found := actions[r.URL.Path]
	if !found {
		return nil, &refusal{http.StatusNotFound, "there is nothing here; GET / tells what there is"}
	}
	act, found := methods[r.Method]
	if !found {
		var allowed []string
		for m := range methods {
			allowed = append(allowed, m)
		}
		slices.Sort(allowed)
		w.Header().Set("Allow", strings.Join(allowed, ", "))
		return nil, &refusal{http.StatusMethodNotAllowed, "method not allowed"}
	}
	if r.Method == http.MethodPut || r.Method == http.MethodPost {
		if err := checkType(r); err != nil {
			return nil, err
		}
		most := int64(maxSmall)
		if r.URL.Path == "/register" {
			most = maxRegister
		}
		r.Body = http.MaxBytesReader(w, r.Body, most)
	}
	return act(r)
}

// checkType refuses what the form of any web page can send.
func checkType(r *http.Request) error {
	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || slices.Contains([]string{"application/x-www-form-urlencoded", "multipart/form-data", "text/plain"}, media) {
		return &refusal{http.StatusUnsupportedMediaType, "say what it is: Content-Type: application/json, application/x-ndjson or application/octet-stream"}
	}
	return nil
}

func (d *Dobbel) reply(w http.ResponseWriter, value any, err error) {
	status := http.StatusOK
	var refused *refusal
	var misplaced *placedError
	var tooLarge *http.MaxBytesError
	switch verdict, ok := value.(Verdict); {
	case errors.As(err, &refused):
		status, err = refused.status, refused
	case errors.As(err, &misplaced):
		status, err = http.StatusBadRequest, misplaced
	case errors.As(err, &tooLarge):
		status, err = http.StatusRequestEntityTooLarge, fmt.Errorf("the body is over %d bytes", tooLarge.Limit)
	case err != nil:
		d.config.Log.Error("the test double could not do it", "error", err.Error())
		status, err = http.StatusInternalServerError, errors.New("it failed, and nothing is changed; the log tells why")
	case ok && !verdict.Holds:
		status = http.StatusConflict
	}
	if err != nil {
		value = map[string]string{"error": err.Error()}
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(value) // fails only when the client has gone
}

// explain is what there is here, to read.
func (d *Dobbel) explain(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = io.WriteString(w, overview+printTabell()) // fails only when the client has gone
}

const overview = `The test double of aareg. What is sent needs a Content-Type: application/json, or application/octet-stream for files.

  GET PUT POST DELETE /register   the data set: PUT replaces, POST adds, DELETE goes back to the demo register and its day
  PUT                 /today      {"today":"2025-08-18"}
  GET DELETE          /journal    the questions that were asked, values as keyed digests
  POST                /journal/verify   {"operasjon":"hentArbeidstaker","felt":{"foedselsnr":"…"},"antall":1}
                                  antall exactly, minst at least, maks at most; 409 when it does not hold
  GET PUT DELETE      /scenarios  {"seed":1,"scenarios":[{"operasjon":"…","felt":{…}, effect}, …]}, the first that matches
                                  statuskode, feil, latency "200ms" or "100ms-2s", dribble {"bytes":64,"every":"50ms"},
                                  transport reset|empty|garbage|truncated, http 503, times 2

Without any scenario, these get every statuskode and every feilkode:

`

func (d *Dobbel) describe() any {
	reg := d.current()
	return map[string]any{"register": reg.name, "today": store.Dato(d.today.Load()), "arbeidsforhold": reg.antall.Arbeidsforhold,
		"personer": reg.antall.Personer, "enheter": reg.antall.Enheter, "gamleArbeidsgivere": reg.antall.GamleArbeidsgivere}
}

func (d *Dobbel) loaded(err error) (any, error) { return d.describe(), err }

// reset goes back to the demo register, after a load that is under way.
func (d *Dobbel) reset() {
	d.loading.Lock()
	defer d.loading.Unlock()
	d.swap(d.demo)
	d.today.Store(int32(d.begun))
}

func (d *Dobbel) putToday(r *http.Request) (any, error) {
	var given struct {
		Today string `json:"today"`
	}
	if err := readJSON(r, &given); err != nil {
		return nil, err
	}
	today, err := store.ParseDato(given.Today)
	if err != nil {
		return nil, &refusal{http.StatusBadRequest, "today: not a date of the form yyyy-mm-dd"}
	}
	d.today.Store(int32(today))
	return d.describe(), nil
}

func (d *Dobbel) putScenarios(r *http.Request) (any, error) {
	text, err := io.ReadAll(r.Body)
	if err == nil {
		err = d.scenarios.put(text)
	}
	return json.RawMessage(d.scenarios.given()), err
}

func (d *Dobbel) verify(r *http.Request) (any, error) {
	c := new(Claim)
	if err := readJSON(r, c); err != nil {
		return nil, err
	}
	if problem := c.problem(); problem != "" {
		return nil, &refusal{http.StatusBadRequest, problem}
	}
	return d.journal.verify(c), nil
}

func readJSON(r *http.Request, into any) error {
	text, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	return decode(text, into)
}
