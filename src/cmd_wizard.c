/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The wizard: which plan is opened, and in which face.
 */
#ifdef HAVE_CONFIG_H
#include <config.h>
#endif

#include <dirent.h>
#include <errno.h>
#include <langinfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "card_child.h"
#include "cmd.h"
#include "core/plan.h"
#include "face.h"
#include "first_screen.h"
#include "core/card_notes.h"
#include "io/card_json.h"
#include "io/csv_table.h"
#include "io/file.h"
#include "io/printer.h"
#include "io/typed_path.h"
#include "line/line.h"
#include "register_cache.h"
#include "register_job.h"
#include "term/term.h"
#include "ui/ui.h"

/* ---- hooks of the faces ---- */

static struct tr face_tr(void *data, enum lang lang)
{
    return app_tr(((struct face *)data)->app, lang);
}

static void face_use_lang(void *data, enum lang lang)
{
    struct app *app = ((struct face *)data)->app;

    app->tr = app_tr(app, lang);
}

/* A file name is put behind a folder's. */
static void copy_path(const struct face *face, const char *place, struct buf *out)
{
    const char *name = strrchr(face->path.text, '/');
    struct stat st;

    typed_path(place, out);
    if (stat(out->text, &st) == 0 && S_ISDIR(st.st_mode))
        buf_addf(out, "/%s", name ? name + 1 : face->path.text);
}

static int face_copy(void *data, struct plan *plan, const char *place, struct buf *path,
                     struct err *err)
{
    const struct face *face = data;
    struct buf to = BUF_INIT;
    char *real = NULL;
    int code;

    copy_path(face, place, &to);
    code = plan->ops->copy_to(plan->store, to.text, err);
    if (!code)
        real = realpath(to.text, NULL);
    if (!code)
        buf_add(path, real ? real : to.text);
    free(real);
    buf_free(&to);
    return code;
}

static int face_read_table(void *data, const char *place, struct table *out, struct err *err)
{
    struct buf path = BUF_INIT;
    int code;

    (void)data;
    typed_path(place, &path);
    code = csv_table_read(out, path.text, place, SCHEMA_ROWS_MAX + 1, err);
    buf_free(&path);
    return code;
}

static int face_read_tests(void *data, const char *place, struct card_results *out,
                           struct err *err)
{
    const struct face *face = data;
    struct buf path = BUF_INIT, text = BUF_INIT;
    int code = 1;

    typed_path(place, &path);
    if (file_read(&text, path.text, CSV_FILE_MAX, NULL) == 0
        && card_json_is(text.text, text.length))
        code = card_json_read(out, text.text, text.length, place,
                              face->app->content.schema->cards, err);
    buf_free(&path);
    buf_free(&text);
    return code;
}

/* ---- making a plan ---- */

static int make_folders(const char *path)
{
    char *copy = xstrdup(path);
    int status = 0;

    for (char *at = copy + 1; *at && status == 0; at++)
        if (*at == '/') {
            *at = 0;
            status = mkdir(copy, 0700) == 0 || errno == EEXIST ? 0 : -1;
            *at = '/';
        }
    if (status == 0)
        status = mkdir(copy, 0700) == 0 || errno == EEXIST ? 0 : -1;
    free(copy);
    return status;
}

static void face_new_path(void *data, const char *company, struct buf *path)
{
    char folder[3000] = "";
    struct buf name = BUF_INIT;

    (void)data;
    app_plan_folder(folder, sizeof folder);
    buf_add(path, folder);
    if (*company) {
        app_file_name(company, &name);
        buf_addf(path, "/%s.polku", name.text);
    }
    buf_free(&name);
}

/* Makes the plan of the company and opens it. What cannot be filled is not left behind. */
static int make_plan(struct face *face, const char *company, struct err *err)
{
    struct app *app = face->app;
    struct buf folder = BUF_INIT;
    int code = 0;

    face_new_path(face, "", &folder);
    buf_clear(&face->path);
    face_new_path(face, company, &face->path);
    if (make_folders(folder.text))
        code = err_set(err, ERR_OUTPUT, "%s: %s", folder.text, err_reason(err_tr(err), errno));
    buf_free(&folder);
    if (!code)
        code = store_create(face->path.text, err);
    if (code) {
        buf_clear(&face->path);
        return code;
    }
    code = app_open(app, face->path.text, STORE_WIZARD, &face->plan, err);
    if (!code)
        code = plan_set(face->plan, schema_item(app->content.schema, "org_name"), NULL, company,
                        NULL, err);
    if (code) {
        plan_close(face->plan);
        face->plan = NULL;
        unlink(face->path.text);
        buf_clear(&face->path);
    }
    return code;
}

/* The plan remembers the language in which it was begun; opening it has chosen another. */
static int face_make(void *data, const char *company, enum lang lang, struct plan **plan,
                     struct err *err)
{
    struct face *face = data;
    int code = make_plan(face, company, err);

    face_use_lang(face, lang);
    if (!code)
        code = face->plan->ops->set_setting(face->plan->store, "lang", lang_code(lang), err);
    *plan = face->plan;
    return code;
}

/* ---- faces ---- */

static bool has_terminal(void)
{
    return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

static bool is_utf8(void)
{
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

/* What a face runs with, beside the plan; beside_end() when it has ended. */
struct beside {
    struct card_child *child;
    struct card_source cards;
    struct register_cache *cache;
    struct register_lookup registers;
    struct register_importer importer;
    struct packer packer;
    struct buf host;
    struct face_hooks hooks;
};

static void beside_begin(struct beside *beside, struct face *face)
{
    beside->child = card_child_new(&face->app->content, &face->app->place);
    beside->cards = card_child_source(beside->child);
    beside->cache = register_cache_new();
    beside->registers = register_cache_lookup(beside->cache);
    beside->importer = register_job_importer(face->app);
    beside->packer = face_packer(face);
    beside->host = (struct buf)BUF_INIT;
    app_host(&beside->host);
    beside->hooks = (struct face_hooks){
        .data = face, .tr = face_tr, .use_lang = face_use_lang,
        .print = face_print, .preview = face_preview, .printers = face_printers,
        .open_file = printer_can_open() ? face_open_file : NULL, .keep = face_keep,
        .packer = &beside->packer, .calendar = face_calendar, .copy = face_copy,
        .read_table = face_read_table, .read_tests = face_read_tests,
        .registers = &beside->registers, .importer = &beside->importer,
        .cards = &beside->cards, .host = beside->host.text,
        .new_path = face_new_path, .make = face_make,
    };
}

static void beside_end(struct beside *beside)
{
    register_cache_free(beside->cache);
    card_child_free(beside->child);
    buf_free(&beside->host);
}

static int run_line(struct face *face, struct err *err)
{
    const struct app *app = face->app;
    struct beside beside;
    int code;

    beside_begin(&beside, face);
    code = line_run(face->plan, stdin, stdout, &beside.hooks, app->tr.lang,
                    is_utf8() && !app->options.ascii, err);
    beside_end(&beside);
    return code;
}

/* The terminal in full screen; NULL, with a line of explanation, when it cannot be. */
static struct term *open_terminal(const struct app *app)
{
    struct term_options options = { .ascii = app->options.ascii,
                                    .no_color = app->options.no_color || getenv("NO_COLOR") };
    struct err why = { 0 };
    struct term *term = NULL;

    if (term_curses_open(&term, &options, &why) == 0)
        return term;
    if (!app->options.quiet)
        fprintf(stderr, tr_text(&app->tr, "kantapolku: the terminal \"%s\" cannot show the full "
                                          "screen; going on in line mode\n"), getenv("TERM"));
    return NULL;
}

static int run_screen(struct face *face, struct term *term, struct buf *frame, struct err *err)
{
    const struct app *app = face->app;
    struct beside beside;
    int code;

    beside_begin(&beside, face);
    beside.hooks.frame = frame;
    code = ui_run(face->plan, term, &beside.hooks, app->tr.lang,
                  app->options.ascii || !term->ops->utf8, err);
    beside_end(&beside);
    return code;
}

/* The provider's name as typed; "" when the user gave none. A personal identity code is refused
 * here, before it could become the name of a file. */
static void ask_name(const struct app *app, struct buf *out)
{
    char *line = NULL;
    size_t room = 0;
    bool again = true;

    while (again) {
        buf_clear(out);
        printf("%s ", tr_text(&app->tr, "The name of your company (Enter alone ends):"));
        fflush(stdout);
        if (getline(&line, &room, stdin) > 0) {
            utf8_clean(out, line, strlen(line), UTF8_ONE_LINE);
            buf_trim(out);
        }
        again = plan_refuses(out->text);
        if (again)
            printf("%s\n", tr_text(&app->tr, "This looks like a personal identity code; no "
                                              "such code is written here."));
    }
    free(line);
}

/* The first meeting in line mode. The plan stays NULL when the user gave no name. */
static int welcome(struct face *face, struct err *err)
{
    const struct tr *tr = &face->app->tr;
    struct buf company = BUF_INIT;
    int code = 0;

    printf("%s\n%s\n\n", tr_text(tr, "Welcome. kantapolku guides you step by step to joining "
                                       "Kanta."),
           tr_text(tr, "Your answers are kept in one file on this computer."));
    ask_name(face->app, &company);
    if (company.length)
        code = make_plan(face, company.text, err);
    if (face->plan)
        printf("%s: %s\n", tr_text(tr, "Your plan is the file"), face->path.text);
    buf_free(&company);
    return code;
}

/* The wizard on a plan; `path` NULL: on one that it makes. */
static int run_plan(struct app *app, const char *path, bool line)
{
    struct err err = { .tr = &app->tr };
    struct face face = { app, NULL, BUF_INIT };
    struct buf frame = BUF_INIT;
    struct term *term = line || (path && access(path, R_OK) != 0) ? NULL : open_terminal(app);
    bool utf8 = term && term->ops->utf8;
    int code = 0;

    if (path)
        buf_add(&face.path, path);
    if (term && path)
        first_screen_show(app, path, term);
    if (path)
        code = app_open(app, path, STORE_WIZARD, &face.plan, &err);
    else if (!term)
        code = welcome(&face, &err);
    if (!code && term)
        code = run_screen(&face, term, &frame, &err);
    else if (!code && face.plan)
        code = run_line(&face, &err);
    plan_close(face.plan);
    if (term)
        term->ops->close(term);
    first_screen_keep(app, face.path.text, utf8, &frame);
    buf_free(&frame);
    buf_free(&face.path);
    return code ? app_fail(&err) : 0;
}

static bool wants_line(const struct app *app)
{
    const char *term = getenv("TERM"), *accessible = getenv("ACCESSIBLE");

    return app->options.line || (accessible && *accessible) || !term || !*term ||
           strcmp(term, "dumb") == 0;
}

/* ---- which plan ---- */

struct paths {
    char **at;
    size_t count, room;
};

static void paths_free(struct paths *paths)
{
    for (size_t i = 0; i < paths->count; i++)
        free(paths->at[i]);
    free(paths->at);
}

static int is_plan(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);

    return length > 6 && entry->d_name[0] != '.' &&
           strcmp(entry->d_name + length - 6, ".polku") == 0;
}

static void find_plans(const char *folder, struct paths *out)
{
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_plan, alphasort);

    for (int i = 0; i < count; i++) {
        struct buf path = BUF_INIT;
        buf_addf(&path, "%s%s%s", strcmp(folder, ".") == 0 ? "" : folder,
                 strcmp(folder, ".") == 0 ? "" : "/", entries[i]->d_name);
        out->at = vec_room(out->at, &out->room, out->count + 1, sizeof out->at[0]);
        out->at[out->count++] = buf_detach(&path);
        free(entries[i]);
    }
    free(entries);
}

/* Why the plan cannot be read; the path stands before it on the row already. */
static const char *peek_reason(const struct app *app, const char *path, const char *reason)
{
    size_t length = strlen(path);

    if (strncmp(reason, path, length) == 0 && strncmp(reason + length, ": ", 2) == 0)
        reason += length + 2;
    return tr_text(&app->tr, reason);
}

/* Several plans: which they are, and how one is opened. */
static int list_plans(const struct app *app, const struct paths *paths)
{
    printf("%s\n", tr_text(&app->tr, "There are several plans. Name one: kantapolku PLAN"));
    for (size_t i = 0; i < paths->count; i++) {
        char name[200], changed[200], when[32];
        struct err err = { .tr = &app->tr };
        bool bad = store_peek(paths->at[i], "org_name", name, changed, sizeof name, &err) != 0;
        date_stamp(changed, DATE_NONE, app->tr.lang, when, sizeof when);
        if (bad)
            printf("  %s  (%s)\n", paths->at[i], peek_reason(app, paths->at[i], err.msg));
        else
            printf("  %s  %s  %s\n", paths->at[i], *name ? name : "-", *when ? when : "-");
    }
    return err_status(ERR_USAGE);
}

static int open_any(struct app *app, bool line)
{
    struct paths paths = { 0 };
    char folder[3000];
    bool home = app_plan_folder(folder, sizeof folder) == 0;
    int status;

    find_plans(".", &paths);
    if (paths.count == 0 && home)
        find_plans(folder, &paths);
    if (paths.count > 1)
        status = list_plans(app, &paths);
    else if (paths.count == 1 || home)
        status = run_plan(app, paths.count ? paths.at[0] : NULL, line);
    else
        status = app_fail_text(ERR_USAGE, "%s",
                               tr_text(&app->tr, N_("there is no home folder; name a plan: "
                                                    "kantapolku new PLAN")));
    paths_free(&paths);
    return status;
}

/* A terminal that went away takes the last words with it: the answers are kept, so that is no
 * failure of the output. */
static int forgive_terminal(int status)
{
    fflush(stdout);
    clearerr(stdout);
    return status;
}

static int open_face(struct app *app, bool line)
{
    if (!has_terminal())
        return app_fail_text(ERR_USAGE, "%s",
                             tr_text(&app->tr, "there is no terminal; use kantapolku line PLAN on "
                                               "one, or a command such as kantapolku print PLAN "
                                               "plan"));
    return forgive_terminal(app->arg_count ? run_plan(app, app->args[0], line)
                                           : open_any(app, line));
}

int cmd_wizard(struct app *app)
{
    return open_face(app, wants_line(app));
}

int cmd_line(struct app *app)
{
    return open_face(app, true);
}
