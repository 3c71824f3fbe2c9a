//! The tables of one API, with errors by index.
//!
//! Each column is an array of its own, and texts are plain, with `""` for an absent one. Of the shapes tried,
//! rustc compiles these fastest by far: a `[Row; 16384]` of structs takes a minute, and `[Option<&str>; 16384]`
//! takes three times as long as `[&str; 16384]`. A value that few errors have is a list sorted by the error's
//! index. Values that many errors share are stored once, in [`Facts`].

use crate::catalog::envelope::Envelope;
use crate::catalog::perfect_hash::PerfectHash;
use crate::catalog::rows::{
    CategoryRow, Deprecated, Header, Inferred, MessageForms, StatusRow, WireCode,
};
use crate::catalog::string_table::StringTable;
use crate::retry::Retry;

/// Declares the columns, each with its type and the value that it has for a catalog without errors.
macro_rules! columns {
    ($($(#[$doc:meta])* $name:ident: $type:ty = $empty:expr;)+) => {
        /// The columns of a catalog. Generated code fills them in; the generator builds them, too, to check bodies.
        ///
        /// The functions of an error take its index, its position in the catalog. They panic if it is out of range.
        #[derive(Clone, Copy)]
        pub struct CatalogTables<'a> {
            $($(#[$doc])* pub $name: $type,)+
        }

        impl CatalogTables<'_> {
            /// The tables of a catalog without errors. Generated code names only the columns that it fills in.
            pub const EMPTY: Self = Self { $($name: $empty,)+ };
        }
    };
}

columns! {
    // The API. An absent text is empty.
    id: &'a str = "";
    api_title: &'a str = "";
    summary: &'a str = "";
    homepage: &'a str = "";
    version: &'a str = "";
    language: &'a str = "";
    api_inferred: &'a [Inferred] = &[];
    envelope: &'a Envelope<'a> = &Envelope::EMPTY;
    envelope_inferred: &'a [Inferred] = &[];
    categories: &'a [CategoryRow] = &[];
    status_rows: &'a [StatusRow] = &[];

    // A text for each error. A column is empty if no error has a text.
    keys: StringTable<'a> = StringTable::EMPTY;
    names: StringTable<'a> = StringTable::EMPTY;
    /// The codes that differ from the keys.
    codes: StringTable<'a> = StringTable::EMPTY;
    titles: StringTable<'a> = StringTable::EMPTY;
    /// The main template of each message.
    messages: StringTable<'a> = StringTable::EMPTY;
    descriptions: StringTable<'a> = StringTable::EMPTY;
    actions: StringTable<'a> = StringTable::EMPTY;
    docs_urls: StringTable<'a> = StringTable::EMPTY;

    /// The index of each error's facts.
    facts_of: &'a [u32] = &[];
    facts: &'a [Facts<'a>] = &[];

    // Pairs of an error's index and its values, sorted by index.
    more_messages: &'a [(u32, &'a [&'a str])] = &[];
    aliases: &'a [(u32, &'a [&'a str])] = &[];
    see_also: &'a [(u32, &'a [&'a str])] = &[];
    params: &'a [(u32, &'a [Param<'a>])] = &[];
    headers: &'a [(u32, &'a [Header])] = &[];
    deprecated: &'a [(u32, Deprecated)] = &[];

    // From texts to errors. A number past the last error is an index into the shared texts.
    by_key: PerfectHash<'a> = PerfectHash::EMPTY;
    by_code: PerfectHash<'a> = PerfectHash::EMPTY;
    shared_codes: &'a [SharedText<'a>] = &[];

    // The messages of errors without a code.
    /// By message, for templates without placeholders; their braces are single.
    by_message: PerfectHash<'a> = PerfectHash::EMPTY;
    shared_messages: &'a [SharedText<'a>] = &[];
    /// The errors without a code, in the catalog's order.
    without_code: &'a [u32] = &[];
    /// The templates with placeholders, each a `TemplateForm`, sorted by index. They are concatenated: a list of
    /// lists takes rustc three times as long.
    forms: &'a [u32] = &[];
}

/// The values that many errors of a catalog have in common, stored once for all of them.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Facts<'a> {
    /// Index into the catalog's categories.
    pub category: Option<u32>,
    pub statuses: &'a [u16],
    pub event: bool,
    pub code: CodeKind,
    pub retry: Option<Retry>,
    /// Whether the error has required details.
    pub requires_details: bool,
    pub since: Option<&'a str>,
    pub retired: Option<&'a str>,
    pub inferred: &'a [Inferred],
}

impl Facts<'_> {
    /// The values of an error that declares none.
    pub const EMPTY: Self = Self {
        category: None,
        statuses: &[],
        event: false,
        code: CodeKind::Text,
        retry: None,
        requires_details: false,
        since: None,
        retired: None,
        inferred: &[],
    };
}

/// The JSON type of an error's code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CodeKind {
    None,
    Text,
    Number,
}

/// A text that identifies several errors: a code with several statuses, an alias, or a message.
#[derive(Clone, Copy)]
pub struct SharedText<'a> {
    pub text: &'a str,
    /// The indexes of the errors, in the catalog's order.
    pub errors: &'a [u32],
}

/// A template with placeholders: the index of the error, the index of the template among the error's, and the
/// numbers of bytes before its first brace and after its last one.
#[cfg(feature = "json")]
pub(crate) type TemplateForm = [u32; 4];

/// A placeholder of a message that is not a member of the details.
#[derive(Clone, Copy)]
pub struct Param<'a> {
    pub name: &'a str,
    pub kind: ParamKind,
}

/// The type of a placeholder's values.
#[derive(Clone, Copy, Debug)]
pub enum ParamKind {
    String,
    Bool,
    U32,
    U64,
    I64,
    F64,
}

#[cfg(feature = "json")]
impl ParamKind {
    /// Whether a text is a value of this type.
    pub fn is_of(self, text: &str) -> bool {
        // A number of JSON is finite and has no plus sign.
        let is_number = || crate::json::scanner::is_number(text);
        match self {
            Self::String => true,
            Self::Bool => text.parse::<bool>().is_ok(),
            Self::U32 | Self::U64 | Self::I64 | Self::F64 if !is_number() => false,
            Self::U32 => text.parse::<u32>().is_ok(),
            Self::U64 => text.parse::<u64>().is_ok(),
            Self::I64 => text.parse::<i64>().is_ok(),
            Self::F64 => text.parse::<f64>().is_ok_and(f64::is_finite),
        }
    }

    /// Returns the maximum length of a value of this type at the start of a text.
    pub(crate) fn longest(self, text: &str) -> usize {
        let bytes = text.as_bytes();
        let has = |at: usize, signs: &[u8]| bytes.get(at).is_some_and(|byte| signs.contains(byte));
        let after_digits = |start: usize| {
            let rest = bytes.get(start..).unwrap_or_default();
            start + rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
        };
        let mut end = after_digits(usize::from(has(0, b"-")));
        match self {
            Self::String => return text.len(),
            Self::Bool => return "false".len(),
            Self::U32 | Self::U64 | Self::I64 => return end,
            Self::F64 => {}
        }
        if has(end, b".") {
            end = after_digits(end + 1);
        }
        if has(end, b"eE") {
            end += 1;
            end = after_digits(end + usize::from(has(end, b"+-")));
        }
        end
    }
}

/// Calls a macro with the arguments and the table of accessors.
///
/// Each accessor is a function of [`CatalogTables`], of the trait [`ErrorCode`](crate::ErrorCode), and of every
/// generated `Code`.
#[doc(hidden)]
#[macro_export]
macro_rules! __accessors {
    ([$($macro:tt)+] $($arguments:tt)*) => {
        $($macro)+! { $($arguments)*
            /// The error's name in the catalog, such as `JOB_NOT_FOUND`.
            key: &'static str,
            /// The variant's name in Rust, such as `JobNotFound`.
            name: &'static str,
            /// The code in a body, if the error has one.
            wire: ::core::option::Option<$crate::WireCode>,
            /// The documentation's title of the error.
            title: ::core::option::Option<&'static str>,
            /// The HTTP status that the error is sent with: the first of its statuses.
            status: ::core::option::Option<u16>,
            /// Every HTTP status of the error.
            statuses: &'static [u16],
            /// Whether the error arrives as an event, such as a webhook, and does not answer a request.
            is_event: bool,
            /// The main template of the message: `{name}` is a placeholder, `{{` is a brace.
            message: ::core::option::Option<&'static str>,
            /// Every template of the message, the main one first.
            messages: $crate::MessageForms,
            /// What the error means, in the documentation's words.
            description: ::core::option::Option<&'static str>,
            /// What the documentation suggests to do about it.
            action: ::core::option::Option<&'static str>,
            /// The documented advice about sending the request again.
            retry: ::core::option::Option<$crate::Retry>,
            /// Whether the error has required details. If it is raised without them, its body lacks them.
            requires_details: bool,
            /// The header fields of its response.
            headers: &'static [$crate::Header],
            /// The URL of its documentation.
            docs_url: ::core::option::Option<&'static str>,
            /// Older codes of the same error.
            aliases: &'static [&'static str],
            /// The keys of related errors of the same API.
            see_also: &'static [&'static str],
            /// The version of the API that introduced it.
            since: ::core::option::Option<&'static str>,
            /// Its deprecation, if it is deprecated.
            deprecated: ::core::option::Option<&'static $crate::Deprecated>,
            /// The version of the API since which it is not sent.
            retired: ::core::option::Option<&'static str>,
            /// The values that the documentation does not give, with the reasons for them.
            inferred: &'static [$crate::Inferred],
        }
    };
}

macro_rules! names {
    ($($(#[$doc:meta])+ $name:ident: $type:ty,)+) => {
        /// The names of all functions of a generated `Code`. A catalog's own columns need other names.
        #[doc(hidden)]
        pub const ACCESSOR_NAMES: &[&str] = &[
            "category",
            "from_key",
            "from_wire",
            "index",
            "with_status",
            $(stringify!($name),)+
        ];
    };
}

crate::__accessors! { [names] }

/// Declares the accessors of an error, each with its type and value.
macro_rules! accessors {
    ($self:ident, $index:ident: $($(#[$inline:meta])? $name:ident: $type:ty = $value:expr;)+) => {
        $(
            $(#[$inline])?
            pub const fn $name(&$self, $index: usize) -> $type {
                $value
            }
        )+
    };
}

/// The accessors of an error.
impl<'a> CatalogTables<'a> {
    accessors! { self, index:
        key: &'a str = self.keys.get(index);
        name: &'a str = self.names.get(index);
        title: Option<&'a str> = text(self.titles, index);
        status: Option<u16> = self.facts(index).statuses.first().copied();
        statuses: &'a [u16] = self.facts(index).statuses;
        is_event: bool = self.facts(index).event;
        #[inline]
        message: Option<&'a str> = text(self.messages, index);
        description: Option<&'a str> = text(self.descriptions, index);
        action: Option<&'a str> = text(self.actions, index);
        retry: Option<Retry> = self.facts(index).retry;
        requires_details: bool = self.facts(index).requires_details;
        headers: &'a [Header] = list(self.headers, index);
        docs_url: Option<&'a str> = text(self.docs_urls, index);
        aliases: &'a [&'a str] = list(self.aliases, index);
        see_also: &'a [&'a str] = list(self.see_also, index);
        since: Option<&'a str> = self.facts(index).since;
        deprecated: Option<&'a Deprecated> = sparse(self.deprecated, index);
        retired: Option<&'a str> = self.facts(index).retired;
        inferred: &'a [Inferred] = self.facts(index).inferred;
    }

    pub const fn category(&self, index: usize) -> Option<usize> {
        match self.facts(index).category {
            Some(category) => Some(category as usize),
            None => None,
        }
    }

    #[inline]
    const fn facts(&self, index: usize) -> &'a Facts<'a> {
        &self.facts[self.facts_of[index] as usize]
    }

    const fn code_text(&self, index: usize) -> &'a str {
        match text(self.codes, index) {
            Some(code) => code,
            None => self.keys.get(index),
        }
    }
}

/// The accessors whose types have texts of the program.
impl CatalogTables<'static> {
    pub const fn wire(&self, index: usize) -> Option<WireCode> {
        match self.facts(index).code {
            CodeKind::None => None,
            CodeKind::Text => Some(WireCode::new(self.code_text(index), false)),
            CodeKind::Number => Some(WireCode::new(self.code_text(index), true)),
        }
    }

    pub const fn messages(&self, index: usize) -> MessageForms {
        MessageForms::new(self.message(index), list(self.more_messages, index))
    }
}

/// The templates and placeholders of messages.
#[cfg(feature = "json")]
impl<'a> CatalogTables<'a> {
    /// Whether `holds` returns `true` for a template of an error's message.
    #[inline]
    pub(crate) fn any_form(&self, index: usize, holds: impl Fn(&'a str) -> bool) -> bool {
        self.message(index).is_some_and(&holds)
            || list(self.more_messages, index)
                .iter()
                .any(|form| holds(form))
    }

    /// The templates with placeholders of errors without a code.
    #[inline]
    pub(crate) const fn forms_with_values(&self) -> &'a [TemplateForm] {
        self.forms.as_chunks().0
    }

    /// A template of an error's message, by its index among them.
    #[inline]
    pub(crate) fn message_form(&self, index: usize, form: usize) -> Option<&'a str> {
        match form.checked_sub(1) {
            Some(more) => list(self.more_messages, index).get(more).copied(),
            None => self.message(index),
        }
    }

    /// The type of a placeholder's values in an error's message; any text, if the placeholder is a member of the details.
    #[inline]
    pub(crate) fn param_kind(&self, index: usize, name: &str) -> ParamKind {
        let mut params = list(self.params, index).iter();
        let param = params.find(|param| param.name == name);
        param.map_or(ParamKind::String, |param| param.kind)
    }
}

/// From texts to errors.
impl<'a> CatalogTables<'a> {
    /// The number of errors.
    pub(crate) const fn len(&self) -> usize {
        self.keys.len()
    }

    #[inline]
    pub(crate) fn find_key(&self, key: &str) -> Option<usize> {
        let index = self.by_key.candidate(key)? as usize;
        self.keys.is(index, key).then_some(index)
    }

    #[inline]
    pub(crate) fn find_code(&self, code: &str, status: u16) -> Option<usize> {
        match self.with_code(code)? {
            Candidates::One(index) => Some(index),
            Candidates::Several(errors) => {
                let has_status = |index: &usize| self.statuses(*index).contains(&status);
                indexes(errors)
                    .find(has_status)
                    .or_else(|| indexes(errors).next())
            }
        }
    }

    /// The errors with this code or alias.
    #[inline]
    pub(crate) fn with_code(&self, code: &str) -> Option<Candidates<'a>> {
        let candidates = self.candidates(self.by_code, self.shared_codes, code)?;
        match candidates {
            Candidates::One(index) if !self.has_code(index, code) => None,
            candidates => Some(candidates),
        }
    }

    /// The errors that may have a text. The caller compares the text of a single one.
    #[inline]
    pub(crate) fn candidates(
        &self,
        hash: PerfectHash<'a>,
        shared: &'a [SharedText<'a>],
        text: &str,
    ) -> Option<Candidates<'a>> {
        let candidate = hash.candidate(text)? as usize;
        if candidate < self.len() {
            return Some(Candidates::One(candidate));
        }
        let shared = shared.get(candidate - self.len())?;
        (shared.text == text).then_some(Candidates::Several(shared.errors))
    }

    #[inline]
    fn has_code(&self, index: usize, code: &str) -> bool {
        // An empty code is the key.
        if self.codes.is_empty() || self.codes.is(index, "") {
            self.keys.is(index, code)
        } else {
            self.codes.is(index, code)
        }
    }
}

/// The errors that a text may identify.
#[derive(Clone, Copy)]
pub(crate) enum Candidates<'a> {
    One(usize),
    /// In the catalog's order.
    Several(&'a [u32]),
}

#[cfg(feature = "json")]
impl<'a> Candidates<'a> {
    /// The indexes, in the catalog's order.
    pub(crate) fn into_indexes(self) -> impl Iterator<Item = usize> + use<'a> {
        let (one, several) = match self {
            Self::One(index) => (Some(index), &[] as &[u32]),
            Self::Several(errors) => (None, errors),
        };
        one.into_iter().chain(indexes(several))
    }
}

pub(crate) fn indexes(errors: &[u32]) -> impl Iterator<Item = usize> {
    errors.iter().map(|&index| index as usize)
}

pub(super) const fn present(text: &str) -> Option<&str> {
    if text.is_empty() { None } else { Some(text) }
}

/// The text of an error in a column, which is empty if no error has a text.
#[inline]
const fn text(column: StringTable<'_>, index: usize) -> Option<&str> {
    if column.is_empty() {
        None
    } else {
        present(column.get(index))
    }
}

/// The value of an error in a list sorted by index.
const fn sparse<T>(rows: &[(u32, T)], index: usize) -> Option<&T> {
    let (mut low, mut high) = (0, rows.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let row = &rows[middle];
        if row.0 as usize == index {
            return Some(&row.1);
        }
        if (row.0 as usize) < index {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    None
}

/// The values of an error in a list of lists sorted by index.
const fn list<'a, T>(rows: &'a [(u32, &'a [T])], index: usize) -> &'a [T] {
    match sparse(rows, index) {
        Some(values) => values,
        None => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::sparse;

    #[test]
    fn sparse_column_finds_present_rows() {
        static ROWS: [(u32, &str); 4] = [(0, "a"), (3, "b"), (4, "c"), (9, "d")];
        for length in 0..=ROWS.len() {
            for index in 0..=10 {
                let expected = ROWS[..length]
                    .iter()
                    .find(|row| row.0 == index)
                    .map(|row| &row.1);
                assert_eq!(sparse(&ROWS[..length], index as usize), expected);
            }
        }
    }
}
