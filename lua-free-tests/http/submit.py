#!/usr/bin/python3

# Copyright (C) The RFL authors

"""submit.py PUBLIC: sealed boxes as the public site makes them, by a second
implementation.  Reads JSON from standard input, an array of objects such as

    {"form": "alive", "lang": "ar", "society": "northland", "id": HEX,
     "ref": HEX, "code": HEX, "answers": {"name": "...", "adult": "yes"}}

and writes one box in hex a line."""

import base64
import hashlib
import json
import os
import sys
import time

import cbor2
from nacl.public import PublicKey, SealedBox

PLAIN = 8192

forms = 'alive looking message withdraw report'.split()

fields = ('adult name name_other father mother birth_year age sex country '
          'place phone email reach talk consent show status event relation '
          'tie last_when last_where sender message wish code why '
          'words').split()

lists = {
    'adult': 'yes no unknown',
    'consent': 'match_only searchable',
    'wish': 'hide renew',
    'why': 'me danger child false other',
    'sex': 'm f x',
    'status': 'safe family_safe looking_for_family contact_office '
              'will_contact',
    'relation': 'mother father sister brother daughter son wife husband '
                'grandmother grandfather aunt uncle cousin friend '
                'other_relative',
}

shows = {'age_band': 2, 'sex': 4, 'origin': 8, 'status': 16}

public = base64.b64decode(sys.argv[1])
key_id = hashlib.blake2b(public, digest_size=16,
                         person=b'rfl.v1.boxkeyid-').digest()[:8]
box = SealedBox(PublicKey(public))


def value(name, answer):
    if name == 'show':
        return sum(shows[word] for word in answer)

    if isinstance(answer, int):
        return answer

    if name in lists:
        return lists[name].split().index(answer) + 1

    return answer


for ask in json.load(sys.stdin):
    submission = {
        0: 1,
        1: forms.index(ask['form']) + 1,
        2: bytes.fromhex(ask.get('id') or os.urandom(16).hex()),
        3: int(time.time()) // 86400 - ask.get('days_ago', 0),
        4: ask.get('lang', 'en'),
        5: ask.get('society', 'northland'),
        8: {fields.index(name) + 1: value(name, answer)
            for name, answer in ask['answers'].items()},
    }

    if 'ref' in ask:
        submission[6] = bytes.fromhex(ask['ref'])

    if 'code' in ask:
        submission[7] = hashlib.blake2b(bytes.fromhex(ask['code']),
                                        digest_size=32,
                                        person=b'rfl.v1.hidecode-').digest()

    cbor = cbor2.dumps(submission, canonical=True)
    plain = len(cbor).to_bytes(4, 'little') + cbor
    plain += bytes(PLAIN - len(plain))
    print((b'\1' + key_id + box.encrypt(plain)).hex())
