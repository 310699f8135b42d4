// ncurses for Swift: its functions, and wrappers for the macros, globals and casts that Swift cannot
// import.
#ifndef LOCKSTEP_CNCURSES_H
#define LOCKSTEP_CNCURSES_H

#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1
#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <ncurses.h>
#include <string.h>
#include <term.h>

// Swift cannot import these macros of term.h, and they hide ordinary names.
#undef lines
#undef columns

static inline WINDOW *lks_stdscr(void) { return stdscr; }
static inline WINDOW *lks_curscr(void) { return curscr; }
static inline int lks_colors(void) { return COLORS; }
static inline int lks_color_pairs(void) { return COLOR_PAIRS; }

static inline attr_t lks_bold(void) { return WA_BOLD; }
static inline attr_t lks_underline(void) { return WA_UNDERLINE; }
static inline attr_t lks_reverse(void) { return WA_REVERSE; }
static inline attr_t lks_italic(void) { return WA_ITALIC; }

/// Sets one cell of a window without moving its cursor. `text` ends with 0. The colour pair is an
/// extended one, so it may be larger than 255.
static inline int lks_set_cell(WINDOW *window, int y, int x, const wchar_t *text,
                               attr_t attributes, int pair) {
  cchar_t cell;
  int status = setcchar(&cell, text, attributes, 0, &pair);
  // setcchar drops everything from the second wide character on, as in an emoji sequence.
  for (int i = 1; status != ERR && i < CCHARW_MAX && text[i - 1] != 0; i++) cell.chars[i] = text[i];
  return status == ERR ? ERR : mvwadd_wchnstr(window, y, x, &cell, 1);
}

/// Sends the changes to the terminal. Returns 0, or the errno of a write to a terminal that is gone.
/// ncurses itself ignores failed writes.
static inline int lks_doupdate(void) {
  errno = 0;
  doupdate();
  return errno == EIO || errno == ENXIO || errno == EBADF ? errno : 0;
}

/// A terminfo string, or NULL if the terminal lacks the capability.
static inline const char *lks_capability(const char *name) {
  const char *value = tigetstr(name);
  return value == (const char *)-1 ? NULL : value;
}

/// Sets the character locale from the environment, or C.UTF-8 if that one is not UTF-8.
/// Returns whether the locale is UTF-8 now.
static inline int lks_set_utf8_locale(void) {
  setlocale(LC_CTYPE, "");
  if (strcmp(nl_langinfo(CODESET), "UTF-8") == 0) return 1;
  return setlocale(LC_CTYPE, "C.UTF-8") != NULL && strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

#endif
