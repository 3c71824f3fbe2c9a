//! The workflows and hooks in `examples/ci`: what their steps run is run here, in a repository with a
//! pull request as a runner checks it out.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;
use yaml_rust2::{Yaml, YamlLoader};

use crate::support::{ERRBOOK, WORKSPACE, commit, empty_folder, git, read, run, write};

fn example(name: &str) -> Yaml {
    let text = read(Path::new(WORKSPACE), &format!("examples/ci/{name}"));
    let mut documents = YamlLoader::load_from_str(&text).expect("it is YAML");
    documents.remove(0)
}

fn text(yaml: &Yaml) -> &str {
    yaml.as_str()
        .unwrap_or_else(|| panic!("{yaml:?} is no text"))
}

/// What a workflow runs for.
#[derive(Clone, Copy, PartialEq)]
enum Event {
    PullRequest,
    Push,
    Tag,
}

/// Whether a step is run where nothing is cached.
fn holds(condition: &Yaml, event: Event) -> bool {
    match condition.as_str() {
        None | Some("steps.cache.outputs.cache-hit != 'true'") => true,
        Some("github.event_name == 'pull_request'") => event == Event::PullRequest,
        Some("startsWith(github.ref, 'refs/tags/')") => event == Event::Tag,
        Some(other) => panic!("whether `{other}` holds is not known here"),
    }
}

/// The scripts that a workflow runs, but for that which installs the command.
fn scripts(workflow: &Yaml, event: Event) -> Vec<String> {
    let jobs = workflow["jobs"].as_hash().expect("it has jobs");
    let steps = jobs
        .values()
        .flat_map(|job| job["steps"].as_vec().expect("a job has steps"));
    let scripts: Vec<String> = steps
        .filter(|step| !step["run"].is_badvalue() && holds(&step["if"], event))
        .map(|step| text(&step["run"]).to_owned())
        .collect();
    let (install, others) = scripts.split_first().expect("it runs something");
    assert_eq!(
        install,
        r#"cargo install --locked "cargo-errbook@$ERRBOOK""#
    );
    others.to_vec()
}

/// A repository, as it is on a runner.
struct Repository {
    folder: TempDir,
    /// The folder of the project, from the root.
    project: &'static str,
}

/// What a step came to.
struct Ran {
    status: i32,
    stdout: String,
    stderr: String,
}

impl Repository {
    /// With a catalog and what is generated from it on the branch `main`.
    fn new() -> Self {
        Self::with_project_in("")
    }

    fn with_project_in(project: &'static str) -> Self {
        let repository = Self {
            project,
            ..Self::empty()
        };
        let catalog = include_str!("../../docs/guide/shop/catalog/shop.toml");
        repository.write("catalog/shop.toml", catalog);
        repository.generate();
        repository.commit();
        repository
    }

    /// Without a catalog.
    fn empty() -> Self {
        let folder = empty_folder();
        let repository = Self {
            folder,
            project: "",
        };
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository.write("README.md", "A shop.\n");
        repository.commit();
        repository
    }

    /// A path in the project.
    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(self.project).join(path)
    }

    fn write(&self, path: &str, text: &str) {
        write(self.path(""), path, text);
    }

    fn edit(&self, from: &str, to: &str) {
        let catalog = read(self.path(""), "catalog/shop.toml");
        assert!(catalog.contains(from), "{catalog}");
        self.write("catalog/shop.toml", &catalog.replace(from, to));
    }

    #[track_caller]
    fn git(&self, args: &[&str]) {
        git(self.path(""), args);
    }

    #[track_caller]
    fn commit(&self) {
        commit(self.path(""), "Change");
    }

    #[track_caller]
    fn generate(&self) {
        run(self.path(""), &["generate"]).success();
    }

    /// Makes a pull request of what `change` does, and merges it for a look, as GitHub does, with a main
    /// branch that has gone on meanwhile.
    fn pull_request(&self, change: impl Fn(&Self)) {
        self.git(&["checkout", "--quiet", "-b", "request"]);
        change(self);
        self.commit();
        self.git(&["checkout", "--quiet", "main"]);
        self.write("NOTES.md", "Meanwhile.\n");
        self.commit();
        self.git(&["checkout", "--quiet", "--detach"]);
        self.git(&["merge", "--quiet", "--no-ff", "--no-edit", "request"]);
    }

    /// Runs each script, also after one that fails.
    fn run(&self, workflow: &str, event: Event) -> Vec<Ran> {
        let scripts = scripts(&example(workflow), event);
        scripts.iter().map(|script| self.bash(script)).collect()
    }

    /// Runs a script as a step that names no shell.
    fn bash(&self, script: &str) -> Ran {
        let mut path = vec![PathBuf::from(ERRBOOK)];
        path[0].pop();
        path.extend(env::split_paths(
            &env::var_os("PATH").expect("there is one"),
        ));
        let Output {
            status,
            stdout,
            stderr,
        } = Command::new("bash")
            .args(["-e", "-c", script])
            .current_dir(self.path(""))
            .env("PATH", env::join_paths(path).expect("it was one"))
            .env("CI", "true")
            .env("GITHUB_ACTIONS", "true")
            .env("GITHUB_WORKSPACE", self.folder.path())
            .env("GITHUB_STEP_SUMMARY", self.summary_path())
            .output()
            .expect("bash runs");
        Ran {
            status: status.code().expect("no signal has ended it"),
            stdout: String::from_utf8(stdout).expect("it is UTF-8"),
            stderr: String::from_utf8(stderr).expect("it is UTF-8"),
        }
    }

    /// What a step has added to the summary of the run.
    fn summary(&self) -> String {
        fs::read_to_string(self.summary_path()).unwrap_or_default()
    }

    fn summary_path(&self) -> PathBuf {
        self.folder.path().join(".git/summary.md")
    }
}

/// Each step ends with this status.
#[track_caller]
fn assert_ends(ran: &[Ran], expected: &[i32]) {
    let ended: Vec<i32> = ran.iter().map(|step| step.status).collect();
    let told: Vec<&str> = ran.iter().map(|step| step.stderr.as_str()).collect();
    assert_eq!(ended, expected, "{told:?}");
}

#[test]
fn workflows_install_this_version() {
    for workflow in ["errbook.yml", "errbook-sarif.yml"] {
        let workflow = example(workflow);
        let version = text(&workflow["env"]["ERRBOOK"]);
        assert_eq!(version, env!("CARGO_PKG_VERSION"));
    }
}

#[test]
fn unchanged_project_passes() {
    let repository = Repository::new();
    let ran = repository.run("errbook.yml", Event::Push);
    assert_ends(&ran, &[0, 0]);
    assert_eq!(ran[0].stdout, "");
    // Whoever runs them changes nothing that is committed.
    repository.git(&["diff", "--exit-code"]);
}

#[test]
fn findings_fail_at_their_lines() {
    let repository = Repository::new();
    repository.pull_request(|repository| repository.edit("status = 503", "status = 5030"));
    let ran = repository.run("errbook.yml", Event::Push);
    assert_ends(&ran, &[1, 1]);
    let start = "::error file=catalog/shop.toml,line=";
    assert!(ran[0].stdout.starts_with(start), "{}", ran[0].stdout);

    let repository = Repository::new();
    repository.write("errbook.toml", "[lints]\nmissing-action = \"warn\"\n");
    repository.edit("action = \"Send it again in a moment.\"\n", "");
    let ran = repository.run("errbook.yml", Event::Push);
    assert_eq!(ran[0].status, 1, "warnings fail, too");
}

#[test]
fn generated_files_that_are_stale_fail() {
    let repository = Repository::new();
    repository.edit("in a moment", "in a minute");
    let ran = repository.run("errbook.yml", Event::Push);
    assert_ends(&ran, &[0, 1]);
    assert!(ran[1].stderr.contains("stale"), "{}", ran[1].stderr);
}

#[test]
fn pull_request_is_annotated_with_its_changes() {
    let repository = Repository::new();
    repository.pull_request(|repository| {
        repository.edit("in a moment", "in a minute");
        repository.generate();
    });
    let ran = repository.run("errbook.yml", Event::PullRequest);
    assert_ends(&ran, &[0, 0, 0]);
    let told = &ran[2].stdout;
    assert!(told.contains(" file=catalog/shop.toml,line="), "{told}");
    let summary = repository.summary();
    assert!(summary.contains("BUSY"), "{summary}");
    // What only the main branch has is not a change of the pull request.
    assert!(!summary.contains("OUT_OF_STOCK"), "{summary}");
}

#[test]
fn pull_request_that_breaks_callers_fails() {
    let repository = Repository::new();
    repository.pull_request(|repository| {
        repository.edit("[category.error.BUSY]", "[category.error.TOO_BUSY]");
        repository.generate();
    });
    let ran = repository.run("errbook.yml", Event::PullRequest);
    assert_ends(&ran, &[0, 0, 1]);
    let summary = repository.summary();
    assert!(summary.contains("BUSY"), "{summary}");
}

#[test]
fn pull_request_with_the_first_catalog_passes() {
    let repository = Repository::empty();
    repository.pull_request(|repository| {
        let catalog = "[api]\nid = \"shop\"\ntitle = \"Shop API\"\n\n[envelope]\n";
        repository.write("catalog/shop.toml", catalog);
        repository.generate();
    });
    let ran = repository.run("errbook.yml", Event::PullRequest);
    assert_ends(&ran, &[0, 0, 0]);
    let summary = repository.summary();
    assert!(summary.contains("Shop API"), "{summary}");
}

#[test]
fn project_below_the_root_is_checked() {
    let repository = Repository::with_project_in("services/shop");
    repository.pull_request(|repository| {
        fs::rename(repository.path("catalog"), repository.path("errors")).expect("it can be moved");
        repository.write("errbook.toml", "catalogs = \"errors\"\n");
        let catalog = read(repository.path("errors"), "shop.toml").replace("BUSY", "TOO_BUSY");
        repository.write("errors/shop.toml", &catalog);
        repository.generate();
    });
    let ran = repository.run("errbook.yml", Event::PullRequest);
    assert_ends(&ran, &[0, 0, 1]);
    let place = "file=services/shop/errors/shop.toml,line=";
    assert!(ran[2].stdout.contains(place), "{}", ran[2].stdout);
}

#[test]
fn release_with_an_unlocked_code_fails() {
    let repository = Repository::new();
    assert_ends(&[repository.bash("cargo errbook lock")], &[0]);
    repository.commit();
    let ran = repository.run("errbook.yml", Event::Tag);
    assert_ends(&ran, &[0, 0, 0]);

    let added = "[category.error.CLOSED]\nstatus = 503\ndescription = \"Closed\"\n";
    repository.edit(
        "[category.error.BUSY]",
        &format!("{added}\n[category.error.BUSY]"),
    );
    repository.generate();
    let ran = repository.run("errbook.yml", Event::Tag);
    assert_ends(&ran, &[0, 0, 1]);
}

#[test]
fn sarif_file_is_written_with_and_without_findings() {
    let repository = Repository::new();
    for (edit, results) in [("status = 503", 0), ("status = 5030", 1)] {
        repository.edit("status = 503", edit);
        let ran = repository.run("errbook-sarif.yml", Event::Push);
        assert_ends(&ran, &[0]);
        let log = read(repository.path(""), "errbook.sarif");
        let log: serde_json::Value = serde_json::from_str(&log).expect("it is JSON");
        let found = log["runs"][0]["results"].as_array().map(Vec::len);
        assert_eq!(found, Some(results), "{log}");
    }
    // Where there is nothing to check, there is no report.
    let ran = Repository::empty().run("errbook-sarif.yml", Event::Push);
    assert_ends(&ran, &[1]);
}

#[test]
fn hooks_match_catalogs_and_pass_without_findings() {
    let repository = Repository::new();
    let config = example(".pre-commit-config.yaml");
    let hooks = config["repos"][0]["hooks"]
        .as_vec()
        .expect("there are some");
    assert_eq!(hooks.len(), 2);
    for hook in hooks {
        assert_ends(&[repository.bash(text(&hook["entry"]))], &[0]);
        let matches = |path: &str| {
            let pattern = text(&hook["files"]);
            let grep = format!("grep --quiet --extended-regexp '{pattern}' <<< '{path}'");
            repository.bash(&grep).status == 0
        };
        for project in ["", "services/shop/"] {
            assert!(matches(&format!("{project}catalog/shop.toml")));
            assert!(matches(&format!("{project}errbook.toml")));
            assert!(!matches(&format!("{project}Cargo.toml")));
            assert!(!matches(&format!("{project}generated/docs/shop.md")));
        }
        assert!(!matches("docs/catalog/figures/shop.toml"));
        assert!(!matches("subcatalog/shop.toml"));
    }
    // The one that writes has written nothing, for nothing was stale.
    repository.git(&["diff", "--exit-code"]);
}

#[test]
fn commit_without_a_new_generated_file_fails() {
    let repository = Repository::new();
    let config = example(".pre-commit-config.yaml");
    let generate = text(&config["repos"][0]["hooks"][1]["entry"]).to_owned();
    repository.write("notes.txt", "Not added, and nobody minds.");
    assert_ends(&[repository.bash(&generate)], &[0]);
    let catalog = "[api]\nid = \"till\"\ntitle = \"Till API\"\n\n[envelope]\n";
    repository.write("catalog/till.toml", catalog);
    repository.git(&["add", "catalog"]);
    let stopped = repository.bash(&generate);
    assert_eq!(stopped.status, 1, "{}", stopped.stderr);
    let new = "not added: generated/docs/till.md";
    assert!(stopped.stdout.contains(new), "{}", stopped.stdout);
    repository.git(&["add", "--all"]);
    assert_ends(&[repository.bash(&generate)], &[0]);
}
