//! The fleet's rows as CSV, for the stores that assetmon is measured beside.

use std::{fs::File, io, path::Path};

use csv::Writer;

use crate::{fleet::Fleet, landmarks::containers_of_images};

/// Writes `packages.csv` (image, distro, distro_version, type, name, version, source, source_version; one row for
/// each artifact of each image) and `runs.csv` (host, container, image_name, image; one row for each container) of the
/// first cycle into a folder. Answers how many rows each has.
///
/// # Errors
/// The folder can't be written.
pub fn write(fleet: &Fleet, folder: &Path) -> io::Result<(u64, u64)> {
    std::fs::create_dir_all(folder)?;
    Ok((
        packages(fleet, &folder.join("packages.csv"))?,
        runs(fleet, &folder.join("runs.csv"))?,
    ))
}

fn packages(fleet: &Fleet, path: &Path) -> io::Result<u64> {
    let mut rows = writer(path)?;
    rows.write_record([
        "image",
        "distro",
        "distro_version",
        "type",
        "name",
        "version",
        "source",
        "source_version",
    ])?;
    let mut count = 0;
    for (image, containers) in (0..fleet.shape.images).zip(containers_of_images(fleet)) {
        // What runs nowhere was never scanned.
        if containers == 0 {
            continue;
        }
        let scan = fleet.scan(image);
        let digest = scan.digest.to_string();
        for artifact in &scan.artifacts {
            rows.write_record([
                digest.as_str(),
                &scan.distro,
                &scan.distro_version,
                &artifact.artifact_type,
                &artifact.name,
                &artifact.version,
                artifact.source.as_deref().unwrap_or_default(),
                artifact.source_version.as_deref().unwrap_or_default(),
            ])?;
            count += 1;
        }
    }
    rows.flush()?;
    Ok(count)
}

fn runs(fleet: &Fleet, path: &Path) -> io::Result<u64> {
    let mut rows = writer(path)?;
    rows.write_record(["host", "container", "image_name", "image"])?;
    for host in 0..fleet.shape.hosts {
        let name = fleet.host_name(host);
        for container in fleet.containers(host, 0) {
            let image = fleet.image_name(container.image);
            let digest = fleet.digest(container.image).to_string();
            rows.write_record([&name, &container.name, &image, &digest])?;
        }
    }
    rows.flush()?;
    Ok(fleet.shape.runs())
}

fn writer(path: &Path) -> io::Result<Writer<io::BufWriter<File>>> {
    let file = File::create(path)?;
    Ok(Writer::from_writer(io::BufWriter::with_capacity(
        1 << 20,
        file,
    )))
}
