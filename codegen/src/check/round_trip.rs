//! Reads the sample bodies of each error back: each must identify its own error.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use errbook::__private::{
    CatalogTables, EmptyContainer, Envelope, Evidence, Node, ParsedBody, Visit, Visitor,
    candidates, fits_details, identify,
};

use crate::check::context::ErrorSpans;
use crate::check::findings::Findings;
use crate::derive::{Bodies, EnvelopeLayout, IdentificationTables, Sample};
use crate::findings::{Finding, RuleId};
use crate::line_index::Location;
use crate::model::{Catalog, Details, Error, Field, Template, Type};

/// How many errors without a code may have to be gone through for one body: programs go through them,
/// too.
const MOST: usize = 1024;

/// Reads a body of each error, and each of its examples, as a program would.
pub(super) fn check(findings: &Findings, catalog: &Catalog, spans: &[ErrorSpans]) {
    let errors = || (0..).zip(&catalog.errors);
    let without_code = || errors().filter(|(_, error)| error.code.is_none());
    let has_template = |error: &Error| error.messages.iter().any(Template::has_placeholder);
    for is_compared in [has_template, Error::requires_details] {
        let mut compared = without_code().filter(|(_, error)| is_compared(error));
        if let Some((index, _)) = compared.nth(MOST) {
            let title = "more than 1,024 errors are told apart by the forms of their messages, or by their details";
            let help = "give them codes: each body would be compared with all of them";
            findings.report(
                RuleId::TooManyWithoutCode,
                &spans[index].key,
                title,
                "one too many",
                help,
            );
            return;
        }
    }
    let layout = EnvelopeLayout::new(&catalog.envelope);
    let envelope = &Envelope {
        nodes: &layout.nodes(),
        read: &layout.read(),
        format: layout.format(),
    };
    let statuses = StatusList::new(without_code().map(|(_, error)| error));
    let tables = IdentificationTables::new(&catalog.errors);
    tables.lend(&catalog.errors, envelope, |tables| {
        let reader = SampleReader {
            findings,
            catalog,
            spans,
            tables,
            types: FieldsByType::of(catalog),
        };
        let bodies = Bodies::new(catalog);
        let mut by_status_alone = 0;
        for (index, error) in errors().filter(|(_, error)| !is_unseen(error)) {
            by_status_alone += usize::from(is_identified_by_status(error));
            // Each status identifies one of them, so there are findings about the first ones. The runtime would
            // compare each with all others.
            if by_status_alone > MOST && is_identified_by_status(error) {
                continue;
            }
            let samples = bodies.of(error);
            let parts = std::iter::once(&spans[index].key).chain(&spans[index].examples);
            for (number, (sample, span)) in samples.iter().zip(parts).enumerate() {
                let statuses = match number {
                    0 => statuses.of(error),
                    _ => vec![sample.status],
                };
                if reader.check(index, sample, &statuses, span) {
                    break;
                }
            }
        }
    });
}

/// Whether the status alone identifies an error.
fn is_identified_by_status(error: &Error) -> bool {
    error.code.is_none() && error.messages.is_empty() && !error.requires_details()
}

/// The statuses that errors without a code declare; `None` for events.
struct StatusList(BTreeSet<Option<u16>>);

impl StatusList {
    fn new<'a>(errors: impl Iterator<Item = &'a Error>) -> Self {
        let statuses = errors.flat_map(|error| {
            let statuses = error.statuses.iter().copied().map(Some);
            statuses.chain(error.event.then_some(None))
        });
        Self(statuses.collect())
    }

    /// Returns the statuses with which an error may arrive. An error without one may arrive with any: those of
    /// other errors, and one that no error declares.
    fn of(&self, error: &Error) -> Vec<Option<u16>> {
        if error.event {
            return vec![None];
        }
        if !error.statuses.is_empty() {
            return error.statuses.iter().copied().map(Some).collect();
        }
        let mut undeclared = (400..=599).rev().map(Some);
        let undeclared = undeclared.find(|status| !self.0.contains(status));
        self.0.iter().copied().chain(undeclared).collect()
    }
}

/// Reads sample bodies as a program would.
struct SampleReader<'a> {
    findings: &'a Findings,
    catalog: &'a Catalog,
    spans: &'a [ErrorSpans],
    tables: &'a CatalogTables<'a>,
    types: FieldsByType<'a>,
}

impl SampleReader<'_> {
    /// Reads a sample of an error with each status. Reports the first status with which it does not identify its
    /// error; returns whether there is one.
    fn check(
        &self,
        index: usize,
        sample: &Sample,
        statuses: &[Option<u16>],
        span: &Range<usize>,
    ) -> bool {
        let errors = &self.catalog.errors;
        let parsed = ParsedBody::new(self.tables.envelope, &sample.body);
        let fits = |index: usize| {
            let (details, raw) = (&errors[index].details, parsed.details(&sample.body));
            details.as_ref().zip(raw).is_some_and(|(details, raw)| {
                let details = self.types.details(details);
                fits_details(self.tables.envelope, &details, raw)
            })
        };
        for &status in statuses {
            let evidence = Evidence::new(status, &parsed, &sample.body);
            let (found, _) = identify(self.tables, &evidence, &fits);
            if found == Some(index) {
                continue;
            }
            let mut others = candidates(self.tables, &evidence, &fits);
            let beside = found.or_else(|| others.find(|other| *other != index));
            let beside = beside.map(|other| self.findings.location(&self.spans[other].key));
            let place = self.findings.location(span);
            let found = found.map(|found| &errors[found]);
            let finding = untold(place, &errors[index], sample, status, found);
            self.findings
                .push(finding.maybe_with(beside, "beside this one"));
            return true;
        }
        false
    }
}

/// Whether an error has nothing that it could be known by: a lint tells of that.
fn is_unseen(error: &Error) -> bool {
    let has_mark = error.code.is_some() || !error.messages.is_empty() || error.requires_details();
    error.statuses.is_empty() && !error.event && !has_mark
}

/// What to say of a body that is not read as its error.
fn untold(
    place: Location,
    error: &Error,
    sample: &Sample,
    status: Option<u16>,
    found: Option<&Error>,
) -> Finding {
    let (rule, title) = match found {
        Some(found) => (
            RuleId::ReadAsAnother,
            format!("a body of `{}` would be read as `{}`", error.key, found.key),
        ),
        None => (
            RuleId::NotTold,
            format!("nothing would tell that a body is `{}`", error.key),
        ),
    };
    let with = match status {
        None => "as an event".to_owned(),
        Some(status) if error.statuses.contains(&status) => format!("with {status}"),
        Some(status) => format!("with a status such as {status}"),
    };
    let label = format!("{with}: {}", sample.body);
    let help = "errors are told apart by code, then by message, required details and status: give this one something of its own";
    Finding::error(rule, title).at(place, label).help(help)
}

/// The fields of the named types.
struct FieldsByType<'a>(HashMap<&'a str, &'a [Field]>);

impl<'a> FieldsByType<'a> {
    fn of(catalog: &'a Catalog) -> Self {
        let types = catalog.types.iter();
        let types = types.map(|named| (named.name.as_str(), named.fields.as_slice()));
        Self(types.collect())
    }

    fn details(&'a self, details: &'a Details) -> TypeNode<'a> {
        let kind = match details {
            Details::Object(fields) => NodeKind::Object(fields),
            Details::Whole(ty) => NodeKind::Type(ty),
        };
        TypeNode { kind, types: self }
    }
}

/// A type of details, as the runtime visits it.
struct TypeNode<'a> {
    kind: NodeKind<'a>,
    types: &'a FieldsByType<'a>,
}

#[derive(Clone, Copy)]
enum NodeKind<'a> {
    Object(&'a [Field]),
    Type(&'a Type),
}

impl<'a> TypeNode<'a> {
    fn of(&self, ty: &'a Type) -> Self {
        Self {
            kind: NodeKind::Type(ty),
            types: self.types,
        }
    }

    fn visit_object(&self, fields: &'a [Field], visitor: &mut Visitor<'_>) {
        let nodes: Vec<Self> = fields.iter().map(|field| self.of(&field.ty)).collect();
        let members = fields.iter().zip(&nodes);
        let members: Vec<(&str, &dyn Visit)> = members
            .map(|(field, node)| (field.name.as_str(), node as &dyn Visit))
            .collect();
        visitor(Node::Object(&members));
    }
}

impl Visit for TypeNode<'_> {
    fn visit(&self, visitor: &mut Visitor<'_>) {
        let ty = match self.kind {
            NodeKind::Object(fields) => return self.visit_object(fields, visitor),
            NodeKind::Type(ty) => ty,
        };
        match ty {
            Type::String => visitor(Node::Leaf(&String::new())),
            Type::Bool => visitor(Node::Leaf(&false)),
            Type::U32 => visitor(Node::Leaf(&0_u32)),
            Type::U64 => visitor(Node::Leaf(&0_u64)),
            Type::I64 => visitor(Node::Leaf(&0_i64)),
            Type::F64 => visitor(Node::Leaf(&0_f64)),
            Type::Any => visitor(Node::Leaf(&errbook::json::Any::Null)),
            Type::List(item) => visitor(Node::Leaf(&EmptyContainer::List(&self.of(item)))),
            Type::Map(item) => visitor(Node::Leaf(&EmptyContainer::Map(&self.of(item)))),
            Type::Optional(inner) => {
                visitor(Node::Leaf(&EmptyContainer::Optional(&self.of(inner))));
            }
            Type::Named(name) => {
                let fields = self.types.0.get(name.as_str()).copied();
                self.visit_object(fields.unwrap_or_default(), visitor);
            }
        }
    }
}
