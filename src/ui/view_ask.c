/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Questions that are not the plan's: what company, where to copy to. One line is typed.
 *
 * What is asked stands in a struct ask, in English, so that the page follows the language. What
 * was given is done at once; when that fails the page stays, with the text and the reason.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "core/card_notes.h"
#include "core/row_import.h"
#include "core/table.h"
#include "ui/widget.h"
#include "ui/window.h"

struct ask {
    const char *title, *question, *hint, *nothing;   /* msgids */
    const enum action *actions;
    /* Tells, below the field, what the text means; may be NULL. */
    void (*tell)(struct ui *ui, const char *text, struct buf *out);
    /* Does what the text says. Returns 0 with what to say about it, or with the view that goes on
     * from here and to which this one stays below. */
    int (*give)(struct ui *ui, const char *text, struct view **next, struct buf *said,
                struct err *err);
};

struct ask_view {
    struct view view;
    const struct ask *ask;
    struct item item;         /* the widget's: a plain text */
    struct widget widget;
    struct window window;
    struct buf problem;
};

/* ---- drawing ---- */

static int put_text(const struct ui *ui, struct canvas *body, int row, const char *msgid)
{
    int used = canvas_wrap(body, row, 1, body->grid.cols - 2, ui_text(ui, msgid), 0);

    return row + used + 1;
}

/* Below the field: what is wrong, else what the text means. */
static int draw_below(struct ask_view *view, struct ui *ui, struct canvas *body, int row)
{
    struct buf told = BUF_INIT;
    int used = 0;

    if (view->problem.length) {
        canvas_put(body, row, 1, 1, "!", ATTR_BOLD);
        used = canvas_wrap(body, row, 3, body->grid.cols - 4, view->problem.text, ATTR_BOLD);
    } else if (view->ask->tell) {
        view->ask->tell(ui, view->widget.text.text, &told);
        used = canvas_wrap(body, row, 1, body->grid.cols - 2, told.text, 0);
    }
    buf_free(&told);
    return used ? row + used + 1 : row;
}

/* Question, hint, field; where there are few rows the hint comes last. */
static void draw_body(struct ask_view *view, struct ui *ui, struct canvas *body)
{
    bool few = ui_body_rows(&ui->screen) < 12;
    int row = canvas_wrap(body, 0, 1, body->grid.cols - 2, ui_text(ui, view->ask->question),
                          ATTR_BOLD) + 1;

    if (!few)
        row = put_text(ui, body, row, view->ask->hint);
    row += view->widget.ops->draw(&view->widget, ui, body, row, 2, body->grid.cols - 3) + 1;
    row = draw_below(view, ui, body, row);
    if (few)
        put_text(ui, body, row, view->ask->hint);
}

/* Before there is a plan the user may not be able to read the page: "F6  suomi · svenska ·
 * English", or where that is too long the present language. */
static void name_langs(const struct ui *ui, const struct canvas *canvas, struct buf *out)
{
    buf_addf(out, "%s ", keymap_key(ACTION_LANG, true));
    for (int i = 0; i < LANG_COUNT; i++)
        buf_addf(out, "%s%s", i ? " · " : " ", lang_name((enum lang)i));
    if (utf8_width(out->text) < canvas->grid.cols / 2)
        return;
    buf_clear(out);
    buf_add(out, lang_name(ui->tr.lang));
}

static void ask_draw(struct view *base, struct ui *ui, struct canvas *canvas)
{
    struct ask_view *view = (struct ask_view *)base;
    struct canvas body;
    struct buf right = BUF_INIT;
    int first;

    if (!ui->plan)
        name_langs(ui, canvas, &right);
    first = ui_draw_header(ui, canvas, ui_text(ui, view->ask->title), right.text);
    buf_free(&right);
    canvas_init_growing(&body, ui_text_cols(canvas) + 2, canvas->ascii);
    draw_body(view, ui, &body);
    window_draw(&view->window, ui, canvas, first, &body, false);
    canvas_free(&body);
}

/* ---- events ---- */

static void show_problem(struct ask_view *view, struct ui *ui, const struct err *err)
{
    char text[1024];

    err_text(err, text, sizeof text);
    buf_add(&view->problem, text);
    if (err->code == ERR_REFUSED)
        widget_start(&view->widget, ui, &view->item, NULL, "");
}

static void give(struct ask_view *view, struct ui *ui)
{
    struct buf text = BUF_INIT, said = BUF_INIT;
    struct err err = { .tr = &ui->tr };
    struct view *next = NULL;

    buf_add(&text, view->widget.text.text);
    buf_trim(&text);
    buf_clear(&view->problem);
    if (!text.length) {
        buf_add(&view->problem, ui_text(ui, view->ask->nothing));
    } else if (view->ask->give(ui, text.text, &next, &said, &err)) {
        show_problem(view, ui, &err);
    } else if (next) {
        ui_push(ui, next);
    } else {
        ui_pop(ui);
        ui_say(ui, said.text);
    }
    buf_free(&text);
    buf_free(&said);
}

static void ask_act(struct view *base, struct ui *ui, enum action action)
{
    if (action == ACTION_LEAVE || action == ACTION_BACK)
        ui_pop(ui);
    else if (action == ACTION_CONTINUE)
        give((struct ask_view *)base, ui);
}

static void ask_input(struct view *base, struct ui *ui, const struct event *event)
{
    struct ask_view *view = (struct ask_view *)base;

    if (window_scroll(&view->window, ui, event, false, false))
        return;
    if (view->widget.ops->input(&view->widget, ui, event))
        buf_clear(&view->problem);
}

static void ask_free(struct view *base)
{
    struct ask_view *view = (struct ask_view *)base;

    widget_free(&view->widget);
    buf_free(&view->problem);
    free(view);
}

static struct view *ask_new(struct ui *ui, const struct ask *ask)
{
    static const struct view_ops ops = {
        .draw = ask_draw, .act = ask_act, .input = ask_input, .free = ask_free,
    };
    struct ask_view *view = xcalloc(1, sizeof *view);

    *view = (struct ask_view){ .view = { .ops = &ops, .actions = ask->actions, .typing = true },
                               .ask = ask, .item = { .type = ITEM_TEXT }, .problem = BUF_INIT };
    view->widget.text = (struct buf)BUF_INIT;
    widget_start(&view->widget, ui, &view->item, NULL, "");
    return &view->view;
}

/* ---- the first meeting ---- */

static void tell_new(struct ui *ui, const char *text, struct buf *out)
{
    struct buf name = BUF_INIT;

    buf_add(&name, text);
    buf_trim(&name);
    buf_addf(out, "%s: ", ui_text(ui, name.length ? N_("Your plan will be the file")
                                                  : N_("Your plan will be in the folder")));
    ui->hooks->new_path(ui->hooks->data, name.text, out);
    buf_free(&name);
}

/* A personal identity code is refused here, before it could become the name of a file. */
static int make(struct ui *ui, const char *text, struct view **next, struct buf *said,
                struct err *err)
{
    int code;

    (void)next;
    if (plan_refuses(text))
        return err_set(err, ERR_REFUSED,
                       N_("This looks like a personal identity code; no such code is written "
                          "here."));
    code = ui->hooks->make(ui->hooks->data, text, ui->tr.lang, &ui->plan, err);
    if (code)
        return code;
    buf_addf(said, "%s: ", ui_text(ui, "Your plan is the file"));
    ui->hooks->new_path(ui->hooks->data, text, said);
    return 0;
}

struct view *view_welcome_new(struct ui *ui)
{
    static const enum action actions[] = {
        ACTION_CONTINUE, ACTION_LANG, ACTION_LEAVE, ACTION_KEYS, ACTION_NONE
    };
    static const struct ask ask = {
        .title = N_("Welcome"),
        .question = N_("What is the name of your company?"),
        .hint = N_("kantapolku guides you step by step to joining Kanta. Your answers are kept in "
                   "one file on this computer."),
        .nothing = N_("Type the name of your company. You can correct it later."),
        .actions = actions, .tell = tell_new, .give = make,
    };

    return ask_new(ui, &ask);
}

/* ---- a copy elsewhere ---- */

static int copy(struct ui *ui, const char *text, struct view **next, struct buf *said,
                struct err *err)
{
    (void)next;
    buf_addf(said, "%s: ", ui_text(ui, "The copy has been made and checked"));
    return ui->hooks->copy(ui->hooks->data, ui->plan, text, said, err);
}

struct view *view_copy_new(struct ui *ui)
{
    static const enum action actions[] = {
        ACTION_CONTINUE, ACTION_LEAVE, ACTION_MENU, ACTION_NONE
    };
    static const struct ask ask = {
        .title = N_("Copy of the plan"),
        .question = N_("Where is the plan copied to?"),
        .hint = N_("Type a folder, or a folder and the name of a new file. A USB stick is a "
                   "folder too, for example /media/stick."),
        .nothing = N_("Type a folder, or press Esc to go back."),
        .actions = actions, .give = copy,
    };

    return ask_new(ui, &ask);
}

/* ---- where files are printed to ---- */

static int set_folder(struct ui *ui, const char *text, struct view **next, struct buf *said,
                      struct err *err)
{
    (void)next;
    (void)err;
    buf_clear(&ui->print_folder);
    buf_add(&ui->print_folder, text);
    buf_addf(said, "%s: %s", ui_text(ui, "Folder for files"), text);
    return 0;
}

struct view *view_folder_new(struct ui *ui)
{
    static const enum action actions[] = {
        ACTION_CONTINUE, ACTION_LEAVE, ACTION_MENU, ACTION_NONE
    };
    static const struct ask ask = {
        .title = N_("Folder for files"),
        .question = N_("Which folder are documents saved in?"),
        .hint = N_("Type a folder, for example /media/stick. A dot means the folder where the "
                   "program was started."),
        .nothing = N_("Type a folder, or press Esc to go back."),
        .actions = actions, .give = set_folder,
    };

    return ask_new(ui, &ask);
}

/* ---- the register from a file ---- */

static int load_register(struct ui *ui, const char *text, struct view **next, struct buf *said,
                         struct err *err)
{
    (void)said;
    return view_register_load_new(next, ui, text, err);
}

struct view *view_ask_register_new(struct ui *ui)
{
    static const enum action actions[] = {
        ACTION_CONTINUE, ACTION_LEAVE, ACTION_MENU, ACTION_NONE
    };
    static const struct ask ask = {
        .title = N_("The register from a file"),
        .question = N_("Which file is the register?"),
        .hint = N_("Type a folder and the name of the file that you downloaded, for example "
                   "~/Downloads/register.csv. Text (CSV), XML and JSON are read. The earlier "
                   "register stays until all of the file has been read."),
        .nothing = N_("Type the name of a file, or press Esc to go back."),
        .actions = actions, .give = load_register,
    };

    return ask_new(ui, &ask);
}

/* ---- rows from a file ---- */

static int read_people(struct ui *ui, const char *file, struct view **next, struct err *err)
{
    struct row_import *import = NULL;
    struct table table = { 0 };
    int code = ui->hooks->read_table(ui->hooks->data, file, &table, err);

    if (!code)
        code = row_import_new(&import, ui->plan, &table, err);
    if (!code)
        *next = view_import_new(file, &table, import);
    else
        table_free(&table);
    return code;
}

/* What the file holds tells what is brought in. */
static int read_file(struct ui *ui, const char *text, struct view **next, struct buf *said,
                     struct err *err)
{
    struct card_results results = { 0 };
    int code = 1;

    (void)said;
    if (ui->hooks->read_tests && card_notes_can(ui->plan))
        code = ui->hooks->read_tests(ui->hooks->data, text, &results, err);
    if (code == 0)
        *next = view_import_tests_new(&results);
    else if (code == 1)
        code = read_people(ui, text, next, err);
    card_results_free(&results);
    return code;
}

struct view *view_ask_import_new(struct ui *ui)
{
    static const enum action actions[] = {
        ACTION_CONTINUE, ACTION_LEAVE, ACTION_MENU, ACTION_NONE
    };
    static const struct ask ask = {
        .title = N_("People or card tests from a file"),
        .question = N_("Which file is brought in?"),
        .hint = N_("Type a folder and the name of the file. People come from a CSV file, for "
                   "example /media/stick/staff.csv: a spreadsheet program saves a table so. The "
                   "first row has the headings, and one of them is the name. Card tests of "
                   "another computer come from the file that kantapolku reader --json made there. "
                   "You see the changes before anything is saved."),
        .nothing = N_("Type the name of a file, or press Esc to go back."),
        .actions = actions, .give = read_file,
    };

    return ask_new(ui, &ask);
}
