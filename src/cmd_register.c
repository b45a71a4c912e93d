/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * register: the organisation register that the user has downloaded. Its subcommands are rows of one
 * table.
 */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "cmd.h"
#include "cmd_register_check.h"
#include "io/register_store.h"
#include "print_json.h"
#include "register_job.h"

enum { ROWS_SHOWN = 20 };

static int find_place(struct buf *path, struct err *err)
{
    if (register_store_path(path) == 0)
        return 0;
    return err_set(err, ERR_OUTPUT, N_("there is no home folder for the register"));
}

/* ---- import ---- */

static void print_line(void *data, const char *text)
{
    (void)data;
    puts(text);
}

static int run_import(struct app *app)
{
    struct register_importer importer = register_job_importer(app);
    struct err err = { .tr = &app->tr };
    struct register_job *job = NULL;
    int code = importer.begin(importer.data, app->args[1], app->options.maps, &job, &err), status;

    if (!code)
        do
            code = importer.step(job, &err);
        while (code > 0);
    if (!code && !app->options.quiet)
        register_outcome_tell(importer.outcome(job), app->today, &app->tr, print_line, NULL);
    status = code ? app_fail(&err) : 0;
    if (job)
        importer.end(job);
    return status;
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

static void print_rows(const struct register_origin *origin, json_t *rows, int total)
{
    json_t *root = json_pack(
        "{s:{s:s,s:s,s:s,s:s,s:I,s:I,s:I},s:i,s:o}", "register", "file", origin->file, "sha256",
        origin->digest, "imported", origin->imported, "modified", origin->modified, "size",
        (json_int_t)origin->size, "rows", (json_int_t)origin->rows, "left_out",
        (json_int_t)origin->left_out, "total", total, "rows", rows);

    print_json(root);
}

static void print_rest(const struct app *app, const struct register_origin *origin, int shown,
                       int total)
{
    char day[24];

    if (app->options.quiet)
        return;
    if (total == 0) {
        puts(tr_text(&app->tr, "Nothing was found."));
    } else if (total > shown) {
        printf(tr_text(&app->tr, "%d more; write more of the name or the place."), total - shown);
        putchar('\n');
    }
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
        print_rows(register_store_origin(store), listing.rows, total);
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
