/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Pieces of a model text, and answers that are one.
 */
#include "core/model.h"

#include <string.h>

#include "base/lang.h"

static const char fact_opening[] = "{{fact:";

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

static bool begins_piece(const char *text)
{
    return text[0] == '\0' || begins(text, "{{") || begins(text, "[[") || begins(text, "]]");
}

static struct model_piece blank(const char **model)
{
    const char *at = *model, *end = strstr(at, "}}");
    struct model_piece piece = { MODEL_FACT, at, end ? (size_t)(end + 2 - at) : strlen(at) };

    *model = at + piece.length;
    if (!begins(at, fact_opening))
        piece = (struct model_piece){ MODEL_ITEM, at + 2, end ? (size_t)(end - at) - 2 : 0 };
    return piece;
}

struct model_piece model_next(const char **model)
{
    const char *at = *model;
    struct model_piece piece = { MODEL_LITERAL, at, 0 };

    if (at[0] == '\0')
        return (struct model_piece){ MODEL_END, at, 0 };
    if (begins(at, "{{"))
        return blank(model);
    if (begins(at, "[[") || begins(at, "]]")) {
        *model = at + 2;
        return (struct model_piece){ at[0] == '[' ? MODEL_OPEN : MODEL_CLOSE, at, 2 };
    }
    do
        piece.length += strcspn(at + piece.length + 1, "{[]") + 1;
    while (!begins_piece(at + piece.length));
    *model = at + piece.length;
    return piece;
}

/* Answers that nearly fit in very many ways are given up. */
enum { STEPS_MAX = 20000 };

static const char *behind_close(const char *model)
{
    struct model_piece piece = { MODEL_END, NULL, 0 };

    do
        piece = model_next(&model);
    while (piece.kind != MODEL_CLOSE && piece.kind != MODEL_END);
    return model;
}

static bool fits(const char *model, const char *answer, int *steps);

/* The rest of the model fits behind one letter of the answer or more. */
static bool fits_behind(const char *model, const char *answer, int *steps)
{
    const char *rest = model;
    struct model_piece next = model_next(&rest);

    while (answer[0]) {
        const char *at = answer + 1;
        if (next.kind == MODEL_LITERAL)
            at = memmem(at, strlen(at), next.text, next.length);
        if (!at)
            return false;
        if (fits(model, at, steps))
            return true;
        answer = at;
    }
    return false;
}

static bool fits(const char *model, const char *answer, int *steps)
{
    struct model_piece piece = model_next(&model);

    if (++*steps > STEPS_MAX)
        return false;
    switch (piece.kind) {
    case MODEL_LITERAL:
        return strncmp(answer, piece.text, piece.length) == 0 &&
               fits(model, answer + piece.length, steps);
    case MODEL_OPEN:
        return fits(model, answer, steps) || fits(behind_close(model), answer, steps);
    case MODEL_CLOSE: return fits(model, answer, steps);
    case MODEL_ITEM:
    case MODEL_FACT: return fits_behind(model, answer, steps);
    case MODEL_END: break;
    }
    return answer[0] == '\0';
}

bool model_is_answer(const struct text *model, const char *answer)
{
    int steps = 0;

    for (int i = 0; i < LANG_COUNT; i++, steps = 0)
        if (model->in[i] && fits(model->in[i], answer, &steps))
            return true;
    return false;
}

/* "[1]" or an empty pair is no blank: a name begins with a letter. */
int model_blanks_left(const char *answer)
{
    int count = 0;

    for (const char *at = answer; (at = strchr(at, '[')) != NULL; at++) {
        size_t length = strcspn(at + 1, "[]\n");
        bool letter = (at[1] >= 'A' && at[1] <= 'Z') || (at[1] >= 'a' && at[1] <= 'z') ||
                      (unsigned char)at[1] >= 0xc3;
        count += letter && at[1 + length] == ']';
    }
    return count;
}
