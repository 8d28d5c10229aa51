//! One-time codes that a township or the county asks the hub for, for its own computers and those below.

use daiban_contract::{
    Code, Failure, Secret,
    act::{AddUser, IssueCode},
    ask,
    view::CodeView,
};
use daiban_desk::Desk;
use daiban_domain::{Role, UnitCode};
use daiban_exchange::{
    client::{Client, ClientError},
    enrolment::AskCode,
    request::HubRefusal,
    wire,
};
use daiban_testkit::{County, at};

const VILLAGE: &str = "621099100200";

async fn ask_for(desk: &Desk, unit: &str, roles: &[Role], when: &str) -> Result<CodeView, Failure> {
    let unit: UnitCode = unit.parse().unwrap();
    desk.issue_code(IssueCode { unit, roles: roles.to_vec() }, at(when)).await.map_err(Failure::from)
}

#[tokio::test]
async fn a_township_gives_codes_to_its_villages() {
    let county = County::new().await;
    county.find_hub(&county.replica("township"));
    let township = county.desk("township");
    county.exchange(&township, at("03-05T08:00")).await.unwrap();
    county.hub_says(at("03-05T08:10"));
    let given = ask_for(&township, VILLAGE, &[], "03-05T08:10").await.unwrap();
    assert_eq!((given.unit_name.as_str(), given.roles.len()), ("上塬村", 2));
    assert!(given.expires > at("03-05T08:10"));
    let desk = county.enrol_with("new", &given.code, "马得草", at("03-05T08:20")).await;
    let view = desk.desk(ask::Desk {}, at("03-05T08:20")).unwrap();
    assert_eq!(view.unit.to_string(), VILLAGE);
    // It serves once.
    let add = AddUser {
        code: given.code, name: "某人".to_owned(), password: Secret::new("杏花开了去赶集")
    };
    assert!(desk.add_user(add, at("03-05T08:30")).await.is_err());
}

#[tokio::test]
async fn nobody_gives_codes_beyond_their_unit_or_above_their_level() {
    let county = County::new().await;
    for name in ["village", "township", "county"] {
        county.find_hub(&county.replica(name));
    }
    let [village, township, top] = ["village", "township", "county"].map(|name| county.desk(name));
    for desk in [&village, &township, &top] {
        county.exchange(desk, at("03-05T08:00")).await.unwrap();
    }
    let when = "03-05T08:10";
    county.hub_says(at(when));
    for (desk, unit, roles, expected) in [
        (&village, VILLAGE, &[][..], Code::NoRole),
        (&township, "621099000000", &[], Code::NotAllowed),
        (&township, "621099200200", &[], Code::NotAllowed),
        (&township, VILLAGE, &[Role::CountyMerge], Code::UnknownRole),
    ] {
        assert_eq!(ask_for(desk, unit, roles, when).await.unwrap_err().code, expected, "{unit} {roles:?}");
    }
    ask_for(&top, "621099200200", &[Role::Agent], when).await.unwrap();
    // The hub doesn't rely on the desk.
    let client = Client::new(&county.url, None).unwrap();
    for (name, unit, role) in [
        ("village", VILLAGE, "AGENT"),
        ("township", "621099200200", "AGENT"),
        ("township", VILLAGE, "COUNTY_MERGE"),
        ("township", VILLAGE, "NOBODY"),
    ] {
        let replica = county.replica(name);
        let roles = vec![role.to_owned()];
        let asked = AskCode { protocol: wire::PROTOCOL_MAX, unit: unit.parse().unwrap(), roles };
        let refused = client.ask_code(&asked, replica.identity().device, replica.signing_key()).await;
        assert!(matches!(refused, Err(ClientError::Refused(HubRefusal::NotAllowed))), "{name}: {refused:?}");
    }
}
