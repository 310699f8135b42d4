public import Events
public import Exports

extension ExportFormat {
  /// The whole export of a run.
  public func bytes(of events: some Sequence<Event>) -> [UInt8] {
    var export = makeExport()
    var bytes: [UInt8] = []
    for event in events { export.append(event, to: &bytes) }
    export.finish(to: &bytes)
    return bytes
  }
}
