//! Paths from the root of a repository, with `/`; the root itself is the empty path.

use std::io;
use std::path::{Component, Path};

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
    use super::from_root;

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
