"""Asks the service all questions with zeep and records what zeep made of each answer, for judge.py to compare."""

import base64
import json
import sys
import time

import zeep

PATHS = {"flat": "/ws/NAV/Aareg2.pl?wsdl", "split": "/xml/NAV/Aareg2/2015-09-21/Aareg2.wsdl"}


class Wire(zeep.Transport):
    """Keeps the bytes that went out and came in last."""

    def post(self, address, message, headers):
        response = super().post(address, message, headers)
        self.sent, self.received = message, response.content
        return response


def leaves(value, path=""):
    """All that zeep handed over, depth first: [path, text], the text None for what it says is absent or empty."""
    if not isinstance(value, zeep.xsd.CompoundValue):
        return [[path, None if value is None else str(value)]]
    found = []
    for name in value:
        if name.startswith("_attr"):
            continue
        children = value[name] if isinstance(value[name], list) else [value[name]]
        for i, child in enumerate(children, 1):
            found += leaves(child, f"{path}/{name}[{i}]")
    return found or [[path, None]]


def ask(client, question, header):
    """One call, with these header blocks or with none, as the record of it and the answer's value."""
    record = {"operation": question["operation"], "name": question["name"], "header": header is not None}
    answer, began = None, time.monotonic()
    try:
        answer = client.service[question["operation"]](**question["children"], _soapheaders=header)
        record["seconds"] = time.monotonic() - began
        record["head"], record["body"] = leaves(answer.header), leaves(answer.body)
    except zeep.exceptions.Fault as fault:
        feil = client.get_element("{http://ws.infotorg.no/xml/Feil/Feil.xsd}feil")
        detail = feil.parse(fault.detail[0], client.wsdl.types)
        record["fault"] = {"code": fault.code, "string": fault.message}
        record["body"] = leaves(detail)
    for name in ("sent", "received"):
        record[name] = base64.b64encode(getattr(client.transport, name)).decode()
    return record, answer


def login(asked):
    """User name and password of HTTP Basic, for questions without header blocks; None where anybody may ask."""
    basic = asked.get("basic")
    return basic and (basic["brukernavn"], basic["passord"])


def sabotage(record, answer):
    """The same answer after the loss of one leaf: the judge has to miss it, or it judges nothing."""
    answer.body.arbeidsforholdListe.arbeidsforhold[1].begyntdato = None
    return record | {"sabotaged": True, "body": leaves(answer.body)}


def main(base, asked, out):
    for contract, path in PATHS.items():
        client = zeep.Client(base + path, transport=Wire())
        for header in (None, asked["header"]):
            client.transport.session.auth = None if header else login(asked)
            for question in asked["questions"]:
                record, answer = ask(client, question, header)
                record["contract"] = contract
                print(json.dumps(record), file=out)
                if question.get("sabotage"):
                    print(json.dumps(sabotage(record, answer)), file=out)
    print("zeep", zeep.__version__)


if __name__ == "__main__":
    base, questions, out = sys.argv[1:]
    with open(questions, encoding="utf-8") as asked, open(out, "w", encoding="utf-8") as records:
        main(base, json.load(asked), records)
