public import Testing

/// Every test that starts a run stands in an extension of this suite: one run at a time, so that
/// what a run leaves behind can be told from what another one still needs.
@Suite(.serialized)
public enum RunTests {}
