//! Programs of different age on one county: what one doesn't understand it keeps, forwards unchanged and reads again after
//! an update; projections that another program made are made anew.

use crate::convergence::{DESKS, request};
use daiban_contract::{
    Code, Failure,
    act::{SaveForm, Set},
    ask,
    view::CaseView,
};
use daiban_desk::Desk;
use daiban_domain::{DocumentId, Instant};
use daiban_exchange::{Entry, Log, Partition, kind};
use daiban_replica::{PROJECTION_VERSION, Replica};
use daiban_testkit::{Author, County, at};
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

fn minute(n: i64) -> Instant {
    Instant(at("03-05T09:00").0 + n * 60_000)
}

fn case(desk: &Desk, case_no: &str) -> CaseView {
    desk.case(ask::Case { case_no: case_no.to_owned() }, minute(0)).unwrap()
}

fn phone(case_no: &str, value: &str) -> Set {
    Set {
        case_no: case_no.to_owned(),
        path: "applicant.phone".to_owned(),
        value: value.to_owned(),
        reason: None,
    }
}

fn document_of(replica: &Replica, case_no: &str) -> DocumentId {
    let sql = "SELECT document.document FROM case_row JOIN document USING (id) WHERE case_no = ?";
    DocumentId(replica.db().query_row(sql, [case_no], |row| row.get(0)).unwrap())
}

fn version(replica: &Replica) -> u32 {
    replica.db().pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
}

fn pretend(replica: &Replica, stored: u32) {
    replica.db().pragma_update(None, "user_version", stored).unwrap();
}

#[tokio::test]
async fn projections_of_another_program_are_made_anew_when_the_folder_is_opened() {
    let county = County::new().await;
    let case_no = county.desk("village").record(request(0), minute(0)).unwrap().case_no;
    for other in [0, PROJECTION_VERSION + 1] {
        let replica = county.replica("village");
        let right = replica.digest().unwrap();
        replica.db().execute("UPDATE case_row SET state = 'CLOSED', phone = ''", []).unwrap();
        assert_ne!(replica.digest().unwrap(), right);
        pretend(&replica, other);
        drop(replica);
        let mut replica = county.replica("village");
        assert_eq!(version(&replica), PROJECTION_VERSION);
        assert_eq!(replica.digest().unwrap(), right, "written by {other}");
        assert_eq!(replica.verify().unwrap(), []);
    }
    assert_eq!(case(&county.desk("village"), &case_no).applicant.phone, "13912345678");
}

/// An older program stored what it couldn't understand as kind 0, and without its document where it couldn't even read
/// the header.
#[tokio::test]
async fn what_an_older_program_could_not_read_counts_after_an_update() {
    let county = County::new().await;
    let [village, township, _] = DESKS.map(|name| county.desk(name));
    let case_no = village.record(request(0), minute(0)).unwrap().case_no;
    county.exchange(&village, minute(1)).await.unwrap();
    county.exchange(&township, minute(1)).await.unwrap();
    village.set(phone(&case_no, "13700000001"), minute(2)).unwrap();
    county.exchange(&village, minute(3)).await.unwrap();
    county.exchange(&township, minute(3)).await.unwrap();
    let right = county.replica("township").digest().unwrap();
    drop(township);
    for forgotten in ["kind = 0", "kind = 0, document = NULL"] {
        let replica = county.replica("township");
        let last = "SELECT max(id) FROM entry WHERE kind = 1 AND document = (SELECT id FROM case_row)";
        let changed =
            replica.db().execute(&format!("UPDATE entry SET {forgotten} WHERE id = ({last})"), []).unwrap();
        assert_eq!(changed, 1);
        let township = county.desk("township");
        let view = case(&township, &case_no);
        assert_eq!(view.applicant.phone, "13912345678", "{forgotten}");
        assert_eq!(view.incomplete, forgotten == "kind = 0", "{forgotten}");
        pretend(&replica, 0);
        drop((replica, township));
        let view = case(&county.desk("township"), &case_no);
        assert_eq!((view.applicant.phone.as_str(), view.incomplete), ("13700000001", false), "{forgotten}");
        let mut replica = county.replica("township");
        assert_eq!(replica.digest().unwrap(), right);
        assert_eq!(replica.verify().unwrap(), []);
    }
}

#[tokio::test]
async fn what_a_newer_village_writes_goes_through_unchanged_and_is_told() {
    let county = County::new().await;
    let [village, township, top] = DESKS.map(|name| county.desk(name));
    let cases: Vec<String> = (0..4).map(|n| village.record(request(0), minute(n)).unwrap().case_no).collect();
    for desk in [&village, &township, &top] {
        county.exchange(desk, minute(10)).await.unwrap();
    }
    let partition = Partition::work("621099100200".parse().unwrap(), 2026);
    let mut newer = Author::beside(&county, "village", partition, minute(20));
    let documents: Vec<DocumentId> = cases.iter().map(|no| document_of(&newer.replica, no)).collect();
    let change = |newer: &mut Author, document: DocumentId| {
        let mut document = newer.document(document, [7; 8]);
        let mut tx = document.transaction();
        automerge::transaction::Transactable::put(&mut tx, automerge::ROOT, "applicant.phone", "13700000001")
            .unwrap();
        let _ = tx.commit();
        document.get_last_local_change().unwrap().raw_bytes().to_vec()
    };
    let mut written = Vec::new();
    let mut write = |newer: &mut Author, entry: Entry| {
        newer.write(entry.clone());
        written.push(entry);
    };
    // A kind that may change what a case is, and one that only informs.
    for (unknown, document) in [(900, documents[0]), (kind::INFORMING + 6, documents[1])] {
        let header = newer.header(unknown, Some(document), None);
        write(&mut newer, Entry::new(&header, b"for those who know".to_vec()));
    }
    // A change of a later dialect.
    let mut header = newer.header(kind::CHANGE, Some(documents[2]), None);
    header.version = 2;
    write(&mut newer, Entry::new(&header, b"a later dialect".to_vec()));
    // A change of today's dialect under a header with one more field.
    let header = newer.header(kind::CHANGE, Some(documents[3]), Some([7; 8]));
    let mut entry = Entry::new(&header, change(&mut newer, documents[3]));
    assert_eq!(entry.header[0], 0x89, "an array of nine");
    entry.header[0] = 0x8a;
    entry.header.push(0xf5);
    write(&mut newer, entry);
    // A header that nobody can read.
    write(&mut newer, Entry::of(b"?".to_vec(), b"!".to_vec(), None));
    newer.send(&county).await;
    for desk in [&township, &top, &village] {
        county.exchange(desk, minute(30)).await.unwrap();
    }
    for name in DESKS {
        let mut replica = county.replica(name);
        for (n, entry) in (1..).zip(&written) {
            let held = replica.intake(|log| log.entry(&newer.feed, n)).unwrap();
            assert_eq!(held.as_ref(), Some(entry), "{name}: entry {n} is the author's");
        }
        assert_eq!(replica.verify().unwrap(), [], "{name}");
        let desk = county.desk(name);
        let told: Vec<(bool, bool)> = cases
            .iter()
            .map(|case_no| case(&desk, case_no))
            .map(|view| (view.incomplete, view.county_receipt))
            .collect();
        assert_eq!(told, [(true, true), (false, true), (true, true), (false, true)], "{name}");
        assert_eq!(case(&desk, &cases[3]).applicant.phone, "13700000001", "{name}");
    }
    // No legal paper for what isn't wholly understood.
    let print = |case_no: &str| SaveForm {
        case_no: case_no.to_owned(),
        form: "F01".to_owned(),
        file: Some(county.path("form.pdf").display().to_string()),
        ..SaveForm::default()
    };
    let refused = Failure::from(village.save_form(print(&cases[0]), minute(40)).unwrap_err());
    assert_eq!(refused.code, Code::FormNotEarned);
    village.save_form(print(&cases[1]), minute(40)).unwrap();
}

/// A hub of other protocols: says which, and refuses every question.
async fn hub_of_protocols(min: u16, max: u16) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = Vec::new();
            while !whole(&request) {
                let mut buffer = [0; 4096];
                let read = stream.read(&mut buffer).await.unwrap();
                request.extend_from_slice(&buffer[..read]);
            }
            let (status, body) = if request.starts_with(b"GET") {
                let info = json!({
                    "program": "daiban-hub", "county": "621099000000", "holder": "0102030405060708", "protocolMin": min, "protocolMax": max,
                });
                ("200 OK", info)
            } else {
                ("400 Bad Request", json!({ "error": "protocol" }))
            };
            let body = body.to_string();
            let length = body.len();
            let response =
                format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}");
            stream.write_all(response.as_bytes()).await.unwrap();
        }
    });
    url
}

/// Whether a request has arrived with its body.
fn whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some(head) = text.split("\r\n\r\n").next().filter(|head| head.len() < text.len()) else {
        return false;
    };
    let length =
        head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
    let head = request.windows(4).position(|window| window == b"\r\n\r\n").unwrap() + 4;
    request.len() >= head + length.unwrap_or(0)
}

#[tokio::test]
async fn whoever_has_to_be_updated_is_told() {
    let county = County::new().await;
    let village = county.desk("village");
    let case_no = village.record(request(0), minute(0)).unwrap().case_no;
    for (min, max, who) in [(90, 91, "请先更新本机程序"), (0, 1, "请等县中心更新")] {
        let url = hub_of_protocols(min, max).await;
        let failure = Failure::from(village.exchange_at(&url, minute(1)).await.unwrap_err());
        assert_eq!(failure.code, Code::HubRefused);
        assert!(failure.message.contains(who), "{}", failure.message);
    }
    // Nothing was lost by it.
    county.exchange(&village, minute(2)).await.unwrap();
    assert!(case(&village, &case_no).county_receipt);
}
