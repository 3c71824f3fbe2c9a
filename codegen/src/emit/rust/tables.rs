//! The module of the static tables; `errbook::Catalog` explains why they have their shape.
//!
//! No name of a catalog is defined in it, so that the names of `errbook` and of the prelude cannot be shadowed. A
//! row of a table is a line.

use std::collections::HashMap;
use std::fmt::Write;

use errbook::__private::{EnvelopeNode, NodeStep, ParamKind, Role};

use crate::derive::{EnvelopeLayout, HashTables, IdentificationTables, TextHolders, TextIndex};
use crate::emit::rust::columns;
use crate::emit::rust::expression::{Expression, RustText, write_literal};
use crate::model::{Catalog, Category, Error, Field, Inferred, Retry, Rule, StatusRow};

/// The text of the module, without its header.
pub(super) fn emit(catalog: &Catalog) -> String {
    let mut tables = TableWriter {
        catalog,
        statics: RustText::default(),
        fields: RustText::default(),
    };
    tables.about();
    tables.envelope();
    tables.sections();
    tables.texts();
    tables.facts();
    tables.sparse();
    tables.identification();
    tables.public();
    tables.finish()
}

/// Appends the statics that are public, each with the rows of a table.
pub(super) fn emit_public(catalog: &Catalog, out: &mut String) {
    let statuses = match catalog.statuses.as_slice() {
        [] => "&[]",
        _ => "&tables::STATUSES",
    };
    let rules = match catalog.rules.as_slice() {
        [] => "&[]",
        _ => "&tables::RULES",
    };
    let _ = write!(
        out,
        "
/// The documentation's table of HTTP statuses, in its order.
pub static STATUSES: &[::errbook::StatusRow] = {statuses};

/// The documentation's table of field validation rules, in its order.
pub static RULES: &[::errbook::Rule<Code>] = {rules};
"
    );
}

/// The items of `errbook` that are not in `errbook::__private`.
const PUBLIC: [&str; 8] = [
    "Catalog",
    "CategoryRow",
    "Deprecated",
    "Header",
    "Inferred",
    "Retry",
    "Rule",
    "StatusRow",
];

/// The statics, and the fields of `CATALOG`, which refer to them.
struct TableWriter<'a> {
    catalog: &'a Catalog,
    statics: RustText,
    fields: RustText,
}

impl TableWriter<'_> {
    fn finish(self) -> String {
        let Self {
            statics, fields, ..
        } = self;
        let mut imports = statics.imports;
        imports.extend(fields.imports);
        imports.extend(["Catalog", "CatalogTables"]);
        let (public, private): (Vec<&str>, Vec<&str>) =
            imports.into_iter().partition(|name| PUBLIC.contains(name));
        format!(
            "use ::errbook::__private::{{{}}};\nuse ::errbook::{{{}}};\n\n\
             use super::{{Category, Code}};\n\n\
             pub(super) static CATALOG: Catalog = Catalog {{\n    tables: CatalogTables {{\n{}        \
             ..CatalogTables::EMPTY\n    }},\n}};\n{}",
            private.join(", "),
            public.join(", "),
            fields.text,
            statics.text
        )
    }

    fn about(&mut self) {
        let Catalog { api, envelope, .. } = self.catalog;
        let texts = [
            ("id", Some(&api.id)),
            ("api_title", Some(&api.title)),
            ("summary", api.summary.as_ref()),
            ("homepage", api.homepage.as_ref()),
            ("version", api.version.as_ref()),
            ("language", api.language.as_ref()),
        ];
        for (field, text) in texts {
            if let Some(text) = text {
                self.field(field, text);
            }
        }
        self.optional_table("api_inferred", "Inferred", &api.inferred);
        self.optional_table("envelope_inferred", "Inferred", &envelope.inferred);
    }

    fn envelope(&mut self) {
        let layout = EnvelopeLayout::new(&self.catalog.envelope);
        let format = format!("BodyFormat::{:?}", layout.format());
        self.statics
            .imports
            .extend(["Envelope", "BodyFormat", "Role"]);
        self.table("static NODES", "EnvelopeNode<'static>", &layout.nodes());
        self.table("static READ", "(Role<'static>, u8)", &layout.read());
        let envelope = format!("&Envelope {{ nodes: &NODES, read: &READ, format: {format} }}");
        self.field("envelope", &Symbol(&envelope));
    }

    fn sections(&mut self) {
        let Catalog {
            categories,
            statuses,
            ..
        } = self.catalog;
        self.statics.imports.insert("CategoryRow");
        self.table("pub(super) static CATEGORY_ROWS", "CategoryRow", categories);
        self.field("categories", &Symbol("&CATEGORY_ROWS"));
        if !statuses.is_empty() {
            self.table("pub(super) static STATUSES", "StatusRow", statuses);
            self.field("status_rows", &Symbol("&STATUSES"));
        }
    }

    fn texts(&mut self) {
        let Catalog { api, errors, .. } = self.catalog;
        let of = |text: fn(&Error) -> &str| -> Vec<&str> { errors.iter().map(text).collect() };
        self.column("keys", &of(|error| &error.key));
        self.column("names", &of(|error| &error.rust_name));
        self.column(
            "codes",
            &of(|error| match &error.code {
                Some(code) if code.text != error.key => &code.text,
                _ => "",
            }),
        );
        self.column("titles", &of(|error| text(error.title.as_ref())));
        self.column(
            "messages",
            &of(|error| text(error.messages.first().map(|form| &form.text))),
        );
        self.column(
            "descriptions",
            &of(|error| text(error.description.as_ref())),
        );
        self.column("actions", &of(|error| text(error.action.as_ref())));
        let urls = errors.iter().map_while(|error| error.docs_url(api));
        let urls: Vec<String> = urls.collect();
        self.column(
            "docs_urls",
            &urls.iter().map(String::as_str).collect::<Vec<_>>(),
        );
    }

    /// A text for each error; no column at all where no error has one.
    fn column(&mut self, field: &'static str, texts: &[&str]) {
        if texts.iter().all(|text| text.is_empty()) {
            return;
        }
        let name = static_name(field);
        let out = &mut self.statics;
        let _ = write!(out.text, "\nstatic {name}: ");
        out.push_name("StringTable");
        out.push_str("<'static> = ::errbook::__string_table! {\n");
        for text in texts {
            let _ = write!(out.text, "    {} ", text.len());
            write_literal(&mut out.text, text);
            out.push_str("\n");
        }
        out.push_str("};\n");
        self.field(field, &Symbol(&name));
    }

    /// What errors have in common is kept once, in the order of its first error.
    fn facts(&mut self) {
        let mut known: HashMap<ErrorFacts<'_>, u32> = HashMap::new();
        let (mut facts, mut facts_of) = (Vec::new(), Vec::new());
        for error in &self.catalog.errors {
            let of_error = ErrorFacts::of(error);
            let of = *known.entry(of_error).or_insert_with(|| {
                facts.push(ErrorFacts::of(error));
                index(facts.len() - 1)
            });
            facts_of.push(of);
        }
        self.numbers("facts_of", &facts_of);
        self.optional_table("facts", "Facts<'static>", &facts);
    }

    /// What few errors have.
    fn sparse(&mut self) {
        let errors = &self.catalog.errors;
        let more_messages = rows(errors, |error| {
            let more = error.messages.get(1..).filter(|more| !more.is_empty())?;
            Some(more.iter().map(|message| &message.text).collect::<Vec<_>>())
        });
        let aliases = rows(errors, |error| {
            let texts = error.aliases.iter().map(|alias| &alias.text);
            (!error.aliases.is_empty()).then(|| texts.collect::<Vec<_>>())
        });
        let params = rows(errors, |error| {
            (!error.params.is_empty())
                .then(|| error.params.iter().map(ParamRow).collect::<Vec<_>>())
        });
        let headers = rows(errors, |error| {
            let headers = error.headers.iter();
            let headers = headers.map(|(name, description)| HeaderRow { name, description });
            (!error.headers.is_empty()).then(|| headers.collect::<Vec<_>>())
        });
        let see_also = rows(errors, |error| {
            let keys = error.see_also.iter().map(|index| &errors[*index].key);
            (!error.see_also.is_empty()).then(|| keys.collect::<Vec<_>>())
        });
        let deprecated = rows(errors, |error| {
            let deprecated = error.deprecated.as_ref()?;
            let replaced_by = deprecated.replaced_by.map(|index| &*errors[index].key);
            Some(Deprecation {
                since: deprecated.since.as_deref(),
                replaced_by,
                note: deprecated.note.as_deref(),
            })
        });
        self.optional_table("more_messages", "(u32, &[&str])", &more_messages);
        self.optional_table("aliases", "(u32, &[&str])", &aliases);
        self.optional_table("see_also", "(u32, &[&str])", &see_also);
        self.optional_table("params", "(u32, &[Param<'static>])", &params);
        self.optional_table("headers", "(u32, &[Header])", &headers);
        self.optional_table("deprecated", "(u32, Deprecated)", &deprecated);
    }

    /// The tables by which an error is identified.
    fn identification(&mut self) {
        let errors = &self.catalog.errors;
        if errors.is_empty() {
            return;
        }
        let IdentificationTables {
            by_code,
            shared_codes,
            by_message,
            shared_messages,
            without_code,
            forms,
        } = IdentificationTables::new(errors);
        let by_key: Vec<TextIndex<'_>> = (0..)
            .zip(errors)
            .map(|(index, error)| ((&error.key).into(), index))
            .collect();
        let key_lookup = self.lookup("key", &by_key);
        self.field("by_key", &Symbol(&key_lookup));
        if by_code == by_key {
            self.field("by_code", &Symbol(&key_lookup));
        } else if !by_code.is_empty() {
            let lookup = self.lookup("code", &by_code);
            self.field("by_code", &Symbol(&lookup));
        }
        self.optional_table("shared_codes", "SharedText<'static>", &shared_codes);
        if !by_message.is_empty() {
            let lookup = self.lookup("message", &by_message);
            self.field("by_message", &Symbol(&lookup));
        }
        self.optional_table("shared_messages", "SharedText<'static>", &shared_messages);
        self.numbers("without_code", &without_code);
        self.numbers("forms", forms.as_flattened());
    }

    /// What the public module has a name for.
    fn public(&mut self) {
        let Catalog {
            errors,
            categories,
            columns,
            rules,
            ..
        } = self.catalog;
        let names_old_ones = |error: &Error| error.deprecated.is_some() || error.retired.is_some();
        let allow = "#[allow(deprecated)]\npub(super) static ";
        let head = if errors.iter().any(names_old_ones) {
            allow
        } else {
            "pub(super) static "
        };
        let codes: Vec<VariantPath<'_>> = errors.iter().map(VariantPath::of).collect();
        // A static: as a constant, the array costs rustc twice the time.
        self.table(&format!("{head}ALL_CODES"), "Code", &codes);
        let names = categories.iter();
        let names = names.map(|category| VariantPath("Category", &category.rust_name));
        let head = "pub(super) static ALL_CATEGORIES";
        self.table(head, "Category", &names.collect::<Vec<_>>());
        for (index, column) in columns.iter().enumerate() {
            let head = format!("pub(super) static {}", columns::table_name(column));
            let ty = columns::column_type(column, "super::", "Option");
            let values: Vec<_> = columns::values(self.catalog, index, column).collect();
            self.table(&head, &ty, &values);
        }
        if !rules.is_empty() {
            let rules: Vec<_> = rules.iter().map(|rule| (rule, errors)).collect();
            self.table(&format!("{allow}RULES"), "Rule<Code>", &rules);
        }
    }

    /// Adds a field of `CATALOG`.
    fn field(&mut self, field: &'static str, value: &dyn Expression) {
        let _ = write!(self.fields.text, "        {field}: ");
        value.write(&mut self.fields);
        self.fields.push_str(",\n");
    }

    /// Adds an array with a row on each line. The type of a row consists of names that rows have.
    fn table<T: Expression>(&mut self, head: &str, ty: &str, rows: &[T]) {
        let out = &mut self.statics;
        let _ = write!(out.text, "\n{head}: [{ty}; {}] = [", rows.len());
        for row in rows {
            out.push_str("\n    ");
            row.write(out);
            out.push_str(",");
        }
        out.push_str(if rows.is_empty() { "];\n" } else { "\n];\n" });
    }

    /// Adds an array and the field of `CATALOG` that refers to it, if there is a row.
    fn optional_table<T: Expression>(&mut self, field: &'static str, ty: &str, rows: &[T]) {
        if !rows.is_empty() {
            let name = static_name(field);
            self.table(&format!("static {name}"), ty, rows);
            self.field(field, &Symbol(&format!("&{name}")));
        }
    }

    /// As [`optional_table`](Self::optional_table), for numbers.
    fn numbers(&mut self, field: &'static str, numbers: &[u32]) {
        if !numbers.is_empty() {
            let name = self.number_array(field, numbers);
            self.field(field, &Symbol(&format!("&{name}")));
        }
    }

    /// Adds an array with several numbers on a line; returns its name.
    fn number_array(&mut self, name: &str, numbers: &[u32]) -> String {
        const ON_A_LINE: usize = 16;
        let name = static_name(name);
        let out = &mut self.statics;
        let _ = write!(out.text, "\nstatic {name}: [u32; {}] = [", numbers.len());
        if numbers.len() <= ON_A_LINE {
            out.push_list(numbers);
        } else {
            for line in numbers.chunks(ON_A_LINE) {
                out.push_str("\n    ");
                out.push_list(line);
                out.push_str(",");
            }
            out.push_str("\n");
        }
        out.push_str("];\n");
        name
    }

    /// Adds the arrays of a perfect hash; returns the expression of the hash.
    fn lookup(&mut self, of: &str, texts: &[TextIndex<'_>]) -> String {
        let HashTables {
            seed,
            displacements,
            slots,
        } = HashTables::new(texts);
        let displacements = self.number_array(&format!("{of}_displacements"), &displacements);
        let slots = self.number_array(&format!("{of}_slots"), &slots);
        self.statics.imports.insert("PerfectHash");
        format!("PerfectHash {{ seed: {seed}, displacements: &{displacements}, slots: &{slots} }}")
    }
}

/// An expression as it is written.
struct Symbol<'a>(&'a str);

impl Expression for Symbol<'_> {
    fn write(&self, out: &mut RustText) {
        out.push_str(self.0);
    }
}

/// A variant: the names of the enum and of the variant.
struct VariantPath<'a>(&'static str, &'a str);

impl<'a> VariantPath<'a> {
    fn of(error: &'a Error) -> Self {
        Self("Code", &error.rust_name)
    }
}

impl Expression for VariantPath<'_> {
    fn write(&self, out: &mut RustText) {
        let Self(name, variant) = self;
        let _ = write!(out.text, "{name}::{variant}");
    }
}

impl Expression for StatusRow {
    fn write(&self, out: &mut RustText) {
        out.push_struct(
            "StatusRow",
            &[
                ("status", &self.status),
                ("name", &self.name),
                ("meaning", &self.meaning),
                ("retry", &self.retry),
                ("inferred", &self.inferred),
            ],
        );
    }
}

impl Expression for Retry {
    fn write(&self, out: &mut RustText) {
        out.push_name("Retry");
        let _ = write!(out.text, "::{self:?}");
    }
}

impl Expression for Inferred {
    fn write(&self, out: &mut RustText) {
        out.push_struct("Inferred", &[("key", &self.key), ("reason", &self.reason)]);
    }
}

impl Expression for Category {
    fn write(&self, out: &mut RustText) {
        out.push_struct("CategoryRow", &[("id", &self.id), ("title", &self.title)]);
    }
}

/// A rule, with the errors of its catalog.
impl Expression for (&Rule, &Vec<Error>) {
    fn write(&self, out: &mut RustText) {
        let (rule, errors) = self;
        let error = rule.error.map(|index| VariantPath::of(&errors[index]));
        out.push_struct(
            "Rule",
            &[
                ("error", &error),
                ("field", &rule.field),
                ("rule", &rule.rule),
                ("message", &rule.message),
            ],
        );
    }
}

impl Expression for EnvelopeNode<'_> {
    fn write(&self, out: &mut RustText) {
        out.push_struct(
            "EnvelopeNode",
            &[
                ("step", &self.step),
                ("key", &self.key),
                ("end", &self.end),
                ("written", &self.written),
                ("looked_at", &self.looked_at),
            ],
        );
    }
}

impl Expression for NodeStep<'_> {
    fn write(&self, out: &mut RustText) {
        out.push_name("NodeStep");
        match self {
            Self::Member(name) => out.push_call("::Member", name),
            step => out.push_str(&format!("::{step:?}")),
        }
    }
}

impl Expression for Role<'_> {
    fn write(&self, out: &mut RustText) {
        out.push_name("Role");
        match self {
            Self::Constant(json) => out.push_call("::Constant", json),
            role => out.push_str(&format!("::{role:?}")),
        }
    }
}

/// A value of a message.
struct ParamRow<'a>(&'a Field);

impl Expression for ParamRow<'_> {
    fn write(&self, out: &mut RustText) {
        let kind = format!("ParamKind::{:?}", ParamKind::from(&self.0.ty));
        out.imports.insert("ParamKind");
        out.push_struct("Param", &[("name", &self.0.name), ("kind", &Symbol(&kind))]);
    }
}

struct HeaderRow<'a> {
    name: &'a str,
    description: &'a str,
}

impl Expression for HeaderRow<'_> {
    fn write(&self, out: &mut RustText) {
        let fields: [(&str, &dyn Expression); 2] =
            [("name", &self.name), ("description", &self.description)];
        out.push_struct("Header", &fields);
    }
}

/// A row of the table of deprecated errors.
struct Deprecation<'a> {
    since: Option<&'a str>,
    replaced_by: Option<&'a str>,
    note: Option<&'a str>,
}

impl Expression for Deprecation<'_> {
    fn write(&self, out: &mut RustText) {
        out.push_struct(
            "Deprecated",
            &[
                ("since", &self.since),
                ("replaced_by", &self.replaced_by),
                ("note", &self.note),
            ],
        );
    }
}

impl Expression for TextHolders<'_> {
    fn write(&self, out: &mut RustText) {
        out.push_struct(
            "SharedText",
            &[("text", &&*self.text), ("errors", &self.errors)],
        );
    }
}

/// What errors may have in common.
#[derive(PartialEq, Eq, Hash)]
struct ErrorFacts<'a> {
    category: Option<usize>,
    statuses: &'a [u16],
    event: bool,
    /// Whether the code is a number, if there is one.
    code: Option<bool>,
    retry: Option<Retry>,
    requires_details: bool,
    since: Option<&'a String>,
    retired: Option<&'a String>,
    inferred: &'a [Inferred],
}

impl<'a> ErrorFacts<'a> {
    fn of(error: &'a Error) -> Self {
        Self {
            category: error.category,
            statuses: &error.statuses,
            event: error.event,
            code: error.code.as_ref().map(|code| code.number),
            retry: error.retry,
            requires_details: error.requires_details(),
            since: error.since.as_ref(),
            retired: error.retired.as_ref(),
            inferred: &error.inferred,
        }
    }
}

impl Expression for ErrorFacts<'_> {
    fn write(&self, out: &mut RustText) {
        out.push_name("Facts");
        out.push_str(" { ");
        let mut field = |name: &str, value: &dyn Expression| {
            let _ = write!(out.text, "{name}: ");
            value.write(out);
            out.push_str(", ");
        };
        if let Some(category) = self.category {
            field("category", &Some(index(category)));
        }
        if !self.statuses.is_empty() {
            field("statuses", &self.statuses);
        }
        if self.event {
            field("event", &true);
        }
        match self.code {
            None => field("code", &Symbol("CodeKind::None")),
            Some(true) => field("code", &Symbol("CodeKind::Number")),
            Some(false) => {}
        }
        if self.retry.is_some() {
            field("retry", &self.retry);
        }
        if self.requires_details {
            field("requires_details", &true);
        }
        for (name, text) in [("since", self.since), ("retired", self.retired)] {
            if text.is_some() {
                field(name, &text);
            }
        }
        if !self.inferred.is_empty() {
            field("inferred", &self.inferred);
        }
        if self.code != Some(false) {
            out.imports.insert("CodeKind");
        }
        out.push_str("..Facts::EMPTY }");
    }
}

/// `(index, value)` of the errors that have a value.
fn rows<'a, T>(errors: &'a [Error], value: impl Fn(&'a Error) -> Option<T>) -> Vec<(u32, T)> {
    let rows = (0..).zip(errors);
    let rows = rows.filter_map(|(position, error)| Some((position, value(error)?)));
    rows.collect()
}

fn text(text: Option<&String>) -> &str {
    text.map_or("", String::as_str)
}

fn static_name(field: &str) -> String {
    field.to_uppercase()
}

fn index(position: usize) -> u32 {
    u32::try_from(position).expect("a catalog's text has fewer than 2^32 bytes, let alone errors")
}
