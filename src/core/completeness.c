/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The standing of requirements, and counts of it.
 */
#include "core/completeness.h"

#include <string.h>

#include "core/expr.h"
#include "core/outlines.h"
#include "core/plan.h"

static const char *const words[STANDING_COUNT] = {
#define AS_WORD(name, word) word,
    STANDING_INFO(AS_WORD)
#undef AS_WORD
};

const char *standing_word(enum standing standing)
{
    return words[standing];
}

static enum standing answered(const struct plan *plan, const struct requirement *of)
{
    const char *value = engine_value(plan->engine, of->parts[REQUIREMENT_STATE], NULL);

    for (int i = 0; value && i < STANDING_OPEN; i++)
        if (strcmp(words[i], value) == 0)
            return (enum standing)i;
    return STANDING_OPEN;
}

enum standing requirement_standing(const struct plan *plan, const struct requirement *of)
{
    enum standing standing = answered(plan, of);
    enum requirement_part said = standing == STANDING_NOT_US ? REQUIREMENT_WHY : REQUIREMENT_TEXT;

    if (expr_once(engine_projection(plan->engine), &of->relevant) == EXPR_FALSE)
        return STANDING_ASIDE;
    return engine_value(plan->engine, of->parts[said], NULL) ? standing : STANDING_OPEN;
}

static void add(struct tally *tally, const struct plan *plan, const struct requirement *of)
{
    tally->of[requirement_standing(plan, of)]++;
    tally->all++;
}

bool requirement_covers(const struct requirement *of, const char *point)
{
    for (const char **id = of->covers; id && *id; id++)
        if (strcmp(*id, point) == 0)
            return true;
    return false;
}

static struct tally count(const struct plan *plan, const char *point)
{
    const struct requirements *all = plan->schema->requirements;
    struct tally tally = { { 0 }, 0 };

    for (size_t i = 0; all && i < all->count; i++)
        if (!point || requirement_covers(&all->all[i], point))
            add(&tally, plan, &all->all[i]);
    return tally;
}

struct tally tally_all(const struct plan *plan)
{
    return count(plan, NULL);
}

struct tally tally_point(const struct plan *plan, const char *point)
{
    return count(plan, point);
}

struct tally tally_part(const struct plan *plan, const struct outline_part *part)
{
    struct tally tally = { { 0 }, 0 };

    for (const char **id = part->of; id && *id; id++) {
        const struct requirement *of = requirement_find(plan->schema, *id);
        if (of)
            add(&tally, plan, of);
    }
    return tally;
}
