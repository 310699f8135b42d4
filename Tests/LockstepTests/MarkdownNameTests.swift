import Catalog
import Documents
import LessonKit
import SystemPackage
import TestTerminal
import Testing

@Suite("Markdown names")
struct MarkdownNameTests {
  @Test(
    "The tutor, folder walks and the check agree on the endings of Markdown files",
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
