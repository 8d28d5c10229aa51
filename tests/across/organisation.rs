//! Units, staff, delegations and a change of the agent, on the command line.

use daiban_contract::{act::ImportUnits, ask};
use daiban_desk::Desk;
use daiban_domain::Role;
use daiban_testkit::{
    County, at as moment,
    program::{RunningHub, daiban, program, run},
};
use serde_json::Value;
use std::{fs, path::Path, process::Command};

/// At a moment of 2026-03.
fn at(county: &Path, desk: &str, now: &str, arguments: &[&str]) -> Result<Value, String> {
    run(daiban(county, desk).args(arguments).env("DAIBAN_NOW", format!("2026-03-{now}:00+08:00")))
}

fn hub(county: &Path, arguments: &[&str]) -> Result<Value, String> {
    let verb: Vec<&str> = arguments.to_vec();
    run(Command::new(program("daiban-hub")).args(verb).arg("--data").arg(county.join("hub")))
}

#[tokio::test]
async fn a_village_comes_people_stand_in_for_each_other_and_an_agent_goes() {
    let county = County::folder().await;
    let county = county.path();
    let serving = RunningHub::start(county, 0);
    let sync = |desk: &str| run(daiban(county, desk).args(["sync", "--hub", &serving.url])).unwrap();

    let file = county.join("units.csv");
    let file_name = file.display().to_string();
    fs::write(&file, [0xd6, 0xd0]).unwrap();
    let import = ["units", "import", file_name.as_str()];
    assert_eq!(at(county, "county", "05T09:00", &import).unwrap_err(), "bad-input", "not UTF-8");
    fs::remove_file(&file).unwrap();
    assert_eq!(at(county, "county", "05T09:00", &import).unwrap_err(), "file");
    let sample = include_str!("../../data/units.csv");
    let row = "621099200201,河口村便民服务站（演示）,河口村,621099200000,VILLAGE,,,,\n";
    fs::write(&file, format!("\u{feff}{sample}{row}")).unwrap();
    assert_eq!(at(county, "township", "05T09:00", &import).unwrap_err(), "no-role");
    let done = at(county, "county", "05T09:00", &import).unwrap();
    assert_eq!((done["added"].as_u64(), done["same"].as_u64()), (Some(1), Some(7)));
    sync("county");
    sync("township");
    let listed = at(county, "county", "05T09:10", &["units", "list"]).unwrap();
    assert_eq!(listed.as_array().unwrap().len(), 8);

    let code = ["code", "--unit", "621099200201"];
    assert!(hub(county, &code).is_err(), "the hub hasn't heard of it");
    let learned = hub(county, &["units", "--units", &file_name]).unwrap();
    assert_eq!(learned["units"], 8);
    assert!(hub(county, &code).unwrap()["code"].is_string());

    let staff = at(county, "township", "05T10:00", &["staff", "list"]).unwrap();
    let person = |name: &str| {
        let all = staff.as_array().unwrap();
        let one = all.iter().find(|one| one["name"] == name).unwrap();
        one["person"].as_str().unwrap().to_owned()
    };
    let (head, agent) = (person("王建国"), person("李秀兰"));
    let told = ["staff", "set", &head, "--type", "在编", "--certificate", "62109900001", "--partner", &agent];
    let kept = at(county, "township", "05T10:10", &told).unwrap();
    assert_eq!(kept["staff"]["staffType"], "在编");
    let odd = ["staff", "set", &head, "--type", "借调"];
    assert_eq!(at(county, "township", "05T10:10", &odd).unwrap_err(), "bad-input");
    let stranger = ["staff", "set", "0000000000000000", "--type", "在编"];
    assert_eq!(at(county, "township", "05T10:10", &stranger).unwrap_err(), "bad-input");

    let apart = [
        "delegation",
        "set",
        "--from",
        &head,
        "--to",
        &agent,
        "--since",
        "2026-03-05",
        "--until",
        "2026-03-06",
        "--reason",
        "培训",
    ];
    assert_eq!(at(county, "township", "05T10:20", &apart).unwrap_err(), "bad-input");
    assert_eq!(
        at(county, "township", "05T10:20", &["delegation", "list"]).unwrap(),
        Value::Array(Vec::new())
    );

    let nothing = at(county, "village", "05T11:00", &["agent", "hand-over", "--to", &agent]).unwrap();
    assert_eq!(nothing["cases"], Value::Array(Vec::new()));
    assert_eq!(
        at(county, "village", "05T11:00", &["agent", "hand-over", "--to", &head]).unwrap_err(),
        "bad-input"
    );
    assert_eq!(at(county, "township", "05T11:00", &["verify"]).unwrap()["ok"], true);
}

/// Two clerks of the county import the same new village apart; everybody sees the same one, and the next import edits it.
#[tokio::test]
async fn of_a_unit_published_twice_one_counts_everywhere() {
    let county = County::new().await;
    let [top, township] = ["county", "township"].map(|name| county.desk(name));
    let second =
        county.enrol("second", "621099000000", &[Role::CountyMerge], "周岚", moment("03-05T08:00")).await;
    let file = county.path("units.csv");
    let import = |desk: &Desk, short: &str, when: &str| {
        let table = format!("区划代码,单位全称,单位简称\n621099100203,南坪村便民服务站,{short}\n");
        fs::write(&file, table).unwrap();
        let done = desk.import_units(ImportUnits { file: file.display().to_string() }, moment(when)).unwrap();
        (done.added, done.changed, done.same)
    };
    assert_eq!(import(&top, "南坪", "03-05T09:00"), (1, 0, 0));
    assert_eq!(import(&second, "南坪村", "03-05T09:01"), (1, 0, 0));
    let meet = async |when: &str| {
        county.hub_says(moment(when));
        for desk in [&top, &second, &township, &top] {
            county.exchange(desk, moment(when)).await.unwrap();
        }
    };
    let names = |when: &str| {
        [&top, &second, &township].map(|desk| {
            let units = desk.units(ask::Units {}, moment(when)).unwrap();
            let named: Vec<String> = units
                .into_iter()
                .filter(|unit| unit.full_name == "南坪村便民服务站")
                .map(|unit| unit.short_name)
                .collect();
            named.join(" ")
        })
    };
    meet("03-05T10:00").await;
    assert_eq!(names("03-05T10:00"), ["南坪村"; 3], "the later document");
    assert_eq!(import(&top, "南坪新村", "03-05T11:00"), (0, 1, 0));
    meet("03-05T12:00").await;
    assert_eq!(names("03-05T12:00"), ["南坪新村"; 3]);
    for desk in ["county", "second", "township"] {
        assert_eq!(county.replica(desk).verify().unwrap(), []);
    }
    assert_eq!(county.replica("county").digest().unwrap(), county.replica("second").digest().unwrap());
}
