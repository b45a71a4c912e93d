/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Is what was typed a value of the item's type, and what is its normal form?
 *
 * Checks one value by itself: type, bounds, length, pattern, choice. Constraints and rules,
 * which look at other answers, are the engine's business. The message is a msgid with at
 * most two arguments, so that the caller shows it in any language.
 */
#ifndef CORE_CHECK_H
#define CORE_CHECK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/lang.h"

struct item;
struct tr;

enum check_state {
    CHECK_OK,
    CHECK_WARN,      /* stored and used, with a remark */
    CHECK_BAD,       /* stored as typed, counts as a problem, empty for the rules */
    CHECK_REFUSED    /* never stored: a personal identity code */
};

/* The answer "I do not know". Only for items with `unsure`. */
#define VALUE_UNSURE "?"

struct check {
    enum check_state state;
    struct buf value;        /* the normal form; what was typed when BAD */
    const char *message;     /* msgid with %1$s and %2$s, or NULL */
    char arg[2][96];
    /* What was repaired in an identifier that is none of ASCII, as in struct id_result. */
    uint32_t odd;
    int odd_at, odd_count;
};

#define CHECK_INIT { .value = BUF_INIT }

/* Checks `text` (valid UTF-8) for the item. `today` is for dates typed relatively. An empty
 * text is OK and empty: emptiness is the business of `required`. The old content of `out` is
 * replaced; free with check_free(). */
void check_value(const struct item *item, const char *text, int today, struct check *out);
void check_free(struct check *check);

/* The message in tr's language, appended to `out`; nothing when there is none. */
void check_message(const struct check *check, const struct tr *tr, struct buf *out);

/* Which odd characters were repaired, in words; nothing when none were. What else became another
 * form shows itself. */
void check_cleaned(const struct check *check, const struct tr *tr, struct buf *out);

/* How a stored value is shown to a person: the choice's label, "1.9.2026", "kyllä". The name of a
 * row is not known here and left to plan_show(). Appends to `out`. */
void check_show(const struct item *item, const char *value, const struct tr *tr,
                struct buf *out);

#endif
