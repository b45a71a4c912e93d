/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The card-reader test: what is seen now, what it means, and noting the card at its holder.
 *
 * Facts come while the page stands, a few lines at a time from a program beside this one, and the
 * page is filled again with each of them; nothing here waits for a reader. So cards may be put in
 * and taken out, and the page left, at any time.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/card_data.h"
#include "core/card_session.h"
#include "ui/list_view.h"

struct reader_view {
    struct list_view list;
    const struct card_source *source;
    struct card_session session;
    struct buf problem;       /* why there are no facts; "" while they come */
    char asked[CARD_KEY_MAX]; /* the card that lay in the reader when the question was put */
    char (*keys)[24];         /* rows behind the answers of the open question */
    size_t key_count;
};

/* ---- what is seen ---- */

static enum sign sign_of(enum card_weight weight)
{
    static const enum sign signs[] = {
        [CARD_WEIGHT_ERROR] = SIGN_PROBLEM, [CARD_WEIGHT_WARNING] = SIGN_PROBLEM,
        [CARD_WEIGHT_OK] = SIGN_DONE, [CARD_WEIGHT_NOTE] = SIGN_NONE,
    };

    return signs[weight];
}

static void add_signed(struct list_view *list, enum card_weight weight, const char *text, int attr)
{
    list_add_text(list, text, 3, attr);
    list->lines[list->count - 1].sign = sign_of(weight);
}

static void add_lines(struct list_view *list, const struct ui *ui,
                      const struct card_session *session)
{
    for (int i = 0; i < CARD_LINE_COUNT; i++) {
        enum card_line which = (enum card_line)i;
        struct buf value = BUF_INIT, text = BUF_INIT;
        enum card_weight weight =
            card_line_text(&session->words, &session->verdict.signs, which, &value);
        buf_addf(&text, "%s: %s", ui_text(ui, card_line_label(which)), value.text);
        if (value.length && card_session_shows(session, which))
            add_signed(list, weight, text.text, ATTR_NORMAL);
        buf_free(&value);
        buf_free(&text);
    }
    if (card_fact(&session->verdict.signs, "holder"))
        list_add_text(list, ui_text(ui, card_no_pin_text()), 3, ATTR_DIM);
}

/* ---- what it means ---- */

static void add_paragraph(struct list_view *list, const char *word, struct buf *text)
{
    struct buf line = BUF_INIT;

    buf_addf(&line, "%s%s%s", word, *word ? " " : "", text->text);
    if (text->length)
        list_add_text(list, line.text, 3, ATTR_NORMAL);
    buf_free(&line);
    buf_clear(text);
}

static void add_case(struct list_view *list, const struct ui *ui,
                     const struct card_session *session, const struct card_case *one)
{
    const struct card_words *words = &session->words;
    const struct card_facts *signs = &session->verdict.signs;
    struct buf text = BUF_INIT;

    list_add_gap(list);
    card_case_text(words, signs, &one->cause, &text);
    add_signed(list, one->weight, text.text, ATTR_BOLD);
    buf_clear(&text);
    card_case_text(words, signs, &one->remedy, &text);
    add_paragraph(list, "", &text);
    card_case_command(words, signs, one, &text);
    add_paragraph(list, " ", &text);
    card_case_contacts(words, one, &text);
    add_paragraph(list, ui_text(ui, "Ask:"), &text);
    buf_free(&text);
}

/* ---- the page ---- */

/* The keys that mean something now. */
static const enum action *actions_of(const struct reader_view *view)
{
    static const enum action again[] = { ACTION_CONTINUE, ACTION_LEAVE, ACTION_MENU, ACTION_NONE };
    static const enum action offer[] = {
        ACTION_NOTE, ACTION_WHOSE, ACTION_STATION, ACTION_DOWN, ACTION_LEAVE, ACTION_MENU,
        ACTION_NONE
    };
    static const enum action whose[] = {
        ACTION_WHOSE, ACTION_STATION, ACTION_DOWN, ACTION_LEAVE, ACTION_MENU, ACTION_NONE
    };
    static const enum action wait[] = {
        ACTION_STATION, ACTION_DOWN, ACTION_LEAVE, ACTION_MENU, ACTION_NONE
    };
    enum card_stand stand = view->session.stand;

    if (!view->list.view.watched)
        return again;
    return stand == CARD_STAND_OFFER ? offer
         : stand == CARD_STAND_WHOSE || stand == CARD_STAND_NOTED ? whose : wait;
}

/* Pinned above the rest: what to do now, how far the round is. */
static void add_stand(struct list_view *list, const struct card_session *session)
{
    struct buf text = BUF_INIT, progress = BUF_INIT;

    card_session_text(session, &text);
    list_add_text(list, text.text, 1, ATTR_BOLD);
    card_session_progress(session, &progress);
    if (progress.length)
        list_add_text(list, progress.text, 1, ATTR_NORMAL);
    list_add_gap(list);
    list->pinned = list->count;
    buf_free(&text);
    buf_free(&progress);
}

static void fill_reader(struct list_view *list, struct ui *ui)
{
    struct reader_view *view = (struct reader_view *)list;
    struct card_session *session = &view->session;
    struct buf station = BUF_INIT;

    card_session_judge(session);
    list->view.actions = actions_of(view);
    buf_add(&list->title, ui_text(ui, "Card-reader test"));
    card_session_station(session, &station);
    buf_addf(&list->right, "%s: %s", ui_text(ui, "workstation"), station.text);
    buf_free(&station);
    if (view->problem.length)
        add_signed(list, CARD_WEIGHT_ERROR, view->problem.text, ATTR_BOLD);
    if (!list->view.watched)
        list_add_text(list, ui_text(ui, "Enter starts the test again."), 3, ATTR_NORMAL);
    if (view->problem.length)
        return;
    add_stand(list, session);
    add_lines(list, ui, session);
    for (size_t i = 0; i < session->verdict.count; i++)
        add_case(list, ui, session, session->verdict.at[i]);
}

/* ---- facts ---- */

/* A watch that was ended because it hung leaves its facts, which tell why. */
static void show_problem(struct reader_view *view, const struct err *err)
{
    char text[1024];

    err_text(err, text, sizeof text);
    buf_clear(&view->problem);
    if (!card_fact(&view->session.view.system, "stopped"))
        buf_add(&view->problem, text);
    view->source->stop(view->source->data);
    view->list.view.watched = 0;
}

static void start(struct reader_view *view, struct ui *ui)
{
    struct err err = { .tr = &ui->tr };

    buf_clear(&view->problem);
    card_session_forget(&view->session);
    if (view->source->start(view->source->data, &err))
        show_problem(view, &err);
    else
        view->list.view.watched = view->source->fd(view->source->data);
    list_view_refresh(&view->list);
}

static void ready_reader(struct list_view *list, struct ui *ui)
{
    struct reader_view *view = (struct reader_view *)list;
    struct err err = { .tr = &ui->tr };

    if (view->source->take(view->source->data, &view->session.view, &err) < 0)
        show_problem(view, &err);
    card_session_judge(&view->session);   /* also for a question that stands above this page */
    list_view_refresh(list);
}

/* ---- noting ---- */

static void note(struct reader_view *view, struct ui *ui)
{
    struct err err = { .tr = &ui->tr };

    if (card_session_note(&view->session, &err))
        ui_say_error(ui, &err);
    list_view_refresh(&view->list);
}

/* Asks for a row of the repeat; the answers are its rows and, with a text, one more. */
static void ask_row(struct reader_view *view, struct ui *ui, const struct item *repeat,
                    const char *title, const char *more,
                    void (*chosen)(struct ui *, void *, int))
{
    const struct answers *answers = ui->plan->answers;
    size_t count = answers_row_count(answers, repeat);
    char **labels = xcalloc(count + 1, sizeof *labels);

    free(view->keys);
    view->keys = xcalloc(count + 1, sizeof *view->keys);
    view->key_count = count;
    for (size_t i = 0; i < count; i++) {
        struct buf name = BUF_INIT;
        memcpy(view->keys[i], answers_row_at(answers, repeat, i)->key,
               strlen(answers_row_at(answers, repeat, i)->key) + 1);
        plan_row_name(ui->plan, repeat, view->keys[i], &ui->tr, &name);
        labels[i] = buf_detach(&name);
    }
    labels[count] = more ? xstrdup(more) : NULL;
    ui_push(ui, view_choose_new(ui, title, "", (const char *const *)labels,
                                (int)count + (more != NULL), chosen, view));
    for (size_t i = 0; i <= count; i++)
        free(labels[i]);
    free(labels);
}

static void person_chosen(struct ui *ui, void *data, int answer)
{
    struct reader_view *view = data;

    if (answer < 0 || (size_t)answer >= view->key_count)
        return;
    if (strcmp(view->asked, view->session.card) != 0) {
        ui_say_problem(ui, ui_text(ui, "The card was changed meanwhile. Choose again."));
        return;
    }
    card_session_set_person(&view->session, view->keys[answer]);
    if (view->session.stand == CARD_STAND_OFFER)
        note(view, ui);
    list_view_refresh(&view->list);
}

static void ask_person(struct reader_view *view, struct ui *ui)
{
    const struct item *person = ui->plan->schema->cards->inventory.items[CARD_ITEM_PERSON];

    if (!ui_can_write(ui) || !view->session.notes
        || answers_row_count(ui->plan->answers, person->repeat) == 0)
        return;
    memcpy(view->asked, view->session.card, sizeof view->asked);
    ask_row(view, ui, person->repeat, ui_text(ui, "Whose card is this?"), NULL, person_chosen);
}

static void station_chosen(struct ui *ui, void *data, int answer)
{
    struct reader_view *view = data;
    struct err err = { .tr = &ui->tr };
    bool made = answer >= 0 && (size_t)answer == view->key_count;

    if (answer >= 0
        && card_session_set_station(&view->session, made ? "" : view->keys[answer], &err))
        ui_say_error(ui, &err);
    list_view_refresh(&view->list);
}

static void ask_station(struct reader_view *view, struct ui *ui)
{
    const struct item *station = ui->plan->schema->cards->inventory.items[CARD_ITEM_STATION];
    struct buf more = BUF_INIT;

    if (!station || !ui_can_write(ui))
        return;
    if (view->session.host)
        buf_addf(&more, tr_text(&ui->tr, "A new one: %s"), view->session.host);
    ask_row(view, ui, station->repeat, ui_text(ui, "Which workstation is this?"),
            more.length ? more.text : NULL, station_chosen);
    buf_free(&more);
}

/* ---- the view ---- */

static bool act_on_reader(struct list_view *list, struct ui *ui, enum action action,
                          struct line *line)
{
    struct reader_view *view = (struct reader_view *)list;

    (void)line;
    switch (action) {
    case ACTION_NOTE: note(view, ui); return true;
    case ACTION_WHOSE: ask_person(view, ui); return true;
    case ACTION_STATION: ask_station(view, ui); return true;
    case ACTION_CONTINUE: start(view, ui); return true;
    default: return false;
    }
}

static void free_reader(struct list_view *list)
{
    struct reader_view *view = (struct reader_view *)list;

    view->source->stop(view->source->data);
    card_session_end(&view->session);
    buf_free(&view->problem);
    free(view->keys);
}

struct view *view_reader_new(struct ui *ui)
{
    struct reader_view *view = xcalloc(1, sizeof *view);

    list_view_init(&view->list, NULL, fill_reader, NULL);
    view->list.act = act_on_reader;
    view->list.ready = ready_reader;
    view->list.free = free_reader;
    view->source = ui->hooks->cards;
    view->problem = (struct buf)BUF_INIT;
    card_session_begin(&view->session, ui->plan, &ui->tr, ui->hooks->host);
    start(view, ui);
    view->list.view.actions = actions_of(view);
    return &view->list.view;
}
