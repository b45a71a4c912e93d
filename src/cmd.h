/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Commands: what they share.
 *
 * One command is one file that ends in a function listed in main.c's table. A command
 * returns an exit status; errors are printed once, by app_fail().
 */
#ifndef CMD_H
#define CMD_H

#include <stdbool.h>

#include "base/err.h"
#include "base/lang.h"
#include "base/tr.h"
#include "io/content.h"
#include "io/store_sqlite.h"

struct buf;
struct catalogs;
struct doc;
struct document;
struct plan;
struct schedule;

enum { OPTION_MAPS_MAX = 32 };

/* Options of the command line; each command allows some beside the common ones. */
struct options {
    const char *lang, *today, *data, *theme;
    bool line, ascii, no_color, quiet, help, version;
    bool json, dry_run, duplex;
    const char *example, *format, *output, *printer, *copies, *wait, *kept, *plan;
    const char *maps[OPTION_MAPS_MAX];    /* --map may be repeated; the first NULL ends them */
};

enum {
    OPTION_JSON = 1, OPTION_DRY_RUN = 2, OPTION_EXAMPLE = 4, OPTION_FORMAT = 8,
    OPTION_OUTPUT = 16, OPTION_MAP = 32, OPTION_WAIT = 64, OPTION_PRINTER = 128,
    OPTION_KEPT = 256, OPTION_PLAN = 512
};

struct app {
    struct options options;
    struct content_place place;
    struct content content;
    bool loaded;
    struct catalogs *catalogs;
    struct tr tr;
    enum lang start_lang;     /* of the options and the environment, before a plan had a say */
    int today;
    int arg_count;            /* arguments after the command's name */
    char **args;
};

struct cmd {
    const char *name;
    const char *arguments;    /* for the usage line */
    const char *summary;      /* msgid */
    int least, most;          /* how many arguments; most -1: any number */
    int options;
    int (*run)(struct app *app);
};

#ifdef PACKAGE_VERSION
#define APP_VERSION PACKAGE_VERSION
#else
#define APP_VERSION "0"
#endif

/* Prints "kantapolku: reason", made harmless, to standard error and returns the
 * exit status of the error. */
int app_fail(const struct err *err);
int app_fail_text(enum err_code code, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Loads the content once. */
int app_load(struct app *app, struct err *err);

/* Opens a plan and sets the language: --lang, the plan's own, the environment's, Finnish. */
int app_open(struct app *app, const char *path, enum store_mode mode, struct plan **out,
             struct err *err);

/* The same for reading, with the schedule of the plan: the caller frees both. */
int app_open_schedule(struct app *app, const char *path, struct plan **plan,
                      struct schedule **schedule, struct err *err);

/* A struct tr for another language than the app's. */
struct tr app_tr(const struct app *app, enum lang lang);

/* Tells that there is no such document, with the nearest one; the exit status. */
int app_unknown_document(const struct app *app, const char *name);

/* A kept version of a document, with today as the day of printing, and the app's language set to
 * the document's. The caller frees it. */
int app_kept_document(struct app *app, struct plan *plan, const struct document *document,
                      int number, struct doc **out, struct err *err);

/* Folder for plans when none is named: $XDG_DATA_HOME/kantapolku. 0, or -1 when
 * there is no home. */
int app_plan_folder(char *out, unsigned long size);

/* This computer's name on the network, cleaned; "" when it has none. */
void app_host(struct buf *out);

int cmd_wizard(struct app *app);      /* the wizard: args[0] may be a plan */
int cmd_line(struct app *app);
int cmd_new(struct app *app);
int cmd_status(struct app *app);
int cmd_check(struct app *app);
int cmd_set(struct app *app);
int cmd_get(struct app *app);
int cmd_import(struct app *app);
int cmd_export(struct app *app);
int cmd_print(struct app *app);
int cmd_pack(struct app *app);
int cmd_documents(struct app *app);
int cmd_freeze(struct app *app);
int cmd_id(struct app *app);
int cmd_why(struct app *app);
int cmd_log(struct app *app);
int cmd_undo(struct app *app);
int cmd_redo(struct app *app);
int cmd_lint(struct app *app);
int cmd_register(struct app *app);
int cmd_timeline(struct app *app);
int cmd_reader(struct app *app);
int cmd_users(struct app *app);

/* Prints the names that new --example takes, and the recipients of pack, for their help. */
void examples_list(struct app *app);
void packages_list(struct app *app);

/* What a person typed, as a part of a file name: letters and digits of ASCII, hyphens. */
void app_file_name(const char *text, struct buf *out);

#endif
