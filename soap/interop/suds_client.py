"""Asks the service all questions with suds and records what suds made of each answer, for judge.py to compare."""

import base64
import json
import sys

import suds
import suds.client
import suds.sudsobject

PATHS = {"flat": "/ws/NAV/Aareg2.pl?wsdl", "split": "/xml/NAV/Aareg2/2015-09-21/Aareg2.wsdl"}
ADMIN = "http://ws.infotorg.no/xml/Admin"


class Wire(suds.plugin.MessagePlugin):
    """Keeps the bytes that went out and came in last, and the envelope as suds parsed it: suds hands the header over
    in no other way."""

    def sending(self, context):
        self.sent = context.envelope

    def received(self, context):
        self.bytes = context.reply

    def parsed(self, context):
        self.envelope = context.reply


def header_blocks(client, header):
    """The header blocks as objects of the WSDL's types, in the order in which it has them."""
    blocks = []
    for name, children in header.items():
        block = client.factory.create(f"{{{ADMIN}/{name}/2006-07-07/{name}.xsd}}{name}")
        for child, text in children.items():
            block[child] = text
        blocks.append(block)
    return blocks


def leaves(value, path=""):
    """All that suds handed over, depth first: [path, text], the text None for what it says is empty."""
    if not isinstance(value, suds.sudsobject.Object):
        return [[path, None if value is None else str(value)]]
    found = []
    for name, children in value:
        if name.startswith("_"):
            continue
        for i, child in enumerate(children if isinstance(children, list) else [children], 1):
            found += leaves(child, f"{path}/{name}[{i}]")
    return found or [[path, None]]


def header_leaves(element, path=""):
    """All leaves of an element of suds' own tree, depth first."""
    found, seen = [], {}
    for child in element.children:
        seen[child.name] = seen.get(child.name, 0) + 1
        found += header_leaves(child, f"{path}/{child.name}[{seen[child.name]}]")
    if found or element.isnil():
        return found
    return [[path, str(element.getText(""))]]


def ask(client, wire, question, header):
    """One call, with these header blocks or with none, as the record of it and the answer's value."""
    record = {"operation": question["operation"], "name": question["name"], "header": header is not None}
    client.set_options(soapheaders=() if header is None else header_blocks(client, header))
    answer = None
    try:
        answer = getattr(client.service, question["operation"])(**question["children"])
        record["body"] = leaves(answer)
        record["head"] = header_leaves(wire.envelope.getChild("Envelope").getChild("Header"))
    except suds.WebFault as fault:
        record["fault"] = {"code": fault.fault.faultcode, "string": fault.fault.faultstring}
        record["body"] = leaves(fault.fault.detail.feil)
    record["sent"] = base64.b64encode(wire.sent).decode()
    record["received"] = base64.b64encode(wire.bytes).decode()
    return record, answer


def sabotage(record, answer):
    """The same answer after the loss of one leaf: the judge has to miss it, or it judges nothing."""
    del answer.arbeidsforholdListe.arbeidsforhold[1].begyntdato
    return record | {"sabotaged": True, "body": leaves(answer)}


def main(base, asked, out):
    for contract, path in PATHS.items():
        wire = Wire()
        client = suds.client.Client(base + path, cache=None, plugins=[wire])
        for header in (None, asked["header"]):
            for question in asked["questions"]:
                record, answer = ask(client, wire, question, header)
                record["contract"] = contract
                print(json.dumps(record), file=out)
                if question.get("sabotage"):
                    print(json.dumps(sabotage(record, answer)), file=out)
    print("suds", suds.__version__)


if __name__ == "__main__":
    base, questions, out = sys.argv[1:]
    with open(questions, encoding="utf-8") as asked, open(out, "w", encoding="utf-8") as records:
        main(base, json.load(asked), records)
