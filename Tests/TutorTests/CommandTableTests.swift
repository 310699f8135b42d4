internal import Screen
internal import Testing

@testable import Plain
@testable import Tutor

@Suite("The command table")
struct CommandTableTests {
  private static let withKey = Set(KeyTable.bindings.map { name($0.command) })
  private static let withWord = Set(WordTable.all.flatMap(\.commands).map(name))
  private static let commands =
    Set(KeyTable.bindings.map(\.command)).union(WordTable.all.flatMap(\.commands))

  /// A command without its argument. A question is a separate command.
  private static func name(_ command: Command) -> String {
    if case .ask(let question) = command { return "ask " + name("\(question)") }
    return name("\(command)")
  }

  private static func name(_ text: String) -> String { String(text.prefix { $0 != "(" }) }

  /// A remark up to its first key or word.
  private static func beginning(_ text: String) -> String {
    String(text.prefix { !",;:".contains($0) })
  }

  @Test("Every command has a word in plain mode, or a reason for having none")
  func words() {
    for command in Self.commands {
      let hasReason = command.row.withoutWord != nil
      #expect(Self.withWord.contains(Self.name(command)) != hasReason, "\(command)")
    }
  }

  @Test("Every command has a key on the full screen, or a reason for having none")
  func keys() {
    for command in Self.commands {
      let hasReason = command.row.withoutKey != nil
      #expect(Self.withKey.contains(Self.name(command)) != hasReason, "\(command)")
    }
  }

  @Test("Every word is a command, and so is every example with its argument")
  func examples() {
    for word in WordTable.all {
      #expect(!word.commands.isEmpty)
      for example in word.examples { #expect(word.command(example) != nil, "\(example)") }
    }
  }

  @Test("An unavailable command gives the same reason in plain mode and on the full screen")
  func refusals() throws {
    for stage in try KeyTableTests.stages() {
      for command in Self.commands {
        guard case .no(let reason) = command.availability(stage.model) else { continue }
        #expect(Self.beginning(reason.brief) == Self.beginning(reason.spoken))
        var tutor = PlainTutor(stage.model, isScripted: false)
        guard command.row.withoutWord == nil, command != .close, tutor.resolved(command) == command
        else { continue }
        var answer = PlainAnswer()
        tutor.perform(command, &answer)
        #expect(answer.lines.first?.text == reason.sentence, "\(command)")
        #expect(answer.effects.isEmpty)
      }
    }
  }

  @Test("A key of an unavailable command shows the command's reason")
  func keyRefusals() throws {
    for stage in try KeyTableTests.stages() {
      for binding in KeyTable.bindings where binding.applies(to: stage.model) {
        guard let key = binding.keys.first, key != .escape,
          case .unavailable(let reason) = KeyTable.answer(to: key, stage.model)
        else { continue }
        var stage = stage
        stage.press(key)
        #expect(stage.model.notice?.remarks == [reason] || stage.model.notice == nil, "\(key)")
      }
    }
  }
}
