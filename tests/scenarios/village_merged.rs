use super::*;
use daiban_contract::act::ImportUnits;
use daiban_domain::case::State;

/// 上塬村 is merged into 柳湾村: from that day it registers nothing, what it has goes on, and whoever asks for 柳湾村 finds it.
#[tokio::test]
async fn a_village_that_is_merged_keeps_its_cases_and_takes_no_new_ones() {
    let story = Story::begin().await;
    let Story { county, village, township, top } = &story;
    let before = record(village, "I002", &[], "06-29T09:00");
    story.all_meet("06-29T12:00").await;

    let file = county.path("区划.csv");
    let import = |desk: &Desk, table: &str| {
        std::fs::write(&file, format!("区划代码,单位全称,单位简称,生效日期,撤销日期,并入代码\n{table}"))
            .unwrap();
        let request = ImportUnits { file: file.display().to_string() };
        desk.import_units(request, at("06-29T14:00")).map_err(message)
    };
    let table = "621099100200,上塬村便民服务站（演示）,上塬村,,2026-07-01,621099100201\n\
                 621099100202,东湾村便民服务站（演示）,东湾村,2026-07-01,,\n";
    assert!(import(township, table).unwrap_err().contains("县中心汇总员"));
    let wrong = import(top, &format!("{table}621099300201,南坪村,南坪村,,,\n")).unwrap_err();
    assert!(wrong.contains("第 4 行“区划代码”") && wrong.contains("没有改动"), "{wrong}");
    let units = top.units(ask::Units {}, at("06-29T14:00")).unwrap();
    assert_eq!(units.len(), 7, "nothing of a table with a wrong line");
    let done = import(top, table).unwrap();
    assert_eq!((done.added, done.changed, done.same), (1, 1, 0));
    let again = import(top, table).unwrap();
    assert_eq!((again.added, again.changed, again.same), (0, 0, 2));
    story.all_meet("06-29T15:00").await;

    record(village, "I002", &[], "06-30T09:00");
    let item: Record = request(village, "I002", &[], at("07-01T09:00"));
    let refused = village.record(item, at("07-01T09:00")).map_err(message).unwrap_err();
    assert!(refused.contains("2026年7月1日") && refused.contains("请到“柳湾村”登记"), "{refused}");
    act(village, &before, "handOver", "07-01T10:00").unwrap();
    story.all_meet("07-01T12:00").await;
    assert_eq!(act(township, &before, "receive", "07-02T09:00").unwrap().state, State::Received);

    let of = |desk: &Desk, unit: &str| {
        let unit = Some(unit.parse().unwrap());
        let list = desk.cases(ask::Cases { unit, ..ask::Cases::default() }, at("07-02T10:00")).unwrap();
        (list.total, list.cases.len(), list.counts.values().sum::<u64>())
    };
    for desk in [township, top] {
        assert_eq!(of(desk, "621099100201"), (2, 2, 2), "the heir's list shows them");
        assert_eq!(of(desk, "621099100200"), (2, 2, 2));
        assert_eq!(of(desk, "621099100000"), (2, 2, 2), "none of them twice");
        assert_eq!(of(desk, "621099200000"), (0, 0, 0));
    }
    for desk in ["village", "township", "county"] {
        assert_eq!(county.replica(desk).verify().unwrap(), []);
    }
    let digest = |desk: &str| county.replica(desk).digest().unwrap();
    story.all_meet("07-02T12:00").await;
    assert_eq!(digest("township"), {
        let mut replica = county.replica("township");
        replica.rebuild().unwrap();
        replica.digest().unwrap()
    });
    let ended = top.units(ask::Units {}, at("07-02T12:00")).unwrap();
    let merged = ended.iter().find(|unit| unit.ended).unwrap();
    assert_eq!((merged.short_name.as_str(), merged.kind.as_str()), ("上塬村", "村委会"));
}
