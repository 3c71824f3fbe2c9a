//! What else makes Rust of a list of errors, each from its own format.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::{Contestant, Entry, Result};

pub(super) const PEERS: [Contestant; 3] = [
    Contestant {
        name: "prost-build with protox",
        input: "catalog.proto",
        write: |errors| Ok(protobuf(errors)),
        run: prost_build,
    },
    Contestant {
        name: "typify",
        input: "catalog.schema.json",
        write: |errors| Ok(serde_json::to_string_pretty(&schema(errors))?),
        run: typify,
    },
    Contestant {
        name: "conjure-codegen",
        input: "catalog.conjure.json",
        write: |errors| Ok(serde_json::to_string_pretty(&conjure(errors))?),
        run: conjure_codegen,
    },
];

/// What a comment or a description says of an error.
fn docs(error: &Entry) -> String {
    let Entry {
        key,
        status,
        description,
        action,
        ..
    } = error;
    let mut docs = format!("`{key}`, status {status}: {description}");
    if let Some(action) = action {
        let _ = write!(docs, "\n\nAction: {action}");
    }
    docs
}

/// The errors as an enum of Protobuf.
fn protobuf(errors: &[Entry]) -> String {
    let mut out =
        "syntax = \"proto3\";\npackage api;\n\nenum Code {\n  CODE_UNSPECIFIED = 0;\n".to_owned();
    for (number, error) in (1..).zip(errors) {
        for line in docs(error).lines() {
            let _ = writeln!(out, "  // {line}");
        }
        let _ = writeln!(out, "  CODE_{} = {number};", error.key);
    }
    out + "}\n"
}

fn prost_build(file: &Path) -> Result<usize> {
    let folder = file.parent().ok_or("the file is in a folder")?;
    let descriptors = protox::compile([file], [folder])?;
    let requests = descriptors.file.into_iter().map(|file| {
        let module = prost_build::Module::from_protobuf_package_name(file.package());
        (module, file)
    });
    let modules = prost_build::Config::new().generate(requests.collect())?;
    Ok(modules.values().map(String::len).sum())
}

/// The errors as an enum of JSON Schema.
fn schema(errors: &[Entry]) -> Value {
    let one = |error: &Entry| json!({ "description": docs(error), "enum": [error.key] });
    let all: Vec<Value> = errors.iter().map(one).collect();
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Code",
        "type": "string",
        "oneOf": all,
    })
}

fn typify(file: &Path) -> Result<usize> {
    let schema: schemars::schema::RootSchema = serde_json::from_str(&fs::read_to_string(file)?)?;
    let mut types = typify::TypeSpace::new(&typify::TypeSpaceSettings::default());
    types.add_root_schema(schema)?;
    let file = syn::parse2(types.to_stream())?;
    Ok(prettyplease::unparse(&file).len())
}

/// The errors as those of Conjure.
fn conjure(errors: &[Entry]) -> Value {
    let one = |error: &Entry| {
        let argument = |(name, ty, _): &(&str, &str, &str)| {
            let item = json!({ "type": "primitive", "primitive": "STRING" });
            let ty = match *ty {
                "[string]" => json!({ "type": "list", "list": { "itemType": item } }),
                "u64" => json!({ "type": "primitive", "primitive": "SAFELONG" }),
                _ => item,
            };
            // Its names are in camel case.
            json!({ "fieldName": name.replace("retry_after", "retryAfter"), "type": ty })
        };
        let arguments: Vec<Value> = error.details.iter().map(argument).collect();
        json!({
            "errorName": { "name": error.name, "package": "com.example.api" },
            "docs": docs(error),
            "namespace": "Api",
            "code": "INVALID_ARGUMENT",
            "safeArgs": arguments,
            "unsafeArgs": [],
        })
    };
    let errors: Vec<Value> = errors.iter().map(one).collect();
    json!({ "version": 1, "errors": errors, "types": [], "services": [], "extensions": {} })
}

fn conjure_codegen(file: &Path) -> Result<usize> {
    let made = file.with_extension("rs");
    if made.exists() {
        fs::remove_dir_all(&made)?;
    }
    conjure_codegen::Config::new()
        .generate_files(file, &made)
        .map_err(|error| format!("{error:?}"))?;
    // To count what it has written would count as its time.
    Ok(0)
}
