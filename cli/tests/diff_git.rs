//! `cargo errbook diff` and revisions of git.

use std::fs;
use std::path::Path;

use snapbox::cmd::Command;
use snapbox::str;
use tempfile::TempDir;

use crate::support::{BUSY_SHOP, commit, empty_folder, errbook, git, project, stdout, write};

const SAME: &str = "Nothing has changed in 1 API with 1 error\n";

/// A repository with a project in a folder of its own, which has moved its catalogs between `v1.0` and
/// now, with a change that is not committed.
fn repository() -> TempDir {
    let folder = empty_folder();
    let root = folder.path();
    git(root, &["init", "--quiet", "--initial-branch", "main"]);
    write(root, "api/catalog/shop.toml", BUSY_SHOP);
    write(root, "api/catalog/README.md", "Not a catalog.");
    write(root, "api/catalog/.hidden.toml", "Not a catalog.");
    write(root, "api/docs/README.md", "Not a catalog.");
    commit(root, "first");
    git(root, &["tag", "v1.0"]);
    fs::rename(root.join("api/catalog"), root.join("api/errors")).expect("it can be moved");
    write(root, "api/errbook.toml", "catalogs = \"errors\"\n");
    write(
        root,
        "api/errors/shop.toml",
        BUSY_SHOP.replace("503", "429"),
    );
    commit(root, "second");
    write(
        root,
        "api/errors/shop.toml",
        BUSY_SHOP.replace("503", "500"),
    );
    folder
}

fn diff(folder: impl AsRef<Path>, args: &[&str]) -> Command {
    errbook(folder, &["diff"]).args(args)
}

/// What becomes of the status of the one error, by the last line but the summary's.
#[track_caller]
fn check(folder: impl AsRef<Path>, args: &[&str], from: &str, to: &str) {
    let run = diff(folder, args).assert().success().stderr_eq("");
    let told = stdout(&run);
    if from == to {
        assert_eq!(told, SAME, "{args:?}");
    } else {
        let change = format!("status that is sent: {from} → {to} (breaks callers)");
        assert!(told.contains(&change), "{args:?}: {told}");
    }
}

#[test]
fn revision_is_compared_with_the_catalogs_of_its_time() {
    let repository = repository();
    let project = repository.path().join("api");
    check(&project, &["git:HEAD"], "429", "500");
    check(&project, &["git:v1.0"], "503", "500");
    check(&project, &["git:v1.0", "git:HEAD"], "503", "429");
    check(&project, &["git:main~1", "git:v1.0"], "503", "503");
    check(&project, &["git:main@{0}", "git:HEAD:"], "429", "429");
    check(&project, &["git:HEAD^{/first}", "git:HEAD"], "503", "429");
    // From the root of the repository, or with a dot from the folder of the project.
    check(&project, &["git:v1.0:api/catalog"], "503", "500");
    check(&project, &["git:v1.0:api/catalog/shop.toml"], "503", "500");
    check(&project, &["git:v1.0:./catalog/shop.toml"], "503", "500");
    check(&project, &["git:v1.0:../api/catalog/"], "503", "500");
    // As on disk, a folder may be that of a project.
    check(&project, &["git:v1.0:api"], "503", "500");
    check(&project, &["git:v1.0:.", "git:HEAD:./"], "503", "429");
    check(&project, &["errors", "git:HEAD"], "500", "429");
    // Where the command line says that the catalogs are, they were.
    let catalogs = ["git:HEAD", "--catalogs", "errors"];
    check(&project, &catalogs, "429", "500");
    let catalogs = ["git:HEAD", "--catalogs", "errors/shop.toml"];
    check(&project, &catalogs, "429", "500");
    // A folder further down, and another project.
    check(project.join("errors"), &["git:HEAD"], "429", "500");
    check(
        repository.path(),
        &["git:HEAD", "--project", "api"],
        "429",
        "500",
    );
    check(
        repository.path(),
        &["git:HEAD:api/errors", "git:v1.0:api/catalog"],
        "429",
        "503",
    );
}

#[test]
fn branch_is_compared_with_its_merge_base() {
    let repository = repository();
    let root = repository.path();
    let project = root.join("api");
    git(root, &["switch", "--quiet", "--create", "topic"]);
    commit(root, "topic");
    git(root, &["switch", "--quiet", "main"]);
    write(
        root,
        "api/errors/shop.toml",
        BUSY_SHOP.replace("503", "400"),
    );
    commit(root, "main");
    git(root, &["switch", "--quiet", "topic"]);
    check(&project, &["git:main"], "400", "500");
    check(&project, &["git:main..."], "429", "500");
    check(
        &project,
        &["git:main...topic:api/errors", "git:topic"],
        "429",
        "500",
    );
    check(&project, &["git:...main", "git:main"], "429", "400");
    git(root, &["switch", "--quiet", "--orphan", "other"]);
    write(root, "api/catalog/shop.toml", BUSY_SHOP);
    commit(root, "other");
    check_refused(
        &project,
        &["git:main..."],
        str![[r#"
error: `main` and `HEAD` have no commit in common

"#]],
    );
    check_refused(
        &project,
        &["git:nain..."],
        str![[r#"
error: git knows no revision `nain`; [..]

"#]],
    );
}

/// In a hook, git says which repository is meant; without the work tree, it takes the current folder for that.
#[test]
fn environment_of_a_git_hook_is_ignored() {
    let repository = repository();
    let folder = empty_folder();
    let worktree = folder.path().join("worktree");
    let path = worktree.to_str().expect("it is Unicode");
    git(
        &repository,
        &["worktree", "add", "--quiet", "--detach", path],
    );
    write(&worktree, "api/errors/shop.toml", BUSY_SHOP);
    let git_dir = repository.path().join(".git/worktrees/worktree");
    let run = diff(worktree.join("api"), &["git:HEAD"])
        .env("GIT_DIR", &git_dir)
        .env("GIT_INDEX_FILE", git_dir.join("index"))
        .env("GIT_PREFIX", "");
    run.assert().success().stderr_eq("").stdout_eq(str![[r#"
...
[..]status that is sent: 429 → 503 (breaks callers)
...
"#]]);
}

#[test]
fn catalogs_outside_of_the_project_are_refused() {
    let repository = repository();
    write(&repository, "other/catalog/shop.toml", BUSY_SHOP);
    check_refused(
        &repository,
        &[
            "git:HEAD",
            "--project",
            "api",
            "--catalogs",
            "other/catalog",
        ],
        str![[r#"
error: `[..]other/catalog` is not in the project, `[..]api`; say where the catalogs were: git:HEAD:PATH, from the root of the repository

"#]],
    );
}

#[test]
fn paths_in_annotations_are_relative_to_the_repository() {
    let repository = repository();
    let run = diff(
        repository.path().join("api"),
        &["git:v1.0", "git:HEAD", "--format", "github"],
    );
    run.assert().success().stdout_eq(str![[r#"
::warning file=api/errors/shop.toml,line=10,endLine=10,col=10,endColumn=13,title=errbook major%3A status-sent::BUSY: status that is sent: 503 → 429%0Abreaks callers%0ACallers that go by the status get another one than the catalog said.%0A--> api/catalog/shop.toml:10:10 in git:v1.0
::warning title=errbook diff::major: 1 change breaks callers

"#]]);
    let run = diff(
        repository.path().join("api"),
        &["git:HEAD", "--format", "github"],
    );
    run.assert().success().stdout_eq(str![[r#"
::warning file=api/errors/shop.toml,line=10,endLine=10,col=10,endColumn=13,title=errbook major%3A status-sent::BUSY: status that is sent: 429 → 500%0Abreaks callers%0ACallers that go by the status get another one than the catalog said.%0A--> api/errors/shop.toml:10:10 in git:HEAD
::warning title=errbook diff::major: 1 change breaks callers

"#]]);
}

/// What is told where nothing can be read.
#[track_caller]
fn check_refused(folder: impl AsRef<Path>, args: &[&str], expected: impl snapbox::IntoData) {
    let run = diff(folder, args).assert().code(2).stdout_eq("");
    run.stderr_eq(expected);
}

#[test]
fn missing_revision_or_path_is_reported_with_a_remedy() {
    let repository = repository();
    let project = repository.path().join("api");
    check_refused(
        &project,
        &["git:v2.0"],
        str![[r#"
error: git knows no revision `v2.0`; `git log --oneline` and `git tag` list some, and `git fetch --tags` gets those of others

"#]],
    );
    // An option is no revision.
    let file = repository.path().join("written");
    let option = format!("git:--output={}", file.display());
    diff(&project, &[&option]).assert().code(2).stdout_eq("");
    assert!(!file.exists());
    check_refused(
        &project,
        &["git:-h"],
        str![[r#"
error: git knows no revision `-h`; [..]

"#]],
    );
    check_refused(
        &project,
        &["git:v1.0:catalog"],
        str![[r#"
error: there is no `catalog` at v1.0; paths start at the root of the repository: git:v1.0:api/catalog, or git:v1.0:./catalog

"#]],
    );
    check_refused(
        &project,
        &["git:v1.0:api/nowhere"],
        str![[r#"
error: there is no `api/nowhere` at v1.0; paths start at the root of the repository: `git ls-tree -r --name-only v1.0` lists them

"#]],
    );
    check_refused(
        &project,
        &["git:v1.0:../../etc"],
        str![[r#"
error: `../../etc` leads out of the repository; paths start at its root, or with `./` at the folder of the project

"#]],
    );
    check_refused(
        &project,
        &["git:v1.0:api/docs"],
        str![[r#"
error: there is no catalog in `api/docs` at v1.0; a catalog is a file that ends in `.toml`

"#]],
    );
    check_refused(
        &project,
        &["git:"],
        str![[r#"
error: `git:` names no revision; write git:REV or git:REV:PATH, such as git:HEAD

"#]],
    );
    write(&repository, "api/errors/shop.toml", "no catalog");
    commit(&repository, "third");
    check_refused(
        &project,
        &["git:HEAD", "git:v1.0"],
        str![[r#"
error[E0104]: this is not TOML
 --> api/errors/shop.toml:1:4
...
error: 1 error in OLD, `git:HEAD`: there is nothing to compare
For more about a finding: cargo errbook explain E0104

"#]],
    );
    write(&repository, "api/errors/shop.toml", b"\xff");
    commit(&repository, "fourth");
    check_refused(
        &project,
        &["git:HEAD", "git:v1.0"],
        str![[r#"
error: `api/errors/shop.toml` at HEAD is not UTF-8

"#]],
    );
}

#[test]
fn revision_without_catalogs_makes_everything_new() {
    let repository = repository();
    let root = repository.path();
    let project = root.join("api");
    fs::rename(project.join("errors"), root.join("kept")).expect("it can be moved");
    commit(root, "third");
    fs::rename(root.join("kept"), project.join("errors")).expect("it can be moved");
    let all_is_new = |args: &[&str]| {
        let run = diff(&project, args).assert().success();
        run.stdout_eq(str![[r#"
shop

  the API
    minor  API added: Shop API

minor: 1 change breaks nobody

"#]])
    };
    all_is_new(&["git:HEAD"]).stderr_eq(str![[r#"
note: there is no `api/errors` at HEAD, so all is new; if there were some, say where the catalogs were: git:HEAD:PATH, from the root of the repository

"#]]);
    all_is_new(&["git:HEAD", "--quiet"]).stderr_eq("");
    all_is_new(&["git:HEAD", "errors/shop.toml", "--quiet"]);

    // Of the new side, of what is named, and without a project, none is too few.
    let refused = str![[r#"
error: there is no `api/errors` at HEAD; say where the catalogs were: git:HEAD:PATH, from the root of the repository

"#]];
    check_refused(&project, &["errors", "git:HEAD"], refused.clone());
    let named = ["git:HEAD", "--catalogs", "errors"];
    check_refused(&project, &named, refused);
    check_refused(
        root,
        &["git:HEAD", "api"],
        str![[r#"
error: there is no `catalog` at HEAD; say where the catalogs were: git:HEAD:PATH, from the root of the repository

"#]],
    );

    // What stands where catalogs are by default, or now, may be what is to be compared.
    fs::rename(project.join("errors"), project.join("catalog")).expect("it can be moved");
    commit(root, "fourth");
    check_refused(
        &project,
        &["git:HEAD", "git:v1.0"],
        str![[r#"
error: there is no `api/errors` at HEAD; say where the catalogs were: git:HEAD:PATH, from the root of the repository

"#]],
    );

    // A folder with something else in it has none.
    fs::remove_file(project.join("errbook.toml")).expect("it can be removed");
    fs::rename(project.join("catalog/shop.toml"), root.join("shop.toml")).expect("it can be moved");
    commit(root, "fifth");
    fs::rename(root.join("shop.toml"), project.join("catalog/shop.toml")).expect("it can be moved");
    all_is_new(&["git:HEAD"]).stderr_eq(str![[r#"
note: there is no catalog in `api/catalog` at HEAD, so all is new; if there were some, say where the catalogs were: git:HEAD:PATH, from the root of the repository

"#]]);
}

#[cfg(unix)]
#[test]
fn symbolic_link_in_a_revision_is_refused() {
    let repository = repository();
    let errors = repository.path().join("api/errors");
    std::os::unix::fs::symlink("shop.toml", errors.join("link.toml")).expect("it can be made");
    commit(&repository, "third");
    check_refused(
        &errors,
        &["git:HEAD"],
        str![[r#"
error: `api/errors/link.toml` is a symbolic link at HEAD; name the file that it leads to

"#]],
    );
}

#[test]
fn shallow_clone_is_reported_with_a_remedy() {
    let repository = repository();
    let folder = empty_folder();
    let url = format!("file://{}", repository.path().display());
    git(
        &folder,
        &["clone", "--quiet", "--depth", "1", &url, "clone"],
    );
    let project = folder.path().join("clone/api");
    check(&project, &["git:HEAD"], "429", "429");
    check_refused(
        &project,
        &["git:v1.0"],
        str![[r#"
error: git knows no revision `v1.0`; this clone has not all of the history: git fetch --unshallow --tags, or in actions/checkout: fetch-depth: 0

"#]],
    );
}

#[test]
fn repository_without_a_commit_is_reported() {
    let folder = project(BUSY_SHOP);
    git(&folder, &["init", "--quiet"]);
    check_refused(
        &folder,
        &["git:HEAD"],
        str![[r#"
error: git knows no revision `HEAD`; nothing is committed here yet

"#]],
    );
}

#[test]
fn folders_are_compared_without_git() {
    let folder = project(BUSY_SHOP);
    check_refused(
        &folder,
        &["git:HEAD"],
        str![[r#"
error: `[..]` is in no repository of git; name a folder or a file in place of git:…

"#]],
    );
    let run = diff(&folder, &["git:HEAD"]).env("PATH", "");
    run.assert().code(2).stdout_eq("").stderr_eq(str![[r#"
error: there is no program `git`: install it, or name a folder or a file in place of git:…

"#]]);
    check(folder.path(), &["catalog"], "503", "503");
}
