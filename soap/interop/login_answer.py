"""An answer as a SOAP client handed it over, compared with the bytes on the wire: for login.py."""

import base64
import re
from xml.etree import ElementTree

from leaves import differences, leaves, local

ENVELOPE = "{http://schemas.xmlsoap.org/soap/envelope/}"
SESJONSID = re.compile(r"[0-9]+\.[0-9]+#[A-Za-z0-9+/]{27}")
FEIL = ["feilgruppekode", "feilgruppetekst", "feilkode", "feiltekst", "feilmelding"]
NO_ANSWER = "no answer: the connection was refused"


class Answer:
    """An answer, as the client handed it over."""

    def __init__(self, asked, record):
        self.fault, self.sesjonsid, self.received, self.wrong = {}, "", b"", []
        self.outcome = NO_ANSWER
        if "refused" in record:
            return
        self.received = base64.b64decode(record["received"])
        wire = ElementTree.fromstring(self.received)
        content = wire.find(ENVELOPE + "Body")[0]
        self.wrong = sent_otherwise(asked, base64.b64decode(record["sent"]))
        if "fault" in record:
            self.read_fault(content, record)
        else:
            self.read(wire.find(ENVELOPE + "Header"), content, record)

    def read(self, header, content, record):
        body, head = dict(record["body"]), dict(record["head"])
        self.outcome = body.get("/statuskode[1]", "an answer without statuskode")
        self.sesjonsid = head.get("/Brukersesjon[1]/sesjonsid[1]") or ""
        self.compare(leaves(content), record["body"])
        self.compare(leaves(header), record["head"])
        if not SESJONSID.fullmatch(self.sesjonsid):
            self.wrong.append("the header has no sesjonsid")

    def read_fault(self, content, record):
        """The fault as the client offers it: the three of SOAP, and the five strings."""
        self.fault = record["fault"] | {path[1:-3]: text for path, text in record["body"]}
        self.outcome = self.fault.get("feilkode", "a fault without detail")
        if content.tag != ENVELOPE + "Fault":
            self.wrong.append("a fault in the client alone")
            return
        self.compare(leaves(content.find("detail")[0]), record["body"])
        for tag, name in ("faultcode", "code"), ("faultstring", "string"):
            if plain(content.findtext(tag)) != plain(record["fault"][name]):
                self.wrong.append(f"another {tag} than on the wire")
        if [path[1:-3] for path, text in record["body"] if text] != FEIL:
            self.wrong.append("the detail has not the five strings")

    def compare(self, wire, given):
        """Differences are told without the texts, which are personal data and secrets."""
        found = differences(wire, [(path, text) for path, text in given])
        self.wrong += [f"{problem.partition(':')[0]} is not the wire's" for problem in found]


def plain(code):
    """A faultcode without its prefix; a text without colons is itself."""
    return code.rpartition(":")[2]


def sent_otherwise(asked, sent):
    """Where the question did not leave as it was asked: its header blocks, and what is in those of the platform."""
    head = ElementTree.fromstring(sent).find(ENVELOPE + "Header")
    blocks = {local(block.tag): block for block in ([] if head is None else head)}
    header = asked.get("header", {})
    expected = set(header) | ({"Security"} if "wsse" in asked else set())
    wrong = [] if set(blocks) == expected else [f"left with the header blocks {sorted(blocks)}"]
    return wrong + [f"{name} left with other children" for name, children in header.items() if name in blocks
                    and {child.tag: child.text for child in blocks[name]} != children]
