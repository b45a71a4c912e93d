/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Facts of cards and readers out of a file of tests/data/cards/streams, for the tests of the faces.
 *
 * A line is a key, a blank and a value. Each time something is taken it is the lines up to the next
 * empty one; behind the last the program that reads cards has ended. A file that is not there is a
 * program that cannot be started.
 */
#ifndef CARD_STREAM_H
#define CARD_STREAM_H

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/tr.h"
#include "core/card_facts.h"
#include "io/file.h"

struct card_stream {
    const char *path;
    struct buf text;
    const char *at;
    int fd;                   /* always readable; 0: not started */
};

static inline void card_stream_stop(void *data)
{
    struct card_stream *stream = data;

    if (stream->fd > 0)
        close(stream->fd);
    stream->fd = 0;
    buf_free(&stream->text);
    stream->text = (struct buf)BUF_INIT;
}

static inline int card_stream_start(void *data, struct err *err)
{
    struct card_stream *stream = data;
    struct err why = { 0 };

    card_stream_stop(stream);
    if (file_read(&stream->text, stream->path, 1 << 20, &why))
        return err_set(err, ERR_DEVICE, N_("the card reader program %s cannot be started: %s"),
                       "/usr/libexec/kantapolku-reader",
                       tr_text(err_tr(err), "there is no such file or folder"));
    stream->at = stream->text.text;
    stream->fd = open("/dev/zero", O_RDONLY | O_CLOEXEC);
    return 0;
}

static inline int card_stream_fd(void *data)
{
    return ((struct card_stream *)data)->fd;
}

static inline int card_stream_take(void *data, struct card_view *view, struct err *err)
{
    struct card_stream *stream = data;

    if (!*stream->at)
        return err_set(err, ERR_DEVICE, N_("the card reader program has ended"));
    while (*stream->at && *stream->at != '\n') {
        size_t length = strcspn(stream->at, "\n");
        struct buf line = BUF_INIT;
        char *blank;
        buf_add_n(&line, stream->at, length);
        blank = strchr(line.text, ' ');
        if (blank)
            *blank = '\t';
        if (line.text[0] != '#')
            card_view_line(view, line.text, line.length);
        buf_free(&line);
        stream->at += length + (stream->at[length] == '\n');
    }
    stream->at += strspn(stream->at, "\n");
    return 1;
}

static inline struct card_source card_stream_source(struct card_stream *stream)
{
    return (struct card_source){ stream, card_stream_start, card_stream_fd, card_stream_take,
                                 card_stream_stop };
}

#endif
