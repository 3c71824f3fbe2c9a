//! The errors as people write them by hand, with what they take for it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::catalogs::Entry;

/// What `derives` needs: the newest versions at the time of writing.
pub const DERIVES: &str = "\
serde = { version = \"1\", features = [\"derive\"] }
strum = { version = \"0.28\", features = [\"derive\"] }
thiserror = \"2\"";

/// What `derives` needs beyond that to read and write bodies.
pub const JSON: &str = "serde_json = \"1\"";

/// What `phf_map` needs.
pub const PHF: &str = "phf = { version = \"0.14\", features = [\"macros\"] }";

/// What there is of details beside the derives.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Details {
    /// Nothing.
    None,
    /// A struct for the details of each error that has some.
    Structs,
    /// The same, and an enum over them that is read from JSON text and written to it.
    ReadAndWritten,
}

/// An enum with derives of thiserror, strum and serde.
#[must_use]
pub fn derives(errors: &[Entry], details: Details) -> String {
    let mut out = String::from(
        "//! The errors of the Media API.\n\n\
         /// The errors of the Media API.\n\
         #[derive(\n    Debug, Clone, Copy, PartialEq, Eq, Hash,\n    \
         thiserror::Error, serde::Serialize, serde::Deserialize,\n    \
         strum::EnumString, strum::IntoStaticStr, strum::EnumIter, strum::EnumProperty,\n)]\n\
         #[non_exhaustive]\n\
         pub enum Code {\n",
    );
    for error in errors {
        let Entry {
            key,
            name,
            status,
            description,
            ..
        } = error;
        let _ = writeln!(out, "    /// `{key}`, status {status}: {description}");
        let mut properties = String::new();
        if let Some(action) = &error.action {
            let _ = writeln!(out, "    ///\n    /// Action: {action}");
            properties = format!(", props(action = {action:?})");
        }
        let _ = writeln!(
            out,
            "    #[error({description:?})]\n    #[strum(serialize = {key:?}{properties})]\n    \
             #[serde(rename = {key:?})]\n    {name},"
        );
    }
    out.push_str("}\n\n");
    out.push_str(&status(errors));
    if details != Details::None {
        out.push_str(&details_structs(errors));
    }
    if details == Details::ReadAndWritten {
        out.push_str(&details_enum(errors));
    }
    out
}

/// An enum with a `match` for each thing that is known of its errors.
#[must_use]
pub fn matches(errors: &[Entry]) -> String {
    let mut out = plain(errors);
    out.push_str(&status(errors));
    let texts = |texts: &dyn Fn(&Entry) -> Option<String>| -> String {
        let arm = |error: &Entry| {
            Some(format!(
                "            Self::{} => {},\n",
                error.name,
                texts(error)?
            ))
        };
        errors.iter().filter_map(arm).collect()
    };
    let keys = texts(&|error| Some(format!("{:?}", error.key)));
    let descriptions = texts(&|error| Some(format!("{:?}", error.description)));
    let actions = texts(&|error| {
        error
            .action
            .as_ref()
            .map(|action| format!("Some({action:?})"))
    });
    let _ = write!(
        out,
        "impl Code {{
    /// The code on the wire.
    pub const fn key(self) -> &'static str {{
        match self {{
{keys}        }}
    }}

    /// What it means.
    pub const fn description(self) -> &'static str {{
        match self {{
{descriptions}        }}
    }}

    /// What to do.
    pub const fn action(self) -> Option<&'static str> {{
        match self {{
{actions}            #[allow(unreachable_patterns, reason = \"where every error has one\")]
            _ => None,
        }}
    }}

    /// The error with this code.
    pub fn from_key(key: &str) -> Option<Self> {{
        Some(match key {{
{}            _ => return None,
        }})
    }}
}}

impl std::fmt::Display for Code {{
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {{
        f.write_str(self.description())
    }}
}}

impl std::error::Error for Code {{}}
",
        by_key(errors),
    );
    out
}

/// An enum whose codes strum looks up with phf.
#[must_use]
pub fn strum_phf(errors: &[Entry]) -> String {
    let mut out = String::from(
        "//! The errors of the Media API.\n\n/// The errors of the Media API.\n\
         #[derive(Clone, Copy, strum::EnumString)]\n#[strum(use_phf)]\npub enum Code {\n",
    );
    for error in errors {
        let (key, name) = (&error.key, &error.name);
        let _ = writeln!(out, "    #[strum(serialize = {key:?})]\n    {name},");
    }
    out.push_str("}\n");
    out
}

/// An enum alone.
#[must_use]
pub fn plain(errors: &[Entry]) -> String {
    let mut out = String::from(
        "//! The errors of the Media API.\n\n/// The errors of the Media API.\n\
         #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]\n#[non_exhaustive]\npub enum Code {\n",
    );
    for Entry {
        key,
        name,
        status,
        description,
        ..
    } in errors
    {
        let _ = writeln!(
            out,
            "    /// `{key}`, status {status}: {description}\n    {name},"
        );
    }
    out.push_str("}\n\n");
    out
}

/// A map of phf from the codes to an enum.
#[must_use]
pub fn phf_map(errors: &[Entry]) -> String {
    let rows = by_key(errors).replace("Self::", "Code::");
    format!(
        "/// The errors by their codes.\n\
         pub static BY_KEY: phf::Map<&'static str, Code> = phf::phf_map! {{\n{rows}}};\n"
    )
}

fn by_key(errors: &[Entry]) -> String {
    let row = |error: &Entry| format!("            {:?} => Self::{},\n", error.key, error.name);
    errors.iter().map(row).collect()
}

/// One arm for each status, which compiles no slower than an arm for each variant.
fn status(errors: &[Entry]) -> String {
    let mut arms: BTreeMap<u16, Vec<String>> = BTreeMap::new();
    for error in errors {
        let pattern = format!("Self::{}", error.name);
        arms.entry(error.status).or_default().push(pattern);
    }
    let mut out = String::from(
        "impl Code {\n    /// The HTTP status.\n    pub const fn status(self) -> u16 {\n        \
         match self {\n",
    );
    for (status, patterns) in arms {
        let patterns = patterns.join("\n            | ");
        let _ = writeln!(out, "            {patterns} => {status},");
    }
    out.push_str("        }\n    }\n}\n");
    out
}

fn details_structs(errors: &[Entry]) -> String {
    let mut out = String::from("\n/// The details of errors.\npub mod details {\n");
    for error in errors.iter().filter(|error| !error.details.is_empty()) {
        let _ = writeln!(
            out,
            "    /// The details of `{}`.\n    \
             #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]\n    \
             pub struct {} {{",
            error.key, error.name
        );
        for (name, _, ty) in &error.details {
            let _ = writeln!(out, "        /// The {name}.\n        pub {name}: {ty},");
        }
        out.push_str("    }\n");
    }
    out.push_str("}\n");
    out
}

fn details_enum(errors: &[Entry]) -> String {
    let detailed = errors.iter().filter(|error| !error.details.is_empty());
    let each = |text: &dyn Fn(&str) -> String| -> String {
        detailed.clone().map(|error| text(&error.name)).collect()
    };
    format!(
        "
/// The details of any error.
#[derive(Clone, Debug, PartialEq)]
pub enum Details {{
{}}}

impl Details {{
    /// The details of an error from their JSON text; `None` where it has none.
    pub fn read(code: Code, json: &str) -> serde_json::Result<Option<Self>> {{
        Ok(Some(match code {{
{}            _ => return Ok(None),
        }}))
    }}

    /// The JSON text.
    pub fn write(&self) -> serde_json::Result<String> {{
        match self {{
{}        }}
    }}
}}
",
        each(&|name| format!("    /// Of this error.\n    {name}(details::{name}),\n")),
        each(&|name| format!(
            "            Code::{name} => Self::{name}(serde_json::from_str(json)?),\n"
        )),
        each(&|name| format!(
            "            Self::{name}(details) => serde_json::to_string(details),\n"
        )),
    )
}
