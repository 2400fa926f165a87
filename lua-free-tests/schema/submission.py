#!/usr/bin/python3

# Copyright (C) The RFL authors
#
# submission.py: what rfl_submission_decode() takes is what
# schema/submission.cddl says, by the judgement of another CBOR library, and
# what rfl_submission_print() makes of it is what schema/submission.schema.json
# says: each question, each value of each closed list, each limit.

import base64
import json
import re
import sys

import cbor2
import jsonschema

from lib.reads import cddl_list, done, ok, reads, start


def questions(cddl):
    """[(2, "line<120>", "name"), ...] of the map of answers"""
    body = re.search(r"^answers = \{(.*?)^\}", cddl, re.S | re.M).group(1)
    found = []
    for line in body.splitlines():
        m = re.match(r"\s+\? (\d+) => (.+?),?\s*(?:; *([a-z_]+).*)?$", line)
        if m:
            found.append((int(m.group(1)), m.group(2).rstrip(","),
                          m.group(3)))
    return found


# which form asks what, as far as the tests below need one that does

FORM = {"adult": 1, "consent": 1, "show": 1, "status": 1, "relation": 2,
        "tie": 2, "last_when": 2, "last_where": 2, "sender": 2, "message": 3,
        "wish": 4, "code": 4, "why": 5, "words": 5, "reach": 1, "talk": 1}


def decode(texts):
    return [json.loads(bytes.fromhex(line[3:])) if line.startswith("ok ")
            else None for line in reads(texts, "submission")]


def submission(form, answers, **more):
    members = {0: 1, 1: form, 2: bytes(range(16)), 3: 20779, 4: "ar",
               5: "northland"}
    members.update(more.get("members", {}))
    members = {k: v for k, v in members.items() if v is not None}
    members[8] = answers
    return cbor2.dumps(dict(sorted(members.items())))


def main():
    start()

    with open("schema/submission.cddl", encoding="utf-8") as f:
        cddl = f.read()
    with open("schema/record.cddl", encoding="utf-8") as f:
        record = f.read()
    with open("schema/submission.schema.json", encoding="utf-8") as f:
        schema = json.load(f)

    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    answers = schema["properties"]["answers"]["properties"]

    lists = {name: cddl_list(cddl, name)
             for name in ("adult", "consent", "wish", "why")}
    lists.update({name: cddl_list(record, name)
                  for name in ("sex", "status", "relation")})
    show = cddl_list(cddl, "show-bit")
    forms = cddl_list(cddl, "form")

    ok(list(forms) == schema["properties"]["form"]["enum"],
       "the forms are the same in CDDL and JSON Schema")

    # the questions, in the order of their numbers, are the schema's

    asked = questions(cddl)
    ok([n for n, _, _ in asked] == list(range(1, len(answers) + 1)),
       "every number is one question's")

    cases = []

    for (number, kind, _), name in zip(asked, answers):
        form = FORM.get(name, 1)
        m = re.match(r"(lines?)<(\d+)>", kind)

        if m:
            lines, most = m.group(1) == "lines", int(m.group(2))
            for text, good in (
                    ("x", True), ("x" * most, True), ("\u1000" * most, True),
                    ("\U00010d00" * most, True), ("x" * (most + 1), False),
                    ("", False), (" x", False), ("x ", False),
                    ("x  y", False), ("x\u202ey", False), ("x\u0001y", False),
                    ("x\u200cy", True), ("x\r\ny", False), ("x\ny", lines),
                    ("x\n\ny", lines), ("x\n\n\ny", False), ("x \ny", False),
                    ("x\n", False)):
                cases.append((name, form, number, text,
                              text if good else None))
            for bad in (1, b"x", ["x"], None, True):
                cases.append((name, form, number, bad, None))
            ok(answers[name].get("maxLength") == most,
               "%s: at most %d in both" % (name, most))

        elif name in lists:
            for word, n in lists[name].items():
                cases.append((name, form, number, n, word))
            ok(answers[name]["enum"] == list(lists[name]),
               "%s: the same list in both" % name)
            for bad in (0, len(lists[name]) + 1, -1, "x", 1000):
                cases.append((name, form, number, bad, None))

        elif name == "show":
            for n in range(33):
                words = [w for w, bit in show.items() if n & bit]
                good = n != 0 and n % 2 == 0 and n < 32
                cases.append((name, form, number, n, words if good else None))

        elif name == "country":
            for text in ("SY", "GB"):
                cases.append((name, form, number, text, text))
            for text in ("sy", "S", "SYR", "", "S1"):
                cases.append((name, form, number, text, None))

        elif name == "event":
            for text in ("flood-2026", "x" * 32):
                cases.append((name, form, number, text, text))
            for text in ("Flood", "", "x" * 33, "a b"):
                cases.append((name, form, number, text, None))

        else:
            ok(False, "%s: nothing tries it" % name)

    texts = [submission(form, {number: value})
             for _, form, number, value, _ in cases]

    for (name, _, _, value, expected), got in zip(cases, decode(texts)):
        shown = repr(value)[:40]
        if expected is None:
            ok(got is None, "%s: refused: %s" % (name, shown))
        else:
            ok(got is not None and got["answers"] == {name: expected}
               and validator.is_valid(got), "%s: %s" % (name, shown))

    # around the answers

    around = [
        ("a full one", {6: bytes(10), 7: bytes(range(32))}, True),
        ("as a fresh hidden field", {3: None, 4: None, 5: None}, True),
        ("day 0", {3: 0}, False), ("a day before", {3: -1}, False),
        ("the last day", {3: 2932896}, True),
        ("a day more", {3: 2932897}, False),
        ("a form too many", {1: 6}, False), ("no form", {1: 0}, False),
        ("a short id", {2: bytes(15)}, False),
        ("an id of text", {2: "x" * 16}, False),
        ("version 2", {0: 2}, False), ("no version", {0: None}, False),
        ("an empty language", {4: ""}, False),
        ("a long language", {4: "x" * 17}, False),
        ("no language", {4: "a/b"}, False),
        ("no society", {5: "North"}, False),
        ("a short ref", {6: bytes(9)}, False),
        ("a short hash", {7: bytes(31)}, False),
        ("a member more", {9: 1}, False),
    ]

    got = decode([submission(1, {1: 1}, members=m) for _, m, _ in around])

    for (name, _, good), json_text in zip(around, got):
        ok((json_text is not None) == good
           and (not good or validator.is_valid(json_text)), name)

    ok(got[0]["entry"] == "0000-0000-0000-0000"
       and base64.b64decode(got[0]["hide"]) == bytes(range(32))
       and got[0]["id"] == bytes(range(16)).hex()
       and got[0]["day"] == "2026-11-22" and got[0]["lang"] == "ar"
       and got[0]["society"] == "northland" and got[0]["form"] == "alive",
       "what is around the answers comes through")

    # another form of the same

    good = submission(1, {1: 1, 2: "Amina"})
    other = [
        ("control", good, True),
        ("an answer out of order", submission(1, {2: "Amina", 1: 1}), False),
        ("a number longer than it need be",
         good.replace(b"\x08\xa2\x01\x01", b"\x08\xa2\x01\x18\x01"), False),
        ("a map without length",
         good.replace(b"\x08\xa2", b"\x08\xbf") + b"\xff", False),
        ("a tag", b"\xd9\xd9\xf7" + good, False),
        ("an answer that the form does not ask for",
         submission(1, {27: 1}), False),
        ("a question that nobody asks", submission(1, {29: 1}), False),
        ("question 0", submission(1, {0: 1}), False),
        ("a byte behind it", good + b"\x00", False),
        ("two of them", good + good, False),
    ]

    for (name, _, good), json_text in zip(other,
                                          decode([t for _, t, _ in other])):
        ok((json_text is not None) == good, name)

    return done()


sys.exit(main())
