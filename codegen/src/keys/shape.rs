//! The shapes of values, by which `check` reads them.

/// Defines a type for each shape.
macro_rules! shapes {
    ($($(#[$docs:meta])* $shape:ident,)*) => {
        /// The shape of a key's values.
        pub(crate) enum Shape {
            $($(#[$docs])* $shape,)*
        }

        $(
            $(#[$docs])*
            pub(crate) struct $shape;

            impl HasShape for $shape {
                const SHAPE: Shape = Shape::$shape;
            }
        )*
    };
}

/// A type that stands for a shape.
pub(crate) trait HasShape {
    const SHAPE: Shape;
}

shapes! {
    /// A text.
    Text,
    /// One text or several.
    Texts,
    /// True or false.
    Flag,
    /// A table.
    Table,
    /// An array of tables.
    Tables,
    /// A table of texts.
    TextTable,
    /// A table or an array of tables.
    TableOrTables,
    /// A text or a table.
    TextOrTable,
    /// One text or several, or a table of texts.
    TextsOrTextTable,
    /// A value that has a reader of its own.
    AnyValue,
}

/// Values of this shape can be read as values of the shape `S`.
pub(crate) trait ReadAs<S> {}

impl<S> ReadAs<S> for S {}
impl ReadAs<Table> for TableOrTables {}
impl ReadAs<Table> for TextTable {}
impl ReadAs<Table> for TextsOrTextTable {}
impl ReadAs<Tables> for TableOrTables {}
impl ReadAs<Text> for TextOrTable {}
impl ReadAs<Texts> for TextsOrTextTable {}
impl ReadAs<TextTable> for TextsOrTextTable {}
