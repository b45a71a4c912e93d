/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Forward and backward pass over a sorted network.
 *
 * Links are kept in the order in which they were added, and sorting makes two lists of them by
 * node, so a pass reads memory from one end to the other and takes time in proportion to nodes and
 * links.
 */
#include "core/schedule_net.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/number.h"

struct link {
    int from, to, gap;
};

/* The links of node i are at[first[i]] to at[first[i + 1] - 1]. */
struct link_list {
    int *first;
    struct link *at;
};

struct net {
    struct net_node *nodes;
    struct link *links;
    size_t count, room, link_count, link_room;
    int *order;
    struct link_list in, out;
};

/* ---- clocks ---- */

static int days_before(const struct net_clock *clock, int day)
{
    int i = day - clock->first;

    if (i < 0)
        return i;
    return i <= clock->days ? clock->before[i] : clock->counted + i - clock->days;
}

static int day_number(const struct net_clock *clock, int number)
{
    if (number < 0)
        return clock->first + number;
    if (number < clock->counted)
        return clock->day[number];
    return clock->first + clock->days + number - clock->counted;
}

int net_clock_start(const struct net_clock *clock, int day)
{
    return clock ? day_number(clock, days_before(clock, day)) : day;
}

int net_clock_add(const struct net_clock *clock, int start, int count)
{
    if (!clock || count == 0)
        return start + count;
    return day_number(clock, days_before(clock, start) + count - 1) + 1;
}

int net_clock_back(const struct net_clock *clock, int end, int count)
{
    if (!clock)
        return end - count;
    if (count == 0)
        return day_number(clock, days_before(clock, end + 1) - 1);
    return day_number(clock, days_before(clock, end) - count);
}

/* ---- making ---- */

struct net *net_new(void)
{
    return xcalloc(1, sizeof(struct net));
}

static void drop_order(struct net *net)
{
    free(net->order);
    free(net->in.first);
    free(net->in.at);
    free(net->out.first);
    free(net->out.at);
    net->order = NULL;
    net->in = net->out = (struct link_list){ 0 };
}

void net_free(struct net *net)
{
    if (!net)
        return;
    drop_order(net);
    free(net->nodes);
    free(net->links);
    free(net);
}

int net_add(struct net *net, const struct net_node *node)
{
    net->nodes = vec_room(net->nodes, &net->room, net->count + 1, sizeof net->nodes[0]);
    net->nodes[net->count] = *node;
    return (int)net->count++;
}

struct net_node *net_node(struct net *net, int node)
{
    return &net->nodes[node];
}

int net_count(const struct net *net)
{
    return (int)net->count;
}

void net_link(struct net *net, int from, int to, int gap)
{
    net->links = vec_room(net->links, &net->link_room, net->link_count + 1,
                          sizeof net->links[0]);
    net->links[net->link_count++] = (struct link){ from, to, gap };
}

/* ---- order ---- */

static struct link_list by_node(const struct net *net, bool in)
{
    struct link_list list = { xcalloc(net->count + 2, sizeof(int)),
                              xcalloc(net->link_count + 1, sizeof(struct link)) };

    for (size_t i = 0; i < net->link_count; i++)
        list.first[(in ? net->links[i].to : net->links[i].from) + 2]++;
    for (size_t i = 2; i < net->count + 2; i++)
        list.first[i] += list.first[i - 1];
    for (size_t i = 0; i < net->link_count; i++) {
        int node = in ? net->links[i].to : net->links[i].from;
        list.at[list.first[node + 1]++] = net->links[i];
    }
    return list;
}

/* From any node that could not be ordered, back over predecessors that could not either: after as
 * many steps as there are nodes one stands in a cycle. */
static int find_cycle(const struct net *net, const int *waiting, int **cycle)
{
    int *walk = xcalloc(net->count + 1, sizeof walk[0]);
    int node = 0, length = 0, begin;

    while (waiting[node] == 0)
        node++;
    for (size_t step = 0; step <= net->count; step++) {
        int i = net->in.first[node];
        while (waiting[net->in.at[i].from] == 0)
            i++;
        node = net->in.at[i].from;
    }
    begin = node;
    do {
        int i = net->in.first[node];
        walk[length++] = node;
        while (waiting[net->in.at[i].from] == 0)
            i++;
        node = net->in.at[i].from;
    } while (node != begin);
    for (int i = 0; i < length / 2; i++) {
        int other = walk[i];
        walk[i] = walk[length - 1 - i];
        walk[length - 1 - i] = other;
    }
    if (cycle)
        *cycle = walk;
    else
        free(walk);
    return length;
}

int net_sort(struct net *net, int **cycle)
{
    int *waiting = xcalloc(net->count + 1, sizeof waiting[0]);
    size_t ordered = 0, next = 0;
    int length = 0;

    drop_order(net);
    net->in = by_node(net, true);
    net->out = by_node(net, false);
    net->order = xcalloc(net->count + 1, sizeof net->order[0]);
    for (size_t i = 0; i < net->count; i++) {
        waiting[i] = net->in.first[i + 1] - net->in.first[i];
        if (waiting[i] == 0)
            net->order[ordered++] = (int)i;
    }
    while (next < ordered) {
        int node = net->order[next++];
        for (int i = net->out.first[node]; i < net->out.first[node + 1]; i++)
            if (--waiting[net->out.at[i].to] == 0)
                net->order[ordered++] = net->out.at[i].to;
    }
    if (ordered < net->count)
        length = find_cycle(net, waiting, cycle);
    free(waiting);
    return length;
}

int net_previous(const struct net *net, int node, int n)
{
    int i = net->in.first[node] + n;

    return i < net->in.first[node + 1] ? net->in.at[i].from : -1;
}

/* ---- passes ---- */

/* The day before which the node cannot start because of others. */
static int earliest(const struct net *net, const struct net_times *times, int node)
{
    int day = DATE_NONE;

    for (int i = net->in.first[node]; i < net->in.first[node + 1]; i++)
        day = number_most(day, times[net->in.at[i].from].early_end + net->in.at[i].gap);
    return day;
}

static void forward_one(const struct net *net, struct net_times *times, int node)
{
    const struct net_node *n = &net->nodes[node];
    struct net_times *t = &times[node];

    t->early_start = n->start != DATE_NONE
        ? n->start
        : net_clock_start(n->clock, number_most(earliest(net, times, node), n->not_before));
    t->early_end = n->end != DATE_NONE
        ? n->end
        : number_most(net_clock_add(n->clock, t->early_start, n->duration), n->end_not_before);
    if (n->end != DATE_NONE && n->start == DATE_NONE)
        t->early_start = number_least(t->early_start,
                                      net_clock_back(n->clock, n->end, n->duration));
}

int net_forward(const struct net *net, struct net_times *times)
{
    int end = DATE_NONE;

    for (size_t i = 0; i < net->count; i++) {
        forward_one(net, times, net->order[i]);
        end = number_most(end, times[net->order[i]].early_end);
    }
    return end;
}

/* What has begun no longer depends on what should have come before it. */
static bool has_begun(const struct net_node *node)
{
    return node->start != DATE_NONE || node->end != DATE_NONE;
}

static void backward_one(const struct net *net, struct net_times *times, int node, int end)
{
    const struct net_node *n = &net->nodes[node];
    struct net_times *t = &times[node];
    int soonest = end;

    for (int i = net->out.first[node]; i < net->out.first[node + 1]; i++) {
        const struct link *link = &net->out.at[i];
        if (has_begun(&net->nodes[link->to]))
            continue;
        end = number_least(end, times[link->to].late_start - link->gap);
        soonest = number_least(soonest, times[link->to].early_start - link->gap);
    }
    if (n->end_by != DATE_NONE)
        end = number_least(end, n->end_by);
    if (n->start_by != DATE_NONE)
        end = number_least(end, net_clock_add(n->clock, n->start_by, n->duration));
    t->late_end = end;
    t->late_start = net_clock_back(n->clock, end, n->duration);
    t->free = soonest - t->early_end;
}

static int last_end(const struct net *net, const struct net_times *times)
{
    int end = DATE_NONE;

    for (size_t i = 0; i < net->count; i++)
        end = number_most(end, times[i].early_end);
    return end;
}

void net_backward(const struct net *net, struct net_times *times, int node, int end)
{
    int last = last_end(net, times);

    if (node >= 0 && end > times[node].early_end)
        last += end - times[node].early_end;
    for (size_t i = net->count; i-- > 0;)
        backward_one(net, times, net->order[i], net->order[i] == node ? end : last);
}

/* Something else than the nodes before it decides when the node ends. */
static bool has_own_reason(const struct net *net, const struct net_times *times, int node)
{
    const struct net_node *n = &net->nodes[node];

    return has_begun(n) || earliest(net, times, node) < n->not_before
        || net_clock_add(n->clock, times[node].early_start, n->duration) < n->end_not_before;
}

void net_critical(const struct net *net, const struct net_times *times, int node, bool *critical)
{
    int *open = xcalloc(net->count + 1, sizeof open[0]);
    size_t count = 0;

    open[count++] = node;
    critical[node] = true;
    while (count > 0) {
        int at = open[--count];
        int day = earliest(net, times, at);
        if (has_own_reason(net, times, at))
            continue;
        for (int i = net->in.first[at]; i < net->in.first[at + 1]; i++) {
            const struct link *link = &net->in.at[i];
            if (critical[link->from] || times[link->from].early_end + link->gap < day)
                continue;
            critical[link->from] = true;
            open[count++] = link->from;
        }
    }
    free(open);
}
