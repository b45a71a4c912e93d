/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Schedules the network that tsort orders: FILE holds a pair of numbers a line, the first before
 * the second. Every node takes some days, every third counts working days. Short, typical and long
 * durations, early and late days, slack and the critical path are computed, as for a plan.
 *
 *     schedule_net FILE
 *
 * Prints the last day of each and the length of the critical path.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/mem.h"
#include "core/activity.h"
#include "core/schedule_calendar.h"
#include "core/schedule_net.h"

struct work {
    struct net *net;
    struct calendar *calendar;
    int today;
};

static void need_node(struct work *work, int number)
{
    while (net_count(work->net) <= number) {
        struct net_node node = NET_NODE_INIT;
        node.not_before = work->today;
        node.clock = calendar_clock(work->calendar, net_count(work->net) % 3 == 0, false);
        net_add(work->net, &node);
    }
}

static void read_links(struct work *work, FILE *file)
{
    char line[64], *end;

    while (fgets(line, sizeof line, file)) {
        int from = (int)strtol(line, &end, 10), to = (int)strtol(end, NULL, 10);
        need_node(work, from > to ? from : to);
        if (from != to)
            net_link(work->net, from, to, 0);
    }
}

static void run(struct work *work, int pace, struct net_times *times)
{
    int count = net_count(work->net), last;

    for (int i = 0; i < count; i++)
        net_node(work->net, i)->duration = 1 + i % 7 + pace;
    last = net_forward(work->net, times);
    net_backward(work->net, times, -1, 0);
    printf("%d\n", last - work->today);
}

static int count_critical(const struct work *work, const struct net_times *times)
{
    int count = net_count(work->net), last = 0, found = 0;
    bool *critical = xcalloc((size_t)count + 1, sizeof *critical);

    for (int i = 1; i < count; i++)
        last = times[i].early_end > times[last].early_end ? i : last;
    net_critical(work->net, times, last, critical);
    for (int i = 0; i < count; i++)
        found += critical[i];
    free(critical);
    return found;
}

int main(int argc, char **argv)
{
    FILE *file = argc == 2 ? fopen(argv[1], "r") : NULL;
    struct work work = { .net = net_new(), .today = date_make(2026, 1, 7) };
    struct net_times *times;

    if (!file) {
        fprintf(stderr, "usage: schedule_net FILE\n");
        return 2;
    }
    work.calendar = calendar_new(work.today, NULL, 0);
    read_links(&work, file);
    if (net_sort(work.net, NULL) > 0)
        return 1;
    times = xcalloc((size_t)net_count(work.net) + 1, sizeof *times);
    for (int pace = 0; pace < PACE_COUNT; pace++)
        run(&work, pace, times);
    printf("%d\n", count_critical(&work, times));
    free(times);
    net_free(work.net);
    calendar_free(work.calendar);
    fclose(file);
    return 0;
}
