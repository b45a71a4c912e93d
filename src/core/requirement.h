/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Requirements of a plan that the provider writes with the wizard: what each has to state, and the
 * questions asked about it.
 *
 * A form names a requirement as an item of type `requirement`. The loader makes questions of it
 * from one pattern (data/requirement.yaml), so that all requirements are asked alike: how far it
 * is, what the plan says of it, why it does not concern the provider, by when it will be in place,
 * who answers for it, what can be shown, and when it is looked at again. Their ids are the
 * requirement's id and the word of the part: `sp_lo_1_state`.
 *
 * The states of REQUIREMENT_STATE are choices with the ids in_place, planned, not_us and open. What
 * has no state is open. A requirement whose questions are irrelevant needs no state: the plan says
 * `otherwise` instead.
 */
#ifndef CORE_REQUIREMENT_H
#define CORE_REQUIREMENT_H

#include <stddef.h>

#include "core/schema.h"

/* part, its word in ids and in data/requirement.yaml */
#define REQUIREMENT_PART_INFO(_) \
    _(STATE, "state") _(TEXT, "text") _(BY, "by") _(WHY, "why") _(PROOF, "proof") \
    _(WHO, "who") _(REVIEW, "review")
#define REQUIREMENT_PART_AS_ENUM(name, word) REQUIREMENT_##name,
enum requirement_part { REQUIREMENT_PART_INFO(REQUIREMENT_PART_AS_ENUM) REQUIREMENT_PART_COUNT };
#undef REQUIREMENT_PART_AS_ENUM

/* As data/requirement.yaml names it. */
const char *requirement_part_word(enum requirement_part part);

struct requirement {
    const char *id;
    struct text title, must;  /* what it is called; what the plan has to state */
    struct text guidance;     /* absent when there is none */
    struct text otherwise;    /* said in place of an answer while the requirement is irrelevant */
    struct text model, proof; /* proposals for the parts TEXT and PROOF */
    const char **covers;      /* choices of the list of points; NULL-terminated */
    struct source source;
    struct rule_text relevant;
    const char *responsible_id;
    const struct item *parts[REQUIREMENT_PART_COUNT];
    const struct item *responsible;   /* who answers for it when WHO is empty; may be NULL */
    struct where where;
};

struct requirements {
    struct item *pattern;     /* one item for each part, in the order of asking; after the first */
    size_t pattern_count;     /* come the requirement's own questions */
    const char *points_id;
    const struct list *points;        /* what the law asks of the plan, point by point */
    struct requirement *all;
    size_t count, room;
    struct where where;
};

/* The requirement of that id; NULL when there is none. */
const struct requirement *requirement_find(const struct schema *schema, const char *id);

#endif
