/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A package for a recipient: which one, what is in it and what is missing, how it is made, and the
 * making: a document between two events, so that the screen stays alive and Esc stops it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/pack.h"
#include "core/package.h"
#include "ui/list_view.h"
#include "ui/window.h"

/* What a line does; a task that is not complete is opened. */
enum { MAKE, INDEX, OPEN, SHAPE, LANGUAGE, FOLDER, TASK };

struct pack_view {
    struct list_view list;
    const struct package *package;
    enum lang lang;
    bool zip;
    struct buf made;          /* path of the last package, or "" */
};

/* ---- which package ---- */

bool ui_can_pack(const struct ui *ui)
{
    return ui->hooks->packer && ui->plan->schema->package_count > 0;
}

static struct view *pack_new(struct ui *ui, const struct package *package);

static void package_chosen(struct ui *ui, void *data, int answer)
{
    (void)data;
    if (answer >= 0)
        ui_push(ui, pack_new(ui, &ui->plan->schema->packages[answer]));
}

void ui_ask_package(struct ui *ui)
{
    const struct schema *schema = ui->plan->schema;
    const char **titles = xcalloc(schema->package_count + 1, sizeof *titles);

    for (size_t i = 0; i < schema->package_count; i++)
        titles[i] = text_get(&schema->packages[i].title, ui->tr.lang);
    ui_push(ui, view_choose_new(ui, ui_text(ui, "A package for a recipient"),
                                ui_text(ui, "Who is it for?"), titles, (int)schema->package_count,
                                package_chosen, NULL));
    free(titles);
}

/* ---- making it ---- */

struct making {
    struct view view;
    const struct packer *packer;
    struct pack_view *pack;   /* the view below */
    struct pack_job *job;
    struct window window;
};

static void making_draw(struct view *base, struct ui *ui, struct canvas *canvas)
{
    struct making *making = (struct making *)base;
    const struct pack_state state = making->packer->state(making->job);
    int first = ui_draw_header(ui, canvas, ui_text(ui, "The package is being made"), ""), row, cols;
    struct buf text = BUF_INIT;
    struct canvas body;

    canvas_init_growing(&body, ui_text_cols(canvas) + 2, canvas->ascii);
    cols = body.grid.cols - 2;
    row = canvas_wrap(&body, 0, 1, cols, text_get(&making->pack->package->title, ui->tr.lang),
                      ATTR_BOLD) + 1;
    row = ui_draw_bar(&body, row, (int)(state.made * 100 / state.count));
    buf_addf(&text, ui_text(ui, "%1$zu of %2$zu documents"), state.made, state.count);
    if (*state.now)
        buf_addf(&text, ": %s", state.now);
    row += canvas_wrap(&body, row, 1, cols, text.text, ATTR_NORMAL) + 1;
    canvas_wrap(&body, row, 1, cols, ui_text(ui, "Esc stops it. Nothing is written before all of "
                                                 "it is ready."), ATTR_NORMAL);
    window_draw(&making->window, ui, canvas, first, &body, true);
    canvas_free(&body);
    buf_free(&text);
}

/* The view below gets the path, and is on top again. */
static void making_done(struct making *making, struct ui *ui)
{
    struct pack_view *pack = making->pack;
    struct buf line = BUF_INIT;

    buf_clear(&pack->made);
    buf_add(&pack->made, making->packer->state(making->job).path);
    buf_addf(&line, "%s: %s", ui_text(ui, "The package is made"), pack->made.text);
    ui_pop(ui);
    ui_say(ui, line.text);
    buf_free(&line);
}

static void making_rest(struct view *base, struct ui *ui, bool leaving)
{
    struct making *making = (struct making *)base;
    struct err err = { .tr = &ui->tr };
    int code;

    if (leaving)
        return;
    code = making->packer->step(making->job, &err);
    if (code == 0) {
        making_done(making, ui);
    } else if (code < 0) {
        ui_pop(ui);
        ui_say_error(ui, &err);
    }
}

static void making_act(struct view *base, struct ui *ui, enum action action)
{
    (void)base;
    if (action != ACTION_LEAVE && action != ACTION_BACK)
        return;
    ui_pop(ui);
    ui_say(ui, ui_text(ui, "Stopped. Nothing was written."));
}

static void making_input(struct view *base, struct ui *ui, const struct event *event)
{
    window_scroll(&((struct making *)base)->window, ui, event, true, false);
}

static struct pack_request request_of(const struct pack_view *view, const struct ui *ui,
                                      const struct tr *tr)
{
    return (struct pack_request){ view->package, tr, ui->print_folder.text, view->zip };
}

static void making_free(struct view *base)
{
    struct making *making = (struct making *)base;

    making->packer->end(making->job);
    free(making);
}

static void make(struct pack_view *view, struct ui *ui)
{
    static const struct view_ops ops = {
        .draw = making_draw, .act = making_act, .input = making_input, .rest = making_rest,
        .free = making_free,
    };
    static const enum action actions[] = { ACTION_LEAVE, ACTION_NONE };
    struct tr tr = ui->hooks->tr(ui->hooks->data, view->lang);
    struct pack_request request = request_of(view, ui, &tr);
    const struct packer *packer = ui->hooks->packer;
    struct err err = { .tr = &ui->tr };
    struct pack_job *job;
    struct making *making;

    if (packer->begin(packer->data, ui->plan, &request, &job, &err)) {
        ui_say_error(ui, &err);
        return;
    }
    making = xcalloc(1, sizeof *making);
    *making = (struct making){ .view = { .ops = &ops, .actions = actions, .works = true },
                               .packer = packer, .pack = view, .job = job };
    ui_push(ui, &making->view);
}

/* ---- the page ---- */

static void add_files(struct list_view *list, struct ui *ui, const struct package *package)
{
    list_add_gap(list);
    list_add_text(list, ui_text(ui, "What is in it"), 1, ATTR_BOLD);
    for (size_t i = 0; package->files[i]; i++) {
        const char *format;
        const struct document *document =
            package_document(ui->plan->schema, package->files[i], &format);
        struct line *line = list_add(list, text_get(&document->title, ui->tr.lang), format);
        line->can_focus = false;
        line->stacks = true;
    }
}

static void add_gaps(struct list_view *list, struct ui *ui, const struct pack_gap *gaps,
                     size_t count)
{
    struct buf text = BUF_INIT;

    if (count) {
        list_add_gap(list);
        list_add_text(list, ui_text(ui, "What is still missing"), 1, ATTR_BOLD);
    }
    for (size_t i = 0; i < count; i++) {
        struct line *line;
        buf_clear(&text);
        pack_gap_text(&gaps[i], &ui->tr, &text);
        line = list_add(list, text_get(&gaps[i].task->title, ui->tr.lang), text.text);
        line->stacks = true;
        line->sign = gaps[i].errors ? SIGN_PROBLEM : SIGN_OPEN;
        line->number = TASK;
        line->thing = gaps[i].task;
    }
    buf_free(&text);
}

static void add_choices(struct list_view *list, struct ui *ui, const struct pack_view *view)
{
    list_add_gap(list);
    list_add(list, ui_text(ui, "Made as"),
             ui_text(ui, view->zip ? N_("one file (zip)") : N_("a folder")))->number = SHAPE;
    list_add(list, ui_text(ui, "Language of the documents"), lang_name(view->lang))->number =
        LANGUAGE;
    ui_add_folder(list, ui)->number = FOLDER;
}

/* For whom it is, how much is in it and how much is missing. */
static void add_about(struct list_view *list, struct ui *ui, const struct package *package,
                      const struct pack_gap *gaps, size_t count)
{
    struct buf text = BUF_INIT;

    plan_text(ui->plan, &package->intro, &ui->tr, &text);
    list_add_text(list, text.text, 1, ATTR_NORMAL);
    buf_clear(&text);
    pack_sum_text(package, gaps, count, &ui->tr, &text);
    list_add_text(list, text.text, 1, ATTR_BOLD);
    list_add_gap(list);
    buf_free(&text);
}

static void fill_pack(struct list_view *list, struct ui *ui)
{
    const struct pack_view *view = (const struct pack_view *)list;
    struct pack_gap *gaps;
    size_t count = pack_gaps(ui->plan, view->package, &gaps);

    buf_add(&list->title, text_get(&view->package->title, ui->tr.lang));
    add_about(list, ui, view->package, gaps, count);
    list_add(list, ui_text(ui, "Make the package"), NULL)->number = MAKE;
    list_add(list, ui_text(ui, "Read its index page here"), NULL)->number = INDEX;
    ui_add_saved(list, ui, view->made.text, OPEN);
    add_choices(list, ui, view);
    add_files(list, ui, view->package);
    add_gaps(list, ui, gaps, count);
    free(gaps);
}

static void write_index(struct ui *ui, const void *data, struct buf *text)
{
    const struct pack_view *view = data;
    struct tr tr = ui->hooks->tr(ui->hooks->data, view->lang);
    struct pack_request request = request_of(view, ui, &tr);

    ui->hooks->packer->index(ui->hooks->packer->data, ui->plan, &request,
                             ui_text_cols(&ui->screen), text);
}

static void read_index(const struct pack_view *view, struct ui *ui)
{
    ui_push(ui, view_written_new(ui, text_get(&view->package->title, view->lang), write_index,
                                 view));
}

static void open_line(struct list_view *list, struct ui *ui, struct line *line)
{
    struct pack_view *view = (struct pack_view *)list;
    const struct task *task = line->thing;
    int number = line->number;

    list_view_refresh(list);
    switch (number) {
    case MAKE: make(view, ui); break;
    case INDEX: read_index(view, ui); break;
    case OPEN: ui_open_saved(ui, view->made.text); break;
    case SHAPE: view->zip = !view->zip; break;
    case LANGUAGE: view->lang = (enum lang)((view->lang + 1) % LANG_COUNT); break;
    case FOLDER: ui_push(ui, view_folder_new(ui)); break;
    default: ui_open_task(ui, task); break;
    }
}

static void free_pack(struct list_view *list)
{
    buf_free(&((struct pack_view *)list)->made);
}

static struct view *pack_new(struct ui *ui, const struct package *package)
{
    static const enum action actions[] = { ACTION_CHOOSE, ACTION_LEAVE, ACTION_NONE };
    struct pack_view *view = xcalloc(1, sizeof *view);

    list_view_init(&view->list, actions, fill_pack, open_line);
    view->list.free = free_pack;
    view->package = package;
    view->lang = ui->tr.lang;
    view->made = (struct buf)BUF_INIT;
    return &view->list.view;
}
