//! A township's desk serves its villages while the line to the county is down.

use crate::convergence::{DESKS, request};
use daiban_contract::{
    Code, Failure,
    act::{CallRelay, Enrol, Exchange, Set, SetWays},
    ask,
    view::Reach,
};
use daiban_desk::Desk;
use daiban_domain::Instant;
use daiban_testkit::{County, Relay, at};
use std::{net::TcpListener, sync::Arc};

fn minute(n: i64) -> Instant {
    Instant(at("03-05T09:00").0 + n * 60_000)
}

fn reach(desk: &Desk, case_no: &str) -> Reach {
    desk.case(ask::Case { case_no: case_no.to_owned() }, minute(99)).unwrap().reach
}

#[tokio::test]
async fn a_village_reaches_its_township_and_through_it_the_county() {
    let county = County::new().await;
    let [village, township, top] = DESKS.map(|name| county.desk(name));
    for desk in [&village, &township, &top] {
        county.exchange(desk, minute(-60)).await.unwrap();
    }
    let relay = Relay::of(&county, "township").await;
    let ways = SetWays { call: Some(relay.url.clone()), listen: None };
    village.set_ways(ways, minute(0)).unwrap();
    let case_no = village.record(request(0), minute(1)).unwrap().case_no;
    assert_eq!(reach(&village, &case_no), Reach::Here);

    // The hub's own address leads nowhere: the sample's desks know it as port 1.
    let done = village.exchange(Exchange::default(), minute(2)).await.unwrap();
    assert!(done.relayed && done.sent >= 2 && done.pending > 0, "{done:?}");
    assert_eq!(reach(&village, &case_no), Reach::Township);
    let sync = village.sync(ask::Sync {}, minute(2)).unwrap();
    assert!(sync.last_failure.is_some(), "the county was not reached, and the page says so");
    assert_eq!((sync.cases_at_township, sync.cases_at_county), (1, 0));
    let seen = township.case(ask::Case { case_no: case_no.clone() }, minute(3)).unwrap();
    assert_eq!((seen.applicant.name.as_str(), seen.county_receipt), ("王𬍛㛃", false));
    let set = Set {
        case_no: case_no.clone(),
        path: "applicant.address".to_owned(),
        value: "清源镇人民路66号".to_owned(),
        reason: None,
    };
    township.set(set, minute(4)).unwrap();

    // The township's line comes back; the village still only has the township.
    county.exchange(&township, minute(5)).await.unwrap();
    county.exchange(&top, minute(5)).await.unwrap();
    assert_eq!(reach(&top, &case_no), Reach::County);
    let done = village.exchange(Exchange::default(), minute(6)).await.unwrap();
    assert!(done.relayed && done.received >= 1 && done.pending == 0, "{done:?}");
    let view = village.case(ask::Case { case_no: case_no.clone() }, minute(7)).unwrap();
    assert_eq!(view.reach, Reach::County, "the county's receipt, carried");
    assert_eq!(view.applicant.address, "清源镇人民路66号");
    let idle = village.exchange(Exchange::default(), minute(8)).await.unwrap();
    assert_eq!((idle.sent, idle.received, idle.requests), (0, 0, 1), "{idle:?}");
    for name in DESKS {
        assert_eq!(county.replica(name).verify().unwrap(), [], "{name}");
    }
}

#[tokio::test]
async fn a_device_that_the_township_has_not_heard_of_introduces_itself() {
    let county = County::new().await;
    let township = county.desk("township");
    county.exchange(&township, minute(0)).await.unwrap();
    let code =
        county.hub.issue_code("621099100201".parse().unwrap(), &[daiban_domain::Role::Agent], minute(1));
    let newcomer = Desk::open(county.place("newcomer")).unwrap();
    let enrol = Enrol {
        hub: county.url.clone(),
        code: code.unwrap().code,
        device: "新设备".to_owned(),
        user: "赵强".to_owned(),
        password: None,
    };
    newcomer.enrol(enrol, minute(2)).await.unwrap();
    let case_no = newcomer.record(request(0), minute(3)).unwrap().case_no;
    let relay = Relay::of(&county, "township").await;
    let done = newcomer.exchange_with_relay(&relay.url, minute(3)).await.unwrap();
    assert!(done.sent > 0, "{done:?}");
    assert_eq!(reach(&newcomer, &case_no), Reach::Township);
    township.case(ask::Case { case_no }, minute(4)).unwrap();
}

#[tokio::test]
async fn a_relay_is_of_the_own_township_and_the_hub_is_none() {
    let county = County::new().await;
    let [village, top] = ["village", "county"].map(|name| county.desk(name));
    for desk in [&village, &top] {
        county.exchange(desk, minute(0)).await.unwrap();
    }
    let case_no = village.record(request(0), minute(1)).unwrap().case_no;
    let refused = |outcome: Result<_, daiban_desk::Trouble>| Failure::from(outcome.unwrap_err()).code;
    assert_eq!(refused(village.exchange_with_relay(&county.url, minute(3)).await), Code::HubWrong);
    assert_eq!(
        refused(village.exchange_with_relay("http://127.0.0.1:1", minute(3)).await),
        Code::HubUnreachable
    );
    let code =
        county.hub.issue_code("621099200000".parse().unwrap(), &[daiban_domain::Role::Intake], minute(1));
    let other = Desk::open(county.place("other")).unwrap();
    let enrol = Enrol {
        hub: county.url.clone(),
        code: code.unwrap().code,
        device: "别的镇".to_owned(),
        user: "孙丽".to_owned(),
        password: None,
    };
    other.enrol(enrol, minute(2)).await.unwrap();
    county.exchange(&village, minute(3)).await.unwrap();
    let relay = Relay::of(&county, "other").await;
    assert_eq!(refused(village.exchange_with_relay(&relay.url, minute(3)).await), Code::HubWrong);
    assert!(other.case(ask::Case { case_no }, minute(4)).is_err(), "nothing went there");
    let village_relay =
        village.set_ways(SetWays { call: None, listen: Some("0.0.0.0:7622".to_owned()) }, minute(5));
    assert_eq!(Failure::from(village_relay.unwrap_err()).code, Code::NotAllowed);
}

#[tokio::test]
async fn a_desk_serves_as_its_setting_says_and_tells_why_it_cant() {
    let county = County::new().await;
    let township = Arc::new(county.desk("township"));
    let village = county.desk("village");
    for desk in [&*township, &village] {
        county.exchange(desk, minute(0)).await.unwrap();
    }
    let clock = || minute(3);
    let listen = |address: &str| {
        let ways = SetWays { call: None, listen: Some(address.to_owned()) };
        township.set_ways(ways, minute(1)).unwrap();
    };
    let told = || {
        let view = township.sync(ask::Sync {}, minute(3)).unwrap();
        (view.relay_addresses, view.relay_failure.is_some())
    };
    assert!(!township.keep_relay(clock).await, "nothing is set, nothing happens");
    assert_eq!(told(), (vec![], false));

    // Another program has the port; once it lets go, the relay is there by itself.
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    listen(&address);
    assert!(township.keep_relay(clock).await);
    assert_eq!(told(), (vec![], true));
    assert!(!township.keep_relay(clock).await, "the same failure is no news");
    drop(taken);
    assert!(township.keep_relay(clock).await);
    assert_eq!(told(), (vec![format!("http://{address}")], false));
    assert!(!township.keep_relay(clock).await, "it runs already");

    // What a village brings is seen by who looks at the township's screen.
    let seen = township.data_version();
    village.set_ways(SetWays { call: Some(address), listen: None }, minute(2)).unwrap();
    let case_no = village.record(request(0), minute(2)).unwrap().case_no;
    village.call_relay(CallRelay {}, minute(3)).await.unwrap();
    assert_eq!(reach(&village, &case_no), Reach::Township);
    assert!(village.sync(ask::Sync {}, minute(3)).unwrap().township_word.is_some(), "and when it was there");
    assert_ne!(township.data_version(), seen);

    listen("");
    assert!(township.keep_relay(clock).await);
    assert_eq!(told(), (vec![], false));
    let failure = Failure::from(village.call_relay(CallRelay {}, minute(4)).await.unwrap_err());
    assert_eq!(failure.code, Code::HubUnreachable);
    assert!(
        failure.message.contains("镇上"),
        "it was not the county that didn't answer: {}",
        failure.message
    );
}
