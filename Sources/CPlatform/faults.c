#define _GNU_SOURCE
#include "CPlatform.h"
#include "terminal_guard.h"

#include <errno.h>
#include <poll.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

enum { alternate_stack_size = 64 * 1024, patience_ms = 50 };

static const int faults[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT};
enum { fault_count = sizeof faults / sizeof faults[0] };

static struct sigaction previous[fault_count];
static atomic_int is_reported;

// --- The report, in a signal handler

static int is_limited(int resource) {
  struct rlimit limit;
  return getrlimit(resource, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY;
}

/// Whether the fault is probably an allocation that failed. The Swift runtime then aborts; C code
/// often uses the null pointer.
static int is_out_of_memory(int signal) {
  size_t some = 64 << 20;
  void *bytes = mmap(NULL, some, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (bytes == MAP_FAILED) return 1;
  munmap(bytes, some);
  return signal == SIGABRT && (is_limited(RLIMIT_AS) || is_limited(RLIMIT_DATA));
}

static void write_line(const char *line, size_t length) {
  // Nothing can be done if standard error is closed or nobody reads it.
  struct pollfd error = {.fd = STDERR_FILENO, .events = POLLOUT};
  if (poll(&error, 1, patience_ms) <= 0) return;
  if (write(STDERR_FILENO, line, length) < 0) errno = 0;
}

static void report_fault(int signal, siginfo_t *info, void *context) {
  (void)context;
  // Without memory, several threads may fail together. The first one reports.
  while (atomic_exchange(&is_reported, 1)) pause();
  lks_guard_restore();
  if (is_out_of_memory(signal)) {
    static const char line[] =
        "lockstep: probably out of memory; close other programs, or raise the limit (ulimit -v)\n";
    write_line(line, sizeof line - 1);
    _exit(1);
  }
  char line[] = "lockstep crashed (signal 00); this is a defect of the program\n";
  char *digits = strchr(line, '0');
  digits[0] = (char)('0' + signal / 10 % 10);
  digits[1] = (char)('0' + signal % 10);
  write_line(line, sizeof line - 1);
  for (int index = 0; index < fault_count; index++) {
    if (faults[index] == signal) sigaction(signal, &previous[index], NULL);
  }
  // A faulting instruction faults again on return, so the next handler sees its real address.
  int faults_again = info->si_code > 0 && signal != SIGTRAP && signal != SIGABRT;
  if (!faults_again) raise(signal);
}

// --- Alternate stacks, which a handler needs after a stack overflow

/// Sets an alternate stack for the calling thread, if it has none. Returns 0 or a positive errno.
static int use_alternate_stack(char *bytes, stack_t *before) {
  if (sigaltstack(NULL, before) != 0) return errno;
  if (!(before->ss_flags & SS_DISABLE)) return 0;
  stack_t stack = {.ss_sp = bytes, .ss_size = alternate_stack_size};
  return sigaltstack(&stack, NULL) == 0 ? 0 : errno;
}

void lks_with_alternate_stack(void (*body)(void *), void *argument) {
  const int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK;
  void *bytes = mmap(NULL, alternate_stack_size, PROT_READ | PROT_WRITE, flags, -1, 0);
  stack_t before;
  // A thread without an alternate stack works too, but its stack overflow is not caught.
  int status = bytes == MAP_FAILED ? ENOMEM : use_alternate_stack(bytes, &before);
  body(argument);
  if (status == 0) sigaltstack(&before, NULL);
  if (bytes != MAP_FAILED) munmap(bytes, alternate_stack_size);
}

void lks_handle_faults(void) {
  static char stack[alternate_stack_size];
  static int is_done;
  if (is_done) return;
  is_done = 1;
  stack_t before;
  use_alternate_stack(stack, &before);
  for (int index = 0; index < fault_count; index++) {
    sigaction(faults[index], NULL, &previous[index]);
    lks_handle(faults[index], report_fault, 0);
  }
}
