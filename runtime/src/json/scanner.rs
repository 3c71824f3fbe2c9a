//! Scans JSON text once, from its beginning to its end.
//!
//! The scanner finds the positions of values. `serde_json` converts only those values that a program asks for. A parser
//! that builds every value would allocate for unused ones, scan nested details once for each level, and need code for
//! each struct of details. Tests check that the scanner and `serde_json` accept the same texts.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::byte_search::{below, each, equal, position};

/// A position in a JSON text.
#[derive(Clone)]
pub struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

/// The error for a text that is not JSON.
#[derive(Clone, Copy, Debug)]
pub struct NotJson;

type Result<T> = core::result::Result<T, NotJson>;

/// A JSON string, with its escapes.
#[derive(Clone, Copy)]
pub(crate) struct Quoted<'a> {
    /// The text between the quotes.
    inner: &'a str,
    /// Whether the text has an escape.
    escaped: bool,
}

impl<'a> Quoted<'a> {
    /// The string with its quotes and escapes.
    pub(crate) fn json(self) -> String {
        alloc::format!("\"{}\"", self.inner)
    }

    /// The text without escapes; `None` if it has half of a surrogate pair.
    #[inline]
    pub(crate) fn text(self) -> Option<Cow<'a, str>> {
        if self.escaped {
            self.unescaped().map(Cow::Owned)
        } else {
            Some(Cow::Borrowed(self.inner))
        }
    }

    /// The text, if it has no escape.
    #[inline]
    pub(crate) fn if_unescaped(self) -> Option<&'a str> {
        (!self.escaped).then_some(self.inner)
    }

    #[cold]
    fn unescaped(self) -> Option<String> {
        serde_json::from_str(&self.json()).ok()
    }

    /// Whether the text is this one.
    #[inline]
    pub(crate) fn is(self, text: &str) -> bool {
        if self.escaped {
            return self.unescaped().is_some_and(|own| own == text);
        }
        self.inner == text
    }
}

impl<'a> Scanner<'a> {
    /// A scanner at the start of a text.
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// A scanner at an offset of a text.
    pub(crate) fn from(text: &'a str, at: usize) -> Self {
        Self { text, at }
    }

    /// Skips white space and returns the next byte; NUL at the end.
    #[inline]
    pub(crate) fn peek(&mut self) -> u8 {
        let mut byte = self.byte();
        while matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
            self.at += 1;
            byte = self.byte();
        }
        byte
    }

    #[inline]
    fn byte(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    /// Skips a byte, if it is the next one after white space.
    #[inline]
    fn take(&mut self, byte: u8) -> bool {
        // rustc 1.95 miscompiles this comparison with optimisations if the result is also added as a number. CI
        // runs the tests with optimisations for this reason.
        if self.byte() != byte && self.peek() != byte {
            return false;
        }
        self.at += 1;
        true
    }

    /// Skips white space up to the end of the text.
    pub(crate) fn end(&mut self) -> Result<()> {
        self.peek();
        (self.at == self.text.len()).then_some(()).ok_or(NotJson)
    }

    /// Skips the opening bracket of an object or list that ends with `close`. Returns whether it is not empty.
    #[inline]
    pub(crate) fn open(&mut self, close: u8) -> bool {
        self.at += 1;
        !self.take(close)
    }

    /// Skips the comma or the closing bracket after a member or an item. Returns whether another one follows.
    #[inline]
    pub(crate) fn more(&mut self, close: u8) -> Result<bool> {
        let next = self.peek();
        if next != b',' && next != close {
            return Err(NotJson);
        }
        self.at += 1;
        Ok(next == b',')
    }

    /// Skips the name of a member and the colon, and returns the name.
    #[inline]
    pub(crate) fn name(&mut self) -> Result<Quoted<'a>> {
        let name = self.string()?;
        self.take(b':').then_some(name).ok_or(NotJson)
    }

    /// As [`name`](Self::name), without returning the name.
    #[inline]
    fn pass_name(&mut self) -> Result<()> {
        self.peek();
        self.pass_string()?;
        self.take(b':').then_some(()).ok_or(NotJson)
    }

    /// Skips a string and returns it.
    #[inline]
    pub(crate) fn string(&mut self) -> Result<Quoted<'a>> {
        self.peek();
        let start = self.at + 1;
        let escaped = self.pass_string()?;
        let inner = &self.text[start..self.at - 1];
        Ok(Quoted { inner, escaped })
    }

    /// Skips a string, without white space before it. Returns whether it has an escape.
    #[inline]
    fn pass_string(&mut self) -> Result<bool> {
        if self.byte() != b'"' {
            return Err(NotJson);
        }
        self.at += 1;
        self.at += plain_length(&self.text.as_bytes()[self.at..]);
        if self.byte() != b'"' {
            return self.pass_escapes();
        }
        self.at += 1;
        Ok(false)
    }

    /// Skips the rest of a string, from an escape on.
    #[cold]
    fn pass_escapes(&mut self) -> Result<bool> {
        loop {
            match self.byte() {
                b'"' => break,
                b'\\' => self.escape()?,
                _ => return Err(NotJson),
            }
            self.at += plain_length(&self.text.as_bytes()[self.at..]);
        }
        self.at += 1;
        Ok(true)
    }

    fn escape(&mut self) -> Result<()> {
        self.at += match &self.text.as_bytes()[self.at + 1..] {
            [b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't', ..] => 2,
            [b'u', digits @ ..] => {
                let four = digits.first_chunk::<4>().ok_or(NotJson)?;
                if !four.iter().all(u8::is_ascii_hexdigit) {
                    return Err(NotJson);
                }
                6
            }
            _ => return Err(NotJson),
        };
        Ok(())
    }

    /// Skips a value and returns its text.
    #[inline]
    pub(crate) fn value(&mut self) -> Result<&'a str> {
        let (start, _) = self.pass()?;
        Ok(&self.text[start..self.at])
    }

    /// Skips a value. Returns its offset, and whether it is a string without an escape.
    #[inline]
    pub(crate) fn pass(&mut self) -> Result<(usize, bool)> {
        let first = self.peek();
        let start = self.at;
        let is_unescaped = match first {
            b'"' => !self.pass_string()?,
            b'{' | b'[' => {
                self.nested()?;
                false
            }
            first => {
                self.scalar(first)?;
                false
            }
        };
        Ok((start, is_unescaped))
    }

    /// The current offset.
    #[inline]
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// Goes to an offset.
    pub(crate) fn go_to(&mut self, at: usize) {
        self.at = at;
    }

    /// Skips `true`, `false`, `null` or a number, given its first byte.
    fn scalar(&mut self, first: u8) -> Result<()> {
        match first {
            b't' => self.literal("true"),
            b'f' => self.literal("false"),
            b'n' => self.literal("null"),
            b'-' | b'0'..=b'9' => self.number(),
            _ => Err(NotJson),
        }
    }

    fn literal(&mut self, word: &str) -> Result<()> {
        if !self.text.as_bytes()[self.at..].starts_with(word.as_bytes()) {
            return Err(NotJson);
        }
        self.at += word.len();
        Ok(())
    }

    fn number(&mut self) -> Result<()> {
        if self.byte() == b'-' {
            self.at += 1;
        }
        // No digit follows a leading zero.
        if self.byte() == b'0' {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.byte() == b'.' {
            self.at += 1;
            self.digits()?;
        }
        if let b'e' | b'E' = self.byte() {
            self.at += 1;
            if matches!(self.byte(), b'+' | b'-') {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(())
    }

    fn digits(&mut self) -> Result<()> {
        let start = self.at;
        while self.byte().is_ascii_digit() {
            self.at += 1;
        }
        (self.at > start).then_some(()).ok_or(NotJson)
    }

    /// Skips an object or a list, without recursion.
    fn nested(&mut self) -> Result<()> {
        let mut open = OpenBrackets::default();
        loop {
            match self.peek() {
                b'{' => {
                    if self.open(b'}') {
                        open.push(true);
                        self.pass_name()?;
                        continue;
                    }
                }
                b'[' => {
                    if self.open(b']') {
                        open.push(false);
                        continue;
                    }
                }
                b'"' => {
                    self.pass_string()?;
                }
                first => self.scalar(first)?,
            }
            // After a value follows another one, or the ends of the objects and lists that it is the last of.
            loop {
                let Some(is_object) = open.last() else {
                    return Ok(());
                };
                if self.more(if is_object { b'}' } else { b']' })? {
                    if is_object {
                        self.pass_name()?;
                    }
                    break;
                }
                open.pop();
            }
        }
    }
}

/// The open objects and lists: a bit for each, set for an object.
#[derive(Default)]
struct OpenBrackets {
    /// The innermost 64; the lowest bit is the innermost one.
    bits: u64,
    depth: usize,
    /// The outer ones, 64 in each word.
    outer: Vec<u64>,
}

impl OpenBrackets {
    const BITS: usize = 64;

    fn push(&mut self, is_object: bool) {
        if self.depth > 0 && self.depth.is_multiple_of(Self::BITS) {
            self.outer.push(self.bits);
        }
        self.bits = (self.bits << 1) | u64::from(is_object);
        self.depth += 1;
    }

    fn last(&self) -> Option<bool> {
        (self.depth > 0).then_some(self.bits & 1 == 1)
    }

    fn pop(&mut self) {
        self.bits >>= 1;
        self.depth -= 1;
        if self.depth > 0 && self.depth.is_multiple_of(Self::BITS) {
            self.bits = self.outer.pop().unwrap_or_default();
        }
    }
}

/// The number of bytes before the first one that a JSON string must escape: a quote, a backslash or a
/// control character.
pub(crate) fn plain_length(bytes: &[u8]) -> usize {
    // With this bit flipped, a quote sorts right after the control characters and before everything else.
    const QUOTE: u8 = b'"' ^ b' ';
    let special = |word| below(word ^ each(QUOTE), b'!') | equal(word, b'\\');
    position(bytes, special)
}

/// The text of a JSON string; `None` if the JSON text is not a string, or has half of a surrogate pair.
pub(crate) fn string(json: &str) -> Option<Cow<'_, str>> {
    Scanner::new(json).string().ok()?.text()
}

/// Whether a valid JSON text is a number. Looks only at its first character.
pub(crate) fn is_number(json: &str) -> bool {
    json.starts_with(|first: char| first == '-' || first.is_ascii_digit())
}

/// The members of an object, in order; `None` if the text is not an object.
pub(crate) fn members(json: &str) -> Option<Vec<(Quoted<'_>, &str)>> {
    let mut scanner = Scanner::new(json);
    if scanner.peek() != b'{' {
        return None;
    }
    let mut members = Vec::new();
    let mut more = scanner.open(b'}');
    while more {
        members.push((scanner.name().ok()?, scanner.value().ok()?));
        more = scanner.more(b'}').ok()?;
    }
    Some(members)
}

/// The items of a list; `None` if the text is not a list.
pub(crate) fn items(json: &str) -> Option<Vec<&str>> {
    let mut scanner = Scanner::new(json);
    if scanner.peek() != b'[' {
        return None;
    }
    let mut items = Vec::new();
    let mut more = scanner.open(b']');
    while more {
        items.push(scanner.value().ok()?);
        more = scanner.more(b']').ok()?;
    }
    Some(items)
}

/// The start of a JSON text, for messages.
pub(crate) fn excerpt(json: &str) -> String {
    const SHOWN: usize = 40;
    match json.char_indices().nth(SHOWN) {
        Some((end, _)) => alloc::format!("{}…", &json[..end]),
        None => json.into(),
    }
}

#[cfg(test)]
mod tests {
    extern crate std;
    use std::vec::Vec;

    use super::{Scanner, plain_length};
    use serde_json::value::RawValue;

    /// Asserts that the scanner and `serde_json` agree about a text.
    #[track_caller]
    fn check(text: &str) {
        let mut scanner = Scanner::new(text);
        let ours = scanner
            .value()
            .and_then(|value| scanner.end().map(|()| value));
        let theirs = serde_json::from_str::<&RawValue>(text);
        assert_eq!(ours.ok(), theirs.ok().map(RawValue::get), "{text:?}");
    }

    #[test]
    fn scanner_accepts_what_serde_json_accepts() {
        let good = [
            "0",
            "-0",
            "10",
            "-1.5e+10",
            "1E5",
            "1e-5",
            "true",
            "null",
            "\"\"",
            "[]",
            "{}",
            " [ 1 , 2 ] ",
            "{ \"a\" : { } , \"b\" : [ { } ] }",
            "\"\\u00e9\\n\\\\\"",
            "\"\\ud800\"",
            "\"\u{7f}é\u{2028}\"",
            "[[[{\"a\":[{}]}]]]",
            "\t\r\n1",
        ];
        let bad = [
            "",
            " ",
            "01",
            "-",
            "1.",
            ".5",
            "+1",
            "1e",
            "1e+",
            "0x1",
            "tru",
            "nulll",
            "True",
            "'a'",
            "\"",
            "\"\\",
            "\"\\x\"",
            "\"\\u12g4\"",
            "\"\\u123",
            "\"\n\"",
            "\"\0\"",
            "[",
            "]",
            "[1",
            "[1,",
            "[1,]",
            "[,1]",
            "[1 2]",
            "{",
            "{\"a\"",
            "{\"a\":",
            "{\"a\":1",
            "{\"a\":1,",
            "{\"a\":1,}",
            "{a:1}",
            "{\"a\" 1}",
            "{1:1}",
            "[}",
            "{]",
            "[1}",
            "1 2",
            "[] []",
            "\u{a0}1",
            "\u{feff}1",
            "NaN",
            "//",
        ];
        for text in good.iter().chain(&bad) {
            check(text);
        }
        for depth in [127, 128, 129, 255, 256, 257, 1000] {
            for (open, close) in [("[", "]"), ("{\"a\":[", "]}"), ("[{\"a\":", "}]")] {
                let (open, close) = (open.repeat(depth), close.repeat(depth));
                check(&[&open, "1", &close].concat());
                check(&[&open, "1", &close[1..]].concat());
                check(&[&open, "1", &close, "]"].concat());
                check(&[&open, "1", &close.replacen('}', "]", 1)].concat());
            }
        }
    }

    /// Changes each byte of texts with every element of JSON.
    #[test]
    fn scanner_rejects_what_serde_json_rejects() {
        for text in [
            "{\"a\\n\":[1.5e3,-0,{}],\"b\":null}",
            "[true,false,\"\\u0041 xyzxyzxyz\",[]]",
        ] {
            for at in 0..text.len() {
                for byte in 0..128_u8 {
                    let mut bytes = text.as_bytes().to_vec();
                    bytes[at] = byte;
                    check(core::str::from_utf8(&bytes).expect("all of it is ASCII"));
                }
                check(&text[..at]);
                check(&[&text[..at], &text[at + 1..]].concat());
            }
        }
    }

    #[test]
    fn plain_length_counts_bytes_before_escape() {
        for length in 0..40 {
            for byte in 0..=255_u8 {
                let mut bytes: Vec<u8> = (0..40).map(|at| b'a' + at % 26).collect();
                bytes[length] = byte;
                let special = byte < b' ' || byte == b'"' || byte == b'\\';
                let expected = if special { length } else { bytes.len() };
                assert_eq!(plain_length(&bytes), expected, "{byte}");
            }
        }
    }
}
