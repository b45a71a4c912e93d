/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Walks through the few structures of ISO 7816-15 that lead to certificates.
 */
#include "card/pkcs15.h"

#include <string.h>

enum {
    TAG_OCTETS = 0x04, TAG_SEQUENCE = 0x30, TAG_LABEL = 0x80,
    TAG_CERTIFICATES = 0xA4, TAG_TRUSTED = 0xA5, TAG_USEFUL = 0xA6,
    TAG_ATTRIBUTES = 0xA1
};

void pkcs15_add_path(struct pkcs15_paths *paths, const unsigned char *ids, size_t length)
{
    struct pkcs15_path path = { .length = 0 };

    if (length >= 2 && ids[0] == 0x3F && ids[1] == 0x00) {
        ids += 2;
        length -= 2;
    }
    if (length < 2 || length % 2 != 0 || length > sizeof path.ids
        || paths->count >= PKCS15_FILES_MAX)
        return;
    memcpy(path.ids, ids, length);
    path.length = length;
    for (size_t i = 0; i < paths->count; i++)
        if (paths->at[i].length == length && memcmp(paths->at[i].ids, ids, length) == 0)
            return;
    paths->at[paths->count++] = path;
}

/* Path ::= SEQUENCE { OCTET STRING, ... } */
static void add_path_of(struct ber sequence, struct pkcs15_paths *out)
{
    struct ber_item octets;

    if (ber_find(&sequence, TAG_OCTETS, &octets))
        pkcs15_add_path(out, octets.value.at, octets.value.length);
}

void pkcs15_directories(struct ber od, struct pkcs15_paths *out)
{
    struct ber_item entry, path;

    while (ber_next(&od, &entry)) {
        if (entry.tag != TAG_CERTIFICATES && entry.tag != TAG_TRUSTED && entry.tag != TAG_USEFUL)
            continue;
        if (ber_find(&entry.value, TAG_SEQUENCE, &path))
            add_path_of(path.value, out);
    }
}

/* CertificateInfo ::= SEQUENCE { label, id, [1] { SEQUENCE { Path } } } */
void pkcs15_certificates(struct ber cd, struct pkcs15_paths *out)
{
    struct ber_item entry, attributes, value, path;

    while (ber_next(&cd, &entry)) {
        if (entry.tag != TAG_SEQUENCE || !ber_find(&entry.value, TAG_ATTRIBUTES, &attributes))
            continue;
        if (ber_find(&attributes.value, TAG_SEQUENCE, &value)
            && ber_find(&value.value, TAG_SEQUENCE, &path))
            add_path_of(path.value, out);
    }
}

bool pkcs15_label(struct ber info, struct ber *label)
{
    struct ber_item sequence, item;

    if (!ber_find(&info, TAG_SEQUENCE, &sequence)
        || !ber_find(&sequence.value, TAG_LABEL, &item))
        return false;
    *label = item.value;
    if (label->length > PKCS15_LABEL_MAX)
        label->length = PKCS15_LABEL_MAX;
    return label->length > 0;
}
