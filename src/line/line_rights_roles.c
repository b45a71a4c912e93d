/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Roles and their cells in line mode.
 */
#include "line/line_parts.h"

#include <string.h>

#include "core/rights_grid_text.h"
#include "core/rights_text.h"

enum { ALL_GROUPS = (1 << RIGHTS_GROUP_COUNT) - 1 };

/* A grid of roles as they are now. */
static void look(struct line *line, const struct rights_frame *frame, struct rights_grid *grid)
{
    rights_grid_make(grid, line_rights_now(line), engine_rights_findings(line->plan->engine),
                     frame);
}

static void tell_signs(struct line *line)
{
    struct buf text = BUF_INIT;

    rights_legend(line_rights_now(line), &line->tr, &text);
    line_say(line, text.text);
    buf_free(&text);
}

/* ---- one cell ---- */

static void set_letters(struct line *line, int role, int group, const char *text)
{
    uint16_t now = line_rights_now(line)->roles[role].cells[group];
    int letters = line_rights_letters(text + (*text == '+' || *text == '-'));
    struct err err = { .tr = &line->tr };
    struct rights_cell cell;
    struct buf said = BUF_INIT;
    char shown[24];
    int code;

    if (strcmp(text, "0") == 0)
        letters = 0;
    if (letters < 0) {
        line_sayf(line, line_text(line, "\"%s\" is no right. Give letters among v k m a x h t l "
                                        "r."), text);
        return;
    }
    letters = *text == '+' ? now | letters : *text == '-' ? now & ~letters : letters;
    code = rights_set_cell(line->plan, role, group, (uint16_t)letters, &err);
    rights_cell(line_rights_now(line), role, group, -1, &cell);
    rights_letters(cell.letters, shown);
    buf_addf(&said, line_text(line, "Saved: %s."), *shown ? shown : line_text(line, "no rights"));
    rights_letters(cell.over, shown);
    if (*shown) {
        buf_add_char(&said, ' ');
        buf_addf(&said, line_text(line, "%s is over the ceiling. It is saved, but has to go "
                                        "before the rights are approved."), shown);
    }
    line_rights_done(line, code, &err, NULL, said.text);
    buf_free(&said);
}

/* The rights of the cell into its row ('*') or column ('#'). */
static void fill(struct line *line, const struct rights_frame *frame, int role, int group,
                 bool row)
{
    struct rights_grid grid = { 0 };
    struct rights_changed changed = { 0 };
    struct err err = { .tr = &line->tr };
    struct rights_block block;
    size_t r, c;
    int code;

    look(line, frame, &grid);
    r = (size_t)rights_grid_row_of(&grid, role);
    c = (size_t)rights_grid_col_of(&grid, group);
    block = row ? rights_grid_block(&grid, r, r, 0, grid.col_count - 1)
                : rights_grid_block(&grid, 0, grid.row_count - 1, c, c);
    code = rights_fill_block(line->plan, &block, line_rights_now(line)->roles[role].cells[group],
                             RIGHTS_FILL_SET, &changed, &err);
    line_rights_done(line, code, &err, &changed, NULL);
    rights_grid_free(&grid);
}

static void confirm(struct line *line, int role, unsigned groups)
{
    struct err err = { .tr = &line->tr };
    int code = rights_confirm(line->plan, role, groups, &err);

    line_rights_done(line, code, &err, NULL, line_text(line, "Confirmed as it stands."));
}

static void act_on_cell(struct line *line, const struct rights_frame *frame, int role, int group,
                        const struct saying *saying)
{
    const char *text = saying->said == SAID_UNSURE ? "x" : saying->text.text;

    if (!line_can_write(line))
        return;
    if (saying->said == SAID_STATUS)
        confirm(line, role, RIGHTS_BIT(group));
    else if (saying->said == SAID_CLEAR)
        set_letters(line, role, group, "0");
    else if (strcmp(text, "*") == 0 || strcmp(text, "#") == 0)
        fill(line, frame, role, group, *text == '*');
    else
        set_letters(line, role, group, text);
}

static void ask_cell(struct line *line, const struct rights_frame *frame, int role, int group)
{
    struct saying saying = { .text = BUF_INIT };
    struct buf text = BUF_INIT;

    rights_explain_cell(line->plan, role, group, frame->reg, &line->tr, &text);
    line_say(line, text.text);
    do {
        line_listen(line, line_text(line, "Rights as letters (v k), +m adds, -m takes away, ! "
                                          "clears, = confirms, * fills the row, # the column, ? "
                                          "explains, Enter goes back: "), &saying);
        if (saying.said == SAID_HELP)
            tell_signs(line);
    } while (saying.said == SAID_HELP);
    if (saying.said == SAID_TEXT || saying.said == SAID_STATUS || saying.said == SAID_CLEAR
        || saying.said == SAID_UNSURE)
        act_on_cell(line, frame, role, group, &saying);
    buf_free(&saying.text);
    buf_free(&text);
}

/* ---- one role ---- */

static void tell_cells(struct line *line, struct rights_grid *grid, size_t row)
{
    for (size_t c = 0; c < grid->col_count; c++) {
        struct rights_grid_cell cell;
        struct rights_cell of;
        struct buf text = BUF_INIT;
        const char *mark;
        rights_grid_cell(grid, row, c, &cell);
        rights_cell(grid->rights, grid->rows[row], grid->cols[c], grid->frame.reg, &of);
        mark = rights_mark_words(rights_mark(&of));
        buf_addf(&text, "  %zu ", c + 1);
        rights_group_name(grid->rights->data, grid->cols[c], &line->tr, &text);
        buf_addf(&text, ": %s", cell.letters ? cell.text : line_text(line, "no rights"));
        if (*mark)
            buf_addf(&text, " (%s)", line_text(line, mark));
        if (cell.mark == '!' || cell.mark == '?')
            buf_addf(&text, " %c", cell.mark);
        line_say(line, text.text);
        buf_free(&text);
    }
}

/* The number of another role, 0 for none. */
static size_t ask_role(struct line *line, const char *prompt)
{
    const struct rights *rights = line_rights_now(line);

    for (size_t i = 0; i < rights->role_count; i++) {
        struct buf name = BUF_INIT;
        rights_role_name(rights, (int)i, &line->tr, &name);
        line_sayf(line, "  %zu %s", i + 1, name.text);
        buf_free(&name);
    }
    return line_choose(line, prompt, rights->role_count);
}

static void compare(struct line *line, int role)
{
    size_t other = ask_role(line, line_text(line, "Number of the role to compare with, Enter "
                                                  "compares with the template: "));
    struct buf text = BUF_INIT;

    if (!line->quit)
        rights_compare_role(line_rights_now(line), role, (int)other - 1, &line->tr, &text);
    line_say(line, text.text);
    buf_free(&text);
}

static void copy(struct line *line, int role)
{
    size_t other = ask_role(line, line_text(line, "Number of the role whose rights are copied "
                                                  "here, Enter goes back: "));
    uint16_t cells[RIGHTS_GROUP_COUNT];
    struct rights_changed changed = { 0 };
    struct err err = { .tr = &line->tr };
    int code;

    if (!other)
        return;
    memcpy(cells, line_rights_now(line)->roles[other - 1].cells, sizeof cells);
    code = rights_paste_row(line->plan, role, cells, &changed, &err);
    line_rights_done(line, code, &err, &changed, NULL);
}

static void reset(struct line *line, int role)
{
    struct err err = { .tr = &line->tr };
    int code = rights_reset(line->plan, role, ALL_GROUPS, &err);

    line_rights_done(line, code, &err, NULL,
                     line_text(line, "The row is as in the template again, and not confirmed."));
}

/* What was said about a role as a whole; returns whether to go on with it. */
static bool act_on_role(struct line *line, const struct rights_frame *frame, int role,
                        const struct rights_grid *grid, const struct saying *saying)
{
    const char *text = saying->text.text;
    size_t number = saying->said == SAID_TEXT ? line_number(text, grid->col_count) : 0;

    if (number)
        ask_cell(line, frame, role, grid->cols[number - 1]);
    else if (saying->said == SAID_TEXT && strcmp(text, "d") == 0)
        compare(line, role);
    else if (saying->said == SAID_NOTHING || saying->said == SAID_BACK || saying->said == SAID_LIST
             || saying->said == SAID_END)
        return false;
    else if (saying->said == SAID_HELP)
        tell_signs(line);
    else if (saying->said == SAID_STATUS && line_can_write(line))
        confirm(line, role, ALL_GROUPS);
    else if (saying->said == SAID_TEXT && strcmp(text, "u") == 0)
        line_undo(line, false);
    else if (saying->said == SAID_TEXT && strcmp(text, "c") == 0 && line_can_write(line))
        copy(line, role);
    else if (saying->said == SAID_TEXT && strcmp(text, "t") == 0 && line_can_write(line))
        reset(line, role);
    return !line->quit;
}

static bool ask_one(struct line *line, const struct rights_frame *frame, int role)
{
    struct saying saying = { .text = BUF_INIT };
    struct rights_grid grid = { 0 };
    struct buf name = BUF_INIT;
    bool more = false;
    int row;

    look(line, frame, &grid);
    row = rights_grid_row_of(&grid, role);
    if (row >= 0) {
        rights_role_name(grid.rights, role, &line->tr, &name);
        line_sayf(line, "%s:", name.text);
        tell_cells(line, &grid, (size_t)row);
        line_listen(line, line_text(line, "Number opens a cell, = confirms all as they stand, d "
                                          "compares, c copies another role's rights here, t goes "
                                          "back to the template, u undoes, ? explains, Enter goes "
                                          "back: "), &saying);
        more = act_on_role(line, frame, role, &grid, &saying);
    }
    buf_free(&saying.text);
    buf_free(&name);
    rights_grid_free(&grid);
    return more;
}

/* ---- the roles ---- */

static void tell_roles(struct line *line, struct rights_grid *grid)
{
    for (size_t r = 0; r < grid->row_count; r++) {
        struct buf text = BUF_INIT;
        char mark = rights_grid_row_mark(grid, r);
        rights_role_name(grid->rights, grid->rows[r], &line->tr, &text);
        buf_add_char(&text, ':');
        for (size_t c = 0; c < grid->col_count; c++) {
            struct rights_grid_cell cell;
            rights_grid_cell(grid, r, c, &cell);
            if (cell.letters)
                buf_addf(&text, " D%02d %s", grid->cols[c] + 1, cell.text);
        }
        if (mark != ' ')
            buf_addf(&text, " %c", mark);
        line_sayf(line, "  %zu %s", r + 1, text.text);
        buf_free(&text);
    }
}

void line_rights_roles(struct line *line, const struct rights_frame *frame)
{
    size_t number;

    do {
        struct rights_grid grid = { 0 };
        int role;
        look(line, frame, &grid);
        tell_roles(line, &grid);
        if (!grid.row_count)
            line_say(line, line_text(line, "There are no roles to show."));
        number = grid.row_count
                     ? line_choose(line, line_text(line, "Number opens a role, Enter goes back: "),
                                   grid.row_count) : 0;
        role = number ? grid.rows[number - 1] : -1;
        rights_grid_free(&grid);
        while (role >= 0 && ask_one(line, frame, role))
            ;
    } while (number && !line->quit);
}

/* ---- adding ---- */

static void add_one(struct line *line)
{
    const struct rights_data *data = line->plan->schema->rights;
    struct err err = { .tr = &line->tr };
    char key[24];
    size_t number;

    for (size_t i = 0; i < data->template_count; i++)
        line_sayf(line, "  %zu %s", i + 1,
                  text_get(&data->templates[i].choice->label, line->tr.lang));
    number = line_choose(line, line_text(line, "Number of the template, Enter goes back: "),
                         data->template_count);
    if (!number)
        return;
    line_rights_done(line,
                     rights_add_template(line->plan, &data->templates[number - 1], &line->tr, key,
                                         &err), &err, NULL, line_text(line, "The role was added."));
}

static void add_all(struct line *line, const char *provider)
{
    struct err err = { .tr = &line->tr };
    struct buf text = BUF_INIT;
    int added = 0, code = rights_add_provider(line->plan, provider, &line->tr, &added, &err);

    buf_addf(&text, line_plural(line, "%d role was added.", "%d roles were added.",
                                (size_t)added), added);
    line_rights_done(line, code, &err, NULL, text.text);
    buf_free(&text);
}

void line_rights_add(struct line *line)
{
    const struct list *providers = line->plan->schema->rights->providers;
    size_t number, count = providers->choice_count;

    line_say(line, line_text(line, "A template is a proposal within the ceiling of the decree. You "
                                   "confirm or change each cell."));
    for (size_t i = 0; i < count; i++)
        line_sayf(line, "  %zu %s", i + 1, text_get(&providers->choices[i].label, line->tr.lang));
    line_sayf(line, "  %zu %s", count + 1, line_text(line, "One role from a template"));
    number = line_choose(line, line_text(line, "Number, Enter goes back: "), count + 1);
    if (number == count + 1)
        add_one(line);
    else if (number)
        add_all(line, providers->choices[number - 1].id);
}
