//! How the allocator keeps memory: one arena, and large pieces apart. glibc gives each thread an
//! arena of its own, up to eight for each core, and what a large answer took stays in that of its
//! thread: fifty megabytes with a large fleet. Small pieces come from a cache of the thread without
//! it. And once a large piece was given back, it takes the next ones from among the small ones, where
//! the index has grown behind them by the time they are given back: a third of what a volley of large
//! SBOMs took was never to be had again.

use std::{env, os::unix::process::CommandExt, process::Command};

/// What glibc reads once, as a program starts, and what it is to be.
const SETTINGS: [(&str, &str); 2] = [
    ("MALLOC_ARENA_MAX", "1"),
    // Bytes from which on a piece is the system's, and goes back to it at once: what it begins with,
    // and raises by itself where nothing is set.
    ("MALLOC_MMAP_THRESHOLD_", "131072"),
];

/// Begins the program again, as the same process, with those that the environment doesn't have. Where
/// that can't be done, it goes on as it is.
pub fn keep_to_one() {
    let mut missing = SETTINGS.to_vec();
    missing.retain(|(name, _)| env::var_os(name).is_none());
    if cfg!(not(target_env = "gnu")) || missing.is_empty() {
        return;
    }
    let Ok(program) = env::current_exe() else {
        return;
    };
    let mut args = env::args_os();
    let mut again = Command::new(program);
    if let Some(name) = args.next() {
        again.arg0(name);
    }
    // It comes back only where it failed.
    let _ = again.args(args).envs(missing).exec();
}
