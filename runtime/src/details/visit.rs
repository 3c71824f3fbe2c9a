//! The visitor of details: a type shows its members by name, as trait objects.
//!
//! serde's derive generates a visitor for each struct, which takes rustc ten milliseconds and more, and so does
//! generic code that is instantiated for each struct. Here each struct only implements [`DetailsValue`]; the code
//! that reads and writes exists once.

use alloc::borrow::Cow;
use alloc::string::String;

use crate::details::details_error::DetailsError;
use crate::json::scanner::Scanner;

/// A type of details. This is all the code that rustc compiles for each struct.
pub trait DetailsValue: Sized + 'static {
    /// The value that a body is read into, and that of an absent optional member.
    fn blank() -> Self;

    /// Passes the value to the visitor, once.
    fn visit(&self, visitor: &mut Visitor<'_>);

    /// Passes the value to the visitor, once.
    fn visit_mut(&mut self, visitor: &mut VisitorMut<'_>);
}

/// Receives a value.
pub struct Visitor<'s>(pub(super) &'s mut dyn FnMut(Node<'_>));

impl Visitor<'_> {
    /// Receives a struct, by its members.
    pub fn object(&mut self, members: &[NamedNode<'_>]) {
        (self.0)(Node::Object(members));
    }

    /// Receives any other value.
    pub fn leaf(&mut self, value: &dyn Leaf) {
        (self.0)(Node::Leaf(value));
    }
}

/// Receives a value to read into.
pub struct VisitorMut<'s>(pub(crate) &'s mut dyn FnMut(NodeMut<'_, '_>));

impl VisitorMut<'_> {
    /// Receives a struct, by its members.
    pub fn object(&mut self, members: &mut [NamedNodeMut<'_>]) {
        (self.0)(NodeMut::Object(members));
    }

    /// Receives any other value.
    pub fn leaf(&mut self, value: &mut dyn Leaf) {
        (self.0)(NodeMut::Leaf(value));
    }
}

/// A named member of a struct. A struct has at most 64.
pub(crate) type NamedNode<'v> = (&'v str, &'v dyn Visit);

/// A named member of a struct to read into.
pub(crate) type NamedNodeMut<'v> = (&'static str, &'v mut dyn VisitMut);

/// A value of details.
#[derive(Clone, Copy)]
pub(crate) enum Node<'v> {
    /// A struct, which is a JSON object.
    Object(&'v [NamedNode<'v>]),
    /// Anything else.
    Leaf(&'v dyn Leaf),
}

/// A value of details to read into.
pub(crate) enum NodeMut<'s, 'v> {
    /// A struct.
    Object(&'s mut [NamedNodeMut<'v>]),
    /// Anything else.
    Leaf(&'s mut dyn Leaf),
}

/// A value of details: any [`DetailsValue`], the details of any error, or a type of the generator's model.
pub trait Visit {
    /// Passes the value to the visitor, once.
    fn visit(&self, visitor: &mut Visitor<'_>);
}

/// A value of details to read into: any [`DetailsValue`].
pub trait VisitMut: Visit {
    /// Passes the value to the visitor, once.
    fn visit_mut(&mut self, visitor: &mut VisitorMut<'_>);

    /// Replaces the value with the blank one.
    fn clear(&mut self);
}

impl<T: DetailsValue> Visit for T {
    fn visit(&self, visitor: &mut Visitor<'_>) {
        DetailsValue::visit(self, visitor);
    }
}

impl<T: DetailsValue> VisitMut for T {
    fn visit_mut(&mut self, visitor: &mut VisitorMut<'_>) {
        DetailsValue::visit_mut(self, visitor);
    }

    fn clear(&mut self) {
        *self = T::blank();
    }
}

/// A type that is not a struct.
pub trait Leaf {
    /// Whether a member of this type is optional.
    fn is_optional(&self) -> bool {
        false
    }

    /// Whether a member with this value is left out.
    fn is_absent(&self) -> bool {
        false
    }

    /// Replaces this value with the next one of the text, which may nest `levels` deep.
    ///
    /// # Errors
    ///
    /// Fails if the next value is not of this type.
    fn read(&mut self, json: &mut Scanner<'_>, levels: u8) -> Result<(), DetailsError>;

    /// Whether the next value of the text is of this type. Stores nothing.
    fn fits(&self, json: &mut Scanner<'_>, levels: u8) -> bool;

    /// Appends the JSON text.
    fn write(&self, out: &mut String);

    /// The value's text in a message, if it has one.
    fn text(&self) -> Option<Cow<'_, str>> {
        None
    }
}
