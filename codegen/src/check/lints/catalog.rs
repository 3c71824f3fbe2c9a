//! Lints of a catalog as a whole: types that nothing uses, and codes that are written in another style than most.

use std::collections::BTreeSet;

use crate::check::context::{Context, ErrorSpans};
use crate::check::lints::reporter::LintReporter;
use crate::check::reasons::AllowedLints;
use crate::check::types::NamedTypes;
use crate::findings::Lint;
use crate::model::{Catalog, Details, Error, WireCode};

/// Lints a catalog as a whole. Called last, because it reports the allowed lints that found nothing.
pub(in crate::check) fn catalog(context: &Context<'_>, catalog: &Catalog, spans: &[ErrorSpans]) {
    unused_types(context, &catalog.errors);
    code_styles(context, &catalog.errors, spans);
    for spans in spans {
        LintReporter::new(context, &spans.allowed).unused();
    }
}

/// Reports types that no details hold, nor any type that details hold.
fn unused_types(context: &Context<'_>, errors: &[Error]) {
    let used = used_types(&context.types, errors);
    // No entry can allow this lint.
    let allowed = AllowedLints::default();
    let lints = LintReporter::new(context, &allowed);
    for (name, span) in context.types.declared() {
        if !used.contains(name.as_str()) {
            let title = format!("nothing is of the type `{name}`");
            let help = "use it in `details`, or delete it";
            lints.report(Lint::UnusedType, span, title, "unused", help);
        }
    }
}

fn used_types<'a>(types: &'a NamedTypes<'_>, errors: &'a [Error]) -> BTreeSet<&'a str> {
    let mut used = BTreeSet::new();
    for error in errors {
        match &error.details {
            Some(Details::Object(fields)) => fields.iter().for_each(|it| it.ty.uses(&mut used)),
            Some(Details::Whole(ty)) => ty.uses(&mut used),
            None => {}
        }
    }
    let mut left: Vec<&str> = used.iter().copied().collect();
    while let Some(name) = left.pop() {
        let mut held = BTreeSet::new();
        for field in types.fields(name) {
            field.ty.uses(&mut held);
        }
        left.extend(held.into_iter().filter(|name| used.insert(name)));
    }
    used
}

/// Reports codes that are not written as most of the catalog's are.
fn code_styles(context: &Context<'_>, errors: &[Error], spans: &[ErrorSpans]) {
    let codes = errors.iter().filter_map(|error| error.code.as_ref());
    let all: Vec<u16> = codes.map(styles).collect();
    let count = |bit: u16| all.iter().filter(|own| *own & bit != 0).count();
    // More than half of the codes, and of more than two: else it is no style of the catalog's.
    let mut named = STYLES[..STYLES.len() - 1].iter();
    let most = named.find(|(_, bit)| count(*bit) * 2 > all.len());
    let Some((name, most)) = most.filter(|_| all.len() > 2).copied() else {
        return;
    };
    for (error, spans) in errors.iter().zip(spans) {
        let Some(code) = &error.code else { continue };
        if styles(code) & most == 0 {
            let title = format!("the code `{}` is not written as the others are", code.text);
            let label = if code.number {
                "a number"
            } else {
                "another style"
            };
            let help = format!("most codes of this catalog are {name}");
            let lints = LintReporter::new(context, &spans.allowed);
            lints.report(Lint::MixedCodeStyles, &spans.code, title, label, &help);
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
