/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Model texts: an answer to propose, with blanks that other answers fill.
 *
 * {{item}} stands for the answer of an item, {{fact:ID}} for a fact, and what stands in [[ ]] is
 * left out when a blank in it has no answer. A blank without an answer becomes [its name] in the
 * proposal, so that it is seen on paper as well. Nothing is remembered about where an answer came
 * from: whether it is the model as it stands, and whether a blank is left in it, is seen in the
 * answer itself, in whatever language it was taken.
 */
#ifndef CORE_MODEL_H
#define CORE_MODEL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct item;
struct plan;
struct text;
struct tr;

enum model_kind { MODEL_LITERAL, MODEL_ITEM, MODEL_FACT, MODEL_OPEN, MODEL_CLOSE, MODEL_END };

/* A piece of a model; `text` is the literal, the item's id or the whole {{fact:ID}}. */
struct model_piece {
    enum model_kind kind;
    const char *text;
    size_t length;
};

/* The piece at `*model`, which moves behind it. */
struct model_piece model_next(const char **model);

/* The answer is the model in one of the languages, with something in each blank. */
bool model_is_answer(const struct text *model, const char *answer);

/* How many blanks are left in an answer: [a name]. */
int model_blanks_left(const char *answer);

/* The item's model filled for the plan as it is, appended to `out`. `*blanks` (may be NULL) gets
 * how many blanks have no answer. False when the item has no model. */
bool model_propose(const struct plan *plan, const struct item *item, const struct tr *tr,
                   struct buf *out, int *blanks);

#endif
