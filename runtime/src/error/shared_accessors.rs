//! The accessors that `Error` and `ErrorRef` have in common.

/// Declares the accessors, given the parts of `self`.
macro_rules! shared_accessors {
    ($self:ident, $parts:expr) => {
        /// The code of the error, if the catalog has it.
        pub fn code(&$self) -> Option<C> {
            $parts.code
        }

        /// The part of the response that identified the error.
        pub fn identified_by(&$self) -> IdentifiedBy {
            $parts.identified_by
        }

        /// A guess for an unidentified error without a code: the only error without a code that has this status.
        pub fn likely(&$self) -> Option<C> {
            if $parts.code.is_some() || $self.code_text().is_some() {
                return None;
            }
            let index = only_of_status(&C::CATALOG.tables, $parts.status)?;
            Some(C::all()[index])
        }

        /// The HTTP status, as received; for an event, the status in its body. `None` if neither the catalog nor the
        /// program gives one.
        pub fn status(&$self) -> Option<u16> {
            $parts.status
        }

        /// The advice about sending the request again: that of the error, or else of the status in the catalog, or
        /// else of the status for any API.
        ///
        /// [`Retry::RetryAfter`](crate::Retry::RetryAfter) is the advice of the catalog: the header field may be missing
        /// all the same.
        pub fn retry_advice(&$self) -> Option<RetryAdvice> {
            let index = $parts.code.map(C::index);
            RetryAdvice::new(C::CATALOG, index, $parts.status, &$parts.headers)
        }

        /// The time to wait by the header field `Retry-After` (RFC 9110, 10.2.3). With the feature `http`, a date
        /// counts from the response's own `Date`. At most 365 days: a longer delay is that.
        pub fn retry_after(&$self) -> Option<Duration> {
            retry_after(&$parts.headers)
        }

        /// The time to wait before the same request is sent again, if that is the advice:
        /// [`retry_after`](Self::retry_after), or else this backoff. At most 365 days, so that it can be added to the
        /// time of now.
        pub fn retry_delay(&$self, backoff: Duration) -> Option<Duration> {
            $self.retry_advice()?.delay($self.retry_after(), backoff)
        }
    };
}

pub(super) use shared_accessors;
