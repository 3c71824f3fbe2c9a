//! Parts of items: documentation, braces, attributes.

/// Appends documentation, a comment for each line of Markdown.
pub(super) fn write_docs(out: &mut String, indent: &str, markdown: &str) {
    write_comments(out, &format!("{indent}///"), markdown);
}

/// Appends the documentation of a module.
pub(super) fn write_module_docs(out: &mut String, markdown: &str) {
    write_comments(out, "//!", markdown);
}

fn write_comments(out: &mut String, start: &str, markdown: &str) {
    for line in markdown.lines() {
        out.extend([start, " ", line]);
        out.truncate(out.trim_end_matches(' ').len());
        out.push('\n');
    }
}

/// Appends braces with lines between them, or `{}`.
pub(super) fn write_block(out: &mut String, indent: &str, write_lines: impl FnOnce(&mut String)) {
    out.push_str("{\n");
    let start = out.len();
    write_lines(out);
    if out.len() > start {
        out.push_str(indent);
    } else {
        out.pop();
    }
    out.push_str("}\n");
}

/// Appends a line of code. rustfmt would break one that is too long; then an attribute before the item tells it
/// not to.
pub(super) fn write_code(out: &mut String, indent: &str, code: &str) {
    const WIDTH: usize = 100;
    let wide = code.chars().filter(|char| !char.is_ascii()).count();
    if indent.len() + code.chars().count() + wide > WIDTH {
        out.extend([indent, "#[rustfmt::skip]\n"]);
    }
    out.extend([indent, code, "\n"]);
}

/// The title without its article: `The errors of the The API` would read badly.
pub(super) fn trim_article(title: &str) -> &str {
    title
        .strip_prefix("The ")
        .or_else(|| title.strip_prefix("the "))
        .unwrap_or(title)
}
