#define _GNU_SOURCE
#include "CPlatform.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <linux/magic.h>
#include <linux/openat2.h>
#include <malloc.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

pid_t lks_gettid(void) { return (pid_t)syscall(SYS_gettid); }

void lks_set_thread_name(const char *name) {
  char cut[16];
  snprintf(cut, sizeof cut, "%s", name);
  pthread_setname_np(pthread_self(), cut);
}

int lks_current_core(void) { return sched_getcpu(); }

int lks_available_cores(void) {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0 && CPU_COUNT(&set) > 0) return CPU_COUNT(&set);
  long online = sysconf(_SC_NPROCESSORS_ONLN);
  return online > 0 ? (int)online : 1;
}

int lks_allowed_cores(int32_t *cores, int room) {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) != 0) return -errno;
  int count = 0;
  for (int core = 0; core < CPU_SETSIZE; core++) {
    if (!CPU_ISSET(core, &set)) continue;
    if (count < room) cores[count] = core;
    count++;
  }
  return count;
}

int lks_set_affinity(int core) {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (core < 0 || core >= CPU_SETSIZE) return EINVAL;
  CPU_SET(core, &set);
  return sched_setaffinity(0, sizeof set, &set) == 0 ? 0 : errno;
}

int lks_wcwidth(uint32_t scalar) { return wcwidth((wchar_t)scalar); }

int lks_futex_wait(void *word, uint32_t expected, int64_t timeout_ns) {
  struct timespec timeout = {timeout_ns / 1000000000, timeout_ns % 1000000000};
  long result = syscall(SYS_futex, word, FUTEX_WAIT, expected, timeout_ns < 0 ? NULL : &timeout,
                        NULL, 0);
  return result == 0 ? 0 : errno;
}

int lks_futex_wake(void *word, int count) {
  long woken = syscall(SYS_futex, word, FUTEX_WAKE, count, NULL, NULL, 0);
  return woken >= 0 ? (int)woken : -errno;
}

int lks_memfd_create(const char *name) {
  int descriptor = memfd_create(name, MFD_CLOEXEC);
  return descriptor >= 0 ? descriptor : -errno;
}

int lks_pidfd_open(pid_t pid) {
  long descriptor = syscall(SYS_pidfd_open, pid, 0);
  return descriptor >= 0 ? (int)descriptor : -errno;
}

int lks_eventfd(void) {
  int descriptor = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  return descriptor >= 0 ? descriptor : -errno;
}

int lks_signal_descriptor(const sigset_t *signals) {
  int descriptor = signalfd(-1, signals, SFD_CLOEXEC | SFD_NONBLOCK);
  return descriptor >= 0 ? descriptor : -errno;
}

int lks_set_parent_death_signal(int signal) {
  return prctl(PR_SET_PDEATHSIG, signal) == 0 ? 0 : errno;
}

int lks_wait_status(int status, int *code) {
  if (WIFSIGNALED(status)) {
    *code = WTERMSIG(status);
    return 0;
  }
  *code = WEXITSTATUS(status);
  return 1;
}

void lks_signal_name(int signal, char *name, int room) {
  const char *known = sigabbrev_np(signal);
  if (known) {
    snprintf(name, room, "SIG%s", known);
  } else {
    snprintf(name, room, "signal %d", signal);
  }
}

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
void __tsan_acquire(void *address);
void __tsan_release(void *address);
#define LKS_TSAN(call) call
#endif
#endif
#ifndef LKS_TSAN
#define LKS_TSAN(call) (void)address
#endif

// Worker processes get no variables, so a sanitizer's options are here. What a process still has at its
// end is no leak, and the signals of a crash belong to the program.
#define LKS_OWN_SIGNALS "handle_segv=0:handle_sigbus=0:handle_abort=0:handle_sigfpe=0"
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
const char *__asan_default_options(void);
const char *__asan_default_options(void) { return "detect_leaks=0:" LKS_OWN_SIGNALS; }
#elif __has_feature(thread_sanitizer)
const char *__tsan_default_options(void);
const char *__tsan_default_options(void) { return LKS_OWN_SIGNALS; }
#endif
#endif

void lks_lock_acquired(void *address) { LKS_TSAN(__tsan_acquire(address)); }
void lks_lock_released(void *address) { LKS_TSAN(__tsan_release(address)); }

int lks_spawn_close_from(posix_spawn_file_actions_t *actions, int first) {
  return posix_spawn_file_actions_addclosefrom_np(actions, first);
}

static __thread void *thread_value;

void *lks_thread_value(void) { return thread_value; }
void lks_set_thread_value(void *value) { thread_value = value; }

void lks_block_signals(sigset_t *previous) {
  const int faults[] = {SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV};
  sigset_t blocked;
  sigfillset(&blocked);
  for (unsigned long i = 0; i < sizeof faults / sizeof *faults; i++) sigdelset(&blocked, faults[i]);
  pthread_sigmask(SIG_SETMASK, &blocked, previous);
}

void lks_restore_signals(const sigset_t *previous) { pthread_sigmask(SIG_SETMASK, previous, NULL); }

uint64_t lks_thread_cpu_time(void) {
  struct timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

int lks_is_kernel_file(const char *path) {
  struct statfs system;
  if (statfs(path, &system) != 0) return -errno;
  switch ((unsigned long)system.f_type) {
  case PROC_SUPER_MAGIC:
  case SYSFS_MAGIC:
  case DEBUGFS_MAGIC:
  case TRACEFS_MAGIC:
  case SECURITYFS_MAGIC:
  case CGROUP_SUPER_MAGIC:
  case CGROUP2_SUPER_MAGIC:
  case BPF_FS_MAGIC: return 1;
  default: return 0;
  }
}

int lks_open_beneath(int folder, const char *path) {
  struct open_how how = {
      .flags = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC,
      .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS,
  };
  long descriptor = syscall(SYS_openat2, folder, path, &how, sizeof how);
  return descriptor >= 0 ? (int)descriptor : -errno;
}

void lks_trim_memory(void) { malloc_trim(0); }

// Without fixed thresholds, glibc raises both each time a large block is freed.
void lks_return_memory_early(void) {
  mallopt(M_MMAP_THRESHOLD, 256 * 1024);
  mallopt(M_TRIM_THRESHOLD, 256 * 1024);
}

void lks_disable_core_dumps(void) {
  const struct rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
  // If the kernel pipes dumps to a program, the limit alone does not prevent them.
  prctl(PR_SET_DUMPABLE, 0);
}

void *lks_thread_stack(size_t *length) {
  pthread_attr_t attributes;
  void *lowest = NULL;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0) return NULL;
  if (pthread_attr_getstack(&attributes, &lowest, length) != 0) lowest = NULL;
  pthread_attr_destroy(&attributes);
  return lowest;
}

int lks_map_page_at(void *address) {
  size_t page = (size_t)sysconf(_SC_PAGESIZE);
  const int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE;
  void *mapped = mmap(address, page, PROT_READ | PROT_WRITE, flags, -1, 0);
  if (mapped == MAP_FAILED) return errno;
  if (mapped == address) return 0;
  // Kernels before 4.17 treat the address as a hint.
  munmap(mapped, page);
  return EEXIST;
}

ssize_t lks_read_process_memory(pid_t pid, const void *address, void *bytes, size_t count) {
  struct iovec here = {bytes, count};
  struct iovec there = {(void *)address, count};
  ssize_t read = process_vm_readv(pid, &here, 1, &there, 1, 0);
  return read >= 0 ? read : -errno;
}
