/* --dump=ast and --dump=names: the text forms of the early stages, file after file. */
#ifndef NW_DRIVER_DUMP_H
#define NW_DRIVER_DUMP_H

#include "driver/files.h"

void nw_dump_files(const nw_session *session, const nw_files *files, const char *stage, nw_report *report);

#endif
