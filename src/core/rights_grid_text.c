/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/rights_grid_text.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/tr.h"
#include "core/plan.h"
#include "core/rights_text.h"

/* ---- what is looked at ---- */

void rights_who_title(const struct rights *rights, uint16_t letters, int group,
                      const struct tr *tr, struct buf *out)
{
    buf_addf(out, "%s ", tr_text(tr, N_("Who can:")));
    rights_letter_names(rights->data, letters, tr, out);
    buf_add(out, ", ");
    rights_group_name(rights->data, group, tr, out);
}

void rights_frame_text(const struct rights *rights, const struct rights_frame *frame,
                       const struct tr *tr, struct buf *out)
{
    if (frame->service >= 0)
        buf_add(out, text_get(&rights->data->service_tasks->choices[frame->service].label,
                              tr->lang));
    else if (frame->reg >= 0 && frame->reg < (int)rights->register_count)
        rights_register_name(rights, frame->reg, tr, out);
    else
        buf_add(out, tr_text(tr, N_("all registers")));
    if (frame->show == RIGHTS_SHOW_GRANTED)
        buf_addf(out, ", %s", tr_text(tr, N_("only what is granted")));
    else if (frame->show == RIGHTS_SHOW_MARKED)
        buf_addf(out, ", %s", tr_text(tr, N_("only what is marked")));
}

/* ---- who ---- */

static void add_where(const struct rights *rights, const struct rights_assignment *of,
                      const struct tr *tr, struct buf *out)
{
    if (of->unit >= 0) {
        buf_add(out, "; ");
        rights_unit_name(rights, of->unit, tr, out);
    }
    if (of->reg >= 0) {
        buf_add(out, "; ");
        rights_register_name(rights, of->reg, tr, out);
    }
    rights_days_text(of, tr, out);
}

void rights_who_text(const struct rights *rights, uint16_t letters, int group, int reg,
                     const struct tr *tr, struct buf *out)
{
    struct rights_found found = { 0 };

    rights_who(rights, letters, group, reg, rights->today, &found);
    for (size_t i = 0; i < found.count; i++) {
        if (i)
            buf_add_char(out, '\n');
        rights_assignment_name(rights, found.at[i], tr, out);
        add_where(rights, &rights->assignments[found.at[i]], tr, out);
    }
    if (!found.count)
        buf_add(out, tr_text(tr, N_("Nobody has this right today.")));
    rights_found_free(&found);
}

/* How many people have the role today. */
static unsigned long people_of(const struct rights *rights, int role)
{
    unsigned long people = 0;

    for (int a = rights->roles[role].first_assignment; a >= 0;
         a = rights->assignments[a].next_of_role) {
        int first = rights_active(rights, a, rights->today)
                        ? rights_between(rights, rights->assignments[a].person, role, -1) : -1;
        while (first >= 0 && first != a && !rights_active(rights, first, rights->today))
            first = rights_between(rights, rights->assignments[a].person, role, first);
        people += first == a;
    }
    return people;
}

/* ---- a cell in short ---- */

static void add_cell(const struct rights *rights, int role, int group, uint16_t letters,
                     const struct tr *tr, struct buf *out)
{
    rights_role_name(rights, role, tr, out);
    buf_add(out, " × ");
    rights_group_name(rights->data, group, tr, out);
    buf_add(out, ": ");
    if (letters)
        rights_letter_names(rights->data, letters, tr, out);
    else
        buf_add(out, tr_text(tr, N_("no rights")));
}

void rights_cell_brief(const struct plan *plan, int role, int group, int reg,
                       const struct tr *tr, struct buf *out)
{
    const struct rights *rights = engine_rights(plan->engine);
    unsigned long people = people_of(rights, role);
    struct buf ceiling = BUF_INIT;
    struct rights_cell cell;
    const char *mark;
    char letters[24];

    rights_cell(rights, role, group, reg, &cell);
    mark = rights_mark_words(rights_mark(&cell));
    add_cell(rights, role, group, cell.letters, tr, out);
    rights_letters(cell.ceiling, letters);
    rights_ceiling_text(plan, role, group, reg, tr, &ceiling);
    buf_addf(out, "\n%s %s%s", tr_text(tr, N_("Ceiling:")), letters, *letters ? ", " : "");
    buf_add_n(out, ceiling.text, strcspn(ceiling.text, "\n"));
    buf_addf(out, "\n%s ", tr_text(tr, N_("Who has it:")));
    buf_addf(out, tr_plural(tr, "%lu person", "%lu people", people), people);
    buf_addf(out, ". %s %s", tr_text(tr, N_("Where from:")),
             tr_text(tr, rights_origin_words(cell.origin)));
    if (*mark && cell.origin != RIGHTS_ORIGIN_TEMPLATE)
        buf_addf(out, ". %c %s", rights_mark(&cell), tr_text(tr, mark));
    buf_free(&ceiling);
}

void rights_people_brief(const struct rights_grid *grid, size_t row, size_t col,
                         const struct tr *tr, struct buf *out)
{
    const struct rights *rights = grid->rights;
    int a = rights_grid_assignment(grid, row, col, -1);

    rights_person_name(rights, grid->rows[row], tr, out);
    buf_add(out, " × ");
    rights_role_name(rights, grid->cols[col], tr, out);
    if (a < 0)
        buf_addf(out, ": %s", tr_text(tr, N_("does not have the role")));
    for (; a >= 0; a = rights_grid_assignment(grid, row, col, a)) {
        const struct rights_assignment *of = &rights->assignments[a];
        buf_addf(out, "\n%s", tr_text(tr, rights_active(rights, a, rights->today)
                                              ? N_("in force") : N_("not yet in force")));
        add_where(rights, of, tr, out);
        if (of->reason)
            buf_addf(out, "; %s", of->reason);
    }
}

void rights_grid_finding(const struct rights_grid *grid,
                         const struct rights_findings *findings, size_t row, size_t col,
                         const struct tr *tr, struct buf *out)
{
    const struct rights *rights = grid->rights;
    int at = grid->frame.kind == RIGHTS_GRID_ROLES
                 ? rights_finding_of_cell(rights, findings, grid->rows[row], grid->cols[col], 0)
                 : rights_finding_of_person(rights, findings, grid->rows[row], 0);

    if (at < 0 || findings->at[at].severity == SEVERITY_NOTE)
        return;
    buf_add(out, findings->at[at].severity == SEVERITY_ERROR ? "! " : "? ");
    rights_finding_text(rights, &findings->at[at], tr, out);
}

/* ---- comparing ---- */

static void add_difference(const struct rights *rights, int group, uint16_t mine, uint16_t other,
                           const struct tr *tr, struct buf *out)
{
    char here[24], there[24], text[24];

    rights_letters(mine, here);
    rights_letters(other, there);
    buf_add_char(out, '\n');
    rights_group_name(rights->data, group, tr, out);
    buf_addf(out, ": %s | %s", *here ? here : "–", *there ? there : "–");
    rights_letters(mine & ~other, text);
    if (*text)
        buf_addf(out, tr_text(tr, N_("; only the first: %s")), text);
    rights_letters(other & ~mine, text);
    if (*text)
        buf_addf(out, tr_text(tr, N_("; only the second: %s")), text);
}

static void add_differences(const struct rights *rights, const uint16_t *mine,
                            const uint16_t *other, const struct tr *tr, struct buf *out)
{
    bool any = false;

    for (int g = 0; g < RIGHTS_GROUP_COUNT; g++)
        if (mine[g] != other[g]) {
            add_difference(rights, g, mine[g], other[g], tr, out);
            any = true;
        }
    if (!any)
        buf_addf(out, "\n%s", tr_text(tr, N_("There is no difference in the rights.")));
}

void rights_compare_role(const struct rights *rights, int role, int other, const struct tr *tr,
                         struct buf *out)
{
    static const uint16_t nothing[RIGHTS_GROUP_COUNT];
    const struct rights_template *template = rights->roles[role].template;

    rights_role_name(rights, role, tr, out);
    buf_add(out, " | ");
    if (other >= 0)
        rights_role_name(rights, other, tr, out);
    else if (template)
        buf_addf(out, "%s: %s", tr_text(tr, N_("template")),
                 text_get(&template->choice->label, tr->lang));
    else
        buf_add(out, tr_text(tr, N_("no template")));
    add_differences(rights, rights->roles[role].cells,
                    other >= 0 ? rights->roles[other].cells
                    : template ? template->cells : nothing, tr, out);
}

void rights_compare_person(const struct rights *rights, int person, int other,
                           const struct tr *tr, struct buf *out)
{
    uint16_t mine[RIGHTS_GROUP_COUNT], others[RIGHTS_GROUP_COUNT];

    rights_person_name(rights, person, tr, out);
    buf_add(out, " | ");
    rights_person_name(rights, other, tr, out);
    rights_of_person(rights, person, -1, rights->today, mine);
    rights_of_person(rights, other, -1, rights->today, others);
    add_differences(rights, mine, others, tr, out);
}

/* ---- signs ---- */

void rights_legend(const struct rights *rights, const struct tr *tr, struct buf *out)
{
    static const struct {
        const char *sign, *words;
    } signs[] = {
        { "!", N_("an error, or over the ceiling") },
        { "?", N_("a warning, or allowed on a condition only") },
        { "*", N_("an exception is about this") },
        { "t", N_("ends on a set day") },
        { "~", N_("from the template, not confirmed yet") },
        { "-", N_("the decree allows nothing here") },
        { "·", N_("no rights") },
        { "X", N_("has the role; a number: several times") },
        { "+", N_("gets the role later") },
    };
    const struct list *letters = rights->data->letters;
    char text[24];

    for (size_t i = 0; i < countof(signs); i++)
        buf_addf(out, "%s %s\n", signs[i].sign, tr_text(tr, signs[i].words));
    for (int i = 0; i < RIGHTS_LETTER_COUNT; i++) {
        rights_letters(RIGHTS_BIT(i), text);
        buf_addf(out, "%s%s %s: %s", i ? "\n" : "", text,
                 text_get(&letters->choices[i].label, tr->lang),
                 text_get(&letters->choices[i].hint, tr->lang));
    }
}

void rights_changed_text(const struct rights_changed *changed, const struct tr *tr,
                         struct buf *out)
{
    buf_addf(out, tr_plural(tr, "%d cell changed.", "%d cells changed.",
                            (unsigned long)changed->cells), changed->cells);
    if (!changed->left_out)
        return;
    buf_add_char(out, ' ');
    buf_addf(out, tr_plural(tr, "The ceiling left something out of %d cell.",
                            "The ceiling left something out of %d cells.",
                            (unsigned long)changed->left_out), changed->left_out);
}
