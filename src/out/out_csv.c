/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The tables of a document as CSV, for spreadsheets and for suppliers' systems. Boxes to tick are a
 * table, too: whose or what they are, what is to be done, whether it is.
 *
 * Where tables stand under different headings, each has the headings in a line above it.
 *
 * A spreadsheet takes a cell that begins with =, +, -, @ or a control character for a formula and
 * would run it. Such a cell gets an apostrophe in front, and all cells are quoted where needed.
 */
#include "out/writers.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/tr.h"
#include "out/doc.h"

static bool is_formula(const char *text)
{
    while (*text == ' ')
        text++;
    return *text && (strchr("=+-@|%\t\r", *text) || strncmp(text, "\xe2\x88\x92", 3) == 0);
}

static void add_cell(struct buf *out, const char *text)
{
    char *clean = doc_clean(text, false);
    bool quoted = clean[strcspn(clean, ";\"\n\r")] != '\0' || clean[0] == ' ';

    if (quoted)
        buf_add_char(out, '"');
    if (is_formula(clean))
        buf_add_char(out, '\'');
    for (const char *c = clean; *c; c++) {
        if (*c == '"')
            buf_add_char(out, '"');
        buf_add_char(out, *c);
    }
    if (quoted)
        buf_add_char(out, '"');
    free(clean);
}

static void add_table(struct buf *out, const struct block *block)
{
    for (size_t row = 0; row < block->rows; row++) {
        for (size_t i = 0; i < block->columns; i++) {
            if (i > 0)
                buf_add_char(out, ';');
            add_cell(out, block->cells[row * block->columns + i]);
        }
        buf_add(out, "\r\n");
    }
}

enum { LEVELS = 3 };

struct writing {
    struct buf *out;
    const struct tr *tr;
    const char *under[LEVELS]; /* the headings that the block stands under, or NULL */
    bool headed;              /* tables have their headings above them */
    bool in_boxes;            /* the table that is being written is one of boxes */
    bool begun;
};

static bool is_box_row(const struct doc *doc, size_t at)
{
    bool before = at + 1 < doc->count && doc->blocks[at + 1].kind == BLOCK_CHECKBOX;
    return doc->blocks[at].kind == BLOCK_CHECKBOX
           || (doc->blocks[at].kind == BLOCK_FIELD && before);
}

/* Whether there are tables, or boxes, under more than one heading. */
static bool is_headed(const struct doc *doc)
{
    size_t heading = 0, first = SIZE_MAX;
    for (size_t i = 0; i < doc->count; i++) {
        const struct block *block = &doc->blocks[i];
        if (block->kind == BLOCK_SECTION)
            heading = i;
        if (block->rows == 0 && !is_box_row(doc, i))
            continue;
        if (first != SIZE_MAX && heading != first)
            return true;
        first = heading;
    }
    return false;
}

static void enter(struct writing *w, const struct block *block)
{
    int level = block->level < 1 ? 1 : block->level > LEVELS ? LEVELS : block->level;
    w->under[level - 1] = block->text;
    for (; level < LEVELS; level++)
        w->under[level] = NULL;
    w->in_boxes = w->in_boxes && block->level > 1;
}

/* The empty line between tables, and the headings down to `levels`, with the caption. */
static void begin_table(struct writing *w, int levels, const char *caption)
{
    const char *between = "";
    if (w->begun)
        buf_add(w->out, "\r\n");
    w->begun = true;
    for (int i = 0; w->headed && i <= levels; i++) {
        const char *text = i < levels ? w->under[i] : caption;
        if (text == NULL || *text == '\0')
            continue;
        buf_add(w->out, between);
        add_cell(w->out, text);
        between = ";";
    }
    if (*between != '\0')
        buf_add(w->out, "\r\n");
}

static void add_box(struct writing *w, const struct block *block)
{
    struct buf what = BUF_INIT;
    const char *whose = "";
    for (int i = 0; i < LEVELS; i++)
        whose = w->under[i] == NULL ? whose : w->under[i];
    if (!w->in_boxes) {
        begin_table(w, 1, NULL);
        buf_addf(w->out, "%s;%s;%s\r\n", tr_text(w->tr, "Heading"), tr_text(w->tr, "Point"),
                 tr_text(w->tr, "Ticked"));
    }
    w->in_boxes = true;
    if (block->kind == BLOCK_FIELD)
        buf_addf(&what, "%s: ", block->label);
    buf_add(&what, block->text);
    add_cell(w->out, whose);
    buf_add_char(w->out, ';');
    add_cell(w->out, what.text);
    buf_add(w->out, block->on ? ";x\r\n" : ";\r\n");
    buf_free(&what);
}

void out_csv(const struct doc *doc, const struct tr *tr, struct buf *out)
{
    struct writing w = { .out = out, .tr = tr, .headed = is_headed(doc) };
    buf_add(out, "\xef\xbb\xbf");
    for (size_t i = 0; i < doc->count; i++) {
        const struct block *block = &doc->blocks[i];
        if (block->kind == BLOCK_SECTION) {
            enter(&w, block);
        } else if (is_box_row(doc, i)) {
            add_box(&w, block);
        } else if (block->rows > 0) {
            begin_table(&w, LEVELS, block->text);
            add_table(out, block);
            w.in_boxes = false;
        }
    }
}
