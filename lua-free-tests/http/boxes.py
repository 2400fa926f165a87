#!/usr/bin/python3

# Copyright (C) The RFL authors

"""boxes.py PUBLIC SOCIETY COUNT [FIRST [AGE]]: COUNT sealed boxes, one in hex
a line, made by a second implementation; submission number FIRST + i is always
of the same person and has the same id.  They were handed in AGE days ago."""

import base64
import hashlib
import sys
import time

import cbor2
from nacl.public import PublicKey, SealedBox

PLAIN = 8192

public = base64.b64decode(sys.argv[1])
society = sys.argv[2]
count = int(sys.argv[3])
first = int(sys.argv[4]) if len(sys.argv) > 4 else 0
age = int(sys.argv[5]) if len(sys.argv) > 5 else 0

key_id = hashlib.blake2b(public, digest_size=16,
                         person=b'rfl.v1.boxkeyid-').digest()[:8]
box = SealedBox(PublicKey(public))

for i in range(first, first + count):
    submission = {
        0: 1,
        1: 1,                                           # alive
        2: hashlib.sha256(b'%d' % i).digest()[:16],
        3: int(time.time()) // 86400 - age,
        4: 'ar',
        5: society,
        8: {1: 1, 2: 'Canary%d أمينة' % i, 11: '+00 555 %04d' % i},
    }
    cbor = cbor2.dumps(submission, canonical=True)
    plain = len(cbor).to_bytes(4, 'little') + cbor
    plain += bytes(PLAIN - len(plain))
    print((b'\1' + key_id + box.encrypt(plain)).hex())
