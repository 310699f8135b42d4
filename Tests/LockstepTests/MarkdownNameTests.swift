import Catalog
import Documents
import LessonKit
import SystemPackage
import TestTerminal
import Testing

@Suite("A name of Markdown")
struct MarkdownNameTests {
  @Test(
    "is one to the tutor, to a walk and to the check alike",
    arguments: ["md", "markdown", "mdown", "mkd", "mkdn", "mdx", "qmd", "rmd", "MD"])
  func endings(ending: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("*a* [b](#gone)", to: "a.\(ending)")
    try folder.write("*a* [b](a.\(ending)#gone)", to: "b.md")
    #expect(try FolderWalk(FilePath(folder.path)).documents.count == 2)
    let run = try Program("check", folder.path)
    #expect(run.lines.count { $0.contains("has the anchor #gone") } == 2, "\(run.standardOutput)")
    let lessons = try CourseLoader(catalog: DemoCatalog(cores: 1)).lessons(
      name: "a.\(ending)", text: "*a*")
    #expect(lessons[0].steps[0].blocks == [.paragraph([.emphasis([.text("a")])])])
  }
}
