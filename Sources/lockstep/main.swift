import CPlatform
import Demos
import Documents
import Engine
import Glibc
import Shell

// Worker processes start here, before anything else takes time.
WorkerProgram.runIfAsked(CommandLine.arguments, bodies: .demos)
ParseProgram.runIfAsked(CommandLine.arguments)
lks_handle_faults()
lks_return_memory_early()
// Otherwise the kernel forgets how child processes ended.
signal(SIGCHLD, SIG_DFL)
// At a limit of file sizes, the write fails instead of the program.
signal(SIGXFSZ, SIG_IGN)
Finish.occupyStandardDescriptors()
// The program's own threads have this prefix. Threads of a run have other names.
lks_set_thread_name("lockstep:main")
Lockstep.start(Array(CommandLine.arguments.dropFirst()))
