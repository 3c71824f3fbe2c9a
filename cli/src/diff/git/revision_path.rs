//! A revision and a path as the command line names them, and paths from the root of a repository.
//!
//! Paths are separated by `/`; the root itself is the empty path.

use std::io;
use std::path::{Component, Path};

/// The parts of `REV[:PATH]`.
pub(crate) struct RevisionSpec<'a> {
    pub(super) revision: &'a str,
    pub(super) path: Option<&'a str>,
}

impl<'a> RevisionSpec<'a> {
    /// # Errors
    ///
    /// The text names no revision.
    pub(crate) fn new(text: &'a str) -> io::Result<Self> {
        // A colon in braces belongs to the revision, as in `main@{2026-01-01 10:00}`.
        let mut depth = 0_u32;
        let colon = text.find(|c| {
            match c {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            c == ':' && depth == 0
        });
        let (revision, path) = match colon {
            Some(colon) => (&text[..colon], Some(&text[colon + 1..])),
            None => (text, None),
        };
        if revision.is_empty() {
            return Err(io::Error::other(format!(
                "`git:{text}` names no revision; write git:REV or git:REV:PATH, such as git:HEAD"
            )));
        }
        Ok(Self {
            revision,
            path: path.filter(|path| !path.is_empty()),
        })
    }
}

/// Returns a path from the root of the repository. As in git, `./` and `../` start at the folder with this
/// prefix.
pub(super) fn from_root(prefix: &str, path: &str) -> io::Result<String> {
    let relative = path == "." || path.starts_with("./") || path.starts_with("../") || path == "..";
    let whole = if relative {
        format!("{prefix}{path}")
    } else {
        path.to_owned()
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in Path::new(&whole).components() {
        let inside = match part {
            Component::CurDir => true,
            Component::ParentDir => parts.pop().is_some(),
            Component::Normal(part) => {
                parts.extend(part.to_str());
                true
            }
            Component::RootDir | Component::Prefix(_) => false,
        };
        if !inside {
            return Err(io::Error::other(format!(
                "`{path}` leads out of the repository; paths start at its root, or with `./` at the folder of the project"
            )));
        }
    }
    Ok(parts.join("/"))
}

/// Returns the path of a folder with a `/` at the end, as prefixes have it; the root is empty.
pub(super) fn as_prefix(path: &str) -> String {
    match path {
        "" => String::new(),
        path => format!("{path}/"),
    }
}

/// Returns a path in the project from the root of the repository.
pub(super) fn below(prefix: &str, path: &Path) -> String {
    format!("{prefix}{}", path.to_string_lossy().replace('\\', "/"))
}

/// Returns a path for people; the root is `.`.
pub(super) fn display_path(path: &str) -> &str {
    if path.is_empty() { "." } else { path }
}

#[cfg(test)]
mod tests {
    use super::{RevisionSpec, from_root};

    #[test]
    fn path_starts_after_the_first_colon_outside_of_the_revision() {
        #[track_caller]
        fn check(text: &str, revision: &str, path: Option<&str>) {
            let spec = RevisionSpec::new(text).expect("it names a revision");
            assert_eq!((spec.revision, spec.path), (revision, path));
        }
        check("HEAD", "HEAD", None);
        check("main~2:catalog", "main~2", Some("catalog"));
        check("v1.0:sub/dir/shop.toml", "v1.0", Some("sub/dir/shop.toml"));
        check("HEAD:", "HEAD", None);
        check("HEAD:a:b", "HEAD", Some("a:b"));
        check(
            "main@{2026-01-01 10:00}:x",
            "main@{2026-01-01 10:00}",
            Some("x"),
        );
        check("HEAD^{/fix: it}", "HEAD^{/fix: it}", None);
        assert!(RevisionSpec::new("").is_err());
        assert!(RevisionSpec::new(":catalog").is_err());
    }

    #[test]
    fn path_starts_at_root_unless_relative() {
        #[track_caller]
        fn check(path: &str, expected: Option<&str>) {
            assert_eq!(from_root("api/", path).ok().as_deref(), expected);
        }
        check("catalog", Some("catalog"));
        check("catalog/", Some("catalog"));
        check("./catalog", Some("api/catalog"));
        check(".", Some("api"));
        check("../catalog", Some("catalog"));
        check("a/./b/../c", Some("a/c"));
        check("../../catalog", None);
        check("a/../../catalog", None);
        check("/etc", None);
    }
}
