/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Times a terminal program as a person sees it: start to full screen, key to paint, memory.
 *
 * A pseudo-terminal carries the bytes and libvterm turns them into a screen, so "painted" means
 * that the cells, their attributes or the cursor changed, not that some bytes came. Keys are
 * sent at uneven intervals, so that no timer runs in step with them. Compare numbers of one run
 * only, and look at the screens with -d before trusting any.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>

enum { MAX_KEYS = 64, KEY_BYTES = 64, TEXT_BYTES = 65536, MAX_SIDE = 500 };

struct options {
    int runs, warmups, rows, cols, presses, cpu;
    int dump;                       /* print the screens of the first run to stderr */
    double quiet, key_quiet, limit; /* ms */
    const char *expect, *keys, *quit, *json, *term, *name;
    const char *prelude, *prelude_text; /* keys that lead to the place, and what shows there */
    const char *before;                 /* keys before each press, not timed */
    char **command;
};

struct key {
    char bytes[KEY_BYTES];
    size_t len;
};

/* The virtual screen of the run in progress. */
struct screen {
    VTerm *vt;
    VTermScreen *cells;
    int rows, cols;
    int damaged;   /* libvterm has reported a change since it was cleared */
    uint64_t hash; /* of the picture last seen */
};

/* What came from the program in one stretch of output. Times in ms since its start; -1: did not
 * happen. */
struct burst {
    double last, paint, text;
    long bytes;
    int eof;
};

struct memory {
    long rss, pss, private_, peak;
}; /* KiB */

/* Samples of all runs: one value a run, or one a key press. */
struct samples {
    double *start, *cpu, *rss, *pss, *private_, *peak, *first_bytes;
    int runs;
    double *key, *key_bytes;
    int presses, unpainted;
};

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static struct timespec as_timespec(double ms)
{
    time_t seconds = (time_t)(ms / 1e3);
    return (struct timespec){ seconds, (long)((ms - (double)seconds * 1e3) * 1e6) };
}

static void sleep_ms(double ms)
{
    struct timespec t = as_timespec(ms);
    nanosleep(&t, NULL);
}

static void *need(void *p)
{
    if (!p) {
        perror("ptybench");
        exit(1);
    }
    return p;
}

static int on_damage(VTermRect r, void *u)
{
    (void)r;
    ((struct screen *)u)->damaged = 1;
    return 1;
}

static int on_cursor(VTermPos at, VTermPos was, int visible, void *u)
{
    (void)visible;
    if (at.row != was.row || at.col != was.col)
        ((struct screen *)u)->damaged = 1;
    return 1;
}

static int on_move(VTermRect to, VTermRect from, void *u)
{
    (void)to;
    (void)from;
    ((struct screen *)u)->damaged = 1;
    return 0;
}

static VTermScreenCallbacks callbacks = { .damage = on_damage,
                                          .movecursor = on_cursor,
                                          .moverect = on_move };

static uint64_t mix(uint64_t h, uint64_t v)
{
    return (h ^ v) * 1099511628211ull;
}

static uint64_t cell_value(const VTermScreenCell *c)
{
    uint32_t fg = 0, bg = 0;
    memcpy(&fg, &c->fg, sizeof c->fg < sizeof fg ? sizeof c->fg : sizeof fg);
    memcpy(&bg, &c->bg, sizeof c->bg < sizeof bg ? sizeof c->bg : sizeof bg);
    uint64_t attrs = (uint64_t)c->attrs.reverse | (uint64_t)c->attrs.bold << 1 |
                     (uint64_t)c->attrs.underline << 2;
    uint64_t v = mix(1469598103934665603ull, fg);
    v = mix(v, bg);
    v = mix(v, attrs);
    for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && c->chars[i]; i++)
        v = mix(v, c->chars[i]);
    return v;
}

static uint64_t screen_hash(const struct screen *s)
{
    uint64_t h = 1469598103934665603ull;
    VTermPos p;
    for (p.row = 0; p.row < s->rows; p.row++)
        for (p.col = 0; p.col < s->cols; p.col++) {
            VTermScreenCell c;
            memset(&c, 0, sizeof c);
            vterm_screen_get_cell(s->cells, p, &c);
            h = mix(h, cell_value(&c));
        }
    vterm_state_get_cursorpos(vterm_obtain_state(s->vt), &p);
    return mix(h, (uint64_t)p.row << 16 | (uint64_t)p.col);
}

static void screen_text(const struct screen *s, char *out, size_t size)
{
    size_t used = 0;
    for (int r = 0; r < s->rows; r++) {
        VTermRect row = { r, r + 1, 0, s->cols };
        char line[8192];
        size_t n = vterm_screen_get_text(s->cells, line, sizeof line, row);
        if (n > sizeof line)
            n = sizeof line;
        if (used + n + 2 > size)
            break;
        memcpy(out + used, line, n);
        used += n;
        out[used++] = '\n';
    }
    out[used] = 0;
}

static void screen_open(struct screen *s, const struct options *o)
{
    *s = (struct screen){ .rows = o->rows, .cols = o->cols };
    s->vt = need(vterm_new(s->rows, s->cols));
    vterm_set_utf8(s->vt, 1);
    s->cells = vterm_obtain_screen(s->vt);
    vterm_screen_enable_altscreen(s->cells, 1);
    vterm_screen_set_callbacks(s->cells, &callbacks, s);
    vterm_screen_set_damage_merge(s->cells, VTERM_DAMAGE_SCROLL);
    vterm_screen_reset(s->cells, 1);
    s->hash = screen_hash(s);
}

static void screen_feed(struct screen *s, const char *bytes, size_t n, int fd)
{
    char answer[512];
    size_t k;
    s->damaged = 0;
    vterm_input_write(s->vt, bytes, n);
    vterm_screen_flush_damage(s->cells);
    while ((k = vterm_output_read(s->vt, answer, sizeof answer)) > 0)
        if (write(fd, answer, k) < 0)
            break;
}

static int screen_changed(struct screen *s)
{
    uint64_t h = s->damaged ? screen_hash(s) : s->hash;
    int changed = h != s->hash;
    s->hash = h;
    return changed;
}

static int screen_shows(const struct screen *s, const char *text)
{
    static char all[TEXT_BYTES];
    screen_text(s, all, sizeof all);
    return strstr(all, text) != NULL;
}

static void screen_dump(const struct screen *s, const char *title)
{
    static char all[TEXT_BYTES];
    screen_text(s, all, sizeof all);
    fprintf(stderr, "---- %s (%dx%d)\n%s----\n", title, s->cols, s->rows, all);
}

/* Waits for output until the time is up; 1 if there is something to read. */
static int readable(int fd, double wait)
{
    if (wait < 0.01)
        wait = 0.01;
    struct pollfd p = { fd, POLLIN, 0 };
    struct timespec t = as_timespec(wait);
    return ppoll(&p, 1, &t, NULL) > 0;
}

/* Reads from t0 on until the program has been quiet for `quiet` ms, at most `limit` ms. With
 * `expect`, quiet counts only after that text has shown. */
static struct burst take(struct screen *s, int fd, double t0, double quiet, double limit,
                         const char *expect)
{
    static char buf[65536];
    struct burst b = { -1, -1, -1, 0, 0 };
    for (;;) {
        double elapsed = now_ms() - t0;
        int settling = b.last >= 0 && (!expect || b.text >= 0);
        double left = settling ? b.last + quiet - elapsed : limit - elapsed;
        if (left <= 0 || elapsed > limit)
            return b;
        if (!readable(fd, left))
            continue;
        ssize_t n = read(fd, buf, sizeof buf);
        double t = now_ms() - t0;
        if (n < 0 && (errno == EAGAIN || errno == EINTR))
            continue;
        if (n <= 0) {
            b.eof = 1;
            return b;
        }
        b.last = t;
        b.bytes += n;
        screen_feed(s, buf, (size_t)n, fd);
        if (screen_changed(s))
            b.paint = t;
        if (expect && b.text < 0 && screen_shows(s, expect))
            b.text = t;
    }
}

static const struct {
    const char *name, *bytes;
} key_names[] = {
    { "Up", "\033OA" },    { "Down", "\033OB" },    { "Right", "\033OC" }, { "Left", "\033OD" },
    { "PgUp", "\033[5~" }, { "PgDn", "\033[6~" },   { "Home", "\033OH" },  { "End", "\033OF" },
    { "Tab", "\t" },       { "BackTab", "\033[Z" }, { "Enter", "\r" },     { "Esc", "\033" },
    { "Space", " " },      { "BS", "\177" },        { "Comma", "," },      { "F1", "\033OP" },
    { "F2", "\033OQ" },    { "F10", "\033[21~" },
};

/* The bytes of the key called name[0..len); "C-x" is Ctrl+x. Ends the program if there is no such
 * key. */
static size_t named_key(const char *name, size_t len, char out[KEY_BYTES])
{
    if (len == 3 && name[0] == 'C' && name[1] == '-') {
        out[0] = (char)(name[2] & 31);
        return 1;
    }
    for (size_t i = 0; i < sizeof key_names / sizeof *key_names; i++)
        if (strlen(key_names[i].name) == len && !memcmp(key_names[i].name, name, len)) {
            size_t n = strlen(key_names[i].bytes);
            memcpy(out, key_names[i].bytes, n);
            return n;
        }
    fprintf(stderr, "ptybench: unknown key <%.*s>\n", (int)len, name);
    exit(2);
}

/* Reads "ab<Down>" up to the end or to `stop`; returns where it stopped. */
static const char *read_keys(const char *s, char stop, struct key *k)
{
    k->len = 0;
    while (*s && *s != stop && k->len + 8 < KEY_BYTES) {
        const char *end = *s == '<' ? strchr(s, '>') : NULL;
        if (end) {
            k->len += named_key(s + 1, (size_t)(end - s - 1), k->bytes + k->len);
            s = end + 1;
        } else {
            k->bytes[k->len++] = *s++;
        }
    }
    return s;
}

static int read_key_list(const char *s, struct key keys[MAX_KEYS])
{
    int n = 0;
    while (s && *s && n < MAX_KEYS) {
        s = read_keys(s, ',', &keys[n++]);
        if (*s == ',')
            s++;
    }
    return n;
}

/* Adds what the process and its descendants hold. */
static void add_memory(pid_t pid, struct memory *m)
{
    char path[64], line[256];
    long v;
    FILE *f;

    snprintf(path, sizeof path, "/proc/%d/smaps_rollup", (int)pid);
    if ((f = fopen(path, "r"))) {
        while (fgets(line, sizeof line, f)) {
            if (sscanf(line, "Rss: %ld", &v) == 1)
                m->rss += v;
            else if (sscanf(line, "Pss: %ld", &v) == 1)
                m->pss += v;
            else if (sscanf(line, "Private_Clean: %ld", &v) == 1 ||
                     sscanf(line, "Private_Dirty: %ld", &v) == 1)
                m->private_ += v;
        }
        fclose(f);
    }
    snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    if ((f = fopen(path, "r"))) {
        while (fgets(line, sizeof line, f))
            if (sscanf(line, "VmHWM: %ld", &v) == 1)
                m->peak += v;
        fclose(f);
    }
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)pid, (int)pid);
    if ((f = fopen(path, "r"))) {
        int child;
        while (fscanf(f, "%d", &child) == 1)
            add_memory(child, m);
        fclose(f);
    }
}

static pid_t spawn(const struct options *o, int *fd)
{
    struct winsize size = { (unsigned short)o->rows, (unsigned short)o->cols, 0, 0 };
    pid_t pid = forkpty(fd, NULL, NULL, &size);
    if (pid < 0) {
        perror("forkpty");
        exit(1);
    }
    if (pid == 0) {
        if (o->cpu >= 0) {
            cpu_set_t set;
            CPU_ZERO(&set);
            CPU_SET((size_t)o->cpu, &set);
            sched_setaffinity(0, sizeof set, &set);
        }
        setenv("TERM", o->term, 1);
        setenv("ESCDELAY", "25", 0);
        unsetenv("LINES");
        unsetenv("COLUMNS");
        execvp(o->command[0], o->command);
        perror(o->command[0]);
        _exit(127);
    }
    fcntl(*fd, F_SETFL, O_NONBLOCK);
    return pid;
}

static double time_ms(const struct timeval *t)
{
    return (double)t->tv_sec * 1e3 + (double)t->tv_usec / 1e3;
}

static int ended(pid_t pid, double within, struct rusage *use)
{
    double t0 = now_ms();
    int status;
    while (wait4(pid, &status, WNOHANG, use) == 0) {
        if (now_ms() - t0 > within)
            return 0;
        sleep_ms(2);
    }
    return 1;
}

/* Asks the program to go with its own keys, then by signal. Returns the CPU time it used, ms. */
static double finish(pid_t pid, const struct options *o, struct screen *s, int fd, int eof)
{
    struct rusage use;
    struct key quit;
    int status;
    memset(&use, 0, sizeof use);
    if (o->quit && !eof) {
        read_keys(o->quit, 0, &quit);
        if (write(fd, quit.bytes, quit.len) > 0)
            take(s, fd, now_ms(), 60, 600, NULL);
    }
    if (!ended(pid, 150, &use)) {
        kill(pid, SIGTERM);
        if (!ended(pid, 200, &use)) {
            kill(pid, SIGKILL);
            wait4(pid, &status, 0, &use);
        }
    }
    return time_ms(&use.ru_utime) + time_ms(&use.ru_stime);
}

/* Sends keys one by one and waits for their pictures. Returns 1 if the program ended. */
static int send_untimed(const struct options *o, struct screen *s, int fd, const char *keys)
{
    struct key list[MAX_KEYS];
    int n = read_key_list(keys, list);
    for (int i = 0; i < n; i++) {
        if (write(fd, list[i].bytes, list[i].len) < 0)
            return 1;
        if (take(s, fd, now_ms(), o->key_quiet, 400, NULL).eof)
            return 1;
    }
    return 0;
}

/* Goes to the place where the keys are to be pressed. Returns 1 with a message if the text that
 * tells it does not show. */
static int go_there(const struct options *o, struct screen *s, int fd)
{
    if (!o->prelude)
        return 0;
    int eof = send_untimed(o, s, fd, o->prelude);
    if (!eof && (!o->prelude_text || screen_shows(s, o->prelude_text)))
        return 0;
    fprintf(stderr, "ptybench: %s: the keys did not lead to the screen asked for\n", o->name);
    screen_dump(s, o->name);
    return 1;
}

/* Presses the keys in turn. Returns 1 if the program ended meanwhile. Samples are kept if `d` is
 * not NULL. */
static int press_keys(const struct options *o, struct screen *s, int fd, const struct key *keys,
                      int n, struct samples *d)
{
    double limit = o->key_quiet < 200 ? 400 : 2 * o->key_quiet;
    for (int i = 0; n && i < o->presses; i++) {
        if (send_untimed(o, s, fd, o->before))
            return 1;
        double t0 = now_ms();
        if (write(fd, keys[i % n].bytes, keys[i % n].len) < 0)
            return 1;
        struct burst b = take(s, fd, t0, o->key_quiet, limit, NULL);
        if (d && b.paint >= 0) {
            d->key[d->presses] = b.paint;
            d->key_bytes[d->presses++] = (double)b.bytes;
        } else if (d) {
            d->unpainted++;
        }
        if (b.eof)
            return 1;
        sleep_ms(3 + i * 7919 % 5); /* an uneven pause: no lock-step with timers */
    }
    return 0;
}

/* Runs the program once; runs below 0 are warm-ups and leave no samples. Returns 0, or 1 with a
 * message if there was no full screen to measure. */
static int one_run(const struct options *o, const struct key *keys, int nkeys, int run,
                   struct samples *d)
{
    struct screen s;
    struct memory m = { 0, 0, 0, 0 };
    int fd, show = o->dump && run == 0;

    screen_open(&s, o);
    double t0 = now_ms();
    pid_t pid = spawn(o, &fd);
    struct burst b = take(&s, fd, t0, o->quiet, o->limit, o->expect);
    if (show)
        screen_dump(&s, o->name);
    int failed = b.eof || b.paint < 0 || (o->expect && b.text < 0);
    if (failed)
        fprintf(stderr, "ptybench: %s: %s\n", o->name,
                b.eof ? "the program ended before its first screen"
                      : "the expected screen was not seen");
    add_memory(pid, &m);
    failed = failed || go_there(o, &s, fd);
    int eof = failed || press_keys(o, &s, fd, keys, nkeys, run >= 0 ? d : NULL);
    if (show && nkeys)
        screen_dump(&s, "after the keys");
    double cpu = finish(pid, o, &s, fd, eof);
    close(fd);
    vterm_free(s.vt);
    if (failed || run < 0)
        return failed;
    d->start[run] = b.paint;
    d->first_bytes[run] = (double)b.bytes;
    d->cpu[run] = cpu;
    d->rss[run] = (double)m.rss;
    d->pss[run] = (double)m.pss;
    d->private_[run] = (double)m.private_;
    d->peak[run] = (double)m.peak;
    d->runs = run + 1;
    return 0;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The q-quantile of v (0..1), interpolated; -1 if there are no samples. */
static double quantile(const double *v, int n, double q)
{
    if (!n)
        return -1;
    double *c = need(malloc((size_t)n * sizeof *c));
    memcpy(c, v, (size_t)n * sizeof *c);
    qsort(c, (size_t)n, sizeof *c, by_value);
    double at = q * (n - 1);
    int i = (int)at;
    double r = i + 1 < n ? c[i] + (at - i) * (c[i + 1] - c[i]) : c[i];
    free(c);
    return r;
}

static double median(const double *v, int n)
{
    return quantile(v, n, .5);
}

static void print_line(const struct options *o, const struct samples *d)
{
    printf("%-18s %dx%d n=%d start %.2f ms (p95 %.2f)", o->name, o->cols, o->rows, d->runs,
           median(d->start, d->runs), quantile(d->start, d->runs, .95));
    if (d->presses)
        printf(" | key %.3f ms (p95 %.3f p99 %.3f max %.3f; %d presses, %d without paint, %.0f B)",
               median(d->key, d->presses), quantile(d->key, d->presses, .95),
               quantile(d->key, d->presses, .99), quantile(d->key, d->presses, 1), d->presses,
               d->unpainted, median(d->key_bytes, d->presses));
    printf(" | Rss %.0f Pss %.0f Private %.0f KiB | cpu %.1f ms\n", median(d->rss, d->runs),
           median(d->pss, d->runs), median(d->private_, d->runs), median(d->cpu, d->runs));
}

static void write_array(FILE *f, const char *name, const double *v, int n)
{
    fprintf(f, ",\"%s\":[", name);
    for (int i = 0; i < n; i++)
        fprintf(f, "%s%.4f", i ? "," : "", v[i]);
    fputc(']', f);
}

/* Adds one line of JSON with the raw samples. The name goes in as given: keep quotes and
 * backslashes out of it. */
static int write_json(const struct options *o, const struct samples *d)
{
    FILE *f = fopen(o->json, "a");
    if (!f) {
        perror(o->json);
        return 1;
    }
    fprintf(f, "{\"name\":\"%s\",\"cols\":%d,\"rows\":%d,\"unpainted\":%d", o->name, o->cols,
            o->rows, d->unpainted);
    write_array(f, "start_ms", d->start, d->runs);
    write_array(f, "key_ms", d->key, d->presses);
    write_array(f, "key_bytes", d->key_bytes, d->presses);
    write_array(f, "private_kib", d->private_, d->runs);
    write_array(f, "pss_kib", d->pss, d->runs);
    write_array(f, "rss_kib", d->rss, d->runs);
    write_array(f, "peak_kib", d->peak, d->runs);
    write_array(f, "cpu_ms", d->cpu, d->runs);
    write_array(f, "first_screen_bytes", d->first_bytes, d->runs);
    fputs("}\n", f);
    return fclose(f) != 0;
}

static void usage(void)
{
    fputs("usage: ptybench [options] -- command [argument...]\n"
          "  -n RUNS (15)   -w WARMUPS (2)   -g COLSxROWS (80x24)   -T TERM (xterm-256color)   -c "
          "CPU to pin the program to\n"
          "  -e TEXT   text that must show before the screen counts as full\n"
          "  -k KEYS   keys to press in turn, comma between: '<Down>,<Up>,a'      -K PRESSES a run "
          "(20)\n"
          "  -p KEYS   keys that lead to where the keys are pressed   -P TEXT   what must show "
          "there\n"
          "  -b KEYS   keys before each press, not timed\n"
          "  -x KEYS   keys that end the program\n"
          "  -q MS     silence that ends the start (120)   -Q MS the same for a key (25)   -l MS "
          "limit for the start (10000)\n"
          "  -N NAME   name in the report   -j FILE   add raw samples, one JSON object a line   -d "
          "  show the screens\n",
          stderr);
    exit(2);
}

static struct options read_options(int argc, char **argv)
{
    struct options o = { .runs = 15,
                         .warmups = 2,
                         .rows = 24,
                         .cols = 80,
                         .presses = 20,
                         .cpu = -1,
                         .quiet = 120,
                         .key_quiet = 25,
                         .limit = 10000,
                         .term = "xterm-256color" };
    int c;
    while ((c = getopt(argc, argv, "+n:w:g:e:k:K:x:q:Q:l:c:T:N:j:p:P:b:d")) != -1)
        switch (c) {
        case 'n': o.runs = atoi(optarg); break;
        case 'w': o.warmups = atoi(optarg); break;
        case 'g':
            if (sscanf(optarg, "%dx%d", &o.cols, &o.rows) != 2)
                usage();
            break;
        case 'e': o.expect = optarg; break;
        case 'k': o.keys = optarg; break;
        case 'K': o.presses = atoi(optarg); break;
        case 'x': o.quit = optarg; break;
        case 'q': o.quiet = atof(optarg); break;
        case 'Q': o.key_quiet = atof(optarg); break;
        case 'l': o.limit = atof(optarg); break;
        case 'c': o.cpu = atoi(optarg); break;
        case 'T': o.term = optarg; break;
        case 'N': o.name = optarg; break;
        case 'j': o.json = optarg; break;
        case 'p': o.prelude = optarg; break;
        case 'P': o.prelude_text = optarg; break;
        case 'b': o.before = optarg; break;
        case 'd': o.dump = 1; break;
        default: usage();
        }
    if (optind >= argc || o.runs < 1 || o.presses < 0 || o.rows < 1 || o.rows > MAX_SIDE ||
        o.cols < 1 || o.cols > MAX_SIDE)
        usage();
    o.command = argv + optind;
    if (!o.name)
        o.name = o.command[0];
    return o;
}

int main(int argc, char **argv)
{
    struct options o = read_options(argc, argv);
    struct key keys[MAX_KEYS];
    int nkeys = read_key_list(o.keys, keys);
    size_t runs = (size_t)o.runs, all = runs * (size_t)o.presses + 1;
    double *store = need(calloc(7 * runs + 2 * all, sizeof *store));
    struct samples d = {
        .start = store,
        .cpu = store + runs,
        .rss = store + 2 * runs,
        .pss = store + 3 * runs,
        .private_ = store + 4 * runs,
        .peak = store + 5 * runs,
        .first_bytes = store + 6 * runs,
        .key = store + 7 * runs,
        .key_bytes = store + 7 * runs + all,
    };

    signal(SIGPIPE, SIG_IGN);
    int rc = 0;
    for (int run = -o.warmups; run < o.runs && !rc; run++)
        rc = one_run(&o, keys, nkeys, run, &d);
    if (!rc)
        print_line(&o, &d);
    if (!rc && o.json)
        rc = write_json(&o, &d);
    free(store);
    return rc;
}
