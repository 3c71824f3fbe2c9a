//! What a response is identified as.

use errbook::{ErrorCode, IdentifiedBy};

use crate::golden::wire::Error;

/// Decodes a response, and asserts which error it is, by key, and what identified it; the key is `""` for an
/// error that is not the catalog's. `Error` and `ErrorRef` must agree.
#[track_caller]
pub(crate) fn check_in<C: ErrorCode>(
    status: u16,
    body: &str,
    key: &str,
    by: IdentifiedBy,
) -> errbook::Error<C> {
    let borrowed = errbook::ErrorRef::<C>::decode(status, &(), body);
    let error = errbook::Error::<C>::decode(status, &(), body);
    let said = error.code().map_or("", C::key);
    assert_eq!((said, error.identified_by()), (key, by), "{status} {body}");
    assert_eq!(error.body(), body.as_bytes());
    assert_eq!(error.code(), borrowed.code());
    assert_eq!(error.code_text(), borrowed.code_text());
    assert_eq!(
        error.details().is_some(),
        matches!(borrowed.details(), Some(Ok(_)))
    );
    assert_eq!(error.reference(), borrowed.reference());
    assert_eq!(error.likely(), borrowed.likely());
    error
}

/// The same for the catalog `wire`.
#[track_caller]
pub(crate) fn check(status: u16, body: &str, key: &str, by: IdentifiedBy) -> Error {
    check_in(status, body, key, by)
}
