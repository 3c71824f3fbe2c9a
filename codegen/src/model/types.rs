//! The types of details, params and columns.

use std::collections::BTreeSet;
use std::fmt;

/// A type of `[type.Name]`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct NamedType {
    /// The name, in the catalog and in Rust.
    pub name: String,
    /// Its members.
    pub fields: Vec<Field>,
}

/// A member of an object: of `details`, `params` or a named type.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Field {
    /// The member's name.
    pub name: String,
    /// The name of the field in Rust, raw (`r#type`) where it must be.
    pub rust_name: String,
    /// Its type.
    pub ty: Type,
    /// What it holds, as plain text.
    pub description: Option<String>,
    /// Whether Rust must put the value of an optional member in a box, because it leads back to the
    /// type that it is in.
    pub boxed: bool,
}

/// A type of the catalog format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// `string`
    String,
    /// `bool`
    Bool,
    /// `u32`
    U32,
    /// `u64`
    U64,
    /// `i64`
    I64,
    /// `f64`
    F64,
    /// `any`: any JSON value
    Any,
    /// `[T]`
    List(Box<Type>),
    /// `{T}`: an object with any keys
    Map(Box<Type>),
    /// `T?`: absent or null, too
    Optional(Box<Type>),
    /// The name of a `[type.Name]`
    Named(String),
}

impl Type {
    /// The types that have a name of their own, each with it.
    pub(crate) const SCALARS: [(&str, Self); 7] = [
        ("string", Self::String),
        ("bool", Self::Bool),
        ("u32", Self::U32),
        ("u64", Self::U64),
        ("i64", Self::I64),
        ("f64", Self::F64),
        ("any", Self::Any),
    ];

    /// Adds the named types that a value of this one may hold; not those that are in them.
    pub fn uses<'a>(&'a self, names: &mut BTreeSet<&'a str>) {
        match self {
            Self::List(inner) | Self::Map(inner) | Self::Optional(inner) => inner.uses(names),
            Self::Named(name) => {
                names.insert(name);
            }
            _ => {}
        }
    }
}

/// What a value of the type is in a message.
impl From<&Type> for errbook::__private::ParamKind {
    fn from(ty: &Type) -> Self {
        match ty {
            Type::Bool => Self::Bool,
            Type::U32 => Self::U32,
            Type::U64 => Self::U64,
            Type::I64 => Self::I64,
            Type::F64 => Self::F64,
            _ => Self::String,
        }
    }
}

/// As a catalog writes it.
impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::List(item) => write!(f, "[{item}]"),
            Self::Map(item) => write!(f, "{{{item}}}"),
            Self::Optional(inner) => write!(f, "{inner}?"),
            Self::Named(name) => f.write_str(name),
            scalar => {
                let mut named = Self::SCALARS.iter().filter(|(_, it)| it == scalar);
                named.try_for_each(|(name, _)| f.write_str(name))
            }
        }
    }
}
