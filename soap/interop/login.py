"""Has one SOAP client log in to the service in every way, and judges what it made of each answer.

A client is a program that reads a question a line and writes a record a line (login_zeep.py). Every answer must be
what was on the wire, leaf by leaf, and every question must have left with the header blocks that it was asked with, and
no others. The checks are below, a method each; each promise prints one line, and no secret, session id or number is in it.

Usage: CLIENT TRANSPORT FOLDER BASE PROGRAM SUMMARY COMMAND...: FOLDER is what the script login made, and SUMMARY is
written for login_matrix.py.
"""

import collections
import json
import pathlib
import re
import subprocess
import sys
import time

from login_answer import NO_ANSWER, Answer, plain

SAME = "the same bytes as for a wrong password"


class Visit:
    """One client at one server."""

    def __init__(self, client, transport, folder, base, program, command):
        self.name, self.transport, self.folder, self.program = client, transport, pathlib.Path(folder), program
        self.users = {path.name: dict(zip(("brukernavn", "passord", "orgnr"), path.read_text(encoding="utf-8").split("\n")))
                      for path in self.folder.joinpath("logins").iterdir()}
        asked = json.loads(pathlib.Path(__file__).with_name("questions.json").read_text(encoding="utf-8"))["questions"]
        of = {question["operation"]: question for question in reversed(asked) if "feilkode" not in question}
        self.employer, self.person = of["hentAntallArbeidstakere"], of["hentArbeidstaker"]
        self.client = subprocess.Popen([*command, base], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.kept, self.broken, self.refusal = collections.Counter(), collections.Counter(), None

    def ask(self, question=None, **asked):
        asked["question"] = question or self.employer
        self.client.stdin.write(json.dumps(asked).encode() + b"\n")
        self.client.stdin.flush()
        line = self.client.stdout.readline()
        if not line:
            sys.exit(f"login: {self.name} came to an end before its time")
        return Answer(asked, json.loads(line))

    def end(self):
        """Fails when the client does, also after its last answer."""
        self.client.stdin.close()
        return self.client.wait()

    def check(self, letter, promise, answer, outcome, *more):
        """One promise: the answer's outcome, and pairs of what else was expected and seen."""
        pairs = [(outcome, answer.outcome), *more, *(("nothing wrong", problem) for problem in answer.wrong)]
        unlike = [pair for pair in pairs if pair[0] != pair[1]]
        (self.broken if unlike else self.kept)[letter] += 1
        print(f"{self.name}, {self.transport}, {letter}: {promise}: {'NO' if unlike else 'yes'}", flush=True)
        for expected, seen in unlike:
            print(f"    expected: {expected}\n    seen:     {seen}", flush=True)

    def refused(self, letter, promise, answer):
        """A bad login: the fault of the first of them, byte for byte."""
        self.refusal = self.refusal or answer.received
        self.check(letter, promise, answer, "ugyldigBruker",
                   (SAME, SAME if answer.received == self.refusal else "other bytes"),
                   ("Client", plain(answer.fault.get("code", ""))),
                   ("a faultstring", "a faultstring" if answer.fault.get("string") else "none"))

    def a_credentials(self):
        first = self.ask(header=brukersesjon(self.users["bruker"]))
        self.check("a", "user name and password are let in, and the answer brings a sesjonsid", first, "komplett")
        if not first.sesjonsid:
            sys.exit(f"login: {self.name} is not let in at all")
        return first.sesjonsid

    def b_session(self, sesjonsid):
        alone = {"sesjonsid": sesjonsid}
        both = alone | credentials(self.users["bruker"])
        for promise, block in (("the sesjonsid alone is let in", alone), ("and once more", alone),
                               ("the sesjonsid with credentials beside it is let in", both)):
            answer = self.ask(header={"Brukersesjon": block})
            self.check("b", promise + ", and comes back", answer, "komplett", same_session(sesjonsid, answer))

    def c_case(self):
        user = self.users["bruker"]
        for promise, other in ("upper", str.upper), ("lower", str.lower):
            answer = self.ask(header=brukersesjon(user | {"brukernavn": other(user["brukernavn"])}))
            self.check("c", f"the user name in {promise} case is let in", answer, "komplett")
        small = self.ask(header=brukersesjon(lower(self.users["gammel"])))
        self.check("c", "and of a legacy login a password in small letters that is one of capitals", small, "komplett")

    def d_refused(self):
        user = self.users["bruker"]
        self.refused("d", "a wrong password is refused", self.ask(header=brukersesjon(wrong(user))))
        self.refused("d", "the password in small letters is refused", self.ask(header=brukersesjon(lower(user))))
        unknown = user | {"brukernavn": "ingen." + user["brukernavn"]}
        self.refused("d", "an unknown user is refused", self.ask(header=brukersesjon(unknown)))
        self.refused("d", "nobody is refused", self.ask())

    def e_spoiled_session(self, sesjonsid):
        seconds, rest = sesjonsid.split(".", 1)
        spoiled = f"{int(seconds) + 1}.{rest}"
        signed, _, signature = sesjonsid.partition("#")
        other = f"{signed}#{'B' if signature[0] == 'A' else 'A'}{signature[1:]}"
        for promise, block in ("a second longer", spoiled), ("with another signature", other):
            answer = self.ask(header={"Brukersesjon": {"sesjonsid": block}})
            self.check("e", f"a sesjonsid {promise} is refused", answer, "sesjonUtloept")
        again = self.ask(header=brukersesjon(self.users["bruker"]))
        self.check("e", "and the same with credentials is let in", again, "komplett")
        again = self.ask(header={"Brukersesjon": {"sesjonsid": spoiled} | credentials(self.users["bruker"])})
        self.check("e", "also with both, and has a new one", again, "komplett",
                   ("another sesjonsid", "the same" if again.sesjonsid == spoiled else "another sesjonsid"))

    def f_rights(self):
        few, all_of_them = brukersesjon(self.users["smal"]), brukersesjon(self.users["bruker"])
        self.check("f", "a login with few rights is let in", self.ask(header=few), "komplett")
        self.check("f", "and one with all rights to more", self.ask(self.person, header=all_of_them), "komplett")
        denied = self.ask(self.person, header=few)
        found = re.search(r"\b[a-z]{12}\b", denied.fault.get("feilmelding", ""))
        self.check("f", "what it has no right to is refused, with a reference that is in the audit log", denied, "ikkeTilgang",
                   ("a row in the log", self.logged(found[0] if found else "no reference", "produkt hentArbeidstaker")))

    def logged(self, reference, right):
        """Whether the audit log has one row with that reference, which says that the consumer lacks that right."""
        rows = subprocess.run([self.program, "logg", "search", "--logg", self.folder / "logg", "--avslag",
                               "--konsument", self.users["smal"]["orgnr"]], stdout=subprocess.PIPE, check=True).stdout.decode()
        found = [row for row in rows.splitlines() if reference in row.split() and row.endswith(f"  lacks {right}")]
        return "a row in the log" if len(found) == 1 else f"{len(found)} rows in the log"

    def g_carriers(self):
        # A digest says the second in which it was made: that has to be one in which the server ran from its beginning.
        time.sleep(1)
        for promise, user, carrier in (("WS-Security with the password", "bruker", text),
                                       ("WS-Security with a digest", "digest", digest), ("HTTP Basic", "bruker", basic)):
            user = self.users[user]
            self.check("g", f"{promise} is let in", self.ask(**carrier(user)), "komplett")
            self.refused("g", f"{promise}, a wrong one, is refused", self.ask(**carrier(wrong(user))))
        self.refused("g", "a digest for who has none is refused", self.ask(**digest(self.users["bruker"])))

    def h_certificates(self):
        for promise, pem in (("organizationIdentifier", "kunde"), ("serialNumber", "kunde_serie")):
            answer = self.ask(certificate=self.pem(pem))
            self.check("h", f"a certificate with the organisation number as {promise} is let in", answer, "komplett")
        self.refused("h", "without a certificate is refused", self.ask())
        self.refused("h", "a certificate of nobody's number is refused", self.ask(certificate=self.pem("ukjent")))
        other = self.ask(certificate=self.pem("kunde"), header=brukersesjon(self.users["smal"]))
        self.refused("h", "a certificate with another's password is refused", other)
        if self.name == "curl":
            self.check("h", "a certificate that another signed comes to nothing", self.ask(certificate=self.pem("fremmed")),
                       NO_ANSWER)

    def pem(self, name):
        return str(self.folder / f"{name}.pem")


def credentials(user):
    return {"distribusjonskanal": "PTP", "systemnavn": "interop", "brukernavn": user["brukernavn"], "passord": user["passord"]}


def brukersesjon(user):
    return {"Brukersesjon": credentials(user)}


def text(user):
    return {"wsse": user | {"digest": False}}


def digest(user):
    return {"wsse": user | {"digest": True}}


def basic(user):
    return {"basic": user}


def wrong(user):
    return user | {"passord": user["passord"] + "x"}


def lower(user):
    return user | {"passord": user["passord"].lower()}


def same_session(sesjonsid, answer):
    return "the same sesjonsid", "the same sesjonsid" if answer.sesjonsid == sesjonsid else "another one"


def main(client, transport, folder, base, program, summary, *command):
    visit = Visit(client, transport, folder, base, program, command)
    sesjonsid = visit.a_credentials()
    visit.b_session(sesjonsid)
    visit.c_case()
    visit.d_refused()
    visit.e_spoiled_session(sesjonsid)
    visit.f_rights()
    if client != "curl":  # it has no words for WS-Security
        visit.g_carriers()
    if transport == "TLS":
        visit.h_certificates()
    ended = visit.end()
    with open(summary, "w", encoding="utf-8") as row:
        json.dump({"client": client, "transport": transport, "kept": visit.kept, "broken": visit.broken}, row)
    return ended != 0 or bool(visit.broken)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
