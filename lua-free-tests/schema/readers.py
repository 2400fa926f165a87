#!/usr/bin/python3

# Copyright (C) The RFL authors
#
# readers.py: the JSON Schemas and the readers in C agree (S-120): a table of
# good and bad texts goes through both.  Texts of the third kind are well by
# the schema but refused by the reader, for what a schema cannot say; each
# schema names these in its description.

import base64
import copy
import json
import sys

import jsonschema

from lib.reads import done, ok, reads, start


def b64(n, fill=0):
    return base64.b64encode(bytes([fill]) * n).decode()


def b64_key():
    """the base point of Ed25519, which is a good public key"""
    return base64.b64encode(b"\x58" + b"\x66" * 31).decode()


def b64_box_key():
    """the base point of X25519, likewise"""
    return base64.b64encode(b"\x09" + bytes(31)).decode()


ENTRY = {
    "id": "A-17", "kind": "looking",
    "names": ["Amina Hassan", {"full": "أمينة حسن", "given": "أمينة",
                               "family": "حسن"}],
    "event": "flood-2026", "society": "northland", "age_class": "adult",
    "age_band": "30-39", "sex": "f", "origin": "SO-BN",
    "relation": "sister", "birth_year": 1990, "country": "SO",
    "father": "Hassan", "mother": "Halima", "grandfather": "Yusuf",
    "confirmed_on": "2026-11-20", "not_before": "2026-11-21T00:00:00Z",
    "not_after": "2027-05-01T00:00:00Z",
    "consent": {"class": "searchable", "date": "2026-11-20", "policy": 3},
    "ref": "7ZK2-9QHM-4T1B-XW8C", "salt": b64(16), "hide": b64(32),
    "approvals": [{"key": "0011223344556677", "day": "2026-11-22",
                   "sig": b64(64)}],
}

POLICY = {
    "version": 1, "adult_age": 18, "approvals": 2, "cap": 256,
    "epoch_days": 1,
    "events": [{"id": "flood-2026", "names": {"en": "Flood", "ar": "فيضان"},
                "show": ["age_band", "sex", "origin", "relation", "status"],
                "gate": "name", "max_days": 180}],
}

TRUST = {
    "societies": [{
        "id": "northland", "names": {"en": "Northland"},
        "address": {"en": "1 Street"}, "hours": {"en": "9-17"},
        "phone": "+00 12 (345) 67-89", "url": "https://north.example/rfl",
        "not_before": "2026-01-01", "not_after": "2030-12-31",
        "keys": [{"public": b64_key(), "not_before": "2026-01-01",
                  "not_after": "2027-12-31", "revoked": False}],
        "root": b64_key(),
        "inbox_keys": [{"public": b64_box_key(), "not_before": "2026-11-01",
                        "not_after": "2027-01-02", "signature": b64(64),
                        "retired": False}],
    }],
}

STAFF = {
    "societies": ["northland"],
    "one_approver": False,
    "revoked": ["ab" * 32],
    "moderators": [
        {"id": "amina", "name": "Amina", "role": "moderator",
         "not_before": "2026-01-01", "not_after": "2027-12-31",
         "certificates": ["01" * 32, ":".join(["C2"] * 32)],
         "public": b64_key(), "languages": ["en", "ar"]},
        {"id": "carla", "name": "Carla", "role": "auditor",
         "not_before": "2026-01-01", "not_after": "2027-12-31",
         "certificates": ["03" * 32]},
    ],
}

OUT = object()                     # takes the member out


def change(good, path, value):
    text = copy.deepcopy(good)
    at = text
    for step in path[:-1]:
        at = at[step]
    if value is OUT:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    return text


def members(value, path=()):
    """every member of every object, by path"""
    if isinstance(value, dict):
        for name, child in value.items():
            yield path + (name,)
            yield from members(child, path + (name,))
    elif isinstance(value, list):
        for i, child in enumerate(value):
            yield from members(child, path + (i,))


def objects(value, path=()):
    if isinstance(value, dict):
        yield path
        for name, child in value.items():
            yield from objects(child, path + (name,))
    elif isinstance(value, list):
        for i, child in enumerate(value):
            yield from objects(child, path + (i,))


# (path, value): None is a value like others

GOOD = {
    "entry": [
        (("kind",), "alive"), (("names",), ["王"]), (("names",), ["x"] * 6),
        (("names",), ["x" * 256]), (("names", 0), " Amina\tHassan "),
        (("names", 0), {"full": "A", "given": "B", "family": "C"}),
        (("id",), "a.example/17#~"), (("id",), "x" * 64), (("sex",), "x"),
        (("age_band",), "80+"), (("origin",), "SY"), (("origin",), "GB-ENG"),
        (("origin",), "FR-2"), (("relation",), "other_relative"),
        (("status",), "will_contact"), (("age_class",), "minor"),
        (("age_class",), "unknown"), (("birth_year",), 1850),
        (("birth_year",), 2200), (("event",), "a"), (("event",), "x" * 32),
        (("confirmed_on",), "2028-02-29"), (("confirmed_on",), "1970-01-01"),
        (("not_after",), "9999-12-31T23:59:59Z"),
        (("consent", "class"), "match-only"),
        (("consent", "policy"), 1000000),
        (("approvals",), [ENTRY["approvals"][0]] * 2),
        (("not_before",), OUT), (("hide",), OUT), (("approvals",), OUT),
    ],
    "policy": [
        (("adult_age",), 30), (("approvals",), 1), (("cap",), 4096),
        (("cap",), 8), (("epoch_days",), 7), (("version",), 1000000),
        (("events", 0, "show"), []), (("events", 0, "gate"), "fact"),
        (("events", 0, "gate"), "closed"), (("events", 0, "max_days"), 731),
        (("events", 0, "names"), {"zh-Hans": "x", "es-419": "y"}),
        (("events", 0, "names", "en"), "x" * 200),
    ],
    "trust": [
        (("societies", 0, "phone"), "112"),
        (("societies", 0, "phone"), "1" * 40),
        (("societies", 0, "keys"), []),
        (("societies", 0, "url"), "https://a.example/?a=b&c=%20#d"),
        (("societies", 0, "keys", 0, "revoked"), True),
        (("societies", 0, "not_before"), OUT),
        (("societies", 0, "id"), "hide-1"),
        (("societies", 0, "inbox_keys"), []),
        (("societies", 0, "inbox_keys", 0, "retired"), True),
        (("societies", 0, "inbox_keys", 0, "not_before"), "2027-01-02"),
    ],
    "staff": [
        (("one_approver",), True), (("revoked",), []),
        (("revoked",), ["01" * 32]),
        (("societies",), ["northland", "southland"]),
        (("moderators", 0, "role"), "coordinator"),
        (("moderators", 0, "name"), "x" * 80),
        (("moderators", 0, "id"), "x" * 32),
        (("moderators", 0, "certificates"), ["04" * 32]),
        (("moderators", 0, "languages"), ["zh-Hans"]),
        (("moderators", 0, "languages"), OUT),
    ],
}

BAD = {
    "entry": [
        (("kind",), "any"), (("kind",), ""), (("kind",), 1),
        (("kind",), None), (("names",), []), (("names",), ["x"] * 7),
        (("names",), "Amina"), (("names", 0), ""), (("names", 0), 1),
        (("names", 0), None), (("names", 0), "x" * 257),
        (("names", 0), "A\u0001"), (("names", 0), "A\u009f"),
        (("names", 1, "given"), ""), (("names", 1, "family"), None),
        (("id",), ""), (("id",), "a b"), (("id",), 'a"'), (("id",), "a\\"),
        (("id",), "é"), (("id",), "x" * 65), (("id",), 17),
        (("ref",), "7zk2-9qhm-4t1b-xw8c"), (("ref",), "7ZK29QHM4T1BXW8C"),
        (("ref",), "7ZK2-9QHM-4T1B-XW8I"), (("salt",), b64(15)),
        (("salt",), b64(16)[:-2]), (("hide",), b64(31)), (("hide",), ""),
        (("event",), "A"), (("event",), ""), (("event",), "x" * 33),
        (("event",), "a_b"), (("society",), None), (("age_class",), ""),
        (("age_class",), "child"), (("age_band",), "0-17"),
        (("age_band",), ""), (("age_band",), 1), (("sex",), "female"),
        (("origin",), "sy"), (("origin",), "SYR"), (("origin",), "SY-"),
        (("origin",), "SY-ABCD"), (("origin",), "SY-hl"),
        (("relation",), "enemy"), (("status",), "injured"),
        (("birth_year",), 1849), (("birth_year",), 2201),
        (("birth_year",), "1990"), (("birth_year",), 1990.5),
        (("birth_year",), True), (("birth_year",), None),
        (("birth_year",), 10 ** 18), (("country",), "SO-BN"),
        (("country",), ""), (("father",), ""), (("father",), ["x"]),
        (("confirmed_on",), "2026-13-01"), (("confirmed_on",), "2026-00-10"),
        (("confirmed_on",), "2026-1-1"), (("confirmed_on",), "1969-12-31"),
        (("confirmed_on",), "2026-11-20T00:00:00Z"),
        (("confirmed_on",), 20779), (("not_before",), "2026-11-21"),
        (("not_after",), "2026-11-21T24:00:00Z"),
        (("not_after",), "2026-11-21T00:00:60Z"),
        (("not_after",), "2026-11-21T00:00:00+00:00"),
        (("not_after",), "2026-11-21 00:00:00Z"), (("not_after",), None),
        (("consent",), True), (("consent", "class"), "listed"),
        (("consent", "policy"), 0), (("consent", "policy"), 1000001),
        (("consent", "date"), ""), (("approvals",), []),
        (("approvals",), [ENTRY["approvals"][0]] * 3),
        (("approvals", 0, "key"), "00112233445566"),
        (("approvals", 0, "key"), "AABBCCDDEEFF0011"),
        (("approvals", 0, "sig"), b64(63)), (("approvals", 0, "day"), 1),
        (("ref",), OUT), (("salt",), OUT),
    ],
    "policy": [
        (("version",), 0), (("version",), "1"), (("version",), 1000001),
        (("adult_age",), 17), (("adult_age",), 31), (("approvals",), 0),
        (("approvals",), 3), (("cap",), 7), (("cap",), 4097),
        (("epoch_days",), 0), (("epoch_days",), 8), (("events",), []),
        (("events",), {}), (("events", 0, "id"), "Flood"),
        (("events", 0, "names"), {}), (("events", 0, "names"), "Flood"),
        (("events", 0, "names"), {"EN": "x"}),
        (("events", 0, "names"), {"en_GB": "x"}),
        (("events", 0, "names"), {"e": "x"}),
        (("events", 0, "names", "en"), ""),
        (("events", 0, "names", "en"), "x" * 201),
        (("events", 0, "names", "en"), {"x": "y"}),
        (("events", 0, "show"), ["name"]),
        (("events", 0, "show"), ["sex", "sex"]),
        (("events", 0, "show"), "sex"), (("events", 0, "gate"), "open"),
        (("events", 0, "max_days"), 0), (("events", 0, "max_days"), 732),
    ],
    "trust": [
        (("societies",), []), (("societies", 0, "id"), ""),
        (("societies", 0, "phone"), ""), (("societies", 0, "phone"), "12"),
        (("societies", 0, "phone"), "call"),
        (("societies", 0, "phone"), "1" * 41),
        (("societies", 0, "url"), "http://a.example"),
        (("societies", 0, "url"), "https://"),
        (("societies", 0, "url"), "https://a b"),
        (("societies", 0, "url"), "https://a\"b"),
        (("societies", 0, "url"), "https://a<b"),
        (("societies", 0, "url"), "https://é.example"),
        (("societies", 0, "not_after"), "soon"),
        (("societies", 0, "keys"), None),
        (("societies", 0, "keys", 0, "public"), b64(31, 9)),
        (("societies", 0, "keys", 0, "public"), b64_key()[:-1]),
        (("societies", 0, "keys", 0, "revoked"), 1),
        (("societies", 0, "keys", 0, "not_before"), OUT),
        (("societies", 0, "id"), "hide"),
        (("societies", 0, "root"), ""),
        (("societies", 0, "root"), b64(31)),
        (("societies", 0, "root"), None),
        (("societies", 0, "root"), OUT),
        (("societies", 0, "inbox_keys"), {}),
        (("societies", 0, "inbox_keys", 0, "public"), b64(31, 9)),
        (("societies", 0, "inbox_keys", 0, "signature"), b64(63)),
        (("societies", 0, "inbox_keys", 0, "signature"), OUT),
        (("societies", 0, "inbox_keys", 0, "not_after"), OUT),
        (("societies", 0, "inbox_keys", 0, "retired"), 1),
    ],
    "staff": [
        (("societies",), []), (("societies",), ["North"]),
        (("societies",), ["northland"] * 2), (("one_approver",), 1),
        (("revoked",), ["ab" * 31]), (("revoked",), "ab" * 32),
        (("password",), "x"), (("moderators",), []),
        (("moderators", 0, "password"), "x"),
        (("moderators", 0, "id"), ""), (("moderators", 0, "id"), "x" * 33),
        (("moderators", 0, "id"), "Amina"), (("moderators", 0, "id"), "desk"),
        (("moderators", 0, "id"), "rflctl"),
        (("moderators", 0, "id"), "office"),
        (("moderators", 0, "name"), ""), (("moderators", 0, "name"), "x" * 81),
        (("moderators", 0, "role"), "admin"), (("moderators", 0, "role"), ""),
        (("moderators", 0, "not_before"), "soon"),
        (("moderators", 0, "certificates"), []),
        (("moderators", 0, "certificates"), ["0g" * 32]),
        (("moderators", 0, "certificates"), ["01" * 33]),
        (("moderators", 0, "certificates"),
         ["%02x" % i * 32 for i in range(16, 21)]),
        (("moderators", 0, "public"), b64(31, 9)),
        (("moderators", 0, "public"), OUT),
        (("moderators", 1, "public"), b64_key()),
        (("moderators", 0, "languages"), []),
        (("moderators", 0, "languages"), ["x" * 17]),
    ],
}

READER_ONLY = {
    "entry": [
        (("confirmed_on",), "2026-02-30"), (("confirmed_on",), "2026-02-29"),
        (("not_after",), "2027-06-31T00:00:00Z"), (("names", 0), "   "),
        (("names", 0), "\u200e\u200f"), (("birth_year",), 1990.0),
    ],
    "policy": [
        (("events",), [POLICY["events"][0]] * 2),
        (("version",), 1.0),
    ],
    "trust": [
        (("societies", 0, "keys", 0, "public"), b64(32)),
        (("societies", 0, "keys", 0, "not_after"), "2025-12-31"),
        (("societies", 0, "not_after"), "2025-12-31"),
        (("societies", 0, "keys"), [TRUST["societies"][0]["keys"][0]] * 2),
        (("societies",), TRUST["societies"] * 2),
        (("societies", 0, "root"), b64(32)),
        (("societies", 0, "inbox_keys", 0, "public"), b64(32)),
        (("societies", 0, "inbox_keys", 0, "not_after"), "2026-10-31"),
        (("societies", 0, "inbox_keys", 0, "not_after"), "2027-01-03"),
        (("societies", 0, "inbox_keys"),
         TRUST["societies"][0]["inbox_keys"] * 2),
    ],
    "staff": [
        (("moderators", 1, "id"), "amina"),
        (("moderators", 1, "certificates"), ["01" * 32]),
        (("moderators", 0, "not_after"), "2025-12-31"),
    ],
}

# what must never be published, by the names it may come under (S-120)

NEVER = """phone email address shelter camp location place gps lat lon
birth_date date_of_birth age document passport case_number tracing_number note
notes text message description comment health injury detained dead ethnicity
religion language nationality rank unit photo photo_url seeker author staff
moderator name full_name created_at updated_at ip x-y $comment _id""".split()


def main():
    start()

    for what, good in (("entry", ENTRY), ("policy", POLICY),
                       ("trust", TRUST), ("staff", STAFF)):
        run(what, good)

    return done()


def run(what, good):
    with open("schema/%s.schema.json" % what, encoding="utf-8") as f:
        schema = json.load(f)

    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)

    required = optional = 0
    cases = [("good", "the good one", good, True, True)]

    for path, value in GOOD[what]:
        cases.append(("good", "%s: %r" % (path, value),
                      change(good, path, value), True, True))

    for path, value in BAD[what]:
        cases.append(("bad", "%s: %r" % (path, value),
                      change(good, path, value), False, False))

    for path, value in READER_ONLY[what]:
        cases.append(("reader only", "%s: %r" % (path, value),
                      change(good, path, value), True, False))

    for path in objects(good) if what != "staff" else ():
        closed = "names" not in path[-1:] \
            and path[-1:] not in (("address",), ("hours",))
        if closed or what == "entry":
            for name in NEVER:
                cases.append(("S-120", "%s: %s" % (path, name),
                              change(good, path + (name,), "x"), False,
                              False))

    first = len(cases)

    for path in members(good):
        cases.append(("left out", str(path), change(good, path, OUT), None,
                      None))

    texts = [json.dumps(c[2], ensure_ascii=False).encode() for c in cases]
    answers = reads(texts, what)
    ok(len(answers) == len(cases), "%s: an answer to each" % what)

    for i, (kind, name, text, by_schema, by_reader) in enumerate(cases):
        schema_ok = validator.is_valid(text)
        reader_ok = answers[i] == "ok"

        if i >= first:
            ok(schema_ok == reader_ok, "%s: left out: %s: %s" %
               (what, name, answers[i]))
            required += not reader_ok
            optional += reader_ok
            continue

        ok(schema_ok == by_schema, "%s: schema: %s: %s" % (what, kind, name))
        ok(reader_ok == by_reader, "%s: reader: %s: %s: %s" %
           (what, kind, name, answers[i]))

    ok(required > 2 and optional > 2,
       "%s: control: some members are required, some are not" % what)

    # nothing in the schema is open

    ok(closed_schema(schema), "%s: S-120: every object is closed" % what)

    # and the schema lists no member that the good one does not show

    names = set(p[-1] for p in members(good) if isinstance(p[-1], str))
    listed = set(listed_members(schema))
    extra = {"status"} if what == "entry" else set()
    ok(listed - extra <= names, "%s: every member is tried: %s" %
       (what, sorted(listed - extra - names)))


def closed_schema(schema):
    if isinstance(schema, dict):
        if schema.get("type") == "object" \
                and schema.get("additionalProperties", True) is True:
            return False
        return all(closed_schema(v) for v in schema.values())
    if isinstance(schema, list):
        return all(closed_schema(v) for v in schema)
    return True


def listed_members(schema):
    if isinstance(schema, dict):
        if isinstance(schema.get("properties"), dict) \
                and "type" in schema:
            yield from schema["properties"]
        for value in schema.values():
            yield from listed_members(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from listed_members(value)


sys.exit(main())
