/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Starts kantapolku-reader, tells it what the data say (card/config.h), takes its lines.
 */
#include "card_child.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/tr.h"
#include "core/card_data.h"

#ifndef PKGLIBEXECDIR
#define PKGLIBEXECDIR "/usr/local/libexec/kantapolku"
#endif
#define PROGRAM "kantapolku-reader"

extern char **environ;

struct card_child {
    const struct content *content;
    const struct content_place *place;
    pid_t pid;                /* 0: not running */
    int to, from;
    struct card_lines lines;
};

struct card_child *card_child_new(const struct content *content,
                                  const struct content_place *place)
{
    struct card_child *child = xcalloc(1, sizeof *child);

    child->content = content;
    child->place = place;
    child->to = child->from = -1;
    return child;
}

/* ---- what the child is told ---- */

static void add_row(struct buf *out, const char *word, const char *value)
{
    if (value && *value)
        buf_addf(out, "%s\t%s\n", word, value);
}

static void add_rows(struct buf *out, const char *word, const char **values)
{
    for (; values && *values; values++)
        add_row(out, word, *values);
}

static void add_software(struct buf *out, const struct card_software *software)
{
    for (const char **path = software->paths; path && *path; path++)
        buf_addf(out, "path\t%s\t%s\n", software->id, *path);
    for (const char **package = software->packages; package && *package; package++)
        buf_addf(out, "package\t%s\t%s\n", software->id, *package);
}

static int is_certificate(const struct dirent *entry)
{
    static const char *const ends[] = { ".pem", ".crt", ".cer", ".der" };
    const char *dot = strrchr(entry->d_name, '.');

    for (size_t i = 0; dot && entry->d_name[0] != '.' && i < countof(ends); i++)
        if (strcmp(dot, ends[i]) == 0)
            return 1;
    return 0;
}

/* Files of certificates that somebody has put beside the data. */
static void add_anchors(struct buf *out, const char *root)
{
    struct buf folder = BUF_INIT;
    struct dirent **entries = NULL;
    int count;

    buf_addf(&folder, "%s/data/trust", root);
    count = scandir(folder.text, &entries, is_certificate, alphasort);
    for (int i = 0; i < count; i++) {
        if (!strpbrk(entries[i]->d_name, "\t\n"))
            buf_addf(out, "anchor\t%s/%s\n", folder.text, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    buf_free(&folder);
}

static void add_config(struct buf *out, const struct card_child *child)
{
    const struct cards *cards = child->content->schema->cards;

    add_row(out, "root", getenv("KANTAPOLKU_SYSTEM_ROOT"));
    add_rows(out, "issuer", cards->issuers);
    add_rows(out, "program", cards->programs);
    for (size_t i = 0; i < cards->root_count; i++)
        add_row(out, "pin", cards->roots[i].sha256);
    for (size_t i = 0; i < cards->pins_count; i++) {
        const struct card_pins *pins = &cards->pins[i];
        buf_addf(out, "codes\t%s\t%s\t%s\t%s\t%s\n", pins->id, pins->pin1, pins->pin2, pins->puk,
                 pins->details ? "details" : "-");
    }
    for (size_t i = 0; i < cards->driver_count; i++)
        add_row(out, "vendor", cards->drivers[i].vendor);
    for (size_t i = 0; i < cards->software_count; i++)
        add_software(out, &cards->software[i]);
    add_anchors(out, child->place->root);
    buf_add_char(out, '\n');
}

static bool send_config(const struct card_child *child)
{
    struct buf text = BUF_INIT;
    size_t at = 0;

    add_config(&text, child);
    while (at < text.length) {
        ssize_t count = write(child->to, text.text + at, text.length - at);
        if (count < 0 && errno != EINTR)
            break;
        if (count > 0)
            at += (size_t)count;
    }
    buf_free(&text);
    return at > 0;
}

/* ---- starting ---- */

/* Beside this program in its build tree, else where it was installed. */
static void find_program(struct buf *out)
{
    char own[4096];
    ssize_t length = readlink("/proc/self/exe", own, sizeof own);
    const char *slash = length > 0 ? memrchr(own, '/', (size_t)length) : NULL;

    if (slash && (size_t)length < sizeof own) {
        buf_add_n(out, own, (size_t)(slash - own));
        buf_add(out, "/" PROGRAM);
        if (access(out->text, X_OK) == 0)
            return;
    }
    buf_clear(out);
    buf_add(out, PKGLIBEXECDIR "/" PROGRAM);
}

/* A group of its own: keys of the terminal are not for it. */
static int spawn(const char *program, int input, int output, pid_t *pid)
{
    char *arguments[] = { (char *)(size_t)PROGRAM, NULL };
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int error;

    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    error = posix_spawn(pid, program, &actions, &attributes, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return error;
}

static int start_program(struct card_child *child, struct err *err)
{
    struct buf program = BUF_INIT;
    int input[2] = { -1, -1 }, output[2] = { -1, -1 }, error = 0, code = 0;

    find_program(&program);
    if (pipe2(input, O_CLOEXEC) != 0 || pipe2(output, O_CLOEXEC) != 0)
        error = errno;
    if (!error)
        error = spawn(program.text, input[0], output[1], &child->pid);
    child->to = input[1];
    child->from = output[0];
    if (input[0] >= 0)
        close(input[0]);
    if (output[1] >= 0)
        close(output[1]);
    if (error) {
        child->pid = 0;
        code = err_set(err, ERR_DEVICE, N_("the card reader program %s cannot be started: %s"),
                       program.text, err_reason(err_tr(err), error));
    }
    buf_free(&program);
    return code;
}

static void stop(void *data)
{
    struct card_child *child = data;

    if (child->to >= 0)
        close(child->to);
    if (child->from >= 0)
        close(child->from);
    child->to = child->from = -1;
    if (child->pid > 0) {
        kill(child->pid, SIGKILL);
        while (waitpid(child->pid, NULL, 0) < 0 && errno == EINTR)
            ;
    }
    child->pid = 0;
}

void card_child_free(struct card_child *child)
{
    if (!child)
        return;
    stop(child);
    free(child);
}

static int start(void *data, struct err *err)
{
    struct card_child *child = data;
    int code;

    stop(child);
    memset(&child->lines, 0, sizeof child->lines);
    if (!child->content->schema->cards)
        return err_set(err, ERR_INPUT, N_("%s is missing"), "data/cards");
    code = start_program(child, err);
    if (!code && (fcntl(child->from, F_SETFL, O_NONBLOCK) != 0 || !send_config(child)))
        code = err_set(err, ERR_DEVICE, N_("the card reader program does not answer"));
    if (code)
        stop(child);
    return code;
}

/* ---- taking ---- */

static int source_fd(void *data)
{
    return ((struct card_child *)data)->from;
}

static int take(void *data, struct card_view *view, struct err *err)
{
    struct card_child *child = data;
    char bytes[4096];
    ssize_t count = child->from >= 0 ? read(child->from, bytes, sizeof bytes) : 0;

    if (count > 0) {
        card_lines_add(&child->lines, view, bytes, (size_t)count);
        return 1;
    }
    if (count < 0 && (errno == EAGAIN || errno == EINTR))
        return 0;
    stop(child);
    return err_set(err, ERR_DEVICE, N_("the card reader program has ended"));
}

struct card_source card_child_source(struct card_child *child)
{
    return (struct card_source){ child, start, source_fd, take, stop };
}
