"""Asks the service all questions with curl, in ISO-8859-1, and records the answers as lxml reads them, for judge.py to
compare: a client that knows no SOAP. Of the WSDL it reads the address; its questions are written by hand."""

import base64
import json
import subprocess
import sys
from xml.sax.saxutils import escape

from lxml import etree

PATHS = {"flat": "/ws/NAV/Aareg2.pl?wsdl", "split": "/xml/NAV/Aareg2/2015-09-21/Aareg2.wsdl"}
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
AAREG2 = "http://ws.infotorg.no/xml/NAV/Aareg2/2015-09-21/Aareg2.xsd"
ADMIN = "http://ws.infotorg.no/xml/Admin"
NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"


def curl(*arguments, body=b""):
    """The bytes that curl received."""
    return subprocess.run(["curl", "-sS", *arguments], input=body, stdout=subprocess.PIPE, check=True).stdout


def element(name, namespace, children):
    """An element in this namespace, its children in none."""
    inner = "".join(f"<{child}>{escape(text)}</{child}>" for child, text in children.items())
    return f'<x:{name} xmlns:x="{namespace}">{inner}</x:{name}>'


def envelope(question, header):
    """The question in ISO-8859-1; letters that it has not are written as character references."""
    blocks = [element(name, f"{ADMIN}/{name}/2006-07-07/{name}.xsd", children) for name, children in header.items()]
    content = element(question["operation"], AAREG2, question["children"])
    text = (f'<?xml version="1.0" encoding="ISO-8859-1"?><soap:Envelope xmlns:soap="{SOAP}"><soap:Header>'
            f'{"".join(blocks)}</soap:Header><soap:Body>{content}</soap:Body></soap:Envelope>')
    return text.encode("iso-8859-1", "xmlcharrefreplace")


def leaves(parent, path=""):
    """All leaves below an element, depth first: [path, text], the text None for what is nil."""
    found, seen = [], {}
    for child in parent:
        name = etree.QName(child).localname
        seen[name] = seen.get(name, 0) + 1
        found += leaves(child, f"{path}/{name}[{seen[name]}]")
    return found or [[path, None if parent.get(NIL) == "true" else parent.text or ""]]


def address_in(wsdl):
    """Where a WSDL says that questions go."""
    return etree.fromstring(wsdl).find(".//{http://schemas.xmlsoap.org/wsdl/soap/}address").get("location")


def ask(address, question, header, *arguments):
    """One call, with these header blocks or with none, as the record of it and the answer's element."""
    sent = envelope(question, header)
    received = curl(*arguments, "--data-binary", "@-", "-H", "Content-Type: text/xml; charset=ISO-8859-1",
                    "-H", 'SOAPAction: ""', address, body=sent)
    record = {"operation": question["operation"], "name": question["name"], "header": bool(header), "reads": "address",
              "sent": base64.b64encode(sent).decode(), "received": base64.b64encode(received).decode()}
    answer = etree.fromstring(received)
    content = answer.find(f"{{{SOAP}}}Body")[0]
    if content.tag == f"{{{SOAP}}}Fault":
        record["fault"] = {"code": content.findtext("faultcode"), "string": content.findtext("faultstring")}
        record["body"] = leaves(content.find("detail")[0])
    else:
        record["head"], record["body"] = leaves(answer.find(f"{{{SOAP}}}Header")), leaves(content)
    return record, content


def sabotage(record, content):
    """The same answer after the loss of one leaf: the judge has to miss it, or it judges nothing."""
    entry = content.findall("arbeidsforholdListe/arbeidsforhold")[1]
    entry.remove(entry.find("begyntdato"))
    return record | {"sabotaged": True, "body": leaves(content)}


def main(base, asked, out):
    for contract, path in PATHS.items():
        address = address_in(curl(base + path))
        for header in ({}, asked["header"]):
            for question in asked["questions"]:
                record, content = ask(address, question, header)
                record["contract"] = contract
                print(json.dumps(record), file=out)
                if question.get("sabotage"):
                    print(json.dumps(sabotage(record, content)), file=out)
    print(" ".join(curl("--version").decode().split()[:2]) + ", ISO-8859-1 by hand")


if __name__ == "__main__":
    base, questions, out = sys.argv[1:]
    with open(questions, encoding="utf-8") as asked, open(out, "w", encoding="utf-8") as records:
        main(base, json.load(asked), records)
