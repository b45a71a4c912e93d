/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The lesser, the greater, and what lies between: of columns, rows and days.
 */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

static inline int number_least(int a, int b)
{
    return a < b ? a : b;
}

static inline int number_most(int a, int b)
{
    return a > b ? a : b;
}

/* `value`, but not under `low` nor over `high`; `high` >= `low`. */
static inline int number_clamp(int value, int low, int high)
{
    return value < low ? low : value > high ? high : value;
}

#endif
