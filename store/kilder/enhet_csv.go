package kilder

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"io"
	"strings"
	"unicode/utf8"
)

// maksCSVrad bounds a row: a quote that is opened and never closed would make one row of the rest of the file.
const maksCSVrad = 1 << 20

// csvleser parts a CSV file into rows, as they stand in it: a line end between quotes is no end of a row.
type csvleser struct {
	r        *bufio.Reader
	skille   byte // between the fields
	linje    int  // the first line of the row last read
	neste    int  // of the next
	tilstand csvtilstand
}

type csvtilstand uint8

const (
	csvStart csvtilstand = iota
	csvIFelt
	csvISitat
	csvEtterSitat // behind a quote in a quoted field: it ends the field, or is the first of two that stand for one
)

// lesCSVfil reads the bulk files of enheter and underenheter: a header of column names, then a unit a row. Columns are
// known by their names; both comma and semicolon part them.
func lesCSVfil(fil string, r io.Reader, _ *Merknader, post func(raa) error) error {
	l := &csvleser{r: bufio.NewReaderSize(r, 64<<10), skille: ',', neste: 1}
	head, err := l.rad()
	if err != nil && err != io.EOF {
		return csvfeil(Sted{fil, 1, 1}, err)
	}
	if bytes.Count(head, []byte{';'}) > bytes.Count(head, []byte{','}) {
		l.skille = ';'
	}
	f, err := csvForm(head, rune(l.skille))
	if err != nil {
		return plasser(err, raa{sted: Sted{fil, 1, 1}})
	}
	for nr := 1; ; nr++ {
		row, err := l.rad()
		for err == nil && len(row) == 0 {
			row, err = l.rad()
		}
		sted := Sted{fil, l.linje, nr}
		if err == io.EOF {
			return nil
		} else if err != nil {
			return csvfeil(sted, err)
		}
		if err := post(raa{sted, row, f}); err != nil {
			return err
		}
	}
}

// csvfeil is what keeps a file from being parted; errors of reading stay as they are.
func csvfeil(sted Sted, err error) error {
	return plasser(err, raa{sted: sted, form: &form{navn: csvNavn}})
}

// rad is the next row without its line end, io.EOF behind the last.
func (l *csvleser) rad() ([]byte, error) {
	l.linje, l.tilstand = l.neste, csvStart
	var row []byte
	for {
		piece, err := l.r.ReadSlice('\n')
		row = append(row, piece...)
		switch {
		case err == io.EOF && len(row) == 0:
			return nil, io.EOF
		case err == io.EOF && l.etter(piece) == csvISitat:
			return nil, feil("", "the file ends between quotes")
		case err == io.EOF:
			return bytes.TrimSuffix(row, []byte{'\r'}), nil
		case err != nil && err != bufio.ErrBufferFull:
			return nil, err
		case len(row) > maksCSVrad:
			return nil, feil("", "a row of more than a MiB (a quote that is not closed?)")
		}
		if err == nil {
			l.neste++
		}
		if l.etter(piece) != csvISitat && err == nil {
			return bytes.TrimSuffix(row[:len(row)-1], []byte{'\r'}), nil
		}
	}
}

// etter is the state behind some more of a row. Only a quote at the beginning of a field opens one.
func (l *csvleser) etter(piece []byte) csvtilstand {
	s := l.tilstand
	for _, c := range piece {
		switch {
		case s == csvISitat:
			if c == '"' {
				s = csvEtterSitat
			}
		case c == '"' && s != csvIFelt:
			s = csvISitat
		case c == l.skille:
			s = csvStart
		default:
			s = csvIFelt
		}
	}
	l.tilstand = s
	return s
}

const csvNavn = "enhet (CSV)"

// csvForm is the shape of the rows under a header.
func csvForm(head []byte, skille rune) (*form, error) {
	names, err := csvFelter(head, skille)
	if err != nil {
		return nil, feil("", "neither JSON nor XML nor CSV")
	}
	columns := make([]csvkolonne, len(names))
	seen := map[string]bool{}
	for i, name := range names {
		columns[i] = kolonne(name)
		if seen[strings.ToLower(name)] {
			return nil, feil(columns[i].navn, "a column that the file has twice")
		}
		seen[strings.ToLower(name)] = true
	}
	if !seen["organisasjonsnummer"] {
		return nil, feil("", "neither JSON nor XML, nor a CSV file with the column organisasjonsnummer")
	}
	return &form{csvNavn, func(tekst []byte, m *Merknader) ([]Post, error) {
		return lesCSVrad(tekst, skille, columns, m)
	}}, nil
}

func lesCSVrad(tekst []byte, skille rune, columns []csvkolonne, m *Merknader) ([]Post, error) {
	if !utf8.Valid(tekst) {
		return nil, feil("", "not valid UTF-8")
	}
	fields, err := csvFelter(tekst, skille)
	if err != nil {
		return nil, feil("", "not a row of CSV: a quote in the wrong place")
	}
	if len(fields) != len(columns) {
		return nil, feil("", "not as many fields as the header has columns")
	}
	var e enhetsdata
	for i, column := range columns {
		value := strings.TrimSpace(fields[i])
		switch {
		case value == "":
		case column.sett == nil:
			m.utenPlass(column.navn)
		default:
			if err := column.sett(&e, value); err != nil {
				return nil, iFelt(column.navn, err)
			}
		}
	}
	posts, err := e.post(m)
	for _, p := range posts {
		if p.Enhet != nil {
			p.Enhet.UtenTidligereNavn = true
		}
	}
	return posts, err
}

func csvFelter(row []byte, skille rune) ([]string, error) {
	r := csv.NewReader(bytes.NewReader(row))
	r.Comma = skille
	return r.Read()
}
