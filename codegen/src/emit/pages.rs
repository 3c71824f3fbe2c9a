//! Reference pages: an index and a page for each API, in Markdown.

use std::collections::HashMap;
use std::fmt::Write;

use crate::derive::{Bodies, SampleOrigin};
use crate::emit::markdown_escape::{block, code, first_paragraph, json, label, link, table, text};
use crate::emit::output_file::OutputFile;
use crate::emit::phrases::either;
use crate::model::anchor::anchor;
use crate::model::{
    BodyFormat, Catalog, ColumnKind, Details, Envelope, EnvelopeMember, Error, Field, Headings,
    Inferred, Note, Pointer, Retry, Role, Value,
};
use crate::output_kind::{OutputKind, header};
use crate::util::json_text::indented;

/// The page of a catalog.
pub(super) fn emit(catalog: &Catalog) -> OutputFile {
    let path = format!("{}.md", catalog.api.id);
    OutputFile::new(OutputKind::Docs, path, MarkdownPage::new(catalog).render())
}

/// `README.md`, which forges show for the folder.
pub(super) fn emit_index(catalogs: &[Catalog]) -> OutputFile {
    OutputFile::new(OutputKind::Docs, "README.md", index(catalogs))
}

fn index(catalogs: &[Catalog]) -> String {
    let sources: Vec<&str> = catalogs
        .iter()
        .map(|catalog| catalog.source.as_str())
        .collect();
    let mut out = comment(&sources.join(", "));
    out.push_str("# API errors\n\n");
    let rows: Vec<Vec<String>> = catalogs
        .iter()
        .map(|catalog| {
            let api = &catalog.api;
            vec![
                format!("[{}]({}.md)", label(&api.title), api.id),
                catalog.errors.len().to_string(),
                api.summary
                    .as_deref()
                    .map(first_paragraph)
                    .unwrap_or_default(),
            ]
        })
        .collect();
    table(&mut out, &["API", "Errors", "About"], &rows);
    out
}

fn comment(from: &str) -> String {
    let [first, second] = header(from);
    // What would end the comment is none of a reader's business.
    format!(
        "<!-- {}\n     {second} -->\n\n",
        first.replace("--", "-\u{200b}-")
    )
}

/// One API's page, as it is written.
struct MarkdownPage<'a> {
    catalog: &'a Catalog,
    bodies: Bodies<'a>,
    /// The headings of the columns that every catalog may have, as Markdown.
    headings: Headings,
    /// Those of the columns that this one declares.
    columns: Vec<String>,
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
            error
                .code
                .as_ref()
                .is_some_and(|code| !code.number && code.text == error.key)
                && error.inferred("code").is_none()
        };
        Self {
            catalog,
            bodies: Bodies::new(catalog),
            headings: shown(&catalog.api.headings),
            columns: catalog
                .columns
                .iter()
                .map(|column| text(&column.title))
                .collect(),
            out: comment(&catalog.source),
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
        self.out.extend(std::iter::repeat_n('#', level));
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

    fn table(&mut self, head: &[&str], rows: &[Vec<String>]) {
        table(&mut self.out, head, rows);
        self.out.push('\n');
    }

    /// Ends a list that started at a byte, if anything is in it.
    fn end_list(&mut self, start: usize) {
        if self.out.len() > start {
            self.out.push('\n');
        }
    }

    /// The mark of a value that the document does not give, with a link to the reason; nothing
    /// where it does.
    fn mark(&mut self, inferred: &'a [Inferred], key: &str) -> String {
        let Some(found) = inferred.iter().find(|inferred| inferred.key == key) else {
            return String::new();
        };
        let index = *self.inferred_index.entry(found).or_insert_with(|| {
            self.inferred.push(found);
            self.inferred.len() - 1
        });
        format!(" ([inferred](#~inferred-{}))", index + 1)
    }

    fn intro(&mut self) {
        let api = &self.catalog.api;
        let title = text(&api.title) + &self.mark(&api.inferred, "title");
        self.heading(1, &title);
        if let Some(summary) = &api.summary {
            let (summary, mark) = (block(summary), self.mark(&api.inferred, "summary"));
            // Behind a list or a fence, the mark would be a part of it.
            if summary.contains('\n') && !mark.is_empty() {
                self.paragraph(&summary);
                self.paragraph(mark.trim());
            } else {
                self.paragraph(&(summary + &mark));
            }
        }
        let homepage = api.homepage.as_ref().map(|url| link(url, url));
        let facts = [
            ("Homepage", "homepage", homepage),
            ("Document", "source", api.source.as_deref().map(code)),
            ("Version", "version", api.version.as_deref().map(text)),
            ("Language", "language", api.language.as_deref().map(code)),
        ];
        let start = self.out.len();
        for (name, key, value) in facts {
            if let Some(value) = value {
                let value = value + &self.mark(&api.inferred, key);
                item(&mut self.out, name, &value);
            }
        }
        self.end_list(start);
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
            let (what, key) = match &member.role {
                Role::Constant(value) => {
                    (format!("always {}", code(&value.to_string())), "constants")
                }
                Role::Code => ("the code".to_owned(), "code"),
                Role::Message => ("the message".to_owned(), "message"),
                Role::Status => ("the HTTP status".to_owned(), "status"),
                Role::Details if envelope.holds_others(member) => {
                    ("the details, beside the others".to_owned(), "details")
                }
                Role::Details => ("the details".to_owned(), "details"),
                Role::Reference => ("an id to quote to support".to_owned(), "reference"),
                Role::Title => ("the title".to_owned(), "title"),
                Role::DocsUrl => ("where the error is documented".to_owned(), "docs-url"),
            };
            rows.push(vec![
                pointers(member),
                what + &self.mark(&envelope.inferred, key),
            ]);
        }
        self.table(&["Member", "What it holds"], &rows);
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
        let mut rows = Vec::new();
        for row in &self.catalog.statuses {
            rows.push(vec![
                row.status.to_string(),
                text(row.name.as_deref().unwrap_or_default()) + &self.mark(&row.inferred, "name"),
                text(row.meaning.as_deref().unwrap_or_default())
                    + &self.mark(&row.inferred, "meaning"),
                row.retry
                    .map(|retry| code(retry.as_str()))
                    .unwrap_or_default()
                    + &self.mark(&row.inferred, "retry"),
            ]);
        }
        let head = ["Status", "Name", "Meaning", &self.headings.retry];
        table(&mut self.out, &head, &rows);
        self.out.push('\n');
    }

    fn errors(&mut self) {
        let mut without: Vec<&'a Error> = Vec::new();
        let mut sections = vec![Vec::new(); self.catalog.categories.len()];
        for error in &self.catalog.errors {
            let section = error.category.map(|category| &mut sections[category]);
            section.unwrap_or(&mut without).push(error);
        }
        if !without.is_empty() {
            self.section("<a id=\"~errors\"></a>Errors", &[], &without);
        }
        for (category, errors) in self.catalog.categories.iter().zip(sections) {
            let heading = format!(
                "<a id=\"~section-{}\"></a>{}",
                category.id,
                text(&category.title)
            );
            self.section(&heading, &category.notes, &errors);
        }
    }

    /// A section as documents have it, a table, and then an entry for each error that says the rest.
    fn section(&mut self, heading: &str, notes: &[Note], errors: &[&'a Error]) {
        self.heading(2, heading);
        if !errors.is_empty() {
            self.overview(errors);
        }
        for note in notes {
            self.heading(3, &text(&note.title));
            self.paragraph(&block(&note.text));
        }
        for error in errors {
            self.entry(error);
        }
    }

    fn overview(&mut self, errors: &[&'a Error]) {
        let mut rows = Vec::new();
        for error in errors {
            let mut row = vec![
                format!("[{}](#{})", code(&error.key), anchor(&error.key)),
                self.own_code(error, "none"),
                self.status_text(error),
                self.message_text(error, "<br>"),
                self.plain(error, "description", error.description.as_deref()),
                self.plain(error, "action", error.action.as_deref()),
            ];
            row.extend((0..self.catalog.columns.len()).map(|index| self.column_text(error, index)));
            rows.push(row);
        }
        let Headings {
            code,
            status,
            message,
            description,
            action,
            ..
        } = &self.headings;
        let first = if self.names_are_codes { code } else { "Error" };
        let mut head = vec![first, code, status, message, description, action];
        head.extend(self.columns.iter().map(String::as_str));
        table(&mut self.out, &head, &rows);
        self.out.push('\n');
    }

    /// Everything about one error.
    fn entry(&mut self, error: &'a Error) {
        let heading = format!("<a id=\"{}\"></a>{}", anchor(&error.key), code(&error.key));
        self.heading(3, &heading);
        if let Some(note) = self.farewell(error) {
            self.paragraph(&note);
        }
        if error.description.is_some() {
            let description = self.plain(error, "description", error.description.as_deref());
            self.paragraph(&description);
        }
        self.facts(error);
        if let Some(docs) = &error.docs {
            self.paragraph(&block(docs));
        }
        self.details(error);
        self.bodies(error);
    }

    fn facts(&mut self, error: &'a Error) {
        let start = self.out.len();
        let status = self.status_text(error);
        item(&mut self.out, &self.headings.status, &status);
        let own_code = self.own_code(error, "none in the body");
        item(&mut self.out, &self.headings.code, &own_code);
        let aliases = self.aliases_text(error);
        item(&mut self.out, "Older codes", &aliases);
        let title = self.plain(error, "title", error.title.as_deref());
        item(&mut self.out, &self.headings.title, &title);
        let message = self.message_text(error, ", or: ");
        item(&mut self.out, &self.headings.message, &message);
        let action = self.plain(error, "action", error.action.as_deref());
        item(&mut self.out, &self.headings.action, &action);
        let retry = self.retry_text(error);
        item(&mut self.out, &self.headings.retry, &retry);
        for (name, description) in &error.headers {
            let description = text(description) + &self.mark(&error.inferred, "headers");
            let name = format!("Header {}", code(name));
            item(&mut self.out, &name, &description);
        }
        for index in 0..self.columns.len() {
            let value = self.column_text(error, index);
            item(&mut self.out, &self.columns[index], &value);
        }
        let since = self.plain(error, "since", error.since.as_deref());
        item(&mut self.out, "Since", &since);
        self.end_list(start);
    }

    /// The advice for the error, else that for all of its statuses.
    fn retry_text(&mut self, error: &'a Error) -> String {
        let shown = |retry: Retry| format!("{} ({})", advice(retry), code(retry.as_str()));
        if let Some(retry) = error.retry {
            return shown(retry) + &self.mark(&error.inferred, "retry");
        }
        let catalog: &'a Catalog = self.catalog;
        let mut told = Vec::new();
        for (retry, rows) in catalog.status_advice(error) {
            let mut of_rows = Vec::new();
            for row in rows {
                of_rows.push(row.status.to_string() + &self.mark(&row.inferred, "retry"));
            }
            told.push(format!(
                "{}, as for any {}",
                shown(retry),
                of_rows.join(" or ")
            ));
        }
        told.join("; ")
    }

    fn aliases_text(&mut self, error: &'a Error) -> String {
        let aliases: Vec<String> = error
            .aliases
            .iter()
            .map(|alias| code(&alias.text))
            .collect();
        aliases.join(", ") + &self.mark(&error.inferred, "aliases")
    }

    fn plain(&mut self, error: &'a Error, key: &str, plain: Option<&str>) -> String {
        plain
            .map(|plain| text(plain) + &self.mark(&error.inferred, key))
            .unwrap_or_default()
    }

    fn status_text(&mut self, error: &'a Error) -> String {
        if error.event {
            return "an event, no response".to_owned() + &self.mark(&error.inferred, "event");
        }
        either(&error.statuses) + &self.mark(&error.inferred, "status")
    }

    /// The code on the wire, where the name does not say it already and bodies have one at all.
    fn own_code(&mut self, error: &'a Error, none: &str) -> String {
        if self.names_are_codes || self.catalog.envelope.member(&Role::Code).is_none() {
            return String::new();
        }
        let shown = match &error.code {
            Some(wire) if wire.number => format!("{} (a number)", code(&wire.text)),
            Some(wire) => code(&wire.text),
            None => none.to_owned(),
        };
        shown + &self.mark(&error.inferred, "code")
    }

    fn message_text(&mut self, error: &'a Error, between: &str) -> String {
        let forms: Vec<String> = error
            .messages
            .iter()
            .map(|message| text(&message.to_string()))
            .collect();
        forms.join(between) + &self.mark(&error.inferred, "message")
    }

    fn column_text(&mut self, error: &'a Error, index: usize) -> String {
        let column = &self.catalog.columns[index];
        let shown = match (&error.columns[index], &column.kind) {
            (None, _) => return String::new(),
            (Some(Value::Bool(true)), _) => "yes".to_owned(),
            (Some(Value::Bool(false)), _) => "no".to_owned(),
            (Some(Value::Text(name)), ColumnKind::Names { .. }) => code(name),
            (Some(Value::Text(plain)), _) => text(plain),
            (Some(value), _) => code(&value.to_string()),
        };
        shown + &self.mark(&error.inferred, &column.key)
    }

    /// What there is to say about an error that is on its way out, or out.
    fn farewell(&mut self, error: &'a Error) -> Option<String> {
        let mut sentences = Vec::new();
        if let Some(retired) = &error.retired {
            let mark = self.mark(&error.inferred, "retired");
            sentences.push(format!(
                "**Retired**{mark}: not sent since {}.",
                text(retired)
            ));
        }
        if let Some(deprecated) = &error.deprecated {
            let since = deprecated
                .since
                .as_deref()
                .map(|since| format!(" since {}", text(since)));
            let mark = self.mark(&error.inferred, "deprecated");
            sentences.push(format!(
                "**Deprecated**{}{mark}.",
                since.unwrap_or_default()
            ));
            if let Some(index) = deprecated.replaced_by {
                let key = &self.catalog.errors[index].key;
                sentences.push(format!("Use [{}](#{}).", code(key), anchor(key)));
            }
            sentences.extend(deprecated.note.as_deref().map(text));
        }
        (!sentences.is_empty()).then(|| sentences.join(" "))
    }

    fn details(&mut self, error: &'a Error) {
        let mark = self.mark(&error.inferred, "details");
        match &error.details {
            Some(Details::Object(fields)) => {
                self.paragraph(&format!("Details{mark}:"));
                self.fields(fields, "Member");
            }
            Some(Details::Whole(ty)) => {
                self.paragraph(&format!("Details{mark}: {}.", code(&ty.to_string())));
            }
            None => {}
        }
        if !error.params.is_empty() {
            let mark = self.mark(&error.inferred, "params");
            self.paragraph(&format!("Values in the message{mark}:"));
            self.fields(&error.params, "Value");
        }
    }

    fn fields(&mut self, fields: &[Field], what: &str) {
        let rows: Vec<Vec<String>> = fields
            .iter()
            .map(|field| {
                let description = field.description.as_deref().map(text).unwrap_or_default();
                vec![code(&field.name), code(&field.ty.to_string()), description]
            })
            .collect();
        self.table(&[what, "Type", "What it holds"], &rows);
    }

    /// What comes over the wire: the document's examples, or where it has none, what the row makes.
    fn bodies(&mut self, error: &'a Error) {
        if self.catalog.envelope.members.is_empty() {
            return;
        }
        let samples = self.bodies.of(error);
        let shown = match samples.as_slice() {
            [_, examples @ ..] if !examples.is_empty() => examples,
            row => row,
        };
        let mark = self.mark(&error.inferred, "example");
        for sample in shown {
            let what = match sample.origin {
                SampleOrigin::Example => format!("Example{mark}"),
                SampleOrigin::Catalog => "Body".to_owned(),
                SampleOrigin::Synthetic => "Body, its values made up".to_owned(),
            };
            // With one status alone, it has been said.
            let status = sample.status.filter(|_| error.statuses.len() > 1);
            let status = status
                .map(|status| format!(", status {status}"))
                .unwrap_or_default();
            self.paragraph(&format!("{what}{status}:"));
            self.paragraph(&json(&indented(&sample.body)));
        }
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
        let rows: Vec<Vec<String>> = self
            .catalog
            .rules
            .iter()
            .map(|rule| {
                let error = rule.error.map(|index| {
                    let key = &self.catalog.errors[index].key;
                    format!("[{}](#{})", code(key), anchor(key))
                });
                vec![
                    code(&rule.field),
                    text(&rule.rule),
                    rule.message.as_deref().map(text).unwrap_or_default(),
                    error.unwrap_or_default(),
                ]
            })
            .collect();
        self.table(&["Field", "Rule", "Message", "Error"], &rows);
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
            let _ = writeln!(
                self.out,
                "{index}. <a id=\"~inferred-{index}\"></a>{}: {}",
                code(key),
                text(reason)
            );
        }
    }
}

/// The headings as Markdown.
fn shown(headings: &Headings) -> Headings {
    Headings {
        code: text(&headings.code),
        status: text(&headings.status),
        title: text(&headings.title),
        message: text(&headings.message),
        description: text(&headings.description),
        action: text(&headings.action),
        retry: text(&headings.retry),
    }
}

/// An item of a list, where there is something to say.
fn item(out: &mut String, name: &str, value: &str) {
    if !value.is_empty() {
        let _ = writeln!(out, "- {name}: {value}");
    }
}

/// Where a member stands: the first pointer is written, the others are only read.
fn pointers(member: &EnvelopeMember) -> String {
    let show = |pointer: &Pointer| match pointer.as_str() {
        "" => "the body".to_owned(),
        pointer => code(pointer),
    };
    let (first, others) = member
        .pointers
        .split_first()
        .expect("a member stands somewhere");
    if others.is_empty() {
        return show(first);
    }
    let others: Vec<String> = others.iter().map(show).collect();
    format!("{}, also read at {}", show(first), others.join(", "))
}

fn advice(retry: Retry) -> &'static str {
    match retry {
        Retry::Never => "the same request fails again",
        Retry::Backoff => "send it again after a delay",
        Retry::RetryAfter => "send it again after the time in the `Retry-After` header",
        Retry::Poll => "ask again until it is done",
        _ => "",
    }
}
