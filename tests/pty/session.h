/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One program in a pseudo-terminal, with a terminal emulator that keeps its screen.
 *
 * A keeper process leads the terminal's session and starts the program in a process group of
 * its own, as a shell does, so that the program can be stopped and continued. The program tells
 * by the idle byte that it has finished reacting (KANTAPOLKU_IDLE_FD), so that nothing here
 * sleeps; deadlines only bound the wait of a test that fails anyway.
 */
#ifndef PTY_SESSION_H
#define PTY_SESSION_H

#include <stdbool.h>
#include <stddef.h>

struct session;

struct session_setup {
    const char *folder;       /* working folder and home of the program */
    char *const *argv;        /* argv[0] is the path of the program */
    char *const *env;         /* "NAME=VALUE", or "NAME" to unset; NULL at the end */
    int rows, cols;
    int patience_ms;          /* deadline of every wait */
};

enum session_state { SESSION_RUNS, SESSION_STOPPED, SESSION_ENDED };

/* Ends the test program with a message when there is no pseudo-terminal. */
struct session *session_start(const struct session_setup *setup);

/* Kills what still runs. */
void session_free(struct session *session);

/* Sends bytes as if typed. Does not wait. */
void session_send(struct session *session, const char *bytes, size_t length);

/* Waits until the program has reacted, stopped or ended. Returns false at the deadline. */
bool session_settle(struct session *session);

/* Reads on until something more has come. Returns false at `deadline` (session_clock()). */
bool session_more(struct session *session, long deadline);
long session_clock(void);
long session_deadline(const struct session *session);

enum session_state session_state(const struct session *session);

/* Exit status, or minus the signal that ended the program. */
int session_status(const struct session *session);

/* Sends a signal to the program alone. */
void session_signal(struct session *session, int number);

/* Puts a stopped program into the foreground again. */
void session_continue(struct session *session);

/* Closes the terminal, as when a connection is lost. */
void session_hang_up(struct session *session);

/* Returns false when the terminal has that size already, so that nothing will happen. */
bool session_resize(struct session *session, int rows, int cols);

/* Whether the terminal hands input over by lines, so that single keys have no effect. */
bool session_by_lines(const struct session *session);

/* Whether the program has asked for pastes in brackets. */
bool session_brackets(const struct session *session);

bool session_shows(const struct session *session, const char *text);
void session_cursor(const struct session *session, int *row, int *col);

/* NULL when the terminal is as it was before the program, else what is not. */
const char *session_unrestored(const struct session *session);

/* Writes the screen as TAP comments. */
void session_print(const struct session *session);

#endif
