/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Tables of contents: what their chapters name exists, each question stands in one chapter, and
 * the choices of the document's question are outlines.
 */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "core/lint_parts.h"
#include "core/outlines.h"
#include "core/requirement.h"

static void check_day(struct lint *lint, const struct outline *outline, const char *what,
                      const char *date)
{
    int first, last;

    if (date && date_period(date, &first, &last) != 0)
        problems_add(&lint->out, &outline->where, "\"%s\" is no date: \"%.40s\"", what, date);
}

/* In how many chapters the id stands. */
static size_t places_of(const struct outline *outline, const char *id)
{
    size_t count = 0;

    for (size_t i = 0; i < outline->part_count; i++)
        for (const char **of = outline->parts[i].of; of && *of; of++)
            count += strcmp(*of, id) == 0;
    return count;
}

static const char *nearest_requirement(const struct schema *schema, const char *id)
{
    size_t count = schema->requirements ? schema->requirements->count : 0;
    const char **ids = xcalloc(count + 1, sizeof ids[0]), *nearest;

    for (size_t i = 0; i < count; i++)
        ids[i] = schema->requirements->all[i].id;
    nearest = schema_nearest(id, ids, count);
    free(ids);
    return nearest;
}

static void check_part(struct lint *lint, const struct outline *outline,
                       const struct outline_part *part)
{
    lint_text(lint, &part->where, "title", &part->title, LINT_DATA_TEXT);
    lint->answers = true;
    lint_text(lint, &part->where, "text", &part->body, LINT_DATA_TEXT);
    lint_text(lint, &part->where, "otherwise", &part->otherwise, LINT_DATA_TEXT);
    lint->answers = false;
    lint_rule(lint, &part->relevant, NULL, NULL, NULL);
    if (part->otherwise.in[0] && !part->relevant.sql)
        problems_add(&lint->out, &part->where, "\"otherwise\" needs \"relevant\"");
    for (const char **of = part->of; of && *of; of++) {
        const char *nearest;
        if (requirement_find(lint->schema, *of)) {
            if (places_of(outline, *of) > 1)
                problems_add(&lint->out, &part->where, "\"%s\" stands in two places of \"%s\"", *of,
                             outline->id);
            continue;
        }
        nearest = nearest_requirement(lint->schema, *of);
        problems_add(&lint->out, &part->where, nearest
                     ? "\"of\" names \"%.60s\", which is no requirement; did you mean \"%s\"?"
                     : "\"of\" names \"%.60s\", which is no requirement", *of, nearest);
    }
}

/* A requirement that an outline has forgotten would silently leave the document. */
static void check_all_placed(struct lint *lint, const struct outline *outline)
{
    const struct requirements *requirements = lint->schema->requirements;

    for (size_t i = 0; requirements && i < requirements->count; i++)
        if (places_of(outline, requirements->all[i].id) == 0)
            problems_add(&lint->out, &outline->where, "\"%s\" stands in no chapter of \"%s\"",
                         requirements->all[i].id, outline->id);
}

static void check_outline(struct lint *lint, const struct outline *outline)
{
    lint_text(lint, &outline->where, "name", &outline->name, LINT_DATA_TEXT);
    lint_text(lint, &outline->where, "title", &outline->title, LINT_DATA_TEXT);
    lint_text(lint, &outline->where, "source", &outline->source.title, LINT_DATA_TEXT);
    lint_fact_names(lint, &outline->where, "source", outline->source.url);
    check_day(lint, outline, "valid_from", outline->valid_from);
    check_day(lint, outline, "valid_to", outline->valid_to);
    check_day(lint, outline, "seen_on", outline->seen_on);
    for (size_t i = 0; i < outline->part_count; i++)
        check_part(lint, outline, &outline->parts[i]);
    check_all_placed(lint, outline);
}

/* The question that decides which outline a document follows. */
static void check_chooser(struct lint *lint, const struct document *document)
{
    const struct item *item = schema_item(lint->schema, document->outline);

    if (!item || item->type != ITEM_ONE || item->repeat) {
        problems_add(&lint->out, &document->where,
                     "\"outline\" must name a question of the type \"one\" outside repeats");
        return;
    }
    for (size_t i = 0; i < item->list->choice_count; i++)
        if (!schema_outline(lint->schema, item->list->choices[i].id))
            problems_add(&lint->out, &item->list->choices[i].where,
                         "\"%s\" is no regulation (data/regulations)", item->list->choices[i].id);
}

void lint_outlines(struct lint *lint)
{
    const struct schema *schema = lint->schema;

    for (size_t i = 0; i < schema->outline_count; i++)
        check_outline(lint, &schema->outlines[i]);
    for (size_t i = 0; i < schema->document_count; i++)
        if (schema->documents[i].outline)
            check_chooser(lint, &schema->documents[i]);
}
