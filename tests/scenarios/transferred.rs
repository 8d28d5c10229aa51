use super::*;
use daiban_contract::{act::SetOffice, ask::Offices};
use daiban_domain::{
    Role,
    case::State,
    office::{Office, OfficeKind},
};
use serde_json::json;

/// The applicant came to the wrong township: the case is closed there as transferred, goes on elsewhere under a number of its
/// own, and whoever sees both sees that they are one thing.
#[tokio::test]
async fn a_case_that_came_to_the_wrong_township_goes_on_in_the_right_one() {
    let story = Story::begin().await;
    let Story { county, township, top, .. } = &story;
    let other = county.enrol("other", "621099200000", &[Role::Intake], "周强", at("05-05T09:00")).await;
    let first = walk_in(township, "I002", &[], "05-06T09:00");
    let to = json!({"to": "石河乡便民服务中心", "told": true, "reason": "户籍在石河乡"});
    let closed = say(township, &first, "transfer", "05-06T09:30", to).unwrap();
    assert_eq!((closed.state, closed.goes_on_in.len()), (State::Transferred, 0));

    let mut request = request(&other, "I002", &[], at("05-07T09:00"));
    request.channel = Some(Channel::Window);
    request.goes_on_from = Some(format!("{first}0"));
    assert!(
        other.record(request.clone(), at("05-07T09:00")).map_err(message).unwrap_err().contains("转办告知单")
    );
    request.goes_on_from = Some(first.to_lowercase());
    let second = other.record(request, at("05-07T09:05")).unwrap().case_no;
    county.hub_says(at("05-07T12:00"));
    for desk in [&other, township, top] {
        county.exchange(desk, at("05-07T12:00")).await.unwrap();
    }
    assert_eq!(see(top, &second, "05-07T12:00").goes_on_from, first);
    assert_eq!(see(top, &first, "05-07T12:00").goes_on_in, [second]);
    assert_eq!(see(top, &first, "05-07T12:00").duplicates.len(), 0, "one request, not two");
}

/// A village group's service room is where a request was taken down, without a code of its own.
#[tokio::test]
async fn a_request_names_the_service_spot_where_it_was_taken_down() {
    let story = Story::begin().await;
    let Story { village, township, top, .. } = &story;
    let spot = |name: &str, valid_to| SetOffice {
        office: Office {
            unit: "621099100200".parse().unwrap(),
            kind: OfficeKind::Spot,
            name: name.to_owned(),
            uscc: String::new(),
            address: "三组".to_owned(),
            phone: String::new(),
            valid_to,
        },
    };
    let mut request = request(village, "I002", &[], at("03-05T09:00"));
    request.spot = Some("三组便民服务室".to_owned());
    let unknown = village.record(request.clone(), at("03-05T09:00")).map_err(message).unwrap_err();
    assert!(unknown.contains("没有这个服务点"), "{unknown}");
    village.set_office(spot("三组便民服务室", None), at("03-05T09:05")).unwrap();
    let case_no = village.record(request.clone(), at("03-05T09:10")).unwrap().case_no;
    story.all_meet("03-05T12:00").await;
    assert_eq!(see(top, &case_no, "03-05T12:00").spot, "三组便民服务室");

    // The township's word comes before the village's own.
    let closes = at("03-07T00:00").date();
    township.set_office(spot("三组便民服务室", Some(closes)), at("03-05T13:00")).unwrap();
    let dept = Office {
        unit: "621099000000".parse().unwrap(),
        kind: OfficeKind::Dept,
        name: "县民政局".to_owned(),
        uscc: "12441500196720244T".to_owned(),
        ..spot("", None).office
    };
    assert!(township.set_office(SetOffice { office: dept.clone() }, at("03-05T13:05")).is_err());
    top.set_office(SetOffice { office: dept }, at("03-05T13:10")).unwrap();
    story.all_meet("03-06T12:00").await;
    let offices = village.offices(Offices::default(), at("03-06T12:00")).unwrap();
    assert_eq!((offices.len(), offices[0].valid_to), (1, Some(closes)));
    let depts =
        village.offices(Offices { unit: Some("621099000000".parse().unwrap()) }, at("03-06T12:00")).unwrap();
    assert_eq!(depts.iter().map(|dept| dept.name.as_str()).collect::<Vec<_>>(), ["县民政局"]);
    assert!(village.record(request, at("03-09T09:00")).is_err(), "it has been closed");
    for name in ["village", "township", "county"] {
        assert_eq!(story.county.replica(name).verify().unwrap(), [], "{name}");
    }
}
