/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The event loop, and the actions that work everywhere.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/mem.h"
#include "core/card_notes.h"
#include "core/register_plan.h"
#include "core/rights.h"
#include "term/frame.h"
#include "ui/steps.h"

/* Typing that is not stored yet is kept as a draft this often. */
enum { REST_MS = 4000 };

/* ---- the stack ---- */

static struct view *top(const struct ui *ui)
{
    return ui->depth > 0 ? ui->views[ui->depth - 1] : NULL;
}

void ui_push(struct ui *ui, struct view *view)
{
    struct view *below = top(ui);

    if (!view)
        return;
    if (below && below->ops->rest)
        below->ops->rest(below, ui, true);
    if (ui->depth == UI_DEPTH_MAX) {
        view->ops->free(view);
        return;
    }
    ui->views[ui->depth++] = view;
    if (view->ops->shown)
        view->ops->shown(view, ui);
}

void ui_pop(struct ui *ui)
{
    struct view *view = top(ui);

    if (!view)
        return;
    ui->depth--;
    view->ops->free(view);
    view = top(ui);
    if (view && view->ops->again)
        view->ops->again(view, ui);
    ui->quit |= ui->depth == 0 || (ui->depth == 1 && !ui->plan);
}

/* ---- words ---- */

const char *ui_text(const struct ui *ui, const char *msgid)
{
    return tr_text(&ui->tr, msgid);
}

void ui_say(struct ui *ui, const char *text)
{
    buf_clear(&ui->message);
    buf_add(&ui->message, text);
    ui->message_is_problem = false;
}

void ui_say_problem(struct ui *ui, const char *text)
{
    ui_say(ui, text);
    ui->message_is_problem = true;
}

void ui_say_error(struct ui *ui, const struct err *err)
{
    ui_say_problem(ui, err->msg);
}

bool ui_can_write(struct ui *ui)
{
    const char *reason = plan_read_only(ui->plan);

    if (reason)
        ui_say_problem(ui, reason);
    return !reason;
}

/* ---- drawing ---- */

static void draw(struct ui *ui)
{
    struct view *view = top(ui);

    canvas_reset(&ui->screen, ui->screen.grid.rows, ui->screen.grid.cols);
    if (!view)
        return;
    view->ops->draw(view, ui, &ui->screen);
    ui_draw_footer(ui, view);
}

/* ---- actions that work everywhere ---- */

static void set_lang(struct ui *ui, enum lang lang)
{
    struct err err = { .tr = &ui->tr };

    ui->tr = ui->hooks->tr(ui->hooks->data, lang);
    if (ui->hooks->use_lang)
        ui->hooks->use_lang(ui->hooks->data, lang);
    if (ui->plan && !plan_read_only(ui->plan) &&
        ui->plan->ops->set_setting(ui->plan->store, "lang", lang_code(lang), &err))
        ui_say_error(ui, &err);
    for (int i = 0; i < ui->depth; i++)
        if (ui->views[i]->ops->again)
            ui->views[i]->ops->again(ui->views[i], ui);
}

static void lang_chosen(struct ui *ui, void *data, int answer)
{
    (void)data;
    if (answer >= 0)
        set_lang(ui, (enum lang)answer);
}

static void ask_lang(struct ui *ui)
{
    const char *names[LANG_COUNT];

    for (int i = 0; i < LANG_COUNT; i++)
        names[i] = lang_name((enum lang)i);
    ui_push(ui, view_choose_new(ui, "Kieli · Språk · Language", "", names, LANG_COUNT,
                                lang_chosen, NULL));
}

static void take_back(struct ui *ui, bool again)
{
    struct err err = { .tr = &ui->tr };
    struct place place = { NULL, NULL };
    struct buf line = BUF_INIT;
    int entries = 0;

    if (!ui_can_write(ui))
        return;
    if ((again ? plan_redo : plan_undo)(ui->plan, &place, &entries, &err)) {
        ui_say_error(ui, &err);
        return;
    }
    if (entries == 0) {
        ui_say(ui, ui_text(ui, again ? N_("There is nothing to make again.")
                                     : N_("There is nothing to take back.")));
        return;
    }
    buf_addf(&line, "%s: ", ui_text(ui, again ? N_("Made again") : N_("Taken back")));
    if (ui->plan->undone_fact)
        buf_add(&line, text_get(&ui->plan->undone_fact->subject, ui->tr.lang));
    plan_place_name(ui->plan, &place, &ui->tr, &line);
    ui_say(ui, line.text);
    buf_free(&line);
    for (int i = 0; i < ui->depth; i++)
        if (ui->views[i]->ops->again)
            ui->views[i]->ops->again(ui->views[i], ui);
}

/* Leaves the screen and shows the page as plain text, so that it can be copied with the mouse. */
static void show_as_text(struct ui *ui)
{
    struct buf text = BUF_INIT;
    struct event event;

    canvas_text(&ui->screen.grid, &text);
    ui->term->ops->leave(ui->term);
    fputs(text.text, stdout);
    printf("\n%s", ui_text(ui, "Press Enter to return to the wizard."));
    fflush(stdout);
    do {
        ui->term->ops->wait(ui->term, -1, &event);
        if (event.kind == EVENT_RESIZE)
            canvas_reset(&ui->screen, event.rows, event.cols);
    } while (event.kind != EVENT_KEY && event.kind != EVENT_END);
    ui->quit |= event.kind == EVENT_END;
    ui->term->ops->enter(ui->term);
    buf_free(&text);
}

static void open_menu(struct ui *ui)
{
    ui_push(ui, view_menu_new(ui));
}

static void undo(struct ui *ui)
{
    take_back(ui, false);
}

static void redo(struct ui *ui)
{
    take_back(ui, true);
}

static void search(struct ui *ui)
{
    ui_push(ui, view_search_new(ui));
}

static void today(struct ui *ui)
{
    ui_push(ui, view_today_new(ui));
}

static void timeline(struct ui *ui)
{
    ui_push(ui, view_gantt_new(ui));
}

static void check(struct ui *ui)
{
    ui_push(ui, view_check_new(ui, NULL));
}

static void facts(struct ui *ui)
{
    ui_push(ui, view_facts_new(ui, NULL));
}

static void ask_copy(struct ui *ui)
{
    ui_push(ui, view_copy_new(ui));
}

static void check_register(struct ui *ui)
{
    ui_push(ui, view_register_new(ui));
}

static void test_cards(struct ui *ui)
{
    ui_push(ui, view_reader_new(ui));
}

static void show_rights(struct ui *ui)
{
    ui_push(ui, view_rights_new(ui));
}

static void ask_import(struct ui *ui)
{
    if (ui_can_write(ui))
        ui_push(ui, view_ask_import_new(ui));
}

static void show_keys(struct ui *ui)
{
    ui_push(ui, view_keys_new(ui));
}

static const struct {
    bool of_plan;             /* means nothing before there is one */
    void (*run)(struct ui *ui);
} everywhere[ACTION_COUNT] = {
    [ACTION_MENU] = { false, open_menu },  [ACTION_QUIT] = { false, ui_quit },
    [ACTION_INTERRUPT] = { false, ui_ask_quit },
    [ACTION_UNDO] = { true, undo },        [ACTION_REDO] = { true, redo },
    [ACTION_LANG] = { false, ask_lang },   [ACTION_PRINT] = { true, ui_ask_document },
    [ACTION_SEARCH] = { true, search },    [ACTION_TODAY] = { true, today },
    [ACTION_TIMELINE] = { true, timeline },
    [ACTION_CHECK] = { true, check },      [ACTION_BACKUP] = { true, ask_copy },
    [ACTION_FACTS] = { true, facts },
    [ACTION_IMPORT] = { true, ask_import },
    [ACTION_COPY] = { false, show_as_text },
    [ACTION_KEYS] = { false, show_keys },  [ACTION_REGISTER] = { true, check_register },
    [ACTION_READER] = { true, test_cards },
    [ACTION_RIGHTS] = { true, show_rights },
};

bool ui_can_act(const struct ui *ui, enum action action)
{
    if (action == ACTION_IMPORT && ui->plan)
        return (ui->hooks->read_table && ui->plan->schema->import_count > 0)
            || (ui->hooks->read_tests && card_notes_can(ui->plan));
    if (action == ACTION_REGISTER)
        return register_plan_can(ui->plan);
    if (action == ACTION_RIGHTS)
        return ui->plan && rights_can(ui->plan->schema);
    if (action == ACTION_TIMELINE)
        return ui->plan && ui->plan->schema->activities;
    if (action == ACTION_READER)
        return ui->plan && ui->hooks->cards && ui->plan->schema->cards;
    return ui->plan || (everywhere[action].run && !everywhere[action].of_plan);
}

/* ---- the loop ---- */

void ui_act(struct ui *ui, enum action action)
{
    struct view *view = top(ui);

    if (!everywhere[action].run)
        view->ops->act(view, ui, action);
    else if (ui_can_act(ui, action))
        everywhere[action].run(ui);
}

static void on_key(struct ui *ui, const struct event *event)
{
    struct view *view = top(ui);
    enum action action = keymap_find(view->actions, event->key, view->typing);

    buf_clear(&ui->message);
    if (view->typing && event->burst && event->key == KEYS_ENTER) {
        view->ops->input(view, ui, &(struct event){ .kind = EVENT_PASTE, .paste = "\n" });
        return;
    }
    if (view->ops->letter && event->key < KEYS_NONE && view->ops->letter(view, ui, event->key))
        return;
    if (action != ACTION_NONE)
        ui_act(ui, action);
    else if (view->ops->input)
        view->ops->input(view, ui, event);
}

static void rest(struct ui *ui, bool leaving)
{
    struct view *view = top(ui);

    if (view && view->ops->rest)
        view->ops->rest(view, ui, leaving);
}

/* The topmost view that watches something; a dialog above it changes nothing. NULL: none does. */
static struct view *watching(const struct ui *ui)
{
    for (int i = ui->depth; i-- > 0;)
        if (ui->views[i]->watched > 0)
            return ui->views[i];
    return NULL;
}

static void ready(struct ui *ui)
{
    struct view *view = watching(ui);

    if (view)
        view->ops->ready(view, ui);
}

static void on_event(struct ui *ui, const struct event *event)
{
    struct view *view = top(ui);

    switch (event->kind) {
    case EVENT_KEY:
        on_key(ui, event);
        break;
    case EVENT_PASTE:
        if (view->ops->input)
            view->ops->input(view, ui, event);
        break;
    case EVENT_RESIZE:
        canvas_reset(&ui->screen, event->rows, event->cols);
        break;
    case EVENT_TICK:
        rest(ui, false);
        break;
    case EVENT_READY:
        ready(ui);
        break;
    case EVENT_END:
        ui->quit = true;
        break;
    case EVENT_NONE:
        break;
    }
}

/* ---- drafts of the last time ---- */

struct draft {
    const struct form *form;
    struct place place;
    char row[24];             /* the place's row, which may be gone when the user answers */
    char at[32];
    bool found;
    struct ui *ui;
};

static void note_draft(void *data, const char *item_id, const char *row, const char *text,
                       const char *at)
{
    struct draft *draft = data;
    const struct item *item = schema_item(draft->ui->plan->schema, item_id);
    int position = item && item->repeat
                       ? answers_row_position(draft->ui->plan->answers, item->repeat, row)
                       : 0;

    (void)text;
    if (!item || position < 0)
        return;
    draft->found = true;
    draft->form = item->form;
    draft->place = (struct place){ item, NULL };
    snprintf(draft->row, sizeof draft->row, "%s", row);
    if (item->repeat)
        draft->place.row = draft->row;
    date_stamp(at, draft->ui->plan->today, draft->ui->tr.lang, draft->at, sizeof draft->at);
}

static void draft_chosen(struct ui *ui, void *data, int answer)
{
    struct draft *draft = data;
    struct err err = { .tr = &ui->tr };

    if (answer == 0)
        ui_push(ui, view_question_new(ui, draft->form, &draft->place, true));
    else if (answer == 1 &&
             ui->plan->ops->set_draft(ui->plan->store, draft->place.item->id,
                                      draft->place.row ? draft->place.row : "", NULL, &err))
        ui_say_error(ui, &err);
}

/* Typing that a crash interrupted is offered before anything else. */
static void offer_draft(struct ui *ui, struct draft *draft)
{
    const char *labels[] = { ui_text(ui, "Go on with it"), ui_text(ui, "Throw it away"),
                             ui_text(ui, "Decide later") };
    struct buf text = BUF_INIT;

    draft->ui = ui;
    ui->plan->ops->drafts(ui->plan->store, note_draft, draft, NULL);
    if (!draft->found || plan_read_only(ui->plan))
        return;
    buf_addf(&text, tr_text(&ui->tr, "This answer was not finished (%s):"),
             draft->at);
    buf_add(&text, "\n\n");
    plan_place_name(ui->plan, &draft->place, &ui->tr, &text);
    ui_push(ui, view_choose_new(ui, ui_text(ui, "Unfinished text"), text.text, labels, 3,
                                draft_chosen, draft));
    buf_free(&text);
}

/* What the next start of this plan will show, drawn but not painted. */
static void keep_first_screen(struct ui *ui)
{
    if (!ui->hooks->frame || !ui->plan || plan_read_only(ui->plan))
        return;
    ui->plan->saved_at[0] = 0;
    buf_clear(&ui->message);
    ui_push(ui, view_tasks_new(ui));
    draw(ui);
    frame_save(&ui->screen.grid, ui->hooks->frame);
    top(ui)->ops->free(top(ui));
    ui->depth = 0;
}

/* How long to wait for an event, in ms; -1: for ever. */
static int patience(const struct view *view)
{
    if (view->works)
        return 0;
    return view->ops->rest ? REST_MS : -1;
}

static void wait_event(struct ui *ui, struct event *event)
{
    const struct view *view = watching(ui);

    ui->term->watched = view ? view->watched : 0;
    ui->term->ops->wait(ui->term, patience(top(ui)), event);
    ui->term->watched = 0;
}

int ui_run(struct plan *plan, struct term *term, const struct face_hooks *hooks, enum lang lang,
           bool ascii, struct err *err)
{
    struct ui ui = { .plan = plan, .term = term, .hooks = hooks, .message = BUF_INIT,
                     .print_folder = BUF_INIT };
    struct draft draft = { 0 };
    struct event event;
    int rows, cols;

    (void)err;
    ui.tr = hooks->tr(hooks->data, lang);
    term->ops->size(term, &rows, &cols);
    canvas_init(&ui.screen, rows, cols, ascii);
    ui_push(&ui, view_tasks_new(&ui));
    if (plan)
        offer_draft(&ui, &draft);
    else
        ui_push(&ui, view_welcome_new(&ui));
    while (!ui.quit) {
        draw(&ui);
        term->ops->paint(term, &ui.screen.grid);
        wait_event(&ui, &event);
        on_event(&ui, &event);
    }
    rest(&ui, true);
    for (; ui.depth > 0; ui.depth--)
        top(&ui)->ops->free(top(&ui));
    keep_first_screen(&ui);
    ui_forget_unsaved(&ui);
    ui_register_forget(&ui);
    ui_schedule_forget(&ui);
    canvas_free(&ui.screen);
    buf_free(&ui.message);
    buf_free(&ui.print_folder);
    return 0;
}
