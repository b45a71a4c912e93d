/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The organisation register in line mode: what it says about an answer, the check of all codes,
 * the search whose rows can be picked. Questions and answers only.
 */
#include "line/line_parts.h"

#include <string.h>

#include "base/mem.h"
#include "core/register_plan.h"

enum { FOUND_MAX = 20 };

/* ---- beside an answer ---- */

static bool is_compared(const struct line *line, const struct place *place)
{
    const struct registers *registers = line->plan->schema->registers;

    return registers && place->item->form == registers->items[REGISTER_ITEM_UNIT_OID]->form
        && register_plan_compares(line->plan, place->item);
}

/* `*offer` gets what the register says, when taking it would change the answer. */
static void tell_beside(struct line *line, const struct place *place,
                        const struct register_report *report, struct buf *offer)
{
    const struct regcheck_row *row = register_plan_row(line->plan, report, place->item,
                                                       place->row);
    const char *value = register_plan_value(line->plan, row, place->item);
    const char *now = answers_value(line->plan->answers, place->item, place->row);
    struct buf text = BUF_INIT;

    register_beside_text(line->plan, row, place->item, now ? now : "", &line->tr, &text);
    if (value && (!now || strcmp(now, value) != 0) && !plan_read_only(line->plan)) {
        buf_add(offer, value);
        buf_addf(&text, " %s", line_text(line, "* takes it into the plan."));
    }
    line_say(line, text.text);
    buf_free(&text);
}

bool line_tell_register(struct line *line, const struct place *place, struct buf *offer)
{
    struct register_report report = { 0 };
    struct err err = { .tr = &line->tr };

    buf_clear(offer);
    if (!is_compared(line, place))
        return false;
    register_plan_check(line->plan, line->hooks->registers, &report, &err);
    if (report.picture.imported)
        tell_beside(line, place, &report, offer);
    else if (place->item->type == ITEM_OID)
        line_say(line, line_text(line, "The register has not been imported: only the form of the "
                                       "code is checked."));
    register_report_free(&report);
    return true;
}

/* ---- the check ---- */

static void tell_buf(struct line *line, const char *before, const struct buf *text)
{
    if (text->length)
        line_sayf(line, "%s%s", before, text->text);
}

static void tell_state(struct line *line, const struct register_report *report)
{
    struct buf text = BUF_INIT;

    line_say(line, "");
    register_state_text(line->plan, report->result.state, &line->tr, &text);
    buf_add(&text, ". ");
    register_state_more(line->plan, report->result.state, &line->tr, &text);
    tell_buf(line, "", &text);
    buf_clear(&text);
    register_age_text(line->plan, report, &line->tr, &text);
    tell_buf(line, "", &text);
    buf_clear(&text);
    register_note_text(line->plan, "where", &line->tr, &text);
    tell_buf(line, "", &text);
    buf_free(&text);
}

static void tell_finding(struct line *line, const struct register_report *report, size_t number)
{
    static const char *const words[] = {
        [SEVERITY_ERROR] = N_("error"), [SEVERITY_WARNING] = N_("warning"),
        [SEVERITY_NOTE] = N_("note"),
    };
    const struct register_finding *finding = &report->result.at[number];
    struct buf text = BUF_INIT;

    buf_addf(&text, "  %zu %s: ", number + 1, line_text(line, words[finding->severity]));
    register_finding_text(line->plan, report, finding, &line->tr, &text);
    line_say(line, text.text);
    buf_clear(&text);
    register_finding_remedy(line->plan, finding, &line->tr, &text);
    tell_buf(line, "    ", &text);
    buf_clear(&text);
    register_finding_contacts(line->plan, finding, &line->tr, &text);
    line_sayf(line, "    %s %s", line_text(line, "Ask:"), text.text);
    buf_free(&text);
}

/* Takes what the register says, when the user wants it; else goes to the question. */
static void settle(struct line *line, const struct register_report *report, size_t number)
{
    const struct register_finding *finding = &report->result.at[number];
    struct place place = register_finding_place(line->plan, report, finding);
    struct err err = { .tr = &line->tr };
    int taken = 0;

    if (!plan_read_only(line->plan) && register_plan_can_take(line->plan, report, finding)
        && line_confirm(line, line_text(line, "Take what the register says into the plan? Yes or "
                                              "no: "))) {
        if (register_plan_take(line->plan, report, finding, &taken, &err))
            line_say_error(line, &err);
        else
            line_say(line, line_text(line, "Taken from the register. Undo takes it back."));
    } else if (!line->quit && place.item) {
        line_visit(line, &place);
    }
}

/* ---- the search ---- */

static void add_row(struct line *line, const struct regcheck_row *row)
{
    struct err err = { .tr = &line->tr };
    bool added = false;

    if (register_plan_add(line->plan, row, &added, &err))
        line_say_error(line, &err);
    else
        line_sayf(line, "%s: %s", line_text(line, added ? N_("Taken into the plan")
                                                        : N_("The plan has this already")),
                  row->name ? row->name : row->oid);
}

/* Tells what was found and takes the row with the number that is given. */
static void pick_row(struct line *line, const struct register_picture *found)
{
    struct buf text = BUF_INIT;
    size_t number;

    for (size_t i = 0; i < found->count; i++) {
        buf_clear(&text);
        regcheck_row_text(&found->rows[i], &text);
        line_sayf(line, "  %zu %s%s", i + 1, text.text,
                  regcheck_row_in_force(&found->rows[i], line->plan->today)
                      ? "" : line_text(line, " (not in force)"));
    }
    number = line_ask_number(
        line, line_text(line, "Number takes the unit into the plan, Enter goes back: "),
        found->count);
    if (number && !plan_read_only(line->plan))
        add_row(line, &found->rows[number - 1]);
    buf_free(&text);
}

static void search(struct line *line, const char *words)
{
    const struct register_lookup *registers = line->hooks->registers;
    struct register_picture found = { 0 }, copy = { 0 };
    struct arena *arena = arena_new();
    struct err err = { .tr = &line->tr };

    if (registers->find(registers->data, words, FOUND_MAX, &found, &err)) {
        line_say_error(line, &err);
    } else if (found.count == 0) {
        line_say(line, line_text(line, "Nothing was found."));
    } else {
        register_picture_copy(&copy, &found, arena);
        pick_row(line, &copy);
    }
    arena_free(arena);
}

/* ---- the conversation ---- */

static const char *prompt(const struct line *line)
{
    return line_text(line, line->hooks->importer
        ? N_("Number corrects the matter, a word searches the register, + brings the register in "
             "from a file, Enter goes back to the task list: ")
        : N_("Number corrects the matter, a word searches the register, Enter goes back to the "
             "task list: "));
}

/* One round: tells the check and hears what to do. False when the user goes away. */
static bool check_round(struct line *line)
{
    struct register_report report = { 0 };
    struct saying saying = { .text = BUF_INIT };
    struct err err = { .tr = &line->tr };
    size_t number;
    bool again;

    if (register_plan_check(line->plan, line->hooks->registers, &report, &err)
        || register_plan_keep(line->plan, &report, &err))
        line_say_error(line, &err);
    tell_state(line, &report);
    for (size_t i = 0; i < report.result.count; i++)
        tell_finding(line, &report, i);
    line_listen(line, prompt(line), &saying);
    again = saying.said == SAID_TEXT && !line->quit;
    number = line_number(saying.text.text, report.result.count);
    if (again && number)
        settle(line, &report, number - 1);
    else if (again && line->hooks->importer && strcmp(saying.text.text, "+") == 0)
        line_register_load(line);
    else if (again && report.picture.imported && line->hooks->registers
             && line->hooks->registers->find)
        search(line, saying.text.text);
    else if (again)
        line_say(line, line_text(line, "The register has not been imported."));
    buf_free(&saying.text);
    register_report_free(&report);
    return again && !line->quit;
}

void line_register(struct line *line)
{
    if (!register_plan_can(line->plan)) {
        line_say(line, line_text(line, "There is nothing to do now."));
        return;
    }
    while (check_round(line))
        ;
}
