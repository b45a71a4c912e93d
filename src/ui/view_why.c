/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Why a question is asked, with its help: what core/why.h tells.
 */
#include <stdio.h>

#include "base/mem.h"
#include "core/why.h"
#include "ui/list_view.h"

struct why_view {
    struct list_view list;
    struct place place;
    char row[24];             /* the place's row, which may go away */
};

static void fill_why(struct list_view *list, struct ui *ui)
{
    struct why_view *view = (struct why_view *)list;
    struct buf text = BUF_INIT;

    buf_add(&list->title, ui_text(ui, "Why and help"));
    why_all(ui->plan, view->place.item, view->place.row, &ui->tr, &text);
    list_add_lines(list, text.text);
    buf_free(&text);
}

static bool act_on_why(struct list_view *list, struct ui *ui, enum action action,
                       struct line *line)
{
    (void)line;
    if (action != ACTION_ITS_FACTS)
        return false;
    ui_push(ui, view_facts_new(ui, ((struct why_view *)list)->place.item));
    return true;
}

struct view *view_why_new(struct ui *ui, const struct place *place)
{
    static const enum action actions[] = {
        ACTION_LEAVE, ACTION_DOWN, ACTION_ITS_FACTS, ACTION_COPY, ACTION_NONE
    };
    struct why_view *view = xcalloc(1, sizeof *view);

    (void)ui;
    list_view_init(&view->list, actions, fill_why, NULL);
    view->list.act = act_on_why;
    view->place = *place;
    if (place->row) {
        snprintf(view->row, sizeof view->row, "%s", place->row);
        view->place.row = view->row;
    }
    return &view->list.view;
}
