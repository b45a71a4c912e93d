/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Facts to check: the list, one fact with all that is known of it, and what the user noted.
 */

#include "base/mem.h"
#include "core/plan_facts.h"
#include "ui/list_view.h"

/* ---- the list ---- */

struct facts_view {
    struct list_view list;
    const struct item *item;  /* the facts of this question; NULL: of the whole plan */
};

static void add_fact(struct list_view *list, struct ui *ui, const struct plan_fact *fact)
{
    struct buf value = BUF_INIT;
    struct line *line;

    fact_value(&fact->look.shown, &ui->tr, &value);
    if (fact->look.note) {
        buf_add(&value, ", ");
        fact_checked(&fact->look, &ui->tr, &value);
    }
    line = list_add(list, text_get(&fact->look.data->subject, ui->tr.lang), value.text);
    line->indent = 5;
    line->stacks = true;
    line->sign = fact->look.check ? SIGN_PROBLEM : fact->look.note ? SIGN_DONE : SIGN_NONE;
    line->thing = fact->look.named;
    buf_free(&value);
}

static void fill_facts(struct list_view *list, struct ui *ui)
{
    const struct item *item = ((struct facts_view *)list)->item;
    struct plan_facts facts = { 0 };
    bool headed[FACTS_REST + 1] = { false };

    buf_add(&list->title, ui_text(ui, item ? N_("Facts of this question")
                                           : N_("Facts to check")));
    if (item)
        plan_facts_of(ui->plan, item, &facts);
    else
        plan_facts(ui->plan, &facts);
    for (size_t i = 0; i < facts.count; i++) {
        enum fact_group group = plan_fact_group(&facts.at[i]);
        if (!headed[group] && list->count)
            list_add_gap(list);
        if (!headed[group])
            list_add_text(list, ui_text(ui, plan_fact_heading(group)), 3, ATTR_BOLD);
        headed[group] = true;
        add_fact(list, ui, &facts.at[i]);
    }
    if (!facts.count)
        list_add_text(list, ui_text(ui, "This question names no facts."), 1, ATTR_NORMAL);
    plan_facts_free(&facts);
}

static void open_fact(struct list_view *list, struct ui *ui, struct line *line)
{
    (void)list;
    ui_push(ui, view_fact_new(ui, line->thing));
}

struct view *view_facts_new(struct ui *ui, const struct item *item)
{
    static const enum action actions[] = {
        ACTION_OPEN, ACTION_LEAVE, ACTION_UNDO, ACTION_MENU, ACTION_NONE
    };
    struct facts_view *view = xcalloc(1, sizeof *view);

    (void)ui;
    list_view_init(&view->list, actions, fill_facts, open_fact);
    view->item = item;
    return &view->list.view;
}

/* ---- one fact ---- */

struct fact_view {
    struct list_view list;
    const struct fact *fact;
};

enum { LINE_NOTE, LINE_KEEP, LINE_DROP };

static void add_choice(struct list_view *list, struct ui *ui, const char *msgid, int number)
{
    list_add(list, ui_text(ui, msgid), NULL)->number = number;
}

static void fill_fact(struct list_view *list, struct ui *ui)
{
    const struct fact *fact = ((struct fact_view *)list)->fact;
    struct fact_look look;
    struct buf text = BUF_INIT;

    plan_fact_look(ui->plan, fact, &look);
    buf_add(&list->title, text_get(&look.data->subject, ui->tr.lang));
    plan_fact_text(ui->plan, fact, &ui->tr, &text);
    list_add_lines(list, text.text);
    list_add_gap(list);
    list->focus = list->count;       /* noting changes what stands above */
    if (look.newer) {
        add_choice(list, ui, N_("Stay with your own value"), LINE_KEEP);
        add_choice(list, ui, N_("Use the value of the program's data"), LINE_DROP);
    }
    add_choice(list, ui, look.note ? N_("Note a new check") : N_("Note what you found"),
               LINE_NOTE);
    if (look.note && !look.newer)
        add_choice(list, ui, N_("Take your note away"), LINE_DROP);
    buf_free(&text);
}

static void choose(struct list_view *list, struct ui *ui, struct line *line)
{
    const struct fact *fact = ((struct fact_view *)list)->fact;
    struct err err = { .tr = &ui->tr };
    int code = 0;

    if (!ui_can_write(ui))
        return;
    if (line->number == LINE_KEEP)
        code = plan_keep_note(ui->plan, fact, &err);
    else if (line->number == LINE_DROP)
        code = plan_set_note(ui->plan, fact, 0, NULL, NULL, &err);
    else
        ui_push(ui, view_note_new(ui, fact));
    if (code)
        ui_say_error(ui, &err);
}

struct view *view_fact_new(struct ui *ui, const struct fact *fact)
{
    static const enum action actions[] = {
        ACTION_OPEN, ACTION_LEAVE, ACTION_UNDO, ACTION_COPY, ACTION_MENU, ACTION_NONE
    };
    struct fact_view *view = xcalloc(1, sizeof *view);

    (void)ui;
    list_view_init(&view->list, actions, fill_fact, choose);
    view->fact = fact;
    return &view->list.view;
}
