//! The scenarios that the field's experts told, each as one test that reads like a story: what happens, and what the people
//! at the desks must see.

mod agent_replaced;
mod applicants;
pub mod bad_rating;
mod catalogue_changes;
mod entrusted;
mod joint_case;
mod laptop_stolen;
mod licence_staff;
mod market_day;
mod nine_days_offline;
mod public_notice;
mod same_case_at_two_desks;
mod same_resident_two_villages;
mod silence;
mod substitute;
mod tolerant_acceptance;
mod transferred;
mod usb_stick;
mod village_merged;
mod wrong_clock;
mod year_end;

use daiban_contract::{
    act::{Act, Channel, Record, Unmask},
    ask,
    view::{Applicant, CaseView, DeadlineView, MaterialCount},
};
use daiban_desk::{Desk, Trouble};
use daiban_domain::{Instant, item::Item};
use daiban_testkit::{County, answers, at};
use serde_json::{Map, Value};

/// A village, its township and the county, a hub between them.
pub struct Story {
    pub county: County,
    pub village: Desk,
    pub township: Desk,
    pub top: Desk,
}

impl Story {
    pub async fn begin() -> Self {
        let county = County::new().await;
        let [village, township, top] = ["village", "township", "county"].map(|name| county.desk(name));
        Self { county, village, township, top }
    }

    /// Everybody exchanges until everybody has heard of everything.
    pub async fn all_meet(&self, when: &str) {
        self.county.hub_says(at(when));
        for desk in [&self.village, &self.township, &self.top, &self.township, &self.village] {
            self.county.exchange(desk, at(when)).await.unwrap();
        }
    }
}

/// A request for an item with everything it needs, but for some materials.
fn request(desk: &Desk, item: &str, lacking: &[&str], now: Instant) -> Record {
    let item: Item = desk.item(ask::Item { item_id: item.to_owned() }, now).unwrap();
    let brought =
        item.materials.iter().filter(|material| !lacking.contains(&material.material_code.as_str()));
    let materials = brought.map(|material| MaterialCount {
        material_code: material.material_code.clone(),
        originals: material.originals.max(1),
        copies: material.copies,
    });
    Record {
        item_id: item.item_id.clone(),
        applicant: Applicant {
            name: "马秀英".to_owned(),
            id_type: "111".to_owned(),
            id_no: "621099195508082563".to_owned(),
            phone: "13912345678".to_owned(),
            address: "上塬村三组".to_owned(),
            ..Applicant::default()
        },
        fields: answers(&item, now.date()).into_iter().collect(),
        materials: materials.collect(),
        ..Record::default()
    }
}

/// Records a request; returns its number.
pub fn record(desk: &Desk, item: &str, lacking: &[&str], when: &str) -> String {
    desk.record(request(desk, item, lacking, at(when)), at(when)).unwrap().case_no
}

/// The same of somebody who came to the window.
pub fn walk_in(desk: &Desk, item: &str, lacking: &[&str], when: &str) -> String {
    let request = Record { channel: Some(Channel::Window), ..request(desk, item, lacking, at(when)) };
    desk.record(request, at(when)).unwrap().case_no
}

pub fn act(desk: &Desk, case_no: &str, event: &str, when: &str) -> Result<CaseView, String> {
    say(desk, case_no, event, when, Value::Null)
}

/// An act with what is said in it.
pub fn say(desk: &Desk, case_no: &str, event: &str, when: &str, says: Value) -> Result<CaseView, String> {
    let payload: Option<Map<String, Value>> = serde_json::from_value(says).unwrap();
    let act = Act { case_no: case_no.to_owned(), event: event.to_owned(), payload, on: None };
    desk.act(act, at(when)).map_err(message)
}

pub fn message(trouble: Trouble) -> String {
    daiban_contract::Failure::from(trouble).message
}

pub fn see(desk: &Desk, case_no: &str, when: &str) -> CaseView {
    desk.case(ask::Case { case_no: case_no.to_owned() }, at(when)).unwrap()
}

/// What is masked at a path, for a reason.
pub fn unmask(desk: &Desk, case_no: &str, path: &str, when: &str) -> Vec<String> {
    let (case_no, path, reason) = (case_no.to_owned(), path.to_owned(), "核对证件原件".to_owned());
    desk.unmask(Unmask { case_no, path, reason }, at(when)).unwrap().values
}

pub fn clock<'c>(case: &'c CaseView, name: &str) -> &'c DeadlineView {
    case.deadlines.iter().find(|deadline| deadline.name == name).unwrap()
}

/// What `daiban explain` says, in one text.
pub fn explain(desk: &Desk, case_no: &str, when: &str) -> String {
    desk.explain(ask::Explain { case_no: case_no.to_owned() }, at(when)).unwrap().says.join("\n")
}
