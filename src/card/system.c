/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * This computer: the service and what starts it, the place, the clock, software.
 */
#include "card/system.h"

#include <dirent.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "card/files.h"

extern char **environ;

enum { PROGRAMS_SHOWN = 8, STATUS_MAX = 16 << 20 };

static const char *yes_no(bool yes)
{
    return yes ? "yes" : "no";
}

/* ---- processes ---- */

typedef void (*each_process)(void *data, const char *name);

/* A process's name is cut at 15 letters by the kernel. */
static void walk_processes(const struct config *config, each_process each, void *data)
{
    struct buf path = BUF_INIT;
    struct dirent *entry;
    char name[32];
    DIR *folder;

    buf_addf(&path, "%s/proc", config->root);
    folder = opendir(path.text);
    while (folder && (entry = readdir(folder))) {
        if (entry->d_name[0] < '1' || entry->d_name[0] > '9')
            continue;
        buf_clear(&path);
        buf_addf(&path, "/proc/%s/comm", entry->d_name);
        if (files_line(config->root, path.text, name, sizeof name))
            each(data, name);
    }
    if (folder)
        closedir(folder);
    buf_free(&path);
}

struct found {
    const struct config *config;
    bool service;
    const char *programs[PROGRAMS_SHOWN];
    size_t count;
};

static void note_program(struct found *found, const char *program)
{
    for (size_t i = 0; i < found->count; i++)
        if (strcmp(found->programs[i], program) == 0)
            return;
    if (found->count < PROGRAMS_SHOWN)
        found->programs[found->count++] = program;
}

static void take_process(void *data, const char *name)
{
    struct found *found = data;

    found->service |= strcmp(name, "pcscd") == 0;
    for (const struct config_row *row = NULL; (row = config_next(found->config, "program", row));)
        if (strncmp(row->field[1], name, 15) == 0)
            note_program(found, row->field[1]);
}

void system_emit_programs(const struct config *config, const struct emitter *to)
{
    struct found found = { .config = config };
    struct buf names = BUF_INIT;

    walk_processes(config, take_process, &found);
    for (size_t i = 0; i < found.count; i++)
        buf_addf(&names, "%s%s", i ? ", " : "", found.programs[i]);
    if (found.count == 0)
        buf_add(&names, "–");
    emit_bytes(to, "system.programs", names.text, names.length);
    buf_free(&names);
}

/* ---- the service ---- */

/* Asks systemd for the states of units, one a line; nothing when it cannot be asked. */
static void ask_systemd(struct buf *out)
{
    char *arguments[] = { "systemctl", "is-active", "pcscd.socket", "pcscd.service", NULL };
    posix_spawn_file_actions_t actions;
    int ends[2];
    pid_t pid;
    char piece[256];
    ssize_t count;

    if (pipe2(ends, O_CLOEXEC) != 0)
        return;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    if (posix_spawnp(&pid, arguments[0], &actions, NULL, arguments, environ) == 0) {
        close(ends[1]);
        ends[1] = -1;
        while ((count = read(ends[0], piece, sizeof piece)) > 0 && out->length < 1000)
            buf_add_n(out, piece, (size_t)count);
        waitpid(pid, NULL, 0);
    }
    posix_spawn_file_actions_destroy(&actions);
    close(ends[0]);
    if (ends[1] >= 0)
        close(ends[1]);
}

static void emit_units(const struct emitter *to)
{
    static const char *const keys[] = { "system.socket_unit", "system.service_unit" };
    struct buf states = BUF_INIT;
    char *line, *rest;

    ask_systemd(&states);
    rest = states.text;
    for (size_t i = 0; i < countof(keys) && *rest && (line = strsep(&rest, "\n")); i++) {
        emit(to, keys[i], line);
        if (!rest)
            break;
    }
    buf_free(&states);
}

static void socket_path(const struct config *config, struct buf *out)
{
    const char *own = getenv("PCSCLITE_CSOCK_NAME");

    if (own && *own)
        buf_add(out, own);
    else
        buf_addf(out, "%s/run/pcscd/pcscd.comm", config->root);
}

void system_emit_service(const struct config *config, const struct emitter *to)
{
    struct found found = { .config = config };
    struct buf path = BUF_INIT;
    bool there;

    walk_processes(config, take_process, &found);
    socket_path(config, &path);
    there = access(path.text, F_OK) == 0;
    emit(to, "system.process", yes_no(found.service));
    emit(to, "system.socket", yes_no(there));
    emit(to, "system.access", there && access(path.text, W_OK) != 0 ? "denied" : "ok");
    if (files_exist(config->root, "/run/systemd/system"))
        emit_units(to);
    buf_free(&path);
}

/* ---- the place ---- */

static const char *place_of(const struct config *config)
{
    static const char *const marks[] = { "/.dockerenv", "/run/.containerenv",
                                         "/run/systemd/container" };
    struct buf cpu = BUF_INIT;
    const char *place = "machine";

    files_read(config->root, "/proc/cpuinfo", 1 << 16, &cpu);
    if (strstr(cpu.text, " hypervisor"))
        place = "virtual";
    for (size_t i = 0; i < countof(marks); i++)
        if (files_exist(config->root, marks[i]))
            place = "container";
    buf_free(&cpu);
    return place;
}

static void emit_place(const struct config *config, const struct emitter *to)
{
    static const char *const drivers[] = {
        "/usr/lib/pcsc/drivers/ifd-ccid.bundle", "/usr/lib64/pcsc/drivers/ifd-ccid.bundle",
        "/usr/local/lib/pcsc/drivers/ifd-ccid.bundle",
    };
    bool driver = false, service = files_exist(config->root, "/usr/sbin/pcscd")
                                || files_exist(config->root, "/usr/bin/pcscd")
                                || files_exist(config->root, "/usr/local/sbin/pcscd");

    for (size_t i = 0; i < countof(drivers); i++)
        driver |= files_exist(config->root, drivers[i]);
    emit(to, "system.init", files_exist(config->root, "/run/systemd/system") ? "systemd" : "none");
    emit(to, "system.place", place_of(config));
    emit(to, "system.remote", yes_no(getenv("SSH_CONNECTION") != NULL));
    emit(to, "system.pcscd", service ? "installed" : "missing");
    emit(to, "system.ccid", driver ? "installed" : "missing");
    if (files_exist(config->root, "/run/systemd/timesync"))
        emit(to, "system.synchronised",
             yes_no(files_exist(config->root, "/run/systemd/timesync/synchronized")));
}

/* ---- software ---- */

static void emit_software(const struct emitter *to, const char *id, const char *version)
{
    char key[64];

    snprintf(key, sizeof key, "software.%.30s", id);
    emit(to, key, "yes");
    snprintf(key, sizeof key, "software.%.30s.version", id);
    if (version)
        emit(to, key, version);
}

static void emit_paths(const struct config *config, const struct emitter *to)
{
    for (const struct config_row *row = NULL; (row = config_next(config, "path", row));)
        if (files_exist(config->root, row->field[2]))
            emit_software(to, row->field[1], NULL);
}

/* One paragraph of dpkg's list: its name, that it is installed, its version. */
struct package {
    const char *name, *version;
    bool installed;
};

static void take_package(const struct config *config, const struct emitter *to,
                         const struct package *package)
{
    const struct config_row *row = NULL;

    while (package->name && package->installed && (row = config_next(config, "package", row)))
        if (strncmp(package->name, row->field[2], strlen(row->field[2])) == 0)
            emit_software(to, row->field[1], package->version);
}

static void take_line(struct package *package, char *line)
{
    if (strncmp(line, "Package: ", 9) == 0)
        package->name = line + 9;
    else if (strncmp(line, "Version: ", 9) == 0)
        package->version = line + 9;
    else if (strncmp(line, "Status: ", 8) == 0)
        package->installed = strcmp(line + 8, "install ok installed") == 0;
}

static void emit_packages(const struct config *config, const struct emitter *to)
{
    struct buf status = BUF_INIT;
    struct package package = { NULL, NULL, false };
    char *rest, *line;

    if (config_next(config, "package", NULL))
        files_read(config->root, "/var/lib/dpkg/status", STATUS_MAX, &status);
    rest = status.text;
    while (*status.text && (line = strsep(&rest, "\n"))) {
        if (*line) {
            take_line(&package, line);
            continue;
        }
        take_package(config, to, &package);
        package = (struct package){ NULL, NULL, false };
    }
    take_package(config, to, &package);
    buf_free(&status);
}

void system_emit(const struct config *config, const struct emitter *to)
{
    emit_place(config, to);
    system_emit_programs(config, to);
    system_emit_usb(config, to);
    emit_paths(config, to);
    emit_packages(config, to);
}
