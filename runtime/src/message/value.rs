//! Values of placeholders.

use crate::catalog::tables::ParamKind;

/// Whether a text may be the value of a placeholder: it is of the type, or stands for a missing value.
#[inline]
pub(crate) fn is_value(kind: ParamKind, name: &str, text: &str) -> bool {
    kind.is_of(text) || is_missing(name, text)
}

/// Whether a text is `{name}`, which is sent in place of a missing value.
pub(super) fn is_missing(name: &str, text: &str) -> bool {
    let inner = || text.strip_prefix('{')?.strip_suffix('}');
    inner() == Some(name)
}

/// Returns the maximum length of a placeholder's value at the start of a text.
pub(super) fn longest_value(kind: ParamKind, name: &str, text: &str) -> usize {
    let rest = || {
        text.strip_prefix('{')?
            .strip_prefix(name)?
            .strip_prefix('}')
    };
    match rest() {
        Some(rest) => (text.len() - rest.len()).max(kind.longest(text)),
        None => kind.longest(text),
    }
}
