/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A register file as a whole: a first look at all of it, then the reader of its format.
 *
 * The first look costs one reading more and gives the digest, the character set (a file is UTF-8
 * only if all of it is) and the certainty that there is no NUL byte.
 */
#include "io/register_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "io/register_parts.h"

enum { LOOK_BYTES = 1 << 16 };

/* ---- the first look ---- */

struct look {
    struct sha256 sha;
    char bytes[LOOK_BYTES + 4];
    size_t length;            /* of `bytes` */
    size_t looked;            /* bytes that were kept from before: a letter that is not whole */
    int line;
    int col;                  /* bytes since the line began */
};

/* What other programs make, by their first bytes. */
static const struct {
    const char *bytes;
    size_t length;
    const char *message;
} strangers[] = {
    { "\x1F\x8B", 2, N_("the file is compressed (gzip); unpack it first") },
    { "PK\x03\x04", 4, N_("the file is a workbook or an archive; save it as CSV text first") },
    { "\xD0\xCF\x11\xE0", 4, N_("the file is a workbook (Excel); save it as CSV text first") },
    { "\xFF\xFE", 2, N_("the file is UTF-16 text; save it as UTF-8 first") },
    { "\xFE\xFF", 2, N_("the file is UTF-16 text; save it as UTF-8 first") },
    { "%PDF", 4, N_("the file is a PDF document; fetch the register as text, XML or JSON") },
};

static int refuse_strangers(struct register_reader *r, const struct look *look)
{
    for (size_t i = 0; i < countof(strangers); i++)
        if (look->length >= strangers[i].length &&
            memcmp(look->bytes, strangers[i].bytes, strangers[i].length) == 0)
            return register_reader_fail(r, 1, 1, strangers[i].message);
    return 0;
}

/* Counts lines; a NUL byte ends the reading there. */
static int look_at_lines(struct register_reader *r, struct look *look, const char *bytes,
                         size_t length)
{
    const char *nul = memchr(bytes, '\0', length), *end = nul ? nul : bytes + length, *newline;

    while (nul && (newline = memchr(bytes, '\n', (size_t)(end - bytes)))) {
        look->line++;
        look->col = 0;
        bytes = newline + 1;
    }
    if (nul)
        return register_reader_fail(r, look->line, look->col + (int)(nul - bytes) + 1,
                                    N_("there is a NUL byte here: this is no text"));
    for (; (newline = memchr(bytes, '\n', (size_t)(end - bytes))); bytes = newline + 1) {
        look->line++;
        look->col = 0;
    }
    look->col += (int)(end - bytes);
    return 0;
}

/* How many bytes are valid; all of them, but for a letter that the end cuts off. */
static size_t valid_bytes(const char *text, size_t length)
{
    const uint64_t high = UINT64_C(0x8080808080808080);
    size_t at = 0, used;
    uint64_t eight;

    while (at < length) {
        if (length - at >= sizeof eight) {
            memcpy(&eight, text + at, sizeof eight);
            if (!(eight & high)) {
                at += sizeof eight;
                continue;
            }
        }
        if (utf8_decode(text + at, length - at, &used) == UINT32_MAX)
            return at;
        at += used;
    }
    return at;
}

/* A letter whose first bytes are the last ones of the block: the rest may follow. */
static bool is_cut_letter(const char *text, size_t length)
{
    unsigned char lead = length ? (unsigned char)*text : 0;

    return (lead >= 0xC2 && length < 2) || (lead >= 0xE0 && length < 3) ||
           (lead >= 0xF0 && lead <= 0xF4 && length < 4);
}

static void look_at_letters(struct register_reader *r, struct look *look)
{
    size_t valid = r->summary->utf8 ? valid_bytes(look->bytes, look->length) : look->length;
    size_t rest = look->length - valid;

    if (rest > 0 && !is_cut_letter(look->bytes + valid, rest)) {
        r->summary->utf8 = false;
        rest = 0;
    }
    memmove(look->bytes, look->bytes + valid, rest);
    look->looked = rest;
}

static int too_large(struct register_reader *r)
{
    return err_set(r->err, ERR_INPUT, N_("%s: larger than %d MiB, the most that is read"),
                   r->name, REGISTER_FILE_MAX >> 20);
}

static int look_on(struct register_reader *r, struct look *look)
{
    bool first = r->summary->size == 0;
    long got = register_reader_bytes(r, look->bytes + look->looked, LOOK_BYTES);
    int code;

    if (got <= 0)
        return (int)got;
    sha256_add(&look->sha, look->bytes + look->looked, (size_t)got);
    look->length = look->looked + (size_t)got;
    r->summary->size += got;
    if (r->summary->size > REGISTER_FILE_MAX)
        return too_large(r);
    code = first ? refuse_strangers(r, look) : 0;
    if (!code)
        code = look_at_lines(r, look, look->bytes + look->looked, (size_t)got);
    if (!code)
        look_at_letters(r, look);
    return code ? code : 1;
}

/* The format tells itself by its first character that is no blank. */
static enum register_format format_of(const char *bytes, size_t length)
{
    size_t at = length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;

    while (at < length && strchr(" \t\r\n", bytes[at]))
        at++;
    if (at < length && bytes[at] == '<')
        return REGISTER_XML;
    return at < length && (bytes[at] == '{' || bytes[at] == '[') ? REGISTER_JSON
                                                                 : REGISTER_DELIMITED;
}

/* A pipe, a terminal, a device: reading could wait for ever, and cannot be done twice. */
static int begin_look(struct register_reader *r, long long *size)
{
    struct stat st;

    if (fstat(r->fd, &st) != 0)
        return register_reader_fail(r, 0, 0, err_reason(err_tr(r->err), errno));
    if (S_ISDIR(st.st_mode))
        return register_reader_fail(r, 0, 0, err_reason(err_tr(r->err), EISDIR));
    if (!S_ISREG(st.st_mode))
        return register_reader_fail(r, 0, 0, N_("a pipe cannot be read; save it as a file first"));
    r->summary->modified = (long long)st.st_mtim.tv_sec;
    *size = (long long)st.st_size;
    return st.st_size > REGISTER_FILE_MAX ? too_large(r) : 0;
}

/* All was looked at; back to the beginning. */
static int end_look(struct register_reader *r, struct look *look)
{
    if (look->looked > 0)
        r->summary->utf8 = false;
    sha256_end(&look->sha, r->summary->digest);
    if (r->summary->size == 0)
        return register_reader_fail(r, 1, 0, N_("the file is empty"));
    if (lseek(r->fd, 0, SEEK_SET) != 0)
        return register_reader_fail(r, 0, 0, err_reason(err_tr(r->err), errno));
    return 0;
}

/* ---- a file in steps ---- */

enum { BLOCKS_A_STEP = 16 };

static const struct register_format_ops *const formats[] = {
    [REGISTER_DELIMITED] = &register_csv, [REGISTER_XML] = &register_xml,
    [REGISTER_JSON] = &register_json,
};

struct register_reading {
    struct register_reader reader;
    struct look *look;        /* NULL: the first look is over */
    const struct register_format_ops *format;   /* NULL: it is not */
    long long size;           /* what the file system says */
};

static int begin_format(struct register_reading *reading)
{
    struct register_reader *r = &reading->reader;
    int code = end_look(r, reading->look);

    free(reading->look);
    reading->look = NULL;
    if (code)
        return code;
    reading->format = formats[r->summary->format];
    code = reading->format->start(r);
    return code ? code : 1;
}

static int look_step(struct register_reading *reading)
{
    struct register_reader *r = &reading->reader;
    bool first = r->summary->size == 0;
    int code = look_on(r, reading->look);

    if (code > 0 && first)
        r->summary->format = format_of(reading->look->bytes, reading->look->length);
    return code ? code : begin_format(reading);
}

static int format_step(struct register_reading *reading)
{
    struct register_reader *r = &reading->reader;
    int code = reading->format->step(r);

    if (code || r->summary->rows > 0)
        return code;
    if (r->first_fault)
        return err_at(r->err, ERR_INPUT, r->name, r->first_line, 0,
                      N_("there is no row that can be used; this one: %s"),
                      tr_text(err_tr(r->err), r->first_fault));
    return register_reader_fail(r, 0, 0, N_("there is no row that can be used"));
}

int register_reading_step(struct register_reading *reading, struct err *err)
{
    int code = 1;

    reading->reader.err = err;
    for (int i = 0; i < BLOCKS_A_STEP && code > 0; i++)
        code = reading->look ? look_step(reading) : format_step(reading);
    return code;
}

int register_reading_percent(const struct register_reading *reading)
{
    long long whole = 2 * reading->size, done = reading->reader.done;

    return whole <= 0 || done >= whole ? 100 : (int)(100 * done / whole);
}

int register_reading_open(struct register_reading **out, const char *name,
                          const struct register_headings *headings,
                          const struct register_take *take, struct register_summary *summary,
                          struct err *err)
{
    int fd = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK), code;
    struct register_reading *reading;

    *out = NULL;
    *summary = (struct register_summary){ .utf8 = true };
    if (fd < 0)
        return err_set(err, ERR_INPUT, N_("%s: cannot be read: %s"), name,
                       err_reason(err_tr(err), errno));
    reading = xcalloc(1, sizeof *reading);
    reading->reader = (struct register_reader){
        .fd = fd, .name = name, .headings = headings, .take = take, .summary = summary,
        .err = err, .text = BUF_INIT, .scratch = BUF_INIT
    };
    reading->look = xcalloc(1, sizeof *reading->look);
    reading->look->line = 1;
    sha256_init(&reading->look->sha);
    code = begin_look(&reading->reader, &reading->size);
    if (code)
        register_reading_close(reading);
    else
        *out = reading;
    return code;
}

void register_reading_close(struct register_reading *reading)
{
    if (!reading)
        return;
    if (reading->format)
        reading->format->end(&reading->reader);
    close(reading->reader.fd);
    free(reading->look);
    buf_free(&reading->reader.text);
    buf_free(&reading->reader.scratch);
    free(reading);
}

void register_summary_free(struct register_summary *summary)
{
    for (size_t i = 0; i < summary->heading_count; i++) {
        free(summary->headings[i]);
        free(summary->examples[i]);
    }
    free(summary->headings);
    free(summary->examples);
    free(summary->fields);
    memset(summary, 0, sizeof *summary);
}
