#!/usr/bin/python3
#
# Copyright (C) The RFL authors
#
# inbox.py: a society's office, for tests: makes its root and inbox keys, and
# opens what visitors sent.  Written from schema/layout.md, "Inbox", and
# schema/submission.cddl.
#
# Reads one JSON object from standard input, prints one:
#
#     op        "keys": new ones; "open": boxes
#     society   its id
#     days      [not_before, not_after] as text
#     sign      false: the signature is of something else
#     secret    hex secret key, of "keys"
#     boxes     hex boxes

import base64
import datetime
import hashlib
import json
import struct
import sys

import cbor2
from nacl import bindings

ANSWERS = {
    1: "adult", 2: "name", 3: "name_other", 4: "father", 5: "mother",
    6: "birth_year", 7: "age", 8: "sex", 9: "country", 10: "place",
    11: "phone", 12: "email", 13: "reach", 14: "talk", 15: "consent",
    16: "show", 17: "status", 18: "event", 19: "relation", 20: "tie",
    21: "last_when", 22: "last_where", 23: "sender", 24: "message",
    25: "wish", 26: "code", 27: "why", 28: "words",
}

BOX = 8249
PLAIN = 8192


def b64(data):
    return base64.b64encode(data).decode()


def number(day):
    return (datetime.date.fromisoformat(day)
            - datetime.date(1970, 1, 1)).days


def keys(ask):
    root_public, root_secret = bindings.crypto_sign_keypair()
    public, secret = bindings.crypto_box_keypair()
    society = ask["society"].encode()
    first, last = ask["days"]

    signed = (b"rfl.v1.inboxkey" + bytes([len(society)]) + society + public
              + struct.pack("<ii", number(first), number(last)))

    if not ask.get("sign", True):
        signed += b"!"

    signature = bindings.crypto_sign(signed, root_secret)[:64]

    return {
        "root": b64(root_public),
        "inbox_keys": [{"public": b64(public), "not_before": first,
                        "not_after": last, "signature": b64(signature)}],
        "secret": secret.hex(),
    }


def key_id(public):
    return hashlib.blake2b(public, digest_size=16,
                           person=b"rfl.v1.boxkeyid-").digest()[:8]


def open_box(box, secret):
    public = bindings.crypto_scalarmult_base(secret)

    if len(box) != BOX:
        return {"error": "%d bytes" % len(box)}

    if box[0] != 1 or box[1:9] != key_id(public):
        return {"error": "version or key"}

    plain = bindings.crypto_box_seal_open(box[9:], public, secret)
    length = struct.unpack("<I", plain[:4])[0]

    if len(plain) != PLAIN or plain[4 + length:].strip(b"\0"):
        return {"error": "padding"}

    cbor = plain[4:4 + length]
    item = cbor2.loads(cbor)

    if cbor2.dumps(item, canonical=True) != cbor:
        return {"error": "not canonical"}

    return {
        "form": item[1], "id": item[2].hex(), "day": item.get(3),
        "lang": item.get(4), "society": item.get(5),
        "ref": item[6].hex() if 6 in item else None,
        "hide": item[7].hex() if 7 in item else None,
        "answers": {ANSWERS[k]: v for k, v in item[8].items()},
    }


def main():
    ask = json.load(sys.stdin)

    if ask["op"] == "keys":
        answer = keys(ask)
    else:
        secret = bytes.fromhex(ask["secret"])
        answer = [open_box(bytes.fromhex(box), secret)
                  for box in ask["boxes"]]

    json.dump(answer, sys.stdout)


main()
