/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The rights matrix as questions and answers: people and their roles, who can do something, what
 * is looked at. Roles and their cells are in line_rights_roles.c.
 */
#include "line/line_parts.h"

#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "core/rights_grid_text.h"
#include "core/rights_text.h"

const struct rights *line_rights_now(const struct line *line)
{
    return engine_rights(line->plan->engine);
}

int line_rights_letters(const char *text)
{
    static const char letters[] = "vkmaxhtlr";
    int mask = 0;

    for (; *text; text++) {
        const char *at = strchr(letters, *text | 0x20);
        if (*text == ' ' || *text == ',')
            continue;
        if (!at || !*at)
            return -1;
        mask |= 1 << (at - letters);
    }
    return mask;
}

void line_rights_done(struct line *line, int code, const struct err *err,
                      const struct rights_changed *changed, const char *text)
{
    struct buf said = BUF_INIT;

    if (code) {
        line_say_error(line, err);
        return;
    }
    if (changed)
        rights_changed_text(changed, &line->tr, &said);
    else
        buf_add(&said, text);
    line_say(line, said.text);
    buf_free(&said);
}

/* ---- giving a role ---- */

/* Asks which of the rows named by `name`; -1 for none of them. One alone is not asked about. */
static int ask_row(struct line *line, const char *prompt, size_t count,
                   void (*name)(const struct rights *, int, const struct tr *, struct buf *))
{
    if (count < 2)
        return (int)count - 1;
    for (size_t i = 0; i < count; i++) {
        struct buf text = BUF_INIT;
        name(line_rights_now(line), (int)i, &line->tr, &text);
        line_sayf(line, "  %zu %s", i + 1, text.text);
        buf_free(&text);
    }
    return (int)line_choose(line, prompt, count) - 1;
}

static void give(struct line *line, int person, int role, const struct rights_frame *frame)
{
    struct rights_grant grant = { .person = person, .role = role, .reg = frame->reg, .unit = -1,
                                  .from = line->plan->today, .until = DATE_NONE };
    struct err err = { .tr = &line->tr };
    char key[24];
    int code;

    if (grant.reg < 0)
        grant.reg = ask_row(line, line_text(line, "Number of the register, Enter for none: "),
                            line_rights_now(line)->register_count, rights_register_name);
    if (!line->quit)
        grant.unit = ask_row(line, line_text(line, "Number of the unit, Enter for none: "),
                             line_rights_now(line)->unit_count, rights_unit_name);
    if (line->quit)
        return;
    code = rights_grant(line->plan, &grant, key, &err);
    line_rights_done(line, code, &err, NULL,
                     line_text(line, "The role is given from today."));
}

/* Ends an assignment, or asks its questions. */
static void settle(struct line *line, int assignment)
{
    const struct rights_assignment *of = &line_rights_now(line)->assignments[assignment];
    struct place place = { line->plan->schema->rights->items[RIGHTS_ITEM_ASG_FROM], of->key };
    int today = line->plan->today;
    bool begun = of->from == DATE_NONE || of->from < today;
    struct err err = { .tr = &line->tr };
    size_t answer;

    line_sayf(line, "  1 %s\n  2 %s", line_text(line, "End the role today"),
              line_text(line, "Change the dates, unit or reason"));
    answer = line_choose(line, line_text(line, "Number, Enter goes back: "), 2);
    if (answer == 1) {
        int code = rights_end(line->plan, assignment, begun ? today : today - 1, &err);
        line_rights_done(line, code, &err, NULL,
                         line_text(line, begun ? N_("Today is the last day of the role.")
                                               : N_("The role was taken away.")));
    } else if (answer == 2) {
        line_visit(line, &place);
    }
}

/* ---- people ---- */

static void tell_person(struct line *line, struct rights_grid *grid, size_t row)
{
    for (size_t c = 0; c < grid->col_count; c++) {
        struct rights_grid_cell cell;
        struct buf text = BUF_INIT;
        rights_grid_cell(grid, row, c, &cell);
        rights_role_name(grid->rights, grid->cols[c], &line->tr, &text);
        line_sayf(line, "  %zu %s: %s", c + 1, text.text,
                  line_text(line, cell.text[0] == '+' ? N_("begins later")
                                  : cell.text[0] ? N_("has the role") : N_("no")));
        buf_free(&text);
    }
}

/* One round about a person; false when the user is done with her. */
static bool ask_person(struct line *line, const struct rights_frame *frame, int person)
{
    struct rights_grid grid = { 0 };
    struct buf text = BUF_INIT;
    size_t number;
    int row;

    rights_grid_make(&grid, line_rights_now(line), engine_rights_findings(line->plan->engine),
                     frame);
    row = rights_grid_row_of(&grid, person);
    rights_explain_person(line->plan, person, -1, &line->tr, &text);
    line_say(line, text.text);
    buf_free(&text);
    if (row >= 0)
        tell_person(line, &grid, (size_t)row);
    number = row < 0 ? 0 : line_choose(line, line_text(line, "Number of a role gives it or ends "
                                                             "it, Enter goes back: "),
                                       grid.col_count);
    if (number && line_can_write(line)) {
        int role = grid.cols[number - 1];
        int assignment = rights_grid_assignment(&grid, (size_t)row, number - 1, -1);
        if (assignment < 0)
            give(line, person, role, frame);
        else
            settle(line, assignment);
    }
    rights_grid_free(&grid);
    return number > 0 && !line->quit;
}

static void ask_people(struct line *line, const struct rights_frame *frame)
{
    struct rights_frame people = *frame;

    people.kind = RIGHTS_GRID_PEOPLE;
    while (!line->quit) {
        size_t count = line_rights_now(line)->person_count, number;
        if (!count) {
            line_say(line, line_text(line, "There are no people yet. Add them in the "
                                           "organisation's details."));
            return;
        }
        for (size_t i = 0; i < count; i++) {
            struct buf name = BUF_INIT;
            rights_person_name(line_rights_now(line), (int)i, &line->tr, &name);
            line_sayf(line, "  %zu %s", i + 1, name.text);
            buf_free(&name);
        }
        number = line_choose(line, line_text(line, "Number opens a person, Enter goes back: "),
                             count);
        if (!number)
            return;
        while (ask_person(line, &people, (int)number - 1))
            ;
    }
}

/* ---- who can ---- */

static void ask_who(struct line *line, const struct rights_frame *frame)
{
    const struct rights_data *data = line->plan->schema->rights;
    struct buf text = BUF_INIT;
    size_t group, letter;

    for (int g = 0; g < RIGHTS_GROUP_COUNT; g++) {
        buf_clear(&text);
        rights_group_name(data, g, &line->tr, &text);
        line_sayf(line, "  %d %s", g + 1, text.text);
    }
    group = line_choose(line, line_text(line, "Number of the documents, Enter goes back: "),
                        RIGHTS_GROUP_COUNT);
    for (int i = 0; group && i < RIGHTS_LETTER_COUNT; i++) {
        buf_clear(&text);
        rights_letter_names(data, RIGHTS_BIT(i), &line->tr, &text);
        line_sayf(line, "  %d %s", i + 1, text.text);
    }
    letter = !group ? 0 : line_choose(line, line_text(line, "Number of the right, Enter goes "
                                                            "back: "), RIGHTS_LETTER_COUNT);
    buf_clear(&text);
    if (letter) {
        uint16_t letters = (uint16_t)RIGHTS_BIT(letter - 1);
        rights_who_title(line_rights_now(line), letters, (int)group - 1, &line->tr, &text);
        buf_add_char(&text, '\n');
        rights_who_text(line_rights_now(line), letters, (int)group - 1, frame->reg, &line->tr,
                        &text);
        line_say(line, text.text);
    }
    buf_free(&text);
}

/* ---- what is looked at ---- */

static void ask_frame(struct line *line, struct rights_frame *frame)
{
    const struct rights *rights = line_rights_now(line);
    size_t count = rights->register_count, number;

    line_sayf(line, "  1 %s", line_text(line, "All registers"));
    for (size_t i = 0; i < count; i++) {
        struct buf name = BUF_INIT;
        rights_register_name(rights, (int)i, &line->tr, &name);
        line_sayf(line, "  %zu %s", i + 2, name.text);
        buf_free(&name);
    }
    line_sayf(line, "  %zu %s", count + 2,
              line_text(line, frame->show == RIGHTS_SHOW_GRANTED ? N_("Show everything")
                                                                 : N_("Only what is granted")));
    number = line_choose(line, line_text(line, "Number, Enter goes back: "), count + 2);
    if (number == count + 2)
        frame->show = frame->show == RIGHTS_SHOW_GRANTED ? RIGHTS_SHOW_ALL : RIGHTS_SHOW_GRANTED;
    else if (number)
        frame->reg = (int)number - 2;
}

static void tell_findings(struct line *line, const struct rights_frame *frame)
{
    (void)frame;
    line_problems(line, line->plan->schema->rights->items[RIGHTS_ITEM_ROLE]->form, true);
}

static void accept_warning(struct line *line, const struct rights_frame *frame)
{
    (void)frame;
    if (line_can_write(line))
        line_rights_accept(line);
}

static void add_roles(struct line *line, const struct rights_frame *frame)
{
    (void)frame;
    if (line_can_write(line))
        line_rights_add(line);
}

/* ---- the menu ---- */

static const struct {
    void (*run)(struct line *line, const struct rights_frame *frame);
    const char *label;
} choices[] = {
    { line_rights_roles, N_("Roles and their rights") },
    { ask_people, N_("People and their roles") },
    { ask_who, N_("Who can do something?") },
    { tell_findings, N_("Findings") },
    { add_roles, N_("Add roles from a template") },
    { accept_warning, N_("Accept a warning") },
};

static void tell_menu(struct line *line, const struct rights_frame *frame)
{
    const struct rights_findings *findings = engine_rights_findings(line->plan->engine);
    const struct rights *rights = line_rights_now(line);
    struct buf text = BUF_INIT;

    rights_frame_text(rights, frame, &line->tr, &text);
    line_say(line, "");
    line_sayf(line, line_text(line, "Rights matrix, %s. Roles: %zu, people: %zu. Errors: %zu, "
                                    "warnings: %zu."), text.text, rights->role_count,
              rights->person_count, findings->errors, findings->warnings);
    for (size_t i = 0; i < countof(choices); i++)
        line_sayf(line, "  %zu %s", i + 1, line_text(line, choices[i].label));
    line_sayf(line, "  %zu %s", countof(choices) + 1,
              line_text(line, "Register and filter"));
    buf_free(&text);
}

void line_rights(struct line *line)
{
    struct rights_frame frame = { .reg = -1, .service = -1 };
    size_t number;

    if (!rights_can(line->plan->schema))
        return;
    do {
        if (frame.reg >= (int)line_rights_now(line)->register_count)
            frame.reg = -1;
        tell_menu(line, &frame);
        number = line_choose(line, line_text(line, "Number, Enter goes back: "),
                             countof(choices) + 1);
        if (number > countof(choices))
            ask_frame(line, &frame);
        else if (number)
            choices[number - 1].run(line, &frame);
    } while (number && !line->quit);
}
