//! The typed details of any catalog's errors.

use crate::body::parsed::RawDetails;
use crate::code::error_code::ErrorCode;
use crate::code::error_details::ErrorDetails;
use crate::details::details_error::DetailsError;
use crate::details::structs::{fits_details, read_details};
use crate::details::visit::VisitorMut;

/// The details of a body, or why they are not of their type.
pub(super) type DetailsResult<C> = Option<Result<<C as ErrorCode>::Details, DetailsError>>;

/// Reads the details of an error from a body; `None` if the error has no details, or has optional ones and the
/// body has none.
pub(super) fn read<C: ErrorCode>(code: Option<C>, raw: Option<RawDetails<'_>>) -> DetailsResult<C> {
    let code = code?;
    if raw.is_none() && !code.requires_details() {
        return None;
    }
    let mut details = C::Details::blank(code)?;
    let mut read = Ok(());
    details.visit_mut(&mut VisitorMut(&mut |value| {
        read = read_details(C::CATALOG.tables.envelope, value, raw);
    }));
    Some(read.map(|()| details))
}

/// Whether a body has the details of an error.
pub(super) fn fits<C: ErrorCode>(code: C, raw: Option<RawDetails<'_>>) -> bool {
    let (Some(details), Some(raw)) = (C::Details::blank(code), raw) else {
        return false;
    };
    fits_details(C::CATALOG.tables.envelope, &details, raw)
}

/// Splits the details from the error.
pub(super) fn split<D>(read: Option<Result<D, DetailsError>>) -> (Option<D>, Option<DetailsError>) {
    match read {
        Some(Ok(details)) => (Some(details), None),
        Some(Err(error)) => (None, Some(error)),
        None => (None, None),
    }
}
