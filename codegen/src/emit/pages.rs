//! Reference pages: an index and a page for each API, in Markdown.

use std::collections::HashMap;
use std::fmt::Write;
use std::iter;
use std::slice;

use crate::derive::describe::{self, BodyChoice, FieldTypes, Inline};
use crate::derive::{Bodies, ErrorEntry};
use crate::emit::markdown_escape::{block, code, first_paragraph, json, label, link, table, text};
use crate::model::{
    BodyFormat, Catalog, Envelope, EnvelopeMember, Error, Field, Inferred, Note, Pointer, Role,
    anchor,
};
use crate::output_kind::header;
use crate::util::markdown::{continues_list, ends_in_list, is_open_line};

/// The page of a catalog.
pub(super) fn emit(catalog: &Catalog) -> (String, String) {
    let path = format!("{}.md", catalog.api.id);
    (path, MarkdownPage::new(catalog).render())
}

/// `README.md`, which forges show for the folder.
pub(super) fn emit_index(catalogs: &[Catalog]) -> (String, String) {
    let mut out = comment(catalogs);
    out.push_str("# API errors\n\n");
    let rows = catalogs.iter().map(|Catalog { api, errors, .. }| {
        let about = api.summary.as_deref().map(first_paragraph);
        vec![
            format!("[{}]({}.md)", label(&api.title), api.id),
            errors.len().to_string(),
            about.unwrap_or_default(),
        ]
    });
    table(&mut out, &["API", "Errors", "About"], rows);
    ("README.md".to_owned(), out)
}

fn comment(catalogs: &[Catalog]) -> String {
    let [first, second] = header(catalogs);
    // What would end the comment is none of a reader's business.
    let first = first.replace("--", "-\u{200b}-");
    format!("<!-- {first}\n     {second} -->\n\n")
}

/// The separators of message templates in a cell of a table and in an item of a list.
const CELL: &str = "<br>";
const ITEM: &str = ", or: ";

/// Keeps a list apart from another list, or from indented text.
const LIST_END: &str = "<!-- -->";

/// One API's page, as it is written.
struct MarkdownPage<'a> {
    catalog: &'a Catalog,
    bodies: Bodies<'a>,
    out: String,
    /// The distinct things inferred, in the order in which the page comes to them.
    inferred: Vec<&'a Inferred>,
    /// Where each of these stands in the list.
    inferred_index: HashMap<&'a Inferred, usize>,
    /// Whether every error's name is its code.
    names_are_codes: bool,
}

impl<'a> MarkdownPage<'a> {
    fn new(catalog: &'a Catalog) -> Self {
        let is_code = |error: &Error| {
            let mut code = error.code.iter();
            code.any(|code| !code.number && code.text == error.key)
                && error.inferred("code").is_none()
        };
        Self {
            catalog,
            bodies: Bodies::new(catalog),
            out: comment(slice::from_ref(catalog)),
            inferred: Vec::new(),
            inferred_index: HashMap::new(),
            names_are_codes: catalog.errors.iter().all(is_code),
        }
    }

    fn render(mut self) -> String {
        self.intro();
        self.body();
        self.statuses();
        self.errors();
        self.types();
        self.rules();
        for note in &self.catalog.notes {
            self.heading(2, &text(&note.title));
            self.paragraph(&block(&note.text));
        }
        self.reasons();
        self.out.truncate(self.out.trim_end().len());
        self.out.push('\n');
        self.out
    }

    fn heading(&mut self, level: usize, shown: &str) {
        self.out.extend(iter::repeat_n('#', level));
        self.out.push(' ');
        // `#` after a space, or alone, would be the heading's own end.
        let start = shown.trim_end_matches('#');
        if start.len() < shown.len() && (start.is_empty() || start.ends_with(' ')) {
            self.out.push_str(&shown[..shown.len() - 1]);
            self.out.push_str("\\#");
        } else {
            self.out.push_str(shown);
        }
        self.out.push_str("\n\n");
    }

    fn paragraph(&mut self, markdown: &str) {
        self.out.push_str(markdown);
        self.out.push_str("\n\n");
    }

    fn table(&mut self, head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) {
        table(&mut self.out, head, rows);
        self.out.push('\n');
    }

    /// A list of names and values, without those that are empty.
    fn list(&mut self, items: impl IntoIterator<Item = (String, String)>) {
        let start = self.out.len();
        for (name, value) in items.into_iter().filter(|(_, value)| !value.is_empty()) {
            let _ = writeln!(self.out, "- {name}: {value}");
        }
        self.out
            .push_str(if self.out.len() > start { "\n" } else { "" });
    }

    /// Returns the mark of an inferred value, which links to the reason.
    fn mark(&mut self, inferred: &'a Inferred) -> String {
        let index = *self.inferred_index.entry(inferred).or_insert_with(|| {
            self.inferred.push(inferred);
            self.inferred.len() - 1
        });
        format!(" ([inferred](#~inferred-{}))", index + 1)
    }

    /// Returns the mark of a key, or nothing if the document states it.
    fn key_mark(&mut self, inferred: &'a [Inferred], key: &str) -> String {
        let inferred = Inferred::of_key(inferred, key);
        inferred.map_or_else(String::new, |inferred| self.mark(inferred))
    }

    fn intro(&mut self) {
        let api = &self.catalog.api;
        let title = text(&api.title) + &self.key_mark(&api.inferred, "title");
        self.heading(1, &title);
        let summary = api.summary.as_deref().map(block);
        if let Some(summary) = &summary {
            let mark = self.key_mark(&api.inferred, "summary");
            // After a list or a fence, the mark would be a part of it.
            if mark.is_empty() || is_open_line(summary) {
                self.paragraph(&[&**summary, &*mark].concat());
            } else {
                self.paragraph(summary);
                self.paragraph(mark.trim());
            }
        }
        let homepage = api.homepage.as_ref().map(|url| link(url, url));
        let facts = [
            ("Homepage", "homepage", homepage),
            ("Document", "source", api.source.as_deref().map(code)),
            ("Version", "version", api.version.as_deref().map(text)),
            ("Language", "language", api.language.as_deref().map(code)),
        ];
        let items = facts.into_iter().filter_map(|(name, key, value)| {
            let value = value? + &self.key_mark(&api.inferred, key);
            Some((name.to_owned(), value))
        });
        let items: Vec<_> = items.collect();
        if !items.is_empty() && summary.as_deref().is_some_and(ends_in_list) {
            self.paragraph(LIST_END);
        }
        self.list(items);
    }

    /// The shape of the body, which every error shares.
    fn body(&mut self) {
        let envelope: &'a Envelope = &self.catalog.envelope;
        if envelope.members.is_empty() {
            return;
        }
        self.heading(2, "Error body");
        let mut rows = Vec::new();
        for member in &envelope.members {
            let what = match &member.role {
                Role::Constant(value) => &format!("always {}", code(&value.to_string())),
                Role::Code => "the code",
                Role::Message => "the message",
                Role::Status => "the HTTP status",
                Role::Details if envelope.holds_others(member) => "the details, beside the others",
                Role::Details => "the details",
                Role::Reference => "an id to quote to support",
                Role::Title => "the title",
                Role::DocsUrl => "where the error is documented",
            };
            let mark = self.key_mark(&envelope.inferred, member.role.key());
            rows.push(vec![pointers(member), format!("{what}{mark}")]);
        }
        self.table(&["Member", "What it holds"], rows);
        if envelope.format == BodyFormat::Problem {
            self.paragraph("Bodies are problem details (RFC 9457), of the media type `application/problem+json`.");
        }
        if envelope.member(&Role::Code).is_none() {
            self.paragraph("No error of this API carries a code: its status and its message tell which one it is.");
        }
    }

    fn statuses(&mut self) {
        if self.catalog.statuses.is_empty() {
            return;
        }
        self.heading(2, "HTTP statuses");
        let catalog = self.catalog;
        let rows = catalog.statuses.iter().map(|row| {
            let mut cell = |key, value: Option<String>| {
                value.unwrap_or_default() + &self.key_mark(&row.inferred, key)
            };
            vec![
                row.status.to_string(),
                cell("name", row.name.as_deref().map(text)),
                cell("meaning", row.meaning.as_deref().map(text)),
                cell("retry", row.retry.map(|retry| code(retry.as_str()))),
            ]
        });
        let rows: Vec<_> = rows.collect();
        let retry = text(&catalog.api.headings.retry);
        self.table(&["Status", "Name", "Meaning", &retry], rows);
    }

    fn errors(&mut self) {
        let mut without: Vec<ErrorEntry<'a>> = Vec::new();
        let mut sections = vec![Vec::new(); self.catalog.categories.len()];
        for entry in ErrorEntry::all(self.catalog) {
            let section = entry.error.category.map(|category| &mut sections[category]);
            section.unwrap_or(&mut without).push(entry);
        }
        if !without.is_empty() {
            self.section("<a id=\"~errors\"></a>Errors", &[], &without);
        }
        for (category, entries) in self.catalog.categories.iter().zip(sections) {
            let (id, title) = (&category.id, text(&category.title));
            let heading = format!("<a id=\"~section-{id}\"></a>{title}");
            self.section(&heading, &category.notes, &entries);
        }
    }

    /// Writes a section as documents have it, a table, followed by an entry for each error with the rest.
    fn section(&mut self, heading: &str, notes: &[Note], entries: &[ErrorEntry<'a>]) {
        self.heading(2, heading);
        if !entries.is_empty() {
            self.overview(entries);
        }
        for note in notes {
            self.heading(3, &text(&note.title));
            self.paragraph(&block(&note.text));
        }
        for entry in entries {
            self.entry(*entry);
        }
    }

    fn overview(&mut self, entries: &[ErrorEntry<'a>]) {
        let columns = self.catalog.columns.iter();
        let columns = columns.map(|column| column.key.as_str());
        let keys = ["code", "status", "message", "description", "action"].into_iter();
        // A code that is the key of the error is not repeated.
        let keys = keys.filter(|key| !(self.names_are_codes && *key == "code"));
        let keys: Vec<&str> = keys.chain(columns).collect();
        let mut head = vec![String::new(); keys.len()];
        let mut rows = Vec::new();
        for entry in entries {
            let mut row = vec![error_link(entry.error)];
            for (key, heading) in keys.iter().zip(&mut head) {
                let property = describe::property(*entry, key);
                row.push(property.map_or_else(String::new, |property| {
                    if heading.is_empty() {
                        *heading = self.inline(&property.heading, CELL);
                    }
                    self.inline(&property.value, CELL)
                }));
            }
            rows.push(row);
        }
        let first = if self.names_are_codes {
            &text(&self.catalog.api.headings.code)
        } else {
            "Error"
        };
        let head = head.iter().map(String::as_str);
        let head: Vec<&str> = iter::once(first).chain(head).collect();
        self.table(&head, rows);
    }

    /// Writes everything about one error.
    fn entry(&mut self, entry: ErrorEntry<'a>) {
        let error = entry.error;
        let (anchor, name) = (anchor(&error.key), code(&error.key));
        self.heading(3, &["<a id=\"", &anchor, "\"></a>", &name].concat());
        let lifecycle = [describe::retired(error), describe::deprecated(entry)];
        let lifecycle = lifecycle.iter().flatten();
        let lifecycle: Vec<String> = lifecycle.map(|text| self.inline(text, ITEM)).collect();
        if !lifecycle.is_empty() {
            self.paragraph(&lifecycle.join(" "));
        }
        if let Some(meaning) = describe::property(entry, "description") {
            let meaning = self.inline(&meaning.value, ITEM);
            self.paragraph(&meaning);
        }
        let mut properties = describe::properties(entry);
        properties.retain(|property| !(self.names_are_codes && property.key == "code"));
        let items = properties.iter().map(|property| {
            let heading = self.inline(&property.heading, ITEM);
            (heading, self.inline(&property.value, ITEM))
        });
        let items: Vec<_> = items.collect();
        self.list(items);
        if let Some(docs) = error.docs.as_deref().map(block) {
            if !properties.is_empty() && continues_list(&docs) {
                self.paragraph(LIST_END);
            }
            self.paragraph(&docs);
        }
        for list in describe::types(error) {
            let title = self.inline(&list.title, ITEM);
            match list.types {
                FieldTypes::Fields(fields) => {
                    self.paragraph(&format!("{title}:"));
                    self.fields(fields, list.field);
                }
                FieldTypes::Whole(ty) => {
                    self.paragraph(&format!("{title}: {}.", code(&ty.to_string())));
                }
            }
        }
        for example in describe::body_examples(&self.bodies, entry, BodyChoice::ExamplesFirst) {
            let title = self.inline(&example.title, ITEM);
            self.paragraph(&format!("{title}:"));
            self.paragraph(&json(&example.json));
        }
    }

    /// Renders a text, with a separator of message templates.
    fn inline(&mut self, parts: &[Inline<'a>], or: &str) -> String {
        let rendered = parts.iter().map(|part| match part {
            Inline::Words(words) => (*words).to_owned(),
            Inline::Strong(words) => format!("**{words}**"),
            Inline::Text(plain) => text(plain),
            Inline::Literal(word) => code(word),
            Inline::Template(template) => text(&template.to_string()),
            Inline::Or => or.to_owned(),
            Inline::Status(status, _) => status.to_string(),
            Inline::Retry(retry) => {
                let word = code(retry.as_str());
                format!("{} ({word})", describe::retry_sentence(*retry))
            }
            Inline::Error(error) => error_link(error),
            Inline::Mark(inferred) => self.mark(inferred),
        });
        rendered.collect()
    }

    fn fields(&mut self, fields: &[Field], what: &str) {
        let rows = fields.iter().map(|field| {
            let description = field.description.as_deref().map(text).unwrap_or_default();
            vec![code(&field.name), code(&field.ty.to_string()), description]
        });
        self.table(&[what, "Type", "What it holds"], rows);
    }

    fn types(&mut self) {
        if self.catalog.types.is_empty() {
            return;
        }
        self.heading(2, "Types");
        for named in &self.catalog.types {
            self.paragraph(&format!("{}:", code(&named.name)));
            self.fields(&named.fields, "Member");
        }
    }

    fn rules(&mut self) {
        if self.catalog.rules.is_empty() {
            return;
        }
        self.heading(2, "Validation rules");
        let Catalog { rules, errors, .. } = self.catalog;
        let rows = rules.iter().map(|rule| {
            let error = rule.error.map(|index| error_link(&errors[index]));
            vec![
                code(&rule.field),
                text(&rule.rule),
                rule.message.as_deref().map(text).unwrap_or_default(),
                error.unwrap_or_default(),
            ]
        });
        self.table(&["Field", "Rule", "Message", "Error"], rows);
    }

    /// The reasons that the marks link to.
    fn reasons(&mut self) {
        if self.inferred.is_empty() {
            return;
        }
        self.heading(2, "What is inferred");
        self.paragraph("The document does not say these things. They are our reading of it, each for the reason given.");
        let inferred = std::mem::take(&mut self.inferred);
        for (index, Inferred { key, reason }) in (1..).zip(inferred) {
            let (key, reason) = (code(key), text(reason));
            let anchor = format!("<a id=\"~inferred-{index}\"></a>");
            let _ = writeln!(self.out, "{index}. {anchor}{key}: {reason}");
        }
    }
}

/// Where a member stands: the first pointer is written, the others are only read.
fn pointers(member: &EnvelopeMember) -> String {
    let show = |pointer: &Pointer| match pointer.as_str() {
        "" => "the body".to_owned(),
        pointer => code(pointer),
    };
    let mut shown = member.pointers.iter().map(show);
    let first = shown.next().unwrap_or_default();
    let others: Vec<String> = shown.collect();
    match others.as_slice() {
        [] => first,
        others => format!("{first}, also read at {}", others.join(", ")),
    }
}

fn error_link(error: &Error) -> String {
    ["[", &code(&error.key), "](#", &anchor(&error.key), ")"].concat()
}
