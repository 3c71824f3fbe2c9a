//! Real builds of this package, in each kind of place that a build may find itself in.
//!
//! They happen in one copy of the workspace, at one path, with one target folder, all of which stays
//! from run to run: only the first run compiles the dependencies.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;
use std::{env, fs};

use serde_json::Value;

/// What a build writes after [`Checkout::edit_action`] and before anything else was edited.
const MODULE_TABLES_AND_PAGE: &[&str] = &[
    "changed generated/docs/converso.md",
    "changed generated/rust/converso.rs",
    "changed generated/rust/converso/tables.rs",
];
const NOTHING: &[&str] = &[];

#[test]
fn edited_action_changes_one_module_and_one_page() {
    let checkout = Checkout::fresh();
    checkout.edit_action("Knock at the other door");
    let built = checkout.check(&[], MODULE_TABLES_AND_PAGE);

    built.compiled_with("Knock at the other door");
    for file in ["docs/converso.md", "rust/converso.rs"] {
        let text = checkout.read(&format!("generated/{file}"));
        assert!(text.contains("Knock at the other door"), "{file}");
    }
    let mirror = texts(&checkout.root.join("generated/rust"));
    assert_eq!(texts(&checkout.code), mirror);
}

#[test]
fn unchanged_catalogs_compile_nothing() {
    let checkout = Checkout::fresh();
    for (action, environment) in [
        ("Sit down", &[][..]),
        ("Sit down in a hurry", &[("CI", "true")]),
        ("Sit down in silence", &[("ERRBOOK_MIRROR", "off")]),
    ] {
        checkout.edit_action(action);
        let first = checkout.build(environment);
        assert!(first.passed, "{}", first.stderr);
        // The library alone: the build script runs again, but is no other.
        assert_eq!(first.compiled, ["errbook_apis"], "{environment:?}");
        let second = checkout.check(environment, NOTHING);
        assert_eq!(second.compiled, NOTHING, "{environment:?}");
    }
}

#[test]
fn catalog_is_added_moved_and_removed_with_its_module_and_page() {
    let checkout = Checkout::fresh();
    let before = texts(&checkout.root);

    checkout.write("catalog/shop.toml", SHOP);
    let added = [
        "added generated/docs/shop.md",
        "added generated/fixtures/shop/OUT_OF_STOCK.json",
        "added generated/rust/shop.rs",
        "added generated/rust/shop/tables.rs",
        "changed generated/docs/README.md",
        "changed generated/rust/mod.rs",
    ];
    checkout.check(&[], &added);
    assert!(checkout.code.join("shop.rs").exists());

    // The headers name the file, nothing else does.
    checkout.rename("catalog/shop.toml", "catalog/store.toml");
    let moved = [
        "changed generated/docs/README.md",
        "changed generated/docs/shop.md",
        "changed generated/fixtures/shop/OUT_OF_STOCK.json",
        "changed generated/rust/mod.rs",
        "changed generated/rust/shop.rs",
        "changed generated/rust/shop/tables.rs",
    ];
    checkout.check(&[], &moved);

    checkout.edit("catalog/store.toml", |text| text.replace("shop", "store"));
    let renamed = [
        "added generated/docs/store.md",
        "added generated/fixtures/store/OUT_OF_STOCK.json",
        "added generated/rust/store.rs",
        "added generated/rust/store/tables.rs",
        "changed generated/docs/README.md",
        "changed generated/rust/mod.rs",
        "removed generated/docs/shop.md",
        "removed generated/fixtures/shop/OUT_OF_STOCK.json",
        "removed generated/rust/shop.rs",
        "removed generated/rust/shop/tables.rs",
    ];
    checkout.check(&[], &renamed);
    assert!(!checkout.code.join("shop.rs").exists());

    checkout.remove("catalog/store.toml");
    let removed = [
        "changed generated/docs/README.md",
        "changed generated/rust/mod.rs",
        "removed generated/docs/store.md",
        "removed generated/fixtures/store/OUT_OF_STOCK.json",
        "removed generated/rust/store.rs",
        "removed generated/rust/store/tables.rs",
    ];
    checkout.check(&[], &removed);
    assert_eq!(texts(&checkout.root), before);
}

#[test]
fn foreign_files_are_left_alone() {
    let checkout = Checkout::fresh();
    let foreign = [
        ("generated/NOTES.md", "Written by hand.\n"),
        ("generated/docs/old.md", "Written by hand, too.\n"),
        ("generated/rust/old/empty.rs", ""),
    ];
    for (file, text) in foreign {
        checkout.write(file, text);
    }
    checkout.edit_action("Mind the notes");
    checkout.check(&[], MODULE_TABLES_AND_PAGE);
}

#[test]
fn errbook_mirror_off_leaves_the_mirror_alone() {
    let checkout = Checkout::fresh();
    for (action, environment) in [
        ("Wait outside", &[("CI", "true")][..]),
        ("Wait outside the gate", &[("CI", "")]),
        ("Wait outside the door", &[("ERRBOOK_MIRROR", "off")]),
        (
            "Wait further away",
            &[("CI", "1"), ("ERRBOOK_MIRROR", "off")],
        ),
    ] {
        checkout.edit_action(action);
        checkout.check(environment, NOTHING).compiled_with(action);
    }
    // Without the variables the mirror catches up, though no catalog has changed since.
    checkout.check(&[], MODULE_TABLES_AND_PAGE);
}

#[test]
fn misspelt_errbook_mirror_fails_the_build() {
    let checkout = Checkout::fresh();
    checkout.edit_action("Spell it out");
    let finding = "\
error: E0111: `ERRBOOK_MIRROR` is `of`
error:  |
error:  = help: it may be `off`; unset it to refresh committed files in a working checkout
";
    checkout.check_refused(&[("ERRBOOK_MIRROR", "of")], finding);
    checkout.check(&[], MODULE_TABLES_AND_PAGE);
}

#[test]
fn only_a_working_checkout_is_refreshed() {
    let checkout = Checkout::fresh();

    checkout.remove(".git");
    checkout.edit_action("Download the archive");
    checkout
        .check(&[], NOTHING)
        .compiled_with("Download the archive");

    checkout.write(".git/HEAD", "ref: refs/heads/main\n");
    for mark in [
        ".cargo-ok",
        ".cargo_vcs_info.json",
        ".cargo-checksum.json",
        "Cargo.toml.orig",
    ] {
        checkout.write(mark, "");
        let action = format!("Depend on a copy with {mark}");
        checkout.edit_action(&action);
        checkout.check(&[], NOTHING).compiled_with(&action);
        checkout.remove(mark);
    }

    // In a linked work tree of git `.git` is a file.
    checkout.remove(".git");
    checkout.write(".git", "gitdir: elsewhere\n");
    checkout.edit_action("Link a work tree");
    checkout.check(&[], MODULE_TABLES_AND_PAGE);
}

#[cfg(unix)]
#[test]
fn read_only_checkout_builds() {
    let mut checkout = Checkout::fresh();
    checkout.edit_action("Look, do not touch");
    checkout.make_read_only();
    checkout
        .check(&[], NOTHING)
        .compiled_with("Look, do not touch");
}

#[test]
fn unwritable_mirror_is_a_warning() {
    let checkout = Checkout::fresh();
    checkout.remove("generated");
    checkout.write("generated", "This is a file.\n");
    checkout.edit_action("Clear the way");
    let before = files(&checkout.root);
    let built = checkout.build(&[]);
    assert!(built.passed, "{}", built.stderr);
    let warning = "warning: generated was not refreshed: ";
    assert!(built.said.starts_with(warning), "{}", built.stderr);
    assert_eq!(built.said.lines().count(), 1, "{}", built.stderr);
    assert_eq!(written(&before, &files(&checkout.root)), NOTHING);
    built.compiled_with("Clear the way");
}

#[test]
fn finding_is_printed_alone_and_fails_the_build() {
    let checkout = Checkout::fresh();
    checkout.edit_action("Stay as you were");
    checkout.write("catalog/shop.toml", SHOP.replace("409", "4090"));
    let finding = "\
error: E0502: this is no HTTP status
error:   --> catalog/shop.toml:10:10
error:    |
error: 10 | status = 4090
error:    |          ^^^^ not from 100 to 599
error:    |
error:    = help: write the status of the response; a number in its body may be the error's `code`
";
    checkout.check_refused(&[], finding);
    // Cargo must not take the failed run for done.
    checkout.check_refused(&[], finding);

    checkout.remove("catalog/shop.toml");
    checkout
        .check(&[], MODULE_TABLES_AND_PAGE)
        .compiled_with("Stay as you were");
}

#[test]
fn removed_released_code_fails_the_build() {
    let checkout = Checkout::fresh();
    checkout.edit_action("Mind the codes");
    checkout.check(&[], MODULE_TABLES_AND_PAGE);
    // A change of the lock alone is seen.
    let lock = "converso = [\n  { code = \"TAPE_TORN\", since = \"1.0\" },\n]\n";
    checkout.write("catalog/errbook.lock", lock);
    let finding = "\
error: E1202: the released code `TAPE_TORN` of `converso` is gone
error:  --> catalog/errbook.lock:2:12
error:   |
error: 2 |   { code = \"TAPE_TORN\", since = \"1.0\" },
error:   |            ^^^^^^^^^^^ no error has it, and no alias
error:   |
error:   = help: keep its error, with retired = \"…\"; when `cargo errbook lock` has noted that, it may go
error:   = help: or let the error that replaces it answer to it: aliases = [\"TAPE_TORN\"]
";
    checkout.check_refused(&[], finding);
    checkout.remove("catalog/errbook.lock");
    checkout.check(&[], NOTHING);
    let again = checkout.check(&[], NOTHING);
    assert_eq!(again.compiled, NOTHING);
}

#[test]
fn lint_warns_until_settings_deny_it() {
    let checkout = Checkout::fresh();
    checkout.write("errbook.toml", "[lints]\nmisused-status = \"warn\"\n");
    checkout.write("catalog/shop.toml", SHOP.replace("409", "299"));
    let built = checkout.build(&[]);
    assert!(built.passed, "{}", built.stderr);
    let told = "\
: misused-status: 299 says that the request succeeded
:   --> catalog/shop.toml:10:10
:    |
: 10 | status = 299
:    |          ^^^ RFC 9110, 15.3
:    |
:    = help: send another, or allow it, and say who decided so
";
    let lines = |level: &str| {
        told.lines()
            .fold(String::new(), |all, line| all + level + line + "\n")
    };
    assert_eq!(built.said, lines("warning"), "{}", built.stderr);

    // A change of the settings alone is seen.
    checkout.write("errbook.toml", "[lints]\nmisused-status = \"deny\"\n");
    checkout.check_refused(&[], &lines("error"));
    checkout.write("errbook.toml", "[lints]\nmisused-status = \"allow\"\n");
    let built = checkout.build(&[]);
    assert!(built.passed, "{}", built.stderr);
    assert_eq!(built.said, "", "{}", built.stderr);
}

#[test]
fn settings_name_the_catalogs_and_the_refreshed_outputs() {
    let checkout = Checkout::fresh();
    checkout.rename("catalog", "errors");
    checkout.write(
        "errbook.toml",
        "catalogs = \"errors\"\n[output]\ndocs = \"site/errors\"\n",
    );
    let pages = [
        "added site/errors/README.md",
        "added site/errors/audio-segments.md",
        "added site/errors/converso.md",
        "added site/errors/enconvert.md",
        "added site/errors/markdown-anything.md",
        "added site/errors/orders.md",
    ];
    checkout.check(&[], &pages);

    checkout.edit("errors/converso.toml", |text| {
        text.replacen("action = \"", "action = \"Move house, then: ", 1)
    });
    checkout
        .check(&[], &["changed site/errors/converso.md"])
        .compiled_with("Move house, then: ");
    let built = checkout.check(&[], NOTHING);
    assert_eq!(built.compiled, NOTHING);

    checkout.remove("errbook.toml");
    checkout.rename("errors", "catalog");
    // The edited action is the heading of a column, which the tables do not contain.
    let module_and_page = [
        "changed generated/docs/converso.md",
        "changed generated/rust/converso.rs",
    ];
    checkout.check(&[], &module_and_page);
}

#[test]
fn generator_and_runtime_of_different_interfaces_fail_with_the_remedy() {
    let checkout = Checkout::fresh();
    checkout.edit("runtime/src/macros/code.rs", |text| {
        text.replace("    (1) => {};", "    (2) => {};")
    });
    let built = checkout.build(&[]);
    assert!(!built.passed, "{}", built.stderr);
    let sentence = "error: this code was generated for interface 1 of `errbook`";
    assert!(built.stderr.contains(sentence), "{}", built.stderr);
}

#[test]
fn package_builds_while_the_mirror_is_stale() {
    let checkout = Checkout::fresh();
    checkout.edit_action("Pack it as it is");
    checkout.give_sources_a_version();
    // Without `--allow-dirty`, cargo packs a clean commit only.
    checkout.succeed("git", &["init", "--quiet"]);
    checkout.succeed("git", &["add", "--all"]);
    checkout.succeed("git", &["commit", "--quiet", "--message=Edit an action"]);

    // A build script that writes into its package fails the verification.
    let before = files(&checkout.root);
    checkout.succeed(CARGO, &["package", "--workspace", "--offline", "--quiet"]);
    assert_eq!(written(&before, &files(&checkout.root)), NOTHING);

    let list = ["package", "--list", "--package=errbook-apis", "--offline"];
    let list = checkout.succeed(CARGO, &list).replace('\\', "/");
    let packed: Vec<_> = list.lines().collect();
    let sources = |file: &&String| file.starts_with("catalog/") && !file.ends_with("README.md");
    for file in before.keys().filter(sources) {
        assert!(packed.contains(&file.as_str()), "{file} is not in {list}");
    }
    for folder in ["benches/", "cli/", "codegen/", "generated/", "tests/"] {
        let found = packed.iter().find(|file| file.starts_with(folder));
        assert_eq!(found, None, "in {list}");
    }
}

const SHOP: &str = r#"[api]
id = "shop"
title = "Shop API"

[envelope]
code = "/code"
message = "/message"

[error.OUT_OF_STOCK]
status = 409
description = "None left"
"#;

const CARGO: &str = env!("CARGO");

/// The copy of the workspace, while one test has it for itself.
struct Checkout {
    root: PathBuf,
    /// Where the code that compiles is.
    code: PathBuf,
    /// The program, with arguments, that runs every other program.
    wrapper: &'static [&'static str],
    _alone: MutexGuard<'static, ()>,
}

impl Checkout {
    /// A working checkout with what the workspace holds now, built, its mirror fresh.
    fn fresh() -> Self {
        static ALONE: Mutex<()> = Mutex::new(());
        // A test that failed leaves nothing behind that the next one would not put right.
        let alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
        let mut checkout = Self {
            root: home().join("checkout"),
            code: PathBuf::new(),
            wrapper: &[],
            _alone: alone,
        };
        fs::create_dir_all(&checkout.root).expect("the target folder can be written");
        set_writable(&checkout.root, true);

        let workspace = texts(Path::new(env!("CARGO_MANIFEST_DIR")));
        let copy = texts(&checkout.root);
        for file in copy.keys().filter(|file| !workspace.contains_key(*file)) {
            checkout.remove(file);
        }
        for (file, text) in &workspace {
            // Cargo compiles again what is newer than before, so only that is written. Catalogs
            // always are: the build script has to run, whatever the last build of the copy was.
            if copy.get(file) != Some(text) || file.starts_with("catalog/") {
                checkout.write(file, text);
            }
        }
        if checkout.root.join(".git").exists() {
            checkout.remove(".git");
        }
        checkout.write(".git/HEAD", "ref: refs/heads/main\n");

        let built = checkout.build(&[]);
        assert!(built.passed, "{}", built.stderr);
        checkout.code = built.out_dir.join("errbook");
        checkout
    }

    /// Builds, which passes without a word from the build script, and compares what the build wrote
    /// into the checkout.
    #[track_caller]
    fn check(&self, environment: &[(&str, &str)], expected: &[&str]) -> Built {
        let before = files(&self.root);
        let built = self.build(environment);
        assert!(built.passed, "{}", built.stderr);
        assert_eq!(built.said, "", "{}", built.stderr);
        assert_eq!(written(&before, &files(&self.root)), expected);
        built
    }

    /// Builds, which fails with this finding and shows nothing else, writing nothing.
    #[track_caller]
    fn check_refused(&self, environment: &[(&str, &str)], expected: &str) {
        let (before, code) = (files(&self.root), files(&self.code));
        let built = self.build(environment);
        assert!(!built.passed, "{}", built.stderr);
        assert_eq!(built.said, expected, "{}", built.stderr);
        // One sentence of cargo's; with a panic or the output of the script there would be more.
        let sentence = matches!(&built.rest[..], [line] if line.starts_with("error: "));
        assert!(sentence, "{}", built.stderr);
        assert_eq!(written(&before, &files(&self.root)), NOTHING);
        assert_eq!(written(&code, &files(&self.code)), NOTHING);
    }

    fn build(&self, environment: &[(&str, &str)]) -> Built {
        let arguments = [
            "build",
            "--package=errbook-apis",
            "--offline",
            "--locked",
            "--message-format=json-render-diagnostics",
        ];
        Built::new(&self.run(CARGO, &arguments, environment))
    }

    /// What a program prints that must succeed.
    #[track_caller]
    fn succeed(&self, program: &str, arguments: &[&str]) -> String {
        let output = self.run(program, arguments, &[]);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{program} {arguments:?}: {errors}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// Runs a program in the checkout, as from a prompt: without what cargo, git or a CI system set
    /// for this test.
    fn run(&self, program: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Output {
        let line = [self.wrapper, &[program], arguments].concat();
        let mut command = Command::new(line[0]);
        command.args(&line[1..]).current_dir(&self.root);
        for (name, _) in env::vars_os() {
            let text = name.to_string_lossy();
            let foreign = ["CARGO", "RUST", "GIT_"]
                .iter()
                .any(|start| text.starts_with(start));
            // Where the toolchain and the packages are.
            let needed = text == "CARGO_HOME" || text.starts_with("RUSTUP_");
            if (foreign && !needed) || text == "CI" || text == "ERRBOOK_MIRROR" {
                command.env_remove(&name);
            }
        }
        command
            .env("CARGO_TARGET_DIR", home().join("target"))
            .env("CARGO_TERM_COLOR", "never")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1");
        for role in ["AUTHOR", "COMMITTER"] {
            command
                .env(format!("GIT_{role}_NAME"), "Nobody")
                .env(format!("GIT_{role}_EMAIL"), "nobody@example.com");
        }
        command
            .envs(environment.iter().copied())
            .output()
            .unwrap_or_else(|error| panic!("{line:?}: {error}"))
    }

    /// Gives the first action of a catalog another text.
    fn edit_action(&self, action: &str) {
        self.edit("catalog/converso.toml", |text| {
            let old = text
                .lines()
                .find(|line| line.starts_with("action = "))
                .expect("the catalog has actions");
            text.replacen(old, &format!("action = {action:?}"), 1)
        });
    }

    /// Adds to the version of the packages what stands for the state of their sources.
    ///
    /// To verify one package, cargo takes the others from a registry that it makes for the purpose.
    /// What comes from a registry it unpacks and compiles once for each version, so under the same
    /// version it would verify with what an earlier run of this test had packed.
    fn give_sources_a_version(&self) {
        let mut state = DefaultHasher::new();
        for (file, text) in texts(&self.root) {
            if file == "Cargo.toml" || file.starts_with("codegen/") || file.starts_with("runtime/")
            {
                (file, text).hash(&mut state);
            }
        }
        let version = env!("CARGO_PKG_VERSION");
        let (old, new) = (
            format!("version = \"{version}\""),
            format!("version = \"{version}+{:016x}\"", state.finish()),
        );
        self.edit("Cargo.toml", |text| text.replacen(&old, &new, 1));
        self.succeed(CARGO, &["update", "--workspace", "--offline", "--quiet"]);
    }

    fn edit(&self, file: &str, edit: impl Fn(&str) -> String) {
        let text = self.read(file);
        let edited = edit(&text);
        assert!(edited != text, "the edit of {file} changed nothing");
        self.write(file, edited);
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.root.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
    }

    fn write(&self, file: &str, text: impl AsRef<[u8]>) {
        let place = self.root.join(file);
        let folder = place
            .parent()
            .expect("a file of the checkout is in a folder");
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&place, text))
            .unwrap_or_else(|error| panic!("{file}: {error}"));
    }

    fn rename(&self, old: &str, new: &str) {
        fs::rename(self.root.join(old), self.root.join(new))
            .unwrap_or_else(|error| panic!("{old}: {error}"));
    }

    /// Removes a file, or a folder with everything in it.
    fn remove(&self, file: &str) {
        let place = self.root.join(file);
        let removed = if place.is_dir() {
            fs::remove_dir_all(&place)
        } else {
            fs::remove_file(&place)
        };
        removed.unwrap_or_else(|error| panic!("{file}: {error}"));
    }

    /// Takes the right to write from everything in the checkout, and makes sure that programs then
    /// cannot write.
    #[cfg(unix)]
    fn make_read_only(&mut self) {
        // Root may write whatever the modes say, until it gives up that power.
        const WRAPPERS: [&[&str]; 2] = [
            &[],
            &[
                "setpriv",
                "--bounding-set=-dac_override,-dac_read_search",
                "--inh-caps=-dac_override,-dac_read_search",
            ],
        ];
        // That the first is possible shows that the second fails for the right reason.
        const PROBE: &str = r#"true > "$0" && ! true > generated/docs/probe"#;
        set_writable(&self.root, false);
        let probe = home().join("target/probe");
        let arguments = ["-c", PROBE, &probe.to_string_lossy()];
        for wrapper in WRAPPERS {
            self.wrapper = wrapper;
            if self.run("sh", &arguments, &[]).status.success() {
                return;
            }
            // Only the powerful get here, and they can remove it as well.
            self.remove("generated/docs/probe");
        }
        panic!("the checkout cannot be made read-only, not even with {WRAPPERS:?}");
    }
}

impl Drop for Checkout {
    /// Whoever cleans the target folder must be able to.
    fn drop(&mut self) {
        set_writable(&self.root, true);
    }
}

/// How a build ended.
struct Built {
    passed: bool,
    stderr: String,
    /// The lines of `stderr` that come from the build script, without the package's name.
    said: String,
    /// The other lines of `stderr`, without those that tell of progress.
    rest: Vec<String>,
    /// The targets that were not fresh.
    compiled: Vec<String>,
    library: PathBuf,
    out_dir: PathBuf,
}

impl Built {
    fn new(output: &Output) -> Self {
        // Cargo says the last of these where the script fails before cargo has looked at all else.
        const PROGRESS: [&str; 4] = [
            "    Blocking ",
            "   Compiling ",
            "    Finished ",
            "warning: build failed, waiting for other jobs",
        ];
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        let package = concat!("errbook-apis@", env!("CARGO_PKG_VERSION"), ": ");
        let (mut said, mut rest) = (String::new(), Vec::new());
        for line in stderr.lines() {
            if let Some((level, text)) = line.split_once(package) {
                said += format!("{level}{text}").trim_end();
                said += "\n";
            } else if !PROGRESS.iter().any(|progress| line.starts_with(progress)) {
                rest.push(line.to_owned());
            }
        }
        let mut built = Self {
            passed: output.status.success(),
            stderr,
            said,
            rest,
            compiled: Vec::new(),
            library: PathBuf::new(),
            out_dir: PathBuf::new(),
        };
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            built.read(&serde_json::from_str(line).expect("cargo writes a JSON value a line"));
        }
        built
    }

    /// Takes from one of cargo's messages what it says.
    fn read(&mut self, message: &Value) {
        let text = |pointer| message.pointer(pointer).and_then(Value::as_str);
        let target = text("/target/name").unwrap_or_default();
        if message["fresh"] == false {
            self.compiled.push(target.to_owned());
        }
        if let Some(library) = text("/filenames/0").filter(|_| target == "errbook_apis") {
            self.library = library.into();
        }
        let ours = |id: &str| id.contains("errbook-apis@");
        if let Some(folder) = text("/out_dir").filter(|_| text("/package_id").is_some_and(ours)) {
            self.out_dir = folder.into();
        }
    }

    /// Holds the compiled library to have this text among its tables.
    #[track_caller]
    fn compiled_with(&self, text: &str) {
        let library = fs::read(&self.library).expect("the build passed and left a library");
        let found = library
            .windows(text.len())
            .any(|bytes| bytes == text.as_bytes());
        assert!(found, "{text:?} is not in {}", self.library.display());
    }
}

/// What stays from run to run.
fn home() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("build")
}

/// The texts of all files below a folder, and when they were written. Paths have `/` between their
/// parts. Git's own folder and cargo's are left out.
fn files(root: &Path) -> BTreeMap<String, (SystemTime, Vec<u8>)> {
    let mut files = BTreeMap::new();
    let mut left = vec![(root.to_path_buf(), String::new())];
    while let Some((folder, prefix)) = left.pop() {
        for entry in fs::read_dir(&folder).expect("the folder can be listed") {
            let entry = entry.expect("the folder can be listed");
            let name = entry.file_name().to_string_lossy().into_owned();
            let (place, path) = (entry.path(), prefix.clone() + &name);
            // In a worktree of git, it is a file.
            if name == ".git" {
                continue;
            }
            let metadata = entry.metadata().expect("nobody else removes files here");
            if metadata.is_dir() {
                if !place.join("CACHEDIR.TAG").exists() {
                    left.push((place, path + "/"));
                }
            } else if metadata.is_file() {
                let text = fs::read(&place).unwrap_or_else(|error| panic!("{path}: {error}"));
                let time = metadata.modified().expect("the system has file times");
                files.insert(path, (time, text));
            }
        }
    }
    files
}

fn texts(root: &Path) -> BTreeMap<String, Vec<u8>> {
    files(root)
        .into_iter()
        .map(|(file, (_, text))| (file, text))
        .collect()
}

/// What was written between two looks at a folder, even with the same text.
fn written(
    before: &BTreeMap<String, (SystemTime, Vec<u8>)>,
    after: &BTreeMap<String, (SystemTime, Vec<u8>)>,
) -> Vec<String> {
    let mut written = Vec::new();
    for (file, new) in after {
        match before.get(file) {
            None => written.push(format!("added {file}")),
            Some(old) if old != new => written.push(format!("changed {file}")),
            Some(_) => {}
        }
    }
    let removed = before.keys().filter(|file| !after.contains_key(*file));
    written.extend(removed.map(|file| format!("removed {file}")));
    written.sort();
    written
}

/// Gives or takes the right to write to a folder and everything in it.
fn set_writable(place: &Path, writable: bool) {
    let metadata = fs::symlink_metadata(place).expect("the checkout is there");
    if metadata.is_symlink() {
        return;
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = metadata.permissions().mode();
        let mode = if writable {
            mode | 0o200
        } else {
            mode & !0o222
        };
        fs::set_permissions(place, fs::Permissions::from_mode(mode)).expect("the checkout is ours");
    }
    if metadata.is_dir() {
        for entry in fs::read_dir(place).expect("the checkout can be listed") {
            set_writable(&entry.expect("the checkout can be listed").path(), writable);
        }
    }
}
