import Catalog
import Concurrency
import Engine

/// Worker processes compute a picture of the Mandelbrot set row by row.
enum MandelbrotDemo: DemoBody {
  /// Characters in a row of the picture.
  static let columns = 72
  /// The characters of points outside the set, the fastest to escape first.
  private static let shades = [Character](" .:-=+*#%")
  /// The character of points that count as inside.
  static let inside: Character = "@"

  enum Line: String, ListingLine {
    case step = "z = z * z + c"
    case row = #"return os.getpid(), "".join(pixel(point) for point in points)"#
    case open = "with multiprocessing.Pool(size) as pool:"
    case map = "for pid, pixels in pool.imap(row, range(1, rows + 1), chunksize=1):"
  }

  static let workerBodies: [any WorkerBody] = [work]

  static func run(_ run: Run) throws {
    let arguments = run.arguments
    let (rows, workers) = (arguments.integer("rows"), arguments.integer("workers"))
    // The number of rows by worker, in the last picture.
    var made: [Int] = []
    let comparison = try WorkerComparison(
      workers: workers, rounds: arguments.integer("rounds"), body: work, at: Line.open, in: run
    ) { pool in
      run.at(Line.map)
      let tasks = try (1...rows).map { try pool.submit("\($0)") }
      for task in tasks { _ = try task.result() }
      made = Array(repeating: 0, count: pool.pids.count)
      for task in tasks { made[pool.worker(of: task.number) ?? 0] += 1 }
    }
    let names = made.indices.map(ProcessPool.name)
    for (name, count) in zip(names, made) {
      try run.measure("\(name): rows", Int64(count), unit: "")
    }
    try run.conclude(
      workers == 1
        ? "One worker made all \(rows) rows."
        : "Of \(rows) rows, the workers made \(made.map(String.init).listed).",
      comparison.rows + zip(names, made).map { ["rows of \($0)", "\($1)"] })
  }

  /// Computes and records the row of a number.
  static let work = PoolBody("mandelbrot.row") { input, _, run in
    let rows = run.arguments.integer("rows")
    guard let number = Int(input), (1...rows).contains(number) else {
      throw RaisedException.unreadable([input])
    }
    run.at(Line.step)
    let pixels = try row(
      number, of: rows, iterations: run.arguments.integer("iterations"),
      checkpoint: run.checkpoint)
    run.at(Line.row)
    try run.result("row \(number)", pixels)
    return "\(pixels.count { $0 == inside }) of \(columns) inside"
  }

  /// One row of the picture. The real axis is in the middle, so the picture is symmetric.
  static func row(_ number: Int, of rows: Int, iterations: Int, checkpoint: () throws -> Void)
    rethrows -> String
  {
    let imaginary = 1.2 * Double(2 * number - 1 - rows) / Double(rows)
    var pixels = ""
    for column in 0..<columns {
      let real = -2.2 + 3 * Double(column) / Double(columns - 1)
      let steps = try escape(real, imaginary, iterations, checkpoint)
      pixels.append(steps.map(shade) ?? inside)
    }
    return pixels
  }

  /// Each shade covers twice as many steps as the one before.
  private static func shade(_ steps: Int) -> Character {
    let bits = Int.bitWidth - steps.leadingZeroBitCount
    return shades[max(1, min(bits, shades.count)) - 1]
  }

  /// Less than 1 ms of work.
  private static let stepsBetweenCheckpoints = 10_000

  /// The number of steps of z → z² + c, from 0, until a point is farther than 2 from the origin and
  /// cannot come back; nil if it is not so far after all steps.
  private static func escape(
    _ real: Double, _ imaginary: Double, _ iterations: Int, _ checkpoint: () throws -> Void
  ) rethrows -> Int? {
    var (x, y) = (0.0, 0.0)
    var step = 0
    while step < iterations {
      try checkpoint()
      let pause = min(iterations, step + stepsBetweenCheckpoints)
      while step < pause {
        let (xx, yy) = (x * x, y * y)
        if xx + yy > 4 { return step }
        y = 2 * x * y + imaginary
        x = xx - yy + real
        step += 1
      }
    }
    return nil
  }
}
