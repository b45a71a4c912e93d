/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The terminal through ncurses: the only file that knows curses.
 *
 * ncurses writes; reading is done here. Its own reading fetches one byte at a time, hides what it
 * has fetched from poll(), and knows no pastes. Signals (signals.h) become events while the driver
 * waits. Nothing is painted in a colour of ours, so that the terminal's own colours stay as the
 * person has chosen them.
 */
#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "term/decode.h"
#include "term/signals.h"
#include "term/term.h"

#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"

enum { READ_SIZE = 4096, ESCAPE_DELAY = 25, PASTE_DELAY = 1000 };

/* Names of keys in the terminal description; decode.c knows the usual ones without it. */
static const struct {
    const char *name;
    uint32_t key;
} description_keys[] = {
    { "kcuu1", KEYS_UP }, { "kcud1", KEYS_DOWN }, { "kcub1", KEYS_LEFT },
    { "kcuf1", KEYS_RIGHT }, { "khome", KEYS_HOME }, { "kend", KEYS_END },
    { "kpp", KEYS_PAGE_UP }, { "knp", KEYS_PAGE_DOWN }, { "kich1", KEYS_INSERT },
    { "kdch1", KEYS_DELETE }, { "kcbt", KEYS_BACK_TAB }, { "kent", KEYS_ENTER },
    { "kf1", KEYS_F0 + 1 }, { "kf2", KEYS_F0 + 2 }, { "kf3", KEYS_F0 + 3 },
    { "kf4", KEYS_F0 + 4 }, { "kf5", KEYS_F0 + 5 }, { "kf6", KEYS_F0 + 6 },
    { "kf7", KEYS_F0 + 7 }, { "kf8", KEYS_F0 + 8 }, { "kf9", KEYS_F0 + 9 },
    { "kf10", KEYS_F0 + 10 }, { "kf11", KEYS_F0 + 11 }, { "kf12", KEYS_F0 + 12 },
};

struct curses_term {
    struct term term;
    struct term_ops ops;
    SCREEN *screen;
    struct decoder decoder;
    struct key_bytes keys[countof(description_keys)];
    struct grid shown;        /* what curses was handed last; rows 0: nothing */
    cchar_t *line;            /* one row on its way to curses */
    int cursor;               /* visibility told to curses */
    int idle_fd;              /* -1: nobody wants to know */
    int escape_delay;
    bool away, ended;
    bool pastes;              /* the terminal takes private modes */
    bool marks_pastes;        /* its description promises bracketed paste */
    struct signals_before before;
};

/* The terminal that has to be put right when the program ends; NULL when none is open. */
static struct curses_term *open_term;

static struct curses_term *curses_of(struct term *term)
{
    return (struct curses_term *)term;
}

/* The string capability, or NULL when the description lacks it. */
static const char *capability(const char *name)
{
    const char *text = tigetstr(name);
    return text == (const char *)-1 ? NULL : text;
}

static void put_mode(const char *sequence)
{
    if (sequence)
        putp(sequence);
}

/* Modes that curses does not know of, because it does not read. putp() writes to stdout and not
 * into the buffer of curses, which is empty here. */
static void modes_on(const struct curses_term *self)
{
    put_mode(capability("smkx"));
    if (self->pastes)
        put_mode(PASTE_ON);
    fflush(stdout);
}

static void modes_off(const struct curses_term *self)
{
    if (self->pastes)
        put_mode(PASTE_OFF);
    put_mode(capability("rmkx"));
    fflush(stdout);
}

static void curses_leave(struct term *term)
{
    struct curses_term *self = curses_of(term);
    if (self->away)
        return;
    self->away = true;
    modes_off(self);
    endwin();
    put_mode(capability("cnorm"));   /* leaving the alternate screen may bring an old state back */
    fflush(stdout);
}

static bool real_size(int *rows, int *cols)
{
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0)
        return false;
    *rows = size.ws_row;
    *cols = size.ws_col;
    return true;
}

static void curses_size(struct term *term, int *rows, int *cols)
{
    (void)term;
    *rows = LINES;
    *cols = COLS;
}

/* Takes over the size of the terminal; forgets what was shown, because terminals differ in what
 * they keep. */
static void adopt_size(struct curses_term *self)
{
    int rows, cols;
    if (real_size(&rows, &cols) && (rows != LINES || cols != COLS))
        resizeterm(rows, cols);
    self->shown.rows = 0;
    werase(stdscr);
    clearok(curscr, TRUE);
}

/* Comes back with the picture that was left. A size that changed meanwhile becomes an event. */
static void curses_enter(struct term *term)
{
    struct curses_term *self = curses_of(term);
    int rows, cols;
    reset_prog_mode();
    modes_on(self);
    self->away = false;
    if (real_size(&rows, &cols) && (rows != LINES || cols != COLS))
        raise(SIGWINCH);
    clearok(curscr, TRUE);
    wrefresh(stdscr);
}

/* Ctrl-Z, or a SIGTSTP from outside. */
static void suspend(struct curses_term *self)
{
    curses_leave(&self->term);
    signals_stop();
    curses_enter(&self->term);
}

static void free_term(struct curses_term *self)
{
    decode_free(&self->decoder);
    free(self->shown.cells);
    free(self->line);
    free(self);
}

static void curses_close(struct term *term)
{
    struct curses_term *self = curses_of(term);
    curses_leave(term);
    delscreen(self->screen);
    signals_release(&self->before);
    open_term = NULL;
    free_term(self);
}

/* exit() in the middle of anything still gives the terminal back. */
static void close_at_exit(void)
{
    if (open_term)
        curses_leave(&open_term->term);
}

static attr_t attr_of(int attr)
{
    static const struct {
        int attr;
        attr_t curses;
    } map[] = {
        { ATTR_BOLD, A_BOLD }, { ATTR_DIM, A_DIM }, { ATTR_REVERSE, A_REVERSE },
        { ATTR_UNDERLINE, A_UNDERLINE },
    };
    attr_t result = A_NORMAL;
    for (size_t i = 0; i < countof(map); i++)
        if (attr & map[i].attr)
            result |= map[i].curses;
    return result;
}

/* The cell for curses. A letter whose width the C library sees differently would push the rest
 * of the row aside, so it becomes a question mark; so does one that the charset lacks. Returns
 * whether it stayed itself. */
static bool set_letter(cchar_t *out, const struct cell_glyph *cell)
{
    wchar_t wide[CCHARW_MAX + 1] = { 0 };
    size_t count = 0, length = strnlen(cell->text, sizeof cell->text);
    for (size_t used, i = 0; i < length && count < CCHARW_MAX; i += used) {
        uint32_t cp = utf8_decode(cell->text + i, length - i, &used);
        wide[count++] = cp == UINT32_MAX ? L'?' : (wchar_t)cp;
    }
    bool itself = wide[0] < 127 ? wide[0] >= ' ' : wcwidth(wide[0]) == cell->width;
    if (!itself)
        wcscpy(wide, L"?");
    setcchar(out, wide, attr_of(cell->attr), 0, NULL);
    return itself;
}

/* The bytes of a cell behind its text are zero. */
static bool same_cells(const struct cell_glyph *a, const struct cell_glyph *b, int count)
{
    return memcmp(a, b, (size_t)count * sizeof *a) == 0;
}

static bool is_blank(const struct cell_glyph *cell)
{
    return cell->text[0] == ' ' && !(cell->attr & (ATTR_REVERSE | ATTR_UNDERLINE));
}

/* A plain blank between words looks the same in the weight of the letter before it, and the
 * terminal is spared two changes of attributes. */
static struct cell_glyph cheapest(const struct cell_glyph *cells, int i, int count, int attr)
{
    struct cell_glyph cell = cells[i];
    if (is_blank(&cell) && i + 1 < count && !(attr & (ATTR_REVERSE | ATTR_UNDERLINE)))
        cell.attr = (uint8_t)attr;
    return cell;
}

/* Returns how many letters the cells hold: the second half of a wide letter is part of the
 * first, unless that became a question mark. Runs of one letter, most of a page, are made once. */
static int fill_line(cchar_t *line, const struct cell_glyph *cells, int count)
{
    struct cell_glyph before = { 0 };
    int filled = 0, words = count;
    bool wide = false;
    while (words > 0 && is_blank(&cells[words - 1]))
        words--;
    for (int i = 0; i < count; i++) {
        struct cell_glyph cell = cheapest(cells, i, words, before.attr);
        if (cell.width == 1 && same_cells(&cell, &before, 1)) {
            line[filled] = line[filled - 1];
            filled++;
        } else if (cell.width != 0 || !wide) {
            wide = set_letter(&line[filled++], &cell) && cell.width == 2;
        } else {
            wide = false;
        }
        before = cell;
    }
    return filled;
}

/* Hands the changed part of a row to curses; it starts and ends with whole letters. */
static void paint_row(struct curses_term *self, const struct grid *grid, int row)
{
    const struct cell_glyph *now = &grid->cells[row * grid->cols];
    struct cell_glyph *was = &self->shown.cells[row * grid->cols];
    int from = 0, to = grid->cols;
    if (same_cells(now, was, grid->cols))
        return;
    while (same_cells(&now[from], &was[from], 1))
        from++;
    while (same_cells(&now[to - 1], &was[to - 1], 1))
        to--;
    while (from > 0 && (now[from].width == 0 || was[from].width == 0))
        from--;
    while (to < grid->cols && (now[to].width == 0 || was[to].width == 0))
        to++;
    mvadd_wchnstr(row, from, self->line, fill_line(self->line, now + from, to - from));
    memcpy(was + from, now + from, (size_t)(to - from) * sizeof *was);
}

static void forget_shown(struct curses_term *self, int rows, int cols)
{
    struct grid *shown = &self->shown;
    shown->cells = xrealloc(shown->cells, (size_t)rows * (size_t)cols, sizeof shown->cells[0]);
    shown->rows = rows;
    shown->cols = cols;
    for (int i = 0; i < rows * cols; i++)
        shown->cells[i] = (struct cell_glyph){ .text = " ", .width = 1 };
    self->line = xrealloc(self->line, (size_t)cols, sizeof self->line[0]);
    werase(stdscr);
}

static void place_cursor(struct curses_term *self, const struct grid *grid)
{
    bool visible = grid->cursor_row >= 0 && grid->cursor_row < LINES && grid->cursor_col < COLS;
    if (visible)
        move(grid->cursor_row, grid->cursor_col);
    if (visible != self->cursor)
        curs_set(visible);
    self->cursor = visible;
}

static void curses_paint(struct term *term, const struct grid *grid)
{
    struct curses_term *self = curses_of(term);
    if (self->away || self->ended)
        return;
    if (self->shown.rows != grid->rows || self->shown.cols != grid->cols)
        forget_shown(self, grid->rows, grid->cols);
    for (int row = 0; row < grid->rows && row < LINES; row++)
        paint_row(self, grid, row);
    place_cursor(self, grid);
    wrefresh(stdscr);
}

static int64_t clock_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool input_waits(void)
{
    struct pollfd input = { .fd = STDIN_FILENO, .events = POLLIN };
    return poll(&input, 1, 0) > 0;
}

/* Tells a watching test that the program has done everything it was asked. */
static void tell_idle(const struct curses_term *self)
{
    if (self->idle_fd < 0 || signals_any() || input_waits())
        return;
    ssize_t unread = write(self->idle_fd, "", 1);
    (void)unread;             /* a watcher that has gone does not concern us */
}

/* Reads what there is. Returns false when the terminal is gone. */
static bool read_input(struct curses_term *self)
{
    char bytes[READ_SIZE];
    ssize_t count = read(STDIN_FILENO, bytes, sizeof bytes);
    if (count > 0)
        decode_put(&self->decoder, bytes, (size_t)count);
    return count > 0 || (count < 0 && (errno == EINTR || errno == EAGAIN));
}

static void end(struct curses_term *self, struct event *out)
{
    self->ended = true;
    *out = (struct event){ .kind = EVENT_END };
}

static bool next_signal(struct curses_term *self, struct event *out)
{
    if (signals_take(SIGTERM) || signals_take(SIGHUP)) {
        end(self, out);
    } else if (signals_take(SIGTSTP)) {
        suspend(self);
    } else if (signals_take(SIGCONT)) {
        if (!self->away)
            curses_enter(&self->term);
    } else if (signals_take(SIGWINCH)) {
        adopt_size(self);
        *out = (struct event){ .kind = EVENT_RESIZE, .rows = LINES, .cols = COLS };
    } else if (signals_take(SIGINT)) {
        *out = (struct event){ .kind = EVENT_KEY, .key = KEYS_CTRL + 'c' };
    }
    return out->kind != EVENT_NONE;
}

static bool next_input(struct curses_term *self, bool silence, struct event *out)
{
    while (decode_next(&self->decoder, silence, out)) {
        if (out->kind == EVENT_KEY && out->key == KEYS_CTRL + 'z') {
            suspend(self);
            continue;
        }
        out->burst = !self->marks_pastes && (out->burst || input_waits());
        return true;
    }
    return false;
}

/* How long to wait, -1 for ever: a beginning of a key waits for the rest of it, else the caller
 * says. */
static int next_timeout(const struct curses_term *self, int64_t deadline)
{
    if (self->decoder.pasting)
        return PASTE_DELAY;
    if (decode_waits(&self->decoder))
        return self->escape_delay;
    if (deadline < 0)
        return -1;
    int64_t left = deadline - clock_ms();
    return left < 0 ? 0 : left > INT_MAX ? INT_MAX : (int)left;
}

static void curses_wait(struct term *term, int timeout_ms, struct event *out)
{
    struct curses_term *self = curses_of(term);
    int64_t deadline = timeout_ms < 0 ? -1 : clock_ms() + timeout_ms;
    bool silence = false;
    *out = (struct event){ .kind = EVENT_NONE };
    while (!self->ended && !next_signal(self, out) && !next_input(self, silence, out)) {
        bool whole = !decode_waits(&self->decoder);
        if (whole)
            tell_idle(self);
        enum signals_ready ready = signals_wait(STDIN_FILENO, whole ? term->watched : 0,
                                                next_timeout(self, deadline));
        if (ready == SIGNALS_INPUT && !read_input(self))
            break;
        silence = ready == SIGNALS_NOTHING && !whole;
        if (whole && (ready == SIGNALS_NOTHING || ready == SIGNALS_WATCHED)) {
            out->kind = ready == SIGNALS_WATCHED ? EVENT_READY : EVENT_TICK;
            return;
        }
    }
    if (out->kind == EVENT_NONE)
        end(self, out);
}

static int idle_descriptor(void)
{
    const char *text = getenv("KANTAPOLKU_IDLE_FD");
    char *rest;
    if (!text || *text < '0' || *text > '9')
        return -1;
    long fd = strtol(text, &rest, 10);
    if (*rest != '\0' || fd > INT_MAX || fcntl((int)fd, F_GETFD) == -1)
        return -1;
    return (int)fd;
}

/* ncurses' own rule for the variable: milliseconds; what is no number counts as unset. */
static int escape_delay(void)
{
    const char *text = getenv("ESCDELAY");
    char *rest;
    long delay = text ? strtol(text, &rest, 10) : 0;
    return !text || rest == text || *rest != '\0' || delay < 0 || delay > 10000 ? ESCAPE_DELAY
                                                                                 : (int)delay;
}

static bool description_is_dumb(void)
{
    const char *name = getenv("TERM");
    return !name || !*name || strcmp(name, "dumb") == 0 || strcmp(name, "unknown") == 0;
}

static void read_description(struct curses_term *self, const struct term_options *options)
{
    for (size_t i = 0; i < countof(description_keys); i++) {
        const char *bytes = capability(description_keys[i].name);
        self->keys[i] = (struct key_bytes){ bytes, description_keys[i].key };
    }
    self->decoder.own = self->keys;
    self->decoder.own_count = countof(self->keys);
    self->pastes = strncmp(capability("cup"), "\033[", 2) == 0;
    self->marks_pastes = capability("BE") != NULL;
    self->ops.color = !options->no_color && tigetnum("colors") >= 8;
}

static void read_locale(struct curses_term *self, const struct term_options *options)
{
    if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
        setlocale(LC_CTYPE, "");
    const char *codeset = nl_langinfo(CODESET);
    bool utf8 = strcmp(codeset, "UTF-8") == 0;
    bool ascii = strcmp(codeset, "ANSI_X3.4-1968") == 0;
    self->ops.utf8 = utf8 && !options->ascii;
    self->decoder.multibyte = !utf8 && !ascii;
}

/* Without typeahead(-1) a picture is left half painted while keys wait. */
static void set_modes(struct curses_term *self)
{
    raw();
    noecho();
    nonl();
    typeahead(-1);
    set_escdelay(self->escape_delay);
    modes_on(self);
}

static int cannot_open(struct curses_term *self, struct err *err, const char *why)
{
    if (self->screen) {
        reset_shell_mode();
        delscreen(self->screen);
    }
    signals_release(&self->before);
    free_term(self);
    return err_set(err, ERR_DEVICE, "the terminal %s; use --line", why);
}

int term_curses_open(struct term **out, const struct term_options *options, struct err *err)
{
    static bool registered;
    struct curses_term *self = xcalloc(1, sizeof *self);
    self->decoder = (struct decoder)DECODER_INIT;
    self->ops = (struct term_ops){
        .size = curses_size, .paint = curses_paint, .wait = curses_wait,
        .leave = curses_leave, .enter = curses_enter, .close = curses_close,
    };
    self->term.ops = &self->ops;
    self->cursor = 1;
    self->idle_fd = idle_descriptor();
    self->escape_delay = escape_delay();
    read_locale(self, options);
    signals_catch(&self->before);
    if (description_is_dumb())
        return cannot_open(self, err, "cannot move its cursor");
    use_tioctl(TRUE);
    self->screen = newterm(NULL, stdout, stdin);
    if (!self->screen)
        return cannot_open(self, err, "is unknown");
    if (!capability("cup"))
        return cannot_open(self, err, "cannot move its cursor");
    read_description(self, options);
    /* Until curses has been left and entered once, it writes every run of letters by itself: dozens
     * of writes for one picture. */
    endwin();
    refresh();
    set_modes(self);
    if (!registered)
        atexit(close_at_exit);
    registered = true;
    open_term = self;
    *out = &self->term;
    return 0;
}
