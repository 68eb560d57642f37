"""Prints what each client could of logging in, of the summaries that login.py wrote: kept promises of all, for each check,
and - where a check is not made: curl has no words for WS-Security, and certificates need TLS. Usage: FOLDER CLIENT...; it
fails when a client has no summary, or broke a promise."""

import json
import pathlib
import sys

COLUMNS = {
    "a": "credentials", "b": "sesjonsid", "c": "case", "d": "refused", "e": "spoiled sesjonsid", "f": "rights, log",
    "g": "WS-Security, Basic", "h": "certificate",
}
TRANSPORTS = ["HTTP", "TLS"]


def row(folder, client, transport):
    """The client's cells; the last is the verdict."""
    judged = folder.joinpath(f"{client}.{transport}.json")
    if not judged.exists():
        return [client, transport] + ["?"] * len(COLUMNS) + ["FAILED: it did not come to an end"]
    of = json.loads(judged.read_text(encoding="utf-8"))
    cells = []
    for letter in COLUMNS:
        kept, broken = (of[key].get(letter, 0) for key in ("kept", "broken"))
        cells.append(f"{kept} of {kept + broken}" if kept + broken else "-")
    return [client, transport, *cells, "FAILED" if of["broken"] else "complete"]


def main(folder, *clients):
    rows = [row(pathlib.Path(folder), client, transport) for client in clients for transport in TRANSPORTS]
    table = [["client", "over", *COLUMNS.values(), "verdict"], *rows]
    widths = [max(len(cells[i]) for cells in table) for i in range(len(table[0]))]
    for cells in table:
        print("  ".join(cell.ljust(width) for cell, width in zip(cells, widths)).rstrip())
    return any(cells[-1] != "complete" for cells in rows)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
