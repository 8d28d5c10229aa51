//! 三上三下: a township sends up what it would change in the catalogue, the county sends it down with what is to be fixed,
//! and publishes what has come of it.

use daiban_contract::{
    Code,
    act::{ActOnDraft, BeginDraft, PublishDraft},
    ask,
    view::DraftView,
};
use daiban_desk::{Desk, Trouble};
use daiban_domain::{
    Instant,
    item::{
        Item, catalogue_to_json,
        draft::{Fix, Said},
    },
};
use daiban_testkit::{
    County, at,
    program::{RunningHub, daiban, run},
};
use jiff::civil::date;

fn minute(n: i64) -> Instant {
    Instant(at("03-05T09:00").0 + n * 60_000)
}

struct Draft<'a> {
    no: String,
    county: &'a County,
    top: &'a Desk,
    township: &'a Desk,
}

impl Draft<'_> {
    fn act(
        &self,
        desk: &Desk,
        event: &str,
        says: Said,
        content: String,
        n: i64,
    ) -> Result<DraftView, Trouble> {
        let request = ActOnDraft { draft_no: self.no.clone(), event: event.to_owned(), says, content };
        desk.act_on_draft(request, minute(n))
    }

    fn say(&self, desk: &Desk, event: &str, says: Said, n: i64) -> Result<DraftView, Trouble> {
        self.act(desk, event, says, String::new(), n)
    }

    /// The published catalogue with one item changed, sent up by the township.
    fn submit(&self, change: impl FnOnce(&mut Item), n: i64) -> Result<DraftView, Trouble> {
        let mut catalogue = self.township.catalogue().unwrap();
        let entry = catalogue.items.iter_mut().rfind(|(item, _)| item.item_id == "I034").unwrap();
        change(&mut entry.0);
        entry.1 = entry.0.text_over(&entry.1).unwrap();
        self.act(self.township, "submit", Said::default(), catalogue_to_json(&catalogue).unwrap(), n)
    }

    async fn meet(&self, n: i64) {
        for desk in [self.township, self.top, self.township] {
            self.county.exchange(desk, minute(n)).await.unwrap();
        }
    }

    fn see(&self, desk: &Desk) -> DraftView {
        desk.draft(ask::Draft { draft_no: self.no.clone() }, minute(0)).unwrap()
    }
}

fn fix(fix: Fix, element: &str, text: &str) -> Said {
    let (item_id, element, text) = ("I034".to_owned(), element.to_owned(), text.to_owned());
    Said { fix: Some(fix), item_id, element, text, ..Said::default() }
}

fn text(text: &str) -> Said {
    Said { text: text.to_owned(), ..Said::default() }
}

#[tokio::test]
async fn a_townships_proposal_goes_up_and_down_three_times_before_it_is_published() {
    let county = County::new().await;
    let [top, township, village] = ["county", "township", "village"].map(|name| county.desk(name));
    let begun = township.begin_draft(BeginDraft { title: "林木采伐调整".to_owned() }, minute(0)).unwrap();
    let draft = Draft { no: begun.row.draft_no, county: &county, top: &top, township: &township };
    assert_eq!(draft.submit(|_| {}, 1).unwrap_err().code(), Code::BadInput, "nothing differs");

    // Up; the county asks for fixes of two kinds; down.
    draft.submit(|item| item.promise_limit.days = Some(6), 2).unwrap();
    draft.meet(3).await;
    let seen = draft.see(&top);
    assert_eq!((seen.row.state.as_str(), seen.row.round), ("UNDER_REVIEW", 1));
    assert_eq!(seen.rounds[0].items, ["I034"]);
    assert!(seen.rounds[0].changes[0].ends_with("承诺办结时限：7 → 6"), "{:?}", seen.rounds[0].changes);
    let elsewhere = Said { item_id: "I001".to_owned(), ..fix(Fix::Name, "", "改") };
    assert_eq!(draft.say(&top, "comment", elsewhere, 4).unwrap_err().code(), Code::BadInput);
    assert_eq!(
        draft.say(&top, "comment", fix(Fix::Name, "颜色", "改"), 4).unwrap_err().code(),
        Code::BadInput
    );
    assert_eq!(
        draft.say(&township, "comment", fix(Fix::Name, "", "改"), 4).unwrap_err().code(),
        Code::NoRole
    );
    draft.say(&top, "comment", fix(Fix::Process, "承诺办结时限", "按 1、3、7 天承诺"), 4).unwrap();
    draft.say(&top, "comment", fix(Fix::Basis, "设定依据", "写到条款"), 5).unwrap();
    draft.say(&top, "return", Said::default(), 6).unwrap();
    draft.meet(7).await;
    assert_eq!(draft.see(&township).rounds[0].comments.len(), 2);

    // The second and the third time; what differs is told from the time before.
    draft.submit(|item| item.promise_limit.days = Some(3), 8).unwrap();
    draft.meet(9).await;
    let seen = draft.see(&top);
    assert!(seen.rounds[1].changes[0].ends_with("承诺办结时限：6 → 3"), "{:?}", seen.rounds[1].changes);
    draft.say(&top, "comment", fix(Fix::Basis, "设定依据", "还没有写到条款"), 10).unwrap();
    draft.say(&top, "return", Said::default(), 11).unwrap();
    draft.meet(12).await;
    let third = draft.submit(
        |item| {
            item.promise_limit.days = Some(3);
            item.legal_basis = vec!["《中华人民共和国森林法》第五十七条".to_owned()];
        },
        13,
    );
    assert_eq!(third.unwrap().row.round, 3);
    draft.meet(14).await;
    assert_eq!(draft.say(&top, "return", text("再改"), 15).unwrap_err().code(), Code::NotAllowed);
    let publish = || PublishDraft { draft_no: draft.no.clone(), version: "2026.2".to_owned(), from: None };
    assert_eq!(
        top.publish_draft(publish(), minute(15)).unwrap_err().code(),
        Code::NotAllowed,
        "not summed up"
    );
    draft.say(&top, "sumUp", text("三轮意见都改了，可以发布"), 16).unwrap();
    let published = top.publish_draft(publish(), minute(17)).unwrap();
    assert_eq!(published.catalogue, "2026.2");

    // Everybody has the item, the two who worked on it the whole story, and the village none of it.
    draft.meet(18).await;
    county.exchange(&village, minute(18)).await.unwrap();
    let item = village.item(ask::Item { item_id: "I034".to_owned() }, at("03-06T09:00")).unwrap();
    assert_eq!((item.version, item.promise_limit.days), (2, Some(3)));
    assert_eq!(village.drafts(ask::Drafts {}, minute(18)).unwrap(), []);
    for desk in [&top, &township] {
        let seen = draft.see(desk);
        assert_eq!((seen.row.state.as_str(), seen.catalogue.as_str()), ("PUBLISHED", "2026.2"));
        let fixes: Vec<_> = seen.fixes.iter().map(|count| (count.name.as_str(), count.by_round)).collect();
        let expected = [
            ("规范名称", [0; 3]),
            ("完善依据", [1, 1, 0]),
            ("合并拆分", [0; 3]),
            ("规范流程", [1, 0, 0]),
            ("规范责任", [0; 3]),
        ];
        assert_eq!(fixes, expected);
        assert!(seen.rounds[0].changes[0].ends_with("7 → 6"), "what was proposed is still told");
        assert!(seen.acts.iter().all(|act| act.contested_why.is_empty()));
    }
    drop((top, township, village));
    for name in ["county", "township", "village"] {
        assert_eq!(county.replica(name).verify().unwrap(), [], "{name}");
    }
}

#[tokio::test]
async fn a_draft_takes_back_nothing_that_was_published_meanwhile() {
    let county = County::new().await;
    let [top, township] = ["county", "township"].map(|name| county.desk(name));
    let begin = |title: &str, n| {
        let begun = township.begin_draft(BeginDraft { title: title.to_owned() }, minute(n)).unwrap();
        Draft { no: begun.row.draft_no, county: &county, top: &top, township: &township }
    };
    let (one, other) = (begin("甲", 0), begin("乙", 1));
    one.submit(|item| item.retention = "永久".into(), 2).unwrap();
    other.submit(|item| item.retention = "50年".into(), 3).unwrap();
    one.meet(4).await;
    let publish = |draft: &Draft<'_>, version: &str, n| {
        let summed = Said { reason: "只改保管期限".to_owned(), ..text("可以") };
        draft.say(&top, "sumUp", summed, n).unwrap();
        // A version doesn't begin on the day of the one before.
        let from = Some(date(2026, 3, 10)).filter(|_| version == "2026.3");
        let request = PublishDraft { draft_no: draft.no.clone(), version: version.to_owned(), from };
        top.publish_draft(request, minute(n))
    };
    assert_eq!(
        one.say(&top, "sumUp", text("可以"), 5).unwrap_err().code(),
        Code::BadInput,
        "no reason to skip rounds"
    );
    publish(&one, "2026.2", 5).unwrap();
    let refused =
        publish(&other, "2026.3", 6).map_err(|trouble| daiban_contract::Failure::from(trouble).message);
    assert!(refused.unwrap_err().contains("又发布了第 2 版"));
    assert_eq!(top.catalogue().unwrap().version, "2026.2");
    assert_eq!(other.see(&top).row.state, "SUMMED_UP", "nothing of it was written");

    // Sent down with a reason, made anew from what stands, and published.
    let why = Said { reason: "在第 2 版上改".to_owned(), ..Said::default() };
    other.say(&top, "return", why, 7).unwrap();
    other.meet(8).await;
    other.submit(|item| item.retention = "50年".into(), 9).unwrap();
    other.meet(10).await;
    publish(&other, "2026.3", 11).unwrap();
    assert_eq!(top.drafts(ask::Drafts {}, minute(12)).unwrap().len(), 2);
}

#[tokio::test]
async fn on_the_command_line_too() {
    let county = County::folder().await;
    let county = county.path();
    let hub = RunningHub::start(county, 0);
    let answer = |desk: &str, arguments: &[&str]| {
        let mut command = daiban(county, desk);
        run(command.env("DAIBAN_NOW", "2026-03-05T09:00:00+08:00").args(arguments).current_dir(county))
    };
    let draft = |desk: &str, arguments: &[&str]| answer(desk, &[&["items", "draft"], arguments].concat());
    let sync = |desk: &str| answer(desk, &["sync", "--hub", &hub.url]).unwrap();
    let begun = draft("township", &["new", "镇里的调整"]).unwrap();
    let no = begun["draftNo"].as_str().unwrap().to_owned();
    answer("township", &["items", "export", "-o", "目录.csv"]).unwrap();
    let table = county.join("目录-事项.csv");
    let text = std::fs::read_to_string(&table).unwrap();
    std::fs::write(&table, text.replacen("永久", "30年", 1)).unwrap();
    draft("township", &["submit", &no, "目录.csv"]).unwrap();
    sync("township");
    sync("county");
    let fix = ["comment", &no, "保管期限要有依据", "--fix", "完善依据", "--element", "保管期限"];
    assert_eq!(draft("county", &fix).unwrap()["fixes"][1]["total"], 1);
    assert_eq!(draft("county", &["return", &no]).unwrap()["state"], "DRAFTING");
    sync("county");
    sync("township");
    draft("township", &["submit", &no, "目录.csv"]).unwrap();
    sync("township");
    sync("county");
    assert_eq!(draft("county", &["summarise", &no, "可以"]).unwrap_err(), "bad-input");
    draft("county", &["summarise", &no, "可以", "--reason", "只改一处"]).unwrap();
    assert_eq!(
        answer("county", &["items", "publish", "--draft", &no, "--as", "2026.2"]).unwrap()["catalogue"],
        "2026.2"
    );
    assert_eq!(draft("county", &["list"]).unwrap()[0]["state"], "PUBLISHED");
}
