"""Asks the service all questions with the client that xsdata generates from the WSDL, and records what it made of each
answer, for judge.py to compare."""

import base64
import dataclasses
import enum
import importlib
import json
import subprocess
import sys
import tempfile

import xsdata
from xsdata.formats.dataclass.client import Client
from xsdata.formats.dataclass.transports import DefaultTransport

PATHS = {"flat": "/ws/NAV/Aareg2.pl?wsdl", "split": "/xml/NAV/Aareg2/2015-09-21/Aareg2.wsdl"}


class Wire(DefaultTransport):
    """Keeps the bytes that went out and came in last. The default sends the text of a question, which is declared to be
    UTF-8, in ISO-8859-1, so here it is bytes before."""

    def post(self, url, data, headers):
        self.sent = data.encode()
        self.received = super().post(url, self.sent, headers)
        return self.received


def generate(wsdl, package, folder):
    """The package generated from the WSDL, all in one file."""
    done = subprocess.run(["xsdata", "generate", "--package", package, "--structure-style", "single-package", wsdl],
                          cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        sys.exit(done.stdout)
    return importlib.import_module(package)


def leaves(value, path=""):
    """All that xsdata handed over, depth first: [path, text], the text None for what it says is absent."""
    if isinstance(value, enum.Enum):
        value = value.value
    if not dataclasses.is_dataclass(value):
        return [[path, None if value is None else str(value)]]
    found = []
    for field in dataclasses.fields(value):
        if field.metadata.get("type") != "Element":
            continue
        name, children = field.metadata.get("name", field.name), getattr(value, field.name)
        for i, child in enumerate(children if isinstance(children, list) else [children], 1):
            found += leaves(child, f"{path}/{name}[{i}]")
    return found or [[path, None]]


def ask(package, question, header):
    """One call, with these header blocks or with none, as the record of it and the answer's value."""
    operation, wire = question["operation"], Wire(timeout=None)
    client = Client.from_service(getattr(package, "Aareg2PortTypeH" + operation[1:]))
    client.transport = wire
    answer = client.send({"Header": header or {}, "Body": {operation: question["children"]}})
    record = {"operation": operation, "name": question["name"], "header": header is not None,
              "sent": base64.b64encode(wire.sent).decode(), "received": base64.b64encode(wire.received).decode()}
    fault, content = answer.body.fault, None
    if fault:
        record["fault"] = {"code": fault.faultcode, "string": fault.faultstring}
        record["body"] = leaves(fault.detail.feil)
    else:
        content = next(child for child in vars(answer.body).values() if child is not None)
        record["head"], record["body"] = leaves(answer.header), leaves(content)
    return record, content


def sabotage(record, content):
    """The same answer after the loss of one leaf: the judge has to miss it, or it judges nothing."""
    content.arbeidsforhold_liste.arbeidsforhold[1].begyntdato = None
    return record | {"sabotaged": True, "body": leaves(content)}


def main(base, asked, out, folder):
    sys.path.insert(0, folder)
    for contract, path in PATHS.items():
        package = generate(base + path, contract, folder)
        for header in (None, asked["header"]):
            for question in asked["questions"]:
                record, content = ask(package, question, header)
                record["contract"] = contract
                print(json.dumps(record), file=out)
                if question.get("sabotage"):
                    print(json.dumps(sabotage(record, content)), file=out)
    print("xsdata", xsdata.__version__)


if __name__ == "__main__":
    base, questions, out = sys.argv[1:]
    with open(questions, encoding="utf-8") as asked, open(out, "w", encoding="utf-8") as records, \
            tempfile.TemporaryDirectory() as folder:
        main(base, json.load(asked), records, folder)
