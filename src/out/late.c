/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Functions by name.
 */
#include "out/late.h"

#include <dlfcn.h>
#include <string.h>

void *late_load(const char *soname, const struct late_function *functions, size_t count,
                void *table)
{
    void *library = dlopen(soname, RTLD_NOW | RTLD_LOCAL);
    for (size_t i = 0; library != NULL && i < count; i++) {
        void *function = dlsym(library, functions[i].name);
        if (function == NULL) {
            dlclose(library);
            return NULL;
        }
        memcpy((char *)table + functions[i].at, &function, sizeof function);
    }
    return library;
}

void late_unload(void *library)
{
    if (library != NULL)
        dlclose(library);
}
