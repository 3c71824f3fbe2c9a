//! JSON Schemas (draft-07) for editors, of catalogs and of `errbook.toml`, made from `keys`. They refuse
//! nothing that `check` accepts. Rules between tables are left to `check`.

use serde_json::{Map, Value, json};

use crate::findings::{Level, Lint};
use crate::keys::{
    CATALOG_TABLE, CRATES, Condition, ConditionValue, DEEPEST, ERROR_TABLE, KeyKind, KeySpec,
    LONGEST_ID, MEMBER_TABLE, MOST_MEMBERS, MapNames, NOT_IN_PATHS, OWN_WORDS, RESERVED, Root,
    SETTINGS_TABLE, TableSpec, TypeSet,
};
use crate::model::Type;
use crate::output_kind::MARK;

/// `catalog.schema.json` for catalogs, `errbook.schema.json` for `errbook.toml`.
pub(super) fn emit() -> Vec<(String, String)> {
    let path = |root: &TableSpec| format!("{}.schema.json", root.id);
    vec![
        (path(&CATALOG_TABLE), catalog_schema()),
        (path(&SETTINGS_TABLE), settings_schema()),
    ]
}

/// The format of catalogs as a JSON Schema (draft-07), for editors: the file
/// `schema/catalog.schema.json` that [`generate`](crate::generate()) makes.
pub fn catalog_schema() -> String {
    document(&CATALOG_TABLE, "errbook catalog")
}

/// The format of `errbook.toml` as a JSON Schema (draft-07), for editors: the file
/// `schema/errbook.schema.json` that [`generate`](crate::generate()) makes.
pub fn settings_schema() -> String {
    document(&SETTINGS_TABLE, "errbook settings")
}

fn document(root: &'static TableSpec, title: &str) -> String {
    let definitions = root.all().into_iter().skip(1);
    let definitions = definitions.map(|spec| (spec.id.to_owned(), table(spec)));
    let mut schema = with(
        table(root),
        json!({
            "$comment": format!(
                "{MARK}. Do not edit: a build makes it again, and so does `cargo errbook generate`."
            ),
            "$schema": "http://json-schema.org/draft-07/schema#",
            "title": title,
        }),
    );
    schema["definitions"] = definitions.collect::<Map<_, _>>().into();
    format!("{schema:#}\n")
}

/// A table: its keys, and what holds between them.
fn table(spec: &TableSpec) -> Value {
    let property = |key: &KeySpec| (key.name.to_owned(), property(spec, key));
    let properties: Map<String, Value> = spec.keys.iter().map(property).collect();
    let required = spec.keys.iter().filter(|key| key.required);
    let required: Vec<&str> = required.map(|key| key.name).collect();
    let mut table = json!({
        "description": spec.docs,
        "type": "object",
        "additionalProperties": false,
    });
    // Not within `json!`, which would copy all of them.
    table["properties"] = properties.into();
    if !required.is_empty() {
        table["required"] = json!(required);
    }
    let mut conditions = Map::new();
    for (word, value) in spec.holds.iter().flat_map(|condition| holds(*condition)) {
        let other = conditions.insert(word, value);
        debug_assert!(
            other.is_none(),
            "two conditions of {} are one word",
            spec.what
        );
    }
    with(table, conditions.into())
}

fn property(spec: &TableSpec, key: &KeySpec) -> Value {
    with(kind(spec, key.kind), json!({ "description": key.docs }))
}

/// What a schema says of a condition.
fn holds(condition: Condition) -> Map<String, Value> {
    let any_of = |keys: &[&str]| -> Vec<Value> {
        let required = |key| json!({ "required": [key] });
        keys.iter().map(required).collect()
    };
    let held = match condition {
        Condition::OrType => json!({
            "type": ["string", "object"],
            "pattern": type_text(TypeSet::All),
        }),
        Condition::TakesColumns => json!({ "additionalProperties": with(anything(), json!({
            "description": "No key of the format, so a column: the catalog declares it as a `[column.name]`.",
        })) }),
        Condition::DeclaresColumns => json!({
            "if": with(json!({ "required": ["column"] }), more()),
            "else": with(json!({ "properties": {
                "error": closed_errors(),
                "category": { "items": with(
                    json!({ "properties": { "error": closed_errors() } }),
                    more(),
                ) },
            } }), more()),
        }),
        Condition::NotEmpty => not_empty(),
        Condition::OneOf(keys) => json!({ "anyOf": any_of(keys) }),
        Condition::Without { key, value, others } => {
            let value = match value {
                ConditionValue::True => json!(true),
                ConditionValue::Text(text) => json!(text),
            };
            json!({ "not": {
                "required": [key],
                "properties": { key: { "const": value } },
                "anyOf": any_of(others),
            } })
        }
    };
    held.as_object().cloned().unwrap_or_default()
}

/// Errors that have only keys of the format.
fn closed_errors() -> Value {
    let names: Vec<&str> = ERROR_TABLE.names().collect();
    let closed = json!({ "propertyNames": { "enum": names } });
    json!({ "additionalProperties": with(closed, more()) })
}

/// Says that a schema is about a part of an object: where it says nothing, Tombi takes what it does
/// not name for forbidden.
fn more() -> Value {
    json!({ "additionalProperties": true })
}

/// What a key takes. Where it takes a text or something else, both stand in one schema: what is said
/// of texts holds for nothing else.
fn kind(spec: &TableSpec, kind: KeyKind) -> Value {
    match kind {
        KeyKind::Text => text(SAYS_SOMETHING),
        KeyKind::Markdown => with(
            text(SAYS_SOMETHING),
            json!({ "contentMediaType": "text/markdown" }),
        ),
        KeyKind::Id => text(ID),
        KeyKind::ApiId => with(
            text(ID),
            json!({ "maxLength": LONGEST_ID, "not": taken_ids() }),
        ),
        KeyKind::Url => text(&url("")),
        KeyKind::PageUrl => text(&url("#")),
        KeyKind::Path => text(&path()),
        KeyKind::Version => text("^v?[0-9][0-9A-Za-z.+_-]*$"),
        KeyKind::Language => text("^[A-Za-z]{2,8}(?:-[0-9A-Za-z]{1,8})*$"),
        KeyKind::Word(words) => json!({ "enum": words() }),
        KeyKind::CamelName => with(text(CAMEL), json!({ "not": { "const": "Self" } })),
        KeyKind::SnakeName => with(text(SNAKE), json!({ "not": { "enum": KEYWORDS } })),
        KeyKind::Type(types) => text(&type_text(types)),
        KeyKind::TypeOrNames => or_list(text(&type_text(TypeSet::Constant)), &text(SAYS_SOMETHING)),
        KeyKind::Texts => or_list(text(SAYS_SOMETHING), &text(SAYS_SOMETHING)),
        KeyKind::Flag => json!({ "type": "boolean" }),
        KeyKind::Status => status(),
        KeyKind::Statuses => or_list(status(), &status()),
        KeyKind::Code => json!({
            "type": ["string", "integer", "boolean"],
            "minLength": 1,
            "not": { "const": true },
        }),
        KeyKind::Codes => list(&json!({ "type": ["string", "integer"], "minLength": 1 })),
        KeyKind::Pointers(root) => or_list(text(&pointer(root)), &text(&pointer(root))),
        KeyKind::Any => anything(),
        KeyKind::Inferred => inferred(spec),
        KeyKind::Levels => levels(),
        KeyKind::Table(inner) => json!({ "allOf": [reference(inner)] }),
        KeyKind::Tables(inner) => json!({ "type": "array", "items": reference(inner) }),
        KeyKind::TableOrTables(inner) => json!({ "anyOf": [
            reference(inner),
            { "type": "array", "items": reference(inner) },
        ] }),
        KeyKind::Constants => with(
            with(map(anything()), not_empty()),
            named(json!({ "pattern": pointer(Root::Refused) })),
        ),
        KeyKind::Values => map(json!({ "type": ["string", "number", "boolean"], "minLength": 1 })),
        KeyKind::TextTable => text_table(),
        KeyKind::Allow => {
            let lints: Vec<&str> = Lint::ALL.iter().map(|lint| lint.name()).collect();
            with(text_table(), named(json!({ "enum": lints })))
        }
        // RFC 9110, 5.6.2.
        KeyKind::Headers => with(
            text_table(),
            named(json!({ "pattern": "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$" })),
        ),
        KeyKind::Members(types) => members(types),
        KeyKind::Details => with(
            with(text(&type_text(TypeSet::All)), members(TypeSet::All)),
            json!({ "type": ["string", "object"] }),
        ),
        KeyKind::NamedTypes => with(
            map(members(TypeSet::All)),
            named(json!({ "pattern": CAMEL, "not": { "const": "Self" } })),
        ),
        KeyKind::Map(names, spec) => with(map(reference(spec)), map_names(names)),
    }
}

/// A table whose keys are names of the author's.
fn map(values: Value) -> Value {
    let mut map = json!({ "type": "object" });
    map["additionalProperties"] = values;
    map
}

fn text_table() -> Value {
    with(map(text(SAYS_SOMETHING)), not_empty())
}

fn not_empty() -> Value {
    json!({ "minProperties": 1 })
}

/// The names of a table's keys.
fn named(names: Value) -> Value {
    Map::from_iter([("propertyNames".to_owned(), names)]).into()
}

fn map_names(names: MapNames) -> Value {
    match names {
        MapNames::Statuses => with(
            not_empty(),
            named(json!({ "pattern": "^[1-5][0-9][0-9]$" })),
        ),
        MapNames::Columns => {
            let taken: Vec<&str> = ERROR_TABLE.names().collect();
            named(json!({ "not": { "enum": taken } }))
        }
        MapNames::Errors => named(json!({ "pattern": r"^\S(?:[\s\S]*\S)?$" })),
    }
}

/// Members of such types.
fn members(types: TypeSet) -> Value {
    let mut member = reference(&MEMBER_TABLE);
    if types != TypeSet::All {
        let text = type_text(types);
        let narrower = json!({ "pattern": text, "properties": { "type": { "pattern": text } } });
        member = json!({ "allOf": [member, with(narrower, more())] });
    }
    let count = json!({ "minProperties": 1, "maxProperties": MOST_MEMBERS });
    with(map(member), count)
}

/// Reasons under keys of the table, or such keys alone.
fn inferred(spec: &TableSpec) -> Value {
    let takes_columns = |held: &Condition| matches!(held, Condition::TakesColumns);
    let names = if spec.holds.iter().any(takes_columns) {
        json!({ "not": { "enum": OWN_WORDS } })
    } else {
        let names = spec.names().filter(|name| !OWN_WORDS.contains(name));
        let names: Vec<&str> = names.collect();
        json!({ "pattern": format!("^(?:{})$", names.join("|")) })
    };
    let key = with(text(SAYS_SOMETHING), names.clone());
    let reasons = with(text_table(), named(names));
    let keys = json!({ "items": key, "minItems": 1, "type": ["object", "array", "string"] });
    with(with(reasons, key), keys)
}

/// A level for each lint.
fn levels() -> Value {
    let words: Vec<&str> = Level::ALL.iter().map(|(word, _)| *word).collect();
    let lint = |lint: &Lint| {
        let level = json!({ "description": lint.summary(), "enum": words });
        (lint.name().to_owned(), level)
    };
    let lints: Map<String, Value> = Lint::ALL.iter().map(lint).collect();
    json!({ "type": "object", "properties": lints, "additionalProperties": false })
}

/// Ids that nothing can be named by.
fn taken_ids() -> Value {
    let taken: Vec<&str> = [RESERVED, CRATES, KEYWORDS].concat();
    json!({ "anyOf": [{ "enum": taken }, { "pattern": "^(?:com|lpt)[0-9]$" }] })
}

/// What every value of TOML is in JSON; null is not among them.
fn anything() -> Value {
    let types = json!({ "type": ["array", "boolean", "number", "object", "string"] });
    with(types, more())
}

fn text(pattern: &str) -> Value {
    json!({ "type": "string", "pattern": pattern })
}

fn status() -> Value {
    json!({ "type": "integer", "minimum": 100, "maximum": 599 })
}

/// Several things, each once.
fn list(item: &Value) -> Value {
    json!({ "type": "array", "items": item, "minItems": 1, "uniqueItems": true })
}

/// One thing, or several.
fn or_list(one: Value, item: &Value) -> Value {
    let types = json!({ "type": [one["type"], "array"] });
    with(with(one, list(item)), types)
}

fn reference(spec: &TableSpec) -> Value {
    json!({ "$ref": format!("#/definitions/{}", spec.id) })
}

/// The first schema and what the second says beyond it, or otherwise.
fn with(mut schema: Value, other: Value) -> Value {
    if let (Value::Object(schema), Value::Object(other)) = (&mut schema, other) {
        schema.extend(other);
    }
    schema
}

/// A character in a text that says something. What `\s` is differs between dialects, but only in
/// characters that no text may hold.
const SAYS_SOMETHING: &str = r"\S";
const ID: &str = "^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$";
const CAMEL: &str = "^[A-Z][A-Za-z0-9]*$";
const SNAKE: &str = "^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$";

/// Keywords of Rust that nothing can be named, not even as a raw identifier.
const KEYWORDS: &[&str] = &["crate", "self", "super"];

/// The URL of a page, without some characters (RFC 3986, 2).
fn url(without: &str) -> String {
    let excluded = format!(r#"\s<>"{{}}|\\^`{without}"#);
    format!("^https?://[^/{excluded}][^{excluded}]*$")
}

/// A path from a project's folder down, with `/` between its parts.
fn path() -> String {
    let excluded = format!(r"/\x00-\x1f\x7f{}", NOT_IN_PATHS.replace('\\', r"\\"));
    // A part neither begins nor ends with a space, and does not end with a dot.
    let part = format!("(?:[^ {excluded}][^{excluded}]*)?[^ .{excluded}]");
    format!("^{part}(?:/{part})*$")
}

/// A JSON pointer (RFC 6901), in which the index of a list is 0.
fn pointer(root: Root) -> String {
    let any = "(?:[^/~]|~[01])*";
    let times = if root == Root::Allowed { '*' } else { '+' };
    // A token is empty, starts with 0, or has something else than digits in it.
    format!("^(?:/(?:0{any}|[0-9]*(?:[^/~0-9]|~[01]){any})?){times}$")
}

/// A type's text, but for that brackets are in pairs and names declared: a pattern cannot count.
fn type_text(types: TypeSet) -> String {
    let scalars = Type::SCALARS.iter();
    let scalars = scalars.filter(|(_, scalar)| types == TypeSet::All || *scalar != Type::Any);
    let mut names: Vec<&str> = scalars.map(|(name, _)| *name).collect();
    if types == TypeSet::All {
        names.push("[A-Z][A-Za-z0-9]*");
    }
    let names = names.join("|");
    let part = if types == TypeSet::Plain {
        format!("(?:{names})")
    } else {
        let most = DEEPEST - 1;
        format!(r"[\[{{]{{0,{most}}}(?:{names})(?:\??[\]}}]){{0,{most}}}\??")
    };
    format!(r"^\s*{part}\s*$")
}
