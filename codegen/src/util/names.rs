//! Names of files and folders: shown in messages, and valid on every system.

use std::ffi::OsStr;

use crate::util::characters::is_invisible;

/// Returns a path, or another text that a message contains, on one line. Characters that a terminal or a CI system
/// would act on are escaped as in Rust.
///
/// ```
/// use errbook_codegen::__private::printable;
///
/// assert_eq!(printable("docs/shop.md"), "docs/shop.md");
/// assert_eq!(printable("a\n::error::b\u{1b}[31m"), r"a\n::error::b\u{1b}[31m");
/// ```
pub fn printable(name: impl AsRef<OsStr>) -> String {
    let name = name.as_ref().to_string_lossy();
    let mut shown = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_control() {
            shown.extend(c.escape_default());
        } else if is_invisible(c) {
            shown.extend(c.escape_unicode());
        } else {
            shown.push(c);
        }
    }
    shown
}

/// Whether Windows reserves a name for a device, in whatever case and with whatever extension.
pub(crate) fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    let stem = stem.trim_end_matches(' ').to_lowercase();
    let number = stem.strip_prefix("com").or(stem.strip_prefix("lpt"));
    let is_numbered = number.is_some_and(|number| {
        let mut chars = number.chars();
        let is_digit = |c: char| c.is_ascii_digit() || matches!(c, '¹' | '²' | '³');
        chars.next().is_some_and(is_digit) && chars.next().is_none()
    });
    let names = ["con", "prn", "aux", "nul", "conin$", "conout$"];
    is_numbered || names.contains(&stem.as_str())
}

#[cfg(test)]
mod tests {
    use super::is_reserved;

    #[test]
    fn names_of_devices_are_reserved() {
        for name in [
            "con",
            "CON",
            "Prn",
            "aux.md",
            "nul.tar.gz",
            "COM1.x",
            "com0",
            "LPT9",
            "COM\u{b9}",
            "lpt\u{b3}.txt",
            "CONIN$",
            "conout$",
            "con .txt",
            "aux ",
        ] {
            assert!(is_reserved(name), "{name}");
        }
        for name in [
            "",
            "cons",
            "icon",
            "com",
            "com10",
            "lpt",
            "lptx",
            "conin",
            "a.con",
            "nul-1",
            "com\u{2074}",
        ] {
            assert!(!is_reserved(name), "{name}");
        }
    }
}
