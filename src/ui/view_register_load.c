/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The register from a file: the work, a step between two events, so that the screen stays alive and
 * Esc stops it; the question which heading means what; what came of it.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "core/register_load.h"
#include "ui/ui.h"
#include "ui/window.h"

enum { MAPS_MAX = 2 };

struct load_view {
    struct view view;
    const struct register_importer *importer;
    char *place;
    struct register_job *job; /* NULL: it could not be done */
    char *maps[MAPS_MAX + 1]; /* what the user said about headings, in this job only */
    size_t map_count;
    size_t *order;            /* of the headings that are offered */
    struct buf problem;
    struct window window;
};

/* ---- drawing ---- */

static void draw_body(const struct load_view *view, struct ui *ui, struct canvas *body)
{
    int cols = body->grid.cols - 2, row = canvas_wrap(body, 0, 1, cols, view->place, ATTR_BOLD) + 1;

    if (view->job) {
        row = ui_draw_bar(body, row, view->importer->outcome(view->job)->percent);
        canvas_wrap(body, row, 1, cols, ui_text(ui, "The file is being read. Esc stops it; the "
                                                    "earlier register stays until all is read."),
                    ATTR_NORMAL);
    } else {
        canvas_put(body, row, 1, 1, "!", ATTR_BOLD);
        row += canvas_wrap(body, row, 3, cols - 2, view->problem.text, ATTR_BOLD) + 1;
        canvas_wrap(body, row, 1, cols, ui_text(ui, "Nothing was changed."), ATTR_NORMAL);
    }
}

static void load_draw(struct view *base, struct ui *ui, struct canvas *canvas)
{
    struct load_view *view = (struct load_view *)base;
    int first = ui_draw_header(ui, canvas, ui_text(ui, "The register from a file"), "");
    struct canvas body;

    canvas_init_growing(&body, ui_text_cols(canvas) + 2, canvas->ascii);
    draw_body(view, ui, &body);
    window_draw(&view->window, ui, canvas, first, &body, true);
    canvas_free(&body);
}

/* ---- the job ---- */

static void end_job(struct load_view *view)
{
    if (view->job)
        view->importer->end(view->job);
    view->job = NULL;
    view->view.works = false;
}

static int begin_job(struct load_view *view, struct err *err)
{
    int code;

    end_job(view);
    code = view->importer->begin(view->importer->data, view->place,
                                 (const char *const *)view->maps, &view->job, err);
    view->view.works = !code;
    return code;
}

static void show_problem(struct load_view *view, const struct err *err)
{
    char text[1024];

    err_text(err, text, sizeof text);
    buf_clear(&view->problem);
    buf_add(&view->problem, text);
    end_job(view);
}

static void add_line(void *data, const char *text)
{
    struct buf *all = data;

    buf_addf(all, "%s%s", all->length ? "\n" : "", text);
}

/* Back to the page below the question for the file, with what came of it on top. */
static void show_outcome(struct load_view *view, struct ui *ui)
{
    struct buf text = BUF_INIT;

    register_outcome_tell(view->importer->outcome(view->job), ui->plan->today, &ui->tr,
                          add_line, &text);
    ui_pop(ui);
    ui_pop(ui);
    ui_register_renew(ui);
    ui_push(ui, view_text_new(ui, ui_text(ui, "The register has been brought in"), text.text));
    buf_free(&text);
}

/* ---- which heading means what ---- */

static void heading_chosen(struct ui *ui, void *data, int answer)
{
    struct load_view *view = data;
    const struct register_outcome *outcome = view->importer->outcome(view->job);
    struct buf map = BUF_INIT;
    struct err err = { .tr = &ui->tr };

    if (answer < 0 || (size_t)answer >= register_missing_choices(outcome, view->order)) {
        ui_pop(ui);
        ui_say(ui, ui_text(ui, "Nothing was changed."));
        return;
    }
    buf_addf(&map, "%s=%s", outcome->headings[view->order[answer]], outcome->missing);
    view->maps[view->map_count++] = buf_detach(&map);
    if (begin_job(view, &err))
        show_problem(view, &err);
}

static void ask_heading(struct load_view *view, struct ui *ui)
{
    const struct register_outcome *outcome = view->importer->outcome(view->job);
    char **labels = xcalloc(outcome->heading_count + 1, sizeof labels[0]);
    struct buf text = BUF_INIT;
    size_t count;

    view->view.works = false;
    free(view->order);
    view->order = xcalloc(outcome->heading_count + 1, sizeof view->order[0]);
    count = register_missing_choices(outcome, view->order);
    for (size_t i = 0; i < count; i++) {
        register_heading_text(outcome, view->order[i], &ui->tr, &text);
        labels[i] = buf_detach(&text);
    }
    labels[count] = xstrdup(ui_text(ui, "None of these: do not bring the file in"));
    register_missing_question(outcome, &ui->tr, &text);
    ui_push(ui, view_choose_new(ui, ui_text(ui, "The register from a file"), text.text,
                                (const char *const *)labels, (int)count + 1, heading_chosen, view));
    for (size_t i = 0; i <= count; i++)
        free(labels[i]);
    free(labels);
    buf_free(&text);
}

/* ---- events ---- */

static void load_rest(struct view *base, struct ui *ui, bool leaving)
{
    struct load_view *view = (struct load_view *)base;
    struct err err = { .tr = &ui->tr };
    int code;

    if (leaving || !view->view.works)
        return;
    code = view->importer->step(view->job, &err);
    if (code == 0)
        show_outcome(view, ui);
    else if (code < 0 && view->importer->outcome(view->job)->missing
             && view->map_count < MAPS_MAX)
        ask_heading(view, ui);
    else if (code < 0)
        show_problem(view, &err);
}

static void load_act(struct view *base, struct ui *ui, enum action action)
{
    bool stopped = ((struct load_view *)base)->view.works;

    if (action != ACTION_LEAVE && action != ACTION_BACK)
        return;
    ui_pop(ui);
    if (stopped)
        ui_say(ui, ui_text(ui, "Stopped. Nothing was changed."));
}

static void load_input(struct view *base, struct ui *ui, const struct event *event)
{
    window_scroll(&((struct load_view *)base)->window, ui, event, true, false);
}

static void load_free(struct view *base)
{
    struct load_view *view = (struct load_view *)base;

    end_job(view);
    for (size_t i = 0; i < view->map_count; i++)
        free(view->maps[i]);
    free(view->order);
    free(view->place);
    buf_free(&view->problem);
    free(view);
}

int view_register_load_new(struct view **out, struct ui *ui, const char *place, struct err *err)
{
    static const struct view_ops ops = {
        .draw = load_draw, .act = load_act, .input = load_input, .rest = load_rest,
        .free = load_free,
    };
    static const enum action actions[] = { ACTION_LEAVE, ACTION_NONE };
    struct load_view *view = xcalloc(1, sizeof *view);
    int code;

    *view = (struct load_view){ .view = { .ops = &ops, .actions = actions },
                                .importer = ui->hooks->importer, .place = xstrdup(place),
                                .problem = BUF_INIT };
    code = begin_job(view, err);
    *out = code ? NULL : &view->view;
    if (code)
        load_free(&view->view);
    return code;
}
