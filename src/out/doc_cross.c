/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The rows of a repeat by two of their choices, as a matrix (core/row_map.h). A cell has the numbers
 * of its rows, which the list below names.
 */
#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/tr.h"
#include "core/plan.h"
#include "core/row_map.h"
#include "out/doc.h"
#include "out/doc_sections.h"

struct cross {
    const struct item *repeat, *down, *right;
};

static const struct item *choice_item(const struct build *build, const struct item *repeat,
                                      const char *id)
{
    const struct item *item = id ? schema_item(build->plan->schema, id) : NULL;

    return item && item->repeat == repeat && item->type == ITEM_ONE ? item : NULL;
}

/* False when the section does not name a repeat that has rows and two of its choices. */
static bool find_cross(const struct build *build, const struct doc_section *section,
                       struct cross *out)
{
    const char *const *columns = section->columns;

    *out = (struct cross){ .repeat = section->of && section->of[0]
                               ? schema_item(build->plan->schema, section->of[0]) : NULL };
    if (!out->repeat || out->repeat->type != ITEM_REPEAT || !columns || !columns[0] ||
        !engine_is_relevant(build->plan->engine, out->repeat, NULL))
        return false;
    out->down = choice_item(build, out->repeat, columns[0]);
    out->right = choice_item(build, out->repeat, columns[1]);
    return out->down && out->right &&
           answers_row_count(build->plan->answers, out->repeat) > 0;
}

static void cross_cell(struct build *build, const struct cross *cross, const struct choice *down,
                       const struct choice *right)
{
    struct buf numbers = BUF_INIT;

    row_map_cell(build->plan, cross->down, down, cross->right, right, &numbers);
    doc_cell(build->doc, numbers.text);
    buf_free(&numbers);
}

static void cross_headings(struct build *build, const struct cross *cross)
{
    const struct list *list = cross->right->list;
    const char **headings = xcalloc(list->choice_count + 1, sizeof headings[0]);
    struct buf corner = BUF_INIT;

    build_item_name(build, cross->down, &corner);
    buf_add(&corner, " / ");
    build_item_name(build, cross->right, &corner);
    headings[0] = corner.text;
    for (size_t i = 0; i < list->choice_count; i++)
        headings[i + 1] = text_get(&list->choices[i].label, build->tr->lang);
    doc_table(build->doc, BLOCK_MATRIX, NULL, headings, list->choice_count + 1);
    buf_free(&corner);
    free(headings);
}

static void name_rows(struct build *build, const struct item *repeat)
{
    const struct answers *answers = build->plan->answers;

    for (size_t i = 0; i < answers_row_count(answers, repeat); i++) {
        struct buf name = BUF_INIT;
        buf_addf(&name, "%zu: ", i + 1);
        plan_row_name(build->plan, repeat, answers_row_at(answers, repeat, i)->key, build->tr,
                      &name);
        doc_list_item(build->doc, name.text);
        buf_free(&name);
    }
}

void show_cross(struct build *build, const struct doc_section *section)
{
    struct cross cross;

    if (!find_cross(build, section, &cross))
        return;
    cross_headings(build, &cross);
    for (size_t i = cross.down->list->choice_count; i-- > 0;) {
        const struct choice *down = &cross.down->list->choices[i];
        doc_cell(build->doc, text_get(&down->label, build->tr->lang));
        for (size_t j = 0; j < cross.right->list->choice_count; j++)
            cross_cell(build, &cross, down, &cross.right->list->choices[j]);
    }
    name_rows(build, cross.repeat);
}
