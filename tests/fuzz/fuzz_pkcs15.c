/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Fuzz target: any bytes as the files of a card's directory. Paths are whole file ids, few, each
 * once; a label lies within the bytes.
 */
#include "fuzz_help.h"

#include "card/pkcs15.h"

static void check_paths(const struct pkcs15_paths *paths)
{
    need(paths->count <= PKCS15_FILES_MAX);
    for (size_t i = 0; i < paths->count; i++) {
        const struct pkcs15_path *path = &paths->at[i];
        need(path->length >= 2 && path->length <= PKCS15_PATH_MAX && path->length % 2 == 0);
        for (size_t k = 0; k < i; k++)
            need(paths->at[k].length != path->length
                 || memcmp(paths->at[k].ids, path->ids, path->length) != 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ber all = { data, size }, label;
    struct pkcs15_paths lists = { .count = 0 }, files = { .count = 0 };

    pkcs15_directories(all, &lists);
    check_paths(&lists);
    pkcs15_certificates(all, &files);
    check_paths(&files);
    if (pkcs15_label(all, &label))
        need(label.length > 0 && label.length <= PKCS15_LABEL_MAX && label.at >= data
             && label.at + label.length <= data + size);
    return 0;
}
