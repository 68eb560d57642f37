package main

import (
	"errors"
	"time"

	"aareg/store"
)

// oslo is Norway's time, in which days of the audit log begin and its rows are shown. The program carries the zone along.
func oslo() (*time.Location, error) { return time.LoadLocation("Europe/Oslo") }

var errTidspunkt = errors.New("neither a month (2025-06), a date (2025-06-15) nor a time as in RFC 3339 (2025-06-15T08:00:00+02:00)")

// readPeriode reads a month or a date as Norway has them, or an instant: when it begins, and when what comes after it does.
func readPeriode(s string) (from, after time.Time, err error) {
	zone, err := oslo()
	if err != nil {
		return from, after, err
	}
	if from, err = time.ParseInLocation("2006-01", s, zone); err == nil {
		return from, from.AddDate(0, 1, 0), nil
	}
	if d, err := store.ParseDato(s); err == nil {
		from, err = time.ParseInLocation(time.DateOnly, d.String(), zone)
		return from, from.AddDate(0, 0, 1), err
	}
	if from, err = time.Parse(time.RFC3339, s); err == nil {
		return from, from, nil
	}
	return from, after, errTidspunkt
}
