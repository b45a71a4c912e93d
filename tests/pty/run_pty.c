/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Runs scripts of keys and expectations against programs in a pseudo-terminal.
 *
 *     run_pty SCRIPT...
 *
 * Prints TAP, one point a script, or one a terminal when the script says `each`. The program is
 * named by the environment: KANTAPOLKU for `run kantapolku`, TERM_PROBE for `run term_probe`.
 * The commands are in the table at the end; a line that begins with "#" is a comment. Without
 * the programs everything is skipped, and with CI=true a skip is a failure.
 */
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "session.h"

enum { MAX_ENV = 32, MAX_ARGS = 32, LINE_BYTES = 4096, PATH_BYTES = 1024, PATIENCE_MS = 10000 };

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* What a script runs on; the first row unless it says `each`. */
static const struct terminal {
    const char *term, *locale;
    int rows, cols;
} terminals[] = {
    { "xterm-256color", "C.UTF-8", 24, 80 }, { "linux", "C.UTF-8", 25, 80 },
    { "screen-256color", "C.UTF-8", 50, 132 }, { "tmux-256color", "C.UTF-8", 20, 60 },
    { "rxvt", "C.UTF-8", 24, 80 }, { "vt100", "C.UTF-8", 24, 80 },
    { "vt220", "C", 24, 80 }, { "xterm", "C", 24, 80 }, { "xterm-mono", "C.UTF-8", 24, 80 },
};

struct script {
    const char *path;
    int line;
    char folder[PATH_BYTES];
    char *env[MAX_ENV + 1];
    int env_count, rows, cols;
    struct session *session;
    bool skipped;
    char reason[256];
};

/* Notes why the script fails; returns false so that a command can end with it. */
__attribute__((format(printf, 2, 3)))
static bool fail(struct script *script, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(script->reason, sizeof script->reason, format, args);
    va_end(args);
    return false;
}

static void *checked(void *memory)
{
    if (!memory) {
        perror("run_pty");
        exit(1);
    }
    return memory;
}

static void set_env(struct script *script, const char *item)
{
    size_t name = strcspn(item, "=");
    for (int i = 0; i < script->env_count; i++)
        if (strncmp(script->env[i], item, name) == 0 && strcspn(script->env[i], "=") == name) {
            free(script->env[i]);
            script->env[i] = checked(strdup(item));
            return;
        }
    if (script->env_count < MAX_ENV)
        script->env[script->env_count++] = checked(strdup(item));
}

static void set_env_pair(struct script *script, const char *name, const char *value)
{
    char item[PATH_BYTES + 64];
    snprintf(item, sizeof item, "%s=%s", name, value);
    set_env(script, item);
}

/* Keys. */

static const struct {
    const char *name, *bytes;
} key_names[] = {
    { "Up", "\033OA" }, { "Down", "\033OB" }, { "Right", "\033OC" }, { "Left", "\033OD" },
    { "Home", "\033OH" }, { "End", "\033OF" }, { "PgUp", "\033[5~" }, { "PgDn", "\033[6~" },
    { "Ins", "\033[2~" }, { "Del", "\033[3~" }, { "BackTab", "\033[Z" }, { "Tab", "\t" },
    { "Enter", "\r" }, { "Esc", "\033" }, { "Space", " " }, { "BS", "\177" }, { "lt", "<" },
    { "gt", ">" }, { "F1", "\033OP" }, { "F2", "\033OQ" }, { "F3", "\033OR" }, { "F4", "\033OS" },
    { "F5", "\033[15~" }, { "F6", "\033[17~" }, { "F7", "\033[18~" }, { "F8", "\033[19~" },
    { "F9", "\033[20~" }, { "F10", "\033[21~" }, { "F11", "\033[23~" }, { "F12", "\033[24~" },
};

/* The bytes of the key called by a word; false when there is none. */
static bool named_key(const char *word, size_t length, char bytes[8])
{
    if (length == 3 && word[1] == '-' && word[0] == 'C') {
        bytes[0] = (char)(word[2] & 31);
        bytes[1] = '\0';
        return true;
    }
    if (length == 3 && word[1] == '-' && word[0] == 'A') {
        snprintf(bytes, 8, "\033%c", word[2]);
        return true;
    }
    for (size_t i = 0; i < COUNT(key_names); i++)
        if (strlen(key_names[i].name) == length && memcmp(key_names[i].name, word, length) == 0) {
            strcpy(bytes, key_names[i].bytes);
            return true;
        }
    return false;
}

/* Reads one key of the text into `bytes`. Returns how much of the text it took, 0 when it names
 * no key. A letter is sent with all its bytes at once. */
static size_t next_key(const char *text, char bytes[8])
{
    const char *end = *text == '<' ? strchr(text, '>') : NULL;
    if (end)
        return named_key(text + 1, (size_t)(end - text - 1), bytes) ? (size_t)(end - text) + 1 : 0;
    size_t length = 1;
    while (((unsigned char)text[length] & 0xc0) == 0x80 && length < 7)
        length++;
    memcpy(bytes, text, length);
    bytes[length] = '\0';
    return length;
}

static bool settle(struct script *script)
{
    return session_settle(script->session) ||
           fail(script, "the program does not come to rest (no idle byte)");
}

static bool cmd_keys(struct script *script, const char *text)
{
    char bytes[8];
    for (size_t used; *text; text += used) {
        used = next_key(text, bytes);
        if (used == 0)
            return fail(script, "no such key: %s", text);
        bool waits = !session_by_lines(script->session) || strchr("\r\x03\x04\x1a\x1c", bytes[0]);
        session_send(script->session, bytes, strlen(bytes));
        if (waits && !settle(script))
            return false;
    }
    return true;
}

static bool cmd_burst(struct script *script, const char *text)
{
    char all[LINE_BYTES] = "", bytes[8];
    size_t length = 0;
    for (size_t used; *text && length + 8 < sizeof all; text += used) {
        used = next_key(text, bytes);
        if (used == 0)
            return fail(script, "no such key: %s", text);
        memcpy(all + length, bytes, strlen(bytes));
        length += strlen(bytes);
    }
    session_send(script->session, all, length);
    return settle(script);
}

/* "\n" in the script is a newline of the paste; a terminal sends it as a carriage return. */
static bool cmd_paste(struct script *script, const char *text)
{
    char all[LINE_BYTES + 16];
    size_t length = 0;
    bool brackets = session_brackets(script->session);
    if (brackets)
        length = (size_t)sprintf(all, "\033[200~");
    for (; *text; text++) {
        bool newline = text[0] == '\\' && text[1] == 'n';
        all[length++] = newline ? '\r' : *text;
        text += newline;
    }
    if (brackets)
        length += (size_t)sprintf(all + length, "\033[201~");
    session_send(script->session, all, length);
    return settle(script);
}

/* Starting. */

/* NULL when the environment names no such program. */
static const char *program_path(const char *name)
{
    const char *path = strcmp(name, "kantapolku") == 0 ? getenv("KANTAPOLKU")
                     : strcmp(name, "term_probe") == 0 ? getenv("TERM_PROBE") : NULL;
    return path && access(path, X_OK) == 0 ? path : NULL;
}

static bool no_program(struct script *script, const char *name)
{
    script->skipped = true;
    return fail(script, "no program: %s", name);
}

static bool cmd_run(struct script *script, const char *text)
{
    char line[LINE_BYTES], *argv[MAX_ARGS + 1], *rest = NULL;
    int count = 0;
    snprintf(line, sizeof line, "%s", text);
    for (char *word = strtok_r(line, " ", &rest); word && count < MAX_ARGS;
         word = strtok_r(NULL, " ", &rest))
        argv[count++] = word;
    argv[count] = NULL;
    const char *path = count ? program_path(argv[0]) : NULL;
    if (!path)
        return no_program(script, count ? argv[0] : "");
    char *program = checked(realpath(path, NULL));
    argv[0] = program;
    struct session_setup setup = {
        .folder = script->folder, .argv = argv, .env = script->env,
        .rows = script->rows, .cols = script->cols, .patience_ms = PATIENCE_MS,
    };
    if (script->session)
        session_free(script->session);
    script->session = session_start(&setup);
    free(program);
    return settle(script);
}

static bool cmd_env(struct script *script, const char *text)
{
    set_env(script, text);
    return true;
}

static bool cmd_term(struct script *script, const char *text)
{
    set_env_pair(script, "TERM", text);
    return true;
}

static bool read_size(struct script *script, const char *text, int *rows, int *cols)
{
    return (sscanf(text, "%dx%d", rows, cols) == 2 && *rows > 0 && *cols > 0) ||
           fail(script, "no size: %s", text);
}

static bool cmd_size(struct script *script, const char *text)
{
    return read_size(script, text, &script->rows, &script->cols);
}

static bool cmd_each(struct script *script, const char *text)
{
    (void)script;
    (void)text;
    return true;
}

/* A program that the script needs beside the one that is tested. */
static bool cmd_needs(struct script *script, const char *text)
{
    char command[LINE_BYTES];
    snprintf(command, sizeof command, "command -v %s >/dev/null", text);
    if (system(command) == 0)
        return true;
    script->skipped = true;
    return fail(script, "not installed: %s", text);
}

/* Looking. A picture that is not right yet may still be on its way until the deadline. */

static bool cmd_expect(struct script *script, const char *text)
{
    long deadline = session_deadline(script->session);
    while (!session_shows(script->session, text))
        if (!session_more(script->session, deadline))
            return fail(script, "not on the screen: %s", text);
    return true;
}

static bool cmd_absent(struct script *script, const char *text)
{
    long deadline = session_deadline(script->session);
    while (session_shows(script->session, text))
        if (!session_more(script->session, deadline))
            return fail(script, "still on the screen: %s", text);
    return true;
}

static bool cmd_cursor(struct script *script, const char *text)
{
    int row, col, at_row, at_col;
    long deadline = session_deadline(script->session);
    if (sscanf(text, "%d %d", &row, &col) != 2)
        return fail(script, "no place: %s", text);
    for (;;) {
        session_cursor(script->session, &at_row, &at_col);
        if (at_row == row && at_col == col)
            return true;
        if (!session_more(script->session, deadline))
            return fail(script, "the cursor is at %d %d, not at %s", at_row, at_col, text);
    }
}

static bool cmd_screen(struct script *script, const char *text)
{
    (void)text;
    session_print(script->session);
    return true;
}

/* Doing. */

static bool cmd_resize(struct script *script, const char *text)
{
    int rows, cols;
    if (!read_size(script, text, &rows, &cols))
        return false;
    return !session_resize(script->session, rows, cols) || settle(script);
}

/* Many sizes without waiting between them; the last counts. */
static bool cmd_storm(struct script *script, const char *text)
{
    int rows, cols, used;
    for (; sscanf(text, "%dx%d%n", &rows, &cols, &used) == 2; text += used)
        session_resize(script->session, rows, cols);
    return settle(script);
}

static const struct {
    const char *name;
    int number;
} signal_names[] = {
    { "HUP", SIGHUP }, { "INT", SIGINT }, { "TERM", SIGTERM }, { "KILL", SIGKILL },
    { "STOP", SIGSTOP }, { "TSTP", SIGTSTP }, { "CONT", SIGCONT }, { "WINCH", SIGWINCH },
};

static int signal_number(const char *name)
{
    for (size_t i = 0; i < COUNT(signal_names); i++)
        if (strcmp(signal_names[i].name, name) == 0)
            return signal_names[i].number;
    return 0;
}

static bool cmd_signal(struct script *script, const char *text)
{
    int number = signal_number(text);
    if (number == 0)
        return fail(script, "no such signal: %s", text);
    session_signal(script->session, number);
    return settle(script);
}

static bool cmd_hangup(struct script *script, const char *text)
{
    (void)text;
    session_hang_up(script->session);
    return settle(script);
}

static bool cmd_stopped(struct script *script, const char *text)
{
    long deadline = session_deadline(script->session);
    (void)text;
    while (session_state(script->session) != SESSION_STOPPED)
        if (!session_more(script->session, deadline))
            return fail(script, "the program is not stopped");
    return true;
}

static bool cmd_fg(struct script *script, const char *text)
{
    (void)text;
    if (session_state(script->session) != SESSION_STOPPED)
        return fail(script, "the program is not stopped");
    session_continue(script->session);
    return settle(script);
}

static bool cmd_exit(struct script *script, const char *text)
{
    long deadline = session_deadline(script->session);
    int expected = strncmp(text, "signal ", 7) == 0 ? -signal_number(text + 7) : atoi(text);
    while (session_state(script->session) != SESSION_ENDED)
        if (!session_more(script->session, deadline))
            return fail(script, "the program has not ended");
    int status = session_status(script->session);
    return status == expected ||
           fail(script, "the program ended with %s%d, not with %s", status < 0 ? "signal " : "",
                abs(status), text);
}

static bool cmd_restored(struct script *script, const char *text)
{
    (void)text;
    const char *left = session_unrestored(script->session);
    return !left || fail(script, "%s", left);
}

static bool cmd_shell(struct script *script, const char *text)
{
    int status;
    if (strstr(text, "kantapolku") && !program_path("kantapolku"))
        return no_program(script, "kantapolku");
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        alarm(3 * PATIENCE_MS / 1000);
        for (int i = 0; i < script->env_count; i++)
            strchr(script->env[i], '=') ? putenv(script->env[i]) : unsetenv(script->env[i]);
        setenv("HOME", script->folder, 1);
        dup2(STDERR_FILENO, STDOUT_FILENO);
        if (chdir(script->folder) == 0)
            execl("/bin/sh", "sh", "-c", text, (char *)NULL);
        _exit(127);
    }
    if (child < 0 || waitpid(child, &status, 0) != child || status != 0)
        return fail(script, "failed: %s", text);
    return true;
}

/* The language. */

static const struct command {
    const char *name;
    bool (*run)(struct script *script, const char *text);
    bool needs_session;
} commands[] = {
    { "each", cmd_each, false },         /* run on every terminal of the table */
    { "needs", cmd_needs, false },       /* skip without this program in PATH */
    { "env", cmd_env, false },           /* NAME=VALUE, or NAME to unset */
    { "term", cmd_term, false },         /* TERM */
    { "size", cmd_size, false },         /* ROWSxCOLS at the start */
    { "run", cmd_run, false },           /* kantapolku ARGUMENT... */
    { "shell", cmd_shell, false },       /* must succeed; kantapolku is in PATH */
    { "keys", cmd_keys, true },          /* a<Enter><C-x>: one by one, each settled */
    { "burst", cmd_burst, true },        /* the same in one write */
    { "paste", cmd_paste, true },        /* TEXT; \n is a newline */
    { "expect", cmd_expect, true },      /* TEXT stands in one row */
    { "absent", cmd_absent, true },
    { "cursor", cmd_cursor, true },      /* ROW COL, from 0 */
    { "screen", cmd_screen, true },      /* print it */
    { "resize", cmd_resize, true },      /* ROWSxCOLS */
    { "storm", cmd_storm, true },        /* ROWSxCOLS... without waiting between */
    { "signal", cmd_signal, true },      /* HUP, TERM, KILL, STOP, CONT... */
    { "hangup", cmd_hangup, true },      /* the terminal is gone */
    { "stopped", cmd_stopped, true },
    { "fg", cmd_fg, true },
    { "exit", cmd_exit, true },          /* STATUS or signal NAME */
    { "restored", cmd_restored, true },  /* the terminal is as before */
};

static bool run_line(struct script *script, const char *line)
{
    size_t name = strcspn(line, " ");
    for (size_t i = 0; i < COUNT(commands); i++) {
        const struct command *command = &commands[i];
        if (strlen(command->name) != name || memcmp(command->name, line, name) != 0)
            continue;
        if (command->needs_session && !script->session)
            return fail(script, "nothing runs yet");
        return command->run(script, line + name + (line[name] == ' '));
    }
    return fail(script, "no such command: %s", line);
}

/* The next line that is not empty and not a comment, without its newline. */
static bool next_line(FILE *file, struct script *script, char line[LINE_BYTES])
{
    while (fgets(line, LINE_BYTES, file)) {
        script->line++;
        line[strcspn(line, "\n")] = '\0';
        if (line[0] != '\0' && line[0] != '#')
            return true;
    }
    return false;
}

static FILE *open_script(const char *path)
{
    FILE *file = fopen(path, "r");
    if (!file) {
        perror(path);
        exit(1);
    }
    return file;
}

/* `kantapolku` in the shell of the script. A small wrapper, because the program may itself be a
 * wrapper that looks at the name it was called by. */
static void make_wrapper(struct script *script)
{
    char path[PATH_BYTES + 32], search[2 * PATH_BYTES];
    const char *program = program_path("kantapolku");
    char *real = program ? realpath(program, NULL) : NULL;
    snprintf(path, sizeof path, "%s/.bin", script->folder);
    mkdir(path, 0700);
    snprintf(search, sizeof search, "PATH=%s:%s", path, getenv("PATH"));
    set_env(script, search);
    snprintf(path, sizeof path, "%s/.bin/kantapolku", script->folder);
    FILE *file = checked(fopen(path, "w"));
    fprintf(file, "#!/bin/sh\nexec '%s' \"$@\"\n", real ? real : "/nonexistent");
    fclose(file);
    chmod(path, 0700);
    free(real);
}

static void prepare(struct script *script, const struct terminal *terminal)
{
    static const char *const unset[] = {
        "LINES", "COLUMNS", "ESCDELAY", "LANG", "LANGUAGE", "LC_CTYPE", "NO_COLOR", "ACCESSIBLE",
        "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "KANTAPOLKU_TODAY",
    };
    const char *base = getenv("TMPDIR");
    snprintf(script->folder, sizeof script->folder, "%s/run_pty.XXXXXX", base ? base : "/tmp");
    checked(mkdtemp(script->folder));
    for (size_t i = 0; i < COUNT(unset); i++)
        set_env(script, unset[i]);
    set_env_pair(script, "TERM", terminal->term);
    set_env_pair(script, "LC_ALL", terminal->locale);
    script->rows = terminal->rows;
    script->cols = terminal->cols;
    make_wrapper(script);
}

static void clean_up(struct script *script)
{
    char command[PATH_BYTES + 32];
    if (script->session)
        session_free(script->session);
    for (int i = 0; i < script->env_count; i++)
        free(script->env[i]);
    snprintf(command, sizeof command, "rm -rf '%s'", script->folder);
    if (system(command) != 0)
        printf("# left behind: %s\n", script->folder);
}

enum result { PASSED, SKIPPED, FAILED };

static enum result run_script(struct script *script, const struct terminal *terminal)
{
    char line[LINE_BYTES];
    bool good = true;
    FILE *file = open_script(script->path);
    prepare(script, terminal);
    while (good && next_line(file, script, line))
        good = run_line(script, line);
    if (!good && !script->skipped && script->session)
        session_print(script->session);
    fclose(file);
    clean_up(script);
    return good ? PASSED : script->skipped ? SKIPPED : FAILED;
}

static bool wants_each(const char *path)
{
    char line[LINE_BYTES];
    struct script script = { .path = path };
    FILE *file = open_script(path);
    bool each = next_line(file, &script, line) && strcmp(line, "each") == 0;
    fclose(file);
    return each;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static bool under_ci(void)
{
    const char *ci = getenv("CI");
    return ci && strcmp(ci, "true") == 0;
}

/* Prints the point of one script on one terminal; returns whether it counts as passed. */
static bool test_one(int number, const char *path, const struct terminal *terminal, bool named)
{
    struct script script = { .path = path };
    enum result result = run_script(&script, terminal);
    bool good = result == PASSED || (result == SKIPPED && !under_ci());
    printf("%s %d - %s", good ? "ok" : "not ok", number, base_name(path));
    if (named)
        printf(" %s %s %dx%d", terminal->term, terminal->locale, terminal->rows, terminal->cols);
    if (result == SKIPPED && good)
        printf(" # SKIP %s", script.reason);
    putchar('\n');
    if (result == SKIPPED)
        printf("# skipped: %s\n", script.reason);
    if (!good)
        printf("# %s:%d: %s\n", path, script.line, script.reason);
    fflush(stdout);
    return good;
}

int main(int argc, char **argv)
{
    int plan = 0, number = 0, failed = 0;
    if (argc < 2) {
        fputs("usage: run_pty SCRIPT...\n", stderr);
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    for (int i = 1; i < argc; i++)
        plan += wants_each(argv[i]) ? (int)COUNT(terminals) : 1;
    printf("1..%d\n", plan);
    for (int i = 1; i < argc; i++) {
        bool each = wants_each(argv[i]);
        for (size_t t = 0; t < (each ? COUNT(terminals) : 1); t++)
            failed += !test_one(++number, argv[i], &terminals[t], each);
    }
    return failed > 0;
}
