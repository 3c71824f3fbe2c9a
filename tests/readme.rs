//! What the READMEs quote is what stands in the catalogs, and what they make up is accepted.

use std::fs;
use std::path::Path;

use errbook_codegen::{Source, generate};

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(path).expect("the file can be read")
}

/// The blocks of TOML in a Markdown text.
fn blocks(markdown: &str) -> Vec<&str> {
    markdown
        .split("```toml\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap_or_default())
        .collect()
}

#[test]
fn rows_that_the_format_quotes_stand_in_their_catalogs() {
    let text = read("catalog/README.md");
    let (mut quoted, mut whole) = (0, 0);
    for block in blocks(&text) {
        if let Some((catalog, rows)) = block
            .strip_prefix("# ")
            .and_then(|rest| rest.split_once('\n'))
        {
            assert!(
                read(catalog).contains(rows),
                "{catalog} does not hold\n{rows}"
            );
            quoted += 1;
        } else {
            generate(&[Source::new("README.md", block)])
                .unwrap_or_else(|report| panic!("{report}"));
            whole += 1;
        }
    }
    assert!(quoted > 15 && whole > 0, "{quoted} quoted, {whole} whole");
}

#[test]
fn the_row_on_the_first_page_stands_in_its_catalog() {
    let text = read("README.md");
    assert!(read("catalog/converso.toml").contains(blocks(&text)[0]));
}
