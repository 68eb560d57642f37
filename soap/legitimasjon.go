package soap

import (
	"crypto/x509"
	"encoding/asn1"
	"encoding/base64"
	"encoding/xml"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"aareg/products"
	"aareg/soap/tilgang"
)

// bevis is a user name, and the password or the digest of one, as one carrier brought them: Brukersesjon, WS-Security
// or HTTP Basic.
type bevis struct {
	brukernavn, passord string
	digest              *tilgang.Digest
}

func (b bevis) same(c bevis) bool {
	return b.brukernavn == c.brukernavn && b.passord == c.passord && b.digest == nil && c.digest == nil
}

// WS-Security UsernameToken (OASIS WSS UsernameToken Profile 1.0, § 3.1). The elements are qualified.
const (
	wsuNamespace   = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
	tokenProfile   = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#"
	passwordText   = tokenProfile + "PasswordText"
	passwordDigest = tokenProfile + "PasswordDigest"
)

// readSecurity reads the UsernameToken of a WS-Security block, if there is one. Other things in the block (a timestamp,
// a signature) are none of the credentials and are not looked at.
func (c *caller) readSecurity(block *element) error {
	var found *bevis
	for child := block.First; child != nil; child = child.Next {
		if child.Name != (xml.Name{Space: securityName.Space, Local: "UsernameToken"}) {
			continue
		}
		if found != nil {
			return &products.InvalidRequest{Tag: "UsernameToken", Problem: "er gitt mer enn én gang"}
		}
		b, err := readUsernameToken(child)
		if err != nil {
			return err
		}
		found = &b
	}
	if found != nil {
		c.bevis = append(c.bevis, *found)
	}
	return nil
}

func readUsernameToken(token *element) (b bevis, err error) {
	var nonce, created, password, kind string
	seen := map[xml.Name]bool{}
	for child := token.First; child != nil; child = child.Next {
		text := trim(child.Text)
		switch {
		case seen[child.Name]:
			return b, &products.InvalidRequest{Tag: plainName(child.Name.Local), Problem: "er gitt mer enn én gang"}
		case child.First != nil:
			return b, &products.InvalidRequest{Tag: plainName(child.Name.Local), Problem: "kan ikke ha elementer i seg"}
		case utf8.RuneCountInString(text) > maxText:
			return b, forStort("Et element i UsernameToken er for langt.")
		}
		seen[child.Name] = true
		switch child.Name {
		case xml.Name{Space: securityName.Space, Local: "Username"}:
			b.brukernavn = text
		case xml.Name{Space: securityName.Space, Local: "Password"}:
			password, kind = text, child.attr("", "Type")
		case xml.Name{Space: securityName.Space, Local: "Nonce"}:
			nonce = text
		case xml.Name{Space: wsuNamespace, Local: "Created"}:
			created = text
		}
	}
	switch kind {
	case "", passwordText:
		b.passord = password
	case passwordDigest:
		decoded, err := base64.StdEncoding.DecodeString(nonce)
		if err != nil {
			decoded = nil // a digest without a nonce never fits
		}
		b.digest = &tilgang.Digest{Nonce: decoded, Created: created, Verdi: password}
	default:
		return b, &products.InvalidRequest{Tag: "Password", Problem: "har en Type som ikke brukes her"}
	}
	return b, nil
}

// basic is what HTTP Basic brings (RFC 7617). Old clients write ISO-8859-1, new ones UTF-8.
func basic(r *http.Request) (b bevis, given bool) {
	user, password, given := r.BasicAuth()
	return bevis{brukernavn: utf8OrLatin1(user), passord: utf8OrLatin1(password)}, given
}

func utf8OrLatin1(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for i := range len(s) {
		b.WriteRune(rune(s[i]))
	}
	return b.String()
}

// legitimasjon is all that a question brings to prove who asks. Two carriers that do not say the same prove nothing:
// the empty name with a password is nobody's, and takes its time like any other.
func (x *exchange) legitimasjon() tilgang.Legitimasjon {
	l := tilgang.Legitimasjon{Kilde: x.source(x.r)}
	if x.r.TLS != nil && len(x.r.TLS.VerifiedChains) > 0 {
		l.Sertifikat = organisasjonsnummer(x.r.TLS.VerifiedChains[0][0])
	}
	given := x.caller.bevis
	if b, ok := basic(x.r); ok {
		given = append(given, b)
	}
	l.Sesjonsid = x.caller.sesjonsid
	if len(given) == 0 {
		return l
	}
	first := given[0]
	if slices.ContainsFunc(given[1:], func(b bevis) bool { return !b.same(first) }) {
		return tilgang.Legitimasjon{Kilde: l.Kilde, Sertifikat: l.Sertifikat, Passord: "-"}
	}
	l.Brukernavn, l.Passord, l.Digest = first.brukernavn, first.passord, first.digest
	return l
}

// The attributes of a subject that Norwegian enterprise certificates (virksomhetssertifikat) have the organisation
// number in: organizationIdentifier as NTRNO-987654321 (ETSI EN 319 412-1), in older ones serialNumber alone.
var (
	organizationIdentifier = asn1.ObjectIdentifier{2, 5, 4, 97}
	serialNumber           = asn1.ObjectIdentifier{2, 5, 4, 5}

	ntrno = regexp.MustCompile(`^(?:NTRNO-)?([0-9]{9})$`)
)

// organisasjonsnummer is whom a certificate was issued to; "" when it does not say, or says two.
func organisasjonsnummer(c *x509.Certificate) string {
	for _, id := range []asn1.ObjectIdentifier{organizationIdentifier, serialNumber} {
		var found []string
		for _, name := range c.Subject.Names {
			if text, ok := name.Value.(string); ok && name.Type.Equal(id) {
				found = append(found, text)
			}
		}
		if len(found) == 0 {
			continue
		}
		parts := ntrno.FindStringSubmatch(found[0])
		if len(found) > 1 || parts == nil {
			return ""
		}
		return parts[1]
	}
	return ""
}
