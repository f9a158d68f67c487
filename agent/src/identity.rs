//! This machine: by what it is known again, so that no clone of it is taken for it.
//!
//! Neither the machine ID nor the boot ID leaves the machine: only a hash does that nothing else
//! makes of it, as machine-id(5) demands.

use std::{fs::File, io::Read};

use sha2::{Digest, Sha256};

/// Where the machine ID is, which is to be the machine's own.
const MACHINE_ID: &str = "/etc/machine-id";
/// Where the boot ID is, which each boot makes anew.
const BOOT_ID: &str = "/proc/sys/kernel/random/boot_id";
/// What nobody else hashes with these.
const FOR_ID: &str = "assetmon-agent: machine\n";
const FOR_MARK: &str = "assetmon-agent: machine since boot\n";
/// How much of a hash is kept, in bytes.
const KEPT: usize = 16;

/// What this machine is known by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Identity {
    /// It, for as long as it is installed; none where it has no machine ID.
    pub(crate) id: Option<String>,
    /// It, from one boot to the next: what its reports carry.
    pub(crate) mark: Option<String>,
}

impl Identity {
    /// That of the machine that this process runs on.
    pub(crate) fn this() -> Self {
        Self::of(&read(MACHINE_ID), &read(BOOT_ID))
    }

    fn of(machine: &str, boot: &str) -> Self {
        let (machine, boot) = (machine.trim(), boot.trim());
        // An image of a system has an empty one, or says `uninitialized`.
        let digits = machine.bytes().filter(u8::is_ascii_hexdigit).count();
        let is_id = digits == 32 && machine.len() == 32;
        let machine = if is_id { machine } else { "" };
        Self {
            id: is_id.then(|| hash(FOR_ID, &[machine])),
            mark: (!boot.is_empty()).then(|| hash(FOR_MARK, &[machine, boot])),
        }
    }
}

/// The beginning of a small file; nothing where it can't be read.
fn read(path: &str) -> String {
    let mut text = String::new();
    let read = File::open(path).and_then(|file| file.take(256).read_to_string(&mut text));
    if let Err(error) = read {
        tracing::debug!("{path} can't be read: {error}");
        text.clear();
    }
    text
}

fn hash(what_for: &str, parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    hash.update(what_for);
    for part in parts {
        hash.update(part);
        hash.update("\n");
    }
    hex::encode(&hash.finalize()[..KEPT])
}

#[cfg(test)]
mod tests {
    use super::Identity;

    const ID: &str = "3d1219c7c4c5404aaa1f6d2a48adfda4\n";
    const BOOT: &str = "d45dd979-cc6e-42e0-9362-e63078ceda14\n";
    const LATER: &str = "0b6a1c0e-3c61-4c39-a2a5-4f0d9d8f1f52\n";

    #[test]
    fn a_machine_is_known_again_after_a_boot_and_its_mark_is_another() {
        let (before, after) = (Identity::of(ID, BOOT), Identity::of(ID, LATER));
        assert_eq!(before.id, after.id);
        assert_ne!(before.mark, after.mark);
        assert_eq!(before.mark.as_ref().map(String::len), Some(32));
        let other = Identity::of(&ID.replace('3', "4"), BOOT);
        assert!(other.id != before.id && other.mark != before.mark);
    }

    #[test]
    fn neither_says_the_ids_that_it_is_made_of() {
        let machine = Identity::of(ID, BOOT);
        for text in [machine.id, machine.mark].into_iter().flatten() {
            assert!(!ID.contains(&text) && !BOOT.replace('-', "").contains(&text));
        }
    }

    #[test]
    fn a_system_that_has_no_machine_id_yet_has_no_clones() {
        for none in [
            "",
            "uninitialized\n",
            "3d12\n",
            "zz1219c7c4c5404aaa1f6d2a48adfda4\n",
        ] {
            assert_eq!(Identity::of(none, BOOT).id, None, "{none}");
            assert!(Identity::of(none, BOOT).mark.is_some());
        }
        assert_eq!(Identity::of(ID, "").mark, None);
    }
}
