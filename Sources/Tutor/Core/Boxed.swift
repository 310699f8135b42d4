/// Keeps a large value behind one reference, with copy-on-write.
///
/// A copy of what holds it then costs one reference. Without it each view that holds a model or a
/// run copies some hundred fields, and the code for these copies is most of what there is to compile.
@propertyWrapper
struct Boxed<Value: Sendable>: Sendable {
  // Only a unique reference is written through, so that no two values share what changes.
  private final class Storage: @unchecked Sendable {
    var value: Value
    init(_ value: Value) { self.value = value }
  }

  private var storage: Storage

  init(wrappedValue: Value) { storage = Storage(wrappedValue) }

  var wrappedValue: Value {
    get { storage.value }
    _modify {
      if !isKnownUniquelyReferenced(&storage) { storage = Storage(storage.value) }
      yield &storage.value
    }
  }
}
