//! Values as constant expressions of Rust, each on one line.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::Write;

use crate::util::characters::{is_printed, plain_start};

/// Rust text, and the items of the crate `errbook` that it names.
#[derive(Default)]
pub(super) struct RustText {
    pub(super) text: String,
    pub(super) imports: BTreeSet<&'static str>,
}

impl RustText {
    pub(super) fn push_str(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Appends the name of an item of `errbook`.
    pub(super) fn push_name(&mut self, name: &'static str) {
        self.imports.insert(name);
        self.text.push_str(name);
    }

    pub(super) fn push_call(&mut self, function: &str, argument: &dyn Expression) {
        self.push_str(function);
        self.push_str("(");
        argument.write(self);
        self.push_str(")");
    }

    /// Appends the values with a comma between them.
    pub(super) fn push_list(&mut self, values: impl IntoIterator<Item = impl Expression>) {
        for (index, value) in values.into_iter().enumerate() {
            self.push_str(if index > 0 { ", " } else { "" });
            value.write(self);
        }
    }

    /// Appends a struct of `errbook`.
    pub(super) fn push_struct(&mut self, name: &'static str, fields: &[(&str, &dyn Expression)]) {
        self.push_name(name);
        for (index, (field, value)) in fields.iter().enumerate() {
            self.push_str(if index > 0 { ", " } else { " { " });
            self.push_field(field, *value);
        }
        self.push_str(" }");
    }

    pub(super) fn push_field(&mut self, field: &str, value: &dyn Expression) {
        self.text.extend([field, ": "]);
        value.write(self);
    }
}

/// A value that is written as an expression.
pub(super) trait Expression {
    /// Appends the expression.
    fn write(&self, out: &mut RustText);
}

impl<T: Expression + ?Sized> Expression for &T {
    fn write(&self, out: &mut RustText) {
        T::write(self, out);
    }
}

macro_rules! text_expressions {
    ($($type:ty),*) => {
        $(
            impl Expression for $type {
                fn write(&self, out: &mut RustText) {
                    write_literal(&mut out.text, self);
                }
            }
        )*
    };
}

text_expressions!(str, String, Cow<'_, str>);

macro_rules! display_expressions {
    ($($type:ty),*) => {
        $(
            impl Expression for $type {
                fn write(&self, out: &mut RustText) {
                    let _ = write!(out.text, "{self}");
                }
            }
        )*
    };
}

display_expressions!(bool, u8, u16, u32, u64, i64);

impl Expression for f64 {
    fn write(&self, out: &mut RustText) {
        // Unlike `Display`, `Debug` writes a point or an exponent.
        let _ = write!(out.text, "{self:?}");
    }
}

impl<T: Expression> Expression for Option<T> {
    fn write(&self, out: &mut RustText) {
        match self {
            Some(value) => out.push_call("Some", value),
            None => out.push_str("None"),
        }
    }
}

impl<T: Expression> Expression for [T] {
    fn write(&self, out: &mut RustText) {
        out.push_str("&[");
        out.push_list(self);
        out.push_str("]");
    }
}

impl<T: Expression> Expression for Vec<T> {
    fn write(&self, out: &mut RustText) {
        self.as_slice().write(out);
    }
}

impl<A: Expression, B: Expression> Expression for (A, B) {
    fn write(&self, out: &mut RustText) {
        out.push_str("(");
        self.0.write(out);
        out.push_str(", ");
        self.1.write(out);
        out.push_str(")");
    }
}

/// Appends a text as a string literal, with the escapes of `proc_macro2::Literal::string`.
pub(super) fn write_literal(out: &mut String, text: &str) {
    out.push('"');
    let mut rest = text;
    loop {
        let is_unescaped = |byte| is_printed(byte) && byte != b'"' && byte != b'\\';
        let at = plain_start(rest, is_unescaped);
        out.push_str(&rest[..at]);
        let mut chars = rest[at..].chars();
        match chars.next() {
            // Before a digit, `\0` would be read as another escape.
            Some('\0') if chars.as_str().starts_with(|c: char| c.is_digit(8)) => {
                out.push_str("\\x00");
            }
            Some('\0') => out.push_str("\\0"),
            Some(special) => out.extend(special.escape_debug()),
            None => break,
        }
        rest = chars.as_str();
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use proc_macro2::Literal;

    use super::write_literal;

    /// Texts with what needs care in Rust, in comments or on terminals.
    const HOSTILE: [&str; 14] = [
        "",
        "plain",
        "it's \"quoted\" \\ once",
        "\0",
        "\0 \u{0}7 \u{0}8",
        "tab\tline\nreturn\r\n",
        "\u{1b}[31mred\u{7f}",
        "größe 寸 🦀 👩‍👩‍👧",
        "e\u{301} \u{301}",
        "\u{202e}backwards\u{202c} \u{2028}\u{2029} \u{feff}",
        "*/ /* // # \"# r#\"",
        "{braces} {{}} ${x}",
        "trailing   ",
        "\u{a0}\u{ad}\u{e000}\u{10ffff}",
    ];

    #[test]
    fn literals_are_those_of_proc_macro2() {
        for text in HOSTILE {
            let mut out = String::new();
            write_literal(&mut out, text);
            assert_eq!(out, Literal::string(text).to_string());
            let read: syn::LitStr = syn::parse_str(&out).expect("it is a literal");
            assert_eq!(read.value(), text);
        }
    }
}
