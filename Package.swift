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
    module("Events", []),
    module("Rings", ["Events", "CPlatform"]),
    module("Trace", ["Events"]),
    module("History", ["Events", "Trace"]),
    module("Exports", ["Events", "Trace", "History"]),
    module(
      "Engine", ["Catalog", "Events", "Rings", "Trace", "CPlatform", "CGMP", systemPackage]),
    module("LessonKit", ["Catalog", "CMarkdown"]),
    module("Screen", ["CPlatform"]),
    module("Tutor", ["Catalog", "Events", "Trace", "History", "LessonKit", "Screen"]),
    module("Curses", ["Screen", "CNcurses", "CPlatform"]),
    .target(
      name: "Lessons", path: ".",
      exclude: [
        ".ci", "LICENSE", "README.md", "Sources/CNcurses", "Sources/CMarkdown", "Sources/CGMP",
        "Sources/CPlatform", "Sources/Catalog", "Sources/Events", "Sources/Rings",
        "Sources/Trace", "Sources/History", "Sources/Exports", "Sources/Engine",
        "Sources/LessonKit", "Sources/Screen", "Sources/Tutor", "Sources/Curses",
        "Sources/lockstep", "Sources/lockstep-bench", "Tests",
      ],
      sources: ["Sources/Lessons"], resources: [.embedInCode("Lessons")],
      swiftSettings: settings),
    .executableTarget(
      name: "lockstep",
      dependencies: [
        "Catalog", "Events", "Rings", "Trace", "History", "Exports", "Engine", "LessonKit",
        "Screen", "Tutor", "Curses", "Lessons", "CPlatform", argumentParser, systemPackage,
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "lockstep-bench",
      dependencies: [
        "Catalog", "Events", "Rings", "Trace", "History", "Engine", "LessonKit", "Screen", "Tutor",
        "CPlatform", "TestTerminal",
      ],
      swiftSettings: settings),

    // A real pty and a real terminal emulator inside the test process.
    .systemLibrary(name: "CVTerm", path: "Tests/CVTerm"),
    .target(
      name: "TestTerminal", dependencies: ["CVTerm", "CPlatform"], path: "Tests/TestTerminal",
      swiftSettings: settings),

    // What checks exports by other means than those that made them.
    .target(
      name: "ExportChecks", dependencies: ["Exports", "Events"], path: "Tests/ExportChecks",
      swiftSettings: settings),

    // Numbers for tests that try much at random, and the same each time.
    .target(name: "TestNumbers", path: "Tests/TestNumbers", swiftSettings: settings),

    // Events for tests: runs written by hand, and random events.
    .target(
      name: "TestEvents", dependencies: ["Events", "TestNumbers"], path: "Tests/TestEvents",
      swiftSettings: settings),

    tests("CatalogTests", ["Catalog"]),
    tests("EventsTests", ["Events", "TestEvents", "TestNumbers"]),
    tests("RingsTests", ["Rings", "Events", "CPlatform"]),
    tests("TraceTests", ["Trace", "Events", "Rings", "TestEvents", "TestNumbers"]),
    tests("HistoryTests", ["History", "Events", "Trace", "TestEvents", "TestNumbers"]),
    tests("ExportsTests", ["Exports", "Events", "ExportChecks", "TestEvents", "TestNumbers"]),
    tests(
      "EngineTests",
      [
        "Engine", "Events", "Rings", "Trace", "Exports", "Catalog", "CPlatform", "ExportChecks",
        "TestEvents", "TestNumbers", "lockstep",
      ]),
    tests("LessonKitTests", ["LessonKit", "Lessons", "Catalog"]),
    tests("ScreenTests", ["Screen", "TestNumbers"]),
    tests("CursesTests", ["Curses", "Screen", "TestTerminal"]),
    tests(
      "TutorTests",
      [
        "Tutor", "Events", "Trace", "History", "Exports", "LessonKit", "Lessons", "Screen",
        "Catalog", "ExportChecks", "TestNumbers",
      ],
      exclude: ["Drawings"]),
    tests(
      "LockstepTests",
      [
        "TestTerminal", "TestEvents", "ExportChecks", "CPlatform", "Catalog", "Events", "Rings",
        "Trace", "Exports", "Engine", "LessonKit", "Lessons", "Screen", "Tutor", "Curses",
        "lockstep", systemPackage,
      ]),
  ]
)
