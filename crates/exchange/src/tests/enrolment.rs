//! Applications and answers in files.

use super::{COUNTY, VILLAGE, device, key, unit};
use crate::{
    Incarnation,
    enrolment::{
        Admission, Application, Code, Enrolment,
        file::{Answered, Asked, FileError},
    },
    wire,
};
use daiban_domain::{Instant, PersonId};
use ed25519_dalek::VerifyingKey;

fn code(secret: u8) -> Code {
    Code::new([secret; 12], key(COUNTY).verifying_key().as_bytes())
}

pub(super) fn asked() -> Asked {
    let application = Application {
        protocol: wire::PROTOCOL_MAX,
        code: String::new(),
        key: [0; 32],
        recipient: "age1recipient".to_owned(),
        incarnation: Incarnation(7),
        device_name: "上塬2号本".to_owned(),
        person_name: "赵敏".to_owned(),
        signature: [0; 64],
        person_key: None,
    };
    Asked::new(&application.signed(&key(VILLAGE)), &code(3))
}

pub(super) fn answered() -> Answered {
    let application = asked().application().unwrap();
    let enrolment = Enrolment {
        device: device(VILLAGE),
        unit: unit(VILLAGE),
        name: application.device_name,
        key: application.key,
        recipient: application.recipient,
        incarnation: application.incarnation,
        tag: "A2".to_owned(),
        spare_tag: "A3".to_owned(),
        person: PersonId([8; 8]),
        person_name: application.person_name,
        roles: vec!["AGENT".to_owned()],
        code: code(3).hash(),
        person_key: None,
    };
    let admission = Admission {
        enrolment,
        hub: device(COUNTY),
        hub_key: [0; 32],
        time: Instant(1_700_000_000_000),
        signature: [0; 64],
        certified: None,
    };
    let hub = key(COUNTY);
    Answered::signed(admission.signed(&hub), "https://10.0.0.5:7621".to_owned(), b"a bundle".to_vec(), &hub)
}

#[test]
fn an_application_is_known_by_the_code_that_it_doesnt_say() {
    let file = asked().write();
    let read = Asked::read(&file).unwrap();
    assert_eq!(read, asked());
    assert!(read.made_with(&code(3).hash()));
    assert!(!read.made_with(&code(4).hash()) && !read.made_with(&code(3).without_secret().hash()));
    let application = read.application().unwrap();
    assert_eq!(application.verify(), Some(key(VILLAGE).verifying_key()));
    let text = code(3).to_string().replace('-', "");
    assert!(!file.windows(12).any(|bytes| bytes == &text.as_bytes()[..12]));
}

#[test]
fn whatever_is_altered_in_an_application_is_noticed() {
    let bytes = wire::encode(&asked());
    for at in 0..bytes.len() {
        let mut altered = bytes.clone();
        altered[at] ^= 1;
        let still = minicbor::decode::<Asked>(&altered).is_ok_and(|asked| asked.made_with(&code(3).hash()));
        assert!(!still, "byte {at}");
    }
}

#[test]
fn whatever_is_altered_in_an_answer_is_noticed() {
    let bytes = wire::encode(&answered());
    let pinned = code(9).without_secret();
    assert_eq!(answered().verify(&pinned), Some(key(COUNTY).verifying_key()));
    for at in 0..bytes.len() {
        let mut altered = bytes.clone();
        altered[at] ^= 1;
        let believed: Option<VerifyingKey> =
            minicbor::decode::<Answered>(&altered).ok().and_then(|answered| answered.verify(&pinned));
        assert_eq!(believed, None, "byte {at}");
    }
    let other = Code::new([3; 12], key(VILLAGE).verifying_key().as_bytes());
    assert_eq!(answered().verify(&other), None, "another county's code");
}

#[test]
fn one_file_is_not_taken_for_the_other() {
    let (asked, answered) = (asked().write(), answered().write());
    assert_eq!(Answered::read(&answered).unwrap(), self::answered());
    assert!(matches!(Asked::read(&answered), Err(FileError::Other)));
    assert!(matches!(Answered::read(&asked), Err(FileError::Other)));
    assert!(matches!(Answered::read(&answered[..200]), Err(FileError::Damaged)));
    let newer = [&b"daiban-enrolment/1\n"[..], &[9, 9, 9]].concat();
    assert!(matches!(Asked::read(&newer), Err(FileError::Newer)));
}

#[test]
fn a_code_without_its_secret_pins_what_it_pinned() {
    let pinned = code(3).without_secret();
    assert_eq!(pinned, code(4).without_secret());
    assert!(pinned.pins(key(COUNTY).verifying_key().as_bytes()));
    assert_eq!(Code::parse(&pinned.to_string()), Some(pinned));
}
