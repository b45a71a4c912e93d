/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The versions of a document that is approved: who approved it and when, what stands in the way of
 * keeping it, the ones that were kept.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "core/schema.h"
#include "core/versions.h"
#include "ui/list_view.h"

/* What a line does; from KEPT on it opens a version. */
enum { ITEM, LANGUAGE, KEEP, KEPT };

struct versions_view {
    struct list_view list;
    const struct document *document;
    enum lang lang;           /* of the next version */
    struct versions kept;
};

/* ---- what there is ---- */

static void add_item(struct list_view *list, struct ui *ui, const struct item *item)
{
    struct buf label = BUF_INIT, value = BUF_INIT;
    struct line *line;

    if (!item)
        return;
    plan_text(ui->plan, &item->label, &ui->tr, &label);
    plan_show(ui->plan, item, NULL, &ui->tr, &value);
    line = list_add(list, label.text, value.length ? value.text : ui_text(ui, "not answered"));
    line->number = ITEM;
    line->thing = item;
    line->stacks = true;
    buf_free(&label);
    buf_free(&value);
}

/* The line that keeps it, or why that cannot be. */
static void add_next(struct list_view *list, struct ui *ui, const struct versions_view *view)
{
    struct versions_verdict verdict;
    struct buf text = BUF_INIT;
    struct err err = { .tr = &ui->tr };

    list_add_gap(list);
    if (versions_judge(ui->plan, view->document, &view->kept, &verdict, &err))
        buf_add(&text, err.msg);
    else
        versions_bar_text(ui->plan, view->document, &verdict, &ui->tr, &text);
    if (text.length) {
        list_add_text(list, text.text, 3, ATTR_NORMAL);
        list->lines[list->count - 1].sign = SIGN_PROBLEM;
    } else if (ui->hooks->keep) {
        list_add(list, ui_text(ui, "Language of the version"), lang_name(view->lang))->number =
            LANGUAGE;
        buf_addf(&text, ui_text(ui, "Keep it as version %d"), (int)view->kept.count + 1);
        list_add(list, text.text, NULL)->number = KEEP;
    }
    buf_free(&text);
}

static void add_kept(struct list_view *list, struct ui *ui, const struct versions *kept)
{
    struct buf text = BUF_INIT;

    if (!kept->count)
        return;
    list_add_gap(list);
    list_add_text(list, ui_text(ui, "Kept versions: read, save, print"), 1, ATTR_BOLD);
    for (size_t i = kept->count; i-- > 0;) {
        struct line *line;
        buf_clear(&text);
        version_text(&kept->at[i], &ui->tr, &text);
        line = list_add(list, text.text, NULL);
        line->wraps = true;
        line->number = KEPT + (int)i;
    }
    buf_free(&text);
}

static void fill_versions(struct list_view *list, struct ui *ui)
{
    struct versions_view *view = (struct versions_view *)list;
    const struct doc_control *control = view->document->control;
    struct buf now = BUF_INIT;
    struct err err = { .tr = &ui->tr };

    versions_free(&view->kept);
    if (versions_read(ui->plan, view->document, &view->kept, &err))
        ui_say_error(ui, &err);
    buf_add(&list->title, text_get(&view->document->title, ui->tr.lang));
    buf_add(&list->right, ui_text(ui, "versions"));
    versions_now_text(ui->plan, view->document, &view->kept, &ui->tr, &now);
    list_add_text(list, now.text, 1, ATTR_NORMAL);
    list_add_gap(list);
    add_item(list, ui, control->approver);
    add_item(list, ui, control->approved_on);
    add_item(list, ui, control->next_review);
    add_next(list, ui, view);
    add_kept(list, ui, &view->kept);
    buf_free(&now);
}

/* ---- keeping ---- */

static void keep_chosen(struct ui *ui, void *data, int answer)
{
    struct versions_view *view = data;
    struct tr tr = ui->hooks->tr(ui->hooks->data, view->lang);
    struct buf text = BUF_INIT;
    struct err err = { .tr = &ui->tr };
    int number = 0;

    if (answer != 0)
        return;
    if (ui->hooks->keep(ui->hooks->data, ui->plan, view->document, &tr, &number, &err)) {
        ui_say_error(ui, &err);
    } else {
        buf_addf(&text, ui_text(ui, "Version %d is kept. It can be read and printed below."),
                 number);
        ui_say(ui, text.text);
    }
    list_view_refresh(&view->list);
    buf_free(&text);
}

static void ask_keep(struct versions_view *view, struct ui *ui)
{
    const char *labels[] = { ui_text(ui, "Keep the version"), ui_text(ui, "Do not keep it") };
    struct buf title = BUF_INIT;

    if (!ui_can_write(ui))
        return;
    buf_addf(&title, ui_text(ui, "Keep version %d?"), (int)view->kept.count + 1);
    ui_push(ui, view_choose_new(ui, title.text,
                                ui_text(ui, "A kept version cannot be changed any more. What you "
                                            "change later belongs to the next version."),
                                labels, 2, keep_chosen, view));
    buf_free(&title);
}

static void open_line(struct list_view *list, struct ui *ui, struct line *line)
{
    struct versions_view *view = (struct versions_view *)list;
    struct place place = { line->thing, NULL };

    switch (line->number) {
    case ITEM: ui_open_place(ui, &place); break;
    case KEEP: ask_keep(view, ui); break;
    case LANGUAGE:
        view->lang = (enum lang)((view->lang + 1) % LANG_COUNT);
        list_view_refresh(list);
        break;
    default:
        ui_push(ui, view_kept_new(ui, view->document, &view->kept.at[line->number - KEPT]));
        break;
    }
}

static void free_view(struct list_view *list)
{
    versions_free(&((struct versions_view *)list)->kept);
}

struct view *view_versions_new(struct ui *ui, const struct document *document)
{
    static const enum action actions[] = {
        ACTION_CHOOSE, ACTION_LEAVE, ACTION_UNDO, ACTION_NONE
    };
    struct versions_view *view = xcalloc(1, sizeof *view);

    list_view_init(&view->list, actions, fill_versions, open_line);
    view->list.free = free_view;
    view->document = document;
    view->lang = ui->tr.lang;
    return &view->list.view;
}
