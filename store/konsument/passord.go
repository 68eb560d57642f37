package konsument

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"

	"github.com/alexedwards/argon2id"
	"golang.org/x/crypto/argon2"
)

// kostnad is what OWASP's password storage cheat sheet asks of argon2id at the least: 19 MiB, 2 passes, 1 lane. A
// stronger one would let a crowd of logins take the memory that answers need.
var kostnad = &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// Hash is the hash of a password that a login is stored with, with a salt of its own: a PHC string of argon2id.
func Hash(passord string) (string, error) {
	h, err := argon2id.CreateHash(passord, kostnad)
	if err != nil {
		return "", fmt.Errorf("hash of a password: %w", err)
	}
	return h, nil
}

// Nobodys is the hash of a password that nobody has, a new one each time: its salt and its key are random, which nothing was
// reckoned for. To compare a password with it costs what it costs with any other.
func Nobodys() string {
	random := make([]byte, kostnad.SaltLength+kostnad.KeyLength)
	rand.Read(random)
	salt, key := random[:kostnad.SaltLength], random[kostnad.SaltLength:]
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, kostnad.Memory, kostnad.Iterations, kostnad.Parallelism,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(key))
}
