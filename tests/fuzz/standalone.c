/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The main of a fuzz target where no fuzzer drives it: each file named is one input.
 *
 * An input lies in a block of exactly its size, so that valgrind and ASan see a read past its end.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static uint8_t *read_all(FILE *file, size_t *length)
{
    uint8_t *bytes = NULL;
    size_t room = 0;

    *length = 0;
    do {
        room = room * 2 + 4096;
        uint8_t *larger = realloc(bytes, room);
        if (larger == NULL)
            abort();
        bytes = larger;
        *length += fread(bytes + *length, 1, room - *length, file);
    } while (*length == room);

    uint8_t *exact = realloc(bytes, *length > 0 ? *length : 1);
    return exact != NULL ? exact : bytes;
}

static int run_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        perror(path);
        return 1;
    }
    size_t length;
    uint8_t *bytes = read_all(file, &length);
    int failed = ferror(file);
    fclose(file);

    if (failed) {
        fprintf(stderr, "%s: cannot be read\n", path);
    } else {
        fprintf(stderr, "%s\n", path);
        LLVMFuzzerTestOneInput(bytes, length);
    }
    free(bytes);
    return failed;
}

int main(int argc, char **argv)
{
    int failed = 0;

    for (int i = 1; i < argc; i++)
        failed |= run_file(argv[i]);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
