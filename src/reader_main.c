/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * kantapolku-reader: reads cards for kantapolku, which starts it (src/card_child.c) and reads the
 * facts from its standard output. A program of its own, since PC/SC calls may hang, what cards say
 * may be hostile, and the library for certificates is heavy.
 */
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#include "card/config.h"
#include "card/supervise.h"

/* What is in memory here names people: no core file may keep it. */
static void forbid_core_files(void)
{
    struct rlimit none = { 0, 0 };

    setrlimit(RLIMIT_CORE, &none);
}

int main(void)
{
    struct config config;
    int status;

    signal(SIGPIPE, SIG_DFL);
    forbid_core_files();
    if (!config_read(&config, STDIN_FILENO)) {
        fputs("kantapolku-reader: started by kantapolku, not by hand\n", stderr);
        config_free(&config);
        return 2;
    }
    status = supervise(&config);
    config_free(&config);
    return status;
}
