//! `cargo errbook schema`: prints a JSON Schema.

use std::io;

use clap::builder::{PossibleValue, PossibleValuesParser};
use errbook_codegen::__private::{catalog_schema, settings_schema};

use crate::console::{Outcome, print};

/// The arguments of `schema`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// What the schema describes
    #[arg(default_value = "catalog", value_parser = names())]
    name: String,
}

const EXAMPLES: &str = "\
Examples:
  cargo errbook schema > catalog.schema.json
  cargo errbook schema errbook > errbook.schema.json
  cargo errbook schema findings > findings.schema.json
  cargo errbook schema diff > diff.schema.json
  cargo errbook schema errors > errors.schema.json

A catalog names its schema in its first line, as seen from its own folder:
  #:schema ../catalog.schema.json
Taplo (Even Better TOML) and Tombi then complete, describe and check it while it is written.
`cargo errbook generate` writes the first two, too: generated/schema/catalog.schema.json";

/// The name of a schema, what it describes, and its text.
type Schema = (&'static str, &'static str, fn() -> String);

const SCHEMAS: &[Schema] = &[
    ("catalog", "Catalogs", catalog_schema),
    ("errbook", "The settings in errbook.toml", settings_schema),
    ("findings", "What `check --format json` prints", || {
        include_str!("../../schema/findings.schema.json").to_owned()
    }),
    ("diff", "What `diff --format json` prints", || {
        include_str!("../../schema/diff.schema.json").to_owned()
    }),
    (
        "errors",
        "What `explain --json` and `list --json` print",
        || include_str!("../../schema/errors.schema.json").to_owned(),
    ),
];

fn names() -> PossibleValuesParser {
    let value = |(name, about, _): &Schema| PossibleValue::new(*name).help(*about);
    SCHEMAS.iter().map(value).collect::<Vec<_>>().into()
}

pub(crate) fn run(args: &Args) -> io::Result<Outcome> {
    let (.., text) = SCHEMAS
        .iter()
        .find(|(name, ..)| *name == args.name)
        .expect("no other name is taken");
    print(&text())?;
    Ok(Outcome::Good)
}
