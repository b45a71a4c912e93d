/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Documents in line mode: which one, or a package; then what to do with it, or with a version of it
 * that was kept: read, save, print on paper, in which language and folder.
 */
#include "line/line_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/print_job.h"

/* ---- a menu ---- */

void line_menu_add(struct line_menu *menu, int code, const char *label, const char *now)
{
    struct buf text = BUF_INIT;

    buf_add(&text, label);
    if (now)
        buf_addf(&text, ": %s", now);
    menu->at = vec_room(menu->at, &menu->room, menu->count + 1, sizeof menu->at[0]);
    menu->at[menu->count++] = (struct line_choice){ buf_detach(&text), code };
}

void line_menu_clear(struct line_menu *menu)
{
    for (size_t i = 0; i < menu->count; i++)
        free(menu->at[i].label);
    menu->count = 0;
}

void line_menu_free(struct line_menu *menu)
{
    line_menu_clear(menu);
    free(menu->at);
}

void line_menu_tell(struct line *line, const struct line_menu *menu)
{
    for (size_t i = 0; i < menu->count; i++)
        line_sayf(line, "  %zu %s", i + 1, menu->at[i].label);
}

int line_menu_ask(struct line *line, const struct line_menu *menu, const char *prompt)
{
    size_t number = line_choose(line, prompt, menu->count);

    return number ? menu->at[number - 1].code : -1;
}

/* ---- one document ---- */

/* What can be done; from WAYS on it is saved in a format. */
enum { READ, PAPER, VERSIONS, LANGUAGE, FOLDER, WAYS };

struct paper {
    struct line *line;
    const struct document *document;
    int version;              /* that was kept; 0: as it is now */
    enum lang lang;
    struct tr tr;             /* of that language */
    struct line_menu menu;
};

const char *line_folder(const struct line *line)
{
    return line->print_folder.length ? line->print_folder.text
                                     : line_text(line, "where the plan is");
}

void line_ask_folder(struct line *line)
{
    struct saying saying = { .text = BUF_INIT };

    line_listen(line, line_text(line, "Folder for files, for example /media/stick; Enter goes "
                                      "back: "), &saying);
    if (saying.said == SAID_TEXT) {
        buf_clear(&line->print_folder);
        buf_add(&line->print_folder, saying.text.text);
    }
    buf_free(&saying.text);
}

void line_offer_open(struct line *line, const char *path)
{
    struct err err = { .tr = &line->tr };

    if (line->hooks->open_file && line_confirm(line, line_text(line, "Open it? Yes or no: "))
        && line->hooks->open_file(line->hooks->data, path, &err))
        line_say(line, err.msg);
}

static struct print_job job_of(const struct paper *paper)
{
    return (struct print_job){ .document = paper->document, .tr = &paper->tr,
                               .version = paper->version, .format = "pdf",
                               .folder = paper->line->print_folder.text, .copies = 1 };
}

static void not_printed(struct line *line, const struct err *err)
{
    line_sayf(line, line_text(line, "Not printed: %s"), err->msg);
}

static void read_out(struct paper *paper)
{
    struct line *line = paper->line;
    const struct print_job job = job_of(paper);
    struct buf text = BUF_INIT;
    struct err err = { .tr = &line->tr };

    if (line->hooks->preview(line->hooks->data, line->plan, &job, line_cols(line), &text, &err))
        not_printed(line, &err);
    else
        line_say(line, text.text);
    buf_free(&text);
}

static void save(struct paper *paper, const struct print_way *way)
{
    struct line *line = paper->line;
    struct print_job job = job_of(paper);
    struct buf path = BUF_INIT;
    struct err err = { .tr = &line->tr };

    job.format = way->format;
    if (line->hooks->print(line->hooks->data, line->plan, &job, &path, &err)) {
        not_printed(line, &err);
    } else {
        line_sayf(line, line_text(line, "Written into the file %s"), path.text);
        line_offer_open(line, path.text);
    }
    buf_free(&path);
}

/* ---- on paper ---- */

/* The printer that the user chooses, appended; false when there is none, or she goes back. */
static bool ask_printer(struct line *line, struct buf *printer)
{
    struct line_menu menu = { 0 };
    struct buf names = BUF_INIT, name = BUF_INIT;
    bool answered = line->hooks->printers(line->hooks->data, &names);
    int number = -1;

    for (const char *at = names.text; *at; at += strcspn(at, "\n"), at += *at == '\n') {
        buf_clear(&name);
        buf_add_n(&name, at, strcspn(at, "\n"));
        line_menu_add(&menu, (int)menu.count, name.text, NULL);
    }
    line_menu_tell(line, &menu);
    if (menu.count)
        number = line_menu_ask(line, &menu, line_text(line, "Number of the printer, Enter goes "
                                                            "back: "));
    else
        line_say(line, line_text(line, print_no_printer(answered)));
    if (number >= 0)
        buf_add(printer, menu.at[number].label);
    line_menu_free(&menu);
    buf_free(&names);
    buf_free(&name);
    return number >= 0;
}

/* Asks until it is a number; nothing means one, and going back 0. */
static int ask_copies(struct line *line)
{
    struct saying saying = { .text = BUF_INIT };
    size_t copies = 0;
    bool again = true;

    while (again) {
        line_listen(line, line_text(line, "How many copies? Enter means 1: "), &saying);
        copies = saying.said == SAID_NOTHING ? 1 : line_number(saying.text.text, PRINT_COPIES_MAX);
        again = saying.said == SAID_TEXT && !copies;
        if (again)
            line_sayf(line, line_text(line, "Give a number from 1 to %d."), PRINT_COPIES_MAX);
    }
    buf_free(&saying.text);
    return (int)copies;
}

static void print_on_paper(struct paper *paper)
{
    struct line *line = paper->line;
    struct print_job job = job_of(paper);
    struct buf printer = BUF_INIT, told = BUF_INIT;
    struct err err = { .tr = &line->tr };

    if (ask_printer(line, &printer) && (job.copies = ask_copies(line)) > 0) {
        job.duplex = line_confirm(line, line_text(line, "On both sides? Yes or no: "));
        job.printer = printer.text;
        if (line->quit)
            ;
        else if (line->hooks->print(line->hooks->data, line->plan, &job, &told, &err))
            not_printed(line, &err);
        else
            line_sayf(line, "%s: %s", line_text(line, "Sent to the printer"), printer.text);
    }
    buf_free(&printer);
    buf_free(&told);
}

/* ---- what to do with it ---- */

static void make_menu(struct paper *paper)
{
    struct line *line = paper->line;
    const struct print_way *way;

    line_menu_clear(&paper->menu);
    if (line->hooks->preview)
        line_menu_add(&paper->menu, READ, line_text(line, "Read it here"), NULL);
    for (int i = 0; (way = print_way(paper->document, (size_t)i)); i++)
        line_menu_add(&paper->menu, WAYS + i, line_text(line, way->label), NULL);
    if (line->hooks->printers)
        line_menu_add(&paper->menu, PAPER, line_text(line, "Print on paper"), NULL);
    if (paper->document->control && !paper->version)
        line_menu_add(&paper->menu, VERSIONS,
                      line_text(line, "Versions: approve it, see earlier ones"), NULL);
    if (!paper->version)
        line_menu_add(&paper->menu, LANGUAGE, line_text(line, "Language of the document"),
                      lang_name(paper->lang));
    line_menu_add(&paper->menu, FOLDER, line_text(line, "Folder for files"), line_folder(line));
}

static void tell_menu(struct paper *paper)
{
    struct line *line = paper->line;

    line_say(line, text_get(&paper->document->title, line->tr.lang));
    if (paper->version)
        line_sayf(line, line_text(line, "Version %d, as it was approved"), paper->version);
    make_menu(paper);
    line_menu_tell(line, &paper->menu);
}

/* Does it; true when the choices read differently afterwards. */
static bool act(struct paper *paper, int code)
{
    struct line *line = paper->line;

    switch (code) {
    case READ: read_out(paper); return false;
    case PAPER: print_on_paper(paper); return false;
    case VERSIONS: line_versions(line, paper->document); return true;
    case LANGUAGE: paper->lang = (enum lang)((paper->lang + 1) % LANG_COUNT); return true;
    case FOLDER: line_ask_folder(line); return true;
    default: save(paper, print_way(paper->document, (size_t)(code - WAYS))); return false;
    }
}

void line_document(struct line *line, const struct document *document, int version, enum lang lang)
{
    struct paper paper = { .line = line, .document = document, .version = version, .lang = lang };
    bool tell = true;
    int code;

    do {
        paper.tr = line->hooks->tr(line->hooks->data, paper.lang);
        if (tell)
            tell_menu(&paper);
        code = line_menu_ask(line, &paper.menu,
                             line_text(line, "Number of what to do with it, Enter goes back: "));
        tell = code >= 0 && act(&paper, code);
    } while (code >= 0 && !line->quit);
    line_menu_free(&paper.menu);
}

void line_print(struct line *line)
{
    const struct schema *schema = line->plan->schema;
    struct line_menu menu = { 0 };
    int number = -1;

    if (line_can_pack(line))
        line_menu_add(&menu, (int)schema->document_count,
                      line_text(line, "A package for a recipient: several documents at once"),
                      NULL);
    for (size_t i = 0; i < schema->document_count; i++)
        line_menu_add(&menu, (int)i, text_get(&schema->documents[i].title, line->tr.lang), NULL);
    line_menu_tell(line, &menu);
    if (menu.count)
        number = line_menu_ask(line, &menu,
                               line_text(line, "Number of the document, Enter goes back: "));
    else
        line_say(line, line_text(line, "There are no documents."));
    line_menu_free(&menu);
    if (number == (int)schema->document_count)
        line_pack(line);
    else if (number >= 0)
        line_document(line, &schema->documents[number], 0, line->tr.lang);
}
