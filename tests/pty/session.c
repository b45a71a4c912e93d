/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One program in a pseudo-terminal, with a terminal emulator that keeps its screen.
 *
 * The keeper reports over a pipe: first the program's process number, then each status that
 * waitpid() gives. A byte written to the keeper continues a stopped program.
 */
#include "session.h"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>

enum { NONE = -1, GRACE_MS = 3, ROW_BYTES = 8192, TAIL_BYTES = 16 };

struct session {
    pid_t keeper, program;
    int tty;                  /* our end; NONE after a hang-up */
    int idle, reports, orders;
    int rows, cols, patience_ms;
    enum session_state state;
    int status;
    VTerm *emulator;
    VTermScreen *screen;
    bool alternate, cursor_hidden, brackets;
    char tail[TAIL_BYTES];    /* of the output so far, for sequences that come in two pieces */
    size_t tail_length;
    struct termios before;
};

static void die(const char *what)
{
    perror(what);
    exit(1);
}

long session_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000L + now.tv_nsec / 1000000L;
}

long session_deadline(const struct session *session)
{
    return session_clock() + session->patience_ms;
}

/* The emulator. */

static int on_property(VTermProp property, VTermValue *value, void *user)
{
    struct session *session = user;
    if (property == VTERM_PROP_ALTSCREEN)
        session->alternate = value->boolean;
    else if (property == VTERM_PROP_CURSORVISIBLE)
        session->cursor_hidden = !value->boolean;
    return 1;
}

static const VTermScreenCallbacks callbacks = { .settermprop = on_property };

static void open_emulator(struct session *session)
{
    session->emulator = vterm_new(session->rows, session->cols);
    if (!session->emulator)
        die("vterm_new");
    vterm_set_utf8(session->emulator, 1);
    session->screen = vterm_obtain_screen(session->emulator);
    vterm_screen_enable_altscreen(session->screen, 1);
    vterm_screen_set_callbacks(session->screen, &callbacks, session);
    vterm_screen_reset(session->screen, 1);
}

/* libvterm keeps mode 2004 to itself, so the bytes are looked at. */
static void watch_brackets(struct session *session, const char *bytes, size_t length)
{
    char text[TAIL_BYTES + 4096];
    memcpy(text, session->tail, session->tail_length);
    memcpy(text + session->tail_length, bytes, length);
    length += session->tail_length;
    for (size_t i = 0; i + 8 <= length; i++)
        if (memcmp(text + i, "\033[?2004", 7) == 0)
            session->brackets = text[i + 7] == 'h';
    session->tail_length = length < 7 ? length : 7;
    memcpy(session->tail, text + length - session->tail_length, session->tail_length);
}

static void answer_queries(struct session *session)
{
    char answer[512];
    size_t length;
    while ((length = vterm_output_read(session->emulator, answer, sizeof answer)) > 0)
        session_send(session, answer, length);
}

/* Reads what the program has written. Returns false when there is nothing. */
static bool read_tty(struct session *session)
{
    char bytes[4096];
    ssize_t count = session->tty == NONE ? 0 : read(session->tty, bytes, sizeof bytes);
    if (count <= 0)
        return false;
    watch_brackets(session, bytes, (size_t)count);
    vterm_input_write(session->emulator, bytes, (size_t)count);
    vterm_screen_flush_damage(session->screen);
    answer_queries(session);
    return true;
}

/* The keeper and the program; both run in the child of forkpty(). */

static void run_program(const struct session_setup *setup, int idle)
{
    char number[16];
    for (char *const *item = setup->env; *item; item++)
        if (strchr(*item, '='))
            putenv(*item);
        else
            unsetenv(*item);
    snprintf(number, sizeof number, "%d", idle);
    setenv("KANTAPOLKU_IDLE_FD", number, 1);
    setenv("HOME", setup->folder, 1);
    if (chdir(setup->folder) != 0)
        _exit(126);
    execv(setup->argv[0], setup->argv);
    perror(setup->argv[0]);
    _exit(127);
}

static void put_report(int reports, int value)
{
    if (write(reports, &value, sizeof value) != sizeof value)
        _exit(1);
}

/* Stays until its pipe of orders is closed, so that the terminal lives on after the program and
 * can be looked at. A hang-up must not end it before it has reported. */
static void keep(pid_t program, int reports, int orders)
{
    int status;
    char order;
    put_report(reports, program);
    while (waitpid(program, &status, WUNTRACED) == program) {
        put_report(reports, status);
        if (!WIFSTOPPED(status))
            break;
        if (read(orders, &order, 1) != 1)
            break;
        tcsetpgrp(STDIN_FILENO, program);
        kill(-program, SIGCONT);
    }
    while (read(orders, &order, 1) == 1)
        ;
    _exit(0);
}

/* The first order is to begin: the line settings have been noted down. */
static void be_keeper(const struct session_setup *setup, int idle, int reports, int orders)
{
    char order;
    if (read(orders, &order, 1) != 1)
        _exit(1);
    signal(SIGTTOU, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    pid_t program = fork();
    if (program < 0)
        _exit(1);
    if (program == 0) {
        setpgid(0, 0);
        tcsetpgrp(STDIN_FILENO, getpid());
        signal(SIGTTOU, SIG_DFL);
        signal(SIGHUP, SIG_DFL);
        run_program(setup, idle);
    }
    setpgid(program, program);
    close(idle);
    keep(program, reports, orders);
}

static void make_pipe(int ends[2], int kept)
{
    if (pipe(ends) != 0)
        die("pipe");
    fcntl(ends[kept], F_SETFD, FD_CLOEXEC);
}

struct session *session_start(const struct session_setup *setup)
{
    struct session *session = calloc(1, sizeof *session);
    struct winsize size = { (unsigned short)setup->rows, (unsigned short)setup->cols, 0, 0 };
    int idle[2], reports[2], orders[2], program = 0;
    if (!session)
        die("calloc");
    session->rows = setup->rows;
    session->cols = setup->cols;
    session->patience_ms = setup->patience_ms;
    open_emulator(session);
    make_pipe(idle, 0);
    make_pipe(reports, 0);
    make_pipe(orders, 1);
    fcntl(reports[1], F_SETFD, FD_CLOEXEC);
    fcntl(orders[0], F_SETFD, FD_CLOEXEC);
    fcntl(idle[0], F_SETFL, O_NONBLOCK);
    fflush(NULL);
    session->keeper = forkpty(&session->tty, NULL, NULL, &size);
    if (session->keeper < 0)
        die("forkpty");
    if (session->keeper == 0) {
        close(orders[1]);
        close(reports[0]);
        be_keeper(setup, idle[1], reports[1], orders[0]);
    }
    tcgetattr(session->tty, &session->before);
    fcntl(session->tty, F_SETFL, O_NONBLOCK);
    fcntl(session->tty, F_SETFD, FD_CLOEXEC);
    close(idle[1]);
    close(reports[1]);
    close(orders[0]);
    session->idle = idle[0];
    session->reports = reports[0];
    session->orders = orders[1];
    if (write(session->orders, "", 1) != 1 ||
        read(session->reports, &program, sizeof program) != sizeof program)
        die("the keeper");
    session->program = program;
    return session;
}

void session_free(struct session *session)
{
    if (session->state != SESSION_ENDED)
        kill(session->program, SIGKILL);
    close(session->orders);
    close(session->reports);
    close(session->idle);
    session_hang_up(session);
    kill(session->keeper, SIGKILL);
    waitpid(session->keeper, NULL, 0);
    vterm_free(session->emulator);
    free(session);
}

/* Waiting. */

static void read_report(struct session *session)
{
    int status;
    if (read(session->reports, &status, sizeof status) != sizeof status)
        die("the keeper");
    session->state = WIFSTOPPED(status) ? SESSION_STOPPED : SESSION_ENDED;
    session->status = WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

static void forget_idle(struct session *session)
{
    char bytes[256];
    while (read(session->idle, bytes, sizeof bytes) > 0)
        ;
}

enum news { NEWS_NONE, NEWS_OUTPUT, NEWS_IDLE, NEWS_REPORT };

static enum news wait_news(struct session *session, long deadline)
{
    struct pollfd watched[] = {
        { .fd = session->tty, .events = POLLIN },
        { .fd = session->idle, .events = POLLIN },
        { .fd = session->state == SESSION_ENDED ? NONE : session->reports, .events = POLLIN },
    };
    long left = deadline - session_clock();
    if (poll(watched, 3, left > 0 ? (int)left : 0) <= 0)
        return NEWS_NONE;
    if (watched[0].revents && read_tty(session))
        return NEWS_OUTPUT;
    if (watched[2].revents) {
        read_report(session);
        return NEWS_REPORT;
    }
    if (watched[1].revents & POLLIN) {
        forget_idle(session);
        return NEWS_IDLE;
    }
    return NEWS_NONE;
}

bool session_more(struct session *session, long deadline)
{
    enum news news = wait_news(session, deadline);
    return news != NEWS_NONE && session_clock() < deadline;
}

/* Output reaches our end of a pseudo-terminal through a work queue of the kernel, so it may come
 * a little after the idle byte. */
static void drain(struct session *session)
{
    struct pollfd tty = { .fd = session->tty, .events = POLLIN };
    while (poll(&tty, 1, GRACE_MS) > 0 && read_tty(session))
        ;
}

bool session_settle(struct session *session)
{
    long deadline = session_deadline(session);
    bool settled = session->state != SESSION_RUNS;
    while (!settled && session_clock() < deadline) {
        enum news news = wait_news(session, deadline);
        settled = news == NEWS_IDLE || news == NEWS_REPORT;
    }
    drain(session);
    return settled;
}

/* Doing. */

void session_send(struct session *session, const char *bytes, size_t length)
{
    long deadline = session_deadline(session);
    forget_idle(session);
    while (length > 0 && session->tty != NONE && session_clock() < deadline) {
        struct pollfd tty = { .fd = session->tty, .events = POLLOUT };
        ssize_t count = write(session->tty, bytes, length);
        if (count > 0) {
            bytes += count;
            length -= (size_t)count;
        } else if (!read_tty(session)) {
            poll(&tty, 1, GRACE_MS);
        }
    }
}

void session_signal(struct session *session, int number)
{
    forget_idle(session);
    if (session->state != SESSION_ENDED)
        kill(session->program, number);
}

void session_continue(struct session *session)
{
    forget_idle(session);
    session->state = SESSION_RUNS;
    if (write(session->orders, "", 1) != 1)
        die("the keeper");
}

void session_hang_up(struct session *session)
{
    if (session->tty != NONE)
        close(session->tty);
    session->tty = NONE;
}

bool session_resize(struct session *session, int rows, int cols)
{
    struct winsize size = { (unsigned short)rows, (unsigned short)cols, 0, 0 };
    if (rows == session->rows && cols == session->cols)
        return false;
    session->rows = rows;
    session->cols = cols;
    forget_idle(session);
    vterm_set_size(session->emulator, rows, cols);
    ioctl(session->tty, TIOCSWINSZ, &size);
    return true;
}

/* Looking. */

enum session_state session_state(const struct session *session)
{
    return session->state;
}

int session_status(const struct session *session)
{
    return session->status;
}

bool session_by_lines(const struct session *session)
{
    struct termios now;
    return tcgetattr(session->tty, &now) == 0 && (now.c_lflag & ICANON);
}

bool session_brackets(const struct session *session)
{
    return session->brackets;
}

static size_t put_utf8(uint32_t cp, char *out)
{
    static const unsigned char first[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
    size_t length = cp < 0x80 ? 1 : cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (cp & 0x3f));
        cp >>= 6;
    }
    out[0] = (char)(length == 1 ? cp : first[length] | cp);
    return length;
}

/* The text of a row without trailing blanks. */
static void row_text(const struct session *session, int row, char text[ROW_BYTES])
{
    VTermPos at = { .row = row };
    size_t used = 0, end = 0;
    while (at.col < session->cols && used + 4 * VTERM_MAX_CHARS_PER_CELL < ROW_BYTES) {
        VTermScreenCell cell = { .width = 1 };
        vterm_screen_get_cell(session->screen, at, &cell);
        if (cell.chars[0] == 0)
            text[used++] = ' ';
        for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
            used += put_utf8(cell.chars[i], text + used);
        if (cell.chars[0] != 0 && cell.chars[0] != ' ')
            end = used;
        at.col += cell.width > 0 ? cell.width : 1;
    }
    text[end] = '\0';
}

bool session_shows(const struct session *session, const char *text)
{
    char row[ROW_BYTES];
    for (int i = 0; i < session->rows; i++) {
        row_text(session, i, row);
        if (strstr(row, text))
            return true;
    }
    return false;
}

void session_cursor(const struct session *session, int *row, int *col)
{
    VTermPos at;
    vterm_state_get_cursorpos(vterm_obtain_state(session->emulator), &at);
    *row = at.row;
    *col = at.col;
}

const char *session_unrestored(const struct session *session)
{
    struct termios now;
    if (session->alternate)
        return "the alternate screen is still on";
    if (session->cursor_hidden)
        return "the cursor is still hidden";
    if (session->brackets)
        return "pastes still come in brackets";
    if (tcgetattr(session->tty, &now) != 0)
        return "the terminal is gone";
    if (now.c_lflag != session->before.c_lflag || now.c_iflag != session->before.c_iflag ||
        now.c_oflag != session->before.c_oflag || now.c_cflag != session->before.c_cflag ||
        memcmp(now.c_cc, session->before.c_cc, sizeof now.c_cc) != 0)
        return "the line settings are not as before";
    return NULL;
}

void session_print(const struct session *session)
{
    char row[ROW_BYTES];
    int cursor_row, cursor_col;
    session_cursor(session, &cursor_row, &cursor_col);
    printf("# screen %dx%d, cursor %d %d%s\n", session->rows, session->cols, cursor_row, cursor_col,
           session->cursor_hidden ? " hidden" : "");
    for (int i = 0; i < session->rows; i++) {
        row_text(session, i, row);
        printf("# |%s\n", row);
    }
}
