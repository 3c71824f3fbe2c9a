//! Generates again after each change of a catalog or of the settings.
//!
//! An event of the file system only starts a comparison of sizes and times: those decide whether something
//! has changed. So the files that a run reads and writes do not start another run, and without events polling
//! finds changes, too.

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::{Duration, Instant, SystemTime};
use std::{fs, thread};

use errbook_codegen::__private::{Lock, SETTINGS, printable};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use crate::console::{self, Outcome};
use crate::global_options::GlobalOptions;
use crate::project::Project;

/// Calls `generate`, and again after each change, until the process is killed.
pub(super) fn watch(
    global: &GlobalOptions,
    mut project: Project,
    generate: impl Fn(&Project) -> io::Result<Outcome>,
) -> io::Result<Outcome> {
    loop {
        // Events start before the state is read, and the state is read before the files, so no change is
        // missed.
        let changes = ChangeEvents::new(&project)?;
        let state = ProjectState::new(&project);
        let start = Instant::now();
        match generate(&project) {
            Ok(_) => {}
            // The reader of the output has ended.
            Err(error) if error.kind() == ErrorKind::BrokenPipe => return Err(error),
            Err(error) => console::error(error)?,
        }
        global.status(format_args!(
            "Finished in {} ms; watching {} and {SETTINGS}, until Ctrl-C",
            start.elapsed().as_millis(),
            printable(&project.catalogs),
        ))?;
        changes.wait(&project, state);
        project.refresh();
        clear_terminal()?;
    }
}

/// Clears the screen before the output of the next run, if stdout is a terminal.
fn clear_terminal() -> io::Result<()> {
    let mut out = io::stdout();
    if out.is_terminal() {
        write!(out, "\x1b[2J\x1b[H")?;
        out.flush()?;
    }
    Ok(())
}

/// The files that a run depends on.
#[derive(PartialEq)]
struct ProjectState(Vec<(PathBuf, FileStamp)>);

/// The size and the time of a file, or the existence of a folder.
#[derive(PartialEq)]
enum FileStamp {
    File(u64, Option<SystemTime>),
    Folder,
}

impl ProjectState {
    fn new(project: &Project) -> Self {
        let catalogs = project.root.join(&project.catalogs);
        let entries = fs::read_dir(&catalogs).into_iter().flatten().flatten();
        let is_catalog = |path: &PathBuf| path.extension().is_some_and(|it| it == "toml");
        let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
        files.retain(is_catalog);
        files.sort();
        let lock = Lock::path(&catalogs);
        files.extend([project.root.join(SETTINGS), lock, catalogs]);
        let aged = |path: PathBuf| {
            let metadata = fs::metadata(&path).ok()?;
            let age = if metadata.is_dir() {
                // The time of a folder changes with each file in it, also with those that are no catalogs.
                FileStamp::Folder
            } else {
                FileStamp::File(metadata.len(), metadata.modified().ok())
            };
            Some((path, age))
        };
        Self(files.into_iter().filter_map(aged).collect())
    }
}

/// Events of the file system near a project.
struct ChangeEvents {
    events: Receiver<()>,
    /// The time between two comparisons without an event.
    interval: Duration,
    /// Sends events until it is dropped.
    _watcher: Option<RecommendedWatcher>,
    /// Keeps the channel open if there is no watcher.
    _sender: SyncSender<()>,
}

impl ChangeEvents {
    /// Subscribes to the events. If the system does not send any, writes a warning with the remedy.
    fn new(project: &Project) -> io::Result<Self> {
        const WITH_EVENTS: Duration = Duration::from_secs(2);
        const WITHOUT_EVENTS: Duration = Duration::from_millis(500);
        let (sender, events) = sync_channel(1);
        let watcher = subscribe(project, sender.clone());
        if let Err(error) = &watcher {
            let remedy = if cfg!(target_os = "linux") {
                "end other programs that watch files, or raise fs.inotify.max_user_watches and fs.inotify.max_user_instances"
            } else {
                "end other programs that watch files"
            };
            console::warning(format_args!(
                "the system does not tell of changes ({error}), so files are looked at twice a second; {remedy}"
            ))?;
        }
        Ok(Self {
            events,
            interval: if watcher.is_ok() {
                WITH_EVENTS
            } else {
                WITHOUT_EVENTS
            },
            _watcher: watcher.ok(),
            _sender: sender,
        })
    }

    /// Waits until the state has changed and then remains equal for a moment, because editors write a file
    /// twice or replace it.
    fn wait(&self, project: &Project, mut state: ProjectState) {
        const MOMENT: Duration = Duration::from_millis(50);
        // Do not wait forever for a program that writes continuously.
        const MAX_MOMENTS: u32 = 20;
        loop {
            let now = ProjectState::new(project);
            if now != state {
                state = now;
                break;
            }
            // With or without an event, the next comparison decides.
            let _ = self.events.recv_timeout(self.interval);
        }
        for _ in 0..MAX_MOMENTS {
            thread::sleep(MOMENT);
            let now = ProjectState::new(project);
            if now == state {
                break;
            }
            state = now;
        }
    }
}

/// Sends an event for each change in the folders of the project and the catalogs, and in the parent of the
/// latter.
fn subscribe(project: &Project, sender: SyncSender<()>) -> notify::Result<RecommendedWatcher> {
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        // A comparison reads files, and must not start another one.
        if !event.is_ok_and(|event| event.kind.is_access()) {
            // If the channel is full, a comparison is due anyway.
            let _ = sender.try_send(());
        }
    })?;
    let catalogs = project.root.join(&project.catalogs);
    let folders = [
        Some(project.root.as_path()),
        catalogs.parent(),
        Some(&catalogs),
    ];
    let mut folders: Vec<&Path> = folders.into_iter().flatten().collect();
    folders.dedup();
    for folder in folders.into_iter().filter(|folder| folder.is_dir()) {
        match watcher.watch(folder, RecursiveMode::NonRecursive) {
            // The folder was removed just now, which the next comparison finds.
            Err(error) if matches!(error.kind, notify::ErrorKind::PathNotFound) => {}
            result => result?,
        }
    }
    Ok(watcher)
}
