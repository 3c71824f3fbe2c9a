//! What `new` has done, and what the user has to do next.

use std::path::Path;

/// The output of `new`.
pub(super) struct CreationSummary {
    /// The first line.
    pub(super) title: String,
    /// The path of the catalog from the folder of the package, as all paths here.
    pub(super) catalog: String,
    pub(super) added: Vec<String>,
    pub(super) changed: Vec<String>,
    /// What the user has to do.
    pub(super) steps: Vec<String>,
}

impl CreationSummary {
    /// Returns the lines to print. `folder` is the path of the package on the command line, and `page` the
    /// path of the page, if the project has pages.
    pub(super) fn text(&self, folder: &Path, page: Option<&str>) -> String {
        let mut lines = vec![self.title.clone()];
        let added = self.added.iter().map(|path| format!("  added      {path}"));
        let changed = self.changed.iter();
        let changed = changed.map(|path| format!("  changed    {path}"));
        lines.extend(added.chain(changed));
        lines.push("Next:".to_owned());
        if folder != Path::new(".") {
            lines.push(format!(
                "  cd {}",
                shell_word(&folder.display().to_string())
            ));
        }
        lines.extend(self.steps.iter().map(|step| format!("  {step}")));
        let page = page.map(|page| format!("; their page is {page}"));
        let page = page.unwrap_or_default();
        lines.push(format!("Your errors go into {}{page}", self.catalog));
        lines.join("\n")
    }
}

/// Quotes a path so that a shell takes it for one word.
fn shell_word(path: &str) -> String {
    if path.starts_with('-') {
        return shell_word(&format!("./{path}"));
    }
    let is_unquoted = |c: char| c.is_alphanumeric() || "/\\._-+:@%,=".contains(c);
    if path.chars().all(is_unquoted) && (cfg!(windows) || !path.contains('\\')) {
        return path.to_owned();
    }
    if cfg!(windows) {
        return format!("\"{path}\"");
    }
    format!("'{}'", path.replace('\'', r"'\''"))
}
