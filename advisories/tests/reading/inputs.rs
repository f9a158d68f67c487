//! Streams, archives and folders.

use std::{
    fs,
    io::{Cursor, Write},
};

use advisories::{
    Reason,
    input::{self, Broken, Found},
};
use flate2::{Compression, write::GzEncoder};

/// Takes what is found as lines: the id of each record, and what was skipped but that records name no package here.
fn lines(
    read: impl FnOnce(&mut dyn FnMut(Found) -> Result<(), Broken>) -> Result<(), Broken>,
) -> Vec<String> {
    let mut lines = Vec::new();
    let read = read(&mut |found| {
        match found {
            Found::Advisory(advisory) => lines.push(advisory.id),
            Found::Skipped(skipped) if skipped.reason == Reason::NamesNothing => {}
            Found::Skipped(skipped) => lines.push(skipped.to_string()),
        }
        Ok(())
    });
    lines.extend(read.err().map(|error| format!("broken: {error}")));
    lines
}

fn stream(text: &str) -> String {
    lines(|take| input::stream(text.as_bytes(), "in", take)).join("; ")
}

#[test]
fn a_record_a_list_and_one_after_the_other_are_read() {
    assert_eq!(stream(r#"{"id":"A"}"#), "A");
    assert_eq!(stream("[{\"id\":\"A\"}, {\"id\":\"B\"}]\n"), "A; B");
    assert_eq!(
        stream("{\"id\":\"A\"}\n{\"id\":\"B\"}\n\n{\"id\":\"C\"}"),
        "A; B; C"
    );
    assert_eq!(
        stream("{\n  \"id\": \"A\"\n}\n{\n  \"id\": \"B\"\n}\n"),
        "A; B"
    );
    assert_eq!(stream("\u{feff}{\"id\":\"A\"}"), "A");
    assert_eq!(
        stream("{\"id\":\"A\",\"summary\":\"} \\\" [\"}{\"id\":\"B\"}"),
        "A; B"
    );
    assert_eq!(stream("[]"), "");
    assert_eq!(stream(""), "");
}

#[test]
fn a_line_that_is_no_json_is_skipped_and_the_next_one_is_read() {
    let bad = |line: &str| stream(&format!("{{\"id\":\"A\"}}\n{line}\n{{\"id\":\"B\"}}\n"));
    let not_json = "A; in, record 2: record isn't JSON; B";
    assert_eq!(bad("{\"id\": \"x"), not_json);
    assert_eq!(bad("{\"id\": \"x\""), not_json);
    assert_eq!(bad("{\"id\": {\"x\": 1}"), not_json);
    assert_eq!(
        bad("what is this"),
        "A; in, record 2: record isn't an object; B"
    );
    assert_eq!(bad("[1]"), "A; in, record 2: record isn't an object; B");
}

#[test]
fn an_element_of_a_list_that_is_no_record_is_skipped() {
    assert_eq!(
        stream("[1, {\"id\":\"A\"}, [2], \"x\", {\"id\":\"B\"}]"),
        "in: record isn't an object; A; in, record 3: record isn't an object; \
         in, record 4: record isn't an object; B"
    );
}

#[test]
fn a_stream_that_ends_too_early_is_broken() {
    let cut = "broken: in ends in the midst of a record: it is cut off";
    assert_eq!(stream("[{\"id\":\"A\"},"), format!("A; {cut}"));
    assert_eq!(stream("{\"id\":\"A\"}\n{\"id\":"), format!("A; {cut}"));
    assert_eq!(
        stream("[{\"id\":\"A\n\"}]"),
        "broken: in holds a list of records that is no JSON"
    );
}

/// Files of an archive or a folder.
const FILES: &[(&str, &str)] = &[
    ("LICENSE", "text"),
    ("a/A.json", r#"{"id":"A"}"#),
    ("a/B.json", r#"{"id":"B""#),
    ("c.ndjson", "{\"id\":\"C\"}\n{\"id\":\"D\"}\n"),
];

fn zipped() -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in FILES {
        zip.start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn tarred() -> Vec<u8> {
    let mut tar = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    for (name, text) in FILES {
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        tar.append_data(&mut header, name, text.as_bytes()).unwrap();
    }
    tar.into_inner().unwrap().finish().unwrap()
}

#[test]
fn the_files_of_an_archive_are_read_and_one_that_is_broken_is_skipped() {
    let expected = "in: LICENSE: file isn't JSON by its name; A; \
                    in: a/B.json: record isn't JSON (it is cut off or no JSON); C; D";
    let zip = lines(|take| input::zip(Cursor::new(zipped()), "in", take));
    assert_eq!(zip.join("; "), expected);
    let tar = lines(|take| input::tar_gz(&*tarred(), "in", take));
    assert_eq!(tar.join("; "), expected);
}

#[test]
fn an_archive_that_is_cut_off_is_broken() {
    let (zip, tar) = (zipped(), tarred());
    let zip = lines(|take| input::zip(Cursor::new(&zip[..zip.len() - 30]), "in", take));
    assert!(zip.last().unwrap().starts_with("broken: in: "), "{zip:?}");
    let tar = lines(|take| input::tar_gz(&tar[..tar.len() / 2], "in", take));
    assert!(tar.last().unwrap().starts_with("broken: in: "), "{tar:?}");
}

#[test]
fn a_folder_is_read_with_what_is_in_it() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("a")).unwrap();
    for (name, text) in FILES {
        fs::write(folder.path().join(name), text).unwrap();
    }
    fs::write(folder.path().join("z.zip"), zipped()).unwrap();
    fs::write(folder.path().join("z.tar.gz"), tarred()).unwrap();
    let found = lines(|take| input::path(folder.path(), take));
    let ids: String = found.into_iter().filter(|line| line.len() == 1).collect();
    assert_eq!(ids, "ACDACDACD");
}

#[test]
fn a_file_is_read_by_its_name_and_whatever_it_is_called() {
    let folder = tempfile::tempdir().unwrap();
    let read = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        lines(|take| input::path(&path, take)).join(" ")
    };
    assert_eq!(read("vendor's file", br#"{"id":"A"}"#), "A");
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(b"{\"id\":\"A\"}\n{\"id\":\"B\"}").unwrap();
    assert_eq!(read("x.json.gz", &packed.finish().unwrap()), "A B");
    assert!(read("x.zip", b"no zip").starts_with("broken: "));
    let missing = folder.path().join("missing");
    assert!(lines(|take| input::path(&missing, take))[0].contains("missing"));
}
