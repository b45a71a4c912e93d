/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A program that shows what the terminal driver reports: for tests of the driver alone.
 *
 * Each event becomes a line "KIND VALUE"; the newest stands on row 2 and the older ones below.
 * "q" ends with status 0, "x" by exit() without closing the terminal, "w" shows wide letters,
 * "l" leaves the screen and comes back. EVENT_END ends with status 9.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "term/term.h"
#include "ui/canvas.h"

enum { LINES_KEPT = 8, LINE_BYTES = 200 };

struct probe {
    struct term *term;
    struct canvas canvas;
    char lines[LINES_KEPT][LINE_BYTES];
    bool wide;
};

static void draw(struct probe *probe)
{
    const struct term_ops *ops = probe->term->ops;
    int rows, cols;
    char head[80];
    ops->size(probe->term, &rows, &cols);
    canvas_reset(&probe->canvas, rows, cols);
    snprintf(head, sizeof head, "probe %dx%d %s", rows, cols, ops->utf8 ? "utf8" : "ascii");
    canvas_put(&probe->canvas, 0, 0, -1, head, ATTR_BOLD);
    canvas_put_right(&probe->canvas, 0, cols, "ä€", ATTR_DIM);
    canvas_rule(&probe->canvas, 1);
    for (int i = 0; i < LINES_KEPT; i++)
        canvas_put(&probe->canvas, 2 + i, 0, -1, probe->lines[i], i ? ATTR_DIM : ATTR_REVERSE);
    if (probe->wide)
        canvas_put(&probe->canvas, 3, 0, -1, "日本語 x\xcc\x88 ä", ATTR_UNDERLINE);
    canvas_put(&probe->canvas, rows - 1, 0, -1, "last row", ATTR_NORMAL);
    canvas_put_right(&probe->canvas, rows - 1, cols, "corner", ATTR_NORMAL);
    canvas_cursor(&probe->canvas, 2, 3);
    ops->paint(probe->term, &probe->canvas.grid);
}

static void note(struct probe *probe, const struct event *event)
{
    char *line = probe->lines[0];
    memmove(probe->lines[1], line, sizeof probe->lines - sizeof probe->lines[0]);
    const char *burst = event->burst ? " burst" : "";
    if (event->kind == EVENT_KEY && event->key > KEYS_CTRL && event->key < KEYS_LAST)
        snprintf(line, LINE_BYTES, "%s %c%s", event->key < KEYS_ALT ? "ctrl" : "alt",
                 (int)((event->key - KEYS_CTRL) % 128), burst);
    else if (event->kind == EVENT_KEY && event->key > KEYS_NONE)
        snprintf(line, LINE_BYTES, "special %u%s", event->key - KEYS_NONE, burst);
    else if (event->kind == EVENT_KEY)
        snprintf(line, LINE_BYTES, "letter U+%04X%s", event->key, burst);
    else if (event->kind == EVENT_PASTE)
        snprintf(line, LINE_BYTES, "paste %zu [%s]", strlen(event->paste), event->paste);
    else if (event->kind == EVENT_RESIZE)
        snprintf(line, LINE_BYTES, "resize %dx%d", event->rows, event->cols);
    else
        snprintf(line, LINE_BYTES, "event %d", (int)event->kind);
    for (; *line; line++)
        if (*line == '\n')
            *line = '|';
}

static void act(struct probe *probe, uint32_t key)
{
    const struct term_ops *ops = probe->term->ops;
    if (key == 'x')
        exit(3);
    if (key == 'w')
        probe->wide = !probe->wide;
    if (key == 'l') {
        ops->leave(probe->term);
        puts("plain text");
        fflush(stdout);
        ops->enter(probe->term);
    }
}

int main(int argc, char **argv)
{
    struct probe probe = { 0 };
    struct event event = { 0 };
    struct err err = { 0 };
    struct term_options options = { .ascii = argc > 1 && strcmp(argv[1], "--ascii") == 0 };
    if (term_curses_open(&probe.term, &options, &err) != 0) {
        printf("no screen: %s\n", err.msg);
        return 7;
    }
    canvas_init(&probe.canvas, 1, 1, !probe.term->ops->utf8);
    do {
        draw(&probe);
        probe.term->ops->wait(probe.term, -1, &event);
        note(&probe, &event);
        if (event.kind == EVENT_KEY)
            act(&probe, event.key);
    } while (event.kind != EVENT_END && !(event.kind == EVENT_KEY && event.key == 'q'));
    probe.term->ops->close(probe.term);
    canvas_free(&probe.canvas);
    return event.kind == EVENT_END ? 9 : 0;
}
