/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The list of blocks that is a document.
 *
 * A table grows by whole rows: beginning a row adds all its cells empty, so that a writer
 * never meets half a row whatever the builder did.
 */
#include "out/doc.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"

struct doc *doc_new(const char *id, enum lang lang, const char *title)
{
    struct doc *doc = xcalloc(1, sizeof *doc);
    doc->lang = lang;
    doc->id = xstrdup(id);
    doc->title = xstrdup(title);
    doc->provider = xstrdup("");
    doc->date = xstrdup("");
    doc->owner = xstrdup("");
    doc->day = DATE_NONE;
    return doc;
}

static void gantt_free(struct gantt *gantt)
{
    for (size_t i = 0; gantt != NULL && i < gantt->count; i++) {
        struct bar *bar = &gantt->bars[i];
        free(bar->id);
        free(bar->label);
        free(bar->group);
        free(bar->reminder);
        free(bar->note);
    }
    if (gantt != NULL) {
        free(gantt->bars);
        free(gantt->pauses);
    }
    free(gantt);
}

static void block_empty(struct block *block)
{
    gantt_free(block->gantt);
    for (size_t i = 0; i < block->rows * block->columns; i++)
        free(block->cells[i]);
    free(block->cells);
    free(block->shades);
    free(block->text);
    free(block->label);
    free(block->note);
}

bool doc_heads_contents(const struct doc *doc, size_t number)
{
    return doc->blocks[number].kind == BLOCK_SECTION && number + 1 < doc->count
           && doc->blocks[number + 1].kind == BLOCK_CONTENTS;
}

void doc_cut(struct doc *doc, size_t count)
{
    while (doc->count > count)
        block_empty(&doc->blocks[--doc->count]);
}

void doc_free(struct doc *doc)
{
    if (doc == NULL)
        return;
    doc_cut(doc, 0);
    free(doc->blocks);
    free(doc->id);
    free(doc->title);
    free(doc->provider);
    free(doc->date);
    free(doc->notice);
    free(doc->version);
    free(doc->number);
    free(doc->owner);
    free(doc);
}

static char *copied(const char *text)
{
    return text == NULL ? NULL : xstrdup(text);
}

void doc_set_header(struct doc *doc, const char *provider, const char *date, const char *notice)
{
    free(doc->provider);
    free(doc->date);
    free(doc->notice);
    doc->provider = xstrdup(provider);
    doc->date = xstrdup(date);
    doc->notice = copied(notice);
}

void doc_set_marks(struct doc *doc, const char *notice, const char *version)
{
    free(doc->notice);
    free(doc->version);
    doc->notice = copied(notice);
    doc->version = copied(version);
}

void doc_set_date(struct doc *doc, int day, const char *date)
{
    doc->day = day;
    free(doc->date);
    doc->date = xstrdup(date);
}

void doc_set_number(struct doc *doc, const char *number)
{
    free(doc->number);
    doc->number = copied(number);
}

const char *doc_mark(const struct doc *doc)
{
    return doc->version != NULL ? doc->version : doc->number;
}

void doc_set_version(struct doc *doc, const char *owner, int day, long revision)
{
    free(doc->owner);
    doc->owner = xstrdup(owner);
    doc->day = day;
    doc->revision = revision;
}

static struct block *block_add(struct doc *doc, enum block_kind kind, const char *text)
{
    doc->blocks = vec_room(doc->blocks, &doc->room, doc->count + 1, sizeof doc->blocks[0]);
    struct block *block = &doc->blocks[doc->count++];
    memset(block, 0, sizeof *block);
    block->kind = kind;
    block->text = copied(text);
    return block;
}

struct block *doc_block(struct doc *doc, enum block_kind kind, const char *text,
                        const char *label, const char *note)
{
    struct block *block = block_add(doc, kind, text);
    block->label = copied(label);
    block->note = copied(note);
    return block;
}

void doc_title(struct doc *doc, const char *text)
{
    block_add(doc, BLOCK_TITLE, text);
}

void doc_section(struct doc *doc, int level, const char *text)
{
    block_add(doc, BLOCK_SECTION, text)->level = level;
}

void doc_paragraph(struct doc *doc, const char *text)
{
    block_add(doc, BLOCK_PARAGRAPH, text);
}

void doc_list_item(struct doc *doc, const char *text)
{
    block_add(doc, BLOCK_LIST_ITEM, text);
}

void doc_field(struct doc *doc, const char *label, const char *value, const char *note)
{
    doc_block(doc, BLOCK_FIELD, value, label, note);
}

void doc_copy_field(struct doc *doc, const char *label, const char *value, const char *note)
{
    doc_field(doc, label, value, note);
    doc->blocks[doc->count - 1].on = true;
}

void doc_blank_field(struct doc *doc, const char *label, int lines, const char *note)
{
    doc_field(doc, label, "", note);
    doc->blocks[doc->count - 1].level = lines;
}

void doc_question(struct doc *doc, const char *label, const char *note)
{
    doc_block(doc, BLOCK_QUESTION, NULL, label, note);
}

void doc_checkbox(struct doc *doc, bool on, const char *text)
{
    block_add(doc, BLOCK_CHECKBOX, text)->on = on;
}

void doc_signature(struct doc *doc, const char *who, const char *name)
{
    doc_block(doc, BLOCK_SIGNATURE, name, who, NULL);
}

void doc_page_break(struct doc *doc)
{
    block_add(doc, BLOCK_PAGE_BREAK, NULL);
}

void doc_table(struct doc *doc, enum block_kind kind, const char *caption,
               const char *const *headings, size_t columns)
{
    assert(columns > 0);
    block_add(doc, kind, caption)->columns = columns;
    for (size_t i = 0; headings != NULL && i < columns; i++)
        doc_cell(doc, headings[i]);
}

void doc_write_in(struct doc *doc)
{
    doc->blocks[doc->count - 1].on = true;
}

static void row_begin(struct block *block)
{
    size_t used = block->rows * block->columns;
    block->cells = vec_room(block->cells, &block->cell_room, used + block->columns,
                            sizeof block->cells[0]);
    for (size_t i = 0; i < block->columns; i++)
        block->cells[used + i] = xstrdup("");
    block->rows++;
}

void doc_cell(struct doc *doc, const char *text)
{
    assert(doc->count > 0 && doc->blocks[doc->count - 1].columns > 0);
    struct block *block = &doc->blocks[doc->count - 1];
    if (block->filled == block->rows * block->columns)
        row_begin(block);
    free(block->cells[block->filled]);
    block->cells[block->filled++] = xstrdup(text == NULL ? "" : text);
}

void doc_shaded_cell(struct doc *doc, const char *text, int shade)
{
    assert(shade >= 0 && shade <= SHADE_MOST);
    doc_cell(doc, text);
    if (shade == 0)
        return;
    struct block *block = &doc->blocks[doc->count - 1];
    size_t cells = block->rows * block->columns;
    if (block->shaded < cells) {
        block->shades = xrealloc(block->shades, cells, 1);
        memset(block->shades + block->shaded, 0, cells - block->shaded);
        block->shaded = cells;
    }
    block->shades[block->filled - 1] = (unsigned char)shade;
}

int doc_shade(const struct block *block, size_t cell)
{
    return cell < block->shaded ? block->shades[cell] : 0;
}

void doc_gantt(struct doc *doc, const char *text, int today, int target)
{
    struct gantt *gantt = xcalloc(1, sizeof *gantt);
    gantt->today = today;
    gantt->target = target;
    gantt->from = DATE_NONE;
    block_add(doc, BLOCK_GANTT, text)->gantt = gantt;
}

void doc_bar(struct doc *doc, const struct bar *bar)
{
    assert(doc->count > 0 && doc->blocks[doc->count - 1].gantt != NULL);
    struct gantt *gantt = doc->blocks[doc->count - 1].gantt;
    gantt->bars = vec_room(gantt->bars, &gantt->room, gantt->count + 1, sizeof gantt->bars[0]);
    struct bar *own = &gantt->bars[gantt->count++];
    *own = *bar;
    own->id = copied(bar->id);
    own->label = copied(bar->label);
    own->group = copied(bar->group);
    own->reminder = copied(bar->reminder);
    own->note = copied(bar->note);
}

bool block_is_table(const struct block *block)
{
    return block->kind == BLOCK_TABLE || block->kind == BLOCK_CHART
           || block->kind == BLOCK_MATRIX;
}

static size_t letters(const struct block *block)
{
    size_t count = 0;
    const char *const texts[] = { block->text, block->label, block->note };
    for (size_t i = 0; i < countof(texts); i++)
        count += texts[i] == NULL ? 0 : strlen(texts[i]);
    for (size_t i = 0; i < block->rows * block->columns; i++)
        count += strlen(block->cells[i]);
    return count;
}

bool doc_has_contents(const struct doc *doc)
{
    enum { LONG_DOCUMENT = 9000, LONG_SECTIONS = 4 };     /* letters; headings of level 1 */
    size_t count = 0, sections = 0;
    for (size_t i = 0; i < doc->count; i++) {
        count += letters(&doc->blocks[i]);
        sections += doc->blocks[i].kind == BLOCK_SECTION && doc->blocks[i].level == 1;
    }
    return doc->count > 0 && doc->blocks[0].kind == BLOCK_TITLE && count >= LONG_DOCUMENT
           && sections >= LONG_SECTIONS;
}

/* "77 §" is one word. */
static void join_sections(struct buf *text)
{
    static const char sign[] = " §", joined[] = "\u00a0§";
    for (const char *at = text->text; (at = strstr(at, sign)) != NULL;) {
        size_t place = (size_t)(at - text->text);
        buf_splice(text, place, strlen(sign), joined, strlen(joined));
        at = text->text + place + strlen(joined);
    }
}

char *doc_clean(const char *text, bool one_line)
{
    struct buf out = BUF_INIT;
    if (text != NULL)
        utf8_clean(&out, text, strlen(text), one_line ? UTF8_ONE_LINE : 0);
    for (char *tab = strchr(out.text, '\t'); tab != NULL; tab = strchr(tab, '\t'))
        *tab = ' ';
    join_sections(&out);
    return buf_detach(&out);
}
