package main

import (
	"errors"
	"fmt"
	"runtime"

	"golang.org/x/sys/unix"
)

// cores are the two that a measurement uses: the server has one, whoever asks it the other.
type cores struct {
	server, asking unix.CPUSet
	numbers        [2]int
}

// findCores takes the first two that this program may run on.
func findCores() (c cores, err error) {
	var may unix.CPUSet
	if err := unix.SchedGetaffinity(0, &may); err != nil {
		return c, fmt.Errorf("cores: %w", err)
	}
	found := 0
	for cpu := 0; cpu < len(may)*64 && found < 2; cpu++ {
		if may.IsSet(cpu) {
			c.numbers[found] = cpu
			found++
		}
	}
	if found < 2 {
		return c, errors.New("cores: two are needed, one for the server and one for whoever asks it")
	}
	c.server.Set(c.numbers[0])
	c.asking.Set(c.numbers[1])
	return c, nil
}

// on does something on one core alone, and so does every program that it starts: the thread is this one's own and ends
// with it.
func on(core unix.CPUSet, do func() error) error {
	done := make(chan error)
	go func() {
		runtime.LockOSThread() // for good
		if err := unix.SchedSetaffinity(0, &core); err != nil {
			done <- fmt.Errorf("cores: %w", err)
			return
		}
		done <- do()
	}()
	return <-done
}
