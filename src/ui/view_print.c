/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Documents: which one, then what to do with it, or with a version of it that was kept: read it
 * here, save it in one of its formats, print it on paper. Language and folder are set on the same
 * page.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/print_job.h"
#include "core/schema.h"
#include "core/store.h"
#include "ui/list_view.h"

enum { COPIES_MOST = 9 };

/* ---- what pages that save files share ---- */

struct line *ui_add_folder(struct list_view *list, struct ui *ui)
{
    struct line *line = list_add(list, ui_text(ui, "Folder for files"),
                                 ui->print_folder.length ? ui->print_folder.text
                                                         : ui_text(ui, "where the plan is"));

    line->stacks = true;
    return line;
}

void ui_add_saved(struct list_view *list, struct ui *ui, const char *path, int open)
{
    struct line *line;

    if (!*path)
        return;
    if (ui->hooks->open_file)
        list_add(list, ui_text(ui, "Open what was saved"), NULL)->number = open;
    list_add_gap(list);
    line = list_add(list, ui_text(ui, "Saved last"), path);
    line->can_focus = false;
    line->stacks = true;
    if (!ui->hooks->open_file)
        list_add_text(list, ui_text(ui, "It cannot be opened from here: this terminal has no "
                                        "desktop, or the desktop no xdg-open."), 3, ATTR_DIM);
}

void ui_open_saved(struct ui *ui, const char *path)
{
    struct err err = { .tr = &ui->tr };

    if (ui->hooks->open_file(ui->hooks->data, path, &err))
        ui_say_error(ui, &err);
}

/* ---- paper ---- */

/* What a line does; from PRINTERS on it prints. */
enum { COPIES, DUPLEX, PRINTERS };

struct paper_view {
    struct list_view list;
    const struct document *document;
    int version;              /* that was kept; 0: as it is now */
    enum lang lang;
    struct buf printers;      /* one a line, the usual one first */
    bool answered;            /* else whether there are any is not known */
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
        list_add_text(list, ui_text(ui, print_no_printer(view->answered)), 1, ATTR_NORMAL);
    for (int i = 0; nth_printer(view, i, &text); i++) {
        list_add(list, text.text, NULL)->number = PRINTERS + i;
        buf_clear(&text);
    }
    if (view->printers.length) {
        list_add_gap(list);
        buf_addf(&text, "%d", view->copies);
        list_add(list, ui_text(ui, "Copies"), text.text)->number = COPIES;
        list_add(list, ui_text(ui, "On both sides"),
                 ui_text(ui, view->duplex ? N_("yes") : N_("no")))->number = DUPLEX;
    }
    buf_free(&text);
}

static void print_on(struct paper_view *view, struct ui *ui, const char *printer)
{
    struct tr tr = ui->hooks->tr(ui->hooks->data, view->lang);
    struct print_job job = { .document = view->document, .tr = &tr, .version = view->version,
                             .format = "pdf", .folder = "", .printer = printer,
                             .copies = view->copies, .duplex = view->duplex };
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

static struct view *paper_new(struct ui *ui, const struct document *document, int version,
                              enum lang lang)
{
    static const enum action choosing[] = { ACTION_CHOOSE, ACTION_LEAVE, ACTION_NONE };
    static const enum action leaving[] = { ACTION_LEAVE, ACTION_NONE };
    struct paper_view *view = xcalloc(1, sizeof *view);

    view->document = document;
    view->version = version;
    view->lang = lang;
    view->copies = 1;
    view->printers = (struct buf)BUF_INIT;
    if (ui->hooks->printers)
        view->answered = ui->hooks->printers(ui->hooks->data, &view->printers);
    list_view_init(&view->list, view->printers.length ? choosing : leaving, fill_paper,
                   open_paper);
    view->list.free = free_paper;
    return &view->list.view;
}

/* ---- what to do with it ---- */

/* What a line does; from WAYS on it saves in a format. */
enum { READ, PAPER, OPEN, VERSIONS, LANGUAGE, FOLDER, WAYS };

struct print_view {
    struct list_view list;
    const struct document *document;
    int version;              /* that was kept; 0: as it is now */
    enum lang lang;
    struct buf saved;         /* path of the last file, or "" */
};

/* Of a kept version it says which one it is, else who the document is for. */
static void add_about(struct list_view *list, struct ui *ui, const struct print_view *view)
{
    struct buf text = BUF_INIT, audience = BUF_INIT;

    plan_text(ui->plan, &view->document->audience, &ui->tr, &audience);
    if (view->version)
        buf_addf(&text, ui_text(ui, "Version %d, as it was approved"), view->version);
    else if (audience.length)
        buf_addf(&text, "%s: %s", ui_text(ui, "For whom"), audience.text);
    if (text.length) {
        list_add_text(list, text.text, 1, ATTR_NORMAL);
        list_add_gap(list);
    }
    buf_free(&text);
    buf_free(&audience);
}

static void fill_print(struct list_view *list, struct ui *ui)
{
    const struct print_view *view = (const struct print_view *)list;
    const struct print_way *way;
    struct line *lang;

    buf_add(&list->title, text_get(&view->document->title, ui->tr.lang));
    add_about(list, ui, view);
    list_add(list, ui_text(ui, "Read it here"), NULL)->number = READ;
    for (int i = 0; (way = print_way(view->document, (size_t)i)); i++)
        list_add(list, ui_text(ui, way->label), NULL)->number = WAYS + i;
    list_add(list, ui_text(ui, "Print on paper"), NULL)->number = PAPER;
    if (view->document->control && !view->version)
        list_add(list, ui_text(ui, "Versions: approve it, see earlier ones"), NULL)->number =
            VERSIONS;
    ui_add_saved(list, ui, view->saved.text, OPEN);
    list_add_gap(list);
    lang = list_add(list, ui_text(ui, "Language of the document"), lang_name(view->lang));
    lang->number = LANGUAGE;
    lang->can_focus = !view->version;
    ui_add_folder(list, ui)->number = FOLDER;
}

static struct print_job job_of(const struct print_view *view, const struct ui *ui,
                               const struct tr *tr)
{
    return (struct print_job){ .document = view->document, .tr = tr, .version = view->version,
                               .format = "pdf", .folder = ui->print_folder.text, .copies = 1 };
}

/* The document, or why it cannot be shown. */
static void write_here(struct ui *ui, const void *data, struct buf *text)
{
    const struct print_view *view = data;
    struct tr tr = ui->hooks->tr(ui->hooks->data, view->lang);
    struct print_job job = job_of(view, ui, &tr);
    struct err err = { .tr = &ui->tr };

    if (ui->hooks->preview && ui->hooks->preview(ui->hooks->data, ui->plan, &job,
                                                 ui_text_cols(&ui->screen), text, &err))
        buf_add(text, err.msg);
}

static void read_here(const struct print_view *view, struct ui *ui)
{
    ui_push(ui, view_written_new(ui, text_get(&view->document->title, view->lang), write_here,
                                 view));
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

static void open_line(struct list_view *list, struct ui *ui, struct line *line)
{
    struct print_view *view = (struct print_view *)list;
    int number = line->number;

    list_view_refresh(list);
    switch (number) {
    case READ: read_here(view, ui); break;
    case PAPER: ui_push(ui, paper_new(ui, view->document, view->version, view->lang)); break;
    case OPEN: ui_open_saved(ui, view->saved.text); break;
    case VERSIONS: ui_push(ui, view_versions_new(ui, view->document)); break;
    case LANGUAGE: view->lang = (enum lang)((view->lang + 1) % LANG_COUNT); break;
    case FOLDER: ui_push(ui, view_folder_new(ui)); break;
    default: save(view, ui, print_way(view->document, (size_t)(number - WAYS))); break;
    }
}

static void free_print(struct list_view *list)
{
    buf_free(&((struct print_view *)list)->saved);
}

static struct view *print_new(struct ui *ui, const struct document *document)
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

struct view *view_kept_new(struct ui *ui, const struct document *document,
                           const struct version *version)
{
    struct print_view *view = (struct print_view *)print_new(ui, document);

    view->version = version->number;
    lang_parse(version->lang, &view->lang);
    return &view->list.view;
}

/* ---- which document ---- */

/* The first line is that of packages, where they can be made. */
static void document_chosen(struct ui *ui, void *data, int answer)
{
    int first = ui_can_pack(ui);

    (void)data;
    if (answer >= first)
        ui_push(ui, print_new(ui, &ui->plan->schema->documents[answer - first]));
    else if (answer >= 0)
        ui_ask_package(ui);
}

void ui_ask_document(struct ui *ui)
{
    const struct schema *schema = ui->plan->schema;
    const char **titles = xcalloc(schema->document_count + 1, sizeof *titles);
    int count = 0;

    if (ui_can_pack(ui))
        titles[count++] = ui_text(ui, "A package for a recipient: several documents at once");
    for (size_t i = 0; i < schema->document_count; i++)
        titles[count++] = text_get(&schema->documents[i].title, ui->tr.lang);
    ui_push(ui, view_choose_new(ui, ui_text(ui, "Print"), ui_text(ui, "Which document?"), titles,
                                count, document_chosen, NULL));
    free(titles);
}
