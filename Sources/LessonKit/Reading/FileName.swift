/// The parts of a document's file name.
struct FileName {
  let path: String
  /// The digits before the first hyphen.
  let number: Int?
  /// The name without folders, number and extension.
  let id: String

  init(_ path: String) {
    self.path = path
    var name = Substring(path.split(separator: "/").last ?? "")
    if let dot = name.lastIndex(of: "."), dot != name.startIndex { name = name[..<dot] }
    let digits = name.prefix { $0.isASCII && $0.isNumber }
    let rest = name.dropFirst(digits.count)
    if let value = Int(digits), rest.first == "-", rest.count > 1 {
      number = value
      id = String(rest.dropFirst())
    } else {
      number = nil
      id = String(name)
    }
  }

  /// The id as words, for a document without a heading.
  var title: String {
    let words = id.split { $0 == "-" || $0 == "_" }.joined(separator: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }
}
