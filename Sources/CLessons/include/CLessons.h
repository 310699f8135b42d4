// The files of the folder Lessons, embedded into the program.
#ifndef LOCKSTEP_CLESSONS_H
#define LOCKSTEP_CLESSONS_H

#include <stddef.h>
#include <stdint.h>

/// One embedded file.
struct lks_lesson_file {
  const char *name;
  const uint8_t *bytes;
  size_t length;
};

/// The embedded files, sorted by name. Writes their number to `*count`.
const struct lks_lesson_file *lks_lesson_files(size_t *count);

#endif
