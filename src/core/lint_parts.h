/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the files of lint share; for lint*.c only.
 */
#ifndef CORE_LINT_PARTS_H
#define CORE_LINT_PARTS_H

#include "core/problems.h"
#include "core/schema.h"

struct expr_db;

struct lint {
    const struct schema *schema;
    struct expr_db *db;
    struct problems out;
    bool answers;             /* texts may name answers: {{item:ID}} */
};

/* Widest label on a screen. */
enum { LABEL_COLUMNS_MAX = 60 };

/* Who wrote a text: forms hold no years, addresses or amounts of money; data may. */
enum lint_prose { LINT_FORM_TEXT, LINT_DATA_TEXT };

/* A text in three languages; `what` is its key. An absent text is fine. */
void lint_text(struct lint *lint, const struct where *where, const char *what,
               const struct text *text, enum lint_prose prose);
/* One string that may name facts. NULL is fine. */
void lint_fact_names(struct lint *lint, const struct where *where, const char *what,
                     const char *text);
/* The width, facts put in. */
void lint_label(struct lint *lint, const struct where *where, const struct text *text);
/* Blanks, {name}: which there are, and what is said of another. */
struct lint_blanks {
    bool (*known)(const struct lint *lint, const char *name, size_t length);
    const char *fault;
    bool facts;               /* {{fact:...}}, which is looked at elsewhere, may stand there too */
};
void lint_blanks(struct lint *lint, const struct where *where, const struct text *text,
                 const struct lint_blanks *blanks);

/* An expression in a form (or NULL), in the rows of `repeat` (or NULL); with `list` a
 * choice_filter. `own` is the item whose constraint it is, which is not empty there; else NULL. */
void lint_rule(struct lint *lint, const struct rule_text *rule, const struct item *repeat,
               const struct list *list, const struct item *own);

/* data/regulations and who follows them (lint_outlines.c). */
void lint_outlines(struct lint *lint);

/* A model text; `what` is its key (lint_model.c). */
void lint_model(struct lint *lint, const struct where *where, const char *what,
                const struct text *model);
void lint_requirements(struct lint *lint);

/* data/register_messages.yaml (lint_registers.c). */
void lint_registers(struct lint *lint);
/* data/cards/ (lint_cards.c). */
void lint_cards(struct lint *lint);

/* data/rights/ (lint_rights.c). */
void lint_rights(struct lint *lint);

/* data/activities.yaml (lint_schedule.c). */
void lint_schedule(struct lint *lint);

/* Items whose value depends on itself. */
void lint_cycles(struct lint *lint);

#endif
