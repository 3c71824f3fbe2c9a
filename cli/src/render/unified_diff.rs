//! Unified diffs between files and the texts that they should contain, limited to what a person would read.

use std::io::{self, Write};
use std::ops::Range;
use std::time::{Duration, Instant};

use clap::builder::styling::Style;
use similar::{Algorithm, ChangeTag, DiffOp};

use errbook_codegen::__private::printable;

use crate::console::{CODE, NEW, OLD, STRONG, count, join};

/// The maximum number of lines for one file.
const MAX_LINES_OF_FILE: usize = 60;

/// The maximum number of lines for all files.
const MAX_LINES: usize = 400;

/// The maximum number of characters of a line.
const MAX_LINE_LENGTH: usize = 400;

/// The maximum size of a file that is compared.
const MAX_FILE_SIZE: usize = 16 << 20;

/// The maximum number of lines, from the first different line to the last, that are compared. The comparison
/// takes quadratic time, and stack.
const MAX_COMPARED: usize = 2_000;

/// The number of unchanged lines around a change.
const CONTEXT: usize = 3;

/// The maximum time. After it, the rest of the texts counts as different.
const TIME: Duration = Duration::from_secs(2);

/// Writes the diffs of several files, within the limits.
pub(crate) struct DiffPrinter {
    /// The number of lines that remain.
    left: usize,
    deadline: Instant,
    /// The number of files that were skipped.
    skipped: usize,
}

impl DiffPrinter {
    pub(crate) fn new() -> Self {
        Self {
            left: MAX_LINES,
            deadline: Instant::now() + TIME,
            skipped: 0,
        }
    }

    /// Writes the diff between a file, which `read` reads, and the text that it should contain.
    pub(crate) fn write(
        &mut self,
        out: &mut impl Write,
        name: &str,
        read: impl FnOnce() -> io::Result<Vec<u8>>,
        text: &str,
    ) -> io::Result<()> {
        if self.left == 0 {
            self.skipped += 1;
            return Ok(());
        }
        let name = escaped(name);
        writeln!(out, "{STRONG}--- {name}{STRONG:#}")?;
        writeln!(out, "{STRONG}+++ as generated{STRONG:#}")?;
        let bytes = match read() {
            Ok(bytes) => bytes,
            Err(error) => return writeln!(out, "{CODE}@@ {error} @@{CODE:#}"),
        };
        if bytes.len().max(text.len()) > MAX_FILE_SIZE {
            let size = count(bytes.len(), "byte", "bytes");
            return writeln!(out, "{CODE}@@ too large to be compared: {size} @@{CODE:#}");
        }
        let Ok(old) = String::from_utf8(bytes) else {
            return writeln!(out, "{CODE}@@ not a text @@{CODE:#}");
        };
        let (lines, more) = compare(&old, text, self.deadline);
        let shown = lines.len().min(MAX_LINES_OF_FILE).min(self.left);
        for (style, line) in &lines[..shown] {
            writeln!(out, "{style}{line}{style:#}")?;
        }
        self.left -= shown;
        let rest = match lines.len() - shown {
            _ if more => "more".to_owned(),
            0 => return Ok(()),
            rest => count(rest, "more line", "more lines"),
        };
        writeln!(out, "{CODE}@@ and {rest}, not shown @@{CODE:#}")
    }

    /// Writes the number of skipped files.
    pub(crate) fn finish(self, out: &mut impl Write) -> io::Result<()> {
        match self.skipped {
            0 => Ok(()),
            more => writeln!(
                out,
                "{CODE}@@ and {}, not shown @@{CODE:#}",
                count(more, "more changed file", "more changed files")
            ),
        }
    }
}

/// Returns the lines of a unified diff, and whether the diff is incomplete.
fn compare(old: &str, new: &str, deadline: Instant) -> (Vec<(Style, String)>, bool) {
    let [old, new] = [old, new].map(|text| text.split_inclusive('\n').collect::<Vec<_>>());
    let same = old.iter().zip(&new).take_while(|(old, new)| old == new);
    let start = same.count();
    let ends = old[start..].iter().rev().zip(new[start..].iter().rev());
    let same_end = ends.take_while(|(old, new)| old == new).count();
    let start = start.saturating_sub(CONTEXT);
    let part = |lines: &[&str]| {
        let end = lines.len() - same_end.saturating_sub(CONTEXT);
        start..end.min(start + MAX_COMPARED)
    };
    let (old_part, new_part) = (part(&old), part(&new));
    let cut = old_part.len().max(new_part.len()) == MAX_COMPARED;
    let ops = similar::capture_diff_slices_deadline(
        Algorithm::Myers,
        &old[old_part],
        &new[new_part],
        Some(deadline),
    );
    let mut hunks = similar::group_diff_ops(ops, CONTEXT);
    // The last hunk may only be different because the texts were cut there.
    if cut && hunks.len() > 1 {
        hunks.pop();
    }
    let lines = hunks
        .iter()
        .flat_map(|hunk| hunk_lines(hunk, &old[start..], &new[start..], start));
    (lines.collect(), cut)
}

/// Returns the header and the lines of a hunk. `old` and `new` begin after `start` common lines.
fn hunk_lines(hunk: &[DiffOp], old: &[&str], new: &[&str], start: usize) -> Vec<(Style, String)> {
    let place = |range: fn(&DiffOp) -> Range<usize>| {
        let first = hunk.first().map_or(0, |op| range(op).start);
        let length = hunk.last().map_or(0, |op| range(op).end) - first;
        match length {
            // Nothing, after the line with this number, as diff writes it.
            0 => format!("{},0", start + first),
            1 => format!("{}", start + first + 1),
            _ => format!("{},{length}", start + first + 1),
        }
    };
    let places = (place(DiffOp::old_range), place(DiffOp::new_range));
    let mut lines = vec![(CODE, format!("@@ -{} +{} @@", places.0, places.1))];
    let mut push = |sign: char, style: Style, line: &str| {
        let text = line.strip_suffix('\n');
        lines.push((style, format!("{sign}{}", escaped(text.unwrap_or(line)))));
        if text.is_none() {
            lines.push((style, "\\ No newline at end of file".to_owned()));
        }
    };
    for (tag, part) in hunk.iter().flat_map(|op| op.iter_slices(old, new)) {
        let (sign, style) = match tag {
            ChangeTag::Equal => (' ', Style::new()),
            ChangeTag::Delete => ('-', OLD),
            ChangeTag::Insert => ('+', NEW),
        };
        for line in part {
            push(sign, style, line);
        }
    }
    lines
}

/// Escapes control characters in a line, and cuts it.
fn escaped(line: &str) -> String {
    let start: String = line.chars().take(MAX_LINE_LENGTH).collect();
    let mut shown = join(start.split('\t').map(printable), "\t");
    if line.chars().nth(MAX_LINE_LENGTH).is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;
    use std::io;

    use super::{DiffPrinter, MAX_FILE_SIZE, MAX_LINE_LENGTH, MAX_LINES, MAX_LINES_OF_FILE};

    /// What is shown of files, without colours.
    fn shown(files: &[(&[u8], &str)]) -> String {
        let mut differences = DiffPrinter::new();
        let mut out = anstream::StripStream::new(Vec::new());
        for (old, new) in files {
            let read = || Ok(old.to_vec());
            let shown = differences.write(&mut out, "docs/shop.md", read, new);
            shown.expect("a vector takes everything");
        }
        differences
            .finish(&mut out)
            .expect("a vector takes everything");
        String::from_utf8(out.into_inner()).expect("it is a text")
    }

    /// So many lines, all of them different.
    fn lines(word: &str, number: usize) -> String {
        (0..number).fold(String::new(), |mut text, line| {
            let _ = writeln!(text, "{word} {line}");
            text
        })
    }

    #[track_caller]
    fn check(old: &[u8], new: &str, expected: &str) {
        let head = "--- docs/shop.md\n+++ as generated\n";
        assert_eq!(shown(&[(old, new)]), head.to_owned() + expected);
    }

    #[test]
    fn diff_contains_context() {
        check(
            b"1\n2\n3\n4\n5\nold\n6\n7\n8\n9\n",
            "1\n2\n3\n4\n5\nnew\n6\n7\n8\n9\n",
            "@@ -3,7 +3,7 @@\n 3\n 4\n 5\n-old\n+new\n 6\n 7\n 8\n",
        );
        check(b"", "new\n", "@@ -0,0 +1 @@\n+new\n");
        check(
            b"a",
            "a\n",
            "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n",
        );
        // Different line ends, as after a checkout on Windows.
        check(b"a\r\n", "a\n", "@@ -1 +1 @@\n-a\\r\n+a\n");
    }

    #[test]
    fn change_in_large_file_is_found() {
        let large = lines("same", 100_000);
        let [old, new] = ["1\n", "2\n3\n"].map(|middle| format!("{large}{middle}{large}"));
        check(
            old.as_bytes(),
            &new,
            "@@ -99998,7 +99998,8 @@\n same 99997\n same 99998\n same 99999\n-1\n+2\n+3\n same 0\n same 1\n same 2\n",
        );
        // From the first to the last line that differs it is more than is compared.
        let [old, new] = ["1\n", "2\n3\n"].map(|part| format!("{part}{large}{part}"));
        check(
            old.as_bytes(),
            &new,
            "@@ -1,4 +1,5 @@\n-1\n+2\n+3\n same 0\n same 1\n same 2\n@@ and more, not shown @@\n",
        );
    }

    #[test]
    fn control_characters_and_binary_files_are_not_printed() {
        check(b"\xff\n", "a\n", "@@ not a text @@\n");
        check(
            b"\x1b[2Jold\x07\n",
            "a\n",
            "@@ -1 +1 @@\n-\\u{1b}[2Jold\\u{7}\n+a\n",
        );
        let long = "x".repeat(MAX_LINE_LENGTH + 1);
        let cut = &long[..MAX_LINE_LENGTH];
        check(
            long.as_bytes(),
            "x\n",
            &format!("@@ -1 +1 @@\n-{cut}…\n\\ No newline at end of file\n+x\n"),
        );
        let large = vec![b'\n'; MAX_FILE_SIZE + 1];
        check(
            &large,
            "x\n",
            &format!(
                "@@ too large to be compared: {} bytes @@\n",
                MAX_FILE_SIZE + 1
            ),
        );
        let mut out = Vec::new();
        let gone = || Err(io::Error::from(io::ErrorKind::NotFound));
        let shown = DiffPrinter::new().write(&mut out, "a.md", gone, "x");
        shown.expect("a vector takes everything");
        assert!(String::from_utf8_lossy(&out).contains("@@ entity not found @@"));
    }

    #[test]
    fn diff_is_limited() {
        let [old, new] = ["old", "new"].map(|word| lines(word, 100));
        let text = shown(&[(old.as_bytes(), &new)]);
        // The limit does not count the header of the file and the last line.
        assert_eq!(text.lines().count(), MAX_LINES_OF_FILE + 3);
        assert!(
            text.ends_with("\n@@ and 141 more lines, not shown @@\n"),
            "{text}"
        );

        let files = vec![(old.as_bytes(), new.as_str()); 10];
        let text = shown(&files);
        let full = MAX_LINES.div_ceil(MAX_LINES_OF_FILE);
        assert_eq!(text.matches("--- docs/shop.md").count(), full);
        assert_eq!(text.lines().count(), MAX_LINES + 3 * full + 1);
        let rest = format!("\n@@ and {} more changed files, not shown @@\n", 10 - full);
        assert!(text.ends_with(&rest), "{text}");
    }

    /// Compared as they are, these would take minutes, or all of the stack.
    #[test]
    fn comparison_without_common_lines_is_fast() {
        let text = |seed: u32| {
            (0..200_000_u32).fold(String::new(), |mut text, line| {
                let _ = writeln!(text, "{}", line.wrapping_mul(seed) % 5_000);
                text
            })
        };
        let shown = shown(&[(text(2_654_435_761).as_bytes(), &text(40_503))]);
        assert!(shown.ends_with("\n@@ and more, not shown @@\n"), "{shown}");
    }
}
