/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How far the requirements of the plan that the provider writes are fulfilled: one by one, by point
 * of the law, and by chapter of a table of contents.
 */
#ifndef CORE_COMPLETENESS_H
#define CORE_COMPLETENESS_H

#include <stdbool.h>

#include "core/requirement.h"

struct outline_part;
struct plan;

/* name, word */
#define STANDING_INFO(_) \
    _(IN_PLACE, "in_place") _(PLANNED, "planned") _(NOT_US, "not_us") _(OPEN, "open") \
    _(ASIDE, "aside")
#define STANDING_AS_ENUM(name, word) STANDING_##name,
enum standing { STANDING_INFO(STANDING_AS_ENUM) STANDING_COUNT };
#undef STANDING_AS_ENUM

/* "in_place" and the like, for programs. */
const char *standing_word(enum standing standing);

/* Open is what has no state, and what is said to be in place or planned but is not described. A
 * requirement stands aside when answers say that it does not concern the provider; as long as
 * they say nothing, it is open. */
enum standing requirement_standing(const struct plan *plan, const struct requirement *of);

struct tally {
    int of[STANDING_COUNT], all;
};

/* Of all requirements; of those that cover a point of the law (an id of the list of points); of
 * those that stand in a chapter. */
struct tally tally_all(const struct plan *plan);
struct tally tally_point(const struct plan *plan, const char *point);
struct tally tally_part(const struct plan *plan, const struct outline_part *part);

/* The requirement is one of those that the point of the law (its id) asks for. */
bool requirement_covers(const struct requirement *of, const char *point);

#endif
