import History

/// How a part of a lane is drawn: by a colour and by a form, so that either alone tells it.
///
/// The colours are those of Masataka Okabe and Kei Ito, "Color Universal Design" (2008), which
/// people with any kind of colour vision tell apart.
enum LaneStyle: Int, CaseIterable {
  // From the least telling to the most: what is drawn later lies on top.
  case asleep, idle, starting, running, task, waiting, holding

  init?(_ cell: LaneCell) {
    switch cell {
    case .blank: return nil
    case .starting: self = .starting
    case .asleep: self = .asleep
    case .running: self = .running
    case .task: self = .task
    case .holding: self = .holding
    // What waits for the work of others is told from what waits in the way of others.
    case .waiting: self = cell.rank == LaneCell.asleep.rank ? .idle : .waiting
    }
  }

  /// What it says, for the legend.
  var words: String {
    switch self {
    case .asleep: "sleeps"
    case .idle: "waits for somebody's work or end"
    case .starting: "is starting"
    case .running: "runs"
    case .task: "works on a task"
    case .waiting: "waits for a lock, a signal or room"
    case .holding: "holds a lock or a permit"
    }
  }

  /// The class of its rectangles.
  var name: String { "\(self)" }

  /// Which part of a lane's height it takes, around the middle.
  var share: Double {
    switch self {
    case .asleep: 0.16
    case .running: 0.5
    case .idle: 0.62
    default: 1
    }
  }

  /// Where the colours are from, for whoever opens the file.
  static let credit =
    "Colours: Masataka Okabe and Kei Ito, Color Universal Design (2008)"

  /// The colours and forms, as a style sheet and as patterns.
  static let sheet = """
    <style>
    text{font-family:system-ui,-apple-system,"Segoe UI","Helvetica Neue",Arial,"DejaVu Sans",\
    sans-serif;fill:#222}
    .title{font-size:20px;font-weight:bold}
    .sub{font-size:12px;fill:#555}
    .missing{font-size:12px;font-weight:bold;fill:#a33f00}
    .head{font-size:11px;fill:#555}
    .label{font-size:12px}
    .small{font-size:10px}
    .letter{font-weight:bold}
    .tick{font-size:11px;fill:#555}
    .note{font-size:11px;fill:#555}
    .held{font-size:10px;font-weight:bold;fill:#fff}
    .flag{font-size:10px;font-weight:bold;fill:#fff}
    .grid{stroke:#ddd;stroke-width:1}
    .ground{fill:#000;fill-opacity:.035}
    .asleep{fill:url(#dots)}
    .idle{fill:url(#sparse)}
    .starting{fill:#fff;stroke:#56b4e9;stroke-width:1;stroke-dasharray:2 2}
    .running{fill:#56b4e9}
    .task{fill:#009e73}
    .waiting{fill:url(#hatch)}
    .holding{fill:#0072b2}
    .other{fill:#004c78}
    .strip{fill:#cc79a7;fill-opacity:.55;stroke:#cc79a7;stroke-width:1}
    .exception{stroke:#d55e00;stroke-width:2.5;fill:none}
    .halo{stroke:#fff;stroke-width:5;fill:none}
    .finding{stroke:#000;stroke-width:1.2;stroke-dasharray:4 3}
    .mark{fill:#000}
    </style>
    <defs>
    <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse">\
    <rect width="6" height="6" fill="#fdebd0"/>\
    <path d="M-1 1l2-2M0 6l6-6M5 7l2-2" stroke="#d55e00" stroke-width="1.8"/></pattern>
    <pattern id="sparse" width="8" height="8" patternUnits="userSpaceOnUse">\
    <rect width="8" height="8" fill="#f3f3f3"/>\
    <path d="M-1 -1l10 10M-1 7l2 2M7 -1l2 2" stroke="#999" stroke-width="1"/></pattern>
    <pattern id="dots" width="4" height="4" patternUnits="userSpaceOnUse">\
    <rect width="2" height="4" fill="#888"/></pattern>
    </defs>
    """
}
