/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One error, filled where it is detected and passed up unchanged.
 *
 * A function that can fail takes a `struct err *` last and returns 0 or a negative enum
 * err_code. Upper layers clean up and pass the error on; they never reword it. The message
 * is one line, impersonal, says what is wrong and, where it helps, what to do.
 *
 * Who makes the error names the language: `struct err err = { .tr = tr }`. A format that is marked
 * with N_() is translated; what only form authors read is not marked and stays English.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

/* Code, exit status of a command that ends with it, and the kind of error in words. */
#define ERR_INFO(_) \
    _(ERR_USAGE, 2, "usage") \
    _(ERR_MISSING, 3, "answers missing") \
    _(ERR_PLAN, 4, "plan file cannot be used") \
    _(ERR_INPUT, 5, "input is bad") \
    _(ERR_OUTPUT, 6, "output could not be written") \
    _(ERR_DEVICE, 7, "device not available") \
    _(ERR_REFUSED, 1, "value refused")

#define ERR_AS_INDEX(name, status, text) name##_INDEX,
enum { ERR_INFO(ERR_AS_INDEX) ERR_INDEX_COUNT };
#undef ERR_AS_INDEX

#define ERR_AS_CODE(name, status, text) name = -1 - name##_INDEX,
enum err_code { ERR_NONE = 0, ERR_INFO(ERR_AS_CODE) };
#undef ERR_AS_CODE

struct tr;

/* `file` is borrowed and must outlive the error; line and col count from 1, 0 = unknown. */
struct err {
    enum err_code code;
    const char *file;
    int line, col;
    char msg[256];
    const struct tr *tr;      /* borrowed; NULL: English */
};

/* Sets the error and returns `code`. `err` may be NULL. Too long a message is cut at a
 * character boundary. */
int err_set(struct err *err, enum err_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same with a place in an input file. */
int err_at(struct err *err, enum err_code code, const char *file, int line, int col,
           const char *format, ...) __attribute__((format(printf, 6, 7)));

/* The language of the error's message; `err` may be NULL. */
const struct tr *err_tr(const struct err *err);

/* What an errno means, in words. Borrowed. */
const char *err_reason(const struct tr *tr, int error);

/* Exit status of the command line for a code; 0 for ERR_NONE. */
int err_status(enum err_code code);

/* Writes "file:line:col: message" (or just the message) into `out`, always terminated. */
void err_text(const struct err *err, char *out, unsigned long size);

#endif
