internal import Catalog
extension Demo { var hasDelays: Bool { true } }
