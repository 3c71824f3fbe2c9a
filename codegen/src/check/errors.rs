//! The sections and the errors: `[[category]]`, `[error.KEY]` and `[category.error.KEY]`.

use std::cell::Cell;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::anchor;
use crate::check::across::{Across, Places};
use crate::check::api::proposed_id;
use crate::check::fields::{At, Fields, is_no_part_of_a_url};
use crate::check::findings::Findings;
use crate::check::lints::Allowed;
use crate::check::names::{Case, Scope, settle};
use crate::check::{Context, columns, example, is_id, lints, message, notes, retry, suggest};
use crate::draft::{Entry, Kind, Table, Value};
use crate::finding::Finding;
use crate::format;
use crate::model::{
    Category, Code, Column, Deprecated, Details, Envelope, Error, Field, Format, Member, Role,
    StatusRow, Template, Type,
};
use crate::rule::Rule;

/// Reads the sections and the errors: those without a section first.
pub(super) fn read(
    context: &Context<'_>,
    root: &Fields<'_>,
    on: On<'_>,
) -> (Vec<Category>, Vec<Error>, Vec<Places>) {
    let column_keys = columns::keys(root);
    let reader = Reader {
        context,
        findings: context.findings,
        on,
        column_keys: column_keys.collect(),
        untyped: Cell::new(false),
    };
    let mut read = (Vec::new(), Vec::new());
    read.extend(reader.errors(root.table("error"), None));
    let categories = reader.categories(root, &mut read);
    let (mut errors, places) = read;
    let across = Across {
        findings: context.findings,
        errors: &errors,
        places: &places,
    };
    across.names(context.types.declared());
    across.codes();
    across.messages();
    let replaced_by = across.replacements();
    for (error, replaced_by) in errors.iter_mut().zip(replaced_by) {
        if let Some(deprecated) = &mut error.deprecated {
            deprecated.replaced_by = replaced_by;
        }
    }
    (categories, errors, places)
}

/// What errors rest on.
#[derive(Clone, Copy)]
pub(super) struct On<'a> {
    pub(super) envelope: &'a Envelope,
    /// As it is written, if it is.
    pub(super) envelope_table: Option<&'a Table>,
    /// Where the page of the API is published.
    pub(super) docs_url: Option<&'a str>,
    pub(super) columns: &'a [Column],
    pub(super) statuses: &'a [StatusRow],
}

struct Reader<'a> {
    context: &'a Context<'a>,
    findings: &'a Findings,
    on: On<'a>,
    column_keys: Vec<&'a str>,
    /// Whether it has been said that problem details need types.
    untyped: Cell<bool>,
}

impl Reader<'_> {
    fn categories(
        &self,
        root: &Fields<'_>,
        errors: &mut impl Extend<(Error, Places)>,
    ) -> Vec<Category> {
        let (mut ids, mut names) = (HashMap::new(), Scope::default());
        let mut categories = Vec::new();
        for table in root.tables("category") {
            let fields = Fields::new(self.findings, table, &format::CATEGORY);
            errors.extend(self.errors(fields.table("error"), Some(categories.len())));
            let (id, title) = (fields.required("id"), fields.required("title"));
            let notes = notes(self.findings, &fields);
            let Some(id) = id else { continue };
            if !is_id(&id.value) {
                let label =
                    "ids are small letters and digits, with single hyphens between, a letter first";
                self.findings.report(
                    Rule::BadId,
                    &id.span,
                    format!("`{}` is no id", id.value),
                    label,
                    &format!("write id = \"{}\"", proposed_id(&id.value)),
                );
                continue;
            }
            if let Some(first) = ids.insert(id.value.clone(), id.span.clone()) {
                let finding = Finding::error(
                    Rule::DuplicateId,
                    format!("two categories have the id `{}`", id.value),
                )
                .at(self.findings.place(&id.span), "the same id")
                .with(self.findings.place(&first), "first here")
                .help("make them one section, or give each an id of its own");
                self.findings.push(finding);
                continue;
            }
            let name = settle(self.findings, &id, fields.text_at("rust-name"), Case::Camel);
            let (Some(title), Some(rust_name)) = (title, name) else {
                continue;
            };
            names.take(
                self.findings,
                &rust_name,
                &id.span,
                format_args!("Category::{rust_name}"),
            );
            categories.push(Category {
                id: id.value,
                rust_name,
                title: title.value,
                notes,
            });
        }
        categories
    }

    fn errors(
        &self,
        table: Option<&Table>,
        category: Option<usize>,
    ) -> impl Iterator<Item = (Error, Places)> {
        let entries = table.map_or(&[] as &[_], |table| &table.entries);
        let errors = entries.iter();
        errors.filter_map(move |entry| self.error(entry, category))
    }

    fn error(&self, entry: &Entry, category: Option<usize>) -> Option<(Error, Places)> {
        let Some(table) = entry.value.as_table() else {
            self.no_table(entry);
            return None;
        };
        let findings = self.findings;
        let before = findings.errors();
        let fields = Fields::with_columns(findings, table, &format::ERROR, &self.column_keys);
        let key = At {
            value: entry.key.clone(),
            span: entry.key_span.clone(),
        };
        let rust_name = fields.text_at("rust-name");
        let rust_name = self
            .good_key(&key)
            .then(|| settle(findings, &key, rust_name, Case::Camel))
            .flatten();
        let (code, code_span) = self.code(&key, &fields);
        self.good_type(code.as_ref(), &code_span);
        let aliases = self.aliases(&fields);
        let statuses = self.statuses(&fields);
        let event = self.event(&fields);
        let details = self.details(&fields);
        let members: &[Field] = match &details {
            Some(Details::Object(members)) => members,
            Some(Details::Whole(Type::Named(name))) => self.context.types.fields(name),
            _ => &[],
        };
        let params = message::params(self.context, &fields, members);
        let (messages, texts) = self.messages(&fields, members, &params);
        let description = fields.text("description");
        self.said(&key, &fields);
        let (deprecated, replaced_by) = self.deprecated(&fields);
        let (allowed, allow) = Allowed::read(findings, &fields);
        let mut error = Error {
            key: key.value,
            // Without a name there is a finding, and the catalog goes no further.
            rust_name: rust_name.unwrap_or_default(),
            category,
            code,
            aliases: aliases.iter().map(|alias| alias.value.clone()).collect(),
            statuses,
            event,
            title: fields.text("title"),
            messages,
            description,
            action: fields.text("action"),
            retry: retry(findings, &fields),
            details,
            params,
            headers: self.headers(&fields),
            examples: Vec::new(),
            docs: fields.text("docs"),
            since: fields.version("since"),
            deprecated,
            retired: fields.version("retired"),
            inferred: self.context.reasons.inferred(findings, &fields),
            allow,
            columns: self
                .on
                .columns
                .iter()
                .map(|column| columns::value(self.context, column, &fields))
                .collect(),
        };
        let (examples, example_places) =
            example::read(self.context, &fields, &error, self.on.envelope);
        error.examples = examples;
        // What is wrong, lints would only misread.
        let allowed = if findings.errors() == before {
            self.context.lints.error(&lints::Entry {
                allowed: &allowed,
                fields: &fields,
                key: &key.span,
                messages: &texts,
                error: &error,
                rows: self.on.statuses,
            });
            allowed
        } else {
            Allowed::default()
        };
        let places = Places {
            key: key.span,
            code: code_span,
            aliases: aliases.into_iter().map(|alias| alias.span).collect(),
            messages: texts.into_iter().map(|text| text.span).collect(),
            examples: example_places,
            allowed,
            replaced_by,
        };
        Some((error, places))
    }

    fn no_table(&self, entry: &Entry) {
        let title = format!("an error is a table, not {}", entry.value.kind.name());
        let help = format!(
            "write it as [error.{0}], or [category.error.{0}] in a section",
            entry.key
        );
        let span = &entry.key_span;
        self.findings
            .report(Rule::WrongKind, span, title, "not a table", &help);
    }

    /// The forms of the message, with the place of each text.
    fn messages(
        &self,
        fields: &Fields<'_>,
        members: &[Field],
        params: &[Field],
    ) -> (Vec<Template>, Vec<At<String>>) {
        let texts = fields.texts("message");
        let member = self.on.envelope.member(&Role::Message);
        if let (Some(message), None) = (fields.value("message"), member) {
            self.no_place(&message.span, "message", "message");
        }
        let messages = message::read(self.context, &texts, members, params);
        // A message that could not be read may use any of them.
        if messages.len() == texts.len() {
            message::unused_params(self.context, fields, &messages, params);
        }
        (messages, texts)
    }

    fn good_key(&self, key: &At<String>) -> bool {
        let good = key.value.trim() == key.value && !key.value.is_empty();
        if !good {
            let title = "a key neither starts nor ends with a space, and is not empty";
            let help = "name the error, and give its code with `code` where that is something else";
            self.findings
                .report(Rule::BadKey, &key.span, title, "no good key", help);
        }
        good
    }

    /// Something says what the error means, or was meant to: a misspelt key has its own finding.
    fn said(&self, key: &At<String>, fields: &Fields<'_>) {
        let texts = ["description", "message"];
        let misspelt = fields.table.entries.iter().any(|entry| {
            let unknown = !fields.has_key(&entry.key);
            unknown && suggest::nearest(&entry.key, texts).is_some()
        });
        if !misspelt && texts.iter().all(|key| fields.entry(key).is_none()) {
            let title = format!("nothing says what `{}` means", key.value);
            let label = "neither `description` nor `message`";
            self.findings.report(
                Rule::NothingSaid,
                &key.span,
                title,
                label,
                "give it a `description`",
            );
        }
    }

    /// The code on the wire, and where it stands: the key, unless `code` says otherwise.
    fn code(&self, key: &At<String>, fields: &Fields<'_>) -> (Option<Code>, Range<usize>) {
        let Some(value) = fields.value("code") else {
            let text = if self.codes_are_types() {
                self.problem_type(key)
            } else {
                key.value.clone()
            };
            let code = Code {
                text,
                number: false,
            };
            return (self.has_code().then_some(code), key.span.clone());
        };
        let code = match &value.kind {
            Kind::Bool(false) => None,
            _ => self.wire(value, "`code`", "a string, an integer, or false for none"),
        };
        if code.is_some() && !self.has_code() {
            self.no_place(&value.span, "code", "code");
        }
        (code, value.span.clone())
    }

    /// Whether what stands in the place of a code is the type of problem details.
    fn codes_are_types(&self) -> bool {
        let code = self.on.envelope.member(&Role::Code);
        self.on.envelope.format == Format::Problem
            && code.is_some_and(|code| code.pointers[0].as_str() == "/type")
    }

    /// RFC 9457, 3.1.1: a URI, best one at which the problem is documented.
    fn problem_type(&self, key: &At<String>) -> String {
        if let Some(base) = self.on.docs_url {
            return anchor::url(base, &key.value);
        }
        if !self.untyped.replace(true) {
            let title = format!("nothing says what the `type` of `{}` is", key.value);
            let label = "problem details are told apart by their type";
            let help = "say in [api] where its page is published: docs-url = \"https://…\"; or give the error a `code`, a URI";
            self.findings
                .report(Rule::MissingType, &key.span, title, label, help);
        }
        key.value.clone()
    }

    /// RFC 9457, 3.1.1: the type of a problem is a URI; that of none in particular is not written.
    fn good_type(&self, code: Option<&Code>, span: &Range<usize>) {
        let Some(code) = code.filter(|_| self.codes_are_types()) else {
            return;
        };
        let is_uri = !code.number && !code.text.contains(is_no_part_of_a_url);
        if !is_uri || code.text == "about:blank" {
            let title = format!("`{}` is no type that tells a problem", code.text);
            let help = "write a URI, or code = false for a problem without a type of its own";
            self.findings
                .report(Rule::BadType, span, title, "not to be told by it", help);
        }
    }

    fn has_code(&self) -> bool {
        self.on.envelope.member(&Role::Code).is_some()
    }

    fn aliases(&self, fields: &Fields<'_>) -> Vec<At<Code>> {
        let Some(value) = fields.value("aliases") else {
            return Vec::new();
        };
        let Kind::List(items) = &value.kind else {
            self.findings
                .wrong_kind(value, "`aliases`", "an array of codes");
            return Vec::new();
        };
        if !self.has_code() {
            self.no_place(&value.span, "aliases", "code");
        }
        if items.is_empty() {
            self.findings.report(
                Rule::Empty,
                &value.span,
                "`aliases` is an empty list",
                "nothing in it",
                "leave the key out",
            );
        }
        let alias = |item: &Value| {
            Some(At {
                value: self.wire(item, "an alias", "a string or an integer")?,
                span: item.span.clone(),
            })
        };
        items.iter().filter_map(alias).collect()
    }

    /// Something that would stand in the body, for which the envelope has no pointer.
    fn no_place(&self, span: &Range<usize>, what: &str, pointer: &str) {
        // Where that is missing or wrong, it has been told.
        if self
            .on
            .envelope_table
            .is_none_or(|table| table.get(pointer).is_some())
        {
            return;
        }
        let title = format!("`{what}`, where no body of this API has a place for it");
        let label = format!("the envelope has no `{pointer}`");
        let help = format!("say in [envelope] where it stands: {pointer} = \"/{pointer}\"");
        self.findings
            .report(Rule::NoPlace, span, title, &label, &help);
    }

    fn wire(&self, value: &Value, what: &str, wanted: &str) -> Option<Code> {
        match &value.kind {
            Kind::Text(text) if text.is_empty() => {
                let help = match what {
                    "`code`" => "an error without a code says so with code = false",
                    _ => "write the older code, or delete it",
                };
                self.findings.report(
                    Rule::BadCode,
                    &value.span,
                    format!("{what} is empty"),
                    "no code at all",
                    help,
                );
                None
            }
            Kind::Text(text) => Some(Code {
                text: text.clone(),
                number: false,
            }),
            Kind::Integer(Some(number)) => Some(Code {
                text: number.to_string(),
                number: true,
            }),
            Kind::Integer(None) => {
                let title = format!("{what} does not fit 64 bits");
                self.findings.report(
                    Rule::BadCode,
                    &value.span,
                    title,
                    "too large",
                    "write it as a string, in quotes",
                );
                None
            }
            Kind::Bool(true) => {
                let help = match what {
                    "`code`" => "false says that the error has none; else write the code",
                    _ => "write the older code, or delete it",
                };
                self.findings.report(
                    Rule::BadCode,
                    &value.span,
                    format!("{what} is never true"),
                    "a boolean",
                    help,
                );
                None
            }
            _ => {
                self.findings.wrong_kind(value, what, wanted);
                None
            }
        }
    }

    fn statuses(&self, fields: &Fields<'_>) -> Vec<u16> {
        let Some(value) = fields.value("status") else {
            return Vec::new();
        };
        let one = std::slice::from_ref(value);
        let items = match &value.kind {
            Kind::List(items) if items.is_empty() => {
                let help = "leave the key out where the document gives no status";
                self.findings.report(
                    Rule::Empty,
                    &value.span,
                    "`status` is an empty list",
                    "nothing in it",
                    help,
                );
                return Vec::new();
            }
            Kind::List(items) => items.as_slice(),
            _ => one,
        };
        let mut statuses = Vec::new();
        for item in items {
            if let Some(status) = status(self.findings, item) {
                if statuses.contains(&status) {
                    self.findings.report(
                        Rule::Twice,
                        &item.span,
                        format!("the status {status} stands here twice"),
                        "again",
                        "delete it",
                    );
                } else {
                    statuses.push(status);
                }
            }
        }
        statuses
    }

    fn event(&self, fields: &Fields<'_>) -> bool {
        let event = fields.flag("event");
        if let (true, Some(status)) = (event, fields.entry("status")) {
            let help =
                "an error that also answers requests is no event; one that does not has no status";
            self.findings.report(
                Rule::EventWithStatus,
                &status.key_span,
                "an event answers no request",
                "so it has no status",
                help,
            );
        }
        event
    }

    fn details(&self, fields: &Fields<'_>) -> Option<Details> {
        let value = fields.value("details")?;
        if self.on.envelope.member(&Role::Details).is_none() {
            self.no_place(&value.span, "details", "details");
        }
        match &value.kind {
            Kind::Table(table) if table.entries.is_empty() => {
                self.findings.report(
                    Rule::Empty,
                    &value.span,
                    "details without a member",
                    "empty",
                    "leave the key out",
                );
                None
            }
            Kind::Table(table) => {
                for entry in &table.entries {
                    self.taken_member(&entry.key, &entry.key_span);
                }
                Some(Details::Object(self.context.types.members(table)))
            }
            Kind::Text(_) => {
                let text = fields.text_at("details")?;
                let ty = self.context.types.parse(&text)?;
                self.beside_others(&text, &ty);
                if let Type::Named(name) = &ty {
                    for field in self.context.types.fields(name) {
                        self.taken_member(&field.name, &text.span);
                    }
                }
                Some(Details::Whole(ty))
            }
            _ => {
                self.findings
                    .wrong_kind(value, "`details`", "a table of members, or a type");
                None
            }
        }
    }

    /// Details of one type, where the object that they stand in has other members, must be an object.
    fn beside_others(&self, text: &At<String>, ty: &Type) {
        let Some(details) = self.on.envelope.member(&Role::Details) else {
            return;
        };
        let holds = |other: &Member| {
            other.role != Role::Details && details.pointers[0].contains(&other.pointers[0])
        };
        let object = matches!(ty, Type::Any | Type::Map(_) | Type::Named(_));
        if !object && self.on.envelope.members.iter().any(holds) {
            let title = format!("details of type `{ty}` cannot stand beside other members");
            let help =
                "give the members: details = { name = \"string\" }, or a type that is an object";
            self.findings.report(
                Rule::DetailsBeside,
                &text.span,
                title,
                "not an object",
                help,
            );
        }
    }

    /// A member of the details that would stand where the envelope has something.
    fn taken_member(&self, name: &str, span: &Range<usize>) {
        let Some(details) = self.on.envelope.member(&Role::Details) else {
            return;
        };
        let place = details.pointers[0].member(name);
        let holds = |other: &&Member| {
            let at = other
                .pointers
                .iter()
                .position(|pointer| place.contains(pointer));
            (other.role != Role::Details).then_some(at).flatten()
        };
        let mut members = self.on.envelope.members.iter();
        let Some((other, at)) = members.find_map(|other| Some((other, holds(&other)?))) else {
            return;
        };
        let (title, help) = if at == 0 {
            (
                format!("`{}` stands in the envelope already", place.as_str()),
                "what the envelope says of it holds for every error: leave it out here".to_owned(),
            )
        } else {
            // Where something is only read, the member would be taken for it.
            let what = other.role.key();
            (
                format!("`{}` would be read as the {what}", place.as_str()),
                format!("take it out of the pointers of `{what}`, or out of the details"),
            )
        };
        let finding = Finding::error(Rule::PlaceTaken, title)
            .at(self.findings.place(span), "not a member of the details")
            .help(help);
        let table = self.on.envelope_table;
        let entry = table.and_then(|table| table.get(other.role.key()));
        self.findings.push(match entry {
            Some(entry) => finding.with(self.findings.place(&entry.value.span), "stands here"),
            None => finding,
        });
    }

    fn headers(&self, fields: &Fields<'_>) -> Vec<(String, String)> {
        let mut seen = HashSet::new();
        let headers = fields
            .text_table("headers")
            .into_iter()
            .filter_map(|(name, description)| {
                // RFC 9110, 5.6.2.
                let token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
                if name.value.is_empty() || !name.value.chars().all(token) {
                    let title = format!("`{}` is no name of a header field", name.value);
                    self.findings.report(
                        Rule::BadHeader,
                        &name.span,
                        title,
                        "letters, digits and hyphens (RFC 9110, 5.6.2)",
                        "the name alone is the key, such as Retry-After; what the field holds is the text",
                    );
                    return None;
                }
                let folded = name.value.to_ascii_lowercase();
                if !seen.insert(folded) {
                    let title = format!("the header field `{}` stands here twice", name.value);
                    self.findings.report(
                        Rule::Twice,
                        &name.span,
                        title,
                        "names of fields ignore case",
                        "delete one",
                    );
                }
                Some((name.value, description))
            });
        headers.collect()
    }

    fn deprecated(&self, fields: &Fields<'_>) -> (Option<Deprecated>, Option<At<String>>) {
        let Some(table) = fields.filled("deprecated") else {
            return (None, None);
        };
        let fields = Fields::new(self.findings, table, &format::DEPRECATED);
        let deprecated = Deprecated {
            since: fields.version("since"),
            replaced_by: None,
            note: fields.text("note"),
        };
        (Some(deprecated), fields.text_at("replaced-by"))
    }
}

/// Where a number may belong that is no status.
pub(super) const IN_BODY: &str =
    "write the status of the response; a number in its body may be the error's `code`";

/// An HTTP status code.
pub(super) fn status(findings: &Findings, value: &Value) -> Option<u16> {
    let Kind::Integer(number) = &value.kind else {
        findings.wrong_kind(value, "a status", "an integer");
        return None;
    };
    let status = number
        .and_then(|number| u16::try_from(number).ok())
        .filter(|status| (100..=599).contains(status));
    if status.is_none() {
        findings.report(
            Rule::BadStatus,
            &value.span,
            "this is no HTTP status",
            "not from 100 to 599",
            IN_BODY,
        );
    }
    status
}
