//! The page of an error: everything that its catalog says about it.

use std::fmt::Write;

use clap::builder::styling::Style;
use errbook_codegen::__private::model::{
    ColumnKind, Details, Error, Field, Headings, Inferred, Note, Retry, Role, Value,
};
use errbook_codegen::__private::{Sample, SampleOrigin, indented};
use unicode_width::UnicodeWidthStr;

use crate::query::catalog_context::CatalogContext;
use crate::query::error_entry::ErrorEntry;
use crate::render::terminal::{Terminal, one_line, pad};
use crate::render::{highlight, markdown};
use crate::styles::{CODE, ERROR, FAINT, HEADING, STRONG, WARNING};
use crate::wording::join;

/// Renders the page of an error. `alias` is the older code by which it was found, if any.
pub(crate) fn render(
    entry: ErrorEntry<'_>,
    context: &CatalogContext<'_>,
    alias: Option<&str>,
    terminal: Terminal,
) -> String {
    let mut page = TerminalPage {
        entry,
        error: entry.error(),
        terminal,
        out: String::new(),
    };
    page.intro(alias);
    let facts = page.facts();
    page.columns("", &facts);
    page.prose(entry.error().docs.as_deref());
    page.details(context);
    page.bodies(&context.samples(page.error));
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
    error: &'a Error,
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
            let shown = markdown::render(markdown, &self.terminal);
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

    /// Returns the mark of an inferred value of the error.
    fn mark(&self, key: &str) -> String {
        mark(&self.error.inferred, key)
    }

    fn intro(&mut self, alias: Option<&str>) {
        let name = self.entry.name();
        self.line(&format!("{HEADING}{name}{HEADING:#}"));
        self.space();
        if let Some(alias) = alias {
            self.paragraph(WARNING, &format!("{alias} is an older code of this error."));
        }
        let error = self.error;
        if let Some(retired) = &error.retired {
            let mark = self.mark("retired");
            self.paragraph(ERROR, &format!("Retired: not sent since {retired}.{mark}"));
        }
        if let Some(deprecated) = &error.deprecated {
            let since = deprecated.since.as_ref();
            let since = since.map(|since| format!(" since {since}"));
            let mark = self.mark("deprecated");
            let mut sentences = vec![format!("Deprecated{}{mark}.", since.unwrap_or_default())];
            if let Some(index) = deprecated.replaced_by {
                let catalog = self.entry.catalog;
                let key = &catalog.errors[index].key;
                sentences.push(format!("Use {}/{key}.", catalog.api.id));
            }
            sentences.extend(deprecated.note.clone());
            self.paragraph(WARNING, &sentences.join(" "));
        }
        if let Some(description) = &error.description {
            let mark = self.mark("description");
            self.paragraph(Style::new(), &format!("{description}{mark}"));
        }
    }

    /// Returns the values of the error's row, with the headings of the document.
    fn facts(&self) -> Vec<[String; 2]> {
        let (error, catalog) = (self.error, self.entry.catalog);
        let Headings {
            code,
            status,
            title,
            message,
            action,
            retry,
            ..
        } = &catalog.api.headings;
        let mut facts = vec![[status.clone(), self.status()]];
        facts.extend(self.meanings());
        facts.extend([
            [code.clone(), self.code()],
            ["Older codes".to_owned(), self.aliases()],
            [title.clone(), self.plain("title", error.title.as_deref())],
            [message.clone(), self.messages()],
            [
                action.clone(),
                self.plain("action", error.action.as_deref()),
            ],
            [retry.clone(), self.retry()],
        ]);
        for (name, description) in &error.headers {
            let mark = self.mark("headers");
            facts.push([format!("Header {name}"), format!("{description}{mark}")]);
        }
        for (index, column) in catalog.columns.iter().enumerate() {
            facts.push([column.title.clone(), self.column(index)]);
        }
        let category = self.entry.category();
        let category = category.map(|category| format!("{} ({})", category.title, category.id));
        let version = catalog.api.version.as_ref();
        let version = version.map(|version| format!(", version {version}"));
        let api = format!("{} ({})", catalog.api.title, catalog.api.id);
        let module = &catalog.api.rust_name;
        let others = [
            ("Since", self.plain("since", error.since.as_deref())),
            ("API", api + &version.unwrap_or_default()),
            ("Section", category.unwrap_or_default()),
            ("Rust", format!("{module}::Code::{}", error.rust_name)),
            ("Catalog", catalog.source.clone()),
            ("Page", error.docs_url(&catalog.api).unwrap_or_default()),
        ];
        facts.extend(others.map(|(name, value)| [name.to_owned(), value]));
        facts.retain(|[_, value]| !value.is_empty());
        facts
    }

    fn plain(&self, key: &str, text: Option<&str>) -> String {
        text.map_or_else(String::new, |text| text.to_owned() + &self.mark(key))
    }

    fn status(&self) -> String {
        let error = self.error;
        if error.event {
            return format!(
                "none: an event, which answers no request{}",
                self.mark("event")
            );
        }
        let row_name = |status: u16| {
            let mut rows = self.entry.catalog.statuses.iter();
            let row = rows.find(|row| row.status == status)?;
            Some(row.name.clone()? + &mark(&row.inferred, "name"))
        };
        let statuses = error.statuses.iter().map(|status| match row_name(*status) {
            Some(name) => format!("{status} {name}"),
            None => status.to_string(),
        });
        if error.statuses.is_empty() {
            return "any, for none is documented".to_owned();
        }
        join(statuses, " or ") + &self.mark("status")
    }

    /// Returns the meanings of the error's statuses.
    fn meanings(&self) -> Vec<[String; 2]> {
        let rows = self.entry.status_rows();
        rows.filter_map(|row| {
            let meaning = row.meaning.clone()? + &mark(&row.inferred, "meaning");
            Some([format!("{} means", row.status), meaning])
        })
        .collect()
    }

    fn code(&self) -> String {
        if self.entry.catalog.envelope.member(&Role::Code).is_none() {
            return String::new();
        }
        let shown = match &self.error.code {
            Some(code) if code.number => format!("{} (a number)", code.text),
            Some(code) => code.text.clone(),
            None => "none in the body".to_owned(),
        };
        shown + &self.mark("code")
    }

    fn aliases(&self) -> String {
        let aliases = self.error.aliases.iter().map(|alias| &alias.text);
        join(aliases, ", ") + &self.mark("aliases")
    }

    fn messages(&self) -> String {
        join(&self.error.messages, "\nor: ") + &self.mark("message")
    }

    /// Returns the retry advice for the error, or else that for its statuses.
    fn retry(&self) -> String {
        let error = self.error;
        if let Some(retry) = error.retry {
            return format!("{}{}", retry_text(retry), self.mark("retry"));
        }
        let by_status = self.entry.catalog.status_advice(error).into_iter();
        let by_status = by_status.map(|(retry, rows)| {
            let rows = rows
                .into_iter()
                .map(|row| format!("{}{}", row.status, mark(&row.inferred, "retry")));
            format!("{}, as for any {}", retry_text(retry), join(rows, " or "))
        });
        join(by_status, "\n")
    }

    fn column(&self, index: usize) -> String {
        let column = &self.entry.catalog.columns[index];
        let shown = match (&self.error.columns[index], &column.kind) {
            (None, _) => return String::new(),
            (Some(Value::Bool(true)), ColumnKind::Type(_)) => "yes".to_owned(),
            (Some(Value::Bool(false)), ColumnKind::Type(_)) => "no".to_owned(),
            (Some(Value::Text(text)), _) => text.clone(),
            (Some(value), _) => value.to_string(),
        };
        shown + &self.mark(&column.key)
    }

    fn details(&mut self, context: &CatalogContext<'_>) {
        let error = self.error;
        let mark = self.mark("details");
        match &error.details {
            Some(Details::Object(fields)) => self.fields(&format!("Details{mark}"), fields),
            Some(Details::Whole(ty)) => {
                self.heading(&format!("Details{mark}"));
                self.line(&format!("  {CODE}{ty}{CODE:#}"));
                self.space();
            }
            None => {}
        }
        for named in context.types(error) {
            self.fields(&format!("Type {}", named.name), &named.fields);
        }
        if !error.params.is_empty() {
            let mark = self.mark("params");
            self.fields(&format!("Values in the message{mark}"), &error.params);
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

    /// Writes the example bodies. The body made from the error itself is left out if it is equal to an
    /// example, or if there are examples and its values would be synthetic.
    fn bodies(&mut self, samples: &[Sample]) {
        let mut shown: Vec<&Sample> = Vec::new();
        let examples = samples.iter().skip(1);
        let same =
            |one: &Sample, other: &Sample| one.status == other.status && one.body == other.body;
        if let Some(row) = samples.first()
            && (samples.len() == 1 || row.origin == SampleOrigin::Catalog)
            && !examples.clone().any(|example| same(example, row))
        {
            shown.push(row);
        }
        shown.extend(examples);
        for sample in shown {
            let what = match sample.origin {
                SampleOrigin::Example => format!("Example{}", self.mark("example")),
                SampleOrigin::Catalog => "Body".to_owned(),
                SampleOrigin::Synthetic => "Body, its values made up".to_owned(),
            };
            let status = sample.status.filter(|_| self.error.statuses.len() > 1);
            let status = status.map(|status| format!(", status {status}"));
            self.heading(&(what + &status.unwrap_or_default()));
            for line in indented(&sample.body).lines() {
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

/// Returns ` (inferred)` if the value of a key is inferred.
fn mark(inferred: &[Inferred], key: &str) -> String {
    if inferred.iter().any(|inferred| inferred.key == key) {
        format!(" {FAINT}(inferred){FAINT:#}")
    } else {
        String::new()
    }
}

fn retry_text(retry: Retry) -> String {
    let meaning = match retry {
        Retry::Never => "the same request fails again",
        Retry::Backoff => "send it again after a delay",
        Retry::RetryAfter => "send it again after the time in the Retry-After header",
        Retry::Poll => "ask again until it is done",
        _ => return retry.as_str().to_owned(),
    };
    format!("{}: {meaning}", retry.as_str())
}
