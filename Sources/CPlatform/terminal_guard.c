#define _GNU_SOURCE
#include "CPlatform.h"
#include "CTerminalGuard.h"
#include "terminal_guard.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { signal_limit = 65, patience_ms = 50 };

static const int ignored[] = {SIGUSR1, SIGUSR2, SIGALRM};
/// The other signals that end a process, without the real-time ones. The relay takes the rest.
static const int endings[] = {SIGPIPE, SIGSTKFLT, SIGXCPU,   SIGXFSZ, SIGIO,
                              SIGPWR,  SIGSYS,    SIGVTALRM, SIGPROF};
/// libc keeps these for itself and does not let `sigaction` change them.
enum { first_of_libc = 32, last_of_libc = 33 };
#define COUNT(array) (sizeof(array) / sizeof(array)[0])

// The thread that owns the terminal writes these before it installs a handler that reads them.
static struct sigaction previous[signal_limit];
static unsigned char is_handled[signal_limit];
static int guard_terminal = -1;
static pid_t guard_process;
static struct termios guard_saved;
static char guard_leave[lks_leave_capacity];
static size_t guard_leave_length;
static atomic_int guard_armed;

// --- Restoring the terminal

/// Writes to a descriptor that does not block. Returns whether all bytes are written.
static int write_soon(int descriptor, const char *bytes, size_t length) {
  for (int waited = 0; length > 0;) {
    ssize_t written = write(descriptor, bytes, length);
    if (written > 0) {
      bytes += written;
      length -= (size_t)written;
    } else if (written < 0 && errno == EAGAIN && waited < patience_ms) {
      // The terminal's queue is full, or another thread writes to it now.
      waited += 1;
      poll(NULL, 0, 1);
    } else if (written == 0 || errno != EINTR) {
      return 0;
    }
  }
  return 1;
}

/// Returns a descriptor of the terminal for this thread alone. Another thread may be drawing, and from
/// now on it draws into nothing.
static int take_terminal(void) {
  int taken = guard_leave_length > 0 ? dup(guard_terminal) : -1;
  int nothing = taken >= 0 ? open("/dev/null", O_WRONLY) : -1;
  if (nothing < 0 || dup2(nothing, guard_terminal) < 0) return guard_terminal;
  return taken;
}

void lks_guard_restore(void) {
  // A forked child has a copy of the guard, but not the terminal.
  if (getpid() != guard_process || !atomic_exchange(&guard_armed, 0)) return;
  sigset_t mask;
  lks_block_terminal_output(&mask);
  int terminal = take_terminal();
  int flags = fcntl(terminal, F_GETFL);
  if (flags >= 0) fcntl(terminal, F_SETFL, flags | O_NONBLOCK);
  if (!write_soon(terminal, guard_leave, guard_leave_length)) {
    // Nobody reads the terminal. Without the queued output there is room.
    tcflush(terminal, TCOFLUSH);
    tcflow(terminal, TCOON);
    write_soon(terminal, guard_leave, guard_leave_length);
  }
  if (flags >= 0) fcntl(terminal, F_SETFL, flags);
  tcsetattr(terminal, TCSANOW, &guard_saved);
  pthread_sigmask(SIG_SETMASK, &mask, NULL);
}

// --- Signals

void lks_handle(int signal, void (*handler)(int, siginfo_t *, void *), int flags) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = handler;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | flags;
  sigfillset(&action.sa_mask);
  sigaction(signal, &action, NULL);
}

static void set_plainly(int signal, void (*handler)(int)) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  sigaction(signal, &action, NULL);
}

_Noreturn void lks_die(int signal) {
  set_plainly(signal, SIG_DFL);
  sigset_t only;
  sigemptyset(&only);
  sigaddset(&only, signal);
  pthread_sigmask(SIG_UNBLOCK, &only, NULL);
  raise(signal);
  _exit(128 + signal);
}

static void end(int signal, siginfo_t *info, void *context) {
  (void)info, (void)context;
  lks_guard_restore();
  lks_die(signal);
}

/// Sets the disposition of a signal that has the default one.
static void replace(int signal, int is_ignored) {
  if (sigaction(signal, NULL, &previous[signal]) != 0) return;
  if (previous[signal].sa_handler != SIG_DFL) return;
  is_handled[signal] = 1;
  if (is_ignored) {
    set_plainly(signal, SIG_IGN);
  } else {
    lks_handle(signal, end, 0);
  }
}

/// Ignores the signals of libc, or gives them back the default disposition.
static void set_of_libc(int is_ignored) {
#if defined(__x86_64__) || defined(__aarch64__)
  for (int signal = first_of_libc; signal <= last_of_libc; signal++) {
    // The kernel's structure begins with the handler, and its signal mask has eight bytes.
    unsigned long current[8] = {0}, action[8] = {(unsigned long)(is_ignored ? SIG_IGN : SIG_DFL)};
    if (is_ignored) {
      if (syscall(SYS_rt_sigaction, signal, NULL, current, 8) != 0) continue;
      // A handler of libc ignores the signals of others by itself.
      is_handled[signal] = current[0] == (unsigned long)SIG_DFL;
    }
    if (is_handled[signal]) syscall(SYS_rt_sigaction, signal, action, NULL, 8);
  }
#else
  (void)is_ignored;
#endif
}

static void install_handlers(void) {
  memset(is_handled, 0, sizeof is_handled);
  for (size_t index = 0; index < COUNT(ignored); index++) replace(ignored[index], 1);
  for (size_t index = 0; index < COUNT(endings); index++) replace(endings[index], 0);
  for (int signal = SIGRTMIN; signal <= SIGRTMAX; signal++) replace(signal, 0);
  set_of_libc(1);
}

static void remove_handlers(void) {
  for (int signal = 1; signal < signal_limit; signal++) {
    if (signal == SIGALRM && lks_relay_limits_time()) continue;
    if (is_handled[signal]) sigaction(signal, &previous[signal], NULL);
  }
  set_of_libc(0);
}

static void block_all(sigset_t *mask) {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, mask);
}

// --- The guard

int lks_guard_arm(int terminal, const struct termios *saved, const char *leave, size_t length) {
  static int restores_at_exit;
  if (atomic_load(&guard_armed)) return EBUSY;
  if (length > lks_leave_capacity) return ENOSPC;
  guard_terminal = terminal;
  guard_process = getpid();
  guard_saved = *saved;
  memcpy(guard_leave, leave, length);
  guard_leave_length = length;

  // After a fault, the handler restores the terminal.
  lks_handle_faults();
  if (!restores_at_exit && atexit(lks_guard_restore) != 0) return ENOMEM;
  restores_at_exit = 1;
  sigset_t mask;
  block_all(&mask);
  install_handlers();
  atomic_store(&guard_armed, 1);
  pthread_sigmask(SIG_SETMASK, &mask, NULL);
  return 0;
}

void lks_guard_disarm(void) {
  if (!atomic_exchange(&guard_armed, 0)) return;
  sigset_t mask;
  block_all(&mask);
  remove_handlers();
  pthread_sigmask(SIG_SETMASK, &mask, NULL);
}

void lks_block_terminal_output(sigset_t *old) {
  sigset_t output;
  sigemptyset(&output);
  sigaddset(&output, SIGTTOU);
  pthread_sigmask(SIG_BLOCK, &output, old);
}
