import Events
import History
import Trace

/// A run's timeline as a picture for a slide or a page: standalone SVG 1.1, without scripts and
/// fonts.
///
/// It shows the activities of actors, the holders of locks, the sizes of lists, exceptions and
/// findings, with times in tooltips. It stays below a megabyte for any run: in a long run each
/// place shows the most important activity.
struct TimelinePicture: RunExport {
  private var fold = RunFold()
  private var timeline = Timeline()

  mutating func append(_ event: Event, to bytes: inout [UInt8]) {
    fold.apply(event)
    timeline.append(event, state: fold.state)
  }

  mutating func finish(to bytes: inout [UInt8]) {
    var drawing = PictureDrawing(fold: fold, timeline: timeline)
    bytes += drawing.draw()
  }
}
