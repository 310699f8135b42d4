import Testing

@testable import Events

@Suite("The next operation of a paused actor")
struct NextOperationTests {
  @Test("It packs into 32 bits and comes back as it was")
  func packed() {
    for kind in EventKind.allCases where kind != .unknown {
      for object in [nil, ObjectID(1), ObjectID(65_536)] {
        for reason in [nil] + WaitReason.allCases.map({ Optional($0) }) {
          let operation = NextOperation(kind, object, reason: reason)
          #expect(operation.packed != 0)
          #expect(NextOperation(packed: operation.packed) == operation)
        }
      }
    }
  }

  @Test("No number traps, and 0 is no operation")
  func unknown() {
    #expect(NextOperation(packed: 0) == nil)
    for shift in 0..<32 { _ = NextOperation(packed: .max >> UInt32(shift)) }
    #expect(NextOperation(packed: 0xFF00_0000) == nil)
  }
}
