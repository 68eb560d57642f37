package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"
)

// report is what a measurement came to.
type report struct {
	Title    string      `json:"title"`
	Measured []*measured `json:"measured"`
	Verdicts []verdict   `json:"verdicts,omitempty"`
	Tables   []table     `json:"tables,omitempty"`
	Notes    []string    `json:"notes,omitempty"`
}

// table is rows of text, the first its head; of the columns, the first so many are words.
type table struct {
	Title string     `json:"title,omitempty"`
	Words int        `json:"words"`
	Rows  [][]string `json:"rows"`
}

// write writes the report into a folder, as Markdown and as JSON, under one name.
func (r *report) write(folder, name string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	var text strings.Builder
	r.markdown(&text)
	if err := os.WriteFile(filepath.Join(folder, name+".md"), []byte(text.String()), 0o644); err != nil {
		return err
	}
	data, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, name+".json"), append(data, '\n'), 0o644)
}

func (r *report) markdown(w io.Writer) {
	fmt.Fprintf(w, "# %s\n\n", r.Title)
	measuredTable(r.Measured).markdown(w)
	verdictTable(r.Verdicts).markdown(w)
	for _, t := range r.Tables {
		t.markdown(w)
	}
	for _, note := range r.Notes {
		fmt.Fprintf(w, "- %s\n", note)
	}
}

func measuredTable(list []*measured) table {
	rows := [][]string{{"shape", "run", "questions/s", "ratio", "CPU µs", "busy %", "p50 ms", "p99 ms", "first byte ms", "bytes", "private MiB"}}
	before := ""
	for _, m := range list {
		shape := m.Shape
		if shape == before {
			shape = ""
		}
		before = m.Shape
		rows = append(rows, []string{shape, m.Run, figures(m.PerSecond), fmt.Sprintf("%.3f", m.Ratio), figures(m.CPU),
			fmt.Sprintf("%.0f", 100*m.Busy), figures(m.P50), figures(m.P99), figures(m.FirstByte), fmt.Sprintf("%.0f", m.Bytes), figures(m.PrivateMiB)})
	}
	return table{Words: 2, Rows: rows}
}

func verdictTable(list []verdict) table {
	rows := [][]string{{"figure", "verdict", "measured", "floor", "aim"}}
	for _, v := range list {
		rows = append(rows, v.cells())
	}
	return table{Words: 2, Rows: rows}
}

// figures prints a number with three figures that count, and never with fewer than it has before the point.
func figures(n float64) string {
	switch {
	case n >= 100:
		return fmt.Sprintf("%.0f", n)
	case n >= 10:
		return fmt.Sprintf("%.1f", n)
	case n >= 1:
		return fmt.Sprintf("%.2f", n)
	}
	return fmt.Sprintf("%.3f", n)
}

// markdown writes the table, unless it is empty.
func (t table) markdown(w io.Writer) {
	if len(t.Rows) < 2 {
		return
	}
	if t.Title != "" {
		fmt.Fprintf(w, "## %s\n\n", t.Title)
	}
	widths := make([]int, len(t.Rows[0]))
	for _, row := range t.Rows {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	for at, row := range t.Rows {
		t.line(w, row, widths, " ")
		if at == 0 {
			t.line(w, make([]string, len(row)), widths, "-")
		}
	}
	fmt.Fprintln(w)
}

// line writes a row, filled up to the widths: words are set to the left, numbers to the right.
func (t table) line(w io.Writer, row []string, widths []int, fill string) {
	for i, cell := range row {
		gap := strings.Repeat(fill, widths[i]-utf8.RuneCountInString(cell))
		switch {
		case i < t.Words:
			fmt.Fprintf(w, "| %s%s ", cell, gap)
		case fill == "-":
			fmt.Fprintf(w, "| %s: ", gap[1:])
		default:
			fmt.Fprintf(w, "| %s%s ", gap, cell)
		}
	}
	fmt.Fprintln(w, "|")
}
