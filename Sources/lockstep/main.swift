import CPlatform
import Demos
import Engine
import Glibc

// A worker process branches off here, before anything else costs it time.
WorkerProgram.runIfAsked(CommandLine.arguments, bodies: .demos)
ParseProgram.runIfAsked(CommandLine.arguments)
lks_return_memory_early()
// Where a limit on file sizes is met, the write is to fail and not the program.
signal(SIGXFSZ, SIG_IGN)
Finish.occupyStandardDescriptors()
// Threads of a run have names of their own; all others are told apart by this prefix.
lks_set_thread_name("lockstep:main")
Lockstep.start(Array(CommandLine.arguments.dropFirst()))
