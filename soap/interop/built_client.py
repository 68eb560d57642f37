r"""Has a client built from the WSDL that the service gives out, as its own tools do it, lets it ask the service all
questions, and records what it made of each answer, for judge.py to compare. Usage: CLIENT FOLDER BASE QUESTIONS OUT,
where FOLDER is for what is built.

What is built is a program QUESTIONS ANSWERS that asks at the address in its WSDL, and prints its name and version. Both
files are lines of words with tabs between them. QUESTIONS has one line for each header block, if there are any, and one
for each question:

    header    Brukersesjon      distribusjonskanal  PTP             systemnavn  interop ...
    question  hentArbeidsgiver  spoil (or keep)     arbeidsgiverId  210001328 ...

ANSWERS has for each question a line, answer, or fault with faultcode and faultstring, and below it what the client's
own objects hold: a line for each leaf of the header and of the body, or of the fault's detail. A leaf without a text is
one that is empty to the client. In a text, backslash, tab, line feed and carriage return are \\, \t, \n and \r. Below
the answer to a question to spoil is a line spoiled, and the body once more, after the object lost a leaf.

    answer
    head  /Brukersesjon[1]/sesjonsid[1]  1749938400.0#...
    body  /statuskode[1]                 komplett
"""

import base64
import json
import pathlib
import re
import subprocess
import sys
import urllib.parse

from wire_proxy import WireProxy

HERE = pathlib.Path(__file__).resolve().parent
PATHS = {"flat": "/ws/NAV/Aareg2.pl?wsdl", "split": "/xml/NAV/Aareg2/2015-09-21/Aareg2.wsdl"}
ESCAPED = {"\\\\": "\\", "\\t": "\t", "\\n": "\n", "\\r": "\r"}


def jars(*names):
    """Debian's libraries of these names, as a class path."""
    return ":".join(f"/usr/share/java/{name}.jar" for name in names)


JAXWS = jars("jaxws-tools")  # names all the others that it needs
AXIS = jars("axis", "jaxrpc", "saaj", "wsdl4j", "commons-logging", "commons-discovery", "javax.activation",
            "javax.mail")
JAVAC = ["javac", "-nowarn", "-encoding", "UTF-8", "-sourcepath", ".", "-d", "."]
# Which class makes SOAP messages: without it every start warns that the name in the jar is an old one.
SAAJ = "-Djavax.xml.soap.SAAJMetaFactory=com.sun.xml.messaging.saaj.soap.SAAJMetaFactoryImpl"


def gsoap(wsdl, _):
    """wsdl2h and soapcpp2; -Et writes functions that walk the typed objects."""
    return [
        ["wsdl2h", "-c++11", "-W", "-t", HERE / "gsoap_typemap.dat", "-o", "aareg.h", wsdl],
        ["soapcpp2", "-c++11", "-1", "-C", "-L", "-j", "-Et", "-w", "-x", "aareg.h"],
        ["g++", "-std=c++11", "-I.", "-o", "client", HERE / "gsoap_client.c++", "soapC.cpp",
         "soapaareg2BindingProxy.cpp", "-lgsoap++"],
    ], ["./client"]


def jaxws(wsdl, _):
    """wsimport as it comes: the header blocks are no parameters."""
    return [
        ["java", "-cp", JAXWS, "com.sun.tools.ws.WsImport", "-quiet", "-Xnocompile", "-p", "aareg", wsdl],
        [*JAVAC, "-cp", JAXWS, HERE / "JaxwsClient.java"],
    ], ["java", SAAJ, "-cp", JAXWS + ":.", "JaxwsClient"]


def axis(wsdl, _):
    """WSDL2Java; -a writes the types of the header blocks too, -W one question and one answer per operation."""
    return [
        ["java", "-cp", AXIS, "org.apache.axis.wsdl.WSDL2Java", "-a", "-W", "-p", "aareg", "-o", ".", wsdl],
        [*JAVAC, "-cp", AXIS, HERE / "AxisClient.java"],
    ], ["java", "-cp", AXIS + ":.", "AxisClient"]


def mono(wsdl, _):
    """wsdl.exe of .NET 2.0, as Mono has it."""
    return [
        ["wsdl", "/nologo", "/namespace:aareg", "/out:Aareg.cs", wsdl],
        ["mcs", "-nowarn:0169,0414", "-r:System.Web.Services", "-out:client.exe", HERE / "MonoClient.cs", "Aareg.cs"],
    ], ["mono", "client.exe"]


def gowsdl(wsdl, folder):
    """gowsdl, whose bindings take the place of the project's. It races with itself, so it gets one thread; and it does
    not tell its client the address."""
    project, overlay = HERE.parents[1], folder / "overlay.json"
    bindings = {project / "wsdl/bindings/bindings.go": folder / "bindings/bindings.go"}
    overlay.write_text(json.dumps({"Replace": {str(old): str(new) for old, new in bindings.items()}}), encoding="utf-8")
    generate = ["go", "tool", "-C", project, "gowsdl", "-d", folder, "-p", "bindings", "-o", "bindings.go", wsdl]
    return [
        ["env", "GOMAXPROCS=1", *generate],
        ["go", "build", "-C", project, "-overlay", overlay, "-o", folder / "client", "./soap/interop"],
    ], ["./client", urllib.parse.urljoin(wsdl, "/ws/NAV/Aareg2.pl")]


CLIENTS = {"gsoap": gsoap, "jaxws": jaxws, "axis": axis, "mono": mono, "gowsdl": gowsdl}


def build(client, wsdl, folder):
    """Generates and compiles in an empty folder; returns the program's command."""
    folder.mkdir()
    commands, program = CLIENTS[client](wsdl, folder)
    for command in commands:
        done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode:
            sys.exit(f"{command[0]}: {done.stdout}")
    return program


def lines(asked, header):
    """What the program is to ask, as it reads it."""
    blocks = asked["header"] if header else {}
    words = [["header", block, *pairs(children)] for block, children in blocks.items()]
    words += [["question", q["operation"], "spoil" if q.get("sabotage") else "keep", *pairs(q["children"])]
              for q in asked["questions"]]
    return "".join("\t".join(line) + "\n" for line in words)


def pairs(children):
    return [word for pair in children.items() for word in pair]


def answers(text):
    """What the program wrote: a list of what it made of each answer, a spoiled one a dictionary of its own."""
    found = []
    for line in text.split("\n")[:-1]:
        kind, *words = [re.sub(r"\\.", lambda m: ESCAPED[m[0]], word) for word in line.split("\t")]
        if kind in ("head", "body"):
            found[-1][kind].append([words[0], words[1] if len(words) > 1 else None])
            continue
        found.append({"head": [], "body": []})
        if kind == "fault":
            found[-1]["fault"] = {"code": words[0], "string": words[1]}
        elif kind == "spoiled":
            found[-1]["sabotaged"] = True
        elif kind != "answer":
            sys.exit(f"a line begins with {kind!r}")
    return found


def ask(program, folder, asked, header, exchanges):
    """The records of all questions, asked with the header blocks or without them, and what the program printed."""
    (folder / "questions").write_text(lines(asked, header), encoding="utf-8")
    exchanges.clear()
    done = subprocess.run([*program, "questions", "answers"], cwd=folder, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"{program[0]}: ended with {done.returncode} after {len(exchanges)} questions")
    found = answers((folder / "answers").read_text(encoding="utf-8"))
    asked = [(q, sent, received) for q, (sent, received) in zip(asked["questions"], exchanges, strict=True)
             for _ in range(2 if q.get("sabotage") else 1)]
    records = [{"operation": q["operation"], "name": q["name"], "header": header, **answer,
                "sent": base64.b64encode(sent).decode(), "received": base64.b64encode(received).decode()}
               for (q, sent, received), answer in zip(asked, found, strict=True)]
    return records, done.stdout


def main(client, built, base, questions, out):
    asked = json.loads(pathlib.Path(questions).read_text(encoding="utf-8"))
    with WireProxy(base) as proxy, open(out, "w", encoding="utf-8") as records:
        for contract, path in PATHS.items():
            folder = pathlib.Path(built).resolve() / f"{client}_{contract}"
            program = build(client, proxy.address + path, folder)
            for header in (False, True):
                found, told = ask(program, folder, asked, header, proxy.exchanges)
                for record in found:
                    print(json.dumps(record | {"contract": contract}), file=records)
    print(told, end="")


if __name__ == "__main__":
    main(*sys.argv[1:])
