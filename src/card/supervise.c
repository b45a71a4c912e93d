/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Processes, pipes and clocks.
 */
#include "card/supervise.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "card/emit.h"
#include "card/pcsc.h"
#include "card/read.h"
#include "card/watch.h"
#include "core/card_facts.h"

enum { JOBS_MAX = PCSC_READERS_MAX + 1, WATCH = 0 };

/* A process of ours. The time of the job at WATCH, which watches readers, begins anew with each
 * line that it says. */
struct job {
    pid_t pid;                /* 0: the place is free */
    int fd;
    int reader;               /* number; 0 for the watch */
    long long begun;
    bool told_slow;
    char line[CARD_LINE_MAX];
    size_t length;            /* of the line so far, its end not counted */
    bool too_long;
};

struct known_reader {
    int number;
    char name[PCSC_NAME_MAX];
};

struct supervisor {
    const struct config *config;
    struct job jobs[JOBS_MAX];
    struct known_reader readers[PCSC_READERS_MAX];
    size_t reader_count;
    int readings;             /* so far */
    struct emitter out;
};

static long long now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

/* ---- processes ---- */

static void emitter_for(struct emitter *emitter, int fd, int reader)
{
    *emitter = (struct emitter){ .fd = fd };
    if (reader)
        snprintf(emitter->prefix, sizeof emitter->prefix, "reader%d.card.", reader);
}

/* What the child does; it ends with its parent, whatever it hangs in. */
static _Noreturn void run_child(const struct supervisor *s, pid_t parent, int fd, int reader,
                                const char *name)
{
    struct emitter to;

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(0);
    signal(SIGPIPE, SIG_DFL);
    emitter_for(&to, fd, reader);
    if (reader)
        read_reader(name, s->config, &to);
    else
        watch_readers(s->config, &to);
    _exit(0);
}

static bool start(struct supervisor *s, struct job *job, int reader, const char *name)
{
    pid_t parent = getpid(), pid;
    int ends[2];

    if (pipe2(ends, O_CLOEXEC) != 0)
        return false;
    pid = fork();
    if (pid == 0) {
        close(ends[0]);
        run_child(s, parent, ends[1], reader, name);
    }
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return false;
    }
    *job = (struct job){ .pid = pid, .fd = ends[0], .reader = reader, .begun = now_ms() };
    return true;
}

/* Waits for the end of the job's process; returns its status. */
static int reap(struct job *job)
{
    int status = 0;

    while (waitpid(job->pid, &status, 0) < 0 && errno == EINTR)
        ;
    close(job->fd);
    job->pid = 0;
    return status;
}

static void end(struct job *job)
{
    kill(job->pid, SIGKILL);
    reap(job);
}

static struct job *job_of(struct supervisor *s, int reader)
{
    for (size_t i = 1; i < JOBS_MAX; i++)
        if (s->jobs[i].pid && s->jobs[i].reader == reader)
            return &s->jobs[i];
    return NULL;
}

/* ---- cards ---- */

static const char *reader_name(const struct supervisor *s, int number)
{
    for (size_t i = 0; i < s->reader_count; i++)
        if (s->readers[i].number == number)
            return s->readers[i].name;
    return NULL;
}

static void begin_reading(struct supervisor *s, int reader)
{
    const char *name = reader_name(s, reader);
    struct job *job = job_of(s, reader);
    struct emitter card;

    if (!name)
        return;
    if (job)
        end(job);
    emitter_for(&card, s->out.fd, reader);
    emitf(&card, "begin", "%d", ++s->readings);
    for (size_t i = 1; i < JOBS_MAX; i++) {
        if (!s->jobs[i].pid) {
            if (!start(s, &s->jobs[i], reader, name))
                emit(&card, "stopped", "crashed");
            return;
        }
    }
}

static void note_reader(struct supervisor *s, int number, const char *name)
{
    struct known_reader *reader;

    if (s->reader_count >= PCSC_READERS_MAX || strlen(name) >= PCSC_NAME_MAX)
        return;
    reader = &s->readers[s->reader_count++];
    reader->number = number;
    strcpy(reader->name, name);
}

static void forget_reader(struct supervisor *s, int number)
{
    struct job *job = job_of(s, number);

    if (job)
        end(job);
    for (size_t i = 0; i < s->reader_count; i++)
        if (s->readers[i].number == number)
            s->readers[i] = s->readers[--s->reader_count];
}

/* ---- lines ---- */

static void pass_on(const struct supervisor *s, const char *line, size_t length)
{
    while (length > 0) {
        ssize_t count = write(s->out.fd, line, length);
        if (count < 0 && errno != EINTR)
            return;
        if (count > 0) {
            line += count;
            length -= (size_t)count;
        }
    }
}

/* What the watch says is ours too: which readers there are, and that a card came. */
static void follow_watch(struct supervisor *s, const char *line)
{
    char key[16];
    int number, used = 0;

    if (sscanf(line, "reader%4d.%15[a-z]\t%n", &number, key, &used) != 2 || used == 0)
        return;
    if (strcmp(key, "name") == 0)
        note_reader(s, number, line + used);
    else if (strcmp(key, "gone") == 0)
        forget_reader(s, number);
    else if (strcmp(key, "card") == 0 && strcmp(line + used, "in") == 0)
        begin_reading(s, number);
}

/* "alive" is for the clock alone. */
static bool is_alive_line(const struct job *job)
{
    return strncmp(job->line, "alive\t", 6) == 0;
}

static void restart_clock(const struct supervisor *s, struct job *job)
{
    job->begun = now_ms();
    if (job->told_slow)
        emit(&s->out, "slow", "no");
    job->told_slow = false;
}

static void take_line(struct supervisor *s, struct job *job)
{
    job->line[job->length] = '\n';
    if (!is_alive_line(job))
        pass_on(s, job->line, job->length + 1);
    job->line[job->length] = '\0';
    if (job == &s->jobs[WATCH]) {
        restart_clock(s, job);
        follow_watch(s, job->line);
    }
}

/* What is longer than a line may be is passed over: it is none of ours. */
static void take_bytes(struct supervisor *s, struct job *job, const char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (bytes[i] != '\n') {
            if (job->length < sizeof job->line - 1)
                job->line[job->length++] = bytes[i];
            else
                job->too_long = true;
            continue;
        }
        if (!job->too_long)
            take_line(s, job);
        job->length = 0;
        job->too_long = false;
    }
}

/* ---- the end of a job ---- */

static void emit_of(const struct supervisor *s, const struct job *job, const char *key,
                    const char *value)
{
    struct emitter to;

    emitter_for(&to, s->out.fd, job->reader);
    emit(&to, key, value);
}

/* A process closes its pipe only by ending. The watch never ends by itself. */
static void finish(struct supervisor *s, struct job *job)
{
    int status = reap(job);

    if (job == &s->jobs[WATCH] || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        emit_of(s, job, "stopped", "crashed");
}

static void take_job(struct supervisor *s, struct job *job)
{
    char bytes[4096];
    ssize_t count = read(job->fd, bytes, sizeof bytes);

    if (count > 0)
        take_bytes(s, job, bytes, (size_t)count);
    else if (count == 0)
        finish(s, job);
}

/* ---- time ---- */

static void check_time(struct supervisor *s, struct job *job, long long now)
{
    if (!job->pid)
        return;
    if (now - job->begun >= s->config->stop_ms) {
        end(job);
        emit_of(s, job, "stopped", "timeout");
    } else if (!job->told_slow && now - job->begun >= s->config->slow_ms) {
        job->told_slow = true;
        emit_of(s, job, "slow", "yes");
    }
}

/* Milliseconds until the next limit; -1 when there is none. */
static int next_limit(const struct supervisor *s, long long now)
{
    long long next = -1;

    for (size_t i = 0; i < JOBS_MAX; i++) {
        const struct job *job = &s->jobs[i];
        long long at;
        if (!job->pid)
            continue;
        at = job->begun + (job->told_slow ? s->config->stop_ms : s->config->slow_ms) - now;
        if (next < 0 || at < next)
            next = at < 0 ? 0 : at;
    }
    return (int)next;
}

/* ---- the loop ---- */

/* False when the standard input has closed. */
static bool wait_for_news(struct supervisor *s, struct pollfd polled[JOBS_MAX + 1])
{
    for (size_t i = 0; i < JOBS_MAX; i++)
        polled[i] = (struct pollfd){ s->jobs[i].pid ? s->jobs[i].fd : -1, POLLIN, 0 };
    polled[JOBS_MAX] = (struct pollfd){ STDIN_FILENO, POLLIN, 0 };
    if (poll(polled, JOBS_MAX + 1, next_limit(s, now_ms())) < 0)
        return errno == EINTR;
    return !polled[JOBS_MAX].revents;
}

static void run(struct supervisor *s)
{
    struct pollfd polled[JOBS_MAX + 1];

    while (s->jobs[WATCH].pid && wait_for_news(s, polled)) {
        for (size_t i = 0; i < JOBS_MAX; i++)
            if (polled[i].revents && s->jobs[i].pid && polled[i].fd == s->jobs[i].fd)
                take_job(s, &s->jobs[i]);
        for (size_t i = 0; i < JOBS_MAX; i++)
            check_time(s, &s->jobs[i], now_ms());
    }
}

int supervise(const struct config *config)
{
    struct supervisor *s = xcalloc(1, sizeof *s);
    bool started;

    s->config = config;
    s->out = (struct emitter){ .fd = STDOUT_FILENO };
    started = start(s, &s->jobs[WATCH], 0, NULL);
    if (started)
        run(s);
    for (size_t i = 0; i < JOBS_MAX; i++)
        if (s->jobs[i].pid)
            end(&s->jobs[i]);
    free(s);
    return started ? 0 : 1;
}
