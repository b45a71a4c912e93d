/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Leaving, and the answers that could not be written.
 *
 * An answer is on disk when its field was left, so that there is nothing to ask about saving.
 * The exception is an answer that the disk did not take: it is kept here, comes back into its
 * field, and whoever wants to quit hears of it and can try again.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ui/ui.h"

/* ---- what is not saved ---- */

static size_t find(const struct ui *ui, const struct item *item, const char *row)
{
    size_t i = 0;

    while (i < ui->unsaved_count &&
           (ui->unsaved[i].item != item || strcmp(ui->unsaved[i].row, row) != 0))
        i++;
    return i;
}

static void drop(struct ui *ui, size_t at)
{
    free(ui->unsaved[at].value);
    free(ui->unsaved[at].why);
    memmove(&ui->unsaved[at], &ui->unsaved[at + 1],
            (--ui->unsaved_count - at) * sizeof ui->unsaved[0]);
}

void ui_saved(struct ui *ui, const struct item *item, const char *row)
{
    size_t at = find(ui, item, row);

    if (at < ui->unsaved_count)
        drop(ui, at);
}

void ui_not_saved(struct ui *ui, const struct item *item, const char *row, const char *value,
                  const struct err *err)
{
    struct unsaved new = { .item = item, .value = xstrdup(value), .why = xstrdup(err->msg) };

    snprintf(new.row, sizeof new.row, "%s", row);
    ui_saved(ui, item, row);
    ui->unsaved = vec_room(ui->unsaved, &ui->unsaved_room, ui->unsaved_count + 1,
                           sizeof ui->unsaved[0]);
    ui->unsaved[ui->unsaved_count++] = new;
    ui_say_error(ui, err);
}

const char *ui_unsaved(const struct ui *ui, const struct item *item, const char *row)
{
    size_t at = find(ui, item, row);

    return at < ui->unsaved_count ? ui->unsaved[at].value : NULL;
}

void ui_forget_unsaved(struct ui *ui)
{
    while (ui->unsaved_count)
        drop(ui, ui->unsaved_count - 1);
    free(ui->unsaved);
    ui->unsaved = NULL;
}

static struct place place_of(const struct unsaved *unsaved)
{
    return (struct place){ unsaved->item, unsaved->row[0] ? unsaved->row : NULL };
}

/* A row that was removed meanwhile took its answers with it. */
static void drop_gone(struct ui *ui)
{
    for (size_t i = ui->unsaved_count; i-- > 0;) {
        const struct item *repeat = ui->unsaved[i].item->repeat;
        if (repeat && answers_row_position(ui->plan->answers, repeat, ui->unsaved[i].row) < 0)
            drop(ui, i);
    }
}

static void try_again(struct ui *ui)
{
    for (size_t i = ui->unsaved_count; i-- > 0;) {
        struct unsaved *unsaved = &ui->unsaved[i];
        struct place place = place_of(unsaved);
        struct err err = { .tr = &ui->tr };
        if (plan_set(ui->plan, place.item, place.row, unsaved->value, NULL, &err) == 0) {
            drop(ui, i);
        } else {
            free(unsaved->why);
            unsaved->why = xstrdup(err.msg);
        }
    }
    if (ui->depth > 0 && ui->views[ui->depth - 1]->ops->again)
        ui->views[ui->depth - 1]->ops->again(ui->views[ui->depth - 1], ui);
}

/* ---- asking ---- */

static void chosen(struct ui *ui, void *data, int answer)
{
    (void)data;
    ui->asked = NULL;
    ui->quit |= answer == 0;
}

/* The same with one answer in front: to try again. */
static void chosen_unsaved(struct ui *ui, void *data, int answer)
{
    chosen(ui, data, answer - 1);
    if (answer != 0)
        return;
    try_again(ui);
    ui_ask_quit(ui);
}

/* "Official name: Koti Oy (the disk is full)" */
static void add_unsaved(const struct ui *ui, struct buf *out)
{
    buf_add(out, tr_plural(&ui->tr, "This answer could not be saved:",
                           "These answers could not be saved:", ui->unsaved_count));
    for (size_t i = 0; i < ui->unsaved_count; i++) {
        const struct unsaved *unsaved = &ui->unsaved[i];
        struct place place = place_of(unsaved);
        buf_add(out, "\n");
        plan_place_name(ui->plan, &place, &ui->tr, out);
        if (unsaved->value[0])
            buf_add(out, ": ");
        check_show(unsaved->item, unsaved->value, &ui->tr, out);
        buf_addf(out, " (%s)", unsaved->why);
    }
    buf_addf(out, "\n%s", ui_text(ui, "All other answers are saved."));
}

static struct view *question_unsaved(struct ui *ui)
{
    const char *labels[] = { ui_text(ui, "Try again"), ui_text(ui, "Quit without saving"),
                             ui_text(ui, "Go on") };
    struct buf text = BUF_INIT;
    struct view *view;

    add_unsaved(ui, &text);
    view = view_choose_new(ui, ui_text(ui, "Quit?"), text.text, labels, 3, chosen_unsaved, NULL);
    buf_free(&text);
    return view;
}

static struct view *question(struct ui *ui)
{
    const char *labels[] = { ui_text(ui, "Quit"), ui_text(ui, "Go on") };

    return view_choose_new(ui, ui_text(ui, "Quit?"),
                           ui_text(ui, ui->plan
                                   ? N_("All answers are saved. You can go on later where you "
                                        "left off.")
                                   : N_("No plan has been made yet.")), labels, 2, chosen, NULL);
}

/* What the top view holds is stored first, so that the question tells what is true then. Asked
 * again while the question stands, it takes that for the answer. */
void ui_ask_quit(struct ui *ui)
{
    struct view *top = ui->depth > 0 ? ui->views[ui->depth - 1] : NULL;

    if (ui->asked && ui->asked == top) {
        ui->quit = true;
        return;
    }
    if (top && top->ops->rest)
        top->ops->rest(top, ui, true);
    drop_gone(ui);
    ui_push(ui, ui->unsaved_count ? question_unsaved(ui) : question(ui));
    ui->asked = ui->views[ui->depth - 1];
}

/* From the task list at once, since all is saved, and from the first meeting, since there is
 * nothing yet; from inside a task with a question. */
void ui_quit(struct ui *ui)
{
    if (!ui->plan || (ui->depth == 1 && !ui->unsaved_count))
        ui->quit = true;
    else
        ui_ask_quit(ui);
}
