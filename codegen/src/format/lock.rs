//! The rows of `errbook.lock`: a list of them under the id of each API.

use crate::format::{Kind, Spec, optional, required};

pub(crate) static LOCKED: Spec = Spec {
    id: "locked",
    what: "a row of errbook.lock",
    docs: "A code that was released.",
    keys: &[
        required("code", Kind::Code, "The code: a text, or an integer."),
        optional("since", Kind::Version, "The version that first had it."),
        optional(
            "retired",
            Kind::Version,
            "The version since which it is not sent any more.",
        ),
        optional(
            "meaning",
            Kind::Texts,
            "What it meant, of a code that is retired or an alias by now.",
        ),
    ],
    holds: &[],
};
