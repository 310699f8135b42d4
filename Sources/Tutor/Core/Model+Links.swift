internal import Trace
internal import LessonKit
internal import Screen

/// Links between steps, and the way back.
extension Model {
  /// A link of the open step that leads to another step.
  struct Link: Sendable, Equatable {
    let text: String
    let place: StepPlace
  }

  /// The links of the open step to other steps, without repetitions and those in a closed answer.
  var links: [Link] {
    guard let step else { return [] }
    let end = closedAnswer?.block ?? step.blocks.count
    var links: [Link] = []
    for link in step.links(before: end) {
      guard let found = index.links.place(of: link.destination, in: place.lesson) else { continue }
      let target = StepPlace(lesson: found.lesson, step: found.step)
      if target != place, !links.contains(where: { $0.place == target }) {
        links.append(Link(text: link.text, place: target))
      }
    }
    return links
  }

  /// Follows the step's link, or lists the links if there are several.
  package mutating func follow() {
    let links = links
    if links.count == 1, let link = links.first {
      openLink(link.place)
    } else if !links.isEmpty {
      layer = .contents(.links(self))
    }
  }

  /// The most steps to go back.
  private static let longestTrail = 64

  mutating func openLink(_ target: StepPlace) {
    noteTrail()
    open(target)
  }

  private mutating func noteTrail() {
    trail.append(place)
    if trail.count > Self.longestTrail { trail.removeFirst() }
  }

  /// Opens the step of a match. Says so, with the way back to the step where the search began.
  mutating func leave(for target: StepPlace) {
    if search?.hasLeft != true { noteTrail() }
    search?.hasLeft = true
    open(target, isVisit: false)
    let title = step.map { ": \($0.title)" } ?? ""
    let name = course.number(ofLesson: target.lesson).map { "\($0)/" } ?? "step "
    notify(
      Remark { voice in
        "this match is in \(name)\(target.step + 1)\(title)"
          + (voice == .brief ? "; backspace goes back" : "")
      }, isWarning: false)
  }
}

extension Picker {
  /// The links of the open step.
  static func links(_ model: Model) -> Picker {
    let items = model.links.map { link in
      let lesson = model.course.lessons[link.place.lesson]
      let number = model.course.number(ofLesson: link.place.lesson).map { "\($0)/" } ?? ""
      return Item(
        choice: .place(link.place),
        lead: StyledText("\(number)\(link.place.step + 1)", .muted),
        title: lesson.steps[link.place.step].title,
        note: link.place.lesson == model.place.lesson ? nil : lesson.title)
    }
    return Picker(title: "Links of this step", noun: "link", items: items, isOfLinks: true)
  }
}
