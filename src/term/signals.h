/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Signals of a program with a terminal: hang-up, end, interrupt, a new size, stop and continue.
 *
 * A signal only raises its flag. It is let in while the program waits, so none is lost between the
 * look at the flags and the wait, and nothing else is ever interrupted for good. There is one set
 * of flags for the process: signals belong to it, not to a terminal.
 */
#ifndef TERM_SIGNALS_H
#define TERM_SIGNALS_H

#include <signal.h>
#include <stdbool.h>

enum { SIGNALS_COUNT = 6 };

/* How the signals were handled before. */
struct signals_before {
    struct sigaction actions[SIGNALS_COUNT];
};

/* Lowers all flags and catches the signals; before curses is opened, which leaves signals alone
 * that have a handler already. A hang-up that the caller ignores (nohup) stays ignored. */
void signals_catch(struct signals_before *before);
void signals_release(const struct signals_before *before);

/* The signal has come since the last call; its flag is lowered. */
bool signals_take(int number);
/* Any flag is up. */
bool signals_any(void);

enum signals_ready { SIGNALS_RAISED, SIGNALS_NOTHING, SIGNALS_INPUT, SIGNALS_WATCHED };

/* Waits until `input` or `watched` (0: none) can be read, a signal comes, or `timeout_ms` are over
 * (negative: never). Input comes before what is watched, which may never be silent. */
enum signals_ready signals_wait(int input, int watched, int timeout_ms);

/* Stops the whole process group, as when the terminal sends SIGTSTP, and returns when it goes on.
 * With nobody there to continue it, nothing stops and this returns at once. */
void signals_stop(void);

#endif
