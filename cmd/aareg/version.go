package main

import (
	"fmt"
	"io"
	"runtime/debug"
)

// version prints what was built, of which sources, by which Go.
func version(stdout io.Writer) {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		fmt.Fprintln(stdout, "aareg (unknown build)")
		return
	}
	revision := ""
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			revision = " " + s.Value
		}
	}
	fmt.Fprintf(stdout, "aareg %s%s %s\n", info.Main.Version, revision, info.GoVersion)
}
