//! Parts of texts, and their lines and columns.

use std::ops::Range;

use crate::source::Source;

/// A part of a catalog's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The index of the source in the report.
    pub source: usize,
    /// Bytes of the source's text.
    pub span: Range<usize>,
}

impl Location {
    pub(crate) fn new(source: usize, span: Range<usize>) -> Self {
        Self { source, span }
    }
}

/// A position in a file, as an editor shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Position {
    /// Bytes of the file before it, as the file is on disk: with its byte order mark and its line ends.
    pub byte: usize,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters (Unicode scalar values); a byte order mark is none.
    pub column: usize,
}

/// The positions of a report's places. The lines of each file are looked for once, so that a great
/// many places are found quickly.
#[derive(Debug)]
pub struct Positions<'a> {
    texts: Vec<LineIndex<'a>>,
}

impl<'a> Positions<'a> {
    pub(crate) fn new(sources: &'a [Source]) -> Self {
        Self {
            texts: sources.iter().map(LineIndex::new).collect(),
        }
    }

    /// Where a place starts, and where it ends: before the end.
    ///
    /// # Panics
    ///
    /// When the place is another report's and not in these texts.
    pub fn of(&self, place: &Location) -> Range<Position> {
        let lines = &self.texts[place.source];
        lines.position(place.span.start)..lines.position(place.span.end)
    }
}

/// A source and where its lines start.
#[derive(Debug)]
pub(crate) struct LineIndex<'a> {
    pub(crate) source: &'a Source,
    starts: Vec<usize>,
    /// The characters before each block of the text, and in all of it: a line may be as long as a file.
    characters: Vec<usize>,
}

/// The bytes of a block.
const BLOCK: usize = 4096;

/// How many characters start in these bytes of UTF-8.
fn characters(bytes: &[u8]) -> usize {
    let continues = |byte: u8| byte & 0b1100_0000 == 0b1000_0000;
    bytes.iter().filter(|byte| !continues(**byte)).count()
}

impl<'a> LineIndex<'a> {
    pub(crate) fn new(source: &'a Source) -> Self {
        let text = source.text();
        let ends = text.match_indices('\n').map(|(end, _)| end + 1);
        let mut before = vec![0];
        for block in text.as_bytes().chunks(BLOCK) {
            before.push(before[before.len() - 1] + characters(block));
        }
        Self {
            source,
            starts: std::iter::once(0).chain(ends).collect(),
            characters: before,
        }
    }

    /// The number of the line that a byte is in, from 1, and where the line starts.
    pub(crate) fn line(&self, at: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= at);
        (line, self.starts[line - 1])
    }

    /// Where the line of a byte ends, its line end included.
    pub(crate) fn line_end(&self, at: usize) -> usize {
        let (line, _) = self.line(at);
        self.starts
            .get(line)
            .copied()
            .unwrap_or(self.source.text().len())
    }

    pub(crate) fn position(&self, at: usize) -> Position {
        let (line, start) = self.line(at);
        Position {
            byte: self.source.in_file(at),
            line,
            column: self.characters_before(at) - self.characters_before(start) + 1,
        }
    }

    fn characters_before(&self, at: usize) -> usize {
        let block = at / BLOCK;
        let rest = &self.source.text().as_bytes()[block * BLOCK..at];
        self.characters[block] + characters(rest)
    }
}
