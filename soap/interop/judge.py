"""Compares what one SOAP client made of its answers with the bytes on the wire.

A client writes one record, a line of JSON, for each of its calls: the operation, name and way (contract flat or split,
header or not) of the question, the bytes sent and received, and every leaf that the client's library handed over, as
[path, text]. A call is right when the question left as it was asked, and the leaves agree: path by path, in order,
repetitions and empty ones included.

The client is right when also each way of asking has compared all response leaves of the field table non-empty, each
list with two entries or more, and the record that the client spoiled on purpose was found out.

What a client cannot is told in limits.json, and is asked to be exactly that (limits.py). A record with cannot is of a
question that shows it: what the client sent without help. A client that does not read all of a WSDL says in reads what
it reads. A summary of it all is written for matrix.py.

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

from leaves import check_judge, differences, leaves, local
from limits import Limits

ENVELOPE = "{http://schemas.xmlsoap.org/soap/envelope/}"
AAREG2 = "{http://ws.infotorg.no/xml/NAV/Aareg2/2015-09-21/Aareg2.xsd}"
FEIL = "{http://ws.infotorg.no/xml/Feil/Feil.xsd}feil"
ADMIN = "{{http://ws.infotorg.no/xml/Admin/{0}/2006-07-07/{0}.xsd}}{0}"  # a header block of this name

WAYS = [(contract, header) for contract in ("flat", "split") for header in (False, True)]
SPOILED = "/arbeidsforholdListe[1]/arbeidsforhold[2]/begyntdato[1]"
SPOILED_ANSWER = "the answer", "spoiled on purpose"
THERE = {"there": True}  # draw.py: a leaf with any text
# Lists of arbeidsforhold show the current agreement alone, so these groups never have two entries.
ALWAYS_ONE = {(operation, "arbeidsforholdListe/arbeidsforhold/arbeidsavtaler/arbeidsavtale")
              for operation in ("hentArbeidsgiver", "hentArbeidstaker")}


class Judge:
    def __init__(self, table, asked, limits):
        self.table, self.header, self.limits = table, asked["header"], limits
        self.questions = {(q["operation"], q["name"]): q for q in asked["questions"]}
        self.faults = []
        self.asked = collections.Counter()
        self.compared = collections.Counter()  # way, operation, path: non-empty leaves
        self.entries = collections.Counter()  # way, operation, path of a list: most entries in one answer
        self.leaves = 0
        self.reads = "yes"  # what the client reads of a WSDL

    def judge(self, record):
        """One call."""
        self.reads = record.get("reads", "yes")
        way = record["contract"], record["header"]
        question = self.questions[record["operation"], record["name"]]
        if "cannot" in record:
            self.judge_unaided(way, question, record)
            return
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
            head = leaves(received.find(ENVELOPE + "Header"))
            wrong += [] if content.tag == AAREG2 + question["operation"][4:] else [f"the answer is {content.tag}"]
            wrong += self.compare(given, record["body"])
            wrong += self.compare(head, record["head"], "answer_header")
            wrong += self.demand(question, given)
            if not wrong:
                self.count(way, record, given)
        self.faults += [f"{name(way)}, {record['operation']} {record['name']}: {problem}" for problem in wrong]

    def compare(self, wire, given, kind=None):
        """How the client's leaves differ from the wire's; the kind is of what the client may not be able to hand over."""
        wrong = differences(wire, [(path, text) for path, text in given])
        if kind:
            wrong = self.limits.judge(kind, wrong, without_text(given))
        if kind not in self.limits.listed:
            self.leaves += len(wire)
        return wrong

    def sent(self, envelope, question, header):
        """The question as it left: its element, its children, and its header blocks."""
        content, head = envelope.find(ENVELOPE + "Body")[0], envelope.find(ENVELOPE + "Header")
        blocks = {} if head is None else {block.tag: block for block in head}
        wrong = self.children(content, question["children"], "children_namespace")
        if content.tag != AAREG2 + question["operation"]:
            wrong.append(f"the question left as {content.tag}")
        if set(blocks) != ({ADMIN.format(block) for block in self.header} if header else set()):
            return wrong + [f"the question left with other header blocks: {sorted(blocks)}"]
        for block in blocks.values():
            wrong += self.children(block, self.header[local(block.tag)], "header_children_namespace")
        return wrong

    def children(self, element, expected, kind):
        """The children of an element that was sent, which are in no namespace, but for clients with this limit."""
        given = sorted((child.tag, child.text or "") for child in element)
        in_its = element.tag.rpartition("}")[0] + "}"
        wrong = [] if given == sorted(expected.items()) else [f"{local(element.tag)} left with other children"]
        return self.limits.judge(kind, wrong, given == sorted((in_its + tag, text) for tag, text in expected.items()))

    def judge_unaided(self, way, question, record):
        """A question as the client sends it when it is not helped over its limit: not as it was asked."""
        sent = ElementTree.fromstring(base64.b64decode(record["sent"])).find(ENVELOPE + "Body")[0]
        given = sent.tag, {child.tag: child.text for child in sent}
        unable = given != (AAREG2 + question["operation"], question["children"])
        wrong = ["without help the question left otherwise"] if unable else []
        wrong = self.limits.judge(record["cannot"], wrong, unable)
        self.faults += [f"{name(way)}: {problem}" for problem in wrong]

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
        return wrong + self.compare(detail, record["body"], "fault_detail")

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
        """Every question was asked once, in any way of asking, and every limit was seen."""
        self.faults += self.limits.unseen()
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
        print(f"{client}: {'{} of {}'.format(*self.summary()['leaves'])} leaves; {sum(self.asked.values())} records, "
              f"{self.leaves} leaves compared in all, {len(self.faults)} faults")

    def summary(self):
        """One row of the matrix, as matrix.py prints it."""
        all_leaves = {(row["operasjon"], row["sti"]) for row in self.table if row["type"] != "gruppe"}
        read = {way: {leaf for leaf in all_leaves if self.compared[way, *leaf]} for way in WAYS}
        everywhere = set.intersection(*read.values())
        operations = {operation for operation, _ in all_leaves}
        headers = "header_children_namespace"
        return {
            "flat": self.reads if all(read[way] == all_leaves for way in WAYS if way[0] == "flat") else "no",
            "split": self.reads if all(read[way] == all_leaves for way in WAYS if way[0] == "split") else "no",
            "operations": [len(operations - {operation for operation, _ in all_leaves - everywhere}), len(operations)],
            "leaves": [len(everywhere), len(all_leaves)],
            "compared": self.leaves,
            "fault_detail": self.limits.can("fault_detail"),
            "header": self.limits.can(headers) or self.limits.seen[headers] > 0,
            "answer_header": self.limits.can("answer_header"),
            "faults": len(self.faults),
            "limits": list(self.limits.listed.values()),
        }


class Imported(Judge):
    """Judges answers about a register of which the questions tell what must be answered."""

    def __init__(self, table, asked, limits):
        super().__init__(table, asked, limits)
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


def without_text(given):
    """Whether no leaf that a client handed over has a text."""
    return not any(text for _, text in given)


def name(way):
    return f"{way[0]}, {'with' if way[1] else 'without'} header"


def main(table, questions, client, records, summary, mode="demo"):
    with open(table, encoding="utf-8", newline="") as rows:
        table = [row for row in csv.DictReader(rows) if row["retning"] == "respons"]
    with open(questions, encoding="utf-8") as asked:
        judge = {"demo": Judge, "imported": Imported}[mode](table, json.load(asked), Limits(client))
    with open(records, encoding="utf-8") as lines:
        for line in lines:
            judge.judge(json.loads(line))
    judge.check_coverage()
    judge.report(client)
    with open(summary, "w", encoding="utf-8") as row:
        json.dump(judge.summary(), row)
    for fault in judge.faults:
        print(f"{client}: FAULT: {fault}", file=sys.stderr)
    return bool(judge.faults)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
