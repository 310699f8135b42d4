import CPlatform
import Demos
import Engine
import Glibc

// Measures the performance of the program. Each figure is compared with a peer in the same run.
//
//     swift build -c release -Xswiftc -static-stdlib && .build/release/lockstep-bench
//
// `scale [EVENTS]` measures recordings of ten thousand events, ten times as many, and so on up to
// EVENTS. `soak ROUNDS` repeats the demos in one process and exits with 1 if it leaks resources.
WorkerProgram.runIfAsked(CommandLine.arguments, bodies: .demos)
lks_return_memory_early()

if CommandLine.arguments.dropFirst().first == "soak" {
  let rounds = CommandLine.arguments.dropFirst(2).first.flatMap { Int($0) } ?? 100
  exit(Soak.run(rounds: rounds) ? 0 : 1)
}

if CommandLine.arguments.dropFirst().first == "scale" {
  Scale.printGrowth(
    to: CommandLine.arguments.dropFirst(2).first.flatMap { Int($0) } ?? 1_000_000)
  exit(0)
}

let sibling = Programs.directory + "/lockstep"
print("Each figure is a median. Compare the ratios, because machines differ.")
print(Row.heading)
for row in [
  Recording.row(), Folding.row(), FirstFrame.row(program: sibling), Pools.row(),
  Reading.row(),
] + Scale.rows(events: 1_000_000) {
  print(row.text)
}
