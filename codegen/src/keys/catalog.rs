//! The tables of a catalog.

use crate::keys::table_spec::{
    AnyValue, Condition, ConditionValue, Flag, Key, KeyKind, MapNames, Root, Table, TableOrTables,
    Tables, Text, TextOrTable, TextTable, Texts, TextsOrTextTable, TypeSet, optional, required,
    table,
};
use crate::model::{BODY_FORMATS, Retry};

table! {
    CATALOG_TABLE as root {
        id: "catalog",
        what: "a catalog",
        docs: "An errbook catalog: what the documentation of one API says of its errors.",
        holds: &[Condition::DeclaresColumns],
    }
    keys {
        API: Key<Table, true> = required("api", KeyKind::Table(&API_TABLE), "Which API the catalog is about.");
        ENVELOPE: Key<Table, true> = required("envelope", KeyKind::Table(&ENVELOPE_TABLE), "Where things stand in the JSON body of an error. Empty where bodies hold nothing of this.");
        STATUS: Key<Table> = optional("status", KeyKind::Map(MapNames::Statuses, &STATUS_TABLE), "The page's table of HTTP statuses: a row for each, in the order of the page.");
        INFERRED: Key<TextTable> = optional("inferred", KeyKind::TextTable, "Reasons that many entries share: each under the key of the value that it is for. Entries name the key in a list, `inferred = [\"status\"]`.");
        TYPE: Key<Table> = optional("type", KeyKind::NamedTypes, "Types of your own, `[type.Name]`, each with its members. The name is written as in Rust.");
        COLUMN: Key<Table> = optional("column", KeyKind::Map(MapNames::Columns, &COLUMN_TABLE), "Columns of your own, `[column.name]`: each error then has the key `name`.");
        CATEGORY: Key<Tables> = optional("category", KeyKind::Tables(&CATEGORY_TABLE), "The sections of the page, each a `[[category]]`. The errors that follow belong to it, as `[category.error.KEY]`.");
        ERROR: Key<Table> = optional("error", KeyKind::Map(MapNames::Errors, &ERROR_TABLE), "The errors that stand in no section, each an `[error.KEY]`.");
        RULE: Key<Tables> = optional("rule", KeyKind::Tables(&RULE_TABLE), "The page's table of fields and what is demanded of them, a `[[rule]]` for each row.");
        NOTE: Key<Tables> = optional("note", KeyKind::Tables(&NOTE_TABLE), "What the page says outside of its tables, each a `[[note]]`.");
    }
}

table! {
    API_TABLE as api {
        id: "api",
        what: "[api]",
        docs: "Which API the catalog is about.",
        holds: &[],
    }
    keys {
        ID: Key<Text, true> = required("id", KeyKind::ApiId, "The name of the module and of the page: small letters and digits, with single hyphens between.");
        TITLE: Key<Text, true> = required("title", KeyKind::Text, "The API's name.");
        SUMMARY: Key<Text> = optional("summary", KeyKind::Markdown, "What it does, in Markdown.");
        HOMEPAGE: Key<Text> = optional("homepage", KeyKind::Url, "The URL of the API's own pages.");
        SOURCE: Key<Text> = optional("source", KeyKind::Text, "The document that the catalog transcribes.");
        LANGUAGE: Key<Text> = optional("language", KeyKind::Language, "The language of the texts, such as `en`.");
        VERSION: Key<Text> = optional("version", KeyKind::Version, "The API's version.");
        DOCS_URL: Key<Text> = optional("docs-url", KeyKind::PageUrl, "The URL at which you publish the page of this API. The address of each error is this and its anchor.");
        HEADINGS: Key<Table> = optional("headings", KeyKind::Table(&HEADINGS_TABLE), "What the document calls its columns.");
        INFERRED: Key<TextsOrTextTable> = SHARED_INFERRED;
    }
}

table! {
    HEADINGS_TABLE as headings {
        id: "headings",
        what: "`headings`",
        docs: "What the document calls its columns.",
        holds: &[Condition::NotEmpty],
    }
    keys {
        CODE: Key<Text> = optional("code", KeyKind::Text, "The heading of the codes.");
        STATUS: Key<Text> = optional("status", KeyKind::Text, "The heading of the HTTP statuses.");
        TITLE: Key<Text> = optional("title", KeyKind::Text, "The heading of the titles.");
        MESSAGE: Key<Text> = optional("message", KeyKind::Text, "The heading of the messages.");
        DESCRIPTION: Key<Text> = optional("description", KeyKind::Text, "The heading of the descriptions.");
        ACTION: Key<Text> = optional("action", KeyKind::Text, "The heading of what to do.");
        RETRY: Key<Text> = optional("retry", KeyKind::Text, "The heading of the retry advice.");
    }
}

table! {
    ENVELOPE_TABLE as envelope {
        id: "envelope",
        what: "[envelope]",
        docs: "Where things stand in the JSON body of an error: each value is a JSON pointer (RFC 6901), such as `\"/error/code\"`. Of several, the first is written and all are read.",
        holds: &[Condition::Without {
        key: "format",
        value: ConditionValue::Text("problem+json"),
        others: &["message", "status", "details", "title", "docs-url"],
    }],
    }
    keys {
        FORMAT: Key<Text> = optional("format", KeyKind::Word(|| words(BODY_FORMATS)), "Which rules bodies follow: `\"problem+json\"` for problem details (RFC 9457), else `\"json\"`, which need not be said.");
        CONSTANTS: Key<Table> = optional("constants", KeyKind::Constants, "Members that always have the same value, `{ \"/success\" = false }`. Where all of them are found, a response is an error even with a status below 400.");
        CODE: Key<Texts> = optional("code", KeyKind::Pointers(Root::Refused), "Where the code stands. Without this key no error of the API has one: texts and statuses tell them apart.");
        MESSAGE: Key<Texts> = optional("message", KeyKind::Pointers(Root::Refused), "Where the message stands.");
        STATUS: Key<Texts> = optional("status", KeyKind::Pointers(Root::Refused), "Where the HTTP status stands, if bodies repeat it.");
        DETAILS: Key<Texts> = optional("details", KeyKind::Pointers(Root::Allowed), "Where the details stand. They may stand beside the others, in the object that holds them: `\"\"` is the root, alone or in a list, and with the code at `/error/code`, `\"/error\"` is where it is.");
        REFERENCE: Key<Texts> = optional("reference", KeyKind::Pointers(Root::Refused), "Where the id of this one failure stands, to quote to support.");
        TITLE: Key<Texts> = optional("title", KeyKind::Pointers(Root::Refused), "Where the error's `title` stands.");
        DOCS_URL: Key<Texts> = optional("docs-url", KeyKind::Pointers(Root::Refused), "Where the URL stands at which the error is documented.");
        INFERRED: Key<TextsOrTextTable> = SHARED_INFERRED;
    }
}

table! {
    STATUS_TABLE as status {
        id: "status",
        what: "a status row",
        docs: "A row of the table of HTTP statuses.",
        holds: &[],
    }
    keys {
        NAME: Key<Text> = optional("name", KeyKind::Text, "The document's name for the status.");
        MEANING: Key<Text> = optional("meaning", KeyKind::Text, "What the status means for this API.");
        RETRY: Key<Text> = optional("retry", RETRY_WORDS, "The advice that the row gives, if it gives some.");
        INFERRED: Key<TextsOrTextTable> = SHARED_INFERRED;
        ALLOW: Key<TextTable> = SHARED_ALLOW;
    }
}

table! {
    CATEGORY_TABLE as category {
        id: "category",
        what: "a category",
        docs: "A section of the page.",
        holds: &[],
    }
    keys {
        ID: Key<Text, true> = required("id", KeyKind::Id, "Names the variant of the enum `Category`: small letters and digits, with single hyphens between.");
        TITLE: Key<Text, true> = required("title", KeyKind::Text, "The heading.");
        RUST_NAME: Key<Text> = optional("rust-name", KeyKind::CamelName, "The variant's name, where the id makes no good one or that of another section.");
        ERROR: Key<Table> = optional("error", KeyKind::Map(MapNames::Errors, &ERROR_TABLE), "The errors of the section, each a `[category.error.KEY]`.");
        NOTE: Key<Tables> = optional("note", KeyKind::Tables(&NOTE_TABLE), "What the page says in this section outside of its tables, each a `[[category.note]]`.");
    }
}

table! {
    ERROR_TABLE as error {
        id: "error",
        what: "an error",
        docs: "An error. Its key is its name in the catalog, on the page and in Rust, and its code on the wire unless `code` says otherwise. Columns that the catalog declares are keys here, too.",
        holds: &[
        Condition::TakesColumns,
        Condition::OneOf(&["description", "message"]),
        Condition::Without {
            key: "event",
            value: ConditionValue::True,
            others: &["status"],
        },
    ],
    }
    keys {
        STATUS: Key<AnyValue> = optional("status", KeyKind::Statuses, "One HTTP status or a list; of several, the first is sent. Absent where the document gives none: then the error is recognised at any.");
        EVENT: Key<Flag> = optional("event", KeyKind::Flag, "`true` for what arrives by itself, in a webhook say, and answers no request. It has no status.");
        CODE: Key<AnyValue> = optional("code", KeyKind::Code, "The code, where it is not the key: another text, a number, or `false` for an error whose body carries none.");
        TITLE: Key<Text> = optional("title", KeyKind::Text, "The document's title of the error.");
        MESSAGE: Key<Texts> = optional("message", KeyKind::Texts, "The text in the body, or a list of its forms, the main one first. `{name}` stands for a value, `{{` and `}}` for braces. Of the forms that have all their values, the one with the most is sent.");
        DESCRIPTION: Key<Text> = optional("description", KeyKind::Text, "What it means. Where there is no `message`, this is what is sent.");
        ACTION: Key<Text> = optional("action", KeyKind::Text, "What the document suggests to do.");
        RETRY: Key<Text> = optional("retry", RETRY_WORDS, RETRY_DOCS);
        DETAILS: Key<TextOrTable> = optional("details", KeyKind::Details, "The members of the body beyond code and message: each a type, or a table with `type`. A type in place of the table is that of the whole value.");
        PARAMS: Key<Table> = optional("params", KeyKind::Members(TypeSet::Plain), "The values of the message that no member of the body holds, each with its type: string, bool or a number.");
        HEADERS: Key<TextTable> = optional("headers", KeyKind::Headers, "Header fields that come with it, each with what it holds.");
        EXAMPLE: Key<TableOrTables> = optional("example", KeyKind::TableOrTables(&EXAMPLE_TABLE), "An example that the document gives, or what is special in it. Several are `[[error.KEY.example]]`.");
        DOCS: Key<Text> = optional("docs", KeyKind::Markdown, "More about it, in Markdown.");
        SEE_ALSO: Key<Texts> = optional("see-also", KeyKind::Texts, "The keys of related errors of the same catalog, for people who look for one of them.");
        SINCE: Key<Text> = optional("since", KeyKind::Version, "The version of the API that introduced it.");
        DEPRECATED: Key<Table> = optional("deprecated", KeyKind::Table(&DEPRECATED_TABLE), "That it is on its way out.");
        RETIRED: Key<Text> = optional("retired", KeyKind::Version, "The version since which it is not sent any more. It is still recognised.");
        ALIASES: Key<AnyValue> = optional("aliases", KeyKind::Codes, "Older codes, still recognised.");
        RUST_NAME: Key<Text> = optional("rust-name", KeyKind::CamelName, "The variant's name, where the key makes no good one.");
        INFERRED: Key<TextsOrTextTable> = SHARED_INFERRED;
        ALLOW: Key<TextTable> = SHARED_ALLOW;
    }
}

table! {
    MEMBER_TABLE as member {
        id: "member",
        what: "a member",
        docs: "A member of an object: its type, or a table with `type`.",
        holds: &[Condition::OrType],
    }
    keys {
        TYPE: Key<Text, true> = required("type", KeyKind::Type(TypeSet::All), TYPE_DOCS);
        DESCRIPTION: Key<Text> = optional("description", KeyKind::Text, "What it holds.");
        RUST_NAME: Key<Text> = optional("rust-name", KeyKind::SnakeName, "The field's name, where that of the member makes no good one.");
    }
}

table! {
    EXAMPLE_TABLE as example {
        id: "example",
        what: "an example",
        docs: "An example that the document gives, or what is special in it.",
        holds: &[Condition::NotEmpty],
    }
    keys {
        STATUS: Key<AnyValue> = optional("status", KeyKind::Status, "The status, where it is not the first that the error has.");
        MESSAGE: Key<Text> = optional("message", KeyKind::Text, "The message, where no form of it with the values below gives it.");
        PARAMS: Key<Table> = optional("params", KeyKind::Values, "Values of the message, each of the type that the error's `params` give it.");
        DETAILS: Key<AnyValue> = optional("details", KeyKind::Any, "The details, of the types that the error gives them.");
        REFERENCE: Key<AnyValue> = optional("reference", KeyKind::Any, "The id of this one failure, where the envelope has a place for it.");
    }
}

table! {
    DEPRECATED_TABLE as deprecated {
        id: "deprecated",
        what: "`deprecated`",
        docs: "That an error is on its way out.",
        holds: &[Condition::NotEmpty],
    }
    keys {
        SINCE: Key<Text> = optional("since", KeyKind::Version, "The version that deprecated it.");
        REPLACED_BY: Key<Text> = optional("replaced-by", KeyKind::Text, "The key of the error to use instead, one that is neither deprecated nor retired.");
        NOTE: Key<Text> = optional("note", KeyKind::Text, "What else there is to say.");
    }
}

table! {
    COLUMN_TABLE as column {
        id: "column",
        what: "a column",
        docs: "A column of your own: each error then has the key, code a typed accessor, pages a column.",
        holds: &[],
    }
    keys {
        TYPE: Key<AnyValue, true> = required("type", KeyKind::TypeOrNames, "A type without `any` and types of your own, or a list of names, `[\"info\", \"warning\"]`, which becomes an enum.");
        TITLE: Key<Text> = optional("title", KeyKind::Text, "The heading.");
        DESCRIPTION: Key<Text> = optional("description", KeyKind::Text, "What it says.");
        OPTIONAL: Key<Flag> = optional("optional", KeyKind::Flag, "`true` where errors may lack it. For a type, `\"bool?\"` says the same.");
        RUST_NAME: Key<Text> = optional("rust-name", KeyKind::SnakeName, "The accessor's name, where that of the column is taken or makes no good one.");
    }
}

table! {
    RULE_TABLE as rule {
        id: "rule",
        what: "a rule",
        docs: "A row of the page's table of fields and what is demanded of them.",
        holds: &[],
    }
    keys {
        ERROR: Key<Text> = optional("error", KeyKind::Text, "The key of the error that answers a breach.");
        FIELD: Key<Text, true> = required("field", KeyKind::Text, "The field of the request.");
        RULE: Key<Text, true> = required("rule", KeyKind::Text, "What is demanded of it.");
        MESSAGE: Key<Text> = optional("message", KeyKind::Text, "The text that tells of a breach.");
    }
}

table! {
    NOTE_TABLE as note {
        id: "note",
        what: "a note",
        docs: "What the page says outside of its tables, in your own words.",
        holds: &[],
    }
    keys {
        TITLE: Key<Text, true> = required("title", KeyKind::Text, "The heading.");
        TEXT: Key<Text, true> = required("text", KeyKind::Markdown, "The text, in Markdown.");
    }
}

const SHARED_INFERRED: Key<TextsOrTextTable> = optional(
    "inferred",
    KeyKind::Inferred,
    "What the document does not say: the key of a value beside this, with your reason. A list names keys whose reasons stand once, in the table `[inferred]`.",
);

const SHARED_ALLOW: Key<TextTable> = optional(
    "allow",
    KeyKind::Allow,
    "Lints that do not apply here, each with the reason: `{ missing-action = \"Nothing can be done.\" }`.",
);

const RETRY_WORDS: KeyKind = KeyKind::Word(|| words(Retry::ALL));

const RETRY_DOCS: &str = "Whether to send the request again: `\"never\"`; `\"backoff\"`, after a delay; `\"retry-after\"`, after the time in that header; `\"poll\"`, ask again until it is done. Absent where the document is silent.";

const TYPE_DOCS: &str = "`string`, `bool`, `u32`, `u64`, `i64`, `f64`, `any`, or the name of a `[type.Name]`; of these `[T]` for a list, `{T}` for an object with any keys, `T?` for what may be absent or null.";

fn words<T>(all: &'static [(&'static str, T)]) -> Vec<&'static str> {
    all.iter().map(|(word, _)| *word).collect()
}
