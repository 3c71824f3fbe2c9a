//! The module of the static tables; `errbook::Catalog` explains why they have their shape.
//!
//! No name of a catalog is defined in it, so that the names of `errbook` and of the prelude cannot be shadowed. A
//! row of a table is a line.

use std::collections::HashMap;
use std::fmt::Write;

use errbook::__private::{CodeKind, EnvelopeNode, Facts, NodeStep, Param, Role};

use crate::derive::identification::{self, code_column, index, more_messages, param, rows};
use crate::derive::{EnvelopeLayout, HashTables, IdentificationTables, TextHolders, TextIndex};
use crate::emit::rust::columns;
use crate::emit::rust::expression::{Expression, RustText, write_literal};
use crate::model::{Catalog, Category, Deprecated, Error, Inferred, Rule, StatusRow};

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
        self.statics
            .imports
            .extend(["BodyFormat", "Envelope", "Role"]);
        self.table("static NODES", "EnvelopeNode<'static>", &layout.nodes());
        self.table("static READ", "(Role<'static>, u8)", &layout.read());
        let format = layout.format();
        let envelope =
            format!("&Envelope {{ nodes: &NODES, read: &READ, format: BodyFormat::{format:?} }}");
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
        self.column("codes", &of(code_column));
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
        let mut known = HashMap::new();
        let (mut facts, mut facts_of) = (Vec::new(), Vec::new());
        for error in &self.catalog.errors {
            let of_error = (identification::facts(error), &error.inferred);
            facts_of.push(*known.entry(of_error).or_insert_with(|| {
                facts.push(FactsRow(of_error.0, of_error.1));
                index(facts.len() - 1)
            }));
        }
        self.numbers("facts_of", &facts_of);
        self.optional_table("facts", "Facts<'static>", &facts);
    }

    /// What few errors have.
    fn sparse(&mut self) {
        let errors = &self.catalog.errors;
        let key = |index: &usize| errors[*index].key.as_str();
        let more_messages = rows(errors, more_messages);
        let aliases = rows(errors, |error| {
            let aliases = error.aliases.iter();
            aliases.map(|alias| &alias.text).collect()
        });
        let see_also = rows(errors, |error| error.see_also.iter().map(key).collect());
        let params = rows(errors, |error| error.params.iter().map(param).collect());
        let headers = rows(errors, |error| {
            error.headers.iter().map(HeaderRow).collect()
        });
        let deprecated = errors.iter().enumerate().filter_map(|(position, error)| {
            let row = DeprecatedRow(error.deprecated.as_ref()?, errors);
            Some((index(position), row))
        });
        self.optional_table("more_messages", "(u32, &[&str])", &more_messages);
        self.optional_table("aliases", "(u32, &[&str])", &aliases);
        self.optional_table("see_also", "(u32, &[&str])", &see_also);
        self.optional_table("params", "(u32, &[Param<'static>])", &params);
        self.optional_table("headers", "(u32, &[Header])", &headers);
        let deprecated: Vec<_> = deprecated.collect();
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
            let rules: Vec<_> = rules.iter().map(|rule| RuleRow(rule, errors)).collect();
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
        let inferred = Some(&self.inferred).filter(|inferred| !inferred.is_empty());
        out.push_row(
            "StatusRow",
            &[&self.status],
            &[
                ("name", value(self.name.as_ref())),
                ("meaning", value(self.meaning.as_ref())),
                ("retry", value(self.retry.as_ref())),
                ("inferred", value(inferred)),
            ],
        );
    }
}

impl Expression for Inferred {
    fn write(&self, out: &mut RustText) {
        out.push_row("Inferred", &[&self.key, &self.reason], &[]);
    }
}

impl Expression for Category {
    fn write(&self, out: &mut RustText) {
        out.push_row("CategoryRow", &[&self.id, &self.title], &[]);
    }
}

/// A rule, with the errors of its catalog.
struct RuleRow<'a>(&'a Rule, &'a [Error]);

impl Expression for RuleRow<'_> {
    fn write(&self, out: &mut RustText) {
        let Self(rule, errors) = self;
        let error = rule.error.map(|index| VariantPath::of(&errors[index]));
        out.push_row(
            "Rule",
            &[&rule.field, &rule.rule],
            &[
                ("error", value(error.as_ref())),
                ("message", value(rule.message.as_ref())),
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

impl Expression for Param<'_> {
    fn write(&self, out: &mut RustText) {
        out.push_struct("Param", &[("name", &self.name), ("kind", &self.kind)]);
    }
}

/// The name and the description of a header field.
struct HeaderRow<'a>(&'a (String, String));

impl Expression for HeaderRow<'_> {
    fn write(&self, out: &mut RustText) {
        let (name, description) = self.0;
        out.push_row("Header", &[name, description], &[]);
    }
}

/// A deprecation, with the errors of its catalog.
struct DeprecatedRow<'a>(&'a Deprecated, &'a [Error]);

impl Expression for DeprecatedRow<'_> {
    fn write(&self, out: &mut RustText) {
        let Self(deprecated, errors) = self;
        let replaced_by = deprecated.replaced_by.map(|index| &errors[index].key);
        out.push_row(
            "Deprecated",
            &[],
            &[
                ("since", value(deprecated.since.as_ref())),
                ("replaced_by", value(replaced_by)),
                ("note", value(deprecated.note.as_ref())),
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

/// The facts of an error, and its inferred values.
struct FactsRow<'a>(Facts<'a>, &'a [Inferred]);

impl Expression for FactsRow<'_> {
    fn write(&self, out: &mut RustText) {
        let Self(facts, inferred) = self;
        let fields: [(&str, bool, &dyn Expression); 9] = [
            ("category", facts.category.is_some(), &facts.category),
            ("statuses", !facts.statuses.is_empty(), &facts.statuses),
            ("event", facts.event, &true),
            ("code", facts.code != CodeKind::Text, &facts.code),
            ("retry", facts.retry.is_some(), &facts.retry),
            ("requires_details", facts.requires_details, &true),
            ("since", facts.since.is_some(), &facts.since),
            ("retired", facts.retired.is_some(), &facts.retired),
            ("inferred", !inferred.is_empty(), inferred),
        ];
        out.push_name("Facts");
        out.push_str(" { ");
        for (name, _, value) in fields.into_iter().filter(|(_, differs, _)| *differs) {
            let _ = write!(out.text, "{name}: ");
            value.write(out);
            out.push_str(", ");
        }
        out.push_str("..Facts::EMPTY }");
    }
}

/// A value of a row that may be absent.
fn value<T: Expression>(value: Option<&T>) -> Option<&dyn Expression> {
    value.map(|value| value as &dyn Expression)
}

fn text(text: Option<&String>) -> &str {
    text.map_or("", String::as_str)
}

fn static_name(field: &str) -> String {
    field.to_uppercase()
}
