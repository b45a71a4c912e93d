# SPDX-License-Identifier: EUPL-1.2
"""What the tests of paper share: running the programs, TAP, and the text of a document in two ways."""
import json
import os
import subprocess
import sys

from check_pdf import Fault, check, need

PROGRAM = os.environ['KANTAPOLKU']
MAKE_DOC = os.path.join(os.environ['TEST_BUILDDIR'], 'tests/paper/make_doc')
LANGUAGES = os.environ['TEST_LANGUAGES'].split() + ['en']
TODAY = '2026-11-22'


def run(*args, **more):
    return subprocess.run(args, check=True, stdout=subprocess.PIPE, **more).stdout


def printed(plan, document, form, lang):
    return run(PROGRAM, 'print', plan, document, '--format', form, '--lang', lang, '--today', TODAY)


def made(doc, form):
    return run(MAKE_DOC, form, input=json.dumps(doc).encode())


def squeeze(text):
    return ''.join(text.replace('\u00ad', '').split())


def tagged_texts(tags):
    """What the tags say in reading order, without the table of contents and the marks of lists."""
    out = []
    for kind, where, text, alt in tags:
        if where == 'TOC' or kind == 'TOC':
            if out and out[-1][0] == 'H2' and kind == 'Link' and not out[-1][2]:
                out.pop()
                out.append(('', '', True))
            continue
        if kind == 'Lbl' and text in ('\u2022', ''):
            continue
        out.append((kind, text, False))
    return squeeze(''.join(text for _, text, _ in out))


def block_texts(block):
    """The texts of a block of the JSON document, and how much the page may add behind them."""
    texts = [block.get('label'), block.get('text'), block.get('note')]
    texts += block.get('columns', []) + [cell for row in block.get('rows', []) for cell in row]
    more = {'signature': 120, 'gantt': 10 ** 6}.get(block['kind'], 0)
    return [squeeze(text or '') for text in texts], more


def on_paper(doc):
    """The blocks, without the heading of contents in place: on paper they have a place and a heading of their own."""
    blocks = doc['blocks']
    return [block for block, after in zip(blocks, blocks[1:] + [{'kind': ''}])
            if not (block['kind'] == 'section' and after['kind'] == 'contents')]


def compare(tags, doc):
    """Every text of the document stands in the tags, in order, and nothing else does."""
    said, at, extra = tagged_texts(tags), 0, 0
    for block in on_paper(doc):
        texts, more = block_texts(block)
        for text in texts:
            found = said.find(text, at)
            need(at <= found <= at + extra, f'"{text[:60]}" is not read after "{said[max(0, at - 40):at]}"')
            if text:
                at, extra = found + len(text), 0
        extra += more
    need(len(said) - at <= extra, f'"{said[at:at + 60]}" is in no block')


class Tap:
    def __init__(self):
        self.count, self.failed = 0, False

    def test(self, name, function, *args):
        self.count += 1
        try:
            function(*args)
            print(f'ok {self.count} - {name}', flush=True)
        except (Fault, subprocess.CalledProcessError, AssertionError) as fault:
            self.failed = True
            print(f'not ok {self.count} - {name}\n# {fault}', flush=True)

    def skip(self, name, why):
        self.count += 1
        print(f'ok {self.count} - {name} # SKIP {why}', flush=True)

    def end(self):
        print(f'1..{self.count}')
        sys.exit(self.failed)
