"""Asks with curl what login.py tells it: a question a line comes in, a line goes out with what lxml read in the answer.
Of the ways to log in it knows the header blocks and a client certificate. An answer that never came, since the
connection was not let up, is a record with refused alone."""

import json
import subprocess
import sys

from curl_client import PATHS, address_in, ask, curl

REFUSED = {35, 55, 56}  # curl's exit codes for a handshake that failed and a connection that was ended, by TLS 1.2 or 1.3


def main(base):
    for line in sys.stdin:
        asked = json.loads(line)
        certificate = ["--cert", asked["certificate"]] if "certificate" in asked else []
        try:
            address = address_in(curl(*certificate, base + PATHS["flat"]))
            record, _ = ask(address, asked["question"], asked.get("header", {}), *certificate)
        except subprocess.CalledProcessError as failed:
            if failed.returncode not in REFUSED:
                raise
            record = {"refused": failed.returncode}
        print(json.dumps(record), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
