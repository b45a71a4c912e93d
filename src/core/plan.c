/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Changing a plan: every change is a batch of log entries that is written first and applied
 * afterwards, so that memory never holds what the disk does not.
 */
#include "core/plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/tr.h"
#include "core/fact_notes.h"
#include "core/identifiers.h"

/* ---- opening ---- */

static void replay(void *data, const struct entry *entry)
{
    struct plan *plan = data;

    answers_apply(plan->answers, entry);
    plan->last_entry = entry->id;
    plan->change_count += entry->change != plan->last_change;
    if (entry->change > plan->last_change)
        plan->last_change = entry->change;
}

int plan_open(struct plan **out, const struct schema *schema, const struct store_ops *ops,
              void *store, int today, struct err *err)
{
    struct plan *plan = xcalloc(1, sizeof *plan);
    int code;

    *plan = (struct plan){ .schema = schema, .ops = ops, .store = store, .today = today,
                           .answers = answers_new(schema) };
    code = ops->read(store, 0, replay, plan, err);
    if (!code)
        code = engine_new(&plan->engine, schema, plan->answers, today, err);
    if (code) {
        plan_close(plan);
        return code;
    }
    *out = plan;
    return 0;
}

void plan_close(struct plan *plan)
{
    if (!plan)
        return;
    engine_free(plan->engine);
    answers_free(plan->answers);
    plan->ops->close(plan->store);
    free(plan);
}

const char *plan_read_only(const struct plan *plan)
{
    return plan->ops->read_only(plan->store);
}

/* ---- batches ---- */

/* Entries that will be one change. Rows added in the batch exist in the answers only after the
 * commit; until then has_row() finds them among the entries. */
struct plan_batch {
    struct plan *plan;
    struct entry *entries;
    size_t count, room;
    int64_t takes_back;
    bool adds_rows;
};

struct plan_batch *plan_batch_new(struct plan *plan)
{
    struct plan_batch *batch = xcalloc(1, sizeof *batch);

    batch->plan = plan;
    return batch;
}

/* Entries whose strings are their own. */
static void entries_free(struct entry *entries, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free((char *)entries[i].form);
        free((char *)entries[i].row);
        free((char *)entries[i].item);
        free((char *)entries[i].value);
    }
    free(entries);
}

void plan_batch_free(struct plan_batch *batch)
{
    if (!batch)
        return;
    entries_free(batch->entries, batch->count);
    free(batch);
}

static void add_entry(struct plan_batch *batch, const char *form, const char *row,
                      const char *item, const char *value)
{
    batch->entries = vec_room(batch->entries, &batch->room, batch->count + 1,
                              sizeof batch->entries[0]);
    batch->entries[batch->count++] =
        (struct entry){ .form = xstrdup(form), .row = xstrdup(row), .item = xstrdup(item),
                        .value = value ? xstrdup(value) : NULL };
}

/* "person/3", or "" outside repeats. */
static char *row_path(const struct item *repeat, const char *row)
{
    struct buf path = BUF_INIT;

    if (repeat)
        buf_addf(&path, "%s/%s", repeat->id, row);
    return buf_detach(&path);
}

static void add_value(struct plan_batch *batch, const struct item *item, const char *row,
                      const char *value)
{
    char *path = row_path(item->repeat, row);

    add_entry(batch, item->form->id, path, item->id, value);
    free(path);
}

static void add_row_entry(struct plan_batch *batch, const struct item *repeat, const char *row,
                          const char *what, const char *value)
{
    char *path = row_path(repeat, row);

    add_entry(batch, repeat->form->id, path, what, value);
    free(path);
}

/* How many rows the batch adds to the repeat; `*newest` grows to the largest key among them. */
static size_t added_rows(const struct plan_batch *batch, const struct item *repeat,
                         long long *newest)
{
    size_t count = 0, name = strlen(repeat->id);

    for (size_t i = 0; batch->adds_rows && i < batch->count; i++) {
        const struct entry *entry = &batch->entries[i];
        long long key;
        if (strcmp(entry->item, ENTRY_ROW_ADD) != 0 ||
            strncmp(entry->row, repeat->id, name) != 0 || entry->row[name] != '/')
            continue;
        count++;
        key = strtoll(entry->row + name + 1, NULL, 10);
        if (key > *newest)
            *newest = key;
    }
    return count;
}

/* The row exists, or will when the batch is committed. */
static bool has_row(const struct plan_batch *batch, const struct item *repeat, const char *row)
{
    char *path;
    bool found = row && answers_row_position(batch->plan->answers, repeat, row) >= 0;

    if (found || !row || !batch->adds_rows)
        return found;
    path = row_path(repeat, row);
    for (size_t i = batch->count; !found && i-- > 0;)
        found = strcmp(batch->entries[i].item, ENTRY_ROW_ADD) == 0 &&
                strcmp(batch->entries[i].row, path) == 0;
    free(path);
    return found;
}

static void refuse_unknown_row(const struct plan_batch *batch, const struct item *item,
                               struct check *check)
{
    if (item->type != ITEM_ROW || check->state != CHECK_OK || check->value.length == 0 ||
        (item->unsure && strcmp(check->value.text, VALUE_UNSURE) == 0))
        return;
    if (has_row(batch, item->target, check->value.text))
        return;
    check->state = CHECK_BAD;
    check->message = N_("There is no such row any more. Choose another.");
}

/* What the answer will be after the entries so far, of which the newest says it. A row that the
 * batch adds begins empty. */
static const char *pending(const struct plan_batch *batch, const struct item *item,
                           const char *row)
{
    char *path = row_path(item->repeat, row);
    const char *value = answers_value(batch->plan->answers, item, row);

    for (size_t i = batch->count; i-- > 0;) {
        const struct entry *entry = &batch->entries[i];
        bool same = strcmp(entry->item, item->id) == 0;
        if ((!same && strcmp(entry->item, ENTRY_ROW_ADD) != 0) || strcmp(entry->row, path) != 0)
            continue;
        value = same ? entry->value : NULL;
        break;
    }
    free(path);
    return value ? value : "";
}

int plan_batch_set(struct plan_batch *batch, const struct item *item, const char *row,
                   const char *text, struct check *check, struct err *err)
{
    struct check own = CHECK_INIT, *used = check ? check : &own;
    int code = 0;

    check_value(item, text ? text : "", batch->plan->today, used);
    refuse_unknown_row(batch, item, used);
    if (item->repeat && !has_row(batch, item->repeat, row))
        code = err_set(err, ERR_USAGE, N_("%s: there is no such row"), item->repeat->id);
    else if (used->state == CHECK_REFUSED)
        code = err_set(err, ERR_REFUSED, "%s: %s", item->id,
                       tr_text(err_tr(err), used->message));
    else if (strcmp(used->value.text, pending(batch, item, row)) != 0)
        add_value(batch, item, row, used->value.length ? used->value.text : NULL);
    check_free(&own);
    return code;
}

int plan_batch_add_row(struct plan_batch *batch, const struct item *repeat, char key[24],
                       struct err *err)
{
    long long newest = 0, number;
    size_t rows = answers_row_count(batch->plan->answers, repeat) +
                  added_rows(batch, repeat, &newest);
    int most = repeat->row_max > 0 ? repeat->row_max : SCHEMA_ROWS_MAX;

    if (rows >= (size_t)most)
        return err_set(err, ERR_REFUSED, N_("%s: there can be at most %d rows"), repeat->id,
                       most);
    if (!key[0]) {
        answers_new_key(batch->plan->answers, repeat, key);
        number = strtoll(key, NULL, 10);
        snprintf(key, 24, "%lld", number > newest ? number : newest + 1);
    } else if (has_row(batch, repeat, key)) {
        return err_set(err, ERR_REFUSED, N_("%s: there are two rows with the key %s"),
                       repeat->id, key);
    }
    batch->adds_rows = true;
    add_row_entry(batch, repeat, key, ENTRY_ROW_ADD, NULL);
    return 0;
}

/* A batch of more values than this is derived faster as a whole. */
enum { SINGLE_VALUES_MAX = 200 };

/* A few values change a few cells; rows that come, go or move derive everything again. */
static void apply_batch(struct plan_batch *batch)
{
    struct plan *plan = batch->plan;
    bool values = batch->count <= SINGLE_VALUES_MAX;

    for (size_t i = 0; i < batch->count; i++) {
        answers_apply(plan->answers, &batch->entries[i]);
        values = values && schema_item(plan->schema, batch->entries[i].item);
    }
    for (size_t i = 0; values && i < batch->count; i++) {
        const char *slash = strchr(batch->entries[i].row, '/');
        engine_changed(plan->engine, schema_item(plan->schema, batch->entries[i].item),
                       slash ? slash + 1 : NULL);
    }
    if (!values)
        engine_changed_all(plan->engine);
}

int plan_batch_commit(struct plan_batch *batch, struct err *err)
{
    struct plan *plan = batch->plan;
    const char *reason = plan_read_only(plan);
    int code = 0;

    if (batch->count == 0) {
        plan_batch_free(batch);
        return 0;
    }
    for (size_t i = 0; i < batch->count; i++) {
        batch->entries[i].change = plan->last_change + 1;
        batch->entries[i].takes_back = batch->takes_back;
    }
    if (reason)
        code = err_set(err, ERR_PLAN, "%s", reason);
    else
        code = plan->ops->append(plan->store, batch->entries, batch->count, err);
    if (!code) {
        plan->last_change++;
        plan->change_count++;
        plan->last_entry = batch->entries[batch->count - 1].id;
        snprintf(plan->saved_at, sizeof plan->saved_at, "%s",
                 batch->entries[batch->count - 1].at);
        for (size_t i = 0; i < batch->count; i++)
            batch->entries[i].at = NULL;
        apply_batch(batch);
    }
    plan_batch_free(batch);
    return code;
}

/* ---- single changes ---- */

bool plan_refuses(const char *text)
{
    return id_has_person_code(text, NULL, NULL);
}

bool plan_refuses_draft(const char *text)
{
    struct buf longer = BUF_INIT;
    bool refused;

    buf_addf(&longer, "%s0", text);
    refused = plan_refuses(text) || plan_refuses(longer.text);
    buf_free(&longer);
    return refused;
}

int plan_set(struct plan *plan, const struct item *item, const char *row, const char *text,
             struct check *check, struct err *err)
{
    struct plan_batch *batch = plan_batch_new(plan);
    int code = plan_batch_set(batch, item, row, text, check, err);

    if (code) {
        plan_batch_free(batch);
        return code;
    }
    return plan_batch_commit(batch, err);
}

int plan_row_add(struct plan *plan, const struct item *repeat, char key[24], struct err *err)
{
    struct plan_batch *batch = plan_batch_new(plan);
    int code;

    key[0] = 0;
    code = plan_batch_add_row(batch, repeat, key, err);
    if (code) {
        plan_batch_free(batch);
        return code;
    }
    return plan_batch_commit(batch, err);
}

int plan_row_remove(struct plan *plan, const struct item *repeat, const char *row,
                    struct err *err)
{
    struct plan_batch *batch;

    if (answers_row_position(plan->answers, repeat, row) < 0)
        return err_set(err, ERR_USAGE, N_("%s: there is no such row"), repeat->id);
    batch = plan_batch_new(plan);
    add_row_entry(batch, repeat, row, ENTRY_ROW_REMOVE, NULL);
    return plan_batch_commit(batch, err);
}

int plan_row_move(struct plan *plan, const struct item *repeat, const char *row, int position,
                  struct err *err)
{
    struct plan_batch *batch;
    char number[16];
    int rows = (int)answers_row_count(plan->answers, repeat);
    int from = answers_row_position(plan->answers, repeat, row);

    if (from < 0)
        return err_set(err, ERR_USAGE, N_("%s: there is no such row"), repeat->id);
    position = position < 0 ? 0 : position >= rows ? rows - 1 : position;
    if (position == from)
        return 0;
    batch = plan_batch_new(plan);
    snprintf(number, sizeof number, "%d", position + 1);
    add_row_entry(batch, repeat, row, ENTRY_ROW_MOVE, number);
    return plan_batch_commit(batch, err);
}

int plan_row_references(const struct plan *plan, const struct item *repeat, const char *row)
{
    int count = 0;

    for (size_t i = 0; i < plan->schema->item_count; i++) {
        const struct item *item = plan->schema->items[i];
        size_t rows = item->repeat ? answers_row_count(plan->answers, item->repeat) : 1;
        if (item->type != ITEM_ROW || item->target != repeat)
            continue;
        for (size_t r = 0; r < rows; r++) {
            const char *key =
                item->repeat ? answers_row_at(plan->answers, item->repeat, r)->key : NULL;
            const char *value = answers_value(plan->answers, item, key);
            count += value && strcmp(value, row) == 0;
        }
    }
    return count;
}

void plan_batch_set_done(struct plan_batch *batch, const struct task *task, bool done)
{
    if (answers_task_done(batch->plan->answers, task->id) != done)
        add_entry(batch, task->id, "", ENTRY_TASK_DONE, done ? "1" : NULL);
}

int plan_set_task_done(struct plan *plan, const struct task *task, bool done, struct err *err)
{
    struct plan_batch *batch = plan_batch_new(plan);

    plan_batch_set_done(batch, task, done);
    return plan_batch_commit(batch, err);
}

/* Taking a note away uncovers none that was made of an older version. */
static void clear_notes(struct plan_batch *batch, const struct fact *fact)
{
    for (; fact; fact = fact->supersedes)
        if (fact_notes_own(answers_notes(batch->plan->answers), fact))
            add_entry(batch, fact->id, "", ENTRY_FACT_NOTE, NULL);
}

static bool same_note(const struct fact_note *a, const struct fact_note *b)
{
    return a && a->on == b->on && a->seen == b->seen && strcmp(a->by, b->by) == 0 &&
           strcmp(a->value, b->value) == 0;
}

void plan_batch_set_note(struct plan_batch *batch, const struct fact *fact,
                         const struct fact_note *note)
{
    struct buf text = BUF_INIT;

    if (!note) {
        clear_notes(batch, fact);
    } else if (!same_note(fact_notes_own(answers_notes(batch->plan->answers), fact), note)) {
        fact_note_text(note->on, note->seen, note->by, note->value, &text);
        add_entry(batch, fact->id, "", ENTRY_FACT_NOTE, text.text);
    }
    buf_free(&text);
}

/* ---- undo and redo ---- */

/*
 * Two stacks of changes follow from the log. An ordinary change is pushed on `undo` and
 * empties `redo`. A change that takes back the top of `undo` moves to `redo`, and one that
 * takes back the top of `redo` moves back to `undo`. Taking a change back writes, for each of
 * its entries, what was there before.
 */
struct history {
    struct entry *entries;    /* the whole log; strings are owned */
    size_t count, room;
    int64_t *undo, *redo;     /* change numbers */
    size_t undo_count, redo_count, undo_room, redo_room;
    int64_t open;             /* the change being read */
};

static void push(int64_t **stack, size_t *count, size_t *room, int64_t change)
{
    *stack = vec_room(*stack, room, *count + 1, sizeof **stack);
    (*stack)[(*count)++] = change;
}

static void note_change(struct history *history, const struct entry *entry)
{
    if (entry->change == history->open)
        return;
    history->open = entry->change;
    if (history->undo_count && entry->takes_back == history->undo[history->undo_count - 1]) {
        history->undo_count--;
        push(&history->redo, &history->redo_count, &history->redo_room, entry->change);
    } else if (history->redo_count &&
               entry->takes_back == history->redo[history->redo_count - 1]) {
        history->redo_count--;
        push(&history->undo, &history->undo_count, &history->undo_room, entry->change);
    } else {
        history->redo_count = 0;
        push(&history->undo, &history->undo_count, &history->undo_room, entry->change);
    }
}

static void note_entry(void *data, const struct entry *entry)
{
    struct history *history = data;

    history->entries = vec_room(history->entries, &history->room, history->count + 1,
                                sizeof history->entries[0]);
    history->entries[history->count++] = (struct entry){
        .id = entry->id, .change = entry->change, .form = xstrdup(entry->form),
        .row = xstrdup(entry->row), .item = xstrdup(entry->item),
        .value = entry->value ? xstrdup(entry->value) : NULL
    };
    note_change(history, entry);
}

static void history_free(struct history *history)
{
    entries_free(history->entries, history->count);
    free(history->undo);
    free(history->redo);
}

static bool is_row_entry(const struct entry *entry)
{
    return strchr("+-@", entry->item[0]) != NULL;
}

/* What the log said about this row and item before position `at`. */
static const char *value_before(const struct history *history, size_t at)
{
    const struct entry *entry = &history->entries[at];

    while (at-- > 0)
        if (strcmp(history->entries[at].item, entry->item) == 0 &&
            strcmp(history->entries[at].row, entry->row) == 0 &&
            strcmp(history->entries[at].form, entry->form) == 0)
            return history->entries[at].value;
    return NULL;
}

/* The rows' order just before log position `at`, found by replaying the row entries. */
static int position_before(const struct plan *plan, const struct history *history, size_t at)
{
    const char *path = history->entries[at].row, *slash = strchr(path, '/');
    const struct item *repeat =
        slash ? schema_item_n(plan->schema, path, (size_t)(slash - path)) : NULL;
    struct answers *then = answers_new(plan->schema);
    int position = -1;

    for (size_t i = 0; i < at; i++)
        if (is_row_entry(&history->entries[i]))
            answers_apply(then, &history->entries[i]);
    if (repeat)
        position = answers_row_position(then, repeat, slash + 1);
    answers_free(then);
    return position;
}

/* Where the row that is removed at `at` was last added: what stands before is of an earlier
 * life. */
static size_t added_at(const struct history *history, size_t at)
{
    const char *row = history->entries[at].row;

    while (at-- > 0)
        if (strcmp(history->entries[at].item, ENTRY_ROW_ADD) == 0 &&
            strcmp(history->entries[at].row, row) == 0)
            return at;
    return 0;
}

/* A removed row comes back with its last values. */
static void restore_row(struct plan_batch *batch, const struct plan *plan,
                        const struct history *history, size_t at)
{
    const struct entry *removed = &history->entries[at];
    char number[16];

    snprintf(number, sizeof number, "%d", position_before(plan, history, at) + 1);
    add_entry(batch, removed->form, removed->row, ENTRY_ROW_ADD, number);
    for (size_t i = added_at(history, at); i < at; i++) {
        const struct entry *entry = &history->entries[i];
        bool last = !is_row_entry(entry) && strcmp(entry->row, removed->row) == 0;
        for (size_t j = i + 1; last && j < at; j++)
            last = strcmp(history->entries[j].row, entry->row) != 0 ||
                   strcmp(history->entries[j].item, entry->item) != 0;
        if (last && entry->value)
            add_entry(batch, entry->form, entry->row, entry->item, entry->value);
    }
}

static void add_opposite(struct plan_batch *batch, const struct plan *plan,
                         const struct history *history, size_t at)
{
    const struct entry *entry = &history->entries[at];
    char number[16];

    if (strcmp(entry->item, ENTRY_ROW_ADD) == 0) {
        add_entry(batch, entry->form, entry->row, ENTRY_ROW_REMOVE, NULL);
    } else if (strcmp(entry->item, ENTRY_ROW_REMOVE) == 0) {
        restore_row(batch, plan, history, at);
    } else if (strcmp(entry->item, ENTRY_ROW_MOVE) == 0) {
        snprintf(number, sizeof number, "%d", position_before(plan, history, at) + 1);
        add_entry(batch, entry->form, entry->row, ENTRY_ROW_MOVE, number);
    } else {
        add_entry(batch, entry->form, entry->row, entry->item, value_before(history, at));
    }
}

/* What the entry is about: the repeat when it is a row that comes, goes or moves. */
static const struct item *item_of(const struct plan *plan, const struct entry *entry)
{
    const char *slash = strchr(entry->row, '/');

    return is_row_entry(entry) && slash
               ? schema_item_n(plan->schema, entry->row, (size_t)(slash - entry->row))
               : schema_item(plan->schema, entry->item);
}

/* Taking a change back writes its entries in reverse. So that undo and redo name the same place,
 * the first entry is the first in the order of asking; a repeat stands before what is in it. */
static bool is_before(const struct plan *plan, const struct entry *a, const struct entry *b)
{
    const struct item *left = item_of(plan, a), *right = item_of(plan, b);

    if (!left || !right)
        return left != NULL;
    return left->index != right->index ? left->index < right->index
                                       : strcmp(a->row, b->row) < 0;
}

static void tell_place(struct plan *plan, const struct entry *entry, struct place *what)
{
    const char *slash = strchr(entry->row, '/');

    if (strcmp(entry->item, ENTRY_FACT_NOTE) == 0)
        plan->undone_fact = schema_fact(plan->schema, entry->form);
    if (!what)
        return;
    what->item = item_of(plan, entry);
    what->row = NULL;
    if (what->item && what->item->repeat && slash) {
        int position = answers_row_position(plan->answers, what->item->repeat, slash + 1);
        if (position >= 0)
            what->row = answers_row_at(plan->answers, what->item->repeat,
                                       (size_t)position)->key;
    }
}

static int take_back(struct plan *plan, bool again, struct place *what, int *entries,
                     struct err *err)
{
    struct history history = { .open = -1 };
    struct plan_batch *batch = plan_batch_new(plan);
    int code = plan->ops->read(plan->store, 0, note_entry, &history, err);
    size_t count = again ? history.redo_count : history.undo_count;
    const struct entry *first = NULL;

    *entries = 0;
    plan->undone_fact = NULL;
    if (!code && count > 0) {
        batch->takes_back = (again ? history.redo : history.undo)[count - 1];
        for (size_t i = history.count; i-- > 0;)
            if (history.entries[i].change == batch->takes_back) {
                add_opposite(batch, plan, &history, i);
                if (!first || is_before(plan, &history.entries[i], first))
                    first = &history.entries[i];
                ++*entries;
            }
    }
    if (code) {
        plan_batch_free(batch);
    } else {
        code = plan_batch_commit(batch, err);
        if (!code && first)
            tell_place(plan, first, what);
    }
    history_free(&history);
    return code;
}

int plan_undo(struct plan *plan, struct place *what, int *entries, struct err *err)
{
    return take_back(plan, false, what, entries, err);
}

int plan_redo(struct plan *plan, struct place *what, int *entries, struct err *err)
{
    return take_back(plan, true, what, entries, err);
}
