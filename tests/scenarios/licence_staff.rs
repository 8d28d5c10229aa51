use super::*;
use daiban_contract::{
    act::{PublishSetting, SetStaff},
    view::StaffView,
};
use daiban_domain::{
    PersonId,
    case::State,
    staff::{StaffType, Training},
};

fn find(desk: &Desk, name: &str) -> StaffView {
    let all = desk.staff(ask::Staff {}, at("05-06T09:00")).unwrap();
    all.into_iter().find(|person| person.name == name).unwrap()
}

fn telling(person: PersonId) -> SetStaff {
    SetStaff {
        person,
        staff_type: None,
        law_enforcement_cert_no: None,
        partner: None,
        phone: None,
        training: None,
        from: None,
        to: None,
    }
}

/// “在岗在编、具有行政执法证件”: at first it is only said, then the county makes it a rule.
#[tokio::test]
async fn who_decides_on_a_licence_is_known_as_qualified() {
    let story = Story::begin().await;
    let Story { county, village, township, top } = &story;
    let [first, case_no] = ["05-06T09:00", "05-06T09:05"].map(|when| walk_in(township, "I034", &[], when));
    for case_no in [&first, &case_no] {
        act(township, case_no, "accept", "05-06T09:10").unwrap();
        act(township, case_no, "startReview", "05-06T10:00").unwrap();
    }
    let offers = see(township, &first, "05-06T10:30").offers;
    let offer = offers.iter().find(|offer| offer.event == "propose").unwrap();
    assert!(offer.blocked.is_empty() && offer.says.contains("还没有登记岗位信息"), "{offer:?}");
    let proposed = act(township, &first, "propose", "05-06T11:00").unwrap();
    assert!(proposed.warnings.iter().any(|warning| warning.code == "licence-staff"));

    let strict = PublishSetting { name: "licenceStaffStrict".to_owned(), value: 1, since: None };
    top.publish_setting(strict, at("05-06T15:00")).unwrap();
    story.all_meet("05-07T09:00").await;
    let refused = act(township, &case_no, "propose", "05-07T10:00").unwrap_err();
    assert!(refused.contains("在岗在编"), "{refused}");
    let blocked = see(township, &case_no, "05-07T10:00").offers;
    let propose = blocked.iter().find(|offer| offer.event == "propose").unwrap();
    assert!(propose.blocked.contains("在岗在编"));

    let head = find(township, "王建国").person;
    let agent = find(township, "李秀兰").person;
    let told = SetStaff {
        staff_type: Some(StaffType::Established),
        partner: Some(agent),
        training: Some(Training { on: at("03-02T09:00").date(), subject: "一次性告知".to_owned() }),
        ..telling(head)
    };
    let own = village.set_staff(told.clone(), at("05-07T10:00")).map_err(message).unwrap_err();
    assert!(own.contains("中心主任"), "{own}");
    township.set_staff(told, at("05-07T10:00")).unwrap();
    assert!(act(township, &case_no, "propose", "05-07T10:10").unwrap_err().contains("执法证号"));
    let certificate = SetStaff { law_enforcement_cert_no: Some("62109900001".to_owned()), ..telling(head) };
    let known = township.set_staff(certificate.clone(), at("05-07T10:20")).unwrap().staff.unwrap();
    assert_eq!((known.staff_type, known.trainings.len()), (Some(StaffType::Established), 1));
    let proposed = act(township, &case_no, "propose", "05-07T10:30").unwrap();
    assert_eq!(proposed.state, State::PendingDecision);
    assert!(proposed.warnings.iter().all(|warning| warning.code != "licence-staff"));

    // Everybody sees it; what the county says goes before what the township says.
    story.all_meet("05-07T12:00").await;
    assert_eq!(find(village, "李秀兰").staff, None);
    assert_eq!(find(top, "王建国").staff, Some(known));
    let contract = SetStaff { staff_type: Some(StaffType::Contract), ..telling(head) };
    top.set_staff(contract, at("05-08T09:00")).unwrap();
    story.all_meet("05-08T12:00").await;
    assert!(act(township, &case_no, "approve", "05-08T14:00").unwrap_err().contains("聘用"));
    assert!(
        township.set_staff(certificate, at("05-08T14:10")).map_err(message).unwrap_err().contains("县里登记")
    );
    for desk in ["village", "township", "county"] {
        assert_eq!(county.replica(desk).verify().unwrap(), []);
    }
}
