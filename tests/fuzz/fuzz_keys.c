/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The wizard under random keys, pastes and resizes, on a plan in memory with the real content.
 *
 * The first byte chooses an empty or a filled plan and the character set; each further one is
 * an event (see read_event). Whatever is pressed, every screen has the size that was asked for
 * and its cursor inside, and at the end the derived half of each answer is what a fresh engine
 * derives from the same log. TEST_SRCDIR names the source tree.
 */
#include "fuzz_help.h"

#include "base/date.h"
#include "base/mem.h"
#include "core/plan.h"
#include "core/print_job.h"
#include "io/answers_yaml.h"
#include "io/content.h"
#include "io/csv_table.h"
#include "io/file.h"
#include "../unit/mem_store.h"
#include "../unit/register_jobs.h"
#include "ui/ui.h"

enum { FILE_SIZE_MAX = 1 << 20, EVENTS_MAX = 2000 };

/* ---- the terminal: bytes in, nothing out ---- */

struct fuzz_term {
    struct term term;
    const uint8_t *bytes;
    size_t length, at;
    int rows, cols, events;
    struct buf paste;
};

static uint8_t take(struct fuzz_term *self)
{
    return self->at < self->length ? self->bytes[self->at++] : 0;
}

static void fuzz_size(struct term *term, int *rows, int *cols)
{
    *rows = ((struct fuzz_term *)term)->rows;
    *cols = ((struct fuzz_term *)term)->cols;
}

static void fuzz_paint(struct term *term, const struct grid *grid)
{
    const struct fuzz_term *self = (struct fuzz_term *)term;

    need_that(grid->rows == self->rows && grid->cols == self->cols, "the grid has another size");
    need_that(grid->cursor_row < grid->rows, "the cursor is below the screen");
    need_that(grid->cursor_row < 0 || (grid->cursor_col >= 0 && grid->cursor_col < grid->cols),
         "the cursor is beside the screen");
}

/* A paste: a length and so many bytes, cleaned as a driver cleans them. */
static void read_paste(struct fuzz_term *self, struct event *out)
{
    size_t length = take(self), rest = self->length - self->at;

    length = length < rest ? length : rest;
    buf_clear(&self->paste);
    utf8_clean(&self->paste, (const char *)self->bytes + self->at, length, 0);
    self->at += length;
    out->kind = EVENT_PASTE;
    out->paste = self->paste.text;
}

static void read_resize(struct fuzz_term *self, struct event *out)
{
    self->rows = 1 + take(self) % 80;
    self->cols = 1 + take(self) % 200;
    *out = (struct event){ .kind = EVENT_RESIZE, .rows = self->rows, .cols = self->cols };
}

/* Letters are themselves; what stands below them are named keys, and above them Alt with a
 * letter, function keys, letters outside ASCII and the events that are no keys. */
static void read_event(struct fuzz_term *self, struct event *out)
{
    static const uint32_t named[32] = {
        KEYS_ENTER, KEYS_UP, KEYS_DOWN, KEYS_LEFT, KEYS_RIGHT, KEYS_HOME, KEYS_END,
        KEYS_PAGE_UP, KEYS_PAGE_DOWN, KEYS_TAB, KEYS_ENTER, KEYS_BACK_TAB, KEYS_BACKSPACE,
        KEYS_ENTER, KEYS_DELETE, KEYS_INSERT, KEYS_ESCAPE, KEYS_CTRL + 'a', KEYS_CTRL + 'c',
        KEYS_CTRL + 'e', KEYS_CTRL + 'k', KEYS_CTRL + 'u', KEYS_ALT + 'h', KEYS_ALT + '<',
        KEYS_ALT + '>', KEYS_ALT + 'b', 0xe4, 0x301, 0x6f22, 0x1f600, 0xdf, 0x20ac
    };
    uint8_t byte = take(self);

    *out = (struct event){ .kind = EVENT_KEY, .key = byte };
    if (byte < 32)
        out->key = named[byte];
    else if (byte == 0x7f)
        out->key = KEYS_BACKSPACE;
    else if (byte >= 0x80 && byte < 0x8c)
        out->key = KEYS_F0 + 1 + (uint32_t)(byte - 0x80);
    else if (byte >= 0xa0 && byte < 0xc0)
        read_resize(self, out);
    else if (byte >= 0xc0 && byte < 0xe0)
        read_paste(self, out);
    else if (byte >= 0xe0)
        out->kind = EVENT_TICK;
    else if (byte >= 0x8c)
        out->key = KEYS_ALT + 'a' + (uint32_t)(byte - 0x8c);
}

static void fuzz_wait(struct term *term, int timeout_ms, struct event *out)
{
    struct fuzz_term *self = (struct fuzz_term *)term;

    (void)timeout_ms;
    if (self->at >= self->length || ++self->events > EVENTS_MAX)
        *out = (struct event){ .kind = EVENT_END };
    else
        read_event(self, out);
}

static void fuzz_nothing(struct term *term)
{
    (void)term;
}

/* ---- the world, made once ---- */

struct world {
    struct content content;
    struct mem_store empty, filled;
};

static struct tr english(void *data, enum lang lang)
{
    (void)data;
    return (struct tr){ .lang = lang };
}

static int copy_nowhere(void *data, struct plan *plan, const char *place, struct buf *path,
                        struct err *err)
{
    (void)data;
    (void)plan;
    if (strlen(place) % 2)
        return err_set(err, ERR_OUTPUT, "there is no folder %s", place);
    buf_add(path, place);
    return 0;
}

static int print_nowhere(void *data, struct plan *plan, const struct print_job *job,
                         struct buf *path, struct err *err)
{
    (void)data;
    (void)plan;
    (void)err;
    buf_add(path, job->document->id);
    return 0;
}

static int calendar_nowhere(void *data, struct plan *plan, const struct tr *tr, struct buf *path,
                            struct err *err)
{
    (void)data;
    (void)plan;
    (void)tr;
    (void)err;
    buf_add(path, "timeline.ics");
    return 0;
}

static int read_table(void *data, const char *place, struct table *out, struct err *err)
{
    static const char bytes[] = "Nimi;Nimike;Yksikkö\nCia Öst;Kokki;\nAino Malli;;Koti\n;x;\n";

    (void)data;
    return csv_table_parse(out, bytes, sizeof bytes - strlen(place) % 3 - 1, place, 9, err);
}

static struct plan *open_plan(struct world *world, struct mem_store *store)
{
    struct plan *plan = NULL;
    struct err err = { 0 };

    need_that(plan_open(&plan, world->content.schema, &mem_store_ops, store,
                        date_make(2026, 11, 23), &err) == 0, err.msg);
    return plan;
}

static void fill(struct world *world, const char *source)
{
    struct plan *plan = open_plan(world, &world->filled);
    struct buf path = BUF_INIT, text = BUF_INIT;
    struct tr tr = english(NULL, LANG_EN);
    struct err err = { 0 };

    buf_addf(&path, "%s/data/examples/perhekoti.yaml", source);
    need_that(file_read(&text, path.text, FILE_SIZE_MAX, &err) == 0, err.msg);
    need_that(answers_import(plan, text.text, text.length, "perhekoti", false, &tr, NULL, NULL,
                             &err) == 0, err.msg);
    plan_close(plan);
    buf_free(&path);
    buf_free(&text);
}

static struct world *make_world(void)
{
    const char *source = getenv("TEST_SRCDIR");
    struct world *world = xcalloc(1, sizeof *world);
    struct content_place place = { 0 };
    struct err err = { 0 };

    source = source ? source : ".";
    need_that(content_find(&place, source, &err) == 0, err.msg);
    need_that(content_load(&world->content, &place, NULL, NULL, &err) == 0, err.msg);
    fill(world, source);
    /* A page shown as plain text is no matter of this test. */
    need_that(freopen("/dev/null", "w", stdout) != NULL, "/dev/null");
    return world;
}

/* ---- comparing ---- */

static bool same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static void compare_cell(const struct cell *a, const struct cell *b, const char *id)
{
    need_that(same_text(a->value, b->value) && same_text(a->computed, b->computed) &&
              same_text(a->offered, b->offered) && a->of_type == b->of_type &&
              a->relevant == b->relevant && a->required == b->required && a->problem == b->problem,
              id);
}

static void compare_rows(const struct plan *a, const struct plan *b, const struct item *repeat)
{
    size_t count = answers_row_count(a->answers, repeat);

    need_that(count == answers_row_count(b->answers, repeat), repeat->id);
    for (size_t r = 0; r < count; r++) {
        const struct row *x = answers_row_at(a->answers, repeat, r);
        const struct row *y = answers_row_at(b->answers, repeat, r);
        need_that(strcmp(x->key, y->key) == 0, repeat->id);
        for (size_t i = 0; i < repeat->item_count; i++)
            compare_cell(&x->cells[i], &y->cells[i], repeat->items[i].id);
    }
}

static void compare(const struct plan *a, const struct plan *b)
{
    for (size_t i = 0; i < a->schema->item_count; i++) {
        const struct item *item = a->schema->items[i];
        if (item->type == ITEM_REPEAT)
            compare_rows(a, b, item);
        else if (!item->repeat)
            compare_cell(answers_cell(a->answers, item, NULL),
                         answers_cell(b->answers, item, NULL), item->id);
    }
}

/* ---- one input ---- */

static void copy_log(struct mem_store *to, const struct mem_store *from)
{
    struct err err = { 0 };

    for (size_t i = 0; i < from->count; i++) {
        struct entry entry = from->entries[i];
        need_that(mem_store_ops.append(to, &entry, 1, &err) == 0, err.msg);
    }
}

static void run(struct world *world, const uint8_t *data, size_t size)
{
    static const struct term_ops ops = {
        .size = fuzz_size, .paint = fuzz_paint, .wait = fuzz_wait, .leave = fuzz_nothing,
        .enter = fuzz_nothing, .close = fuzz_nothing, .utf8 = true
    };
    struct face_hooks hooks = { .tr = english, .print = print_nowhere, .calendar = calendar_nowhere,
                              .importer = &register_jobs,
                              .copy = copy_nowhere, .read_table = read_table };
    struct fuzz_term term = { .term = { .ops = &ops }, .bytes = data + 1, .length = size - 1,
                              .rows = 24, .cols = 80, .paste = BUF_INIT };
    struct mem_store store = { 0 };
    struct err err = { 0 };
    struct plan *plan, *again;

    copy_log(&store, data[0] & 1 ? &world->filled : &world->empty);
    plan = open_plan(world, &store);
    store.reason = data[0] & 4 ? "opened elsewhere" : NULL;
    need_that(ui_run(plan, &term.term, &hooks, (enum lang)(data[0] / 8 % LANG_COUNT), data[0] & 2,
                     &err) == 0, err.msg);
    again = open_plan(world, &store);
    compare(plan, again);
    plan_close(again);
    plan_close(plan);
    mem_store_free(&store);
    buf_free(&term.paste);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct world *world;

    if (!world)
        world = make_world();
    if (size > 0)
        run(world, data, size);
    return 0;
}
