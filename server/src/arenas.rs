//! One arena for the allocator. glibc gives each thread one of its own, up to eight for each core,
//! and what a large answer took stays in that of its thread: fifty megabytes with a large fleet.
//! Small pieces come from a cache of the thread without it.

use std::{env, os::unix::process::CommandExt, process::Command};

/// What glibc reads once, as a program starts.
const ARENAS: &str = "MALLOC_ARENA_MAX";

/// Begins the program again, as the same process, with one arena, unless the environment says how
/// many. Where that can't be done, it goes on as it is.
pub fn keep_to_one() {
    if cfg!(not(target_env = "gnu")) || env::var_os(ARENAS).is_some() {
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
    let _ = again.args(args).env(ARENAS, "1").exec();
}
