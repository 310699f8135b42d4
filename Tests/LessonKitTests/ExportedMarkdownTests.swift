import Catalog
import TestDocuments
import TestNumbers
import Testing

@testable import LessonKit

/// The lessons of a handout that a word processor exported.
private enum ExportedHandout {
  static let text = KeptDocuments.text(KeptDocuments.handout)

  static func lessons(withOffers: Bool = true) throws -> [Lesson] {
    try CourseLoader(
      catalog: catalog, listings: withOffers ? ResemblanceTests.listings : []
    ).lessons(name: KeptDocuments.handout, text: text)
  }
}

@Suite("Markdown that a word processor exported")
struct ExportedMarkdownTests {
  @Test("Numbers with and without a blank before the stop begin lessons, although lists restart")
  func sections() throws {
    let found = try ExportedHandout.lessons()
    #expect(found.map(\.number) == [1, 2, 3, 4, 5])
    #expect(
      found.map(\.title) == [
        "Threads pay off when", "Pool of processes", "Sharing", "Source Code: deliver, sell",
        "Source Code: nap",
      ])
  }

  @Test("Headings without a sign and numbered points are the steps of a long section")
  func steps() throws {
    let found = try ExportedHandout.lessons(withOffers: false)
    #expect(
      found.map { $0.steps.map(\.title) } == [
        [
          "1. The program waits for I/O", "2. A responsive window matters",
          "3. Memory overhead counts", "Processes pay off when", "2. Isolation is needed",
        ],
        [
          "What a Pool Takes Off Your Hands", "2. Task Distribution", "3. Queuing",
          "A pool is worth little for tasks",
        ],
        [
          "For Threads", "2. Queues (queue.Queue)", "For Processes",
          "2. Locks and Semaphores (multiprocessing.Lock, multiprocessing.Semaphore)",
        ],
        ["Source Code: deliver, sell"], ["Source Code: nap"],
      ])
    #expect(found[0].steps.map(\.line) == [7, 8, 9, 11, 14])
  }

  @Test("The programs are whole, without added blank lines and labels, and are Python")
  func programs() throws {
    let code = try ExportedHandout.lessons(withOffers: false).flatMap(\.code)
    #expect(
      code.prefix(3).map(\.text) == [
        "import threading\n\nguard = threading.Lock()\n\nwith guard:\n    # one thread at a time\n    pass",
        "from queue import Queue\n\nline = Queue()",
        "from multiprocessing import Pipe\nnear, far = Pipe()",
      ])
    #expect(code.allSatisfy { $0.language == "python" })
    #expect(code[3].text.hasPrefix("import threading\nimport time\nstock = []\n"))
    #expect(code[3].text.contains("            stock.append(crate)\n\ndef sell():\n"))
    #expect(
      code[4].text
        == "import time\ndef nap():\n    time.sleep(1)\n    return \"rested\"\nprint(nap())")
  }

  @Test("Markdown is shown as Markdown, and a sentence is whole that a page end had cut")
  func prose() throws {
    let found = try ExportedHandout.lessons(withOffers: false)
    let shown = found.flatMap(\.blocks).map { "\($0)" }.joined()
    #expect(!shown.contains("**") && !shown.contains("Copy code"))
    #expect(found.allSatisfy { !$0.blocks.contains(.rule) })
    guard case .paragraph(let text) = found[1].introduction.first else {
      Issue.record("no introduction")
      return
    }
    #expect(text.contains(.strong([.text("pool of processes")])))
    #expect(text.plainText.contains("carry at the same time without swapping"))
  }

  @Test("Each section offers the demos for its terms and programs, after the text or program")
  func offers() throws {
    let found = try ExportedHandout.lessons()
    #expect(
      found.map { $0.steps.map { $0.runs.map { $0.words[0] } } } == [
        [["io-bound"], ["responsiveness"], ["memory-cost"], ["cpu-bound"], ["crash-isolation"]],
        [["pool-reuse"], ["pool-reuse"], ["pool-queue"], ["pool-queue"], []],
        [["lock"], ["queue"], ["pipe"], ["process-lock", "semaphore"]],
        [["producer-consumer"]], [[]],
      ])
    let locks = try #require(found[2].steps.first).blocks
    guard case .run(let run) = locks.last, case .code = locks.dropLast().last else {
      Issue.record("the offer is not after the program")
      return
    }
    #expect(run.offer == .mentions)
    #expect(found[3].steps[0].runs[0].offer == .resembles)
  }

  @Test("Sections in bold, with a bold title, or with headings of the third level are lessons")
  func boldSections() throws {
    let bold = "**1. Rope**\n\nPull **it**.\n\n**2. Bell**\n\nHear **it**.\n"
    #expect(try lessons(bold).map(\.title) == ["Rope", "Bell"])
    let titles = "1. **Rope**\nPull **it**.\n\n2. **Bell**\nHear **it**.\n"
    #expect(try lessons(titles).map(\.title) == ["Rope", "Bell"])
    let deep =
      "Some **notes** on **bells**, in bold.\n\n1. Rope\n\nPull **it**.\n\n### How\n\nTwice.\n\n2. Bell\n\nHear it.\n"
    #expect(try lessons(deep).map(\.title) == ["Rope", "Bell"])
  }

  @Test("Code without a fence is code in Markdown too")
  func unfenced() throws {
    let program = "import threading\nlock = threading.Lock()\nlock.acquire()"
    let text =
      "Some **bold** words.\n\nMore **bold** ones:\n\npython\nCopy code\n\(program)\n\nEnd.\n"
    #expect(try lessons(text)[0].code.map(\.text) == [program])
    let found = "\(try lessons(text)[0].blocks)"
    #expect(!found.contains("Copy code"))
  }

  @Test("A repair keeps the number of lines")
  func lines() {
    let text = ExportedHandout.text
    let count = PlainPages.lines(of: text).count
    #expect(ExportedMarkdown(text).lines.count == count)
    #expect(MarkdownFigures.kept(in: ExportedMarkdown(text).lines).count == count)
  }

  @Test("Neighbouring fences of an ordinary document stay apart")
  func apart() throws {
    let text = "# T\n\n```\nmake all\n```\n\n```\nok\n```\n"
    #expect(try lessons(text, name: "x.md")[0].code.map(\.text) == ["make all", "ok"])
  }

  @Test(
    "A title is the first clause, at most sixty characters long",
    arguments: [
      ("Short and clear", "Short and clear"),
      ("One sentence here. And another one.", "One sentence here"),
      (
        "Catching errors in every worker is the habit of careful people because they sleep better",
        "Catching errors in every worker is the habit of careful…"
      ),
      (
        "Nobody reads a log that is longer than the program for which it was written by hand",
        "Nobody reads a log that is longer than the program"
      ),
    ])
  func clauses(text: String, title: String) {
    #expect(MarkdownOutline.firstClause(of: text) == title)
  }

  @Test("Bold terms make a text Markdown, but powers and arguments do not")
  func boldTerms() throws {
    let bold = "Some **bold** term.\n\nAnother **one**, here.\n"
    #expect(
      try lessons(bold)[0].blocks.first
        == .paragraph([
          .text("Some "), .strong([.text("bold")]), .text(" term."),
        ]))
    let powers = "It is 2**3**4 here.\n\nCall f(**a, **b) or g(**c, **d) there.\n"
    #expect(try lessons(powers)[0].blocks.first == .paragraph([.text("It is 2**3**4 here.")]))
  }
}

@Suite("Terms of concurrency")
struct TermTests {
  private func offered(_ text: String, name: String = "x.md") throws -> [String] {
    try CourseLoader(catalog: catalog, listings: ResemblanceTests.listings)
      .lessons(name: name, text: text).flatMap(\.steps).flatMap(\.runs).map { $0.words[0] }
  }

  @Test("Each demo has terms, and each entry is a demo")
  func table() throws {
    #expect(Set(DemoTerms.all.map(\.demo)) == Set(catalog.demos.map(\.id)))
    for terms in DemoTerms.all {
      #expect(!terms.phrases.isEmpty)
      if let other = terms.betweenProcesses { _ = try catalog.demo(other) }
    }
  }

  @Test("No two entries have the same phrase")
  func phrases() {
    let phrases = DemoTerms.all.flatMap(\.phrases)
    #expect(Set(phrases).count == phrases.count)
  }

  @Test("A document about something else gets no offers")
  func elsewhere() throws {
    #expect(
      try offered("# Doors\n\n## Locks\n\nA lock keeps a door shut, a queue waits.\n").isEmpty)
  }

  @Test("A title directly above a point shares its text, and a title without text gets no offer")
  func titles() throws {
    let point = "## Process pools\n\n1. **Queuing:** tasks wait for threads, threads, threads.\n"
    #expect(try offered("# T\n\n" + point) == ["pool-reuse", "pool-queue"])
    let found = try CourseLoader(catalog: catalog, listings: ResemblanceTests.listings)
      .lessons(
        name: "x.md", text: "# Locks\n\n## A\n\nthread thread thread\n\n# Queues\n\n## B\n\nb\n")
    #expect(found.map { $0.steps.map(\.title) } == [["A"], ["B"]])
  }

  @Test("A document that hardly uses a term gets no offer for it")
  func rare() throws {
    let words = String(repeating: "many other words about threads that say little ", count: 60)
    #expect(try offered("# T\n\n## A\n\n\(words) process pool \(words)\n").isEmpty)
    #expect(
      try offered("# T\n\n## A\n\nthreads, threads, threads, a process pool\n") == ["pool-reuse"])
  }

  @Test("An author who chose runs gets no others")
  func chosen() throws {
    let text =
      "# Threads\n\n## Locks\n\nThreads, threads, threads.\n\n```lockstep\nrun io-bound\n```\n\n## Queues\n\na\n"
    #expect(try offered(text) == ["io-bound"])
    #expect(try offered(text.replacing("lockstep", with: "sh")) == ["lock", "queue"])
  }

  @Test("The same word means another demo between processes")
  func processes() throws {
    #expect(try offered("# T\n\n## Queues\n\nThreads, threads and threads use it.\n") == ["queue"])
    #expect(
      try offered("# T\n\n## Queues\n\nMultiprocessing: concurrent processes, no threads.\n")
        == ["process-queue"])
  }

  @Test("Plain text gets offers too, and never inside a program")
  func plain() throws {
    let text =
      "1. Threads and locks\n\nThreads take turns. Each thread waits:\n\n    take the lock\n    work\n\n"
      + "    give it back\n\nThat is it.\n\n2. Semaphores\n\nA few threads at a time.\n"
    #expect(try offered(text, name: "x.txt") == ["lock", "semaphore"])
  }
}

@Suite("The cost of dividing a document")
struct DivisionCostTests {
  /// Pieces of text that are repeated, by what is expensive about them.
  private static let pieces = [
    "labels": "Copy code\n",
    "sections": "1. a b\n\n2 . **b** c\n\n",
    "neighbouring fences": "```\nx = 1:\n```\n\n",
    "short lines": "Short Line\n\n",
    "indented sentences":
      "    An indented paragraph that is prose and long enough to be wrapped here.\n    It ends here.\n\n",
    "figures in a list": "    T1: load\n                T2: load\n\n",
    "boxes": "====\nA\n====\n\n",
    "terms": "## lock queue pipe\n\n- **lock** queue\n\n",
    "open braces": "void f(int a) {\n\n    int x = 1;\n\n",
  ]

  @Test("takes linear time for a long list of contents")
  func contents() throws {
    let growth = try TimeGrowth.measure(upTo: 1_000) { count in
      let names = (0..<count).map { "Word \($0)" }
      _ = try lessons(
        names.joined(separator: "\n") + "\n\n"
          + names.map { "\($0)\n\nA sentence on it. It is old.\n\n" }.joined())
    }
    #expect(growth < TimeGrowth.quadratic)
  }

  @Test("takes linear time", arguments: pieces.keys.sorted())
  func linear(kind: String) throws {
    let piece = try #require(Self.pieces[kind])
    let start =
      "1 . **Start** of threads\n\nThreads and more threads, with **bold** terms in this line.\n\n- a\n\n"
    let growth = try TimeGrowth.measure(upTo: 48_000) { length in
      let body = String(repeating: piece, count: length / piece.utf8.count)
      _ = try lessons(start + body + "2 . End\n\nThe end.\n")
    }
    #expect(growth < TimeGrowth.quadratic)
  }
}
