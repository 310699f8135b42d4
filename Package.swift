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
    module("Engine", ["Catalog", "Trace", "CPlatform", "CGMP", systemPackage]),
    module("LessonKit", ["Catalog", "CMarkdown"]),
    module("Screen", ["CPlatform"]),
    module("Tutor", ["Catalog", "Trace", "LessonKit", "Screen"]),
    module("Curses", ["Screen", "CNcurses", "CPlatform"]),
    .target(
      name: "Lessons", path: ".",
      exclude: [
        ".ci", "LICENSE", "README.md", "Sources/CNcurses", "Sources/CMarkdown", "Sources/CGMP",
        "Sources/CPlatform", "Sources/Catalog", "Sources/Trace", "Sources/Engine",
        "Sources/LessonKit", "Sources/Screen", "Sources/Tutor", "Sources/Curses",
        "Sources/Platform", "Sources/JSON", "Sources/Shell", "Sources/StateFiles",
        "Sources/Documents", "Sources/Checking", "Sources/Recordings", "Sources/Manual",
        "Sources/lockstep", "Sources/lockstep-bench", "Tests",
      ],
      sources: ["Sources/Lessons"], resources: [.embedInCode("Lessons")],
      swiftSettings: settings),

    // What the program does with files, folders, other programs and the shell that started it.
    module("Platform", [systemPackage]),
    module("JSON", []),
    module("Shell", ["Screen", "Engine", "CPlatform", systemPackage]),
    module(
      "StateFiles",
      [
        "Catalog", "Trace", "Engine", "LessonKit", "Screen", "Tutor", "Platform", "JSON",
        "CPlatform", systemPackage,
      ]),
    module(
      "Documents",
      [
        "Catalog", "Trace", "LessonKit", "Lessons", "Screen", "Platform", "Shell", "CPlatform",
        systemPackage,
      ]),
    module(
      "Checking",
      [
        "Catalog", "LessonKit", "Lessons", "Screen", "Tutor", "Platform", "JSON", "Shell",
        "Documents", systemPackage,
      ]),
    module(
      "Recordings",
      [
        "Catalog", "Trace", "Engine", "LessonKit", "Lessons", "Screen", "Tutor", "Shell",
        "StateFiles", "CPlatform", systemPackage,
      ]),
    module("Manual", ["Catalog", "LessonKit", "Screen", "Tutor", "Shell"]),

    .executableTarget(
      name: "lockstep",
      dependencies: [
        "Catalog", "Trace", "Engine", "LessonKit", "Screen", "Tutor", "Curses", "Lessons",
        "Platform", "JSON", "Shell", "StateFiles", "Documents", "Checking", "Recordings", "Manual",
        "CPlatform", argumentParser, systemPackage,
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "lockstep-bench",
      dependencies: [
        "Catalog", "Trace", "Engine", "LessonKit", "Screen", "Tutor", "CPlatform", "TestTerminal",
      ],
      swiftSettings: settings),

    // A real pty and a real terminal emulator inside the test process.
    .systemLibrary(name: "CVTerm", path: "Tests/CVTerm"),
    .target(
      name: "TestTerminal", dependencies: ["CVTerm", "CPlatform"], path: "Tests/TestTerminal",
      swiftSettings: settings),

    // Files that the program writes, made and read by tests.
    .target(
      name: "TestState",
      dependencies: ["LessonKit", "Trace", "StateFiles", "TestTerminal", systemPackage],
      path: "Tests/TestState", swiftSettings: settings),

    // What checks exports by other means than those that made them.
    .target(name: "TraceChecks", path: "Tests/TraceChecks", swiftSettings: settings),

    // Numbers for tests that try much at random, and the same each time.
    .target(name: "TestNumbers", path: "Tests/TestNumbers", swiftSettings: settings),

    tests("CatalogTests", ["Catalog"]),
    tests("TraceTests", ["Trace", "CPlatform", "TraceChecks", "TestNumbers"]),
    tests(
      "EngineTests",
      [
        "Engine", "Trace", "Catalog", "Recordings", "CPlatform", "TraceChecks", "TestNumbers",
        "lockstep",
      ]),
    tests("LessonKitTests", ["LessonKit", "Lessons", "Catalog"]),
    tests("ScreenTests", ["Screen", "TestNumbers"]),
    tests("CursesTests", ["Curses", "Screen", "TestTerminal"]),
    tests(
      "TutorTests",
      ["Tutor", "Trace", "LessonKit", "Lessons", "Screen", "Catalog", "TestNumbers"],
      exclude: ["Drawings"]),
    tests("JSONTests", ["JSON"]),
    tests("ShellTests", ["Shell", "TestTerminal"]),
    tests(
      "StateFilesTests",
      [
        "Catalog", "Engine", "LessonKit", "Screen", "Tutor", "JSON", "StateFiles", "CPlatform",
        "TestState", "TestTerminal", systemPackage,
      ]),
    tests(
      "DocumentsTests",
      [
        "Catalog", "LessonKit", "Screen", "Documents", "CPlatform", "TestTerminal", "lockstep",
        systemPackage,
      ]),
    tests(
      "RecordingsTests",
      [
        "Trace", "Engine", "Shell", "StateFiles", "Recordings", "CPlatform", "TestState",
        "TestTerminal", systemPackage,
      ]),
    tests(
      "LockstepTests",
      [
        "Catalog", "Trace", "LessonKit", "Lessons", "Tutor", "Curses", "JSON", "StateFiles",
        "Documents", "Checking", "Recordings", "Manual", "lockstep", "CPlatform", "TestState",
        "TestTerminal", systemPackage,
      ]),
  ]
)
