/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Who may write a file: a plan, or the cache of the register. Only the stores include this.
 *
 * The writer holds an open-file-description lock on PLAN.lock; host, process, user and time stand
 * in it for the message to others. The file is removed with the lock. A lock file that a crash
 * left behind holds nobody up.
 */
#ifndef IO_STORE_LOCK_H
#define IO_STORE_LOCK_H

struct tr;

struct store_lock {
    int fd;              /* -1: not held */
    char *path;          /* of the lock file while it is held */
};

#define STORE_LOCK_INIT { .fd = -1 }

/* Takes the lock of the plan at `plan`. NULL when it is held now, otherwise why it is not: the
 * caller's to free. `tr` may be NULL. */
char *store_lock_take(struct store_lock *lock, const char *plan, const struct tr *tr);

/* Gives the lock back, if it is held. */
void store_lock_release(struct store_lock *lock);

/* The user's name on this computer, good until the next call. */
const char *store_lock_user(void);

#endif
