//! Values as constant expressions of Rust, each on one line.

use std::collections::BTreeSet;
use std::fmt::Write;

use errbook::__private::{CodeKind, ParamKind};
use errbook::Retry;

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

    /// Appends a call of the function that makes a row of `errbook`, and of one for each other value that there is.
    pub(super) fn push_row(
        &mut self,
        name: &'static str,
        required: &[&dyn Expression],
        optional: &[(&str, Option<&dyn Expression>)],
    ) {
        self.push_name(name);
        self.push_str("::new(");
        self.push_list(required);
        self.push_str(")");
        for (function, value) in optional {
            if let Some(value) = value {
                self.push_call(&format!(".{function}"), value);
            }
        }
    }

    /// Appends a struct of `errbook`.
    pub(super) fn push_struct(&mut self, name: &'static str, fields: &[(&str, &dyn Expression)]) {
        self.push_name(name);
        for (index, (field, value)) in fields.iter().enumerate() {
            let before = if index > 0 { "," } else { " {" };
            let _ = write!(self.text, "{before} {field}: ");
            value.write(self);
        }
        self.push_str(" }");
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

impl Expression for str {
    fn write(&self, out: &mut RustText) {
        write_literal(&mut out.text, self);
    }
}

impl Expression for String {
    fn write(&self, out: &mut RustText) {
        write_literal(&mut out.text, self);
    }
}

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

macro_rules! variant_expressions {
    ($($enum:ident),*) => {
        $(
            impl Expression for $enum {
                fn write(&self, out: &mut RustText) {
                    out.push_name(stringify!($enum));
                    let _ = write!(out.text, "::{self:?}");
                }
            }
        )*
    };
}

variant_expressions!(CodeKind, ParamKind, Retry);

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
