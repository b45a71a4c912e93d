/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A run to the left begins at a letter of such a script and reaches to the last one, or to the last
 * number, before a letter that runs to the right. What stands between belongs to it, and so does a
 * bracket that closes one opened in it.
 */
#include "out/bidi.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

struct walk {
    unsigned char *levels;
    size_t end;               /* of the run so far */
    size_t number;            /* end of the number that was the last of it; 0: it was none */
    int open, outside;        /* brackets that wait for their pair: of the run; opened before it */
    bool running;
};

/* The run takes the bytes from `at` to `to`, and what stands before them. */
static void take(struct walk *walk, size_t at, size_t to, enum bidi_level level)
{
    memset(walk->levels + walk->end, BIDI_RIGHT, at - walk->end);
    memset(walk->levels + at, (int)level, to - at);
    walk->end = to;
}

/* "12.3.2027" is one number: one sign between two digits is part of it. */
static void take_number(struct walk *walk, size_t at, size_t to, bool joined)
{
    size_t from = joined && walk->number == walk->end && walk->number > 0 ? walk->number : at;
    take(walk, from, to, BIDI_NUMBER);
    walk->number = to;
}

/* A bracket goes with its pair: one that was opened before the run ends the run. */
static void step_bracket(struct walk *walk, uint32_t cp, size_t at, size_t to)
{
    bool opens = cp == '(' || cp == '[' || cp == '{', closes = cp == ')' || cp == ']' || cp == '}';
    if (closes && walk->running && walk->open > 0) {
        take(walk, at, to, BIDI_RIGHT);
        walk->open--;
    } else if (closes && walk->outside > 0) {
        walk->running = false;
        walk->outside--;
    } else if (opens && walk->running) {
        walk->open++;
    } else if (opens) {
        walk->outside++;
    }
}

static void run_end(struct walk *walk)
{
    walk->running = false;
    walk->outside += walk->open;
    walk->open = 0;
}

static void step(struct walk *walk, uint32_t cp, size_t at, size_t to, bool after_sign)
{
    enum utf8_direction direction = utf8_direction(cp);
    if (direction == UTF8_RIGHT && !walk->running) {
        walk->running = true;
        walk->end = at;
    }
    if (direction == UTF8_LEFT)
        run_end(walk);
    else if (direction == UTF8_NEUTRAL)
        step_bracket(walk, cp, at, to);
    else if (walk->running && direction == UTF8_NUMBER)
        take_number(walk, at, to, after_sign);
    else if (walk->running && (direction == UTF8_RIGHT
                               || (direction == UTF8_MARK && at == walk->end)))
        take(walk, at, to, BIDI_RIGHT);
    if (direction != UTF8_NUMBER && direction != UTF8_SIGN)
        walk->number = 0;
}

bool bidi_levels(const char *line, size_t length, unsigned char *levels)
{
    struct walk walk = { .levels = levels };
    bool any = false, after_sign = false;
    size_t used;
    memset(levels, BIDI_LEFT, length);
    for (size_t at = 0; at < length; at += used) {
        uint32_t cp = utf8_decode(line + at, length - at, &used);
        enum utf8_direction direction = utf8_direction(cp);
        step(&walk, cp, at, at + used, after_sign && at == walk.end + 1);
        after_sign = direction == UTF8_SIGN;
        any = any || direction == UTF8_RIGHT;
    }
    return any;
}
