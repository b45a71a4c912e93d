/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The picture of the rights, kept between two changes.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "core/engine_state.h"
#include "core/rights.h"
#include "core/rights_data.h"

struct known_rights *engine_rights_new(const struct schema *schema)
{
    struct known_rights *known;

    if (!rights_can(schema))
        return NULL;
    known = xcalloc(1, sizeof *known);
    known->reads = xcalloc(schema->item_count + 1, sizeof known->reads[0]);
    for (size_t i = 0; i < RIGHTS_ITEM_COUNT; i++)
        known->reads[schema->rights->items[i]->index] = true;
    known->cells = xcalloc(schema->item_count + 1, sizeof known->cells[0]);
    known->cells[schema->rights->items[RIGHTS_ITEM_ROLE_CHECKED]->index] = true;
    for (size_t i = 0; i < RIGHTS_GROUP_COUNT; i++)
        known->reads[schema->rights->cells[i]->index] =
            known->cells[schema->rights->cells[i]->index] = true;
    return known;
}

void engine_rights_free(struct known_rights *known)
{
    if (!known)
        return;
    rights_findings_free(&known->findings);
    rights_free(known->rights);
    free(known->reads);
    free(known->cells);
    free(known);
}

void engine_forget_rights(struct engine *engine, const struct item *item, int position)
{
    struct known_rights *known = engine->known_rights;

    if (!known || (item && !known->reads[item->index]))
        return;
    known->checked = false;
    if (item && known->fresh && known->cells[item->index])
        rights_reread_cells(known->rights, position);
    else
        known->fresh = false;
}

const struct rights *engine_rights(const struct engine *engine)
{
    struct known_rights *known = engine->known_rights;

    if (!known)
        return NULL;
    if (!known->fresh) {
        rights_free(known->rights);
        known->rights = rights_new(engine->schema, engine->answers, engine->today);
        known->fresh = true;
        known->checked = false;
    }
    return known->rights;
}

const struct rights_findings *engine_rights_findings(const struct engine *engine)
{
    const struct rights *rights = engine_rights(engine);
    struct known_rights *known = engine->known_rights;

    if (!known)
        return NULL;
    if (!known->checked)
        rights_check(rights, &known->findings);
    known->checked = true;
    return &known->findings;
}
