/* SPDX-License-Identifier: EUPL-1.2 */
#include "term/signals.h"

#include <poll.h>
#include <stddef.h>
#include <time.h>

static const int signals[SIGNALS_COUNT] = { SIGHUP, SIGTERM, SIGINT, SIGWINCH, SIGTSTP, SIGCONT };

static volatile sig_atomic_t raised[SIGNALS_COUNT];

static void on_signal(int number)
{
    for (int i = 0; i < SIGNALS_COUNT; i++)
        if (signals[i] == number)
            raised[i] = 1;
}

void signals_catch(struct signals_before *before)
{
    struct sigaction action = { .sa_handler = on_signal, .sa_flags = SA_RESTART };

    sigemptyset(&action.sa_mask);
    for (int i = 0; i < SIGNALS_COUNT; i++) {
        raised[i] = 0;
        sigaction(signals[i], NULL, &before->actions[i]);
        if (signals[i] != SIGHUP || before->actions[i].sa_handler != SIG_IGN)
            sigaction(signals[i], &action, NULL);
    }
}

void signals_release(const struct signals_before *before)
{
    for (int i = 0; i < SIGNALS_COUNT; i++)
        sigaction(signals[i], &before->actions[i], NULL);
}

bool signals_take(int number)
{
    for (int i = 0; i < SIGNALS_COUNT; i++)
        if (signals[i] == number && raised[i]) {
            raised[i] = 0;
            return true;
        }
    return false;
}

bool signals_any(void)
{
    for (int i = 0; i < SIGNALS_COUNT; i++)
        if (raised[i])
            return true;
    return false;
}

/* Signals are blocked but inside ppoll(). */
enum signals_ready signals_wait(int input, int watched, int timeout_ms)
{
    struct pollfd polls[] = { { .fd = input, .events = POLLIN },
                              { .fd = watched > 0 ? watched : -1, .events = POLLIN } };
    struct timespec limit = { timeout_ms / 1000, (timeout_ms % 1000) * 1000000L };
    sigset_t ours, before;
    int ready;

    sigemptyset(&ours);
    for (int i = 0; i < SIGNALS_COUNT; i++)
        sigaddset(&ours, signals[i]);
    sigprocmask(SIG_BLOCK, &ours, &before);
    ready = signals_any() ? -1 : ppoll(polls, 2, timeout_ms < 0 ? NULL : &limit, &before);
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (ready <= 0)
        return ready < 0 ? SIGNALS_RAISED : SIGNALS_NOTHING;
    return polls[0].revents ? SIGNALS_INPUT : SIGNALS_WATCHED;
}

void signals_stop(void)
{
    struct sigaction stop = { .sa_handler = SIG_DFL }, ours;

    sigaction(SIGTSTP, &stop, &ours);
    kill(0, SIGTSTP);
    sigaction(SIGTSTP, &ours, NULL);
    signals_take(SIGCONT);
}
