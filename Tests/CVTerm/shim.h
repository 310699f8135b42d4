#ifndef LOCKSTEP_CVTERM_H
#define LOCKSTEP_CVTERM_H

#include <vterm.h>

#endif
