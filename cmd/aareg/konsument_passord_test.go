package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"github.com/alexedwards/argon2id"
	"golang.org/x/term"

	"aareg/store/konsument"
)

func TestAPasswordThatIsEasilyGuessedOrCannotBeCarriedIsRefused(t *testing.T) {
	for _, c := range []struct {
		password string
		legacy   bool
		want     string // "" is accepted
	}{
		{"ostepop i trillebår", false, ""},
		{"Kzq7-ptw9-Fn2", false, ""},
		{"KZQ7PTW9", true, ""},
		{"KZQ7PTW9", false, "must have 12 to 60 characters"},
		{"KZQ7PTW", true, "must have 8 to 60 characters"},
		{strings.Repeat("åpen dør ", 6) + "mot øst", false, "must have 12 to 60 characters"},
		{"", false, "must have 12 to 60 characters"},
		{" ostepop i trillebår", false, "begins or ends with a space"},
		{"ostepop\ti trillebår", false, "no printable character"},
		{"ostepop \xff trillebår", false, "no printable character"},
		{"abababababababab", false, "easily guessed"},
		{"Passord123456", false, "easily guessed"},
		{"PENSJON.SYSTEM1", false, "easily guessed"},
		{"222345677-abc", false, "easily guessed"},
	} {
		err := checkPassword(c.password, "pensjon.system", pensjonsleverandoer, c.legacy)
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: want %q, got %v", c.password, c.want, err)
		}
	}
}

func TestANewPasswordIsTheFirstLineOfStandardInputAndTakesTheOldOnesPlace(t *testing.T) {
	o := nyOperatoer(t)
	o.legger(pensjonsleverandoer)
	o.gjoer("ostepop i trillebår\r\nikke dette\n", "login", "add", pensjonsleverandoer, "--brukernavn", "Pensjon", "--digest")
	is := func(password, digest string) {
		t.Helper()
		i := o.les().Bruker("pensjon")
		if same, err := argon2id.ComparePasswordAndHash(password, i.Passord); err != nil || !same || i.Digest != digest {
			t.Errorf("another password is stored (%v), or the wrong one beside it", err)
		}
	}
	is("ostepop i trillebår", "ostepop i trillebår")
	before := o.les().Bruker("pensjon").Etter
	o.gjoer("et helt annet ord", "password", pensjonsleverandoer, "--brukernavn", "PENSJON")
	is("et helt annet ord", "et helt annet ord")
	if o.les().Bruker("pensjon").Etter <= before {
		t.Error("the sessions of the old password go on")
	}
	o.gjoer("enda et annet ord", "password", pensjonsleverandoer, "--brukernavn", "pensjon", "--no-digest")
	is("enda et annet ord", "")
	o.gjoer("og et fjerde ord til", "password", pensjonsleverandoer, "--brukernavn", "pensjon")
	is("og et fjerde ord til", "")
	if _, err := o.proev("kort", "password", pensjonsleverandoer, "--brukernavn", "pensjon"); err == nil {
		t.Error("a short password was set")
	}
	is("og et fjerde ord til", "")
	o.legger(fagetat)
	if _, err := o.proev("et femte ord og mer", "password", fagetat, "--brukernavn", "pensjon"); err == nil {
		t.Error("a password was set for somebody else's login")
	}
}

func TestDisablingRevokingAndRemovingReachOneLoginOrAll(t *testing.T) {
	o := nyOperatoer(t)
	o.legger(pensjonsleverandoer)
	for _, name := range []string{"en.av.dem", "en.til"} {
		o.gjoer("ostepop i trillebår", "login", "add", pensjonsleverandoer, "--brukernavn", name)
	}
	state := func() string {
		b, words := o.les(), ""
		for _, i := range b.Innlogginger(1) {
			words += fmt.Sprintf("%s disabled=%v revoked=%v; ", i.Brukernavn, i.Sperret, i.Etter > 0)
		}
		return words
	}
	for _, c := range []struct{ args, want string }{
		{"revoke 222345677 --brukernavn EN.TIL", "en.av.dem disabled=false revoked=false; en.til disabled=false revoked=true; "},
		{"disable 222345677 --brukernavn en.av.dem", "en.av.dem disabled=true revoked=true; en.til disabled=false revoked=true; "},
		{"enable 222345677 --brukernavn en.av.dem", "en.av.dem disabled=false revoked=true; en.til disabled=false revoked=true; "},
		{"login remove 222345677 --brukernavn en.til", "en.av.dem disabled=false revoked=true; "},
		{"revoke 222345677", "en.av.dem disabled=false revoked=true; "},
		{"remove 222345677 --yes", ""},
	} {
		o.gjoer("", strings.Fields(c.args)...)
		if got := state(); got != c.want {
			t.Errorf("after %s: %s, want %s", c.args, got, c.want)
		}
	}
}

// TestNothingThatIsPrintedHoldsASecretOrANumber also looks into errors, which go to standard error.
func TestNothingThatIsPrintedHoldsASecretOrANumber(t *testing.T) {
	const password, weak, person, wrong = "ostepop i trillebår", "passord123456", "12838049808", "128380498081"
	o := nyOperatoer(t)
	o.legger(pensjonsleverandoer)
	var said strings.Builder
	failed := 0
	for _, c := range []struct{ stdin, args string }{
		{password, "login add 222345677 --brukernavn pensjon --digest --legacy"},
		{password, "login add 222345677 --brukernavn pensjon"},
		{weak, "login add 222345677 --brukernavn pensjon2"},
		{password, "password 222345677 --brukernavn pensjon"},
		{weak, "password 222345677 --brukernavn pensjon"},
		{password + "\x00", "password 222345677 --brukernavn pensjon"},
		{person, "rights 222345677 --profil otp --personer -"},
		{person, "rights 222345677 --arbeidsgivere -"},
		{wrong, "rights 222345677 --personer -"},
		{wrong, "rights 222345677 --arbeidsgivere -"},
		{person, "rights 222345677 --felter -"},
		{`{"rettigheter": {"personer": {"nummer": ["` + wrong + `"]}}}`, "rights 222345677 --profil -"},
		{`{"rettigheter": {"personer": ["` + person + `"]}}`, "add 322345674 --file -"},
		{`{"navn": "A", "rettigheter": ` + person + `}`, "add 322345674 --file -"},
		{"", "rights 222345677 --personer " + person},
		{"", "show " + person},
		{"", "show 222345677 --felter"},
		{"", "list"},
	} {
		stdout, err := o.proev(c.stdin, strings.Fields(c.args)...)
		if err != nil {
			failed++
		}
		fmt.Fprintln(&said, stdout, err)
	}
	i := o.les().Bruker("pensjon")
	if failed != 12 || i.Digest != password || len(o.les().MedOrgnr(pensjonsleverandoer).Rettigheter.Personer.Nummer) != 1 {
		t.Fatalf("%d calls failed, or what should be stored is not", failed)
	}
	for _, secret := range []string{password, weak, person, i.Passord, "$argon2id$"} {
		if strings.Contains(said.String(), secret) {
			t.Error("something was printed that must not be")
		}
	}
}

// terminal is a pair of a person and a terminal of the machine's.
func terminal(t *testing.T) (person, terminal *os.File) {
	t.Helper()
	person, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { person.Close() })
	var number, unlock uint32
	for _, call := range []struct {
		request uintptr
		at      *uint32
	}{{syscall.TIOCSPTLCK, &unlock}, {syscall.TIOCGPTN, &number}} {
		if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, person.Fd(), call.request, uintptr(unsafe.Pointer(call.at))); errno != 0 {
			t.Fatal(errno)
		}
	}
	terminal, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { terminal.Close() })
	return person, terminal
}

// whenSilent does something once the terminal has stopped showing what is typed: what comes before that is shown.
func whenSilent(t *testing.T, terminal *os.File, do func()) {
	fd := terminal.Fd()
	go func() {
		for state := (syscall.Termios{Lflag: syscall.ECHO}); state.Lflag&syscall.ECHO != 0; time.Sleep(time.Millisecond) {
			if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, fd, syscall.TCGETS, uintptr(unsafe.Pointer(&state))); errno != 0 {
				t.Error(errno)
				return
			}
		}
		do()
	}()
}

// answering types a line at each prompt.
type answering struct {
	bytes.Buffer
	t                *testing.T
	person, terminal *os.File
	lines            []string
}

func (a *answering) Write(b []byte) (int, error) {
	if strings.HasSuffix(string(b), ": ") && len(a.lines) > 0 {
		line := a.lines[0]
		a.lines = a.lines[1:]
		whenSilent(a.t, a.terminal, func() { fmt.Fprint(a.person, line) })
	}
	return a.Buffer.Write(b)
}

func TestOnATerminalAPasswordIsTypedTwiceAndNotShown(t *testing.T) {
	for _, c := range []struct {
		lines []string
		want  string
		err   string
	}{
		{[]string{"ostepop i trillebår\n", "ostepop i trillebår\n"}, "ostepop i trillebår", ""},
		{[]string{"ostepop i trillebår\n", "ostepop i trillebåt\n"}, "", "password: the two are not the same, and nothing is changed"},
	} {
		person, tty := terminal(t)
		prompts := &answering{t: t, person: person, terminal: tty, lines: c.lines}
		k := &konsumentKall{stdin: tty, stderr: prompts}
		got, err := k.readPassword(context.Background())
		if got != c.want || (err == nil) != (c.err == "") || err != nil && err.Error() != c.err {
			t.Errorf("read %d characters of %d, %v", len(got), len(c.want), err)
		}
		if prompts.String() != "password (not shown): \nonce more: \n" {
			t.Errorf("prompts: %q", prompts)
		}
		if echo := drain(t, person); strings.Contains(echo, "ostepop") {
			t.Errorf("the terminal showed what was typed")
		}
	}
}

// drain is what the terminal has shown.
func drain(t *testing.T, person *os.File) string {
	t.Helper()
	fd := int(person.Fd())
	if err := syscall.SetNonblock(fd, true); err != nil {
		t.Fatal(err)
	}
	shown := make([]byte, 4096)
	n, err := syscall.Read(fd, shown)
	if err != nil && !errors.Is(err, syscall.EAGAIN) {
		t.Fatal(err)
	}
	return string(shown[:max(n, 0)])
}

func TestWhoeverStopsAtThePromptGetsTheTerminalBackAsItWas(t *testing.T) {
	person, tty := terminal(t)
	before, err := term.GetState(int(tty.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	whenSilent(t, tty, cancel)
	k := &konsumentKall{stdin: tty, stderr: &bytes.Buffer{}}
	if _, err := k.readPassword(ctx); err == nil || !strings.Contains(err.Error(), "nothing is changed") {
		t.Errorf("stopped at the prompt: %v", err)
	}
	after, err := term.GetState(int(tty.Fd()))
	if err != nil || *before != *after {
		t.Errorf("the terminal is left as it was made for the password (%v)", err)
	}
	fmt.Fprintln(person) // lets the reader go
}

func TestALoginThatIsTakenIsRefusedBeforeAPasswordIsAskedFor(t *testing.T) {
	o := nyOperatoer(t)
	o.legger(pensjonsleverandoer)
	o.gjoer("ostepop i trillebår", "login", "add", pensjonsleverandoer, "--brukernavn", "pensjon")
	k := &konsumentKall{stdin: unreadable{t}, stdout: &bytes.Buffer{}, now: time.Now}
	err := k.run(context.Background(), []string{"login", "add", pensjonsleverandoer, "--konsumenter", o.fil, "--brukernavn", "PENSJON"})
	if err == nil || err.Error() != "the user name is taken" || len(o.les().Innlogginger(1)) != 1 {
		t.Errorf("taken: %v", err)
	}
	if i := o.les().Bruker("pensjon"); i.Slag != konsument.MedPassord {
		t.Errorf("a login of kind %s", i.Slag)
	}
}

type unreadable struct{ t *testing.T }

func (u unreadable) Read([]byte) (int, error) {
	u.t.Error("a password was read")
	return 0, errors.New("unreadable")
}
