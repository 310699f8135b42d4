import Engine

// A worker process branches off here, before anything else costs it time.
WorkerProgram.runIfAsked(CommandLine.arguments)
Lockstep.start(Array(CommandLine.arguments.dropFirst()))
