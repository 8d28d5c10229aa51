//! What fuzzing has found, and what real exchanges look like, through the same functions again (`fuzz/`).

use crate::convergence::request;
use daiban_contract::act::{Act, Set};
use daiban_domain::{DocumentId, Role};
use daiban_exchange::{
    Entry, Incarnation, Log, Vector, bundle::hub_recipient, engine, enrolment::Application, wire,
};
use daiban_testkit::{County, at};
use ed25519_dalek::SigningKey;
use std::{collections::BTreeMap, fs, path::PathBuf};

fn corpus(target: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus").join(target)
}

fn replay(target: &str, take: fn(&[u8])) {
    let files: Vec<PathBuf> =
        fs::read_dir(corpus(target)).unwrap().map(|file| file.unwrap().path()).collect();
    assert!(files.len() >= 3, "{target}: {} files", files.len());
    for file in files {
        // On a panic the name is the last thing said.
        println!("{}", file.display());
        take(&fs::read(&file).unwrap());
    }
}

#[test]
fn every_frame_of_the_corpus() {
    replay("frame", daiban_fuzz::frame);
}

#[test]
fn every_bundle_of_the_corpus() {
    replay("bundle", daiban_fuzz::bundle);
}

#[test]
fn every_entry_of_the_corpus() {
    replay("entry", daiban_fuzz::entry);
}

#[test]
fn every_certificate_of_the_corpus() {
    replay("certificate", daiban_fuzz::certificate);
}

#[test]
fn every_key_file_of_the_corpus() {
    replay("sealed", daiban_fuzz::sealed);
}

#[test]
fn every_mark_of_the_corpus() {
    replay("mark", daiban_fuzz::mark);
}

#[test]
fn every_backup_of_the_corpus() {
    replay("backup", daiban_fuzz::backup);
}

#[test]
fn every_table_of_the_corpus() {
    replay("table", daiban_fuzz::table);
}

fn write(target: &str, name: &str, bytes: &[u8]) {
    fs::create_dir_all(corpus(target)).unwrap();
    fs::write(corpus(target).join(name), bytes).unwrap();
}

/// The same for what doesn't come in entries: what a hub certifies, key files, marks, tables.
#[tokio::test]
#[ignore = "writes into fuzz/corpus"]
async fn seeds_of_files() {
    let county = County::new().await;
    let now = at("03-05T09:00");
    let code = county.hub.issue_code("621099100200".parse().unwrap(), &[Role::Agent], now).unwrap().code;
    let application = Application {
        protocol: wire::PROTOCOL_MAX,
        code,
        key: [0; 32],
        recipient: hub_recipient(&SigningKey::from_bytes(&[7; 32]).verifying_key()),
        incarnation: Incarnation(7),
        device_name: "上塬1号本".to_owned(),
        person_name: "测试员".to_owned(),
        signature: [0; 64],
        person_key: None,
    };
    let application = application.signed(&SigningKey::from_bytes(&[7; 32]));
    let admission = county.hub.admit(&application, now).unwrap();
    write("frame", "seed-admission", &daiban_fuzz::admitted(&admission));
    write("entry", "seed-said", &daiban_fuzz::said());
    let many = |target: &str, seeds: Vec<Vec<u8>>| {
        for (i, bytes) in seeds.iter().enumerate() {
            write(target, &format!("seed-{i}"), bytes);
        }
    };
    many("certificate", daiban_fuzz::certificates(&admission.certified.unwrap()));
    many("sealed", daiban_fuzz::sealings());
    many("backup", daiban_fuzz::backups());
    many("mark", daiban_fuzz::marks());
    many("table", daiban_fuzz::tables());
}

/// Writes what the corpus begins with: `cargo test -p daiban-tests --test across seeds -- --ignored`.
#[tokio::test]
#[ignore = "writes into fuzz/corpus"]
async fn seeds() {
    let county = County::new().await;
    let desks = ["village", "township"].map(|name| county.desk(name));
    let case_no = desks[0].record(request(0), at("03-05T09:00")).unwrap().case_no;
    for (desk, phone) in [(0, "13912345670"), (0, "13912345671"), (1, "13912345672")] {
        for desk in [&desks[0], &desks[1]] {
            county.exchange(desk, at("03-05T09:10")).await.unwrap();
        }
        let set = |path: &str, value: &str| Set {
            case_no: case_no.clone(),
            path: path.to_owned(),
            value: value.to_owned(),
            reason: None,
        };
        desks[desk].set(set("applicant.phone", phone), at("03-05T09:20")).unwrap();
        // At the same time: two values stand.
        desks[1 - desk].set(set("applicant.phone", "13700000000"), at("03-05T09:20")).unwrap();
    }
    let act = Act { case_no: case_no.clone(), event: "handOver".to_owned(), payload: None, on: None };
    desks[0].act(act, at("03-05T09:30")).unwrap();
    for desk in [&desks[1], &desks[0]] {
        county.exchange(desk, at("03-05T09:40")).await.unwrap();
    }
    let mut replica = county.replica("village");
    let unit = replica.identity().unit;
    let runs = replica.intake(|log| {
        let ours = log.vector(unit)?.of(|feed| feed.partition.unit == unit);
        engine::missing(log, &ours, &Vector::default(), usize::MAX)
    });
    let mut documents: BTreeMap<DocumentId, Vec<Entry>> = BTreeMap::new();
    for entry in runs.unwrap().into_iter().flat_map(|run| run.entries) {
        let document = entry.header().unwrap().document;
        documents.entry(document.unwrap_or(DocumentId([0; 16]))).or_default().push(entry);
    }
    for (i, entries) in documents.values().enumerate() {
        for count in [1, entries.len()] {
            let entries = &entries[..count];
            write("entry", &format!("seed-{i}-{count}"), &daiban_fuzz::write_entries(entries));
            let (frames, bundles) = daiban_fuzz::seeds(entries);
            for (j, bytes) in frames.iter().enumerate() {
                write("frame", &format!("seed-{i}-{count}-{j}"), bytes);
            }
            for (j, bytes) in bundles.iter().enumerate() {
                write("bundle", &format!("seed-{i}-{count}-{j}"), bytes);
            }
        }
    }
}
