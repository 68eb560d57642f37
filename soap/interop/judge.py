"""Compares what one SOAP client made of its answers with the bytes on the wire.

A client writes one record, a line of JSON, for each of its calls: the operation, name and way (contract flat or split,
header or not) of the question, the bytes sent and received, and every leaf that the client's library handed over, as
[path, text]. The bytes are read here with expat, which none of the three clients uses. A call is right when the
question left as it was asked, and the leaves agree: path by path, in order, repetitions and empty ones included.

The client is right when also each way of asking has compared all response leaves of the field table non-empty, each
list with two entries or more, and the record that the client spoiled on purpose was found out.

Of an imported register (a last argument, imported) the questions say what the data demands of the answer: a statuskode
and some leaves. The client is right when that holds, each way of asking has had a komplett answer from every product,
and the spoiled record was found out. Other registers than the demo have not every leaf, so no coverage is asked for.
"""

import base64
import collections
import csv
import json
import re
import sys
from xml.etree import ElementTree

ENVELOPE = "{http://schemas.xmlsoap.org/soap/envelope/}"
AAREG2 = "{http://ws.infotorg.no/xml/NAV/Aareg2/2015-09-21/Aareg2.xsd}"
FEIL = "{http://ws.infotorg.no/xml/Feil/Feil.xsd}feil"
NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"

WAYS = [(contract, header) for contract in ("flat", "split") for header in (False, True)]
SPOILED = "/arbeidsforholdListe[1]/arbeidsforhold[2]/begyntdato[1]"
SPOILED_ANSWER = "the answer", "spoiled on purpose"
THERE = {"there": True}  # draw.py: a leaf with any text
# Lists of arbeidsforhold show the current agreement alone, so these groups never have two entries.
ALWAYS_ONE = {(operation, "arbeidsforholdListe/arbeidsforhold/arbeidsavtaler/arbeidsavtale")
              for operation in ("hentArbeidsgiver", "hentArbeidstaker")}


def local(tag):
    return tag.rpartition("}")[2]


def leaves(element, path=""):
    """All leaves below an element, depth first: (path, text). What is nil is no leaf: clients may leave it out."""
    if len(element) == 0:
        return [] if element.get(NIL) == "true" else [(path, element.text or "")]
    found, seen = [], collections.Counter()
    for child in element:
        seen[child.tag] += 1
        found += leaves(child, f"{path}/{local(child.tag)}[{seen[child.tag]}]")
    return found


def differences(wire, given):
    """How a client's leaves differ from the wire's. Some clients hand over None for an empty element, and some for
    everything declared that is not there: so None equals empty where the wire has the leaf, and nothing elsewhere."""
    there, on_wire = dict(given), dict(wire)
    found = [f"{path}: {text!r} on the wire, not in the client" for path, text in wire if path not in there]
    found += [f"{path}: {text!r} on the wire, {there[path]!r} in the client" for path, text in wire
              if path in there and (there[path] or "") != text]
    found += [f"{path}: not on the wire, {text!r} in the client" for path, text in given
              if path not in on_wire and text is not None]
    if not found and [path for path, _ in wire] != [path for path, _ in given if path in on_wire]:
        found.append("the same leaves in another order")
    return found


def check_judge(wire):
    """Does away with each leaf in turn, changes it, adds one, and swaps neighbours: differences must see it all."""
    for i, (path, text) in enumerate(wire):
        spoiled = [wire[:i] + wire[i + 1:], wire[:i] + [(path, text + "x")] + wire[i + 1:],
                   wire[:i] + [(path + "x", text)] + wire[i:]]
        if i > 0:
            spoiled.append(wire[:i - 1] + [wire[i], wire[i - 1]] + wire[i + 1:])
        if text:
            spoiled.append(wire[:i] + [(path, None)] + wire[i + 1:])
        if differences(wire, wire) or not all(differences(wire, leaves) for leaves in spoiled):
            sys.exit(f"the judge is blind to {path}")


class Judge:
    def __init__(self, table, asked):
        self.table, self.header = table, asked["header"]
        self.questions = {(q["operation"], q["name"]): q for q in asked["questions"]}
        self.faults = []
        self.asked = collections.Counter()
        self.compared = collections.Counter()  # way, operation, path: non-empty leaves
        self.entries = collections.Counter()  # way, operation, path of a list: most entries in one answer
        self.leaves = 0

    def judge(self, record):
        """One call."""
        way = record["contract"], record["header"]
        question = self.questions[record["operation"], record["name"]]
        received = ElementTree.fromstring(base64.b64decode(record["received"]))
        content = received.find(ENVELOPE + "Body")[0]
        if record.get("sabotaged"):
            self.judge_sabotage(way, leaves(content), record)
            return
        self.asked[way, record["operation"], record["name"]] += 1
        wrong = self.sent(ElementTree.fromstring(base64.b64decode(record["sent"])), question, record["header"])
        given = leaves(content)
        if "feilkode" in question or "fault" in record:
            wrong += self.fault(content, question, record)
        else:
            wrong += [] if content.tag == AAREG2 + question["operation"][4:] else [f"the answer is {content.tag}"]
            wrong += self.compare(given, record["body"])
            wrong += self.compare(leaves(received.find(ENVELOPE + "Header")), record["head"])
            wrong += self.demand(question, given)
            if not wrong:
                self.count(way, record, given)
        self.faults += [f"{name(way)}, {record['operation']} {record['name']}: {problem}" for problem in wrong]

    def compare(self, wire, given):
        self.leaves += len(wire)
        return differences(wire, [(path, text) for path, text in given])

    def sent(self, envelope, question, header):
        """The question as it left: its element, its children, and its header blocks."""
        content, head = envelope.find(ENVELOPE + "Body")[0], envelope.find(ENVELOPE + "Header")
        blocks = {} if head is None else {local(b.tag): {local(leaf.tag): leaf.text for leaf in b} for b in head}
        wrong = []
        if content.tag != AAREG2 + question["operation"]:
            wrong.append(f"the question left as {content.tag}")
        if {child.tag: child.text for child in content} != question["children"]:
            wrong.append("the question left with other children")
        if blocks != (self.header if header else {}):
            wrong.append(f"the question left with other header blocks: {sorted(blocks)}")
        return wrong

    def fault(self, content, question, record):
        """An answer that is, or should have been, a fault."""
        if "feilkode" not in question:
            return [f"a fault: {record['fault']['string']}"]
        if "fault" not in record or content.tag != ENVELOPE + "Fault":
            return ["no fault, but the question is faulty"]
        detail = leaves(content.find("detail").find(FEIL))
        given = record["fault"]["code"].rpartition(":")[2], record["fault"]["string"]
        wire = content.findtext("faultcode").rpartition(":")[2], content.findtext("faultstring")
        wrong = [] if given == wire else [f"fault {wire} on the wire, {given} in the client"]
        if len(detail) != 5 or dict(detail)["/feilkode[1]"] != question["feilkode"]:
            wrong.append(f"the fault's detail is not the five fields of {question['feilkode']}")
        return wrong + self.compare(detail, record["body"])

    def judge_sabotage(self, way, wire, record):
        """The answer that the client spoiled: exactly that must be seen."""
        self.asked[way, *SPOILED_ANSWER] += 1
        found = differences(wire, [(path, text) for path, text in record["body"]])
        if len(found) != 1 or not found[0].startswith(SPOILED + ": "):
            self.faults.append(f"{name(way)}: the leaf that the client took away was not missed: {found}")
        check_judge(wire)

    def demand(self, question, wire):
        """Nothing but what the field table says: the demo register's answers are judged by its goldens."""
        return []

    def count(self, way, record, wire):
        operation = record["operation"]
        for path, text in wire:
            steps = path[1:].split("/")
            if text:
                self.compared[way, operation, plain(path)] += 1
            for depth, step in enumerate(steps, 1):
                key = way, operation, plain("/" + "/".join(steps[:depth]))
                self.entries[key] = max(self.entries[key], int(re.search(r"\[(\d+)]$", step)[1]))

    def check_asked(self):
        """Every question was asked once, in any way of asking."""
        expected = set(self.questions) | {SPOILED_ANSWER}
        for way in WAYS:
            self.faults += [f"{name(way)}: {operation} {question} was recorded {self.asked[way, operation, question]} times"
                            for operation, question in sorted(expected) if self.asked[way, operation, question] != 1]

    def check_coverage(self):
        """Nothing was left out, in any way of asking."""
        self.check_asked()
        for way in WAYS:
            for row in self.table:
                operation, path = row["operasjon"], row["sti"]
                if row["type"] != "gruppe" and not self.compared[way, operation, path]:
                    self.faults.append(f"{name(way)}: never compared non-empty: {operation} {path}")
                if is_list(row) and self.entries[way, operation, path] < 2:
                    self.faults.append(f"{name(way)}: no answer had two entries: {operation} {path}")

    def report(self, client):
        for operation in dict.fromkeys(row["operasjon"] for row in self.table):
            rows = [row for row in self.table if row["operasjon"] == operation]
            paths = [row["sti"] for row in rows if row["type"] != "gruppe"]
            compared = [p for p in paths if all(self.compared[way, operation, p] for way in WAYS)]
            print(f"{client}: {operation}: {len(compared)} of {len(paths)} leaves compared non-empty in each of 4 ways")
            print("".join(f"    {path}\n" for path in compared), end="")
            for row in filter(is_list, rows):
                most = min(self.entries[way, operation, row["sti"]] for way in WAYS)
                print(f"    list {row['sti']}: {most} entries in one answer")
        total = sum(1 for row in self.table if row["type"] != "gruppe"
                    and all(self.compared[way, row["operasjon"], row["sti"]] for way in WAYS))
        rows = sum(row["type"] != "gruppe" for row in self.table)
        print(f"{client}: {total} of {rows} leaves; {sum(self.asked.values())} records, "
              f"{self.leaves} leaves compared in all, {len(self.faults)} faults")


class Imported(Judge):
    """Judges answers about a register of which the questions tell what must be answered."""

    def __init__(self, table, asked):
        super().__init__(table, asked)
        self.answered = collections.Counter()  # way, operation, statuskode
        self.held = 0
        self.slowest = self.largest = 0.0, 0, ""  # seconds, bytes, question

    def demand(self, question, wire):
        """Where the answer is not what the data demands; the texts are not told, since some are numbers of persons."""
        there = dict(wire)
        given = there["/statuskode[1]"]
        wrong = [] if given == question["statuskode"] else [f"{given}, but the data says {question['statuskode']}"]
        for path, text in question["leaves"].items():
            if text == THERE:
                held = path in there
            else:
                held = there.get(path) == text
            if not held:
                wrong.append(f"{path} is not what the data says")
        rows = [{path.rpartition("/")[0] for path, given in wire if plain(path) == leaf and given == text}
                for leaf, text in question["among"].items()]
        if rows and not set.intersection(*rows):
            wrong.append(f"no entry has what the data says of {', '.join(question['among'])}")
        self.held += 1 + len(question["leaves"]) + len(rows) - len(wrong)
        return wrong

    def count(self, way, record, wire):
        operation = record["operation"]
        self.answered[way, operation, dict(wire)["/statuskode[1]"]] += 1
        took = record["seconds"], len(record["received"]) * 3 // 4, f"{operation} {record['name']}"
        self.slowest = max(self.slowest, took)
        self.largest = max(self.largest, took, key=lambda t: (t[1], t[0]))

    def check_coverage(self):
        self.check_asked()
        self.faults += [f"{name(way)}: {operation} never answered komplett" for way in WAYS
                        for operation in dict.fromkeys(row["operasjon"] for row in self.table)
                        if not self.answered[way, operation, "komplett"]]

    def report(self, client):
        codes = collections.Counter()
        for (_, _, code), count in self.answered.items():
            codes[code] += count
        print(f"{client}: {len(self.questions)} questions in each of {len(WAYS)} ways: "
              f"{', '.join(f'{count} {code}' for code, count in sorted(codes.items()))}; {self.leaves} leaves compared, "
              f"{self.held} demands of the data held, {len(self.faults)} faults; "
              + "; ".join(f"{most}: {question}, {size / 1e6:.1f} MB in {seconds:.1f} s"
                          for most, (seconds, size, question) in (("largest", self.largest), ("slowest", self.slowest))))


def is_list(row):
    return row["antall"] == "0..n" and (row["operasjon"], row["sti"]) not in ALWAYS_ONE


def plain(path):
    """A path as the field table writes it."""
    return re.sub(r"\[\d+]", "", path)[1:]


def name(way):
    return f"{way[0]}, {'with' if way[1] else 'without'} header"


def main(table, questions, client, records, mode="demo"):
    with open(table, encoding="utf-8", newline="") as rows:
        table = [row for row in csv.DictReader(rows) if row["retning"] == "respons"]
    with open(questions, encoding="utf-8") as asked:
        judge = {"demo": Judge, "imported": Imported}[mode](table, json.load(asked))
    with open(records, encoding="utf-8") as lines:
        for line in lines:
            judge.judge(json.loads(line))
    judge.check_coverage()
    judge.report(client)
    for fault in judge.faults:
        print(f"{client}: FAULT: {fault}", file=sys.stderr)
    return bool(judge.faults)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
