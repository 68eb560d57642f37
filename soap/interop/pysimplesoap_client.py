"""Asks the service all questions with pysimplesoap and records what it made of each answer, for judge.py to compare."""

import base64
import json
import sys

import pysimplesoap
from pysimplesoap.client import SoapClient, SoapFault
from pysimplesoap.simplexml import SimpleXMLElement

PATHS = {"flat": "/ws/NAV/Aareg2.pl?wsdl", "split": "/xml/NAV/Aareg2/2015-09-21/Aareg2.wsdl"}
ADMIN = "http://ws.infotorg.no/xml/Admin"
ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"


class Header:
    """A plugin, for pysimplesoap hands the answer's header over in no other way."""

    def preprocess(self, client, request, method, args, kwargs, headers, soap_uri):
        pass

    def postprocess(self, client, response, method, args, kwargs, headers, soap_uri):
        self.received = response("Header", ns=ENVELOPE)


def header_block(name, children):
    """A header block as a tree: of a dictionary pysimplesoap would make one in no namespace."""
    block = SimpleXMLElement(f'<h:{name} xmlns:h="{ADMIN}/{name}/2006-07-07/{name}.xsd"/>')
    for child, text in children.items():
        block.add_child(child, text, ns=False)
    return block


def leaves(value, path=""):
    """All that pysimplesoap handed over, depth first: [path, text], the text None for what it says is empty."""
    if not isinstance(value, dict):
        return [[path, None if value is None else str(value)]]
    found = []
    for name, children in value.items():
        for i, child in enumerate(children if isinstance(children, list) else [children], 1):
            found += leaves(child, f"{path}/{name}[{i}]")
    return found or [[path, None]]


def header_leaves(element, path=""):
    """All leaves of an element of pysimplesoap's own tree, depth first."""
    found, seen = [], {}
    for child in element.children() or []:
        name = child.get_local_name()
        seen[name] = seen.get(name, 0) + 1
        found += header_leaves(child, f"{path}/{name}[{seen[name]}]")
    return found or [[path, str(element) or None]]


def ask(client, question):
    """One call as the record of it and the answer's value."""
    record, answer = {"operation": question["operation"], "name": question["name"]}, None
    try:
        answer = getattr(client, question["operation"])(**question["children"])
        record["head"], record["body"] = header_leaves(client.plugins[0].received), leaves(answer)
    except SoapFault as fault:
        record["fault"] = {"code": fault.faultcode, "string": fault.faultstring}
        record["body"] = leaves(fault.detail["feil"])
    record["sent"] = base64.b64encode(client.xml_request).decode()
    record["received"] = base64.b64encode(client.xml_response).decode()
    return record, answer


def sabotage(record, answer):
    """The same answer after the loss of one leaf: the judge has to miss it, or it judges nothing."""
    del answer["arbeidsforholdListe"]["arbeidsforhold"][1]["begyntdato"]
    return record | {"sabotaged": True, "body": leaves(answer)}


def main(base, asked, out):
    for contract, path in PATHS.items():
        for header in ({}, asked["header"]):
            client = SoapClient(wsdl=base + path, plugins=[Header()])
            for name, children in header.items():
                client[name] = header_block(name, children)
            for question in asked["questions"]:
                record, answer = ask(client, question)
                record |= {"contract": contract, "header": bool(header)}
                print(json.dumps(record), file=out)
                if question.get("sabotage"):
                    print(json.dumps(sabotage(record, answer)), file=out)
    print("pysimplesoap", pysimplesoap.__version__)


if __name__ == "__main__":
    base, questions, out = sys.argv[1:]
    with open(questions, encoding="utf-8") as asked, open(out, "w", encoding="utf-8") as records:
        main(base, json.load(asked), records)
