#ifndef LOCKSTEP_CMARKDOWN_H
#define LOCKSTEP_CMARKDOWN_H

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#endif
