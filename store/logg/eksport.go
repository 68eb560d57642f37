package logg

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Nummer is a person's number as it is written, 11 digits.
func Nummer(person uint64) string { return fmt.Sprintf("%011d", person) }

// SkrivJSON writes a row as one JSON object and a line feed: nr, what Rad holds under its JSON names, and personer as
// strings of 11 digits.
func SkrivJSON(w io.Writer, r *Rad) error {
	personer := make([]string, len(r.Personer))
	for i, p := range r.Personer {
		personer[i] = Nummer(p)
	}
	line, err := json.Marshal(struct {
		*Rad
		Personer []string `json:"personer"`
	}{r, personer})
	if err != nil {
		return err
	}
	_, err = w.Write(append(line, '\n'))
	return err
}

// SkrivCEF writes a row in ArcSight's Common Event Format as NAV's audit log has it, one line for each person, or one
// line without a person when the row has none. externalId is the row's number, reason the right that was missing.
// Severity is WARN when it was refused or a protected person was disclosed, else INFO.
func SkrivCEF(w io.Writer, r *Rad) error {
	decision, severity, reason := "permit", "INFO", ""
	if r.Avslag {
		decision, reason = "deny", r.Rettighet
	}
	if r.Avslag || r.Beskyttet {
		severity = "WARN"
	}
	user := r.Bruker
	if user == "" && r.Innlogging != 0 {
		user = strconv.FormatInt(r.Innlogging, 10)
	}
	resource := r.Produkt
	if resource == "" {
		resource = string(r.Slag)
	}
	head := fmt.Sprintf("CEF:0|Aareg|aareg|1.0|audit:access|%s|%s|", cefHode.Replace(resource), severity) +
		cefFelt("flexString1Label", "Decision", "flexString1", decision, "dproc", r.Orgnr, "suid", user, "sproc", r.Korrelasjon,
			"end", strconv.FormatInt(r.Tid.UnixMilli(), 10))
	tail := cefFelt("cs3Label", "Dataforespoersel", "cs3", spoersmaal(r.Parametre), "cn1Label", "Dataresponsantall", "cn1", strconv.Itoa(r.Antall),
		"externalId", strconv.FormatInt(r.Nr, 10), "reason", reason)
	out := bufio.NewWriter(w)
	if len(r.Personer) == 0 {
		fmt.Fprintf(out, "%s %s\n", head, tail)
	}
	for _, p := range r.Personer {
		fmt.Fprintf(out, "%s duid=%s %s\n", head, Nummer(p), tail)
	}
	return out.Flush()
}

// What is escaped in CEF: in the header backslash and bar, in the extension backslash and equals sign; line ends in
// both, where the header has no way to write them.
var (
	cefHode  = strings.NewReplacer(`\`, `\\`, `|`, `\|`, "\n", " ", "\r", " ")
	cefVerdi = strings.NewReplacer(`\`, `\\`, `=`, `\=`, "\n", `\n`, "\r", `\r`)
)

// cefFelt is keys and values of an extension; those without a value are left out.
func cefFelt(pairs ...string) string {
	var b strings.Builder
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(pairs[i] + "=" + cefVerdi.Replace(pairs[i+1]))
	}
	return b.String()
}

// spoersmaal is a question's elements as tag=value, with a semicolon between.
func spoersmaal(parametre []Parameter) string {
	words := make([]string, len(parametre))
	for i, p := range parametre {
		words[i] = p.Tag + "=" + p.Verdi
	}
	return strings.Join(words, ";")
}
