//! `cargo errbook generate --watch`.
//!
//! What the system tells of changes only makes a run look: whether there is something to do is seen
//! from the files themselves. So neither what it writes nor what it reads keeps it going, and where
//! the system tells nothing it looks now and then all the same.

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::{Duration, Instant, SystemTime};
use std::{fs, thread};

use errbook_codegen::{Lock, SETTINGS};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use crate::generate::{self, Args};
use crate::project::{Global, Project};
use crate::{ERROR, Outcome, WARNING};

/// Generates, and again after each change, until it is killed.
pub(crate) fn run(args: &Args, global: &Global, mut project: Project) -> io::Result<Outcome> {
    loop {
        // In this order, no change is missed: it is told of, or seen, or read.
        let changes = Changes::of(&project)?;
        let state = State::of(&project);
        let start = Instant::now();
        match generate::once(args, global, &project) {
            Ok(_) => {}
            // Nobody listens any more.
            Err(error) if error.kind() == ErrorKind::BrokenPipe => return Err(error),
            Err(error) => writeln!(anstream::stderr(), "{ERROR}error{ERROR:#}: {error}")?,
        }
        global.status(format_args!(
            "Finished in {} ms; watching {} and {SETTINGS}, until Ctrl-C",
            start.elapsed().as_millis(),
            project.catalogs.display(),
        ))?;
        changes.wait(&project, state);
        project.look_again();
        clear_terminal()?;
    }
}

/// Makes room for what a run has to say, where somebody is looking.
fn clear_terminal() -> io::Result<()> {
    let mut out = io::stdout();
    if out.is_terminal() {
        write!(out, "\x1b[2J\x1b[H")?;
        out.flush()?;
    }
    Ok(())
}

/// What a run depends on: the files that there are.
#[derive(PartialEq)]
struct State(Vec<(PathBuf, Age)>);

/// How large a file is and when it was written; of a folder, only that it is there.
#[derive(PartialEq)]
enum Age {
    File(u64, Option<SystemTime>),
    Folder,
}

impl State {
    fn of(project: &Project) -> Self {
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
                // Its time changes with each file in it, catalog or not.
                Age::Folder
            } else {
                Age::File(metadata.len(), metadata.modified().ok())
            };
            Some((path, age))
        };
        Self(files.into_iter().filter_map(aged).collect())
    }
}

/// Wakes up when something may have changed.
struct Changes {
    told: Receiver<()>,
    /// How long to wait before looking without having been told anything.
    patience: Duration,
    /// Both tell as long as they are there.
    _watcher: Option<RecommendedWatcher>,
    _tell: SyncSender<()>,
}

impl Changes {
    /// Changes near a project's settings and catalogs; where the system does not tell of them, with
    /// a warning that says what to do.
    fn of(project: &Project) -> io::Result<Self> {
        const TOLD: Duration = Duration::from_secs(2);
        const UNTOLD: Duration = Duration::from_millis(500);
        let (tell, told) = sync_channel(1);
        let watcher = watch(project, tell.clone());
        if let Err(error) = &watcher {
            let remedy = if cfg!(target_os = "linux") {
                "end other programs that watch files, or raise fs.inotify.max_user_watches and fs.inotify.max_user_instances"
            } else {
                "end other programs that watch files"
            };
            writeln!(
                anstream::stderr(),
                "{WARNING}warning{WARNING:#}: the system does not tell of changes ({error}), so files are looked at twice a second; {remedy}"
            )?;
        }
        Ok(Self {
            told,
            patience: if watcher.is_ok() { TOLD } else { UNTOLD },
            _watcher: watcher.ok(),
            _tell: tell,
        })
    }

    /// Waits until the state is another one, and stays that for a moment: editors write twice, or put
    /// a new file in the place of the old one.
    fn wait(&self, project: &Project, mut state: State) {
        const MOMENT: Duration = Duration::from_millis(50);
        // Somebody who writes all the time is not waited for.
        const MOST: u32 = 20;
        loop {
            let now = State::of(project);
            if now != state {
                state = now;
                break;
            }
            // Told or not, the next look decides.
            let _ = self.told.recv_timeout(self.patience);
        }
        for _ in 0..MOST {
            thread::sleep(MOMENT);
            let now = State::of(project);
            if now == state {
                break;
            }
            state = now;
        }
    }
}

/// Tells of what happens in the project's folder, in that of the catalogs and in the one around it.
fn watch(project: &Project, tell: SyncSender<()>) -> notify::Result<RecommendedWatcher> {
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        // To look is to read, and must not lead to another look.
        if !event.is_ok_and(|event| event.kind.is_access()) {
            // Where this is full, a look is due anyway.
            let _ = tell.try_send(());
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
            // It was there just now; that it has gone is seen by the next look.
            Err(error) if matches!(error.kind, notify::ErrorKind::PathNotFound) => {}
            result => result?,
        }
    }
    Ok(watcher)
}
