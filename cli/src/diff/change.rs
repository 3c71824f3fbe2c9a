//! One thing that is not as it was.

use std::fmt;

use errbook_codegen::model::Catalog;

use crate::diff::kind::ChangeKind;

/// What changed in the catalogs of one API.
pub(crate) struct ApiChanges<'a> {
    /// The index and the catalog, where the old side has it.
    pub(crate) old: Option<(usize, &'a Catalog)>,
    /// The same of the new side; one of the two is there.
    pub(crate) new: Option<(usize, &'a Catalog)>,
    /// In the order of the new catalog; what is gone stands where it stood.
    pub(crate) changes: Vec<Change>,
}

impl<'a> ApiChanges<'a> {
    /// The catalog that is the newest.
    pub(crate) fn catalog(&self) -> &'a Catalog {
        let newest = self.new.or(self.old);
        newest.expect("an API is on one side at least").1
    }
}

/// One thing that is not as it was.
pub(crate) struct Change {
    pub(crate) kind: ChangeKind,
    pub(crate) subject: Subject,
    pub(crate) title: Title,
    /// What was there; `None` where nothing was.
    pub(crate) old: Option<ChangeValue>,
    /// What is there.
    pub(crate) new: Option<ChangeValue>,
    /// The keys that lead to it in the old catalog, if that has any of it.
    pub(crate) old_keys: Option<Keys>,
    /// The same in the new one.
    pub(crate) new_keys: Option<Keys>,
}

impl Change {
    /// What is behind the title, for people, who would not see how values differ in white space.
    pub(crate) fn values(&self) -> [Option<&ChangeValue>; 2] {
        if self.is_of_white_space() {
            return [None, None];
        }
        [self.old.as_ref(), self.new.as_ref()]
    }

    /// What is told in place of such values.
    pub(crate) fn aside(&self) -> &'static str {
        if self.is_of_white_space() {
            " (white space alone)"
        } else {
            ""
        }
    }

    /// Whether a text has other line ends and spaces, and no other words.
    fn is_of_white_space(&self) -> bool {
        match (&self.old, &self.new) {
            (Some(ChangeValue::Text(old)), Some(ChangeValue::Text(new))) => {
                old.split_whitespace().eq(new.split_whitespace())
            }
            _ => false,
        }
    }
}

/// What changed, in words: with a name in them, `member `, `left` and ` added`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Title {
    pub(crate) before: &'static str,
    pub(crate) name: Option<String>,
    pub(crate) after: &'static str,
}

impl Title {
    pub(crate) fn of(before: &'static str, name: impl fmt::Display, after: &'static str) -> Self {
        Self {
            before,
            name: Some(name.to_string()),
            after,
        }
    }

    /// The title of a thing, with what became of it where it is on one side only.
    pub(crate) fn of_sides<T>(self, sides: &[Option<T>; 2]) -> Self {
        let after = match sides {
            [None, Some(_)] => " added",
            [Some(_), None] => " removed",
            _ => self.after,
        };
        Self { after, ..self }
    }
}

impl From<&'static str> for Title {
    fn from(words: &'static str) -> Self {
        Self {
            before: words,
            name: None,
            after: "",
        }
    }
}

/// For people, and without marks.
impl fmt::Display for Title {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            before,
            name,
            after,
        } = self;
        match name {
            Some(name) => write!(f, "{before}`{name}`{after}"),
            None => write!(f, "{before}{after}"),
        }
    }
}

/// Keys and indexes of items that lead to an entry of a catalog.
pub(crate) type Keys = Vec<String>;

/// What a change is a change of.
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
    /// The table of the catalog.
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

    /// Which of several it is.
    pub(crate) fn name(&self) -> Option<String> {
        match self {
            Self::Status(status) => Some(status.to_string()),
            Self::Type(name) | Self::Column(name) | Self::Category(name) | Self::Error(name) => {
                Some(name.clone())
            }
            Self::Api | Self::Envelope | Self::Rules | Self::Notes => None,
        }
    }
}

/// For people: an error by its key, everything else with the word for it.
impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Error(key) => f.write_str(key),
            Self::Api => f.write_str("the API"),
            Self::Envelope => f.write_str("the envelope"),
            Self::Status(status) => write!(f, "status {status}"),
            Self::Type(name) => write!(f, "type {name}"),
            Self::Column(name) => write!(f, "column {name}"),
            Self::Category(id) => write!(f, "section {id}"),
            Self::Rules => f.write_str("rules"),
            Self::Notes => f.write_str("notes"),
        }
    }
}

/// A value as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ChangeValue {
    /// Words for people.
    Text(String),
    /// As it stands in the catalog or in a body.
    Code(String),
}

impl ChangeValue {
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Text(text) | Self::Code(text) => text,
        }
    }
}

/// Shows something as it stands in a catalog or a body.
pub(crate) fn code(value: impl fmt::Display) -> ChangeValue {
    ChangeValue::Code(value.to_string())
}

/// Shows words for people.
pub(crate) fn text(value: &str) -> ChangeValue {
    ChangeValue::Text(value.to_owned())
}
