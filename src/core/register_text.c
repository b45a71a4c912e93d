/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The check in words: texts of the content with their facts and blanks filled in.
 *
 * Blanks are filled in last and not read again, so that a name in the register is never taken for a
 * mark of the content.
 */
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "core/plan.h"
#include "core/register_plan.h"

static void add_word(const struct plan *plan, const struct register_word *word, bool more,
                     const struct tr *tr, struct buf *out)
{
    if (word)
        plan_text(plan, more ? &word->more : &word->text, tr, out);
}

/* ---- blanks ---- */

static void add_blank(const struct plan *plan, const struct register_finding *finding,
                      enum register_blank blank, const struct tr *tr, struct buf *out)
{
    const struct registers *registers = plan->schema->registers;
    const char *value = finding->blank[blank];
    char day[40] = "";

    if (blank == REGCHECK_BLANK_KIND && value) {
        add_word(plan, register_word_find(registers->kinds, registers->kind_count, value), false,
                 tr, out);
        return;
    }
    if (blank == REGCHECK_BLANK_DATE && value && date_parse_iso(value) != DATE_NONE) {
        date_text(date_parse_iso(value), tr->lang, day, sizeof day);
        value = day;
    }
    buf_add(out, value && *value ? value : "–");
}

static void fill(const struct plan *plan, const struct register_finding *finding,
                 const char *text, const struct tr *tr, struct buf *out)
{
    const char *mark;

    while ((mark = strchr(text, '{'))) {
        size_t length = strcspn(mark + 1, "{}");
        int blank = 0;
        buf_add_n(out, text, (size_t)(mark - text));
        while (blank < REGCHECK_BLANK_COUNT
               && (strlen(register_blank_name((enum register_blank)blank)) != length
                   || strncmp(register_blank_name((enum register_blank)blank), mark + 1, length)))
            blank++;
        if (blank < REGCHECK_BLANK_COUNT && mark[1 + length] == '}') {
            add_blank(plan, finding, (enum register_blank)blank, tr, out);
            text = mark + length + 2;
        } else {
            buf_add_char(out, '{');
            text = mark + 1;
        }
    }
    buf_add(out, text);
}

static void add_filled(const struct plan *plan, const struct register_finding *finding,
                       const struct text *text, const struct tr *tr, struct buf *out)
{
    struct buf expanded = BUF_INIT;

    plan_text(plan, text, tr, &expanded);
    fill(plan, finding, expanded.text, tr, out);
    buf_free(&expanded);
}

static const struct register_wording *wording(const struct plan *plan,
                                              const struct register_finding *finding)
{
    const struct registers *registers = plan->schema->registers;
    const char *id = register_message_id(finding->message);

    for (size_t i = 0; i < registers->message_count; i++)
        if (strcmp(registers->messages[i].id, id) == 0)
            return &registers->messages[i];
    return NULL;
}

/* ---- findings ---- */

struct place register_finding_place(const struct plan *plan,
                                    const struct register_report *report,
                                    const struct register_finding *finding)
{
    static const struct {
        enum register_item company, unit;
    } items[] = {
        [REGCHECK_ABOUT_ALL] = { REGISTER_ITEM_OID, REGISTER_ITEM_UNITS },
        [REGCHECK_ABOUT_OID] = { REGISTER_ITEM_OID, REGISTER_ITEM_UNIT_OID },
        [REGCHECK_ABOUT_NAME] = { REGISTER_ITEM_NAME, REGISTER_ITEM_UNIT_NAME },
        [REGCHECK_ABOUT_ADDRESS] = { REGISTER_ITEM_STREET, REGISTER_ITEM_UNIT_STREET },
        [REGCHECK_ABOUT_ACCESS] = { REGISTER_ITEM_ACCESS_POINT, REGISTER_ITEM_ACCESS_POINT },
    };
    const struct registers *registers = plan->schema->registers;

    if (finding->message == REGCHECK_UNIT_NOT_IN_PLAN)
        return (struct place){ registers->items[REGISTER_ITEM_UNITS], NULL };
    if (finding->message == REGCHECK_OLD_FILE)
        return (struct place){ NULL, NULL };
    if (finding->unit < 0)
        return (struct place){ registers->items[items[finding->about].company], NULL };
    return (struct place){ registers->items[items[finding->about].unit],
                           report->units[finding->unit].key };
}

void register_finding_text(const struct plan *plan, const struct register_report *report,
                           const struct register_finding *finding, const struct tr *tr,
                           struct buf *out)
{
    const struct register_wording *words = wording(plan, finding);

    if (!words)
        return;
    if (finding->unit >= 0) {
        plan_row_name(plan, plan->schema->registers->items[REGISTER_ITEM_UNITS],
                      report->units[finding->unit].key, tr, out);
        buf_add(out, ": ");
    }
    add_filled(plan, finding, &words->message, tr, out);
}

void register_finding_remedy(const struct plan *plan, const struct register_finding *finding,
                             const struct tr *tr, struct buf *out)
{
    const struct register_wording *words = wording(plan, finding);

    if (words)
        add_filled(plan, finding, &words->remedy, tr, out);
}

void register_finding_contacts(const struct plan *plan, const struct register_finding *finding,
                               const struct tr *tr, struct buf *out)
{
    const struct registers *registers = plan->schema->registers;
    const struct register_wording *words = wording(plan, finding);
    const char *between = "";

    for (const char **id = words ? words->contacts : NULL; id && *id; id++) {
        buf_add(out, between);
        add_word(plan, register_word_find(registers->contacts, registers->contact_count, *id),
                 false, tr, out);
        between = "; ";
    }
}

/* ---- the whole ---- */

static const struct register_word *state_word(const struct plan *plan, enum register_state state)
{
    const struct registers *registers = plan->schema->registers;

    return register_word_find(registers->states, registers->state_count, register_state_id(state));
}

void register_state_text(const struct plan *plan, enum register_state state, const struct tr *tr,
                         struct buf *out)
{
    add_word(plan, state_word(plan, state), false, tr, out);
}

void register_state_more(const struct plan *plan, enum register_state state, const struct tr *tr,
                         struct buf *out)
{
    add_word(plan, state_word(plan, state), true, tr, out);
}

void register_note_text(const struct plan *plan, const char *id, const struct tr *tr,
                        struct buf *out)
{
    const struct registers *registers = plan->schema->registers;

    add_word(plan, register_word_find(registers->notes, registers->note_count, id), false, tr, out);
}

void register_day_text(int day, int today, const struct tr *tr, struct buf *out)
{
    int age = today - day;
    char shown[40];

    date_text(day, tr->lang, shown, sizeof shown);
    if (age == 0)
        buf_addf(out, tr_text(tr, "The register is from today, %s."), shown);
    else if (age > 0)
        buf_addf(out, tr_plural(tr, "The register is of %1$s: %2$d day old.",
                                "The register is of %1$s: %2$d days old.", (unsigned long)age),
                 shown, age);
}

void register_age_text(const struct plan *plan, const struct register_report *report,
                       const struct tr *tr, struct buf *out)
{
    char day[40], again[40];

    if (!report->picture.imported)
        return;
    if (report->result.age < 0) {
        buf_add(out, tr_text(tr, "The day of the register file is not known; fetch it again."));
        return;
    }
    register_day_text(report->picture.file_date, plan->today, tr, out);
    buf_add_char(out, ' ');
    date_text(report->result.again, tr->lang, again, sizeof again);
    if (report->result.again > plan->today)
        buf_addf(out, tr_text(tr, "Look again on %s at the latest."), again);
    else
        buf_add(out, tr_text(tr, "Fetch it again now."));
    if (report->from_plan) {
        date_text(report->checked_on, tr->lang, day, sizeof day);
        buf_add_char(out, ' ');
        buf_addf(out, tr_text(tr, "The register is not on this computer: these are the rows that "
                                  "the plan kept on %s."), day);
    }
}

void regcheck_row_text(const struct regcheck_row *row, struct buf *out)
{
    const char *parts[] = { row->name, row->address, row->postcode, row->town, row->oid };
    const char *between = "";

    for (size_t i = 0; i < countof(parts); i++) {
        if (!parts[i] || !*parts[i])
            continue;
        buf_addf(out, "%s%s", between, parts[i]);
        between = parts[i] == row->postcode ? " " : ", ";
    }
}

void register_beside_text(const struct plan *plan, const struct regcheck_row *row,
                          const struct item *item, const char *answer, const struct tr *tr,
                          struct buf *out)
{
    const char *value = register_plan_value(plan, row, item);
    bool same = value && register_plan_agrees(plan, item, answer, value);

    if (!value) {
        buf_add(out, tr_text(tr, "The register has no row for this."));
        return;
    }
    buf_addf(out, "%s: ", tr_text(tr, "In the register"));
    if (item->type == ITEM_OID)
        regcheck_row_text(row, out);
    else
        buf_add(out, value);
    buf_addf(out, " – %s.", tr_text(tr, same ? N_("the same") : *answer ? N_("differs")
                                                             : N_("not answered yet")));
}
