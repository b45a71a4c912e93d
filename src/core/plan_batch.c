/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Every change of a plan: a batch of log entries that is written first and applied afterwards, so
 * that memory never holds what the disk does not.
 */
#include "core/plan_batch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/tr.h"
#include "core/fact_notes.h"

struct plan_batch *plan_batch_new(struct plan *plan)
{
    struct plan_batch *batch = xcalloc(1, sizeof *batch);

    batch->plan = plan;
    return batch;
}

void plan_entries_free(struct entry *entries, size_t count)
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
    plan_entries_free(batch->entries, batch->count);
    free(batch);
}

void plan_batch_entry(struct plan_batch *batch, const char *form, const char *row,
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

    plan_batch_entry(batch, item->form->id, path, item->id, value);
    free(path);
}

void plan_batch_row_entry(struct plan_batch *batch, const struct item *repeat, const char *row,
                          const char *what, const char *value)
{
    char *path = row_path(repeat, row);

    plan_batch_entry(batch, repeat->form->id, path, what, value);
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
    plan_batch_row_entry(batch, repeat, key, ENTRY_ROW_ADD, NULL);
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

void plan_batch_set_done(struct plan_batch *batch, const struct task *task, bool done)
{
    if (answers_task_done(batch->plan->answers, task->id) != done)
        plan_batch_entry(batch, task->id, "", ENTRY_TASK_DONE, done ? "1" : NULL);
}

/* Taking a note away uncovers none that was made of an older version. */
static void clear_notes(struct plan_batch *batch, const struct fact *fact)
{
    for (; fact; fact = fact->supersedes)
        if (fact_notes_own(answers_notes(batch->plan->answers), fact))
            plan_batch_entry(batch, fact->id, "", ENTRY_FACT_NOTE, NULL);
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
        plan_batch_entry(batch, fact->id, "", ENTRY_FACT_NOTE, text.text);
    }
    buf_free(&text);
}

int plan_batch_end(struct plan_batch *batch, int code, struct err *err)
{
    if (!code)
        return plan_batch_commit(batch, err);
    plan_batch_free(batch);
    return code;
}
