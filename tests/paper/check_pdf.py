# SPDX-License-Identifier: EUPL-1.2
"""Reads a PDF from its bytes and holds it against the rules of PDF/UA-1 and PDF/A-2 that a machine
can check: all content is tagged or decoration, the tag tree is whole and of the right shape, every
glyph has its text, every font is embedded, nothing stands outside the page.

A reader of its own, so that a fault of the writer is not excused by a tool that mends it. It knows
what the writer uses of PDF and fails on anything else.
"""
import re
import struct
import urllib.parse
import xml.dom.minidom
import zlib


class Fault(Exception):
    pass


def need(holds, what):
    if not holds:
        raise Fault(what)


class Name(str):
    pass


class Ref(int):
    pass


class Op(str):
    pass


TOKEN = re.compile(rb'''\s*(?:(?P<dict><<)|(?P<end>>>)|(?P<hex><[0-9A-Fa-f\s]*>)|(?P<open>\[)|(?P<close>\])
    |/(?P<name>[^\s<>\[\]()/%]*)|(?P<ref>\d+\s+\d+\s+R)(?![\w])|(?P<num>[-+]?(?:\d+\.?\d*|\.\d+))(?![\w.])
    |(?P<string>\()|(?P<word>[A-Za-z'"*0-9]+))''', re.X)


# PDF/A-2, 6.1.13.
STRING_MOST, NAME_MOST = 32767, 127


def limited(string, most=STRING_MOST):
    need(len(string) <= most, f'a name or a string of {len(string)} bytes')
    return string


class Reader:
    """Tokens of one piece of PDF syntax."""
    def __init__(self, data, at=0):
        self.data, self.at = data, at

    def string(self):
        out, depth = bytearray(), 1
        while depth:
            c = self.data[self.at:self.at + 1]
            need(c, 'a string does not end')
            self.at += 1
            if c == b'\\':
                c = self.data[self.at:self.at + 1]
                self.at += 1
            elif c == b'(':
                depth += 1
            elif c == b')':
                depth -= 1
                if not depth:
                    break
            out += c
        return bytes(out)

    def value(self):
        match = TOKEN.match(self.data, self.at)
        if not match:
            return None
        self.at = match.end()
        kind, text = match.lastgroup, match.group(match.lastgroup)
        if kind == 'dict':
            out = {}
            while True:
                key = self.value()
                if key == '>>':
                    return out
                need(isinstance(key, Name) and key not in out, f'a bad key {key!r}')
                out[key] = self.value()
        if kind == 'open':
            out = []
            while (item := self.value()) != ']':
                need(item is not None, 'an array does not end')
                out.append(item)
            return out
        return {
            'end': lambda: Op('>>'), 'close': lambda: Op(']'),
            'hex': lambda: limited(bytes.fromhex(text[1:-1].decode())),
            'name': lambda: Name(limited(text, NAME_MOST).decode()), 'ref': lambda: Ref(int(text.split()[0])),
            'num': lambda: float(text) if b'.' in text else int(text),
            'string': lambda: limited(self.string()), 'word': lambda: Op(text.decode()),
        }[kind]()


class Pdf:
    def __init__(self, data):
        self.data, self.cache, self.packs = data, {}, {}
        need(data.startswith((b'%PDF-1.7\n', b'%PDF-1.4\n')), 'no header')
        need(all(byte > 127 for byte in data[10:14]), 'no binary mark')
        tail = re.search(rb'startxref\n(\d+)\n%%EOF\n$', data)
        need(tail, 'no end')
        at = int(tail.group(1))
        self.places = {}
        if data[at:at + 4] == b'xref':
            self.read_table(at)
        else:
            self.read_stream(at)
        need('ID' in self.trailer and len(self.trailer['ID'][0]) == 16, 'no ID')
        need('Encrypt' not in self.trailer, 'encrypted')

    def read_table(self, at):
        lines = data = self.data[at:].split(b'\n')
        count = int(lines[1].split()[1])
        for number in range(1, count):
            self.places[number] = (1, int(data[2 + number].split()[0]), 0)
        self.trailer = Reader(self.data, self.data.index(b'trailer', at) + 7).value()

    def read_stream(self, at):
        self.trailer, rows = self.object_at(at, None)
        need(self.trailer['Type'] == 'XRef' and self.trailer['W'] == [1, 4, 2], 'a bad xref')
        need(len(rows) == 7 * self.trailer['Size'], 'the xref has another size')
        for number in range(1, self.trailer['Size']):
            self.places[number] = struct.unpack_from('>BIH', rows, 7 * number)

    def object_at(self, at, number):
        head = re.compile(rb'(\d+) 0 obj\n').match(self.data, at)
        need(head and (number is None or int(head.group(1)) == number), f'no object {number} at {at}')
        reader = Reader(self.data, head.end())
        value = reader.value()
        if self.data[reader.at:reader.at + 8] != b'\nstream\n':
            return value, None
        begin = reader.at + 8
        bytes_ = self.data[begin:begin + value['Length']]
        need(not {'F', 'FFilter', 'DecodeParms', 'FDecodeParms'} & set(value)
             and value.get('Filter', 'FlateDecode') == 'FlateDecode', f'object {number}: a stream of another kind')
        need(self.data[begin + value['Length']:].startswith(b'\nendstream\nendobj\n'),
             f'object {number}: Length')
        if 'Filter' in value:
            bytes_ = zlib.decompress(bytes_)
        return value, bytes_

    def load(self, number):
        if number not in self.cache:
            need(number in self.places, f'object {number} is missing')
            kind, where, index = self.places[number]
            if kind == 2:
                if where not in self.packs:
                    head, body = self.load(where)
                    numbers = [int(word) for word in body[:head['First']].split()]
                    self.packs[where] = (body, head['First'], numbers)
                body, first, numbers = self.packs[where]
                need(numbers[2 * index] == number, f'object {number} is not in its stream')
                self.cache[number] = Reader(body, first + numbers[2 * index + 1]).value(), None
            else:
                need(kind == 1, f'object {number} is free')
                self.cache[number] = self.object_at(where, number)
        return self.cache[number]

    def get(self, value):
        return self.load(value)[0] if isinstance(value, Ref) else value

    def stream(self, ref):
        return self.load(ref)[1]


def text_of(string):
    need(string[:2] == b'\xfe\xff', 'a text that is not UTF-16')
    return string[2:].decode('utf-16-be')


# ---- fonts ----

DESCRIPTOR = {'FontName', 'Flags', 'FontBBox', 'ItalicAngle', 'Ascent', 'Descent', 'CapHeight', 'StemV', 'FontFile2'}


class Font:
    def __init__(self, pdf, ref, old=False):
        font = pdf.get(ref)
        need(font['Subtype'] == 'Type0' and font['Encoding'] == 'Identity-H', 'a font of another kind')
        cid = pdf.get(font['DescendantFonts'][0])
        descriptor = pdf.get(cid['FontDescriptor'])
        need(cid['Subtype'] == 'CIDFontType2' and cid['CIDToGIDMap'] == 'Identity', 'no CIDToGIDMap')
        need(cid['CIDSystemInfo'] == {'Registry': b'Adobe', 'Ordering': b'Identity', 'Supplement': 0}, 'CIDSystemInfo')
        need(DESCRIPTOR <= set(descriptor) and descriptor['Type'] == 'FontDescriptor', 'the font descriptor')
        need(old or 'CIDSet' not in descriptor, 'CIDSet')
        for name in (font['BaseFont'], cid['BaseFont'], descriptor['FontName']):
            need(re.match(r'[A-Z]{6}\+', name) and name == font['BaseFont'], 'not named as a subset')
        self.program = pdf.stream(descriptor['FontFile2'])
        need(pdf.get(descriptor['FontFile2'])['Length1'] == len(self.program), 'Length1')
        self.text, self.used = {}, set()
        cmap = pdf.stream(font['ToUnicode'])
        for block in re.findall(rb'beginbfchar\n(.*?)endbfchar', cmap, re.S):
            for glyph, text in re.findall(rb'<(\w{4})><(\w+)>', block):
                need(int(glyph, 16) not in self.text, f'glyph {glyph} has two texts')
                self.text[int(glyph, 16)] = bytes.fromhex(text.decode()).decode('utf-16-be')
        self.widths, row = {}, cid['W']
        for first, widths in zip(row[::2], row[1::2]):
            self.widths.update({first + i: width for i, width in enumerate(widths)})

    def tables(self):
        count = struct.unpack_from('>H', self.program, 4)[0]
        return {self.program[at:at + 4]: struct.unpack_from('>II', self.program, at + 8)
                for at in range(12, 12 + 16 * count, 16)}

    def check(self):
        tables = self.tables()
        for name in (b'glyf', b'head', b'hhea', b'hmtx', b'loca', b'maxp'):
            need(name in tables, f'the font lacks {name}')
        upem = struct.unpack_from('>H', self.program, tables[b'head'][0] + 18)[0]
        longs = struct.unpack_from('>H', self.program, tables[b'hhea'][0] + 34)[0]
        glyphs = struct.unpack_from('>H', self.program, tables[b'maxp'][0] + 4)[0]
        need(0 not in self.used, 'a glyph that says "missing"')
        need(set(self.text) == self.used == set(self.widths), 'glyphs with a text or a width that are not drawn')
        long_places = struct.unpack_from('>h', self.program, tables[b'head'][0] + 50)[0]
        places = tables[b'loca'][0]
        for glyph in self.used:
            need(glyph < glyphs, 'a glyph that the font does not have')
            at = tables[b'hmtx'][0] + 4 * min(glyph, longs - 1)
            width = struct.unpack_from('>H', self.program, at)[0] * 1000 / upem
            need(abs(width - self.widths.get(glyph, -9)) <= 1, f'width of glyph {glyph}')
            text = self.text.get(glyph, '')
            need(text and not set(text) & {'\0', '\ufeff', '\ufffe', '\uffff'}, f'glyph {glyph} has no text')
            begin, end = (struct.unpack_from('>II', self.program, places + 4 * glyph) if long_places
                          else struct.unpack_from('>HH', self.program, places + 2 * glyph))
            need(begin < end or text.isspace(), f'glyph {glyph} has no outline')


# ---- pages ----

PAINTS = {'f', 'S', 's', 'B', 'b', 'F', 'f*', 'TJ', 'Tj'}
PAGE = {'Type', 'Parent', 'MediaBox', 'Contents', 'StructParents', 'Tabs', 'Annots'}
ARTIFACTS = ({'Type': 'Layout'}, {'Type': 'Pagination', 'Subtype': 'Header'})
KNOWN = PAINTS | {'BT', 'ET', 'Td', 'Tm', 'Tf', 'Ts', 'rg', 'RG', 'w', 're', 'm', 'l', 'BDC', 'EMC'}


class Page:
    """The marked content of one page: its text by number."""
    def __init__(self, pdf, page, fonts):
        self.texts, self.decoration, self.places, self.kinds = {}, 0, [], {}
        box = page['MediaBox']
        need(page.get('Tabs') == 'S', 'Tabs is not S')
        need(set(page) <= PAGE and page['Type'] == 'Page', 'a page with more to it')
        need(box[:2] == [0, 0] and all(3 <= side <= 14400 for side in box[2:]), 'the size of a page')
        reader, args, stack = Reader(pdf.stream(page['Contents'])), [], []
        font, size, x, y, turned = None, 0, 0, 0, False
        while (value := reader.value()) is not None:
            if not isinstance(value, Op):
                args.append(value)
                continue
            need(value in KNOWN, f'the operator {value}')
            if value == 'BDC':
                self.begin(args, stack)
            elif value == 'EMC':
                need(stack, 'EMC without BDC')
                kind, was, text = stack.pop()
                if kind == 'span':
                    self.add(stack, was)
                elif kind == 'mark':
                    need(text[1], f'content {was} is empty')
                    self.texts[was] = text[0]
            elif value == 'Tf':
                font, size = fonts[args[0]], args[1]
            elif value == 'Td':
                x, y, turned = args[0], args[1], False
            elif value == 'Tm':
                x, y, turned = args[4], args[5], True
            elif value == 'TJ':
                need(stack, 'text outside marked content')
                stack[0][2][1] = True
                x, y = self.show(args[0], font, size, x, y, turned, stack)
                need(0 <= x <= box[2] and 0 <= y <= box[3], f'text at {x:.0f},{y:.0f} is off the page')
            elif value in PAINTS:
                need(stack, 'drawing outside marked content')
                stack[-1][2][1] = True
            elif value == 're':
                need(-1 <= args[0] and args[0] + args[2] <= box[2] + 1 and args[1] >= -1,
                     'a rectangle is off the page')
            args = []
        need(not stack and not args, 'marked content does not end')
        need(sorted(self.texts) == list(range(len(self.texts))), 'numbers of marked content')

    def begin(self, args, stack):
        tag, properties = args
        if tag == 'Artifact':
            need(not stack, 'decoration inside content')
            need(properties in ARTIFACTS, 'decoration of another kind')
            self.decoration += 1
            stack.append(('artifact', None, ['', False]))
        elif tag == 'Span':
            need(stack and stack[-1][0] != 'span', 'a span outside content')
            need(set(properties) == {'ActualText'}, 'a span with more to it')
            stack.append(('span', text_of(properties['ActualText']), ['', False]))
        else:
            need(not stack, 'content inside content')
            self.kinds[properties['MCID']] = tag
            stack.append(('mark', properties['MCID'], ['', False]))

    @staticmethod
    def add(stack, text):
        if stack:
            stack[-1][2][0] += text

    def show(self, items, font, size, x, y, turned, stack):
        need(font and size > 4, 'text without a font')
        for item in items:
            move = 0
            if isinstance(item, bytes):
                for glyph in struct.unpack(f'>{len(item) // 2}H', item):
                    font.used.add(glyph)
                    need(glyph in font.text, f'glyph {glyph} has no text')
                    self.add(stack, font.text[glyph])
                    self.places.append((font.text[glyph], x + move, y))
                    move += font.widths.get(glyph, 0) * size / 1000
            else:
                move = -item * size / 1000
            x, y = (x, y + move) if turned else (x + move, y)
        return x, y


# ---- the tag tree ----

INSIDE = {
    'Document': {'H1', 'H2', 'H3', 'H4', 'P', 'L', 'Table', 'TOC', 'Figure'},
    'L': {'LI', 'Caption'}, 'LI': {'Lbl', 'LBody'}, 'LBody': {'P', 'L', 'Link'},
    'Table': {'Caption', 'THead', 'TBody'}, 'THead': {'TR'}, 'TBody': {'TR'}, 'TR': {'TH', 'TD'},
    'TOC': {'TOCI'}, 'TOCI': {'Reference'}, 'Reference': {'Link'}, 'Figure': set(), 'Link': set(),
    'H1': {'Link'}, 'H2': {'Link'}, 'H3': {'Link'}, 'H4': {'Link'}, 'P': {'Link'}, 'Lbl': {'Link'},
    'Caption': {'Link'}, 'TH': {'Link'}, 'TD': {'Link'},
}
LIST_NUMBERING = {'None', 'Disc', 'Circle', 'Square', 'Decimal'}
MAY_BE_EMPTY = {'TD', 'TH', 'Lbl', 'LBody', 'Document'}


class Tree:
    def __init__(self, pdf, catalogue, pages, page_refs):
        self.pdf, self.pages, self.page_refs = pdf, pages, page_refs
        self.seen, self.level, self.links = set(), 0, set()
        root = pdf.get(catalogue['StructTreeRoot'])
        need(root['Type'] == 'StructTreeRoot' and len(root['K']) == 1, 'no tag tree')
        need(set(root) == {'Type', 'K', 'ParentTree', 'ParentTreeNextKey'}, 'a tag tree with more to it')
        nums = pdf.get(root['ParentTree'])['Nums']
        need(nums[::2] == list(range(root['ParentTreeNextKey'])), 'numbers of the way back')
        need([pdf.get(ref)['StructParents'] for ref in page_refs] == list(range(len(pages))), 'StructParents')
        self.parents = dict(zip(nums[::2], nums[1::2]))
        self.texts = []
        self.walk(root['K'][0], catalogue['StructTreeRoot'], None, None)
        for index, page in enumerate(pages):
            for mark in page.texts:
                need((index, mark) in self.seen, f'page {index + 1}: content {mark} has no tag')

    def mark(self, ref, page_ref, mark):
        need(page_ref in self.page_refs, 'content of a page that is none')
        index = self.page_refs.index(page_ref)
        need((index, mark) not in self.seen, 'content with two tags')
        self.seen.add((index, mark))
        need(mark in self.pages[index].texts, f'page {index + 1} has no content {mark}')
        need(self.pages[index].kinds[mark] == self.pdf.get(ref)['S'], 'content of another kind than its tag')
        owner = self.pdf.get(self.parents[self.pdf.get(page_ref)['StructParents']])[mark]
        need(owner == ref, 'the way back from content leads to another tag')
        return self.pages[index].texts[mark]

    def link(self, ref, obj, page_ref):
        annotation = self.pdf.get(obj)
        need(annotation['Subtype'] == 'Link' and text_of(annotation['Contents']), 'a link says nothing')
        need(annotation['F'] & 4 and not annotation['F'] & 0x123, 'a link is not printed')
        need(annotation['Border'] == [0, 0, 0] and 'AA' not in annotation, 'a link with more to it')
        page = self.pdf.get(page_ref)
        left, bottom, right, top = annotation['Rect']
        need(0 <= left < right <= page['MediaBox'][2] and 0 <= bottom < top <= page['MediaBox'][3],
             'a link is off the page')
        need(obj in page['Annots'], 'a link stands on another page')
        need(self.parents[annotation['StructParent']] == ref, 'the way back from a link')
        need(obj not in self.links, 'a link with two tags')
        need(('A' in annotation) != ('Dest' in annotation), 'a link leads nowhere, or to two places')
        self.links.add(obj)
        if 'Dest' in annotation:
            need(self.pdf.get(annotation['Dest'][0])['Type'] == 'Page', 'a link leads nowhere')
            return None
        need(set(annotation['A']) == {'S', 'URI'} and annotation['A']['S'] == 'URI', 'an action that is no address')
        return annotation['A']['URI'].decode('ascii'), text_of(annotation['Contents'])

    @staticmethod
    def address(text, targets):
        """All lines of a link lead to what its letters say."""
        need(len(set(targets)) == 1, 'a link leads to several places')
        uri, words = targets[0]
        need(text.replace('\u00ad', '').replace(' ', '') == words.replace(' ', ''), f'the link "{words}" has the text "{text}"')
        need(re.fullmatch(r"(https?://|mailto:|tel:)[\w.~:/?#@!$&'()*+,;=%-]+", uri, re.A), f'the address "{uri}"')
        said = urllib.parse.quote(words, safe="-._~:/?#@!$&'()*+,;=%")
        need(uri in (said, 'https://' + said, 'mailto:' + said, 'tel:' + re.sub(r'[^+\d]', '', words)), f'"{words}" leads to {uri}')

    def heading(self, kind):
        level = int(kind[1])
        need(level <= self.level + 1, f'{kind} after H{self.level}')
        self.level = level

    def walk(self, ref, parent_ref, parent, where):
        tag = self.pdf.get(ref)
        kind = tag['S']
        need(tag['Type'] == 'StructElem' and tag['P'] == parent_ref, 'a tag does not know its parent')
        need(kind in INSIDE and (kind == 'Document' if parent is None else kind in INSIDE[parent]),
             f'{kind} inside {parent}')
        if kind[0] == 'H' and kind[1:].isdigit():
            self.heading(kind)
        attributes = tag.get('A', {})
        if kind == 'TH':
            need(attributes.get('O') == 'Table' and attributes.get('Scope') in ('Row', 'Column'), 'TH Scope')
            need((attributes['Scope'] == 'Column') == (where == 'THead'), 'TH Scope of another direction')
        if kind == 'L':
            need(attributes.get('O') == 'List' and attributes.get('ListNumbering') in LIST_NUMBERING, 'ListNumbering')
        if kind == 'Figure':
            need(text_of(tag['Alt']).strip(), 'a figure without a text')
            self.box(tag, attributes)
        need(set(tag) <= {'Type', 'S', 'P', 'Pg', 'A', 'Alt', 'K'}, 'a tag with more to it')
        need(tag['K'] or kind in MAY_BE_EMPTY, f'an empty {kind}')
        text, kids, targets = '', [], []
        for kid in tag['K']:
            if isinstance(kid, Ref):
                kids.append(self.pdf.get(kid)['S'])
                said = self.walk(kid, ref, kind, kind if kind in ('TOC', 'Table', 'THead', 'TBody') else where)
                text += said if kids[-1] == 'Link' else ''
            elif isinstance(kid, int):
                text += self.mark(ref, tag['Pg'], kid)
            elif kid['Type'] == 'MCR':
                text += self.mark(ref, kid['Pg'], kid['MCID'])
            else:
                need(kid['Type'] == 'OBJR' and kind == 'Link', 'an object that is no link')
                targets.append(self.link(ref, kid['Obj'], kid['Pg']))
        if kind == 'Link':
            need(targets, 'a link that leads nowhere')
            if targets[0]:
                self.address(text, targets)
        if kind == 'Table':
            self.table(tag)
        if kind == 'TOCI':
            need(kids == ['Reference'], f'an entry of the contents of {kids}')
        if kind == 'LI':
            need(kids == ['Lbl', 'LBody'], f'a list item of {kids}')
        if kind != 'Link' or parent == 'Reference':
            self.texts.append((kind, 'Table' if where in ('THead', 'TBody') else where, text, text_of(tag['Alt']) if 'Alt' in tag else None))
        return text

    def box(self, tag, attributes):
        """A figure on one page says where it is."""
        pages = {kid.get('Pg') if isinstance(kid, dict) else tag['Pg'] for kid in tag['K']}
        if len(pages) > 1:
            return
        size = self.pdf.get(tag['Pg'])['MediaBox']
        need(attributes.get('O') == 'Layout' and len(attributes.get('BBox', [])) == 4, 'a figure without a place')
        left, bottom, right, top = attributes['BBox']
        need(0 <= left < right <= size[2] and 0 <= bottom < top <= size[3], 'a figure off the page')

    def rows(self, ref):
        tag = self.pdf.get(ref)
        if tag['S'] == 'TR':
            yield [self.pdf.get(cell)['S'] for cell in tag['K']]
        elif tag['S'] in ('THead', 'TBody', 'Table'):
            for kid in tag['K']:
                if isinstance(kid, Ref):
                    yield from self.rows(kid)

    def table(self, tag):
        parts = [self.pdf.get(kid)['S'] for kid in tag['K']]
        need(parts in [caption + ['THead'] + body for caption in ([], ['Caption']) for body in ([], ['TBody'])],
             f'a table of {parts}')
        rows = [row for kid in tag['K'] for row in self.rows(kid)]
        need(rows and all(len(row) == len(rows[0]) for row in rows), 'rows of different length')
        need(all(cell == 'TH' for cell in rows[0]), 'a table without headings')
        need(all('TH' not in row[1:] for row in rows[1:]), 'a heading amid a row')


# ---- the whole ----

def check_metadata(pdf, catalogue, lang, old):
    need(catalogue.get('Lang', b'').decode() == lang, 'Lang')
    need(catalogue['MarkInfo'] == {'Marked': 'true'}, 'not marked as tagged')
    need(set(catalogue) <= CATALOGUE, 'a catalogue with more to it')
    need(catalogue['ViewerPreferences'].get('DisplayDocTitle') == 'true', 'the title is not shown')
    xmp = pdf.stream(catalogue['Metadata']).decode()
    need('Filter' not in pdf.get(catalogue['Metadata']), 'metadata is compressed')
    tree = xml.dom.minidom.parseString(xmp)

    def word(name):
        return ''.join(node.nodeValue for element in tree.getElementsByTagName(name)
                       for node in ([element.firstChild] if element.firstChild else [])
                       if node.nodeType == node.TEXT_NODE)
    need(word('pdfaid:part') == ('1' if old else '2'), 'pdfaid:part')
    need(word('pdfaid:conformance') == ('B' if old else 'A'), 'pdfaid:conformance')
    need(word('pdfuaid:part') == '1', 'pdfuaid:part')
    need(word('pdfaSchema:namespaceURI') == 'http://www.aiim.org/pdfua/ns/id/' and word('pdfaSchema:prefix') == 'pdfuaid'
         and word('pdfaProperty:name') == 'part' and word('pdfaProperty:valueType') == 'Integer', 'pdfuaid is not described')
    need(xmp.startswith('<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>') and 'end="w"?>' in xmp[-20:], 'the XMP packet')
    info = pdf.get(pdf.trailer['Info'])
    titles = tree.getElementsByTagName('dc:title')[0].getElementsByTagName('rdf:li')
    title = titles[0].firstChild.nodeValue if titles[0].firstChild else ''
    need(title == text_of(info['Title']), 'two titles')
    need(title.strip(), 'no title')
    creators = [node.firstChild.nodeValue for element in tree.getElementsByTagName('dc:creator')
                for node in element.getElementsByTagName('rdf:li')]
    need(creators == ([text_of(info['Author'])] if 'Author' in info else []), 'two authors')
    need(tree.getElementsByTagName('dc:language')[0].getElementsByTagName('rdf:li')[0].firstChild.nodeValue == lang, 'two languages')
    for key, name in (('CreationDate', 'xmp:CreateDate'), ('ModDate', 'xmp:ModifyDate')):
        date = re.fullmatch(r'(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z', word(name))
        need(date and info[key].decode() == f'D:{"".join(date.groups())}Z', 'two dates')
    need(info['Creator'].decode() == word('xmp:CreatorTool') and info['Producer'].decode() == word('pdf:Producer'), 'two makers')
    need(set(info) <= {'Title', 'Author', 'Creator', 'Producer', 'CreationDate', 'ModDate'}, 'Info with more to it')
    need(len(catalogue['OutputIntents']) == 1, 'output intents')
    intent = pdf.get(catalogue['OutputIntents'][0])
    profile = pdf.stream(intent['DestOutputProfile'])
    need(intent['S'] == 'GTS_PDFA1' and pdf.get(intent['DestOutputProfile'])['N'] == 3, 'output intent')
    need(profile[36:40] == b'acsp' and struct.unpack('>I', profile[:4])[0] == len(profile), 'profile')
    need(profile[8] in (2, 4) and profile[12:24] == b'mntrRGB XYZ ', 'profile of another kind')


CATALOGUE = {'Type', 'Pages', 'Lang', 'MarkInfo', 'StructTreeRoot', 'Metadata', 'OutputIntents', 'ViewerPreferences',
             'Outlines', 'PageMode'}


def check_outline(pdf, ref, parent, count):
    before, own, above = None, 0, pdf.get(parent)
    while ref:
        entry = pdf.get(ref)
        need(entry.get('Prev') == before, 'the way back in the outline')
        before, own = ref, own + 1
        need(entry['Parent'] == parent and text_of(entry['Title']), 'outline')
        need(pdf.get(entry['Dest'][0])['Type'] == 'Page', 'an entry of the outline leads nowhere')
        count += 1
        if 'First' in entry:
            count = check_outline(pdf, entry['First'], ref, count)
        ref = entry.get('Next')
    need(above['Last'] == before and abs(above['Count']) == own, 'the end of the outline')
    return count


def check(data, lang, old=False):
    """The texts of the tags in reading order, as (kind, inside what, text, alternative text)."""
    try:
        return check_all(data, lang, old)
    except (KeyError, IndexError, TypeError, zlib.error) as error:
        raise Fault(f'{type(error).__name__}: {error}') from error


def check_all(data, lang, old):
    pdf = Pdf(data)
    catalogue = pdf.get(pdf.trailer['Root'])
    need(catalogue['Type'] == 'Catalog', 'no catalogue')
    check_metadata(pdf, catalogue, lang, old)
    tree = pdf.get(catalogue['Pages'])
    need(set(tree) == {'Type', 'Count', 'Resources', 'Kids'} and set(tree['Resources']) <= {'Font'}, 'resources')
    fonts = {Name(name): Font(pdf, ref, old) for name, ref in tree['Resources']['Font'].items()}
    refs = tree['Kids']
    need(tree['Count'] == len(refs) and refs, 'Count of pages')
    pages = []
    for number, ref in enumerate(refs):
        try:
            need(pdf.get(ref)['Parent'] == catalogue['Pages'], 'a page does not know its parent')
            pages.append(Page(pdf, pdf.get(ref), fonts))
        except Fault as fault:
            raise Fault(f'page {number + 1}: {fault}') from None
        need(pages[-1].decoration > 0, f'page {number + 1} has no header')
    for font in fonts.values():
        font.check()
    walked = Tree(pdf, catalogue, pages, refs)
    for ref in refs:
        for annotation in pdf.get(ref).get('Annots', []):
            need(annotation in walked.links, 'a link without a tag')
    if 'Outlines' in catalogue:
        root = pdf.get(catalogue['Outlines'])
        headings = sum(kind in ('H1', 'H2', 'H3', 'H4') for kind, *_ in walked.texts)
        entries = check_outline(pdf, root['First'], catalogue['Outlines'], 0)
        need(headings - 2 <= entries <= headings, 'headings are missing in the outline')
    return walked.texts
