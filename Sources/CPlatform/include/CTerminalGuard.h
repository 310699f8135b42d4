// A relay that turns signals into bytes on a pipe, and a guard that restores the terminal however the
// program ends.
//
// All code that runs in a signal handler uses only async-signal-safe calls. A process has one relay
// and one guard, because signal dispositions belong to the process.
#ifndef LOCKSTEP_CTERMINALGUARD_H
#define LOCKSTEP_CTERMINALGUARD_H

#include <stddef.h>
#include <sys/types.h>
#include <termios.h>

/// Catches INT TERM HUP QUIT WINCH TSTP CONT and writes each signal number as a byte to a pipe.
/// Ignored signals stay ignored, except WINCH and CONT.
///
/// TERM, HUP and QUIT end the program, and so does INT if `ends_on_interrupt`. The program then has
/// 1.5 s to end in its own way. After that the relay ends it by the signal, even if the program waits
/// for a terminal that nobody reads. A second such signal ends it immediately. An INT that does not
/// end the program has the same 1.5 s until `lks_relay_read` returns it.
///
/// Returns the nonblocking read end of the pipe, or a negative errno: -EBUSY if the relay is open.
int lks_relay_open(int ends_on_interrupt);

/// Reads signal numbers from the pipe. Returns how many, or 0 or less if there are none.
ssize_t lks_relay_read(unsigned char *signals, size_t room);

/// The signal that ends the program, or 0.
int lks_relay_ending(void);

/// Restores the previous signal handlers and closes the pipe. After a signal that ends the program,
/// the limit of 1.5 s still holds.
void lks_relay_close(void);

/// Stops the process group, as Ctrl-Z does. Returns when it continues.
void lks_relay_stop_group(void);

/// The longest `leave` of `lks_guard_arm`, in bytes.
enum { lks_leave_capacity = 2048 };

/// Arms the guard. If the process ends by a fault, by another signal, or by `exit`, the guard writes
/// `leave` to the terminal and applies the `saved` settings first. It does not wait for a terminal
/// that nobody reads. USR1, USR2 and ALRM are ignored while it is armed. Calls `lks_handle_faults`.
/// Returns 0 or a positive errno.
int lks_guard_arm(int terminal, const struct termios *saved, const char *leave, size_t length);

/// Disarms the guard. Call it after restoring the terminal.
void lks_guard_disarm(void);

/// Blocks SIGTTOU for the calling thread, so that the terminal's settings can be changed from a
/// background process group.
void lks_block_terminal_output(sigset_t *previous);

#endif
