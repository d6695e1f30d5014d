/* Replacing a file in one step: whoever reads it sees the old bytes or the new ones. */
#ifndef NW_DRIVER_WRITE_FILE_H
#define NW_DRIVER_WRITE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The file's modification time in nanoseconds; 0 when it cannot be asked. */
uint64_t nw_file_modified(const char *path);
/* Replaces the contents, keeping the mode, and following symbolic links. Refuses a file whose time is no longer `modified`, or whose
 * bytes are no longer the old ones. False: *problem says why, and the file is as it was. */
bool nw_file_replace(const char *path, uint64_t modified, const char *old_bytes, size_t old_size, const char *bytes, size_t size, char problem[160]);

#endif
