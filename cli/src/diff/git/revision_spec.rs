//! A revision and a path as the command line names them.

use std::io;

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

#[cfg(test)]
mod tests {
    use super::RevisionSpec;

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
}
