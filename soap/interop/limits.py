"""What clients cannot do by a fault of their own. limits.json lists it, one object for each limit:

    client  the client's name
    cannot  one of KINDS
    why     what is wrong in the client
    works   what of the thing works nevertheless

A limit excuses exactly one thing, and only while it is seen: a client that can do the thing after all, or fails at it
in another way, is not right, and neither is one that never came to show its limit.
"""

import collections
import json
import pathlib

KINDS = {
    "fault_detail": "read the detail of a fault",
    "answer_header": "read the header of an answer",
    "children_namespace": "send the question's children in no namespace",
    "header_children_namespace": "send the children of a header block in no namespace",
    "types_from_wsdl": "make a question of the WSDL alone",
}


class Limits:
    """The limits of one client."""

    def __init__(self, client):
        listed = json.loads(pathlib.Path(__file__).with_name("limits.json").read_text(encoding="utf-8"))
        self.listed = {limit["cannot"]: limit for limit in listed if limit["client"] == client}
        self.right, self.wrong, self.seen = collections.Counter(), collections.Counter(), collections.Counter()

    def judge(self, kind, wrong, unable):
        """What is wrong, of a client that was to do a thing of this kind: wrong says what is wrong with what it did,
        unable whether that is what a client does which is not able to."""
        if kind not in self.listed:
            (self.wrong if wrong else self.right)[kind] += 1
            return wrong
        if unable:
            self.seen[kind] += 1
            return []
        return wrong or [f"a limit that is no longer true: the client can {KINDS[kind]}"]

    def unseen(self):
        """What limits the client never came to show."""
        return [f"a limit that was never seen: that the client cannot {KINDS[kind]}" for kind in self.listed
                if not self.seen[kind]]

    def can(self, kind):
        """Whether the client did this, and always rightly."""
        return self.right[kind] > 0 and not self.wrong[kind]
