//! What tells one program from another of the same name, without starting it.

use std::{
    env, fs,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
};

use crate::settings::Words;

/// The words of a command and, of each that is a file, which file it is, how large, and when it
/// changed. A path without any file says so too.
pub(crate) fn identity(words: &Words) -> Vec<String> {
    let program = std::iter::once(found(words.program()));
    let arguments = words.arguments().iter().map(PathBuf::from);
    program.chain(arguments).map(|word| of(&word)).collect()
}

fn of(word: &Path) -> String {
    // Arguments that are no paths could mean any file in the folder the agent was started in.
    let file = word
        .is_absolute()
        .then(|| fs::metadata(word).ok())
        .flatten();
    let word = word.display();
    file.map_or_else(
        || word.to_string(),
        |file| {
            let (inode, size) = (file.ino(), file.size());
            let changed = (
                file.mtime(),
                file.mtime_nsec(),
                file.ctime(),
                file.ctime_nsec(),
            );
            format!("{word} {inode} {size} {changed:?}")
        },
    )
}

/// The file that a program's name means: by `PATH` where it is a name alone.
fn found(program: &str) -> PathBuf {
    if program.contains('/') {
        return std::path::absolute(program).unwrap_or_else(|_| program.into());
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let mut candidates = env::split_paths(&path).map(|folder| folder.join(program));
    candidates
        .find(|candidate| candidate.is_file())
        .unwrap_or_else(|| program.into())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::fs;

    use super::identity;
    use crate::settings::Words;

    #[test]
    fn a_program_that_was_replaced_is_another_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("syft");
        let words = Words::one(path.to_str().unwrap());
        let none = identity(&words);
        fs::write(&path, "one").unwrap();
        let one = identity(&words);
        assert_eq!(identity(&words), one);
        fs::write(folder.path().join("new"), "two").unwrap();
        fs::rename(folder.path().join("new"), &path).unwrap();
        let two = identity(&words);
        assert!(none != one && one != two, "{none:?} {one:?} {two:?}");
    }

    #[test]
    fn a_program_is_found_by_the_path() {
        assert!(identity(&Words::one("sh"))[0].starts_with('/'));
        assert_eq!(identity(&Words::one("no-such")), ["no-such"]);
    }
}
