/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * register check PLAN: the branch of the command `register` that reads a plan.
 *
 * The word "check" may still stand first among the arguments.
 */
#ifndef CMD_REGISTER_CHECK_H
#define CMD_REGISTER_CHECK_H

struct app;

int cmd_register_check(struct app *app);

#endif
