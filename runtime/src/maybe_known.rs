//! A code that may be newer than the program.

use alloc::boxed::Box;
use core::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::code::ErrorCode;

/// The key of an error, known or not, as read from storage or a log.
///
/// `Code` cannot be deserialised: the key of an error that was added to the catalog later would fail the whole
/// value that contains it. This type keeps an unknown key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum MaybeKnown<C> {
    /// An error of the catalog.
    Known(C),
    /// A key that the catalog does not have.
    Unknown(Box<str>),
}

impl<C: ErrorCode> MaybeKnown<C> {
    /// Looks a key up.
    pub fn from_key(key: &str) -> Self {
        match C::from_key(key) {
            Some(code) => Self::Known(code),
            None => Self::Unknown(key.into()),
        }
    }

    /// The code, if it is known.
    pub fn code(&self) -> Option<C> {
        match self {
            Self::Known(code) => Some(*code),
            Self::Unknown(_) => None,
        }
    }

    /// The key.
    pub fn key(&self) -> &str {
        match self {
            Self::Known(code) => code.key(),
            Self::Unknown(key) => key,
        }
    }
}

impl<C> From<C> for MaybeKnown<C> {
    fn from(code: C) -> Self {
        Self::Known(code)
    }
}

/// The key.
impl<C: ErrorCode> fmt::Display for MaybeKnown<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.key())
    }
}

/// Serialises the key.
impl<C: ErrorCode> Serialize for MaybeKnown<C> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}

/// Deserialises any text.
impl<'de, C: ErrorCode> Deserialize<'de> for MaybeKnown<C> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let key = alloc::string::String::deserialize(deserializer)?;
        Ok(Self::from_key(&key))
    }
}
