//! Helpers of several tests: catalogs, temporary folders, and runs of the command and of git.

pub(crate) mod commands;
#[cfg(target_os = "linux")]
pub(crate) mod terminal;

use std::fs;
use std::path::Path;

use snapbox::cmd::{Command, OutputAssert, cargo_bin};
use tempfile::TempDir;

/// The path of the command.
pub(crate) const ERRBOOK: &str = env!("CARGO_BIN_EXE_cargo-errbook");

/// The folder of the workspace, whose catalogs are those of five real APIs.
pub(crate) const WORKSPACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// The catalog of an API `shop`, with the given text after the envelope.
macro_rules! catalog {
    ($errors:literal) => {
        concat!(
            "[api]\nid = \"shop\"\ntitle = \"Shop API\"\n\n",
            "[envelope]\ncode = \"/code\"\nmessage = \"/message\"\n",
            $errors
        )
    };
}
pub(crate) use catalog;

/// A catalog without errors. It ends inside of the envelope.
pub(crate) const EMPTY_SHOP: &str = catalog!("");

/// A catalog with the error `OUT_OF_STOCK`.
pub(crate) const SHOP: &str = catalog!(
    r#"
[error.OUT_OF_STOCK]
status = 409
description = "The shop has none left"
"#
);

/// A catalog with the error `BUSY`.
pub(crate) const BUSY_SHOP: &str = catalog!(
    r#"
[error.BUSY]
status = 503
description = "Too much to do"
"#
);

/// A catalog of another API.
pub(crate) const MAIL: &str = r#"[api]
id = "mail"
title = "Mail API"

[envelope]
code = "/code"

[error.NO_SUCH_ADDRESS]
status = 404
description = "Nobody has this address"
"#;

/// A temporary folder with the given files.
pub(crate) fn folder_with(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (path, text) in files {
        write(&folder, path, text);
    }
    folder
}

/// A temporary folder without a file.
pub(crate) fn empty_folder() -> TempDir {
    folder_with(&[])
}

/// A temporary folder with a catalog.
pub(crate) fn project(catalog: &str) -> TempDir {
    folder_with(&[("catalog/shop.toml", catalog)])
}

/// A temporary folder with a catalog of the given errors.
pub(crate) fn shop(errors: &str) -> TempDir {
    project(&format!("{EMPTY_SHOP}\n{errors}"))
}

/// Writes a file, and makes the folders that it is in.
pub(crate) fn write(folder: impl AsRef<Path>, path: &str, bytes: impl AsRef<[u8]>) {
    let path = folder.as_ref().join(path);
    fs::create_dir_all(path.parent().expect("it is in a folder")).expect("it can be made");
    fs::write(path, bytes).expect("it can be written");
}

/// The text of a file.
#[track_caller]
pub(crate) fn read(folder: impl AsRef<Path>, path: &str) -> String {
    fs::read_to_string(folder.as_ref().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The command, run in a folder, independent of the machine's settings of git and of a CI system.
pub(crate) fn errbook(folder: impl AsRef<Path>, args: &[&str]) -> Command {
    without_settings_of_git(Command::new(cargo_bin!("cargo-errbook")))
        .current_dir(folder)
        .env_remove("CI")
        .env_remove("ERRBOOK_MIRROR")
        .env_remove("GITHUB_WORKSPACE")
        .args(args)
}

/// Runs the command in a folder, to the end.
#[track_caller]
pub(crate) fn run(folder: impl AsRef<Path>, args: &[&str]) -> OutputAssert {
    errbook(folder, args).assert()
}

/// Runs git in a folder, which must succeed.
#[track_caller]
pub(crate) fn git(folder: impl AsRef<Path>, args: &[&str]) {
    without_settings_of_git(Command::new("git"))
        .args(["-c", "user.name=Shop", "-c", "user.email=shop@example.com"])
        .args(args)
        .current_dir(folder)
        .assert()
        .success();
}

fn without_settings_of_git(command: Command) -> Command {
    command
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
}

/// Commits all changes in a folder.
#[track_caller]
pub(crate) fn commit(folder: impl AsRef<Path>, message: &str) {
    git(&folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--message", message]);
}

/// What a run printed on standard output.
#[track_caller]
pub(crate) fn stdout(run: &OutputAssert) -> String {
    String::from_utf8(run.get_output().stdout.clone()).expect("it is UTF-8")
}

/// What a run printed on standard error.
#[track_caller]
pub(crate) fn stderr(run: &OutputAssert) -> String {
    String::from_utf8(run.get_output().stderr.clone()).expect("it is UTF-8")
}

/// Runs the command while `read_only` cannot be written to, not even by root.
#[cfg(unix)]
pub(crate) fn errbook_with_read_only(
    read_only: &Path,
    folder: impl AsRef<Path>,
    args: &[&str],
) -> OutputAssert {
    use std::os::unix::fs::PermissionsExt;
    let set_mode = |mode| {
        fs::set_permissions(read_only, fs::Permissions::from_mode(mode)).expect("it is ours");
    };
    set_mode(0o555);
    let probe = read_only.join("probe");
    let run = if fs::write(&probe, "").is_ok() {
        fs::remove_file(probe).expect("it was written");
        // Root may write whatever the modes are, until it gives up that power.
        Command::new("setpriv")
            .args([
                "--bounding-set=-dac_override,-dac_read_search",
                "--inh-caps=-dac_override,-dac_read_search",
            ])
            .arg(ERRBOOK)
            .args(args)
            .current_dir(folder)
            .assert()
    } else {
        run(folder, args)
    };
    set_mode(0o755);
    run
}
