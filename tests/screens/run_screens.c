/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Golden screens: for each tests/screens/NAME.scr the wizard is run in memory with the real
 * content, and what it painted last is compared with what the file holds (TAP, one test a
 * file). With UPDATE_SCREENS=1 the files are written anew instead; read the difference.
 *
 * A file begins with lines "name: value", then an empty line, the keys as term_mem_feed() takes
 * them, and "---". Behind that stands one block for each size and each language:
 * "=== 24x80 fi cursor 5 3" (or "no cursor"), the rows, and for the first block of the file "---"
 * and the attributes as canvas_attrs() writes them. Names that a file may use:
 *
 *   shows     what there is to see, for the reader
 *   size      ROWSxCOLUMNS, one or several (24x80)
 *   lang      one or several (fi)
 *   also      one more block, as often as needed: "24x80 fi ascii", "8x30 sv"
 *   today     the day of the plan (2026-11-23)
 *   example   the answers of data/examples/NAME.yaml
 *   set       ITEM=VALUE, as often as needed; ITEM as on the command line
 *   note      FACT=DAY SEEN VALUE WHO, checked by WHO on DAY, when the data were of SEEN; VALUE
 *             holds no space
 *   draft     ITEM=TEXT that a crash left unfinished
 *   read_only why nothing can be written
 *   refuse    how many of the next writes fail
 *   plan      "none": the first meeting
 *   cards     facts of cards and readers: tests/data/cards/streams/NAME.txt; each <Ready> takes its
 *             next part
 *   host      the computer's name on the network
 *   desktop   "yes": files can be opened
 *   printers  "silent": the printing service does not answer
 *   register  "rows": the rows of tests/unit/register_rows.h have been imported
 *
 * Files of the register are those of tests/unit/register_jobs.h.
 */
#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "core/fact_notes.h"
#include "core/plan.h"
#include "core/card_notes.h"
#include "core/print_job.h"
#include "core/versions.h"
#include "io/answers_yaml.h"
#include "io/card_json.h"
#include "io/catalog.h"
#include "io/content.h"
#include "io/csv_table.h"
#include "io/file.h"
#include "../unit/card_stream.h"
#include "../unit/mem_store.h"
#include "../unit/pack_jobs.h"
#include "../unit/register_jobs.h"
#include "../unit/register_rows.h"
#include "ui/ui.h"

enum { FILE_SIZE_MAX = 1 << 20, LIST_MAX = 8, SET_MAX = 32 };

struct size {
    int rows, cols;
};

struct block {
    struct size size;
    enum lang lang;
    bool ascii;
};

/* What the head of a file says. Strings point into a copy of the head. */
struct script {
    struct size sizes[LIST_MAX];
    enum lang langs[LIST_MAX];
    struct block also[LIST_MAX];
    const char *set[SET_MAX], *draft[LIST_MAX], *note[LIST_MAX];
    size_t size_count, lang_count, also_count, set_count, draft_count, note_count;
    const char *example, *read_only, *cards, *host, *keys;
    int today, refuse;
    bool no_plan, has_register, has_desktop, no_cups;
};

struct world {
    const char *source;       /* the source tree */
    struct content content;
    struct catalogs *catalogs;
};

_Noreturn static void die(const char *what, const char *about)
{
    printf("Bail out! %s: %s\n", what, about);
    exit(EXIT_FAILURE);
}

/* ---- the head of a file ---- */

static struct size read_size(const char *word)
{
    struct size size = { 0, 0 };

    if (sscanf(word, "%dx%d", &size.rows, &size.cols) != 2 || size.rows < 1 || size.cols < 1)
        die("no size", word);
    return size;
}

static enum lang read_lang(const char *word)
{
    enum lang lang;

    if (lang_parse(word, &lang))
        die("no language", word);
    return lang;
}

static void read_sizes(struct script *script, char *value)
{
    char *rest = NULL;

    for (char *word = strtok_r(value, " ", &rest); word && script->size_count < LIST_MAX;
         word = strtok_r(NULL, " ", &rest))
        script->sizes[script->size_count++] = read_size(word);
}

static void read_langs(struct script *script, char *value)
{
    char *rest = NULL;

    for (char *word = strtok_r(value, " ", &rest); word && script->lang_count < LIST_MAX;
         word = strtok_r(NULL, " ", &rest))
        script->langs[script->lang_count++] = read_lang(word);
}

/* "24x80 fi" or "24x80 fi ascii" */
static void read_also(struct script *script, char *value)
{
    char *rest = NULL, *size = strtok_r(value, " ", &rest), *lang = strtok_r(NULL, " ", &rest);
    char *charset = strtok_r(NULL, " ", &rest);

    if (!size || !lang || (charset && strcmp(charset, "ascii") != 0) ||
        script->also_count == LIST_MAX)
        die("also", value);
    script->also[script->also_count++] =
        (struct block){ read_size(size), read_lang(lang), charset != NULL };
}

static void read_set(struct script *script, char *value)
{
    if (script->set_count == SET_MAX)
        die("too many answers", value);
    script->set[script->set_count++] = value;
}

static void read_draft(struct script *script, char *value)
{
    if (script->draft_count == LIST_MAX)
        die("too many drafts", value);
    script->draft[script->draft_count++] = value;
}

static void read_note(struct script *script, char *value)
{
    if (script->note_count == LIST_MAX)
        die("too many notes", value);
    script->note[script->note_count++] = value;
}

static void read_today(struct script *script, char *value)
{
    script->today = date_parse_iso(value);
    if (script->today == DATE_NONE)
        die("no date", value);
}

static void read_example(struct script *script, char *value)
{
    script->example = value;
}

static void read_cards(struct script *script, char *value)
{
    script->cards = value;
}

static void read_host(struct script *script, char *value)
{
    script->host = value;
}

static void read_reason(struct script *script, char *value)
{
    script->read_only = value;
}

static void read_refuse(struct script *script, char *value)
{
    script->refuse = atoi(value);
}

static void read_plan(struct script *script, char *value)
{
    if (strcmp(value, "none") != 0)
        die("plan", value);
    script->no_plan = true;
}

static void read_register(struct script *script, char *value)
{
    if (strcmp(value, "rows") != 0)
        die("register", value);
    script->has_register = true;
}

static void read_desktop(struct script *script, char *value)
{
    if (strcmp(value, "yes") != 0)
        die("desktop", value);
    script->has_desktop = true;
}

static void read_printers(struct script *script, char *value)
{
    if (strcmp(value, "silent") != 0)
        die("printers", value);
    script->no_cups = true;
}

static void read_nothing(struct script *script, char *value)
{
    (void)script;
    (void)value;
}

static const struct {
    const char *name;
    void (*read)(struct script *script, char *value);
} names[] = {
    { "shows", read_nothing }, { "size", read_sizes }, { "lang", read_langs },
    { "also", read_also }, { "today", read_today }, { "example", read_example },
    { "set", read_set }, { "draft", read_draft }, { "note", read_note },
    { "read_only", read_reason },
    { "refuse", read_refuse }, { "plan", read_plan },
    { "register", read_register }, { "cards", read_cards }, { "host", read_host },
    { "desktop", read_desktop }, { "printers", read_printers },
};

static void read_line(struct script *script, char *line)
{
    size_t length = strcspn(line, ":");
    char *value = line + length;

    for (size_t i = 0; i < countof(names); i++)
        if (*value && strlen(names[i].name) == length &&
            memcmp(names[i].name, line, length) == 0) {
            value += 1 + strspn(value + 1, " ");
            names[i].read(script, value);
            return;
        }
    die("no such name", line);
}

/* Takes the head apart in place. */
static void read_head(struct script *script, char *head)
{
    *script = (struct script){ .today = date_make(2026, 11, 23) };
    while (*head && *head != '\n') {
        char *end = head + strcspn(head, "\n");
        if (*end)
            *end++ = 0;
        read_line(script, head);
        head = end;
    }
    script->keys = head;
    if (script->size_count == 0)
        script->sizes[script->size_count++] = (struct size){ 24, 80 };
    if (script->lang_count == 0)
        script->langs[script->lang_count++] = LANG_FI;
}

/* ---- the plan ---- */

static void fill_example(const struct world *world, struct plan *plan, const char *name)
{
    struct buf path = BUF_INIT, text = BUF_INIT;
    struct tr tr = catalogs_tr(world->catalogs, LANG_EN);
    struct err err = { 0 };

    buf_addf(&path, "%s/data/examples/%s.yaml", world->source, name);
    if (file_read(&text, path.text, FILE_SIZE_MAX, &err) ||
        answers_import(plan, text.text, text.length, name, false, &tr, NULL, NULL, &err))
        die(name, err.msg);
    buf_free(&path);
    buf_free(&text);
}

/* The item that "ITEM=VALUE" begins with; a row that "[+]" asks for is added. */
static const struct item *find_item(struct plan *plan, const char *text, char row[24])
{
    char *address = xstrndup(text, strcspn(text, "="));
    const struct item *item = NULL;
    struct err err = { 0 };
    bool new_row = false;

    if (!strchr(text, '=') || plan_address(plan, address, &item, row, &new_row, &err) ||
        (new_row && plan_row_add(plan, item->repeat, row, &err)))
        die(text, err.msg);
    free(address);
    return item;
}

static void set_answer(struct plan *plan, const char *text)
{
    char row[24] = "";
    const struct item *item = find_item(plan, text, row);
    struct err err = { 0 };

    if (plan_set(plan, item, row[0] ? row : NULL, strchr(text, '=') + 1, NULL, &err))
        die(text, err.msg);
}

static void set_draft(struct plan *plan, const char *text)
{
    char row[24] = "";
    const struct item *item = find_item(plan, text, row);
    struct err err = { 0 };

    if (plan->ops->set_draft(plan->store, item->id, row, strchr(text, '=') + 1, &err))
        die(text, err.msg);
}

static void set_note(struct plan *plan, const char *text)
{
    struct plan_batch *batch = plan_batch_new(plan);
    char id[64], on[16], seen[16], value[64], by[64];
    const struct fact *fact;
    struct err err = { 0 };

    if (sscanf(text, "%63[^=]=%15s %15s %63s %63[^\n]", id, on, seen, value, by) != 5)
        die("note", text);
    fact = schema_fact(plan->schema, id);
    if (!fact)
        die("no fact", id);
    plan_batch_set_note(batch, fact,
                        &(struct fact_note){ .on = date_parse_iso(on), .by = by, .value = value,
                                             .seen = date_parse_iso(seen) });
    if (plan_batch_commit(batch, &err))
        die(text, err.msg);
}

static struct plan *make_plan(const struct world *world, const struct script *script,
                              struct mem_store *store)
{
    struct plan *plan = NULL;
    struct err err = { 0 };

    if (plan_open(&plan, world->content.schema, &mem_store_ops, store, script->today, &err))
        die("plan", err.msg);
    if (script->example)
        fill_example(world, plan, script->example);
    for (size_t i = 0; i < script->set_count; i++)
        set_answer(plan, script->set[i]);
    for (size_t i = 0; i < script->draft_count; i++)
        set_draft(plan, script->draft[i]);
    for (size_t i = 0; i < script->note_count; i++)
        set_note(plan, script->note[i]);
    store->reason = script->read_only;
    store->refuse_next = script->refuse;
    return plan;
}

/* ---- running ---- */

struct running {
    const struct world *world;
    const struct script *script;
    struct mem_store store;
    struct plan *plan;
};

static struct tr world_tr(void *data, enum lang lang)
{
    return catalogs_tr(((const struct running *)data)->world->catalogs, lang);
}

static int print_nowhere(void *data, struct plan *plan, const struct print_job *job,
                         struct buf *path, struct err *err)
{
    (void)data;
    (void)plan;
    if (job->printer && strcmp(job->printer, "Varasto") == 0)
        return err_set(err, ERR_DEVICE, "the printer did not take it: %s", job->printer);
    buf_addf(path, "%s%sesimerkki-%s.%s", job->folder, *job->folder ? "/" : "", job->document->id,
             job->format);
    return 0;
}

static int preview_nowhere(void *data, struct plan *plan, const struct print_job *job, int cols,
                           struct buf *text, struct err *err)
{
    (void)data;
    (void)plan;
    (void)cols;
    (void)err;
    buf_addf(text, "%s (%s)\n\n1  Otsikko\n----------\n\nTeksti.\n", job->document->id,
             lang_code(job->tr->lang));
    if (job->version)
        buf_addf(text, "Versio %d.\n", job->version);
    return 0;
}

/* Keeps the version without its content. */
static int keep(void *data, struct plan *plan, const struct document *document,
                const struct tr *tr, int *number, struct err *err)
{
    struct versions kept = { 0 };
    struct buf approver = BUF_INIT;
    struct version version = {
        .document = document->id, .lang = lang_code(tr->lang),
        .approved_on = engine_value(plan->engine, document->control->approved_on, NULL)
    };
    int code = versions_read(plan, document, &kept, err);

    (void)data;
    if (!code)
        code = versions_may_keep(plan, document, &kept, err);
    version.number = *number = (int)kept.count + 1;
    plan_show(plan, document->control->approver, NULL, tr, &approver);
    version.approved_by = approver.text;
    if (!code)
        code = plan->ops->keep_version(plan->store, &version, "", err);
    versions_free(&kept);
    buf_free(&approver);
    return code;
}

static int open_nowhere(void *data, const char *path, struct err *err)
{
    (void)data;
    return err_set(err, ERR_DEVICE, "no program was found that opens %s", path);
}

static bool printers_nowhere(void *data, struct buf *out)
{
    const struct running *running = data;

    if (!running->script->no_cups)
        buf_add(out, "Toimisto\nVarasto\n");
    return !running->script->no_cups;
}

static int calendar_nowhere(void *data, struct plan *plan, const struct tr *tr, struct buf *path,
                            struct err *err)
{
    (void)data;
    (void)plan;
    (void)tr;
    (void)err;
    buf_add(path, "esimerkki-timeline.ics");
    return 0;
}

/* One place takes copies, the others do not. */
static int copy_nowhere(void *data, struct plan *plan, const char *place, struct buf *path,
                        struct err *err)
{
    (void)data;
    (void)plan;
    if (strcmp(place, "/media/tikku") != 0)
        return err_set(err, ERR_OUTPUT, "%s: the file exists already; choose another name", place);
    buf_addf(path, "%s/esimerkki.polku", place);
    return 0;
}

/* Files named like those of tests/data/csv are read there, wherever they are said to be. */
static int read_table(void *data, const char *place, struct table *out, struct err *err)
{
    const struct running *running = data;
    const char *slash = strrchr(place, '/');
    struct buf path = BUF_INIT;
    int code;

    buf_addf(&path, "%s/tests/data/csv/%s", running->world->source, slash ? slash + 1 : place);
    code = csv_table_read(out, path.text, place, SCHEMA_ROWS_MAX + 1, err);
    buf_free(&path);
    return code;
}

/* In the same way those of tests/data/cards/results. */
static int read_tests(void *data, const char *place, struct card_results *out, struct err *err)
{
    const struct running *running = data;
    const char *slash = strrchr(place, '/');
    struct buf path = BUF_INIT, text = BUF_INIT;
    int code = 1;

    buf_addf(&path, "%s/tests/data/cards/results/%s", running->world->source,
             slash ? slash + 1 : place);
    if (file_read(&text, path.text, FILE_SIZE_MAX, NULL) == 0)
        code = card_json_read(out, text.text, text.length, place,
                              running->world->content.schema->cards, err);
    buf_free(&path);
    buf_free(&text);
    return code;
}

static void new_path(void *data, const char *company, struct buf *path)
{
    (void)data;
    buf_add(path, "/home/aino/.local/share/kantapolku");
    if (*company)
        buf_add(path, "/perhekoti-esimerkki-oy.polku");
}

static int make(void *data, const char *company, enum lang lang, struct plan **plan,
                struct err *err)
{
    struct running *running = data;

    (void)lang;
    if (running->script->refuse)
        return err_set(err, ERR_OUTPUT, "the disk is full");
    *plan = running->plan = make_plan(running->world, running->script, &running->store);
    return plan_set(*plan, schema_item((*plan)->schema, "org_name"), NULL, company, NULL, err);
}

/* Rows below the last that shows something are left out: a block is read by people. */
static void add_rows(struct buf *out, const struct grid *grid,
                     void (*write)(const struct grid *grid, struct buf *out))
{
    write(grid, out);
    while (out->length >= 2 && out->text[out->length - 1] == '\n' &&
           out->text[out->length - 2] == '\n')
        buf_cut(out, out->length - 1);
}

static void check_ascii(const struct grid *grid)
{
    for (int i = 0; i < grid->rows * grid->cols; i++)
        for (const char *at = grid->cells[i].text; *at; at++)
            if ((unsigned char)*at >= 0x80)
                die("not ASCII", grid->cells[i].text);
}

static void add_block(struct buf *out, const struct block *block, const struct grid *grid,
                      bool with_attrs)
{
    buf_addf(out, "=== %dx%d %s%s ", block->size.rows, block->size.cols,
             lang_code(block->lang), block->ascii ? " ascii" : "");
    if (grid->cursor_row < 0)
        buf_add(out, "no cursor\n");
    else
        buf_addf(out, "cursor %d %d\n", grid->cursor_row, grid->cursor_col);
    add_rows(out, grid, canvas_text);
    if (with_attrs) {
        buf_add(out, "---\n");
        add_rows(out, grid, canvas_attrs);
    }
    if (block->ascii)
        check_ascii(grid);
}

static void run_block(struct world *world, const struct script *script,
                      const struct block *block, struct buf *out)
{
    struct running running = { .world = world, .script = script };
    struct buf stream_path = BUF_INIT;
    struct card_stream stream = { .text = BUF_INIT };
    struct card_source cards = card_stream_source(&stream);
    struct face_hooks hooks = { .data = &running, .tr = world_tr, .print = print_nowhere,
                              .calendar = calendar_nowhere,
                              .preview = preview_nowhere, .printers = printers_nowhere,
                              .copy = copy_nowhere, .read_table = read_table,
                              .read_tests = read_tests,
                              .new_path = new_path, .make = make,
                              .keep = keep, .packer = &pack_jobs,
                              .open_file = script->has_desktop ? open_nowhere : NULL,
                              .registers = script->has_register ? &register_rows_lookup : NULL,
                              .importer = &register_jobs,
                              .cards = script->cards ? &cards : NULL, .host = script->host };
    struct term *term = term_mem_new(block->size.rows, block->size.cols, !block->ascii);
    struct err err = { 0 };

    buf_addf(&stream_path, "%s/tests/data/cards/streams/%s.txt", world->source,
             script->cards ? script->cards : "");
    stream.path = stream_path.text;
    term_mem_feed(term, script->keys);
    if (!script->no_plan)
        running.plan = make_plan(world, script, &running.store);
    if (ui_run(running.plan, term, &hooks, block->lang, block->ascii, &err))
        die("ui_run", err.msg);
    add_block(out, block, term_mem_grid(term), out->length == 0);
    term->ops->close(term);
    plan_close(running.plan);
    mem_store_free(&running.store);
    buf_free(&stream_path);
}

static void run_script(struct world *world, const struct script *script, struct buf *out)
{
    for (size_t s = 0; s < script->size_count; s++)
        for (size_t l = 0; l < script->lang_count; l++)
            run_block(world, script,
                      &(struct block){ script->sizes[s], script->langs[l], false }, out);
    for (size_t i = 0; i < script->also_count; i++)
        run_block(world, script, &script->also[i], out);
}

/* ---- comparing ---- */

static void say_line(const char *what, const char *text)
{
    printf("# %s %.*s\n", what, (int)strcspn(text, "\n"), text);
}

/* The block and the first line that differ. */
static void say_difference(const char *wanted, const char *got)
{
    const char *block = "";

    while (*wanted && *got) {
        size_t length = strcspn(wanted, "\n") + 1;
        if (strncmp(wanted, "=== ", 4) == 0)
            block = wanted;
        if (strncmp(wanted, got, length) != 0)
            break;
        wanted += length;
        got += length;
    }
    say_line("in", block);
    say_line("wanted", wanted);
    say_line("got   ", got);
}

static bool write_file(const char *path, const struct buf *text)
{
    FILE *file = fopen(path, "w");

    return file && fwrite(text->text, 1, text->length, file) == text->length &&
           fclose(file) == 0;
}

static bool run_file(struct world *world, const char *path, bool update)
{
    struct buf text = BUF_INIT, got = BUF_INIT, head = BUF_INIT;
    struct script script;
    struct err err = { 0 };
    char *golden;
    bool same;

    if (file_read(&text, path, FILE_SIZE_MAX, &err))
        die(path, err.msg);
    golden = strstr(text.text, "\n---\n");
    if (!golden)
        die(path, "there is no line ---");
    buf_add_n(&head, text.text, (size_t)(golden - text.text) + 1);
    golden += strlen("\n---\n");
    read_head(&script, head.text);
    run_script(world, &script, &got);
    same = strcmp(golden, got.text) == 0;
    if (!same && update) {
        buf_cut(&text, (size_t)(golden - text.text));
        buf_add_n(&text, got.text, got.length);
        same = write_file(path, &text);
    } else if (!same) {
        say_difference(golden, got.text);
    }
    buf_free(&text);
    buf_free(&got);
    buf_free(&head);
    return same;
}

static int is_script(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);

    return length > 4 && strcmp(entry->d_name + length - 4, ".scr") == 0;
}

static bool run_all(struct world *world, const char *folder, const char *only, bool update)
{
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_script, alphasort), number = 0, failed = 0;

    for (int i = 0; i < count; i++) {
        struct buf path = BUF_INIT;
        if (!only || strcmp(only, entries[i]->d_name) == 0) {
            buf_addf(&path, "%s/%s", folder, entries[i]->d_name);
            bool same = run_file(world, path.text, update);
            printf("%sok %d - %s\n", same ? "" : "not ", ++number, entries[i]->d_name);
            failed += !same;
        }
        buf_free(&path);
        free(entries[i]);
    }
    free(entries);
    printf("1..%d\n", number);
    return number > 0 && failed == 0;
}

/* One argument, the name of a file, runs that one alone. */
int main(int argc, char **argv)
{
    const char *source = getenv("TEST_SRCDIR"), *build = getenv("TEST_BUILDDIR");
    const char *update = getenv("UPDATE_SCREENS");
    struct content_place place = { 0 };
    struct world world = { .source = source ? source : "." };
    struct buf folder = BUF_INIT;
    struct err err = { 0 };
    bool ok;

    buf_addf(&folder, "%s/po", build ? build : ".");
    world.catalogs = catalogs_new(folder.text);
    if (content_find(&place, world.source, &err) ||
        content_load(&world.content, &place, NULL, NULL, &err))
        die("content", err.msg);
    buf_clear(&folder);
    buf_addf(&folder, "%s/tests/screens", world.source);
    ok = run_all(&world, folder.text, argc > 1 ? argv[1] : NULL, update && *update);
    content_free(&world.content);
    catalogs_free(world.catalogs);
    buf_free(&folder);
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
