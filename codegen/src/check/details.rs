//! What comes with an error beside its code and its message: details and header fields.

use std::collections::HashSet;
use std::ops::Range;

use crate::check::context::ErrorReader;
use crate::check::table_reader::{Spanned, TableReader};
use crate::findings::{Finding, RuleId};
use crate::keys;
use crate::model::{Details, EnvelopeMember, Role, Type};
use crate::toml::{TomlKind, TomlValue};

impl ErrorReader<'_> {
    pub(super) fn details(&self, fields: &TableReader<'_>) -> Option<Details> {
        let value = fields.value(&keys::error::DETAILS)?;
        let details = self.details_of(fields, value)?;
        self.context.types.limit_details(&details, &value.span);
        Some(details)
    }

    fn details_of(&self, fields: &TableReader<'_>, value: &TomlValue) -> Option<Details> {
        if self.envelope.member(&Role::Details).is_none() {
            self.no_place(&value.span, "details", "details");
        }
        match &value.kind {
            TomlKind::Table(table) if table.entries.is_empty() => {
                let title = "details without a member";
                let help = "leave the key out";
                self.findings
                    .report(RuleId::Empty, &value.span, title, "empty", help);
                None
            }
            TomlKind::Table(table) => {
                for entry in &table.entries {
                    self.taken_member(&entry.key, &entry.key_span);
                }
                Some(Details::Object(self.context.types.members(table)))
            }
            TomlKind::Text(_) => {
                let text = fields.text_at(&keys::error::DETAILS)?;
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

    /// Reports a type of whole details that may be no object, if other members are in the object that holds the
    /// details. A value that is no object would be lost there.
    fn beside_others(&self, text: &Spanned<String>, ty: &Type) {
        let Some(details) = self.envelope.member(&Role::Details) else {
            return;
        };
        let holds = |other: &EnvelopeMember| {
            other.role != Role::Details && details.pointers[0].contains(&other.pointers[0])
        };
        let object = matches!(ty, Type::Map(_) | Type::Named(_));
        if object || !self.envelope.members.iter().any(holds) {
            return;
        }
        let (label, help) = match ty {
            Type::Any => (
                "may be no object",
                "use `{any}`, an object with any members",
            ),
            _ => (
                "not an object",
                "give the members: details = { name = \"string\" }, or a type that is an object",
            ),
        };
        let title = format!("details of type `{ty}` cannot stand beside other members");
        self.findings
            .report(RuleId::DetailsBeside, &text.span, title, label, help);
    }

    /// A member of the details that would stand where the envelope has something.
    fn taken_member(&self, name: &str, span: &Range<usize>) {
        let Some(details) = self.envelope.member(&Role::Details) else {
            return;
        };
        let place = details.pointers[0].member(name);
        let members = self.envelope.members.iter();
        let mut others = members.filter(|other| other.role != Role::Details);
        let taken = others.find_map(|other| {
            let mut pointers = other.pointers.iter();
            Some((other, pointers.position(|pointer| place.contains(pointer))?))
        });
        let Some((other, at)) = taken else {
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
        let table = self.envelope_table;
        let entry = table.and_then(|table| table.get(other.role.key()));
        let place = entry.map(|entry| self.findings.location(&entry.value.span));
        let finding = Finding::error(RuleId::PlaceTaken, title)
            .at(self.findings.location(span), "not a member of the details")
            .maybe_with(place, "stands here")
            .help(help);
        self.findings.push(finding);
    }

    /// The header fields that come with the error, each with what it holds.
    pub(super) fn headers(&self, fields: &TableReader<'_>) -> Vec<(String, String)> {
        let mut seen = HashSet::new();
        let mut headers = Vec::new();
        for (name, description) in fields.text_table(&keys::error::HEADERS) {
            // RFC 9110, 5.6.2.
            let token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
            if name.value.is_empty() || !name.value.chars().all(token) {
                let title = format!("`{}` is no name of a header field", name.value);
                let label = "letters, digits and hyphens (RFC 9110, 5.6.2)";
                let help = "the name alone is the key, such as Retry-After; what the field holds is the text";
                self.findings
                    .report(RuleId::BadHeader, &name.span, title, label, help);
                continue;
            }
            if !seen.insert(name.value.to_ascii_lowercase()) {
                let title = format!("the header field `{}` stands here twice", name.value);
                let label = "names of fields ignore case";
                let help = "delete one";
                self.findings
                    .report(RuleId::Twice, &name.span, title, label, help);
            }
            headers.push((name.value, description));
        }
        headers
    }
}
