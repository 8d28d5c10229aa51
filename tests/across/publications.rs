//! Papers for everybody, over real desks: guides, service cards, the handbook.

use daiban_contract::{
    Code,
    act::{PaperOf, Publish, SavePaper, SetStaff},
    ask,
    view::SavedPaper,
};
use daiban_desk::Desk;
use daiban_domain::{Instant, Role, item::catalogue_to_json};
use daiban_testkit::{
    County, at, pdf_text,
    program::{daiban, run},
};
use jiff::civil::date;
use std::{path::Path, process::Command};

fn save(desk: &Desk, of: PaperOf, file: &Path, now: Instant) -> Result<SavedPaper, Code> {
    let request = SavePaper { of, file: Some(file.display().to_string()), printer: None };
    desk.save_paper(request, now).map_err(|trouble| trouble.code())
}

fn guide(item_id: &str, version: Option<u16>) -> PaperOf {
    PaperOf::Guide { item_id: item_id.to_owned(), version }
}

#[tokio::test]
async fn a_guide_tells_what_its_version_asks_and_from_when() {
    let county = County::new().await;
    let (top, township, village) = (county.desk("county"), county.desk("township"), county.desk("village"));
    let file = county.path("guide.pdf");
    let now = at("03-05T09:00");
    let saved = save(&village, guide("I002", None), &file, now).unwrap();
    assert_eq!(saved.name, "城乡居民基本养老保险待遇申领办事指南");
    let text = pdf_text(&file);
    for words in [
        "第1版自2026年1月1日起施行",
        "打印日期：2026年3月5日",
        "本指南以最新版为准",
        "年满60周岁、累计缴费满规定年限",
        "《中华人民共和国社会保险法》第二十一条、第二十二条",
        "社会保障卡",
        "待遇核定表",
        "10个工作日",
        // Where it is received, not where it is printed.
        "清源镇便民服务中心（演示），清源镇人民路18号",
        // The village has no complaint telephone of its own.
        "0900-6210199",
    ] {
        assert!(text.contains(words), "{words} is missing in\n{text}");
    }
    assert!(!text.contains("六十日"), "no term where the way isn't certain");
    save(&township, guide("I034", None), &file, now).unwrap();
    assert!(pdf_text(&file).contains("向清源县人民政府申请行政复议"));

    let mut catalogue = top.catalogue().unwrap();
    let entry = catalogue.items.iter_mut().find(|(item, _)| item.item_id == "I002").unwrap();
    entry.0.promise_limit.days = Some(7);
    entry.1 = entry.0.text_over(&entry.1).unwrap();
    let draft = catalogue_to_json(&catalogue).unwrap();
    top.publish(Publish { draft, version: "2026.2".into(), from: None }, now).unwrap();
    // The second version begins tomorrow.
    for (version, day, limit) in [(None, "03-05", "10个"), (Some(2), "03-05", "7个"), (None, "03-06", "7个")]
    {
        save(&top, guide("I002", version), &file, at(&format!("{day}T10:00"))).unwrap();
        assert!(pdf_text(&file).contains(&format!("承诺时限{limit}工作日")), "{version:?} {day}");
    }
    for unknown in [guide("I999", None), guide("I002", Some(9))] {
        assert_eq!(save(&top, unknown, &file, now), Err(Code::UnknownItem));
    }
}

#[tokio::test]
async fn every_agent_in_post_has_a_card() {
    let county = County::new().await;
    let now = at("03-05T09:00");
    county.enrol("other", "621099100201", &[Role::Agent], "马小兰", now).await;
    county.enrol("head", "621099100201", &[Role::VillageHead], "马建国", now).await;
    let township = county.desk("township");
    county.exchange(&township, now).await.unwrap();
    let person = |name: &str| {
        let staff = township.staff(ask::Staff {}, now).unwrap();
        staff.into_iter().find(|one| one.name == name).unwrap().person
    };
    let (agent, other) = (person("李秀兰"), person("马小兰"));
    let post = SetStaff {
        person: agent,
        partner: Some(other),
        phone: Some("0900-6210122".to_owned()),
        to: Some(date(2026, 6, 30)),
        staff_type: None,
        law_enforcement_cert_no: None,
        training: None,
        from: None,
    };
    township.set_staff(post, now).unwrap();

    let file = county.path("cards.pdf");
    let cards = |unit: &str, copies| PaperOf::Cards { unit: unit.parse().unwrap(), copies };
    let saved = save(&township, cards("621099100000", 1), &file, now).unwrap();
    assert_eq!((saved.name.as_str(), saved.pages), ("便民服务卡", 1));
    let text = pdf_text(&file);
    for words in [
        "有事您找我，代办不收费。",
        "李秀兰",
        "B角：马小兰",
        "0900-6210122",
        "监督电话：0900-6210199",
        "柳湾村便民服务站",
    ] {
        assert!(text.contains(words), "{words} is missing in\n{text}");
    }
    assert!(!text.contains("马建国"), "no agent");
    // A household gets one: a village prints sheets of them.
    assert_eq!(save(&township, cards("621099100200", 12), &file, now).unwrap().pages, 3);
    // Who has left the post has no card.
    assert_eq!(save(&township, cards("621099100200", 1), &file, at("07-01T09:00")), Err(Code::UnknownUnit));
    assert_eq!(save(&township, cards("621099200000", 1), &file, now), Err(Code::UnknownUnit));
}

#[tokio::test]
async fn the_handbook_has_every_item_where_its_contents_say() {
    let county = County::new().await;
    let (top, file) = (county.desk("county"), county.path("handbook.pdf"));
    let before = std::time::Instant::now();
    let saved = save(&top, PaperOf::Handbook {}, &file, at("03-05T09:00")).unwrap();
    // Seconds with a margin for a busy machine that tests without optimisation.
    assert!(before.elapsed().as_secs() < 60, "{:?}", before.elapsed());
    assert!(std::fs::metadata(&file).unwrap().len() < 8_000_000);
    assert_eq!(saved.name, "清源县便民服务手册");
    let items = top.catalogue().unwrap().items.len();
    let mut qpdf = Command::new("qpdf");
    let plain =
        qpdf.args(["--qdf", "--object-streams=disable"]).args([file.as_path(), Path::new("-")]).output();
    let plain = plain.unwrap();
    let titles = plain.stdout.windows(6).filter(|window| window == b"/Title").count();
    // The document's own, the contents, the outlets.
    assert_eq!(titles, items + 3);
    let pages: Vec<String> = (1..=saved.pages).map(|page| page_text(&file, page)).collect();
    assert!(pages[0].contains("便民服务手册") && pages[0].contains(&format!("{items}项")));
    let contents: String =
        pages[1..].iter().take_while(|page| !page.contains("第1页")).map(String::as_str).collect();
    for (item, _) in &top.catalogue().unwrap().items {
        let page = contents.split_once(&format!("{}…", item.name)).unwrap().1;
        let page: String = page.trim_start_matches('…').chars().take_while(char::is_ascii_digit).collect();
        let text = pages.iter().find(|text| text.contains(&format!("F11第{page}页"))).unwrap();
        assert!(text.contains(&item.name), "{} isn't on page {page}", item.name);
    }
    assert!(pages.last().unwrap().contains("石河村便民服务站（演示）"));
}

fn page_text(file: &Path, page: usize) -> String {
    let page = page.to_string();
    let mut command = Command::new("pdftotext");
    let read = command.args(["-layout", "-f", &page, "-l", &page]).arg(file).arg("-").output().unwrap();
    String::from_utf8(read.stdout).unwrap().split_whitespace().collect()
}

#[tokio::test]
async fn the_command_line_writes_them_where_it_is_told() {
    let county = County::folder().await;
    let county = county.path();
    let file = county.join("out.pdf");
    let write = |arguments: &[&str]| {
        run(daiban(county, "village")
            .args(arguments)
            .arg("-o")
            .arg(&file)
            .env("DAIBAN_NOW", "2026-03-05T09:00:00+08:00"))
    };
    let saved = write(&["form", "--item", "I016", "F11"]).unwrap();
    assert_eq!(saved["file"], file.display().to_string());
    assert!(pdf_text(&file).contains("最低生活保障对象审核确认"));
    assert_eq!(write(&["form", "--unit", "621099100200", "F12", "--cards", "6"]).unwrap()["pages"], 2);
    assert_eq!(write(&["form", "--item", "I016", "F12"]).unwrap_err(), "unknown-form");
    assert_eq!(write(&["handbook"]).unwrap()["name"], "清源县便民服务手册");
    assert_eq!(write(&["form", "F11"]).unwrap_err(), "bad-input");
}
