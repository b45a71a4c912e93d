/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The program's entry: options, the table of commands, and what all commands share.
 */
#ifdef HAVE_CONFIG_H
#include <config.h>
#endif

#include <errno.h>
#include <getopt.h>
#include <locale.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/utf8_ascii.h"
#include "cmd.h"
#include "core/expr.h"
#include "core/plan.h"
#include "core/schedule.h"
#include "io/catalog.h"

static const struct cmd cmds[] = {
    { "new", "PLAN", N_("make a plan file; --example fills it with a made-up provider"), 1, 1,
      OPTION_EXAMPLE, cmd_new },
    { "line", "PLAN", N_("the wizard in line mode"), 0, 1, 0, cmd_line },
    { "status", "PLAN", N_("tasks with status, next actions"), 1, 1, OPTION_JSON, cmd_status },
    { "timeline", "PLAN", N_("schedule: dates, slack, critical path, what to do today"), 1, 1,
      OPTION_JSON, cmd_timeline },
    { "check", "PLAN", N_("findings of all forms and rules"), 1, 1, OPTION_JSON, cmd_check },
    { "set", "PLAN ITEM=VALUE...", N_("set answers by id"), 2, -1, 0, cmd_set },
    { "get", "PLAN [ITEM...]", N_("read answers"), 1, -1, OPTION_JSON, cmd_get },
    { "import", "PLAN FILE", N_("answers from YAML or JSON; people from CSV"), 2, 2,
      OPTION_DRY_RUN, cmd_import },
    { "export", "PLAN", N_("all answers; importing the result gives the same plan"), 1, 1,
      OPTION_FORMAT | OPTION_OUTPUT, cmd_export },
    { "print", "PLAN DOCUMENT", N_("print a document"), 2, 2,
      OPTION_FORMAT | OPTION_OUTPUT | OPTION_PRINTER | OPTION_KEPT, cmd_print },
    { "freeze", "PLAN [DOCUMENT]", N_("keep a document as it was approved, or list what is kept"),
      1, 2, 0, cmd_freeze },
    { "pack", "PLAN RECIPIENT", N_("the documents for a recipient as a folder or zip"), 2, 2,
      OPTION_OUTPUT, cmd_pack },
    { "documents", "", N_("the documents there are, and their formats"), 0, 0, 0,
      cmd_documents },
    { "id", "KIND VALUE...|-", N_("check identifiers; - reads lines"), 2, -1, 0, cmd_id },
    { "why", "PLAN ITEM", N_("why an item is asked, hidden or computed, and who says so"), 2, 2,
      0, cmd_why },
    { "log", "PLAN", N_("what changed, when"), 1, 1, OPTION_JSON, cmd_log },
    { "undo", "PLAN", N_("take the last change back"), 1, 1, 0, cmd_undo },
    { "redo", "PLAN", N_("make it again"), 1, 1, 0, cmd_redo },
    { "register", "import FILE | find TEXT | check PLAN",
      N_("read a downloaded organisation register, search it, hold a plan against it"), 2, -1,
      OPTION_JSON | OPTION_MAP, cmd_register },
    { "reader", "", N_("card-reader test; --wait waits for a card, --plan notes it"), 0, 0,
      OPTION_JSON | OPTION_WAIT | OPTION_PLAN, cmd_reader },
    { "users", "compare PLAN FILE | on PLAN DATE",
      N_("hold the supplier's list of users against the rights; who had which right on a day"), 3,
      3, OPTION_JSON, cmd_users },
    { "lint", "[DIR]", N_("check forms, rules, data, translations"), 0, 1, 0, cmd_lint },
};

static const struct cmd wizard = { "", "[PLAN]", N_("the wizard"), 0, 1, 0, cmd_wizard };

/* ---- errors ---- */

int app_fail_text(enum err_code code, const char *format, ...)
{
    struct buf text = BUF_INIT, clean = BUF_INIT;
    va_list args;

    va_start(args, format);
    buf_vaddf(&text, format, args);
    va_end(args);
    utf8_clean(&clean, text.text, text.length, UTF8_ONE_LINE);
    fprintf(stderr, "kantapolku: %s\n", clean.text);
    buf_free(&text);
    buf_free(&clean);
    return err_status(code);
}

int app_fail(const struct err *err)
{
    char text[1024];

    err_text(err, text, sizeof text);
    return app_fail_text(err->code, "%s", text);
}

/* ---- language, day, folders ---- */

static enum lang environment_lang(void)
{
    static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
    enum lang lang = LANG_FI;

    for (size_t i = 0; i < countof(names); i++) {
        const char *value = getenv(names[i]);
        if (value && *value)
            return lang_parse(value, &lang) == 0 ? lang : LANG_FI;
    }
    return LANG_FI;
}

static int choose_lang(struct app *app, const char *of_plan, struct err *err)
{
    enum lang lang = environment_lang();

    if (of_plan)
        lang_parse(of_plan, &lang);
    if (app->options.lang && (strlen(app->options.lang) != 2 ||
                              lang_parse(app->options.lang, &lang) != 0))
        return err_set(err, ERR_USAGE, N_("--lang is fi, sv or en, not \"%s\""),
                       app->options.lang);
    app->tr = app_tr(app, lang);
    return 0;
}

struct tr app_tr(const struct app *app, enum lang lang)
{
    return catalogs_tr(app->catalogs, lang);
}

static int choose_today(struct app *app, struct err *err)
{
    const char *text = app->options.today ? app->options.today : getenv("KANTAPOLKU_TODAY");
    time_t now = time(NULL);
    struct tm tm;

    if (text && *text) {
        app->today = date_parse_iso(text);
        if (app->today == DATE_NONE)
            return err_set(err, ERR_USAGE, N_("--today is a date like 2026-11-22, not \"%s\""),
                           text);
        return 0;
    }
    localtime_r(&now, &tm);
    app->today = date_make(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
    return 0;
}

int app_plan_folder(char *out, unsigned long size)
{
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    int length;

    if (data && data[0] == '/')
        length = snprintf(out, size, "%s/kantapolku", data);
    else if (home && home[0] == '/')
        length = snprintf(out, size, "%s/.local/share/kantapolku", home);
    else
        return -1;
    return length > 0 && (unsigned long)length < size ? 0 : -1;
}

void app_host(struct buf *out)
{
    char name[256] = "";

    if (gethostname(name, sizeof name - 1) == 0)
        utf8_clean(out, name, strlen(name), UTF8_ONE_LINE);
}

void app_file_name(const char *text, struct buf *out)
{
    enum { NAME_MAX_BYTES = 60 };

    utf8_file_name(out, text, NAME_MAX_BYTES);
    if (!out->length)
        buf_add(out, "plan");
}

/* ---- content and plans ---- */

int app_load(struct app *app, struct err *err)
{
    int code;

    if (app->loaded)
        return 0;
    code = content_load(&app->content, &app->place, NULL, NULL, err);
    app->loaded = !code;
    return code;
}

int app_open(struct app *app, const char *path, enum store_mode mode, struct plan **out,
             struct err *err)
{
    void *store = NULL;
    int code = app_load(app, err);

    if (!code)
        code = store_open(&store, path, mode, app->today, &app->tr, err);
    if (!code)
        code = plan_open(out, app->content.schema, &store_sqlite_ops, store, app->today, err);
    if (code)
        return code;
    code = choose_lang(app, store_sqlite_ops.setting(store, "lang"), err);
    if (code) {
        plan_close(*out);
        *out = NULL;
    }
    return code;
}

int app_open_schedule(struct app *app, const char *path, struct plan **plan,
                      struct schedule **schedule, struct err *err)
{
    int code = app_open(app, path, STORE_READ, plan, err);

    if (code)
        return code;
    code = schedule_new(schedule, *plan, NULL, 0, err);
    if (code)
        plan_close(*plan);
    return code;
}

/* ---- help ---- */

static void print_usage(const struct app *app, const struct cmd *cmd)
{
    printf("kantapolku%s%s %s\n  %s\n", *cmd->name ? " " : "", cmd->name, cmd->arguments,
           tr_text(&app->tr, cmd->summary));
}

static int print_help(const struct app *app)
{
    static const struct {
        const char *option, *what;
    } common[] = {
        { "--lang fi|sv|en", N_("language") },
        { "--line", N_("line mode: for screen readers and simple terminals") },
        { "--today YYYY-MM-DD", N_("the day to use instead of the clock's") },
        { "--data DIR", N_("forms and data from this folder") },
        { "--ascii", N_("draw with ASCII characters only") },
        { "--no-color", N_("no colours") },
        { "--quiet", N_("no remarks") },
    };

    print_usage(app, &wizard);
    for (size_t i = 0; i < countof(cmds); i++)
        print_usage(app, &cmds[i]);
    putchar('\n');
    for (size_t i = 0; i < countof(common); i++)
        printf("  %-20s %s\n", common[i].option, tr_text(&app->tr, common[i].what));
    return 0;
}

static int print_command_help(struct app *app, const struct cmd *cmd)
{
    print_usage(app, cmd);
    if (cmd->options & OPTION_EXAMPLE)
        examples_list(app);
    if (cmd->run == cmd_pack)
        packages_list(app);
    if (cmd->options & OPTION_JSON)
        printf("  --json\n");
    if (cmd->options & OPTION_DRY_RUN)
        printf("  --dry-run\n");
    if (cmd->options & OPTION_FORMAT)
        printf("  --format FORMAT\n");
    if (cmd->options & OPTION_OUTPUT)
        printf("  -o FILE\n");
    if (cmd->options & OPTION_KEPT)
        printf("  --version N\n");
    if (cmd->options & OPTION_PRINTER)
        printf("  --printer NAME [--copies N] [--duplex]\n");
    if (cmd->options & OPTION_MAP)
        printf("  --map HEADING=FIELD\n");
    if (cmd->options & OPTION_WAIT)
        printf("  --wait SECONDS\n");
    if (cmd->options & OPTION_PLAN)
        printf("  --plan PLAN\n");
    return 0;
}

/* ---- options ---- */

enum {
    LONG_LANG = 256, LONG_TODAY, LONG_DATA, LONG_THEME, LONG_LINE, LONG_ASCII, LONG_NO_COLOR,
    LONG_QUIET, LONG_HELP, LONG_VERSION, LONG_JSON, LONG_DRY_RUN, LONG_EXAMPLE, LONG_FORMAT,
    LONG_OUTPUT, LONG_MAP, LONG_WAIT, LONG_PLAN, LONG_PRINTER, LONG_COPIES, LONG_DUPLEX
};

static const struct option long_options[] = {
    { "lang", required_argument, NULL, LONG_LANG },
    { "today", required_argument, NULL, LONG_TODAY },
    { "data", required_argument, NULL, LONG_DATA },
    { "theme", required_argument, NULL, LONG_THEME },
    { "line", no_argument, NULL, LONG_LINE },
    { "ascii", no_argument, NULL, LONG_ASCII },
    { "no-color", no_argument, NULL, LONG_NO_COLOR },
    { "quiet", no_argument, NULL, LONG_QUIET },
    { "help", no_argument, NULL, LONG_HELP },
    { "version", optional_argument, NULL, LONG_VERSION },
    { "json", no_argument, NULL, LONG_JSON },
    { "dry-run", no_argument, NULL, LONG_DRY_RUN },
    { "example", required_argument, NULL, LONG_EXAMPLE },
    { "format", required_argument, NULL, LONG_FORMAT },
    { "output", required_argument, NULL, LONG_OUTPUT },
    { "map", required_argument, NULL, LONG_MAP },
    { "printer", required_argument, NULL, LONG_PRINTER },
    { "copies", required_argument, NULL, LONG_COPIES },
    { "duplex", no_argument, NULL, LONG_DUPLEX },
    { "wait", required_argument, NULL, LONG_WAIT },
    { "plan", required_argument, NULL, LONG_PLAN },
    { NULL, 0, NULL, 0 }
};

/* Which of a command's own options this is; 0 for the common ones. */
static int option_bit(int option)
{
    switch (option) {
    case LONG_JSON: return OPTION_JSON;
    case LONG_DRY_RUN: return OPTION_DRY_RUN;
    case LONG_EXAMPLE: return OPTION_EXAMPLE;
    case LONG_FORMAT: return OPTION_FORMAT;
    case LONG_MAP: return OPTION_MAP;
    case LONG_PRINTER:
    case LONG_COPIES:
    case LONG_DUPLEX: return OPTION_PRINTER;
    case LONG_WAIT: return OPTION_WAIT;
    case LONG_PLAN: return OPTION_PLAN;
    case LONG_OUTPUT:
    case 'o': return OPTION_OUTPUT;
    default: return 0;
    }
}

/* More of them than a file may have columns of interest say nothing new. */
static void add_map(struct options *options, const char *map)
{
    for (size_t i = 0; i + 1 < countof(options->maps); i++) {
        if (!options->maps[i]) {
            options->maps[i] = map;
            return;
        }
    }
}

static void take_option(struct options *options, int option)
{
    switch (option) {
    case LONG_LANG: options->lang = optarg; break;
    case LONG_TODAY: options->today = optarg; break;
    case LONG_DATA: options->data = optarg; break;
    case LONG_THEME: options->theme = optarg; break;
    case LONG_LINE: options->line = true; break;
    case LONG_ASCII: options->ascii = true; break;
    case LONG_NO_COLOR: options->no_color = true; break;
    case LONG_QUIET: options->quiet = true; break;
    case LONG_HELP: options->help = true; break;
    case LONG_VERSION: options->version = true; break;
    case LONG_JSON: options->json = true; break;
    case LONG_DRY_RUN: options->dry_run = true; break;
    case LONG_EXAMPLE: options->example = optarg; break;
    case LONG_FORMAT: options->format = optarg; break;
    case LONG_MAP: add_map(options, optarg); break;
    case LONG_PRINTER: options->printer = optarg; break;
    case LONG_COPIES: options->copies = optarg; break;
    case LONG_DUPLEX: options->duplex = true; break;
    case LONG_WAIT: options->wait = optarg; break;
    case LONG_PLAN: options->plan = optarg; break;
    default: options->output = optarg; break;
    }
}

/* What was read from the command line. The first bad option is told later, when the language that
 * the others ask for is known. */
struct given {
    int used;                 /* bits of options that only some commands have */
    const char *complaint;    /* msgid with a %s, or NULL */
    const char *bad;
};

/* The number behind --version, which may stand alone: then it asks for the program's. */
static const char *number_after(char **argv)
{
    const char *next = argv[optind];

    if (optarg || !next || !*next || next[strspn(next, "0123456789")])
        return optarg;
    optind++;
    return next;
}

/* Reads all options, wherever they stand; the rest moves to the end of argv. */
static void read_options(struct app *app, int argc, char **argv, struct given *given)
{
    int option;

    opterr = 0;
    while ((option = getopt_long(argc, argv, ":o:", long_options, NULL)) != -1) {
        bool bad = option == '?' || option == ':';
        if (bad && !given->complaint) {
            given->bad = argv[optind - 1];
            given->complaint = option == '?' ? N_("unknown option %s; see kantapolku --help")
                                             : N_("option %s needs a value");
        } else if (option == LONG_VERSION && (app->options.kept = number_after(argv)) != NULL) {
            given->used |= OPTION_KEPT;
        } else if (!bad) {
            given->used |= option_bit(option);
            take_option(&app->options, option);
        }
    }
}

/* Arguments become messages and file names, so that what is no text is not even looked at. */
static int check_args(int argc, char **argv, struct err *err)
{
    for (int i = 1; i < argc; i++)
        if (!utf8_valid(argv[i], strlen(argv[i])))
            return err_set(err, ERR_USAGE, N_("argument %d is not valid UTF-8"), i);
    return 0;
}

static const struct cmd *find_command(struct app *app, int argc, char **argv)
{
    app->arg_count = argc - optind;
    app->args = argv + optind;
    for (size_t i = 0; app->arg_count > 0 && i < countof(cmds); i++)
        if (strcmp(cmds[i].name, app->args[0]) == 0) {
            app->arg_count--;
            app->args++;
            return &cmds[i];
        }
    return &wizard;
}

/* A word that is no command and no file is a mistyped command, not a plan. */
static int check_use(const struct app *app, const struct cmd *cmd, const struct given *given,
                     struct err *err)
{
    if (given->complaint)
        return err_set(err, ERR_USAGE, given->complaint, given->bad);
    if (app->options.help)
        return 0;
    if (app->options.version)
        return err_set(err, ERR_USAGE, N_("option %s needs a value"), "--version");
    if (given->used & ~cmd->options)
        return err_set(err, ERR_USAGE,
                       N_("this option does not belong to %s; see kantapolku%s%s --help"),
                       *cmd->name ? cmd->name : tr_text(&app->tr, wizard.summary),
                       *cmd->name ? " " : "", cmd->name);
    if (cmd == &wizard && app->arg_count > 0 && !strpbrk(app->args[0], "./") &&
        access(app->args[0], F_OK) != 0)
        return err_set(err, ERR_USAGE, N_("unknown command \"%s\"; see kantapolku --help"),
                       app->args[0]);
    if (app->arg_count < cmd->least || (cmd->most >= 0 && app->arg_count > cmd->most))
        return err_set(err, ERR_USAGE, N_("usage: kantapolku%s%s %s"), *cmd->name ? " " : "",
                       cmd->name, cmd->arguments);
    return 0;
}

/* The language comes first, so that everything after it can be told in it. Where the catalogues
 * are does not depend on where the content is. */
static int start(struct app *app, int argc, char **argv, struct err *err)
{
    int code;

    content_find(&app->place, NULL, NULL);
    app->catalogs = catalogs_new(app->place.locale);
    code = choose_lang(app, NULL, err);
    app->start_lang = app->tr.lang;
    if (!code)
        code = check_args(argc, argv, err);
    if (!code)
        code = choose_today(app, err);
    return code;
}

static int find_content(struct app *app, const struct cmd *cmd, struct err *err)
{
    bool names_content = cmd->run == cmd_lint && app->arg_count > 0;

    return content_find(&app->place, names_content ? app->args[0] : app->options.data, err);
}

static int run(struct app *app, int argc, char **argv)
{
    struct err err = { .tr = &app->tr };
    struct given given = { 0 };
    const struct cmd *cmd;

    read_options(app, argc, argv, &given);
    if (start(app, argc, argv, &err))
        return app_fail(&err);
    cmd = find_command(app, argc, argv);
    if (app->options.version && !given.complaint && !(cmd->options & OPTION_KEPT)) {
        puts("kantapolku " APP_VERSION);
        return 0;
    }
    if (check_use(app, cmd, &given, &err) || find_content(app, cmd, &err))
        return app_fail(&err);
    if (app->options.help)
        return cmd == &wizard ? print_help(app) : print_command_help(app, cmd);
    return cmd->run(app);
}

int main(int argc, char **argv)
{
    struct app app = { 0 };
    int status;

    setlocale(LC_CTYPE, "");
    expr_setup();
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);   /* a file size limit is an error to report, not a reason to die */
    status = run(&app, argc, argv);
    errno = 0;                /* an earlier write that failed has left no reason */
    if ((fflush(stdout) != 0 || ferror(stdout)) && status <= 1)
        status = app_fail_text(ERR_OUTPUT, tr_text(&app.tr, N_("standard output: %s")),
                               err_reason(&app.tr, errno ? errno : EIO));
    content_free(&app.content);
    catalogs_free(app.catalogs);
    return status;
}
