@testable import LessonKit

/// A document in each of the other markup languages.
enum MarkupSamples {
  static let restructuredText = """
    ================
    Harbour handbook
    ================

    .. _harbour:

    :Author: Ida Brandt
    :Version: 2

    Read :ref:`mooring <moor>` first, then ``tide()`` and :func:`~sea.wave`.
    *Calm* days, **rough** days and `the chart <https://sea.example/chart>`_.
    See gulls_ and [1]_, at 3*4 and snake_case.

    .. _gulls: https://sea.example/gulls
    .. [1] A note on gulls.

    Mooring
    =======

    Ropes::

      tie(rope)
          knot

    .. note::

       Wet ropes slip.

       - twice
       - often

    .. warning:: Mind the gap,
       always.

    .. versionadded:: 3.4
       Faster knots.

    .. code-block:: python
       :linenos:
       :caption: winch.py

       import winch

       winch.turn(3)

    Then rest. A table:

    ====== =====
    rope   metre
    ====== =====
    blue   12
    red    7
    ====== =====

    +-----+-----+
    | a   | b   |
    +-----+-----+

    Signals
    -------

    #. Look.
    #. Wave the flag.

       Twice.

    * port
    * starboard

      * inner

    hawser
       A thick rope.

    | Two short
    | lines.

    .. a comment for sailors

    .. function:: heave(rope, force=1)

       Pull the *rope*.

    .. figure:: pier.png
       :alt: The pier

       The old pier.

    >>> heave(1)
    True

    The end.
    """

  static let org = """
    #+TITLE: Baking bread
    #+AUTHOR: Ola Nord
    #+OPTIONS: toc:nil

    Before /everything/, read [[https://bread.example/flour][about flour]] and [fn:1].

    * TODO Flour :grain:wheat:
    :PROPERTIES:
    :WEIGHT: 500
    :END:
    Use *strong* flour, =sieve()= it, ~twice~ and +never+ rarely.
    ** Kinds
    - rye
      - dark
    - wheat :: the common one
    1. mill
    2. sift

    #+BEGIN_SRC python
    def sieve():
        return 1
    ,* not a heading
    #+END_SRC

    : fixed width

    #+begin_quote
    Bread needs time.
    #+end_quote

    | kind | gram |
    |------+------|
    | rye  |  300 |

    # a hidden remark
    * Water
    Warm, see [[Flour]].
    [fn:1] The footnote.
    """

  static let asciiDoc = """
    = Clock repair
    Uma Reyes <uma@clock.example>
    :toc:
    :shop: https://clock.example

    Intro with *bold*, _soft_ and `code()`, {shop}[the shop].

    == Tools

    .A list of tools
    * file
    ** round file
    * hammer
    +
    A heavy one.

    Then:

    . first
    . second

    [source,python]
    ----
    tick = 1
    # tock
    ----

    NOTE: Careful with springs.

    [WARNING]
    ====
    They jump.

    Far away.
    ====

    === Oils

    thin oil:: for pivots
    thick oil::
    for springs

    |===
    |Oil |Price

    |thin |3
    |thick |4
    |===

    [quote,Old master]
    ____
    Time flies.
    ____

    // a private remark
    image::clock.png[The clock]

    == Parts

    See <<Tools,the tools>> and footnote:[Rarely needed.]
    """

  static let notebook = """
    {"cells": [
      {"cell_type": "markdown", "metadata": {}, "source": ["# Waves\\n", "\\n", "Some *text*."]},
      {"cell_type": "code", "execution_count": 1, "metadata": {},
       "source": ["import math\\n", "print(math.pi)"],
       "outputs": [{"output_type": "stream", "name": "stdout", "text": ["3.14159\\n"]},
         {"output_type": "display_data", "data": {"image/png": "aGVsbG8=",
          "text/plain": ["<Figure>"]}}]},
      {"cell_type": "markdown", "metadata": {}, "source": "## Shells\\n\\n```\\nopen fence"},
      {"cell_type": "code", "metadata": {}, "source": "%%bash\\nls", "outputs": [
        {"output_type": "error", "ename": "OSError", "evalue": "no shell",
         "traceback": ["\\u001b[0;31mOSError\\u001b[0m: no shell"]}]},
      {"cell_type": "raw", "metadata": {}, "source": "raw words"}
     ],
     "metadata": {"kernelspec": {"language": "python", "name": "python3"}},
     "nbformat": 4, "nbformat_minor": 5}
    """

  /// Blocks of a format, for documents in random order. Words that begin with `text` are not code, and
  /// words that begin with `code` are. A percent sign is a number that differs in each block.
  static func pieces(of markup: Markup) -> [String] {
    switch markup {
    case .org:
      [
        "Some text% here.", "* Head%", "| cell% | b |\n| c | d |",
        "| a | b |\n|---+---|\n| cell% | d |", "| ``` | cell% |", ": code%", ":",
        "#+RESULTS:\n: code%", "#+RESULTS:", "#+begin_example\ncode%\n   x\n#+end_example",
        "#+begin_src c\ncode%\n\nx\n#+end_src", "#+begin_quote\ntext%\n#+end_quote",
        "#+begin_note\ntext%\n#+end_note", "- text%", "  - text%\n    more", "# text%",
      ]
    case .restructuredText:
      [
        "Some text% here.", "Head%\n======", "- text%", "   word%",
        "====== =====\na      b\n====== =====\ncell% d\n====== =====",
        "====== =====\ncell% d\n====== =====", "+-------+\n| cell% |\n+-------+",
        "Some text%::\n\n   code%", "Some text%::\n   code%", ">>> code%\n``` 1\n",
        ">>> code%\n.. note:: text%", ".. note:: text%", ".. note:: text%\n   text%",
        ".. note::\n\n   text%", ".. code-block:: c\n\n   code%", ".. image:: x.png", "..",
        ":Name: A. text%", "\n:Name: >>> code%\n", "\n-o FILE  >>> code%\n",
        "\n- >>> code%\n", "\na) .. note:: text%", "\n:Name: .. note:: text%\n          more",
        "term%\n   text%", "| text%",
      ]
    case .asciiDoc:
      [
        "Some text% here.", "== Head%", "* text%", "|===\n|cell% |b\n|===",
        "|===\n|a |b\n\n|cell% |d\n|===", "|===\na|``` cell%\n```\n|===", "----\ncode%\n----",
        "[source,c]\n----\ncode%\n\n----", "....\n```\ncode%\n....", "```\ncode%\n```",
        "NOTE: text%", "NOTE: text%\ntext%", "[NOTE]\n====\ntext%\n====", "____\ntext%\n____",
        ".Some text%", "// text%", "* text%\n+\nMore text%.", "\n code%\n----\ncode%\n----",
        "\n[source,c]\ncode%\n----\ncode%\n----",
      ]
    case .notebook: []
    }
  }
}
