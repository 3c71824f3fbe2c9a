//! Receives errors.

use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use core::cell::RefCell;

use crate::body::parsed::RawDetails;
use crate::catalog::tables::CatalogTables;
use crate::code::ErrorCode;
use crate::error::borrowed::ErrorRef;
use crate::error::owned::{Error, HeaderFields, Inner, Origin};
use crate::error::received_body::{
    BodyBytes, DetailsResult, ReceivedBody, fits, read_details_of, split,
};
use crate::response::{Headers, Status};

/// Receives errors.
impl<C: ErrorCode> Error<C> {
    /// Reads a response that the caller knows to be an error. For other responses, use [`detect`](Self::detect).
    ///
    /// Any status, header fields and bytes give a value: an error that is not in the catalog has no
    /// [`code`](Self::code), and keeps its body. Of the header fields, the error keeps:
    ///
    /// - those that the catalog documents, each as often as it occurs;
    /// - the first `Retry-After` with its `Date`;
    /// - those that describe the body: a `Content-Type` that is not the API's own, `Content-Language`, and the
    ///   `Content-Encoding` of a body that is not a text. A text is not encoded, or the client has decoded it and the
    ///   field no longer holds.
    ///
    /// It never keeps `Content-Length` and `Transfer-Encoding`, which belong to the connection.
    #[must_use]
    pub fn decode(
        status: impl Status,
        headers: &impl Headers,
        body: &(impl AsRef<[u8]> + ?Sized),
    ) -> Self {
        let kept = RefCell::new(None);
        let fits = keep_first(&kept);
        let error = ErrorRef::read_with(Some(status.code()), headers, body.as_ref(), &fits);
        Self::owning(error, kept.take())
    }

    /// Reads a response if it is an error: with status 400 and above always; below, if the body has a known code,
    /// or the constants of every error body.
    pub fn detect(
        status: impl Status,
        headers: &impl Headers,
        body: &(impl AsRef<[u8]> + ?Sized),
    ) -> Option<Self> {
        let kept = RefCell::new(None);
        let fits = keep_first(&kept);
        let error = ErrorRef::read_with(Some(status.code()), headers, body.as_ref(), &fits);
        error.is_error().then(|| Self::owning(error, kept.take()))
    }

    /// Reads the body of an event, such as a webhook.
    #[must_use]
    pub fn from_event(body: &(impl AsRef<[u8]> + ?Sized)) -> Self {
        let kept = RefCell::new(None);
        let fits = keep_first(&kept);
        let error = ErrorRef::read_with(None, &(), body.as_ref(), &fits);
        Self::owning(error.with_status_of_body(), kept.take())
    }
}

impl<C: ErrorCode> From<ErrorRef<'_, C>> for Error<C> {
    fn from(error: ErrorRef<'_, C>) -> Self {
        Self::owning(error, None)
    }
}

/// The details that were read to identify an error, as those of this code.
type DetailsOfCode<C> = Option<(C, DetailsResult<C>)>;

impl<C: ErrorCode> Error<C> {
    /// Copies an error. Takes the details that are read, if they are those of this error.
    fn owning(error: ErrorRef<'_, C>, read: DetailsOfCode<C>) -> Self {
        let (details, details_error) = split(match read {
            Some((code, read)) if error.code == Some(code) => read,
            _ => error.details(),
        });
        let code = error.code;
        let (headers, has_own_type) = kept_headers(
            &C::CATALOG.tables,
            code.map(C::index),
            error.headers,
            error.text.is_some(),
        );
        // A value that is built in the box is not moved into it.
        let place = Box::new_uninit();
        let inner = Inner {
            code,
            identified_by: error.identified_by,
            status: error.status,
            details,
            headers,
            source: None,
            origin: Origin::Received(ReceivedBody {
                bytes: match error.text {
                    Some(text) => BodyBytes::Text(text.to_owned()),
                    None => BodyBytes::Bytes(error.body.to_owned()),
                },
                parsed: error.parsed,
                has_own_type,
                details_error,
            }),
        };
        Self(Box::write(place, inner))
    }
}

/// Whether details are those of an error, as [`fits`]. Keeps the details of the first error that it is asked about.
///
/// If only one error can be meant, its details need not be read again. If several can be, most of their details would
/// be read in vain.
fn keep_first<C: ErrorCode>(
    kept: &RefCell<DetailsOfCode<C>>,
) -> impl Fn(C, Option<RawDetails<'_>>) -> bool {
    move |code, raw| {
        if kept.borrow().is_some() {
            return fits(code, raw);
        }
        let read = read_details_of(Some(code), raw);
        let is_of_type = matches!(read, Some(Ok(_)));
        kept.replace(Some((code, read)));
        is_of_type
    }
}

/// The header fields that an error keeps, and whether its body has the media type of the API's bodies.
fn kept_headers(
    tables: &CatalogTables<'static>,
    index: Option<usize>,
    headers: &dyn Headers,
    is_text: bool,
) -> (HeaderFields, bool) {
    let mut kept = HeaderFields::new();
    let mut keep = |name: &'static str| {
        if let Some(value) = headers.field(name) {
            kept.push((name.into(), value.to_owned()));
        }
    };
    let own_type = tables.envelope.format.media_type().as_bytes();
    let has_own_type = headers.field("content-type") == Some(own_type);
    if !has_own_type {
        keep("Content-Type");
    }
    keep("Content-Language");
    // Encoded bytes are not a text; of a text, the client has removed the encoding.
    if !is_text {
        keep("Content-Encoding");
    }
    if headers.field("retry-after").is_some() {
        keep("Retry-After");
        keep("Date");
    }
    let documented = index.map(|index| tables.headers(index));
    for header in documented.unwrap_or_default() {
        let is_name = |other: &str| other.eq_ignore_ascii_case(header.name);
        let is_kept = kept.iter().any(|(other, _)| is_name(other));
        if is_kept || NEVER_DOCUMENTED.into_iter().any(is_name) {
            continue;
        }
        let values = headers.fields(header.name).into_iter();
        kept.extend(values.map(|value| (header.name.into(), value.to_owned())));
    }
    (kept, has_own_type)
}

/// The header fields that are kept for the body or not at all, even if a catalog documents them.
const NEVER_DOCUMENTED: [&str; 3] = ["Content-Encoding", "Content-Length", "Transfer-Encoding"];

#[cfg(test)]
mod tests {
    use core::fmt;
    use core::str::FromStr;
    use core::sync::atomic::{AtomicUsize, Ordering};

    use crate::catalog::Catalog;
    use crate::catalog::envelope::{BodyFormat, Envelope, EnvelopeNode, NodeStep, Role};
    use crate::catalog::rows::CategoryRow;
    use crate::catalog::string_table::StringTable;
    use crate::catalog::tables::{CatalogTables, CodeKind, Facts};
    use crate::code::{ErrorCategory, ErrorCode, ErrorDetails, UnknownKey};
    use crate::details::visit::{Node, NodeMut, Visit, Visitor, VisitorMut};
    use crate::error::Error;
    use crate::identify::IdentifiedBy;

    /// An error that only its details identify.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    enum Code {
        Full,
    }

    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    enum Category {}

    static CATALOG: Catalog = Catalog {
        tables: CatalogTables {
            envelope: &Envelope {
                nodes: &[
                    node(NodeStep::Root, 2),
                    node(NodeStep::Member("details"), 2),
                ],
                read: &[(Role::Details, 1)],
                format: BodyFormat::Json,
            },
            keys: StringTable {
                text: "FULL",
                bounds: &[0, 4],
            },
            facts_of: &[0],
            facts: &[Facts {
                statuses: &[507],
                code: CodeKind::None,
                requires_details: true,
                ..Facts::EMPTY
            }],
            without_code: &[0],
            ..CatalogTables::EMPTY
        },
    };

    const fn node(step: NodeStep<'_>, end: u8) -> EnvelopeNode<'_> {
        EnvelopeNode {
            step,
            key: "",
            end,
            written: None,
            looked_at: true,
        }
    }

    impl ErrorCode for Code {
        type Category = Category;
        type Details = Details;
        const CATALOG: &'static Catalog = &CATALOG;

        fn all() -> &'static [Self] {
            &[Self::Full]
        }

        fn index(self) -> usize {
            0
        }
    }

    impl FromStr for Code {
        type Err = UnknownKey;

        fn from_str(key: &str) -> Result<Self, UnknownKey> {
            Self::from_key(key).ok_or(UnknownKey::new(""))
        }
    }

    impl fmt::Display for Code {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.key())
        }
    }

    impl ErrorCategory for Category {
        fn all() -> &'static [Self] {
            &[]
        }

        fn row(self) -> &'static CategoryRow {
            match self {}
        }
    }

    impl fmt::Display for Category {
        fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
            match *self {}
        }
    }

    #[derive(Clone, Debug)]
    struct Details {
        left: u32,
    }

    /// The number of times that details are visited.
    static VISITS: AtomicUsize = AtomicUsize::new(0);

    impl Visit for Details {
        fn visit(&self, visitor: &mut Visitor<'_>) {
            VISITS.fetch_add(1, Ordering::Relaxed);
            visitor(Node::Object(&[("left", &self.left)]));
        }
    }

    impl ErrorDetails<Code> for Details {
        fn code(&self) -> Code {
            Code::Full
        }

        fn blank(Code::Full: Code) -> Option<Self> {
            Some(Self { left: 0 })
        }

        fn visit_mut(&mut self, visitor: &mut VisitorMut<'_>) {
            VISITS.fetch_add(1, Ordering::Relaxed);
            visitor(NodeMut::Object(&mut [("left", &mut self.left)]));
        }
    }

    #[test]
    fn details_that_identify_an_error_are_read_once() {
        let body = r#"{"details":{"left":3}}"#;
        let decode = || Some(Error::<Code>::decode(507, &(), body));
        let detect = || Error::<Code>::detect(507, &(), body);
        for receive in [&decode as &dyn Fn() -> Option<Error<Code>>, &detect] {
            VISITS.store(0, Ordering::Relaxed);
            let error = receive().expect("the status is that of an error");
            assert_eq!(VISITS.load(Ordering::Relaxed), 1);
            assert_eq!(error.identified_by(), IdentifiedBy::Details);
            assert_eq!(error.details().map(|details| details.left), Some(3));
        }
    }
}
