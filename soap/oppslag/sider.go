package oppslag

import (
	"bytes"
	"embed"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
)

//go:embed maler
var malfiler embed.FS

// maler are the templates: each page with the frame around it, by its name, and the parts that pages share.
type maler struct {
	sider map[string]*template.Template
	deler *template.Template
}

// side is what a page says of itself, and what it shows.
type side struct {
	// Tittel stands in the window's title: never of a person or a number.
	Tittel string
	// Side is which page of a long answer it is, from 1; 0 is none.
	Side int
	// Feil says that the page tells of an error in what was filled in.
	Feil bool
	Data any
}

// ramme is what the frame around a page is drawn from.
type ramme struct {
	side
	Sti       string
	Produkter []*Produkt
	Meny      []menypunkt
	Konsument string // who is logged in
	Loggut    bool   // somebody is
	Stilark   []string
	Skript    string
}

// lesMaler reads the templates; an error is one in a file.
func (o *Oppslag) lesMaler() (maler, error) {
	m := maler{sider: map[string]*template.Template{}}
	frame, err := template.New("ramme.html").Funcs(template.FuncMap{"statisk": o.statisk.sti}).
		ParseFS(malfiler, "maler/ramme.html", "maler/deler/*.html")
	if err != nil {
		return m, err
	}
	if m.deler, err = frame.Clone(); err != nil {
		return m, err
	}
	files, err := fs.Glob(malfiler, "maler/sider/*.html")
	if err != nil {
		return m, err
	}
	for _, f := range files {
		page, err := frame.Clone()
		if err == nil {
			page, err = page.ParseFS(malfiler, f)
		}
		if err != nil {
			return m, err
		}
		m.sider[strings.TrimSuffix(path.Base(f), ".html")] = page
	}
	return m, nil
}

// vis writes a page. mal is its file in maler/sider, without .html.
func (o *Oppslag) vis(w http.ResponseWriter, r *http.Request, status int, mal string, s side) {
	b := gjest(r.Context())
	frame := ramme{side: s, Sti: r.URL.Path, Produkter: o.produkter, Meny: menyFor(b), Konsument: b.konsument, Loggut: b.sesjonsid != "",
		Skript: o.statisk.sti("oppslag.js")}
	if o.config.Innlogging && b.sesjonsid == "" {
		frame.Produkter, frame.Meny = nil, nil
	}
	for _, f := range stilark {
		frame.Stilark = append(frame.Stilark, o.statisk.sti(f))
	}
	var page bytes.Buffer
	if err := o.maler.sider[mal].ExecuteTemplate(&page, "ramme.html", frame); err != nil {
		o.config.Log.Error("page not drawn", "page", mal, "cause", err.Error())
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(page.Len()))
	w.WriteHeader(status)
	// A write fails only when the person has gone.
	_, _ = w.Write(page.Bytes())
}

// del is a part of maler/deler, drawn.
func (o *Oppslag) del(navn string, data any) (template.HTML, error) {
	var b strings.Builder
	err := o.maler.deler.ExecuteTemplate(&b, navn, data)
	return template.HTML(b.String()), err
}

// melding is a page with a heading and a sentence.
func (o *Oppslag) melding(w http.ResponseWriter, r *http.Request, status int, tittel, tekst string) {
	o.vis(w, r, status, "melding", side{Tittel: tittel, Data: tekst})
}

// forside is the front page.
func (o *Oppslag) forside(w http.ResponseWriter, r *http.Request) {
	var stories []template.HTML
	for _, draw := range historier {
		story, err := draw(o)
		if err != nil {
			o.config.Log.Error("stories not drawn", "cause", err.Error())
			continue
		}
		stories = append(stories, story)
	}
	b := gjest(r.Context())
	var allowed, others []*Produkt
	for _, p := range o.produkter {
		if b.kan(p.Navn) {
			allowed = append(allowed, p)
		} else {
			others = append(others, p)
		}
	}
	o.vis(w, r, http.StatusOK, "forside", side{Tittel: "Oppslag", Data: struct {
		Produkter, Andre []*Produkt
		Historier        []template.HTML
	}{allowed, others, stories}})
}
