// swift-tools-version: 6.2
import PackageDescription

/// Every target is held to the same rules; the compiler enforces who may import whom.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")

func module(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(
  _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []
) -> Target {
  .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

let package = Package(
  name: "lockstep",
  products: [
    .executable(name: "lockstep", targets: ["lockstep"]),
    .executable(name: "lockstep-bench", targets: ["lockstep-bench"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
  ],
  targets: [
    // The C libraries, and the calls that Swift's Glibc module lacks.
    .systemLibrary(name: "CNcurses"),
    .systemLibrary(name: "CMarkdown"),
    .systemLibrary(name: "CGMP"),
    .target(name: "CPlatform"),

    // The house, in the order in which data flows.
    module("Catalog", []),
    module("Trace", ["CPlatform"]),
    module("Concurrency", ["Catalog", "Trace", "CPlatform", systemPackage]),
    module("Engine", ["Catalog", "Trace", "Concurrency", "CPlatform", systemPackage]),
    module(
      "Demos", ["Catalog", "Trace", "Concurrency", "Engine", "CPlatform", "CGMP", systemPackage]),
    module("LessonKit", ["Catalog", "CMarkdown"]),
    module("Screen", ["CPlatform"]),
    module("Tutor", ["Catalog", "Trace", "LessonKit", "Screen"]),
    module("Curses", ["Screen", "CNcurses", "CPlatform"]),
    .target(
      name: "Lessons", path: ".",
      exclude: [
        ".ci", "LICENSE", "README.md", "Sources/CNcurses", "Sources/CMarkdown", "Sources/CGMP",
        "Sources/CPlatform", "Sources/Catalog", "Sources/Trace", "Sources/Concurrency",
        "Sources/Engine", "Sources/Demos", "Sources/LessonKit", "Sources/Screen", "Sources/Tutor",
        "Sources/Curses",
        "Sources/lockstep", "Sources/lockstep-bench", "Tests",
      ],
      sources: ["Sources/Lessons"], resources: [.embedInCode("Lessons")],
      swiftSettings: settings),
    .executableTarget(
      name: "lockstep",
      dependencies: [
        "Catalog", "Trace", "Concurrency", "Engine", "Demos", "LessonKit", "Screen", "Tutor",
        "Curses", "Lessons", "CPlatform", argumentParser, systemPackage,
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "lockstep-bench",
      dependencies: [
        "Catalog", "Trace", "Concurrency", "Engine", "Demos", "LessonKit", "Screen", "Tutor",
        "CPlatform", "TestTerminal",
      ],
      swiftSettings: settings),

    // A real pty and a real terminal emulator inside the test process.
    .systemLibrary(name: "CVTerm", path: "Tests/CVTerm"),
    .target(
      name: "TestTerminal", dependencies: ["CVTerm", "CPlatform"], path: "Tests/TestTerminal",
      swiftSettings: settings),

    // What checks exports by other means than those that made them.
    .target(name: "TraceChecks", path: "Tests/TraceChecks", swiftSettings: settings),

    // Runs for tests that look at what a run does and leaves.
    .target(
      name: "TestRuns",
      dependencies: ["Concurrency", "Engine", "Demos", "Trace", "Catalog", "CPlatform"],
      path: "Tests/TestRuns", swiftSettings: settings),

    // Numbers for tests that try much at random, and the same each time.
    .target(name: "TestNumbers", path: "Tests/TestNumbers", swiftSettings: settings),

    tests("CatalogTests", ["Catalog"]),
    tests("TraceTests", ["Trace", "CPlatform", "TraceChecks", "TestNumbers"]),
    tests(
      "EngineTests",
      [
        "Concurrency", "Engine", "Demos", "Trace", "Catalog", "CPlatform", "TestNumbers",
        "TestRuns", "lockstep",
      ]),
    tests(
      "DemosTests",
      [
        "Concurrency", "Engine", "Demos", "Trace", "Catalog", "CPlatform", "CGMP", "TraceChecks",
        "TestNumbers", "TestRuns", "lockstep",
      ]),
    tests("LessonKitTests", ["LessonKit", "Lessons", "Catalog"]),
    tests("ScreenTests", ["Screen", "TestNumbers"]),
    tests("CursesTests", ["Curses", "Screen", "TestTerminal"]),
    tests(
      "TutorTests",
      ["Tutor", "Trace", "LessonKit", "Lessons", "Screen", "Catalog", "TestNumbers"],
      exclude: ["Drawings"]),
    tests(
      "LockstepTests",
      [
        "TestTerminal", "CPlatform", "Catalog", "Trace", "Concurrency", "Engine", "Demos",
        "LessonKit", "Lessons", "Screen", "Tutor", "Curses", "lockstep", systemPackage,
      ]),
  ]
)
