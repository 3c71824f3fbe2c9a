//! The module of the static tables; `errbook::Catalog` explains why they have their shape.
//!
//! No name of a catalog is defined in it, so that the names of `errbook` and of the prelude cannot be shadowed. A
//! row of a table is a line.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write;

use errbook::__private::{CodeKind, EnvelopeNode, NodeStep, Param, ParamKind, Role};

use crate::derive::{
    EnvelopeLayout, HashTables, IdentificationTables, TextHolders, TextIndex, index, sparse_lists,
};
use crate::emit::rust::columns;
use crate::emit::rust::expression::{Expression, RustText, write_literal};
use crate::model::{Catalog, Category, Error, Inferred, Retry, StatusRow};

/// The text of the module, without its header.
pub(super) fn emit(catalog: &Catalog) -> String {
    let identification = IdentificationTables::new(&catalog.errors);
    let mut tables = TableWriter {
        catalog,
        statics: RustText::default(),
        fields: RustText::default(),
    };
    tables.about();
    tables.envelope();
    tables.sections();
    tables.texts(&identification);
    tables.facts();
    tables.sparse(&identification);
    tables.lookups(&identification);
    tables.public();
    tables.finish()
}

/// Appends the statics that are public, each with the rows of a table.
pub(super) fn emit_public(catalog: &Catalog, out: &mut String) {
    let rows = |is_empty, table| if is_empty { "&[]" } else { table };
    let statuses = rows(catalog.statuses.is_empty(), "&tables::STATUSES");
    let rules = rows(catalog.rules.is_empty(), "&tables::RULES");
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

impl<'a> TableWriter<'a> {
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
        self.field("envelope", &Symbol(envelope));
    }

    fn sections(&mut self) {
        let Catalog {
            categories,
            statuses,
            ..
        } = self.catalog;
        self.statics.imports.insert("CategoryRow");
        self.table("pub(super) static CATEGORY_ROWS", "CategoryRow", categories);
        self.field("categories", &Symbol("&CATEGORY_ROWS".to_owned()));
        if !statuses.is_empty() {
            self.table("pub(super) static STATUSES", "StatusRow", statuses);
            self.field("status_rows", &Symbol("&STATUSES".to_owned()));
        }
    }

    fn texts(&mut self, identification: &IdentificationTables<'a>) {
        let Catalog { api, errors, .. } = self.catalog;
        let of = |text: fn(&'a Error) -> &'a Option<String>| -> Vec<&str> {
            let texts = errors.iter().map(text);
            texts.map(|text| text.as_deref().unwrap_or("")).collect()
        };
        let names = errors.iter().map(|error| &*error.rust_name);
        let urls = errors.iter().map_while(|error| error.docs_url(api));
        let urls: Vec<String> = urls.collect();
        self.column("keys", &identification.keys);
        self.column("names", &names.collect::<Vec<_>>());
        self.column("codes", &identification.codes);
        self.column("titles", &of(|error| &error.title));
        self.column("messages", &identification.messages);
        self.column("descriptions", &of(|error| &error.description));
        self.column("actions", &of(|error| &error.action));
        self.column("docs_urls", &urls);
    }

    /// A text for each error; no column at all where no error has one.
    fn column(&mut self, field: &'static str, texts: &[impl AsRef<str>]) {
        if texts.iter().all(|text| text.as_ref().is_empty()) {
            return;
        }
        let name = static_name(field);
        let out = &mut self.statics;
        let _ = write!(out.text, "\nstatic {name}: ");
        out.push_name("StringTable");
        out.push_str("<'static> = ::errbook::__string_table! {\n");
        for text in texts.iter().map(AsRef::as_ref) {
            let _ = write!(out.text, "    {} ", text.len());
            write_literal(&mut out.text, text);
            out.push_str("\n");
        }
        out.push_str("};\n");
        self.field(field, &Symbol(name));
    }

    /// What errors have in common is stored once, in the order of its first error.
    fn facts(&mut self) {
        let (mut indexes, mut facts) = (HashMap::new(), Vec::new());
        let facts_of = self.catalog.errors.iter().map(|error| {
            let shared = (
                (error.category, &error.statuses, error.event),
                (error.code_kind(), error.retry, error.requires_details()),
                (&error.since, &error.retired, &error.inferred),
            );
            *indexes.entry(shared).or_insert_with(|| {
                facts.push(FactsRow(error));
                index(facts.len() - 1)
            })
        });
        let facts_of: Vec<u32> = facts_of.collect();
        self.numbers("facts_of", &facts_of);
        self.optional_table("facts", "Facts<'static>", &facts);
    }

    /// What few errors have.
    fn sparse(&mut self, identification: &IdentificationTables<'a>) {
        let errors = &self.catalog.errors;
        let aliases = sparse_lists(errors, |error| {
            let aliases = error.aliases.iter();
            aliases.map(|alias| &alias.text).collect()
        });
        let headers = sparse_lists(errors, |error| {
            let headers = error.headers.iter();
            headers
                .map(|(name, description)| HeaderRow { name, description })
                .collect()
        });
        let see_also = sparse_lists(errors, |error| {
            let related = error.see_also.iter();
            related.map(|index| &errors[*index].key).collect()
        });
        let deprecated = (0_u32..).zip(errors).filter_map(|(position, error)| {
            let deprecated = error.deprecated.as_ref()?;
            let replaced_by = deprecated.replaced_by;
            let row = DeprecatedRow {
                since: &deprecated.since,
                replaced_by: replaced_by.map(|index| &errors[index].key),
                note: &deprecated.note,
            };
            Some((position, row))
        });
        let deprecated: Vec<_> = deprecated.collect();
        let more_messages = &identification.more_messages;
        self.optional_table("more_messages", "(u32, &[&str])", more_messages);
        self.optional_table("aliases", "(u32, &[&str])", &aliases);
        self.optional_table("see_also", "(u32, &[&str])", &see_also);
        self.optional_table("params", "(u32, &[Param<'static>])", &identification.params);
        self.optional_table("headers", "(u32, &[Header])", &headers);
        self.optional_table("deprecated", "(u32, Deprecated)", &deprecated);
    }

    /// From texts to errors.
    fn lookups(&mut self, identification: &IdentificationTables<'a>) {
        if identification.keys.is_empty() {
            return;
        }
        let IdentificationTables {
            keys,
            by_code,
            shared_codes,
            by_message,
            shared_messages,
            without_code,
            forms,
            ..
        } = identification;
        let keys = keys.iter().map(|key| Cow::from(*key));
        let by_key: Vec<TextIndex<'_>> = keys.zip(0..).collect();
        let key_lookup = self.lookup("key", &by_key);
        self.field("by_key", &key_lookup);
        if *by_code == by_key {
            self.field("by_code", &key_lookup);
        } else if !by_code.is_empty() {
            let lookup = self.lookup("code", by_code);
            self.field("by_code", &lookup);
        }
        self.optional_table("shared_codes", "SharedText<'static>", shared_codes);
        if !by_message.is_empty() {
            let lookup = self.lookup("message", by_message);
            self.field("by_message", &lookup);
        }
        self.optional_table("shared_messages", "SharedText<'static>", shared_messages);
        self.numbers("without_code", without_code);
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
        let codes: Vec<VariantPath<'_>> = errors.iter().map(code_variant).collect();
        // A static: as a constant, the array costs rustc twice the time.
        self.table(&format!("{head}ALL_CODES"), "Code", &codes);
        let names = categories.iter();
        let names = names.map(|category| VariantPath("Category", &category.rust_name));
        let head = "pub(super) static ALL_CATEGORIES";
        self.table(head, "Category", &names.collect::<Vec<_>>());
        for (index, column) in columns.iter().enumerate() {
            let head = format!("pub(super) static {}", columns::table_name(column));
            let ty = columns::column_type(column, "super::", "Option");
            let values = columns::values(self.catalog, index, column);
            if column.optional {
                self.table(&head, &ty, &values);
            } else {
                let values: Vec<_> = values.into_iter().flatten().collect();
                self.table(&head, &ty, &values);
            }
        }
        if !rules.is_empty() {
            let rules = rules.iter().map(|rule| RuleRow {
                field: &rule.field,
                rule: &rule.rule,
                error: rule.error.map(|index| code_variant(&errors[index])),
                message: &rule.message,
            });
            let rules: Vec<_> = rules.collect();
            self.table(&format!("{allow}RULES"), "Rule<Code>", &rules);
        }
    }

    /// Adds a field of `CATALOG`.
    fn field(&mut self, field: &'static str, value: &dyn Expression) {
        self.fields.push_str("        ");
        self.fields.push_field(field, value);
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
            self.field(field, &Symbol(format!("&{name}")));
        }
    }

    /// As [`optional_table`](Self::optional_table), for numbers.
    fn numbers(&mut self, field: &'static str, numbers: &[u32]) {
        if !numbers.is_empty() {
            let name = self.number_array(field, numbers);
            self.field(field, &Symbol(format!("&{name}")));
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
    fn lookup(&mut self, of: &str, texts: &[TextIndex<'_>]) -> Symbol {
        let HashTables {
            seed,
            displacements,
            slots,
        } = HashTables::new(texts);
        let displacements = self.number_array(&format!("{of}_displacements"), &displacements);
        let slots = self.number_array(&format!("{of}_slots"), &slots);
        self.statics.imports.insert("PerfectHash");
        Symbol(format!(
            "PerfectHash {{ seed: {seed}, displacements: &{displacements}, slots: &{slots} }}"
        ))
    }
}

/// An expression as it is written.
struct Symbol(String);

impl Expression for Symbol {
    fn write(&self, out: &mut RustText) {
        out.push_str(&self.0);
    }
}

/// A variant: the names of the enum and of the variant.
struct VariantPath<'a>(&'static str, &'a str);

impl Expression for VariantPath<'_> {
    fn write(&self, out: &mut RustText) {
        let Self(name, variant) = self;
        let _ = write!(out.text, "{name}::{variant}");
    }
}

struct RuleRow<'a> {
    field: &'a str,
    rule: &'a str,
    error: Option<VariantPath<'a>>,
    message: &'a Option<String>,
}

struct HeaderRow<'a> {
    name: &'a str,
    description: &'a str,
}

struct DeprecatedRow<'a> {
    since: &'a Option<String>,
    /// The key of an error.
    replaced_by: Option<&'a String>,
    note: &'a Option<String>,
}

/// Writes a value as a struct of `errbook` with all its fields.
macro_rules! struct_expressions {
    ($($type:ty as $name:literal { $($field:ident),+ })+) => {
        $(
            impl Expression for $type {
                fn write(&self, out: &mut RustText) {
                    out.push_struct($name, &[$((stringify!($field), &self.$field)),+]);
                }
            }
        )+
    };
}

struct_expressions! {
    EnvelopeNode<'_> as "EnvelopeNode" { step, key, end, written, looked_at }
    Param<'_> as "Param" { name, kind }
    TextHolders<'_> as "SharedText" { text, errors }
}

/// Writes a value as a public row of `errbook`: calls the functions that make it. What the value lacks is left out.
macro_rules! row_expressions {
    ($($type:ty as $name:literal ($($required:ident),*) $(.$optional:ident)*;)+) => {
        $(
            impl Expression for $type {
                fn write(&self, out: &mut RustText) {
                    out.push_name($name);
                    let required: &[&dyn Expression] = &[$(&self.$required),*];
                    out.push_str("::new(");
                    out.push_list(required);
                    out.push_str(")");
                    $(
                        if let Some(value) = self.$optional.as_expression() {
                            out.push_call(concat!(".", stringify!($optional)), value);
                        }
                    )*
                }
            }
        )+
    };
}

row_expressions! {
    StatusRow as "StatusRow" (status) .name .meaning .retry .inferred;
    Inferred as "Inferred" (key, reason);
    Category as "CategoryRow" (id, title);
    RuleRow<'_> as "Rule" (field, rule) .error .message;
    HeaderRow<'_> as "Header" (name, description);
    DeprecatedRow<'_> as "Deprecated" () .since .replaced_by .note;
}

/// A value that a row may lack.
trait OptionalExpression {
    /// Returns the value if there is one.
    fn as_expression(&self) -> Option<&dyn Expression>;
}

impl<T: Expression> OptionalExpression for Option<T> {
    fn as_expression(&self) -> Option<&dyn Expression> {
        self.as_ref().map(|value| value as &dyn Expression)
    }
}

impl<T: Expression> OptionalExpression for Vec<T> {
    fn as_expression(&self) -> Option<&dyn Expression> {
        (!self.is_empty()).then_some(self)
    }
}

/// Writes a value as a variant of `errbook`.
macro_rules! variant_expressions {
    ($($type:ident)+) => {
        $(
            impl Expression for $type {
                fn write(&self, out: &mut RustText) {
                    out.push_name(stringify!($type));
                    let _ = write!(out.text, "::{self:?}");
                }
            }
        )+
    };
}

variant_expressions! { CodeKind ParamKind Retry }

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

/// What an error may have in common with others.
struct FactsRow<'a>(&'a Error);

impl Expression for FactsRow<'_> {
    fn write(&self, out: &mut RustText) {
        let error = self.0;
        let category = error.category.map(index);
        let code = error.code_kind();
        let requires_details = error.requires_details();
        let fields: [(&str, &dyn Expression, bool); 9] = [
            ("category", &category, category.is_some()),
            ("statuses", &error.statuses, !error.statuses.is_empty()),
            ("event", &error.event, error.event),
            ("code", &code, code != CodeKind::Text),
            ("retry", &error.retry, error.retry.is_some()),
            ("requires_details", &requires_details, requires_details),
            ("since", &error.since, error.since.is_some()),
            ("retired", &error.retired, error.retired.is_some()),
            ("inferred", &error.inferred, !error.inferred.is_empty()),
        ];
        out.push_name("Facts");
        out.push_str(" { ");
        for (name, value, _) in fields.into_iter().filter(|(_, _, is_set)| *is_set) {
            out.push_field(name, value);
            out.push_str(", ");
        }
        out.push_str("..Facts::EMPTY }");
    }
}

fn code_variant(error: &Error) -> VariantPath<'_> {
    VariantPath("Code", &error.rust_name)
}

fn static_name(field: &str) -> String {
    field.to_uppercase()
}
