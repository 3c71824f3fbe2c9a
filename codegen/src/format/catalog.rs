//! The tables of a catalog.

use crate::format::{Condition, Key, Kind, Literal, Names, Root, Spec, Types, optional, required};
use crate::model::{Format, Retry};

pub(crate) static CATALOG: Spec = Spec {
    id: "catalog",
    what: "a catalog",
    docs: "An errbook catalog: what the documentation of one API says of its errors.",
    keys: &[
        required("api", Kind::Table(&API), "Which API the catalog is about."),
        required(
            "envelope",
            Kind::Table(&ENVELOPE),
            "Where things stand in the JSON body of an error. Empty where bodies hold nothing of this.",
        ),
        optional(
            "status",
            Kind::Map(Names::Statuses, &STATUS),
            "The page's table of HTTP statuses: a row for each, in the order of the page.",
        ),
        optional(
            "inferred",
            Kind::TextTable,
            "Reasons that many entries share: each under the key of the value that it is for. Entries name the key in a list, `inferred = [\"status\"]`.",
        ),
        optional(
            "type",
            Kind::NamedTypes,
            "Types of your own, `[type.Name]`, each with its members. The name is written as in Rust.",
        ),
        optional(
            "column",
            Kind::Map(Names::Columns, &COLUMN),
            "Columns of your own, `[column.name]`: each error then has the key `name`.",
        ),
        optional(
            "category",
            Kind::Tables(&CATEGORY),
            "The sections of the page, each a `[[category]]`. The errors that follow belong to it, as `[category.error.KEY]`.",
        ),
        optional(
            "error",
            Kind::Map(Names::Errors, &ERROR),
            "The errors that stand in no section, each an `[error.KEY]`.",
        ),
        optional(
            "rule",
            Kind::Tables(&RULE),
            "The page's table of fields and what is demanded of them, a `[[rule]]` for each row.",
        ),
        optional(
            "note",
            Kind::Tables(&NOTE),
            "What the page says outside of its tables, each a `[[note]]`.",
        ),
    ],
    holds: &[Condition::DeclaresColumns],
};

pub(crate) static API: Spec = Spec {
    id: "api",
    what: "[api]",
    docs: "Which API the catalog is about.",
    keys: &[
        required(
            "id",
            Kind::ApiId,
            "The name of the module and of the page: small letters and digits, with single hyphens between.",
        ),
        required("title", Kind::Text, "The API's name."),
        optional("summary", Kind::Markdown, "What it does, in Markdown."),
        optional("homepage", Kind::Url, "The URL of the API's own pages."),
        optional(
            "source",
            Kind::Text,
            "The document that the catalog transcribes.",
        ),
        optional(
            "language",
            Kind::Language,
            "The language of the texts, such as `en`.",
        ),
        optional("version", Kind::Version, "The API's version."),
        optional(
            "docs-url",
            Kind::PageUrl,
            "The URL at which you publish the page of this API. The address of each error is this and its anchor.",
        ),
        optional(
            "headings",
            Kind::Table(&HEADINGS),
            "What the document calls its columns.",
        ),
        INFERRED,
    ],
    holds: &[],
};

pub(crate) static HEADINGS: Spec = Spec {
    id: "headings",
    what: "`headings`",
    docs: "What the document calls its columns.",
    keys: &[
        optional("code", Kind::Text, "The heading of the codes."),
        optional("status", Kind::Text, "The heading of the HTTP statuses."),
        optional("title", Kind::Text, "The heading of the titles."),
        optional("message", Kind::Text, "The heading of the messages."),
        optional(
            "description",
            Kind::Text,
            "The heading of the descriptions.",
        ),
        optional("action", Kind::Text, "The heading of what to do."),
        optional("retry", Kind::Text, "The heading of the retry advice."),
    ],
    holds: &[Condition::NotEmpty],
};

pub(crate) static ENVELOPE: Spec = Spec {
    id: "envelope",
    what: "[envelope]",
    docs: "Where things stand in the JSON body of an error: each value is a JSON pointer (RFC 6901), such as `\"/error/code\"`. Of several, the first is written and all are read.",
    keys: &[
        optional(
            "format",
            Kind::Word(|| words(Format::ALL)),
            "Which rules bodies follow: `\"problem+json\"` for problem details (RFC 9457), else `\"json\"`, which need not be said.",
        ),
        optional(
            "constants",
            Kind::Constants,
            "Members that always have the same value, `{ \"/success\" = false }`. Where all of them are found, a response is an error even with a status below 400.",
        ),
        optional(
            "code",
            Kind::Pointers(Root::Refused),
            "Where the code stands. Without this key no error of the API has one: texts and statuses tell them apart.",
        ),
        optional(
            "message",
            Kind::Pointers(Root::Refused),
            "Where the message stands.",
        ),
        optional(
            "status",
            Kind::Pointers(Root::Refused),
            "Where the HTTP status stands, if bodies repeat it.",
        ),
        optional(
            "details",
            Kind::Pointers(Root::Allowed),
            "Where the details stand. They may stand beside the others, in the object that holds them: `\"\"` is the root.",
        ),
        optional(
            "reference",
            Kind::Pointers(Root::Refused),
            "Where the id of this one failure stands, to quote to support.",
        ),
        optional(
            "title",
            Kind::Pointers(Root::Refused),
            "Where the error's `title` stands.",
        ),
        optional(
            "docs-url",
            Kind::Pointers(Root::Refused),
            "Where the URL stands at which the error is documented.",
        ),
        INFERRED,
    ],
    holds: &[Condition::Without {
        key: "format",
        value: Literal::Text("problem+json"),
        others: &["message", "status", "details", "title", "docs-url"],
    }],
};

pub(crate) static STATUS: Spec = Spec {
    id: "status",
    what: "a status row",
    docs: "A row of the table of HTTP statuses.",
    keys: &[
        optional("name", Kind::Text, "The document's name for the status."),
        optional("meaning", Kind::Text, "What the status means for this API."),
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

pub(crate) static CATEGORY: Spec = Spec {
    id: "category",
    what: "a category",
    docs: "A section of the page.",
    keys: &[
        required(
            "id",
            Kind::Id,
            "Names the variant of the enum `Category`: small letters and digits, with single hyphens between.",
        ),
        required("title", Kind::Text, "The heading."),
        optional(
            "rust-name",
            Kind::CamelName,
            "The variant's name, where the id makes no good one or that of another section.",
        ),
        optional(
            "error",
            Kind::Map(Names::Errors, &ERROR),
            "The errors of the section, each a `[category.error.KEY]`.",
        ),
        optional(
            "note",
            Kind::Tables(&NOTE),
            "What the page says in this section outside of its tables, each a `[[category.note]]`.",
        ),
    ],
    holds: &[],
};

pub(crate) static ERROR: Spec = Spec {
    id: "error",
    what: "an error",
    docs: "An error. Its key is its name in the catalog, on the page and in Rust, and its code on the wire unless `code` says otherwise. Columns that the catalog declares are keys here, too.",
    keys: &[
        optional(
            "status",
            Kind::Statuses,
            "One HTTP status or a list; of several, the first is sent. Absent where the document gives none: then the error is recognised at any.",
        ),
        optional(
            "event",
            Kind::Flag,
            "`true` for what arrives by itself, in a webhook say, and answers no request. It has no status.",
        ),
        optional(
            "code",
            Kind::Code,
            "The code, where it is not the key: another text, a number, or `false` for an error whose body carries none.",
        ),
        optional("title", Kind::Text, "The document's title of the error."),
        optional(
            "message",
            Kind::Texts,
            "The text in the body, or a list of its forms, the main one first. `{name}` stands for a value, `{{` and `}}` for braces.",
        ),
        optional(
            "description",
            Kind::Text,
            "What it means. Where there is no `message`, this is what is sent.",
        ),
        optional("action", Kind::Text, "What the document suggests to do."),
        optional("retry", RETRY, RETRY_DOCS),
        optional(
            "details",
            Kind::Details,
            "The members of the body beyond code and message: each a type, or a table with `type`. A type in place of the table is that of the whole value.",
        ),
        optional(
            "params",
            Kind::Members(Types::Plain),
            "The values of the message that no member of the body holds, each with its type: string, bool or a number.",
        ),
        optional(
            "headers",
            Kind::Headers,
            "Header fields that come with it, each with what it holds.",
        ),
        optional(
            "example",
            Kind::TableOrTables(&EXAMPLE),
            "An example that the document gives, or what is special in it. Several are `[[error.KEY.example]]`.",
        ),
        optional("docs", Kind::Markdown, "More about it, in Markdown."),
        optional(
            "since",
            Kind::Version,
            "The version of the API that introduced it.",
        ),
        optional(
            "deprecated",
            Kind::Table(&DEPRECATED),
            "That it is on its way out.",
        ),
        optional(
            "retired",
            Kind::Version,
            "The version since which it is not sent any more. It is still recognised.",
        ),
        optional("aliases", Kind::Codes, "Older codes, still recognised."),
        optional(
            "rust-name",
            Kind::CamelName,
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
            value: Literal::True,
            others: &["status"],
        },
    ],
};

pub(crate) static MEMBER: Spec = Spec {
    id: "member",
    what: "a member",
    docs: "A member of an object: its type, or a table with `type`.",
    keys: &[
        required("type", Kind::Type(Types::All), TYPE_DOCS),
        optional("description", Kind::Text, "What it holds."),
        optional(
            "rust-name",
            Kind::SnakeName,
            "The field's name, where that of the member makes no good one.",
        ),
    ],
    holds: &[Condition::OrType],
};

pub(crate) static EXAMPLE: Spec = Spec {
    id: "example",
    what: "an example",
    docs: "An example that the document gives, or what is special in it.",
    keys: &[
        optional(
            "status",
            Kind::Status,
            "The status, where it is not the first that the error has.",
        ),
        optional(
            "message",
            Kind::Text,
            "The message, where no form of it with the values below gives it.",
        ),
        optional(
            "params",
            Kind::Values,
            "Values of the message, each of the type that the error's `params` give it.",
        ),
        optional(
            "details",
            Kind::Any,
            "The details, of the types that the error gives them.",
        ),
        optional(
            "reference",
            Kind::Any,
            "The id of this one failure, where the envelope has a place for it.",
        ),
    ],
    holds: &[Condition::NotEmpty],
};

pub(crate) static DEPRECATED: Spec = Spec {
    id: "deprecated",
    what: "`deprecated`",
    docs: "That an error is on its way out.",
    keys: &[
        optional("since", Kind::Version, "The version that deprecated it."),
        optional(
            "replaced-by",
            Kind::Text,
            "The key of the error to use instead, one that is neither deprecated nor retired.",
        ),
        optional("note", Kind::Text, "What else there is to say."),
    ],
    holds: &[Condition::NotEmpty],
};

pub(crate) static COLUMN: Spec = Spec {
    id: "column",
    what: "a column",
    docs: "A column of your own: each error then has the key, code a typed accessor, pages a column.",
    keys: &[
        required(
            "type",
            Kind::TypeOrNames,
            "A type without `any` and types of your own, or a list of names, `[\"info\", \"warning\"]`, which becomes an enum.",
        ),
        optional("title", Kind::Text, "The heading."),
        optional("description", Kind::Text, "What it says."),
        optional(
            "optional",
            Kind::Flag,
            "`true` where errors may lack it. For a type, `\"bool?\"` says the same.",
        ),
        optional(
            "rust-name",
            Kind::SnakeName,
            "The accessor's name, where that of the column is taken or makes no good one.",
        ),
    ],
    holds: &[],
};

pub(crate) static RULE: Spec = Spec {
    id: "rule",
    what: "a rule",
    docs: "A row of the page's table of fields and what is demanded of them.",
    keys: &[
        optional(
            "error",
            Kind::Text,
            "The key of the error that answers a breach.",
        ),
        required("field", Kind::Text, "The field of the request."),
        required("rule", Kind::Text, "What is demanded of it."),
        optional("message", Kind::Text, "The text that tells of a breach."),
    ],
    holds: &[],
};

pub(crate) static NOTE: Spec = Spec {
    id: "note",
    what: "a note",
    docs: "What the page says outside of its tables, in your own words.",
    keys: &[
        required("title", Kind::Text, "The heading."),
        required("text", Kind::Markdown, "The text, in Markdown."),
    ],
    holds: &[],
};

const INFERRED: Key = optional(
    "inferred",
    Kind::Inferred,
    "What the document does not say: the key of a value beside this, with your reason. A list names keys whose reasons stand once, in the table `[inferred]`.",
);

const ALLOW: Key = optional(
    "allow",
    Kind::Allow,
    "Lints that do not apply here, each with the reason: `{ missing-action = \"Nothing can be done.\" }`.",
);

const RETRY: Kind = Kind::Word(|| words(Retry::ALL));

const RETRY_DOCS: &str = "Whether to send the request again: `\"never\"`; `\"backoff\"`, after a delay; `\"retry-after\"`, after the time in that header; `\"poll\"`, ask again until it is done. Absent where the document is silent.";

const TYPE_DOCS: &str = "`string`, `bool`, `u32`, `u64`, `i64`, `f64`, `any`, or the name of a `[type.Name]`; of these `[T]` for a list, `{T}` for an object with any keys, `T?` for what may be absent or null.";

fn words<T>(all: &'static [(&'static str, T)]) -> Vec<&'static str> {
    all.iter().map(|(word, _)| *word).collect()
}
