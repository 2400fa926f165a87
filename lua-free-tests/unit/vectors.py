#!/usr/bin/python3
#
# Copyright (C) The RFL authors
#
# vectors.py, S-110: a second implementation of schema/layout.md, written from that
# page alone.  Recomputes every known answer of vectors.json and fails on any
# difference; output is TAP.  The C side is seal_test.c, which reads the same
# file.
#
#     vectors.py              check
#     vectors.py --write      make vectors.json anew, after a change of layout

import base64
import hashlib
import json
import os
import random
import struct
import sys

from nacl import bindings

import cbor2

FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                    "vectors.json")
BLOCK = 488


def blake2b(bits, key, data, personal):
    personal = personal.encode()
    assert len(personal) == 16
    return hashlib.blake2b(data, digest_size=bits // 8, key=key,
                           person=personal).digest()


def u16(n):
    return struct.pack("<H", n)


def u64(n):
    return struct.pack("<Q", n)


def seal(key, nonce, aad, plain):
    return bindings.crypto_aead_chacha20poly1305_ietf_encrypt(
        plain, aad, nonce, key)


# each function: what goes in, to what must come out

def prf(v):
    return {"t": blake2b(512, b"", v["secret"] + v["key"],
                         "rfl.v3.prf------")}


def label(v):
    if v["slot"] == 0:
        return {"label": v["t"][:16]}

    four, at = divmod(v["slot"] - 1, 4)
    labels = blake2b(512, b"", v["t"][16:32] + u16(four),
                     "rfl.v3.label----")
    return {"label": labels[16 * at:16 * at + 16]}


def slot(v, domain, plain, number):
    assert len(plain) == 99 and len(v["random"]) == 9
    nonce = struct.pack("<I", number)[:3] + v["random"]
    aad = domain + u64(v["epoch"])
    return {"sealed": v["random"] + seal(v["t"][32:], nonce, aad, plain)}


def element(v):
    plain = v["key"] + v["hint"] + u16(v["count"]) + bytes([v["blocks"]])
    return slot(v, b"rfl.v2.element", plain, v["slot"])


def manifest(v):
    plain = (struct.pack("<qIHB", v["as_of"], v["entries"], v["cap"],
                         v["complete"])).ljust(99, b"\0")
    return slot(v, b"rfl.v2.manifest", plain, 0)


def record(v):
    plain = u16(len(v["plain"])) + v["plain"]
    blocks = -(-len(plain) // BLOCK)
    plain = plain.ljust(blocks * BLOCK, b"\0")

    content = blake2b(256, b"", plain, "rfl.v1.content--")
    key = blake2b(256, v["secret"], content, "rfl.v1.record---")

    ids = []
    sealed = []

    for i in range(blocks):
        ident = blake2b(128, key, bytes([i]), "rfl.v1.block----")
        aad = b"rfl.v2.block" + u64(v["epoch"]) + bytes([blocks])
        ids.append(ident)
        sealed.append(seal(key, bytes([i]).ljust(12, b"\0"), aad,
                           plain[i * BLOCK:(i + 1) * BLOCK]))

    return {"key": key, "ids": ids, "blocks": sealed}


def approval(v):
    pk, sk = bindings.crypto_sign_seed_keypair(v["seed"])
    message = b"rfl.v1.approval" + struct.pack("<i", v["day"]) + v["fields"]
    return {
        "pk": pk,
        "key_id": blake2b(128, b"", pk, "rfl.v1.keyid----")[:8],
        "sig": bindings.crypto_sign(message, sk)[:64],
    }


def journal(v):
    """a line as it is written, and its hash, which the next one holds"""
    pk, sk = bindings.crypto_sign_seed_keypair(v["seed"])
    to_sign = hashlib.blake2b(b"rfl.v1.journal" + v["begin"],
                              digest_size=32).digest()
    sig = bindings.crypto_sign(to_sign, sk)[:64]
    line = v["begin"] + b',"sig":"' + base64.b64encode(sig) + b'"}'
    return {"pk": pk, "line": line,
            "hash": blake2b(256, b"", line, "rfl.v1.journal--")}


def facts(v):
    return {"commit": blake2b(256, b"", v["salt"] + v["cbor"],
                              "rfl.v1.facts----")}


def ticket(v):
    said = b"".join(u16(len(a)) + a for a in v["args"])
    return {"ticket": blake2b(128, v["secret"], said, "rfl.v2.ticket---")}


def answer(v):
    out = (bytes([3, 0]) + u16(len(v["keys"])) + u64(v["epoch"])
           + u64(v["start"]) + u64(v["end"]))
    out += v["ticket"] + prf({"secret": v["secret"], "key": b"M"})["t"]

    for key, unlikely in zip(v["keys"], v["unlikely"]):
        out += key[:1] + bytes([unlikely])
        out += prf({"secret": v["secret"], "key": key})["t"]

    return {"answer": out}


# the inbox

CHECK = "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U"


def crockford(number, digits):
    return "".join(CHECK[number >> 5 * i & 31]
                   for i in reversed(range(digits)))


def inbox_key(v):
    root, sk = bindings.crypto_sign_seed_keypair(v["seed"])
    message = (b"rfl.v1.inboxkey" + bytes([len(v["society"])]) + v["society"]
               + v["public"] + struct.pack("<ii", v["not_before"],
                                           v["not_after"]))
    return {
        "root": root,
        "key_id": blake2b(128, b"", v["public"], "rfl.v1.boxkeyid-")[:8],
        "sig": bindings.crypto_sign(message, sk)[:64],
    }


# A box has a key of its own in it: it is opened, not made again.  The file
# has some that the C side made, and some of ours.

def box(v):
    sk = v["secret"]
    pk = bindings.crypto_scalarmult_base(sk)
    data = v["box"]

    assert len(data) == 8249 and data[0] == 1
    assert data[1:9] == blake2b(128, b"", pk, "rfl.v1.boxkeyid-")[:8]

    plain = bindings.crypto_box_seal_open(data[9:], pk, sk)
    assert len(plain) == 8192

    size, = struct.unpack("<I", plain[:4])
    assert plain[4 + size:] == bytes(8188 - size)

    return {"cbor": plain[4:4 + size]}


def make_box(secret, cbor):
    pk = bindings.crypto_scalarmult_base(secret)
    plain = (struct.pack("<I", len(cbor)) + cbor).ljust(8192, b"\0")
    return (b"\1" + blake2b(128, b"", pk, "rfl.v1.boxkeyid-")[:8]
            + bindings.crypto_box_seal(plain, pk))


def hide(v):
    hidden = blake2b(256, b"", v["code"], "rfl.v1.hidecode-")
    number = int.from_bytes(v["code"], "big")
    text = crockford(number, 16)
    text = "-".join(text[i:i + 4] for i in range(0, 16, 4))
    return {
        "hide": hidden,
        "label": b"h:" + blake2b(128, b"", hidden, "rfl.v1.hidelabel"),
        "text": (text + "-" + CHECK[number % 37]).encode(),
    }


def receipt(v):
    number = int.from_bytes(v["id"][:6], "big") >> 3
    text = crockford(number, 9) + CHECK[number % 37]
    digits = "%014d%02d" % (number, 98 - number * 100 % 97)
    assert int(digits) % 97 == 1
    return {
        "text": (text[:5] + "-" + text[5:]).encode(),
        "digits": " ".join(digits[i:i + 4]
                           for i in range(0, 16, 4)).encode(),
    }


KINDS = {"prf": prf, "label": label, "element": element,
         "manifest": manifest, "record": record, "approval": approval,
         "facts": facts, "ticket": ticket, "answer": answer, "inbox_key": inbox_key,
         "box": box, "hide": hide, "receipt": receipt,
         "journal": journal}


# JSON has no bytes: every string of the file is hex

def from_json(x):
    if isinstance(x, str):
        return bytes.fromhex(x)

    if isinstance(x, list):
        return [from_json(y) for y in x]

    if isinstance(x, dict):
        return {k: from_json(y) for k, y in x.items()}

    return x


def to_json(x):
    if isinstance(x, bytes):
        return x.hex()

    if isinstance(x, list):
        return [to_json(y) for y in x]

    if isinstance(x, dict):
        return {k: to_json(y) for k, y in x.items()}

    return x


def inputs():
    r = random.Random(20261122)
    b = r.randbytes

    def t():
        return prf({"secret": b(32), "key": b(9)})["t"]

    out = {}

    out["prf"] = [{"secret": s, "key": k} for s, k in (
        (bytes(32), b"M"), (b(32), b"M"), (b(32), b"P" + b(12)),
        (b(32), b"F" + "ليلى".encode()), (b(32), b"T" + b(63)))]

    out["label"] = [{"t": t(), "slot": n} 
                    for n in (0, 1, 2, 4, 5, 255, 256, 4095)]

    out["element"] = [
        {"t": t(), "epoch": epoch, "slot": number, "random": b(9),
         "key": key, "hint": hint, "count": count, "blocks": blocks}
        for epoch, number, key, hint, count, blocks in (
            (1, 0, b(32), b(64), 1, 1),
            (2**40, 0, b(32), b(64), 256, 2),
            (20661, 4095, b(32), b(64), 0, 8),
            (20661, 0, bytes(32), bytes(64), 0, 0))]

    out["manifest"] = [
        {"t": t(), "epoch": epoch, "random": b(9),
         "as_of": as_of, "entries": entries, "cap": cap,
         "complete": complete}
        for epoch, as_of, entries, cap, complete in (
            (1, 1795334400, 0, 256, 1),
            (20661, 1795334461, 4000000000, 4096, 0))]

    out["record"] = [{"secret": b(32), "epoch": epoch, "plain": b(size)}
                     for epoch, size in ((1, 0), (20661, 300), (20661, 486),
                                         (20661, 487), (2**63 - 1, 1400),
                                         (3, 3902))]

    out["approval"] = [{"seed": b(32), "day": day, "fields": b(size)}
                       for day, size in ((0, 0), (20779, 310), (-1, 1),
                                         (2**31 - 1, 3902))]

    out["facts"] = [{"salt": b(16), "cbor": cbor2.dumps(f, canonical=True)}
                    for f in ({}, {1: 1987}, {1: 1987, 2: "SY", 3: "خالد"})]

    out["ticket"] = [{"secret": b(32), "args": args}
                     for args in ([b"fine", b"Amina Halabi"],
                                  [b"wide", "ليلى حلبي".encode(),
                                   b"birth_year", b"1987", b"country", b"SY"])]

    out["answer"] = [{"secret": b(32), "epoch": 20661, "start": 1795305600,
                      "end": 1795392000, "ticket": b(16), "keys": keys,
                      "unlikely": unlikely}
                     for keys, unlikely in (
                         ([], []),
                         ([b"P" + b(20), b"F" + b(10), b"T" + b(63)],
                          [0, 3, 15]))]

    x25519 = bindings.crypto_scalarmult_base

    out["inbox_key"] = [
        {"seed": b(32), "society": society, "public": x25519(b(32)),
         "not_before": first, "not_after": last}
        for society, first, last in ((b"northland", 20779, 20841),
                                     (b"a", 0, 0),
                                     (b"z" * 32, 2932830, 2932892))]

    out["box"] = []

    for size in (1, 300, 8188):
        secret = b(32)
        out["box"].append({"secret": secret,
                           "box": make_box(secret, b(size))})

    out["hide"] = [{"code": code}
                   for code in (bytes(10), b"\xff" * 10, b(10), b(10),
                                bytes(9) + bytes([36]))]

    out["receipt"] = [{"id": ident}
                      for ident in (bytes(16), b"\xff" * 16, b(16), b(16))]

    # a chain: each line has the hash of the one before

    out["journal"] = []
    seed, prev = b(32), bytes(32)

    for n, act in ((1, '"act":"arrive"'),
                   (2, '"act":"approve","item":"7ZK29-QHM4R","from":"new",'
                       '"to":"second","version":2'),
                   (3, '"act":"restart","why":"the disk failed"')):
        begin = '{"n":%d,"at":"2026-11-22T08:00:0%dZ","who":"amina",%s,' \
                '"prev":"%s"' % (n, n, act, base64.b64encode(prev).decode())
        out["journal"].append({"seed": seed, "begin": begin.encode()})
        prev = journal(out["journal"][-1])["hash"]

    return out


# boxes that the C side made, which stay when the file is made anew

def made_elsewhere():
    if not os.path.exists(FILE):
        return []

    with open(FILE) as f:
        return [v for v in from_json(json.load(f)).get("box", [])
                if "c" in v]


def write():
    out = {}

    for kind, vectors in inputs().items():
        out[kind] = [dict(v, **KINDS[kind](v)) for v in vectors]

    out["box"] += made_elsewhere()

    with open(FILE, "w") as f:
        json.dump(to_json(out), f, indent=1)
        f.write("\n")


def differs(kind, vector):
    got = KINDS[kind](vector)
    return [k for k in got if got[k] != vector[k]]


def check():
    n = 0
    failed = 0

    def ok(good, what):
        nonlocal n, failed
        n += 1
        failed += not good
        print("%sok %d - %s" % ("" if good else "not ", n, what))

    with open(FILE) as f:
        data = from_json(json.load(f))

    for kind in KINDS:
        for i, vector in enumerate(data[kind]):
            bad = differs(kind, vector)
            ok(not bad, "%s %d%s" % (kind, i, " differs in "
                                     + ", ".join(bad) if bad else ""))

    for kind, member in (("prf", "key"), ("label", "t"), ("element", "hint"),
                         ("record", "secret"), ("approval", "fields"),
                         ("facts", "salt"), ("ticket", "secret"),
                         ("answer", "secret"),
                         ("inbox_key", "public"), ("hide", "code"),
                         ("receipt", "id")):
        vector = dict(data[kind][1])
        vector[member] = vector[member][:-1] + bytes([vector[member][-1] ^ 1])

        # of T only T1 names labels, and its second half all but the first

        if kind == "label":
            vector[member] = vector[member][:16] \
                + bytes([vector[member][16] ^ 1]) + vector[member][17:]

        # the receipt is made of the first bytes

        if kind == "receipt":
            vector[member] = bytes([vector[member][0] ^ 1]) \
                + vector[member][1:]

        ok(differs(kind, vector), "control: %s sees one changed bit of its %s"
           % (kind, member))

    print("1..%d" % n)
    return failed != 0


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        write()
    elif sys.argv[1:]:
        sys.exit("usage: vectors.py [--write]")
    else:
        sys.exit(check())
