//! The details of an error.

use std::ops::Range;

use crate::check::error_reader::ErrorReader;
use crate::check::table_reader::{Spanned, TableReader};
use crate::findings::{Finding, RuleId};
use crate::keys;
use crate::model::{Details, EnvelopeMember, Role, Type};
use crate::toml::TomlKind;

impl ErrorReader<'_> {
    pub(super) fn details(&self, fields: &TableReader<'_>) -> Option<Details> {
        let value = fields.value(&keys::error::DETAILS)?;
        if self.on.envelope.member(&Role::Details).is_none() {
            self.no_place(&value.span, "details", "details");
        }
        match &value.kind {
            TomlKind::Table(table) if table.entries.is_empty() => {
                self.findings.report(
                    RuleId::Empty,
                    &value.span,
                    "details without a member",
                    "empty",
                    "leave the key out",
                );
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
    pub(super) fn beside_others(&self, text: &Spanned<String>, ty: &Type) {
        let Some(details) = self.on.envelope.member(&Role::Details) else {
            return;
        };
        let holds = |other: &EnvelopeMember| {
            other.role != Role::Details && details.pointers[0].contains(&other.pointers[0])
        };
        let object = matches!(ty, Type::Map(_) | Type::Named(_));
        if object || !self.on.envelope.members.iter().any(holds) {
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
    pub(super) fn taken_member(&self, name: &str, span: &Range<usize>) {
        let Some(details) = self.on.envelope.member(&Role::Details) else {
            return;
        };
        let place = details.pointers[0].member(name);
        let holds = |other: &&EnvelopeMember| {
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
        let finding = Finding::error(RuleId::PlaceTaken, title)
            .at(self.findings.location(span), "not a member of the details")
            .help(help);
        let table = self.on.envelope_table;
        let entry = table.and_then(|table| table.get(other.role.key()));
        self.findings.push(match entry {
            Some(entry) => finding.with(self.findings.location(&entry.value.span), "stands here"),
            None => finding,
        });
    }
}
