"""The leaves of an XML element, and how those that a client handed over differ from them. The judge reads with expat, as
suds, pysimplesoap and SOAP::Lite do; all other clients have another parser."""

import collections
import sys

NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"


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
