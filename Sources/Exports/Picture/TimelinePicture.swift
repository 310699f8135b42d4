public import Events
import History
import Trace

/// A run's timeline as a picture, for a slide or a page: SVG 1.1 that stands alone, without scripts
/// and without fonts of its own.
///
/// What each actor did, who held each lock, how long each list was, with exceptions and findings
/// marked; whatever the pointer rests on says its times. However long the run, the picture stays
/// below a megabyte: of a long one each place shows the most telling thing that happened there.
public struct TimelinePicture: RunExport {
  private var fold = RunFold()
  private var timeline = Timeline()

  /// A picture of a run of which nothing has happened yet.
  public init() {}

  public mutating func append(_ event: Event, to bytes: inout [UInt8]) {
    fold.apply(event)
    timeline.append(event, state: fold.state)
  }

  public mutating func finish(to bytes: inout [UInt8]) {
    var drawing = PictureDrawing(fold: fold, timeline: timeline)
    bytes += drawing.draw()
  }
}
