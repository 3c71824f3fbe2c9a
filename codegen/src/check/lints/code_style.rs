//! The lint for codes that are written in another style than most.

use crate::check::error_spans::ErrorSpans;
use crate::check::lints::reporter::{LintMatch, LintReporter};
use crate::findings::Lint;
use crate::model::{Error, WireCode};

impl LintReporter<'_> {
    /// Codes that are not written as most of the catalog's are.
    pub(super) fn code_styles(&self, errors: &[Error], places: &[ErrorSpans]) {
        let all: Vec<u16> = errors
            .iter()
            .filter_map(|error| Some(styles(error.code.as_ref()?)))
            .collect();
        let count = |bit: u16| all.iter().filter(|own| *own & bit != 0).count();
        // More than half of the codes, and of more than two: else it is no style of the catalog's.
        let mut named = STYLES[..STYLES.len() - 1].iter();
        let most = named.find(|(_, bit)| count(*bit) * 2 > all.len());
        let Some((name, most)) = most.filter(|_| all.len() > 2).copied() else {
            return;
        };
        for (error, places) in errors.iter().zip(places) {
            let Some(code) = &error.code else { continue };
            if styles(code) & most == 0 {
                self.report(
                    &places.allowed,
                    LintMatch {
                        lint: Lint::MixedCodeStyles,
                        span: &places.code,
                        title: format!("the code `{}` is not written as the others are", code.text),
                        label: if code.number {
                            "a number"
                        } else {
                            "another style"
                        },
                        help: format!("most codes of this catalog are {name}"),
                    },
                );
            }
        }
    }
}

/// How codes may be written, each with a bit: a code of one word is written in several ways at once.
const STYLES: [(&str, u16); 12] = [
    ("numbers", 1),
    ("words in capitals with `_` between", 1 << 1),
    ("small words with `_` between", 1 << 2),
    ("small words with `-` between", 1 << 3),
    ("small words, the later ones with a capital", 1 << 4),
    ("words with a capital each", 1 << 5),
    (
        "parts with dots between, words in capitals with `_`",
        1 << 6,
    ),
    ("parts with dots between, small words with `_`", 1 << 7),
    ("parts with dots between, small words with `-`", 1 << 8),
    (
        "parts with dots between, the later words with a capital",
        1 << 9,
    ),
    (
        "parts with dots between, words with a capital each",
        1 << 10,
    ),
    ("in no style that has a name", 1 << 11),
];
const BETWEEN_DOTS: u32 = 5;

/// The bits of the styles that a code is written in.
fn styles(code: &WireCode) -> u16 {
    if code.number {
        return STYLES[0].1;
    }
    let all =
        |part: &str, good: fn(char) -> bool| part.chars().all(|c| c.is_ascii_digit() || good(c));
    let starts = |part: &str, good: fn(&char) -> bool| {
        part.chars()
            .next()
            .is_some_and(|c| good(&c) || c.is_ascii_digit())
    };
    let one = |part: &str| {
        let is = [
            all(part, |c| c.is_ascii_uppercase() || c == '_'),
            all(part, |c| c.is_ascii_lowercase() || c == '_'),
            all(part, |c| c.is_ascii_lowercase() || c == '-'),
            all(part, |c| c.is_ascii_alphabetic()) && starts(part, char::is_ascii_lowercase),
            all(part, |c| c.is_ascii_alphabetic()) && starts(part, char::is_ascii_uppercase),
        ];
        is.iter().enumerate().fold(0_u16, |bits, (index, is)| {
            bits | u16::from(*is) << (index + 1)
        })
    };
    let parts = code
        .text
        .split('.')
        .map(one)
        .reduce(|all, part| all & part)
        .unwrap_or_default();
    let dotted = if code.text.contains('.') {
        parts << BETWEEN_DOTS
    } else {
        parts
    };
    if dotted == 0 { STYLES[11].1 } else { dotted }
}

#[cfg(test)]
mod tests {
    use super::{STYLES, styles};
    use crate::model::WireCode;

    #[test]
    fn codes_are_written_in_styles() {
        #[track_caller]
        fn check(text: &str, expected: &[usize]) {
            let bits = styles(&WireCode {
                text: text.to_owned(),
                number: false,
            });
            let found: Vec<usize> = (0..STYLES.len())
                .filter(|index| bits & STYLES[*index].1 != 0)
                .collect();
            assert_eq!(found, expected, "{text}");
        }
        check("NOT_FOUND", &[1]);
        check("not_found", &[2]);
        check("not-found", &[3]);
        check("notFound", &[4]);
        check("NotFound", &[5]);
        check("card.not_found", &[7]);
        check("CARD.NOT_FOUND", &[6]);
        check("card.not-found", &[8]);
        check("card.notFound", &[9]);
        check("Card.NotFound", &[10]);
        check("timeout", &[2, 3, 4]);
        check("E1001", &[1, 5]);
        check("1001", &[1, 2, 3, 4, 5]);
        check("https://bank.example/errors#x", &[11]);
        check("Not found", &[11]);
    }
}
