# SPDX-License-Identifier: EUPL-1.2
"""Texts that no one should type, and documents of strange shapes."""

TEXTS = {
    'a word of 10,000 letters': 'a' * 10000,
    'a Finnish word of 10,000 letters': 'lastensuojeluyksikkö' * 500,
    'an address of 4,000 letters': 'https://esimerkki.example/' + 'polku/' * 660,
    'an address of 1,500 letters': 'https://esimerkki.example/' + 'polku/' * 245,
    'addresses': ('Lue (https://www.esimerkki.example/a_(b)), www.esimerkki.example. tai kysy: a.b@esimerkki.example; '
                  '+358 40 123 4567. https://esimerkki.example/Äiti?a=1&b="2" javascript:alert(1) ') * 6,
    'an override of direction': 'abc\u202edef\u2066ghi\u200f',
    'emoji': 'Hymy \U0001f600 ja perhe \U0001f468\u200d\U0001f469\u200d\U0001f467 \u2705\ufe0f.',
    'control characters': 'a\x01b\x1b[31mc\x7fd\x9be\tf',
    'many marks over a letter': 'Za' + '\u0301\u0308\u030a\u0303' * 40 + 'lgo',
    'Arabic and Hebrew': '\u0645\u0631\u062d\u0628\u0627 \u0628\u0643 Oy \u05e9\u05dc\u05d5\u05dd ' * 9,
    'an Arabic word of 2,000 letters': '\u0645\u0631\u062d\u0628\u0627' * 400,
    'Greek, Cyrillic, Vietnamese': '\u0391\u03b8\u03ae\u03bd\u03b1 \u041c\u043e\u0441\u043a\u0432\u0430 Nguy\u1ec5n',
    'Chinese and Japanese': '\u4f60\u597d\u4e16\u754c ' * 40 + '\u3053\u3093\u306b\u3061\u306f' * 200,
    'signs of PDF': '(a) <b> [c] \\ %d /Name << >> endstream endobj',
    'blanks only': '   \u00a0  \n \n  ',
    'no-break spaces and soft hyphens': '10\u00a0000\u00a0\u20ac las\u00adten\u00adsuo\u00adje\u00adlu',
    '2,000 lines': '\n'.join(f'rivi {i}' for i in range(2000)),
    'one letter a line': '\n'.join('abcdefgh' * 50),
    'hyphens': 'a-b--c-' * 300,
    'joined letters': 'fi fl ffi ffl \ufb01 \u0133 AVAVA To.',
}
WORDS = ['Nimi', 'Tehtävä', 'Lastensuojelulaitoksen vastuuhenkilö', '–', '12.3.2027', '']


def document(blocks, title='Koe', **more):
    doc = {'document': 'koe', 'title': title, 'lang': 'fi', 'provider': 'Koe Oy', 'date': '22.11.2026',
           'blocks': blocks}
    return {**doc, **more}


def table(columns, rows, kind='table', word=None, caption=None):
    def cell(i, k):
        return word if word is not None else f'{WORDS[(i * 7 + k) % len(WORDS)]} {i}'
    return {'kind': kind, 'text': caption, 'columns': [f'Sarake {k}' for k in range(columns)],
            'rows': [[cell(i, k) for k in range(columns)] for i in range(rows)]}


def everywhere(text):
    """One text in every place of the model."""
    return [
        {'kind': 'title', 'text': text}, {'kind': 'section', 'level': 1, 'text': text},
        {'kind': 'paragraph', 'text': text}, {'kind': 'section', 'level': 3, 'text': text},
        {'kind': 'list-item', 'text': text}, {'kind': 'checkbox', 'on': True, 'text': text},
        {'kind': 'field', 'label': text, 'text': text, 'note': text},
        {'kind': 'question', 'label': text, 'note': text}, {'kind': 'checkbox', 'text': text},
        {'kind': 'copy-field', 'label': 'Kopioitava', 'text': text},
        {'kind': 'table', 'text': text, 'columns': [text, 'B'], 'rows': [['a', text], [text, '']]},
        {'kind': 'matrix', 'text': '', 'columns': ['', text, 'C'], 'rows': [[text, 'x', ''], ['r', '', text]]},
        {'kind': 'signature', 'label': text, 'text': text}, {'kind': 'page-break'},
        {'kind': 'paragraph', 'text': text},
    ]


SHAPES = {
    'no blocks': document([]),
    'no names at all': document([{'kind': 'field', 'label': '', 'text': '', 'note': ''}], title='', provider='', date=''),
    'long names in the header': document([], title='T' * 3000, provider='P ' * 900, date='D' * 300, notice='N' * 3000,
                                         number='9' * 400),
    'a table without rows': document([table(3, 0)]),
    'a table of 500 rows': document([table(4, 500, caption='Luettelo')]),
    'a table of 30 columns': document([table(30, 20)]),
    'a table of 200 columns': document([table(200, 3)]),
    'a table of one column': document([table(1, 40)]),
    'a cell taller than a page': document([table(3, 2, word='sana ' * 3000)]),
    'headings taller than a page': document([{'kind': 'table', 'columns': ['otsikko ' * 900, 'B'],
                                              'rows': [['a', 'b']] * 50}]),
    'a wide matrix': document([{'kind': 'section', 'level': 1, 'text': '1  Oikeudet'},
                               table(18, 30, 'matrix', 'kyllä')]),
    'a chart on a page of its own': document([{'kind': 'gantt', 'text': 'Kaavio', 'bars': [
        {'label': f'Vaihe {n}', 'first': f'2026-12-0{n}', 'last': f'2027-01-0{n}'} for n in range(1, 9)]}]),
    'a map of shades': document([{**table(4, 6, 'matrix', 'Vakava (9)\nnro 1, 2', 'Kartta'),
                                  'shades': [[0, row % 5, 4, 1] for row in range(6)]}]),
    'wide, narrow, wide': document([table(16, 2), {'kind': 'paragraph', 'text': 'Väli'}, table(2, 2), table(16, 2)]),
    'levels of headings skipped': document([{'kind': 'section', 'level': n, 'text': f'taso {n}'} for n in (3, 1, 3, 2, 9, 0)]),
    '3,000 headings': document([{'kind': 'title', 'text': 'T'}]
                               + [{'kind': 'section', 'level': 1 + n % 3, 'text': f'{n}  Luku'} for n in range(3000)]),
    'numbers and dots': document([{'kind': 'list-item', 'text': 'a'}, {'kind': 'list-item', 'label': '1.', 'text': 'b'},
                                  {'kind': 'list-item', 'label': '10.', 'text': 'c'}, {'kind': 'list-item', 'text': 'd'}]),
    'page breaks only': document([{'kind': 'page-break'}] * 50),
    'long with contents': document([{'kind': 'title', 'text': 'T'}] + 40 * [
        {'kind': 'section', 'level': 1, 'text': 'Luku ' + 'pitkä ' * 40}, {'kind': 'paragraph', 'text': 'sana ' * 90}]),
}
