/// Keeps a large value behind one reference, with copy-on-write.
///
/// A copy of the holder then costs one reference. Without it, each view copies some hundred fields
/// of the model or the run, and the code for these copies makes the release build slow.
@propertyWrapper
package struct Boxed<Value: Sendable>: Sendable {
  // `@unchecked Sendable`: the value is written only through a unique reference, so no two holders
  // share storage that changes.
  private final class Storage: @unchecked Sendable {
    var value: Value
    init(_ value: Value) { self.value = value }
  }

  private var storage: Storage

  package init(wrappedValue: Value) { storage = Storage(wrappedValue) }

  package var wrappedValue: Value {
    get { storage.value }
    _modify {
      if !isKnownUniquelyReferenced(&storage) { storage = Storage(storage.value) }
      yield &storage.value
    }
  }
}
