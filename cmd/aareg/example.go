package main

import (
	"fmt"

	"aareg/wsdl"
)

// exampleArbeidstaker is who the example asks for: a nurse of the demo register who also teaches.
const exampleArbeidstaker = "12838049808"

// exampleCurl is a question that the demo register answers, ready to be pasted into a shell.
func exampleCurl(base string) string {
	return fmt.Sprintf(`curl -H 'Content-Type: text/xml; charset=utf-8' %s%s -d '
<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>
  <a:hentArbeidstaker xmlns:a="%s"><foedselsnr>%s</foedselsnr></a:hentArbeidstaker>
</soap:Body></soap:Envelope>'`, base, wsdl.Endpoint, wsdl.NamespaceAareg2, exampleArbeidstaker)
}
