/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Facts as lines.
 */
#include "card/emit.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "core/card_facts.h"

enum { VALUE_MAX = 400 };

static void write_all(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t done = write(fd, bytes, length);
        if (done < 0 && errno != EINTR)
            return;
        if (done > 0) {
            bytes += done;
            length -= (size_t)done;
        }
    }
}

/* Cuts between letters, since what is cut in the middle of one would be cleaned a second time. */
static void cut(struct buf *line, size_t most)
{
    size_t at = most;

    if (line->length <= most)
        return;
    while (at > 0 && ((unsigned char)line->text[at] & 0xC0) == 0x80)
        at--;
    buf_cut(line, at);
}

/* Cleaned twice: a mark that loses the blank before it stands alone. */
void emit_clean(struct buf *out, const void *bytes, size_t length)
{
    struct buf trimmed = BUF_INIT;

    utf8_clean(&trimmed, bytes, length, UTF8_ONE_LINE);
    buf_trim(&trimmed);
    cut(&trimmed, VALUE_MAX);
    utf8_clean(out, trimmed.text, trimmed.length, UTF8_ONE_LINE);
    buf_free(&trimmed);
}

void emit_bytes(const struct emitter *to, const char *key, const void *bytes, size_t length)
{
    struct buf line = BUF_INIT, value = BUF_INIT;

    emit_clean(&value, bytes, length);
    buf_addf(&line, "%s%s\t%s\n", to->prefix, key, value.text);
    if (value.length > 0 && line.length < CARD_LINE_MAX)
        write_all(to->fd, line.text, line.length);
    buf_free(&value);
    buf_free(&line);
}

void emit(const struct emitter *to, const char *key, const char *value)
{
    emit_bytes(to, key, value, strlen(value));
}

void emitf(const struct emitter *to, const char *key, const char *format, ...)
{
    struct buf text = BUF_INIT;
    va_list args;

    va_start(args, format);
    buf_vaddf(&text, format, args);
    va_end(args);
    emit_bytes(to, key, text.text, text.length);
    buf_free(&text);
}

void emit_hex(const struct emitter *to, const char *key, const unsigned char *bytes, size_t length)
{
    struct buf text = BUF_INIT;

    for (size_t i = 0; i < length; i++)
        buf_addf(&text, "%02X", bytes[i]);
    emit_bytes(to, key, text.text, text.length);
    buf_free(&text);
}
