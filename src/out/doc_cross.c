/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The rows of a repeat by two of their choices, as a matrix (core/row_map.h). A cell has the
 * numbers of its rows, which the list below names; in a map of risks also its grade, by which it is
 * shaded.
 */
#include <stdio.h>
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
    const struct list *grades;        /* or NULL */
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
    if (section->grades)
        out->grades = schema_list(build->plan->schema, section->grades);
    if (!out->repeat || out->repeat->type != ITEM_REPEAT || !columns || !columns[0] ||
        !engine_is_relevant(build->plan->engine, out->repeat, NULL))
        return false;
    out->down = choice_item(build, out->repeat, columns[0]);
    out->right = choice_item(build, out->repeat, columns[1]);
    return out->down && out->right &&
           answers_row_count(build->plan->answers, out->repeat) > 0;
}

/* "Severe (9)", and below it the numbers of its rows. */
static void graded_cell(struct build *build, const struct list *grades, size_t down, size_t right,
                        const char *numbers)
{
    int grade = row_map_grade(grades, down, right);
    struct buf text = BUF_INIT;

    if (grade > 0)
        buf_addf(&text, "%s ", text_get(&grades->choices[grade - 1].label, build->tr->lang));
    buf_addf(&text, "(%zu)", down * right);
    if (*numbers) {
        buf_add_char(&text, '\n');
        buf_addf(&text, tr_text(build->tr, N_("no. %s")), numbers);
    }
    doc_shaded_cell(build->doc, text.text, grade < SHADE_MOST ? grade : SHADE_MOST);
    buf_free(&text);
}

/* The cell of the two choices at these places. */
static void cross_cell(struct build *build, const struct cross *cross, size_t down, size_t right)
{
    struct buf numbers = BUF_INIT;

    row_map_cell(build->plan, cross->down, &cross->down->list->choices[down], cross->right,
                 &cross->right->list->choices[right], &numbers);
    if (cross->grades)
        graded_cell(build, cross->grades, down + 1, right + 1, numbers.text);
    else
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
        char number[24];
        snprintf(number, sizeof number, "%zu.", i + 1);
        plan_row_name(build->plan, repeat, answers_row_at(answers, repeat, i)->key, build->tr,
                      &name);
        doc_block(build->doc, BLOCK_LIST_ITEM, name.text, number, NULL);
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
        doc_cell(build->doc, text_get(&cross.down->list->choices[i].label, build->tr->lang));
        for (size_t j = 0; j < cross.right->list->choice_count; j++)
            cross_cell(build, &cross, i, j);
    }
    name_rows(build, cross.repeat);
}
