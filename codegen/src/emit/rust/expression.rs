//! Data as text: values and types, laid out as prettyplease would.
//!
//! Code is quoted, parsed and formatted. That takes a hundred times as long, which nobody notices in what has
//! the same size for each catalog, and everybody in a table of ten thousand rows.

use std::borrow::Cow;
use std::fmt::Write;

use crate::util::characters::{is_printed, plain_start};

/// A value or a type in Rust.
pub(super) enum Expression<'a> {
    /// As it is written: a path, a name.
    Word(Cow<'a, str>),
    /// A number or a boolean: a list of nothing else takes several on a line.
    Simple(String),
    /// Of these there are most, so that none allocates.
    Number(u32),
    /// The literal of a text.
    Text(&'a str),
    /// Parts between what opens and what closes them: of an array, a call, a tuple, or generic.
    List(Cow<'static, str>, Vec<Self>, &'static str),
    /// A struct's path, its fields and their values, and the constant that has the others.
    Struct(
        &'static str,
        Vec<(&'static str, Self)>,
        Option<&'static str>,
    ),
}

use Expression::{List, Number, Simple, Struct, Text, Word};

impl<'a> Expression<'a> {
    pub(super) fn word(word: impl Into<Cow<'a, str>>) -> Self {
        Word(word.into())
    }

    pub(super) fn number(number: impl Into<u32>) -> Self {
        Number(number.into())
    }

    pub(super) fn option(value: Option<Self>) -> Self {
        match value {
            Some(value) => List("::core::option::Option::Some(".into(), vec![value], ")"),
            None => Word("::core::option::Option::None".into()),
        }
    }

    pub(super) fn option_text(text: Option<&'a String>) -> Self {
        Self::option(text.map(|text| Text(text)))
    }

    pub(super) fn array(values: impl IntoIterator<Item = Self>) -> Self {
        List("[".into(), values.into_iter().collect(), "]")
    }

    pub(super) fn slice(values: impl IntoIterator<Item = Self>) -> Self {
        List("&[".into(), values.into_iter().collect(), "]")
    }

    pub(super) fn texts(texts: impl IntoIterator<Item = &'a String>) -> Self {
        Self::slice(texts.into_iter().map(|text| Text(text)))
    }

    pub(super) fn pair(first: Self, second: Self) -> Self {
        List("(".into(), vec![first, second], ")")
    }

    /// Texts that are one, a line for each.
    pub(super) fn concat(texts: &[&'a str]) -> Self {
        let texts = texts.iter().map(|text| Text(text)).collect();
        List("::core::concat!(".into(), texts, ")")
    }

    pub(super) fn call(open: &'static str, argument: Self) -> Self {
        List(open.into(), vec![argument], ")")
    }

    pub(super) fn generic<const N: usize>(path: &str, types: [Self; N]) -> Self {
        List(format!("{path}<").into(), types.into(), ">")
    }

    /// Writes it behind what stands on the last line of `out`, which is indented by so many spaces; `after`
    /// bytes come behind it.
    pub(super) fn write_at(&self, out: &mut String, indent: usize, after: usize) {
        let start = out.rfind('\n').map_or(0, |end| end + 1);
        Lines { out, start, indent }.write(self, after);
    }

    /// Writes it on one line, as far as `most` bytes go: `None` where it is longer, or holds a struct.
    fn write_flat(&self, out: &mut String, most: usize) -> Option<()> {
        match self {
            Word(word) => out.push_str(word),
            Simple(word) => out.push_str(word),
            // Writing to a string does not fail.
            Number(number) => drop(write!(out, "{number}")),
            Text(text) => write_literal(out, text),
            List(open, parts, close) => {
                out.push_str(open);
                for (index, part) in parts.iter().enumerate() {
                    out.push_str(if index > 0 { ", " } else { "" });
                    part.write_flat(out, most)?;
                }
                out.push_str(close);
            }
            Struct(..) => return None,
        }
        (out.len() <= most).then_some(())
    }
}

/// Lines as they are written.
struct Lines<'a> {
    out: &'a mut String,
    /// Where the last line starts.
    start: usize,
    /// The spaces before a line.
    indent: usize,
}

impl Lines<'_> {
    /// The bytes on a line, as prettyplease counts.
    const WIDTH: usize = 89;

    fn write(&mut self, expression: &Expression<'_>, after: usize) {
        match expression {
            Word(_) | Simple(_) | Number(_) | Text(_) => {
                // However long it is, it stays on its line.
                let _ = expression.write_flat(self.out, usize::MAX);
            }
            List(_, parts, close) => {
                let length = self.out.len();
                let most = (self.start + Self::WIDTH).saturating_sub(after);
                if expression.write_flat(self.out, most).is_none() {
                    self.out.truncate(length);
                    self.write_broken(expression, parts, close);
                }
            }
            Struct(path, fields, rest) => {
                self.out.push_str(path);
                self.out.push_str(" {");
                self.indent += 4;
                for (index, (name, value)) in fields.iter().enumerate() {
                    self.end_line();
                    self.out.push_str(name);
                    self.out.push_str(": ");
                    let is_last = index + 1 == fields.len() && rest.is_none();
                    self.write(value, usize::from(!is_last));
                    self.out.push(',');
                }
                if let Some(rest) = rest {
                    self.end_line();
                    self.out.push_str("..");
                    self.out.push_str(rest);
                }
                self.indent -= 4;
                self.end_line();
                self.out.push('}');
            }
        }
    }

    /// A list that does not fit its line.
    fn write_broken(&mut self, list: &Expression<'_>, parts: &[Expression<'_>], close: &str) {
        let List(open, ..) = list else { return };
        self.out.push_str(open);
        self.indent += 4;
        let is_array = close == "]";
        if is_array
            && parts
                .iter()
                .all(|part| matches!(part, Simple(_) | Number(_)))
        {
            self.fill(parts);
        } else {
            for (index, part) in parts.iter().enumerate() {
                self.end_line();
                let is_last = index + 1 == parts.len();
                self.write(part, usize::from(!is_last));
                self.out.push(',');
            }
        }
        self.indent -= 4;
        self.end_line();
        self.out.push_str(close);
    }

    /// As many words as each line takes.
    fn fill(&mut self, words: &[Expression<'_>]) {
        for (index, word) in words.iter().enumerate() {
            let before = self.out.len();
            self.out.push(' ');
            self.write(word, 0);
            let is_last = index + 1 == words.len();
            if index == 0 || self.out.len() - self.start + usize::from(!is_last) > Self::WIDTH {
                let word = self.out.split_off(before);
                self.end_line();
                self.out.push_str(word.trim_start());
            }
            self.out.push(',');
        }
    }

    fn end_line(&mut self) {
        self.out.push('\n');
        self.start = self.out.len();
        self.out.extend(std::iter::repeat_n(' ', self.indent));
    }
}

/// A text as a literal of Rust, as `proc_macro2::Literal::string` writes it.
pub(super) fn write_literal(out: &mut String, text: &str) {
    out.push('"');
    let mut rest = text;
    loop {
        let is_unescaped = |byte| is_printed(byte) && byte != b'"' && byte != b'\\';
        let at = plain_start(rest, is_unescaped);
        out.push_str(&rest[..at]);
        let mut chars = rest[at..].chars();
        match chars.next() {
            // Before a digit, `\0` would be read as more than it is.
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

/// Documentation, a comment for each line of Markdown, each after `indent`.
pub(super) fn write_docs(out: &mut String, indent: &str, markdown: &str) {
    for line in markdown.lines() {
        out.push_str(indent);
        out.push_str("///");
        if !line.is_empty() {
            out.push(' ');
            out.push_str(line);
        }
        out.truncate(out.trim_end_matches(' ').len());
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use proc_macro2::Literal;
    use quote::quote;

    use super::{Expression, List, Simple, Struct, Text, write_docs, write_literal};
    use crate::emit::rust::items::{Items, doc_comment, formatted};

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

    #[test]
    fn documentation_is_laid_out_as_prettyplease_does() {
        for text in [
            "One.",
            "One.\n\nTwo  \n   \n- three\n  four",
            " indented",
            "`a`\t",
        ] {
            let docs = doc_comment(text);
            let mut expected = Items::default();
            expected.push(quote!(#docs struct S;));
            let mut out = String::new();
            write_docs(&mut out, "", text);
            assert_eq!(out + "struct S;\n", expected.out);
        }
    }

    /// Numbers that look like chance and are the same each time.
    struct Random(u64);

    impl Random {
        fn below(&mut self, bound: u64) -> u64 {
            let Self(state) = self;
            *state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (*state >> 33) % bound
        }

        fn word(&mut self) -> Expression<'static> {
            let length = self.below(24);
            Expression::word((0..=length).map(|_| 'a').collect::<String>())
        }

        fn list(&mut self, depth: u64) -> Vec<Expression<'static>> {
            let length = self.below(6);
            if self.below(3) == 0 {
                let length = length * self.below(8);
                let numbers = (0..length).map(|_| Simple(self.below(1 << 20).to_string()));
                return numbers.collect();
            }
            (0..length).map(|_| self.expression(depth)).collect()
        }

        fn expression(&mut self, depth: u64) -> Expression<'static> {
            match self.below(if depth > 0 { 8 } else { 2 }) {
                0 => Text(HOSTILE[usize::try_from(self.below(14)).expect("it is below 14")]),
                1 => self.word(),
                2 => List("[".into(), self.list(depth - 1), "]"),
                3 => Expression::slice(self.list(depth - 1)),
                4 => {
                    let value = match self.expression(depth - 1) {
                        // No value of an option is one, and prettyplease has a layout of its own for them.
                        Struct(..) => self.word(),
                        List(open, ..) if matches!(&*open, "[" | "(") => self.word(),
                        value => value,
                    };
                    Expression::option(Some(value))
                }
                5 => Expression::pair(self.expression(depth - 1), self.expression(depth - 1)),
                _ => {
                    let fields = [("first", 2), ("the_second", 1), ("third", 0)];
                    let fields = fields.map(|(name, less)| {
                        (name, self.expression(depth - 1 - less.min(depth - 1)))
                    });
                    let rest = (self.below(2) == 0).then_some("::errbook::Facts::EMPTY");
                    Struct("::errbook::AStructOfThree", fields.into(), rest)
                }
            }
        }
    }

    #[test]
    fn values_are_laid_out_as_prettyplease_does() {
        let mut random = Random(1);
        for _ in 0..2000 {
            let value = random.expression(4);
            let mut out = Items::default();
            out.push_value("static S: T = ", &value);
            let tokens = out.out.parse().expect("it is Rust");
            assert_eq!(out.out, formatted(tokens));
        }
    }
}
