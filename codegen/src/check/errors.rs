//! Sections and errors: `[[category]]`, `[error.KEY]` and `[category.error.KEY]`.

use std::collections::HashMap;
use std::slice;

use crate::check::context::{ErrorReader, ErrorSpans};
use crate::check::did_you_mean;
use crate::check::ids::{ID_FORM, is_id, proposed_id};
use crate::check::lints::{LintReporter, LintSubject};
use crate::check::reasons::AllowedLints;
use crate::check::references::{self, References};
use crate::check::rules_and_notes::notes;
use crate::check::rust_names::{Case, Scope, settle};
use crate::check::statuses::status;
use crate::check::table_reader::{Spanned, TableReader};
use crate::check::uniqueness::CrossChecks;
use crate::check::{columns, examples, messages};
use crate::findings::{Finding, RuleId};
use crate::keys;
use crate::model::{Category, Details, Error, Field, Retry, Role, Template, Type};
use crate::toml::{KeyValue, TomlKind};

/// Reads the sections and the errors: those without a section first.
pub(super) fn read(
    reader: &ErrorReader<'_>,
    root: &TableReader<'_>,
) -> (Vec<Category>, Vec<Error>, Vec<ErrorSpans>) {
    let ErrorReader {
        context, findings, ..
    } = *reader;
    let mut read = (Vec::new(), Vec::new(), Vec::new());
    read.extend(reader.errors(root.entries(&keys::root::ERROR), None));
    let categories = reader.categories(root, &mut read);
    let (mut errors, spans, references) = read;
    let cross_checks = CrossChecks {
        findings,
        errors: &errors,
        spans: &spans,
    };
    cross_checks.names(context.types.declared());
    cross_checks.codes();
    cross_checks.messages();
    references::resolve(findings, &mut errors, &spans, &references);
    (categories, errors, spans)
}

impl ErrorReader<'_> {
    fn categories(
        &self,
        root: &TableReader<'_>,
        errors: &mut impl Extend<(Error, ErrorSpans, References)>,
    ) -> Vec<Category> {
        let findings = self.findings;
        let (mut ids, mut names) = (HashMap::new(), Scope::default());
        let mut categories = Vec::new();
        for table in root.tables(&keys::root::CATEGORY) {
            let fields = TableReader::new(findings, table, &keys::CATEGORY_TABLE);
            let own = fields.entries(&keys::category::ERROR);
            errors.extend(self.errors(own, Some(categories.len())));
            let id = fields.required(&keys::category::ID);
            let title = fields.required(&keys::category::TITLE);
            let notes = notes(self.context, &fields, &keys::category::NOTE);
            let Some(id) = id else { continue };
            if !is_id(&id.value) {
                let title = format!("`{}` is no id", id.value);
                let help = format!("write id = \"{}\"", proposed_id(&id.value));
                findings.report(RuleId::BadId, &id.span, title, ID_FORM, &help);
                continue;
            }
            if let Some(first) = ids.insert(id.value.clone(), id.span.clone()) {
                let title = format!("two categories have the id `{}`", id.value);
                let finding = Finding::error(RuleId::DuplicateId, title)
                    .at(findings.location(&id.span), "the same id")
                    .with(findings.location(&first), "first here")
                    .help("make them one section, or give each an id of its own");
                findings.push(finding);
                continue;
            }
            let rust_name = fields.text_at(&keys::category::RUST_NAME);
            let rust_name = settle(findings, &id, rust_name, Case::Camel);
            let (Some(title), Some(rust_name)) = (title, rust_name) else {
                continue;
            };
            let shown = format_args!("Category::{rust_name}");
            names.take(findings, &rust_name, &id.span, shown);
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
        entries: &[KeyValue],
        category: Option<usize>,
    ) -> impl Iterator<Item = (Error, ErrorSpans, References)> {
        let errors = entries.iter();
        errors.filter_map(move |entry| self.error(entry, category))
    }

    fn error(
        &self,
        entry: &KeyValue,
        category: Option<usize>,
    ) -> Option<(Error, ErrorSpans, References)> {
        let Some(table) = entry.value.as_table() else {
            self.no_table(entry);
            return None;
        };
        let ErrorReader {
            context, findings, ..
        } = *self;
        let before = findings.errors();
        let fields =
            TableReader::with_columns(findings, table, &keys::ERROR_TABLE, &self.column_keys);
        let key = Spanned::key(entry);
        let rust_name = fields.text_at(&keys::error::RUST_NAME);
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
            Some(Details::Whole(Type::Named(name))) => context.types.fields(name),
            _ => &[],
        };
        let params = messages::params(context, &fields, members);
        let (messages, texts) = self.messages(&fields, members, &params);
        let description = fields.text(&keys::error::DESCRIPTION);
        self.said(&key, &fields);
        let (references, deprecated) = References::read(&fields);
        let (allowed, allow) = AllowedLints::read(&fields, &keys::error::ALLOW);
        let docs = fields.text_at(&keys::error::DOCS);
        let columns = self.columns.iter().zip(&self.column_names);
        let columns =
            columns.map(|(column, names)| columns::value(context, column, names, &fields));
        let mut error = Error {
            key: key.value,
            // Without a name there is a finding, and the catalog goes no further.
            rust_name: rust_name.unwrap_or_default(),
            category,
            code,
            aliases: aliases.iter().map(|alias| alias.value.clone()).collect(),
            statuses,
            event,
            title: fields.text(&keys::error::TITLE),
            messages,
            description,
            action: fields.text(&keys::error::ACTION),
            retry: fields.word(&keys::error::RETRY, "retry advice", Retry::ALL),
            details,
            params,
            headers: self.headers(&fields),
            docs: docs.as_ref().map(|docs| docs.value.clone()),
            since: fields.version(&keys::error::SINCE),
            deprecated,
            retired: fields.version(&keys::error::RETIRED),
            inferred: context.reasons.inferred(&fields, &keys::error::INFERRED),
            allow,
            columns: columns.collect(),
            // Examples are read below; errors that this one names, when all errors are read.
            ..Error::default()
        };
        let (examples, example_spans) = examples::read(context, &fields, &error, self.envelope);
        error.examples = examples;
        // What is wrong, lints would only misread.
        let allowed = if findings.errors() == before {
            let subject = LintSubject {
                lints: LintReporter::new(context, &allowed),
                text: context.text,
                fields: &fields,
                key: &key.span,
                messages: &texts,
                docs: docs.as_ref(),
                error: &error,
                rows: self.statuses,
            };
            subject.check();
            allowed
        } else {
            AllowedLints::default()
        };
        let spans = ErrorSpans {
            key: key.span,
            code: code_span,
            aliases: aliases.into_iter().map(|alias| alias.span).collect(),
            messages: texts.into_iter().map(|text| text.span).collect(),
            examples: example_spans,
            allowed,
        };
        Some((error, spans, references))
    }

    fn no_table(&self, entry: &KeyValue) {
        let title = format!("an error is a table, not {}", entry.value.kind.name());
        let help = format!(
            "write it as [error.{0}], or [category.error.{0}] in a section",
            entry.key
        );
        let span = &entry.key_span;
        self.findings
            .report(RuleId::WrongKind, span, title, "not a table", &help);
    }

    /// The forms of the message, with the place of each text.
    fn messages(
        &self,
        fields: &TableReader<'_>,
        members: &[Field],
        params: &[Field],
    ) -> (Vec<Template>, Vec<Spanned<String>>) {
        let texts = fields.texts(&keys::error::MESSAGE);
        let member = self.envelope.member(&Role::Message);
        if let (Some(message), None) = (fields.value(&keys::error::MESSAGE), member) {
            self.no_place(&message.span, "message", "message");
        }
        let messages = messages::read(self.context, &texts, members, params);
        // A message that could not be read may use any of them.
        if messages.len() == texts.len() {
            messages::unused_params(self.context, fields, &messages, params);
        }
        (messages, texts)
    }

    fn good_key(&self, key: &Spanned<String>) -> bool {
        let good = key.value.trim() == key.value && !key.value.is_empty();
        if !good {
            let title = "a key neither starts nor ends with a space, and is not empty";
            let help = "name the error, and give its code with `code` where that is something else";
            self.findings
                .report(RuleId::BadKey, &key.span, title, "no good key", help);
        }
        good
    }

    /// Something says what the error means, or was meant to: a misspelt key has its own finding.
    fn said(&self, key: &Spanned<String>, fields: &TableReader<'_>) {
        let texts = ["description", "message"];
        let misspelt = fields.table.entries.iter().any(|entry| {
            let unknown = !fields.has_key(&entry.key);
            unknown && !did_you_mean::near(&entry.key, texts).is_empty()
        });
        let described = fields.entry(&keys::error::DESCRIPTION).is_some();
        if !misspelt && !described && fields.entry(&keys::error::MESSAGE).is_none() {
            let title = format!("nothing says what `{}` means", key.value);
            let label = "neither `description` nor `message`";
            let help = "give it a `description`";
            self.findings
                .report(RuleId::NothingSaid, &key.span, title, label, help);
        }
    }

    fn statuses(&self, fields: &TableReader<'_>) -> Vec<u16> {
        let Some(value) = fields.value(&keys::error::STATUS) else {
            return Vec::new();
        };
        let items = match &value.kind {
            TomlKind::List(items) => items.as_slice(),
            _ => slice::from_ref(value),
        };
        if items.is_empty() {
            let help = "leave the key out where the document gives no status";
            self.findings.empty_list("status", value, help);
        }
        let mut statuses = Vec::new();
        for item in items {
            let Some(status) = status(self.findings, item) else {
                continue;
            };
            if statuses.contains(&status) {
                let title = format!("the status {status} stands here twice");
                self.findings.repeated(&item.span, title);
            } else {
                statuses.push(status);
            }
        }
        statuses
    }

    fn event(&self, fields: &TableReader<'_>) -> bool {
        let event = fields.flag(&keys::error::EVENT);
        if let (true, Some(status)) = (event, fields.entry(&keys::error::STATUS)) {
            let span = &status.key_span;
            let title = "an event answers no request";
            let label = "so it has no status";
            let help =
                "an error that also answers requests is no event; one that does not has no status";
            self.findings
                .report(RuleId::EventWithStatus, span, title, label, help);
        }
        event
    }
}
