// The calls that open a pseudo-terminal, which Swift's Glibc module lacks: <stdlib.h> declares them
// with _GNU_SOURCE only.
#ifndef LOCKSTEP_CPTY_H
#define LOCKSTEP_CPTY_H

#include <stddef.h>

extern int posix_openpt(int flags);
extern int grantpt(int descriptor);
extern int unlockpt(int descriptor);
extern int ptsname_r(int descriptor, char *name, size_t size);

#endif
