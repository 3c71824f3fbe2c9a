//! The tests of the command: a module for each command and topic. They are one program, which is linked once.

mod support;

mod check;
mod ci;
mod diff;
mod diff_cases;
mod diff_git;
mod diff_verdicts;
mod explain;
mod generate;
mod guide;
mod help;
mod list;
mod lock;
mod new;
mod pipe;
mod schema;
mod unlucky;
mod watch;
