//! The tables of a catalog.

use crate::keys::table_spec::{
    Condition, ConditionValue, Key, KeyKind, MapNames, Root, TableSpec, TypeSet, optional, required,
};
use crate::model::{BODY_FORMATS, Retry};

pub(crate) static CATALOG: TableSpec = TableSpec {
    id: "catalog",
    what: "a catalog",
    docs: "An errbook catalog: what the documentation of one API says of its errors.",
    keys: &[
        required(
            "api",
            KeyKind::Table(&API),
            "Which API the catalog is about.",
        ),
        required(
            "envelope",
            KeyKind::Table(&ENVELOPE),
            "Where things stand in the JSON body of an error. Empty where bodies hold nothing of this.",
        ),
        optional(
            "status",
            KeyKind::Map(MapNames::Statuses, &STATUS),
            "The page's table of HTTP statuses: a row for each, in the order of the page.",
        ),
        optional(
            "inferred",
            KeyKind::TextTable,
            "Reasons that many entries share: each under the key of the value that it is for. Entries name the key in a list, `inferred = [\"status\"]`.",
        ),
        optional(
            "type",
            KeyKind::NamedTypes,
            "Types of your own, `[type.Name]`, each with its members. The name is written as in Rust.",
        ),
        optional(
            "column",
            KeyKind::Map(MapNames::Columns, &COLUMN),
            "Columns of your own, `[column.name]`: each error then has the key `name`.",
        ),
        optional(
            "category",
            KeyKind::Tables(&CATEGORY),
            "The sections of the page, each a `[[category]]`. The errors that follow belong to it, as `[category.error.KEY]`.",
        ),
        optional(
            "error",
            KeyKind::Map(MapNames::Errors, &ERROR),
            "The errors that stand in no section, each an `[error.KEY]`.",
        ),
        optional(
            "rule",
            KeyKind::Tables(&RULE),
            "The page's table of fields and what is demanded of them, a `[[rule]]` for each row.",
        ),
        optional(
            "note",
            KeyKind::Tables(&NOTE),
            "What the page says outside of its tables, each a `[[note]]`.",
        ),
    ],
    holds: &[Condition::DeclaresColumns],
};

pub(crate) static API: TableSpec = TableSpec {
    id: "api",
    what: "[api]",
    docs: "Which API the catalog is about.",
    keys: &[
        required(
            "id",
            KeyKind::ApiId,
            "The name of the module and of the page: small letters and digits, with single hyphens between.",
        ),
        required("title", KeyKind::Text, "The API's name."),
        optional("summary", KeyKind::Markdown, "What it does, in Markdown."),
        optional("homepage", KeyKind::Url, "The URL of the API's own pages."),
        optional(
            "source",
            KeyKind::Text,
            "The document that the catalog transcribes.",
        ),
        optional(
            "language",
            KeyKind::Language,
            "The language of the texts, such as `en`.",
        ),
        optional("version", KeyKind::Version, "The API's version."),
        optional(
            "docs-url",
            KeyKind::PageUrl,
            "The URL at which you publish the page of this API. The address of each error is this and its anchor.",
        ),
        optional(
            "headings",
            KeyKind::Table(&HEADINGS),
            "What the document calls its columns.",
        ),
        INFERRED,
    ],
    holds: &[],
};

pub(crate) static HEADINGS: TableSpec = TableSpec {
    id: "headings",
    what: "`headings`",
    docs: "What the document calls its columns.",
    keys: &[
        optional("code", KeyKind::Text, "The heading of the codes."),
        optional("status", KeyKind::Text, "The heading of the HTTP statuses."),
        optional("title", KeyKind::Text, "The heading of the titles."),
        optional("message", KeyKind::Text, "The heading of the messages."),
        optional(
            "description",
            KeyKind::Text,
            "The heading of the descriptions.",
        ),
        optional("action", KeyKind::Text, "The heading of what to do."),
        optional("retry", KeyKind::Text, "The heading of the retry advice."),
    ],
    holds: &[Condition::NotEmpty],
};

pub(crate) static ENVELOPE: TableSpec = TableSpec {
    id: "envelope",
    what: "[envelope]",
    docs: "Where things stand in the JSON body of an error: each value is a JSON pointer (RFC 6901), such as `\"/error/code\"`. Of several, the first is written and all are read.",
    keys: &[
        optional(
            "format",
            KeyKind::Word(|| words(BODY_FORMATS)),
            "Which rules bodies follow: `\"problem+json\"` for problem details (RFC 9457), else `\"json\"`, which need not be said.",
        ),
        optional(
            "constants",
            KeyKind::Constants,
            "Members that always have the same value, `{ \"/success\" = false }`. Where all of them are found, a response is an error even with a status below 400.",
        ),
        optional(
            "code",
            KeyKind::Pointers(Root::Refused),
            "Where the code stands. Without this key no error of the API has one: texts and statuses tell them apart.",
        ),
        optional(
            "message",
            KeyKind::Pointers(Root::Refused),
            "Where the message stands.",
        ),
        optional(
            "status",
            KeyKind::Pointers(Root::Refused),
            "Where the HTTP status stands, if bodies repeat it.",
        ),
        optional(
            "details",
            KeyKind::Pointers(Root::Allowed),
            "Where the details stand. They may stand beside the others, in the object that holds them: `\"\"` is the root.",
        ),
        optional(
            "reference",
            KeyKind::Pointers(Root::Refused),
            "Where the id of this one failure stands, to quote to support.",
        ),
        optional(
            "title",
            KeyKind::Pointers(Root::Refused),
            "Where the error's `title` stands.",
        ),
        optional(
            "docs-url",
            KeyKind::Pointers(Root::Refused),
            "Where the URL stands at which the error is documented.",
        ),
        INFERRED,
    ],
    holds: &[Condition::Without {
        key: "format",
        value: ConditionValue::Text("problem+json"),
        others: &["message", "status", "details", "title", "docs-url"],
    }],
};

pub(crate) static STATUS: TableSpec = TableSpec {
    id: "status",
    what: "a status row",
    docs: "A row of the table of HTTP statuses.",
    keys: &[
        optional("name", KeyKind::Text, "The document's name for the status."),
        optional(
            "meaning",
            KeyKind::Text,
            "What the status means for this API.",
        ),
        optional(
            "retry",
            RETRY,
            "The advice that the row gives, if it gives some.",
        ),
        INFERRED,
        ALLOW,
    ],
    holds: &[],
};

pub(crate) static CATEGORY: TableSpec = TableSpec {
    id: "category",
    what: "a category",
    docs: "A section of the page.",
    keys: &[
        required(
            "id",
            KeyKind::Id,
            "Names the variant of the enum `Category`: small letters and digits, with single hyphens between.",
        ),
        required("title", KeyKind::Text, "The heading."),
        optional(
            "rust-name",
            KeyKind::CamelName,
            "The variant's name, where the id makes no good one or that of another section.",
        ),
        optional(
            "error",
            KeyKind::Map(MapNames::Errors, &ERROR),
            "The errors of the section, each a `[category.error.KEY]`.",
        ),
        optional(
            "note",
            KeyKind::Tables(&NOTE),
            "What the page says in this section outside of its tables, each a `[[category.note]]`.",
        ),
    ],
    holds: &[],
};

pub(crate) static ERROR: TableSpec = TableSpec {
    id: "error",
    what: "an error",
    docs: "An error. Its key is its name in the catalog, on the page and in Rust, and its code on the wire unless `code` says otherwise. Columns that the catalog declares are keys here, too.",
    keys: &[
        optional(
            "status",
            KeyKind::Statuses,
            "One HTTP status or a list; of several, the first is sent. Absent where the document gives none: then the error is recognised at any.",
        ),
        optional(
            "event",
            KeyKind::Flag,
            "`true` for what arrives by itself, in a webhook say, and answers no request. It has no status.",
        ),
        optional(
            "code",
            KeyKind::Code,
            "The code, where it is not the key: another text, a number, or `false` for an error whose body carries none.",
        ),
        optional("title", KeyKind::Text, "The document's title of the error."),
        optional(
            "message",
            KeyKind::Texts,
            "The text in the body, or a list of its forms, the main one first. `{name}` stands for a value, `{{` and `}}` for braces.",
        ),
        optional(
            "description",
            KeyKind::Text,
            "What it means. Where there is no `message`, this is what is sent.",
        ),
        optional("action", KeyKind::Text, "What the document suggests to do."),
        optional("retry", RETRY, RETRY_DOCS),
        optional(
            "details",
            KeyKind::Details,
            "The members of the body beyond code and message: each a type, or a table with `type`. A type in place of the table is that of the whole value.",
        ),
        optional(
            "params",
            KeyKind::Members(TypeSet::Plain),
            "The values of the message that no member of the body holds, each with its type: string, bool or a number.",
        ),
        optional(
            "headers",
            KeyKind::Headers,
            "Header fields that come with it, each with what it holds.",
        ),
        optional(
            "example",
            KeyKind::TableOrTables(&EXAMPLE),
            "An example that the document gives, or what is special in it. Several are `[[error.KEY.example]]`.",
        ),
        optional("docs", KeyKind::Markdown, "More about it, in Markdown."),
        optional(
            "since",
            KeyKind::Version,
            "The version of the API that introduced it.",
        ),
        optional(
            "deprecated",
            KeyKind::Table(&DEPRECATED),
            "That it is on its way out.",
        ),
        optional(
            "retired",
            KeyKind::Version,
            "The version since which it is not sent any more. It is still recognised.",
        ),
        optional("aliases", KeyKind::Codes, "Older codes, still recognised."),
        optional(
            "rust-name",
            KeyKind::CamelName,
            "The variant's name, where the key makes no good one.",
        ),
        INFERRED,
        ALLOW,
    ],
    holds: &[
        Condition::TakesColumns,
        Condition::OneOf(&["description", "message"]),
        Condition::Without {
            key: "event",
            value: ConditionValue::True,
            others: &["status"],
        },
    ],
};

pub(crate) static MEMBER: TableSpec = TableSpec {
    id: "member",
    what: "a member",
    docs: "A member of an object: its type, or a table with `type`.",
    keys: &[
        required("type", KeyKind::Type(TypeSet::All), TYPE_DOCS),
        optional("description", KeyKind::Text, "What it holds."),
        optional(
            "rust-name",
            KeyKind::SnakeName,
            "The field's name, where that of the member makes no good one.",
        ),
    ],
    holds: &[Condition::OrType],
};

pub(crate) static EXAMPLE: TableSpec = TableSpec {
    id: "example",
    what: "an example",
    docs: "An example that the document gives, or what is special in it.",
    keys: &[
        optional(
            "status",
            KeyKind::Status,
            "The status, where it is not the first that the error has.",
        ),
        optional(
            "message",
            KeyKind::Text,
            "The message, where no form of it with the values below gives it.",
        ),
        optional(
            "params",
            KeyKind::Values,
            "Values of the message, each of the type that the error's `params` give it.",
        ),
        optional(
            "details",
            KeyKind::Any,
            "The details, of the types that the error gives them.",
        ),
        optional(
            "reference",
            KeyKind::Any,
            "The id of this one failure, where the envelope has a place for it.",
        ),
    ],
    holds: &[Condition::NotEmpty],
};

pub(crate) static DEPRECATED: TableSpec = TableSpec {
    id: "deprecated",
    what: "`deprecated`",
    docs: "That an error is on its way out.",
    keys: &[
        optional("since", KeyKind::Version, "The version that deprecated it."),
        optional(
            "replaced-by",
            KeyKind::Text,
            "The key of the error to use instead, one that is neither deprecated nor retired.",
        ),
        optional("note", KeyKind::Text, "What else there is to say."),
    ],
    holds: &[Condition::NotEmpty],
};

pub(crate) static COLUMN: TableSpec = TableSpec {
    id: "column",
    what: "a column",
    docs: "A column of your own: each error then has the key, code a typed accessor, pages a column.",
    keys: &[
        required(
            "type",
            KeyKind::TypeOrNames,
            "A type without `any` and types of your own, or a list of names, `[\"info\", \"warning\"]`, which becomes an enum.",
        ),
        optional("title", KeyKind::Text, "The heading."),
        optional("description", KeyKind::Text, "What it says."),
        optional(
            "optional",
            KeyKind::Flag,
            "`true` where errors may lack it. For a type, `\"bool?\"` says the same.",
        ),
        optional(
            "rust-name",
            KeyKind::SnakeName,
            "The accessor's name, where that of the column is taken or makes no good one.",
        ),
    ],
    holds: &[],
};

pub(crate) static RULE: TableSpec = TableSpec {
    id: "rule",
    what: "a rule",
    docs: "A row of the page's table of fields and what is demanded of them.",
    keys: &[
        optional(
            "error",
            KeyKind::Text,
            "The key of the error that answers a breach.",
        ),
        required("field", KeyKind::Text, "The field of the request."),
        required("rule", KeyKind::Text, "What is demanded of it."),
        optional("message", KeyKind::Text, "The text that tells of a breach."),
    ],
    holds: &[],
};

pub(crate) static NOTE: TableSpec = TableSpec {
    id: "note",
    what: "a note",
    docs: "What the page says outside of its tables, in your own words.",
    keys: &[
        required("title", KeyKind::Text, "The heading."),
        required("text", KeyKind::Markdown, "The text, in Markdown."),
    ],
    holds: &[],
};

const INFERRED: Key = optional(
    "inferred",
    KeyKind::Inferred,
    "What the document does not say: the key of a value beside this, with your reason. A list names keys whose reasons stand once, in the table `[inferred]`.",
);

const ALLOW: Key = optional(
    "allow",
    KeyKind::Allow,
    "Lints that do not apply here, each with the reason: `{ missing-action = \"Nothing can be done.\" }`.",
);

const RETRY: KeyKind = KeyKind::Word(|| words(Retry::ALL));

const RETRY_DOCS: &str = "Whether to send the request again: `\"never\"`; `\"backoff\"`, after a delay; `\"retry-after\"`, after the time in that header; `\"poll\"`, ask again until it is done. Absent where the document is silent.";

const TYPE_DOCS: &str = "`string`, `bool`, `u32`, `u64`, `i64`, `f64`, `any`, or the name of a `[type.Name]`; of these `[T]` for a list, `{T}` for an object with any keys, `T?` for what may be absent or null.";

fn words<T>(all: &'static [(&'static str, T)]) -> Vec<&'static str> {
    all.iter().map(|(word, _)| *word).collect()
}
