import Catalog
import Lessons
import Pty
import TestFaults
import Testing

/// Programs of the course text: a demo and its listing print the same lines.
@Suite("What a demo and its listing print", .serialized)
struct ListingOutputTests {
  /// The lines that python3 prints for a listing, and those of the demo.
  private func lines(_ demo: String) throws -> (python: [String], lockstep: [String]) {
    let listing = try DemoCatalog(cores: 2).demo(demo).listing
    let text = try #require(BuiltInLessons.listing(named: listing))
    let folder = try TemporaryFolder()
    try folder.write(text, to: listing)
    let interpreter = try #require(Tool.python3.path)
    let python = try Program(
      path: interpreter, ["-X", "dev", "-W", "error", folder.path + "/" + listing])
    #expect(python.status == 0 && python.standardError.isEmpty, "\(python.standardError)")
    let lockstep = try Program("run", demo)
    #expect(lockstep.status == 0)
    return (python.lines, lockstep.lines)
  }

  @Test("producer-consumer adds, removes and prints the same", .needs(.python3))
  func producerConsumer() throws {
    let (python, lockstep) = try lines("producer-consumer")
    // Both threads wake at 0.3, 0.6 and 0.9 s, and either may be first. So what each of them prints
    // is compared, and the printed list with what was added and removed before.
    for lines in [python, lockstep] {
      #expect(lines.count == 21 && lines.last == "Final list: []")
      var list: [Int] = []
      for line in lines.dropLast() {
        let words = line.split(separator: " ")
        let number = try #require(Int(words[1]))
        if words[0] == "Added" {
          list.append(number)
          #expect(line == "Added \(number) to list. Current list: \(list)")
        } else {
          #expect(list.removeFirst() == number)
          #expect(line == "Removed \(number) from list. Current list: \(list)")
        }
      }
    }
    for word in ["Added", "Removed"] {
      let acts = { (lines: [String]) in
        lines.filter { $0.hasPrefix(word) }.map { $0.prefix { $0 != "." } }
      }
      #expect(acts(python) == acts(lockstep) && acts(python).count == 10)
    }
  }

  @Test("factorial prints the same", .needs(.python3))
  func factorial() throws {
    let (python, lockstep) = try lines("factorial")
    #expect(python == lockstep)
    #expect(python.first == "Factorial of 1 is 1" && python.last == "Factorial of 10 is 3628800")
  }

  @Test("pool-sizing prints the same but for the seconds", .needs(.python3))
  func poolSizing() throws {
    let (python, lockstep) = try lines("pool-sizing")
    for lines in [python, lockstep] {
      #expect(lines.count == 5)
      for (index, line) in lines.enumerated() {
        let parts = line.split(separator: " ").map(String.init)
        let seconds = try #require(parts.count > 6 ? parts[5] : nil)
        #expect(seconds.wholeMatch(of: #/[0-9]+\.[0-9]{4}/#) != nil)
        #expect(
          line == "Pool Size: \(index + 1), Time Taken: \(seconds) seconds, "
            + "Results: [1, 4, 9, 16, 25, 36, 49, 64, 81, 100]")
      }
    }
  }

  @Test("An empty list is reported in the course text's words")
  func emptyList() throws {
    let run = try Program("run", "producer-consumer", "items=1", "remove-delay=0ms")
    #expect(
      run.lines == [
        "List is empty, waiting for items...", "Added 0 to list. Current list: [0]",
        "Final list: [0]",
      ])
    #expect(run.standardError == "1 try found an empty list, and 1 item is left.\n")
  }
}
