#!/usr/bin/python3

# Copyright (C) The RFL authors

"""schema/openapi.yaml agrees with itself and with the sources.

    openapi.py                  tests, as TAP
    openapi.py answers < lines  each line is a status, a tab and an answer:
                                those that do not fit are printed, status 1
"""

import json
import os
import re
import sys

import jsonschema
import yaml

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), '../..')

with open(os.path.join(TOP, 'schema/openapi.yaml'), encoding='utf-8') as f:
    API = yaml.safe_load(f)

SCHEMAS = API['components']['schemas']
POST = API['paths']['/search']['post']


def inlined(node):
    """Schemas without "#/components/..." references."""

    if isinstance(node, dict):
        if '$ref' in node:
            return inlined(resolve(node['$ref']))
        return {k: inlined(v) for k, v in node.items()}

    if isinstance(node, list):
        return [inlined(v) for v in node]

    return node


def resolve(ref):
    node = API

    for step in ref.removeprefix('#/').split('/'):
        node = node[step]

    return node


def faults(schema, value):
    validator = jsonschema.Draft202012Validator(
        inlined(schema), format_checker=jsonschema.FormatChecker())

    return [e.message for e in validator.iter_errors(value)]


def body(status):
    """The schema of an answer with that status, or None."""

    response = POST['responses'].get(status)

    if response is None:
        return None

    if '$ref' in response:
        response = resolve(response['$ref'])

    return next(iter(response['content'].values()))


def refs(node):
    if isinstance(node, dict):
        for key, value in node.items():
            if key == '$ref':
                yield value
            else:
                yield from refs(value)

    elif isinstance(node, list):
        for value in node:
            yield from refs(value)


def source(path, table):
    """The strings of a table in a C source, without the empty one."""

    with open(os.path.join(TOP, path), encoding='utf-8') as f:
        text = re.search(r'\b' + table + r'\[[^\]]*\] = \{(.*?)\n\};',
                         f.read(), re.S)[1]

    return [s for s in re.findall(r'(?:rfl|ngx)_string\("([^"]*)"\)', text)
            if s]


def answers(lines):
    bad = 0

    for line in lines:
        status, text = line.rstrip('\n').split('\t', 1)
        media = body(status)
        found = ['no such status'] if media is None \
            else faults(media['schema'], json.loads(text))

        for fault in found:
            print(f'{status} {text.strip()}: {fault}')

        bad += bool(found)

    return bad != 0


def main():
    if sys.argv[1:] == ['answers']:
        return answers(sys.stdin)

    results = []

    def ok(condition, name):
        results.append(bool(condition))
        print(f'{"" if condition else "not "}ok {len(results)} - {name}')

    def same(got, expected, name):
        ok(got == expected, name)

        if got != expected:
            print(f'# got {got}\n# expected {expected}')

    same(API['openapi'], '3.1.0', 'OpenAPI 3.1')

    for ref in sorted(set(refs(API))):
        try:
            resolve(ref)
            ok(True, f'{ref} is there')
        except KeyError:
            ok(False, f'{ref} is there')

    for name, schema in SCHEMAS.items():
        try:
            jsonschema.Draft202012Validator.check_schema(inlined(schema))
            ok(True, f'{name} is a schema')
        except jsonschema.SchemaError as e:
            ok(False, f'{name} is a schema: {e.message}')

    media = POST['requestBody']['content']['application/json']
    examples = [('question', n, media['schema'], e['value'])
                for n, e in media['examples'].items()]

    for status in POST['responses']:
        media = body(status)
        examples += [(status, n, media['schema'], e['value'])
                     for n, e in media.get('examples', {}).items()]

    for kind, name, schema, value in examples:
        same(faults(schema, value), [], f'example {kind} {name}')

    ok(faults(SCHEMAS['Question'], {'name': 'x', 'colour': 'red'}),
       'an unknown member is refused')
    ok(faults(SCHEMAS['Answer'], {'results': [{}], 'refine': None,
                                  'index_as_of': None}),
       'an empty result is refused')

    result = SCHEMAS['Result']['properties']

    for member, table in (('age_band', 'rfl_age_bands'), ('sex', 'rfl_sexes'),
                          ('relation', 'rfl_relations'),
                          ('status', 'rfl_statuses')):
        same(result[member]['enum'], source('librfl/rfl_entry.c', table),
             f'{member} is {table}')

    same(SCHEMAS['Question']['properties']['kind']['enum'],
         source('librfl/rfl_entry.c', 'rfl_kinds'), 'kind is rfl_kinds')
    same(result['match']['properties']['reasons']['items']['enum'],
         source('librfl/rfl_name.c', 'rfl_why_names'),
         'reasons are rfl_why_names')

    with open(os.path.join(TOP, 'ngx_rfl_module/public/ngx_http_rfl_api.c'),
              encoding='utf-8') as f:
        text = re.search(r'ngx_http_rfl_problems\[\] = \{(.*?)\n\};',
                         f.read(), re.S)[1]

    same(SCHEMAS['Problem']['properties']['type']['enum'],
         ['/problems/' + n for n in
          re.findall(r'\{ NGX_HTTP_\w+, "([a-z-]+)"', text)],
         'types are ngx_http_rfl_problems')

    print(f'1..{len(results)}')

    return not all(results)


if __name__ == '__main__':
    sys.exit(main())
