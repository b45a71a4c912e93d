/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Reading compiled gettext catalogues.
 *
 * A catalogue is checked as a whole when it is mapped: magic, every offset, the final NUL of
 * every string, UTF-8, the order that the search relies on, the plural rule. A lookup can
 * then trust all of it. One fault, and the language has no catalogue.
 */
#include "io/catalog.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"

enum {
    HEADER_SIZE = 28,
    PAIR_SIZE = 8,              /* length and offset of a string */
    MAX_SIZE = 16 * 1024 * 1024
};

#define MAGIC 0x950412DEu
#define MAGIC_SWAPPED 0xDE120495u

/* A mapped catalogue; `count` is 0 when there is none. */
struct catalog {
    bool tried, swapped;
    const char *bytes;
    size_t size;
    uint32_t count, msgids, texts;      /* the two are offsets of tables of pairs */
};

/* The catalogues lie apart so that a lookup through a const pointer can map one. */
struct catalogs {
    char *locale_dir;
    struct catalog *of;
};

static uint32_t read_word(const struct catalog *c, size_t at)
{
    uint32_t word;

    memcpy(&word, c->bytes + at, sizeof word);
    return c->swapped ? __builtin_bswap32(word) : word;
}

static const char *string_at(const struct catalog *c, uint32_t table, uint32_t index,
                             size_t *length)
{
    size_t pair = (size_t)table + (size_t)index * PAIR_SIZE;

    *length = read_word(c, pair);
    return c->bytes + read_word(c, pair + 4);
}

static bool table_fits(const struct catalog *c, uint32_t table)
{
    return table >= HEADER_SIZE && table <= c->size
        && c->count <= (c->size - table) / PAIR_SIZE;
}

/* The string lies inside the file, ends in a NUL and is UTF-8 (forms of a plural have a NUL
 * between them, which is UTF-8 too). */
static bool string_is_sound(const struct catalog *c, uint32_t table, uint32_t index)
{
    size_t pair = (size_t)table + (size_t)index * PAIR_SIZE;
    size_t length = read_word(c, pair), offset = read_word(c, pair + 4);

    if (offset >= c->size || length >= c->size - offset)
        return false;
    return c->bytes[offset + length] == '\0' && utf8_valid(c->bytes + offset, length);
}

static bool strings_are_sound(const struct catalog *c)
{
    size_t length;

    for (uint32_t i = 0; i < c->count; i++) {
        if (!string_is_sound(c, c->msgids, i) || !string_is_sound(c, c->texts, i))
            return false;
        if (i > 0 && strcmp(string_at(c, c->msgids, i - 1, &length),
                            string_at(c, c->msgids, i, &length)) >= 0)
            return false;
    }
    return true;
}

/* -1 when the msgid is not in the catalogue. */
static long find(const struct catalog *c, const char *msgid)
{
    uint32_t low = 0, high = c->count;
    size_t length;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = strcmp(msgid, string_at(c, c->msgids, middle, &length));
        if (order == 0)
            return (long)middle;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return -1;
}

/* Finnish and Swedish count like English; a catalogue that says otherwise is not theirs. */
static bool plural_rule_is_known(const struct catalog *c)
{
    static const char field[] = "Plural-Forms:", known[] = "nplurals=2;plural=n!=1;";
    long header = find(c, "");
    struct buf rule = BUF_INIT;
    const char *at;
    size_t length;
    bool same;

    if (header < 0)
        return true;
    at = strstr(string_at(c, c->texts, (uint32_t)header, &length), field);
    if (!at)
        return true;
    for (at += strlen(field); *at && *at != '\n'; at++) {
        if (!strchr(" \t()", *at))
            buf_add_char(&rule, *at);
    }
    if (rule.length > 0 && rule.text[rule.length - 1] != ';')
        buf_add_char(&rule, ';');
    same = strcmp(rule.text, known) == 0;
    buf_free(&rule);
    return same;
}

static bool read_header(struct catalog *c)
{
    uint32_t magic;

    if (c->size < HEADER_SIZE)
        return false;
    magic = read_word(c, 0);
    c->swapped = magic == MAGIC_SWAPPED;
    if (magic != MAGIC && !c->swapped)
        return false;
    if (read_word(c, 4) >> 16 != 0)
        return false;
    c->count = read_word(c, 8);
    c->msgids = read_word(c, 12);
    c->texts = read_word(c, 16);
    return table_fits(c, c->msgids) && table_fits(c, c->texts);
}

static bool is_sound(struct catalog *c)
{
    return read_header(c) && strings_are_sound(c) && plural_rule_is_known(c);
}

static void unmap(struct catalog *c)
{
    if (c->bytes)
        munmap((void *)(uintptr_t)c->bytes, c->size);
    c->bytes = NULL;
    c->size = 0;
    c->count = 0;
}

static bool map_file(struct catalog *c, const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    void *mapped = MAP_FAILED;
    struct stat st;

    if (fd < 0)
        return false;
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size >= HEADER_SIZE
        && st.st_size <= MAX_SIZE)
        mapped = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    close(fd);
    if (mapped == MAP_FAILED)
        return false;
    c->bytes = mapped;
    c->size = (size_t)st.st_size;
    if (is_sound(c))
        return true;
    unmap(c);
    return false;
}

/* The installed layout, then that of the build tree. */
static void load(struct catalog *c, const char *locale_dir, enum lang lang)
{
    struct buf path = BUF_INIT;

    c->tried = true;
    buf_addf(&path, "%s/%s/LC_MESSAGES/kantapolku.mo", locale_dir, lang_code(lang));
    if (!map_file(c, path.text)) {
        buf_clear(&path);
        buf_addf(&path, "%s/%s.gmo", locale_dir, lang_code(lang));
        map_file(c, path.text);
    }
    buf_free(&path);
}

struct catalogs *catalogs_new(const char *locale_dir)
{
    struct catalogs *catalogs = xcalloc(1, sizeof *catalogs);

    catalogs->locale_dir = xstrdup(locale_dir ? locale_dir : "");
    catalogs->of = xcalloc(LANG_COUNT, sizeof catalogs->of[0]);
    return catalogs;
}

void catalogs_free(struct catalogs *catalogs)
{
    if (!catalogs)
        return;
    for (int lang = 0; lang < LANG_COUNT; lang++)
        unmap(&catalogs->of[lang]);
    free(catalogs->of);
    free(catalogs->locale_dir);
    free(catalogs);
}

/* The form after the first NUL, or NULL when there is only one. */
static const char *second_form(const char *text, size_t length)
{
    size_t first = strlen(text);

    return first < length ? text + first + 1 : NULL;
}

static const char *look_up(const void *data, enum lang lang, const char *msgid,
                           const char *plural, unsigned long n)
{
    const struct catalogs *catalogs = data;
    struct catalog *c = &catalogs->of[lang];
    const char *text;
    size_t length;
    long index;

    if (lang == LANG_EN || !msgid[0])
        return NULL;
    if (!c->tried && catalogs->locale_dir[0])
        load(c, catalogs->locale_dir, lang);
    index = find(c, msgid);
    if (index < 0)
        return NULL;
    text = string_at(c, c->texts, (uint32_t)index, &length);
    if (plural && n != 1)
        text = second_form(text, length);
    return text && text[0] ? text : NULL;
}

struct tr catalogs_tr(const struct catalogs *catalogs, enum lang lang)
{
    struct tr tr = { .lang = lang, .lookup = look_up, .catalogs = catalogs };

    return tr;
}
