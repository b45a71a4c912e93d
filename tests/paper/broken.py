# SPDX-License-Identifier: EUPL-1.2
"""Files that break one rule each, made out of a good PDF/A-1 file: every rule of check_pdf.py is seen to fail."""
import re
import zlib

# What is looked for in the objects of the file, streams unpacked; what takes its place, once; what must be said then.
BREAKS = {
    'a heading cell without scope': (rb'/Scope/Column', rb'/Scape/Column', 'Scope'),
    'a heading cell of the wrong direction': (rb'/Scope/Row', rb'/Scope/Column', 'another direction'),
    'a heading level that is skipped': (rb'/S/H2', rb'/S/H4', 'after H1'),
    'a cell outside a row': (rb'/S/TR', rb'/S/LI', 'inside THead'),
    'a table without its heading row': (rb'(/S/Table/.*?/K\[\d+ 0 R )\d+ 0 R ', rb'\1', 'a table of'),
    'an empty paragraph': (rb'(/S/P/.*?/K\[).*?\]', rb'\1]', 'an empty P'),
    'a list item without its mark': (rb'(/S/LI/.*?/K\[)\d+ 0 R ', rb'\1', 'a list item of'),
    'a list without numbering': (rb'/ListNumbering', rb'/ListNumbarung', 'ListNumbering'),
    'a numbering that is none': (rb'/ListNumbering/None', rb'/ListNumbering/Dots', 'ListNumbering'),
    'a tag of one\'s own': (rb'/S/Document', rb'/S/Paper', 'inside None'),
    'standard tags that mean something else': (rb'/Type/StructTreeRoot', rb'/Type/StructTreeRoot/RoleMap<</P/H1>>', 'more to it'),
    'no language': (rb'/Lang\(fi\)', rb'', 'Lang'),
    'another language': (rb'/Lang\(fi\)', rb'/Lang(sv)', 'Lang'),
    'no title shown': (rb'/DisplayDocTitle true', rb'/DisplayDocTitle false', 'shown'),
    'not marked': (rb'/Marked true', rb'/Marked false', 'marked'),
    'tags that are suspect': (rb'/Marked true', rb'/Marked true/Suspects true', 'marked'),
    'another standard': (rb'<pdfuaid:part>1', rb'<pdfuaid:part>3', 'pdfuaid'),
    'a standard that is not described': (rb'<pdfaSchema:prefix>pdfuaid', rb'<pdfaSchema:prefix>pdfua', 'not described'),
    'another title': (rb'x-default">[^<]*', rb'x-default">Toinen', 'two titles'),
    'another author': (rb'(<dc:creator><rdf:Seq><rdf:li>)', rb'\1Toinen', 'two authors'),
    'another day': (rb'/ModDate\(D:19', rb'/ModDate(D:18', 'two dates'),
    'another maker': (rb'/Producer\(', rb'/Producer(x', 'two makers'),
    'an XMP packet without an end': (rb'<\?xpacket end="w"\?>', rb'', 'the XMP packet'),
    'tabs in another order': (rb'/Tabs/S', rb'/Tabs/R', 'Tabs'),
    'a page that runs something': (rb'/Tabs/S', rb'/Tabs/S/AA<<>>', 'more to it'),
    'a page with a group': (rb'/Tabs/S', rb'/Tabs/S/Group<</S/Transparency>>', 'more to it'),
    'a file that runs something': (rb'/Type/Catalog', rb'/Type/Catalog/OpenAction[]', 'more to it'),
    'a form': (rb'/Type/Catalog', rb'/Type/Catalog/AcroForm<<>>', 'more to it'),
    'an encrypted file': (rb'/Root', rb'/Encrypt<<>>/Root', 'encrypted'),
    'a stream of another kind': (rb'/Filter/FlateDecode', rb'/Filter/FlateDecode/DecodeParms<<>>', 'another kind'),
    'colours of another space': (rb'/N 3', rb'/N 4', 'output intent'),
    'a profile of another kind': (rb'mntrRGB ', rb'mntrCMYK', 'profile of another kind'),
    'a string that is too long': (rb'/Contents<FEFF', rb'/Contents<FEFF' + b'0061' * 17000, 'a name or a string'),
    'a font that is no subset': (rb'/BaseFont/[A-Z]{6}\+', rb'/BaseFont/', 'subset'),
    'a font of another coding': (rb'/Ordering\(Identity\)', rb'/Ordering(Japan1)', 'CIDSystemInfo'),
    'a font without a map of glyphs': (rb'/CIDToGIDMap/Identity', rb'/CIDToGIDMap/Other', 'CIDToGIDMap'),
    'a font without its outlines': (rb'/FontFile2 \d+ 0 R', rb'', 'descriptor'),
    'a width that is another': (rb'/W\[(\d+)\[\d+', rb'/W[\1[290', 'width of glyph'),
    'a width too many': (rb'/W\[', rb'/W[9999[5]', 'not drawn'),
    'a glyph that stands for nothing': (rb'(beginbfchar\n<\w{4}>)<\w{4}>', rb'\1<0000>', 'has no text'),
    'a glyph with a mark of byte order': (rb'(beginbfchar\n<\w{4}>)<(\w{4})>', rb'\1<\2FEFF>', 'has no text'),
    'a glyph without a text': (rb'beginbfchar\n<\w{4}><\w{4}>\n', rb'beginbfchar\n', 'has no text'),
    'a glyph that says "missing"': (rb'\[<\w{4}', rb'[<0000', 'no text'),
    'text outside tags': (rb'/P<</MCID \d+>>BDC\n(BT.*?ET\n)EMC\n', rb'\1', 'outside marked content'),
    'drawing outside tags': (rb'/Artifact<</Type/Layout>>BDC\n(.*?)EMC\n', rb'\1', 'outside marked content'),
    'decoration of no kind': (rb'/Type/Pagination/Subtype/Header', rb'/Type/Pagination/Subtype/Haeder', 'another kind'),
    'decoration within content': (rb'(/P<</MCID \d+>>BDC\n)', rb'\1/Artifact<</Type/Layout>>BDC\nEMC\n', 'decoration inside'),
    'content within decoration': (rb'(/Artifact<</Type/Layout>>BDC\n)', rb'\1/P<</MCID 900>>BDC\nEMC\n', 'content inside content'),
    'content without anything': (rb'(/P<</MCID \d+>>BDC\n)BT.*?ET\nEMC\n', rb'\1EMC\n', 'is empty'),
    'content called something else': (rb'/P<</MCID', rb'/H1<</MCID', 'another kind'),
    'content with two tags': (rb'(/S/P/.*?/K\[)(\d+)', rb'\1\2 \2', 'two tags'),
    'a text off the page': (rb'\nBT\n(.*?)\n\S+ \S+ Td', rb'\nBT\n\1\n900 900 Td', 'off the page'),
    'an operator that is not needed': (rb'\nBT\n', rb'\n/X Do\nBT\n', 'the operator Do'),
    'a way back that is wrong': (rb'/Nums\[0\[\d+', rb'/Nums[0[1', 'way back'),
    'a way back that lacks a number': (rb'/Nums\[0\[', rb'/Nums[7[', 'numbers of the way back'),
    'an action that runs something': (rb'/S/URI/URI', rb'/S/JavaScript/URI', 'no address'),
    'an action that does more': (rb'/S/URI/URI', rb'/S/URI/Next<<>>/URI', 'no address'),
    'an address of another kind': (rb'URI\(https', rb'URI(file', 'the address'),
    'a link to another place than it says': (rb'URI\(https://koe', rb'URI(https://koo', 'leads to'),
    'a link that says something else': (rb'/Contents<FEFF0068', rb'/Contents<FEFF0078', 'has the text'),
    'a link that says nothing': (rb'/Contents<FEFF\w*>', rb'/Contents<FEFF>', 'says nothing'),
    'a link that is not printed': (rb'/Link/F 4', rb'/Link/F 0', 'not printed'),
    'a link that is hidden': (rb'/Link/F 4', rb'/Link/F 6', 'not printed'),
    'a link with a frame': (rb'/Border\[0 0 0\]', rb'/Border[0 0 1]', 'more to it'),
    'a link outside the page': (rb'/Rect\[\d', rb'/Rect[-9', 'off the page'),
    'a link with the way back of another': (rb'/StructParent \d+', rb'/StructParent 1', 'way back'),
    'a link on no page': (rb'/Annots\[\d+ 0 R ?', rb'/Annots[', 'another page'),
    'a link without a tag': (rb'(/Annots\[)(\d+)', rb'\1 1 0 R \2', 'without a tag'),
    'an outline that leads nowhere': (rb'(/Title<\w+>/Dest\[)\d+', rb'\g<1>300', 'leads nowhere'),
    'an outline that does not lead back': (rb'/Prev \d+ 0 R', rb'', 'way back in the outline'),
    'an outline that is longer': (rb'/Outlines(.*?)/Count \d+', rb'/Outlines\1/Count 99', 'end of the outline'),
    'a figure without a place': (rb'/BBox\[[^]]*\]', rb'', 'without a place'),
    'a figure off the page': (rb'/BBox\[\d', rb'/BBox[-9', 'off the page'),
    'a figure without a text': (rb'(/S/Figure.*?/Alt)<FEFF\w*>', rb'\1<FEFF>', 'without a text'),
}

OBJECT = re.compile(rb'(\d+) 0 obj\n(.*?)\nendobj\n', re.S)


def unpacked(body):
    head, mark, rest = body.partition(b'\nstream\n')
    if not mark:
        return body, None
    stream = rest[:-len(b'\nendstream')]
    return head, zlib.decompress(stream) if b'/FlateDecode' in head else stream


def packed(number, head, stream):
    if stream is not None:
        stream = zlib.compress(stream) if b'/FlateDecode' in head else stream
        head = re.sub(rb'/Length \d+', b'/Length %d' % len(stream), head) + b'\nstream\n' + stream + b'\nendstream'
    return b'%d 0 obj\n%s\nendobj\n' % (number, head)


def change(parts, old, new):
    """The first of the parts that holds `old` is changed; whether there was one."""
    for part in parts:
        for i, text in enumerate(part):
            if isinstance(text, bytes) and re.search(old, text, re.S):
                part[i] = re.sub(old, new, text, count=1, flags=re.S)
                return True
    return False


def broken(data, old, new):
    """The file with the change, whole in every other way; None when there is nothing to change."""
    table = data.rindex(b'xref\n0 ')
    trailer = [data[data.index(b'trailer', table):data.rindex(b'startxref')]]
    objects = [[int(match.group(1)), *unpacked(match.group(2))] for match in OBJECT.finditer(data, 0, table)]
    if not change(objects + [trailer], old, new):
        return None
    out, places = data[:data.index(b'1 0 obj') if data.find(b'1 0 obj') == 15 else 15], {}
    for number, head, stream in objects:
        places[number] = len(out)
        out += packed(number, head, stream)
    rows = b''.join(b'%010d 00000 n \n' % places[number] for number in sorted(places))
    return out + b'xref\n0 %d\n0000000000 65535 f \n%s%sstartxref\n%d\n%%%%EOF\n' % (
        len(places) + 1, rows, trailer[0], len(out))
