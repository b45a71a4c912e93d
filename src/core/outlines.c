/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Which table of contents a document follows.
 */
#include "core/outlines.h"

#include <string.h>

#include "base/date.h"
#include "core/plan.h"

bool outline_is_valid(const struct outline *outline, int date)
{
    int first, last;

    if (outline->valid_from && date_period(outline->valid_from, &first, &last) == 0 && date < first)
        return false;
    return !outline->valid_to || date_period(outline->valid_to, &first, &last) != 0 || date <= last;
}

/* The one that came into force last of those in force. */
static const struct outline *newest(const struct plan *plan, const struct item *item)
{
    const struct outline *found = NULL;

    for (size_t i = 0; item->list && i < item->list->choice_count; i++) {
        const struct outline *outline =
            schema_outline(plan->schema, item->list->choices[i].id);
        if (outline && outline_is_valid(outline, plan->today)
            && (!found || strcmp(outline->valid_from, found->valid_from) > 0))
            found = outline;
    }
    return found;
}

const struct outline *document_outline(const struct plan *plan, const struct document *document)
{
    const struct item *item =
        document->outline ? schema_item(plan->schema, document->outline) : NULL;
    const char *value = item ? engine_value(plan->engine, item, NULL) : NULL;
    const struct outline *chosen = value ? schema_outline(plan->schema, value) : NULL;

    return chosen || !item ? chosen : newest(plan, item);
}
