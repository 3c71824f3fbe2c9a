//! The envelope of an API: which member of an error body holds what.

use errbook::__private::BodyFormat;

use crate::model::value::{Inferred, Value};

/// Where things stand in the JSON error body: the members, in the order in which they are written.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Envelope {
    /// Which rules the bodies follow beyond these.
    pub format: BodyFormat,
    /// The members.
    pub members: Vec<EnvelopeMember>,
    /// Values that the document does not give.
    pub inferred: Vec<Inferred>,
}

/// An envelope without members, for JSON bodies.
impl Default for Envelope {
    fn default() -> Self {
        Self {
            format: BodyFormat::Json,
            members: Vec::new(),
            inferred: Vec::new(),
        }
    }
}

impl Envelope {
    /// The member with this role.
    pub fn member(&self, role: &Role) -> Option<&EnvelopeMember> {
        self.members.iter().find(|member| member.role == *role)
    }

    /// Whether details stand among other members, in the object that holds them.
    pub(crate) fn holds_others(&self, member: &EnvelopeMember) -> bool {
        let outer = &member.pointers[0];
        let inside = |other: &EnvelopeMember| {
            other.role != member.role && outer.contains(&other.pointers[0])
        };
        member.role == Role::Details && self.members.iter().any(inside)
    }
}

/// The body formats, each with its word in a catalog.
pub const BODY_FORMATS: &[(&str, BodyFormat)] = &[
    ("json", BodyFormat::Json),
    ("problem+json", BodyFormat::Problem),
];

/// One member of the error body.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct EnvelopeMember {
    /// What it holds.
    pub role: Role,
    /// Where it stands: the first is written, all are read. Never empty.
    pub pointers: Vec<Pointer>,
}

/// What a member of the error body holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Role {
    /// Always this value.
    Constant(Value),
    /// The error's code.
    Code,
    /// The message.
    Message,
    /// The HTTP status, repeated.
    Status,
    /// The details.
    Details,
    /// An id to quote to support.
    Reference,
    /// The error's title.
    Title,
    /// Where the error is documented.
    DocsUrl,
}

impl Role {
    /// The key of the envelope that says where it stands.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Constant(_) => "constants",
            Self::Code => "code",
            Self::Message => "message",
            Self::Status => "status",
            Self::Details => "details",
            Self::Reference => "reference",
            Self::Title => "title",
            Self::DocsUrl => "docs-url",
        }
    }
}

/// A JSON pointer (RFC 6901).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Pointer {
    text: String,
}

impl Pointer {
    /// `None` where the text is no pointer: neither empty nor starting with `/`, or with a `~` that
    /// neither `0` nor `1` follows.
    pub fn new(text: &str) -> Option<Self> {
        let rooted = text.is_empty() || text.starts_with('/');
        let escaped = text
            .split('~')
            .skip(1)
            .all(|rest| rest.starts_with(['0', '1']));
        (rooted && escaped).then(|| Self {
            text: text.to_owned(),
        })
    }

    /// As written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Its tokens, escaped as they are written.
    pub(crate) fn tokens(&self) -> impl Iterator<Item = &str> {
        self.text.split('/').skip(1)
    }

    /// The pointer to a member of the object that this one points at.
    #[must_use]
    pub fn member(&self, name: &str) -> Self {
        Self {
            text: format!(
                "{}/{}",
                self.text,
                name.replace('~', "~0").replace('/', "~1")
            ),
        }
    }

    /// Whether `other` is this place or one inside of it.
    pub fn contains(&self, other: &Self) -> bool {
        other
            .text
            .strip_prefix(&self.text)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}
