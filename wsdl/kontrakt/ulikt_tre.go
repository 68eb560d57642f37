package kontrakt

import (
	"crypto/sha256"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/beevik/etree"
)

// node is one element or attribute of an answer as answers are compared: by expanded names and by the prefixes that
// clients read literally, without the white space between elements.
type node struct {
	navn  string // local name; an attribute's with @ before it
	sti   string // where it stands: tags from below the body's first element, or Header/…
	verdi string // text of a leaf
	barn  []*node
	sum   string // of all that it is and holds: nodes with the same sum are the same
}

// The nodes that stand beside an answer's document.
const (
	httpStatus  = "HTTP"
	contentType = "Content-Type"
	rotAttr     = "@rot"      // the local name of the body's first element
	navneromAtt = "@navnerom" // prefix and namespace of an element that has one
)

// tre is an answer as a tree to compare. What is no envelope is one leaf with its bytes.
func tre(s *Svar) *node {
	top := &node{barn: []*node{
		{navn: httpStatus, sti: httpStatus, verdi: strconv.Itoa(s.Status)},
		{navn: contentType, sti: contentType, verdi: s.Mediatype},
	}}
	k, err := aapne(s.Kropp)
	if err != nil {
		top.barn = append(top.barn, &node{verdi: strings.ToValidUTF8(string(s.Kropp), "�")})
	} else {
		top.barn = append(top.barn, konvoluttTre(k)...)
	}
	top.summer()
	return top
}

func konvoluttTre(k *konvolutt) []*node {
	parts := []*node{{navn: k.root.Tag, sti: k.root.Tag, barn: attributtTre(k.root, k.root.Tag)}}
	if k.hode != nil {
		parts = append(parts, elementTre(k.hode, k.hode.Tag))
	}
	for _, e := range k.kropp.ChildElements() {
		n := elementTre(e, "")
		n.navn = "" // so that the first of two bodies are held against each other, whatever they are
		n.barn = append([]*node{{navn: rotAttr, sti: rotAttr, verdi: e.Tag}}, n.barn...)
		parts = append(parts, n)
	}
	return parts
}

// elementTre takes an element over. What is below it has been limited by les, so that this ends.
func elementTre(e *etree.Element, sti string) *node {
	n := &node{navn: e.Tag, sti: sti, barn: attributtTre(e, sti)}
	for _, child := range e.ChildElements() {
		n.barn = append(n.barn, elementTre(child, under(sti, child.Tag)))
	}
	var text strings.Builder
	for _, c := range e.Child {
		if data, ok := c.(*etree.CharData); ok {
			text.WriteString(data.Data)
		}
	}
	n.verdi = text.String()
	if len(e.ChildElements()) > 0 {
		n.verdi = strings.TrimSpace(n.verdi)
	}
	n.verdi = varierer(n.sti, n.verdi)
	return n
}

func under(sti, tag string) string { return strings.TrimPrefix(sti+"/"+tag, "/") }

// attributtTre are the attributes of an element in the order of their names, its namespace first.
func attributtTre(e *etree.Element, sti string) []*node {
	var found []*node
	if ns := e.NamespaceURI(); ns != "" || e.Space != "" {
		found = append(found, &node{navn: navneromAtt, sti: under(sti, navneromAtt), verdi: e.Space + " " + ns})
	}
	for _, a := range e.Attr {
		if a.Space == "xmlns" || a.Space == "" && a.Key == "xmlns" {
			continue
		}
		navn := "@" + a.Key
		if ns := a.NamespaceURI(); ns != "" {
			navn = "@{" + ns + "}" + a.Key
		}
		found = append(found, &node{navn: navn, sti: under(sti, navn), verdi: a.Value})
	}
	slices.SortStableFunc(found[min(1, len(found)):], func(a, b *node) int { return strings.Compare(a.navn, b.navn) })
	return found
}

func (n *node) summer() {
	hash := sha256.New()
	write := func(s string) {
		hash.Write([]byte(strconv.Itoa(len(s)) + ":"))
		hash.Write([]byte(s))
	}
	write(n.navn)
	write(n.verdi)
	for _, b := range n.barn {
		b.summer()
		write(b.sum)
	}
	n.sum = string(hash.Sum(nil))
}

// What differs from call to call is compared by its form. A sesjonsid is a secret: no comparison ever shows one.
const (
	likSesjonsid   = "(a sesjonsid)"
	ulikSesjonsid  = "(something else than a sesjonsid)"
	likResponstid  = "(a time)"
	likFeilsoeking = "(a reference)"
)

var (
	sesjonsidForm    = regexp.MustCompile(`^[0-9]{10,11}\.[0-9]+#[A-Za-z0-9+/]{27}$`)
	responstidForm   = regexp.MustCompile(`^PT[0-9]+(\.[0-9]+)?S$`)
	feilsoekingForm  = regexp.MustCompile(`(Referanse for feilsøking: )[0-9a-z]{12}$`)
	feilsoekingSteds = []string{"faultstring", "Reason/Text", "detail/feil/feilmelding", "Detail/feil/feilmelding"}
)

func varierer(sti, verdi string) string {
	if slices.Contains(feilsoekingSteds, sti) {
		return feilsoekingForm.ReplaceAllString(verdi, "$1"+likFeilsoeking)
	}
	if !strings.HasPrefix(sti, "Header/") {
		return verdi
	}
	switch parts := strings.Split(sti, "/"); {
	case parts[len(parts)-1] == "sesjonsid" && sesjonsidForm.MatchString(verdi):
		return likSesjonsid
	case parts[len(parts)-1] == "sesjonsid" && verdi != "":
		return ulikSesjonsid
	case parts[len(parts)-2] == "responstid" && responstidForm.MatchString(verdi):
		return likResponstid
	}
	return verdi
}
