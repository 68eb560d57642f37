package sqlite

import "net/url"

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
