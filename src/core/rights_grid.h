/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The rights matrix as a grid: which rows and columns are shown, what stands in a cell, and how it
 * is marked.
 *
 * There are two grids: roles by document groups, where a cell holds letters, and people by roles,
 * where it tells whether the person has the role. Both look at the matrix through a frame: one
 * register or service, and a filter. Making a grid goes once through the picture and its findings;
 * a cell is worked out when it is asked for, so that drawing costs what is on the screen.
 */
#ifndef CORE_RIGHTS_GRID_H
#define CORE_RIGHTS_GRID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/rights_check.h"
#include "core/rights_edit.h"

enum rights_grid_kind { RIGHTS_GRID_ROLES, RIGHTS_GRID_PEOPLE };
/* All; what holds something; what has a mark to look at; who may do what `letters` say to
 * `group`. */
enum rights_show { RIGHTS_SHOW_ALL, RIGHTS_SHOW_GRANTED, RIGHTS_SHOW_MARKED, RIGHTS_SHOW_WHO };

struct rights_frame {
    enum rights_grid_kind kind;
    enum rights_show show;
    int reg, service;         /* position; bit of a service task; -1: whatever */
    int group;                /* RIGHTS_SHOW_WHO */
    uint16_t letters;
};

struct rights_grid {
    const struct rights *rights;          /* borrowed */
    struct rights_frame frame;
    int *rows, *cols;         /* positions of roles or people; groups or roles */
    size_t row_count, col_count;
    bool *row_hidden, *col_hidden;        /* by position */
    size_t row_total, col_total;          /* with those that are hidden */
    unsigned char *signs;     /* private: the worst finding, by row and column position */
    unsigned char *row_signs;
    unsigned long cells_made; /* how many cells were worked out, ever */
};

/* Replaces what `grid` held; it is zeroed at first. The picture and the findings stay the
 * caller's. */
void rights_grid_make(struct rights_grid *grid, const struct rights *rights,
                      const struct rights_findings *findings, const struct rights_frame *frame);
void rights_grid_free(struct rights_grid *grid);

/* Where a position stands among the rows or columns that are shown; -1 when it is hidden. */
int rights_grid_row_of(const struct rights_grid *grid, int position);
int rights_grid_col_of(const struct rights_grid *grid, int position);

/* Columns that the texts of a column need, with the mark: 4 to 10. */
int rights_grid_width(const struct rights_grid *grid, size_t col);

struct rights_grid_cell {
    char text[24];            /* "VKM"; of people "X", "2" times, "+" begins later, or "" */
    char mark;                /* as rights_mark(), with '!' and '?' for errors and warnings too */
    uint16_t letters;
    int count;                /* people: assignments in force or to come */
};
/* What is in a cell of the grid; positions from 0 among those that show. */
void rights_grid_cell(struct rights_grid *grid, size_t row, size_t col,
                      struct rights_grid_cell *out);
/* '!' an error about the row as a whole, '?' a warning, else ' '. */
char rights_grid_row_mark(const struct rights_grid *grid, size_t row);

/* The next assignment of that cell of people after `after` (-1: the first) that counts; or -1. */
int rights_grid_assignment(const struct rights_grid *grid, size_t row, size_t col, int after);

/* Moves to the next row or cell with an error or a warning, in the order of reading and around to
 * the start. False when there is none. */
bool rights_grid_next_finding(const struct rights_grid *grid, size_t *row, size_t *col);

/* The block between two corners in the grid of roles; what is hidden is left out of it. */
struct rights_block rights_grid_block(const struct rights_grid *grid, size_t row, size_t last_row,
                                      size_t col, size_t last_col);

#endif
