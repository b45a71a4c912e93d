/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/rights_grid.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"

enum { SIGN_NONE, SIGN_WARNING, SIGN_ERROR };
enum { PEOPLE_COLS = 10, ROLE_COLS_MIN = 4 };

/* ---- findings ---- */

static void note_sign(unsigned char *sign, enum severity severity)
{
    unsigned char worst = severity == SEVERITY_ERROR     ? SIGN_ERROR
                        : severity == SEVERITY_WARNING ? SIGN_WARNING : SIGN_NONE;

    if (worst > *sign)
        *sign = worst;
}

/* The assignment that the finding is about, or -1. */
static int assignment_of(const struct rights *rights, const struct rights_finding *finding)
{
    if (finding->about == RIGHTS_ABOUT_ASSIGNMENT)
        return finding->at;
    if (finding->about == RIGHTS_ABOUT_EXCEPTION)
        return rights->exceptions[finding->at].assignment;
    return -1;
}

/* Where the finding belongs: a row, and a column or -1. */
static void place_finding(const struct rights_grid *grid, const struct rights_finding *finding,
                          int *row, int *col)
{
    const struct rights *rights = grid->rights;
    int at = assignment_of(rights, finding);
    const struct rights_assignment *assignment = at < 0 ? NULL : &rights->assignments[at];

    *row = *col = -1;
    if (grid->frame.kind == RIGHTS_GRID_PEOPLE && assignment) {
        *row = assignment->person;
        *col = assignment->role;
    } else if (grid->frame.kind == RIGHTS_GRID_PEOPLE) {
        if (finding->about == RIGHTS_ABOUT_PERSON)
            *row = finding->at;
        else if (finding->about == RIGHTS_ABOUT_ACCOUNT)
            *row = rights->accounts[finding->at].person;
    } else {
        if (finding->about == RIGHTS_ABOUT_ROLE)
            *row = finding->at;
        else if (assignment && finding->group >= 0)
            *row = assignment->role;
        *col = finding->group;
    }
}

static void read_findings(struct rights_grid *grid, const struct rights_findings *findings)
{
    grid->signs = xcalloc(grid->row_total * grid->col_total + 1, 1);
    grid->row_signs = xcalloc(grid->row_total + 1, 1);
    for (size_t i = 0; i < findings->count; i++) {
        int row, col;
        place_finding(grid, &findings->at[i], &row, &col);
        if (row >= 0 && col >= 0)
            note_sign(&grid->signs[(size_t)row * grid->col_total + (size_t)col],
                      findings->at[i].severity);
        else if (row >= 0)
            note_sign(&grid->row_signs[row], findings->at[i].severity);
    }
}

static unsigned char sign_at(const struct rights_grid *grid, int row, int col)
{
    return grid->signs[(size_t)row * grid->col_total + (size_t)col];
}

/* ---- cells ---- */

/* The assignment is looked at through the frame, and not over. */
static bool counts(const struct rights_grid *grid, int assignment)
{
    const struct rights_assignment *of = &grid->rights->assignments[assignment];
    const struct rights_frame *frame = &grid->frame;

    return (frame->reg < 0 || of->reg == frame->reg)
        && (frame->service < 0 || (of->tasks & RIGHTS_BIT(frame->service)))
        && (of->until == DATE_NONE || of->until >= grid->rights->today);
}

static int next_counting(const struct rights_grid *grid, int person, int role, int after)
{
    int a = rights_between(grid->rights, person, role, after);

    while (a >= 0 && !counts(grid, a))
        a = rights_between(grid->rights, person, role, a);
    return a;
}

int rights_grid_assignment(const struct rights_grid *grid, size_t row, size_t col, int after)
{
    return next_counting(grid, grid->rows[row], grid->cols[col], after);
}

static void role_cell(const struct rights_grid *grid, int role, int group,
                      struct rights_grid_cell *out)
{
    struct rights_cell cell;

    rights_cell(grid->rights, role, group, grid->frame.reg, &cell);
    out->letters = cell.letters;
    out->mark = rights_mark(&cell);
    rights_letters(cell.letters, out->text);
}

static void people_cell(const struct rights_grid *grid, int person, int role,
                        struct rights_grid_cell *out)
{
    const struct rights *rights = grid->rights;
    bool ends = true, excepted = false;
    int active = 0;

    for (int a = next_counting(grid, person, role, -1); a >= 0;
         a = next_counting(grid, person, role, a)) {
        out->count++;
        active += rights_active(rights, a, rights->today);
        ends &= rights->assignments[a].until != DATE_NONE;
        excepted |= rights->assignments[a].first_exception >= 0;
    }
    out->mark = !out->count ? ' ' : excepted ? '*' : ends ? 't' : ' ';
    if (active > 1)
        snprintf(out->text, sizeof out->text, "%d", active);
    else if (out->count)
        snprintf(out->text, sizeof out->text, "%s", active ? "X" : "+");
}

static void make_cell(struct rights_grid *grid, int row, int col, struct rights_grid_cell *out)
{
    unsigned char sign = sign_at(grid, row, col);

    *out = (struct rights_grid_cell){ .mark = ' ' };
    grid->cells_made++;
    if (grid->frame.kind == RIGHTS_GRID_ROLES)
        role_cell(grid, row, col, out);
    else
        people_cell(grid, row, col, out);
    if (sign == SIGN_ERROR)
        out->mark = '!';
    else if (sign == SIGN_WARNING && out->mark != '!')
        out->mark = '?';
}

void rights_grid_cell(struct rights_grid *grid, size_t row, size_t col,
                      struct rights_grid_cell *out)
{
    make_cell(grid, grid->rows[row], grid->cols[col], out);
}

char rights_grid_row_mark(const struct rights_grid *grid, size_t row)
{
    unsigned char sign = grid->row_signs[grid->rows[row]];

    return sign == SIGN_ERROR ? '!' : sign == SIGN_WARNING ? '?' : ' ';
}

/* ---- what is shown ---- */

/* In a register that says what it is, only the groups that live in it. */
static bool group_lives(const struct rights *rights, int group, int reg)
{
    const struct rights_register *in = reg < 0 ? NULL : &rights->registers[reg];

    if (!in)
        return true;
    return (!in->kind || (rights->data->group_kinds[group] & in->kind))
        && (!in->owner || (rights->data->group_owners[group] & in->owner));
}

static void hide_all(bool *hidden, size_t count)
{
    for (size_t i = 0; i < count; i++)
        hidden[i] = true;
}

/* Roles that someone has in the service; a role has no service of its own. */
static void hide_outside_service(struct rights_grid *grid, bool *roles)
{
    const struct rights *rights = grid->rights;

    if (grid->frame.service < 0)
        return;
    hide_all(roles, rights->role_count);
    for (size_t a = 0; a < rights->assignment_count; a++)
        if (rights->assignments[a].role >= 0 && counts(grid, (int)a))
            roles[rights->assignments[a].role] = false;
}

static void hide_by_frame(struct rights_grid *grid)
{
    bool *roles = grid->frame.kind == RIGHTS_GRID_ROLES ? grid->row_hidden : grid->col_hidden;

    hide_outside_service(grid, roles);
    if (grid->frame.kind != RIGHTS_GRID_ROLES)
        return;
    for (int g = 0; g < RIGHTS_GROUP_COUNT; g++)
        grid->col_hidden[g] = !group_lives(grid->rights, g, grid->frame.reg);
}

/* Whether the filter leaves a cell. */
static bool is_wanted(struct rights_grid *grid, int row, int col)
{
    struct rights_grid_cell cell;

    make_cell(grid, row, col, &cell);
    if (grid->frame.show == RIGHTS_SHOW_MARKED)
        return cell.mark != ' ' && cell.mark != '-';
    return cell.text[0];
}

/* Leaves the rows and columns in which something is wanted. */
static void hide_by_cells(struct rights_grid *grid)
{
    bool *rows = xcalloc(grid->row_total + 1, 1), *cols = xcalloc(grid->col_total + 1, 1);
    bool any = false;

    for (size_t r = 0; r < grid->row_total; r++)
        for (size_t c = 0; c < grid->col_total; c++)
            if (!grid->row_hidden[r] && !grid->col_hidden[c]
                && is_wanted(grid, (int)r, (int)c))
                rows[r] = cols[c] = any = true;
    for (size_t r = 0; r < grid->row_total; r++)
        grid->row_hidden[r] |= !rows[r] && !(grid->frame.show == RIGHTS_SHOW_MARKED
                                             && grid->row_signs[r]);
    for (size_t c = 0; c < grid->col_total; c++)
        grid->col_hidden[c] |= any && !cols[c];
    free(rows);
    free(cols);
}

static void hide_by_who(struct rights_grid *grid)
{
    const struct rights *rights = grid->rights;
    const struct rights_frame *frame = &grid->frame;
    struct rights_found found = { 0 };

    if (frame->kind == RIGHTS_GRID_ROLES) {
        for (size_t r = 0; r < rights->role_count; r++)
            grid->row_hidden[r] |= (rights->roles[r].cells[frame->group] & frame->letters)
                                   != frame->letters;
        return;
    }
    hide_all(grid->row_hidden, grid->row_total);
    hide_all(grid->col_hidden, grid->col_total);
    rights_who(rights, frame->letters, frame->group, frame->reg, rights->today, &found);
    for (size_t i = 0; i < found.count; i++)
        if (counts(grid, found.at[i])) {
            grid->row_hidden[rights->assignments[found.at[i]].person] = false;
            grid->col_hidden[rights->assignments[found.at[i]].role] = false;
        }
    rights_found_free(&found);
}

static int *list_shown(const bool *hidden, size_t total, size_t *count)
{
    int *shown = xcalloc(total + 1, sizeof *shown);

    *count = 0;
    for (size_t i = 0; i < total; i++)
        if (!hidden[i])
            shown[(*count)++] = (int)i;
    return shown;
}

void rights_grid_make(struct rights_grid *grid, const struct rights *rights,
                      const struct rights_findings *findings, const struct rights_frame *frame)
{
    unsigned long cells_made = grid->cells_made;
    bool roles = frame->kind == RIGHTS_GRID_ROLES;

    rights_grid_free(grid);
    *grid = (struct rights_grid){
        .rights = rights, .frame = *frame, .cells_made = cells_made,
        .row_total = roles ? rights->role_count : rights->person_count,
        .col_total = roles ? RIGHTS_GROUP_COUNT : rights->role_count,
    };
    if (frame->reg >= (int)rights->register_count)
        grid->frame.reg = -1;
    grid->row_hidden = xcalloc(grid->row_total + 1, 1);
    grid->col_hidden = xcalloc(grid->col_total + 1, 1);
    read_findings(grid, findings);
    hide_by_frame(grid);
    if (frame->show == RIGHTS_SHOW_WHO)
        hide_by_who(grid);
    else if (frame->show != RIGHTS_SHOW_ALL)
        hide_by_cells(grid);
    grid->rows = list_shown(grid->row_hidden, grid->row_total, &grid->row_count);
    grid->cols = list_shown(grid->col_hidden, grid->col_total, &grid->col_count);
}

void rights_grid_free(struct rights_grid *grid)
{
    free(grid->rows);
    free(grid->cols);
    free(grid->row_hidden);
    free(grid->col_hidden);
    free(grid->signs);
    free(grid->row_signs);
    *grid = (struct rights_grid){ 0 };
}

static int find(const int *shown, size_t count, int position)
{
    for (size_t i = 0; i < count; i++)
        if (shown[i] == position)
            return (int)i;
    return -1;
}

int rights_grid_row_of(const struct rights_grid *grid, int position)
{
    return find(grid->rows, grid->row_count, position);
}

int rights_grid_col_of(const struct rights_grid *grid, int position)
{
    return find(grid->cols, grid->col_count, position);
}

int rights_grid_width(const struct rights_grid *grid, size_t col)
{
    int most = ROLE_COLS_MIN - 1;
    char text[24];

    if (grid->frame.kind == RIGHTS_GRID_PEOPLE)
        return PEOPLE_COLS;
    for (size_t r = 0; r < grid->row_count; r++) {
        int letters;
        rights_letters(grid->rights->roles[grid->rows[r]].cells[grid->cols[col]], text);
        letters = (int)strlen(text);
        most = letters > most ? letters : most;
    }
    return most + 1;
}

struct rights_block rights_grid_block(const struct rights_grid *grid, size_t row, size_t last_row,
                                      size_t col, size_t last_col)
{
    struct rights_block block = {
        .role = grid->rows[row < last_row ? row : last_row],
        .last_role = grid->rows[row < last_row ? last_row : row],
        .group = grid->cols[col < last_col ? col : last_col],
        .last_group = grid->cols[col < last_col ? last_col : col],
        .reg = grid->frame.reg, .skip_roles = grid->row_hidden, .skip_groups = grid->col_hidden,
    };

    return block;
}

bool rights_grid_next_finding(const struct rights_grid *grid, size_t *row, size_t *col)
{
    size_t cells = grid->row_count * grid->col_count, from = *row * grid->col_count + *col;

    for (size_t i = 1; i <= cells; i++) {
        size_t at = (from + i) % cells, r = at / grid->col_count, c = at % grid->col_count;
        if (!sign_at(grid, grid->rows[r], grid->cols[c])
            && !(c == 0 && grid->row_signs[grid->rows[r]]))
            continue;
        *row = r;
        *col = c;
        return true;
    }
    return false;
}
