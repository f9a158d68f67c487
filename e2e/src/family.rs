//! Who started which process.

use std::{collections::BTreeMap, fs};

/// The variable by which an agent finds again what another one started.
const MARK: &str = "ASSETMON_AGENT_PROCESS";

/// A process and everything that it started, itself first.
pub(crate) fn family(first: u32) -> Vec<u32> {
    let mut children: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for process in processes() {
        let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
        let fields = stat.rsplit_once(") ").map(|(_, fields)| fields);
        let parent = fields.and_then(|fields| fields.split(' ').nth(1)?.parse().ok());
        children
            .entry(parent.unwrap_or(0))
            .or_default()
            .push(process);
    }
    let mut family = vec![first];
    let mut next = 0;
    while let Some(process) = family.get(next) {
        family.extend(children.remove(process).unwrap_or_default());
        next += 1;
    }
    family
}

/// The processes that one of these agents started, whoever is their parent by now.
pub(crate) fn started_by(agents: &[u32]) -> Vec<u32> {
    let marks: Vec<String> = agents
        .iter()
        .map(|agent| format!("{MARK}={agent}."))
        .collect();
    let carries = |process: &u32| {
        let environment = fs::read(format!("/proc/{process}/environ")).unwrap_or_default();
        let mut variables = environment.split(|byte| *byte == 0);
        variables.any(|one| marks.iter().any(|mark| one.starts_with(mark.as_bytes())))
    };
    processes().into_iter().filter(carries).collect()
}

fn processes() -> Vec<u32> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let numbers = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    numbers.collect()
}
