/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Undo and redo.
 *
 * Two stacks of changes follow from the log. An ordinary change is pushed on `undo` and
 * empties `redo`. A change that takes back the top of `undo` moves to `redo`, and one that
 * takes back the top of `redo` moves back to `undo`. Taking a change back writes, for each of
 * its entries, what was there before.
 */
#include "core/plan_batch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

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
    plan_entries_free(history->entries, history->count);
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
    plan_batch_entry(batch, removed->form, removed->row, ENTRY_ROW_ADD, number);
    for (size_t i = added_at(history, at); i < at; i++) {
        const struct entry *entry = &history->entries[i];
        bool last = !is_row_entry(entry) && strcmp(entry->row, removed->row) == 0;
        for (size_t j = i + 1; last && j < at; j++)
            last = strcmp(history->entries[j].row, entry->row) != 0 ||
                   strcmp(history->entries[j].item, entry->item) != 0;
        if (last && entry->value)
            plan_batch_entry(batch, entry->form, entry->row, entry->item, entry->value);
    }
}

static void add_opposite(struct plan_batch *batch, const struct plan *plan,
                         const struct history *history, size_t at)
{
    const struct entry *entry = &history->entries[at];
    char number[16];

    if (strcmp(entry->item, ENTRY_ROW_ADD) == 0) {
        plan_batch_entry(batch, entry->form, entry->row, ENTRY_ROW_REMOVE, NULL);
    } else if (strcmp(entry->item, ENTRY_ROW_REMOVE) == 0) {
        restore_row(batch, plan, history, at);
    } else if (strcmp(entry->item, ENTRY_ROW_MOVE) == 0) {
        snprintf(number, sizeof number, "%d", position_before(plan, history, at) + 1);
        plan_batch_entry(batch, entry->form, entry->row, ENTRY_ROW_MOVE, number);
    } else {
        plan_batch_entry(batch, entry->form, entry->row, entry->item, value_before(history, at));
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

/* Writes the opposite of each entry of the change that the batch takes back; returns how many.
 * `*first` gets the entry that comes first in the order of asking. */
static int add_opposites(struct plan_batch *batch, const struct history *history,
                         const struct entry **first)
{
    const struct plan *plan = batch->plan;
    int count = 0;

    *first = NULL;
    for (size_t i = history->count; i-- > 0;) {
        const struct entry *entry = &history->entries[i];
        if (entry->change != batch->takes_back)
            continue;
        add_opposite(batch, plan, history, i);
        if (!*first || is_before(plan, entry, *first))
            *first = entry;
        count++;
    }
    return count;
}

static int take_back(struct plan *plan, bool again, struct place *what, int *entries,
                     struct err *err)
{
    struct history history = { .open = -1 };
    const struct entry *first = NULL;
    int code = plan->ops->read(plan->store, 0, note_entry, &history, err);
    size_t count = again ? history.redo_count : history.undo_count;

    *entries = 0;
    plan->undone_fact = NULL;
    if (!code && count > 0) {
        struct plan_batch *batch = plan_batch_new(plan);
        batch->takes_back = (again ? history.redo : history.undo)[count - 1];
        *entries = add_opposites(batch, &history, &first);
        code = plan_batch_commit(batch, err);
    }
    if (!code && first)
        tell_place(plan, first, what);
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
