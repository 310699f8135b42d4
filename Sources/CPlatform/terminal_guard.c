#define _GNU_SOURCE
#include "CTerminalGuard.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

enum { relayed_count = 7, crash_count = 6, leave_capacity = 512, watchdog_seconds = 3 };

static const int relayed[relayed_count] = {SIGINT,  SIGTERM, SIGHUP, SIGQUIT,
                                           SIGWINCH, SIGTSTP, SIGCONT};
static const int crashes[crash_count] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT};

// The thread that owns the terminal writes these before it installs a handler that reads them.
static int relay_pipe[2] = {-1, -1};
static struct sigaction previous_relayed[relayed_count];
static struct sigaction previous_crashes[crash_count];
static struct sigaction previous_alarm;
static int guard_terminal = -1;
static struct termios guard_saved;
static char guard_leave[leave_capacity];
static size_t guard_leave_length;
static atomic_int guard_armed;
static atomic_int fatal_signal;
static char alternate_stack[64 * 1024];

static void write_all(int descriptor, const char *bytes, size_t length) {
  while (length > 0) {
    ssize_t written = write(descriptor, bytes, length);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    bytes += written;
    length -= (size_t)written;
  }
}

/// Restores the terminal without waiting for it.
static void leave_terminal(void) {
  int flags = fcntl(guard_terminal, F_GETFL);
  if (flags >= 0) fcntl(guard_terminal, F_SETFL, flags | O_NONBLOCK);
  write_all(guard_terminal, guard_leave, guard_leave_length);
  if (flags >= 0) fcntl(guard_terminal, F_SETFL, flags);
  tcsetattr(guard_terminal, TCSANOW, &guard_saved);
}

// --- The relay

static void relay(int signal) {
  int error = errno;
  unsigned char byte = (unsigned char)signal;
  // A full pipe already holds more signals than the reader needs.
  if (write(relay_pipe[1], &byte, 1) < 0) errno = 0;
  int is_fatal = signal == SIGTERM || signal == SIGHUP || signal == SIGQUIT;
  if (is_fatal && atomic_load(&guard_armed)) {
    atomic_store(&fatal_signal, signal);
    alarm(watchdog_seconds);
  }
  errno = error;
}

static void install_relay(int index) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = relay;
  action.sa_flags = SA_RESTART;
  sigfillset(&action.sa_mask);
  sigaction(relayed[index], &action, NULL);
}

int lks_relay_open(void) {
  if (relay_pipe[0] >= 0) return -EBUSY;
  if (pipe2(relay_pipe, O_CLOEXEC | O_NONBLOCK) != 0) return -errno;
  for (int index = 0; index < relayed_count; index++) {
    sigaction(relayed[index], NULL, &previous_relayed[index]);
    int needed = relayed[index] == SIGWINCH || relayed[index] == SIGCONT;
    if (previous_relayed[index].sa_handler != SIG_IGN || needed) install_relay(index);
  }
  return relay_pipe[0];
}

void lks_relay_close(void) {
  if (relay_pipe[0] < 0) return;
  for (int index = 0; index < relayed_count; index++) {
    sigaction(relayed[index], &previous_relayed[index], NULL);
  }
  close(relay_pipe[0]);
  close(relay_pipe[1]);
  relay_pipe[0] = relay_pipe[1] = -1;
}

void lks_relay_stop_group(void) {
  struct sigaction action, current;
  memset(&action, 0, sizeof action);
  action.sa_handler = SIG_DFL;
  sigaction(SIGTSTP, &action, &current);
  kill(0, SIGTSTP);
  sigaction(SIGTSTP, &current, NULL);
}

// --- The guard

static void report_crash(int signal) {
  char line[] = "lockstep crashed (signal 00)\n";
  char *digits = strchr(line, '0');
  digits[0] = (char)('0' + signal / 10 % 10);
  digits[1] = (char)('0' + signal % 10);
  write_all(STDERR_FILENO, line, sizeof line - 1);
}

static void crash(int signal, siginfo_t *info, void *context) {
  (void)context;
  if (atomic_exchange(&guard_armed, 0)) {
    leave_terminal();
    report_crash(signal);
  }
  for (int index = 0; index < crash_count; index++) {
    if (crashes[index] == signal) sigaction(signal, &previous_crashes[index], NULL);
  }
  // A faulting instruction faults again on return, so the next handler sees its real address.
  int faults_again = info->si_code > 0 && signal != SIGTRAP && signal != SIGABRT;
  if (!faults_again) raise(signal);
}

static void watchdog(int signal) {
  (void)signal;
  if (!atomic_exchange(&guard_armed, 0)) return;
  tcflush(guard_terminal, TCOFLUSH);
  leave_terminal();
  _exit(128 + atomic_load(&fatal_signal));
}

int lks_guard_arm(int terminal, const struct termios *saved, const char *leave, size_t length) {
  if (atomic_load(&guard_armed)) return EBUSY;
  if (length > leave_capacity) return ENOSPC;
  guard_terminal = terminal;
  guard_saved = *saved;
  memcpy(guard_leave, leave, length);
  guard_leave_length = length;

  // After a stack overflow the handler needs another stack.
  stack_t stack;
  if (sigaltstack(NULL, &stack) == 0 && (stack.ss_flags & SS_DISABLE)) {
    stack.ss_sp = alternate_stack;
    stack.ss_size = sizeof alternate_stack;
    stack.ss_flags = 0;
    if (sigaltstack(&stack, NULL) != 0) return errno;
  }
  struct sigaction action;
  memset(&action, 0, sizeof action);
  sigemptyset(&action.sa_mask);
  action.sa_sigaction = crash;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  for (int index = 0; index < crash_count; index++) {
    if (sigaction(crashes[index], &action, &previous_crashes[index]) != 0) return errno;
  }
  action.sa_handler = watchdog;
  action.sa_flags = SA_ONSTACK;
  sigaction(SIGALRM, &action, &previous_alarm);
  atomic_store(&guard_armed, 1);
  return 0;
}

void lks_guard_disarm(void) {
  if (!atomic_exchange(&guard_armed, 0)) return;
  alarm(0);
  sigaction(SIGALRM, &previous_alarm, NULL);
  for (int index = 0; index < crash_count; index++) {
    sigaction(crashes[index], &previous_crashes[index], NULL);
  }
}
