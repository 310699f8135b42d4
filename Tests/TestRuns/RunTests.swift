public import Testing

/// The suite of all tests that start a run. Only one run exists at a time, so that a test can check
/// what its run leaves behind.
@Suite(.serialized)
public enum RunTests {}
