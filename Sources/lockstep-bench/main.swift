import Engine

// Measures what the program promises, each figure a ratio to something else in the same run.
//
//     swift build -c release -Xswiftc -static-stdlib && .build/release/lockstep-bench
WorkerProgram.runIfAsked(CommandLine.arguments)

let sibling = Programs.directory + "/lockstep"
print("Each figure is a median; the ratio is what counts, since machines differ.")
print(Row.heading)
for row in [
  Recording.row(), Folding.row(), FirstFrame.row(program: sibling), Pools.row(),
  Reading.row(),
] {
  print(row.text)
}
