internal import LessonKit
internal import RunViews
internal import Screen
internal import Testing

@testable import Tutor

@Suite("The palette and the contents")
struct PaletteTests {
  /// What a command depends on. Each situation is tried once, because many stages share one.
  private struct Situation: Hashable {
    let command: Command
    let scope: Binding.Scope
    let focus: PaneID
    let isLive: Bool?
    let isRewound: Bool?

    init(_ command: Command, in model: Model) {
      self.command = command
      scope = model.scope
      focus = model.focus
      isLive = model.session?.isLive
      isRewound = model.session?.isRewound
    }
  }

  @Test("The palette lists every command of the panes once, with its keys, but no movement")
  func complete() throws {
    let model = try Stage().model
    let picker = Picker.palette(model)
    let shown = picker.items.compactMap { item in
      if case .command(let command) = item.choice { command } else { nil }
    }
    let wanted = Set(KeyTable.bindings.filter { $0.scopes.contains(.panes) }.map(\.command))
    #expect(Set(shown) == wanted.subtracting([.palette]).filter { !$0.isMovement })
    #expect(!shown.contains(.move(1)) && !shown.contains(.page(1)) && !shown.contains(.nextPane))
    #expect(Set(shown).count == shown.count)
    for item in picker.items { #expect(item.lead.columns > 0 && !item.title.isEmpty) }
  }

  @Test("A command does the same from the palette as by its key")
  func sameAsKey() throws {
    var tried: Set<Situation> = []
    for stage in try KeyTableTests.stages() where stage.model.scope == .panes {
      for binding in Picker.commands where binding.availability(stage.model) == .now {
        guard tried.insert(Situation(binding.command, in: stage.model)).inserted else { continue }
        guard binding.applies(to: stage.model), let key = binding.keys.first,
          case .command(let command) = KeyTable.answer(to: key, stage.model),
          command == binding.command
        else { continue }
        var byKey = stage
        byKey.press(key)
        var byPalette = stage
        byPalette.press(.character(":"))
        byPalette.send(.input(.paste(binding.doc)))
        byPalette.press(.enter)
        #expect(byPalette.effects == byKey.effects, "\(binding.doc)")
        #expect(byPalette.model.scope == byKey.model.scope, "\(binding.doc)")
        #expect(byPalette.model.place == byKey.model.place, "\(binding.doc)")
        #expect(byPalette.model.focus == byKey.model.focus, "\(binding.doc)")
      }
    }
  }

  @Test("An unavailable command says why, in the palette and when it is chosen")
  func unavailable() throws {
    var stage = try Stage()
    stage.press(.character(":"))
    stage.type("stop the run")
    #expect(stage.picture.contains("nothing is running"))
    stage.press(.enter)
    #expect(stage.effects.isEmpty)
    #expect(stage.picture.contains("! nothing is running"))
  }

  @Test("The palette ranks matches: beginnings of words, then parts, then letters")
  func ranks() throws {
    var stage = try Stage()
    stage.press(.character(":"))
    stage.type("zzz")
    guard case .palette(let none) = stage.model.layer else {
      Issue.record("something else is open")
      return
    }
    #expect(none.matches.isEmpty)
    #expect(stage.picture.contains("Nothing matches."))
    stage.press(.control("u"))
    stage.type("pane whole")
    guard case .palette(let words) = stage.model.layer else {
      Issue.record("something else is open")
      return
    }
    #expect(words.selected?.choice == .command(.zoom))
  }

  @Test("The contents open any step, and typing finds a step by its title")
  func contents() throws {
    var stage = try Stage(lesson: 4, step: 1)
    stage.press(.character("t"))
    stage.type("amdahl")
    stage.press(.enter)
    let title = stage.model.step?.title ?? ""
    #expect(title.lowercased().contains("amdahl"))
    #expect(stage.model.layer == nil && stage.model.focus == .lesson)
  }

  @Test("A slash in the lesson list opens the contents to find a step")
  func fromList() throws {
    var stage = try Stage()
    stage.press(.character("L"), .character("/"))
    #expect(stage.model.scope == .contents)
  }

  @Test("A click selects a row, a second click chooses it, and a click outside closes the layer")
  func clicks() throws {
    var stage = try Stage(lesson: 1, step: 1)
    stage.press(.character("t"))
    let rect = Model.inside(stage.model.layerRect)
    let row = Point(x: rect.x + 4, y: rect.y + Picker.headRows + 4)
    stage.send(.input(.mouse(Mouse(row, .press))))
    guard case .contents(let picker) = stage.model.layer else {
      Issue.record("something else is open")
      return
    }
    #expect(picker.selection == 4)
    stage.send(.input(.mouse(Mouse(row, .press))))
    #expect(stage.model.layer == nil && stage.model.place == StepPlace(lesson: 0, step: 3))
    stage.press(.character("L"))
    stage.send(.input(.mouse(Mouse(Point(x: 0, y: 0), .press))))
    #expect(stage.model.layer == nil)
  }

  @Test("A click on a hint in the footer does the same as its key")
  func footer() throws {
    var tried: Set<Situation> = []
    for stage in try KeyTableTests.stages() where stage.model.scope != .search {
      let hints = KeyTable.hints(stage.model)
      let places = stage.model.footerHints.layout(in: stage.model.layout.footer)
      for (place, hint) in zip(places, hints) {
        guard tried.insert(Situation(hint.command, in: stage.model)).inserted else { continue }
        guard
          let row = KeyTable.bindings.first(where: {
            $0.command == hint.command && $0.applies(to: stage.model)
              && $0.availability(stage.model) == .now
          }),
          let key = row.keys.first(where: {
            if case .command(row.command) = KeyTable.answer(to: $0, stage.model) {
              true
            } else {
              false
            }
          })
        else {
          Issue.record("no key for \(hint.hint)")
          continue
        }
        var byMouse = stage
        byMouse.send(.input(.mouse(Mouse(place.rect.origin, .press))))
        var byKey = stage
        byKey.send(.input(.key(key)))
        #expect(byMouse.picture == byKey.picture, "\(hint.hint)")
      }
    }
  }
}
