/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a file would change, to be read before it does: people from a table, or results of card
 * tests. The preview is made anew when the plan changes meanwhile, by an undo for example.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "core/card_notes.h"
#include "core/row_import.h"
#include "core/table.h"
#include "ui/list_view.h"

struct import_view;

/* What a file may hold. */
struct import_source {
    const char *title, *done; /* msgids */
    /* Makes the preview when it is not that of the plan as it is. */
    void (*make)(struct import_view *view, struct ui *ui, struct err *err);
    bool (*has_changes)(const struct import_view *view);
    void (*tell)(const struct import_view *view, struct ui *ui, struct list_view *list);
    void (*summary)(const struct import_view *view, const struct tr *tr, struct buf *out);
    int (*commit)(const struct import_view *view, struct err *err);
};

struct import_view {
    struct list_view list;
    const struct import_source *source;
    bool made;                /* there is a preview */
    bool asks;                /* there is something to bring in, and whether is not decided */
    char *file;               /* of a table */
    struct table table;
    struct row_import *import;
    struct card_results results;
    struct card_notes *notes;
};

/* ---- the preview ---- */

static void add_words(void *data, enum import_words words, int line, int col, const char *text)
{
    static const struct {
        int indent, attr;
        bool gap;             /* before it */
    } styles[] = {
        [IMPORT_WORDS_NOTE] = { 1, 0, true },
        [IMPORT_WORDS_HEADING] = { 1, ATTR_BOLD, true },
        [IMPORT_WORDS_ROW] = { 3, 0, false },
        [IMPORT_WORDS_DETAIL] = { 5, ATTR_DIM, false },
        [IMPORT_WORDS_REMARK] = { 5, 0, false },
    };
    struct list_view *list = data;

    (void)line;
    (void)col;
    if (styles[words].gap)
        list_add_gap(list);
    list_add_text(list, text, styles[words].indent, styles[words].attr);
    if (words == IMPORT_WORDS_REMARK)
        list->lines[list->count - 1].sign = SIGN_PROBLEM;
}

static void fill_import(struct list_view *list, struct ui *ui)
{
    struct import_view *view = (struct import_view *)list;
    struct err err = { .tr = &ui->tr };

    buf_add(&list->title, ui_text(ui, view->source->title));
    view->source->make(view, ui, &err);
    view->asks = view->made && view->source->has_changes(view);
    if (!view->made) {
        list_add_text(list, err.msg, 1, ATTR_BOLD);
        return;
    }
    list_add_text(list, ui_text(ui, view->asks ? N_("This is what would change. Nothing has been "
                                                    "saved yet.")
                                               : N_("The file changes nothing.")), 1, 0);
    view->source->tell(view, ui, list);
}

/* ---- people ---- */

static void make_rows(struct import_view *view, struct ui *ui, struct err *err)
{
    if (view->import && view->import->entry == ui->plan->last_entry)
        return;
    row_import_free(view->import);
    view->import = NULL;
    row_import_new(&view->import, ui->plan, &view->table, err);
    view->made = view->import != NULL;
}

static bool rows_change(const struct import_view *view)
{
    return row_import_has_changes(view->import);
}

static void tell_rows(const struct import_view *view, struct ui *ui, struct list_view *list)
{
    row_import_tell(view->import, &ui->tr, add_words, list);
}

static void sum_rows(const struct import_view *view, const struct tr *tr, struct buf *out)
{
    import_counts_text(view->import->counts, tr, out);
}

static int commit_rows(const struct import_view *view, struct err *err)
{
    return row_import_commit(view->import, err);
}

static const struct import_source people = {
    N_("People from a file"), N_("The people have been brought in."),
    make_rows, rows_change, tell_rows, sum_rows, commit_rows
};

/* ---- card tests ---- */

static void make_notes(struct import_view *view, struct ui *ui, struct err *err)
{
    (void)err;
    if (view->notes && view->notes->entry == ui->plan->last_entry)
        return;
    card_notes_free(view->notes);
    view->notes = card_notes_new(ui->plan, &view->results);
    view->made = true;
}

static bool notes_change(const struct import_view *view)
{
    return card_notes_has_changes(view->notes);
}

static void tell_notes(const struct import_view *view, struct ui *ui, struct list_view *list)
{
    if (!view->notes->count)
        list_add_text(list, ui_text(ui, "No card was read in this test."), 1, ATTR_NORMAL);
    card_notes_tell(view->notes, &ui->tr, add_words, list);
}

static void sum_notes(const struct import_view *view, const struct tr *tr, struct buf *out)
{
    import_counts_text(view->notes->counts, tr, out);
}

static int commit_notes(const struct import_view *view, struct err *err)
{
    return card_notes_commit(view->notes, err);
}

static const struct import_source card_tests = {
    N_("Card tests from a file"), N_("The card tests have been noted."),
    make_notes, notes_change, tell_notes, sum_notes, commit_notes
};

/* ---- yes or no ---- */

static void chosen(struct ui *ui, void *data, int answer)
{
    struct import_view *view = data;
    const struct import_source *source = view->source;    /* outlives the view */
    struct err err = { .tr = &ui->tr };

    if (answer != 0)
        return;
    if (!view->made || source->commit(view, &err)) {
        ui_say_error(ui, &err);
        return;
    }
    ui_pop(ui);
    ui_pop(ui);
    ui_say(ui, ui_text(ui, source->done));
}

static void ask(struct import_view *view, struct ui *ui)
{
    const char *labels[] = { ui_text(ui, "Bring in"), ui_text(ui, "Do not bring in") };
    struct buf summary = BUF_INIT;

    view->source->summary(view, &ui->tr, &summary);
    ui_push(ui, view_choose_new(ui, ui_text(ui, "Bring in?"), summary.text, labels, 2, chosen,
                                view));
    buf_free(&summary);
}

static bool act_on_import(struct list_view *list, struct ui *ui, enum action action,
                          struct line *line)
{
    struct import_view *view = (struct import_view *)list;

    (void)line;
    if (action != ACTION_CONTINUE || !view->asks)
        return false;
    ask(view, ui);
    return true;
}

static void free_import(struct list_view *list)
{
    struct import_view *view = (struct import_view *)list;

    row_import_free(view->import);
    table_free(&view->table);
    card_notes_free(view->notes);
    card_results_free(&view->results);
    free(view->file);
}

static struct import_view *import_new(const struct import_source *source)
{
    static const enum action actions[] = {
        ACTION_CONTINUE, ACTION_DOWN, ACTION_LEAVE, ACTION_COPY, ACTION_NONE
    };
    struct import_view *view = xcalloc(1, sizeof *view);

    list_view_init(&view->list, actions, fill_import, NULL);
    view->list.act = act_on_import;
    view->list.free = free_import;
    view->source = source;
    return view;
}

struct view *view_import_new(const char *file, struct table *table, struct row_import *import)
{
    struct import_view *view = import_new(&people);

    view->file = xstrdup(file);
    view->table = *table;
    view->table.file = view->file;
    view->import = import;
    view->made = true;
    return &view->list.view;
}

struct view *view_import_tests_new(struct card_results *results)
{
    struct import_view *view = import_new(&card_tests);

    view->results = *results;
    *results = (struct card_results){ 0 };
    return &view->list.view;
}
