//! The codes and the aliases of an error.

use std::ops::Range;

use crate::check::context::ErrorReader;
use crate::check::syntax::hidden_in_code;
use crate::check::table_reader::{Spanned, TableReader, is_no_part_of_a_url, wire_code};
use crate::findings::RuleId;
use crate::keys;
use crate::model::{BodyFormat, Role, WireCode, docs_url};
use crate::toml::{TomlKind, TomlValue};

impl ErrorReader<'_> {
    /// The code on the wire, and where it stands: the key, unless `code` says otherwise.
    pub(super) fn code(
        &self,
        key: &Spanned<String>,
        fields: &TableReader<'_>,
    ) -> (Option<WireCode>, Range<usize>) {
        let Some(value) = fields.value(&keys::error::CODE) else {
            let text = if self.codes_are_types() {
                self.problem_type(key)
            } else {
                key.value.clone()
            };
            let number = false;
            let code = self.has_code().then_some(WireCode { text, number });
            return (code, key.span.clone());
        };
        let code = match &value.kind {
            TomlKind::Bool(false) => None,
            _ => self.wire(value, "`code`", "a string, an integer, or false for none"),
        };
        if code.is_some() && !self.has_code() {
            self.no_place(&value.span, "code", "code");
        }
        (code, value.span.clone())
    }

    /// Whether what stands in the place of a code is the type of problem details.
    pub(super) fn codes_are_types(&self) -> bool {
        let code = self.envelope.member(&Role::Code);
        self.envelope.format == BodyFormat::Problem
            && code.is_some_and(|code| code.pointers[0].as_str() == "/type")
    }

    /// RFC 9457, 3.1.1: a URI, best one at which the problem is documented.
    pub(super) fn problem_type(&self, key: &Spanned<String>) -> String {
        if let Some(base) = self.docs_url {
            return docs_url(base, &key.value);
        }
        if !self.untyped.replace(true) {
            let title = format!("nothing says what the `type` of `{}` is", key.value);
            let label = "problem details are told apart by their type";
            let help = "say in [api] where its page is published: docs-url = \"https://…\"; or give the error a `code`, a URI";
            self.findings
                .report(RuleId::MissingType, &key.span, title, label, help);
        }
        key.value.clone()
    }

    /// RFC 9457, 3.1.1: the type of a problem is a URI; that of none in particular is not written.
    pub(super) fn good_type(&self, code: Option<&WireCode>, span: &Range<usize>) {
        let Some(code) = code.filter(|_| self.codes_are_types()) else {
            return;
        };
        let is_uri = !code.number && !code.text.contains(is_no_part_of_a_url);
        if !is_uri || code.text == "about:blank" {
            let title = format!("`{}` is no type that tells a problem", code.text);
            let help = "write a URI, or code = false for a problem without a type of its own";
            self.findings
                .report(RuleId::BadType, span, title, "not to be told by it", help);
        }
    }

    pub(super) fn aliases(&self, fields: &TableReader<'_>) -> Vec<Spanned<WireCode>> {
        let Some(value) = fields.value(&keys::error::ALIASES) else {
            return Vec::new();
        };
        let TomlKind::List(items) = &value.kind else {
            self.findings
                .wrong_kind(value, "`aliases`", "an array of codes");
            return Vec::new();
        };
        if !self.has_code() {
            self.no_place(&value.span, "aliases", "code");
        }
        if items.is_empty() {
            self.findings
                .empty_list("aliases", value, "leave the key out");
        }
        let alias = |item: &TomlValue| {
            Some(Spanned {
                value: self.wire(item, "an alias", "a string or an integer")?,
                span: item.span.clone(),
            })
        };
        items.iter().filter_map(alias).collect()
    }

    fn wire(&self, value: &TomlValue, what: &str, wanted: &str) -> Option<WireCode> {
        if let Some(code) = wire_code(value) {
            hidden_in_code(self.findings, what, &value.span, &code.text);
            return Some(code);
        }
        let of_code = what == "`code`";
        let older = "write the older code, or delete it";
        let (title, label, help) = match &value.kind {
            TomlKind::Text(_) if of_code => (
                "is empty",
                "no code at all",
                "an error without a code says so with code = false",
            ),
            TomlKind::Text(_) => ("is empty", "no code at all", older),
            TomlKind::Integer(_) => (
                "does not fit 64 bits",
                "too large",
                "write it as a string, in quotes",
            ),
            TomlKind::Bool(true) if of_code => (
                "is never true",
                "a boolean",
                "false says that the error has none; else write the code",
            ),
            TomlKind::Bool(true) => ("is never true", "a boolean", older),
            _ => {
                self.findings.wrong_kind(value, what, wanted);
                return None;
            }
        };
        let title = format!("{what} {title}");
        self.findings
            .report(RuleId::BadCode, &value.span, title, label, help);
        None
    }
}
