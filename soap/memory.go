package soap

import (
	"os"
	"runtime/debug"
)

// A question leaves some kilobytes of garbage and the server itself holds few megabytes, so that Go, left to itself,
// collects hundreds of times a second: a tenth of the time. It lets garbage grow to four times what is in use instead,
// which is some 15 MB more, and collects the more the nearer all of it comes to a limit, as under an attack.
const (
	garbagePercent = 400
	memoryLimit    = 64 << 20
)

// tuneMemory sets how a process that serves collects garbage, unless GOGC or GOMEMLIMIT do.
func tuneMemory() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbagePercent)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryLimit)
	}
}
