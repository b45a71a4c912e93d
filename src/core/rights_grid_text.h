/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The grid of rights in words: what is looked at, a cell in short, who may do something, and what
 * two rows do not have in common. All functions append to `out`.
 */
#ifndef CORE_RIGHTS_GRID_TEXT_H
#define CORE_RIGHTS_GRID_TEXT_H

#include "core/rights_grid.h"

struct buf;
struct plan;
struct tr;

/* "Oma rekisteri · kaikki": the register or service, and the filter when there is one. */
void rights_frame_text(const struct rights *rights, const struct rights_frame *frame,
                       const struct tr *tr, struct buf *out);
/* "Kuka voi: kirjaus, D07 Palvelun toteutus" */
void rights_who_title(const struct rights *rights, uint16_t letters, int group,
                      const struct tr *tr, struct buf *out);
/* A line for each assignment that gives the letters now, or that there is none. */
void rights_who_text(const struct rights *rights, uint16_t letters, int group, int reg,
                     const struct tr *tr, struct buf *out);

/* A cell in two or three lines: what stands in it and where from; the ceiling; who has it. */
void rights_cell_brief(const struct plan *plan, int role, int group, int reg,
                       const struct tr *tr, struct buf *out);
/* A cell of people: each assignment with unit, register and days in a line. */
void rights_people_brief(const struct rights_grid *grid, size_t row, size_t col,
                         const struct tr *tr, struct buf *out);
/* "R12 …" of the first finding about the cell, "" when there is none. */
void rights_grid_finding(const struct rights_grid *grid,
                         const struct rights_findings *findings, size_t row, size_t col,
                         const struct tr *tr, struct buf *out);

/* The cells of a role that differ from those of another role, or (`other` -1) of its template. */
void rights_compare_role(const struct rights *rights, int role, int other, const struct tr *tr,
                         struct buf *out);
/* What two people may do today, where it differs. */
void rights_compare_person(const struct rights *rights, int person, int other,
                           const struct tr *tr, struct buf *out);
/* What every mark means, a line each; and every right. */
void rights_legend(const struct rights *rights, const struct tr *tr, struct buf *out);

/* What filling, copying and templates did: how many cells changed, how many got less. */
void rights_changed_text(const struct rights_changed *changed, const struct tr *tr,
                         struct buf *out);

#endif
