package soap

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"time"
)

// sessionKey signs session ids. Every replica that has it can check one without shared state.
type sessionKey []byte

// issue makes a session id: `<unix seconds>.<login number>#<27 base64 characters>`, the last a keyed hash of the rest,
// cut to 20 bytes. It is a bearer secret: never log it.
func (k sessionKey) issue(at time.Time, login int64) string {
	b := strconv.AppendInt(make([]byte, 0, 64), at.Unix(), 10)
	b = strconv.AppendInt(append(b, '.'), login, 10)
	mac := hmac.New(sha256.New, k)
	mac.Write(b)
	return string(base64.RawStdEncoding.AppendEncode(append(b, '#'), mac.Sum(nil)[:20]))
}

// appendDuration appends a leaf with a time as an xs:duration in seconds, PT0.001234S.
func appendDuration(b []byte, tag string, d time.Duration) []byte {
	b = append(append(append(b, '<'), tag...), ">PT"...)
	b = strconv.AppendFloat(b, max(d, 0).Seconds(), 'f', 6, 64)
	return append(append(append(b, "S</"...), tag...), '>')
}
