/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The terminal as the user interface sees it: a grid of cells out, events in.
 *
 * term_curses.c is the only file that knows curses; term_mem.c keeps the grid in memory for
 * tests. A driver paints only what differs from what it painted last.
 */
#ifndef TERM_TERM_H
#define TERM_TERM_H

#include <stdbool.h>
#include <stdint.h>

struct err;

/* Attributes are meanings, not colours; a theme maps them. */
enum attr {
    ATTR_NORMAL = 0, ATTR_BOLD = 1, ATTR_DIM = 2, ATTR_REVERSE = 4, ATTR_UNDERLINE = 8
};

/* One column of the screen. The second column of a wide letter has text "" and width 0. */
struct cell_glyph {
    char text[15];            /* a letter with its marks, UTF-8, NUL-terminated; " " is blank */
    uint8_t width;            /* 1 or 2; 0 for the second half of a wide letter */
    uint8_t attr;             /* enum attr, or-ed */
};

struct grid {
    struct cell_glyph *cells; /* rows x cols */
    int rows, cols;
    int cursor_row, cursor_col;   /* row -1: hidden */
};

/* Keys that are not a letter; letters come as their code point. */
enum key {
    KEYS_NONE = 0x110000, KEYS_UP, KEYS_DOWN, KEYS_LEFT, KEYS_RIGHT, KEYS_HOME, KEYS_END,
    KEYS_PAGE_UP, KEYS_PAGE_DOWN, KEYS_ENTER, KEYS_TAB, KEYS_BACK_TAB, KEYS_BACKSPACE,
    KEYS_DELETE, KEYS_INSERT, KEYS_ESCAPE,
    KEYS_F0,                  /* KEYS_F0 + n is Fn, n 1 to 12 */
    KEYS_CTRL = KEYS_F0 + 16, /* KEYS_CTRL + 'a' is Ctrl-A */
    KEYS_ALT = KEYS_CTRL + 128, /* KEYS_ALT + letter: Esc and a letter in one burst */
    KEYS_LAST = KEYS_ALT + 128
};

enum event_kind {
    EVENT_NONE, EVENT_KEY, EVENT_PASTE, EVENT_RESIZE, EVENT_TICK, EVENT_READY, EVENT_END
};

struct event {
    enum event_kind kind;
    uint32_t key;             /* EVENT_KEY: code point or enum key */
    const char *paste;        /* EVENT_PASTE: cleaned text, good until the next event */
    int rows, cols;           /* EVENT_RESIZE */
    bool burst;               /* more input waits behind this key, where pastes are not marked */
};

struct term;

struct term_ops {
    void (*size)(struct term *term, int *rows, int *cols);
    void (*paint)(struct term *term, const struct grid *grid);
    /* Waits for an event for `timeout_ms`, then gives EVENT_TICK; -1 waits for ever. EVENT_READY
     * means that there is something to read from `watched`, EVENT_END that the terminal is gone or
     * a signal asks to end. */
    void (*wait)(struct term *term, int timeout_ms, struct event *out);
    /* Leaves the screen for a moment (to show plain text, suspend), and comes back. */
    void (*leave)(struct term *term);
    void (*enter)(struct term *term);
    void (*close)(struct term *term);
    bool utf8;                /* false: the ui draws ASCII only */
    bool color;
};

struct term {
    const struct term_ops *ops;
    int watched;              /* a descriptor that wakes the wait too; 0: none */
};

struct term_options {
    bool ascii, no_color;
};

/* Opens the terminal on standard input and output. Fails, with the screen untouched, when TERM is
 * unknown or the terminal cannot move its cursor. Not linked by tests. */
int term_curses_open(struct term **out, const struct term_options *options, struct err *err);

/* A terminal in memory, fed with events. */
struct term *term_mem_new(int rows, int cols, bool utf8);
/* Keys as in test scripts: "a", "<Enter>", "<C-x>", "<F1>", "<A-x>", "<Paste:text>",
 * "<Resize:24x80>", "<Tick>", "<Ready>". */
void term_mem_feed(struct term *term, const char *keys);
const struct grid *term_mem_grid(const struct term *term);

#endif
