//! Types of details that Rust has no type for.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Any JSON value: the type `any` of a catalog.
pub type Any = serde_json::Value;

/// A member that may be missing or `null`; a catalog's type `T?`.
///
/// The three states are kept apart, so that a body is written back as it came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Optional<T> {
    /// The member is not there.
    #[default]
    Absent,
    /// The member is there and `null`.
    Null,
    /// The member has a value.
    Value(T),
}

impl<T> Optional<T> {
    /// The value, if there is one.
    pub fn as_ref(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The value, if there is one.
    pub fn into_option(self) -> Option<T> {
        self.into()
    }

    /// Whether the member is not there; serde leaves it out then.
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }
}

impl<T> From<T> for Optional<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

/// `None` is [`Optional::Absent`].
impl<T> From<Option<T>> for Optional<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Absent, Self::Value)
    }
}

/// Absent and `null` are both `None`.
impl<T> From<Optional<T>> for Option<T> {
    fn from(value: Optional<T>) -> Self {
        match value {
            Optional::Value(value) => Some(value),
            Optional::Absent | Optional::Null => None,
        }
    }
}

/// `null` where there is no value: whether the member is there at all is for its owner to say.
impl<T: Serialize> Serialize for Optional<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_ref().serialize(serializer)
    }
}

/// From a member that is there; for one that is not, its owner takes [`Optional::Absent`].
impl<'de, T: Deserialize<'de>> Deserialize<'de> for Optional<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(deserializer)?.map_or(Self::Null, Self::Value))
    }
}
