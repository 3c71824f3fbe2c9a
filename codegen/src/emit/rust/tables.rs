//! The static tables; `errbook`'s `Catalog` says why they have the shape that they have.

use std::borrow::Cow;
use std::collections::HashMap;

use errbook::__private::{EnvelopeNode, NodeStep, Role, text_around_braces};

use crate::derive::EnvelopeLayout;
use crate::emit::perfect_hash;
use crate::emit::rust::code::variant;
use crate::emit::rust::expression::Expression;
use crate::emit::rust::items::{Items, private, private_array};
use crate::model::{Catalog, Error, Field, Inferred, Retry, Template};

pub(super) fn emit(catalog: &Catalog, items: &mut Items) {
    statuses(catalog, items);
    rules(catalog, items);
    let start = items.out.len();
    let mut tables = TableWriter {
        catalog,
        items,
        fields: Vec::new(),
    };
    tables.about();
    tables.envelope();
    tables.sections();
    tables.texts();
    tables.facts();
    tables.sparse();
    tables.lookups();
    tables.messages();
    let fields = tables.fields;
    let mut root = Items::default();
    let tables = Expression::Struct(
        "::errbook::__private::CatalogTables",
        fields,
        Some("::errbook::__private::CatalogTables::EMPTY"),
    );
    let value = Expression::Struct("::errbook::Catalog", vec![("tables", tables)], None);
    root.push_value(&private("CATALOG", "::errbook::Catalog"), &value);
    items.out.insert_str(start, &("\n".to_owned() + &root.out));
}

fn statuses(catalog: &Catalog, items: &mut Items) {
    let rows = catalog.statuses.iter().map(|row| {
        let fields = vec![
            ("status", Expression::Simple(format!("{}u16", row.status))),
            ("name", Expression::option_text(row.name.as_ref())),
            ("meaning", Expression::option_text(row.meaning.as_ref())),
            ("retry", Expression::option(row.retry.map(retry))),
            ("inferred", inferred(&row.inferred)),
        ];
        Expression::Struct("::errbook::StatusRow", fields, None)
    });
    let statuses = "/// The documentation's table of HTTP statuses, in its order.\n\
                    #[rustfmt::skip]\n\
                    pub static STATUSES: &[::errbook::StatusRow] = ";
    items.push_value(statuses, &Expression::slice(rows));
}

fn rules(catalog: &Catalog, items: &mut Items) {
    let rows = catalog.rules.iter().map(|row| {
        let error = row.error.map(|index| variant(&catalog.errors[index]));
        let fields = vec![
            ("error", Expression::option(error)),
            ("field", Expression::Text(&row.field)),
            ("rule", Expression::Text(&row.rule)),
            ("message", Expression::option_text(row.message.as_ref())),
        ];
        Expression::Struct("::errbook::Rule", fields, None)
    });
    let rules = "/// The documentation's table of field validation rules, in its order.\n\
                 #[rustfmt::skip]\n\
                 #[allow(deprecated)]\n\
                 pub static RULES: &[::errbook::Rule<Code>] = ";
    items.push_value(rules, &Expression::slice(rows));
}

fn inferred(inferred: &[Inferred]) -> Expression<'_> {
    Expression::slice(inferred.iter().map(|Inferred { key, reason }| {
        let fields = vec![
            ("key", Expression::Text(key)),
            ("reason", Expression::Text(reason)),
        ];
        Expression::Struct("::errbook::Inferred", fields, None)
    }))
}

/// The private statics and the fields of `CATALOG` that name them.
struct TableWriter<'a> {
    catalog: &'a Catalog,
    items: &'a mut Items,
    fields: Vec<(&'static str, Expression<'a>)>,
}

impl TableWriter<'_> {
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
            let text = text.map(|text| (field, Expression::Text(text)));
            self.fields.extend(text);
        }
        let reasons = [
            ("api_inferred", &api.inferred),
            ("envelope_inferred", &envelope.inferred),
        ];
        for (field, reasons) in reasons {
            if !reasons.is_empty() {
                self.fields.push((field, inferred(reasons)));
            }
        }
    }

    fn envelope(&mut self) {
        let layout = EnvelopeLayout::new(&self.catalog.envelope);
        let (nodes, read) = (layout.nodes(), layout.read());
        let read = read
            .into_iter()
            .map(|(what, at)| Expression::pair(role(what), Expression::number(at)));
        let format = format!("::errbook::__private::BodyFormat::{:?}", layout.format());
        let fields = vec![
            ("nodes", Expression::slice(nodes.into_iter().map(node))),
            ("read", Expression::slice(read)),
            ("format", Expression::word(format)),
        ];
        let value = Expression::Struct("::errbook::__private::Envelope", fields, None);
        let head = private("ENVELOPE", "::errbook::__private::Envelope<'static>");
        self.items.push_value(&head, &value);
        self.fields
            .push(("envelope", Expression::word("&ENVELOPE")));
    }

    fn sections(&mut self) {
        let rows = self.catalog.categories.iter().map(|category| {
            let fields = vec![
                ("id", Expression::Text(&category.id)),
                ("title", Expression::Text(&category.title)),
            ];
            Expression::Struct("::errbook::CategoryRow", fields, None)
        });
        self.private_array("CATEGORY_ROWS", "::errbook::CategoryRow", rows.collect());
        let rows = Expression::word("&CATEGORY_ROWS");
        self.fields.push(("categories", rows));
        self.fields
            .push(("status_rows", Expression::word("STATUSES")));
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
        let lengths = texts.iter().map(|text| index(text.len()));
        let lengths = [0].into_iter().chain(lengths).map(Expression::number);
        let bounds = Expression::call(
            "&::errbook::__private::StringTable::bounds(",
            Expression::array(lengths),
        );
        let fields = vec![("text", Expression::concat(texts)), ("bounds", bounds)];
        let column = Expression::Struct("::errbook::__private::StringTable", fields, None);
        let name = static_name(field);
        let head = private(&name, "::errbook::__private::StringTable<'static>");
        self.items.push_value(&head, &column);
        self.fields.push((field, Expression::word(name)));
    }

    /// A static array and the field of `CATALOG` that refers to it.
    fn array(&mut self, field: &'static str, ty: &str, values: Vec<Expression<'_>>) {
        let name = static_name(field);
        self.private_array(&name, ty, values);
        let refers = Expression::word(format!("&{name}"));
        self.fields.push((field, refers));
    }

    fn private_array(&mut self, name: &str, ty: &str, values: Vec<Expression<'_>>) {
        let head = private_array(name, ty, values.len());
        self.items.push_value(&head, &Expression::array(values));
    }

    /// What errors have in common is kept once, in the order of its first error.
    fn facts(&mut self) {
        let mut known: HashMap<ErrorFacts<'_>, u32> = HashMap::new();
        let (mut facts, mut facts_of) = (Vec::new(), Vec::new());
        for error in &self.catalog.errors {
            let of_error = ErrorFacts::of(error);
            let of = match known.get(&of_error) {
                Some(known) => *known,
                None => {
                    let next = index(facts.len());
                    facts.push(of_error.expression());
                    known.insert(of_error, next);
                    next
                }
            };
            facts_of.push(Expression::number(of));
        }
        if !facts.is_empty() {
            self.array("facts_of", "u32", facts_of);
            self.array("facts", "::errbook::__private::Facts<'static>", facts);
        }
    }

    /// What few errors have.
    fn sparse(&mut self) {
        let errors = &self.catalog.errors;
        let more_messages = rows(errors, |error| {
            let more = error.messages.get(1..).filter(|more| !more.is_empty())?;
            Some(Expression::texts(more.iter().map(|message| &message.text)))
        });
        let aliases = rows(errors, |error| {
            let texts = error.aliases.iter().map(|alias| &alias.text);
            (!error.aliases.is_empty()).then(|| Expression::texts(texts))
        });
        let params = rows(errors, |error| {
            let params = error.params.iter().map(param);
            (!error.params.is_empty()).then(|| Expression::slice(params))
        });
        let headers = rows(errors, |error| {
            let headers = error.headers.iter().map(|(name, description)| {
                let fields = vec![
                    ("name", Expression::Text(name)),
                    ("description", Expression::Text(description)),
                ];
                Expression::Struct("::errbook::Header", fields, None)
            });
            (!error.headers.is_empty()).then(|| Expression::slice(headers))
        });
        let deprecated = rows(errors, |error| {
            let deprecated = error.deprecated.as_ref()?;
            let replaced_by = deprecated.replaced_by.map(|index| &errors[index].key);
            let fields = vec![
                ("since", Expression::option_text(deprecated.since.as_ref())),
                ("replaced_by", Expression::option_text(replaced_by)),
                ("note", Expression::option_text(deprecated.note.as_ref())),
            ];
            Some(Expression::Struct("::errbook::Deprecated", fields, None))
        });
        let lists = [
            ("more_messages", "(u32, &[&str])", more_messages),
            ("aliases", "(u32, &[&str])", aliases),
            (
                "params",
                "(u32, &[::errbook::__private::Param<'static>])",
                params,
            ),
            ("headers", "(u32, &[::errbook::Header])", headers),
            ("deprecated", "(u32, ::errbook::Deprecated)", deprecated),
        ];
        for (field, ty, rows) in lists {
            if !rows.is_empty() {
                self.array(field, ty, rows);
            }
        }
    }

    fn lookups(&mut self) {
        let errors = &self.catalog.errors;
        if errors.is_empty() {
            return;
        }
        let by_key: Vec<(&str, u32)> = errors
            .iter()
            .map(|error| error.key.as_str())
            .zip(0..)
            .collect();
        self.lookup("by_key", "key", &by_key);
        let (by_code, shared) = by_text(errors, |error| {
            let code = error.code.iter().map(|code| (Cow::from(&code.text), false));
            let aliases = error.aliases.iter();
            let aliases = aliases.map(|alias| (Cow::from(&alias.text), true));
            code.chain(aliases).collect()
        });
        let by_code: Vec<(&str, u32)> = borrowed(&by_code);
        if by_code == by_key {
            self.fields.push(("by_code", Expression::word("BY_KEY")));
        } else if !by_code.is_empty() {
            self.lookup("by_code", "code", &by_code);
        }
        self.shared("shared_codes", &shared);
    }

    /// How errors without a code are told apart.
    fn messages(&mut self) {
        let errors = &self.catalog.errors;
        let (by_message, shared) = by_text(errors, |error| {
            let forms = error.messages.iter().filter(|_| error.code.is_none());
            let exact = forms.filter(|form| !form.has_placeholder());
            exact
                .map(|form| (Cow::from(form.to_string()), false))
                .collect()
        });
        if !by_message.is_empty() {
            self.lookup("by_message", "message", &borrowed(&by_message));
        }
        self.shared("shared_messages", &shared);
        let without_code = || (0..).zip(errors).filter(|(_, error)| error.code.is_none());
        let positions = without_code().map(|(position, _): (u32, _)| Expression::number(position));
        let forms = without_code().flat_map(|(position, error)| {
            let forms = (0..).zip(&error.messages);
            forms.filter_map(move |(form, template)| form_with_values(position, form, template))
        });
        let lists = [
            ("without_code", positions.collect::<Vec<_>>()),
            ("forms", forms.flatten().map(Expression::number).collect()),
        ];
        for (field, numbers) in lists {
            if !numbers.is_empty() {
                self.array(field, "u32", numbers);
            }
        }
    }

    fn shared(&mut self, field: &'static str, shared: &[TextHolders<'_>]) {
        if shared.is_empty() {
            return;
        }
        let rows = shared.iter().map(|(text, errors)| {
            let errors = errors.iter().copied().map(Expression::number);
            let fields = vec![
                ("text", Expression::Text(text)),
                ("errors", Expression::slice(errors)),
            ];
            Expression::Struct("::errbook::__private::SharedText", fields, None)
        });
        self.array(
            field,
            "::errbook::__private::SharedText<'static>",
            rows.collect(),
        );
    }

    fn lookup(&mut self, field: &'static str, of: &str, texts: &[(&str, u32)]) {
        let perfect_hash::HashTables {
            seed,
            displacements,
            slots,
        } = perfect_hash::build(texts);
        let arrays = [("displacements", displacements), ("slots", slots)];
        let [displacements, slots] = arrays.map(|(what, numbers)| {
            let name = static_name(&format!("{of}_{what}"));
            let numbers = numbers.into_iter().map(Expression::number);
            self.private_array(&name, "u32", numbers.collect());
            Expression::word(format!("&{name}"))
        });
        let fields = vec![
            ("seed", Expression::Simple(seed.to_string())),
            ("displacements", displacements),
            ("slots", slots),
        ];
        let name = static_name(field);
        self.items.push_value(
            &format!(
                "#[rustfmt::skip]\nconst {name}: ::errbook::__private::PerfectHash<'static> = "
            ),
            &Expression::Struct("::errbook::__private::PerfectHash", fields, None),
        );
        self.fields.push((field, Expression::word(name)));
    }
}

/// A form of an error's message as the runtime has it, if it has values.
fn form_with_values(error: u32, form: u32, template: &Template) -> Option<[u32; 4]> {
    let (before, behind) = text_around_braces(&template.text)?;
    Some([error, form, index(before), index(behind)])
}

/// A text and a number.
type TextIndex<'a> = (Cow<'a, str>, u32);

/// A text and the indexes of the errors that share it.
type TextHolders<'a> = (Cow<'a, str>, Vec<u32>);

/// The texts of each error, and which errors share one: the value of a text that is shared is the
/// number of errors and its index among the shared ones. A text may be shared by one error alone, where
/// it is not what the error's table says.
fn by_text<'a>(
    errors: &'a [Error],
    texts: impl Fn(&'a Error) -> Vec<(Cow<'a, str>, bool)>,
) -> (Vec<TextIndex<'a>>, Vec<TextHolders<'a>>) {
    let mut order: Vec<Cow<'a, str>> = Vec::new();
    let mut holders: HashMap<Cow<'a, str>, (Vec<u32>, bool)> = HashMap::new();
    for (position, error) in (0..).zip(errors) {
        for (text, elsewhere) in texts(error) {
            let (list, shared) = holders.entry(text.clone()).or_insert_with(|| {
                order.push(text);
                (Vec::new(), false)
            });
            if list.last() != Some(&position) {
                list.push(position);
            }
            *shared |= elsewhere || list.len() > 1;
        }
    }
    let mut shared = Vec::new();
    let by_text = order.into_iter().map(|text| {
        let (list, is_shared) = &holders[&text];
        if *is_shared {
            shared.push((text.clone(), list.clone()));
            (text, index(errors.len() + shared.len() - 1))
        } else {
            (text, list[0])
        }
    });
    (by_text.collect(), shared)
}

fn borrowed<'a>(by_text: &'a [TextIndex<'_>]) -> Vec<(&'a str, u32)> {
    by_text
        .iter()
        .map(|(text, number)| (text.as_ref(), *number))
        .collect()
}

fn node(node: EnvelopeNode<'_>) -> Expression<'_> {
    let EnvelopeNode {
        step,
        key,
        end,
        written,
        looked_at,
    } = node;
    let step = match step {
        NodeStep::Member(name) => Expression::call(
            "::errbook::__private::NodeStep::Member(",
            Expression::Text(name),
        ),
        step => Expression::word(format!("::errbook::__private::NodeStep::{step:?}")),
    };
    let fields = vec![
        ("step", step),
        ("key", Expression::Text(key)),
        ("end", Expression::number(end)),
        ("written", Expression::option(written.map(role))),
        ("looked_at", Expression::Simple(looked_at.to_string())),
    ];
    Expression::Struct("::errbook::__private::EnvelopeNode", fields, None)
}

fn role(role: Role<'_>) -> Expression<'_> {
    match role {
        Role::Constant(json) => Expression::call(
            "::errbook::__private::Role::Constant(",
            Expression::Text(json),
        ),
        role => Expression::word(format!("::errbook::__private::Role::{role:?}")),
    }
}

fn param(param: &Field) -> Expression<'_> {
    let kind = errbook::__private::ParamKind::from(&param.ty);
    let kind = Expression::word(format!("::errbook::__private::ParamKind::{kind:?}"));
    let fields = vec![("name", Expression::Text(&param.name)), ("kind", kind)];
    Expression::Struct("::errbook::__private::Param", fields, None)
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

    fn expression(&self) -> Expression<'a> {
        let mut fields = Vec::new();
        if let Some(category) = self.category {
            let category = Expression::number(index(category));
            fields.push(("category", Expression::option(Some(category))));
        }
        if !self.statuses.is_empty() {
            let statuses = self.statuses.iter().copied().map(Expression::number);
            fields.push(("statuses", Expression::slice(statuses)));
        }
        if self.event {
            fields.push(("event", Expression::word("true")));
        }
        match self.code {
            None => fields.push((
                "code",
                Expression::word("::errbook::__private::CodeKind::None"),
            )),
            Some(true) => fields.push((
                "code",
                Expression::word("::errbook::__private::CodeKind::Number"),
            )),
            Some(false) => {}
        }
        if let Some(advice) = self.retry {
            fields.push(("retry", Expression::option(Some(retry(advice)))));
        }
        if self.requires_details {
            fields.push(("requires_details", Expression::word("true")));
        }
        for (field, text) in [("since", self.since), ("retired", self.retired)] {
            if text.is_some() {
                fields.push((field, Expression::option_text(text)));
            }
        }
        if !self.inferred.is_empty() {
            fields.push(("inferred", inferred(self.inferred)));
        }
        Expression::Struct(
            "::errbook::__private::Facts",
            fields,
            Some("::errbook::__private::Facts::EMPTY"),
        )
    }
}

/// `(index, value)` of the errors that have a value.
fn rows<'a>(
    errors: &'a [Error],
    value: impl Fn(&'a Error) -> Option<Expression<'a>>,
) -> Vec<Expression<'a>> {
    let row = |(position, error): (u32, _)| {
        Some(Expression::pair(
            Expression::number(position),
            value(error)?,
        ))
    };
    (0..).zip(errors).filter_map(row).collect()
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

fn retry(retry: Retry) -> Expression<'static> {
    Expression::word(format!("::errbook::Retry::{retry:?}"))
}
