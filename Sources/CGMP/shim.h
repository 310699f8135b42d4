#ifndef LOCKSTEP_CGMP_H
#define LOCKSTEP_CGMP_H

#include <gmp.h>

#endif
