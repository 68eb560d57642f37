package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/user"
	"strconv"
	"time"

	"aareg/store/logg"
)

// loggfil is the audit log that a command reads or writes to, as its flags say.
type loggfil struct{ fil, noekkel string }

func (l *loggfil) flags(flags *flag.FlagSet) {
	flags.StringVar(&l.fil, "logg", "", "the audit log is in this `file`")
	flags.StringVar(&l.noekkel, "logg-noekkel", "", "and its key in this `file`. Otherwise beside it, in FILE.noekkel")
}

// key is the key file.
func (l *loggfil) key() string {
	if l.noekkel == "" {
		return l.fil + ".noekkel"
	}
	return l.noekkel
}

func (l *loggfil) open() (*logg.Logg, error) { return logg.Open(l.fil, l.key()) }

// utfallKomplett is the outcome of what was done on the server itself and was not refused.
const utfallKomplett = "komplett"

// writeOwnRow writes the row of what somebody does on the server itself, and returns when it is on disk.
func writeOwnRow(ctx context.Context, l *logg.Logg, row *logg.Rad) error {
	row.Tid, row.Bruker = time.Now().UTC().Truncate(time.Millisecond), systemUser()
	if err := l.Skriv(ctx, row); err != nil {
		return fmt.Errorf("without a row in the audit log nothing is shown: %w", err)
	}
	return nil
}

// systemUser is who runs the program, as the operating system knows them: name and number, or the number alone.
func systemUser() string {
	uid := strconv.Itoa(os.Getuid())
	u, err := user.LookupId(uid)
	if err != nil {
		return "uid " + uid
	}
	return u.Username + " (uid " + uid + ")"
}
