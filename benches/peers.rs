//! What else makes Rust of a list of errors, each from its own format.

use std::fs;
use std::path::Path;

use errbook_benches::inputs::{conjure, protobuf, schema};

use super::{Contestant, Result};

pub(super) const PEERS: [Contestant; 3] = [
    Contestant {
        name: "prost-build with protox",
        input: "catalog.proto",
        write: |errors| Ok(protobuf(errors)),
        run: prost_build,
        most: usize::MAX,
    },
    Contestant {
        name: "typify",
        input: "catalog.schema.json",
        write: |errors| Ok(serde_json::to_string_pretty(&schema(errors))?),
        run: typify,
        most: usize::MAX,
    },
    Contestant {
        name: "conjure-codegen",
        input: "catalog.conjure.json",
        write: |errors| Ok(serde_json::to_string_pretty(&conjure(errors))?),
        run: conjure_codegen,
        // A file for each error, and one that names all.
        most: 20_000,
    },
];

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

fn typify(file: &Path) -> Result<usize> {
    let schema: schemars::schema::RootSchema = serde_json::from_str(&fs::read_to_string(file)?)?;
    let mut types = typify::TypeSpace::new(&typify::TypeSpaceSettings::default());
    types.add_root_schema(schema)?;
    let file = syn::parse2(types.to_stream())?;
    Ok(prettyplease::unparse(&file).len())
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
