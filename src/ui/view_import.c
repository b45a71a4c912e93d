/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a file would change, to be read before it does. The preview is made anew when the plan
 * changes meanwhile, by an undo for example.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "core/row_import.h"
#include "core/table.h"
#include "ui/list_view.h"

struct import_view {
    struct list_view list;
    char *file;
    struct table table;
    struct row_import *import;   /* NULL when it could not be made again */
    bool asks;                /* there is something to bring in, and whether is not decided */
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

static void fill_again(struct import_view *view, struct ui *ui, struct err *err)
{
    if (view->import && view->import->entry == ui->plan->last_entry)
        return;
    row_import_free(view->import);
    view->import = NULL;
    row_import_new(&view->import, ui->plan, &view->table, err);
}

static void fill_import(struct list_view *list, struct ui *ui)
{
    struct import_view *view = (struct import_view *)list;
    struct err err = { .tr = &ui->tr };

    buf_add(&list->title, ui_text(ui, "People from a file"));
    fill_again(view, ui, &err);
    view->asks = view->import && row_import_has_changes(view->import);
    if (!view->import) {
        list_add_text(list, err.msg, 1, ATTR_BOLD);
        return;
    }
    list_add_text(list, ui_text(ui, view->asks ? N_("This is what would change. Nothing has been "
                                                    "saved yet.")
                                               : N_("The file changes nothing.")), 1, 0);
    row_import_tell(view->import, &ui->tr, add_words, list);
}

/* ---- yes or no ---- */

static void chosen(struct ui *ui, void *data, int answer)
{
    struct import_view *view = data;
    struct err err = { .tr = &ui->tr };

    if (answer != 0)
        return;
    if (!view->import || row_import_commit(view->import, &err)) {
        ui_say_error(ui, &err);
        return;
    }
    ui_pop(ui);
    ui_pop(ui);
    ui_say(ui, ui_text(ui, "The people have been brought in."));
}

static void ask(struct import_view *view, struct ui *ui)
{
    const char *labels[] = { ui_text(ui, "Bring in"), ui_text(ui, "Do not bring in") };
    struct buf summary = BUF_INIT;

    import_counts_text(view->import->counts, &ui->tr, &summary);
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
    free(view->file);
}

struct view *view_import_new(struct ui *ui, const char *file, struct table *table,
                             struct row_import *import)
{
    static const enum action actions[] = {
        ACTION_CONTINUE, ACTION_DOWN, ACTION_LEAVE, ACTION_COPY, ACTION_NONE
    };
    struct import_view *view = xcalloc(1, sizeof *view);

    (void)ui;
    list_view_init(&view->list, actions, fill_import, NULL);
    view->list.act = act_on_import;
    view->list.free = free_import;
    view->file = xstrdup(file);
    view->table = *table;
    view->table.file = view->file;
    view->import = import;
    return &view->list.view;
}
