/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Documents: which one, then what to do with it: read it here, save it in one of its formats, print
 * it on paper. Language and folder are set on the same page.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/print_job.h"
#include "core/schema.h"
#include "ui/list_view.h"

enum { COPIES_MOST = 9 };

/* ---- which document ---- */

static void document_chosen(struct ui *ui, void *data, int answer)
{
    (void)data;
    if (answer >= 0)
        ui_push(ui, view_print_new(ui, &ui->plan->schema->documents[answer]));
}

void ui_ask_document(struct ui *ui)
{
    const struct schema *schema = ui->plan->schema;
    const char **titles = xcalloc(schema->document_count + 1, sizeof *titles);

    for (size_t i = 0; i < schema->document_count; i++)
        titles[i] = text_get(&schema->documents[i].title, ui->tr.lang);
    ui_push(ui, view_choose_new(ui, ui_text(ui, "Print"), ui_text(ui, "Which document?"), titles,
                                (int)schema->document_count, document_chosen, NULL));
    free(titles);
}

/* ---- what to do with it ---- */

/* What a line does; from WAYS on it saves in a format. */
enum { READ, PAPER, OPEN, LANGUAGE, FOLDER, WAYS };

struct print_view {
    struct list_view list;
    const struct document *document;
    enum lang lang;
    struct buf saved;         /* path of the last file, or "" */
};

static void fill_print(struct list_view *list, struct ui *ui)
{
    const struct print_view *view = (const struct print_view *)list;
    const struct print_way *way;
    struct buf line = BUF_INIT;

    buf_add(&list->title, text_get(&view->document->title, ui->tr.lang));
    plan_text(ui->plan, &view->document->audience, &ui->tr, &line);
    if (line.length) {
        buf_splice(&line, 0, 0, ": ", 2);
        buf_splice(&line, 0, 0, ui_text(ui, "For whom"), strlen(ui_text(ui, "For whom")));
        list_add_text(list, line.text, 1, ATTR_NORMAL);
        list_add_gap(list);
    }
    list_add(list, ui_text(ui, "Read it here"), NULL)->number = READ;
    for (int i = 0; (way = print_way(view->document, (size_t)i)); i++)
        list_add(list, ui_text(ui, way->label), NULL)->number = WAYS + i;
    list_add(list, ui_text(ui, "Print on paper"), NULL)->number = PAPER;
    if (view->saved.length && ui->hooks->open_file)
        list_add(list, ui_text(ui, "Open what was saved"), NULL)->number = OPEN;
    list_add_gap(list);
    list_add(list, ui_text(ui, "Language of the document"), lang_name(view->lang))->number =
        LANGUAGE;
    struct line *folder = list_add(list, ui_text(ui, "Folder for files"),
                                   ui->print_folder.length
                                       ? ui->print_folder.text
                                       : ui_text(ui, "where the plan is"));
    folder->number = FOLDER;
    folder->stacks = true;
    buf_free(&line);
}

static struct print_job job_of(const struct print_view *view, const struct ui *ui,
                               const struct tr *tr)
{
    return (struct print_job){ .document = view->document, .tr = tr, .format = "pdf",
                               .folder = ui->print_folder.text, .copies = 1 };
}

static void read_here(struct print_view *view, struct ui *ui)
{
    struct tr tr = ui->hooks->tr(ui->hooks->data, view->lang);
    struct print_job job = job_of(view, ui, &tr);
    struct buf text = BUF_INIT;

    if (ui->hooks->preview)
        ui->hooks->preview(ui->hooks->data, ui->plan, &job, ui_text_cols(&ui->screen), &text);
    ui_push(ui, view_text_new(ui, text_get(&view->document->title, view->lang), text.text));
    buf_free(&text);
}

static void save(struct print_view *view, struct ui *ui, const struct print_way *way)
{
    struct tr tr = ui->hooks->tr(ui->hooks->data, view->lang);
    struct print_job job = job_of(view, ui, &tr);
    struct buf path = BUF_INIT, line = BUF_INIT;
    struct err err = { .tr = &ui->tr };

    job.format = way->format;
    if (ui->hooks->print(ui->hooks->data, ui->plan, &job, &path, &err)) {
        ui_say_error(ui, &err);
    } else {
        buf_addf(&line, "%s: %s", ui_text(ui, "Printed into the file"), path.text);
        ui_say(ui, line.text);
        buf_clear(&view->saved);
        buf_add(&view->saved, path.text);
    }
    buf_free(&path);
    buf_free(&line);
}

static void open_saved(struct print_view *view, struct ui *ui)
{
    struct err err = { .tr = &ui->tr };

    if (ui->hooks->open_file(ui->hooks->data, view->saved.text, &err))
        ui_say_error(ui, &err);
}

static void open_line(struct list_view *list, struct ui *ui, struct line *line)
{
    struct print_view *view = (struct print_view *)list;
    int number = line->number;

    list_view_refresh(list);
    switch (number) {
    case READ: read_here(view, ui); break;
    case PAPER: ui_push(ui, view_paper_new(ui, view->document, view->lang)); break;
    case OPEN: open_saved(view, ui); break;
    case LANGUAGE: view->lang = (enum lang)((view->lang + 1) % LANG_COUNT); break;
    case FOLDER: ui_push(ui, view_folder_new(ui)); break;
    default: save(view, ui, print_way(view->document, (size_t)(number - WAYS))); break;
    }
}

static void free_print(struct list_view *list)
{
    buf_free(&((struct print_view *)list)->saved);
}

struct view *view_print_new(struct ui *ui, const struct document *document)
{
    static const enum action choosing[] = { ACTION_CHOOSE, ACTION_LEAVE, ACTION_NONE };
    struct print_view *view = xcalloc(1, sizeof *view);

    list_view_init(&view->list, choosing, fill_print, open_line);
    view->list.free = free_print;
    view->document = document;
    view->lang = ui->tr.lang;
    view->saved = (struct buf)BUF_INIT;
    return &view->list.view;
}

/* ---- paper ---- */

/* What a line does; from PRINTERS on it prints. */
enum { COPIES, DUPLEX, PRINTERS };

struct paper_view {
    struct list_view list;
    const struct document *document;
    enum lang lang;
    struct buf printers;      /* one a line, the usual one first */
    int copies;
    bool duplex;
};

/* The n-th printer, appended; false when there are not so many. */
static bool nth_printer(const struct paper_view *view, int n, struct buf *out)
{
    const char *at = view->printers.text;

    for (; n > 0 && (at = strchr(at, '\n')); n--)
        at++;
    if (!at || !*at)
        return false;
    buf_add_n(out, at, strcspn(at, "\n"));
    return true;
}

static void fill_paper(struct list_view *list, struct ui *ui)
{
    const struct paper_view *view = (const struct paper_view *)list;
    struct buf text = BUF_INIT;

    buf_add(&list->title, ui_text(ui, "Print on paper"));
    list_add_text(list, text_get(&view->document->title, view->lang), 1, ATTR_BOLD);
    list_add_gap(list);
    if (!view->printers.length)
        list_add_text(list, ui_text(ui, "No printer was found on this computer. Save the document "
                                        "as PDF, and print it where there is a printer."), 1,
                      ATTR_NORMAL);
    for (int i = 0; nth_printer(view, i, &text); i++) {
        list_add(list, text.text, NULL)->number = PRINTERS + i;
        buf_clear(&text);
    }
    if (view->printers.length) {
        list_add_gap(list);
        buf_addf(&text, "%d", view->copies);
        list_add(list, ui_text(ui, "Copies"), text.text)->number = COPIES;
        list_add(list, ui_text(ui, "On both sides"), ui_text(ui, view->duplex ? N_("yes") : N_("no")))
            ->number = DUPLEX;
    }
    buf_free(&text);
}

static void print_on(struct paper_view *view, struct ui *ui, const char *printer)
{
    struct tr tr = ui->hooks->tr(ui->hooks->data, view->lang);
    struct print_job job = { .document = view->document, .tr = &tr, .format = "pdf",
                             .folder = "", .printer = printer, .copies = view->copies,
                             .duplex = view->duplex };
    struct buf told = BUF_INIT, line = BUF_INIT;
    struct err err = { .tr = &ui->tr };

    if (ui->hooks->print(ui->hooks->data, ui->plan, &job, &told, &err)) {
        ui_say_error(ui, &err);
    } else {
        buf_addf(&line, "%s: %s", ui_text(ui, "Sent to the printer"), printer);
        ui_pop(ui);
        ui_say(ui, line.text);
    }
    buf_free(&told);
    buf_free(&line);
}

static void open_paper(struct list_view *list, struct ui *ui, struct line *line)
{
    struct paper_view *view = (struct paper_view *)list;
    struct buf printer = BUF_INIT;

    if (line->number == COPIES)
        view->copies = view->copies % COPIES_MOST + 1;
    else if (line->number == DUPLEX)
        view->duplex = !view->duplex;
    else if (nth_printer(view, line->number - PRINTERS, &printer))
        print_on(view, ui, printer.text);
    if (!printer.length)
        list_view_refresh(list);
    buf_free(&printer);
}

static void free_paper(struct list_view *list)
{
    buf_free(&((struct paper_view *)list)->printers);
}

struct view *view_paper_new(struct ui *ui, const struct document *document, enum lang lang)
{
    static const enum action choosing[] = { ACTION_CHOOSE, ACTION_LEAVE, ACTION_NONE };
    struct paper_view *view = xcalloc(1, sizeof *view);

    list_view_init(&view->list, choosing, fill_paper, open_paper);
    view->list.free = free_paper;
    view->document = document;
    view->lang = lang;
    view->copies = 1;
    view->printers = (struct buf)BUF_INIT;
    if (ui->hooks->printers)
        ui->hooks->printers(ui->hooks->data, &view->printers);
    return &view->list.view;
}
