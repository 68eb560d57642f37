"""Prints what each SOAP client could, of the summaries that judge.py wrote and the versions that the clients told. A
client is complete when the judge found no fault with it and no limit of it is listed: it loaded the contract in both
forms, asked all six operations, every leaf that it read is the wire's, it read a fault with its detail, sent the
header blocks, and read those of the answer. Under WSDL stands yes, or what alone the client takes of it: curl, which is no
SOAP client, the address. Usage: FOLDER MINIMUM CLIENT...; it fails when fewer than MINIMUM are complete, or when one has
a fault."""

import json
import pathlib
import sys

from limits import KINDS

COLUMNS = ["client", "WSDL flat", "split", "operations", "leaves", "compared", "fault detail", "header", "answer's header",
           "verdict"]


def row(folder, client):
    """The client's cells, and its limits."""
    judged = folder.joinpath(f"{client}.json")
    if not judged.exists():
        return [client] + ["?"] * (len(COLUMNS) - 2) + ["FAILED: it did not come to an end"], []
    version = folder.joinpath(f"{client}.out").read_text(encoding="utf-8").splitlines()[-1]
    of = json.loads(judged.read_text(encoding="utf-8"))
    verdict = "complete"
    if of["limits"]:
        verdict = "partial: cannot " + ", nor ".join(KINDS[limit["cannot"]] for limit in of["limits"])
    if of["faults"]:
        verdict = f"FAILED: {of['faults']} faults"
    yes = {key: "yes" if of[key] else "no" for key in ("fault_detail", "header", "answer_header")}
    operations, leaves = ("{} of {}".format(*of[key]) for key in ("operations", "leaves"))
    return [version, of["flat"], of["split"], operations, leaves, str(of["compared"]),
            yes["fault_detail"], yes["header"], yes["answer_header"], verdict], of["limits"]


def main(folder, minimum, *clients):
    rows, limits = zip(*(row(pathlib.Path(folder), client) for client in clients))
    table = [COLUMNS, *rows]
    widths = [max(len(cells[i]) for cells in table) for i in range(len(COLUMNS) - 1)]
    for cells in table:
        print("  ".join(cell.ljust(width) for cell, width in zip(cells, widths)), cells[-1], sep="  ")
    for limit in (limit for of in limits for limit in of):
        print(f"\n{limit['client']} cannot {KINDS[limit['cannot']]}")
        print(f"  why: {limit['why']}\n  what works: {limit['works']}")
    verdicts = [cells[-1] for cells in rows]
    complete, failed = verdicts.count("complete"), sum(verdict.startswith("FAILED") for verdict in verdicts)
    print(f"\n{len(rows)} clients: {complete} complete, {len(rows) - complete - failed} partial, {failed} failed; "
          f"at least {minimum} are to be complete")
    return failed > 0 or complete < int(minimum)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
