// What the relay, the guard and the fault handler share. Everything here may run in a signal handler.
#ifndef LOCKSTEP_TERMINAL_GUARD_H
#define LOCKSTEP_TERMINAL_GUARD_H

#include <signal.h>

/// Restores the terminal, if the guard is armed in this process. Drops the output that nobody reads.
void lks_guard_restore(void);

/// Whether SIGALRM belongs to the relay.
int lks_relay_limits_time(void);

/// Ends the process by a signal.
_Noreturn void lks_die(int signal);

/// Sets the disposition of a signal. Its handler runs on the alternate stack with all signals blocked.
void lks_handle(int signal, void (*handler)(int, siginfo_t *, void *), int flags);

#endif
