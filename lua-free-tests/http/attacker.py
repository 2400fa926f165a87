#!/usr/bin/python3
#
# Copyright (C) The RFL authors
#
# attacker.py: somebody who may ask rfl-keyd like a worker, and read and write
# index Redis.  Opens what a name leads to, and puts forged records in its
# place.  Written from schema/layout.md and schema/record.cddl.
#
# Reads one JSON object from standard input, prints one:
#
#     keyd      socket of rfl-keyd         (not for "open" with "keys")
#     index     socket of index Redis      (not for "open" with "dump")
#     user, password                       of somebody who may write
#     op        "keys": what rfl-keyd tells; "open": records of a name;
#               "forge": replace the records of a name
#     name      the name asked for
#     keys      an answer of "keys" to use instead of asking
#     dump      {hex key: hex value} to read instead of Redis
#               "manifest": replace the manifest
#               "counts": lists of the name are "count" long, they say
#     forgery   see FORGERIES
#     complete  what the manifest says: 1, or 0 of an index that is half built
#     cap       and how long lists may be; 64 if not given
#     seeds     hex seeds of signing keys, where a forgery takes them
#     society   another society's id

import json
import os
import socket
import struct
import sys

import cbor2
from nacl import bindings

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                "..", "unit"))

import vectors  # noqa: E402
from vectors import BLOCK, blake2b, seal, u16, u64  # noqa: E402

ORDER = 2**252 + 27742317777372353535851937790883648493


class Resp:
    def __init__(self, path):
        self.s = socket.socket(socket.AF_UNIX)
        self.s.settimeout(10)
        self.s.connect(path)
        self.f = self.s.makefile("rb")

    def cmd(self, *args):
        args = [a.encode() if isinstance(a, str) else a for a in args]
        self.s.sendall(b"*%d\r\n" % len(args)
                       + b"".join(b"$%d\r\n%s\r\n" % (len(a), a)
                                  for a in args))
        return self.reply()

    def reply(self):
        line = self.f.readline()[:-2]
        kind, rest = line[:1], line[1:]

        if kind == b"-":
            raise RuntimeError(rest.decode())
        if kind in b"+:":
            return rest
        if rest == b"-1":
            return None
        if kind == b"$":
            return self.f.read(int(rest) + 2)[:-2]

        return [self.reply() for _ in range(int(rest))]


class Index:
    def __init__(self, ask):
        self.dump = ask.get("dump")

        if self.dump is None:
            self.redis = Resp(ask["index"])
            if "user" in ask:
                self.redis.cmd("AUTH", ask["user"], ask["password"])

    def get(self, epoch, key):
        if self.dump is None:
            return self.redis.cmd("HGET", b"e:%d" % epoch, key)

        value = self.dump.get(key.hex())
        return None if value is None else bytes.fromhex(value)

    def set(self, epoch, key, value):
        self.redis.cmd("HSET", b"e:%d" % epoch, key, value)


def unseal(key, nonce, aad, sealed):
    try:
        return bindings.crypto_aead_chacha20poly1305_ietf_decrypt(
            sealed, aad, nonce, key)
    except Exception:
        return None


def keys(ask):
    if "keys" in ask:
        return ask["keys"]

    keyd = Resp(ask["keyd"])
    ts = []

    # all that a search may look at

    for how in ("fine", "wide"):
        answer = keyd.cmd("KEYS", how, ask["name"])
        finer = keyd.cmd("FINER", answer[28:44], b"\xff" * 128, how,
                         ask["name"])

        for answer in answer, finer:
            version, _, n, epoch, start, end = struct.unpack_from("<BBHQqq",
                                                                  answer)
            manifest = answer[44:108]
            ts += [answer[110 + 66 * i:174 + 66 * i].hex() for i in range(n)]

    return {"version": version, "epoch": epoch, "start": start, "end": end,
            "manifest": manifest.hex(), "keys": ts}


def label(t, slot):
    return vectors.label({"t": t, "slot": slot})["label"]


def block_id(key, i):
    return blake2b(128, key, bytes([i]), "rfl.v1.block----")


def open_element(index, epoch, t, slot):
    name = label(t, slot)
    value = index.get(epoch, name)

    if value is None or len(value) != 124:
        return None

    plain = unseal(t[32:], struct.pack("<I", slot)[:3] + value[:9],
                   b"rfl.v2.element" + u64(epoch), value[9:])

    if plain is None:
        return None

    return {"t": t, "slot": slot, "label": name, "key": plain[:32],
            "id": block_id(plain[:32], 0), "hint": plain[32:96],
            "count": struct.unpack_from("<H", plain, 96)[0],
            "blocks": plain[98]}


def elements(index, answer):
    for t in map(bytes.fromhex, answer["keys"]):
        first = open_element(index, answer["epoch"], t, 0)

        if first is None or first["blocks"] == 0:
            continue

        yield first

        for slot in range(1, first["count"]):
            element = open_element(index, answer["epoch"], t, slot)
            if element:
                yield element


def open_record(index, epoch, e):
    plain = b""

    for i in range(e["blocks"]):
        ident = block_id(e["key"], i)
        value = index.get(epoch, ident)

        if value is None:
            return None

        aad = b"rfl.v2.block" + u64(epoch) + bytes([e["blocks"]])
        part = unseal(e["key"], bytes([i]).ljust(12, b"\0"), aad, value)

        if part is None:
            return None

        plain += part

    size = struct.unpack_from("<H", plain)[0]
    return plain[2:2 + size]


def write_record(index, epoch, plain):
    plain = u16(len(plain)) + plain
    blocks = -(-len(plain) // BLOCK)
    plain = plain.ljust(blocks * BLOCK, b"\0")
    key = os.urandom(32)

    for i in range(blocks):
        ident = block_id(key, i)
        aad = b"rfl.v2.block" + u64(epoch) + bytes([blocks])
        index.set(epoch, ident, seal(key, bytes([i]).ljust(12, b"\0"), aad,
                                     plain[i * BLOCK:(i + 1) * BLOCK]))

    return key, blocks


def write_element(index, epoch, e):
    sealed = vectors.element(dict(e, epoch=epoch, random=os.urandom(9)))
    index.set(epoch, e["label"], sealed["sealed"])


def sign(seed, day, fields):
    pk, sk = bindings.crypto_sign_seed_keypair(seed)
    message = b"rfl.v1.approval" + struct.pack("<i", day) + fields
    ident = blake2b(128, b"", pk, "rfl.v1.keyid----")[:8]
    return [ident, day, bindings.crypto_sign(message, sk)[:64]]


# each forgery: the exact bytes and the approvals of a record in, the same out

def keep(ask, fields, approvals):
    return fields, approvals


def change(key, value):
    def f(ask, fields, approvals):
        entry = cbor2.loads(fields)
        entry[key] = value(ask, entry.get(key))
        return cbor2.dumps(entry, canonical=True), approvals
    return f


def resign(how):
    def f(ask, fields, approvals):
        fields, approvals = how(ask, fields, approvals)
        day = approvals[0][1]
        return fields, [sign(bytes.fromhex(s), day, fields)
                        for s in ask["seeds"]]
    return f


def strange(ask, fields, approvals):
    return fields, [sign(os.urandom(32), a[1], fields) for a in approvals]


def stolen_ids(ask, fields, approvals):
    return fields, [[a[0]] + sign(os.urandom(32), a[1], fields)[1:]
                    for a in approvals]


def high_s(ask, fields, approvals):
    out = []

    for ident, day, sig in approvals:
        s = int.from_bytes(sig[32:], "little") + ORDER
        out.append([ident, day, sig[:32] + s.to_bytes(32, "little")])

    return fields, out


FORGERIES = {
    "nothing": keep,                      # only other keys and nonces
    "signed anew": resign(keep),
    "unknown keys": strange,
    "ids of moderators, other keys": stolen_ids,
    "no approval": lambda ask, f, a: (f, []),
    "one approval": lambda ask, f, a: (f, a[:1]),
    "one approval twice": lambda ask, f, a: (f, [a[0], a[0]]),
    "approvals of another day": lambda ask, f, a:
        (f, [[x[0], x[1] - 1, x[2]] for x in a]),
    "S not below the order": high_s,
    "a longer life": change(13, lambda ask, v: v + 86400),
    "another name": change(3, lambda ask, v: [ask["name"] + " Forged"]),
    "another society": change(5, lambda ask, v: ask["society"]),
    "another kind": change(2, lambda ask, v: 3 - v),
    "another society, signed": resign(
        change(5, lambda ask, v: ask["society"])),
    "an unknown field, signed": resign(change(99, lambda ask, v: "x")),
    "ended, signed": resign(change(13, lambda ask, v: ask["time"])),
    "not begun, signed": resign(change(12, lambda ask, v: ask["time"])),
    "trailing bytes": lambda ask, f, a: (f + b"\0", a),
    "no record": lambda ask, f, a: (None, None),
}


def forge(ask):
    answer = keys(ask)
    index = Index(ask)
    epoch = answer["epoch"]
    written = {}
    n = 0

    for e in list(elements(index, answer)):
        if e["id"] not in written:
            record = open_record(index, epoch, e)
            if record is None:
                continue

            fields, approvals = FORGERIES[ask["forgery"]](
                ask, *cbor2.loads(record))
            plain = b"\xff" if fields is None else cbor2.dumps(
                [fields, approvals], canonical=True)

            written[e["id"]] = write_record(index, epoch, plain)

        e["key"], e["blocks"] = written[e["id"]]
        write_element(index, epoch, e)
        n += 1

    return {"elements": n, "records": len(written)}


def open_all(ask):
    answer = keys(ask)
    index = Index(ask)
    records = {}
    found = []

    for e in elements(index, answer):
        found.append({"label": e["label"].hex(), "id": e["id"].hex(),
                      "blocks": [block_id(e["key"], i).hex()
                                 for i in range(e["blocks"])]})
        record = open_record(index, answer["epoch"], e)

        if record is not None:
            entry = cbor2.loads(cbor2.loads(record)[0])
            records[e["id"].hex()] = {
                "names": [x if isinstance(x, str) else x[0]
                          for x in entry[3]],
                "society": entry[5], "not_after": entry[13]}

    return {"elements": found, "records": list(records.values()),
            "manifest": label(bytes.fromhex(answer["manifest"]), 0).hex()}


# another manifest in the place of the one that is there

def manifest(ask):
    answer = keys(ask)
    t = bytes.fromhex(answer["manifest"])
    made = vectors.manifest({
        "t": t, "epoch": answer["epoch"], "random": os.urandom(9),
        "as_of": int(ask["time"]), "entries": 1, "cap": ask.get("cap", 64),
        "complete": ask["complete"]})

    Index(ask).set(answer["epoch"], label(t, 0), made["sealed"])

    return {}


# lists that say how long they are, whatever is in them

def counts(ask):
    answer = keys(ask)
    index = Index(ask)
    first = [e for e in elements(index, answer) if e["slot"] == 0]

    for e in first:
        write_element(index, answer["epoch"], dict(e, count=ask["count"]))

    return {"elements": len(first)}


OPS = {"keys": keys, "open": open_all, "forge": forge, "manifest": manifest,
       "counts": counts}


def main():
    ask = json.load(sys.stdin)
    json.dump(OPS[ask["op"]](ask), sys.stdout)


main()
