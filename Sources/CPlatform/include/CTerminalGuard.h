// A relay that turns signals into bytes on a pipe, and a guard that restores the terminal after a
// crash.
//
// All code that runs in a signal handler uses only async-signal-safe calls. A process has one relay
// and one guard, because signal dispositions belong to the process.
#ifndef LOCKSTEP_CTERMINALGUARD_H
#define LOCKSTEP_CTERMINALGUARD_H

#include <stddef.h>
#include <termios.h>

/// Catches INT TERM HUP QUIT WINCH TSTP CONT and writes each signal number as a byte to a pipe.
/// Ignored signals stay ignored, except WINCH and CONT.
/// Returns the nonblocking read end of the pipe, or a negative errno: -EBUSY if the relay is open.
int lks_relay_open(void);

/// Restores the previous signal handlers and closes the pipe.
void lks_relay_close(void);

/// Stops the process group, as Ctrl-Z does. Returns when it continues.
void lks_relay_stop_group(void);

/// Arms the guard. On a crash (ILL TRAP SEGV BUS FPE ABRT) it writes `leave` to the terminal, applies
/// the `saved` settings, reports the crash on stderr, and calls the previous handler.
/// A terminal that does not read cannot keep the process alive: 3 s after TERM, HUP or QUIT the
/// process drops its output and exits with 128 + signal. Returns 0 or a positive errno.
int lks_guard_arm(int terminal, const struct termios *saved, const char *leave, size_t length);

/// Disarms the guard. Call it after restoring the terminal.
void lks_guard_disarm(void);

#endif
