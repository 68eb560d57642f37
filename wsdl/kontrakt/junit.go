package kontrakt

import (
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"aareg/wsdl/felt"
)

// The elements of a JUnit report, as CI servers read them.
type (
	junitSuites struct {
		XMLName  xml.Name      `xml:"testsuites"`
		Name     string        `xml:"name,attr"`
		Tests    int           `xml:"tests,attr"`
		Failures int           `xml:"failures,attr"`
		Skipped  int           `xml:"skipped,attr"`
		Time     string        `xml:"time,attr"`
		Suites   []*junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name      string       `xml:"name,attr"`
		Tests     int          `xml:"tests,attr"`
		Failures  int          `xml:"failures,attr"`
		Errors    int          `xml:"errors,attr"`
		Skipped   int          `xml:"skipped,attr"`
		Time      string       `xml:"time,attr"`
		Timestamp string       `xml:"timestamp,attr"`
		Cases     []*junitCase `xml:"testcase"`
		took      time.Duration
	}
	junitCase struct {
		Class   string     `xml:"classname,attr"`
		Name    string     `xml:"name,attr"`
		Time    string     `xml:"time,attr"`
		Failure *junitText `xml:"failure,omitempty"`
		Skipped *junitText `xml:"skipped,omitempty"`
		Out     string     `xml:"system-out,omitempty"`
	}
	junitText struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr,omitempty"`
		Text    string `xml:",chardata"`
	}
)

// SkrivJUnit writes the result as JUnit XML: a suite for each product with its questions, one for the questions that
// belong to none (feil), one for the WSDL, and one with every row of the table (coverage). A question fails when the
// answer breaks a rule that nothing excuses, and is skipped when it was not judged; deviations that are accepted stand
// in its system-out. A row passes when it was met with a value and is skipped otherwise: its breaches fail the questions
// that show them.
func (r *Resultat) SkrivJUnit(w io.Writer, v Visning) error {
	report := r.vist(v).junit()
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	out := xml.NewEncoder(w)
	out.Indent("", "  ")
	if err := out.Encode(report); err != nil {
		return fmt.Errorf("junit: %w", err)
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func (r *Resultat) junit() *junitSuites {
	report := &junitSuites{Name: "kontrakt " + r.Endepunkt, Time: sekunder(r.Tok)}
	for _, p := range r.produktnavn() {
		report.Suites = append(report.Suites, r.junitSpoersmaal(p, func(o string) bool { return o == p }))
	}
	report.Suites = append(report.Suites,
		r.junitSpoersmaal("feil", func(o string) bool { return !slices.Contains(r.produktnavn(), o) }),
		r.junitWSDL(), r.junitDekning())
	for _, s := range report.Suites {
		s.Timestamp, s.Time = r.Begynt.UTC().Format("2006-01-02T15:04:05"), sekunder(s.took)
		s.Tests = len(s.Cases)
		for _, c := range s.Cases {
			if c.Failure != nil {
				s.Failures++
			}
			if c.Skipped != nil {
				s.Skipped++
			}
		}
		report.Tests, report.Failures, report.Skipped = report.Tests+s.Tests, report.Failures+s.Failures, report.Skipped+s.Skipped
	}
	return report
}

// produktnavn are the operations as the judged dialect calls them.
func (r *Resultat) produktnavn() []string {
	var names []string
	for _, p := range r.produkter() {
		names = append(names, p.Operasjon)
	}
	if names == nil {
		for _, o := range felt.Operations() {
			names = append(names, o.Navn)
		}
	}
	return names
}

func (r *Resultat) junitSpoersmaal(name string, mine func(operasjon string) bool) *junitSuite {
	s := &junitSuite{Name: name}
	for i := range r.Utfall {
		u := &r.Utfall[i]
		if !mine(u.Spoersmaal.Operasjon) {
			continue
		}
		s.took += u.Svar.Tid
		c := &junitCase{Class: "kontrakt." + name, Name: u.Spoersmaal.Navn, Time: sekunder(u.Svar.Tid)}
		c.brudd(r, u.Brudd)
		if u.Udoemt != "" && c.Failure == nil {
			c.Skipped = &junitText{Message: u.Udoemt}
		}
		s.Cases = append(s.Cases, c)
	}
	return s
}

// junitWSDL has one case for each rule that the WSDL breaks, and always that of the rule wsdl.
func (r *Resultat) junitWSDL() *junitSuite {
	s := &junitSuite{Name: "wsdl"}
	rules := []string{"wsdl"}
	for _, b := range r.WSDL {
		if !slices.Contains(rules, b.Regel) {
			rules = append(rules, b.Regel)
		}
	}
	for _, rule := range rules {
		c := &junitCase{Class: "kontrakt.wsdl", Name: rule + ": " + Regler[rule], Time: sekunder(0)}
		c.brudd(r, slices.DeleteFunc(slices.Clone(r.WSDL), func(b Brudd) bool { return b.Regel != rule }))
		s.Cases = append(s.Cases, c)
	}
	return s
}

func (r *Resultat) junitDekning() *junitSuite {
	s := &junitSuite{Name: "coverage"}
	for _, p := range r.produkter() {
		for _, d := range p.Rader {
			c := &junitCase{Class: "kontrakt.coverage." + p.Operasjon, Time: sekunder(0),
				Name: fmt.Sprintf("row %d %s %s", d.Nr, d.Rad.Retning, d.Rad.Sti)}
			if d.Sett == 0 {
				c.Skipped = &junitText{Message: "never seen"}
			}
			switch {
			case d.UtenTilgang:
				c.Skipped = &junitText{Message: ingenTilgang}
			case d.Sett == 0 && d.Tomt > 0:
				c.Skipped.Message = fmt.Sprintf("seen %s, always empty", flertall(d.Tomt, "time"))
			}
			if len(d.Mangler) > 0 && !d.UtenTilgang {
				c.Out = "limits never met: " + strings.Join(d.Mangler, ", ")
			}
			s.Cases = append(s.Cases, c)
		}
	}
	return s
}

// brudd makes the case fail by the breaches that nothing excuses.
func (c *junitCase) brudd(r *Resultat, all []Brudd) {
	var failed, accepted []string
	for _, b := range all {
		if b.Avvik != "" {
			accepted = append(accepted, "accepted: "+r.linje(b)+" ("+b.Avvik+")")
			continue
		}
		failed = append(failed, r.linje(b))
		if c.Failure == nil {
			c.Failure = &junitText{Message: strings.TrimPrefix(b.Sti+": "+b.Tekst, ": "), Type: b.Regel}
		}
	}
	if n := len(failed); n > 1 {
		c.Failure.Message += fmt.Sprintf(" (and %d more)", n-1)
	}
	if c.Failure != nil {
		c.Failure.Text = strings.Join(failed, "\n")
	}
	c.Out = strings.Join(accepted, "\n")
}

// linje is a breach in one line: the rule, the row, where, and what.
func (r *Resultat) linje(b Brudd) string {
	line := b.Regel
	if f := r.felt(b.Rad); f != nil {
		line += fmt.Sprintf(", row %d (%s %s %s)", b.Rad, f.Operasjon, f.Retning, f.Sti)
	}
	if b.Sti != "" {
		line += ", at " + b.Sti
	}
	return line + ": " + b.Tekst
}

// sekunder is a time as JUnit has it: seconds with three decimals.
func sekunder(d time.Duration) string { return strconv.FormatFloat(d.Seconds(), 'f', 3, 64) }
