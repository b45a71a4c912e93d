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

/* A printer that works may take its time; whoever only asks which ones there are is not kept. */
enum { NOT_THERE = 127, TOO_LONG = -1, PRINT_SECONDS = 15, LIST_SECONDS = 2, USUAL_SECONDS = 1,
       OPEN_SECONDS = 2, WAITS_A_SECOND = 100, SAID_MAX = 65536 };

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

/* The exit status, or TOO_LONG when the child goes on after so many seconds. */
static int wait_for(pid_t child, int seconds)
{
    const struct timespec pause = { .tv_nsec = 1000000000L / WAITS_A_SECOND };
    int status;

    for (int i = 0; i < seconds * WAITS_A_SECOND; i++) {
        pid_t ended = waitpid(child, &status, WNOHANG);
        if (ended == child)
            return WIFEXITED(status) ? WEXITSTATUS(status) : NOT_THERE - 1;
        if (ended < 0 && errno != EINTR)
            return NOT_THERE;
        nanosleep(&pause, NULL);
    }
    return TOO_LONG;
}

/* Starts a command: one that we read, or one of the user's own, in her language and with a session
 * that outlives the terminal. False when it cannot be run. */
static bool start(const char *const *args, int in, int out, bool users_own, pid_t *child)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    char **plain = plain_environment();
    int error;

    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out, STDERR_FILENO);
    posix_spawnattr_init(&attributes);
    if (users_own)
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);
    error = posix_spawnp(child, args[0], &actions, &attributes, (char *const *)(void *)args,
                         users_own ? environ : plain);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    free(plain);
    return !error;
}

static int run_to_end(const char *const *args, int in, int out, int seconds)
{
    pid_t child;
    int status;

    if (!start(args, in, out, false, &child))
        return NOT_THERE;
    status = wait_for(child, seconds);
    if (status == TOO_LONG) {
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
    }
    return status;
}

/* Runs a command with `bytes` as its input. Returns its exit status, NOT_THERE when it cannot be
 * run, TOO_LONG when it did not end in so many seconds; what it said is appended to `said`, made
 * harmless. */
static int run(const char *const *args, const char *bytes, size_t length, int seconds,
               struct buf *said)
{
    FILE *in = tmpfile(), *out = tmpfile();
    char *text = xcalloc(SAID_MAX, 1);
    int status = NOT_THERE;
    size_t got;

    if (in && out && fwrite(bytes, 1, length, in) == length && fflush(in) == 0) {
        rewind(in);
        status = run_to_end(args, fileno(in), fileno(out), seconds);
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
    if (run(args, "", 0, USUAL_SECONDS, &said) == 0 && (name = strstr(said.text, ": "))) {
        size_t length = strcspn(name + 2, "\n");
        for (size_t i = 0; i < out->count; i++)
            if (strlen(out->names[i]) == length && strncmp(out->names[i], name + 2, length) == 0)
                out->usual = i;
    }
    buf_free(&said);
}

bool printers_find(struct printers *out)
{
    static const char *const args[] = { "lpstat", "-e", NULL };
    struct buf said = BUF_INIT;
    size_t room = 0;
    int status = run(args, "", 0, LIST_SECONDS, &said);

    *out = (struct printers){ 0 };
    if (status == 0)
        for (const char *at = said.text; *at;) {
            size_t length = strcspn(at, "\n");
            if (length)
                add_printer(out, &room, at, length);
            at += length + (at[length] == '\n');
        }
    if (out->count)
        find_usual(out);
    buf_free(&said);
    return status != TOO_LONG;
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
    status = run(args, bytes, length, PRINT_SECONDS, &said);
    if (status)
        status = refused(status, &said, err);
    buf_free(&said);
    return status;
}

/* ---- desktop ---- */

static bool is_installed(const char *program)
{
    const char *folders = getenv("PATH");
    bool found = false;

    while (folders && *folders && !found) {
        size_t length = strcspn(folders, ":");
        struct buf path = BUF_INIT;
        buf_add_n(&path, folders, length);
        buf_addf(&path, "/%s", program);
        found = access(path.text, X_OK) == 0;
        buf_free(&path);
        folders += length + (folders[length] == ':');
    }
    return found;
}

static bool is_set(const char *variable)
{
    const char *value = getenv(variable);

    return value && *value;
}

bool printer_can_open(void)
{
    return (is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")) && is_installed("xdg-open");
}

/* The program that opens the file may stay as long as the user likes. */
int printer_open_file(const char *path, struct err *err)
{
    const char *args[] = { "xdg-open", path, NULL };
    int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC), status = NOT_THERE;
    pid_t child;

    if (nowhere >= 0 && start(args, nowhere, nowhere, true, &child))
        status = wait_for(child, OPEN_SECONDS);
    if (nowhere >= 0)
        close(nowhere);
    return status == 0 || status == TOO_LONG
               ? 0 : err_set(err, ERR_DEVICE, N_("no program was found that opens %s"), path);
}
