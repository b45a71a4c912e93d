/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Everything the content files say: forms, tasks, lists, facts, rules, terms, documents.
 *
 * A schema is built once by io/schema_yaml.h and read-only afterwards. All of it lives in one
 * arena and every pointer into it is good as long as the schema. The order of items is the
 * order in which questions are asked. The language is defined in doc/forms.md.
 */
#ifndef CORE_SCHEMA_H
#define CORE_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/lang.h"

struct activities;
struct arena;
struct cards;
struct doc_control;
struct outline;
struct requirement;
struct requirements;

/* Where a thing stands in its file; for messages. */
struct where {
    const char *file;
    int line, col;
};

/* An SQL expression as written; NULL text means that the author gave none. `where` is the
 * place of the expression's first character. */
struct rule_text {
    const char *sql;
    struct where where;
};

/* type, SQL column type, is asked of the user, is a text that is typed */
#define ITEM_TYPE_INFO(_) \
    _(TEXT, "text", "TEXT", true, true) \
    _(LONGTEXT, "longtext", "TEXT", true, true) \
    _(FILE_REF, "file_ref", "TEXT", true, true) \
    _(YTUNNUS, "ytunnus", "TEXT", true, true) \
    _(OID, "oid", "TEXT", true, true) \
    _(PHONE, "phone", "TEXT", true, true) \
    _(EMAIL, "email", "TEXT", true, true) \
    _(POSTCODE, "postcode", "TEXT", true, true) \
    _(CARD_READER, "card_reader", "TEXT", true, true) \
    _(INTEGER, "integer", "INTEGER", true, true) \
    _(DECIMAL, "decimal", "REAL", true, true) \
    _(DATE, "date", "TEXT", true, true) \
    _(YESNO, "yesno", "INTEGER", true, false) \
    _(ONE, "one", "TEXT", true, false) \
    _(MANY, "many", "TEXT", true, false) \
    _(ROW, "row", "TEXT", true, false) \
    _(NOTE, "note", NULL, false, false) \
    _(HEADING, "heading", NULL, false, false) \
    _(REPEAT, "repeat", NULL, false, false)

#define ITEM_TYPE_AS_ENUM(name, word, sql, asked, typed) ITEM_##name,
enum item_type { ITEM_TYPE_INFO(ITEM_TYPE_AS_ENUM) ITEM_TYPE_COUNT };
#undef ITEM_TYPE_AS_ENUM

const char *item_type_name(enum item_type type);
/* SQL column type, or NULL for types without a value. */
const char *item_type_column(enum item_type type);
/* The type holds an answer of the user (read_only items of such a type are still not asked). */
bool item_type_holds_answer(enum item_type type);
bool item_type_is_typed(enum item_type type);

struct source {
    struct text title;        /* absent when there is no source */
    const char *date, *url;   /* url may name a fact; NULL when absent */
};

/* An extra column of a list; values are text, NULL where a choice lacks it. */
struct choice {
    const char *id;
    struct text label, hint;
    const char **extra;       /* one per column of the list */
    struct where where;
};

struct list {
    const char *id;           /* for choices written in an item: the item's id */
    const struct choice *choices;
    size_t choice_count;
    const char **columns;     /* names of the extra columns, since and until among them */
    size_t column_count;
    struct source source;
    struct where where;
};

/* Ready-made rows of a repeat (core/starter.h). */
struct starter {
    const struct list *list;
    const char *name_id, *text_id;
    const struct item *name, *text;   /* take the label and the hint of a choice */
    struct where where;
};

struct item {
    const char *id;
    enum item_type type;
    struct text label, hint, guidance, message, unit;
    struct text model;        /* text, longtext: an answer to propose; names items as {{item}} */
    struct source source;
    struct rule_text required, relevant, constraint, calculate, initial, choice_filter;
    const struct list *list;  /* one, many */
    const char *of, *show;    /* row: the repeat pointed to, and the item that names its rows */
    const char *min, *max;    /* as written; NULL when absent */
    const char *pattern;
    int max_length;           /* in characters; 0 = the type's own limit */
    bool read_only, unsure, sensitive, full_only;
    const char *report_section;
    struct text report_label; /* absent: the label */
    const char **was;         /* NULL-terminated, or NULL */
    struct where where;

    /* repeat only */
    struct text item_label;   /* what one row is called */
    int row_min, row_max;     /* row_max 0 = no bound but SCHEMA_ROWS_MAX */
    struct starter *starter;  /* NULL: no ready-made rows */
    const char **map_ids;     /* two items of the repeat (core/row_map.h), or NULL */
    struct item *items;
    size_t item_count;

    /* filled in when the schema is complete */
    size_t index;             /* position in schema->items */
    const struct item *repeat;        /* the repeat this item is in, or NULL */
    const struct item *target;        /* row: the repeat pointed to */
    const struct item *target_show;   /* row: the item that names a row */
    const struct item *map[2];        /* repeat: down and to the right; NULL: no map */
    const struct page *page;
    const struct form *form;
};

enum { SCHEMA_ROWS_MAX = 2000, SCHEMA_TEXT_MAX = 20000 };

struct page {
    struct text title, why;
    struct rule_text relevant;
    struct item *items;
    size_t item_count;
    const struct form *form;
    size_t index;             /* within the form */
};

struct form {
    const char *id;
    int version;
    struct text title;
    struct source source;
    const char *valid_from;
    struct page *pages;
    size_t page_count;
    size_t index;             /* in schema->forms */
    struct where where;
};

struct phase {
    const char *id;
    struct text title;
    struct where where;
};

enum task_kind { TASK_FORM, TASK_GATE };

struct task {
    const char *id;
    enum task_kind kind;
    const struct phase *phase;
    const char *slide;        /* letter on the source slides, or NULL */
    struct text title, intro;
    const struct task **depends;      /* NULL-terminated */
    const char **depend_ids;
    const struct rule **open; /* gate: rules of other tasks that keep it closed; NULL-terminated */
    const char **open_ids;
    bool ask_complete;        /* the user says when it is done */
    struct rule_text relevant;
    const struct form *form;  /* TASK_FORM */
    size_t index;
    struct where where;
};

enum severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_NOTE };
const char *severity_name(enum severity severity);

/* A finding across forms (data/rules.yaml): it holds where `when` is true. A rule whose task is a
 * gate is a condition of the gate: no mistake, but while it holds the gate is closed. */
struct rule {
    const char *id;
    enum severity severity;
    const struct task *task;
    const struct item *each;  /* a repeat: once per row; or NULL */
    struct rule_text when;
    const struct item *item;  /* where to correct it; may be NULL */
    struct text message, remedy, ask;
    struct source source;
    const char *since, *until;
    bool front;               /* said on the first page and in the plan's state */
    const struct requirement *requirement;    /* a copy for this one, whose task it has; or NULL */
    const char *family;       /* of a copy: the id that the file gives */
    struct where where;
};

/* A dated fact (data/facts.yaml). Values as written; the formatter is core/facts.h. */
struct fact {
    const char *id;
    struct text subject, text, where_to_check;
    struct text name;                     /* value {name}: absent otherwise */
    const char *number, *min, *max, *unit, *address, *date;
    const char *source, *source_date, *seen_on, *valid_from, *valid_to, *url;
    char confidence;                      /* 'H', 'M' or 'L' */
    const char *supersedes_id;
    const struct fact *supersedes;
    struct where where;
};

/* A word of the field, explained (data/terms.yaml). */
struct gloss {
    const char *id;
    struct text term, text;
    const char **match[LANG_COUNT];       /* NULL-terminated word beginnings */
    struct where where;
};

/* ---- data/register_messages.yaml: what the check against the organisation register says ---- */

/* Items that are held against the register: name, key in the file. */
#define REGISTER_ITEM_INFO(_) \
    _(BUSINESS_ID, "business_id") _(NAME, "name") _(STREET, "street") _(POSTCODE, "postcode") \
    _(TOWN, "town") _(OID, "oid") _(UNITS, "units") _(UNIT_NAME, "unit_name") \
    _(UNIT_OID, "unit_oid") _(UNIT_OTHERS, "unit_others") _(UNIT_STREET, "unit_street") \
    _(UNIT_POSTCODE, "unit_postcode") _(UNIT_TOWN, "unit_town") _(ACCESS_POINT, "access_point") \
    _(ACCESS_REPORTED, "access_reported") _(START, "start")
#define REGISTER_ITEM_AS_ENUM(name, word) REGISTER_ITEM_##name,
enum register_item { REGISTER_ITEM_INFO(REGISTER_ITEM_AS_ENUM) REGISTER_ITEM_COUNT };
#undef REGISTER_ITEM_AS_ENUM

/* A word or sentence with an id: a state, a contact, a kind of code, a note. */
struct register_word {
    const char *id;
    struct text text, more;
    struct where where;
};

struct register_wording {
    const char *id;
    struct text message, remedy;
    const char **contacts;    /* ids; NULL-terminated */
    struct where where;
};

struct registers {
    const char *item_ids[REGISTER_ITEM_COUNT];
    const struct item *items[REGISTER_ITEM_COUNT];    /* when the schema is complete */
    struct register_word *states;        size_t state_count;
    struct register_word *notes;         size_t note_count;
    struct register_word *contacts;      size_t contact_count;
    struct register_word *kinds;         size_t kind_count;
    struct register_wording *messages;   size_t message_count;
    struct where where;
};

/* How a section of a document shows its material. */
#define SHOW_INFO(_) \
    _(TITLE, "title") _(STATE, "state") _(NEXT, "next") _(STATUS, "status") \
    _(ANSWERS, "answers") _(TABLE, "table") _(WORKSHEET, "worksheet") _(TEXT, "text") \
    _(FINDINGS, "findings") _(OPEN, "open") _(FACTS, "facts") _(CHANGES, "changes") \
    _(SIGNATURE, "signature") _(TIMELINE, "timeline") _(CARDS, "cards") _(MATRIX, "matrix") \
    _(CHART, "chart") _(DUTIES, "duties") _(QUESTIONS, "questions") _(REGISTER, "register") \
    _(CHECKLIST, "checklist") \
    _(VERDICT, "verdict") _(ACTIONS, "actions") _(EXPIRIES, "expiries") _(UNNEEDED, "unneeded") \
    _(RIGHTS_STATE, "rights-state") _(RIGHTS_ROLES, "rights-roles") \
    _(RIGHTS_USERS, "rights-users") _(RIGHTS_PEOPLE, "rights-people") \
    _(RIGHTS_FINDINGS, "rights-findings") _(RIGHTS_WAIVERS, "rights-waivers") \
    _(RIGHTS_STATEMENT, "rights-statement") _(RIGHTS_ORDER, "rights-order") \
    _(RIGHTS_REVIEW, "rights-review") _(RIGHTS_LEAVERS, "rights-leavers") \
    _(COVER, "cover") _(CONTENTS, "contents") _(VERSIONS, "versions") _(CHAPTERS, "chapters") \
    _(GAPS, "gaps") _(EVIDENCE, "evidence") _(COMPLETENESS, "completeness") _(CROSS, "cross") \
    _(COSTS, "costs")
#define SHOW_AS_ENUM(name, word) SHOW_##name,
enum show { SHOW_INFO(SHOW_AS_ENUM) SHOW_COUNT };
#undef SHOW_AS_ENUM

/* How the sections of a document are numbered: 1, 2, 3; Annex 1, Annex 2; not at all. */
enum doc_numbering { NUMBERING_SECTION, NUMBERING_ANNEX, NUMBERING_NONE };

struct doc_section {
    struct text title, body;
    enum show show;
    enum doc_numbering numbering;
    const char **of;          /* ids: tasks, report sections, items or a repeat; NULL-terminated */
    const char **columns;     /* item ids; NULL-terminated */
    const char *grades;       /* cross: list of the grades of its cells (row_map.h), or NULL */
    struct rule_text relevant;
    struct where where;
};

struct document {
    const char *id;
    struct text title, audience;
    const char **formats;     /* NULL-terminated */
    int order;                /* place among the documents, from 1; 0: after those that have one */
    bool confidential;
    struct text marking;      /* said on every page; absent: a notice when it is confidential */
    const char *outline;      /* the item that chooses a table of contents (outlines.h), or NULL */
    struct doc_control *control;  /* how it is approved (versions.h); NULL: it is not */
    struct doc_section *sections;
    size_t section_count;
    struct where where;
};

/* A column that a file of rows may have. Cells of several `part` columns of one item make its
 * value together, in this order, when the file has no column with the whole of it. */
struct import_column {
    const struct item *item;
    const char **headings[LANG_COUNT];    /* NULL-terminated */
    bool part;
    struct where where;
};

/* What a file of rows is taken in as (data/imports/): the rows of a repeat, told from each other by
 * what the item `key` says. */
struct import_kind {
    const char *id;
    const struct item *repeat, *key;
    struct import_column *columns;
    size_t column_count;
    struct where where;
};

/* All arrays are in the schema's arena; the pointers stay good as long as the schema. */
struct schema {
    struct arena *arena;          /* NULL: the schema is of an image (io/image.h) */
    struct form *forms;           size_t form_count;
    struct phase *phases;         size_t phase_count;
    struct task *tasks;           size_t task_count;
    struct list *lists;           size_t list_count;
    struct rule *rules;           size_t rule_count;
    struct fact *facts;           size_t fact_count;
    struct gloss *terms;          size_t term_count;
    struct document *documents;   size_t document_count;
    struct registers *registers;  /* NULL: no such file */
    struct rights_data *rights;   /* core/rights_data.h; NULL: no such files */
    struct outline *outlines;     size_t outline_count;
    struct requirements *requirements;    /* core/requirement.h; NULL: no such file */
    struct activities *activities;        /* activity.h; NULL: no such file */
    struct cards *cards;          /* core/card_data.h; NULL: no such files */
    struct import_kind *imports;  size_t import_count;
    struct package *packages;     size_t package_count;      /* core/package.h */

    /* every item of every form, notes and repeats included, in the order of asking */
    const struct item **items;    size_t item_count;
    struct schema_index *index;   /* by id; private */
};

/* An empty schema, in an arena of its own or in one that it takes; schema_free() frees all. */
struct schema *schema_new(void);
struct schema *schema_new_in(struct arena *arena);
void schema_free(struct schema *schema);

/* Joins what was loaded: numbers items, resolves references between forms, tasks, rules and
 * facts. Unknown or doubled ids are reported one by one to `report` (with a suggestion), and
 * the schema is usable only when the count of problems returned is 0. */
typedef void (*schema_report)(void *data, const struct where *where, const char *message);
int schema_finish(struct schema *schema, schema_report report, void *data);

/* Look-ups by id; NULL when there is none. An item is also found by an id it had before. */
const struct item *schema_item(const struct schema *schema, const char *id);
const struct item *schema_item_n(const struct schema *schema, const char *id, size_t length);
const struct form *schema_form(const struct schema *schema, const char *id);
const struct task *schema_task(const struct schema *schema, const char *id);
const struct list *schema_list(const struct schema *schema, const char *id);
const struct fact *schema_fact(const struct schema *schema, const char *id);
const struct document *schema_document(const struct schema *schema, const char *id);
const struct choice *list_choice(const struct list *list, const char *id);
const struct register_word *register_word_find(const struct register_word *words, size_t count,
                                               const char *id);

/* The task whose form the item is in; NULL when no task has that form. */
const struct task *schema_task_of(const struct schema *schema, const struct item *item);

/* The id among `count` candidates nearest to `word` (edit distance at most 2, and at most a
 * third of its length), or NULL: for "did you mean". */
const char *schema_nearest(const char *word, const char *const *candidates, size_t count);

#endif
