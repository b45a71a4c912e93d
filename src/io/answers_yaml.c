/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Answers as a file: a map `answers` from item ids to texts; a repeat is a list of maps, each
 * with its row_key. All values are texts in their stored form, "?" is "I do not know". Beside it
 * the tasks that are done, and the facts that the user has checked.
 */
#include "io/answers_yaml.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "core/fact_notes.h"
#include "core/plan.h"
#include "io/node.h"

/* ---- export ---- */

/* Calls `each` for every task that the user has said to be done. */
static void each_done(const struct plan *plan, void (*each)(void *data, const char *task),
                      void *data)
{
    for (size_t i = 0; i < plan->schema->task_count; i++)
        if (answers_task_done(plan->answers, plan->schema->tasks[i].id))
            each(data, plan->schema->tasks[i].id);
}

static void done_yaml(void *data, const char *task)
{
    struct buf *out = data;

    buf_addf(out, "%s%s", out->length ? ", " : "", task);
}

static void done_json(void *data, const char *task)
{
    json_array_append_new(data, json_string(task));
}

static void add_quoted(struct buf *out, const char *text)
{
    buf_add_char(out, '"');
    for (; *text; text++) {
        if (*text == '\n')
            buf_add(out, "\\n");
        else if (*text == '\t')
            buf_add(out, "\\t");
        else if (*text == '"' || *text == '\\')
            buf_addf(out, "\\%c", *text);
        else
            buf_add_char(out, *text);
    }
    buf_add_char(out, '"');
}

/* A content text for a comment: it must not go on in the next line. */
static void add_one_line(struct buf *out, const struct plan *plan, const struct text *text,
                         const struct tr *tr)
{
    struct buf filled = BUF_INIT;

    plan_text(plan, text, tr, &filled);
    utf8_clean(out, filled.text, filled.length, UTF8_ONE_LINE);
    buf_free(&filled);
}

/* The question as a comment, then "id: value", or the same commented out when not answered. */
static void add_answer(struct buf *out, const struct plan *plan, const struct item *item,
                       const char *row, const char *indent, const struct tr *tr)
{
    const char *value = answers_value(plan->answers, item, row);

    buf_addf(out, "%s# ", indent);
    add_one_line(out, plan, &item->label, tr);
    buf_addf(out, "\n%s%s%s: ", indent, value ? "" : "# ", item->id);
    add_quoted(out, value ? value : "");
    buf_add_char(out, '\n');
}

static void add_rows(struct buf *out, const struct plan *plan, const struct item *repeat,
                     const struct tr *tr)
{
    size_t rows = answers_row_count(plan->answers, repeat);

    buf_add(out, "  # ");
    add_one_line(out, plan, &repeat->label, tr);
    buf_addf(out, "\n  %s:%s\n", repeat->id, rows ? "" : " []");
    for (size_t r = 0; r < rows; r++) {
        const char *key = answers_row_at(plan->answers, repeat, r)->key;
        buf_add(out, "    - row_key: ");
        add_quoted(out, key);
        buf_add_char(out, '\n');
        for (size_t i = 0; i < repeat->item_count; i++)
            if (item_type_holds_answer(repeat->items[i].type) && !repeat->items[i].calculate.sql)
                add_answer(out, plan, &repeat->items[i], key, "      ", tr);
    }
}

/* The fact's own note, NULL when it has none, with its days as they stand in the file; `known` is
 * "" when the data told none. */
static const struct fact_note *note_of(const struct plan *plan, const struct fact *fact,
                                       char on[11], char known[11])
{
    const struct fact_note *note = fact_notes_own(answers_notes(plan->answers), fact);

    if (note) {
        date_iso(note->on, on);
        date_iso(note->seen, known);
    }
    return note;
}

static void add_notes(struct buf *out, const struct plan *plan, const struct tr *tr)
{
    const struct schema *schema = plan->schema;
    char on[11], known[11];

    buf_addf(out, "\n# %s\nchecked:", tr_text(tr, "Facts that you have checked yourself."));
    for (size_t i = 0; i < schema->fact_count; i++) {
        const struct fact_note *note = note_of(plan, &schema->facts[i], on, known);
        if (!note)
            continue;
        buf_add(out, "\n  # ");
        add_one_line(out, plan, &schema->facts[i].subject, tr);
        buf_addf(out, "\n  - fact: %s\n    value: ", schema->facts[i].id);
        add_quoted(out, note->value);
        buf_addf(out, "\n    on: \"%s\"\n    by: ", on);
        add_quoted(out, note->by);
        buf_addf(out, "\n    data_seen_on: \"%s\"", known);
    }
    buf_add(out, out->text[out->length - 1] == ':' ? " []\n" : "\n");
}

static void export_yaml(const struct plan *plan, const struct tr *tr, struct buf *out)
{
    const struct form *form = NULL;
    struct buf done = BUF_INIT;

    buf_addf(out, "# %s\nkantapolku: 1\nanswers:\n",
             tr_text(tr, "Answers of a kantapolku plan. Every question stands above its answer; "
                         "\"?\" means I do not know."));
    for (size_t i = 0; i < plan->schema->item_count; i++) {
        const struct item *item = plan->schema->items[i];
        if (item->form != form) {
            buf_add(out, "\n  # ---- ");
            add_one_line(out, plan, &item->form->title, tr);
            buf_add(out, " ----\n");
        }
        form = item->form;
        if (item->type == ITEM_REPEAT)
            add_rows(out, plan, item, tr);
        else if (!item->repeat && item_type_holds_answer(item->type) && !item->calculate.sql)
            add_answer(out, plan, item, NULL, "  ", tr);
    }
    each_done(plan, done_yaml, &done);
    buf_addf(out, "\n# %s\ndone: [%s]\n", tr_text(tr, "Tasks that were marked as done."),
             done.text);
    buf_free(&done);
    add_notes(out, plan, tr);
}

static json_t *row_json(const struct plan *plan, const struct item *repeat, const char *key)
{
    json_t *row = json_object();

    json_object_set_new(row, "row_key", json_string(key));
    for (size_t i = 0; i < repeat->item_count; i++) {
        const char *value = answers_value(plan->answers, &repeat->items[i], key);
        if (value)
            json_object_set_new(row, repeat->items[i].id, json_string(value));
    }
    return row;
}

static json_t *notes_json(const struct plan *plan)
{
    const struct schema *schema = plan->schema;
    json_t *notes = json_array();
    char on[11], known[11];

    for (size_t i = 0; i < schema->fact_count; i++) {
        const struct fact_note *note = note_of(plan, &schema->facts[i], on, known);
        if (!note)
            continue;
        json_array_append_new(notes, json_pack("{s:s,s:s,s:s,s:s,s:s}", "fact",
                                               schema->facts[i].id, "value", note->value, "on",
                                               on, "by", note->by, "data_seen_on", known));
    }
    return notes;
}

static void export_json(const struct plan *plan, struct buf *out)
{
    json_t *root = json_object(), *answers = json_object(), *done = json_array();
    char *text;

    for (size_t i = 0; i < plan->schema->item_count; i++) {
        const struct item *item = plan->schema->items[i];
        const char *value = item->repeat ? NULL : answers_value(plan->answers, item, NULL);
        if (value)
            json_object_set_new(answers, item->id, json_string(value));
        if (item->type == ITEM_REPEAT) {
            json_t *rows = json_array();
            for (size_t r = 0; r < answers_row_count(plan->answers, item); r++)
                json_array_append_new(
                    rows, row_json(plan, item, answers_row_at(plan->answers, item, r)->key));
            json_object_set_new(answers, item->id, rows);
        }
    }
    json_object_set_new(root, "kantapolku", json_integer(1));
    json_object_set_new(root, "answers", answers);
    each_done(plan, done_json, done);
    json_object_set_new(root, "done", done);
    json_object_set_new(root, "checked", notes_json(plan));
    text = json_dumps(root, JSON_INDENT(2));
    buf_addf(out, "%s\n", text);
    free(text);
    json_decref(root);
}

void answers_export(const struct plan *plan, enum answers_format format, const struct tr *tr,
                    struct buf *out)
{
    if (format == ANSWERS_JSON)
        export_json(plan, out);
    else
        export_yaml(plan, tr, out);
}

/* ---- import ---- */

struct import {
    struct plan *plan;
    struct plan_batch *batch;
    const struct tree *tree;
    const struct tr *tr;
    answers_report report;
    void *data;
    struct err *err;
};

static int fail_text(const struct import *import, struct at at, const char *text)
{
    const struct node *node = at_node(at);

    return err_at(import->err, ERR_INPUT, import->tree->file, node ? (int)node->line : 0,
                  node ? node->col : 0, "%s", text);
}

/* The message may have one %s, for the word. */
static int fail(const struct import *import, struct at at, const char *msgid, const char *word)
{
    struct buf text = BUF_INIT;
    int code;

    buf_addf(&text, tr_text(import->tr, msgid), word);
    code = fail_text(import, at, text.text);
    buf_free(&text);
    return code;
}

static void report(const struct import *import, struct at at, const struct item *item,
                   const char *value, const char *remark)
{
    struct buf line = BUF_INIT;
    const struct node *node = at_node(at);

    buf_addf(&line, "%s = \"%s\"%s%s", item->id, value, *remark ? ": " : "", remark);
    if (import->report)
        import->report(import->data, (int)node->line, node->col, line.text);
    buf_free(&line);
}

static const char *scalar(struct at value)
{
    const char *text = at_text(value);

    return text ? text : "";
}

static int set_one(struct import *import, const struct item *item, const char *row,
                   struct at value)
{
    struct check check = CHECK_INIT;
    struct buf remark = BUF_INIT;
    struct err why = { .tr = import->tr };
    const char *before = answers_value(import->plan->answers, item, row);
    int code;

    if (!at_is(value, NODE_SCALAR))
        return fail(import, value, N_("a single text is expected for \"%s\""), item->id);
    if (!item_type_holds_answer(item->type) || item->calculate.sql)
        return fail(import, value, N_("\"%s\" cannot be answered"), item->id);
    code = plan_batch_set(import->batch, item, row, scalar(value), &check, &why);
    check_message(&check, import->tr, &remark);
    if (code)
        code = fail_text(import, value, remark.length ? remark.text : why.msg);
    else if (strcmp(before ? before : "", check.value.text) != 0 || check.state == CHECK_BAD)
        report(import, value, item, check.value.text, remark.text);
    buf_free(&remark);
    check_free(&check);
    return code;
}

static int unknown_item(const struct import *import, struct at key)
{
    const struct schema *schema = import->plan->schema;
    const char **ids = xcalloc(schema->item_count + 1, sizeof *ids), *near;
    struct buf message = BUF_INIT;
    int code;

    for (size_t i = 0; i < schema->item_count; i++)
        ids[i] = schema->items[i]->id;
    near = schema_nearest(scalar(key), ids, schema->item_count);
    buf_addf(&message,
             tr_text(import->tr, near ? N_("there is no item \"%s\"; did you mean \"%s\"?")
                                      : N_("there is no item \"%s\"")), scalar(key), near);
    code = fail_text(import, key, message.text);
    buf_free(&message);
    free(ids);
    return code;
}

/* Digits that are the same number in only one way: two rows never have the same key. */
static bool is_row_key(const char *text)
{
    size_t digits = strspn(text, "0123456789");

    return text[digits] == '\0' && digits <= 15 && (text[0] != '0' || digits == 1);
}

/* A row that the plan has, by its key; else a new one with that key or a fresh one. */
static int find_or_add_row(struct import *import, const struct item *repeat, struct at map,
                           char key[24])
{
    const char *wanted = at_text(at_key(map, "row_key"));
    struct err why = { .tr = import->tr };

    key[0] = 0;
    if (wanted && !is_row_key(wanted))
        return fail(import, at_key(map, "row_key"), N_("a row_key is a number, not \"%s\""),
                    wanted);
    snprintf(key, 24, "%s", wanted ? wanted : "");
    if (wanted && answers_row_position(import->plan->answers, repeat, wanted) >= 0)
        return 0;
    if (plan_batch_add_row(import->batch, repeat, key, &why))
        return fail_text(import, map, why.msg);
    return 0;
}

static int set_row(struct import *import, const struct item *repeat, struct at map)
{
    char key[24];
    int code;

    if (!at_is(map, NODE_MAP))
        return fail(import, map, N_("a row is a map of items: \"%s\""), repeat->id);
    code = find_or_add_row(import, repeat, map, key);
    for (struct at name = at_first(map); !code && name.tree; ) {
        struct at value = at_next(map, name);
        const struct item *item = schema_item(import->plan->schema, scalar(name));
        if (strcmp(scalar(name), "row_key") == 0)
            ;
        else if (!item || item->repeat != repeat)
            code = unknown_item(import, name);
        else
            code = set_one(import, item, key, value);
        name = at_next(map, value);
    }
    return code;
}

static int set_rows(struct import *import, const struct item *repeat, struct at rows)
{
    int code = 0;

    if (!at_is(rows, NODE_SEQUENCE))
        return fail(import, rows, N_("a list of rows is expected for \"%s\""), repeat->id);
    for (struct at row = at_first(rows); !code && row.tree; row = at_next(rows, row))
        code = set_row(import, repeat, row);
    return code;
}

static int set_all(struct import *import, struct at answers)
{
    int code = 0;

    for (struct at name = at_first(answers); !code && name.tree;) {
        struct at value = at_next(answers, name);
        const struct item *item = schema_item(import->plan->schema, scalar(name));
        if (!item || item->repeat)
            code = unknown_item(import, name);
        else if (item->type == ITEM_REPEAT)
            code = set_rows(import, item, value);
        else
            code = set_one(import, item, NULL, value);
        name = at_next(answers, value);
    }
    return code;
}

static int set_done(struct import *import, struct at done)
{
    for (struct at id = at_first(done); id.tree; id = at_next(done, id)) {
        const struct task *task = schema_task(import->plan->schema, scalar(id));
        if (!task || !task->ask_complete)
            return fail(import, id, N_("\"%s\" is no task that the user says to be done"),
                        scalar(id));
        plan_batch_set_done(import->batch, task, true);
    }
    return 0;
}

/* What was wrong with a part of a note, at its place. */
static int note_fault(const struct import *import, struct at map, const char *key,
                      const struct check *check)
{
    struct at at = at_key(map, key);
    struct buf text = BUF_INIT;
    int code;

    if (check->state == CHECK_OK)
        return 0;
    buf_addf(&text, "\"%s\": ", key);
    check_message(check, import->tr, &text);
    code = fail_text(import, at.tree ? at : map, text.text);
    buf_free(&text);
    return code;
}

static int set_note(struct import *import, struct at map)
{
    const char *id = scalar(at_key(map, "fact"));
    const struct fact *fact = schema_fact(import->plan->schema, id);
    struct check value = CHECK_INIT, on = CHECK_INIT, by = CHECK_INIT;
    struct fact_note note = { 0 };
    int code = 0, today = import->plan->today;

    if (!at_is(map, NODE_MAP) || !fact)
        return fail(import, map, N_("there is no fact \"%s\""), id);
    fact_note_check(fact, scalar(at_key(map, "value")), today, &value);
    fact_note_check_day(scalar(at_key(map, "on")), today, &on);
    fact_note_check_who(scalar(at_key(map, "by")), today, &by);
    code = note_fault(import, map, "value", &value);
    if (!code)
        code = note_fault(import, map, "on", &on);
    if (!code)
        code = note_fault(import, map, "by", &by);
    if (!code) {
        note.on = date_parse_iso(on.value.text);
        note.seen = date_parse_iso(scalar(at_key(map, "data_seen_on")));
        note.by = by.value.text;
        note.value = value.value.text;
        plan_batch_set_note(import->batch, fact, &note);
    }
    check_free(&value);
    check_free(&on);
    check_free(&by);
    return code;
}

static int set_notes(struct import *import, struct at notes)
{
    int code = 0;

    for (struct at note = at_first(notes); !code && note.tree; note = at_next(notes, note))
        code = set_note(import, note);
    return code;
}

int answers_import(struct plan *plan, const char *text, size_t length, const char *file,
                   bool dry_run, const struct tr *tr, answers_report report_to, void *data,
                   struct err *err)
{
    struct tree tree = { 0 };
    struct import import = { .plan = plan, .tree = &tree, .tr = tr, .report = report_to,
                             .data = data, .err = err };
    int code = tree_parse(&tree, text, length, file, err);
    struct at answers;

    if (code)
        return code;
    answers = at_key(tree_root(&tree), "answers");
    import.batch = plan_batch_new(plan);
    if (!at_is(answers, NODE_MAP))
        code = fail(&import, tree_root(&tree), N_("there is no map of answers: write \"answers:\""),
                    NULL);
    else
        code = set_all(&import, answers);
    if (!code)
        code = set_done(&import, at_key(tree_root(&tree), "done"));
    if (!code)
        code = set_notes(&import, at_key(tree_root(&tree), "checked"));
    if (dry_run)
        plan_batch_free(import.batch);
    else
        code = plan_batch_end(import.batch, code, err);
    tree_free(&tree);
    return code;
}
