//! The visitor of details: a type shows its members by name, as trait objects.
//!
//! serde's derive generates a visitor for each struct, which takes rustc ten milliseconds and more, and so does
//! generic code that is instantiated for each struct. Here each struct only lists its members; the code that
//! reads and writes exists once.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::details::details_error::DetailsError;
use crate::json::scanner::Scanner;

/// A value of details: that of a [`DetailsValue`], the details of any error, or a type of the generator's model.
pub trait Visit {
    /// Passes the value to the visitor, once.
    fn visit(&self, visitor: &mut Visitor<'_>);
}

/// A value of details to read into.
pub trait VisitMut: Visit {
    /// Passes the value to the visitor, once.
    fn visit_mut(&mut self, visitor: &mut VisitorMut<'_>);

    /// Replaces the value with the blank one.
    fn clear(&mut self);
}

/// A type of details. These three traits are all the code that rustc compiles for each struct.
pub trait DetailsValue: VisitMut + Sized + 'static {
    /// The value that a body is read into, and that of an absent optional member.
    fn blank() -> Self;
}

/// Receives a value.
pub type Visitor<'s> = dyn FnMut(Node<'_>) + 's;

/// Receives a value to read into.
pub type VisitorMut<'s> = dyn FnMut(NodeMut<'_, '_>) + 's;

/// A value that a visitor receives.
#[derive(Clone, Copy)]
pub enum Node<'v> {
    /// A struct, by its members, of which it has at most 64: a JSON object.
    Object(&'v [(&'v str, &'v dyn Visit)]),
    /// Any other value.
    Leaf(&'v dyn Leaf),
}

/// A value to read into that a visitor receives.
pub enum NodeMut<'s, 'v> {
    /// A struct, by its members.
    Object(&'s mut [(&'static str, &'v mut dyn VisitMut)]),
    /// Any other value.
    Leaf(&'s mut dyn Leaf),
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

    /// The value as serde knows it.
    fn plain(&self) -> PlainValue<'_>;

    /// The value's text in a message, if it has one.
    fn text(&self) -> Option<Cow<'_, str>> {
        None
    }
}

/// A value of a [`Leaf`], in terms of serde.
pub enum PlainValue<'v> {
    Null,
    Bool(bool),
    Unsigned(u64),
    Signed(i64),
    Float(f64),
    Text(&'v str),
    List(Vec<&'v dyn Visit>),
    Map(Vec<(&'v str, &'v dyn Visit)>),
    /// A value that is like another one.
    Same(&'v dyn Visit),
}
