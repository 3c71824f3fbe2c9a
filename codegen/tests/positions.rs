//! Where the places of findings are in their files, as an editor counts: a catalog's text, with `‸` where
//! the place starts and where it ends.

use std::fs;
use std::ops::Range;
use std::path::Path;

use errbook_codegen::{Finding, Input, Position, Report, generate};

use crate::support::write;

/// What is said of one file, as bytes on disk.
fn report(bytes: &[u8]) -> Report {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(folder.path(), "a.toml", bytes);
    let input = Input::read(folder.path(), Path::new("a.toml"));
    generate(input).expect_err("it is wrong")
}

/// Where each finding is.
fn ranges(report: &Report) -> Vec<Range<Position>> {
    let positions = report.positions();
    let places = report.findings().iter().filter_map(Finding::location);
    places.map(|place| positions.of(place)).collect()
}

/// Something is wrong that starts at the one mark and ends before the other.
#[track_caller]
fn check(marked: &str, start: (usize, usize), end: (usize, usize)) {
    let parts: Vec<&str> = marked.split('‸').collect();
    let [before, place, after] = parts[..] else {
        panic!("there are two marks");
    };
    let report = report([before, place, after].concat().as_bytes());
    let told = ranges(&report);
    let told: Vec<_> = told
        .iter()
        .map(|range| [range.start, range.end].map(|at| (at.byte, at.line, at.column)))
        .collect();
    let bytes = [before.len(), before.len() + place.len()];
    let expected = [(bytes[0], start.0, start.1), (bytes[1], end.0, end.1)];
    assert!(
        told.contains(&expected),
        "{expected:?} is not of {told:?}\n{report}"
    );
}

#[test]
fn positions_are_those_of_the_file_on_disk() {
    check("‸wrong‸ = 1", (1, 1), (1, 6));
    check("\n\n\t‸wrong‸ = 1", (3, 2), (3, 7));
    check("[api]\n‸wrong‸ = 1\n", (2, 1), (2, 6));
    check("[api]\r\nid = 'a'\r\n‸wrong‸ = 1\r\n", (3, 1), (3, 6));
    // Nobody sees a byte order mark.
    check("\u{feff}‸wrong‸ = 1\r\n", (1, 1), (1, 6));
    check("\u{feff}# a\r\n\r\n‸wrong‸ = 1", (3, 1), (3, 6));
}

#[test]
fn columns_count_characters() {
    check("api = { title = '\t', ‸a‸ = 1 }", (1, 22), (1, 23));
    check("api = { title = 'é', ‸a‸ = 1 }", (1, 22), (1, 23));
    check("api = { title = '😀', ‸a‸ = 1 }", (1, 22), (1, 23));
    check(
        "api = { title = 'e\u{301}', ‸'é😀'‸ = 1 }",
        (1, 23),
        (1, 27),
    );
    // More than is counted at once, in several lines and in one.
    let long = "é\n".repeat(5000);
    check(
        &format!("api.title = \"\"\"{long}\"\"\"\napi.‸a‸ = 1"),
        (5002, 5),
        (5002, 6),
    );
    let long = "é😀".repeat(5000);
    check(
        &format!("api = {{ title = '{long}', ‸a‸ = 1 }}"),
        (1, 10_021),
        (1, 10_022),
    );
}

#[test]
fn spans_of_several_lines_and_at_the_end_have_positions() {
    check("api.id = ‸[\n  1,\n]‸", (1, 10), (3, 2));
    check("api.id = ‸[\r\n  1,\r\n]‸\r\n", (1, 10), (3, 2));
    check("‸‸", (1, 1), (1, 1));
    check("[api]\nid = [‸‸", (2, 7), (2, 7));
    check("[api]\r\nid = [‸‸\r\n", (2, 7), (2, 7));
}

#[test]
fn invalid_utf8_is_counted_in_bytes() {
    #[track_caller]
    fn check(file: &[u8], bytes: Range<usize>, line: usize, columns: Range<usize>) {
        let report = report(file);
        let [Range { start, end }] = ranges(&report)[..] else {
            panic!("{report}");
        };
        assert_eq!(
            (start.byte..end.byte, start.line),
            (bytes, line),
            "{report}"
        );
        assert_eq!(
            (start.column..end.column, end.line),
            (columns, line),
            "{report}"
        );
    }
    check(b"a = '\xff'", 5..6, 1, 6..7);
    check(b"\xef\xbb\xbfa = '\xff'", 8..9, 1, 6..7);
    check(b"# a\r\n# b\r\na = '\xf0\x9f\x98 \r\n\xff", 15..18, 3, 6..7);
    check(b"# \xf0\x9f\x98\x80\r\xe2\x82", 7..9, 1, 5..6);
}

#[test]
fn finding_without_a_text_names_its_file() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path();
    fs::create_dir_all(root.join("empty")).expect("it can be made");
    fs::create_dir_all(root.join("errbook.toml")).expect("it can be made");
    let check = |path: &str, expected: &[&str]| {
        let report = generate(Input::read(root, Path::new(path))).expect_err("there is nothing");
        let files = report.findings().iter();
        let files: Vec<_> = files.map(|finding| report.file(finding)).collect();
        let expected: Vec<_> = expected.iter().copied().map(Some).collect();
        assert_eq!(files, expected, "{report}");
    };
    check("none", &["errbook.toml", "none"]);
    fs::remove_dir(root.join("errbook.toml")).expect("it is there");
    check("none/a.toml", &["none/a.toml"]);
    check("empty", &["empty"]);
    check("empty/", &["empty"]);
    fs::create_dir_all(root.join("a.toml")).expect("it can be made");
    check("", &["."]);
}
