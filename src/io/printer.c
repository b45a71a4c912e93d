/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Running lp, lpstat and xdg-open.
 *
 * What goes in and what comes out are files without a name, so that neither side ever waits for
 * the other. A command that does not end in time is ended: a printer that does not answer must
 * not keep the wizard.
 */
#include "io/printer.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/tr.h"
#include "base/utf8.h"

extern char **environ;

enum { NOT_THERE = 127, TOO_LONG = -1, WAIT_SECONDS = 15, WAITS_A_SECOND = 100, SAID_MAX = 65536 };

/* ---- running a command ---- */

/* The environment in English, so that what the commands say can be read. */
static char **plain_environment(void)
{
    size_t count = 0, kept = 0;
    char **out;

    while (environ[count])
        count++;
    out = xcalloc(count + 2, sizeof *out);
    for (size_t i = 0; i < count; i++)
        if (strncmp(environ[i], "LC_", 3) != 0 && strncmp(environ[i], "LANG", 4) != 0)
            out[kept++] = environ[i];
    out[kept] = "LC_ALL=C.UTF-8";
    return out;
}

static int wait_for(pid_t child)
{
    const struct timespec pause = { .tv_nsec = 1000000000L / WAITS_A_SECOND };
    int status;

    for (int i = 0; i < WAIT_SECONDS * WAITS_A_SECOND; i++) {
        pid_t ended = waitpid(child, &status, WNOHANG);
        if (ended == child)
            return WIFEXITED(status) ? WEXITSTATUS(status) : NOT_THERE - 1;
        if (ended < 0 && errno != EINTR)
            return NOT_THERE;
        nanosleep(&pause, NULL);
    }
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    return TOO_LONG;
}

static int spawn(const char *const *args, int in, int out)
{
    posix_spawn_file_actions_t actions;
    char **environment = plain_environment();
    pid_t child;
    int error;

    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out, STDERR_FILENO);
    error = posix_spawnp(&child, args[0], &actions, NULL, (char *const *)(void *)args,
                         environment);
    posix_spawn_file_actions_destroy(&actions);
    free(environment);
    return error ? NOT_THERE : wait_for(child);
}

/* Runs a command with `bytes` as its input. Returns its exit status, NOT_THERE when it cannot be run,
 * TOO_LONG when it did not end; what it said is appended to `said`, made harmless. */
static int run(const char *const *args, const char *bytes, size_t length, struct buf *said)
{
    FILE *in = tmpfile(), *out = tmpfile();
    char *text = xcalloc(SAID_MAX, 1);
    int status = NOT_THERE;
    size_t got;

    if (in && out && fwrite(bytes, 1, length, in) == length && fflush(in) == 0) {
        rewind(in);
        status = spawn(args, fileno(in), fileno(out));
        rewind(out);
        got = fread(text, 1, SAID_MAX, out);
        utf8_clean(said, text, got, 0);
    }
    if (in)
        fclose(in);
    if (out)
        fclose(out);
    free(text);
    return status;
}

/* ---- printers ---- */

static void add_printer(struct printers *out, size_t *room, const char *name, size_t length)
{
    out->names = vec_room(out->names, room, out->count + 1, sizeof out->names[0]);
    out->names[out->count++] = xstrndup(name, length);
}

/* "system default destination: NAME" */
static void find_usual(struct printers *out)
{
    static const char *const args[] = { "lpstat", "-d", NULL };
    struct buf said = BUF_INIT;
    const char *name;

    out->usual = out->count;
    if (run(args, "", 0, &said) == 0 && (name = strstr(said.text, ": "))) {
        size_t length = strcspn(name + 2, "\n");
        for (size_t i = 0; i < out->count; i++)
            if (strlen(out->names[i]) == length && strncmp(out->names[i], name + 2, length) == 0)
                out->usual = i;
    }
    buf_free(&said);
}

void printers_find(struct printers *out)
{
    static const char *const args[] = { "lpstat", "-e", NULL };
    struct buf said = BUF_INIT;
    size_t room = 0;

    *out = (struct printers){ 0 };
    if (run(args, "", 0, &said) == 0)
        for (const char *at = said.text; *at;) {
            size_t length = strcspn(at, "\n");
            if (length)
                add_printer(out, &room, at, length);
            at += length + (at[length] == '\n');
        }
    if (out->count)
        find_usual(out);
    buf_free(&said);
}

void printers_free(struct printers *printers)
{
    for (size_t i = 0; i < printers->count; i++)
        free(printers->names[i]);
    free(printers->names);
    *printers = (struct printers){ 0 };
}

/* The first line of what the command said, without its name in front. */
static int refused(int status, const struct buf *said, struct err *err)
{
    const char *reason = strncmp(said->text, "lp: ", 4) == 0 ? said->text + 4 : said->text;

    if (status == NOT_THERE)
        return err_set(err, ERR_DEVICE, N_("printing on paper needs the command lp of CUPS, which "
                                           "is not installed; save a file instead"));
    if (status == TOO_LONG)
        return err_set(err, ERR_DEVICE, N_("the printer does not answer"));
    return err_set(err, ERR_DEVICE, N_("the printer did not take it: %.*s"),
                   (int)strcspn(reason, "\n"), reason);
}

int printer_send(const struct printer_job *job, const char *bytes, size_t length, struct err *err)
{
    char copies[16];
    const char *args[12] = { "lp", "-t", job->title, "-n", copies, "-o",
                             job->duplex ? "sides=two-sided-long-edge" : "sides=one-sided" };
    struct buf said = BUF_INIT;
    int status;

    snprintf(copies, sizeof copies, "%d", job->copies);
    if (*job->printer) {
        args[7] = "-d";
        args[8] = job->printer;
    }
    status = run(args, bytes, length, &said);
    if (status)
        status = refused(status, &said, err);
    buf_free(&said);
    return status;
}

/* ---- desktop ---- */

bool printer_can_open(void)
{
    return getenv("DISPLAY") || getenv("WAYLAND_DISPLAY");
}

int printer_open_file(const char *path, struct err *err)
{
    const char *args[] = { "xdg-open", path, NULL };
    struct buf said = BUF_INIT;
    int status = run(args, "", 0, &said);

    buf_free(&said);
    return status == 0 ? 0 : err_set(err, ERR_DEVICE, N_("no program was found that opens %s"),
                                     path);
}
