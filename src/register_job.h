/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Does the jobs of core/register_load.h: reads a file of io/register_file.h into the cache of
 * io/register_store.h.
 */
#ifndef REGISTER_JOB_H
#define REGISTER_JOB_H

#include "core/register_load.h"

struct app;

/* Jobs for the faces, in the language that `app` has at each step. Borrows `app`. */
struct register_importer register_job_importer(struct app *app);

#endif
