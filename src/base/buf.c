/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A growing string.
 *
 * All empty buffers share one static NUL byte. It is never written to: whoever stores
 * anything, even the final NUL, first makes sure that the buffer has room of its own.
 */
#include "base/buf.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

char buf_empty_text[1];

static void make_room(struct buf *buf, size_t more)
{
    size_t need = buf->length + more + 1;
    size_t room = buf->room ? buf->room : 32;

    assert(need > buf->length);
    if (need <= buf->room)
        return;
    while (room < need)
        room += room / 2;
    buf->text = xrealloc(buf->room ? buf->text : NULL, room, 1);
    buf->room = room;
    buf->text[buf->length] = '\0';
}

static void reset(struct buf *buf)
{
    buf->text = buf_empty_text;
    buf->length = buf->room = 0;
}

void buf_free(struct buf *buf)
{
    if (buf->room)
        free(buf->text);
    reset(buf);
}

void buf_clear(struct buf *buf)
{
    buf_cut(buf, 0);
}

char *buf_detach(struct buf *buf)
{
    char *text;

    make_room(buf, 0);
    text = buf->text;
    reset(buf);
    return text;
}

void buf_add_n(struct buf *buf, const char *text, size_t length)
{
    if (length == 0)
        return;
    make_room(buf, length);
    memcpy(buf->text + buf->length, text, length);
    buf->length += length;
    buf->text[buf->length] = '\0';
}

void buf_add(struct buf *buf, const char *text)
{
    buf_add_n(buf, text, strlen(text));
}

void buf_add_char(struct buf *buf, char c)
{
    buf_add_n(buf, &c, 1);
}

void buf_add_number(struct buf *buf, long number)
{
    char digits[24];
    size_t at = sizeof digits;
    unsigned long rest = number < 0 ? 0UL - (unsigned long)number : (unsigned long)number;

    do
        digits[--at] = (char)('0' + rest % 10);
    while (rest /= 10);
    if (number < 0)
        digits[--at] = '-';
    buf_add_n(buf, digits + at, sizeof digits - at);
}

void buf_add_repeat(struct buf *buf, const char *text, int times)
{
    size_t length = strlen(text);

    for (; times > 0; times--)
        buf_add_n(buf, text, length);
}

void buf_vaddf(struct buf *buf, const char *format, va_list args)
{
    va_list again;
    int wanted;

    assert(format);
    va_copy(again, args);
    wanted = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (wanted <= 0)
        return;
    make_room(buf, (size_t)wanted);
    vsnprintf(buf->text + buf->length, (size_t)wanted + 1, format, args);
    buf->length += (size_t)wanted;
}

void buf_addf(struct buf *buf, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    buf_vaddf(buf, format, args);
    va_end(args);
}

void buf_splice(struct buf *buf, size_t at, size_t length, const char *text, size_t count)
{
    size_t rest;

    assert(at <= buf->length && length <= buf->length - at);
    if (length == 0 && count == 0)
        return;
    make_room(buf, count);
    rest = buf->length - at - length;
    memmove(buf->text + at + count, buf->text + at + length, rest);
    if (count)
        memcpy(buf->text + at, text, count);
    buf->length = at + count + rest;
    buf->text[buf->length] = '\0';
}

void buf_cut(struct buf *buf, size_t length)
{
    if (length >= buf->length)
        return;
    buf->length = length;
    buf->text[length] = '\0';
}

/* White space as UTF-8 bytes; the last four are no-break spaces and the byte order mark. */
static const char *const blanks[] = {
    " ", "\t", "\n", "\r", "\v", "\f", "\xE2\x80\x82", "\xE2\x80\x83", "\xE2\x80\x89",
    "\xE2\x80\x8A", "\xE3\x80\x80", "\xC2\xA0", "\xE2\x80\x87", "\xE2\x80\xAF", "\xEF\xBB\xBF",
};

static size_t blank_at_start(const char *text, size_t length)
{
    for (size_t i = 0; i < countof(blanks); i++) {
        size_t size = strlen(blanks[i]);
        if (size <= length && memcmp(text, blanks[i], size) == 0)
            return size;
    }
    return 0;
}

static size_t blank_at_end(const char *text, size_t length)
{
    for (size_t i = 0; i < countof(blanks); i++) {
        size_t size = strlen(blanks[i]);
        if (size <= length && memcmp(text + length - size, blanks[i], size) == 0)
            return size;
    }
    return 0;
}

void buf_trim(struct buf *buf)
{
    size_t start = 0, size;

    while ((size = blank_at_end(buf->text, buf->length)) > 0)
        buf_cut(buf, buf->length - size);
    while ((size = blank_at_start(buf->text + start, buf->length - start)) > 0)
        start += size;
    buf_splice(buf, 0, start, NULL, 0);
}
