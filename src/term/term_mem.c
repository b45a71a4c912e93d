/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A terminal in memory: what is painted can be read back, what a person would press is fed as
 * text.
 *
 * Fed keys wait in a queue. A key is part of a burst only inside <Burst:...>, because a test
 * feeds a whole conversation at once and means single presses. Waiting with nothing left gives
 * EVENT_END, so that no test can hang. A word that is no key ends the test program: a misspelt
 * script must never pass.
 */
#include "term/term.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"

struct mem_event {
    struct event event;
    char *paste;              /* owned; event.paste points here */
};

struct mem_term {
    struct term term;
    struct term_ops ops;
    struct grid grid;
    struct mem_event *queue;
    size_t head, count, cap;
    char *paste;              /* of the event handed out last */
};

static const struct {
    const char *name;
    uint32_t key;
} key_names[] = {
    { "Enter", KEYS_ENTER }, { "Tab", KEYS_TAB }, { "BackTab", KEYS_BACK_TAB },
    { "BS", KEYS_BACKSPACE }, { "Backspace", KEYS_BACKSPACE }, { "Del", KEYS_DELETE },
    { "Delete", KEYS_DELETE }, { "Ins", KEYS_INSERT }, { "Insert", KEYS_INSERT },
    { "Esc", KEYS_ESCAPE }, { "Up", KEYS_UP }, { "Down", KEYS_DOWN }, { "Left", KEYS_LEFT },
    { "Right", KEYS_RIGHT }, { "Home", KEYS_HOME }, { "End", KEYS_END },
    { "PgUp", KEYS_PAGE_UP }, { "PgDn", KEYS_PAGE_DOWN }, { "Space", ' ' },
    { "lt", '<' }, { "gt", '>' },
};

static struct mem_term *mem_of(struct term *term)
{
    return (struct mem_term *)term;
}

static void set_size(struct mem_term *self, int rows, int cols)
{
    struct grid *grid = &self->grid;
    grid->cells = xrealloc(grid->cells, (size_t)rows * (size_t)cols, sizeof grid->cells[0]);
    grid->rows = rows;
    grid->cols = cols;
    grid->cursor_row = -1;
    grid->cursor_col = 0;
    for (int i = 0; i < rows * cols; i++)
        grid->cells[i] = (struct cell_glyph){ .text = " ", .width = 1 };
}

static void mem_size(struct term *term, int *rows, int *cols)
{
    *rows = mem_of(term)->grid.rows;
    *cols = mem_of(term)->grid.cols;
}

static void mem_paint(struct term *term, const struct grid *grid)
{
    struct mem_term *self = mem_of(term);
    set_size(self, grid->rows, grid->cols);
    memcpy(self->grid.cells, grid->cells,
           (size_t)grid->rows * (size_t)grid->cols * sizeof grid->cells[0]);
    self->grid.cursor_row = grid->cursor_row;
    self->grid.cursor_col = grid->cursor_col;
}

static void mem_wait(struct term *term, int timeout_ms, struct event *out)
{
    struct mem_term *self = mem_of(term);
    (void)timeout_ms;
    free(self->paste);
    self->paste = NULL;
    if (self->head == self->count) {
        *out = (struct event){ .kind = EVENT_END };
        return;
    }
    struct mem_event *next = &self->queue[self->head++];
    self->paste = next->paste;
    *out = next->event;
    if (out->kind == EVENT_RESIZE)
        set_size(self, out->rows, out->cols);
    if (self->head == self->count)
        self->head = self->count = 0;
}

static void mem_leave(struct term *term)
{
    (void)term;
}

static void mem_close(struct term *term)
{
    struct mem_term *self = mem_of(term);
    while (self->head < self->count)
        free(self->queue[self->head++].paste);
    free(self->queue);
    free(self->paste);
    free(self->grid.cells);
    free(self);
}

struct term *term_mem_new(int rows, int cols, bool utf8)
{
    struct mem_term *self = xcalloc(1, sizeof *self);
    self->ops = (struct term_ops){
        .size = mem_size, .paint = mem_paint, .wait = mem_wait, .leave = mem_leave,
        .enter = mem_leave, .close = mem_close, .utf8 = utf8,
    };
    self->term.ops = &self->ops;
    set_size(self, rows, cols);
    return &self->term;
}

const struct grid *term_mem_grid(const struct term *term)
{
    return &((const struct mem_term *)term)->grid;
}

static struct mem_event *push(struct mem_term *self, enum event_kind kind)
{
    self->queue = vec_room(self->queue, &self->cap, self->count + 1, sizeof self->queue[0]);
    struct mem_event *added = &self->queue[self->count++];
    *added = (struct mem_event){ .event.kind = kind };
    return added;
}

static void push_key(struct mem_term *self, uint32_t key)
{
    push(self, EVENT_KEY)->event.key = key;
}

_Noreturn static void bad_word(const char *word, size_t length)
{
    fprintf(stderr, "term_mem_feed: no such key: <%.*s>\n", (int)length, word);
    abort();
}

/* "\n", "\t", "\\" and "\>" stand for newline, tab, backslash and ">". */
static void push_paste(struct mem_term *self, const char *text, size_t length)
{
    struct buf raw = BUF_INIT, clean = BUF_INIT;
    for (size_t i = 0; i < length; i++) {
        char c = text[i];
        if (c == '\\' && i + 1 < length) {
            c = text[++i];
            c = c == 'n' ? '\n' : c == 't' ? '\t' : c;
        }
        buf_add_char(&raw, c);
    }
    utf8_clean(&clean, raw.text, raw.length, 0);
    struct mem_event *added = push(self, EVENT_PASTE);
    added->paste = buf_detach(&clean);
    added->event.paste = added->paste;
    buf_free(&raw);
}

static void push_resize(struct mem_term *self, const char *size, size_t length)
{
    int rows = 0, cols = 0, used = 0;
    struct buf text = BUF_INIT;
    buf_add_n(&text, size, length);
    if (sscanf(text.text, "%dx%d%n", &rows, &cols, &used) != 2 || text.text[used] != '\0' ||
        rows < 1 || cols < 1)
        bad_word(size, length);
    buf_free(&text);
    struct mem_event *added = push(self, EVENT_RESIZE);
    added->event.rows = rows;
    added->event.cols = cols;
}

static bool is_word(const char *word, size_t length, const char *name)
{
    return strlen(name) == length && memcmp(word, name, length) == 0;
}

/* The key called by a word without argument, or KEYS_NONE. */
static uint32_t key_named(const char *word, size_t length)
{
    int number = 0;
    if (length == 3 && word[1] == '-' && (word[0] == 'C' || word[0] == 'A'))
        return (word[0] == 'C' ? KEYS_CTRL : KEYS_ALT) + (uint32_t)(unsigned char)word[2];
    if (word[0] == 'F' && length >= 2 && length <= 3)
        number = atoi(word + 1);
    if (number >= 1 && number <= 12)
        return KEYS_F0 + (uint32_t)number;
    for (size_t i = 0; i < countof(key_names); i++)
        if (is_word(word, length, key_names[i].name))
            return key_names[i].key;
    return KEYS_NONE;
}

static void feed_plain(struct mem_term *self, const char *keys, size_t length);

static void push_burst(struct mem_term *self, const char *keys, size_t length)
{
    size_t from = self->count;
    feed_plain(self, keys, length);
    for (size_t i = from; i + 1 < self->count; i++)
        self->queue[i].event.burst = true;
}

static const struct {
    const char *name;         /* ends with ":" */
    void (*push)(struct mem_term *self, const char *argument, size_t length);
} words[] = {
    { "Paste:", push_paste }, { "Resize:", push_resize }, { "Burst:", push_burst },
};

static void feed_word(struct mem_term *self, const char *word, size_t length)
{
    for (size_t i = 0; i < countof(words); i++) {
        size_t name = strlen(words[i].name);
        if (length >= name && memcmp(word, words[i].name, name) == 0) {
            words[i].push(self, word + name, length - name);
            return;
        }
    }
    uint32_t key = key_named(word, length);
    if (is_word(word, length, "Tick"))
        push(self, EVENT_TICK);
    else if (is_word(word, length, "Ready"))
        push(self, EVENT_READY);
    else if (is_word(word, length, "Hangup"))
        push(self, EVENT_END);
    else if (key != KEYS_NONE)
        push_key(self, key);
    else
        bad_word(word, length);
}

/* Length of the word that starts after "<": up to its own ">", words inside it counted in. */
static size_t word_length(const char *word, size_t length)
{
    size_t depth = 0;
    bool paste = length >= 6 && memcmp(word, "Paste:", 6) == 0;
    for (size_t i = 0; i < length; i++) {
        if (paste && word[i] == '\\')
            i++;
        else if (!paste && word[i] == '<')
            depth++;
        else if (word[i] == '>' && depth-- == 0)
            return i;
    }
    bad_word(word, length);
}

static void feed_plain(struct mem_term *self, const char *keys, size_t length)
{
    for (size_t used, i = 0; i < length; i += used) {
        uint32_t cp = utf8_decode(keys + i, length - i, &used);
        if (cp == '<') {
            size_t word = word_length(keys + i + 1, length - i - 1);
            feed_word(self, keys + i + 1, word);
            used = word + 2;
        } else if (cp != '\n' && cp != UINT32_MAX) {
            push_key(self, cp);
        }
    }
}

void term_mem_feed(struct term *term, const char *keys)
{
    feed_plain(mem_of(term), keys, strlen(keys));
}
