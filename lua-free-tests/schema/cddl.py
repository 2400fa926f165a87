#!/usr/bin/python3

# Copyright (C) The RFL authors
#
# cddl.py: the codec writes what schema/record.cddl says (S-120): each value
# of each closed list under its number, each member under its key, canonical
# by the judgement of another CBOR library; and the lists of record.cddl are
# those of entry.schema.json.

import base64
import datetime
import hashlib
import json
import re
import sys

import cbor2

from lib.reads import cddl_list, done, ok, reads, start

LISTS = {"kind": 2, "sex": 7, "age_band": 6, "relation": 9, "status": 10}


def entry(**members):
    line = {
        "id": "A-17", "kind": "looking", "names": ["Amina Hassan"],
        "event": "flood-2026", "society": "northland", "age_class": "adult",
        "confirmed_on": "2026-11-20", "not_before": "2026-11-21T00:00:00Z",
        "not_after": "2027-05-01T00:00:00Z",
        "consent": {"class": "searchable", "date": "2026-11-19", "policy": 3},
        "ref": "0000-0000-0000-0001", "salt": base64.b64encode(
            bytes(range(16))).decode(),
    }
    line.update(members)
    return line


def encode(lines):
    fields = []
    for line in reads([json.dumps(line).encode() for line in lines],
                      "fields"):
        if not line.startswith("ok "):
            raise SystemExit("Bail out! " + line)
        fields.append(bytes.fromhex(line[3:]))
    return fields


def day(text):
    return (datetime.date.fromisoformat(text)
            - datetime.date(1970, 1, 1)).days


def seconds(text):
    return int(datetime.datetime.fromisoformat(
        text.replace("Z", "+00:00")).timestamp())


def main():
    start()

    with open("schema/record.cddl", encoding="utf-8") as f:
        cddl = f.read()
    with open("schema/entry.schema.json", encoding="utf-8") as f:
        schema = json.load(f)

    lists = {}
    for name in LISTS:
        values = schema["properties"][name]["enum"]
        numbers = cddl_list(cddl, name)
        if name == "age_band":
            numbers = {"%s" % next(v for v in values
                                   if v.startswith(k[len("from-"):])): n
                       for k, n in numbers.items()}
        lists[name] = numbers
        ok(list(numbers) == values and
           list(numbers.values()) == list(range(1, len(values) + 1)),
           "%s: the same list in both, counted from 1" % name)

    cases = [(name, value) for name in LISTS for value in lists[name]]
    encoded = encode([entry(**{n: v}) for n, v in cases])

    for (name, value), fields in zip(cases, encoded):
        item = cbor2.loads(fields)
        ok(item[LISTS[name]] == lists[name][value],
           "%s: %s is %d" % (name, value, lists[name][value]))
        ok(cbor2.dumps(item, canonical=True) == fields,
           "%s: %s: canonical" % (name, value))

    full = entry(
        names=["Amina Hassan", {"full": "أمينة حسن", "family": "حسن"}],
        sex="f", age_band="30-39", origin="SO-BN", relation="sister",
        status="safe", hide=base64.b64encode(b"h" * 32).decode(),
        birth_year=1990, country="SO", father="Fff", mother="Mmm",
        grandfather="Ggg")
    fields = encode([full])[0]
    item = cbor2.loads(fields)

    keys = [int(k) for k in re.findall(r"^    \??\s*(\d+) =>",
                                       cddl.split("\nentry = {")[1]
                                       .split("}")[0], re.M)]
    ok(keys == list(range(19)), "record.cddl has members 0 to 18")
    ok(list(item) == keys, "a full entry has them all, in order")
    ok(cbor2.dumps(item, canonical=True) == fields, "canonical")

    ok(item[0] == 1, "version")
    ok(item[1] == b"\0" * 9 + b"\1", "ref")
    ok(item[3] == ["Amina Hassan", ["أمينة حسن", "", "حسن"]], "names")
    ok(item[4] == "flood-2026" and item[5] == "northland",
       "event and society")
    ok(item[8] == "SO-BN", "origin")
    ok(item[11] == day("2026-11-20"), "confirmed on")
    ok(item[12] == seconds("2026-11-21T00:00:00Z"), "not before")
    ok(item[13] == seconds("2027-05-01T00:00:00Z"), "not after")
    ok(item[14] == 1 and item[15] == day("2026-11-19") and item[16] == 3,
       "consent")
    ok(item[18] == b"h" * 32, "hide")

    # the commitment, made here once more

    facts = cbor2.dumps({0: 1990, 1: "SO", 2: "Fff", 3: "Mmm", 4: "Ggg"},
                        canonical=True)
    ok(item[17] == hashlib.blake2b(facts, digest_size=32,
                                   key=bytes(range(16)),
                                   person=b"rfl.v1.facts----").digest(),
       "commitment to the second facts")

    for secret in (b"Fff", b"Mmm", b"Ggg", b"A-17"):
        ok(secret not in fields, "%s is not in it" % secret.decode())

    return done()


sys.exit(main())
