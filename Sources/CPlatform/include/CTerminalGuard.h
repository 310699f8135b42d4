// Signals as bytes on a pipe, and a terminal that is given back even when the program crashes.
//
// Everything here that runs inside a signal handler uses async-signal-safe calls only. There is one
// relay and one guard in a process, because signal dispositions belong to the process.
#ifndef LOCKSTEP_CTERMINALGUARD_H
#define LOCKSTEP_CTERMINALGUARD_H

#include <stddef.h>
#include <termios.h>

/// Catches INT TERM HUP QUIT WINCH TSTP CONT (those the process was told to ignore stay ignored,
/// WINCH and CONT aside) and writes each one's number as a byte to a pipe.
/// Returns the pipe's end to poll and read, which does not block, or a negative errno; -EBUSY where
/// the relay is open already.
int lks_relay_open(void);

/// Gives the signals back to whoever had them, and closes the pipe.
void lks_relay_close(void);

/// Stops the whole process group as Ctrl-Z does, and returns when it has been continued.
void lks_relay_stop_group(void);

/// From now on a crash (ILL TRAP SEGV BUS FPE ABRT) first writes `leave` to the terminal and sets
/// `saved` on it, says so on stderr, and then goes on to the handler that was there before.
/// And a terminal that does not read cannot keep the process alive: 3 s after TERM, HUP or QUIT the
/// process ends with 128 + signal, its output thrown away. Returns 0 or a positive errno.
int lks_guard_arm(int terminal, const struct termios *saved, const char *leave, size_t length);

/// Ends what lks_guard_arm began; call it once the terminal has been given back.
void lks_guard_disarm(void);

#endif
