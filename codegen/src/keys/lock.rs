//! The rows of `errbook.lock`.

use crate::keys::table_spec::{KeyKind, TableSpec, optional, required};

pub(crate) static LOCKED: TableSpec = TableSpec {
    id: "locked",
    what: "a row of errbook.lock",
    docs: "A code that was released.",
    keys: &[
        required("code", KeyKind::Code, "The code: a text, or an integer."),
        optional("since", KeyKind::Version, "The version that first had it."),
        optional(
            "retired",
            KeyKind::Version,
            "The version since which it is not sent any more.",
        ),
        optional(
            "meaning",
            KeyKind::Texts,
            "What it meant, of a code that is retired or an alias by now.",
        ),
    ],
    holds: &[],
};
