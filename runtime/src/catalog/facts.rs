//! The values that generated tables consist of.

use crate::catalog::rows::Inferred;
use crate::retry::Retry;

/// The values that many errors of a catalog have in common, stored once for all of them.
#[derive(Clone, Copy)]
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
            Self::F64 => text.parse::<f64>().is_ok(),
        }
    }
}
