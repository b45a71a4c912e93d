/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The document model: what is on paper, without how it looks.
 *
 * A document is a flat list of blocks in reading order. Builders append blocks; writers
 * (text, JSON, later PDF and others) walk the list. All texts are in one language, the document's.
 */
#ifndef OUT_DOC_H
#define OUT_DOC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/lang.h"
#include "core/gantt.h"

enum block_kind {
    BLOCK_TITLE,        /* text */
    BLOCK_SECTION,      /* level 1-3, text */
    BLOCK_PARAGRAPH,    /* text */
    BLOCK_LIST_ITEM,    /* text; label: its number, or NULL */
    BLOCK_FIELD,        /* label, text (empty: a line to write on), note (may be NULL);
                           on: made to be copied, so a long value has lines of its own;
                           level: lines to write on, if more than one */
    BLOCK_QUESTION,     /* label, note (may be NULL); what follows are boxes to tick */
    BLOCK_CHECKBOX,     /* text, on */
    BLOCK_TABLE,        /* cells: rows x columns, the first row is the heading;
                           text: caption or NULL */
    BLOCK_CHART,        /* text: alternative text; cells as a table */
    BLOCK_GANTT,        /* text: alternative text; gantt */
    BLOCK_MATRIX,       /* as a table, first column and row are headings */
    BLOCK_SIGNATURE,    /* label: who signs, text: the name or "" */
    BLOCK_PAGE_BREAK,
    BLOCK_CONTENTS,     /* here stand the headings of levels 1 and 2 that follow, with pages */
    BLOCK_KIND_COUNT
};

/* A bar of a Gantt chart, or, without an id, the heading of those below it. Days are day numbers;
 * DATE_NONE where there is none. */
struct bar {
    char *id;                 /* the same in every print of the plan */
    char *label;
    char *group;              /* for calendars: what it belongs to */
    char *reminder;           /* for calendars: what to do on the day `by`; NULL: nothing */
    char *note;               /* for calendars: more of it; may be NULL */
    int first, last;
    struct gantt_bar shape;   /* what is drawn */
    int by;                   /* last day on which all is still well */
    int warn;                 /* days before `by` to warn; negative: never */
    bool critical, done;
    bool hidden;              /* for calendars only, not drawn */
};

struct gantt {
    int today, target;
    int from;                 /* what is before this day is not drawn; DATE_NONE: all is */
    struct bar *bars;
    size_t count, room;
    struct span *pauses;      /* in which one's own work stands still, in their order */
    size_t pause_count;
};

struct block {
    enum block_kind kind;
    int level;
    bool on;
    char *text, *label, *note;
    char **cells;             /* row by row; cells that were not given are "" */
    size_t rows, columns;
    size_t filled, cell_room; /* private: cells given so far, and room for */
    unsigned char *shades;    /* private: doc_shade(); NULL: no cell has one */
    size_t shaded;            /* private: cells that `shades` has room for */
    struct gantt *gantt;
};

struct doc {
    enum lang lang;
    char *id, *title, *provider, *date;   /* date as shown in page headers */
    char *notice;                         /* marking that every page bears, or NULL */
    char *version;                        /* "version 2", on every page too, or NULL */
    char *number;                         /* which state of the plan it shows, or NULL */
    char *owner;              /* tells the plan from other plans in names for programs */
    int day;                  /* the plan's day; DATE_NONE */
    long revision;            /* grows with every change of the plan */
    struct block *blocks;
    size_t count, room;
};

struct doc *doc_new(const char *id, enum lang lang, const char *title);
void doc_free(struct doc *doc);

/* Provider, date and notice (may be NULL) of the page headers. */
void doc_set_header(struct doc *doc, const char *provider, const char *date, const char *notice);

/* Notice and version of the page headers; NULL for none. */
void doc_set_marks(struct doc *doc, const char *notice, const char *version);

/* Which state of the plan it shows; NULL for none. */
void doc_set_number(struct doc *doc, const char *number);
/* What a page header says of its state: the version, or else the number; NULL for none. */
const char *doc_mark(const struct doc *doc);

/* The day of printing, and how the page headers show it. */
void doc_set_date(struct doc *doc, int day, const char *date);

/* A block of any kind but a table, for who takes it from elsewhere. Good until the next block. */
struct block *doc_block(struct doc *doc, enum block_kind kind, const char *text,
                        const char *label, const char *note);

/* What calendars need to know a later print of the same plan by. */
void doc_set_version(struct doc *doc, const char *owner, int day, long revision);

/* Each copies its texts. */
void doc_title(struct doc *doc, const char *text);
void doc_section(struct doc *doc, int level, const char *text);
void doc_paragraph(struct doc *doc, const char *text);
void doc_list_item(struct doc *doc, const char *text);
void doc_field(struct doc *doc, const char *label, const char *value, const char *note);
/* A field whose value is meant to be copied elsewhere as it is. */
void doc_copy_field(struct doc *doc, const char *label, const char *value, const char *note);
enum { FIELD_LINES_MOST = 20 };
/* A field without a value, with so many lines to write on. */
void doc_blank_field(struct doc *doc, const char *label, int lines, const char *note);
/* A question whose answers, to be ticked, follow. */
void doc_question(struct doc *doc, const char *label, const char *note);
void doc_checkbox(struct doc *doc, bool on, const char *text);
void doc_signature(struct doc *doc, const char *who, const char *name);
void doc_page_break(struct doc *doc);

/* A table is begun with its headings (NULL: they follow as cells) and filled cell by cell, row by
 * row. */
/* The table that was begun last is to be filled in by hand: its rows are tall, and its empty cells
 * wide enough to write in. */
void doc_write_in(struct doc *doc);
void doc_table(struct doc *doc, enum block_kind kind, const char *caption,
               const char *const *headings, size_t columns);
void doc_cell(struct doc *doc, const char *text);

/* How dark a cell is, from 1 (hardly) to SHADE_MOST; 0: as paper. What it means stands in its text,
 * since not everyone sees it. */
enum { SHADE_MOST = 4 };
void doc_shaded_cell(struct doc *doc, const char *text, int shade);
int doc_shade(const struct block *block, size_t cell);

/* A chart is begun with what it says in words and filled bar by bar. */
void doc_gantt(struct doc *doc, const char *text, int today, int target);
void doc_bar(struct doc *doc, const struct bar *bar);

/* The block has cells: a table, chart or matrix. */
bool block_is_table(const struct block *block);

/* It is long enough for a title page and a table of contents, and has a title. */
bool doc_has_contents(const struct doc *doc);

/* The block is the heading of a table of contents: a writer with contents of its own leaves it
 * out. */
bool doc_heads_contents(const struct doc *doc, size_t number);

/* Takes back all blocks from the position `count` on: a heading that got nothing below it. */
void doc_cut(struct doc *doc, size_t count);

/* For writers: the text made harmless once more, tabs as spaces, no line end before "§", NULL as
 * "". The caller frees. */
char *doc_clean(const char *text, bool one_line);

#endif
