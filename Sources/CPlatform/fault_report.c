#define _GNU_SOURCE
#include "CPlatform.h"

#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

// Everything here that runs in a handler uses only async-signal-safe calls.

static const int faults[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT};
enum { fault_count = sizeof faults / sizeof faults[0] };

static struct sigaction previous[fault_count];
static atomic_int is_reported;
static char fault_stack[64 * 1024];

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
  // Nothing can be done if standard error is closed.
  if (write(STDERR_FILENO, line, length) < 0) return;
}

static void report_fault(int signal, siginfo_t *info, void *context) {
  (void)context;
  // Without memory, several threads may fail together. The first one reports.
  while (atomic_exchange(&is_reported, 1)) pause();
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

void lks_report_faults(void) {
  stack_t stack = {.ss_sp = fault_stack, .ss_size = sizeof fault_stack};
  sigaltstack(&stack, NULL);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  sigemptyset(&action.sa_mask);
  action.sa_sigaction = report_fault;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  for (int index = 0; index < fault_count; index++) {
    sigaction(faults[index], &action, &previous[index]);
  }
}
