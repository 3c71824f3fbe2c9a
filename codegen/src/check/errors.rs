//! The errors: `[error.KEY]` and `[category.error.KEY]`, and what refers to them.

use std::collections::HashMap;
use std::ops::Range;

use crate::check::fields::{At, Fields, Findings};
use crate::check::names::{Case, Scope, settle};
use crate::check::{Context, columns, is_id, message, notes, retry, suggest};
use crate::draft::{Entry, Kind, Table, Value};
use crate::finding::Finding;
use crate::model::{
    Category, Code, Column, Deprecated, Details, Envelope, Error, Example, Field, Role, Rule,
    Template, Type,
};

/// The keys of an error that the format defines.
pub(super) const ERROR_KEYS: &[&str] = &[
    "status",
    "event",
    "code",
    "title",
    "message",
    "description",
    "action",
    "retry",
    "details",
    "params",
    "headers",
    "example",
    "docs",
    "since",
    "deprecated",
    "retired",
    "aliases",
    "rust-name",
    "inferred",
    "allow",
];
const CATEGORY_KEYS: &[&str] = &["id", "title", "rust-name", "error", "note"];
const EXAMPLE_KEYS: &[&str] = &["status", "message", "params", "details", "reference"];
const DEPRECATED_KEYS: &[&str] = &["since", "replaced-by", "note"];
const RULE_KEYS: &[&str] = &["error", "field", "rule", "message"];

/// Where the parts of an error stand that are compared with those of others.
struct Places {
    key: Range<usize>,
    code: Range<usize>,
    aliases: Vec<Range<usize>>,
    messages: Vec<Range<usize>>,
    replaced_by: Option<At<String>>,
}

/// Reads the sections and the errors: those without a section first.
pub(super) fn read(
    context: &Context<'_>,
    root: &Fields<'_>,
    envelope: &Envelope,
    columns: &[Column],
) -> (Vec<Category>, Vec<Error>) {
    let has_code = envelope.member(&Role::Code).is_some();
    let known: Vec<&str> = ERROR_KEYS
        .iter()
        .copied()
        .chain(columns.iter().map(|column| column.key.as_str()))
        .collect();
    let reader = Reader {
        context,
        findings: context.findings,
        has_code,
        columns,
        known,
    };
    let mut read = reader.errors(root.table("error"), None);
    let categories = reader.categories(root, &mut read);
    let (mut errors, places): (Vec<Error>, Vec<Places>) = read.into_iter().unzip();
    let across = Across {
        findings: context.findings,
        errors: &errors,
        places: &places,
    };
    across.names(context);
    across.codes();
    across.messages();
    let replaced_by = across.replacements();
    for (error, replaced_by) in errors.iter_mut().zip(replaced_by) {
        if let Some(deprecated) = &mut error.deprecated {
            deprecated.replaced_by = replaced_by;
        }
    }
    (categories, errors)
}

struct Reader<'a> {
    context: &'a Context<'a>,
    findings: &'a Findings,
    has_code: bool,
    columns: &'a [Column],
    known: Vec<&'a str>,
}

impl Reader<'_> {
    fn categories(&self, root: &Fields<'_>, errors: &mut Vec<(Error, Places)>) -> Vec<Category> {
        let (mut ids, mut names) = (HashMap::new(), Scope::default());
        let mut categories = Vec::new();
        for table in root.tables("category") {
            let fields = Fields::new(self.findings, table, "a category", CATEGORY_KEYS);
            errors.extend(self.errors(fields.table("error"), Some(categories.len())));
            let (id, title) = (fields.required("id"), fields.required("title"));
            let notes = notes(self.findings, &fields);
            let Some(id) = id else { continue };
            if !is_id(&id.value) {
                let label = "ids are small letters, digits and hyphens, a letter first";
                self.findings
                    .report(&id.span, format!("`{}` is no id", id.value), label, "");
                continue;
            }
            if let Some(first) = ids.insert(id.value.clone(), id.span.clone()) {
                let finding = Finding::error(format!("two categories have the id `{}`", id.value))
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
                &format!("Category::{rust_name}"),
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

    fn errors(&self, table: Option<&Table>, category: Option<usize>) -> Vec<(Error, Places)> {
        let entries = table.map_or(&[] as &[_], |table| &table.entries);
        entries
            .iter()
            .filter_map(|entry| self.error(entry, category))
            .collect()
    }

    fn error(&self, entry: &Entry, category: Option<usize>) -> Option<(Error, Places)> {
        let Some(table) = entry.value.as_table() else {
            self.findings
                .wrong_kind(&entry.value, "an error", "a table");
            return None;
        };
        let findings = self.findings;
        let fields = Fields::new(findings, table, "an error", &self.known);
        let key = At {
            value: entry.key.clone(),
            span: entry.key_span.clone(),
        };
        if key.value.trim() != key.value || key.value.is_empty() {
            let help = "name the error, and give its code with `code` where that is something else";
            findings.report(
                &key.span,
                "a key neither starts nor ends with a space, and is not empty",
                "no good key",
                help,
            );
        }
        let rust_name = settle(findings, &key, fields.text_at("rust-name"), Case::Camel);
        let (code, code_span) = self.code(&key, &fields);
        let aliases = self.aliases(&fields);
        let statuses = self.statuses(&fields);
        let event = self.event(&fields);
        let details = self.details(&fields);
        let params = self.params(&fields);
        let texts = fields.texts("message");
        let messages = self.messages(&texts, details.as_ref(), &params);
        let description = fields.text("description");
        if fields.entry("description").is_none() && fields.entry("message").is_none() {
            let title = format!("nothing says what `{}` means", key.value);
            findings.report(
                &key.span,
                title,
                "neither `description` nor `message`",
                "give it a `description`",
            );
        }
        // A message that could not be read may use any of them.
        if messages.len() == texts.len() {
            self.unused_params(&fields, &messages, &params);
        }
        let (deprecated, replaced_by) = self.deprecated(&fields);
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
            since: fields.text("since"),
            deprecated,
            retired: fields.text("retired"),
            inferred: self.context.reasons.inferred(findings, &fields),
            allow: fields
                .text_table("allow")
                .into_iter()
                .map(|(lint, reason)| (lint.value, reason))
                .collect(),
            columns: self
                .columns
                .iter()
                .map(|column| columns::value(self.context, column, &fields))
                .collect(),
        };
        error.examples = self.examples(&fields, &error);
        let places = Places {
            key: key.span,
            code: code_span,
            aliases: aliases.into_iter().map(|alias| alias.span).collect(),
            messages: texts.into_iter().map(|text| text.span).collect(),
            replaced_by,
        };
        Some((error, places))
    }

    /// The code on the wire, and where it stands: the key, unless `code` says otherwise.
    fn code(&self, key: &At<String>, fields: &Fields<'_>) -> (Option<Code>, Range<usize>) {
        let Some(value) = fields.value("code") else {
            let code = Code {
                text: key.value.clone(),
                number: false,
            };
            return (self.has_code.then_some(code), key.span.clone());
        };
        let code = match &value.kind {
            Kind::Bool(false) => None,
            _ => self.wire(value, "`code`", "a string, an integer, or false for none"),
        };
        if code.is_some() && !self.has_code {
            self.no_place(&value.span, "a code");
        }
        (code, value.span.clone())
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
        if !self.has_code {
            self.no_place(&value.span, "aliases");
        }
        let alias = |item: &Value| {
            Some(At {
                value: self.wire(item, "an alias", "a string or an integer")?,
                span: item.span.clone(),
            })
        };
        items.iter().filter_map(alias).collect()
    }

    fn no_place(&self, span: &Range<usize>, what: &str) {
        let title = format!("{what}, where no body of this API has one");
        let help = "say in [envelope] where codes stand: code = \"/code\"";
        self.findings
            .report(span, title, "the envelope has no `code`", help);
    }

    fn wire(&self, value: &Value, what: &str, wanted: &str) -> Option<Code> {
        match &value.kind {
            Kind::Text(text) if text.is_empty() => {
                let help = "an error without a code says so with code = false";
                self.findings.report(
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
            if let Some(status) = self.status(item) {
                if statuses.contains(&status) {
                    self.findings.report(
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

    fn status(&self, value: &Value) -> Option<u16> {
        let Kind::Integer(number) = &value.kind else {
            self.findings.wrong_kind(value, "a status", "an integer");
            return None;
        };
        let status = number
            .and_then(|number| u16::try_from(number).ok())
            .filter(|status| (100..=599).contains(status));
        if status.is_none() {
            self.findings.report(
                &value.span,
                "this is no HTTP status",
                "not from 100 to 599",
                "",
            );
        }
        status
    }

    fn event(&self, fields: &Fields<'_>) -> bool {
        let event = fields.flag("event");
        if let (true, Some(status)) = (event, fields.entry("status")) {
            let help =
                "an error that also answers requests is no event; one that does not has no status";
            self.findings.report(
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
        match &value.kind {
            Kind::Table(table) if table.entries.is_empty() => {
                self.findings.report(
                    &value.span,
                    "details without a member",
                    "empty",
                    "leave the key out",
                );
                None
            }
            Kind::Table(table) => Some(Details::Object(self.context.types.members(table))),
            Kind::Text(_) => {
                let text = fields.text_at("details")?;
                Some(Details::Whole(self.context.types.parse(&text)?))
            }
            _ => {
                self.findings
                    .wrong_kind(value, "`details`", "a table of members, or a type");
                None
            }
        }
    }

    fn params(&self, fields: &Fields<'_>) -> Vec<Field> {
        let Some(table) = fields.table("params") else {
            return Vec::new();
        };
        let params = self.context.types.members(table);
        for param in &params {
            let plain = matches!(
                param.ty,
                Type::String | Type::Bool | Type::U32 | Type::U64 | Type::I64 | Type::F64
            );
            if let (false, Some(entry)) = (plain, table.get(&param.name)) {
                let title = format!("a value in a message cannot be of type `{}`", param.ty);
                let help = "it is written into a text: string, bool, u32, u64, i64 or f64";
                self.findings
                    .report(&entry.value.span, title, "has no plain text", help);
            }
        }
        params
    }

    fn messages(
        &self,
        texts: &[At<String>],
        details: Option<&Details>,
        params: &[Field],
    ) -> Vec<Template> {
        let members: &[Field] = match details {
            Some(Details::Object(members)) => members,
            _ => &[],
        };
        let known: Vec<&str> = params
            .iter()
            .chain(members)
            .map(|field| field.name.as_str())
            .collect();
        let mut templates: Vec<Template> = Vec::new();
        for text in texts {
            match message::parse(&text.value) {
                Ok(template) => {
                    self.unknown_values(&template, text, &known);
                    if templates.contains(&template) {
                        self.findings.report(
                            &text.span,
                            "this form of the message stands here twice",
                            "again",
                            "delete it",
                        );
                    }
                    templates.push(template);
                }
                Err((title, help)) => {
                    self.findings
                        .report(&text.span, title, "in this message", &help);
                }
            }
        }
        templates
    }

    fn unknown_values(&self, template: &Template, text: &At<String>, known: &[&str]) {
        for name in template.values().filter(|name| !known.contains(name)) {
            let help = suggest::did_you_mean(name, known.iter().copied());
            let help = help.unwrap_or_else(|| format!("declare it: params = {{ {name} = \"string\" }}; for braces in the text write `{{{{` and `}}}}`"));
            let finding = Finding::error(format!(
                "the message uses a value `{name}` that nothing declares"
            ))
            .at(
                self.findings.place(&text.span),
                format!("`{{{name}}}` in this message"),
            )
            .help(help);
            self.findings.push(finding);
        }
    }

    fn unused_params(&self, fields: &Fields<'_>, messages: &[Template], params: &[Field]) {
        for param in params {
            let used = messages
                .iter()
                .any(|message| message.values().any(|name| name == param.name));
            let entry = fields
                .value("params")
                .and_then(Value::as_table)
                .and_then(|table| table.get(&param.name));
            if let (false, Some(entry)) = (used, entry) {
                let title = format!("no message uses the value `{}`", param.name);
                let help = format!(
                    "write {{{}}} in a `message`; a member of the body belongs into `details`",
                    param.name
                );
                self.findings
                    .report(&entry.key_span, title, "unused", &help);
            }
        }
    }

    fn headers(&self, fields: &Fields<'_>) -> Vec<(String, String)> {
        let headers = fields
            .text_table("headers")
            .into_iter()
            .filter_map(|(name, description)| {
                // RFC 9110, 5.6.2.
                let token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
                if name.value.is_empty() || !name.value.chars().all(token) {
                    let title = format!("`{}` is no name of a header field", name.value);
                    self.findings.report(
                        &name.span,
                        title,
                        "letters, digits and hyphens (RFC 9110, 5.6.2)",
                        "",
                    );
                    return None;
                }
                Some((name.value, description))
            });
        headers.collect()
    }

    fn deprecated(&self, fields: &Fields<'_>) -> (Option<Deprecated>, Option<At<String>>) {
        let Some(table) = fields.table("deprecated") else {
            return (None, None);
        };
        let fields = Fields::new(self.findings, table, "`deprecated`", DEPRECATED_KEYS);
        let deprecated = Deprecated {
            since: fields.text("since"),
            replaced_by: None,
            note: fields.text("note"),
        };
        (Some(deprecated), fields.text_at("replaced-by"))
    }

    /// `example` is one, `[[….example]]` several.
    fn examples(&self, fields: &Fields<'_>, error: &Error) -> Vec<Example> {
        let tables = match fields.value("example").map(|value| &value.kind) {
            Some(Kind::List(_)) => fields.tables("example"),
            Some(_) => fields.table("example").into_iter().collect(),
            None => Vec::new(),
        };
        tables
            .into_iter()
            .map(|table| self.example(table, error))
            .collect()
    }

    fn example(&self, table: &Table, error: &Error) -> Example {
        let fields = Fields::new(self.findings, table, "an example", EXAMPLE_KEYS);
        let status = fields.value("status").and_then(|value| {
            let status = self.status(value)?;
            if !error.statuses.is_empty() && !error.statuses.contains(&status) {
                let title = format!("`{}` does not come with {status}", error.key);
                self.findings
                    .report(&value.span, title, "not one of its statuses", "");
            }
            Some(status)
        });
        Example {
            status,
            message: fields.text("message"),
            params: self.example_params(&fields, error),
            details: self.example_details(&fields, error),
            reference: fields
                .value("reference")
                .and_then(|value| super::fields::constant(self.findings, value)),
        }
    }

    fn example_params(
        &self,
        fields: &Fields<'_>,
        error: &Error,
    ) -> Vec<(String, crate::model::Value)> {
        let entries = fields
            .table("params")
            .map_or(&[] as &[_], |table| &table.entries);
        let param = |entry: &Entry| {
            let Some(param) = error.params.iter().find(|param| param.name == entry.key) else {
                let names = error.params.iter().map(|param| param.name.as_str());
                let finding =
                    Finding::error(format!("`{}` has no value `{}`", error.key, entry.key))
                        .at(
                            self.findings.place(&entry.key_span),
                            "not one of its `params`",
                        )
                        .maybe_help(suggest::did_you_mean(&entry.key, names));
                self.findings.push(finding);
                return None;
            };
            Some((
                entry.key.clone(),
                self.context.types.value(&entry.value, &param.ty)?,
            ))
        };
        entries.iter().filter_map(param).collect()
    }

    fn example_details(&self, fields: &Fields<'_>, error: &Error) -> Option<crate::model::Value> {
        let entry = fields.entry("details")?;
        match &error.details {
            Some(Details::Object(members)) => {
                self.context
                    .types
                    .object(&entry.value, members, "this `details`")
            }
            Some(Details::Whole(ty)) => self.context.types.value(&entry.value, ty),
            None => {
                let help = "declare them: details = { name = \"string\" }";
                self.findings.report(
                    &entry.key_span,
                    format!("`{}` has no details", error.key),
                    "not declared",
                    help,
                );
                None
            }
        }
    }
}

/// What no error can be judged for alone.
struct Across<'a> {
    findings: &'a Findings,
    errors: &'a [Error],
    places: &'a [Places],
}

impl<'a> Across<'a> {
    fn iter(&self) -> impl Iterator<Item = (usize, &'a Error, &'a Places)> {
        self.errors
            .iter()
            .zip(self.places)
            .enumerate()
            .map(|(index, (error, places))| (index, error, places))
    }

    /// Keys in two sections, names that fold into one, and types of the same name as details.
    fn names(&self, context: &Context<'_>) {
        let (mut keys, mut names): (HashMap<&str, &Places>, Scope) =
            (HashMap::new(), Scope::default());
        for (_, error, places) in self.iter() {
            if let Some(first) = keys.insert(&error.key, places) {
                let finding = Finding::error(format!(
                    "the error `{}` stands here twice",
                    error.key
                ))
                .at(self.findings.place(&places.key), "the second time")
                .with(self.findings.place(&first.key), "first here")
                .help(
                    "errors of one code that differ in status need keys of their own, and `code`",
                );
                self.findings.push(finding);
            } else if !error.rust_name.is_empty() {
                names.take(
                    self.findings,
                    &error.rust_name,
                    &places.key,
                    &format!("Code::{}", error.rust_name),
                );
            }
            let declared = context.types.declared().get(&error.rust_name);
            if let (Some(Details::Object(_)), Some(declared)) = (&error.details, declared) {
                let finding = Finding::error(format!(
                    "a type and the details of an error become `details::{}`",
                    error.rust_name
                ))
                .at(
                    self.findings.place(&places.key),
                    "its details get this name",
                )
                .with(self.findings.place(declared), "the type has it")
                .help("give the type another name, or the error a `rust-name`");
                self.findings.push(finding);
            }
        }
    }

    /// One code may stand for two errors where their statuses tell them apart; an alias may not.
    fn codes(&self) {
        let mut by_code: HashMap<&str, Vec<(usize, &Range<usize>)>> = HashMap::new();
        for (index, error, places) in self.iter() {
            let Some(code) = &error.code else { continue };
            let others = by_code.entry(&code.text).or_default();
            let same = |other: &&(usize, &Range<usize>)| overlap(error, &self.errors[other.0]);
            if let Some((_, first)) = others.iter().find(same) {
                let finding = Finding::error(format!("two errors have the code `{}` at the same status", code.text))
                    .at(self.findings.place(&places.code), "the same code")
                    .with(self.findings.place(first), "first here")
                    .help("a body could mean either: give them different statuses, or make them one error");
                self.findings.push(finding);
            }
            others.push((index, &places.code));
        }
        for (_, error, places) in self.iter() {
            for (alias, span) in error.aliases.iter().zip(&places.aliases) {
                let others = by_code.entry(&alias.text).or_default();
                if let Some((_, first)) = others.first() {
                    let finding =
                        Finding::error(format!("the alias `{}` is a code already", alias.text))
                            .at(self.findings.place(span), "cannot mean this error, too")
                            .with(self.findings.place(first), "has it")
                            .help("an alias is a code that nothing else has");
                    self.findings.push(finding);
                } else {
                    others.push((usize::MAX, span));
                }
            }
        }
    }

    /// Errors without a code are told apart by their messages.
    fn messages(&self) {
        let mut by_message: HashMap<&str, Vec<(usize, &Range<usize>)>> = HashMap::new();
        for (index, error, places) in self.iter().filter(|(_, error, _)| error.code.is_none()) {
            for (template, span) in error.messages.iter().zip(&places.messages) {
                let others = by_message.entry(&template.text).or_default();
                let same = |other: &&(usize, &Range<usize>)| {
                    other.0 != index && overlap(error, &self.errors[other.0])
                };
                if let Some((_, first)) = others.iter().find(same) {
                    let finding = Finding::error(
                        "two errors without a code have this message at the same status",
                    )
                    .at(self.findings.place(span), "the same message")
                    .with(self.findings.place(first), "first here")
                    .help("nothing in a body tells them apart: make them one error");
                    self.findings.push(finding);
                }
                others.push((index, span));
            }
        }
    }

    /// The index of the error that takes the place of each.
    fn replacements(&self) -> Vec<Option<usize>> {
        let by_key: HashMap<&str, usize> = self
            .iter()
            .map(|(index, error, _)| (error.key.as_str(), index))
            .collect();
        let one = |(index, _, places): (usize, &Error, &Places)| {
            let key = places.replaced_by.as_ref()?;
            let report = |title: String, label: &str, help: Option<String>| {
                let finding = Finding::error(title).at(self.findings.place(&key.span), label);
                self.findings.push(finding.maybe_help(help));
            };
            let Some(&other) = by_key.get(key.value.as_str()) else {
                let near = suggest::did_you_mean(&key.value, by_key.keys().copied());
                report(
                    format!("there is no error `{}`", key.value),
                    "unknown key",
                    near,
                );
                return None;
            };
            if other == index {
                report(
                    format!("`{}` cannot replace itself", key.value),
                    "the same error",
                    None,
                );
            } else if self.errors[other].deprecated.is_some()
                || self.errors[other].retired.is_some()
            {
                let help = "name the error that is to be used today".to_owned();
                report(
                    format!("`{}` is on its way out itself", key.value),
                    "deprecated or retired",
                    Some(help),
                );
            }
            Some(other)
        };
        self.iter().map(one).collect()
    }
}

/// Whether a response could mean either: they share a status, or one comes with any.
fn overlap(a: &Error, b: &Error) -> bool {
    if a.event != b.event {
        return false;
    }
    a.statuses.is_empty()
        || b.statuses.is_empty()
        || a.statuses.iter().any(|status| b.statuses.contains(status))
}

/// The table of field validation rules, `[[rule]]`.
pub(super) fn rules(context: &Context<'_>, root: &Fields<'_>, errors: &[Error]) -> Vec<Rule> {
    let findings = context.findings;
    let rule = |table| {
        let fields = Fields::new(findings, table, "a rule", RULE_KEYS);
        let error = fields.text_at("error").and_then(|key| {
            let index = errors.iter().position(|error| error.key == key.value);
            if index.is_none() {
                let near = suggest::did_you_mean(
                    &key.value,
                    errors.iter().map(|error| error.key.as_str()),
                );
                let finding = Finding::error(format!("there is no error `{}`", key.value))
                    .at(findings.place(&key.span), "unknown key");
                findings.push(finding.maybe_help(near));
            }
            index
        });
        let (field, rule) = (fields.required("field"), fields.required("rule"));
        Some(Rule {
            error,
            field: field?.value,
            rule: rule?.value,
            message: fields.text("message"),
        })
    };
    root.tables("rule").into_iter().filter_map(rule).collect()
}
