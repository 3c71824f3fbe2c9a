//! How a table of the format is described: its keys, what each takes, and conditions between them.

use std::marker::PhantomData;

/// A table of the format.
pub(crate) struct TableSpec {
    /// The name of its definition in the schema.
    pub(crate) id: &'static str,
    /// What it is, with an article, such as `an error`.
    pub(crate) what: &'static str,
    /// What an author should know of it, in Markdown.
    pub(crate) docs: &'static str,
    /// Its keys, in the order in which findings list them.
    pub(crate) keys: &'static [KeySpec],
    /// What holds between its keys.
    pub(crate) holds: &'static [Condition],
}

impl TableSpec {
    pub(crate) fn key(&self, name: &str) -> Option<&KeySpec> {
        self.keys.iter().find(|key| key.name == name)
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(|key| key.name)
    }
}

/// A key of a table, as the schema describes it.
#[derive(Clone, Copy)]
pub(crate) struct KeySpec {
    pub(crate) name: &'static str,
    pub(crate) kind: KeyKind,
    pub(crate) required: bool,
    /// What an author should know of it, in Markdown.
    pub(crate) docs: &'static str,
}

/// Defines a type for each shape.
macro_rules! shapes {
    ($($(#[$docs:meta])* $shape:ident,)*) => {
        /// The shape of a key's values.
        pub(crate) enum Shape {
            $($(#[$docs])* $shape,)*
        }

        $(
            $(#[$docs])*
            pub(crate) struct $shape;

            impl HasShape for $shape {
                const SHAPE: Shape = Shape::$shape;
            }
        )*
    };
}

/// A type that stands for a shape.
pub(crate) trait HasShape {
    const SHAPE: Shape;
}

shapes! {
    /// A text.
    Text,
    /// One text or several.
    Texts,
    /// True or false.
    Flag,
    /// A table.
    Table,
    /// An array of tables.
    Tables,
    /// A table of texts.
    TextTable,
    /// A table or an array of tables.
    TableOrTables,
    /// A text or a table.
    TextOrTable,
    /// One text or several, or a table of texts.
    TextsOrTextTable,
    /// A value that has a reader of its own.
    AnyValue,
}

/// Values of this shape can be read as values of the shape `S`.
pub(crate) trait ReadAs<S> {}

impl<S> ReadAs<S> for S {}
impl ReadAs<Table> for TableOrTables {}
impl ReadAs<Table> for TextTable {}
impl ReadAs<Table> for TextsOrTextTable {}
impl ReadAs<Tables> for TableOrTables {}
impl ReadAs<Text> for TextOrTable {}
impl ReadAs<Texts> for TextsOrTextTable {}
impl ReadAs<TextTable> for TextsOrTextTable {}

/// A key whose values are of the shape `S`. `check` reads a key through this constant, so that a value is read as
/// it is described.
pub(crate) struct Key<S, const REQUIRED: bool = false> {
    pub(crate) spec: KeySpec,
    shape: PhantomData<fn() -> S>,
}

/// Describes a key that may be absent. The kind has the shape `S`, or the constant does not compile.
pub(super) const fn optional<S: HasShape>(
    name: &'static str,
    kind: KeyKind,
    docs: &'static str,
) -> Key<S> {
    key(name, kind, docs)
}

/// Describes a key that must be there.
pub(super) const fn required<S: HasShape>(
    name: &'static str,
    kind: KeyKind,
    docs: &'static str,
) -> Key<S, true> {
    key(name, kind, docs)
}

const fn key<S: HasShape, const REQUIRED: bool>(
    name: &'static str,
    kind: KeyKind,
    docs: &'static str,
) -> Key<S, REQUIRED> {
    assert!(
        kind.shape() as u8 == S::SHAPE as u8,
        "values of this kind have another shape"
    );
    Key {
        spec: KeySpec {
            name,
            kind,
            required: REQUIRED,
            docs,
        },
        shape: PhantomData,
    }
}

/// Describes a table: a static that lists the keys, and a module with a constant for each key.
///
/// The static repeats the expressions instead of naming the constants, so that rustc warns of a constant that
/// `check` does not read.
macro_rules! table {
    (
        $table:ident as $module:ident { $($field:ident: $value:expr,)* }
        keys { $($key:ident: $type:ty = $spec:expr;)* }
    ) => {
        pub(crate) static $table: $crate::keys::TableSpec = $crate::keys::TableSpec {
            $($field: $value,)*
            keys: &[$({ let key: $type = $spec; key.spec }),*],
        };

        /// The keys of this table.
        pub(crate) mod $module {
            use super::*;

            $(pub(crate) const $key: $type = $spec;)*
        }
    };
}

pub(super) use table;

/// What a key takes.
#[derive(Clone, Copy)]
pub(crate) enum KeyKind {
    /// A text that says something, shown as it is.
    Text,
    /// A text in Markdown.
    Markdown,
    /// Small letters, digits and single hyphens between them, a letter first.
    Id,
    /// An id that a module and a page are named by.
    ApiId,
    /// The URL of a page.
    Url,
    /// The URL of a page, to which anchors are added.
    PageUrl,
    /// A path from the project's folder to something in it.
    Path,
    /// A version.
    Version,
    /// A language tag (RFC 5646).
    Language,
    /// One of the words that the function lists.
    Word(fn() -> Vec<&'static str>),
    /// The name of a type or a variant in Rust.
    CamelName,
    /// The name of a field or an accessor in Rust.
    SnakeName,
    /// A type's text.
    Type(TypeSet),
    /// A type's text, or a list of the names that a column has as its values.
    TypeOrNames,
    /// One text or several.
    Texts,
    /// True or false.
    Flag,
    /// An HTTP status.
    Status,
    /// One HTTP status or several.
    Statuses,
    /// A text, an integer, or false for none.
    Code,
    /// Texts and integers.
    Codes,
    /// One JSON pointer (RFC 6901) or several.
    Pointers(Root),
    /// Any JSON value but null, which TOML has not.
    Any,
    /// A table of such values, each under the pointer to it.
    Constants,
    /// A table of texts, numbers, true and false under any names.
    Values,
    /// A table of texts under any names.
    TextTable,
    /// A table of reasons under names of lints.
    Allow,
    /// A table of levels under names of lints.
    Levels,
    /// A table of texts under names of header fields.
    Headers,
    /// A table of reasons under keys of the table that it stands in, or keys whose reasons stand in
    /// `[inferred]`.
    Inferred,
    /// A table of members.
    Members(TypeSet),
    /// A table of members, or a type's text.
    Details,
    /// A table of tables of members, each under the name of a type.
    NamedTypes,
    /// A table.
    Table(&'static TableSpec),
    /// An array of tables.
    Tables(&'static TableSpec),
    /// A table or an array of them.
    TableOrTables(&'static TableSpec),
    /// A table of tables under such names.
    Map(MapNames, &'static TableSpec),
}

/// Which types a text may name.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum TypeSet {
    /// All of them.
    All,
    /// Those of constants: neither `any` nor types of the catalog's own.
    Constant,
    /// Those that have a plain text: string, bool and numbers.
    Plain,
}

/// Whether a pointer may be the empty one, to the whole body.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Root {
    Allowed,
    Refused,
}

/// The names under which the tables of a map stand.
#[derive(Clone, Copy)]
pub(crate) enum MapNames {
    /// HTTP statuses.
    Statuses,
    /// Keys that an error has not.
    Columns,
    /// Whatever makes a name in Rust.
    Errors,
}

/// What holds between the keys of a table.
#[derive(Clone, Copy)]
pub(crate) enum Condition {
    /// A type's text may stand in place of the table.
    OrType,
    /// Columns that the catalog declares are keys, too.
    TakesColumns,
    /// Errors have no other keys where no column is declared.
    DeclaresColumns,
    /// One of these is there.
    OneOf(&'static [&'static str]),
    /// Some key is there.
    NotEmpty,
    /// Where a key is true or has this text, the others are absent.
    Without {
        key: &'static str,
        value: ConditionValue,
        others: &'static [&'static str],
    },
}

/// A value that a condition is about.
#[derive(Clone, Copy)]
pub(crate) enum ConditionValue {
    True,
    Text(&'static str),
}

impl KeyKind {
    /// Returns the shape of the values of this kind.
    const fn shape(self) -> Shape {
        match self {
            Self::Text
            | Self::Markdown
            | Self::Id
            | Self::ApiId
            | Self::Url
            | Self::PageUrl
            | Self::Path
            | Self::Version
            | Self::Language
            | Self::Word(_)
            | Self::CamelName
            | Self::SnakeName
            | Self::Type(_) => Shape::Text,
            Self::Texts | Self::Pointers(_) => Shape::Texts,
            Self::Flag => Shape::Flag,
            Self::Table(_)
            | Self::Map(..)
            | Self::Members(_)
            | Self::NamedTypes
            | Self::Values
            | Self::Constants
            | Self::Levels => Shape::Table,
            Self::Tables(_) => Shape::Tables,
            Self::TableOrTables(_) => Shape::TableOrTables,
            Self::TextTable | Self::Headers | Self::Allow => Shape::TextTable,
            Self::Inferred => Shape::TextsOrTextTable,
            Self::Details => Shape::TextOrTable,
            Self::TypeOrNames
            | Self::Status
            | Self::Statuses
            | Self::Code
            | Self::Codes
            | Self::Any => Shape::AnyValue,
        }
    }
}
