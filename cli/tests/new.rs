//! `cargo errbook new`, end to end: packages that are really built, and what it leaves alone.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use errbook_codegen::__private::SETTINGS;
use errbook_codegen::{Level, Lint};
use snapbox::str;

#[cfg(target_os = "linux")]
use crate::support::errbook_with_read_only;
use crate::support::{WORKSPACE, empty_folder, errbook, read, run, stdout, write};

/// Every file but those of git and of builds, with its text.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut left = vec![folder.to_path_buf()];
    while let Some(next) = left.pop() {
        for entry in fs::read_dir(next).expect("it can be read") {
            let path = entry.expect("it can be read").path();
            if path.ends_with(".git") || path.ends_with("target") {
                continue;
            }
            let name = path.strip_prefix(folder).expect("it is in there");
            let name = name.display().to_string();
            if path.is_dir() {
                found.insert(name, "a folder".to_owned());
                left.push(path);
            } else {
                let text = fs::read(&path).expect("it can be read");
                found.insert(name, String::from_utf8_lossy(&text).into_owned());
            }
        }
    }
    found
}

/// The crates as they are here, in the place of those of the registry, for packages in this folder.
fn with_these_crates(folder: impl AsRef<Path>) {
    let root = Path::new(WORKSPACE).canonicalize().expect("it is there");
    let patch = |name: &str, path: &str| {
        // A string of JSON is one of TOML.
        let path = serde_json::Value::from(root.join(path).display().to_string());
        format!("{name} = {{ path = {path} }}\n")
    };
    let config = "[patch.crates-io]\n".to_owned()
        + &patch("errbook", "runtime")
        + &patch("errbook-codegen", "codegen");
    write(folder, ".cargo/config.toml", &config);
}

/// Runs cargo, which passes; what it prints. All packages share what they compile, from run to run.
#[track_caller]
fn cargo(folder: &Path, args: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(args)
        .current_dir(folder)
        .env(
            "CARGO_TARGET_DIR",
            concat!(env!("CARGO_TARGET_TMPDIR"), "/new"),
        )
        .env_remove("CI")
        .env_remove("ERRBOOK_MIRROR")
        .output()
        .expect("cargo runs");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{args:?}\n{told}");
    assert!(!told.contains("warning"), "{args:?}\n{told}");
    String::from_utf8(output.stdout).expect("it is UTF-8")
}

const PROGRAM: &str = r#"QUOTA_EXCEEDED, status 403: There are as many items as the plan has room for.
403 {"error":{"code":"QUOTA_EXCEEDED","message":"There are as many items as the plan has room for.","details":{"limit":20,"used":20}}}
Remove items, or choose a larger plan.
"#;

#[test]
fn new_package_builds_and_raises_its_error() {
    let folder = empty_folder();
    with_these_crates(&folder);
    run(&folder, &["new", "shop"])
        .success()
        .stdout_eq(str![[r#"
Made the package shop in shop
  added      .git
  added      .gitignore
  added      Cargo.toml
  added      build.rs
  added      catalog/shop.toml
  added      errbook.toml
  added      src/main.rs
Next:
  cd shop
  cargo run
Your errors go into catalog/shop.toml; their page is generated/docs/shop.md

"#]])
        .stderr_eq("");
    let shop = folder.path().join("shop");
    run(&shop, &["check", "--deny", "warnings"]).success();
    cargo(&shop, &["fmt", "--check"]);
    assert_eq!(cargo(&shop, &["run", "--offline"]), PROGRAM);
    let page = read(&shop, "generated/docs/shop.md");
    assert!(page.contains("# Shop API"), "{page}");
    assert!(page.contains(r#"<a id="QUOTA_EXCEEDED"></a>"#), "{page}");
    // The schemas that the files name are there.
    for (file, folder, schema) in [
        (
            "catalog/shop.toml",
            "catalog",
            "../generated/schema/catalog.schema.json",
        ),
        (SETTINGS, "", "./generated/schema/errbook.schema.json"),
    ] {
        let first = format!("#:schema {schema}\n");
        assert!(read(&shop, file).starts_with(&first), "{file}");
        assert!(shop.join(folder).join(schema).is_file(), "{schema}");
    }
    run(&shop, &["generate", "--check"]).success();
    // The guide shows what the program prints.
    let guide = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/guide/new.md");
    let guide = fs::read_to_string(guide).expect("it can be read");
    assert!(guide.contains(PROGRAM), "{guide}");
}

/// Ids that are words of Rust, longer than a line has room for, or hold hyphens.
#[test]
fn unusual_api_ids_compile() {
    let folder = empty_folder();
    with_these_crates(&folder);
    let long = "a-very-long-id-of-an-api-that-is-as-long-as-an-id-may-be-at-most";
    assert_eq!(long.len(), 64);
    for id in ["gen", long] {
        let package = folder.path().join(id);
        run(&folder, &["new", id, "--quiet"])
            .success()
            .stdout_eq("");
        assert_eq!(cargo(&package, &["run", "--offline"]), PROGRAM);
        cargo(&package, &["fmt", "--check"]);
    }
}

#[test]
fn new_settings_enable_lints_that_are_off_by_default() {
    let folder = empty_folder();
    run(&folder, &["new", "shop"]).success();
    let settings = read(&folder, "shop/errbook.toml");
    let lints: Vec<&str> = settings
        .lines()
        .filter_map(|line| line.strip_suffix(" = \"warn\""))
        .collect();
    let off = Lint::ALL.iter();
    let off = off.filter(|lint| lint.default_level() == Level::Allow);
    assert_eq!(lints, off.map(|lint| lint.name()).collect::<Vec<_>>());
}

#[test]
fn folder_with_other_files_becomes_a_package() {
    let folder = empty_folder();
    write(&folder, "my_shop.v2/README.md", "Mine.\n");
    write(&folder, "my_shop.v2/.gitignore", "/notes\n");
    let new = run(&folder, &["new", "my_shop.v2"]);
    new.success().stdout_eq(str![[r#"
Made the package my-shop-v2 in my_shop.v2
  added      .git
  added      Cargo.toml
  added      build.rs
  added      catalog/my-shop-v2.toml
  added      errbook.toml
  added      src/main.rs
  changed    .gitignore
Next:
  cd my_shop.v2
  cargo run
Your errors go into catalog/my-shop-v2.toml; their page is generated/docs/my-shop-v2.md

"#]]);
    assert_eq!(read(&folder, "my_shop.v2/README.md"), "Mine.\n");
    let catalog = read(&folder, "my_shop.v2/catalog/my-shop-v2.toml");
    assert!(catalog.contains("title = \"My Shop V2 API\""), "{catalog}");
}

#[test]
fn new_package_joins_the_surrounding_workspace() {
    let folder = empty_folder();
    let workspace = "[workspace]\nmembers = []\nresolver = \"3\"\n\n[workspace.lints.rust]\nunsafe_code = \"forbid\"\n";
    write(&folder, "Cargo.toml", workspace);
    with_these_crates(&folder);
    let new = run(&folder, &["new", "crates/shop"]);
    let new = new.success();
    let told = stdout(&new);
    assert!(told.contains("  changed    "), "{told}");
    let manifest = read(&folder, "Cargo.toml");
    assert!(
        manifest.contains(r#"members = ["crates/shop"]"#),
        "{manifest}"
    );
    let run = ["run", "--offline", "--package=shop"];
    assert_eq!(cargo(folder.path(), &run), PROGRAM);
}

/// A library, as `cargo new --lib` makes it.
fn library(folder: impl AsRef<Path>) -> PathBuf {
    let root = folder.as_ref().join("store");
    let manifest = "[package]\nname = \"store\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";
    write(&root, "Cargo.toml", manifest);
    write(&root, "src/lib.rs", "//! A store.\n");
    root
}

/// Adds the lines that `new` says are to be added.
#[track_caller]
fn do_as_told(root: &Path, told: &str) {
    let steps = told.lines().filter_map(|line| line.strip_prefix("  in "));
    for step in steps {
        let (place, line) = step.split_once(": ").expect("a place and a line");
        match place.split_once(", ") {
            Some((file, table)) => {
                let text = read(root, file);
                assert!(!text.contains(table), "{text}");
                write(root, file, format!("{text}\n{table}\n{line}\n"));
            }
            None => write(root, place, format!("{}\n{line}\n", read(root, place))),
        }
    }
}

#[test]
fn existing_package_gets_an_api() {
    let folder = empty_folder();
    with_these_crates(&folder);
    let store = library(&folder);
    fs::create_dir(folder.path().join(".git")).expect("it can be made");
    let before = files(&store);
    let new = run(&store, &["new"]).success().stderr_eq("");
    let told = stdout(&new);
    new.stdout_eq(str![[r#"
Added the API store to the package store
  added      catalog/store.toml
  added      errbook.toml
  added      build.rs
Next:
  in Cargo.toml, [dependencies]: errbook = { version = "[..]", features = ["json"] }
  in Cargo.toml, [build-dependencies]: errbook-codegen = "[..]"
  in src/lib.rs: errbook::include_catalogs!();
  cargo build
Your errors go into catalog/store.toml; their page is generated/docs/store.md

"#]]);
    let after = files(&store);
    for (path, text) in &before {
        assert_eq!(after.get(path), Some(text), "{path}");
    }
    do_as_told(&store, &told);
    cargo(&store, &["build", "--offline"]);

    // Now nothing is left to do by hand.
    run(&folder, &["new", "store", "--api", "payments"])
        .success()
        .stdout_eq(str![[r#"
Added the API payments to the package store
  added      catalog/payments.toml
Next:
  cd store
  cargo build
Your errors go into catalog/payments.toml; their page is generated/docs/payments.md

"#]]);
    cargo(&store, &["build", "--offline"]);
    run(&store, &["check", "--deny", "warnings"]).success();
}

#[test]
fn existing_files_are_reported_and_left_alone() {
    let folder = empty_folder();
    let store = library(&folder);
    let settings =
        "catalogs = \"api/errors\"\n[output]\ndocs = \"site\"\nschema = \"api/schema\"\n";
    write(&store, SETTINGS, settings);
    write(&store, "build.rs", "fn main() {\n    println!();\n}\n");
    run(&store, &["new"]).success().stdout_eq(str![[r#"
Added the API store to the package store
  added      api/errors/store.toml
Next:
  in Cargo.toml, [dependencies]: errbook = { version = "[..]", features = ["json"] }
  in Cargo.toml, [build-dependencies]: errbook-codegen = "[..]"
  in main of build.rs: errbook_codegen::Build::new().mirror("generated").run();
  in src/lib.rs: errbook::include_catalogs!();
  cargo build
  cargo errbook generate
Your errors go into api/errors/store.toml; their page is site/store.md

"#]]);
    let catalog = read(&store, "api/errors/store.toml");
    let schema = "#:schema ../../api/schema/catalog.schema.json\n";
    assert!(catalog.starts_with(schema), "{catalog}");
    // Outputs without a schema: the catalog names none.
    write(&store, SETTINGS, "[output]\nrust = \"src/errors\"\n");
    let new = run(&store, &["new", "--api", "other"]).success();
    let told = stdout(&new);
    assert!(
        told.ends_with("Your errors go into catalog/other.toml\n"),
        "{told}"
    );
    let catalog = read(&store, "catalog/other.toml");
    assert!(catalog.starts_with("# The errors"), "{catalog}");
}

/// The steps of a package with this in its manifest, up to the build.
#[track_caller]
fn check_steps(manifest: &str, expected: &[&str]) {
    let folder = empty_folder();
    let store = library(&folder);
    write(&folder, "errbook/src/lib.rs", "");
    write(&folder, "errbook/build.rs", "");
    let errbook_there =
        "[package]\nname = \"errbook\"\nversion = \"0.1.0\"\n\n[features]\njson = []\naxum = []\n";
    write(&folder, "errbook/Cargo.toml", errbook_there);
    let text = read(&store, "Cargo.toml") + manifest;
    write(&store, "Cargo.toml", &text);
    let new = run(&store, &["new"]).success();
    let told = stdout(&new);
    let steps = told.lines().skip_while(|line| *line != "Next:").skip(1);
    let steps = steps.take_while(|line| *line != "  cargo build");
    let steps: Vec<&str> = steps.map(str::trim).collect();
    assert_eq!(steps, expected, "{told}");
}

#[test]
fn steps_leave_out_what_the_manifest_contains() {
    const VERSION: &str = env!("CARGO_PKG_VERSION");
    let runtime = format!(
        "in Cargo.toml, [dependencies]: errbook = {{ version = \"{VERSION}\", features = [\"json\"] }}"
    );
    let generator = format!("in Cargo.toml, [build-dependencies]: errbook-codegen = \"{VERSION}\"");
    let code = "in src/lib.rs: errbook::include_catalogs!();";
    check_steps("", &[&runtime, &generator, code]);
    let dependency = "[dependencies]\nerrbook = { path = \"../errbook\"";
    check_steps(
        &format!("{dependency} }}\n"),
        &[
            "in Cargo.toml, [dependencies]: errbook with features = [\"json\"]",
            &generator,
            code,
        ],
    );
    for feature in ["json", "axum"] {
        let manifest = format!("{dependency}, features = [\"{feature}\"] }}\n");
        check_steps(&manifest, &[&generator, code]);
    }
    let no_script = "in Cargo.toml, [package]: take out `build = false`";
    check_steps("build = false\n", &[&runtime, &generator, code, no_script]);
    for kind in ["staticlib", "cdylib", "dylib"] {
        let manifest = format!("[lib]\ncrate-type = [\"{kind}\"]\n");
        check_steps(&manifest, &[&runtime, &generator, code]);
    }
    let code = "in src/lib.rs: mod errors { errbook::include_catalogs!(); }";
    check_steps("[lib]\nproc-macro = true\n", &[&runtime, &generator, code]);
}

#[test]
fn single_catalog_named_by_settings_is_created() {
    let folder = empty_folder();
    let store = library(&folder);
    write(&store, SETTINGS, "catalogs = \"api/errs.toml\"\n");
    run(&store, &["new"]).success().stdout_eq(str![[r#"
Added the API store to the package store
  added      api/errs.toml
  added      build.rs
...
Your errors go into api/errs.toml; their page is generated/docs/store.md

"#]]);
    let catalog = read(&store, "api/errs.toml");
    assert!(catalog.starts_with("#:schema ../generated/"), "{catalog}");
    run(&store, &["check"]).success();
}

#[test]
fn generate_is_a_step_where_builds_write_no_pages() {
    let folder = empty_folder();
    let run = errbook(&folder, &["new", "shop"])
        .env("CI", "true")
        .assert()
        .success();
    run.stdout_eq(str![[r#"
...
  cd shop
  cargo run
  cargo errbook generate
...
"#]]);
}

#[test]
#[cfg(unix)]
fn printed_folder_is_quoted_for_shells() {
    let folder = empty_folder();
    for (name, word) in [
        ("a shop", "'a shop'"),
        ("it's $HOME", r"'it'\''s $HOME'"),
        ("a;b", "'a;b'"),
        ("--", "./--"),
    ] {
        let args = ["new", "--api", "shop", "--", name];
        let new = run(&folder, &args).success();
        let told = stdout(&new);
        assert!(told.contains(&format!("  cd {word}\n")), "{told}");
    }
}

/// What ends with 2 and changes nothing.
#[track_caller]
fn refused(folder: impl AsRef<Path>, args: &[&str], told: impl snapbox::IntoData) {
    let before = files(folder.as_ref());
    run(&folder, &[&["new"], args].concat())
        .code(2)
        .stdout_eq("")
        .stderr_eq(told);
    assert_eq!(files(folder.as_ref()), before);
}

#[test]
fn invalid_names_are_refused() {
    let folder = &empty_folder();
    let no_id = |id: &str| {
        format!(
            "error: `{id}` is no id: ids are small letters and digits, with single hyphens between, \
             a letter first; name the API: --api ID\n"
        )
    };
    refused(folder, &["2shops"], no_id("2shops"));
    refused(folder, &["größe"], no_id("größe"));
    refused(folder, &["shop", "--api", "Shop"], no_id("Shop"));
    refused(folder, &["shop", "--api", "a\"b"], no_id("a\"b"));
    let device =
        "error: `con` cannot be the name of a file: a reserved name; name the API: --api ID\n";
    refused(folder, &["con"], device);
    refused(
        folder,
        &["crate"],
        "error: `crate` cannot be the name of a module: a keyword of Rust that nothing can be named; name the API: --api ID\n",
    );
    // What cargo refuses, cargo says.
    refused(
        folder,
        &["fn"],
        "error: cargo: invalid package name `fn`: it is a Rust keyword; name the API otherwise: --api ID\n",
    );
    refused(
        folder,
        &["test"],
        "error: cargo: invalid package name `test`: [..]; name the API otherwise: --api ID\n",
    );
    refused(
        folder,
        &["/"],
        "error: the folder has no name to make an id of; name the API: --api ID\n",
    );
    // They are no names of packages here.
    let store = library(folder);
    run(&store, &["new", "--api", "test"]).success();
}

#[test]
fn existing_file_in_the_way_is_named() {
    let folder = &empty_folder();
    for (path, shown) in [
        ("a/build.rs", "a/build.rs"),
        ("b/src/lib.rs", "b/src/lib.rs"),
        ("c/src/main.rs", "c/src/main.rs"),
        ("d/errbook.toml", "d/errbook.toml"),
    ] {
        write(folder, path, "");
        let told = format!(
            "error: `{shown}` is in the way, nothing was written; \
             move it away, or make the package first: cargo init\n"
        );
        refused(folder, &[&path[..1]], told);
    }
    write(folder, "file", "");
    refused(folder, &["file"], "error: `file` is no folder\n");
    let store = library(folder);
    run(&store, &["new"]).success();
    refused(
        &store,
        &[],
        "error: catalog/store.toml has the id `store` already; name the API: --api ID\n",
    );
    write(&store, "catalog/other.toml", "");
    refused(
        &store,
        &["--api", "other"],
        "error: `./catalog/other.toml` is in the way, nothing was written; give the new API another id: --api ID\n",
    );
    write(&store, SETTINGS, "catalogs = \"catalog/store.toml\"\n");
    refused(
        &store,
        &["--api", "third"],
        "error: `catalog/store.toml` is a single catalog; name a folder in errbook.toml to have several: catalogs = \"catalog\"\n",
    );
    refused(
        &store,
        &["--project", "."],
        "error: `new` takes neither --project nor --catalogs; the folder is its DIR\n",
    );
}

#[test]
fn current_folder_is_used_only_if_it_is_a_package() {
    let folder = empty_folder();
    let store = library(&folder);
    let told = "error: this folder holds no package; name that of one, or of a new one: cargo errbook new DIR (`.` is this one)\n";
    refused(store.join("src"), &[], told);
    refused(&folder, &[], told);
    let shop = folder.path().join("shop");
    fs::create_dir(&shop).expect("it can be made");
    run(&shop, &["new"]).success().stdout_eq(str![[r#"
Made the package shop in .
...
Next:
  cargo run
...
"#]]);
    run(&folder, &["new", ".", "--api", "other"]).success();
}

#[test]
fn existing_catalogs_keep_their_lint_levels() {
    let folder = empty_folder();
    let store = library(&folder);
    let catalog = "[api]\nid = \"first\"\ntitle = \"First API\"\n\n[envelope]\n";
    write(&store, "catalog/first.toml", catalog);
    run(&store, &["new"]).success();
    assert!(!store.join(SETTINGS).exists());
}

#[test]
fn invalid_manifest_is_reported() {
    let folder = &empty_folder();
    write(
        folder,
        "all/Cargo.toml",
        "[workspace]\nmembers = [\"other\"]\nresolver = \"3\"\n",
    );
    write(
        folder,
        "all/other/Cargo.toml",
        "[package]\nname = \"other\"\n",
    );
    write(folder, "all/other/src/lib.rs", "");
    refused(
        folder,
        &["all"],
        "error: `Cargo.toml` is that of a workspace, without a package; name the folder of a member, or of a new one: cargo errbook new DIR\n",
    );
    write(
        folder,
        "all/store/Cargo.toml",
        "[package]\nname = \"store\"\n",
    );
    write(folder, "all/store/src/lib.rs", "");
    refused(
        folder,
        &["all/store"],
        "error: cargo: current package believes it's in a workspace when it's not:\n...\n",
    );
    write(folder, "wrong/Cargo.toml", "package\n");
    refused(folder, &["wrong"], "error: cargo: [..]\n...\n");
}

/// Root may write everywhere: another user is asked.
#[cfg(target_os = "linux")]
#[test]
fn read_only_folder_is_unchanged() {
    let folder = empty_folder();
    let store = library(&folder);
    let before = files(&store);
    let refused = errbook_with_read_only(&store, &store, &["new"]).code(2);
    let told = String::from_utf8_lossy(&refused.get_output().stderr);
    assert!(
        told.contains("catalog/store.toml: Permission denied"),
        "{told}"
    );
    assert!(told.ends_with("; nothing was written\n"), "{told}");
    assert_eq!(files(&store), before);
}
