/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What becomes of what stands in the field: an answer, a draft that a crash does not take, or a
 * text that could not be written and waits in the field.
 */
#include "ui/view_question.h"

#include <string.h>

#include "base/date.h"

/* ---- back into the field ---- */

void question_restore_unsaved(struct question_view *q, struct ui *ui)
{
    const char *value = ui_unsaved(ui, question_current(q)->item, q->row);

    if (value)
        widget_start(&q->widget, ui, question_current(q)->item, question_row(q), value);
}

struct finding_draft {
    const struct question_view *q;
    const struct ui *ui;
    struct buf text;
    char at[32];
    bool found;
};

static void match_draft(void *data, const char *item, const char *row, const char *text,
                        const char *at)
{
    struct finding_draft *find = data;

    if (strcmp(item, question_current(find->q)->item->id) != 0 || strcmp(row, find->q->row) != 0)
        return;
    find->found = true;
    buf_clear(&find->text);
    buf_add(&find->text, text);
    date_stamp(at, find->ui->plan->today, find->ui->tr.lang, find->at, sizeof find->at);
}

void question_restore_draft(struct question_view *q, struct ui *ui)
{
    struct finding_draft find = { .q = q, .ui = ui, .text = BUF_INIT };
    struct buf line = BUF_INIT;

    ui->plan->ops->drafts(ui->plan->store, match_draft, &find, NULL);
    if (find.found) {
        q->has_draft = true;
        widget_start(&q->widget, ui, question_current(q)->item, question_row(q), find.text.text);
        buf_addf(&line, tr_text(&ui->tr, "Unfinished text from %s is back in the field."),
                 find.at);
        ui_say(ui, line.text);
    }
    buf_free(&find.text);
    buf_free(&line);
}

/* ---- storing ---- */

static void drop_draft(struct question_view *q, struct ui *ui)
{
    struct err err = { .tr = &ui->tr };

    if (q->has_draft &&
        ui->plan->ops->set_draft(ui->plan->store, q->widget.item->id, q->row, NULL, &err))
        ui_say_error(ui, &err);
    q->has_draft = false;
}

/* The copy that the first change of a day makes is said once. */
static void tell_copy(struct ui *ui)
{
    const char *path = ui->plan->ops->copy(ui->plan->store);
    struct buf line = BUF_INIT;

    if (!path || ui->copy_told)
        return;
    ui->copy_told = true;
    buf_addf(&line, tr_text(&ui->tr, "Today's copy of the plan: %s"), path);
    ui_say(ui, line.text);
    buf_free(&line);
}

enum stored question_store(struct question_view *q, struct ui *ui)
{
    struct check check = CHECK_INIT;
    struct buf value = BUF_INIT;
    struct err err = { .tr = &ui->tr };
    enum stored result = STORED;

    if (q->widget.item->type == ITEM_NOTE)
        return STORED;
    q->widget.ops->value(&q->widget, &value);
    if (plan_read_only(ui->plan)) {
        if (strcmp(value.text, q->stored.text) != 0)
            ui_can_write(ui);                /* says why the change is not kept */
        buf_free(&value);
        return STORED;
    }
    switch (plan_set(ui->plan, q->widget.item, question_row(q), value.text, &check, &err)) {
    case 0:
        buf_clear(&q->stored);
        buf_add(&q->stored, value.text);
        buf_clear(&q->cleaned);
        check_cleaned(&check, &ui->tr, &q->cleaned);
        ui_saved(ui, q->widget.item, q->row);
        tell_copy(ui);
        break;
    case ERR_REFUSED:
        buf_clear(&q->problem);
        check_message(&check, &ui->tr, &q->problem);
        widget_start(&q->widget, ui, q->widget.item, question_row(q), "");
        result = REFUSED;
        break;
    default:
        ui_not_saved(ui, q->widget.item, q->row, value.text, &err);
        result = FAILED;
        break;
    }
    if (result != FAILED)
        drop_draft(q, ui);
    check_free(&check);
    buf_free(&value);
    return result;
}

bool question_store_to_leave(struct question_view *q, struct ui *ui)
{
    enum stored stored = question_store(q, ui);

    if (stored == REFUSED)
        ui_say_problem(ui, q->problem.text);
    if (stored != FAILED || q->kept_here)
        return true;
    q->kept_here = true;
    return false;
}

void question_say_normal_form(struct question_view *q, struct ui *ui)
{
    const char *value = answers_value(ui->plan->answers, q->widget.item, question_row(q));
    struct buf line = BUF_INIT;

    if (value && q->widget.ops->typing && !q->widget.unsure && !plan_read_only(ui->plan) &&
        strcmp(value, q->widget.text.text) != 0) {
        buf_addf(&line, "%s: ", ui_text(ui, "Saved"));
        check_show(q->widget.item, value, &ui->tr, &line);
        if (q->cleaned.length)
            buf_addf(&line, ". %s", q->cleaned.text);
        ui_say(ui, line.text);
    }
    buf_free(&line);
}

/* ---- drafts ---- */

void question_keep_draft(struct question_view *q, struct ui *ui)
{
    struct buf value = BUF_INIT;
    struct err err = { .tr = &ui->tr };

    q->widget.ops->value(&q->widget, &value);
    if (q->view.typing && !plan_read_only(ui->plan) &&
        strcmp(value.text, q->stored.text) != 0 && strcmp(value.text, q->drafted.text) != 0 &&
        !plan_refuses_draft(value.text)) {
        if (ui->plan->ops->set_draft(ui->plan->store, q->widget.item->id, q->row, value.text,
                                     &err))
            ui_say_error(ui, &err);
        q->has_draft = true;
        buf_clear(&q->drafted);
        buf_add(&q->drafted, value.text);
    }
    buf_free(&value);
}
