/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/row_map.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "core/plan.h"

static bool is_chosen(const struct plan *plan, const struct item *item, const char *row,
                      const struct choice *choice)
{
    const char *value = engine_value(plan->engine, item, row);

    return value && strcmp(value, choice->id) == 0;
}

void row_map_cell(const struct plan *plan, const struct item *down, const struct choice *in_down,
                  const struct item *right, const struct choice *in_right, struct buf *out)
{
    size_t before = out->length, rows = answers_row_count(plan->answers, down->repeat);

    for (size_t i = 0; i < rows; i++) {
        const char *row = answers_row_at(plan->answers, down->repeat, i)->key;
        if (is_chosen(plan, down, row, in_down) && is_chosen(plan, right, row, in_right))
            buf_addf(out, "%s%zu", out->length > before ? ", " : "", i + 1);
    }
}

int row_map_grade_least(const struct list *grades, const struct choice *grade)
{
    int least = 0;

    for (size_t i = 0; i < grades->column_count; i++)
        if (strcmp(grades->columns[i], "least") == 0 && grade->extra && grade->extra[i])
            least = atoi(grade->extra[i]);
    return least;
}

int row_map_grade(const struct list *grades, size_t down, size_t right)
{
    int grade = 0;

    for (size_t i = 0; i < grades->choice_count; i++)
        if ((size_t)row_map_grade_least(grades, &grades->choices[i]) <= down * right)
            grade = (int)i + 1;
    return grade;
}

static bool has_both(const struct plan *plan, const struct item *repeat)
{
    for (size_t i = 0; i < answers_row_count(plan->answers, repeat); i++) {
        const char *row = answers_row_at(plan->answers, repeat, i)->key;
        if (engine_value(plan->engine, repeat->map[0], row) &&
            engine_value(plan->engine, repeat->map[1], row))
            return true;
    }
    return false;
}

static int widest(const struct list *list, enum lang lang)
{
    int most = 0;

    for (size_t i = 0; i < list->choice_count; i++) {
        int width = utf8_width(text_get(&list->choices[i].label, lang));
        most = width > most ? width : most;
    }
    return most;
}

/* The text, filled up with blanks to the columns and two more. */
static void add_padded(struct buf *out, const char *text, int cols)
{
    int blanks = cols + 2 - utf8_width(text);

    buf_add(out, text);
    buf_add_repeat(out, " ", blanks > 1 ? blanks : 1);
}

static void end_line(struct buf *out)
{
    while (out->length && out->text[out->length - 1] == ' ')
        buf_cut(out, out->length - 1);
    buf_add_char(out, '\n');
}

static void add_axes(const struct plan *plan, const struct item *repeat, const struct tr *tr,
                     struct buf *out)
{
    struct buf names[2] = { BUF_INIT, BUF_INIT };

    for (int i = 0; i < 2; i++)
        plan_text(plan, repeat->map[i]->report_label.in[0] ? &repeat->map[i]->report_label
                                                           : &repeat->map[i]->label,
                  tr, &names[i]);
    buf_addf(out, tr_text(tr, N_("↑ %1$s  → %2$s  (numbers of rows)")),
             names[0].text, names[1].text);
    buf_add_char(out, '\n');
    buf_free(&names[0]);
    buf_free(&names[1]);
}

bool row_map_text(const struct plan *plan, const struct item *repeat, const struct tr *tr,
                  struct buf *out)
{
    const struct item *down = repeat->map[0], *right = repeat->map[1];

    if (!down || !right || !has_both(plan, repeat))
        return false;
    int first = widest(down->list, tr->lang), cols = widest(right->list, tr->lang);
    add_axes(plan, repeat, tr, out);
    add_padded(out, "", first);
    for (size_t i = 0; i < right->list->choice_count; i++)
        add_padded(out, text_get(&right->list->choices[i].label, tr->lang), cols);
    end_line(out);
    for (size_t i = down->list->choice_count; i-- > 0;) {
        add_padded(out, text_get(&down->list->choices[i].label, tr->lang), first);
        for (size_t j = 0; j < right->list->choice_count; j++) {
            struct buf cell = BUF_INIT;
            row_map_cell(plan, down, &down->list->choices[i], right, &right->list->choices[j],
                         &cell);
            add_padded(out, cell.length ? cell.text : "\u2013", cols);
            buf_free(&cell);
        }
        end_line(out);
    }
    return true;
}
