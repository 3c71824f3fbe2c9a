//! The page of an error: everything that its catalog says about it.

use std::borrow::Cow;
use std::fmt::Write;

use clap::builder::styling::Style;
use errbook_codegen::__private::ErrorEntry;
use errbook_codegen::__private::describe::{self, FieldTypes, Inline, TypeList};
use errbook_codegen::__private::markdown_escape::block;
use errbook_codegen::__private::model::{Field, Inferred, Note, StatusRow};
use unicode_width::UnicodeWidthStr;

use crate::console::{CODE, ERROR, FAINT, HEADING, STRONG, WARNING};
use crate::query::catalog_context::CatalogContext;
use crate::render::terminal::{Terminal, one_line, pad};
use crate::render::{highlight, markdown};

/// Renders the page of an error. `alias` is the older code by which it was found, if any.
pub(crate) fn render(
    entry: ErrorEntry<'_>,
    context: &CatalogContext<'_>,
    alias: Option<&str>,
    terminal: Terminal,
) -> String {
    let mut page = TerminalPage {
        entry,
        terminal,
        out: String::new(),
    };
    page.intro(alias);
    let properties = page.properties();
    page.columns("", &properties);
    page.prose(entry.error.docs.as_deref());
    for list in describe::types(entry.error) {
        page.types(&list);
    }
    for named in context.types(entry.error) {
        page.fields(&format!("Type {}", named.name), &named.fields);
    }
    page.bodies(context);
    page.rules(context);
    for note in entry.category().map_or(&[] as &[Note], |of| &of.notes) {
        page.heading(&note.title);
        page.prose(Some(&note.text));
    }
    page.reasons();
    page.out.truncate(page.out.trim_end().len());
    page.out + "\n"
}

struct TerminalPage<'a> {
    entry: ErrorEntry<'a>,
    terminal: Terminal,
    out: String,
}

impl TerminalPage<'_> {
    fn line(&mut self, line: &str) {
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    fn space(&mut self) {
        if !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    fn paragraph(&mut self, style: Style, text: &str) {
        let shown = self.terminal.wrap(text, "", "");
        self.line(&format!("{style}{shown}{style:#}"));
        self.space();
    }

    fn prose(&mut self, markdown: Option<&str>) {
        if let Some(markdown) = markdown {
            // Without styles the source is shown, as its author wrote it.
            let shown = if self.terminal.styled {
                markdown::render(&block(markdown), &self.terminal)
            } else {
                markdown::render(markdown, &self.terminal)
            };
            self.line(shown.trim_matches('\n'));
            self.space();
        }
    }

    fn heading(&mut self, text: &str) {
        self.space();
        self.line(&format!("{STRONG}{}{STRONG:#}", one_line(text)));
    }

    /// Writes rows of columns. The last column can take several lines.
    fn columns<const N: usize>(&mut self, indent: &str, rows: &[[String; N]]) {
        /// The maximum width of a column, except the last. A wider cell overflows.
        const MAX_WIDTH: usize = 24;
        let last = N - 1;
        let width_of = |column: usize| {
            let widths = rows.iter().map(|row| row[column].width());
            widths
                .filter(|width| *width <= MAX_WIDTH)
                .max()
                .unwrap_or(0)
        };
        let widths: Vec<usize> = (0..last).map(width_of).collect();
        let hanging: usize = widths.iter().map(|width| width + 2).sum();
        // If too little width is left for the last column, it moves below the others.
        let narrow = |width| width < indent.len() + hanging + MAX_WIDTH;
        let narrow = self.terminal.width.is_some_and(narrow);
        let rest = if narrow {
            format!("{indent}  ")
        } else {
            format!("{indent}{}", " ".repeat(hanging))
        };
        for row in rows {
            let mut first = indent.to_owned();
            for (column, width) in widths.iter().enumerate() {
                let style = if column == 0 { STRONG } else { CODE };
                let cell = pad(&row[column], *width);
                let _ = write!(first, "{style}{}{style:#}", cell.trim_end());
                let spaces = cell.len() - cell.trim_end().len() + 2;
                first.push_str(&" ".repeat(spaces));
            }
            if narrow {
                self.line(&first);
                first.clone_from(&rest);
            }
            if !row[last].trim().is_empty() {
                let shown = self.terminal.wrap(&row[last], &first, &rest);
                self.line(&shown);
            } else if !narrow {
                self.line(&first);
            }
        }
        self.space();
    }

    fn intro(&mut self, alias: Option<&str>) {
        let name = self.entry.name();
        self.line(&format!("{HEADING}{name}{HEADING:#}"));
        self.space();
        if let Some(alias) = alias {
            self.paragraph(WARNING, &format!("{alias} is an older code of this error."));
        }
        let meaning = describe::property(self.entry, "description");
        let texts = [
            (ERROR, describe::retired(self.entry.error)),
            (WARNING, describe::deprecated(self.entry)),
            (Style::new(), meaning.map(|property| property.value)),
        ];
        for (style, text) in texts {
            if let Some(text) = text {
                self.paragraph(style, &self.inline(&text));
            }
        }
    }

    /// Returns the properties of the error and where it is defined, each with its heading.
    fn properties(&self) -> Vec<[String; 2]> {
        let (entry, api) = (self.entry, self.entry.api());
        let mut pairs = Vec::new();
        let headings = &api.headings;
        if !entry.error.event && entry.error.statuses.is_empty() {
            let any = "any, for none is documented".to_owned();
            pairs.push([headings.status.clone(), any]);
        }
        for property in describe::properties(entry) {
            pairs.push([self.inline(&property.heading), self.inline(&property.value)]);
            if property.key == "status" {
                pairs.extend(entry.status_rows().filter_map(meaning));
            }
        }
        let category = entry.category();
        let category = category.map(|category| format!("{} ({})", category.title, category.id));
        let version = api.version.as_ref();
        let version = version.map(|version| format!(", version {version}"));
        let title = format!("{} ({})", api.title, api.id);
        let others = [
            ("API", title + &version.unwrap_or_default()),
            ("Section", category.unwrap_or_default()),
            ("Rust", entry.rust_path()),
            ("Catalog", entry.catalog.source.clone()),
            ("Page", entry.error.docs_url(api).unwrap_or_default()),
        ];
        pairs.extend(others.map(|(name, value)| [name.to_owned(), value]));
        pairs.retain(|[_, value]| !value.is_empty());
        pairs
    }

    fn inline(&self, parts: &[Inline<'_>]) -> String {
        let parts = parts.iter().map(|part| match part {
            Inline::Or => "\nor: ".into(),
            Inline::Status(status, row) => {
                let name = row.and_then(|row| {
                    let mark = key_mark(&row.inferred, "name");
                    Some(format!("{status} {}{mark}", row.name.as_ref()?))
                });
                name.map_or_else(|| part.plain(), Cow::Owned)
            }
            Inline::Retry(retry) => {
                let sentence = describe::retry_sentence(*retry).replace('`', "");
                format!("{}: {sentence}", retry.as_str()).into()
            }
            Inline::Error(error) => format!("{}/{}", self.entry.api().id, error.key).into(),
            Inline::Mark(_) => mark().into(),
            part => part.plain(),
        });
        parts.collect()
    }

    fn types(&mut self, list: &TypeList<'_>) {
        let title = self.inline(&list.title);
        match list.types {
            FieldTypes::Fields(fields) => self.fields(&title, fields),
            FieldTypes::Whole(ty) => {
                self.heading(&title);
                self.line(&format!("  {CODE}{ty}{CODE:#}"));
                self.space();
            }
        }
    }

    fn fields(&mut self, heading: &str, fields: &[Field]) {
        self.heading(heading);
        let rows = fields.iter().map(|field| {
            let description = field.description.clone().unwrap_or_default();
            [field.name.clone(), field.ty.to_string(), description]
        });
        self.columns("  ", &rows.collect::<Vec<_>>());
    }

    fn bodies(&mut self, context: &CatalogContext<'_>) {
        for example in context.body_examples(self.entry) {
            let title = self.inline(&example.title);
            self.heading(&title);
            for line in example.json.lines() {
                self.line(&format!("  {}", highlight::json(line)));
            }
            self.space();
        }
    }

    fn rules(&mut self, context: &CatalogContext<'_>) {
        let rules = context.rules(self.entry);
        if rules.is_empty() {
            return;
        }
        self.heading("Validation rules that it answers");
        let rows = rules.iter().map(|rule| {
            let message = rule.message.clone().unwrap_or_default();
            [rule.field.clone(), rule.rule.clone(), message]
        });
        self.columns("  ", &rows.collect::<Vec<_>>());
    }

    fn reasons(&mut self) {
        let inferred = self.entry.inferred();
        if inferred.is_empty() {
            return;
        }
        self.heading("Inferred: what the document does not say, and why it is here");
        let rows = inferred.into_iter();
        let rows = rows.map(|(key, reason)| [key, reason.to_owned()]);
        self.columns("  ", &rows.collect::<Vec<_>>());
    }
}

/// Returns what a status means.
fn meaning(row: &StatusRow) -> Option<[String; 2]> {
    let meaning = row.meaning.clone()? + &key_mark(&row.inferred, "meaning");
    Some([format!("{} means", row.status), meaning])
}

/// Returns the mark of an inferred value.
fn mark() -> String {
    format!(" {FAINT}(inferred){FAINT:#}")
}

/// Returns the mark of a key, or nothing if the document states it.
fn key_mark(inferred: &[Inferred], key: &str) -> String {
    Inferred::of_key(inferred, key).map_or_else(String::new, |_| mark())
}
