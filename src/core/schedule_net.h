/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The critical-path method on a network of nodes, which are numbered from 0.
 *
 * A node takes a number of days of its clock; a link says that `to` starts when `from` has ended
 * and `gap` days have passed. Times are day numbers (base/date.h). A start is the first day of the
 * work and an end is the day after the last, so a node without a duration ends when it starts, and
 * the next one may start on the day of the end. Nothing here knows of plans, and running the
 * network changes nothing in it, so it can be run with one duration after the other.
 */
#ifndef CORE_SCHEDULE_NET_H
#define CORE_SCHEDULE_NET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"

/* The days that count, as two tables that are each other's inverse: `before[i]` is how many days
 * count before day first + i; `day[k]` is the day that counts as number k. Outside the tables
 * every day counts. */
struct net_clock {
    int first, days;          /* entries of `before`, which has one more for the end */
    int *before;
    int *day;
    int counted;              /* entries of `day` */
};

/* The first day on or after `day` that counts. NULL clock: all days count. */
int net_clock_start(const struct net_clock *clock, int day);
/* The end of `count` days from `start` on, and the latest start that ends at `end` or
 * before it. */
int net_clock_add(const struct net_clock *clock, int start, int count);
int net_clock_back(const struct net_clock *clock, int end, int count);

struct net_node {
    int duration;
    const struct net_clock *clock;
    int not_before;           /* starts on this day or later; DATE_NONE: whenever it can */
    int end_not_before;
    int start_by, end_by;     /* latest, DATE_NONE: whatever the others allow */
    int start, end;           /* real; they override all else */
};
#define NET_NODE_INIT { 0, NULL, DATE_NONE, DATE_NONE, DATE_NONE, DATE_NONE, DATE_NONE, DATE_NONE }

struct net_times {
    int early_start, early_end, late_start, late_end;
    int free;                 /* days that it may slip without any other moving */
};

struct net;
struct net *net_new(void);
void net_free(struct net *net);

/* Returns the number of the node; the struct is copied. */
int net_add(struct net *net, const struct net_node *node);
struct net_node *net_node(struct net *net, int node);
int net_count(const struct net *net);
/* `gap` may be negative. */
void net_link(struct net *net, int from, int to, int gap);

/* Puts the nodes in order. Returns 0; or the number of nodes of a cycle, which `cycle` (may be
 * NULL) gets in the order of the links and the caller frees. */
int net_sort(struct net *net, int **cycle);

/* The `n`-th node, from 0, that this one waits for; -1 when there are no more. Sorted only. */
int net_previous(const struct net *net, int node, int n);

/* Forward pass: early times of all nodes; returns the end of the last. `times` has an entry for
 * each node. The network must be sorted. */
int net_forward(const struct net *net, struct net_times *times);
/* Backward pass after the forward one: late times so that `node` ends at `end` and everything else
 * at the end of the last, which moves along when `end` is later than the node's early end; node
 * -1: only that. Then free slack. */
void net_backward(const struct net *net, struct net_times *times, int node, int end);

/* Marks the nodes that decide when `node` ends: those whose end is the reason why the next can
 * start no earlier. `critical` has an entry for each node, all false. A node with a real end is
 * not gone behind. */
void net_critical(const struct net *net, const struct net_times *times, int node, bool *critical);

#endif
