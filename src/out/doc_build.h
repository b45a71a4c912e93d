/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Builds a document of data/documents from a plan.
 */
#ifndef OUT_DOC_BUILD_H
#define OUT_DOC_BUILD_H

struct doc;
struct document;
struct package;
struct plan;
struct tr;

/* Sections without material are left out. The caller frees the document. */
struct doc *doc_build(const struct plan *plan, const struct document *document,
                      const struct tr *tr);

/* The same as the version `number` of a document that is approved; 0: a working copy. */
struct doc *doc_build_version(const struct plan *plan, const struct document *document,
                              const struct tr *tr, int number);
/* The index page of a package: its files by name, in the order of the package, and what is open in
 * its tasks. The caller frees the document. */
struct doc *doc_build_package(const struct plan *plan, const struct package *package,
                              const char *const *names, const struct tr *tr);

#endif
