#ifndef LOCKSTEP_CNCURSES_H
#define LOCKSTEP_CNCURSES_H

#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1
#include <ncurses.h>

#endif
