//! The positions of values in the JSON bodies of an API.

#[cfg(feature = "json")]
use {
    crate::json::{pointer, scanner::Quoted},
    alloc::{borrow::Cow, vec::Vec},
};

/// The maximum number of nodes of an envelope, the body itself included. A reader keeps the position of each
/// node on the stack.
pub const MOST_NODES: usize = 32;

/// The positions of values in the JSON bodies of an API.
///
/// The nodes are a tree in depth-first order. The first node is the body itself.
#[derive(Clone, Copy, Debug)]
pub struct Envelope<'a> {
    /// At most [`MOST_NODES`]; empty if nothing is known about bodies.
    pub nodes: &'a [EnvelopeNode<'a>],
    /// The nodes to read for each role, by index, the preferred one first.
    pub read: &'a [(Role<'a>, u8)],
    /// The format of the bodies, which may add rules.
    pub format: BodyFormat,
}

/// A position in a body.
#[derive(Clone, Copy, Debug)]
pub struct EnvelopeNode<'a> {
    pub step: NodeStep<'a>,
    /// The text before the value of a member: its name as a JSON string, and a colon. Empty for other steps.
    pub key: &'a str,
    /// The index after the last node inside this one.
    pub end: u8,
    /// The role of the value that is written here.
    pub written: Option<Role<'a>>,
    /// Whether a reader needs the position of this value, not only of the values inside it.
    pub looked_at: bool,
}

/// The step from a node to one inside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeStep<'a> {
    /// No step: the body itself.
    Root,
    /// The member of this name.
    Member(&'a str),
    /// The first item of a list.
    First,
    /// No step: the members of the details are written here, among the others.
    Flattened,
}

/// The meaning of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role<'a> {
    /// A constant, as JSON text.
    Constant(&'a str),
    Code,
    Message,
    Status,
    Details,
    Reference,
    Title,
    DocsUrl,
}

#[cfg(feature = "json")]
impl<'a> NodeStep<'a> {
    /// The token of a JSON pointer for this step, unescaped. In an object, a token is the name of a member, even if
    /// it is `0` (RFC 6901, 4).
    #[inline]
    pub(crate) fn token(self) -> Option<&'a str> {
        match self {
            Self::Member(name) => Some(name),
            Self::First => Some("0"),
            Self::Root | Self::Flattened => None,
        }
    }
}

/// The format of bodies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyFormat {
    /// JSON.
    Json,
    /// Problem details (RFC 9457).
    Problem,
}

#[cfg(feature = "json")]
impl BodyFormat {
    /// The media type of bodies.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Problem => "application/problem+json",
        }
    }
}

impl Envelope<'_> {
    /// The envelope of bodies about which nothing is known.
    pub const EMPTY: Self = Self {
        nodes: &[],
        read: &[],
        format: BodyFormat::Json,
    };
}

#[cfg(feature = "json")]
impl<'a> Envelope<'a> {
    /// Whether a node is the member `type` of problem details.
    pub(crate) fn is_problem_type(&self, at: usize) -> bool {
        let is_type = |node: &EnvelopeNode<'_>| node.step == NodeStep::Member("type");
        self.format == BodyFormat::Problem
            && self.nodes.get(at).is_some_and(is_type)
            && self.children(0).any(|(index, _)| index == at)
    }

    /// The nodes directly inside another one, with their indexes.
    pub(crate) fn children(
        &self,
        at: usize,
    ) -> impl Iterator<Item = (usize, &'a EnvelopeNode<'a>)> {
        let end = self.nodes.get(at).map_or(0, |node| usize::from(node.end));
        self.between(at + 1, end)
    }

    /// The siblings from one node on to an end, with their indexes.
    #[inline]
    pub(crate) fn between(
        &self,
        mut next: usize,
        end: usize,
    ) -> impl Iterator<Item = (usize, &'a EnvelopeNode<'a>)> {
        let nodes = self.nodes;
        core::iter::from_fn(move || {
            let index = next;
            let node = nodes.get(index).filter(|_| index < end)?;
            next = usize::from(node.end);
            Some((index, node))
        })
    }

    /// The tokens of the JSON pointer to a node, unescaped.
    pub(crate) fn path(&self, at: usize) -> Vec<Cow<'a, str>> {
        let is_on_path = |(index, node): &(usize, &EnvelopeNode<'_>)| {
            (*index..usize::from(node.end)).contains(&at)
        };
        let nodes = self.nodes.iter().enumerate();
        nodes
            .filter(is_on_path)
            .filter_map(|(_, node)| node.step.token())
            .map(Cow::Borrowed)
            .collect()
    }

    /// Whether the details at a node are flattened, and the envelope reads none of their members as details.
    pub(crate) fn has_unnamed_details(&self, at: usize) -> bool {
        let is_inside = |other: usize| {
            let end = self.nodes.get(at).map_or(0, |node| node.end);
            (at + 1..usize::from(end)).contains(&other)
        };
        self.children(at)
            .any(|(_, node)| node.step == NodeStep::Flattened)
            && !self.nodes_of(Role::Details).any(is_inside)
    }

    /// Whether a node has nodes inside it.
    pub(crate) fn holds_others(&self, at: usize) -> bool {
        self.children(at).next().is_some()
    }

    /// Whether a node has a node inside it for the member of this name.
    pub(crate) fn has_member(&self, at: usize, name: Quoted<'_>) -> bool {
        let mut children = self.children(at);
        children.any(|(_, node)| node.step.token().is_some_and(|own| name.is(own)))
    }

    /// The JSON text of details at a node, without the members that the envelope has there.
    pub(crate) fn without_own_members<'t>(&self, at: usize, json: &'t str) -> Cow<'t, str> {
        if !self.holds_others(at) {
            return json.into();
        }
        let is_own = |name: Quoted<'_>| self.has_member(at, name);
        pointer::without(json, &is_own).map_or(json.into(), Into::into)
    }

    /// The nodes to read for a role, the preferred one first.
    pub(crate) fn nodes_of(&self, role: Role<'a>) -> impl Iterator<Item = usize> {
        let read = self.read;
        read.iter()
            .filter(move |(other, _)| *other == role)
            .map(|(_, at)| usize::from(*at))
    }
}
