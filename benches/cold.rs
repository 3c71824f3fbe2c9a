//! What a generator costs the first build of a crate that uses it.
//!
//! ```text
//! cargo bench --manifest-path benches/Cargo.toml --bench cold
//! ```
//!
//! Crates with the same 26 errors are built with nothing that was built before, one after the other: with
//! errbook in a build script, and with what its command has written into the source, which needs no build
//! script; with generators that others would take, each in a build script of its kind, with all that the
//! code needs that it makes; and with derives. Told are the packages that cargo builds for it, the seconds,
//! and the seconds of a build after which nothing has changed.
//!
//! Nothing here asserts a time. The exit status is 0 unless a build fails.

use std::path::Path;
use std::process::ExitCode;

use errbook_benches::catalogs::{Entry, catalog, errors};
use errbook_benches::hand_written::{DERIVES, Details, derives};
use errbook_benches::inputs::{conjure, protobuf, schema};
use errbook_benches::scratch::{
    self, Result, Scratch, Sources, Spread, Way, errbook_dependency, generated, is_measured,
};

/// How many errors the crates have: those of one API. The build of the generator is what takes time.
const SIZE: usize = 26;

const ROUNDS: usize = 3;

/// The first is what the others are measured against.
const WAYS: [Way; 6] = [
    Way {
        name: "errbook in `build.rs`",
        package: "cold-errbook",
        sources: |errors| {
            Ok(sources([
                ("../catalog/api.toml", catalog(errors)),
                (
                    "../build.rs",
                    in_main("errbook_codegen::Build::new().run();"),
                ),
                ("lib.rs", "errbook::include_catalogs!();\n".to_owned()),
            ]))
        },
    },
    Way {
        name: "errbook's output, committed",
        package: "cold-errbook-committed",
        sources: |errors| {
            let mut sources = generated(errors)?;
            sources.insert("lib.rs".to_owned(), "pub mod errors;\n".to_owned());
            Ok(sources)
        },
    },
    Way {
        name: "derives of thiserror, strum and serde",
        package: "cold-derives",
        sources: |errors| Ok(sources([("lib.rs", derives(errors, Details::Structs))])),
    },
    Way {
        name: "prost-build with protox",
        package: "cold-prost",
        sources: |errors| {
            let build = in_main(
                "let descriptors = protox::compile([\"api.proto\"], [\".\"]).unwrap();
    prost_build::compile_fds(descriptors).unwrap();",
            );
            Ok(sources([
                ("../api.proto", protobuf(errors)),
                ("../build.rs", build),
                ("lib.rs", included("api.rs")),
            ]))
        },
    },
    Way {
        name: "typify",
        package: "cold-typify",
        sources: |errors| {
            let build = in_main(
                "let schema = std::fs::read_to_string(\"api.json\").unwrap();
    let mut types = typify::TypeSpace::new(&typify::TypeSpaceSettings::default());
    types.add_root_schema(serde_json::from_str(&schema).unwrap()).unwrap();
    let file = syn::parse2(types.to_stream()).unwrap();
    let path = std::path::Path::new(&std::env::var(\"OUT_DIR\").unwrap()).join(\"api.rs\");
    std::fs::write(path, prettyplease::unparse(&file)).unwrap();",
            );
            Ok(sources([
                ("../api.json", schema(errors).to_string()),
                ("../build.rs", build),
                ("lib.rs", included("api.rs")),
            ]))
        },
    },
    Way {
        name: "conjure-codegen",
        package: "cold-conjure",
        sources: |errors| {
            let build = in_main(
                "let out = std::path::Path::new(&std::env::var(\"OUT_DIR\").unwrap()).join(\"api\");
    conjure_codegen::Config::new().generate_files(\"api.json\", out).unwrap();",
            );
            Ok(sources([
                ("../api.json", conjure(errors).to_string()),
                ("../build.rs", build),
                ("lib.rs", included("api/mod.rs")),
            ]))
        },
    },
];

fn main() -> ExitCode {
    scratch::main(run)
}

fn run(arguments: &[String]) -> Result<()> {
    let errors = errors(SIZE);
    if !is_measured(arguments) {
        for way in &WAYS {
            (way.sources)(&errors)?;
        }
        println!("nothing is measured: use `cargo bench`");
        return Ok(());
    }
    let scratch = scratch(&errors)?;
    let names = [
        "prost-build",
        "typify",
        "conjure-codegen",
        "thiserror",
        "strum",
        "serde",
    ];
    println!("{}\n", scratch.versions(&names)?);
    let (mut first, mut again) = (vec![Vec::new(); WAYS.len()], vec![Vec::new(); WAYS.len()]);
    for _ in 0..ROUNDS {
        for ((way, first), again) in WAYS.iter().zip(&mut first).zip(&mut again) {
            scratch.clean()?;
            first.push(scratch.cargo(&["build"], way.package)?.as_secs_f64());
            again.push(scratch.cargo(&["build"], way.package)?.as_secs_f64());
        }
    }
    println!(
        "| | packages | first build, s: median (quartiles) | of errbook's (paired) | nothing changed, s |"
    );
    println!("|---|---:|---:|---:|---:|");
    for (index, way) in WAYS.iter().enumerate() {
        let packages = scratch.packages(way.package)?;
        let time = Spread::of(first[index].iter().copied());
        let ratio = Spread::of_ratios(&first[index], &first[0]);
        let again = Spread::of(again[index].iter().copied());
        println!(
            "| {} | {packages} | {time:.1} | {ratio:.2} | {again:.2} |",
            way.name
        );
    }
    Ok(())
}

fn scratch(errors: &[Entry]) -> Result<Scratch> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cold");
    let codegen = Path::new(env!("CARGO_MANIFEST_DIR")).join("../codegen");
    let codegen = codegen.to_string_lossy();
    let errbook = errbook_dependency(&["json"]);
    let packages = [
        (
            "cold-errbook",
            format!(
                "{errbook}\n\n[build-dependencies]\nerrbook-codegen = {{ path = {codegen:?} }}"
            ),
        ),
        ("cold-errbook-committed", errbook),
        ("cold-derives", DERIVES.to_owned()),
        ("cold-prost", PROST.to_owned()),
        ("cold-typify", TYPIFY.to_owned()),
        ("cold-conjure", CONJURE.to_owned()),
    ];
    let scratch = Scratch::new(folder, packages)?;
    for way in &WAYS {
        scratch.write_sources(way.package, &(way.sources)(errors)?)?;
    }
    Ok(scratch)
}

const PROST: &str = "\
prost = \"0.14\"

[build-dependencies]
prost-build = \"0.14\"
protox = \"0.10\"";

const TYPIFY: &str = "\
serde = { version = \"1\", features = [\"derive\"] }
serde_json = \"1\"

[build-dependencies]
prettyplease = \"0.2\"
serde_json = \"1\"
syn = \"2\"
typify = { version = \"0.6\", default-features = false }";

const CONJURE: &str = "\
conjure-error = \"5\"
conjure-object = \"5\"

[build-dependencies]
conjure-codegen = \"5\"";

fn sources<const N: usize>(files: [(&str, String); N]) -> Sources {
    files.map(|(path, text)| (path.to_owned(), text)).into()
}

fn in_main(code: &str) -> String {
    format!("fn main() {{\n    {code}\n}}\n")
}

fn included(file: &str) -> String {
    format!("include!(concat!(env!(\"OUT_DIR\"), \"/{file}\"));\n")
}
