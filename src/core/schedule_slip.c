/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/schedule_slip.h"

#include "base/buf.h"
#include "base/date.h"
#include "base/tr.h"
#include "core/schedule_parts.h"

static int node_of(const struct schedule_inside *in, const struct step *step)
{
    for (size_t i = 0; i < in->count; i++)
        if (in->kept[i] == step)
            return (int)i;
    return -1;
}

int schedule_slip(const struct schedule *schedule, const struct step *step, int days)
{
    const struct schedule_inside *in = schedule->inside;
    int number = node_of(in, step), held, finish;
    struct net_node *node;

    if (number < 0 || in->goal < 0 || step->state == STEP_DONE || step->state == STEP_GONE)
        return DATE_NONE;
    for (size_t i = 0; i < in->count; i++)
        net_node(in->net, (int)i)->duration = in->all[i].days[PACE_TYPICAL];
    node = net_node(in->net, number);
    held = node->end_not_before;
    net_forward(in->net, in->times);
    node->end_not_before = in->times[number].early_end + days;
    net_forward(in->net, in->times);
    finish = in->times[in->goal].early_end - 1;
    node->end_not_before = held;
    return finish;
}

void schedule_slip_text(const struct schedule *schedule, const struct step *step,
                        const struct tr *tr, struct buf *out)
{
    int finish = schedule_slip(schedule, step, 7);
    struct buf then = BUF_INIT, now = BUF_INIT;

    if (finish == DATE_NONE)
        return;
    schedule_day(finish, tr, &then);
    schedule_day(schedule->finish[PACE_TYPICAL], tr, &now);
    if (finish == schedule->finish[PACE_TYPICAL])
        buf_addf(out, tr_text(tr, "If it slips by a week, production still begins %s."), now.text);
    else
        buf_addf(out, tr_text(tr, "If it slips by a week, production begins %s instead of %s."),
                 then.text, now.text);
    buf_free(&then);
    buf_free(&now);
}
