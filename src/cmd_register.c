/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * register: the organisation register that the user has downloaded. Its subcommands are rows of one
 * table.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "cmd.h"
#include "cmd_register_check.h"
#include "io/register_file.h"
#include "io/register_store.h"

enum { REMARKS_SHOWN = 10, ROWS_SHOWN = 20 };

static int find_place(struct buf *path, struct err *err)
{
    if (register_store_path(path) == 0)
        return 0;
    return err_set(err, ERR_OUTPUT, N_("there is no home folder for the register"));
}

/* ---- import ---- */

struct job {
    const struct app *app;
    const char *file;
    enum register_format format;
    struct register_import *import;
    struct register_summary summary;
    int remarks;
};

static int take_row(void *data, const struct register_row *row, struct err *err)
{
    return register_store_add(((struct job *)data)->import, row, err);
}

static void show_remark(void *data, int line, const char *text)
{
    struct job *job = data;

    if (job->remarks++ >= REMARKS_SHOWN || job->app->options.quiet)
        return;
    if (job->summary.format == REGISTER_JSON) {
        printf(tr_text(&job->app->tr, "%s, entry %d: %s\n"), job->file, line, text);
    } else {
        printf("%s:%d: %s\n", job->file, line, text);
    }
}

static void fill_origin(struct register_origin *origin, const struct job *job)
{
    const struct register_summary *summary = &job->summary;
    const char *slash = strrchr(job->file, '/');
    time_t modified = (time_t)summary->modified;
    struct tm tm;

    memset(origin, 0, sizeof *origin);
    snprintf(origin->file, sizeof origin->file, "%s", slash ? slash + 1 : job->file);
    memcpy(origin->digest, summary->digest, sizeof origin->digest);
    memcpy(origin->newest, summary->newest, sizeof origin->newest);
    date_iso(job->app->today, origin->imported);
    if (localtime_r(&modified, &tm))
        date_iso(date_make(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday), origin->modified);
    origin->size = summary->size;
    origin->rows = summary->rows;
    origin->left_out = summary->left_out;
    origin->garbled = summary->garbled;
    for (size_t i = 0; i < summary->heading_count; i++)
        if (summary->fields[i] >= 0)
            origin->fields |= INT64_C(1) << summary->fields[i];
}

static void list_unknown(const struct job *job)
{
    const struct register_summary *summary = &job->summary;
    int count = 0;

    for (size_t i = 0; i < summary->heading_count; i++) {
        if (summary->fields[i] == REGISTER_UNKNOWN && *summary->headings[i]) {
            if (count++ == 0)
                printf("%s ", tr_text(&job->app->tr, "Columns that were not read:"));
            printf("%s%s", count > 1 ? ", " : "", summary->headings[i]);
        }
    }
    if (count)
        putchar('\n');
}

static void print_count(const char *format, int count) __attribute__((format(printf, 1, 0)));

static void print_count(const char *format, int count)
{
    printf(format, count);
    putchar('\n');
}

static void report(const struct job *job)
{
    const struct register_summary *summary = &job->summary;
    const struct tr *tr = &job->app->tr;

    if (job->remarks > REMARKS_SHOWN)
        print_count(tr_plural(tr, "%d more remark of this kind.", "%d more remarks of this kind.",
                              (unsigned long)(job->remarks - REMARKS_SHOWN)),
                    job->remarks - REMARKS_SHOWN);
    list_unknown(job);
    if (summary->left_out)
        print_count(tr_plural(tr, "%d row was left out.", "%d rows were left out.",
                              (unsigned long)summary->left_out), summary->left_out);
    if (summary->doubtful)
        print_count(tr_plural(tr, "%d row has something doubtful.",
                              "%d rows have something doubtful.",
                              (unsigned long)summary->doubtful), summary->doubtful);
    if (summary->pages > 1) {
        printf(tr_text(tr, "This is page %d of %d only: fetch all of it with a larger pageSize."),
               summary->page, summary->pages);
        putchar('\n');
    }
    print_count(tr_plural(tr, "%d row is in the register now.", "%d rows are in the register now.",
                          (unsigned long)summary->rows), summary->rows);
}

static int load_headings(const struct app *app, struct register_headings **out, struct err *err)
{
    int code = register_headings_load(out, app->place.root, err);

    for (size_t i = 0; !code && app->options.maps[i]; i++)
        code = register_headings_map(*out, app->options.maps[i], err);
    return code;
}

static int import_file(struct job *job, const char *path, struct err *err)
{
    const struct register_take take = { take_row, show_remark, job };
    struct register_headings *headings = NULL;
    struct register_origin origin;
    int code = load_headings(job->app, &headings, err);

    if (!code)
        code = register_store_begin(&job->import, path, err);
    if (!code) {
        code = register_file_read(job->file, headings, &take, &job->summary, err);
        if (code) {
            register_store_drop(job->import);
        } else {
            fill_origin(&origin, job);
            code = register_store_end(job->import, &origin, err);
        }
    }
    register_headings_free(headings);
    return code;
}

static int run_import(struct app *app)
{
    struct err err = { .tr = &app->tr };
    struct job job = { .app = app, .file = app->args[1] };
    struct buf path = BUF_INIT;
    int code = find_place(&path, &err);

    if (!code)
        code = import_file(&job, path.text, &err);
    if (!code && !app->options.quiet)
        report(&job);
    register_summary_free(&job.summary);
    buf_free(&path);
    return code ? app_fail(&err) : 0;
}

/* ---- find ---- */

struct listing {
    const struct tr *tr;
    json_t *rows;             /* NULL: text */
};

static json_t *field_json(const struct register_row *row, enum register_field field)
{
    const char *text = row->field[field];

    if (!*text)
        return json_null();
    return register_field_kind(field) == REGISTER_FLAG ? json_boolean(*text == '1')
                                                       : json_string(text);
}

static void print_part(const char *before, const char *text)
{
    if (*text)
        printf("%s%s", before, text);
}

/* "social welfare, operating unit" and so on, for each flag that is set. */
static void print_flags(const struct tr *tr, const struct register_row *row)
{
    static const struct {
        enum register_field field;
        const char *what;
    } flags[] = {
        { REGISTER_SOCIAL_OPERATING, N_("operating unit of social welfare") },
        { REGISTER_SOCIAL_SERVICE, N_("service unit of social welfare") },
        { REGISTER_HEALTH_OPERATING, N_("operating unit of health care") },
        { REGISTER_HEALTH_SERVICE, N_("service unit of health care") },
    };
    const char *before = "  ";

    for (size_t i = 0; i < countof(flags); i++) {
        if (*row->field[flags[i].field] == '1') {
            printf("%s%s", before, tr_text(tr, flags[i].what));
            before = ", ";
        }
    }
    if (*before == ',')
        putchar('\n');
}

static void print_ends(const struct tr *tr, const char *ends)
{
    char day[24];

    date_text(date_parse_iso(ends), tr->lang, day, sizeof day);
    printf("  ");
    printf(tr_text(tr, "valid until %s"), day);
    putchar('\n');
}

static int show_row(void *data, const struct register_row *row)
{
    struct listing *listing = data;
    const char *const *field = row->field;

    if (listing->rows) {
        json_t *out = json_object();
        for (int i = 0; i < REGISTER_FIELD_COUNT; i++)
            json_object_set_new(out, register_field_name((enum register_field)i),
                                field_json(row, (enum register_field)i));
        json_array_append_new(listing->rows, out);
        return 0;
    }
    printf("%s\n  %s", *field[REGISTER_NAME] ? field[REGISTER_NAME] : field[REGISTER_SHORT_NAME],
           field[REGISTER_OID]);
    print_part("  ", field[REGISTER_BUSINESS_ID]);
    print_part("  ", field[REGISTER_STREET]);
    print_part(*field[REGISTER_STREET] ? ", " : "  ", field[REGISTER_POSTCODE]);
    print_part(" ", field[REGISTER_TOWN]);
    putchar('\n');
    print_flags(listing->tr, row);
    if (*field[REGISTER_ENDS])
        print_ends(listing->tr, field[REGISTER_ENDS]);
    return 0;
}

static void print_json(const struct register_origin *origin, json_t *rows, int total)
{
    json_t *root = json_pack(
        "{s:{s:s,s:s,s:s,s:s,s:I,s:I,s:I},s:i,s:o}", "register", "file", origin->file, "sha256",
        origin->digest, "imported", origin->imported, "modified", origin->modified, "size",
        (json_int_t)origin->size, "rows", (json_int_t)origin->rows, "left_out",
        (json_int_t)origin->left_out, "total", total, "rows", rows);

    json_dumpf(root, stdout, JSON_INDENT(2));
    putchar('\n');
    json_decref(root);
}

static void print_rest(const struct app *app, const struct register_origin *origin, int shown,
                       int total)
{
    char day[24];

    if (app->options.quiet)
        return;
    if (total == 0)
        puts(tr_text(&app->tr, "Nothing was found."));
    else if (total > shown)
        print_count(tr_text(&app->tr, "%d more; write more of the name or the place."),
                    total - shown);
    date_text(date_parse_iso(origin->imported), app->tr.lang, day, sizeof day);
    printf(tr_text(&app->tr, "Register: %s, imported %s."), origin->file, day);
    putchar('\n');
}

static int open_register(struct register_store **out, struct err *err)
{
    struct buf path = BUF_INIT;
    int code = find_place(&path, err);

    if (!code)
        code = register_store_open(out, path.text, err);
    if (code == 1)
        code = err_set(err, ERR_INPUT, N_("no organisation register has been imported yet; see "
                                          "kantapolku register import"));
    buf_free(&path);
    return code;
}

static int search(struct app *app, struct register_store *store, const char *text,
                  struct err *err)
{
    struct listing listing = { &app->tr, app->options.json ? json_array() : NULL };
    int total = 0;
    int shown = register_store_find(store, text, ROWS_SHOWN, show_row, &listing, &total, err);

    if (shown < 0)
        json_decref(listing.rows);
    else if (listing.rows)
        print_json(register_store_origin(store), listing.rows, total);
    else
        print_rest(app, register_store_origin(store), shown, total);
    return shown < 0 ? shown : 0;
}

static int run_find(struct app *app)
{
    struct err err = { .tr = &app->tr };
    struct register_store *store = NULL;
    struct buf text = BUF_INIT;
    int code = 0;

    for (int i = 1; i < app->arg_count; i++)
        buf_addf(&text, "%s%s", i > 1 ? " " : "", app->args[i]);
    buf_trim(&text);
    if (!text.length)
        code = err_set(&err, ERR_USAGE, N_("there is nothing to search for"));
    if (!code)
        code = open_register(&store, &err);
    if (!code)
        code = search(app, store, text.text, &err);
    register_store_close(store);
    buf_free(&text);
    return code ? app_fail(&err) : 0;
}

/* ---- the table ---- */

static const struct part {
    const char *name, *arguments;
    int least, most;          /* how many arguments after the name; most -1: any number */
    int options;
    int (*run)(struct app *app);
} parts[] = {
    { "import", "FILE", 1, 1, OPTION_MAP, run_import },
    { "find", "TEXT", 1, -1, OPTION_JSON, run_find },
    { "check", "PLAN", 1, 1, OPTION_JSON, cmd_register_check },
};

static int options_used(const struct options *options)
{
    return (options->json ? OPTION_JSON : 0) | (options->maps[0] ? OPTION_MAP : 0);
}

int cmd_register(struct app *app)
{
    struct err err = { .tr = &app->tr };

    for (size_t i = 0; i < countof(parts); i++) {
        const struct part *part = &parts[i];
        int count = app->arg_count - 1;
        if (strcmp(part->name, app->args[0]) != 0)
            continue;
        if (count >= part->least && (part->most < 0 || count <= part->most) &&
            !(options_used(&app->options) & ~part->options))
            return part->run(app);
        err_set(&err, ERR_USAGE, N_("usage: kantapolku register %s %s"), part->name,
                part->arguments);
        return app_fail(&err);
    }
    err_set(&err, ERR_USAGE, N_("register has no command \"%s\"; see kantapolku register --help"),
            app->args[0]);
    return app_fail(&err);
}
