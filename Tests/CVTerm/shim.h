// libvterm for Swift: plain fields instead of bit-fields and unions, and the callbacks in C.
#ifndef LOCKSTEP_CVTERM_H
#define LOCKSTEP_CVTERM_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <vterm.h>

/// An emulator and the terminal properties that the program has set.
typedef struct {
  VTerm *vterm;
  VTermScreen *screen;
  VTermScreenCallbacks callbacks;
  bool alternate_screen;
  bool cursor_visible;
  int mouse;
} lks_emulator;

/// One cell of the emulator's screen. Colours are palette indices, or -1 for the terminal's own.
typedef struct {
  uint32_t characters[VTERM_MAX_CHARS_PER_CELL];
  int width;
  int foreground, background;
  bool bold, italic, underline, reverse;
} lks_emulator_cell;

static inline int lks_emulator_property(VTermProp property, VTermValue *value, void *user) {
  lks_emulator *emulator = (lks_emulator *)user;
  switch (property) {
  case VTERM_PROP_ALTSCREEN: emulator->alternate_screen = value->boolean; break;
  case VTERM_PROP_CURSORVISIBLE: emulator->cursor_visible = value->boolean; break;
  case VTERM_PROP_MOUSE: emulator->mouse = value->number; break;
  default: break;
  }
  return 1;
}

static inline lks_emulator *lks_emulator_new(int rows, int columns) {
  lks_emulator *emulator = (lks_emulator *)calloc(1, sizeof *emulator);
  if (emulator == NULL) return NULL;
  emulator->vterm = vterm_new(rows, columns);
  emulator->cursor_visible = true;
  vterm_set_utf8(emulator->vterm, 1);
  emulator->screen = vterm_obtain_screen(emulator->vterm);
  emulator->callbacks.settermprop = lks_emulator_property;
  vterm_screen_set_callbacks(emulator->screen, &emulator->callbacks, emulator);
  vterm_screen_enable_altscreen(emulator->screen, 1);
  vterm_screen_reset(emulator->screen, 1);
  return emulator;
}

static inline void lks_emulator_free(lks_emulator *emulator) {
  vterm_free(emulator->vterm);
  free(emulator);
}

static inline int lks_emulator_color(VTermColor color) {
  if (VTERM_COLOR_IS_DEFAULT_FG(&color) || VTERM_COLOR_IS_DEFAULT_BG(&color)) return -1;
  return VTERM_COLOR_IS_INDEXED(&color) ? color.indexed.idx : -1;
}

static inline lks_emulator_cell lks_emulator_get(const lks_emulator *emulator, int row,
                                                 int column) {
  VTermScreenCell cell;
  lks_emulator_cell result;
  memset(&cell, 0, sizeof cell);
  memset(&result, 0, sizeof result);
  VTermPos position = {row, column};
  vterm_screen_get_cell(emulator->screen, position, &cell);
  memcpy(result.characters, cell.chars, sizeof result.characters);
  result.width = cell.width;
  result.foreground = lks_emulator_color(cell.fg);
  result.background = lks_emulator_color(cell.bg);
  result.bold = cell.attrs.bold;
  result.italic = cell.attrs.italic;
  result.underline = cell.attrs.underline != VTERM_UNDERLINE_OFF;
  result.reverse = cell.attrs.reverse;
  return result;
}

static inline VTermPos lks_emulator_cursor(const lks_emulator *emulator) {
  VTermPos position;
  vterm_state_get_cursorpos(vterm_obtain_state(emulator->vterm), &position);
  return position;
}

#endif
