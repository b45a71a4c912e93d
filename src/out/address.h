/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Addresses within a text that a reader can follow: web pages (http, https, or a name that begins
 * with "www."), mail, and telephone numbers that begin with "+". Nothing else becomes a link,
 * whatever a text says.
 */
#ifndef OUT_ADDRESS_H
#define OUT_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

enum address_kind { ADDRESS_WEB, ADDRESS_NAME, ADDRESS_MAIL, ADDRESS_PHONE };

struct address {
    enum address_kind kind;
    size_t from, to;          /* bytes of the text */
};

/* The first address from the byte `from` on; false when there is none. */
bool address_next(const char *text, size_t from, struct address *out);

/* Appends the address as a URI: ASCII, with a scheme, everything else written with %. */
void address_uri(const char *text, const struct address *address, struct buf *out);

#endif
