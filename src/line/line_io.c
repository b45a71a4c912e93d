/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Reading lines and saying texts.
 *
 * A terminal that can do it gets line editing (libedit, without history: answers are nobody's
 * business afterwards). Otherwise lines are read as they come. SIGINT is let through only
 * while the program waits for input, where an empty handler makes the wait return; so no
 * state is shared with a handler and nothing is interrupted half-way. Being stopped (Ctrl-Z) and
 * continued comes as input too while the editor holds the terminal, which has to be lent out.
 */
#include "line/line_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <histedit.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "base/utf8_ascii.h"
#include "base/utf8_wrap.h"

enum { LINE_BYTES_MAX = 1 << 18 };

struct input {
    FILE *in;
    int fd;                   /* -1: `in` is no file, read with getline() */
    int idle;                 /* gets one byte before each wait; -1: none */
    EditLine *editor;         /* or NULL */
    int stops;                /* tells of SIGTSTP and SIGCONT while there is an editor; or -1 */
    char *prompt;             /* of the editor */
    bool interrupted, ended;
    bool typed;               /* the next line was typed, and echoed, during line_wait() */
    struct buf waiting;       /* read and not yet used */
    char *got;                /* getline()'s own buffer */
    size_t got_room;
    sigset_t mask;            /* signals as they were */
    struct sigaction action;
};

/* ---- waiting ---- */

static int idle_descriptor(void)
{
    const char *text = getenv("KANTAPOLKU_IDLE_FD");
    char *rest;
    long fd;

    if (!text || *text < '0' || *text > '9')
        return -1;
    fd = strtol(text, &rest, 10);
    return *rest || fd > INT_MAX || fcntl((int)fd, F_GETFD) == -1 ? -1 : (int)fd;
}

/* The byte tells a test that all output of the last line is out. */
static void tell_idle(const struct input *input)
{
    ssize_t written = input->idle >= 0 ? write(input->idle, ".", 1) : 0;

    (void)written;
}

static void stopping_signals(sigset_t *set)
{
    sigemptyset(set);
    sigaddset(set, SIGTSTP);
    sigaddset(set, SIGCONT);
}

/* Gives the terminal back, stops, and takes it again when continued: the line that is being typed
 * is written anew. Where nobody can continue the program it does not stop. */
static void stop_or_continue(struct input *input)
{
    struct signalfd_siginfo info;
    sigset_t stop, both;

    stopping_signals(&both);
    if (read(input->stops, &info, sizeof info) != sizeof info)
        return;
    if (info.ssi_signo == SIGTSTP) {
        el_set(input->editor, EL_PREP_TERM, 0);
        raise(SIGTSTP);
        sigemptyset(&stop);
        sigaddset(&stop, SIGTSTP);
        sigprocmask(SIG_UNBLOCK, &stop, NULL);
        sigprocmask(SIG_BLOCK, &stop, NULL);
        while (sigtimedwait(&both, NULL, &(struct timespec){ 0, 0 }) > 0)
            ;
    }
    el_set(input->editor, EL_PREP_TERM, 1);
    el_set(input->editor, EL_REFRESH);
}

/* Waits until there is something to read; false when interrupted. */
static bool wait_for_input(struct input *input)
{
    struct pollfd polls[2] = { { .fd = input->fd, .events = POLLIN },
                               { .fd = input->stops, .events = POLLIN } };
    sigset_t open = input->mask;

    sigdelset(&open, SIGINT);
    if (input->stops >= 0) {
        sigaddset(&open, SIGTSTP);
        sigaddset(&open, SIGCONT);
    }
    do {
        tell_idle(input);
        while (ppoll(polls, 2, NULL, &open) < 0)
            if (errno == EINTR) {
                input->interrupted = true;
                return false;
            }
        if (polls[1].revents)
            stop_or_continue(input);
    } while (!polls[0].revents);
    return true;
}

/* A stream that is no file cannot be waited for: what is watched comes first then. */
enum line_woke line_wait(struct line *line, int fd)
{
    struct input *input = line->input;
    struct pollfd polls[2] = { { .fd = input->fd, .events = POLLIN },
                               { .fd = fd, .events = POLLIN } };
    sigset_t open = input->mask;

    fflush(line->out);
    input->typed = input->waiting.length > 0;
    if (input->typed)
        return LINE_WOKE_TYPED;
    sigdelset(&open, SIGINT);
    tell_idle(input);
    if (ppoll(polls, 2, NULL, &open) < 0)
        return LINE_WOKE_INTERRUPTED;
    input->typed = polls[0].revents != 0;
    return input->typed ? LINE_WOKE_TYPED : LINE_WOKE_READY;
}

/* Reads what there is; false at the end of the input, at an error and when interrupted. */
static bool fill(struct input *input)
{
    char bytes[4096];
    ssize_t length;

    if (input->ended || !wait_for_input(input))
        return false;
    do
        length = read(input->fd, bytes, sizeof bytes);
    while (length < 0 && errno == EINTR);
    if (length <= 0)
        input->ended = true;
    else
        buf_add_n(&input->waiting, bytes, (size_t)length);
    return length > 0;
}

/* ---- the editor ---- */

static void on_interrupt(int number)
{
    (void)number;
}

static char *editor_prompt(EditLine *editor)
{
    struct input *input = NULL;

    el_get(editor, EL_CLIENTDATA, &input);
    return input->prompt;
}

/* One letter for the editor: 1, or 0 at the end. A letter may come in pieces. */
static int editor_letter(EditLine *editor, wchar_t *out)
{
    struct input *input = NULL;
    uint32_t letter;
    size_t used = 0;

    el_get(editor, EL_CLIENTDATA, &input);
    while (input->waiting.length == 0)
        if (!fill(input))
            return 0;
    letter = utf8_decode(input->waiting.text, input->waiting.length, &used);
    while (letter == UINT32_MAX && input->waiting.length < 4 &&
           (input->waiting.text[0] & 0xC0) == 0xC0 && fill(input))
        letter = utf8_decode(input->waiting.text, input->waiting.length, &used);
    if (input->interrupted)
        return 0;
    buf_splice(&input->waiting, 0, used, "", 0);
    *out = letter == UINT32_MAX ? L'?' : (wchar_t)letter;
    return 1;
}

static bool can_edit(const struct input *input, FILE *out, bool utf8)
{
    const char *term = getenv("TERM");

    return utf8 && input->fd >= 0 && fileno(out) >= 0 && isatty(input->fd) &&
           isatty(fileno(out)) && term && *term && strcmp(term, "dumb") != 0 &&
           strcmp(term, "unknown") != 0;
}

static void open_editor(struct input *input, FILE *out)
{
    sigset_t stopping;

    input->editor = el_init("kantapolku", input->in, out, stderr);
    if (!input->editor)
        return;
    el_set(input->editor, EL_CLIENTDATA, input);
    el_set(input->editor, EL_PROMPT, editor_prompt);
    el_set(input->editor, EL_EDITOR, "emacs");
    el_set(input->editor, EL_GETCFN, editor_letter);
    stopping_signals(&stopping);
    input->stops = signalfd(-1, &stopping, SFD_NONBLOCK | SFD_CLOEXEC);
    if (input->stops >= 0)
        sigprocmask(SIG_BLOCK, &stopping, NULL);
}

struct input *input_new(FILE *in, FILE *out, bool utf8)
{
    struct input *input = xcalloc(1, sizeof *input);
    struct sigaction action = { .sa_handler = on_interrupt };
    sigset_t block;

    *input = (struct input){ .in = in, .fd = fileno(in), .idle = idle_descriptor(),
                             .stops = -1, .waiting = BUF_INIT };
    sigemptyset(&action.sa_mask);
    sigemptyset(&block);
    sigaddset(&block, SIGINT);
    sigprocmask(SIG_BLOCK, &block, &input->mask);
    sigaction(SIGINT, &action, &input->action);
    if (can_edit(input, out, utf8))
        open_editor(input, out);
    return input;
}

void input_free(struct input *input)
{
    if (input->editor)
        el_end(input->editor);
    if (input->stops >= 0)
        close(input->stops);
    sigaction(SIGINT, &input->action, NULL);
    sigprocmask(SIG_SETMASK, &input->mask, NULL);
    buf_free(&input->waiting);
    free(input->prompt);
    free(input->got);
    free(input);
}

/* ---- lines ---- */

static bool from_editor(struct input *input, struct buf *out)
{
    int length = 0;
    const char *text = el_gets(input->editor, &length);

    if (!text || length <= 0 || input->interrupted)
        return false;
    buf_add_n(out, text, (size_t)length);
    return true;
}

static bool from_stream(struct input *input, struct buf *out)
{
    ssize_t length;

    tell_idle(input);
    length = getline(&input->got, &input->got_room, input->in);
    if (length < 0)
        return false;
    buf_add_n(out, input->got, (size_t)length);
    return true;
}

/* A last line without a newline counts; a line that never ends is cut. */
static bool from_descriptor(struct input *input, struct buf *out)
{
    char *end;
    size_t length;

    while ((end = memchr(input->waiting.text, '\n', input->waiting.length)) == NULL &&
           input->waiting.length < LINE_BYTES_MAX)
        if (!fill(input))
            break;
    if (input->interrupted || input->waiting.length == 0)
        return false;
    length = end ? (size_t)(end - input->waiting.text) + 1 : input->waiting.length;
    buf_add_n(out, input->waiting.text, length);
    buf_splice(&input->waiting, 0, length, "", 0);
    return true;
}

static void set_prompt(struct input *input, const char *prompt)
{
    free(input->prompt);
    input->prompt = xstrdup(prompt);
}

/* ---- saying ---- */

/* Columns of the terminal now, 0 when unknown; the editor believes in 80 then. */
static int columns(const struct line *line)
{
    struct winsize size;
    int fd = fileno(line->out);

    if (fd < 0 || ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_col < 10)
        return line->input->editor ? 79 : 0;
    return size.ws_col - 1;
}

int line_cols(const struct line *line)
{
    int cols = columns(line);

    return cols ? cols : 80;
}

static void put(struct line *line, const char *text, size_t length)
{
    struct buf piece = BUF_INIT, plain = BUF_INIT;

    buf_add_n(&piece, text, length);
    if (!line->utf8)
        utf8_to_ascii(&plain, piece.text);
    fputs(line->utf8 ? piece.text : plain.text, line->out);
    buf_free(&piece);
    buf_free(&plain);
}

/* Puts all lines of the text but the last; returns where that begins. */
static const char *put_lines(struct line *line, const char *text)
{
    int cols = columns(line);

    for (;;) {
        size_t skip, length = cols ? utf8_wrap(text, cols, &skip) : strcspn(text, "\n");
        if (!cols)
            skip = length + (text[length] == '\n');
        if (!text[skip])
            return text;
        put(line, text, length);
        fputc('\n', line->out);
        text += skip;
    }
}

void line_say(struct line *line, const char *text)
{
    const char *last = put_lines(line, text);

    put(line, last, strcspn(last, "\n"));
    fputc('\n', line->out);
}

void line_sayf(struct line *line, const char *format, ...)
{
    struct buf text = BUF_INIT;
    va_list args;

    va_start(args, format);
    buf_vaddf(&text, format, args);
    va_end(args);
    line_say(line, text.text);
    buf_free(&text);
}

void line_say_error(struct line *line, const struct err *err)
{
    char text[512];

    err_text(err, text, sizeof text);
    line_sayf(line, line_text(line, "Not saved: %s"), text);
}

bool line_can_write(struct line *line)
{
    const char *reason = plan_read_only(line->plan);

    if (reason)
        line_say(line, reason);
    return !reason;
}

const char *line_text(const struct line *line, const char *msgid)
{
    return tr_text(&line->tr, msgid);
}

const char *line_plural(const struct line *line, const char *one, const char *many, size_t n)
{
    return tr_plural(&line->tr, one, many, (unsigned long)n);
}

/* ---- reading ---- */

/* The prompt's last line goes to the editor, which has to know where the typing begins. */
static bool read_once(struct line *line, const char *prompt, struct buf *raw)
{
    struct input *input = line->input;
    const char *last = put_lines(line, prompt);
    bool edits = input->editor && !input->typed;

    buf_clear(raw);
    input->interrupted = input->typed = false;
    if (edits) {
        set_prompt(input, last);
        fflush(line->out);
        return from_editor(input, raw);
    }
    put(line, last, strlen(last));
    if (fflush(line->out) != 0)
        return false;
    return input->fd >= 0 ? from_descriptor(input, raw) : from_stream(input, raw);
}

static bool means_yes(const char *text)
{
    return text[0] && strchr("kKjJyY1", text[0]);
}

/* Ctrl-C asks before it quits; a second one quits. */
static bool quit_after_interrupt(struct line *line, struct buf *raw)
{
    struct buf saved = BUF_INIT;

    fputc('\n', line->out);
    line_tell_saved(line, N_("Every answer given so far is saved."), &saved);
    line_say(line, saved.text);
    buf_free(&saved);
    return !read_once(line, line_text(line, "Quit? Yes or no: "), raw) || means_yes(raw->text);
}

/* The signal is held back while nothing is read (input_new), so that it waits to be asked for. */
bool line_interrupted(void)
{
    const struct timespec now = { 0, 0 };
    sigset_t interrupt;

    sigemptyset(&interrupt);
    sigaddset(&interrupt, SIGINT);
    return sigtimedwait(&interrupt, NULL, &now) == SIGINT;
}

bool line_read(struct line *line, const char *prompt, struct buf *text)
{
    struct buf raw = BUF_INIT;
    bool good = false;

    buf_clear(text);
    while (!line->quit && !good) {
        good = read_once(line, prompt, &raw);
        if (!good && (!line->input->interrupted || quit_after_interrupt(line, &raw)))
            line->quit = true;
    }
    if (good) {
        buf_cut(&raw, strcspn(raw.text, "\r\n"));
        utf8_clean(text, raw.text, raw.length, UTF8_ONE_LINE);
    } else {
        fputc('\n', line->out);
    }
    buf_free(&raw);
    return good;
}

bool line_confirm(struct line *line, const char *question)
{
    struct buf text = BUF_INIT;
    bool yes = false, answered = false;

    while (!answered && line_read(line, question, &text)) {
        buf_trim(&text);
        yes = means_yes(text.text);
        answered = yes || !text.length || strchr("eEnN2<.", text.text[0]);
    }
    buf_free(&text);
    return yes;
}

static const struct {
    char letter;
    enum said said;
} commands[] = {
    { '?', SAID_HELP },   { '<', SAID_BACK },   { '=', SAID_STATUS }, { '!', SAID_CLEAR },
    { 'x', SAID_UNSURE }, { '.', SAID_LIST },   { 'q', SAID_END },
};

static enum said meaning(const struct buf *text)
{
    if (text->length == 0)
        return SAID_NOTHING;
    for (size_t i = 0; text->length == 1 && i < countof(commands); i++)
        if (commands[i].letter == text->text[0])
            return commands[i].said;
    return SAID_TEXT;
}

static bool wants_to_quit(struct line *line)
{
    struct buf question = BUF_INIT;
    bool yes;

    line_tell_saved(line, N_("Every answer is saved."), &question);
    buf_addf(&question, " %s", line_text(line, "Quit? Yes or no: "));
    yes = line_confirm(line, question.text);
    buf_free(&question);
    return yes;
}

void line_listen(struct line *line, const char *prompt, struct saying *out)
{
    out->literal = false;
    do {
        if (!line_read(line, prompt, &out->text)) {
            out->said = SAID_END;
            return;
        }
        buf_trim(&out->text);
        out->said = meaning(&out->text);
        if (out->said == SAID_END)
            line->quit = wants_to_quit(line);
    } while (out->said == SAID_END && !line->quit);
    if (out->text.text[0] == '\\') {
        out->literal = true;
        buf_splice(&out->text, 0, 1, "", 0);
    }
}

size_t line_number(const char *text, size_t count)
{
    char *end;
    unsigned long number = *text >= '1' && *text <= '9' ? strtoul(text, &end, 10) : 0;

    return number > 0 && !*end && number <= count ? (size_t)number : 0;
}

size_t line_ask_number(struct line *line, const char *prompt, size_t count)
{
    struct saying saying = { .text = BUF_INIT };
    size_t number;

    line_listen(line, prompt, &saying);
    number = saying.said == SAID_TEXT ? line_number(saying.text.text, count) : 0;
    buf_free(&saying.text);
    return number;
}
