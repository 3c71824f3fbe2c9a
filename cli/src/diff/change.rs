//! A change between two versions of a catalog.
//!
//! An array of two has a value for each side: the old one at [`OLD`], the new one at [`NEW`].

use std::fmt;

use errbook_codegen::__private::model::Catalog;

use crate::diff::kind::ChangeKind;

/// The index of the old side.
pub(crate) const OLD: usize = 0;
/// The index of the new side.
pub(crate) const NEW: usize = 1;

/// The changes in the catalogs of one API.
pub(crate) struct ApiChanges<'a> {
    /// The catalogs with their indexes. At least one side has a catalog.
    pub(crate) catalogs: [Option<(usize, &'a Catalog)>; 2],
    /// The changes in the order of the new catalog. Removed items are where they were in the old one.
    pub(crate) changes: Vec<Change>,
}

impl<'a> ApiChanges<'a> {
    /// Returns the new catalog, or the old one of a removed API.
    pub(crate) fn catalog(&self) -> &'a Catalog {
        let newest = self.catalogs[NEW].or(self.catalogs[OLD]);
        newest.expect("an API is on one side at least").1
    }
}

/// A change of one value.
pub(crate) struct Change {
    pub(crate) kind: ChangeKind,
    pub(crate) subject: Subject,
    pub(crate) title: Title,
    /// The values; `None` on a side without a value.
    pub(crate) values: [Option<ChangeValue>; 2],
    /// The keys that lead to the values; `None` on a side without the subject.
    pub(crate) keys: [Option<Keys>; 2],
}

impl Change {
    /// Returns the title for people, with names formatted by `code`.
    pub(crate) fn title(&self, code: impl Fn(&str) -> String) -> String {
        let mut title = self.title.format(code);
        if self.is_white_space() {
            title.push_str(" (white space alone)");
        }
        title
    }

    /// Returns the values for people, who would not see a difference in white space.
    pub(crate) fn visible_values(&self) -> impl Iterator<Item = &ChangeValue> {
        let is_visible = !self.is_white_space();
        self.values.iter().flatten().filter(move |_| is_visible)
    }

    /// Whether two texts differ in white space only.
    pub(crate) fn is_white_space(&self) -> bool {
        match &self.values {
            [Some(ChangeValue::Text(old)), Some(ChangeValue::Text(new))] => {
                old.split_whitespace().eq(new.split_whitespace())
            }
            _ => false,
        }
    }
}

/// The title of a change: `"member {} added"` with the name `left`.
#[derive(Clone)]
pub(crate) struct Title {
    template: &'static str,
    /// Replaces `{}` in the template.
    name: String,
    suffix: &'static str,
}

impl Title {
    /// Appends `added` or `removed` if there is a value on one side only.
    pub(crate) fn with_verb(self, values: &[Option<ChangeValue>; 2]) -> Self {
        let suffix = match values {
            [None, Some(_)] => " added",
            [Some(_), None] => " removed",
            _ => "",
        };
        Self { suffix, ..self }
    }

    /// Formats the title, with the name formatted by `code`.
    pub(crate) fn format(&self, code: impl Fn(&str) -> String) -> String {
        let title = self.template.replacen("{}", &code(&self.name), 1);
        title + self.suffix
    }
}

impl From<&'static str> for Title {
    fn from(template: &'static str) -> Self {
        Self::from((template, ""))
    }
}

/// A template with the name for its placeholder.
impl<T: AsRef<str> + ?Sized> From<(&'static str, &T)> for Title {
    fn from((template, name): (&'static str, &T)) -> Self {
        Self {
            template,
            name: name.as_ref().to_owned(),
            suffix: "",
        }
    }
}

/// The title with the name in backticks.
impl fmt::Display for Title {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.format(|name| format!("`{name}`")))
    }
}

/// The keys and indexes that lead to an entry of a catalog.
pub(crate) type Keys = Vec<String>;

/// The part of a catalog that has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    Api,
    Envelope,
    Status(u16),
    Type(String),
    Column(String),
    Category(String),
    Error(String),
    Rules,
    Notes,
}

impl Subject {
    /// Returns the table of the catalog.
    pub(crate) fn table(&self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Envelope => "envelope",
            Self::Status(_) => "status",
            Self::Type(_) => "type",
            Self::Column(_) => "column",
            Self::Category(_) => "category",
            Self::Error(_) => "error",
            Self::Rules => "rule",
            Self::Notes => "note",
        }
    }

    /// Returns the key of the table, if there are several tables of this kind.
    pub(crate) fn name(&self) -> Option<String> {
        match self {
            Self::Status(status) => Some(status.to_string()),
            Self::Type(name) | Self::Column(name) | Self::Category(name) | Self::Error(name) => {
                Some(name.clone())
            }
            Self::Api | Self::Envelope | Self::Rules | Self::Notes => None,
        }
    }

    /// Returns the subject for people, with names formatted by `code`.
    pub(crate) fn format(&self, code: impl Fn(&str) -> String) -> String {
        match self {
            Self::Error(key) => code(key),
            Self::Status(status) => format!("status {status}"),
            Self::Type(name) => format!("type {}", code(name)),
            Self::Column(name) => format!("column {}", code(name)),
            Self::Category(id) => format!("section {}", code(id)),
            Self::Api => "the API".to_owned(),
            Self::Envelope => "the envelope".to_owned(),
            Self::Rules => "rules".to_owned(),
            Self::Notes => "notes".to_owned(),
        }
    }
}

/// The subject without marks around names.
impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.format(str::to_owned))
    }
}

/// A value of a catalog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ChangeValue {
    /// A text for people.
    Text(String),
    /// A name or value as it is in the catalog or in a body.
    Code(String),
}

impl ChangeValue {
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Text(text) | Self::Code(text) => text,
        }
    }
}

/// Returns a name or value as it is in the catalog or in a body.
pub(crate) fn code(value: impl fmt::Display) -> ChangeValue {
    ChangeValue::Code(value.to_string())
}

/// Returns a text for people.
pub(crate) fn text(value: &str) -> ChangeValue {
    ChangeValue::Text(value.to_owned())
}
