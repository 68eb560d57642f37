"""Asks with zeep what login.py tells it: a question a line comes in, a line goes out with what zeep made of the answer.
Each question loads the contract anew, without any password."""

import json
import sys

import zeep
from zeep.wsse.username import UsernameToken

from zeep_client import PATHS, Wire, ask, login


def client_for(base, asked):
    """A client that logs in as the question says, beside what its header blocks say."""
    token = None
    if wsse := asked.get("wsse"):
        token = UsernameToken(wsse["brukernavn"], wsse["passord"], use_digest=wsse["digest"])
    transport = Wire()
    transport.session.cert = asked.get("certificate")  # it is shown when a connection is opened, so for the contract, too
    client = zeep.Client(base + PATHS["flat"], transport=transport, wsse=token)
    transport.session.auth = login(asked)
    return client


def main(base):
    for line in sys.stdin:
        asked = json.loads(line)
        record, _ = ask(client_for(base, asked), asked["question"], asked.get("header"))
        print(json.dumps(record), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
