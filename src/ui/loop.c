/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The event loop, the frame around views, and the actions that work everywhere.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "term/frame.h"
#include "ui/ui.h"

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
    ui->quit |= ui->depth == 0;
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

/* ---- the frame ---- */

/* Rows of the footer: the rule, the line of messages and up to two lines of keys. */
enum { HEADER_ROWS = 2, FOOTER_ROWS = 4, SMALL_ROWS = 10, TEXT_COLS = 76 };

static bool is_small(const struct canvas *canvas)
{
    return canvas->grid.rows < SMALL_ROWS;
}

int ui_body_rows(const struct canvas *canvas)
{
    int rows = canvas->grid.rows - (is_small(canvas) ? 2 : HEADER_ROWS + FOOTER_ROWS);

    return rows > 0 ? rows : 0;
}

int ui_text_cols(const struct canvas *canvas)
{
    int cols = canvas->grid.cols - 2;

    return cols < 1 ? 1 : cols > TEXT_COLS ? TEXT_COLS : cols;
}

int ui_draw_header(struct ui *ui, struct canvas *canvas, const char *title, const char *right)
{
    int width = utf8_width(right), cols = canvas->grid.cols;

    (void)ui;
    if (width > 0 && width < cols / 2)
        canvas_put_right(canvas, 0, cols - 1, right, ATTR_DIM);
    else
        width = 0;
    canvas_put(canvas, 0, 1, cols - width - 3, title, ATTR_BOLD);
    if (is_small(canvas))
        return 1;
    canvas_rule(canvas, 1);
    return HEADER_ROWS;
}

/* The reason without the folders of the plan's path, which push the rest off a narrow screen. */
static void add_without_folders(struct buf *out, const char *reason)
{
    const char *end = strstr(reason, ".polku"), *from = reason, *name = end;

    while (name && name > reason && name[-1] != '/')
        name--;
    while (from < name && !(*from == '/' && (from == reason || from[-1] == ' ')))
        from++;
    if (name && from < name) {
        buf_add_n(out, reason, (size_t)(from - reason));
        reason = name;
    }
    buf_add(out, reason);
}

static void saved_line(const struct ui *ui, struct buf *out)
{
    const char *at = ui->plan->saved_at, *reason = plan_read_only(ui->plan);

    if (reason) {
        buf_addf(out, "%s: ", tr_text(&ui->tr, "For reading only"));
        add_without_folders(out, reason);
    } else if (at[0]) {
        buf_addf(out, "%s %.2s.%.2s", tr_text(&ui->tr, "Saved"), at + 11, at + 14);
    } else {
        buf_add(out, tr_text(&ui->tr, "Every answer is saved when you leave the field."));
    }
}

/* Writes the text from the row on, the last row cut; returns the rows used. */
static int draw_lines(struct canvas *canvas, int row, int rows, const char *text, int attr)
{
    int cols = canvas->grid.cols - 2, used = 0;
    struct buf part = BUF_INIT;

    for (; used < rows - 1 && utf8_width(text) > cols; used++) {
        size_t skip, length = utf8_wrap(text, cols, &skip);
        buf_clear(&part);
        buf_add_n(&part, text, length);
        canvas_put(canvas, row + used, 1, cols, part.text, attr);
        text += skip;
    }
    canvas_put(canvas, row + used, 1, cols, text, attr);
    buf_free(&part);
    return used + 1;
}

/* A message that one row does not hold takes rows from the keys. */
static int draw_message(struct ui *ui, int row, int rows)
{
    struct buf line = BUF_INIT;
    bool problem = ui->message.length && ui->message_is_problem;
    int used;

    if (problem)
        buf_add(&line, "! ");
    if (ui->message.length)
        buf_add(&line, ui->message.text);
    else
        saved_line(ui, &line);
    used = draw_lines(&ui->screen, row, rows, line.text,
                      problem ? ATTR_BOLD : ui->message.length ? ATTR_NORMAL : ATTR_DIM);
    buf_free(&line);
    return used;
}

/* "Enter continue  ? help  …", wrapped over the rows that there are; whole keys only. */
static void draw_keys(struct ui *ui, const struct view *view, int row, int rows)
{
    int col = 1, cols = ui->screen.grid.cols, last = row + rows - 1;

    for (const enum action *at = view->actions; at && *at != ACTION_NONE; at++) {
        const char *key = ui_text(ui, keymap_key(*at, view->typing));
        const char *label = ui_text(ui, keymap_label(*at));
        int width = utf8_width(key) + 1 + utf8_width(label);
        if (col > 1 && col + width >= cols) {
            row++;
            col = 1;
        }
        if (row > last)
            return;
        col += canvas_put(&ui->screen, row, col, -1, key, ATTR_BOLD) + 1;
        col += canvas_put(&ui->screen, row, col, -1, label, ATTR_DIM) + 2;
    }
}

static void draw(struct ui *ui)
{
    struct view *view = top(ui);
    int rows = ui->screen.grid.rows, used;

    canvas_reset(&ui->screen, rows, ui->screen.grid.cols);
    if (!view)
        return;
    view->ops->draw(view, ui, &ui->screen);
    if (is_small(&ui->screen)) {
        draw_message(ui, rows - 1, 1);
    } else {
        canvas_rule(&ui->screen, rows - FOOTER_ROWS);
        used = draw_message(ui, rows - FOOTER_ROWS + 1, FOOTER_ROWS - 2);
        draw_keys(ui, view, rows - FOOTER_ROWS + 1 + used, FOOTER_ROWS - 1 - used);
    }
}

/* ---- actions that work everywhere ---- */

void ui_set_lang(struct ui *ui, enum lang lang)
{
    struct err err = { 0 };

    ui->tr = ui->hooks->tr(ui->hooks->data, lang);
    if (!plan_read_only(ui->plan) &&
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
        ui_set_lang(ui, (enum lang)answer);
}

static void ask_lang(struct ui *ui)
{
    const char *names[LANG_COUNT];

    for (int i = 0; i < LANG_COUNT; i++)
        names[i] = lang_name((enum lang)i);
    ui_push(ui, view_choose_new(ui, "Kieli · Språk · Language", "", names, LANG_COUNT,
                                lang_chosen, NULL));
}

void ui_undo(struct ui *ui, bool again)
{
    struct err err = { 0 };
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
    plan_place_name(ui->plan, &place, &ui->tr, &line);
    ui_say(ui, line.text);
    buf_free(&line);
    for (int i = 0; i < ui->depth; i++)
        if (ui->views[i]->ops->again)
            ui->views[i]->ops->again(ui->views[i], ui);
}

void ui_print(struct ui *ui, const char *id)
{
    const struct document *document = schema_document(ui->plan->schema, id);
    struct buf path = BUF_INIT, line = BUF_INIT;
    struct err err = { 0 };

    if (!document)
        return;
    if (ui->hooks->print(ui->hooks->data, ui->plan, document, &ui->tr, &path, &err)) {
        ui_say_error(ui, &err);
    } else {
        buf_addf(&line, "%s: %s", ui_text(ui, "Printed into the file"), path.text);
        ui_say(ui, line.text);
    }
    buf_free(&path);
    buf_free(&line);
}

static void document_chosen(struct ui *ui, void *data, int answer)
{
    (void)data;
    if (answer >= 0)
        ui_print(ui, ui->plan->schema->documents[answer].id);
}

static void ask_document(struct ui *ui)
{
    const struct schema *schema = ui->plan->schema;
    const char **titles = xcalloc(schema->document_count + 1, sizeof *titles);

    for (size_t i = 0; i < schema->document_count; i++)
        titles[i] = text_get(&schema->documents[i].title, ui->tr.lang);
    ui_push(ui, view_choose_new(ui, ui_text(ui, "Print"),
                                ui_text(ui, "Which document? It is written as a text file beside "
                                            "the plan."),
                                titles, (int)schema->document_count, document_chosen, NULL));
    free(titles);
}

static void quit_chosen(struct ui *ui, void *data, int answer)
{
    (void)data;
    ui->asked = NULL;
    ui->quit |= answer == 0;
}

/* Asks once; asked again while the question stands, it takes that for the answer. */
void ui_ask_quit(struct ui *ui)
{
    const char *labels[] = { ui_text(ui, "Quit"), ui_text(ui, "Go on") };

    if (ui->asked && ui->asked == top(ui)) {
        ui->quit = true;
        return;
    }
    ui_push(ui, view_choose_new(ui, ui_text(ui, "Quit?"),
                                ui_text(ui, "All answers are saved. You can go on later where you "
                                            "left off."),
                                labels, 2, quit_chosen, NULL));
    ui->asked = top(ui);
}

/* From the task list at once, since all is saved; from inside a task with a question. */
static void quit(struct ui *ui)
{
    if (ui->depth == 1)
        ui->quit = true;
    else
        ui_ask_quit(ui);
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

static bool act_everywhere(struct ui *ui, enum action action)
{
    switch (action) {
    case ACTION_MENU: ui_push(ui, view_menu_new(ui)); return true;
    case ACTION_QUIT: quit(ui); return true;
    case ACTION_INTERRUPT: ui_ask_quit(ui); return true;
    case ACTION_UNDO: ui_undo(ui, false); return true;
    case ACTION_REDO: ui_undo(ui, true); return true;
    case ACTION_LANG: ask_lang(ui); return true;
    case ACTION_PRINT: ask_document(ui); return true;
    case ACTION_SEARCH: ui_push(ui, view_search_new(ui)); return true;
    case ACTION_TODAY: ui_push(ui, view_today_new(ui)); return true;
    case ACTION_CHECK: ui_push(ui, view_check_new(ui, NULL)); return true;
    case ACTION_COPY: show_as_text(ui); return true;
    case ACTION_KEYS: ui_push(ui, view_keys_new(ui)); return true;
    default: return false;
    }
}

/* ---- the loop ---- */

void ui_act(struct ui *ui, enum action action)
{
    struct view *view = top(ui);

    if (!act_everywhere(ui, action))
        view->ops->act(view, ui, action);
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
    struct err err = { 0 };

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
    if (!ui->hooks->frame || plan_read_only(ui->plan))
        return;
    ui->plan->saved_at[0] = 0;
    buf_clear(&ui->message);
    ui_push(ui, view_tasks_new(ui));
    draw(ui);
    frame_save(&ui->screen.grid, ui->hooks->frame);
    top(ui)->ops->free(top(ui));
    ui->depth = 0;
}

int ui_run(struct plan *plan, struct term *term, const struct ui_hooks *hooks, enum lang lang,
           bool ascii, struct err *err)
{
    struct ui ui = { .plan = plan, .term = term, .hooks = hooks, .message = BUF_INIT };
    struct draft draft = { 0 };
    struct event event;
    int rows, cols;

    (void)err;
    ui.tr = hooks->tr(hooks->data, lang);
    term->ops->size(term, &rows, &cols);
    canvas_init(&ui.screen, rows, cols, ascii);
    ui_push(&ui, view_tasks_new(&ui));
    offer_draft(&ui, &draft);
    while (!ui.quit) {
        draw(&ui);
        term->ops->paint(term, &ui.screen.grid);
        term->ops->wait(term, top(&ui)->ops->rest ? REST_MS : -1, &event);
        on_event(&ui, &event);
    }
    rest(&ui, true);
    for (; ui.depth > 0; ui.depth--)
        top(&ui)->ops->free(top(&ui));
    keep_first_screen(&ui);
    canvas_free(&ui.screen);
    buf_free(&ui.message);
    return 0;
}
