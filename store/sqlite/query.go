package sqlite

import (
	"iter"
	"maps"
	"net/url"
)

// URI is a file as Open is told of it; settings are pairs of a URI parameter and its value (sqlite.org/uri.html), of
// which one parameter may have several.
func URI(path string, settings ...string) string {
	values := url.Values{}
	for i := 0; i < len(settings); i += 2 {
		values.Add(settings[i], settings[i+1])
	}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + values.Encode()
}

// Exec runs a statement with its parameters, ?1 first. Rows that it may have are not read.
func (c *Conn) Exec(statement string, args ...any) error {
	return c.Each(statement, args, func(*Stmt) error { return nil })
}

// One scans the first row of a query into what it is given (Stmt.Scan); found is false when there is none.
func (c *Conn) One(query string, args []any, into ...any) (found bool, err error) {
	s, err := c.Prepare(query)
	if err != nil {
		return false, err
	}
	defer s.Reset()
	if err := s.Bind(args); err != nil {
		return false, err
	}
	if found, err = s.Step(); found {
		err = s.Scan(into...)
	}
	return found, err
}

// DataVersion is a number that is another when another connection has changed the file since it was last asked for, in this
// process or not (sqlite.org/pragma.html#pragma_data_version). Changes by this connection do not show. It is never 0.
func (c *Conn) DataVersion() (version int64, err error) {
	_, err = c.One("PRAGMA data_version", nil, &version)
	return version, err
}

// Each visits every row of a query; an error of visit ends it, and is returned. While it runs, the same query must not
// be asked again.
func (c *Conn) Each(query string, args []any, visit func(row *Stmt) error) error {
	s, err := c.Prepare(query)
	if err != nil {
		return err
	}
	defer s.Reset()
	if err := s.Bind(args); err != nil {
		return err
	}
	for {
		more, err := s.Step()
		if err != nil || !more {
			return err
		}
		if err := visit(s); err != nil {
			return err
		}
	}
}

// Texts copies columns of the row, from the first one on, into one string of which all are parts: at most 16. NULL
// is "".
func (s *Stmt) Texts(first int32, into ...*string) {
	s.texts = s.texts[:0]
	var ends [16]int
	for i := range into {
		s.texts = append(s.texts, s.Bytes(first+int32(i))...)
		ends[i] = len(s.texts)
	}
	text, from := string(s.texts), 0
	for i, dest := range into {
		*dest = text[from:ends[i]]
		from = ends[i]
	}
}

// Queries are the statements that the connection has prepared.
func (c *Conn) Queries() iter.Seq[string] { return maps.Keys(c.stmts) }
