//! The rows of `errbook.lock`.

use crate::keys::shape::{AnyValue, Text, Texts};
use crate::keys::table_spec::{Key, KeyKind, optional, required, table};

table! {
    LOCKED_TABLE as locked {
        id: "locked",
        what: "a row of errbook.lock",
        docs: "A code that was released.",
        holds: &[],
    }
    keys {
        CODE: Key<AnyValue, true> = required("code", KeyKind::Code, "The code: a text, or an integer.");
        SINCE: Key<Text> = optional("since", KeyKind::Version, "The version that first had it.");
        RETIRED: Key<Text> = optional("retired", KeyKind::Version, "The version since which it is not sent any more.");
        MEANING: Key<Texts> = optional("meaning", KeyKind::Texts, "What it meant, of a code that is retired or an alias by now.");
    }
}
